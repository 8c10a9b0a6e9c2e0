//! The interface's example, and how files are opened.

mod faults;
mod own;
mod page;
mod said;
mod slips;

use std::path::Path;

use super::*;
use crate::criteria::Thresholds;
use crate::diagnostics::Diagnose as _;
use crate::layers::{LAYERS, PeakSource, RailwayLaw};

const EXAMPLE: &str = r#"
name = "焼津市"
municipality = "22212"
area_division = false
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
central_zones  = "plan.geojson"
residence_area = "A50.geojson"
buildings = { path = "buildings.geojson", floors = "kai" }
floor_area_ratio = "A29.geojson"
hub_centres    = { path = "centres.csv", crs = "EPSG:6676", encoding = "cp932", layer = "c", x = "X", y = "Y" }

[prospective]
did = { path = "future_did.geojson", note = "2030推計" }

[thresholds]
station_radius_m = 1000
min_peak_trips = 3

[waive]
in-induction-area = "立地適正化計画は策定中"
"#;

pub(super) fn parse(text: &str) -> Result<Project, ProjectError> {
    Project::parse(text, Path::new("city/kyoten.toml"))
}

/// The project of a text that needs parcels only to be whole.
pub(super) fn with_parcels(rest: &str) -> Result<Project, ProjectError> {
    parse(&format!("layers.parcels = 'p.geojson'\n{rest}"))
}

/// What is wrong with a file that was taken for a project file.
pub(super) fn what(read: Result<Project, ProjectError>) -> Option<Misread> {
    match read {
        Err(ProjectError::Settings(error)) => Some(error.what),
        _ => None,
    }
}

/// The message of a text, the path of the file cut.
fn message(text: &str) -> String {
    parse(text).expect_err(text).to_string().replace("city/kyoten.toml:", "")
}

/// The help of an error, one advice a line.
fn help(error: &ProjectError) -> String {
    error.help().iter().map(|advice| advice.en.as_ref()).collect::<Vec<_>>().join("\n")
}

/// The message and the help of a text that begins with a line of parcels.
pub(super) fn told(rest: &str) -> (String, String) {
    let error = with_parcels(rest).expect_err(rest);
    (error.to_string().replace("city/kyoten.toml:", ""), help(&error))
}

#[test]
fn the_interface_example_says_what_it_says() {
    let project = parse(EXAMPLE).expect("the example is right");
    assert_eq!((project.name.as_str(), project.municipality.as_deref()), ("焼津市", Some("22212")));
    assert_eq!((project.plane, project.rules.set.id), (Some(8), "saikochiku"));
    assert_eq!(project.area_division, Some(false));
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
    assert!(project.area_division.is_none());
    assert!(project.municipality.is_none() && project.plane.is_none() && project.planned_kind.is_none());
    assert!(project.expectations.is_empty() && project.gtfs.is_empty() && project.rules.waived.is_empty());
    assert!(project.excluded_municipalities.is_none() && project.law == RailwayLaw::default());
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
    assert_eq!(project.law.subway_operators, ["大阪市高速電気軌道"]);
    assert_eq!(
        (project.rules.thresholds.membership(), project.rules.thresholds.get("min_site_m2")),
        (0.999, Some(250.5))
    );
    let any = with_parcels("[thresholds]\nmembership = 'any'").expect("any is a word");
    assert_eq!(any.rules.thresholds.membership(), 0.0);
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
fn an_empty_list_says_that_the_city_has_none() {
    let project = Project::parse("layers = { parcels = 'a', stations = [] }", Path::new("kyoten.toml")).unwrap();
    assert!(project.layers[&LayerKey::Stations].paths.is_empty());
    assert!(!project.missing_layers().contains(&LayerKey::Stations));
    assert!(project.missing_layers().contains(&LayerKey::Stops));
}

#[test]
fn a_folder_is_opened_by_its_project_file() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let error = Project::open(folder.path()).expect_err("it is empty");
    assert!(matches!(error, ProjectError::NoProjectFile { .. }));
    assert!(error.to_string().ends_with("this folder has no kyoten.toml"), "{error}");
    assert!(help(&error).contains("docs/project-file.md"), "{}", help(&error));

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
    assert!(matches!(what(Project::open(&file)), Some(Misread::TooLarge { .. })));
}

#[test]
fn data_given_as_a_project_file_are_told_as_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let large = [b"PK\x03\x04".to_vec(), vec![0; 1 << 21]].concat();
    let shift_jis = [b"name\n".to_vec(), vec![0x8f, 0xc4, 0x92, 0xc3]].concat();
    for (name, bytes, id, said) in [
        (
            "city.zip",
            b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(),
            "project-is-archive",
            "is an archive (ZIP), not a project file",
        ),
        ("kyoten.toml", b"PK\x05\x06", "project-is-archive", "is an archive (ZIP), not a project file"),
        ("large.zip", &large, "project-is-archive", "is an archive (ZIP), not a project file"),
        ("book.xlsx", b"PK\x03\x04\x14\0\0\0", "project-is-data", "is a file of data (Excel), not a project file"),
        ("p.geojson", b" {\"type\": 1}", "project-is-data", "is a file of data (JSON), not a project file"),
        ("p.gml", b"\xEF\xBB\xBF<?xml", "project-is-data", "is a file of data (XML), not a project file"),
        ("p.gpkg", b"SQLite format 3\0\xFF", "project-is-data", "is a file of data (GeoPackage), not a project file"),
        ("p.csv", &shift_jis, "project-is-data", "is a file of data (.csv), not a project file"),
        ("p.CSV", b"name,line\n", "project-is-data", "is a file of data (.csv), not a project file"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("it can be written");
        let told = Project::open(&file).expect_err(name).diagnostics();
        assert_eq!((told.len(), told[0].id, told[0].message.en.as_ref()), (1, id, said), "{name}");
        assert_eq!(told[0].place, Some(file.display().to_string()));
    }
    // What is TOML is a project, whatever its name.
    let file = folder.path().join("city.csv");
    std::fs::write(&file, "layers.parcels = 'p.geojson'").expect("it can be written");
    assert!(Project::open(&file).is_ok());
    let file = folder.path().join("kyoten.toml.txt");
    std::fs::write(&file, "layers.parcels = p").expect("it can be written");
    assert!(matches!(what(Project::open(&file)), Some(Misread::Syntax(_))));
}
