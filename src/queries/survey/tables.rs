//! A survey as tables: stops as a table of peak trips that is to be filled in, and everything as a list.

use super::{End, ItemKind, Survey, Surveyed};
use crate::crs::FromPlane;
use crate::outputs::CsvCells;
use crate::outputs::csv::BOM;
use crate::outputs::text::rounded;
use crate::outputs::workbook::{SheetCell, SheetTable};
use crate::text::{Lang, Text};

/// The name of the sheet that is the table of peak trips: the layer's.
const PEAKS: &str = "peaks";

/// The name of the sheet with everything.
const ALL: &str = "survey";

/// So many digits of degrees are written: a centimetre.
const DEGREES: usize = 7;

/// So many digits of hectares.
const HECTARES: usize = 4;

/// The table of peak trips as CSV, its numbers to be filled in.
#[must_use]
pub fn survey_csv(survey: &Survey, from_plane: &FromPlane, most: Option<usize>, cells: CsvCells) -> Vec<u8> {
    let table = peaks(survey, from_plane, most);
    let mut out = BOM.to_vec();
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let texts = table.rows.iter().map(|row| row.iter().map(SheetCell::text).collect::<Vec<_>>());
    for row in std::iter::once(titles).chain(texts) {
        let row: Vec<String> = row.iter().map(|text| cells.field(text)).collect();
        out.extend_from_slice(row.join(",").as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// The table of peak trips, and everything that was surveyed, as sheets of a workbook.
#[must_use]
pub fn survey_sheets(survey: &Survey, from_plane: &FromPlane, most: Option<usize>, lang: Lang) -> Vec<SheetTable> {
    vec![peaks(survey, from_plane, most), all(survey, from_plane, most, lang)]
}

fn told(survey: &Survey, most: Option<usize>) -> impl Iterator<Item = (usize, &Surveyed)> {
    survey.items.iter().enumerate().take(most.unwrap_or(usize::MAX))
}

fn peaks(survey: &Survey, from_plane: &FromPlane, most: Option<usize>) -> SheetTable {
    let stops: Vec<_> = told(survey, most).filter(|(_, one)| one.item.kind == ItemKind::Stop).collect();
    let asks = |which: usize| stops.iter().any(|(_, one)| one.item.stop.as_ref().is_some_and(|stop| stop.asks[which]));
    // The table that the layer reads has this number in any case.
    let (peak, day) = (asks(0) || !asks(1), asks(1));
    let mut header = vec!["name", "line"];
    header.extend(peak.then_some("peak_trips"));
    header.extend(day.then_some("daily_trips"));
    header.extend([
        "rank",
        "parcels_for_sure",
        "hectares_for_sure",
        "parcels_if_enough",
        "hectares_if_enough",
        "parcels_if_too_few",
        "hectares_if_too_few",
        "places",
        "lines_there",
        "lon",
        "lat",
    ]);
    let row = |(index, one): (usize, &Surveyed)| {
        let Surveyed { item, whichever, outcomes } = one;
        let of_end = |end: End| {
            let found = item.answers.iter().zip(outcomes).find(|(answer, _)| answer.end == end);
            found.map(|(_, outcome)| (outcome.settled.parcels, outcome.settled.hectares)).unwrap_or_default()
        };
        let mut row = vec![SheetCell::from(item.name.as_deref()), SheetCell::Blank];
        row.extend([peak, day].into_iter().filter(|there| *there).map(|_| SheetCell::Blank));
        row.push(SheetCell::Number((index + 1) as f64));
        for (parcels, hectares) in [(whichever.parcels, whichever.hectares), of_end(End::Good), of_end(End::Poor)] {
            row.extend([SheetCell::Number(parcels as f64), SheetCell::Number(rounded(hectares, HECTARES))]);
        }
        let stop = item.stop.clone().unwrap_or_default();
        row.push(SheetCell::Number(stop.places as f64));
        row.push(SheetCell::from(Some(stop.lines.join("、").as_str()).filter(|lines| !lines.is_empty())));
        row.extend(place(one, from_plane));
        row
    };
    let header = header.into_iter().map(str::to_owned).collect();
    SheetTable::list(PEAKS, header, stops.into_iter().map(row).collect())
}

fn place(one: &Surveyed, from_plane: &FromPlane) -> [SheetCell; 2] {
    one.item.at.map_or([SheetCell::Blank, SheetCell::Blank], |at| {
        from_plane.lon_lat(at).map(|degrees| SheetCell::Number(rounded(degrees, DEGREES)))
    })
}

/// One row an answer.
fn all(survey: &Survey, from_plane: &FromPlane, most: Option<usize>, lang: Lang) -> SheetTable {
    let mut header: Vec<String> = [
        "rank",
        "kind",
        "id",
        "title",
        "parcels_for_sure",
        "hectares_for_sure",
        "answer",
        "parcels",
        "hectares",
        "parcels_opened",
    ]
    .map(str::to_owned)
    .to_vec();
    header.extend(survey.zones.iter().map(|zone| format!("parcels_{}", zone.id())));
    header.extend(["lon", "lat"].map(str::to_owned));
    let mut rows = Vec::new();
    for (index, one) in told(survey, most) {
        for (answer, outcome) in one.item.answers.iter().zip(&one.outcomes) {
            let text = |text: &Text| SheetCell::Text(text.get(lang).to_owned());
            let count = |count: u64| SheetCell::Number(count as f64);
            let hectares = |hectares: f64| SheetCell::Number(rounded(hectares, HECTARES));
            let mut row = vec![
                SheetCell::Number((index + 1) as f64),
                SheetCell::from(Some(one.item.kind.id())),
                SheetCell::from(Some(one.item.id.as_str())),
                text(&one.item.title),
                count(one.whichever.parcels),
                hectares(one.whichever.hectares),
                text(&answer.said),
                count(outcome.settled.parcels),
                hectares(outcome.settled.hectares),
                count(outcome.opened.parcels),
            ];
            row.extend(outcome.settled.zones.iter().map(|zone| count(zone.parcels)));
            row.extend(place(one, from_plane));
            rows.push(row);
        }
    }
    SheetTable::list(ALL, header, rows)
}
