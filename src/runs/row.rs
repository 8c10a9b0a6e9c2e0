//! One parcel as a run wrote it: the columns that are compared, from the text of JSON properties or the cells of a table.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::criteria::{Criterion, NearPlaces, NearSet, Rules, Zone};
use crate::evidence::SHARE_STEPS;
use crate::table::{End, Source};
use crate::verdicts::Status;

/// A share that the run does not have.
pub(crate) const NO_SHARE: u32 = u32::MAX;

/// What is kept of every parcel, by its place in these lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    /// The zones, of their statuses.
    pub(crate) zones: Vec<Zone>,
    /// The criteria about regions, of their shares.
    pub(crate) criteria: Vec<&'static Criterion>,
    /// The sets of stops, of the nearest.
    pub(crate) near: Vec<&'static NearSet>,
}

impl Kept {
    /// What runs by two rule sets have in common, as the second has it.
    pub(crate) fn of_both(one: &Rules, other: &Rules) -> Self {
        let (one, other) = (one.set, other.set);
        let is_of_stops = |set: &&NearSet| matches!(set.places, NearPlaces::Stops { .. });
        Self {
            zones: other.zones().filter(|zone| one.zone(zone.id()).is_some()).collect(),
            criteria: other.regions().filter(|criterion| one.region(criterion.id).is_some()).collect(),
            near: other.near_sets.iter().filter(is_of_stops).filter(|set| one.near_set(set.stem).is_some()).collect(),
        }
    }

    /// Shares of a parcel.
    pub(crate) fn shares(&self) -> usize {
        2 * self.criteria.len()
    }
}

/// The columns that are compared, by name.
#[derive(Debug)]
pub(crate) struct ComparedColumns {
    sources: BTreeMap<String, Source>,
    kept: Kept,
}

impl ComparedColumns {
    /// The id and the statuses in some zones alone.
    pub(crate) fn statuses(zones: Vec<Zone>) -> Self {
        let mut columns = Self { sources: BTreeMap::new(), kept: Kept { zones, ..Kept::default() } };
        columns.add_statuses();
        columns
    }

    /// All of them; those of the nearest stops only where they are asked for.
    pub(crate) fn new(kept: &Kept, near: bool) -> Self {
        let mut columns = Self { sources: BTreeMap::new(), kept: kept.clone() };
        columns.add_statuses();
        columns.add("area_m2", Source::Area);
        for (index, criterion) in kept.criteria.iter().enumerate() {
            for end in [End::Lo, End::Hi] {
                columns.add(&format!("{}_{}", criterion.column, end.suffix()), Source::CriterionShare(index, end));
            }
        }
        for (index, set) in kept.near.iter().enumerate().filter(|_| near) {
            columns.add(set.stem, Source::NearestName(index));
            columns.add(&format!("{}_m", set.stem), Source::NearestMetres(index));
        }
        columns
    }

    fn add_statuses(&mut self) {
        self.add("kyoten_id", Source::Id);
        for (index, zone) in self.kept.zones.clone().into_iter().enumerate() {
            self.add(zone.id(), Source::Status(index));
        }
    }

    fn add(&mut self, name: &str, source: Source) {
        self.sources.insert(name.to_owned(), source);
    }

    /// Where the value of a column goes; `None` for one that is not compared.
    pub(crate) fn source(&self, name: &str) -> Option<Source> {
        self.sources.get(name).copied()
    }

    /// The name of the column whose value goes there.
    fn name(&self, source: Source) -> &str {
        self.sources.iter().find(|(_, other)| **other == source).map_or("", |(name, _)| name)
    }
}

/// What stands in one column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RunCell<'a> {
    Null,
    Text(&'a str),
    Number(f64),
}

/// One parcel. Made once and filled again for each.
#[derive(Debug)]
pub(crate) struct RunRow {
    pub(crate) id: String,
    /// Ground area in m²; `None` without usable geometry.
    pub(crate) area: Option<f64>,
    /// By the zones that are kept.
    pub(crate) statuses: Vec<Status>,
    /// By the criteria that are kept, `lo` before `hi`: millionths, or [`NO_SHARE`].
    pub(crate) shares: Vec<u32>,
    /// By the sets that are kept: name, and metres.
    pub(crate) near: Vec<(Option<String>, Option<f64>)>,
    has_id: bool,
    has_status: Vec<bool>,
}

impl RunRow {
    pub(crate) fn new(columns: &ComparedColumns) -> Self {
        let kept = &columns.kept;
        Self {
            id: String::new(),
            area: None,
            statuses: vec![Status::Undetermined; kept.zones.len()],
            shares: vec![NO_SHARE; kept.shares()],
            near: vec![(None, None); kept.near.len()],
            has_id: false,
            has_status: vec![false; kept.zones.len()],
        }
    }

    /// Fills it from the text of a JSON object; what is wrong, for people.
    pub(crate) fn read_json(&mut self, columns: &ComparedColumns, text: &str) -> Result<(), String> {
        self.clear();
        let mut json = serde_json::Deserializer::from_str(text);
        Filler { columns, row: self }.deserialize(&mut json).map_err(|error| {
            // Where in the properties it stands, which is not where in the file, helps nobody.
            let problem = error.to_string();
            problem.find(" at line ").map_or_else(|| problem.clone(), |end| problem[..end].to_owned())
        })?;
        self.check(columns)
    }

    /// Fills it from the cells of a table; what is wrong, for people.
    pub(crate) fn read_cells<'a>(
        &mut self,
        columns: &ComparedColumns,
        cells: impl Iterator<Item = (Source, &'a str)>,
    ) -> Result<(), String> {
        self.clear();
        for (source, text) in cells {
            self.set(columns, source, if text.is_empty() { RunCell::Null } else { RunCell::Text(text) })?;
        }
        self.check(columns)
    }

    fn clear(&mut self) {
        self.area = None;
        self.shares.fill(NO_SHARE);
        self.near.fill((None, None));
        self.has_id = false;
        self.has_status.fill(false);
    }

    fn set(&mut self, columns: &ComparedColumns, source: Source, cell: RunCell<'_>) -> Result<(), String> {
        let wrong = || match cell {
            RunCell::Null => format!("{} is not there", columns.name(source)),
            RunCell::Text(text) => format!("{} is “{text}”", columns.name(source)),
            RunCell::Number(number) => format!("{} is {number}", columns.name(source)),
        };
        let number = || match cell {
            RunCell::Null => Ok(None),
            RunCell::Number(number) => Ok(Some(number)),
            RunCell::Text(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(Some).ok_or_else(wrong),
        };
        match source {
            Source::Id => {
                let RunCell::Text(text) = cell else { return Err(wrong()) };
                self.id.clear();
                self.id.push_str(text);
                self.has_id = true;
            }
            Source::Area => self.area = number()?,
            Source::Status(zone) => {
                let RunCell::Text(text) = cell else { return Err(wrong()) };
                self.statuses[zone] = Status::ALL.into_iter().find(|status| status.id() == text).ok_or_else(wrong)?;
                self.has_status[zone] = true;
            }
            Source::CriterionShare(criterion, end) => {
                let share = number()?;
                if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                    return Err(wrong());
                }
                let millionths = share.map_or(NO_SHARE, |share| (share * SHARE_STEPS).round() as u32);
                self.shares[2 * criterion + usize::from(end == End::Hi)] = millionths;
            }
            Source::NearestName(set) => {
                let RunCell::Text(text) = cell else { return Ok(()) };
                self.near[set].0 = Some(text.to_owned());
            }
            Source::NearestMetres(set) => self.near[set].1 = number()?,
            // No such column is compared.
            Source::ZoneShare(..)
            | Source::CandidateId(_)
            | Source::AsAWhole(_)
            | Source::UnusedLand
            | Source::Fails(_)
            | Source::Margin(_)
            | Source::MarginUnit(_)
            | Source::Measure(..) => {}
        }
        Ok(())
    }

    fn check(&self, columns: &ComparedColumns) -> Result<(), String> {
        if !self.has_id {
            return Err("there is no kyoten_id".to_owned());
        }
        let missing = columns.kept.zones.iter().zip(&self.has_status).find(|(_, has)| !**has);
        missing.map_or(Ok(()), |(zone, _)| Err(format!("there is no column {}", zone.id())))
    }
}

/// Walks the members of an object and keeps those that are compared.
struct Filler<'r> {
    columns: &'r ComparedColumns,
    row: &'r mut RunRow,
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
        while let Some(source) = members.next_key_seed(Named(columns))? {
            match source {
                Some(source) => members.next_value_seed(Member { columns, source, row })?,
                None => members.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }
}

/// The name of a member as what it holds.
struct Named<'r>(&'r ComparedColumns);

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = Option<Source>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Named<'_> {
    type Value = Option<Source>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.source(name))
    }
}

/// The value of a member, put where it goes.
struct Member<'r> {
    columns: &'r ComparedColumns,
    source: Source,
    row: &'r mut RunRow,
}

impl Member<'_> {
    fn put<E: Error>(self, cell: RunCell<'_>) -> Result<(), E> {
        self.row.set(self.columns, self.source, cell).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl Visitor<'_> for Member<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.put(RunCell::Null)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.put(RunCell::Text(text))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.put(RunCell::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.put(RunCell::Number(number as f64))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.put(RunCell::Number(number as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        Kept::of_both(&Rules::default(), &Rules::default())
    }

    const WHOLE: &str = r#"{"own":[{"central":1}],"kyoten_id":"1-\u0031","area_m2":12.5,"central":"eligible",
        "local":"prospective","senior":"undetermined","senior_site":"ineligible","in_did_lo":0.25,"in_did_hi":1,
        "station":null,"surprise":true}"#;

    #[test]
    fn what_is_compared_is_kept_and_the_rest_passed_over() {
        let columns = ComparedColumns::new(&kept(), false);
        let mut row = RunRow::new(&columns);
        row.read_json(&columns, WHOLE).unwrap();
        assert_eq!((row.id.as_str(), row.area, &row.statuses[..]), ("1-1", Some(12.5), &Status::ALL[..]));
        assert_eq!(row.shares[..3], [250_000, 1_000_000, NO_SHARE]);
    }

    #[test]
    fn a_row_says_which_column_is_wrong() {
        let columns = ComparedColumns::new(&kept(), false);
        let said =
            |from: &str, to: &str| RunRow::new(&columns).read_json(&columns, &WHOLE.replace(from, to)).unwrap_err();
        assert_eq!(said("\"eligible\"", "\"fit\""), "central is “fit”");
        assert!(said("0.25", "1.25").contains("in_did_lo is 1.25"));
        assert!(said("12.5", "\"wide\"").contains("area_m2 is “wide”"));
        assert!(said("\"1-\\u0031\"", "null").contains("kyoten_id is not there"));
        assert_eq!(said("senior_site", "seniors_site"), "there is no column senior_site");
    }

    #[test]
    fn the_cells_of_a_table_are_the_same_row() {
        let columns = ComparedColumns::new(&kept(), true);
        let names = "kyoten_id central local senior senior_site in_did_lo station station_m";
        let sources = names.split(' ').map(|name| columns.source(name).unwrap());
        let cells = ["01", "eligible", "eligible", "eligible", "ineligible", "", "架空", "12.5"];
        let mut row = RunRow::new(&columns);
        row.read_cells(&columns, sources.zip(cells)).unwrap();
        assert_eq!((row.id.as_str(), row.area, row.shares[0]), ("01", None, NO_SHARE));
        assert_eq!(row.near[0], (Some("架空".to_owned()), Some(12.5)));
    }
}
