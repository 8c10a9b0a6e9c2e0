//! The thresholds of a rule file.

use super::{faults, stays};
use crate::criteria::{MEMBERSHIP, Threshold};
use crate::settings::{A_NUMBER, Entry, TomlTable};
use crate::text::Text;

/// The units of thresholds, and the smallest and largest number that make sense.
const UNITS: &[(&str, (f64, f64))] = &[
    ("m", (0.0, 100_000.0)),
    ("m²", (0.0, 1e9)),
    ("share", (0.0, 1.0)),
    ("1/ha", (0.0, 10_000.0)),
    ("departures/h", (0.0, 1000.0)),
    ("departures/day", (0.0, 10_000.0)),
];

const KEYS: &[&str] = &["default", "unit", "range", "name"];

/// The thresholds, with the part of a parcel that must lie in a zone, which every rule set has.
pub(super) fn read(table: Option<&TomlTable<'_>>) -> Option<Vec<Threshold>> {
    let entries = table.map(TomlTable::entries).unwrap_or_default();
    let thresholds: Vec<Option<Threshold>> = entries.iter().map(threshold).collect();
    let mut thresholds: Vec<Threshold> = thresholds.into_iter().collect::<Option<_>>()?;
    if thresholds.iter().all(|threshold| threshold.key != MEMBERSHIP) {
        let name = Text::new("区域に入るべき筆・敷地の面積割合", "part of a parcel that must lie in a zone");
        thresholds.push(Threshold { key: MEMBERSHIP, default: 0.5, range: (0.0, 1.0), unit: "share", name });
    }
    Some(thresholds)
}

fn threshold(entry: &Entry<'_>) -> Option<Threshold> {
    let table = entry.table()?.knowing(KEYS);
    let is_key = faults::key_as_id(entry, '_');
    let unit = table.needed("unit", Text::new("数の単位", "the unit of the number"));
    let unit = unit.and_then(|entry| entry.one_of(UNITS, |(unit, _)| unit));
    let name = table.needed("name", Text::new("基準値の名前", "the name of the threshold"));
    let name = name.and_then(|entry| entry.in_both());
    let default = table.needed("default", A_NUMBER);
    let (unit, usual) = unit?;
    let pair = Text::new("最小と最大の2つの数", "the smallest and the largest number");
    let range = match table.get("range") {
        Some(entry) => entry.pair(pair).map(|[least, most]| (least, most))?,
        None => usual,
    };
    let default = default?.number(range, unit, A_NUMBER);
    Some(Threshold { key: stays(entry.key()), default: default?, range, unit, name: name? }).filter(|_| is_key)
}
