//! Layers of one's own: any name that no known layer has, with a `role` that says what the layer is.

use std::collections::BTreeMap;

use super::error::Fault;
use super::keys;
use super::walk::{Entry, TomlTable};
use crate::layers::{Content, LayerKey, LayerKind};
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
    /// Those of several tables; the first that says a role counts.
    pub(super) fn of<'t>(tables: impl IntoIterator<Item = Option<TomlTable<'t>>>) -> Self {
        let mut own = Self::default();
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
                role.fault(Fault::RoleOfKnownLayer { layer: layer.name() });
            }
            return Some(layer.kind());
        }
        let declared = self.0.get(name);
        match (role, declared) {
            (Some(role), _) if is_free(name) => {
                if !is_name(name) {
                    entry.fault(Fault::NotALayerName);
                }
                let (id, _) = role.one_of(ROLES, |(id, _)| id)?;
                let &(first, layer) = declared?;
                if id != first {
                    role.fault(Fault::OtherRole { role: id, first });
                }
                Some(layer.kind())
            }
            (None, Some((_, layer))) => Some(layer.kind()),
            _ => {
                entry.unknown_among(&[known, &self.names()].concat());
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

/// How a layer of one's own is written, behind the keys that there are; with an example where the name cannot be one.
pub(super) fn with_way(keys: Text, name: &str) -> Text {
    let name = if is_name(name) { name } else { "flood" };
    let roles = ROLES.iter().map(|(role, _)| Text::from(format!("\"{role}\"")));
    text!(
        "{keys}ほかの名前のレイヤーには `role` を書いてください（{roles}）。例: `{name} = {{ path = \"…\", role = \"area\" }}`",
        "{keys}; a layer of one's own says its `role` ({roles}), such as `{name} = {{ path = \"…\", role = \"area\" }}`",
        keys = keys,
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
    name != keys::GTFS && LayerKey::named(name).is_none()
}
