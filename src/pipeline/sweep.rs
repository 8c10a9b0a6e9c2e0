//! The end of a sweep: what was counted under every number, and nothing of the parcels.

use std::fmt::Write as _;

use super::clock::Clock;
use super::gather::Gathered;
use super::report::{Report, record};
use super::seal::{Run, write_rules};
use super::{Progress, RunError, go_on};
use crate::collect::{StepCounts, Sweep};
use crate::criteria::{Rules, Zone};
use crate::notices::Notices;
use crate::outputs::names::{RUN, SWEEP};
use crate::outputs::{self, CsvCells};
use crate::runs::{CountRecord, RunWriter, SweepRecord, SweepStepRecord, Times, hectares};
use crate::verdicts::Status;

impl Run<'_> {
    /// Writes the table of the sweep and the record, and puts both into their place.
    pub(super) fn seal_sweep(
        &self,
        mut gathered: Gathered,
        (sweep, counts): (&Sweep, Vec<StepCounts>),
        notices: &Notices,
        (mut folder, progress): (RunWriter, &dyn Progress),
        mut clock: Clock,
    ) -> Result<Report, RunError> {
        let mut record = record(self, &mut gathered, None, notices);
        gathered.files.finish(&outputs::Beside::default())?;
        let told = told(&self.assessor.judge.rules, sweep, counts);
        write_rules(self.assessor.judge.rules.set, &mut folder)?;
        folder.write(SWEEP, table(&told, self.options.writing.cells).as_bytes())?;
        record.sweep = Some(told);
        record.outputs = folder.outputs();
        record.files = folder.files().iter().cloned().chain([RUN.to_owned()]).collect();
        folder.write(RUN, &record.json())?;
        self.opened.check_unchanged()?;
        go_on(progress)?;
        let files = folder.finish()?;
        let times = Times { seconds: clock.seconds(), threads: rayon::current_num_threads() };
        Ok(Report::new(record, self.assessor.judge.rules.clone(), times, files))
    }
}

/// What a record says of a sweep.
fn told(rules: &Rules, sweep: &Sweep, counts: Vec<StepCounts>) -> SweepRecord {
    let step = |(&number, counts): (&f64, StepCounts)| {
        let of = |zone: Zone| {
            let count = |status: Status| counts.get(&(zone, status)).copied().unwrap_or_default();
            let rounded = |count: CountRecord| CountRecord { hectares: hectares(count.hectares), ..count };
            (zone.id(), Status::ALL.into_iter().map(|status| (status, rounded(count(status)))).collect())
        };
        SweepStepRecord { number, counts: rules.zones().map(of).collect() }
    };
    SweepRecord { threshold: sweep.key.to_owned(), steps: sweep.numbers.iter().zip(counts).map(step).collect() }
}

/// The same as a table, a row a number, zone and status.
fn table(sweep: &SweepRecord, cells: CsvCells) -> String {
    let mut table = format!("\u{feff}{},zone,status,parcels,hectares\r\n", cells.field(&sweep.threshold));
    for SweepStepRecord { number, counts } in &sweep.steps {
        for (zone, counts) in counts.iter() {
            let zone = cells.field(zone);
            for (status, CountRecord { parcels, hectares }) in counts {
                // Writing to a string cannot fail.
                let _ = write!(table, "{number},{zone},{status},{parcels},{hectares}\r\n");
            }
        }
    }
    table
}
