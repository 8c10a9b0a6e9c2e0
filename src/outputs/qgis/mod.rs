//! How QGIS draws a layer: the style that it looks for beside a file (`.qml`) or finds in a GeoPackage.
//!
//! A style is categories by an expression, the Japanese titles of the columns, and labels where there are any. QGIS
//! leaves a style out without a word where it does not understand it, so the XML keeps to what QGIS writes itself;
//! 3.22 and later read it.

mod label;
mod parcels;
mod symbol;

use std::fmt::Write;

pub use label::Label;
pub(super) use parcels::parcels;
pub use symbol::{Form, MarkerShape, Outline, Paint, Symbol};

/// How one layer is drawn.
#[derive(Debug)]
pub struct Style {
    /// The expression that tells the categories apart: a column, or something worked out of columns.
    pub by: String,
    /// Its categories.
    pub categories: Vec<Category>,
    /// What is written beside features.
    pub label: Option<Label>,
}

/// Features that are drawn in one way.
#[derive(Debug)]
pub struct Category {
    /// What the expression gives for them.
    pub value: String,
    /// What the legend says.
    pub label: String,
    /// How they are drawn.
    pub symbol: Symbol,
}

impl Style {
    /// The style as QGIS reads it, with the titles of columns given as names and titles.
    #[must_use]
    pub fn qml<'a>(&self, titles: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let (mut categories, mut symbols, mut aliases) = (String::new(), String::new(), String::new());
        for (index, Category { value, label, symbol }) in self.categories.iter().enumerate() {
            let (value, label) = (escaped(value), escaped(label));
            let _ = write!(
                categories,
                r#"<category render="true" symbol="{index}" value="{value}" type="string" label="{label}"/>"#
            );
            symbol.write(&mut symbols, &index.to_string());
        }
        for (index, (name, title)) in titles.enumerate() {
            let (name, title) = (escaped(name), escaped(title));
            let _ = write!(aliases, r#"<alias index="{index}" field="{name}" name="{title}"/>"#);
        }
        let labels = self.label.as_ref().map(Label::xml).unwrap_or_default();
        format!(
            concat!(
                "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n",
                r#"<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields" labelsEnabled="{}">"#,
                r#"<renderer-v2 type="categorizedSymbol" attr="{}" symbollevels="0" enableorderby="0" forceraster="0">"#,
                "<categories>{}</categories><symbols>{}</symbols></renderer-v2>{}<aliases>{}</aliases></qgis>\n"
            ),
            u8::from(self.label.is_some()),
            escaped(&self.by),
            categories,
            symbols,
            labels,
            aliases
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
