//! Why is a parcel not eligible? The reasons of a batch in words, each once.

use std::collections::BTreeMap;

use crate::assess::Assessment;
use crate::criteria::Zone;
use crate::text::{Lang, Text};
use crate::verdicts::{Judge, Reason, Status};

/// The reasons of the parcels of a batch in one zone.
#[derive(Debug, Clone)]
pub struct Whys {
    texts: Vec<String>,
    /// By row, the index of its text.
    by_row: Vec<u32>,
}

impl Whys {
    /// The reasons of a batch, by zone in the order of the rules.
    pub(in crate::outputs) fn of(judge: &Judge, assessment: &Assessment, lang: Lang) -> Vec<Self> {
        judge.rules.zones().map(|zone| Self::of_zone(judge, assessment, zone, lang)).collect()
    }

    fn of_zone(judge: &Judge, assessment: &Assessment, zone: Zone, lang: Lang) -> Self {
        let statuses = &assessment.statuses[zone.index()];
        let usable = assessment.measures.area_m2.known();
        let why = judge.why(zone, &assessment.measures, statuses);
        let mut texts = Vec::new();
        let mut known: BTreeMap<(Status, bool, u32), u32> = BTreeMap::new();
        let text_of = |((&status, &usable), &set): ((&Status, &bool), &u32)| {
            *known.entry((status, usable, set)).or_insert_with(|| {
                texts.push(said(status, usable, &why.sets[set as usize]).get(lang).to_owned());
                texts.len() as u32 - 1
            })
        };
        let by_row = statuses.iter().zip(usable).zip(&why.by_row).map(text_of).collect();
        Self { texts, by_row }
    }

    /// The reason of a row; nothing of an eligible parcel.
    pub(super) fn get(&self, row: usize) -> &str {
        &self.texts[self.by_row[row] as usize]
    }
}

/// A reason in words.
fn said(status: Status, is_usable: bool, reasons: &[Reason]) -> Text {
    if !is_usable {
        return Text::new("使える図形がない", "the parcel has no usable geometry");
    }
    if reasons.is_empty() {
        return Text::same("");
    }
    let all = Text::list(&reasons.iter().map(|reason| reason.name()).collect::<Vec<_>>());
    match status {
        Status::Eligible => Text::same(""),
        Status::Prospective => text!("見込みで満たす：{all}", "met as expected: {all}", all = all),
        Status::Undetermined => text!("分からない：{all}", "not known: {all}", all = all),
        Status::Ineligible => text!("満たさない：{all}", "not met: {all}", all = all),
    }
}
