//! Is the land under-used 低・未利用地, and by which numbers?

use serde_json::{Value, json};

use super::percent;
use crate::assess::{Assessment, Assessor};
use crate::criteria::UnusedLand;
use crate::evidence::IntervalColumn;
use crate::text::Text;
use crate::verdicts::LandUse;

/// Both ends of a ratio, 1 for 100 %; an end without bound is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends {
    /// What there is at least.
    pub lo: Option<f64>,
    /// What there may be at most.
    pub hi: Option<f64>,
}

/// How the land of a parcel is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LandExplained {
    /// Up to which fill rate land is under-used.
    pub rule: UnusedLand,
    /// Whether it is.
    pub answer: LandUse,
    /// The floor-area ratio that there is.
    pub floor_area_ratio: Ends,
    /// The one that is designated.
    pub designated: Ends,
    /// How far that is filled.
    pub fill_rate: Ends,
}

impl LandExplained {
    /// Of a parcel that was assessed; `None` where that is not measured.
    pub(super) fn of(assessor: &Assessor, assessment: &Assessment, row: usize) -> Option<Self> {
        let fill = &assessment.measures.fill;
        let ends = |column: &IntervalColumn| Ends { lo: column.lo.get(row), hi: column.hi.get(row) };
        assessor.study.floors.as_ref()?;
        let rule = assessor.judge.rules.set.unused_land?;
        Some(Self::by([&fill.floor_area_ratio, &fill.designated, &fill.fill_rate].map(ends), rule))
    }

    /// By the ratio that there is, the one that is designated, and how far that is filled.
    #[must_use]
    pub fn by([floor_area_ratio, designated, fill_rate]: [Ends; 3], rule: UnusedLand) -> Self {
        let answer = LandUse::of(fill_rate.lo, fill_rate.hi, rule);
        Self { rule, answer, floor_area_ratio, designated, fill_rate }
    }

    /// The same in a sentence.
    #[must_use]
    pub fn said(&self) -> Text {
        let Self { rule, answer, floor_area_ratio, designated, fill_rate } = *self;
        let [ratio, designated, rate] = [floor_area_ratio, designated, fill_rate].map(Ends::said);
        text!(
            "低・未利用地: {answer}（容積率 {ratio}、指定容積率 {designated}、充足率 {rate}。{rule}以下なら該当）",
            "under-used land 低・未利用地: {answer} (floor-area ratio {ratio}, designated {designated}, fill rate {rate}; under-used up to {rule})",
            answer = answer.name(),
            ratio = ratio,
            designated = designated,
            rate = rate
        )
    }

    pub(super) fn document(&self) -> Value {
        let ends = |ends: Ends| json!({ "lo": ends.lo, "hi": ends.hi });
        let said = self.said();
        json!({
            "answer": self.answer.id(),
            "max_fill_rate": self.rule.to_string(),
            "floor_area_ratio": ends(self.floor_area_ratio),
            "designated_floor_area_ratio": ends(self.designated),
            "fill_rate": ends(self.fill_rate),
            "said": { "ja": said.ja, "en": said.en },
        })
    }
}

impl Ends {
    fn said(self) -> Text {
        match (self.lo.map(percent), self.hi.map(percent)) {
            (Some(lo), Some(hi)) if lo == hi => Text::from(lo),
            (Some(lo), Some(hi)) => text!("{lo}〜{hi}", "{lo}–{hi}"),
            (Some(lo), None) => text!("{lo}以上", "{lo} or more"),
            (None, _) => Text::new("不明", "not known"),
        }
    }
}
