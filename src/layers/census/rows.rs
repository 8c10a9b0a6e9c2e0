//! What the tables say of each unit, code by code, and what is known of the numbers that are withheld.
//!
//! Withheld numbers (秘匿, `HTKSYORI` 2) are counted in the row of another unit (`HTKSAKI`; that row's `GASSAN` lists
//! whom it counts for), so over the group the number is known, and each member holds between what the others cannot
//! and what it can. Source: e-Stat, 地域メッシュ統計 and 小地域集計, "秘匿処理".

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{CensusColumn, Columns};
use crate::inputs::RawFeature;
use crate::layers::nonsense::MOST_PEOPLE;
use crate::layers::{LayerError, Loaded, Nonsense, as_text};
use crate::units::Interval;

/// The column that says whether a row's numbers are withheld (2) or count others' (1).
pub(super) const STATE: &str = "HTKSYORI";

/// What is published of one unit.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) code: String,
    /// The first row of the tables that has the code.
    pub(super) feature: &'a RawFeature,
    population: Published,
    seniors: Published,
    /// In which unit its withheld numbers are counted.
    receiver: Option<String>,
    /// The units whose withheld numbers it counts.
    counts_for: Vec<String>,
}

/// A number as it is published, and how good its column is.
#[derive(Debug, Clone, Copy, Default)]
struct Published {
    number: Option<f64>,
    rank: u8,
}

/// The residents of a unit, persons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct People {
    pub(super) population: Interval<f64>,
    pub(super) seniors: Interval<f64>,
}

impl People {
    /// Nothing is known.
    pub(super) const UNKNOWN: Self =
        Self { population: Interval { lo: 0.0, hi: f64::INFINITY }, seniors: Interval { lo: 0.0, hi: f64::INFINITY } };

    /// Nobody lives there.
    pub(super) const NOBODY: Self =
        Self { population: Interval { lo: 0.0, hi: 0.0 }, seniors: Interval { lo: 0.0, hi: 0.0 } };

    /// Of published numbers; a withheld number of seniors is at most that of all.
    pub(super) fn published(population: Option<f64>, seniors: Option<f64>) -> Self {
        let population = population.map_or(Self::UNKNOWN.population, Interval::exactly);
        Self { population, seniors: seniors.map_or(Interval::new(0.0, population.hi), Interval::exactly) }
    }

    /// The four numbers bit by bit, to tell whether two units publish the same.
    pub(super) fn bits(self) -> [u64; 4] {
        [self.population.lo, self.population.hi, self.seniors.lo, self.seniors.hi].map(f64::to_bits)
    }

    /// What is left of a whole once its parts are taken away.
    pub(super) fn less(self, parts: &[Self]) -> Self {
        let left = |number: fn(&Self) -> Interval<f64>| {
            let whole = number(&self);
            let (lo, hi) = parts.iter().map(number).fold((0.0, 0.0), |(lo, hi), part| (lo + part.lo, hi + part.hi));
            let most = (whole.hi - lo).max(0.0);
            Interval::new((whole.lo - hi).clamp(0.0, most), most)
        };
        let population = left(|people| people.population);
        let seniors = left(|people| people.seniors);
        let most = seniors.hi.min(population.hi);
        Self { population, seniors: Interval::new(seniors.lo.min(most), most) }
    }
}

/// How codes are written: those of small areas in one of several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    /// Mesh codes, and whatever a layer of one's own has: as they stand.
    AsTheyStand,
    /// 町丁・字等: 2, 5, 9 or 11 digits for a prefecture, a municipality, a 町 and its 丁目.
    SmallAreas,
}

impl Codes {
    /// Small areas are told by columns that only their tables (`HYOSYO`, the level) and boundaries (`HCODE`) have.
    pub(super) fn of(loaded: &Loaded) -> Self {
        let of_small_areas =
            |feature: &RawFeature| ["HYOSYO", "HCODE"].iter().any(|key| feature.fields.contains_key(*key));
        if loaded.raw.features.iter().any(of_small_areas) { Self::SmallAreas } else { Self::AsTheyStand }
    }

    /// One way to write a code: the leading zero back that spreadsheets drop, and without the `00` by which
    /// boundaries say that a 町 has no 丁目.
    pub(super) fn plain(self, code: &str) -> String {
        if self == Self::AsTheyStand {
            return code.to_owned();
        }
        let padded = if matches!(code.len(), 4 | 8 | 10) { format!("0{code}") } else { code.to_owned() };
        match padded.strip_suffix("00") {
            Some(town) if padded.len() == 11 => town.to_owned(),
            _ => padded,
        }
    }

    /// The code of a unit that the row of `code` names: small areas leave out the municipality's five digits.
    fn named_by(self, code: &str, named: &str) -> String {
        let municipality = code.get(..5).unwrap_or_default();
        match (self, named.len()) {
            (Self::SmallAreas, 1..=4) => self.plain(&format!("{municipality}{named:0>4}")),
            (Self::SmallAreas, 5..=6) => self.plain(&format!("{municipality}{named:0>6}")),
            _ => self.plain(named),
        }
    }
}

/// The rows of the tables, one a code, in the order of the codes. `is_table` says which files are tables; a polygon
/// without a code is no row.
///
/// # Errors
/// A number that is none; one code with two numbers in columns that mean the same.
pub(super) fn rows<'a>(
    loaded: &'a Loaded,
    columns: &Columns,
    codes: Codes,
    is_table: &[bool],
) -> Result<Vec<Row<'a>>, LayerError> {
    let mut by_code: BTreeMap<String, Row<'a>> = BTreeMap::new();
    for feature in loaded.raw.features.iter().filter(|feature| is_table[feature.file]) {
        let row = Row::of(loaded, columns, codes, feature)?;
        if row.code.is_empty() && feature.geometry.is_some() {
            continue;
        }
        match by_code.get_mut(&row.code) {
            Some(known) => known.take(row, loaded)?,
            None => {
                by_code.insert(row.code.clone(), row);
            }
        }
    }
    let rows: Vec<Row<'a>> = by_code.into_values().collect();
    // A row that counts for others holds more people than its own.
    let receivers: BTreeSet<usize> = groups(&rows).into_keys().collect();
    for (index, row) in rows.iter().enumerate() {
        let (population, seniors) = (row.population.number, row.seniors.number);
        let counts_for_others = receivers.contains(&index) || !row.counts_for.is_empty();
        check(loaded, row.feature, population.filter(|_| !counts_for_others), seniors)?;
    }
    Ok(rows)
}

/// Makes sure that numbers can be those of one place.
///
/// # Errors
/// [`LayerError::Nonsense`] for more older residents than residents, and for more people than there are.
pub(super) fn check(
    loaded: &Loaded,
    feature: &RawFeature,
    population: Option<f64>,
    seniors: Option<f64>,
) -> Result<(), LayerError> {
    let number = feature.number;
    let most = [population, seniors].into_iter().flatten().fold(0.0, f64::max);
    let what = match population.zip(seniors) {
        _ if most > MOST_PEOPLE => Nonsense::TooMany { feature: number, people: most },
        Some((population, seniors)) if seniors > population => {
            Nonsense::MoreSeniors { feature: number, seniors, population }
        }
        _ => return Ok(()),
    };
    let path = loaded.raw.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default();
    Err(LayerError::Nonsense { path, what: Box::new(what) })
}

impl<'a> Row<'a> {
    fn of(loaded: &Loaded, columns: &Columns, codes: Codes, feature: &'a RawFeature) -> Result<Self, LayerError> {
        let text = |field: &str| feature.fields.get(field).and_then(as_text);
        let code = codes.plain(&loaded.text(feature, "code").unwrap_or_default());
        let published = |column: Option<&CensusColumn>| -> Result<Published, LayerError> {
            let Some(column) = column else { return Ok(Published { number: None, rank: u8::MAX }) };
            Ok(Published { number: column.number(loaded, feature)?, rank: column.rank })
        };
        let is = |state: &str| text(STATE).as_deref() == Some(state);
        let receiver = text("HTKSAKI").filter(|_| is("2")).map(|named| codes.named_by(&code, &named));
        let counts_for = text("GASSAN").filter(|_| is("1")).unwrap_or_default();
        let counts_for = counts_for.split([';', ',']).map(str::trim).filter(|named| !named.is_empty());
        Ok(Self {
            counts_for: counts_for.map(|named| codes.named_by(&code, named)).collect(),
            code,
            feature,
            population: published(columns.population(feature.file))?,
            seniors: published(columns.seniors(feature.file))?,
            receiver,
        })
    }

    /// Takes over what another row of the same code says: of two tables each may have one of the numbers.
    fn take(&mut self, other: Self, loaded: &Loaded) -> Result<(), LayerError> {
        for (role, mine, theirs) in
            [("population", &mut self.population, other.population), ("seniors", &mut self.seniors, other.seniors)]
        {
            match (mine.number, theirs.number) {
                (Some(one), Some(two)) if mine.rank == theirs.rank && one.to_bits() != two.to_bits() => {
                    return Err(LayerError::TwoNumbers {
                        path: loaded.raw.files[other.feature.file].path.clone(),
                        code: self.code.clone(),
                        role,
                        numbers: [one, two],
                    });
                }
                (Some(_), Some(_)) if theirs.rank < mine.rank => *mine = theirs,
                (None, Some(_)) => *mine = theirs,
                _ => {}
            }
        }
        self.receiver = self.receiver.take().or(other.receiver);
        self.counts_for.extend(other.counts_for);
        Ok(())
    }

    /// Whether all its residents are published.
    fn population_known(&self) -> bool {
        self.population.number.is_some()
    }
}

/// What is known of each row's people. `elsewhere` gives the residents of a code that another file publishes, where the
/// table withholds them.
pub(super) fn people(rows: &[Row<'_>], elsewhere: &BTreeMap<String, f64>) -> Vec<People> {
    let mut people: Vec<People> = rows
        .iter()
        .map(|row| {
            let population = row.population.number.or_else(|| elsewhere.get(&row.code).copied());
            People::published(population, row.seniors.number)
        })
        .collect();
    for (receiver, members) in groups(rows) {
        // A table that withholds all residents of a member counts them, too, in the receiving unit.
        if members.iter().any(|&index| !rows[index].population_known()) {
            let total = people[receiver].population;
            let own = |index: usize| match elsewhere.get(&rows[index].code) {
                Some(&own) => Interval::exactly(own),
                None if index != receiver && rows[index].population_known() => people[index].population,
                None => Interval::new(0.0, total.hi),
            };
            let rooms: Vec<Interval<f64>> = members.iter().map(|&index| own(index)).collect();
            for (&index, share) in members.iter().zip(shared_out(total, &rooms)) {
                people[index].population = share;
            }
        }
        let total = people[receiver].seniors;
        let rooms: Vec<Interval<f64>> =
            members.iter().map(|&index| Interval::new(0.0, people[index].population.hi)).collect();
        for (&index, share) in members.iter().zip(shared_out(total, &rooms)) {
            people[index].seniors = share;
        }
    }
    people
}

/// The receiving rows, each with itself and those that it counts for.
fn groups(rows: &[Row<'_>]) -> BTreeMap<usize, Vec<usize>> {
    let index_of: BTreeMap<&str, usize> =
        rows.iter().enumerate().map(|(index, row)| (row.code.as_str(), index)).collect();
    let mut receiver_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (receiver, row) in rows.iter().enumerate() {
        let members = row.counts_for.iter().filter_map(|code| index_of.get(code.as_str()));
        receiver_of.extend(members.map(|&member| (member, receiver)));
    }
    for (member, row) in rows.iter().enumerate() {
        let named = row.receiver.as_deref().and_then(|code| index_of.get(code));
        receiver_of.extend(named.map(|&receiver| (member, receiver)));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (member, receiver) in receiver_of {
        // A row that publishes its own number takes part in no group, whatever another row lists.
        if member != receiver && rows[member].seniors.number.is_none() {
            groups.entry(receiver).or_insert_with(|| vec![receiver]).push(member);
        }
    }
    groups
}

/// What each of several rooms can hold of a total: what the others cannot, up to what they need not.
fn shared_out(total: Interval<f64>, rooms: &[Interval<f64>]) -> Vec<Interval<f64>> {
    let sum = |end: fn(&Interval<f64>) -> f64, without: usize| -> f64 {
        rooms.iter().enumerate().filter(|(index, _)| *index != without).map(|(_, room)| end(room)).sum()
    };
    let share = |(index, room): (usize, &Interval<f64>)| {
        let hi = room.hi.min((total.hi - sum(|room| room.lo, index)).max(0.0)).max(room.lo);
        let lo = (total.lo - sum(|room| room.hi, index)).max(room.lo).min(hi);
        Interval::new(lo, hi)
    };
    rooms.iter().enumerate().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_group_hold_what_the_others_cannot() {
        let room = |hi| Interval::new(0.0, hi);
        let shares = shared_out(Interval::exactly(30.0), &[room(100.0), room(8.0), room(5.0)]);
        assert_eq!(shares, [Interval::new(17.0, 30.0), Interval::new(0.0, 8.0), Interval::new(0.0, 5.0)]);
        let unbounded = shared_out(Interval::exactly(30.0), &[room(f64::INFINITY), room(8.0)]);
        assert_eq!(unbounded, [Interval::new(22.0, 30.0), Interval::new(0.0, 8.0)]);
    }

    #[test]
    fn a_code_of_a_small_area_is_written_in_one_way() {
        let plain = |code| Codes::SmallAreas.plain(code);
        assert_eq!(plain("22212001000"), "222120010");
        assert_eq!(plain("22212001002"), "22212001002");
        assert_eq!(plain("11010200"), "011010200");
        assert_eq!(plain("1101020001"), "01101020001");
        assert_eq!(Codes::SmallAreas.named_by("22212001002", "1003"), "222121003");
        assert_eq!(Codes::SmallAreas.named_by("22212001002", "1003"), Codes::SmallAreas.plain("22212100300"));
        assert_eq!(Codes::SmallAreas.named_by("22212001002", "20003"), "22212020003");
        assert_eq!(Codes::AsTheyStand.plain("52383700"), "52383700");
    }

    #[test]
    fn what_is_left_of_a_whole_is_never_below_nothing() {
        let of = |population, seniors| People::published(Some(population), seniors);
        assert_eq!(of(100.0, Some(30.0)).less(&[of(60.0, Some(30.0)), of(40.0, Some(0.0))]), People::NOBODY);
        let rest = of(100.0, Some(30.0)).less(&[of(60.0, None)]);
        assert_eq!((rest.population, rest.seniors), (Interval::exactly(40.0), Interval::new(0.0, 30.0)));
        assert_eq!(of(10.0, Some(5.0)).less(&[of(60.0, Some(7.0))]), People::NOBODY);
    }
}
