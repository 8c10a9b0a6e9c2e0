//! The stops whose service nobody says, with the parcels that wait for it, and room to write it down.

use std::cmp::Reverse;

use super::super::words::stop_kind;
use super::BookContext;
use super::page::{count, data};
use crate::geometry::Bounds;
use crate::outputs::text::rounded;
use crate::outputs::workbook::{SheetCell, SheetColumn, SheetTable, Shown};
use crate::text::Text;
use crate::transit::{ServiceQuestion, Stop, by_group};

/// So many digits of degrees are written: a centimetre.
const DEGREES: usize = 7;

/// Those near which parcels are undetermined, the weightiest first.
pub(super) fn to_survey(context: &BookContext<'_>) -> SheetTable {
    let is_of_day = context.rules.service().is_some_and(|(counted, ..)| counted != ServiceQuestion::PeakInOneDirection);
    let service = if is_of_day {
        Text::new("1日の運行本数（調査の結果）", "departures a day (found)")
    } else {
        Text::new("ピーク時運行本数（調査の結果）", "departures in the peak hour (found)")
    };
    let columns = [
        (Text::new("名称", "name"), Shown::Text),
        (Text::new("種別", "kind"), Shown::AsItIs),
        (Text::new("路線", "lines"), Shown::Text),
        (Text::new("近くの判定不能の筆数", "undetermined parcels near it"), Shown::Whole),
        (service, Shown::AsItIs),
        (Text::new("経度", "longitude"), Shown::AsItIs),
        (Text::new("緯度", "latitude"), Shown::AsItIs),
    ];
    let groups = by_group(context.stops);
    let mut open: Vec<(u64, &Vec<&Stop>)> =
        context.open_stops.iter().filter_map(|(group, &parcels)| Some((parcels, groups.get(group)?))).collect();
    open.sort_by_key(|(parcels, _)| Reverse(*parcels));
    let column = |(title, shown): (Text, Shown)| SheetColumn { title: title.get(context.lang).to_owned(), shown };
    SheetTable {
        name: Text::new("調査が必要な停留所", "stops to survey").get(context.lang).to_owned(),
        columns: columns.into_iter().map(column).collect(),
        rows: open.into_iter().map(|(parcels, rows)| row(parcels, rows, context)).collect(),
        is_page: false,
    }
}

fn row(parcels: u64, rows: &[&Stop], context: &BookContext<'_>) -> Vec<SheetCell> {
    let kind = stop_kind(rows[0].kind).get(context.lang).to_owned();
    let lines: std::collections::BTreeSet<String> =
        rows.iter().flat_map(|stop| &stop.lines).map(ToString::to_string).collect();
    let lines = lines.into_iter().collect::<Vec<_>>().join("、");
    let parts = rows.iter().flat_map(|stop| stop.parts.iter());
    let around = parts.map(|part| Bounds::of(part)).reduce(Bounds::union);
    let place = around.map(|around| context.from_plane.lon_lat(around.centre()));
    let degrees = |axis: usize| place.map_or(SheetCell::Blank, |at| SheetCell::Number(rounded(at[axis], DEGREES)));
    vec![
        data(rows.iter().find_map(|stop| stop.name.as_deref())),
        SheetCell::Text(kind),
        data(Some(&lines)),
        count(parcels),
        SheetCell::Blank,
        degrees(0),
        degrees(1),
    ]
}
