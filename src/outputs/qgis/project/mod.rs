//! The project for QGIS that shows all layers of a run: in groups, with styles, a theme and a sheet to print for each zone.
//!
//! It is written line by line: every layer, every entry of the tree, of a theme and of a legend is one line, and what may be added
//! to the run later has its lines from the beginning, empty but for a comment. So [`with_layer`] puts a layer in without reading XML,
//! and no byte hangs on the order of additions. Names of files are relative, ids follow from names, and nothing is of the moment.

mod archive;
mod layer;
mod legend;
mod panel;
mod sheet;
mod tree;

use std::fmt::Write;

use super::escaped;
use crate::crs::Plane;
use crate::geometry::Bounds;
use crate::outputs::names::ADDITIONS;
use crate::text::{Lang, Text};

pub use layer::{ProjectLayer, Source};
pub use sheet::{Sheet, Shown};
pub use tree::{Group, Node};

/// The room around the city, of its own width and height.
const AROUND: f64 = 0.04;

/// A project.
#[derive(Debug)]
pub struct Project {
    /// What it is called.
    pub name: String,
    /// The language of what it shows.
    pub lang: Lang,
    /// The plane of maps; layers are in longitude and latitude.
    pub plane: Plane,
    /// A box of the plane around the city, which is shown first.
    pub extent: Bounds,
    /// The layers from the uppermost down.
    pub nodes: Vec<Node>,
    /// The sheets to print, each with the theme of its name.
    pub sheets: Vec<Sheet>,
}

impl Project {
    /// The file of the project. The same project gives the same bytes.
    ///
    /// # Errors
    /// Where it cannot be packed.
    pub fn qgz(&self) -> std::io::Result<Vec<u8>> {
        archive::pack(&self.qgs())
    }

    /// What is packed in it.
    #[must_use]
    pub fn qgs(&self) -> String {
        let crs = system(self.plane.epsg());
        let name = escaped(&self.name);
        let [width, height] = self.extent.size();
        let Bounds { min, max } = self.extent.grown(AROUND * width.max(height));
        let [west, south, east, north] = [min[0], min[1], max[0], max[1]].map(metres);
        let mut out = String::from("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
        let _ = writeln!(out, r#"<qgis projectname="{name}" version="3.22.0">"#);
        let _ = writeln!(out, "<homePath path=\"\"/>\n<title>{name}</title>\n<projectCrs>{crs}</projectCrs>");
        self.write_tree(&mut out);
        let _ = writeln!(
            out,
            concat!(
                r#"<mapcanvas name="theMapCanvas" annotationsVisible="1"><units>meters</units>"#,
                "<extent><xmin>{}</xmin><ymin>{}</ymin><xmax>{}</xmax><ymax>{}</ymax></extent>",
                "<rotation>0</rotation><destinationsrs>{}</destinationsrs></mapcanvas>"
            ),
            west, south, east, north, crs
        );
        out.push_str("<projectlayers>\n");
        self.each_layer(|layer| {
            out.push_str(&layer.xml(self.lang));
            out.push('\n');
        });
        places_for_additions(&mut out);
        out.push_str("</projectlayers>\n");
        self.write_themes(&mut out);
        let lang = if self.lang == Lang::Ja { JAPANESE } else { ENGLISH };
        let _ = writeln!(out, "<properties>\n{}\n{lang}\n</properties>", PROPERTIES.join("\n"));
        let _ = writeln!(
            out,
            concat!(
                r#"<ProjectViewSettings UseProjectScales="0"><DefaultViewExtent xmin="{}" ymin="{}" xmax="{}" ymax="{}">"#,
                "{}</DefaultViewExtent></ProjectViewSettings>"
            ),
            west, south, east, north, crs
        );
        out.push_str("<Layouts>\n");
        for sheet in &self.sheets {
            sheet.write(&mut out, self);
        }
        out.push_str("</Layouts>\n</qgis>\n");
        out
    }

    /// Shows every layer to `look`, from the uppermost down.
    fn each_layer<'a>(&'a self, mut look: impl FnMut(&'a ProjectLayer)) {
        fn through<'a>(nodes: &'a [Node], look: &mut dyn FnMut(&'a ProjectLayer)) {
            for node in nodes {
                match node {
                    Node::Layer(layer) => look(layer),
                    Node::Group(group) => through(&group.nodes, look),
                }
            }
        }
        through(&self.nodes, &mut look);
    }
}

/// What every project says of itself: names of files are relative, and lengths are those of the ellipsoid in metres.
const PROPERTIES: [&str; 4] = [
    r#"<Paths><Absolute type="bool">false</Absolute></Paths>"#,
    r#"<Measure><Ellipsoid type="QString">EPSG:7019</Ellipsoid></Measure>"#,
    r#"<Measurement><DistanceUnits type="QString">meters</DistanceUnits><AreaUnits type="QString">m2</AreaUnits></Measurement>"#,
    r#"<SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys>"#,
];

/// In which language it speaks, for whatever is added later.
const JAPANESE: &str = r#"<Kyoten><Language type="QString">ja</Language></Kyoten>"#;
const ENGLISH: &str = r#"<Kyoten><Language type="QString">en</Language></Kyoten>"#;

/// The project of a run with the layer of a product that was worked out after it, above all others and in every sheet; an earlier
/// one goes, also where there is nothing now that can be drawn. `None` where it is no project of a run.
#[must_use]
pub fn with_layer(qgz: &[u8], product: &str, layer: Option<&ProjectLayer>) -> Option<Vec<u8>> {
    let qgs = archive::unpack(qgz)?;
    let line_of = |words: &str| qgs.lines().any(|line| line == words);
    let lang = match (line_of(JAPANESE), line_of(ENGLISH)) {
        (true, false) => Lang::Ja,
        (false, true) => Lang::En,
        _ => return None,
    };
    let place = place(&id_of(product));
    let mut is_placed = false;
    let mut out = String::with_capacity(qgs.len());
    // Which list a place is in.
    let mut list = None;
    for line in qgs.lines() {
        list = List::opened_by(line).or(list);
        if line.starts_with(&place) {
            is_placed = true;
            out.push_str(&place);
            match (list, layer) {
                (Some(List::Tree), Some(layer)) => layer.write_entry(&mut out, lang, true, &[]),
                (Some(List::Theme), Some(layer)) => layer.write_in_theme(&mut out, None, &[]),
                (Some(List::Layers), Some(layer)) => out.push_str(&layer.xml(lang)),
                _ => {}
            }
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    if is_placed { archive::pack(&out).ok() } else { None }
}

/// A list of layers.
#[derive(Clone, Copy)]
enum List {
    /// The tree of all, or a legend's.
    Tree,
    /// What a theme shows.
    Theme,
    /// What they are.
    Layers,
}

impl List {
    fn opened_by(line: &str) -> Option<Self> {
        let opens = |element: &str| line.starts_with(element);
        match () {
            () if opens("<layer-tree-group") => Some(Self::Tree),
            () if opens("<visibility-preset ") => Some(Self::Theme),
            () if opens("<projectlayers") => Some(Self::Layers),
            () => None,
        }
    }
}

/// What a line begins with in which an addition may stand.
fn place(id: &str) -> String {
    format!("<!--{id}-->")
}

/// The id of the layer of a product.
#[must_use]
pub fn id_of(product: &str) -> String {
    format!("kyoten_{product}")
}

/// Leaves room for whatever may be added to the run.
fn places_for_additions(out: &mut String) {
    for product in ADDITIONS {
        out.push_str(&place(&id_of(product)));
        out.push('\n');
    }
}

/// A reference system by its EPSG code. QGIS looks at the code only where a number of its own (`srsid`) stands beside it, whichever.
fn system(epsg: u16) -> String {
    format!("<spatialrefsys><srsid>{epsg}</srsid><srid>{epsg}</srid><authid>EPSG:{epsg}</authid></spatialrefsys>")
}

/// Metres of the plane, to a millimetre.
fn metres(metres: f64) -> String {
    format!("{metres:.3}")
}

/// The words of a language, as the value of an attribute.
fn said(text: &Text, lang: Lang) -> String {
    escaped(text.get(lang))
}
