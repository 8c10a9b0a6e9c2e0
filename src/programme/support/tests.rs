use std::path::Path;

use super::*;
use crate::criteria::default_rules;
use crate::diagnostics::Diagnose as _;

fn reckoned(text: &str) -> Reckoning {
    let list = ExclusionList::of_rules(default_rules());
    read(text, Path::new("support.toml"), list.as_ref()).unwrap_or_else(|error| panic!("{error}")).1
}

fn refused(text: &str) -> Vec<&'static str> {
    let error = read(text, Path::new("support.toml"), None).err().unwrap_or_else(|| panic!("it is read:\n{text}"));
    error.diagnostics().into_iter().map(|one| one.id).collect()
}

fn step(reckoning: &Reckoning, id: &str) -> Range {
    let step = reckoning.steps.iter().find(|step| step.id == id).unwrap_or_else(|| panic!("no step {id}"));
    let Worth::Yen(range) = step.worth else { panic!("{step:?}") };
    range
}

fn is_cut(reckoning: &Reckoning, id: &str) -> bool {
    reckoning.steps.iter().any(|step| step.id == id && step.is_cut)
}

/// A direct subsidy to a facility of which all cost is of one sort.
fn direct(common: u64, cash: u64, boost: bool) -> String {
    format!(
        "kind = 'direct'\nfacility = 'central'\n[cost]\ndesign = 0\nrent = 0\ncommon = {common}\nexclusive = 0\nland_public = 0\n\
         land_other = 0\n[municipality_part]\ncash = {cash}\nrent_reduction = 0\nsale_reduction = 0\n[boost]\nunused_land = {boost}\n\
         joined_sites = false\nexisting_building = false\nmixed_use = false\n"
    )
}

const GRANT: &str = "kind = 'grant'\nfacility = 'central'\n[cost]\ndesign = 10\nrent = 0\ncommon = 100\nexclusive = 0\n\
                     land_public = 20\nland_other = 7\n";

#[test]
fn the_firm_bears_a_third_and_with_the_multiplier_a_fifth() {
    let plain = reckoned(&direct(300, 100, false));
    assert_eq!((plain.national, plain.municipal, plain.private), of(100, 100, 100));
    let boosted = reckoned(&direct(300, 120, true));
    assert_eq!(step(&boosted, "basis"), Range::exactly(240));
    assert_eq!((boosted.national, boosted.municipal, boosted.private), of(120, 120, 60));
}

fn of(national: i128, municipal: i128, private: i128) -> (Range, Range, Option<Range>) {
    (Range::exactly(national), Range::exactly(municipal), Some(Range::exactly(private)))
}

#[test]
fn the_state_gives_the_lower_of_half_the_basis_and_what_the_municipality_bears() {
    for (cash, national) in [(30, 30), (100, 100), (130, 100)] {
        assert_eq!(reckoned(&direct(300, cash, false)).national, Range::exactly(national), "{cash}");
    }
}

#[test]
fn design_and_rent_are_not_multiplied_and_exclusive_parts_and_land_count_in_part() {
    let text = direct(1000, 5000, true)
        .replace("design = 0", "design = 100")
        .replace("rent = 0\ncommon", "rent = 50\ncommon")
        .replace("exclusive = 0", "exclusive = 100")
        .replace("land_public = 0", "land_public = 200")
        .replace("land_other = 0", "land_other = 9000\nland_increase = 500\nland_increase_counted = 300");
    let found = reckoned(&text);
    assert_eq!(step(&found, "base"), Range::exactly(1000 + 23 + 200 + 300));
    // 1523 × 1.2 = 1827.6
    assert_eq!(step(&found, "boost"), Range::exactly(1827));
    assert!(is_cut(&found, "boost") && !is_cut(&found, "exclusive"));
    assert_eq!(step(&found, "eligible"), Range::exactly(1977));
    assert_eq!((step(&found, "basis"), step(&found, "half-of-basis")), (Range::exactly(1318), Range::exactly(659)));
}

#[test]
fn what_is_not_said_leaves_a_range_and_is_named() {
    let open = reckoned(&direct(300, 100, false).replace("joined_sites = false\n", ""));
    assert_eq!(step(&open, "boost"), Range { lo: 300, hi: Some(360) });
    assert_eq!((open.national, open.missing.as_slice()), (Range::exactly(100), ["joined_sites"].as_slice()));
    let no_rent = reckoned(&direct(300, 100, false).replace("rent = 0\ncommon", "common"));
    assert_eq!(step(&no_rent, "eligible"), Range { lo: 300, hi: None });
    // Whatever the rent, half of the basis is 100 or more, and the municipality bears 100.
    assert_eq!((no_rent.national, no_rent.missing.as_slice()), (Range::exactly(100), ["rent"].as_slice()));
    assert_eq!(no_rent.private, Some(Range { lo: 100, hi: None }));
    let increase = direct(300, 100, false).replace("land_other = 0", "land_other = 90\nland_increase = 60");
    assert_eq!(step(&reckoned(&increase), "land-increase"), Range { lo: 0, hi: Some(60) });
    // Whether the facility moves in is not said, and some land does not count otherwise.
    let perhaps = reckoned(&direct(300, 100, false).replace("land_other = 0", "land_other = 90"));
    assert_eq!(step(&perhaps, "land-increase"), Range { lo: 0, hi: Some(90) });
    assert_eq!(perhaps.missing, ["land_increase", "land_increase_counted"]);
    let stays = direct(300, 100, false).replace("land_other = 0", "land_other = 90\nland_increase = 0");
    assert_eq!(step(&reckoned(&stays), "base"), Range::exactly(300));
    let none = reckoned("kind = 'direct'\nfacility = 'central'\n");
    assert_eq!((none.national, none.private), (Range::UNKNOWN, Some(Range::UNKNOWN)));
    assert!(none.exclusion.is_none());
}

#[test]
fn land_is_under_used_at_a_third_of_the_ratio_and_not_above() {
    let numbers = |floor: &str| {
        direct(300, 120, true).replace(
            "unused_land = true",
            &format!("floor_area_m2 = {floor}\nsite_area_m2 = 300.0\ndesignated_floor_area_ratio = 200"),
        )
    };
    // 200 m² on 300 m² at 200 % is a third.
    for (floor, raised) in [("200", 360), ("200.000001", 300), ("199.9", 360), ("0", 360)] {
        assert_eq!(step(&reckoned(&numbers(floor)), "boost"), Range::exactly(raised), "{floor}");
    }
    let contradicted = numbers("250").replace("[boost]\n", "[boost]\nunused_land = true\n");
    assert_eq!(refused(&contradicted), ["support-unused-land-contradicted"]);
}

#[test]
fn the_grant_is_half_and_of_the_aged_society_forty_or_forty_five() {
    let half = reckoned(GRANT);
    assert_eq!(
        (half.total, half.national, half.municipal),
        (Range::exactly(137), Range::exactly(68), Range::exactly(69))
    );
    assert!(is_cut(&half, "national") && half.private.is_none());
    let senior = GRANT.replace("central", "senior");
    let of = |rate: &str| reckoned(&format!("{senior}{rate}")).national;
    assert_eq!(of(""), Range { lo: 54, hi: Some(61) });
    assert_eq!(of("[rate]\npriority_plans = []\n"), Range::exactly(54));
    assert_eq!(of("[rate]\npriority_plans = ['low-carbon']\npriority_plans_met = true\n"), Range::exactly(61));
    assert_eq!(of("[rate]\npriority_plans = ['low-carbon']\npriority_plans_met = false\n"), Range::exactly(54));
}

#[test]
fn an_indirect_grant_counts_no_more_than_is_paid_and_than_two_thirds() {
    let indirect = |common: u64, cash: u64, by: &str, boost: bool| {
        let direct = direct(common, cash, boost).replace("rent_reduction = 0\nsale_reduction = 0\n", "");
        reckoned(&format!("implementer = '{by}'\n{}", direct.replace("'direct'", "'indirect'")))
    };
    let paid = indirect(300, 150, "npo", false);
    assert_eq!(
        (step(&paid, "counted"), paid.national, paid.municipal),
        (Range::exactly(150), Range::exactly(75), Range::exactly(75))
    );
    assert_eq!(step(&indirect(300, 250, "npo", false), "counted"), Range::exactly(200));
    let boosted = indirect(300, 240, "npo", true);
    assert_eq!((step(&boosted, "counted"), boosted.private), (Range::exactly(240), Some(Range::exactly(60))));
    assert_eq!(step(&indirect(300, 250, "other", true), "counted"), Range::exactly(200));
}

#[test]
fn figures_that_do_not_go_together_are_refused() {
    assert_eq!(refused(&direct(300, 250, false)), ["support-more-than-cost"]);
    let both = direct(300, 50, false).replace("sale_reduction = 0", "property_tax_reduction = 1");
    assert_eq!(refused(&both), ["support-keys-exclusive"]);
    let part = direct(300, 50, false).replace("land_other = 0", "land_other = 1\nland_increase = 2");
    assert_eq!(refused(&part), ["support-part-above-whole"]);
    assert_eq!(refused(&format!("{GRANT}[boost]\nmixed_use = true\n")), ["support-key-out-of-place"]);
    assert_eq!(refused(&format!("{GRANT}[conditions]\ntransit_amenities = true\n")), ["support-key-out-of-place"]);
    assert_eq!(refused("kind = 'direct'\n"), ["support-key-missing"]);
    assert_eq!(refused("kind = 'dirct'\nfacility = 'central'\n"), ["support-value-unknown"]);
    for (written, id) in [
        ("-1", "support-value-range"),
        ("1.5", "support-value-type"),
        ("1e3", "support-value-type"),
        ("'1億円'", "support-number-with-unit"),
        ("'1,000'", "support-number-with-commas"),
    ] {
        let text = direct(300, 50, false).replace("common = 300", &format!("common = {written}"));
        assert_eq!(refused(&text), [id], "{written}");
    }
    assert_eq!(refused(&direct(1, 0, false).replace("rent = 0\ncommon", "rnt = 0\ncommon")), ["support-key-unknown"]);
    assert_eq!(refused("kind = 'grant'\nfacility = 'local'\nmunicipality = '府中市'\n"), ["municipality-ambiguous"]);
}

#[test]
fn the_density_type_is_closed_to_some_and_the_other_to_none() {
    let of = |facility: &str| reckoned(&format!("kind = 'direct'\nfacility = '{facility}'\nmunicipality = '横浜市'\n"));
    assert!(of("central").is_closed() && of("local").asks_for_attention());
    assert!(!of("senior").is_closed());
}

#[test]
fn conditions_are_those_of_the_kind_of_project_and_silence_is_no_answer() {
    let asked = |text: &str| {
        let conditions = reckoned(text).conditions;
        conditions.into_iter().map(|one| (one.clause.id.as_str(), one.answer)).collect::<Vec<_>>()
    };
    let of_direct =
        asked(&format!("{}[conditions]\none_of_a_kind = false\nhealth_plans_not_needed = true\n", direct(3, 1, false)));
    assert!(
        of_direct.contains(&("one-of-a-kind", Answer::NotMet)) && of_direct.contains(&("health-plans", Answer::Met))
    );
    assert!(of_direct.contains(&("direct-plans", Answer::NotSaid)));
    assert!(!of_direct.iter().any(|(id, _)| id.starts_with("building")), "they are not asked of private buildings");
    assert!(asked(GRANT).contains(&("building-cause", Answer::NotSaid)));
}

#[test]
fn the_example_is_read_and_every_key_in_it_is_one() {
    let found = reckoned(EXAMPLE);
    assert_eq!(found.national, Range::exactly(130_000_000));
    assert_eq!(found.missing, [""; 0]);
    // What is commented out is read as well, as far as it belongs to other kinds of project.
    let increase = EXAMPLE.replace("# land_increase", "land_increase");
    assert!(reckoned(&increase).missing.is_empty());
    let private = EXAMPLE.replace("# property_tax", "property_tax").replace("# city_planning", "city_planning");
    let private = private.replace("rent_reduction = 70_000_000", "# ").replace("sale_reduction = 0 ", "# ");
    assert!(reckoned(&private).missing.is_empty());
}
