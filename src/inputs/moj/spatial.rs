//! The shapes of a sheet (空間属性): points, the lines between them, and the areas that lines enclose, each known by
//! an id that later ones refer to.

use std::collections::BTreeMap;

use super::join::join;
use crate::geometry::Point;
use crate::inputs::xml::{Element, Xml, XmlFault};
use crate::text::Text;

/// An area: polygons, each a shell and its holes. Easting before northing, metres.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Surface {
    pub(super) polygons: Vec<Vec<Vec<Point>>>,
    /// Whether a ring consists of lines that do not meet.
    pub(super) gap: bool,
}

/// The shapes that were read, and the one that is being read.
#[derive(Debug)]
pub(super) struct Spatial {
    points: BTreeMap<String, Point>,
    lines: BTreeMap<String, Vec<Point>>,
    surfaces: BTreeMap<String, Surface>,
    /// How many more points may come of references.
    budget: usize,
    id: String,
    northing: Option<f64>,
    easting: Option<f64>,
    line: Vec<Point>,
    /// The line that the one being read is the same as, or the reverse of.
    primitive: Option<String>,
    reversed: bool,
    ring: Vec<String>,
    rings: Vec<Vec<Point>>,
    polygon: Vec<Vec<Point>>,
    surface: Surface,
}

impl Spatial {
    /// For a sheet of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        // A point takes more than sixty bytes and is used by the parcels around it. A file in which few points are used
        // over and over is made to fill the memory.
        let budget = bytes / 8;
        Self {
            points: BTreeMap::new(),
            lines: BTreeMap::new(),
            surfaces: BTreeMap::new(),
            budget,
            id: String::new(),
            northing: None,
            easting: None,
            line: Vec::new(),
            primitive: None,
            reversed: false,
            ring: Vec::new(),
            rings: Vec::new(),
            polygon: Vec::new(),
            surface: Surface::default(),
        }
    }

    /// The area with this id.
    pub(super) fn surface(&mut self, id: &str, xml: &Xml<'_>) -> Result<Surface, XmlFault> {
        let surface = self.surfaces.get(id).ok_or_else(|| missing(xml, SURFACE, id))?.clone();
        self.spend(surface.polygons.iter().flatten().map(Vec::len).sum(), xml)?;
        Ok(surface)
    }

    /// Takes note of an element that begins.
    pub(super) fn open(&mut self, element: &Element<'_>, xml: &Xml<'_>) -> Result<(), XmlFault> {
        let reference = || element.attribute("idref").unwrap_or_default();
        match element.name() {
            "GM_Point" | "GM_Curve" | "GM_Surface" => self.id = element.attribute("id").unwrap_or_default(),
            "GM_OrientablePrimitive.primitive" => self.primitive = Some(reference()),
            "GM_PointRef.point" => {
                let id = reference();
                let point = self.points.get(&id).ok_or_else(|| missing(xml, POINT, &id))?;
                self.line.push(*point);
            }
            "GM_CompositeCurve.generator" => self.ring.push(reference()),
            _ => {}
        }
        Ok(())
    }

    /// Takes in what an element holds that ends.
    pub(super) fn close(&mut self, name: &str, xml: &Xml<'_>) -> Result<(), XmlFault> {
        match name {
            // The corners of a sheet's frame, which are no shapes, have such coordinates too.
            "X" if !self.id.is_empty() => self.northing = Some(coordinate(xml)?),
            "Y" if !self.id.is_empty() => self.easting = Some(coordinate(xml)?),
            "DirectPosition" | "GM_Position.direct" => {
                if let (Some(northing), Some(easting)) = (self.northing.take(), self.easting.take()) {
                    self.line.push([easting, northing]);
                }
            }
            "GM_Point" => {
                let id = std::mem::take(&mut self.id);
                let point = std::mem::take(&mut self.line).pop();
                let nowhere = || xml.fault(Text::new("座標のない点があります", "a point has no coordinates"));
                self.points.insert(id, point.ok_or_else(nowhere)?);
            }
            "GM_OrientablePrimitive.orientation" => self.reversed = xml.text() == "-",
            "GM_Curve" => self.end_line(xml)?,
            "GM_Ring" => self.end_ring(xml)?,
            "GM_SurfaceBoundary.exterior" => {
                let holes = std::mem::replace(&mut self.polygon, std::mem::take(&mut self.rings));
                self.polygon.extend(holes);
            }
            "GM_SurfaceBoundary.interior" => self.polygon.append(&mut self.rings),
            "GM_Polygon" => self.surface.polygons.push(std::mem::take(&mut self.polygon)),
            "GM_Surface" => {
                self.surfaces.insert(std::mem::take(&mut self.id), std::mem::take(&mut self.surface));
            }
            _ => {}
        }
        Ok(())
    }

    fn end_line(&mut self, xml: &Xml<'_>) -> Result<(), XmlFault> {
        let id = std::mem::take(&mut self.id);
        let mut line = std::mem::take(&mut self.line);
        // A line that names itself as what it runs along has points of its own.
        if let Some(other) = self.primitive.take().filter(|other| line.is_empty() && *other != id) {
            line.clone_from(self.lines.get(&other).ok_or_else(|| missing(xml, LINE, &other))?);
            self.spend(line.len(), xml)?;
            if self.reversed {
                line.reverse();
            }
        }
        self.reversed = false;
        line.dedup();
        self.lines.insert(id, line);
        Ok(())
    }

    fn end_ring(&mut self, xml: &Xml<'_>) -> Result<(), XmlFault> {
        let ids = std::mem::take(&mut self.ring);
        let find = |id: &String| self.lines.get(id).map(Vec::as_slice).ok_or_else(|| missing(xml, LINE, id));
        let lines = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let points = lines.iter().map(|line| line.len()).sum();
        if points > self.budget {
            return Err(too_often(xml)); // asked before they are copied
        }
        let ring = join(&lines);
        self.spend(points, xml)?;
        self.surface.gap |= ring.gap;
        if !ring.points.is_empty() {
            self.rings.push(ring.points);
        }
        Ok(())
    }

    fn spend(&mut self, points: usize, xml: &Xml<'_>) -> Result<(), XmlFault> {
        self.budget = self.budget.checked_sub(points).ok_or_else(|| too_often(xml))?;
        Ok(())
    }
}

fn coordinate(xml: &Xml<'_>) -> Result<f64, XmlFault> {
    let number = xml.text().parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| {
        let shown = beginning(xml.text());
        xml.fault(text!("座標「{shown}」は数ではありません", "the coordinate “{shown}” is not a number"))
    })
}

const POINT: Text = Text::new("点", "point");
const LINE: Text = Text::new("線", "line");
const SURFACE: Text = Text::new("面", "surface");

fn missing(xml: &Xml<'_>, what: Text, id: &str) -> XmlFault {
    let id = beginning(id);
    xml.fault(text!(
        "この手前に、IDが「{id}」の{what}がありません",
        "no {what} before this has the id “{id}”",
        what = what
    ))
}

fn too_often(xml: &Xml<'_>) -> XmlFault {
    xml.fault(Text::new("同じ点が何度も使われすぎています", "the same points are used far too often"))
}

/// So much of a text as a message bears.
fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}
