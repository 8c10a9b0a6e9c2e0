//! `routes.txt` and `agency.txt`: what runs, and who runs it.

use super::FeedRoute;
use super::ids::Ids;
use super::table::GtfsTable;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static ROUTES_OF_UNKNOWN_AGENCIES: NoticeKind = NoticeKind {
    id: "routes-of-unknown-agencies",
    severity: Severity::Warning,
    what: Text::new(
        "agency.txt にない事業者を指す路線があります。運行する事業者は不明とします。",
        "routes name an agency that agency.txt does not have; nothing is known of who runs them",
    ),
    advice: Some(Text::new("`agency_id` を直してください。", "correct `agency_id`")),
};

static ROUTES_WITHOUT_TYPE: NoticeKind = NoticeKind {
    id: "routes-without-type",
    severity: Severity::Mended,
    what: Text::new(
        "`route_type` を読めない路線があります。バス（3）とみなしました。",
        "routes have no readable `route_type`; they are taken for bus routes (3)",
    ),
    advice: Some(Text::new(
        "種類を入れてください（0 路面電車、1 地下鉄、2 鉄道、3 バス）。",
        "fill in the type: 0 tram, 1 subway, 2 rail, 3 bus",
    )),
};

/// A route without a type is most likely one of buses.
const BUS: u16 = 3;

/// The names of agencies.
#[derive(Debug, Default)]
pub(super) struct Agencies {
    ids: Ids,
    names: Vec<Option<String>>,
}

impl Agencies {
    pub(super) fn read(table: &GtfsTable, reporter: &mut Reporter<'_>) -> Result<Self, InputError> {
        let mut rows = table.rows()?;
        let (id, name) = (rows.column("agency_id"), rows.column("agency_name"));
        let mut agencies = Self::default();
        while let Some(row) = rows.next_row()? {
            // The only agency of a feed may go without an id.
            let known = agencies.names.is_empty() && row.get(id).is_empty();
            if known || agencies.ids.enter(&row, id, reporter).is_some() {
                agencies.ids.number(row.get(id));
                agencies.names.push(row.name(name));
            }
        }
        Ok(agencies)
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Reads the routes and gives them numbers.
pub(super) fn read(
    table: &GtfsTable,
    agencies: &Agencies,
    reporter: &mut Reporter<'_>,
) -> Result<(Vec<FeedRoute>, Ids), InputError> {
    let mut rows = table.rows()?;
    let (id, kind) = (rows.needed("route_id")?, rows.column("route_type"));
    let agency = rows.column("agency_id");
    let names = ["route_long_name", "route_short_name", "jp_parent_route_id"].map(|name| rows.column(name));
    let (mut routes, mut ids) = (Vec::new(), Ids::default());
    while let Some(row) = rows.next_row()? {
        if ids.enter(&row, id, reporter).is_none() {
            continue;
        }
        let mut route = FeedRoute { id: row.shown(id).into_owned(), kind: BUS, ..FeedRoute::default() };
        for name in names.into_iter().filter_map(|column| row.name(column)) {
            if !route.names.contains(&name) {
                route.names.push(name);
            }
        }
        match row.number(kind) {
            Some(kind) => route.kind = kind,
            None => reporter.add_with(&ROUTES_WITHOUT_TYPE, || row.quoting(kind)),
        }
        let only = row.get(agency).is_empty() && agencies.len() == 1;
        let agency_index = if only { Some(0) } else { agencies.ids.meant(row.get(agency)) };
        match agency_index {
            Some(index) => route.operator.clone_from(&agencies.names[index as usize]),
            None if row.get(agency).is_empty() || agencies.len() == 0 => {}
            None => reporter.add_with(&ROUTES_OF_UNKNOWN_AGENCIES, || row.quoting(agency)),
        }
        routes.push(route);
    }
    Ok((routes, ids))
}
