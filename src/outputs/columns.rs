//! The columns that kyoten adds to a parcel: one list, from which every format of parcels follows.

use super::properties::ValueType;
use crate::criteria::{self, Zone};
use crate::evidence::{Measured, NearSet, Nearest, PlaceShares};
use crate::verdicts::Status;

/// Digits after the point: shares and ratios to a millionth, lengths to a millimetre.
const SHARE: usize = 6;
const METRES: usize = 3;
const DENSITY: usize = 4;

/// A parcel with its verdicts.
#[derive(Debug)]
pub struct Judged {
    /// The mapped id, else the feature's own, else its position.
    pub id: String,
    /// What was measured.
    pub measured: Measured,
    /// By zone, in the order of [`Zone::ALL`].
    pub statuses: [Status; 4],
}

/// The stem of a set's columns, its title, and whether the name is given too.
fn near_columns(set: NearSet) -> Option<(&'static str, &'static str, bool)> {
    match set {
        NearSet::Station => Some(("station", "最寄り基幹駅", true)),
        NearSet::Stop => Some(("stop", "最寄り基幹停留所", true)),
        NearSet::AnyStop => Some(("any_stop", "最寄りの駅・停留所", true)),
        NearSet::Hub => Some(("hub", "最寄りの中心拠点区域の中心", false)),
        NearSet::Facility => Some(("facility", "最寄りの高齢者施設", true)),
        NearSet::SameKind | NearSet::MaybeSameKind => None,
    }
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its title in Japanese, with the unit, for programs that show people a table.
    pub title: String,
    source: Source,
}

#[derive(Debug, Clone, Copy)]
enum Source {
    Id,
    Area,
    Status(usize),
    ZoneLo(usize),
    ZoneHi(usize),
    CriterionLo(usize),
    CriterionHi(usize),
    NearName(usize),
    NearMetres(usize),
    PublicLandLo,
    PublicLandHi,
    SeniorsLo,
    SeniorsHi,
}

/// What stands in one column of one parcel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// The measure cannot be had.
    Null,
    /// A text.
    Text(&'a str),
    /// A name, by its set and its place there: formats keep names ready in their own writing.
    Name(usize, usize),
    /// A number, and how many digits after the point are meant.
    Number(f64, usize),
}

/// All columns, in the order of the interface.
#[must_use]
pub fn columns() -> Vec<Column> {
    let mut list =
        vec![Column::new("kyoten_id", "筆・敷地 番号", Source::Id), Column::new("area_m2", "面積 m²", Source::Area)];
    let statuses = Zone::ALL.into_iter().enumerate();
    list.extend(statuses.map(|(place, zone)| Column::new(zone.id(), zone.japanese(), Source::Status(place))));
    for (place, zone) in Zone::PLACES.into_iter().enumerate() {
        let title = format!("{} 面積割合", zone.japanese());
        list.extend(Column::ends(zone.id(), &title, [Source::ZoneLo(place), Source::ZoneHi(place)]));
    }
    for (place, criterion) in criteria::places().enumerate() {
        let title = format!("{} 面積割合", criterion.name.0);
        list.extend(Column::ends(
            &criterion.column(),
            &title,
            [Source::CriterionLo(place), Source::CriterionHi(place)],
        ));
    }
    for (place, set) in NearSet::ALL.into_iter().enumerate() {
        if set == NearSet::Facility {
            let [ratio, density] =
                [[Source::PublicLandLo, Source::PublicLandHi], [Source::SeniorsLo, Source::SeniorsHi]];
            list.extend(Column::ends("public_land_ratio", "公共用地率", ratio));
            list.extend(Column::ends("seniors_per_ha", "高齢者密度 人/ha", density));
        }
        if let Some((stem, title, named)) = near_columns(set) {
            if named {
                list.push(Column::new(stem, title, Source::NearName(place)));
            }
            list.push(Column::new(&format!("{stem}_m"), &format!("{title} 距離 m"), Source::NearMetres(place)));
        }
    }
    list
}

impl Column {
    fn new(name: &str, title: &str, source: Source) -> Self {
        Self { name: name.to_owned(), title: title.to_owned(), source }
    }

    /// The columns of both ends of an interval.
    fn ends(name: &str, title: &str, [lo, hi]: [Source; 2]) -> [Self; 2] {
        [
            Self::new(&format!("{name}_lo"), &format!("{title} 下限"), lo),
            Self::new(&format!("{name}_hi"), &format!("{title} 上限"), hi),
        ]
    }

    /// The type of its values.
    #[must_use]
    pub fn kind(&self) -> ValueType {
        match self.source {
            Source::Id | Source::Status(_) | Source::NearName(_) => ValueType::Text,
            _ => ValueType::Number,
        }
    }

    /// The digits after the point that its numbers have at most.
    #[must_use]
    pub fn decimals(&self) -> usize {
        match self.source {
            Source::Area | Source::NearMetres(_) => METRES,
            Source::SeniorsLo | Source::SeniorsHi => DENSITY,
            _ => SHARE,
        }
    }

    /// Of a column of names, the set of places that bear them.
    #[must_use]
    pub(super) fn name_set(&self) -> Option<usize> {
        match self.source {
            Source::NearName(set) => Some(set),
            _ => None,
        }
    }

    /// What stands in this column for a parcel.
    #[must_use]
    pub fn cell<'a>(&self, judged: &'a Judged) -> Cell<'a> {
        let measured = &judged.measured;
        let share = |places: &[PlaceShares], place: usize, hi: bool| {
            places.get(place).map(|found| if hi { found.share.hi.0 } else { found.share.lo.0 })
        };
        let near = |place: usize| measured.near.get(place).copied().flatten();
        let value = match self.source {
            Source::Id => return Cell::Text(&judged.id),
            Source::Status(zone) => return Cell::Text(judged.statuses[zone].id()),
            Source::NearName(set) => {
                return near(set).map_or(Cell::Null, |near| Cell::Name(set, near.place as usize));
            }
            Source::Area => measured.area.map(|area| area.0),
            Source::ZoneLo(zone) => share(&measured.zones, zone, false),
            Source::ZoneHi(zone) => share(&measured.zones, zone, true),
            Source::CriterionLo(place) => share(&measured.criteria, place, false),
            Source::CriterionHi(place) => share(&measured.criteria, place, true),
            Source::NearMetres(set) => near(set).map(|near| near.distance.0),
            Source::PublicLandLo => measured.public_land_ratio.map(|ratio| ratio.lo),
            Source::PublicLandHi => measured.public_land_ratio.map(|ratio| ratio.hi),
            Source::SeniorsLo => measured.seniors_per_ha.map(|density| density.lo),
            Source::SeniorsHi => measured.seniors_per_ha.map(|density| density.hi),
        };
        match value {
            Some(value) if value.is_finite() => Cell::Number(value, self.decimals()),
            _ => Cell::Null,
        }
    }
}

/// The names of all places of all sets, written once by `write`; `None` where a place has none.
pub(super) fn names(nearest: &[Nearest], write: fn(&str) -> String) -> Vec<Vec<Option<String>>> {
    nearest.iter().map(|set| set.places().iter().map(|place| place.name.as_deref().map(write)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_interface() {
        let names: Vec<String> = columns().into_iter().map(|column| column.name).collect();
        let expected = "kyoten_id area_m2 central local senior senior_site central_lo central_hi local_lo local_hi \
            senior_lo senior_hi in_did_lo in_did_hi near_frequent_transit_lo near_frequent_transit_hi \
            enough_public_land_lo enough_public_land_hi eligible_municipality_lo eligible_municipality_hi \
            near_connected_stop_lo near_connected_stop_hi near_central_hub_lo near_central_hub_hi in_urban_zone_lo \
            in_urban_zone_hi in_induction_area_lo in_induction_area_hi enough_seniors_lo enough_seniors_hi near_stop_lo \
            near_stop_hi station station_m stop stop_m any_stop any_stop_m hub_m public_land_ratio_lo \
            public_land_ratio_hi seniors_per_ha_lo seniors_per_ha_hi facility facility_m";
        assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn no_two_columns_have_one_title() {
        let titles: Vec<String> = columns().into_iter().map(|column| column.title).collect();
        let different: std::collections::BTreeSet<&String> = titles.iter().collect();
        assert_eq!(different.len(), titles.len());
    }
}
