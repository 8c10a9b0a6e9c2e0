//! The pages in `docs/` against the code: every column, layer, role and usual field is written down, and every test
//! that a page names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kyoten::inputs::FORMATS;
use kyoten::layers::LAYERS;
use kyoten::outputs::{PARCEL_FORMATS, ParcelFormat};
use kyoten::pipeline::{self, Options};
use kyoten::project::Project;
use kyoten::table::parcel_columns;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// What stands between backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The part of `docs/formats.md` from a heading to the next of its rank.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page.find(heading).unwrap_or_else(|| panic!("no heading {heading}"));
    let rank = heading.split(' ').next().unwrap();
    let body = &page[start + heading.len()..];
    body.find(&format!("\n{rank} ")).map_or(body, |end| &body[..end])
}

fn undocumented<'a>(wanted: impl IntoIterator<Item = &'a str>, text: &str) -> Vec<&'a str> {
    let there = quoted(text);
    wanted.into_iter().filter(|name| !there.contains(name)).collect()
}

fn run_of_the_sample(out: &Path) {
    let project = Project::open(&root().join("data/sample")).unwrap();
    let formats = ParcelFormat::writable().collect();
    let options = Options { out: out.to_owned(), formats, ..Options::default() };
    pipeline::run(&project, &options, &()).unwrap();
}

#[test]
fn every_column_of_parcels_is_on_the_page() {
    let text = page("docs/formats.md");
    let part = section(&text, "### `parcels.geojson`");
    let columns = parcel_columns();
    assert_eq!(undocumented(columns.iter().map(|column| column.name.as_str()), part), [""; 0]);
    for format in PARCEL_FORMATS {
        assert!(text.contains(&format!("### `{}`", format.file)), "no part about {}", format.file);
    }
}

#[test]
fn every_file_and_property_of_a_run_is_on_the_page() {
    let text = page("docs/formats.md");
    let place = tempfile::tempdir().unwrap();
    run_of_the_sample(place.path());
    for entry in fs::read_dir(place.path()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|ending| ending == "qml") {
            let part = section(&text, "### `parcels.qml`");
            assert_eq!(undocumented([name.as_str()], part), [""; 0]);
            continue;
        }
        let part = section(&text, &format!("### `{name}`"));
        let file = || fs::read_to_string(place.path().join(&name)).unwrap();
        let properties: Vec<String> = match name.as_str() {
            "zones.geojson" | "places.geojson" | "stops.geojson" | "facilities.geojson" => {
                let collection: Value = serde_json::from_str(&file()).unwrap();
                let first = collection["features"][0]["properties"].as_object().unwrap();
                first.keys().cloned().collect()
            }
            "spacing.csv" => {
                file().trim_start_matches('\u{feff}').lines().next().unwrap().split(',').map(str::to_owned).collect()
            }
            _ => continue,
        };
        assert!(!properties.is_empty());
        assert_eq!(undocumented(properties.iter().map(String::as_str), part), [""; 0], "{name}");
    }
}

#[test]
fn every_layer_role_and_usual_field_is_on_the_page() {
    let text = page("docs/formats.md");
    let part = section(&text, "### Layers and the fields that mean something");
    let mut missing = Vec::new();
    // Each layer's own lines: from its name to the next layer's.
    for (place, kind) in LAYERS.iter().enumerate() {
        let start = part.find(&format!("\n| `{}` |", kind.name)).unwrap_or_else(|| panic!("no layer {}", kind.name));
        let end = LAYERS.get(place + 1).and_then(|next| part.find(&format!("\n| `{}` |", next.name)));
        let lines = &part[start..end.unwrap_or(part.len())];
        let roles = kind.roles.iter().flat_map(|role| std::iter::once(role.key).chain(role.usual.iter().copied()));
        missing.extend(undocumented(roles, lines).into_iter().map(|name| (kind.name, name)));
    }
    assert_eq!(missing, [("", ""); 0]);
}

#[test]
fn every_input_format_is_on_the_page() {
    let text = page("docs/formats.md");
    for format in FORMATS {
        let line = text.lines().find(|line| line.starts_with(&format!("| {} |", format.name.en)));
        let line = line.unwrap_or_else(|| panic!("no line about {}", format.name.en));
        for extension in format.extensions {
            assert!(line.contains(&format!("`.{extension}`")), "{}: .{extension}", format.name.en);
        }
    }
}

#[test]
fn every_test_that_a_page_names_exists() {
    let mut code = String::new();
    let mut open = vec![root().join("src"), root().join("tests")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                code += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let text = page("docs/accuracy.md");
    // Tests are named in sentences, so a long name in snake case is one.
    let tests: Vec<&str> = quoted(&text).into_iter().filter(|name| name.matches('_').count() >= 3).collect();
    assert!(tests.len() >= 15, "{tests:?}");
    let missing: Vec<&str> = tests.into_iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn what_to_touch_is_said_the_same_in_both_places() {
    let table = |name: &str| -> Vec<String> {
        let page = page(name);
        let rows = section(&page, "## To add …, touch …").lines().filter(|line| line.starts_with('|'));
        rows.map(str::to_owned).collect()
    };
    let rows = table("ARCHITECTURE.md");
    assert!(rows.len() > 15, "the table has moved");
    assert_eq!(rows, table("CONTRIBUTING.md"));
}
