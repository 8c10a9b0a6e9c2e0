//! The words of the programme's leaflet, read right: one small town a test, whose answer follows from them.

mod expectations;
mod facilities;
mod layers;
mod modes;
mod set_zones;
mod zones;

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::support::{Folder, Run};

/// Plane metres to a metre on the ground at the central meridian of a plane rectangular system.
const SCALE: f64 = 0.9999;

/// A town drawn in metres on the ground, x to the east and y to the north of the origin of system VIII.
pub struct Town {
    pub folder: Folder,
    head: String,
    layers: String,
    rest: String,
}

/// A feature: a geometry and its properties.
pub type Drawn = (Value, Value);

impl Town {
    /// A town in a municipality that may use every zone, without layers.
    pub fn new() -> Self {
        Self::of("municipality = \"22212\"\n")
    }

    /// A town whose project file begins with these lines.
    pub fn of(head: &str) -> Self {
        Self { folder: Folder::new(), head: format!("plane = 8\n{head}"), layers: String::new(), rest: String::new() }
    }

    /// Adds a layer; `keys` stands in its table, such as `, peak_trips = "peak"`.
    pub fn layer(self, name: &str, keys: &str, drawn: &[Drawn]) -> Self {
        self.layer_in(name, &format!("{name}.geojson"), keys, drawn)
    }

    /// The same in a file of this name, such as a publication's.
    pub fn layer_in(mut self, name: &str, file: &str, keys: &str, drawn: &[Drawn]) -> Self {
        self.folder.put(file, features(drawn).to_string());
        writeln!(self.layers, "{name} = {{ path = \"{file}\", crs = \"EPSG:6676\"{keys} }}").unwrap();
        self
    }

    /// A layer of which the town has none.
    pub fn none(mut self, name: &str) -> Self {
        writeln!(self.layers, "{name} = []").unwrap();
        self
    }

    /// A line among the layers, such as timetables.
    pub fn line(mut self, line: &str) -> Self {
        self.layers += line;
        self.layers += "\n";
        self
    }

    /// Parcels, 20 m square, by name and lower left corner.
    pub fn parcels(self, parcels: &[(&str, [f64; 2])]) -> Self {
        let drawn: Vec<Drawn> =
            parcels.iter().map(|(id, [x, y])| (rect(*x, *y, 20.0, 20.0), json!({ "id": id }))).collect();
        self.layer("parcels", ", id = \"id\"", &drawn)
    }

    /// Lines below the layers.
    pub fn with(mut self, lines: &str) -> Self {
        self.rest += lines;
        self.rest += "\n";
        self
    }

    /// Writes the project file.
    pub fn write(&self) -> &Folder {
        let Self { folder, head, layers, rest } = self;
        folder.put("kyoten.toml", format!("{head}\n[layers]\n{layers}\n{rest}"))
    }

    /// Runs, whatever comes of it.
    pub fn run(&self) -> Run {
        self.write().kyoten(&["run", "kyoten.toml", "--no-map"])
    }

    /// Runs and gives the columns of every parcel by its id.
    pub fn judged(&self) -> Map<String, Value> {
        let run = self.run();
        assert_eq!(run.status, 0, "{}", run.stderr);
        let parcels = self.folder.json("kyoten-out/parcels.geojson");
        let of = |feature: &Value| {
            let columns = feature["properties"].clone();
            (columns["kyoten_id"].as_str().unwrap().to_owned(), columns)
        };
        parcels["features"].as_array().unwrap().iter().map(of).collect()
    }
}

/// Asserts what a column says of parcels.
pub fn assert_column(judged: &Map<String, Value>, column: &str, wanted: &[(&str, &str)]) {
    for (id, status) in wanted {
        assert_eq!(judged[*id][column], *status, "{id} {column}: {}", judged[*id]);
    }
}

/// A rectangle by its lower left corner, width and height.
pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Value {
    let ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]].map(on_plane);
    json!({ "type": "Polygon", "coordinates": [ring] })
}

/// A point.
pub fn point(x: f64, y: f64) -> Value {
    json!({ "type": "Point", "coordinates": on_plane([x, y]) })
}

/// A rectangle without properties.
pub fn area(x: f64, y: f64, width: f64, height: f64) -> Drawn {
    (rect(x, y, width, height), json!({}))
}

fn on_plane(point: [f64; 2]) -> [f64; 2] {
    point.map(|metres| metres * SCALE)
}

pub fn features(drawn: &[Drawn]) -> Value {
    let features: Vec<Value> = drawn
        .iter()
        .map(|(geometry, properties)| json!({ "type": "Feature", "geometry": geometry, "properties": properties }))
        .collect();
    json!({ "type": "FeatureCollection", "features": features })
}
