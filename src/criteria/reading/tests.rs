//! Rule files that can be read, and what is said of those that cannot.

use std::path::Path;

use proptest::prelude::*;

use crate::criteria::{Asks, RuleSet, StopCounts, shipped, shipped_ids};
use crate::diagnostics::Diagnose as _;
use crate::layers::{Content, LayerKey, StopKind};
use crate::text::Lang;
use crate::transit::ServiceQuestion;

/// A rule file, of which each line may be another one.
const FILE: &str = r#"id = "ours"
title = "ours"
[thresholds]
walk_m = { default = 800, unit = "m", name = "a walk" }
least = { default = 30, unit = "departures/day", name = "service" }
[zones.housing]
name = { ja = "居住", en = "housing" }
all_of = ["near-transit", ["in-area", "near-clinic"]]
[zones.core]
name = { ja = "中心", en = "core" }
all_of = ["in-housing", "large"]
[criteria.near-transit]
kind = "near-stops"
rail = { within = "walk_m", column = "station" }
bus = { within = "walk_m", daily_trips = "least", directions = "both" }
name = "near transit"
rule = "within {walk_m} of a stop with {least}"
[criteria.in-area]
kind = "inside"
layers = ["residence_area", "old_town"]
name = "in the area"
rule = "in the area"
[criteria.near-clinic]
kind = "near-facilities"
layer = "clinics"
within = "walk_m"
name = "near a clinic"
rule = "within {walk_m} of a clinic"
[criteria.in-housing]
kind = "inside-zone"
zone = "housing"
name = "in housing"
rule = "in housing"
[criteria.large]
kind = "parcel-area"
at_least = "large_m2"
name = "large"
rule = "at least {large_m2}"
[thresholds.large_m2]
default = 300
unit = "m²"
name = "area"
"#;

fn read(text: &str) -> Result<&'static RuleSet, String> {
    RuleSet::parse(text, Path::new("ours.toml"))
        .map_err(|error| error.diagnostics().iter().map(|one| one.line(Lang::En)).collect::<Vec<_>>().join("\n"))
}

/// What is said of the file with another line in the place of one.
fn said(line: &str, other: &str) -> String {
    assert!(FILE.contains(line), "{line}");
    read(&FILE.replacen(line, other, 1)).expect_err(other)
}

#[test]
fn a_rule_file_says_zones_criteria_and_numbers_in_its_order() {
    let set = read(FILE).unwrap();
    let zones: Vec<_> = set.zones().map(|zone| (zone.id(), zone.is_region())).collect();
    assert_eq!(zones, [("housing", true), ("core", false)]);
    assert_eq!(set.zone("housing").unwrap().rule().all_of, [vec!["near-transit"], vec!["in-area", "near-clinic"]]);
    let columns: Vec<_> = set.criteria.iter().map(|one| one.column).collect();
    assert_eq!(columns, ["near_transit", "in_area", "near_clinic", "in_housing", "large"]);
    let numbers: Vec<_> = set.thresholds.iter().map(|one| (one.key, one.default)).collect();
    assert_eq!(numbers, [("walk_m", 800.0), ("least", 30.0), ("large_m2", 300.0), ("membership", 0.5)]);
    let near: Vec<_> = set.near_sets.iter().map(|set| set.stem).collect();
    assert_eq!(near, ["station", "near_transit", "near_clinic"]);
}

#[test]
fn a_mode_that_is_not_named_does_not_count_and_each_has_its_own_service() {
    let set = read(FILE).unwrap();
    let question = set.criterion("near-transit").unwrap().kind.stop_question().unwrap();
    assert_eq!(question.of(StopKind::Rail).map(|asked| asked.counts), Some(StopCounts::Any));
    assert_eq!(question.of(StopKind::Tram), None);
    let service = ServiceQuestion::DailyInBothDirections;
    let counts = question.of(StopKind::Bus).map(|asked| asked.counts);
    assert_eq!(counts, Some(StopCounts::Service { service, at_least: "least" }));
}

#[test]
fn a_layer_that_is_not_known_is_one_of_the_projects_own() {
    let set = read(FILE).unwrap();
    let layers = |id: &str| set.criterion(id).unwrap().layers();
    assert_eq!(layers("in-area"), [LayerKey::ResidenceArea, LayerKey::own("old_town", Content::Area)]);
    assert_eq!(layers("near-clinic"), [LayerKey::own("clinics", Content::Facilities)]);
    assert!(matches!(set.criterion("large").unwrap().kind.asks(), Asks::Parcel(_)));
}

#[test]
fn a_zone_names_the_layer_in_which_a_plan_sets_it_a_known_one_or_the_projects_own() {
    let set_by = |layer: &str| {
        let text =
            FILE.replacen("name = { ja = \"居住\"", &format!("set_by = \"{layer}\"\nname = {{ ja = \"居住\""), 1);
        read(&text).map(|set| set.zone("housing").unwrap().rule().set_by)
    };
    assert_eq!(set_by("central_zones"), Ok(Some(LayerKey::CentralZones)));
    assert_eq!(set_by("our_plan"), Ok(Some(LayerKey::own("our_plan", Content::Area))));
    assert!(set_by("stations").is_err_and(|said| said.contains("ours.toml:7")));
    assert_eq!(read(FILE).unwrap().zone("housing").unwrap().rule().set_by, None);
}

#[test]
fn a_file_that_is_read_again_is_the_same_rule_set() {
    assert!(std::ptr::eq(read(FILE).unwrap(), read(FILE).unwrap()));
}

#[test]
fn what_a_word_may_have_meant_is_said_with_its_line() {
    for (line, other, problem) in [
        (
            "title = \"ours\"",
            "titel = \"ours\"",
            "ours.toml:2: unknown key `titel` at the top level; did you mean `title`?",
        ),
        (
            "within = \"walk_m\"\nname = \"near a",
            "withn = \"walk_m\"\nname = \"near a",
            "ours.toml:26: unknown key `withn` in [criteria.near-clinic]; did you mean `within`?",
        ),
        (
            "at_least = \"large_m2\"",
            "at_least = \"large_m\"",
            "ours.toml:36: `at_least` in [criteria.large] is \"large_m\", which there is not; did you mean \"large_m2\"?",
        ),
        (
            "all_of = [\"in-housing\", \"large\"]",
            "all_of = [\"in-housing\", \"larg\"]",
            "ours.toml:11: `all_of` in [zones.core] is \"larg\", which there is not; did you mean \"large\"?",
        ),
        ("zone = \"housing\"", "zone = \"hosing\"", "did you mean \"housing\"?"),
        ("kind = \"inside\"", "kind = \"insides\"", "did you mean \"inside\"?"),
        (
            "layer = \"clinics\"",
            "layer = \"did\"",
            "ours.toml:25: `layer` in [criteria.near-clinic] is \"did\", which there is not; did you mean \"facilities\"?",
        ),
        ("unit = \"m²\"", "unit = \"m2\"", "did you mean"),
        ("rule = \"at least {large_m2}\"", "rule = \"at least {larg_m2}\"", "{larg_m2} stands for no threshold"),
        ("directions = \"both\" }", "}", "`directions` in [criteria.near-transit.bus] is missing"),
        (
            "daily_trips = \"least\", directions = \"both\"",
            "peak_trips = \"least\", directions = \"both\"",
            "stands beside `peak_trips`",
        ),
        ("id = \"ours\"", "id = \"Ours\"", "“Ours” cannot be a name"),
        ("id = \"ours\"", "id = \"walkable\"", "`walkable` is the name of a rule set that ships"),
        ("[zones.core]", "[zones.area_m2]", "the column `area_m2` would be there twice"),
        ("[zones.core]", "[zones.housing_margin]", "the column `housing_margin` would be there twice"),
        ("name = { ja = \"居住\", en = \"housing\" }", "name = { ja = \"居住\" }", "English"),
        ("default = 300", "default = -300", "must be a number from 0 to"),
        ("all_of = [\"in-housing\", \"large\"]", "all_of = [[\"in-housing\", \"large\"]]", "cannot stand in a group"),
        (
            "all_of = [\"in-housing\", \"large\"]",
            "all_of = [\"in-housing\", \"large\"]\nas_a_whole = [\"large\"]",
            "cannot be asked of the zone as a whole",
        ),
        (
            "all_of = [\"in-housing\", \"large\"]",
            "all_of = [\"in-housing\", \"large\"]\ntold = [\"large\"]",
            "cannot be told",
        ),
    ] {
        let told = said(line, other);
        assert!(told.contains(problem), "{other}:\n{told}\nwanted: {problem}");
    }
}

#[test]
fn a_threshold_that_nothing_compares_with_is_told_with_the_nearest_that_is_used() {
    let told = said("[zones.housing]", "walks_m = { default = 1, unit = \"m\", name = \"walks\" }\n[zones.housing]");
    assert!(told.contains("ours.toml:6: nothing compares with the threshold `walks_m`"), "{told}");
    let help = RuleSet::parse(
        &FILE.replace("[zones.housing]", "walks_m = { default = 1, unit = \"m\", name = \"walks\" }\n[zones.housing]"),
        Path::new("a.toml"),
    );
    assert!(help.unwrap_err().help()[0].en.contains("`walk_m`"));
}

#[test]
fn zones_that_look_at_one_another_in_a_ring_are_told_once() {
    let ring = FILE.replace("all_of = [\"near-transit\"", "all_of = [\"in-core\", \"near-transit\"")
        + "[criteria.in-core]\nkind = \"inside-zone\"\nzone = \"core\"\nname = \"in core\"\nrule = \"in core\"\n";
    let told = read(&ring).unwrap_err();
    assert_eq!(told, "ours.toml:6: zones look at one another in a ring: housing → core → housing");
    let itself = FILE.replace("zone = \"housing\"", "zone = \"core\"");
    assert!(read(&itself).unwrap_err().contains("ring: core → core"));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let told = read(&FILE.replace("kind = \"inside\"", "kind = \"beside\"").replace("unit = \"m²\"", "unit = \"ha\""))
        .unwrap_err();
    assert_eq!(told.lines().count(), 2, "{told}");
}

#[test]
fn rule_sets_that_ship_have_the_ids_of_their_files_and_can_be_read_as_files() {
    for (set, id) in shipped().into_iter().zip(shipped_ids()) {
        assert_eq!((set.id, set.is_shipped()), (id, true));
        assert!(std::ptr::eq(RuleSet::parse(set.text, Path::new("a.toml")).unwrap(), set));
    }
}

proptest! {
    #[test]
    fn no_line_too_many_or_too_few_makes_it_panic(lines in prop::collection::vec(0..45_usize, 0..60)) {
        let all: Vec<&str> = FILE.lines().collect();
        let text: String = lines.iter().filter_map(|&line| all.get(line).copied()).flat_map(|line| [line, "\n"]).collect();
        let _ = read(&text);
    }

    #[test]
    fn no_value_of_any_key_makes_it_panic(
        line in 0..45_usize,
        value in prop::sample::select(vec!["1", "'a'", "[]", "{}", "[[1]]", "[{}]", "true", "1e400", "['large']", "[['large']]"]),
    ) {
        let other = |(number, text): (usize, &str)| match text.split_once(" = ") {
            Some((key, _)) if number == line => format!("{key} = {value}\n"),
            _ => format!("{text}\n"),
        };
        let _ = read(&FILE.lines().enumerate().map(other).collect::<String>());
    }
}

#[test]
fn when_land_is_under_used_is_a_fraction_of_whole_numbers() {
    let with = |table: &str| read(&FILE.replacen("[thresholds]\n", &format!("{table}\n[thresholds]\n"), 1));
    let ours = with("[unused_land]\nmax_fill_rate = [1, 4]").unwrap();
    assert_eq!(ours.unused_land.map(|rule| (rule.to_string(), rule.max_fill_rate())), Some(("1/4".to_owned(), 0.25)));
    for wrong in [
        "max_fill_rate = 0.3",
        "max_fill_rate = [3, 1]",
        "max_fill_rate = [1, 0]",
        "max_fill_rate = [0.5, 2]",
        "rate = [1, 3]",
    ] {
        assert!(with(&format!("[unused_land]\n{wrong}")).is_err(), "{wrong}");
    }
}
