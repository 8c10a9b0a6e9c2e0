//! Layers of one's own: any name that no known layer has, with a `role` that says what the layer is. Where the rules ask for
//! a layer of the name, they have said it.

use std::collections::BTreeMap;

use super::error::ProjectFault;
use super::keys;
use crate::criteria::{Criterion, RuleSet};
use crate::layers::{BACKDROP, Content, LayerKey, LayerKind};
use crate::settings::{Entry, TomlTable, nearest};
use crate::text::Text;

/// What a layer of one's own may be.
const ROLES: &[(&str, Content)] =
    &[("area", Content::Area), ("points", Content::Points), ("facilities", Content::Facilities)];

/// The key that says it.
pub(super) const ROLE: &str = "role";

/// The layers of one's own that a project names, each with its role: `role` need not be said in every table.
#[derive(Default)]
pub(super) struct OwnLayers(BTreeMap<String, (&'static str, LayerKey)>);

impl OwnLayers {
    /// Those that the rules ask for, and those of several tables; the first that says a role counts.
    pub(super) fn of<'t>(rules: &RuleSet, tables: impl IntoIterator<Item = Option<TomlTable<'t>>>) -> Self {
        let mut own = Self::default();
        let asked = rules.criteria.iter().flat_map(Criterion::layers).filter(|layer| layer.is_own());
        for layer in asked {
            let role = ROLES.iter().find(|(_, content)| LayerKey::own(layer.name(), *content) == layer);
            own.0.extend(role.map(|(role, _)| (layer.name().to_owned(), (*role, layer))));
        }
        for entry in tables.into_iter().flatten().flat_map(|table| table.entries()) {
            let name = entry.key();
            let Some(role) = entry.inner(ROLE).and_then(|role| role.as_text()) else { continue };
            let Some(&(role, content)) = ROLES.iter().find(|(id, _)| *id == role) else { continue };
            if is_name(name) && is_free(name) && !own.0.contains_key(name) {
                own.0.insert(name.to_owned(), (role, LayerKey::own(name, content)));
            }
        }
        own
    }

    /// The layer that an entry is about, known or of one's own. `None` where there is none: what is wrong with the entry has
    /// been reported, if `known` does not have its key either.
    pub(super) fn kind_of(&self, entry: &Entry<'_>, known: &[&'static str]) -> Option<&'static LayerKind> {
        let (name, role) = (entry.key(), entry.inner(ROLE));
        if let Some(layer) = LayerKey::named(name) {
            if let Some(role) = role {
                ProjectFault::RoleOfKnownLayer { layer: layer.name() }.report(&role);
            }
            return Some(layer.kind());
        }
        let declared = self.0.get(name);
        match (role, declared) {
            (Some(role), _) if is_free(name) => {
                if !is_name(name) {
                    ProjectFault::NotALayerName.report(entry);
                }
                let (id, content) = role.one_of(ROLES, |(id, _)| id)?;
                let &(first, layer) = declared?;
                if LayerKey::own(name, content) != layer {
                    ProjectFault::OtherRole { role: id, first }.report(&role);
                }
                Some(layer.kind())
            }
            (None, Some((_, layer))) => Some(layer.kind()),
            _ => {
                let known = [known, &self.names()].concat();
                // A slip of the pen is no name to offer.
                let is_slip = nearest(name, &known).1;
                entry.unknown_among_or(&known, way(if is_slip { "" } else { name }));
                None
            }
        }
    }

    fn names(&self) -> Vec<&'static str> {
        self.0.values().map(|(_, layer)| layer.name()).collect()
    }

    /// The names of those of which something holds.
    pub(super) fn names_of(&self, holds: impl Fn(&LayerKind) -> bool) -> impl Iterator<Item = &'static str> {
        self.0.values().map(|(_, layer)| layer.kind()).filter(move |kind| holds(kind)).map(|kind| kind.name)
    }
}

/// How a layer of one's own is written.
fn way(name: &str) -> Text {
    let name = if is_name(name) { name } else { "flood" };
    let roles = ROLES.iter().map(|(role, _)| Text::from(format!("\"{role}\"")));
    text!(
        "ほかの名前のレイヤーには `role` を書いてください（{roles}）。例: `{name} = {{ path = \"…\", role = \"area\" }}`",
        "a layer of one's own says its `role` ({roles}), such as `{name} = {{ path = \"…\", role = \"area\" }}`",
        roles = Text::list(&roles.collect::<Vec<_>>())
    )
}

/// Whether a text can be the name of a layer: names become keys and columns.
fn is_name(text: &str) -> bool {
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    !text.is_empty() && text.chars().all(fits)
}

/// Whether a name means nothing else in `[layers]`.
fn is_free(name: &str) -> bool {
    name != keys::GTFS && name != BACKDROP && LayerKey::named(name).is_none()
}
