//! `routes.txt` and `agency.txt`: what runs, and who runs it.

use std::collections::BTreeSet;

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
    severity: Severity::Skipped,
    what: Text::new(
        "`route_type` を読めない路線があります。種類が分からないため、どの停留所にも、それだけ多く発車があるかもしれないものとして扱います。",
        "routes have no readable `route_type`; of which kind they are is not known, and as many more departures are possible at any stop",
    ),
    advice: Some(Text::new(
        "種類を入れてください（0 路面電車、1 地下鉄、2 鉄道、3 バス）。",
        "fill in the type: 0 tram, 1 subway, 2 rail, 3 bus",
    )),
};

/// A route without a type is most likely one of buses.
const BUS: u16 = 3;

/// The routes of a feed.
pub(super) struct Routes {
    pub(super) list: Vec<FeedRoute>,
    ids: Ids,
    /// Those of which nobody knows of which kind they are.
    lost: BTreeSet<u32>,
}

impl Routes {
    /// The index of a route that a trip names, if its kind is known.
    pub(super) fn of_trip(&self, id: &[u8]) -> Option<u32> {
        self.ids.meant(id).filter(|route| !self.lost.contains(route))
    }

    /// Whether the table has a route that a trip names.
    pub(super) fn has(&self, id: &[u8]) -> bool {
        self.ids.meant(id).is_some()
    }
}

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
pub(super) fn read(table: &GtfsTable, agencies: &Agencies, reporter: &mut Reporter<'_>) -> Result<Routes, InputError> {
    let mut rows = table.rows()?;
    let (id, kind) = (rows.needed("route_id")?, rows.column("route_type"));
    let agency = rows.column("agency_id");
    let names = ["route_long_name", "route_short_name", "jp_parent_route_id"].map(|name| rows.column(name));
    let (mut routes, mut ids, mut lost): (Vec<FeedRoute>, _, _) = (Vec::new(), Ids::default(), BTreeSet::new());
    while let Some(row) = rows.next_row()? {
        let known = ids.meant(row.get(id));
        if ids.enter(&row, id, reporter).is_none() {
            let other = known.filter(|&known| row.number(kind) != Some(routes[known as usize].kind));
            // Of which kind the trips are that name it nobody knows.
            lost.extend(other);
            continue;
        }
        let mut route = FeedRoute { id: row.shown(id).into_owned(), kind: BUS, ..FeedRoute::default() };
        for name in names.into_iter().filter_map(|column| row.name(column)) {
            if !route.names.contains(&name) {
                route.names.push(name);
            }
        }
        if let Some(kind) = row.number(kind) {
            route.kind = kind;
        } else {
            reporter.add_with(&ROUTES_WITHOUT_TYPE, || row.quoting(kind));
            lost.insert(routes.len() as u32);
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
    Ok(Routes { list: routes, ids, lost })
}
