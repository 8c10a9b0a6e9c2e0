//! A layer of a project: a file of the run, or a part of one, and how it is drawn.

use std::fmt::Write;

use super::super::fields;
use super::super::{Form, Style, escaped};
use super::{said, system};
use crate::outputs::jgd2011;
use crate::table::Field;
use crate::text::{Lang, Text};

/// A layer.
#[derive(Debug)]
pub struct ProjectLayer {
    /// Its id in the project.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Where its features are.
    pub source: Source,
    /// The form of their geometry.
    pub form: Form,
    /// How they are drawn.
    pub style: Style,
    /// All ways in which they can be drawn, by name, where there are several; the first is `style`.
    pub styles: Vec<(String, Style)>,
    /// Their columns, as far as these have titles.
    pub fields: Vec<Field>,
    /// Whether it is drawn unasked.
    pub is_shown: bool,
    /// Whose data they are, where the layer shows such as they are given: what QGIS writes as credits.
    pub rights: Option<Text>,
}

/// Where the features of a layer are.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file, in the folder of the run.
    pub file: String,
    /// The layer in it, of a file that holds several.
    pub layer: Option<&'static str>,
    /// Whether the file holds features of other forms as well.
    pub is_mixed: bool,
    /// Which of its features are meant, as an expression; `None`: all.
    pub filter: Option<String>,
}

impl Source {
    /// All features of a file that holds one layer.
    #[must_use]
    pub fn file(file: String) -> Self {
        Self { file, layer: None, is_mixed: false, filter: None }
    }

    /// As QGIS names it. The filter goes to the end of the text, so that it stands last.
    pub(super) fn uri(&self, form: Form) -> String {
        let mut uri = format!("./{}", self.file);
        if let Some(layer) = self.layer {
            let _ = write!(uri, "|layername={layer}");
        }
        if self.is_mixed {
            let form = if form == Form::Line { "LineString" } else { form.qgis() };
            let _ = write!(uri, "|geometrytype={form}");
        }
        if let Some(filter) = &self.filter {
            let _ = write!(uri, "|subset={filter}");
        }
        uri
    }
}

impl ProjectLayer {
    /// What it is, in one line.
    pub(super) fn xml(&self, lang: Lang) -> String {
        let Self { id, name, source, form, style, fields, rights, styles: _, is_shown: _ } = self;
        let rights = rights.as_ref().map(|rights| said(rights, lang));
        let rights = rights.map(|rights| format!("<resourceMetadata><rights>{rights}</rights></resourceMetadata>"));
        format!(
            concat!(
                r#"<maplayer type="vector" geometry="{}" styleCategories="AllStyleCategories" labelsEnabled="{}" "#,
                r#"hasScaleBasedVisibilityFlag="0" minScale="100000000" maxScale="0" readOnly="0" simplifyDrawingHints="1" "#,
                r#"simplifyDrawingTol="1" simplifyMaxScale="1" simplifyAlgorithm="0" simplifyLocal="1">"#,
                "<id>{}</id><datasource>{}</datasource><layername>{}</layername><srs>{}</srs>",
                r#"<provider encoding="UTF-8">ogr</provider>{}{}{}{}</maplayer>"#
            ),
            form.qgis(),
            u8::from(style.label.is_some()),
            id,
            escaped(&source.uri(*form)),
            said(name, lang),
            system(jgd2011::EPSG as u16),
            rights.unwrap_or_default(),
            self.other_styles(lang),
            style.drawing(lang, true),
            fields::words(fields.iter(), lang),
        )
    }

    /// The styles beside that in which it is drawn first.
    fn other_styles(&self, lang: Lang) -> String {
        let Some(((first, _), others)) = self.styles.split_first() else { return String::new() };
        let first = escaped(first);
        let mut out = format!(r#"<map-layer-style-manager current="{first}"><map-layer-style name="{first}"/>"#);
        for (name, style) in others {
            let _ = write!(
                out,
                concat!(
                    r#"<map-layer-style name="{}"><qgis version="3.22.0" styleCategories="AllStyleCategories" labelsEnabled="{}" "#,
                    r#"hasScaleBasedVisibilityFlag="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyMaxScale="1" "#,
                    r#"simplifyAlgorithm="0" simplifyLocal="1">{}{}</qgis></map-layer-style>"#
                ),
                escaped(name),
                u8::from(style.label.is_some()),
                style.drawing(lang, true),
                fields::words(self.fields.iter(), lang)
            );
        }
        out + "</map-layer-style-manager>"
    }
}
