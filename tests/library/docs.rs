//! The pages in `docs/` against the code: every column, layer, role and usual field is written down, and every test
//! that a page names exists. Between pages: links lead somewhere, and both languages show the same commands.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kyoten::inputs::FORMATS;
use kyoten::layers::LAYERS;
use kyoten::outputs::{PARCEL_FORMATS, ParcelFormat};
use kyoten::pipeline::{self, Options};
use kyoten::project::Project;
use kyoten::table::{land_columns, parcel_columns};
use serde_json::Value;

/// The pages that say what the files of a run hold, in both languages.
const PAGES_OF_FILES: [&str; 2] = ["docs/formats.md", "docs/ja/numbers.md"];

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

/// The part of a page from a heading to the next of its rank.
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
    let options = Options { out: Some(out.to_owned()), formats, ..Options::default() };
    pipeline::run(&project, &options, &()).unwrap();
}

#[test]
fn every_column_of_parcels_is_on_the_page() {
    let rules = kyoten::criteria::default_rules();
    let columns: Vec<_> = parcel_columns(rules).into_iter().chain(land_columns(rules)).collect();
    for name in PAGES_OF_FILES {
        let text = page(name);
        let part = section(&text, "### `parcels.geojson`");
        assert_eq!(undocumented(columns.iter().map(|column| column.name.as_str()), part), [""; 0], "{name}");
        for format in PARCEL_FORMATS {
            assert!(text.contains(&format!("### `{}`", format.file)), "{name}: no part about {}", format.file);
        }
    }
}

#[test]
fn every_file_and_property_of_a_run_is_on_the_page() {
    let texts = PAGES_OF_FILES.map(page);
    let place = tempfile::tempdir().unwrap();
    run_of_the_sample(place.path());
    for entry in fs::read_dir(place.path()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        // Styles, and products in the formats of parcels, are told of where those of the parcels are.
        let ending = Path::new(&name).extension().unwrap_or_default().to_string_lossy().into_owned();
        if ending == "qml" || (ending == "parquet" && !name.starts_with("parcels")) {
            for text in &texts {
                let part = section(text, &format!("### `parcels.{ending}`"));
                assert_eq!(undocumented([name.as_str()], part), [""; 0]);
            }
            continue;
        }
        let parts = texts.each_ref().map(|text| section(text, &format!("### `{name}`")));
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
        for part in parts {
            assert_eq!(undocumented(properties.iter().map(String::as_str), part), [""; 0], "{name}");
        }
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

/// The pages at the top and in `docs/`.
fn pages() -> Vec<PathBuf> {
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries(&root()).filter(is_page).collect();
    let mut open = vec![root().join("docs")];
    while let Some(folder) = open.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                open.push(path);
            } else if is_page(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A page without its blocks of code.
fn prose(page: &str) -> String {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Where the links of a page lead, but for those to the web.
fn links(prose: &str) -> Vec<&str> {
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target).filter(|target| !target.contains("://")).collect()
}

/// What a link to a heading of a page may name: its small letters and digits, with hyphens for blanks.
fn anchors(prose: &str) -> BTreeSet<String> {
    let kept = |sign: char| match sign {
        ' ' => Some('-'),
        '-' | '_' => Some(sign),
        _ => sign.is_alphanumeric().then_some(sign),
    };
    let anchor =
        |heading: &str| heading.trim_start_matches('#').trim().to_lowercase().chars().filter_map(kept).collect();
    prose.lines().filter(|line| line.starts_with('#')).map(anchor).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let pages = pages();
    assert!(pages.len() > 20, "the pages have moved");
    let mut astray = Vec::new();
    for path in pages {
        let text = prose(&fs::read_to_string(&path).unwrap());
        for target in links(&text) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let to = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = match anchor {
                "" => to.exists(),
                _ => fs::read_to_string(&to).is_ok_and(|text| anchors(&prose(&text)).contains(anchor)),
            };
            if !is_there {
                astray.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert_eq!(astray, [""; 0]);
}

/// The commands in the blocks of a page that are for a shell, without remarks.
fn shell(page: &str) -> BTreeSet<&str> {
    let blocks = page.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let of_a_shell = blocks.filter(|(kind, _)| matches!(*kind, "sh" | "console"));
    let lines = of_a_shell.flat_map(|(_, code)| code.lines());
    lines.map(|line| line.split(" # ").next().unwrap_or(line).trim()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn both_languages_show_the_same_commands() {
    for [english, japanese] in
        [["README.md", "README.ja.md"], ["docs/transit.md", "docs/ja/transit.md"], ["docs/diff.md", "docs/ja/diff.md"]]
    {
        let (one, other) = (page(english), page(japanese));
        assert!(!shell(&one).is_empty(), "{english} shows no commands");
        assert_eq!(shell(&one), shell(&other), "{english} (left), {japanese} (right)");
    }
}

/// The first cells of the table under a row of headings.
fn first_cells<'a>(page: &'a str, headings: &str) -> Vec<&'a str> {
    let rows = page.lines().skip_while(|line| *line != headings).skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.split('|').nth(1)).map(str::trim).collect()
}

#[test]
fn the_readme_is_there_in_both_languages() {
    let [english, japanese] = ["README.md", "README.ja.md"].map(page);
    let commands = first_cells(&english, "| command | does |");
    assert!(commands.len() > 8, "the table of commands has moved");
    assert_eq!(commands, first_cells(&japanese, "| コマンド | 働き |"));
    for (page, other) in [(&english, "(README.ja.md)"), (&japanese, "(README.md)")] {
        assert!(page.lines().take(4).any(|line| line.contains(other)), "no link to {other} at the top");
    }
    for path in
        pages().iter().filter_map(|path| path.strip_prefix(root()).ok()).filter(|path| path.starts_with("docs/ja"))
    {
        let link = format!("({})", path.display());
        assert!(japanese.contains(&link), "README.ja.md has no link {link}");
    }
}
