//! What changed between two runs as sheets of a workbook: every parcel, what was gained and lost, the stops, and what else differs.

use super::{Diff, StopDiff};
use crate::criteria::Zone;
use crate::outputs::text::rounded;
use crate::outputs::workbook::{SheetCell, SheetColumn, SheetTable, Shown};
use crate::text::{Lang, Text};
use crate::verdicts::Status;

/// Digits after the point of areas, m².
const SQUARE_METRES: usize = 3;

/// What changed, in the words of a language.
#[must_use]
pub fn diff_sheets(diff: &Diff, lang: Lang) -> Vec<SheetTable> {
    let words = Words { diff, lang };
    let mut sheets = vec![words.parcels()];
    sheets.extend(diff.stops.as_ref().map(|stops| words.stops(&stops.stops)));
    sheets.push(words.differences());
    sheets
}

struct Words<'d> {
    diff: &'d Diff,
    lang: Lang,
}

impl Words<'_> {
    fn say(&self, text: &Text) -> SheetCell {
        SheetCell::Text(text.get(self.lang).to_owned()).filled()
    }

    fn sheet(&self, name: &Text, columns: &[(Text, Shown)], rows: Vec<Vec<SheetCell>>) -> SheetTable {
        let column =
            |(title, shown): &(Text, Shown)| SheetColumn { title: title.get(self.lang).to_owned(), shown: *shown };
        let name = name.get(self.lang).to_owned();
        SheetTable { name, columns: columns.iter().map(column).collect(), rows, is_page: false }
    }

    /// Every change of a parcel's status.
    fn parcels(&self) -> SheetTable {
        let columns = [
            (Text::new("筆・敷地 番号", "parcel"), Shown::Text),
            (Text::new("区域", "zone"), Shown::AsItIs),
            (Text::new("前", "before"), Shown::AsItIs),
            (Text::new("後", "after"), Shown::AsItIs),
            (Text::new("面積 m²", "area m²"), Shown::Tenths),
            (Text::new("変わった条件", "criteria that changed"), Shown::AsItIs),
            (Text::new("原因の停留所", "the stop that did it"), Shown::Text),
            (Text::new("停留所の変化", "what became of it"), Shown::AsItIs),
        ];
        let row = |change: &super::Change| {
            let criteria: Vec<Text> = change.criteria().map(|id| self.criterion(id)).collect();
            let stop = self.diff.stop(change);
            vec![
                SheetCell::Text(self.diff.id(change).to_owned()),
                self.say(&change.zone.name()),
                self.status(change.from),
                self.status(change.to),
                change.area_m2.map_or(SheetCell::Blank, |area| SheetCell::Number(rounded(area, SQUARE_METRES))),
                self.say(&Text::list(&criteria)),
                SheetCell::from(stop.and_then(|stop| stop.change.stop().name.as_deref())).filled(),
                stop.map_or(SheetCell::Blank, |stop| self.say(&Text::list(&stop.change.what()))),
            ]
        };
        self.sheet(&Text::new("変わった筆", "parcels"), &columns, self.diff.changes.iter().map(row).collect())
    }

    fn status(&self, status: Status) -> SheetCell {
        SheetCell::Status(status, self.lang)
    }

    fn criterion(&self, id: &str) -> Text {
        self.diff.set.criterion(id).map_or_else(|| Text::from(id), |one| one.name.clone())
    }

    /// The stops that changed, those that did most first, with what they did in every zone.
    fn stops(&self, stops: &[StopDiff]) -> SheetTable {
        let mut columns =
            vec![(Text::new("停留所", "stop"), Shown::Text), (Text::new("変化", "what became of it"), Shown::AsItIs)];
        let zones: Vec<Zone> = self.diff.zones.iter().map(|(zone, _)| *zone).collect();
        for zone in &zones {
            let name = zone.name();
            columns.push((name.with(" 該当になった筆", ", parcels gained"), Shown::Whole));
            columns.push((name.with(" 該当でなくなった筆", ", parcels lost"), Shown::Whole));
            columns.push((name.with(" そのほか変わった筆", ", other parcels"), Shown::Whole));
        }
        let row = |stop: &StopDiff| {
            let name = SheetCell::from(stop.change.stop().name.as_deref()).filled();
            let mut row = vec![name, self.say(&Text::list(&stop.change.what()))];
            for zone in &zones {
                let found = stop.zones.iter().find(|(of, _)| of.id() == zone.id());
                let amounts = found.map(|(_, amounts)| *amounts).unwrap_or_default();
                let parcels = [amounts.gained.parcels, amounts.lost.parcels, amounts.other.parcels];
                row.extend(parcels.map(|parcels| SheetCell::Number(parcels as f64)));
            }
            row
        };
        self.sheet(&Text::new("停留所", "stops"), &columns, stops.iter().map(row).collect())
    }

    /// What else is not the same.
    fn differences(&self) -> SheetTable {
        let columns = [
            (Text::new("項目", "what"), Shown::AsItIs),
            (Text::new("前", "before"), Shown::Text),
            (Text::new("後", "after"), Shown::Text),
        ];
        let plain = |value: &serde_json::Value| match value {
            serde_json::Value::Null => SheetCell::Blank,
            serde_json::Value::String(text) => SheetCell::Text(text.clone()).filled(),
            serde_json::Value::Number(number) => number.as_f64().map_or(SheetCell::Blank, SheetCell::Number),
            other => SheetCell::Text(other.to_string()),
        };
        let all = self.diff.differences.iter();
        let rows = all.map(|one| vec![self.say(&one.about()), plain(&one.from), plain(&one.to)]).collect();
        self.sheet(&Text::new("そのほかの違い", "what else differs"), &columns, rows)
    }
}
