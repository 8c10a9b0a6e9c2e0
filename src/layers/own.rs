//! Which layers does kyoten not know by name? Those of one's own: a project file gives them a name and says what they are.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Content, LAYERS, LayerKey, LayerKind, Wanted};
use crate::text::Text;

/// A layer of one's own. There is one for each name and content, and it lives as long as the program.
#[derive(Clone, Copy)]
pub struct OwnLayer(&'static Interned);

struct Interned {
    name: &'static str,
    content: Content,
    /// It names the layer, which must be there first.
    kind: OnceLock<LayerKind>,
}

/// Every layer of one's own that somebody has named.
static NAMED: Mutex<BTreeMap<(&str, Content), OwnLayer>> = Mutex::new(BTreeMap::new());

impl OwnLayer {
    fn of(name: &str, content: Content) -> Self {
        let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&own) = named.get(&(name, content)) {
            return own;
        }
        let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
        let own = Self(Box::leak(Box::new(Interned { name, content, kind: OnceLock::new() })));
        named.insert((name, content), own);
        own
    }

    /// What there is to know of it.
    pub(super) fn kind(self) -> &'static LayerKind {
        let Interned { name, content, ref kind } = *self.0;
        kind.get_or_init(|| LayerKind {
            key: LayerKey::Own(self),
            name,
            title: Text::same(name),
            published_by: Text::new("計画の担当者", "the planner"),
            roles: if content == Content::Facilities { LayerKey::Facilities.kind().roles } else { &[] },
            content,
            expected_as: (content == Content::Area).then_some(Content::Area),
            wanted: Wanted::Never,
        })
    }
}

impl LayerKey {
    /// A layer of one's own, by its name. Points are facilities: places that may have a name and a kind.
    ///
    /// ```
    /// use kyoten::layers::{Content, LayerKey};
    /// let clinics = LayerKey::own("clinics", Content::Points);
    /// assert_eq!(clinics, LayerKey::own("clinics", Content::Facilities));
    /// assert_ne!(clinics, LayerKey::own("clinics", Content::Area));
    /// assert_eq!((clinics.name(), LayerKey::named("clinics")), ("clinics", None));
    /// ```
    ///
    /// # Panics
    /// Where the name is a known layer's, or the content is none of areas, points and facilities: a mistake of the program,
    /// not of data.
    #[must_use]
    pub fn own(name: &str, content: Content) -> Self {
        assert!(Self::named(name).is_none(), "`{name}` is a known layer");
        match content {
            Content::Area => Self::Own(OwnLayer::of(name, Content::Area)),
            Content::Points | Content::Facilities => Self::Own(OwnLayer::of(name, Content::Facilities)),
            other => panic!("`{name}` cannot hold {other:?}"),
        }
    }

    /// The known layer of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        LAYERS.iter().find(|kind| kind.name == name).map(|kind| kind.key)
    }

    /// Whether it is a layer of one's own.
    #[must_use]
    pub fn is_own(self) -> bool {
        matches!(self, Self::Own(_))
    }
}

impl fmt::Debug for OwnLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.0.name, self.0.content)
    }
}

impl PartialEq for OwnLayer {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for OwnLayer {}

impl Ord for OwnLayer {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0.name, self.0.content).cmp(&(other.0.name, other.0.content))
    }
}

impl PartialOrd for OwnLayer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for OwnLayer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.name, self.0.content).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_and_content_is_one_layer() {
        let flood = LayerKey::own("flood", Content::Area);
        assert_eq!(flood, LayerKey::own(&["fl", "ood"].concat(), Content::Area));
        assert_ne!(flood, LayerKey::own("flood", Content::Facilities));
        assert!(std::ptr::eq(flood.kind(), LayerKey::own("flood", Content::Area).kind()));
        assert_eq!(format!("{flood:?}"), "Own(flood: Area)");
    }

    #[test]
    fn a_layer_of_ones_own_knows_itself() {
        for content in [Content::Area, Content::Facilities] {
            let key = LayerKey::own("wetland", content);
            assert_eq!((key.kind().key, key.name(), key.kind().content), (key, "wetland", content));
            assert!(key.is_own() && key.kind().can_be_supposed());
        }
        assert!(LayerKey::own("wetland", Content::Area).kind().expected_as.is_some());
        assert!(LayerKey::own("wetland", Content::Points).kind().expected_as.is_none());
    }

    #[test]
    fn they_stand_after_the_known_layers_by_name() {
        let own = |name| LayerKey::own(name, Content::Area);
        let mut keys = vec![own("zoo"), LayerKey::ResidenceArea, own("aqueduct"), LayerKey::Parcels];
        keys.sort_unstable();
        assert_eq!(keys, [LayerKey::Parcels, LayerKey::ResidenceArea, own("aqueduct"), own("zoo")]);
    }

    #[test]
    fn known_layers_are_found_by_their_names() {
        for kind in LAYERS {
            assert_eq!(LayerKey::named(kind.name), Some(kind.key));
            assert!(!kind.key.is_own());
        }
    }
}
