//! The legend of a sheet: what the map shows, and how much room that takes.

use std::fmt::Write;

use super::sheet::{Frame, LEGEND_ITEM, Sheet, USUAL, font, item};
use super::{Group, Node, Project, ProjectLayer, places_for_additions, said};
use crate::outputs::names::ADDITIONS;
use crate::outputs::qgis::escaped;
use crate::text::{Lang, Text};

/// Millimetres that QGIS gives to the title, to a heading and to a row, in letters of the usual size.
const TITLE: f64 = 5.5;
const HEADING: f64 = 6.6;
const ROW: f64 = 4.6;
/// Of a row, the sample.
const SAMPLE: f64 = 3.6;

/// Between the left edge and the words of a row, and the width of a letter and of one of full width.
const SAMPLE_WIDTH: f64 = 10.0;
const LETTER: f64 = 1.6;
const FULL_WIDTH: f64 = 3.2;

/// What is added later has a heading and about so many rows.
const ROWS_OF_ADDITION: f64 = 2.0;

/// A legend of so many headings and rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    headings: usize,
    rows: usize,
    /// Millimetres of its widest row.
    width: f64,
}

impl Extent {
    #[cfg(test)]
    pub(super) fn new(headings: usize, rows: usize) -> Self {
        Self { headings, rows, width: 0.0 }
    }

    /// That of a sheet.
    pub(super) fn of(sheet: &Sheet, project: &Project) -> Self {
        let mut extent = Self::default();
        extent.add(sheet, project.lang, &project.nodes);
        extent
    }

    fn add(&mut self, sheet: &Sheet, lang: Lang, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => {
                    self.headings += usize::from(group.is_told(sheet));
                    self.add(sheet, lang, &group.nodes);
                }
                Node::Layer(layer) => {
                    let Some(shown) = sheet.tells(layer) else { continue };
                    let is_told = |at: &usize| shown.categories.is_empty() || shown.categories.contains(at);
                    let told = (0..).zip(&layer.style.categories).filter(|(at, _)| is_told(at));
                    for (_, category) in told {
                        self.rows += 1;
                        self.width = self.width.max(SAMPLE_WIDTH + width(category.label.get(lang)));
                    }
                    self.headings += usize::from(!layer.is_one_row());
                }
            }
        }
    }

    /// The width of its widest row in letters of the usual size, millimetres.
    pub(super) fn width(self) -> f64 {
        self.width
    }

    /// Its height in letters of the usual size, and what may be added to it later, millimetres.
    pub(super) fn heights(self) -> [f64; 2] {
        let now = TITLE + HEADING * self.headings as f64 + ROW * self.rows as f64;
        [now, ADDITIONS.len() as f64 * (HEADING + ROWS_OF_ADDITION * ROW)]
    }
}

impl ProjectLayer {
    /// Whether it stands in legends in one row, under its own name.
    fn is_one_row(&self) -> bool {
        matches!(&self.style.categories[..], [one] if one.label.ja.is_empty())
    }
}

impl Group {
    /// Whether the legend of a sheet has its heading.
    fn is_told(&self, sheet: &Sheet) -> bool {
        let tells = |node: &Node| matches!(node, Node::Layer(layer) if sheet.tells(layer).is_some());
        self.is_heading && self.nodes.iter().any(tells)
    }
}

/// Writes the legend of what the map shows, in letters of this part of the usual size. Which categories there are is known: to let
/// QGIS look for them would take longer than the map.
pub(super) fn write(
    out: &mut String,
    sheet: &Sheet,
    project: &Project,
    (frame, size): (Frame, f64),
    [id, map]: [&str; 2],
) {
    let title = Text::new("凡例", "legend");
    let about = format!(
        concat!(
            r#"title="{}" map_uuid="{}" legendFilterByMap="0" legendFilterByAtlas="0" resizeToContents="1" columnCount="1" "#,
            r#"splitLayer="0" equalColumnWidth="0" boxSpace="0" columnSpace="4" symbolWidth="8" symbolHeight="{}" "#,
            r#"lineSpacing="1" wrapChar="" titleAlignment="1" symbolAlignment="1" background="false" fontColor="black""#
        ),
        escaped(title.get(project.lang)),
        map,
        mm(SAMPLE * size)
    );
    let style = |name: &str, points: f64, is_bold: bool, margins: [(&str, f64); 2]| {
        let mut sides = String::new();
        for (side, margin) in margins.into_iter().filter(|(_, margin)| *margin > 0.0) {
            let _ = write!(sides, r#" margin{side}="{}""#, mm(margin * size));
        }
        let letters = font("styleFont", mm(points * size), is_bold);
        format!(r#"<style name="{name}" alignment="1"{sides}>{letters}</style>"#)
    };
    let mut inner = String::from("<styles>");
    inner += &style("title", 11.0, true, [("Bottom", 1.5), ("", 0.0)]);
    inner += &style("group", USUAL, true, [("Top", 3.0), ("", 0.0)]);
    inner += &style("subgroup", USUAL, true, [("Top", 3.0), ("", 0.0)]);
    inner += &style("symbol", USUAL, false, [("Top", 1.0), ("", 0.0)]);
    inner += &style("symbolLabel", USUAL, false, [("Top", 1.0), ("Left", 2.0)]);
    inner += "</styles>\n<layer-tree-group>\n";
    places_for_additions(&mut inner);
    entries(&mut inner, sheet, project, &project.nodes);
    inner += "</layer-tree-group>\n";
    item(out, LEGEND_ITEM, frame, id, &about, &inner);
}

/// The layers of which it tells, one a line.
fn entries(out: &mut String, sheet: &Sheet, project: &Project, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Layer(layer) => {
                if let Some(shown) = sheet.tells(layer) {
                    layer.write_entry(out, project.lang, true, &shown.categories);
                    out.push('\n');
                }
            }
            Node::Group(group) if group.is_told(sheet) => {
                let name = said(&group.name, project.lang);
                let _ = writeln!(out, r#"<layer-tree-group name="{name}" checked="Qt::Checked" expanded="1">"#);
                entries(out, sheet, project, &group.nodes);
                *out += "</layer-tree-group>\n";
            }
            Node::Group(group) => entries(out, sheet, project, &group.nodes),
        }
    }
}

/// About how wide a text is.
fn width(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { LETTER } else { FULL_WIDTH }).sum()
}

/// To a hundredth.
fn mm(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
