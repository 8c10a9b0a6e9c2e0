//! The project for QGIS beside the files of a run: what it shows, from where, and what of it hangs on nothing but the run.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use crate::backdrop::{ALL, town};
use crate::qgis::Element;
use crate::support::Folder;

/// What is packed in the project of a run.
fn qgs(folder: &Folder, run: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(folder.bytes(&format!("{run}/kyoten.qgz")))).unwrap();
    assert_eq!(archive.len(), 1);
    let mut text = String::new();
    archive.by_name("kyoten.qgs").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn project(folder: &Folder, run: &str) -> Element {
    Element::read(&qgs(folder, run))
}

/// All elements of a name, in whatever depth.
fn all<'a>(of: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for child in &of.children {
        if child.name == name {
            found.push(child);
        }
        all(child, name, found);
    }
}

fn every<'a>(of: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    all(of, name, &mut found);
    found
}

/// The tree as lines: what is on, and from where it is read.
fn tree(group: &Element, depth: usize, layers: &[Element], out: &mut String) {
    for node in &group.children {
        let indent = "  ".repeat(depth);
        let mark = if node.name.starts_with("layer-tree") && node.at("checked") == "Qt::Checked" { "x" } else { " " };
        if node.name == "layer-tree-group" {
            let _ = writeln!(out, "{indent}[{mark}] {}", node.at("name"));
            tree(node, depth + 1, layers, out);
        } else if node.name == "layer-tree-layer" {
            let layer = layers.iter().find(|layer| layer.child("id").text == node.at("id")).unwrap();
            let source = &layer.child("datasource").text;
            assert_eq!(node.at("source"), source);
            let _ = writeln!(out, "{indent}[{mark}] {}  {}  {source}", node.at("name"), node.at("id"));
        }
    }
}

/// What a reader of the project would list of it.
fn outline(project: &Element) -> String {
    let mut out = String::new();
    tree(project.child("layer-tree-group"), 0, &project.child("projectlayers").children, &mut out);
    for theme in &project.child("visibility-presets").children {
        let layers: Vec<String> = every(theme, "layer")
            .iter()
            .map(|one| {
                let of = |nodes: &&Element| nodes.at("id") == one.at("id");
                let nodes = every(theme, "checked-legend-nodes").into_iter().find(of);
                let nodes =
                    nodes.map(|nodes| nodes.children.iter().map(|node| node.at("id")).collect::<Vec<_>>().join(","));
                format!("{} {} {}", one.at("id"), one.at("style"), nodes.unwrap_or_default()).trim_end().to_owned()
            })
            .collect();
        let _ = writeln!(out, "\ntheme {}\n  {}", theme.at("name"), layers.join("\n  "));
    }
    for sheet in &project.child("Layouts").children {
        let _ = writeln!(out, "\nsheet {}", sheet.at("name"));
        for item in every(sheet, "LayoutItem") {
            let _ = write!(out, "  {} {}", item.at("type"), item.at("size"));
            match item.at("type") {
                "65641" => writeln!(out, "\n{}", item.at("labelText")),
                "65639" => writeln!(out, " {:?}", item.child("Extent").bounds()),
                _ => writeln!(out),
            }
            .unwrap();
        }
    }
    out
}

impl Element {
    fn bounds(&self) -> [&str; 4] {
        ["xmin", "ymin", "xmax", "ymax"].map(|side| self.at(side))
    }
}

#[test]
fn the_project_of_the_sample_is_as_ever() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "gpkg", "--no-map"]);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("qgis_project", outline(&project(&folder, "out")));
    });
}

#[test]
fn whatever_a_theme_or_a_legend_names_is_there_once_and_reads_a_file_of_the_run() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "fgb,geojson"]);
    let project = project(&folder, "out");
    let layers = &project.child("projectlayers").children;
    let ids: BTreeSet<&str> = layers.iter().map(|layer| layer.child("id").text.as_str()).collect();
    assert_eq!(ids.len(), layers.len());
    let names = folder.names("out");
    for layer in layers {
        let source = layer.child("datasource").text.strip_prefix("./").unwrap();
        let file = source.split('|').next().unwrap();
        assert!(names.iter().any(|name| name == file), "{source}");
        assert_eq!(layer.child("srs").child("spatialrefsys").child("authid").text, "EPSG:6668");
    }
    let named =
        every(&project, "layer-tree-layer").into_iter().chain(every(project.child("visibility-presets"), "layer"));
    for node in named {
        assert!(ids.contains(node.at("id")), "{}", node.at("id"));
    }
    let items = every(&project, "LayoutItem");
    let uuids: BTreeSet<&str> = items.iter().map(|item| item.at("uuid")).collect();
    assert_eq!(uuids.len(), items.len());
}

#[test]
fn the_best_format_is_shown_and_a_table_is_none() {
    let folder = Folder::with_sample();
    for (formats, file, layers) in [
        ("csv,geojson", Some("./parcels.geojson"), 1),
        ("geojson,fgb", Some("./parcels.fgb"), 4),
        ("parquet,geojson,fgb,gpkg", Some("./parcels.gpkg|layername=parcels"), 4),
        ("parquet,ndjson", Some("./parcels.ndjson"), 1),
        ("parquet", Some("./parcels.parquet"), 4),
        ("csv,xlsx,arrow", None, 0),
    ] {
        folder.run(&["city", "--out", "out", "--no-map", "--format", formats]);
        assert_eq!(folder.names("out").contains(&"kyoten.qgz".to_owned()), file.is_some(), "{formats}");
        let Some(file) = file else { continue };
        let project = project(&folder, "out");
        let sources = every(&project, "datasource");
        assert_eq!(sources.iter().filter(|source| source.text == file).count(), layers, "{formats}");
        let other = |source: &&&Element| source.text.starts_with("./parcels") && source.text != file;
        assert_eq!(sources.iter().filter(other).count(), 0, "{formats}");
    }
    folder.run(&["city", "--out", "out", "--no-map", "--columns", "kyoten_id,area_m2"]);
    assert!(!folder.names("out").contains(&"kyoten.qgz".to_owned()), "no status is written");
}

#[test]
fn nothing_of_it_hangs_on_the_folder_or_on_threads() {
    let folder = Folder::with_sample();
    for (out, threads) in [("one", "1"), ("deep/other", "3")] {
        folder.run(&["city", "--out", out, "--format", "gpkg", "--no-map", "--threads", threads]);
    }
    assert_eq!(folder.bytes("one/kyoten.qgz"), folder.bytes("deep/other/kyoten.qgz"));
    let text = qgs(&folder, "one");
    assert!(!text.contains(&*folder.path().to_string_lossy()));
}

#[test]
fn it_speaks_the_language_of_labels() {
    let folder = Folder::with_sample();
    let words = |arguments: &[&str]| {
        folder.run(&[&["city", "--out", "out", "--no-map"], arguments].concat());
        let project = project(&folder, "out");
        let aliases = every(&project, "alias").into_iter().map(|alias| alias.at("name").to_owned());
        let groups = every(&project, "layer-tree-group").into_iter().filter(|group| group.has("name"));
        let groups: Vec<String> = groups.map(|group| group.at("name").to_owned()).collect();
        (aliases.collect::<BTreeSet<_>>(), groups)
    };
    let (aliases, groups) = words(&[]);
    assert!(aliases.contains("判定") && groups.contains(&"中心拠点区域".to_owned()), "{groups:?}");
    let is_japanese = |word: &String| kyoten::text::is_japanese(word);
    let (aliases, groups) = words(&["--labels", "en"]);
    assert!(aliases.contains("status"), "{aliases:?}");
    assert_eq!(aliases.iter().chain(&groups).filter(|word| is_japanese(word)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn values_that_are_one_of_few_are_shown_by_their_words() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--no-map"]);
    let project = project(&folder, "out");
    let layers = &project.child("projectlayers").children;
    for (layer, column, value, word) in [
        ("kyoten_parcels", "senior", "prospective", "見込み"),
        ("kyoten_parcels", "central_zone_as_a_whole", "no", "満たさない"),
        ("kyoten_zones_central", "zone", "central", "中心拠点区域"),
        ("kyoten_stops", "frequent", "possible", "分からない"),
        ("kyoten_places_in_did", "criterion", "in-did", "人口集中地区内"),
    ] {
        let layer = layers.iter().find(|one| one.child("id").text == layer).unwrap();
        let fields = &layer.child("fieldConfiguration").children;
        let field = fields.iter().find(|field| field.at("name") == column).unwrap();
        let pairs = every(field, "Option").into_iter().filter(|option| option.has("value"));
        let pairs: Vec<_> = pairs.map(|option| (option.at("value"), option.at("name"))).collect();
        assert!(pairs.contains(&(value, word)), "{column}: {pairs:?}");
    }
}

#[test]
fn a_project_that_somebody_saved_anew_is_left_as_it_is_and_that_is_said() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "run", "--no-map"]);
    let mine = [folder.bytes("run/kyoten.qgz"), b" ".to_vec()].concat();
    folder.put("run/kyoten.qgz", &mine);
    let run = folder.kyoten(&["survey", "city", "--out", "run"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("left as it is, since somebody has saved it anew: run/kyoten.qgz"), "{}", run.stdout);
    assert_eq!(folder.bytes("run/kyoten.qgz"), mine);
    assert!(folder.names("run").contains(&"survey.geojson".to_owned()));
}

#[test]
fn what_lies_under_maps_is_the_lowest_group_and_in_every_theme() {
    let folder = town(ALL);
    for (labels, name, words) in [
        ("ja", "背景", ["行政界", "鉄道", "海岸線", "河川", "道路", "水面"]),
        ("en", "backdrop", ["municipal boundaries", "railways", "coast", "rivers", "roads", "water"]),
    ] {
        folder.run(&["city/over.toml", "--out", "out", "--no-map", "--labels", labels]);
        let project = project(&folder, "out");
        let tree = project.child("layer-tree-group");
        let group = tree.children.last().unwrap();
        assert_eq!((group.at("name"), group.at("checked")), (name, "Qt::Checked"));
        let names: Vec<&str> = group.children.iter().map(|layer| layer.at("name")).collect();
        assert_eq!(names, words);
        let ids: Vec<&str> = group.children.iter().map(|layer| layer.at("id")).collect();
        let of = |id: &str| {
            let layers = &project.child("projectlayers").children;
            layers.iter().find(|layer| layer.child("id").text == id).unwrap()
        };
        for id in &ids {
            let source = &of(id).child("datasource").text;
            assert!(source.starts_with("./backdrop.geojson|geometrytype="), "{source}");
            let rights = &of(id).child("resourceMetadata").child("rights").text;
            assert!(rights.contains("osm.geojson") && rights.contains("2020"), "{rights}");
        }
        let form = |id: &str| of(id).at("geometry").to_owned();
        assert_eq!((form("kyoten_backdrop_water"), form("kyoten_backdrop_river")), ("Polygon".into(), "Line".into()));
        for theme in &project.child("visibility-presets").children {
            let shown: Vec<&str> = every(theme, "layer").iter().map(|layer| layer.at("id")).collect();
            assert_eq!(shown[shown.len() - ids.len()..], ids[..]);
        }
        for sheet in &project.child("Layouts").children {
            let legend = every(sheet, "layer-tree-group").into_iter().find(|group| group.has("name")).unwrap();
            assert_eq!(legend.at("name"), name);
            assert_eq!(legend.children.iter().map(|layer| layer.at("name")).collect::<Vec<_>>(), words);
        }
    }
}

#[test]
fn a_legend_tells_nothing_of_a_backdrop_beyond_its_frame() {
    let folder = town(ALL);
    // A railway within the surroundings that are kept, east of those that a sheet shows.
    let mut railways = folder.json("city/N02-20_RailroadSection.geojson");
    let mut railway = railways["features"][0].clone();
    railway["geometry"]["coordinates"] = serde_json::json!([[138.44, 34.902], [138.45, 34.902]]);
    railways["features"] = serde_json::json!([railway]);
    folder.put("city/N02-20_RailroadSection.geojson", railways.to_string());
    folder.run(&["city/over.toml", "--out", "out", "--no-map"]);
    let project = project(&folder, "out");
    let named = |of: &Element| every(of, "layer-tree-layer").iter().any(|layer| layer.at("name") == "鉄道");
    assert!(named(project.child("layer-tree-group")));
    for sheet in &project.child("Layouts").children {
        assert!(!named(sheet), "{}", sheet.at("name"));
    }
    for theme in &project.child("visibility-presets").children {
        assert!(every(theme, "layer").iter().any(|layer| layer.at("id") == "kyoten_backdrop_railway"));
    }
}
