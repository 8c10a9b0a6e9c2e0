//! One parcel as a run wrote it: the columns that are compared, from the text of JSON properties or the cells of a table.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::criteria::{self, Zone};
use crate::verdicts::Status;

/// Shares are written to a millionth, so that as whole numbers of millionths they compare exactly, in half the room.
const STEPS: f64 = 1e6;

/// A share that the run does not have.
pub(in crate::planning) const NO_SHARE: u32 = u32::MAX;

/// The stems of the columns with the nearest stops.
pub(in crate::planning) const NEAR: [&str; 3] = ["station", "stop", "any_stop"];

/// Where the value of a column goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::planning) enum Slot {
    Id,
    Area,
    Status(usize),
    Share(usize),
    NearName(usize),
    NearMetres(usize),
}

/// The columns that are compared, by name.
#[derive(Debug)]
pub(in crate::planning) struct Columns(BTreeMap<String, Slot>);

impl Columns {
    /// The id and the statuses alone.
    pub(in crate::planning) fn statuses() -> Self {
        let mut columns = BTreeMap::from([("kyoten_id".to_owned(), Slot::Id)]);
        for (place, zone) in Zone::ALL.into_iter().enumerate() {
            columns.insert(zone.id().to_owned(), Slot::Status(place));
        }
        Self(columns)
    }

    /// All of them; those of the nearest stops only where they are asked for.
    pub(in crate::planning) fn new(near: bool) -> Self {
        let Self(mut columns) = Self::statuses();
        columns.insert("area_m2".to_owned(), Slot::Area);
        for (place, criterion) in criteria::places().enumerate() {
            for (end, name) in ["lo", "hi"].into_iter().enumerate() {
                columns.insert(format!("{}_{name}", criterion.column()), Slot::Share(2 * place + end));
            }
        }
        for (place, stem) in NEAR.into_iter().enumerate().filter(|_| near) {
            columns.insert(stem.to_owned(), Slot::NearName(place));
            columns.insert(format!("{stem}_m"), Slot::NearMetres(place));
        }
        Self(columns)
    }

    /// Where the value of a column goes; `None` for one that is not compared.
    pub(in crate::planning) fn slot(&self, name: &str) -> Option<Slot> {
        self.0.get(name).copied()
    }

    /// The name of the column whose value goes there.
    fn name(&self, slot: Slot) -> &str {
        self.0.iter().find(|(_, other)| **other == slot).map_or("", |(name, _)| name)
    }
}

/// What stands in one column.
#[derive(Debug, Clone, Copy)]
pub(in crate::planning) enum Cell<'a> {
    Null,
    Text(&'a str),
    Number(f64),
}

/// One parcel. Made once and filled again for each.
#[derive(Debug)]
pub(in crate::planning) struct Row {
    pub(in crate::planning) id: String,
    /// Ground area in m²; `None` without usable geometry.
    pub(in crate::planning) area: Option<f64>,
    pub(in crate::planning) statuses: [Status; 4],
    /// By place in [`criteria::places`], `lo` before `hi`: millionths, or [`NO_SHARE`].
    pub(in crate::planning) shares: Vec<u32>,
    /// By place in [`NEAR`]: name, and metres.
    pub(in crate::planning) near: [(Option<String>, Option<f64>); 3],
    has_id: bool,
    has_status: [bool; 4],
}

impl Row {
    pub(in crate::planning) fn new() -> Self {
        Self {
            id: String::new(),
            area: None,
            statuses: [Status::Undetermined; 4],
            shares: vec![NO_SHARE; 2 * criteria::places().count()],
            near: Default::default(),
            has_id: false,
            has_status: [false; 4],
        }
    }

    /// Fills it from the text of a JSON object; what is wrong, for people.
    pub(in crate::planning) fn read_json(&mut self, columns: &Columns, text: &str) -> Result<(), String> {
        self.clear();
        let mut json = serde_json::Deserializer::from_str(text);
        Filler { columns, row: self }.deserialize(&mut json).map_err(|error| {
            // Where in the properties it stands, which is not where in the file, helps nobody.
            let problem = error.to_string();
            problem.find(" at line ").map_or_else(|| problem.clone(), |end| problem[..end].to_owned())
        })?;
        self.check()
    }

    /// Fills it from the cells of a table; what is wrong, for people.
    pub(in crate::planning) fn read_cells<'a>(
        &mut self,
        columns: &Columns,
        cells: impl Iterator<Item = (Slot, &'a str)>,
    ) -> Result<(), String> {
        self.clear();
        for (slot, text) in cells {
            self.set(columns, slot, if text.is_empty() { Cell::Null } else { Cell::Text(text) })?;
        }
        self.check()
    }

    fn clear(&mut self) {
        self.area = None;
        self.shares.fill(NO_SHARE);
        self.near = Default::default();
        self.has_id = false;
        self.has_status = [false; 4];
    }

    fn set(&mut self, columns: &Columns, slot: Slot, cell: Cell<'_>) -> Result<(), String> {
        let wrong = || match cell {
            Cell::Null => format!("{} is not there", columns.name(slot)),
            Cell::Text(text) => format!("{} is “{text}”", columns.name(slot)),
            Cell::Number(number) => format!("{} is {number}", columns.name(slot)),
        };
        let number = || match cell {
            Cell::Null => Ok(None),
            Cell::Number(number) => Ok(Some(number)),
            Cell::Text(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(Some).ok_or_else(wrong),
        };
        match slot {
            Slot::Id => {
                let Cell::Text(text) = cell else { return Err(wrong()) };
                self.id.clear();
                self.id.push_str(text);
                self.has_id = true;
            }
            Slot::Area => self.area = number()?,
            Slot::Status(zone) => {
                let Cell::Text(text) = cell else { return Err(wrong()) };
                self.statuses[zone] = Status::ALL.into_iter().find(|status| status.id() == text).ok_or_else(wrong)?;
                self.has_status[zone] = true;
            }
            Slot::Share(place) => {
                let share = number()?;
                if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                    return Err(wrong());
                }
                self.shares[place] = share.map_or(NO_SHARE, |share| (share * STEPS).round() as u32);
            }
            Slot::NearName(place) => {
                let Cell::Text(text) = cell else { return Ok(()) };
                self.near[place].0 = Some(text.to_owned());
            }
            Slot::NearMetres(place) => self.near[place].1 = number()?,
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        if !self.has_id {
            return Err("there is no kyoten_id".to_owned());
        }
        let missing = Zone::ALL.into_iter().zip(self.has_status).find(|(_, has)| !has);
        missing.map_or(Ok(()), |(zone, _)| Err(format!("there is no column {}", zone.id())))
    }
}

/// Walks the members of an object and keeps those that are compared.
struct Filler<'r> {
    columns: &'r Columns,
    row: &'r mut Row,
}

impl<'de> DeserializeSeed<'de> for Filler<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Filler<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { columns, row } = self;
        while let Some(slot) = members.next_key_seed(Named(columns))? {
            match slot {
                Some(slot) => members.next_value_seed(Value { columns, slot, row })?,
                None => members.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The name of a member as its slot.
struct Named<'r>(&'r Columns);

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = Option<Slot>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Named<'_> {
    type Value = Option<Slot>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.slot(name))
    }
}

/// The value of a member, put where it goes.
struct Value<'r> {
    columns: &'r Columns,
    slot: Slot,
    row: &'r mut Row,
}

impl Value<'_> {
    fn put<E: Error>(self, cell: Cell<'_>) -> Result<(), E> {
        self.row.set(self.columns, self.slot, cell).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl Visitor<'_> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.put(Cell::Null)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.put(Cell::Text(text))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.put(Cell::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.put(Cell::Number(number as f64))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.put(Cell::Number(number as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"own":[{"central":1}],"kyoten_id":"1-\u0031","area_m2":12.5,"central":"eligible",
        "local":"prospective","senior":"undetermined","senior_site":"ineligible","in_did_lo":0.25,"in_did_hi":1,
        "station":null,"surprise":true}"#;

    #[test]
    fn what_is_compared_is_kept_and_the_rest_passed_over() {
        let columns = Columns::new(false);
        let mut row = Row::new();
        row.read_json(&columns, WHOLE).unwrap();
        assert_eq!((row.id.as_str(), row.area, row.statuses), ("1-1", Some(12.5), Status::ALL));
        assert_eq!(row.shares[..3], [250_000, 1_000_000, NO_SHARE]);
    }

    #[test]
    fn a_row_says_which_column_is_wrong() {
        let columns = Columns::new(false);
        let said = |from: &str, to: &str| Row::new().read_json(&columns, &WHOLE.replace(from, to)).unwrap_err();
        assert_eq!(said("\"eligible\"", "\"fit\""), "central is “fit”");
        assert!(said("0.25", "1.25").contains("in_did_lo is 1.25"));
        assert!(said("12.5", "\"wide\"").contains("area_m2 is “wide”"));
        assert!(said("\"1-\\u0031\"", "null").contains("kyoten_id is not there"));
        assert_eq!(said("senior_site", "seniors_site"), "there is no column senior_site");
    }

    #[test]
    fn the_cells_of_a_table_are_the_same_row() {
        let columns = Columns::new(true);
        let names = "kyoten_id central local senior senior_site in_did_lo station station_m";
        let slots = names.split(' ').map(|name| columns.slot(name).unwrap());
        let cells = ["01", "eligible", "eligible", "eligible", "ineligible", "", "架空", "12.5"];
        let mut row = Row::new();
        row.read_cells(&columns, slots.zip(cells)).unwrap();
        assert_eq!((row.id.as_str(), row.area, row.shares[0]), ("01", None, NO_SHARE));
        assert_eq!(row.near[0], (Some("架空".to_owned()), Some(12.5)));
    }
}
