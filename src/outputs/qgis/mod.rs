//! How QGIS draws a layer: the style that it looks for beside a file (`.qml`) or finds in a GeoPackage, and the project that
//! shows all layers of a run ([`project`]).
//!
//! A style is categories by an expression, the titles of the columns and what their values are called, and labels where
//! there are any. QGIS leaves a style out without a word where it does not understand it, so the XML keeps to what QGIS
//! writes itself; 3.22 and later read it.

mod fields;
mod label;
mod parcels;
pub mod project;
mod symbol;

use std::fmt::Write;

use crate::table::Field;
use crate::text::{Lang, Text};

pub use label::Label;
pub use parcels::parcels;
pub use symbol::{Form, MarkerShape, Outline, Paint, Sign, Symbol};

/// The letters of maps and sheets, where the system has them; else it takes its own for Japanese.
const FONT: &str = "Noto Sans CJK JP";

/// How one layer is drawn.
#[derive(Debug, Clone)]
pub struct Style {
    /// The expression that tells the categories apart: a column, or something worked out of columns.
    pub by: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// What is written beside features.
    pub label: Option<Label>,
}

/// Features that are drawn in one way.
#[derive(Debug, Clone)]
pub struct Category {
    /// What the expression gives for them.
    pub value: String,
    /// What the legend says.
    pub label: Text,
    /// How they are drawn.
    pub symbol: Symbol,
    /// Whether a project draws them unasked. A style beside a file draws all.
    pub is_drawn: bool,
}

impl Style {
    /// The style as QGIS reads it beside a file, in Japanese, with the titles of columns.
    #[must_use]
    pub fn qml<'a>(&self, columns: impl Iterator<Item = &'a Field>) -> String {
        format!(
            concat!(
                "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n",
                r#"<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="{}">"#,
                "{}{}</qgis>\n"
            ),
            u8::from(self.label.is_some()),
            self.drawing(Lang::Ja, false),
            fields::words(columns, Lang::Ja)
        )
    }

    /// What draws and labels features; of a project, categories that nobody asks for are switched off.
    fn drawing(&self, lang: Lang, of_project: bool) -> String {
        let (mut categories, mut symbols) = (String::new(), String::new());
        for (index, Category { value, label, symbol, is_drawn }) in self.categories.iter().enumerate() {
            let (value, label, render) = (escaped(value), escaped(label.get(lang)), *is_drawn || !of_project);
            let _ = write!(
                categories,
                r#"<category render="{render}" symbol="{index}" uuid="{index}" value="{value}" type="string" label="{label}"/>"#
            );
            symbol.write(&mut symbols, &index.to_string());
        }
        let labels = self.label.as_ref().map(|label| label.xml(lang)).unwrap_or_default();
        format!(
            concat!(
                r#"<renderer-v2 type="categorizedSymbol" attr="{}" symbollevels="0" enableorderby="0" forceraster="0">"#,
                "<categories>{}</categories><symbols>{}</symbols></renderer-v2>{}"
            ),
            escaped(&self.by),
            categories,
            symbols,
            labels
        )
    }
}

/// A text as the value of an attribute. What XML 1.0 cannot hold at all is replaced.
///
/// Source: XML 1.0, 2.2 and 3.3.3.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_can_stand_in_an_attribute() {
        assert_eq!(escaped("a<b & \"c\"\n\u{1}田"), "a&lt;b &amp; &quot;c&quot;&#10;\u{fffd}田");
    }
}
