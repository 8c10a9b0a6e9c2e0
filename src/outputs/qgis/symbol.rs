//! Symbols of QGIS: what a category is drawn with, by the form of its geometry.
//!
//! What is open is hatched, so that it is told from the rest without any colour.

use std::fmt::Write;

use crate::outputs::ground::{GroundLine, GroundLook};

/// The form of a geometry, which decides what can be drawn of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Points.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Area,
}

impl Form {
    /// The form of a geometry; `None` for a collection, which QGIS draws with no symbol.
    #[must_use]
    pub fn of(geometry: &geo::Geometry<f64>) -> Option<Self> {
        use geo::Geometry as G;
        match geometry {
            G::Point(_) | G::MultiPoint(_) => Some(Self::Point),
            G::Line(_) | G::LineString(_) | G::MultiLineString(_) => Some(Self::Line),
            G::Polygon(_) | G::MultiPolygon(_) | G::Rect(_) | G::Triangle(_) => Some(Self::Area),
            G::GeometryCollection(_) => None,
        }
    }

    /// What `geometry_type($geometry)` gives for it in QGIS.
    #[must_use]
    pub fn qgis(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::Line => "Line",
            Self::Area => "Polygon",
        }
    }
}

/// What fills a symbol: a colour, plain or as hatching.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// 0 to 255; 255 hides what lies below.
    pub alpha: u8,
    /// Whether it is hatched.
    pub hatched: bool,
}

/// What goes around it.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// Millimetres on paper.
    pub width: f64,
    /// A style of pens: `solid`, `dash`, `dot`.
    pub pen: &'static str,
    /// The smallest scale, as 1 : this, at which it is told from what it encloses; `None`: at all.
    pub from: Option<u32>,
}

/// The shape of a marker, by the name that QGIS has for it.
pub type MarkerShape = &'static str;

/// What one category is drawn with.
#[derive(Debug, Clone, Copy)]
pub enum Symbol {
    /// What a map is about.
    Sign(Sign),
    /// What lies under it.
    Ground(GroundLook),
}

/// How something is drawn that a map is about.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// Of which form.
    pub form: Form,
    /// What fills it.
    pub paint: Paint,
    /// What goes around it.
    pub outline: Outline,
    /// Of points only.
    pub shape: MarkerShape,
}

/// The side of a marker and the width of a line, in millimetres on paper.
const MARKER: f64 = 3.0;
const LINE: f64 = 1.2;

/// Between the dashes of a line.
const GAP: [u8; 3] = [255, 255, 255];

/// On maps of a smaller scale than 1 : this there are many markers, and they are smaller.
const SMALL_BEYOND: u32 = 25_000;
const SMALL_MARKER: f64 = 1.8;

/// Hatching: lines so far from each other and so wide, in millimetres on paper, with a tint below that still shows
/// where an area is too small for a line of it.
const HATCH_DISTANCE: f64 = 1.2;
const HATCH_WIDTH: f64 = 0.4;
const TINT: u8 = 70;

impl Symbol {
    /// Of which form it is.
    #[must_use]
    pub fn form(&self) -> Form {
        match self {
            Self::Sign(sign) => sign.form,
            Self::Ground(look) if look.fill.is_some() => Form::Area,
            Self::Ground(_) => Form::Line,
        }
    }

    /// Adds the symbol under a name.
    pub(super) fn write(&self, out: &mut String, name: &str) {
        match self {
            Self::Sign(sign) => sign.write(out, name),
            Self::Ground(look) => ground(out, name, look),
        }
    }
}

impl Sign {
    fn write(&self, out: &mut String, name: &str) {
        let Self { paint, outline, .. } = *self;
        match self.form {
            Form::Area => fill(out, name, paint, outline),
            Form::Line => symbol(out, name, "line", |out| {
                // An edge, as markers have one: a line may lie on an area of its own colour.
                layer(out, "SimpleLine", &line(outline.colour, LINE + 2.0 * outline.width, "solid"), "");
                if paint.hatched {
                    layer(out, "SimpleLine", &line(GAP, LINE, "solid"), "");
                }
                layer(out, "SimpleLine", &line(paint.colour, LINE, if paint.hatched { "dash" } else { "solid" }), "");
            }),
            Form::Point => {
                let size = MARKER.to_string();
                let about = [("name", self.shape.to_owned()), ("size", size), ("size_unit", "MM".to_owned())];
                let mut inner = String::new();
                fill(&mut inner, &format!("@{name}@0"), paint, outline);
                inner +=
                    &data_defined("size", &format!("if(@map_scale &gt; {SMALL_BEYOND}, {SMALL_MARKER}, {MARKER})"));
                symbol(out, name, "marker", |out| layer(out, "FilledMarker", &about, &inner));
            }
        }
    }
}

/// The symbol of what lies under maps: its area, and the lines along it.
fn ground(out: &mut String, name: &str, look: &GroundLook) {
    let kind = if look.fill.is_some() { "fill" } else { "line" };
    symbol(out, name, kind, |out| {
        if let Some(colour) = look.fill {
            let fill =
                [("color", rgba(colour, u8::MAX)), ("style", "solid".to_owned()), ("outline_style", "no".to_owned())];
            layer(out, "SimpleFill", &fill, "");
        }
        for GroundLine { colour, width, dashes } in look.lines {
            let dashes = dashes.iter().map(f64::to_string).collect::<Vec<_>>().join(";");
            let mut options = line(*colour, *width, "solid").to_vec();
            options.extend([("capstyle", "flat".to_owned()), ("joinstyle", "round".to_owned())]);
            if !dashes.is_empty() {
                options.extend([("use_custom_dash", "1".to_owned()), ("customdash", dashes)]);
                options.push(("customdash_unit", "MM".to_owned()));
            }
            layer(out, "SimpleLine", &options, "");
        }
    });
}

/// A symbol of areas.
pub(super) fn fill(out: &mut String, name: &str, paint: Paint, outline: Outline) {
    let alpha = if paint.hatched { TINT.min(paint.alpha) } else { paint.alpha };
    let plain = [
        ("color", rgba(paint.colour, alpha)),
        ("style", "solid".to_owned()),
        ("outline_color", rgba(outline.colour, u8::MAX)),
        ("outline_style", outline.pen.to_owned()),
        ("outline_width", outline.width.to_string()),
        ("outline_width_unit", "MM".to_owned()),
        ("joinstyle", "miter".to_owned()),
    ];
    symbol(out, name, "fill", |out| {
        layer(out, "SimpleFill", &plain, &by_scale(paint, outline));
        if paint.hatched {
            let lines = [
                ("angle", "45".to_owned()),
                ("color", rgba(paint.colour, u8::MAX)),
                ("distance", HATCH_DISTANCE.to_string()),
                ("distance_unit", "MM".to_owned()),
                ("line_width", HATCH_WIDTH.to_string()),
                ("line_width_unit", "MM".to_owned()),
            ];
            let mut inner = String::new();
            symbol(&mut inner, &format!("@{name}@1"), "line", |out| {
                layer(out, "SimpleLine", &line(paint.colour, HATCH_WIDTH, "solid"), "");
            });
            layer(out, "LinePatternFill", &lines, &inner);
        }
    });
}

/// Draws a border in the colour of what it encloses on maps of a smaller scale than it is seen from.
fn by_scale(paint: Paint, outline: Outline) -> String {
    let Some(from) = outline.from else { return String::new() };
    // Over areas that are hatched the border of many small ones would leave nothing of the hatching.
    let inside = rgba(paint.colour, if paint.hatched { TINT } else { u8::MAX });
    let border = rgba(outline.colour, u8::MAX);
    let expression = format!("if(@map_scale &gt; {from}, '{inside}', '{border}')");
    data_defined("outlineColor", &expression)
}

/// What of a layer of a symbol hangs on an expression, which is XML already.
fn data_defined(property: &str, expression: &str) -> String {
    format!(
        concat!(
            r#"<data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/>"#,
            r#"<Option name="properties" type="Map"><Option name="{}" type="Map">"#,
            r#"<Option name="active" type="bool" value="true"/>"#,
            r#"<Option name="expression" type="QString" value="{}"/>"#,
            r#"<Option name="type" type="int" value="3"/></Option></Option>"#,
            r#"<Option name="type" type="QString" value="collection"/></Option></data_defined_properties>"#
        ),
        property, expression
    )
}

/// A symbol of a plain line.
pub(super) fn line_symbol(out: &mut String, name: &str, colour: [u8; 3], width: f64) {
    symbol(out, name, "line", |out| layer(out, "SimpleLine", &line(colour, width, "solid"), ""));
}

/// What makes a line.
fn line(colour: [u8; 3], width: f64, pen: &str) -> [(&'static str, String); 4] {
    [
        ("line_color", rgba(colour, u8::MAX)),
        ("line_style", pen.to_owned()),
        ("line_width", width.to_string()),
        ("line_width_unit", "MM".to_owned()),
    ]
}

fn symbol(out: &mut String, name: &str, kind: &str, layers: impl FnOnce(&mut String)) {
    let _ = write!(out, r#"<symbol name="{name}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">"#);
    layers(out);
    out.push_str("</symbol>");
}

/// A layer of a symbol; `inner` is the symbol that it is made of itself, where it is.
fn layer(out: &mut String, class: &str, options: &[(&str, String)], inner: &str) {
    let _ = write!(out, r#"<layer class="{class}" enabled="1" pass="0" locked="0"><Option type="Map">"#);
    for (name, value) in options {
        let _ = write!(out, r#"<Option name="{name}" type="QString" value="{value}"/>"#);
    }
    let _ = write!(out, "</Option>{inner}</layer>");
}

/// A colour as QGIS writes it.
fn rgba([red, green, blue]: [u8; 3], alpha: u8) -> String {
    format!("{red},{green},{blue},{alpha}")
}
