//! The tree of layers, and the themes: what of it each sheet shows.

use std::fmt::Write;

use super::{Project, ProjectLayer, places_for_additions, said};
use crate::outputs::qgis::escaped;
use crate::text::{Lang, Text};

/// An entry of the tree.
#[derive(Debug)]
pub enum Node {
    /// Layers under one heading.
    Group(Group),
    /// A layer.
    Layer(Box<ProjectLayer>),
}

impl From<ProjectLayer> for Node {
    fn from(layer: ProjectLayer) -> Self {
        Self::Layer(Box::new(layer))
    }
}

/// Layers under one heading.
#[derive(Debug)]
pub struct Group {
    /// The heading.
    pub name: Text,
    /// Whether it is switched on, and open.
    pub is_shown: bool,
    /// Whether legends tell the heading as well.
    pub is_heading: bool,
    /// What is in it, from the uppermost down.
    pub nodes: Vec<Node>,
}

/// The name of the style of a layer that has no other.
const ONLY_STYLE: &str = "default";

/// How an entry says whether it is switched on.
fn checked(is_shown: bool) -> &'static str {
    if is_shown { "Qt::Checked" } else { "Qt::Unchecked" }
}

impl ProjectLayer {
    /// Its entry in the tree or in a legend; `is_shown` where that does not hang on the layer. A legend tells of some categories
    /// alone; none named: of all.
    pub(super) fn write_entry(&self, out: &mut String, lang: Lang, is_shown: bool, categories: &[usize]) {
        let (id, name, source) = (&self.id, said(&self.name, lang), escaped(&self.source.uri(self.form)));
        let checked = checked(is_shown);
        let _ = write!(
            out,
            r#"<layer-tree-layer id="{id}" name="{name}" source="{source}" providerKey="ogr" checked="{checked}" expanded="1">"#
        );
        if !categories.is_empty() {
            let order = categories.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
            let _ = write!(
                out,
                concat!(
                    r#"<customproperties><Option type="Map"><Option name="legend/node-order" type="QString" value="{}"/>"#,
                    "</Option></customproperties>"
                ),
                order
            );
        }
        out.push_str("</layer-tree-layer>");
    }

    /// Its entry in a theme that shows it, or some of its categories; none named: all of them.
    pub(super) fn write_in_theme(&self, out: &mut String, style: Option<&str>, categories: &[usize]) {
        let style = escaped(style.unwrap_or(ONLY_STYLE));
        let _ = write!(out, r#"<layer id="{}" visible="1" expanded="1" style="{style}"/>"#, self.id);
        if !categories.is_empty() {
            let node = |category: &usize| format!(r#"<checked-legend-node id="{category}"/>"#);
            let nodes: String = categories.iter().map(node).collect();
            let _ = write!(out, r#"<checked-legend-nodes id="{}">{nodes}</checked-legend-nodes>"#, self.id);
        }
    }
}

impl Project {
    /// Writes the tree; what is added later stands above all.
    pub(super) fn write_tree(&self, out: &mut String) {
        out.push_str("<layer-tree-group>\n");
        places_for_additions(out);
        self.write_nodes(out, &self.nodes);
        out.push_str("</layer-tree-group>\n");
    }

    fn write_nodes(&self, out: &mut String, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Layer(layer) => {
                    layer.write_entry(out, self.lang, layer.is_shown, &[]);
                    out.push('\n');
                }
                Node::Group(Group { name, is_shown, nodes, .. }) => {
                    let (name, checked) = (said(name, self.lang), checked(*is_shown));
                    let open = u8::from(*is_shown);
                    let _ = writeln!(out, r#"<layer-tree-group name="{name}" checked="{checked}" expanded="{open}">"#);
                    self.write_nodes(out, nodes);
                    out.push_str("</layer-tree-group>\n");
                }
            }
        }
    }

    /// Writes the themes, one a sheet.
    pub(super) fn write_themes(&self, out: &mut String) {
        out.push_str("<visibility-presets>\n");
        for sheet in &self.sheets {
            let name = escaped(&sheet.theme);
            let _ =
                writeln!(out, r#"<visibility-preset name="{name}" has-expanded-info="1" has-checked-group-info="1">"#);
            places_for_additions(out);
            self.each_layer(|layer| {
                if let Some(shown) = sheet.shows(layer) {
                    layer.write_in_theme(out, shown.style.as_deref(), &shown.categories);
                    out.push('\n');
                }
            });
            let mut groups = String::new();
            for node in &self.nodes {
                let Node::Group(group) = node else { continue };
                let is_on = |node: &Node| matches!(node, Node::Layer(layer) if sheet.shows(layer).is_some());
                if group.nodes.iter().any(is_on) {
                    let _ = write!(groups, r#"<checked-group-node id="{}"/>"#, said(&group.name, self.lang));
                }
            }
            let open = groups.replace("<checked-", "<expanded-");
            let _ = writeln!(
                out,
                "<checked-group-nodes>{groups}</checked-group-nodes><expanded-group-nodes>{open}</expanded-group-nodes>"
            );
            out.push_str("</visibility-preset>\n");
        }
        out.push_str("</visibility-presets>\n");
    }
}
