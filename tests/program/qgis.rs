//! The styles for QGIS beside the files of a run, read by an XML reader: they are whole, and they know every status,
//! every column and every feature.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, sample};
use kyoten::outputs::colour;
use kyoten::table::parcel_columns;
use kyoten::verdicts::Status;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// An element with the elements and the text in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// The root of a document, which must be well-formed.
    pub fn read(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::begin(&start)),
                Event::Empty(start) => {
                    let element = Self::begin(&start);
                    open.last_mut().unwrap().children.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(element);
                }
                Event::Text(text) => open.last_mut().unwrap().text += &text,
                Event::GeneralRef(entity) => {
                    let entity = format!("&{};", &*entity);
                    open.last_mut().unwrap().text += &unescape(&entity).unwrap();
                }
                Event::DocType(_) | Event::Comment(_) => {}
                Event::Eof => break,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(open.len(), 1);
        let [root] = std::mem::take(&mut open[0].children).try_into().unwrap();
        root
    }

    fn begin(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            (attribute.key.into_inner().to_owned(), unescape(&attribute.value).unwrap().into_owned())
        });
        let name = start.name().into_inner().to_owned();
        Self { name, attributes: attributes.collect(), children: Vec::new(), text: String::new() }
    }

    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.contains_key(attribute)
    }

    pub fn at(&self, attribute: &str) -> &str {
        &self.attributes[attribute]
    }

    /// The element of that name in it; there is one.
    pub fn child(&self, name: &str) -> &Self {
        let [child] = self.children.iter().filter(|child| child.name == name).collect::<Vec<_>>()[..] else {
            panic!("one {name} in {self:?}");
        };
        child
    }

    /// The options of a layer of a symbol.
    fn options(&self) -> BTreeMap<&str, &str> {
        self.child("Option").children.iter().map(|option| (option.at("name"), option.at("value"))).collect()
    }
}

/// A style: its expression, the symbol of each value, and the titles of columns.
struct Style {
    root: Element,
}

impl Style {
    fn read(text: &str) -> Self {
        let root = Element::read(text);
        assert_eq!((root.name.as_str(), root.child("renderer-v2").at("type")), ("qgis", "categorizedSymbol"));
        Self { root }
    }

    fn by(&self) -> &str {
        self.root.child("renderer-v2").at("attr")
    }

    /// The symbol and the label of each value.
    fn categories(&self) -> BTreeMap<&str, (&Element, &str)> {
        let renderer = self.root.child("renderer-v2");
        let symbols: BTreeMap<&str, &Element> =
            renderer.child("symbols").children.iter().map(|symbol| (symbol.at("name"), symbol)).collect();
        let categories = &renderer.child("categories").children;
        let by_value = categories.iter().map(|it| (it.at("value"), (symbols[it.at("symbol")], it.at("label"))));
        let by_value: BTreeMap<_, _> = by_value.collect();
        assert_eq!((categories.len(), symbols.len()), (by_value.len(), by_value.len()));
        by_value
    }

    fn titles(&self) -> Vec<(&str, &str)> {
        self.root.child("aliases").children.iter().map(|alias| (alias.at("field"), alias.at("name"))).collect()
    }
}

/// Whether an area is drawn in the colour of a status, hatched where that is open.
fn assert_painted(symbol: &Element, status: Status) {
    let [red, green, blue] = colour(status);
    let layers: Vec<&str> = symbol.children.iter().map(|layer| layer.at("class")).collect();
    let hatched = status == Status::Undetermined;
    assert_eq!(layers, if hatched { vec!["SimpleFill", "LinePatternFill"] } else { vec!["SimpleFill"] });
    for layer in &symbol.children {
        assert!(layer.options()["color"].starts_with(&format!("{red},{green},{blue},")), "{status:?}");
    }
}

/// Every column of the features has a title of its own, in Japanese.
fn assert_titled(style: &Style, names: &[&str]) {
    let titles = style.titles();
    assert_eq!(titles.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    assert_eq!(titles.iter().map(|(_, title)| *title).collect::<BTreeSet<_>>().len(), names.len());
    for (name, title) in titles {
        assert!(title.chars().any(|letter| letter > '\u{3000}') || name == "stop_ids", "{name}: {title}");
    }
}

/// The properties of the features of a product, with the form of their geometry as QGIS names it.
fn features(folder: &Folder, name: &str) -> Vec<(Value, &'static str)> {
    let form = |feature: &Value| match feature["geometry"]["type"].as_str() {
        Some("Point" | "MultiPoint") => "Point",
        Some("LineString" | "MultiLineString") => "Line",
        Some(_) => "Polygon",
        None => "",
    };
    let features = folder.json(name)["features"].as_array().unwrap().clone();
    features.iter().map(|feature| (feature["properties"].clone(), form(feature))).collect()
}

fn names(properties: &Value) -> Vec<&str> {
    properties.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn parcels_are_drawn_by_their_central_status_and_every_column_has_a_title() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let style = Style::read(&folder.text("out/parcels.qml"));
    assert_eq!(style.by(), "central");
    let categories = style.categories();
    assert_eq!(categories.len(), Status::ALL.len());
    for status in Status::ALL {
        let (symbol, label) = categories[status.id()];
        assert_painted(symbol, status);
        assert!(label.contains(&*status.name().ja));
    }
    let columns = parcel_columns(kyoten::criteria::default_rules());
    assert_titled(&style, &columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>());
    for (name, title) in [
        ("central", "中心拠点区域"),
        ("in_did_lo", "人口集中地区内 面積割合 下限"),
        ("station_m", "最寄り基幹駅 距離 m"),
        ("seniors_per_ha_hi", "高齢者密度 人/ha 上限"),
    ] {
        assert!(style.titles().contains(&(name, title)), "{name}");
    }
}

#[test]
fn zones_are_drawn_by_zone_and_status() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let style = Style::read(&folder.text("out/zones.qml"));
    assert_eq!(style.by(), r#"concat("zone", ' ', "status")"#);
    let categories = style.categories();
    assert_eq!(categories.len(), 9);
    let mut borders = BTreeMap::new();
    for (value, (symbol, _)) in &categories {
        let (zone, status) = value.split_once(' ').unwrap();
        assert_painted(symbol, Status::ALL.into_iter().find(|it| it.id() == status).unwrap());
        borders.entry(symbol.children[0].options()["outline_style"]).or_insert_with(BTreeSet::new).insert(zone);
    }
    assert!(borders.len() == 3 && borders.values().all(|zones| zones.len() == 1), "{borders:?}");
    let zones = features(&folder, "out/zones.geojson");
    for (zone, _) in &zones {
        let value = format!("{} {}", zone["zone"].as_str().unwrap(), zone["status"].as_str().unwrap());
        assert!(categories.contains_key(value.as_str()), "{value}");
    }
    assert_titled(&style, &names(&zones[0].0));
}

#[test]
fn every_stop_has_its_symbol_and_its_label() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out"]);
    let style = Style::read(&folder.text("out/stops.qml"));
    assert_eq!(style.by(), r#"concat(geometry_type($geometry), ' ', "kind", ' ', "frequent")"#);
    let categories = style.categories();
    let stops = features(&folder, "out/stops.geojson");
    let mut seen = BTreeSet::new();
    for (stop, form) in &stops {
        let value = format!("{form} {} {}", stop["kind"].as_str().unwrap(), stop["frequent"].as_str().unwrap());
        let (symbol, _) = categories[value.as_str()];
        assert_eq!(symbol.at("type"), if *form == "Point" { "marker" } else { "line" });
        seen.insert(value);
    }
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), categories.keys().copied().collect::<Vec<_>>());
    assert!(seen.iter().any(|value| value.starts_with("Line")) && seen.iter().any(|value| value.starts_with("Point")));
    assert_eq!(style.root.at("labelsEnabled"), "1");
    let label = style.root.child("labeling").child("settings").child("text-style");
    assert!(["\"name\"", "\"peak_trips_lo\"", "\"peak_trips_hi\""].iter().all(|it| label.at("fieldName").contains(it)));
    assert_titled(&style, &names(&stops[0].0));
}

#[test]
fn facilities_too_close_to_one_of_their_kind_stand_out() {
    let folder = Folder::with_sample();
    folder.edit("city/kyoten.toml", "station_radius_m = 1000", "station_radius_m = 1000\nfacility_spacing_m = 150");
    for (project, limit, is_conflict) in [("data", 700, true), ("city", 150, false)] {
        let project = if project == "data" { sample().display().to_string() } else { project.to_owned() };
        folder.run(&[&project, "--out", "out"]);
        let style = Style::read(&folder.text("out/facilities.qml"));
        assert!(style.by().contains(&format!(r#""nearest_same_kind_m" < {limit},"#)), "{}", style.by());
        let categories = style.categories();
        let facilities = features(&folder, "out/facilities.geojson");
        let mut seen = BTreeSet::new();
        for (facility, form) in facilities.iter().filter(|(_, form)| !form.is_empty()) {
            let is_close = facility["nearest_same_kind_m"].as_f64().is_some_and(|metres| metres < f64::from(limit));
            let word = if is_close { "close" } else { "clear" };
            let value = format!("{form} {word} {}", facility["kind"].as_str().unwrap_or_default());
            let (symbol, label) = categories[value.as_str()];
            let fill = &symbol.children[0].child("symbol").children[0];
            assert_eq!(fill.options()["outline_color"] == "213,94,0,255", is_close, "{value}");
            assert_eq!(label.contains(&format!("同種まで {limit} m 未満")), is_close, "{label}");
            seen.insert(value);
        }
        assert_eq!(seen.len(), categories.len());
        assert_eq!(seen.iter().any(|value| value.contains(" close ")), is_conflict);
        assert_titled(&style, &names(&facilities[0].0));
    }
}

#[test]
fn kinds_that_are_no_xml_do_no_harm() {
    let folder = Folder::with_sample();
    let odd = r#"デイ "A" <&> 'é'"#;
    folder.put("city/facilities.csv", "経度,緯度,名称,種別,敷地面積\n138.4,34.9,拠点,\"デイ \"\"A\"\" <&> 'é'\",500\n");
    folder.edit("city/kyoten.toml", "encoding = \"cp932\"", "encoding = \"utf-8\"");
    folder.run(&["city", "--out", "out"]);
    let kinds = features(&folder, "out/facilities.geojson");
    assert!(kinds.iter().any(|(facility, _)| facility["kind"] == odd), "{kinds:?}");
    let style = Style::read(&folder.text("out/facilities.qml"));
    assert!(style.categories().keys().any(|value| value.ends_with(odd)));
}

#[test]
fn only_formats_that_qgis_looks_beside_have_a_style_there() {
    let folder = Folder::with_sample();
    for (format, is_there) in [("csv", false), ("fgb", true), ("geojson,csv", true)] {
        folder.run(&["city", "--out", "out", "--format", format]);
        assert_eq!(folder.names("out").contains(&"parcels.qml".to_owned()), is_there, "{format}");
    }
}
