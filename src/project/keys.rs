//! Which keys a project file may have: data, from the catalogues that give them their meaning.

use super::own::ROLE;
use crate::criteria::default_rules;
use crate::layers::{BACKDROP, LAYERS, LayerKey, LayerKind};

/// Keys outside all tables, and the tables.
pub(super) const TOP: &[&str] = &[
    "name",
    "municipality",
    "area_division",
    "plane",
    "rules",
    "excluded_municipalities",
    "planned_kind",
    "datum_grids",
    "layers",
    "prospective",
    "thresholds",
    "waive",
    "transit",
    "scenario",
    "map",
];

/// What is read from files, so that `--set` leaves it alone.
const OF_FILES: &[&str] = &["datum_grids", "layers", "prospective", "scenario"];

/// Keys and tables of which `--set` may set something.
pub(super) fn settable() -> Vec<&'static str> {
    TOP.iter().copied().filter(|key| !OF_FILES.contains(key)).collect()
}

/// Keys of `[transit]`.
pub(super) const TRANSIT: &[&str] =
    &["tram_classes", "subway_operators", "window", "unit", "direction", "day", "stop_group_m", "transfers"];

/// Keys of `[scenario]`.
pub(super) const SCENARIO: &[&str] = &["note", "layers", "stops", "lines", "remove", "headway"];

/// Keys of `[[scenario.stops]]`.
pub(super) const SCENARIO_STOP: &[&str] = &["name", "kind", "at", "peak_trips", "daily_trips", "lines"];

/// Keys of a line of `[[scenario.stops]]`.
pub(super) const SCENARIO_LINE: &[&str] = &["operator", "name"];

/// Keys of `[[scenario.lines]]`.
pub(super) const SCENARIO_LINES: &[&str] = &["name", "operator", "kind", "peak_trips", "daily_trips"];

/// Keys of `[[scenario.remove]]`.
pub(super) const SCENARIO_REMOVE: &[&str] = &["route", "trips"];

/// Keys of `[[scenario.headway]]`.
pub(super) const SCENARIO_HEADWAY: &[&str] = &["route", "minutes", "from", "to", "direction"];

/// The key of `[layers]` that names timetables; they are no layer, since they hold more than features.
pub(super) const GTFS: &str = crate::inputs::gtfs::LAYER;

/// Keys that every layer's table may have.
const OF_EVERY_LAYER: &[&str] =
    &["path", "crs", "encoding", "layer", "x", "y", "where", "class", "classes", "note", "source"];

/// Keys of a table of `backdrop`.
pub(super) fn backdrop() -> Vec<&'static str> {
    [OF_EVERY_LAYER, &["draw"]].concat()
}

/// Keys of `[map]`.
pub(super) const MAP: &[&str] = &["title", "subtitle", "author", "date", "note"];

/// Keys of `[layers]`.
pub(super) fn layers() -> Vec<&'static str> {
    LAYERS.iter().map(|kind| kind.name).chain([GTFS, BACKDROP]).collect()
}

/// Keys of `[prospective]`.
pub(super) fn prospective() -> Vec<&'static str> {
    LAYERS.iter().filter(|kind| kind.expected_as.is_some()).map(|kind| kind.name).collect()
}

/// Keys of `layers` in `[scenario]`.
pub(super) fn supposed() -> Vec<&'static str> {
    LAYERS.iter().filter(|kind| kind.can_be_supposed()).map(|kind| kind.name).collect()
}

/// Keys of one layer's table.
pub(super) fn layer(kind: &LayerKind) -> Vec<&'static str> {
    let mut keys = OF_EVERY_LAYER.to_vec();
    if kind.key.is_own() {
        keys.insert(1, ROLE);
    }
    // A role may share its key with those of every layer: the `class` of a station is the field of `classes` as well.
    keys.extend(kind.roles.iter().map(|role| role.key).filter(|key| !OF_EVERY_LAYER.contains(key)));
    if has_service(kind.key) {
        keys.extend(["peak_trips", "daily_trips"]);
    }
    keys
}

/// Whether the layer's features have a service, which `peak_trips` and `daily_trips` give.
pub(super) fn has_service(layer: LayerKey) -> bool {
    matches!(layer, LayerKey::Stations | LayerKey::Stops)
}

/// The unit of a key's number; `None`: the key has no number.
pub(super) fn unit_of(key: &str) -> Option<&'static str> {
    match key {
        "stop_group_m" => Some("m"),
        "peak_trips" => Some("departures/h"),
        "daily_trips" => Some("departures/day"),
        "minutes" => Some("minutes"),
        "plane" | "transfers" | "direction" => Some(""),
        // Of the thresholds of other rules nobody knows before these are read.
        _ => default_rules().threshold(key).map(|threshold| threshold.unit),
    }
}

/// Whether a key's value is the code of a municipality.
pub(super) fn is_code(key: &str) -> bool {
    key == "municipality"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::Content;
    use crate::settings::nearest;

    #[test]
    fn no_table_has_a_key_twice() {
        let mut tables =
            vec![TOP.to_vec(), TRANSIT.to_vec(), MAP.to_vec(), backdrop(), layers(), prospective(), supposed()];
        tables.extend(LAYERS.iter().map(layer));
        tables.push(layer(LayerKey::own("clinics", Content::Facilities).kind()));
        for mut keys in tables {
            let count = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), count, "{keys:?}");
        }
    }

    #[test]
    fn a_slip_finds_its_key_and_a_stranger_does_not() {
        assert_eq!(nearest("statoins", &layers()), ("stations", true));
        assert_eq!(nearest("Parcels", &layers()), ("parcels", true));
        assert!(!nearest("colour", &layers()).1);
    }
}
