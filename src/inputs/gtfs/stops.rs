//! `stops.txt`: stops, and the stations and other places that they belong to.

use super::FeedStop;
use super::ids::Ids;
use super::table::{GtfsTable, Row, RowLocation, Rows};
use crate::crs::can_be_in_japan;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static STOPS_WITHOUT_COORDINATES: NoticeKind = NoticeKind {
    id: "stops-without-coordinates",
    severity: Severity::Warning,
    what: Text::new(
        "自身にも親の駅にも、使える `stop_lat` と `stop_lon` のない停留所があります。便は数えますが、場所は不明です。",
        "stops have no usable `stop_lat` and `stop_lon`, nor has their station; their trips count, their place is not known",
    ),
    advice: Some(Text::new(
        "緯度と経度を10進の度で入れてください。",
        "fill in latitude and longitude in decimal degrees",
    )),
};

static PARENTS_UNKNOWN: NoticeKind = NoticeKind {
    id: "parents-unknown",
    severity: Severity::Mended,
    what: Text::new(
        "`parent_station` の指す駅などが stops.txt にない停留所があります。親はないものとし、名称と距離でまとめました。",
        "stops have a `parent_station` that stops.txt does not have; they are taken as without parent, and are one stop by name and distance",
    ),
    advice: Some(Text::new(
        "親の駅などの行を stops.txt に加えるか、`parent_station` を空にしてください。",
        "add the row of the parent to stops.txt, or leave `parent_station` blank",
    )),
};

/// The stops of a feed, and the ids of all places.
#[derive(Debug, Default)]
pub(super) struct Stops {
    pub(super) list: Vec<FeedStop>,
    ids: Ids,
    /// For each place its index in the list; `None` for a station, an entrance and the like.
    places: Vec<Option<u32>>,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Stop(u32),
    /// A place where no vehicle calls.
    OtherPlace,
    Nothing,
}

impl Stops {
    pub(super) fn read(table: &GtfsTable, reporter: &mut Reporter<'_>) -> Result<Self, InputError> {
        let mut rows = table.rows()?;
        let columns = Columns::find(&rows)?;
        let mut ids = Ids::default();
        let mut all: Vec<AnyPlace> = Vec::new();
        while let Some(row) = rows.next_row()? {
            let known = ids.meant(row.get(columns.id));
            let place = columns.place(&row);
            if ids.enter(&row, columns.id, reporter).is_some() {
                all.push(place);
            } else if let Some(known) = known.and_then(|known| all.get_mut(known as usize)) {
                // Of two rows that differ one is of another stop; which of them nobody knows.
                if known.stop != place.stop || known.is_stop != place.is_stop {
                    (known.stop.lon_lat, known.stop.name, known.stop.parent) = (None, None, None);
                }
            }
        }
        let mut stops = Self { ids, ..Self::default() };
        for index in 0..all.len() {
            stops.take(table, &all, index, reporter);
        }
        Ok(stops)
    }

    /// How many rows were used: stops and other places.
    pub(super) fn rows(&self) -> usize {
        self.places.len()
    }

    pub(super) fn find(&self, id: &[u8]) -> Found {
        match self.ids.meant(id).map(|index| self.places[index as usize]) {
            Some(Some(stop)) => Found::Stop(stop),
            Some(None) => Found::OtherPlace,
            None => Found::Nothing,
        }
    }

    /// Takes over a place, with what its parent knows better.
    fn take(&mut self, table: &GtfsTable, all: &[AnyPlace], index: usize, reporter: &mut Reporter<'_>) {
        let AnyPlace { stop, is_stop, row } = &all[index];
        if !is_stop {
            self.places.push(None);
            return;
        }
        let mut stop = stop.clone();
        let parent = stop.parent.as_ref().and_then(|parent| self.ids.meant(parent.as_bytes()));
        let parent = parent.and_then(|parent| all.get(parent as usize));
        if let (Some(named), None) = (&stop.parent, parent) {
            let id = &stop.id;
            reporter.add_with(&PARENTS_UNKNOWN, || {
                RowLocation(table.path(), *row)
                    .with(&text!("停留所「{id}」の親「{named}」", "stop “{id}”, parent_station “{named}”"))
            });
        }
        // One id, however its children write it.
        stop.parent = parent.map(|parent| parent.stop.id.clone());
        if let Some(AnyPlace { stop: parent, .. }) = parent {
            stop.name = stop.name.or_else(|| parent.name.clone());
            stop.lon_lat = stop.lon_lat.or(parent.lon_lat);
        }
        if stop.lon_lat.is_none() {
            reporter.add_with(&STOPS_WITHOUT_COORDINATES, || RowLocation(table.path(), *row).quoting(&stop.id));
        }
        self.places.push(Some(self.list.len() as u32));
        self.list.push(stop);
    }
}

/// A row of the table.
struct AnyPlace {
    stop: FeedStop,
    is_stop: bool,
    row: usize,
}

struct Columns {
    id: super::table::ColumnIndex,
    name: super::table::ColumnIndex,
    lon: super::table::ColumnIndex,
    lat: super::table::ColumnIndex,
    kind: super::table::ColumnIndex,
    parent: super::table::ColumnIndex,
}

impl Columns {
    fn find(rows: &Rows<'_>) -> Result<Self, InputError> {
        Ok(Self {
            id: rows.needed("stop_id")?,
            name: rows.column("stop_name"),
            lon: rows.column("stop_lon"),
            lat: rows.column("stop_lat"),
            kind: rows.column("location_type"),
            parent: rows.column("parent_station"),
        })
    }

    fn place(&self, row: &Row<'_>) -> AnyPlace {
        let parent = Some(row.shown(self.parent)).filter(|parent| !parent.is_empty());
        let stop = FeedStop {
            id: row.shown(self.id).into_owned(),
            name: row.name(self.name),
            lon_lat: usable(row.number(self.lon), row.number(self.lat)),
            parent: parent.map(std::borrow::Cow::into_owned),
        };
        // 1 station, 2 entrance, 3 node of a way, 4 part of a platform; a stop is 0 or blank, and whatever else is
        // written there is called at or not.
        let is_stop = !matches!(row.whole(self.kind), b"1" | b"2" | b"3" | b"4");
        AnyPlace { stop, is_stop, row: row.number }
    }
}

/// A position on the earth. None is where both are 0: that is what programs write who know none.
fn usable(lon: Option<f64>, lat: Option<f64>) -> Option<[f64; 2]> {
    let (lon, lat) = (lon?, lat?);
    can_be_in_japan([lon, lat]).then_some([lon, lat])
}
