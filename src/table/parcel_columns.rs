//! The columns that kyoten adds to a parcel: one list, from which every format of parcels follows.

use super::column::{About, Column, DENSITY, End, SHARE, Source};
use crate::criteria::{self, Zone};
use crate::evidence::NearSet;
use crate::text::Text;

/// The stem of a set's columns, its title, and whether the name is given too.
fn nearest_columns(set: NearSet) -> (&'static str, Text, bool) {
    match set {
        NearSet::Station => ("station", Text::new("最寄り基幹駅", "nearest station of peak service"), true),
        NearSet::Stop => ("stop", Text::new("最寄り基幹停留所", "nearest stop of peak service"), true),
        NearSet::AnyStop => ("any_stop", Text::new("最寄りの駅・停留所", "nearest station or stop"), true),
        NearSet::Hub => ("hub", Text::new("最寄りの中心拠点区域の中心", "nearest centre of a central zone"), false),
        NearSet::Facility => ("facility", Text::new("最寄りの高齢者交流施設", "nearest senior facility"), true),
        NearSet::SameKind => {
            ("same_kind_facility", Text::new("最寄りの同種施設", "nearest facility of the same kind"), true)
        }
        NearSet::MaybeSameKind => {
            let title = Text::new("最寄りの同種かもしれない施設", "nearest facility that may be of the same kind");
            ("maybe_same_kind_facility", title, false)
        }
    }
}

/// Why a measure is not there.
const NO_GEOMETRY: Text = Text::new("使える図形がない", "the parcel has no usable geometry");
const NONE_THERE: Text = Text::new("該当する施設等がない", "there is none");
const NO_UNIT: Text = Text::new("単位の外、または資料がない", "outside all units, or the layer is missing");
const NO_CANDIDATE: Text = Text::new("候補区域の外", "outside all candidate zones");
const NEVER: Text = Text::new("空欄にならない", "never null");

/// All columns, in the order of the interface.
#[must_use]
pub fn parcel_columns() -> Vec<Column> {
    let column = |name: &str, title: Text, about: About, null: Text, source: Source| Column {
        name: name.to_owned(),
        title,
        about,
        null,
        source,
    };
    let id = Text::new("筆・敷地 番号", "parcel");
    let mut list = vec![
        column("kyoten_id", id, About::Parcel, NEVER, Source::Id),
        column("area_m2", Text::new("面積 m²", "area m²"), About::Parcel, NO_GEOMETRY, Source::Area),
    ];
    for (index, zone) in Zone::ALL.into_iter().enumerate() {
        list.push(column(zone.id(), zone.name(), About::Zone(zone), NEVER, Source::Status(index)));
    }
    for (index, zone) in Zone::REGIONS.into_iter().enumerate() {
        let source = |end| Source::ZoneShare(index, end);
        list.extend(ends(zone.id(), &share_of(&zone.name()), About::Zone(zone), &NO_GEOMETRY, source));
    }
    for (index, criterion) in criteria::regions().enumerate() {
        let (about, title) = (About::Criterion(criterion), share_of(&criterion.name));
        list.extend(ends(&criterion.column(), &title, about, &NO_GEOMETRY, |end| Source::CriterionShare(index, end)));
    }
    for (index, set) in NearSet::ALL.into_iter().enumerate() {
        if set == NearSet::Facility {
            let ratio = Text::new("公共用地率", "public-land ratio");
            list.extend(ends("public_land_ratio", &ratio, About::Surroundings, &NO_UNIT, |end| match end {
                End::Hi => Source::Measure(|found| &found.public_land_ratio.hi, SHARE),
                _ => Source::Measure(|found| &found.public_land_ratio.lo, SHARE),
            }));
            let density = Text::new("高齢者密度 人/ha", "seniors a hectare");
            list.extend(ends("seniors_per_ha", &density, About::Surroundings, &NO_UNIT, |end| match end {
                End::Hi => Source::Measure(|found| &found.seniors_per_ha.hi, DENSITY),
                _ => Source::Measure(|found| &found.seniors_per_ha.lo, DENSITY),
            }));
        }
        let (stem, title, is_named) = nearest_columns(set);
        if is_named {
            let source = Source::NearestName(index);
            list.push(column(stem, title.clone(), About::Surroundings, NONE_THERE, source));
        }
        let (name, title) = (format!("{stem}_m"), title.with(" 距離 m", ", distance m"));
        list.push(column(&name, title, About::Surroundings, NONE_THERE, Source::NearestMetres(index)));
    }
    for (index, zone) in Zone::REGIONS.into_iter().enumerate().filter(|(_, zone)| is_asked_as_a_whole(*zone)) {
        let (stem, about) = (zone.id(), About::Zone(zone));
        let id = zone.name().with(" 候補番号", ", candidate");
        list.push(column(&format!("{stem}_zone_id"), id, about, NO_CANDIDATE, Source::CandidateId(index)));
        let whole = zone.name().with(" 候補全体での条件", ", candidate as a whole");
        list.push(column(&format!("{stem}_zone_as_a_whole"), whole, about, NO_CANDIDATE, Source::AsAWhole(index)));
    }
    list
}

/// Whether some rule set asks a kind of zone as a whole.
fn is_asked_as_a_whole(zone: Zone) -> bool {
    criteria::RULE_SETS.iter().any(|set| !set.whole[zone as usize].is_empty())
}

fn share_of(name: &Text) -> Text {
    name.with(" 面積割合", ", share of area")
}

/// The columns of both ends of an interval.
fn ends(stem: &str, title: &Text, about: About, null: &Text, source: impl Fn(End) -> Source) -> Vec<Column> {
    let one = |end: End| {
        let suffix = end.title();
        Column {
            name: format!("{stem}_{}", end.suffix()),
            title: title.with(&format!(" {}", suffix.ja), &format!(", {}", suffix.en)),
            about,
            null: null.clone(),
            source: source(end),
        }
    };
    vec![one(End::Lo), one(End::Hi)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_those_of_the_interface() {
        let names: Vec<String> = parcel_columns().into_iter().map(|column| column.name).collect();
        let expected = "kyoten_id area_m2 central local senior senior_site central_lo central_hi local_lo local_hi \
            senior_lo senior_hi in_did_lo in_did_hi near_frequent_transit_lo near_frequent_transit_hi \
            enough_public_land_lo enough_public_land_hi eligible_municipality_lo eligible_municipality_hi \
            near_connected_stop_lo near_connected_stop_hi near_central_hub_lo near_central_hub_hi in_urban_zone_lo \
            in_urban_zone_hi in_induction_area_lo in_induction_area_hi enough_seniors_lo enough_seniors_hi near_stop_lo \
            near_stop_hi in_senior_zone_lo in_senior_zone_hi station station_m stop stop_m any_stop any_stop_m hub_m \
            public_land_ratio_lo public_land_ratio_hi seniors_per_ha_lo seniors_per_ha_hi facility facility_m \
            same_kind_facility same_kind_facility_m maybe_same_kind_facility_m central_zone_id central_zone_as_a_whole";
        assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_told_is_what_is_judged() {
        use crate::units::{Metres, PerHectare, Share, SquareMetres};
        let columns = parcel_columns();
        let told = |name: &str| {
            let decimals = columns.iter().find(|one| one.name == name).unwrap().decimals();
            (0..decimals).fold(1.0, |steps, _| steps * 10.0)
        };
        assert_eq!([told("area_m2"), told("same_kind_facility_m")], [SquareMetres::STEPS, Metres::STEPS]);
        assert_eq!([told("seniors_per_ha_lo"), told("public_land_ratio_hi")], [PerHectare::STEPS, Share::STEPS]);
    }

    #[test]
    fn no_two_columns_have_one_title() {
        let columns = parcel_columns();
        for titles in [
            columns.iter().map(|column| &column.title.ja).collect::<std::collections::BTreeSet<_>>(),
            columns.iter().map(|column| &column.title.en).collect(),
        ] {
            assert_eq!(titles.len(), columns.len());
        }
    }
}
