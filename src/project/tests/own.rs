//! Layers of one's own.

use std::path::Path;

use super::{told, with_parcels};
use crate::layers::{Content, LayerKey};
use crate::project::Project;

fn project(text: &str) -> Project {
    with_parcels(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn any_other_name_with_a_role_is_a_layer_of_ones_own() {
    let project = project(
        "layers.flood = { path = ['a.shp', 'b.shp'], role = 'area', crs = 'EPSG:6676', encoding = 'cp932', layer = 'l', \
         class = 'rank', classes = [2, 3], where = { pref = '22' }, note = '想定最大規模' }\n\
         layers.clinics = { path = 'c.csv', role = 'facilities', name = 'n', kind = 'k', site_area = 's', x = 'X', y = 'Y' }\n\
         layers.schools_2 = { path = 's.shp', role = 'points', name = 'n' }",
    );
    let flood = &project.layers[&LayerKey::own("flood", Content::Area)];
    assert_eq!((flood.paths.len(), flood.base.as_path()), (2, Path::new("city")));
    assert_eq!((flood.read.crs.as_deref(), flood.read.encoding.as_deref()), (Some("EPSG:6676"), Some("cp932")));
    assert_eq!(flood.classes, Some((Some("rank".into()), vec!["2".into(), "3".into()])));
    assert_eq!((flood.filter.len(), flood.note.as_deref()), (1, Some("想定最大規模")));
    let clinics = &project.layers[&LayerKey::own("clinics", Content::Facilities)];
    assert_eq!((clinics.fields["name"].as_str(), clinics.fields["kind"].as_str()), ("n", "k"));
    let names: Vec<&str> = project.layers.keys().map(|key| key.name()).collect();
    assert_eq!(names, ["parcels", "clinics", "flood", "schools_2"]);
}

#[test]
fn without_a_role_it_is_an_unknown_key_whose_help_says_how() {
    let (said, help) = told("layers.flood = 'A31.geojson'");
    assert_eq!(said, "2: unknown key `flood` in [layers]; the nearest known key is `floor_area_ratio`");
    assert!(
        help.ends_with("a layer of one's own says its `role` (\"area\", \"points\", \"facilities\"), such as `flood = { path = \"…\", role = \"area\" }`"),
        "{help}"
    );
    assert!(told("layers.'浸水' = 'a'").1.contains("such as `flood = {"));
    let (said, help) = told("colour = 1");
    assert!(said.starts_with("2: unknown key") && !help.contains("role"), "{help}");
}

#[test]
fn what_a_role_cannot_be_is_told() {
    for (layer, said) in [
        (
            "flood = { path = 'a', role = 'areas' }",
            "2: `role` in [layers.flood] is \"areas\", which there is not; did you mean \"area\"?",
        ),
        ("flood = { path = 'a', role = 1 }", "2: `role` in [layers.flood] must be a text in quotes, not the number 1"),
        (
            "did = { path = 'a', role = 'area' }",
            "2: `role` in [layers.did] cannot be said: what the layer `did` is stands fast",
        ),
        ("Flood = { path = 'a', role = 'area' }", "2: `Flood` in [layers] cannot be the name of a layer"),
        ("'浸水' = { path = 'a', role = 'area' }", "2: `浸水` in [layers] cannot be the name of a layer"),
        ("'' = { path = 'a', role = 'area' }", "2: `` in [layers] cannot be the name of a layer"),
        (
            "flood = { role = 'area' }",
            "2: `path` in [layers.flood] is missing: the file of the layer, or a list of files",
        ),
        (
            "flood = { path = 'a', role = 'area', name = 'n' }",
            "2: unknown key `name` in [layers.flood]; the nearest known key is `note`",
        ),
        (
            "flood = { path = 'a', role = 'area', classes = 1 }",
            "2: `class` in [layers.flood] is missing: the field whose values `classes` chooses from",
        ),
    ] {
        assert_eq!(told(&format!("layers.{layer}")).0, said);
    }
    let (said, _) = told("layers.gtfs = { path = 'a', role = 'area' }");
    assert!(said.starts_with("2: `gtfs` in [layers] must be a path"), "{said}");
}

#[test]
fn the_city_may_have_none_of_it() {
    let project = project("layers.flood = { path = [], role = 'area' }");
    assert!(project.layers[&LayerKey::own("flood", Content::Area)].paths.is_empty());
    assert_eq!(told("layers.did = { path = [] }").0, "2: `path` in [layers.did] is empty");
}

#[test]
fn areas_may_be_expected_and_places_not() {
    let flood = LayerKey::own("flood", Content::Area);
    let expected = "[prospective]\nflood = { path = 'b', note = '堤防' }";
    let declared = project(&format!("layers.flood = {{ path = 'a', role = 'area' }}\n{expected}"));
    assert_eq!(declared.expectations[&flood].note.as_deref(), Some("堤防"));
    assert!(
        project("[prospective]\nflood = { path = 'b', role = 'area', note = 'n' }").expectations.contains_key(&flood)
    );

    assert!(told(expected).0.starts_with("3: unknown key `flood` in [prospective]"));
    let (said, help) = told(
        "layers.clinics = { path = 'a', role = 'points' }\nlayers.flood = { path = 'a', role = 'area' }\n\
         [prospective]\nclinics = { path = 'b', note = 'n' }",
    );
    assert!(said.starts_with("5: `clinics` in [prospective] cannot be an expectation"), "{said}");
    assert!(help.contains("layers = { clinics =") && help.ends_with("induction_area, flood"), "{help}");
    let (said, _) =
        told("layers.flood = { path = 'a', role = 'area' }\n[prospective]\nfloods = { path = 'b', note = 'n' }");
    assert_eq!(said, "4: unknown key `floods` in [prospective]; did you mean `flood`?");
}

#[test]
fn a_what_if_adds_to_them() {
    let declared = project(
        "layers.flood = { path = 'a', role = 'area' }\n[scenario]\nnote = 'n'\n\
         layers = { flood = 'b', clinics = { path = 'c', role = 'points' } }",
    );
    let names: Vec<&str> = declared.supposed.keys().map(|key| key.name()).collect();
    assert_eq!(names, ["clinics", "flood"]);
    let (said, _) = told("[scenario]\nnote = 'n'\nlayers = { flood = { path = [], role = 'area' } }");
    assert_eq!(said, "4: `flood` in [scenario.layers] is empty");
}

#[test]
fn a_layer_has_one_role_everywhere() {
    let (said, help) = told(
        "layers.flood = { path = 'a', role = 'area' }\n[scenario]\nnote = 'n'\n\
         layers = { flood = { path = 'b', role = 'points' } }",
    );
    assert_eq!(
        said,
        "5: `role` in [scenario.layers.flood] is \"points\", and the layer of that name has been said to be \"area\""
    );
    assert_eq!(help, "write `role = \"area\"`, or take `role` out here");
}
