//! The interface's example, and what each kind of mistake is told.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::criteria::{CATALOGUE, Thresholds};
use crate::layers::stops::SUBWAY_OPERATORS;
use crate::layers::{LAYERS, PeakSource};

const EXAMPLE: &str = r#"
name = "焼津市"
municipality = "22212"
plane = 8
rules = "saikochiku"

[layers]
parcels        = { path = "parcels.geojson", id = "chiban" }
stations       = { path = "N02-20_Station.geojson", peak_trips = 6 }
stops          = { path = "P11-22_22.geojson", peak_trips = "peak" }
gtfs           = ["feed.zip"]
peaks          = "peaks.csv"
did            = { path = "A16-20_22_DID.geojson", where = { A16_002 = "22212" } }
public_land    = { path = "land_use.geojson", class = "L03b_c", classes = ["0901", "1003", "1100"] }
units          = "blocks.geojson"
census         = { path = "mesh.geojson", population = "pop", seniors = "pop65" }
urban_zone     = ["市街化区域.shp"]
induction_area = "A50.geojson"
facilities     = { path = "facilities.csv", name = "name", kind = "kind", site_area = "area" }
municipalities = "N03.geojson"
hub_centres    = { path = "centres.csv", crs = "EPSG:6676", encoding = "cp932", layer = "c", x = "X", y = "Y" }

[prospective]
did = { path = "future_did.geojson", note = "2030推計" }

[thresholds]
station_radius_m = 1000
min_peak_trips = 3

[waive]
in-induction-area = "立地適正化計画は策定中"
"#;

fn parse(text: &str) -> Result<Project, ProjectError> {
    Project::parse(text, Path::new("city/kyoten.toml"))
}

/// The project of a text that needs parcels only to be whole.
fn with_parcels(rest: &str) -> Result<Project, ProjectError> {
    parse(&format!("layers.parcels = 'p.geojson'\n{rest}"))
}

/// The message of a text, the path of the file cut.
fn message(text: &str) -> String {
    parse(text).expect_err(text).to_string().replace("city/kyoten.toml:", "")
}

/// The message and the help of a text that begins with a line of parcels.
fn told(rest: &str) -> (String, String) {
    let error = with_parcels(rest).expect_err(rest);
    (error.to_string().replace("city/kyoten.toml:", ""), error.help())
}

#[test]
fn the_interface_example_says_what_it_says() {
    let project = parse(EXAMPLE).expect("the example is right");
    assert_eq!((project.name.as_str(), project.municipality.as_deref()), ("焼津市", Some("22212")));
    assert_eq!((project.plane, project.rules.set.id), (Some(8), "saikochiku"));
    assert_eq!(project.base, Path::new("city"));
    assert_eq!(project.gtfs, ["feed.zip"]);
    assert_eq!(project.layers.len(), LAYERS.len());

    let layer = |key| &project.layers[&key];
    assert_eq!(layer(LayerKey::Parcels).fields["id"], "chiban");
    assert_eq!(layer(LayerKey::Parcels).base, Path::new("city"));
    assert_eq!(layer(LayerKey::Stations).peak_trips, Some(PeakSource::Constant(6.0)));
    assert_eq!(layer(LayerKey::Stops).peak_trips, Some(PeakSource::Field("peak".into())));
    assert_eq!(layer(LayerKey::Did).filter, [("A16_002".to_owned(), vec!["22212".to_owned()])]);
    let (field, classes) = layer(LayerKey::PublicLand).classes.clone().expect("classes are given");
    assert_eq!((field.as_deref(), classes), (Some("L03b_c"), vec!["0901".into(), "1003".into(), "1100".into()]));
    assert_eq!(layer(LayerKey::Census).fields["seniors"], "pop65");
    assert_eq!(layer(LayerKey::UrbanZone).paths, ["市街化区域.shp"]);
    assert_eq!(layer(LayerKey::Facilities).fields["site_area"], "area");
    let read = &layer(LayerKey::HubCentres).read;
    assert_eq!((read.crs.as_deref(), read.encoding.as_deref()), (Some("EPSG:6676"), Some("cp932")));
    assert_eq!((read.layer.as_deref(), read.xy.clone()), (Some("c"), Some(("X".into(), "Y".into()))));

    assert_eq!(project.expectations[&LayerKey::Did].note.as_deref(), Some("2030推計"));
    assert_eq!(project.rules.thresholds, Thresholds::default());
    assert_eq!(project.rules.waived["in-induction-area"], "立地適正化計画は策定中");
}

#[test]
fn what_is_not_said_has_its_default() {
    let project = with_parcels("").expect("parcels are enough");
    assert_eq!(project.name, "city");
    assert_eq!(project.rules.set.id, "saikochiku");
    assert!(project.municipality.is_none() && project.plane.is_none() && project.planned_kind.is_none());
    assert!(project.expectations.is_empty() && project.gtfs.is_empty() && project.rules.waived.is_empty());
    assert!(project.excluded_municipalities.is_none() && project.subway_operators == SUBWAY_OPERATORS);
}

#[test]
fn the_rest_of_the_keys_is_read() {
    let project = with_parcels(
        "municipality = '222127'\nexcluded_municipalities = ['131016', '27100']\nplanned_kind = '老人福祉センター'\n\
         [transit]\nsubway_operators = '大阪市高速電気軌道'\n[thresholds]\nmembership = 'whole'\nmin_site_m2 = 250.5",
    )
    .expect("all keys are known");
    assert_eq!(project.municipality.as_deref(), Some("22212"));
    assert_eq!(project.excluded_municipalities.as_deref(), Some(&["13101".to_owned(), "27100".to_owned()][..]));
    assert_eq!(project.planned_kind.as_deref(), Some("老人福祉センター"));
    assert_eq!(project.subway_operators, ["大阪市高速電気軌道"]);
    assert_eq!((project.rules.thresholds.membership, project.rules.thresholds.min_site_m2), (0.999, 250.5));
    let any = with_parcels("[thresholds]\nmembership = 'any'").expect("any is a word");
    assert_eq!(any.rules.thresholds.membership, 0.0);
}

#[test]
fn a_layer_may_be_spread_over_headers_and_lists() {
    let project = parse(
        "[layers]\nparcels = ['a.shp', 'b/*.shp']\n[layers.public_land]\npath = 'l.shp'\nclasses = [901, 'x']\n\
         [layers.stations]\npath = 's.shp'\nclass = 'kind'\nwhere = { N02_002 = [1, 2.0], open = true }",
    )
    .expect("both ways are TOML");
    assert_eq!(project.layers[&LayerKey::Parcels].paths, ["a.shp", "b/*.shp"]);
    assert_eq!(
        project.layers[&LayerKey::PublicLand].classes,
        Some((None, vec!["901".to_owned(), "x".to_owned()])),
        "the usual class field of the layer"
    );
    let stations = &project.layers[&LayerKey::Stations];
    assert_eq!((stations.fields["class"].as_str(), &stations.classes), ("kind", &None));
    assert_eq!(stations.filter[0], ("N02_002".to_owned(), vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(stations.filter[1], ("open".to_owned(), vec!["true".to_owned()]));
}

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
        ("[prospective]\nstop = 'x'", "3: unknown key `stop` in [prospective]; did you mean `stops`?"),
    ] {
        assert_eq!(told(text).0, said);
    }
    let (_, help) = told("[transit]\nsubway = 'x'");
    assert_eq!(help, "keys in [transit]: subway_operators");
}

#[test]
fn a_value_of_the_wrong_type_is_named() {
    for (text, said) in [
        ("plane = '8'", "2: `plane` at the top level must be a whole number from 1 to 19, not the text \"8\""),
        ("plane = 8.5", "2: `plane` at the top level must be a whole number from 1 to 19, not the number 8.5"),
        ("municipality = 22212", "2: `municipality` at the top level must be a text in quotes, not the number 22212"),
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
    assert_eq!(help, "values of `rules`: saikochiku, saihenshu");
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
    let lots = "the lots 筆・敷地 that are to be judged";
    assert_eq!(message(""), format!("1: `layers.parcels` at the top level is missing: {lots}"));
    assert_eq!(message("\n\n[layers]\ndid = 'x'"), format!("3: `parcels` in [layers] is missing: {lots}"));
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
fn an_empty_list_says_that_the_city_has_none() {
    let project = Project::parse("layers = { parcels = 'a', stations = [] }", Path::new("kyoten.toml")).unwrap();
    assert!(project.layers[&LayerKey::Stations].paths.is_empty());
    assert!(!project.missing_layers().contains(&LayerKey::Stations));
    assert!(project.missing_layers().contains(&LayerKey::Stops));
}

#[test]
fn lots_cannot_be_expected() {
    let (said, help) = told("[prospective]\nparcels = { path = 'a', note = 'n' }");
    assert_eq!(said, "3: `parcels` in [prospective] cannot be an expectation");
    assert!(help.ends_with("stations, stops, did, public_land, census, urban_zone, induction_area"), "{help}");
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
            "6: `parcels` in [layers] is missing: the lots 筆・敷地 that are to be judged",
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
    assert!(parse("name = 焼津").expect_err("a text without quotes").help().contains("quotes"));
    assert_eq!(message("name = '焼津' x"), "1:13: unexpected key or value, expected newline, `#`");
    assert!(message("plane = 1\nplane = 2").starts_with("2:1: duplicate key"));
}

#[test]
fn a_folder_is_opened_by_its_project_file() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let error = Project::open(folder.path()).expect_err("it is empty");
    assert!(matches!(error, ProjectError::NoProjectFile { .. }));
    assert!(error.to_string().ends_with("this folder has no kyoten.toml"), "{error}");
    assert!(error.help().contains("docs/project-file.md"), "{}", error.help());

    let file = folder.path().join(FILE_NAME);
    std::fs::write(&file, "\u{feff}layers.parcels = 'p.geojson'\r\n").expect("it can be written");
    let project = Project::open(folder.path()).expect("a byte order mark and CRLF do no harm");
    assert_eq!((&project.file, project.base.as_path()), (&file, folder.path()));
    assert_eq!(Some(project.name.as_ref()), folder.path().canonicalize().expect("it is there").file_name());
}

#[test]
fn files_that_are_no_text_are_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join(FILE_NAME);
    let error = Project::open(&file).expect_err("there is none");
    assert!(error.to_string().ends_with("no such file"), "{error}");

    let mut shift_jis = b"plane = 8\nname = \"".to_vec();
    shift_jis.extend([0x8f, 0xc4, 0x92, 0xc3]);
    std::fs::write(&file, shift_jis).expect("it can be written");
    let error = Project::open(&file).expect_err("it is Shift_JIS");
    assert!(error.to_string().ends_with("kyoten.toml:2: this line is not UTF-8"), "{error}");

    std::fs::write(&file, vec![b'#'; 1 << 21]).expect("it can be written");
    assert!(matches!(Project::open(&file), Err(ProjectError::TooLarge { .. })));
}

#[test]
fn the_page_of_the_format_names_every_key() {
    let page = include_str!("../../docs/project-file.md");
    let layer_keys = LAYERS.iter().flat_map(keys::layer);
    let all = keys::layers().into_iter().chain(layer_keys).chain(keys::TOP.iter().copied());
    for key in all.chain(keys::TRANSIT.iter().copied()).chain(CATALOGUE.iter().map(|criterion| criterion.id)) {
        assert!(
            page.contains(&format!("`{key}`")) || page.contains(&format!("`[{key}]`")),
            "`{key}` is not on the page"
        );
    }
    for threshold in Thresholds::ALL {
        let row = format!("| `{}` | {} | {} |", threshold.key, threshold.default, threshold.unit);
        let rest = format!(" {} | {} to {} |", threshold.meaning, threshold.range.0, threshold.range.1);
        assert!(page.contains(&(row.clone() + &rest)), "{row}{rest}");
    }
    for kind in LAYERS {
        let line = format!("| `{}` | {}", kind.name, kind.japanese);
        let row = page.lines().find(|row| row.starts_with(&line)).unwrap_or_else(|| panic!("{line}"));
        for role in kind.roles {
            assert!(row.contains(&format!("`{}`", role.key)), "{row}: {}", role.key);
        }
    }
}

#[test]
fn the_example_of_the_page_is_right() {
    let page = include_str!("../../docs/project-file.md");
    let example = page.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).expect("it has one");
    let project = parse(example).expect("the example is right");
    assert_eq!((project.layers.len(), project.expectations.len(), project.rules.waived.len()), (3, 1, 1));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = parse(&text).map_err(|error| (error.to_string(), error.help()));
    }

    #[test]
    fn no_shuffled_pieces_make_it_panic(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "layers", "parcels", "stops", "prospective", "thresholds", "waive", "transit", "path", "where", "class",
            "[", "]", "{", "}", "=", ".", ",", "\n", "'焼'", "\"\"", "1", "-0.5", "nan", "true", "2030-01-01", "0xff",
            "99999999999999999999", "[[", "]]", "#", "\"\\u0000\"",
        ]),
        0..40,
    )) {
        let _ = parse(&pieces.concat()).map_err(|error| (error.to_string(), error.help()));
    }

    #[test]
    fn no_value_of_any_key_makes_it_panic(
        key in prop::sample::select(keys::TOP.to_vec()),
        inner in prop::sample::select(keys::layers()),
        value in prop::sample::select(vec!["1", "'a'", "[]", "{}", "[[1]]", "[{}]", "true", "1e400", "-inf", "12:30:00"]),
    ) {
        let _ = parse(&format!("{key} = {value}"));
        let _ = parse(&format!("[{key}]\n{inner} = {value}\n")).map_err(|error| error.to_string());
        let _ = parse(&format!("[{key}.{inner}]\npath = {value}\nwhere = {value}\npeak_trips = {value}\n"));
    }
}
