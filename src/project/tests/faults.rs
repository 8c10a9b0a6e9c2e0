//! What each kind of mistake is told.

use super::{help, message, parse, told};

#[test]
fn an_unknown_key_names_the_nearest_known_key_of_its_table() {
    for (text, said) in [
        ("layers.statoins = 'x'", "2: unknown key `statoins` in [layers]; did you mean `stations`?"),
        ("muncipality = '22212'", "2: unknown key `muncipality` at the top level; did you mean `municipality`?"),
        ("layers.did = { paht = 'x', path = 'y' }", "2: unknown key `paht` in [layers.did]; did you mean `path`?"),
        (
            "layers.census = { path = 'y', senoirs = 'n' }",
            "2: unknown key `senoirs` in [layers.census]; did you mean `seniors`?",
        ),
        (
            "[thresholds]\nstop_radius = 3",
            "3: unknown key `stop_radius` in [thresholds]; did you mean `stop_radius_m`?",
        ),
        ("[waive]\nin_did = 'x'", "3: unknown key `in_did` in [waive]; did you mean `in-did`?"),
        (
            "[transit]\nsubway = 'x'",
            "3: unknown key `subway` in [transit]; the nearest known key is `subway_operators`",
        ),
        ("[prospective]\ndidi = 'x'", "3: unknown key `didi` in [prospective]; did you mean `did`?"),
    ] {
        assert_eq!(told(text).0, said);
    }
    let (_, help) = told("[transit]\nsubway = 'x'");
    assert_eq!(
        help,
        "keys in [transit]: tram_classes, subway_operators, window, unit, direction, day, stop_group_m, transfers"
    );
}

#[test]
fn a_value_of_the_wrong_type_is_named() {
    for (text, said) in [
        ("plane = '8'", "2: `plane` at the top level must be a whole number from 1 to 19, not the text \"8\""),
        ("plane = 8.5", "2: `plane` at the top level must be a whole number from 1 to 19, not the number 8.5"),
        ("municipality = 22212", "2: `municipality` at the top level must be a text in quotes, not the number 22212"),
        ("area_division = 'あり'", "2: `area_division` at the top level must be true or false, not the text \"あり\""),
        ("thresholds = 3", "2: `thresholds` at the top level must be a table, not the number 3"),
        ("layers.did = 3", "2: `did` in [layers] must be a path, a list of paths, or a table, not the number 3"),
        (
            "layers.did = ['a', 1]",
            "2: `did` in [layers] must be a path, a list of paths, or a table, not a list with the number 1",
        ),
        ("layers.gtfs = { path = 'a' }", "2: `gtfs` in [layers] must be a path or a list of paths, not a table"),
        (
            "layers.did = { path = 'a', crs = 6676 }",
            "2: `crs` in [layers.did] must be a text in quotes, not the number 6676",
        ),
        ("layers.did = { path = 'a', where = 'b' }", "2: `where` in [layers.did] must be a table, not the text \"b\""),
        (
            "layers.stops = { path = 'a', peak_trips = true }",
            "2: `peak_trips` in [layers.stops] must be a number or the name of a column, not true",
        ),
        (
            "[thresholds]\nmembership = 'half'",
            "3: `membership` in [thresholds] must be a number, \"any\" or \"whole\", not the text \"half\"",
        ),
        (
            "[thresholds]\nhub_radius_m = 'far'",
            "3: `hub_radius_m` in [thresholds] must be a number, not the text \"far\"",
        ),
        (
            "layers.stations = { path = 'a', class = 1 }",
            "2: `class` in [layers.stations] must be a text in quotes, not the number 1",
        ),
    ] {
        assert_eq!(told(text).0, said);
    }
}

#[test]
fn a_number_out_of_its_range_is_told_the_range() {
    for (text, said, help) in [
        (
            "[thresholds]\nmin_public_land = 15",
            "3: `min_public_land` in [thresholds] must be a share from 0 to 1, not 15",
            "give `min_public_land` as a share from 0 to 1: 15 % is 0.15",
        ),
        (
            "[thresholds]\nstop_radius_m = -1.50",
            "3: `stop_radius_m` in [thresholds] must be a number from 0 to 100000 m, not -1.50",
            "give `stop_radius_m` as a number from 0 to 100000 m",
        ),
        (
            "[thresholds]\nstop_radius_m = nan",
            "3: `stop_radius_m` in [thresholds] must be a number from 0 to 100000 m, not nan",
            "give `stop_radius_m` as a number from 0 to 100000 m",
        ),
        (
            "layers.stops = { path = 'a', peak_trips = -3 }",
            "2: `peak_trips` in [layers.stops] must be a number from 0 to 1000 departures/h, not -3",
            "give `peak_trips` as a number from 0 to 1000 departures/h",
        ),
        (
            "plane = 20",
            "2: `plane` at the top level must be a number from 1 to 19, not 20",
            "give `plane` as a number from 1 to 19",
        ),
    ] {
        assert_eq!(told(text), (said.to_owned(), help.to_owned()));
    }
}

#[test]
fn a_wrong_choice_or_code_is_told_what_there_is() {
    let (said, help) = told("rules = 'saikochku'");
    assert_eq!(said, "2: `rules` at the top level is \"saikochku\", which there is not; did you mean \"saikochiku\"?");
    assert_eq!(help, "values of `rules`: saikochiku, saihenshu, walkable, handbook");
    let (said, help) = told("municipality = '222128'");
    assert_eq!(
        said,
        "2: `municipality` at the top level must be a municipality's JIS code, not \"222128\": its check digit should be 7"
    );
    assert!(help.contains("five digits"), "{help}");
    assert!(told("excluded_municipalities = ['13000']").0.ends_with("\"13000\": it is the code of a prefecture"));
}

#[test]
fn what_must_be_there_is_missed() {
    let parcels = "the parcels 筆・敷地 that are to be judged";
    assert_eq!(message(""), format!("1: `layers.parcels` at the top level is missing: {parcels}"));
    assert_eq!(message("\n\n[layers]\ndid = 'x'"), format!("3: `parcels` in [layers] is missing: {parcels}"));
    for (text, said) in [
        (
            "layers.did = { crs = 'EPSG:6676' }",
            "2: `path` in [layers.did] is missing: the file of the layer, or a list of files",
        ),
        ("layers.stops = { path = 'a', x = 'lon' }", "2: `y` in [layers.stops] is missing: `x` and `y` come together"),
        ("layers.stops = { path = 'a', y = 'lat' }", "2: `x` in [layers.stops] is missing: `x` and `y` come together"),
        (
            "layers.did = { path = 'a', class = 'c' }",
            "2: `classes` in [layers.did] is missing: the values of `class` that count",
        ),
        (
            "layers.did = { path = 'a', classes = 'c' }",
            "2: `class` in [layers.did] is missing: the field whose values `classes` chooses from",
        ),
    ] {
        assert_eq!(told(text).0, said);
    }
    let note = "is missing: an expectation says where it comes from, and every output prints it";
    for expectation in ["did = 'future.geojson'", "did = { path = 'future.geojson' }"] {
        let (said, help) = told(&format!("[prospective]\n{expectation}"));
        assert_eq!(said, format!("3: `note` in [prospective.did] {note}"));
        assert_eq!(help, "add `note = …` in [prospective.did]");
    }
}

#[test]
fn what_is_empty_says_nothing() {
    for (text, said) in [
        ("name = ' '", "2: `name` at the top level is empty"),
        ("layers.stops = ['']", "2: `stops` in [layers] is empty"),
        ("layers.did = { path = '' }", "2: `path` in [layers.did] is empty"),
        ("layers.did = { path = 'a', where = {} }", "2: `where` in [layers.did] is empty"),
        ("layers.did = { path = 'a', where = { F = [] } }", "2: `F` in [layers.did.where] is empty"),
        ("[waive]\nin-did = ''", "3: `in-did` in [waive] is empty"),
    ] {
        assert_eq!(told(text).0, said);
    }
}

#[test]
fn parcels_cannot_be_expected() {
    let (said, help) = told("[prospective]\nparcels = { path = 'a', note = 'n' }");
    assert_eq!(said, "3: `parcels` in [prospective] cannot be an expectation");
    assert!(help.ends_with("did, public_land, census, induction_area"), "{help}");
}

#[test]
fn what_the_programme_does_not_name_is_a_what_if_and_no_expectation() {
    for (layer, what_if) in [
        ("urban_zone", "write a `note` and `layers = { urban_zone = \"future.geojson\" }` in [scenario], or move it"),
        (
            "stops",
            "`layers = { stops = \"future.geojson\" }` in [scenario] (or each in [[scenario.stops]]), or move it",
        ),
        ("stations", "`layers = { stations = \"future.geojson\" }` in [scenario] (or each in [[scenario.stops]])"),
        ("facilities", "`layers = { facilities = \"future.geojson\" }` in [scenario], or move it"),
    ] {
        let (said, help) = told(&format!("[prospective]\n{layer} = {{ path = 'a', note = 'n' }}"));
        let wanted = format!(
            "3: `{layer}` in [prospective] cannot be an expectation: the programme recognises none of it (見込み)"
        );
        assert_eq!(said, wanted);
        assert!(help.contains(what_if), "{help}");
    }
}

#[test]
fn a_scenario_adds_areas_stops_and_facilities_and_no_units_that_others_are_counted_by() {
    for layer in ["parcels", "peaks", "units", "census", "municipalities", "hub_centres", "gtfs"] {
        let (said, help) = told(&format!("[scenario]\nnote = 'n'\nlayers = {{ {layer} = 'a' }}"));
        assert_eq!(said, format!("4: `{layer}` in [scenario.layers] cannot be added by a scenario"));
        assert!(help.contains("did, public_land, urban_zone, induction_area"), "{help}");
    }
    for (layers, said) in [
        ("{ stop = 'a' }", "4: unknown key `stop` in [scenario.layers]; did you mean `stops`?"),
        ("{ did = [] }", "4: `did` in [scenario.layers] is empty"),
        ("{}", "4: `layers` in [scenario] is empty"),
        ("'a'", "4: `layers` in [scenario] must be a table, not the text \"a\""),
        ("{ did = {} }", "4: `path` in [scenario.layers.did] is missing: the file of the layer, or a list of files"),
    ] {
        assert_eq!(told(&format!("[scenario]\nnote = 'n'\nlayers = {layers}")).0, said);
    }
}

#[test]
fn every_problem_is_told_in_the_order_of_the_lines() {
    let said = message(
        "plane = 0\nrules = 1\ncolour = 'red'\n[waive]\nin-did = 3\n[layers]\nstops = { x = 1, peak_trip = 2 }\n\
         [thresholds]\nmin_site_m2 = -1\n",
    );
    let lines: Vec<&str> = said.lines().map(|line| line.split(" must").next().unwrap_or(line)).collect();
    assert_eq!(
        lines,
        [
            "1: `plane` at the top level",
            "2: `rules` at the top level",
            "3: unknown key `colour` at the top level; the nearest known key is `municipality`",
            "5: `in-did` in [waive]",
            "6: `parcels` in [layers] is missing: the parcels 筆・敷地 that are to be judged",
            "7: `path` in [layers.stops] is missing: the file of the layer, or a list of files",
            "7: `y` in [layers.stops] is missing: `x` and `y` come together",
            "7: `x` in [layers.stops]",
            "7: unknown key `peak_trip` in [layers.stops]; did you mean `peak_trips`?",
            "9: `min_site_m2` in [thresholds]",
        ]
    );
}

#[test]
fn control_characters_are_shown_and_not_sent() {
    let (said, help) = told("rules = \"\\u001b[31m\"\n\"a\\nb\" = 1\n[layers.did.where.\"\\u0007\"]\nx = []");
    assert!(said.chars().chain(help.chars()).all(|c| c == '\n' || !c.is_control()), "{said:?}");
    assert!(said.contains(r"\u{1b}[31m") && said.contains(r"`a\nb`"), "{said}");
}

#[test]
fn many_problems_are_counted() {
    let keys: String = ('a'..='y').flat_map(|c| [c, '=', '1', '\n']).collect();
    let said = told(&keys).0;
    assert_eq!(said.lines().count(), 21);
    assert!(said.ends_with("… and 5 more"), "{said}");
}

#[test]
fn broken_toml_is_told_with_line_and_column() {
    let said = message("name = \"焼津\nplane = = 8\n[waive\nin-did = 'x'");
    let lines: Vec<&str> = said.lines().map(|line| line.split(' ').next().unwrap_or(line)).collect();
    assert_eq!(lines, ["1:11:", "2:9:", "3:7:"], "{said}");
    assert!(help(&parse("name = 焼津").expect_err("a text without quotes")).contains("quotes"));
    assert_eq!(message("name = '焼津' x"), "1:13: unexpected key or value, expected newline, `#`");
    assert!(message("plane = 1\nplane = 2").starts_with("2:1: duplicate key"));
}
