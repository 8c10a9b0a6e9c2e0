//! A sheet to print: A3, the map to the left, and beside it what it means, how large it is, and what it rests on.

use std::fmt::Write;

use sha2::{Digest as _, Sha256};

use super::super::symbol::{fill, line_symbol};
use super::super::{FONT, Outline, Paint, escaped};
use super::panel::Panel;
use super::{Project, ProjectLayer, legend, metres};
use crate::crs::round_scale;
use crate::geometry::Bounds;
use crate::text::{Lang, Text, hex};

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    /// Its name in the list of sheets.
    pub name: String,
    /// The theme that it shows, which has no other use.
    pub theme: String,
    /// What stands above the map.
    pub title: String,
    /// The layers that it shows, each with the name of its style; the tree says in which order.
    pub shown: Vec<Shown>,
    /// What the map rests on, line by line.
    pub notes: Vec<String>,
}

/// A layer that a sheet shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The id of the layer.
    pub id: String,
    /// The style; `None`: the only one that it has.
    pub style: Option<String>,
    /// Its categories that are shown, by their places; empty: all.
    pub categories: Vec<usize>,
    /// Whether the legend tells of it.
    pub in_legend: bool,
}

impl Shown {
    /// All of a layer in its only style, which the legend tells of.
    #[must_use]
    pub fn whole(id: String) -> Self {
        Self { id, style: None, categories: Vec::new(), in_legend: true }
    }
}

/// A frame on the sheet, millimetres: left, top, width, height.
pub(super) type Frame = [f64; 4];

/// A3, landscape.
const PAGE: Frame = [0.0, 0.0, 420.0, 297.0];
const TITLE: Frame = [12.0, 9.0, 396.0, 13.0];
pub(super) const MAP: Frame = [12.0, 25.0, 292.0, 260.0];

/// Points of letters.
const LARGE: f64 = 20.0;
pub(super) const USUAL: f64 = 9.0;
/// Those of notes: the first in which all have room.
const SMALL: [f64; 3] = [6.5, 6.0, 5.5];

/// So many letters of full width are in a line of notes of the usual size, and so much of one is another.
const LETTERS: f64 = 41.0;
const NARROW: f64 = 0.5;

/// No map is larger than 1:250: a single parcel needs no wall.
const LARGEST: f64 = 250.0;

/// The part of the frame that is left free around the city, on each side.
const FREE: f64 = 0.035;

/// What items of a sheet are, in the numbers of QGIS.
const PAGE_ITEM: u32 = 65_638;
const MAP_ITEM: u32 = 65_639;
const PICTURE: u32 = 65_640;
const LABEL: u32 = 65_641;
pub(super) const LEGEND_ITEM: u32 = 65_642;
const SCALE_BAR: u32 = 65_646;

/// Words stand to the left, at the top or in the middle, in the numbers of Qt.
const LEFT: u32 = 1;
const TOP: u32 = 32;
const MIDDLE: u32 = 128;

/// What of the plane a map at a round scale shows, the largest that shows all of `bounds`; and that scale, as 1 : this.
fn round_extent(bounds: &Bounds) -> (Bounds, f64) {
    let [_, _, wide, high] = MAP;
    let ([width, height], middle) = (bounds.size(), bounds.centre());
    let room = 1.0 - 2.0 * FREE;
    let needed = (width / (wide * room)).max(height / (high * room)) * 1000.0;
    let scale = round_scale(needed.max(LARGEST));
    let half = [wide, high].map(|mm| mm / 1000.0 * scale / 2.0);
    let bounds =
        Bounds { min: [middle[0] - half[0], middle[1] - half[1]], max: [middle[0] + half[0], middle[1] + half[1]] };
    (bounds, scale)
}

impl Sheet {
    /// What of the plane a sheet shows where the city lies in a box of it.
    #[must_use]
    pub fn extent(city: &Bounds) -> Bounds {
        round_extent(city).0
    }

    /// Whether its legend tells of a layer, and how that is shown.
    pub(super) fn tells(&self, layer: &ProjectLayer) -> Option<&Shown> {
        self.shows(layer).filter(|shown| shown.in_legend)
    }

    /// Whether it shows a layer, and how.
    pub(super) fn shows(&self, layer: &ProjectLayer) -> Option<&Shown> {
        self.shown.iter().find(|shown| shown.id == layer.id)
    }

    pub(super) fn write(&self, out: &mut String, project: &Project) {
        let lang = project.lang;
        let (extent, scale) = round_extent(&project.extent);
        let id = |item: &str| uuid(&format!("{} {item}", self.theme));
        let name = escaped(&self.name);
        let _ = writeln!(out, r#"<Layout units="mm" printResolution="300" name="{name}">"#);
        out.push_str("<PageCollection>");
        item(out, PAGE_ITEM, PAGE, &id("page"), r#"background="true""#, &paper());
        out.push_str("</PageCollection>\n");
        self.map(out, &id("map"), &extent);
        let title = Words { text: self.title.clone(), size: LARGE, is_bold: true, upright: MIDDLE };
        title.write(out, TITLE, &id("title"));
        let panel = Panel::below(legend::Extent::of(self, project), needed(&self.notes));
        legend::write(out, self, project, (panel.legend, panel.letters), [&id("legend"), &id("map")]);
        let words = Text::new("縮尺 1 : {scale}（A3）", "scale 1 : {scale} (A3)");
        let scale_words = words.get(lang).replace("{scale}", &crate::outputs::thousands(scale as u64));
        Words { text: scale_words, size: USUAL, is_bold: false, upright: MIDDLE }.write(out, panel.scale, &id("scale"));
        scale_bar(out, panel.bar, scale, [&id("bar"), &id("map")]);
        arrow(out, panel.arrow, [&id("arrow"), &id("map")]);
        let of_size = |size: f64| {
            let part = size / SMALL[0];
            (size, fitted(&self.notes, panel.lines(part), LETTERS / part, lang))
        };
        let all = SMALL.map(of_size);
        let (size, (text, _)) = all.iter().find(|(_, (_, left))| *left == 0).unwrap_or(&all[SMALL.len() - 1]).clone();
        let notes = Words { text, size, is_bold: false, upright: TOP };
        notes.write(out, panel.notes, &id("notes"));
        out.push_str("</Layout>\n");
    }

    /// The map, which follows the theme whatever else the project shows.
    fn map(&self, out: &mut String, id: &str, extent: &Bounds) {
        let Bounds { min, max } = *extent;
        let [west, south, east, north] = [min[0], min[1], max[0], max[1]].map(metres);
        let about = format!(
            concat!(
                r#"id="map" frame="true" background="true" followPreset="true" followPresetName="{}" keepLayerSet="false" "#,
                r#"drawCanvasItems="false" mapRotation="0""#
            ),
            escaped(&self.theme)
        );
        let inner = format!(r#"<Extent xmin="{west}" ymin="{south}" xmax="{east}" ymax="{north}"/><LayerSet/>"#);
        item(out, MAP_ITEM, MAP, id, &about, &inner);
    }
}

/// Words on a sheet.
struct Words {
    text: String,
    size: f64,
    is_bold: bool,
    upright: u32,
}

impl Words {
    fn write(&self, out: &mut String, frame: Frame, id: &str) {
        let Self { text, size, is_bold, upright } = self;
        let about = format!(
            r#"labelText="{}" htmlState="0" halign="{LEFT}" valign="{upright}" marginX="0" marginY="0" background="false""#,
            escaped(text)
        );
        let inner = font("LabelFont", *size, *is_bold) + r#"<FontColor red="34" green="34" blue="34" alpha="255"/>"#;
        item(out, LABEL, frame, id, &about, &inner);
    }
}

/// How many lines a note takes.
fn lines_of(note: &str, letters: f64) -> usize {
    let width: f64 = note.chars().map(|letter| if letter.is_ascii() { NARROW } else { 1.0 }).sum();
    ((width / letters).ceil() as usize).max(1)
}

/// How many lines of room notes need that all stand there, and some to spare: words break a line early.
fn needed(notes: &[String]) -> usize {
    notes.iter().map(|note| lines_of(note, LETTERS)).sum::<usize>() + 2
}

/// The notes that have room, and how many have none.
fn fitted(notes: &[String], most: usize, letters: f64, lang: Lang) -> (String, usize) {
    let (mut used, mut fit) = (0, 0);
    for line in notes {
        used += lines_of(line, letters);
        // The last line is for what finds no room.
        if used > most - 1 {
            break;
        }
        fit += 1;
    }
    let mut text = notes[..fit].join("\n");
    let left = notes[fit..].len();
    if left > 0 {
        let more = text!("ほか{left}行は run.json にあります", "and {left} more lines: see run.json");
        text = text + "\n" + more.get(lang);
    }
    (text, left)
}

/// The bar in metres or kilometres: four parts of a round length, as long as there is room for.
fn scale_bar(out: &mut String, frame: Frame, scale: f64, [id, map]: [&str; 2]) {
    let [_, _, wide, _] = frame;
    // Room for the last number, which stands beyond the end.
    let part = (wide - 12.0) / 4.0 / 1000.0 * scale;
    let power = 10_f64.powf(part.log10().floor());
    let part = [5.0, 2.5, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|length| *length <= part);
    let part = part.unwrap_or(power);
    let is_far = part * 4.0 >= 2000.0;
    let (unit, label, by) = if is_far { ("km", "km", 1000.0) } else { ("meters", "m", 1.0) };
    let about = format!(
        concat!(
            r#"mapUuid="{}" style="Single Box" unitType="{}" unitLabel="{}" numMapUnitsPerScaleBarUnit="1" "#,
            r#"numUnitsPerSegment="{}" numSegments="4" numSegmentsLeft="0" segmentSizeMode="0" height="2" labelBarSpace="1.5" "#,
            r#"boxContentSpace="0" outlineWidth="0.2" labelVerticalPlacement="0" labelHorizontalPlacement="0" alignment="0" "#,
            r#"numSubdivisions="1" subdivisionsHeight="1.5" lineJoinStyle="miter" lineCapStyle="square" background="false""#
        ),
        map,
        unit,
        label,
        part / by
    );
    let ink = |colour| Paint { colour, alpha: u8::MAX, hatched: false };
    let none = Outline { colour: INK, width: 0.2, pen: "no", from: None };
    let mut inner = format!(
        concat!(
            r#"<text-style fontFamily="{}" fontSize="{}" fontSizeUnit="Point" textColor="34,34,34,255" textOpacity="1"/>"#,
            r#"<fillColor red="34" green="34" blue="34" alpha="255"/><fillColor2 red="255" green="255" blue="255" alpha="255"/>"#,
            r#"<strokeColor red="34" green="34" blue="34" alpha="255"/>"#
        ),
        FONT, USUAL
    );
    inner += r#"<numericFormat id="basic"><Option type="Map"><Option name="decimals" type="int" value="2"/>"#;
    inner += r#"<Option name="show_thousand_separator" type="bool" value="true"/>"#;
    inner += r#"<Option name="show_trailing_zeros" type="bool" value="false"/></Option></numericFormat>"#;
    for element in ["lineSymbol", "divisionLineSymbol", "subdivisionLineSymbol"] {
        let _ = write!(inner, "<{element}>");
        line_symbol(&mut inner, "", INK, 0.2);
        let _ = write!(inner, "</{element}>");
    }
    for (element, colour) in [("fillSymbol1", INK), ("fillSymbol2", WHITE)] {
        let _ = write!(inner, "<{element}>");
        fill(&mut inner, "", ink(colour), none);
        let _ = write!(inner, "</{element}>");
    }
    item(out, SCALE_BAR, frame, id, &about, &inner);
}

const INK: [u8; 3] = [34, 34, 34];
const WHITE: [u8; 3] = [255, 255, 255];

/// An arrow to true north 真北: up is grid north 座標北. The picture is one that comes with QGIS.
fn arrow(out: &mut String, frame: Frame, [id, map]: [&str; 2]) {
    let about = format!(
        concat!(
            r#"mapUuid="{}" file=":/images/north_arrows/layout_default_north_arrow.svg" northMode="1" northOffset="0" mode="2" "#,
            r#"resizeMode="0" anchorPoint="4" pictureRotation="0" svgFillColor="34,34,34,255" svgBorderColor="34,34,34,255" "#,
            r#"svgBorderWidth="0.2" background="false""#
        ),
        map
    );
    item(out, PICTURE, frame, id, &about, "");
}

/// A white page.
fn paper() -> String {
    let mut out = String::new();
    let none = Outline { colour: INK, width: 0.2, pen: "no", from: None };
    fill(&mut out, "", Paint { colour: WHITE, alpha: u8::MAX, hatched: false }, none);
    out
}

/// An item of a sheet, in one line but for what is in it.
pub(super) fn item(out: &mut String, kind: u32, [left, top, width, height]: Frame, id: &str, about: &str, inner: &str) {
    let place = format!(r#"position="{left},{top},mm" positionOnPage="{left},{top},mm" size="{width},{height},mm""#);
    let _ = writeln!(
        out,
        concat!(
            r#"<LayoutItem type="{}" uuid="{}" templateUuid="{}" {} itemRotation="0" referencePoint="0" visibility="1" "#,
            r#"opacity="1" blendMode="0" outlineWidthM="0.2,mm" frameJoinStyle="miter" {}>"#,
            r#"<FrameColor red="110" green="110" blue="110" alpha="255"/>"#,
            r#"<BackgroundColor red="255" green="255" blue="255" alpha="255"/>{}</LayoutItem>"#
        ),
        kind, id, id, place, about, inner
    );
}

/// A font as Qt describes it.
pub(super) fn font(element: &str, size: f64, is_bold: bool) -> String {
    let weight = if is_bold { 75 } else { 50 };
    let style = if is_bold { "Bold" } else { "" };
    format!(r#"<{element} description="{FONT},{size},-1,5,{weight},0,0,0,0,0" style="{style}"/>"#)
}

/// An id in the form that QGIS gives to items, made of a name.
fn uuid(name: &str) -> String {
    let digest = hex(&Sha256::digest(name.as_bytes()));
    let part = |from: usize, to: usize| &digest[from..to];
    format!("{{{}-{}-{}-{}-{}}}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_city_is_on_the_map_at_a_round_scale() {
        let city = Bounds { min: [-20_000.0, -130_000.0], max: [-9_000.0, -118_000.0] };
        let (shown, scale) = round_extent(&city);
        assert_eq!(scale, 50_000.0);
        assert!(shown.min[0] < city.min[0] && shown.max[1] > city.max[1]);
        let [width, height] = shown.size();
        assert!((width / height - MAP[2] / MAP[3]).abs() < 1e-9);
    }

    #[test]
    fn notes_that_have_no_room_are_counted() {
        let notes: Vec<String> = (0..100).map(|number| format!("{number}")).collect();
        let text = fitted(&notes, 29, LETTERS, Lang::En).0;
        assert_eq!(text.lines().count(), 29);
        assert!(text.ends_with("\nand 72 more lines: see run.json"), "{text}");
        assert_eq!(fitted(&notes[..3], 29, LETTERS, Lang::En), ("0\n1\n2".to_owned(), 0));
    }

    #[test]
    fn ids_follow_from_names() {
        assert_eq!(uuid("a"), "{ca978112-ca1b-bdca-fac2-31b39a23dc4d}");
    }
}
