//! Seconds by stage.

use std::time::{Duration, Instant};

use crate::runs::Seconds;
use crate::text::Text;

/// The stages of a run, of which time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Layers and timetables are read.
    Read,
    /// What parcels are measured against is made ready.
    Prepare,
    /// Parcels are read, measured and written.
    Measure,
    /// Candidate zones and what else is told beside the parcels.
    Zones,
    /// The map and the record.
    Write,
}

impl Stage {
    /// What people are told that is being done.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Read => Text::new("読み込み", "read"),
            Self::Prepare => Text::new("準備", "prepare"),
            Self::Measure => Text::new("判定", "measure"),
            Self::Zones => Text::new("候補区域", "zones"),
            Self::Write => Text::new("書き出し", "write"),
        }
    }
}

/// Work that threads did, by stage: what each parcel's reading, measuring and writing took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    pub(super) read: Duration,
    pub(super) measure: Duration,
    pub(super) write: Duration,
}

impl Work {
    pub(super) fn add(&mut self, other: Self) {
        self.read += other.read;
        self.measure += other.measure;
        self.write += other.write;
    }
}

/// A clock that is asked at the end of each stage.
#[derive(Debug)]
pub(super) struct Clock {
    last: Instant,
    by_stage: [f64; 5],
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), by_stage: [0.0; 5] }
    }

    /// Ends a stage.
    pub(super) fn lap(&mut self, stage: Stage) {
        self.by_stage[stage as usize] += self.since_last();
    }

    /// Ends the part in which parcels are read, measured and written side by side; `writing` is what another thread wrote.
    pub(super) fn share_out(&mut self, mut work: Work, writing: Duration) {
        work.write += writing;
        let wall = self.since_last();
        let all = (work.read + work.measure + work.write).as_secs_f64();
        let parts = [(Stage::Read, work.read), (Stage::Measure, work.measure), (Stage::Write, work.write)];
        for (stage, part) in parts {
            let share = if all > 0.0 { part.as_secs_f64() / all } else { 1.0 / 3.0 };
            self.by_stage[stage as usize] += wall * share;
        }
    }

    /// What has passed so far; what came after the last stage was writing.
    pub(super) fn seconds(&mut self) -> Seconds {
        self.lap(Stage::Write);
        let [read, prepare, measure, zones, write] = self.by_stage;
        Seconds { read, prepare, measure, zones, write }
    }

    fn since_last(&mut self) -> f64 {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.last, now)).as_secs_f64()
    }
}
