//! The columns that kyoten adds to a parcel: one list, from which every format of parcels follows.

use super::column::{About, Column, DENSITY, End, SHARE, Source};
use crate::criteria::{RuleSet, UnitQuestion, Zone};
use crate::evidence::{Measures, Nullable};
use crate::text::Text;

/// Why a measure is not there.
const NO_GEOMETRY: Text = Text::new("使える図形がない", "the parcel has no usable geometry");
const NONE_THERE: Text = Text::new("該当する施設等がない", "there is none");
const NO_UNIT: Text = Text::new("単位の外、または資料がない", "outside all units, or the layer is missing");
const NO_CANDIDATE: Text = Text::new("候補区域の外", "outside all candidate zones");
const NO_FLOOR: Text =
    Text::new("建物の分からない所、または上限がない", "outside the buildings of the layer, or without a bound");
const NO_RATIO: Text =
    Text::new("指定容積率の分からない所にかかる", "in part outside all areas with a designated ratio");
const NO_RATE: Text = Text::new("容積率か指定容積率が分からない", "one of the two ratios is not known");
const NEVER: Text = Text::new("空欄にならない", "never null");

/// All columns that a rule set makes, in the order of the interface.
#[must_use]
pub fn parcel_columns(set: &'static RuleSet) -> Vec<Column> {
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
    for zone in set.zones() {
        let source = Source::Status(zone.index());
        list.push(column(zone.id(), zone.name(), About::Zone(zone), NEVER, source));
        if let Some(alias) = zone.rule().alias {
            let title = zone.name().with(&format!("（{alias}）"), &format!(" ({alias})"));
            list.push(column(alias, title, About::Zone(zone), NEVER, source));
        }
    }
    for zone in set.zone_regions() {
        let source = |end| Source::ZoneShare(zone.index(), end);
        list.extend(ends(zone.id(), &share_of(&zone.name()), About::Zone(zone), &NO_GEOMETRY, source));
    }
    for (index, criterion) in set.regions().enumerate() {
        let (about, title) = (About::Criterion(criterion), share_of(&criterion.name));
        list.extend(ends(criterion.column, &title, about, &NO_GEOMETRY, |end| Source::CriterionShare(index, end)));
    }
    let nearest = |before: bool| {
        let sets = set.near_sets.iter().enumerate().filter(move |(_, set)| set.places.is_before_units() == before);
        sets.flat_map(|(index, set)| {
            let (stem, title) = (set.stem, &set.title);
            let name = column(stem, title.clone(), About::Surroundings, NONE_THERE, Source::NearestName(index));
            let metres = title.with(" 距離 m", ", distance m");
            let source = Source::NearestMetres(index);
            let metres = column(&format!("{stem}_m"), metres, About::Surroundings, NONE_THERE, source);
            set.is_named.then_some(name).into_iter().chain([metres])
        })
    };
    list.extend(nearest(true));
    let asks_units = |units: UnitQuestion| set.criteria.iter().any(|one| one.kind.units() == Some(units));
    if asks_units(UnitQuestion::Land) {
        let ratio = Text::new("公共用地率", "public-land ratio");
        list.extend(ends("public_land_ratio", &ratio, About::Surroundings, &NO_UNIT, |end| match end {
            End::Hi => Source::Measure(|found| &found.public_land_ratio.hi, SHARE),
            _ => Source::Measure(|found| &found.public_land_ratio.lo, SHARE),
        }));
    }
    if asks_units(UnitQuestion::People) {
        let density = Text::new("高齢者密度 人/ha", "seniors a hectare");
        list.extend(ends("seniors_per_ha", &density, About::Surroundings, &NO_UNIT, |end| match end {
            End::Hi => Source::Measure(|found| &found.seniors_per_ha.hi, DENSITY),
            _ => Source::Measure(|found| &found.seniors_per_ha.lo, DENSITY),
        }));
    }
    list.extend(nearest(false));
    for (index, zone) in set.zone_regions().enumerate().filter(|(_, zone)| !zone.rule().as_a_whole.is_empty()) {
        let (stem, about) = (zone.id(), About::Zone(zone));
        let id = zone.name().with(" 候補番号", ", candidate");
        list.push(column(&format!("{stem}_zone_id"), id, about, NO_CANDIDATE, Source::CandidateId(index)));
        let whole = zone.name().with(" 候補全体での条件", ", candidate as a whole");
        list.push(column(&format!("{stem}_zone_as_a_whole"), whole, about, NO_CANDIDATE, Source::AsAWhole(index)));
    }
    list
}

/// The columns that buildings and designated floor-area ratios add to these, where both layers are there and the rule set asks
/// whether land is under-used.
#[must_use]
pub fn land_columns(set: &'static RuleSet) -> Vec<Column> {
    if set.unused_land.is_none() {
        return Vec::new();
    }
    let (ratio, designated) =
        (Text::new("容積率", "floor-area ratio"), Text::new("指定容積率", "designated floor-area ratio"));
    let rate = Text::new("指定容積率の充足率", "fill rate of the designated floor-area ratio");
    let is_end = |end: End, lo: Source, hi: Source| if end == End::Hi { hi } else { lo };
    let mut list = ends("floor_area_ratio", &ratio, About::Surroundings, &NO_FLOOR, |end| {
        let [lo, hi]: [OfMeasures; 2] =
            [|found| &found.fill.floor_area_ratio.lo, |found| &found.fill.floor_area_ratio.hi];
        is_end(end, Source::Measure(lo, SHARE), Source::Measure(hi, SHARE))
    });
    list.extend(ends("designated_floor_area_ratio", &designated, About::Surroundings, &NO_RATIO, |end| {
        let [lo, hi]: [OfMeasures; 2] = [|found| &found.fill.designated.lo, |found| &found.fill.designated.hi];
        is_end(end, Source::Measure(lo, SHARE), Source::Measure(hi, SHARE))
    }));
    list.extend(ends("fill_rate", &rate, About::Surroundings, &NO_RATE, |end| {
        let [lo, hi]: [OfMeasures; 2] = [|found| &found.fill.fill_rate.lo, |found| &found.fill.fill_rate.hi];
        is_end(end, Source::Measure(lo, SHARE), Source::Measure(hi, SHARE))
    }));
    list.push(Column {
        name: "unused_land".to_owned(),
        title: Text::new("低・未利用地", "under-used land"),
        about: About::Parcel,
        null: NEVER,
        source: Source::UnusedLand,
    });
    list
}

/// Where a measure stands.
type OfMeasures = fn(&Measures) -> &Nullable<f64>;

/// The columns that `explain --all` adds to these.
#[must_use]
pub fn margin_columns(set: &'static RuleSet) -> Vec<Column> {
    let of_zone = |zone: Zone| {
        let column = |name: &str, title: Text, null: Text, source: Source| {
            let name = format!("{}_{name}", zone.id());
            Column { name, title, about: About::Zone(zone), null, source }
        };
        let (index, name) = (zone.index(), zone.name());
        let nothing = Text::new("該当、または使える図形がない", "eligible, or the parcel has no usable geometry");
        let not_alone = Text::new("1つの条件の変更では判定が変わらない", "no change of one criterion turns it");
        [
            column("fails", name.with(" 満たさない条件", ", fails"), nothing, Source::Fails(index)),
            column("margin", name.with(" 余裕", ", margin"), not_alone.clone(), Source::Margin(index)),
            column(
                "margin_unit",
                name.with(" 余裕の単位", ", unit of the margin"),
                not_alone,
                Source::MarginUnit(index),
            ),
        ]
    };
    set.zones().flat_map(of_zone).collect()
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
    use crate::criteria::default_rules;

    #[test]
    fn the_columns_are_those_of_the_interface() {
        let names: Vec<String> = parcel_columns(default_rules()).into_iter().map(|column| column.name).collect();
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
        let columns = parcel_columns(default_rules());
        let told = |name: &str| {
            let decimals = columns.iter().find(|one| one.name == name).unwrap().decimals();
            (0..decimals).fold(1.0, |steps, _| steps * 10.0)
        };
        assert_eq!([told("area_m2"), told("same_kind_facility_m")], [SquareMetres::STEPS, Metres::STEPS]);
        assert_eq!([told("seniors_per_ha_lo"), told("public_land_ratio_hi")], [PerHectare::STEPS, Share::STEPS]);
    }

    #[test]
    fn no_two_columns_have_one_title() {
        let columns = parcel_columns(default_rules());
        for titles in [
            columns.iter().map(|column| &column.title.ja).collect::<std::collections::BTreeSet<_>>(),
            columns.iter().map(|column| &column.title.en).collect(),
        ] {
            assert_eq!(titles.len(), columns.len());
        }
    }
}
