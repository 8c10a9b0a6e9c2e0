//! Which layers does kyoten not know by name? Those of one's own: a project file gives them a name and says what they are.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use super::{Content, LAYERS, LayerKey, LayerKind, Wanted};
use crate::text::Text;

/// A layer of one's own. There is one for each name and content, and it lives as long as the program.
#[derive(Clone, Copy)]
pub struct OwnLayer(&'static Named);

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Named {
    name: &'static str,
    content: Content,
}

/// A layer, and what there is to know of it.
type Known = (OwnLayer, &'static LayerKind);

/// Every layer of one's own that somebody has named.
static NAMED: Mutex<BTreeMap<(&str, Content), Known>> = Mutex::new(BTreeMap::new());

impl OwnLayer {
    fn of(name: &str, content: Content) -> Known {
        let mut all = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&known) = all.get(&(name, content)) {
            return known;
        }
        let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
        let own = Self(Box::leak(Box::new(Named { name, content })));
        let kind: &'static LayerKind = Box::leak(Box::new(LayerKind {
            key: LayerKey::Own(own),
            name,
            title: Text::new("独自のレイヤー", "layer of one's own"),
            published_by: Text::new("計画の担当者", "the planner"),
            roles: if content == Content::Facilities { LayerKey::Facilities.kind().roles } else { &[] },
            content,
            expected_as: (content == Content::Area).then_some(Content::Area),
            wanted: Wanted::Always,
        }));
        all.insert((name, content), (own, kind));
        (own, kind)
    }

    /// What there is to know of it.
    pub(super) fn kind(self) -> &'static LayerKind {
        Self::of(self.0.name, self.0.content).1
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
            Content::Area => Self::Own(OwnLayer::of(name, Content::Area).0),
            Content::Points | Content::Facilities => Self::Own(OwnLayer::of(name, Content::Facilities).0),
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
        self.0.cmp(other.0)
    }
}

impl PartialOrd for OwnLayer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for OwnLayer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::crs::Plane;
    use crate::geometry::{Bounds, Shapes};
    use crate::layers::{City, Layer, LayerSpec, RailwayLaw, Sources, read_city};
    use crate::notices::Notices;

    /// A collection of features, each its properties and its geometry.
    fn collection(features: &[(&str, &str)]) -> String {
        let feature = |(properties, geometry): &(&str, &str)| {
            format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
        };
        let features: Vec<String> = features.iter().map(feature).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    const SQUARE: &str =
        r#"{"type":"Polygon","coordinates":[[[138.4,34.9],[138.41,34.9],[138.41,34.91],[138.4,34.91],[138.4,34.9]]]}"#;
    const POINT: &str = r#"{"type":"Point","coordinates":[138.4,34.9]}"#;

    /// The city of one layer from a file, and the names of what was noticed.
    fn read(key: LayerKey, file: &str) -> (City, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.geojson"), file).unwrap();
        let base = |folder: &Path| LayerSpec {
            paths: vec!["a.geojson".to_owned()],
            base: folder.to_owned(),
            ..LayerSpec::default()
        };
        let (layers, none) = (BTreeMap::from([(key, base(folder.path()))]), BTreeMap::new());
        let law = RailwayLaw::default();
        let sources = Sources {
            layers: &layers,
            expectations: &none,
            supposed: &none,
            municipality: None,
            area_division: Some(true),
            law: &law,
            grids: &crate::crs::DatumGrids::NONE,
        };
        let mut notices = Notices::default();
        let (city, reports) = read_city(&sources, Plane::new(8).unwrap(), &mut notices).unwrap();
        assert_eq!((reports.len(), reports[0].name.as_str()), (1, key.name()));
        (city, notices.iter().map(|(_, kind, _)| kind.id).collect())
    }

    #[test]
    fn an_area_is_read_as_known_ones_are() {
        let flood = LayerKey::own("flood", Content::Area);
        // Fields that make it use zones where it is given as the urban zone.
        let (city, noticed) = read(flood, &collection(&[(r#"{"A29_001":"1","A29_004":1}"#, SQUARE)]));
        assert_eq!((city.area(flood).map(Shapes::len), city.area_in_part(flood), noticed.len()), (Some(1), None, 0));
        assert!(city.doubtful(flood).is_none() && city.facilities_of(flood).is_none());
    }

    #[test]
    fn an_area_with_a_feature_of_which_nobody_knows_where_it_is_is_known_in_part() {
        let flood = LayerKey::own("flood", Content::Area);
        let file = collection(&[("{}", SQUARE), ("{}", "null")]);
        let (mut city, noticed) = read(flood, &file);
        assert_eq!((city.area(flood), city.area_in_part(flood).map(Shapes::len)), (None, Some(1)));
        assert_eq!(noticed, ["area-without-place"]);
        // A what-if does not close it.
        city.suppose(flood, Layer::Area(Shapes::from(Bounds { min: [0.0, 0.0], max: [9.0, 9.0] })));
        assert_eq!((city.area(flood), city.area_in_part(flood).map(Shapes::len)), (None, Some(2)));
        // So it is of a known layer.
        let (city, noticed) = read(LayerKey::Did, &file);
        let known = (city.area(LayerKey::Did), city.area_in_part(LayerKey::Did).map(Shapes::len));
        assert_eq!((known, noticed), ((None, Some(1)), vec!["area-without-place"]));
    }

    #[test]
    fn points_and_facilities_have_names_and_kinds_where_their_files_say() {
        for content in [Content::Points, Content::Facilities] {
            let clinics = LayerKey::own("clinics", content);
            let named = r#"{"名称":"医院","kind":"内科"}"#;
            let (city, noticed) = read(clinics, &collection(&[(named, POINT), ("{}", SQUARE), (named, "null")]));
            let found = city.facilities_of(clinics).unwrap();
            let said = |index: usize| (found[index].name.as_deref(), found[index].kind.as_deref());
            assert_eq!((said(0), said(1)), ((Some("医院"), Some("内科")), (None, None)));
            assert!(found[2].parts.is_empty() && noticed == ["point-without-place"], "{noticed:?}");
            assert!(city.facilities().is_none() && !city.facilities_of_in_part(clinics));
        }
    }

    #[test]
    fn what_a_what_if_adds_to_one_that_is_not_given_is_there_in_part() {
        let mut city = City::empty(Plane::new(8).unwrap(), None);
        let (flood, clinics) = (LayerKey::own("flood", Content::Area), LayerKey::own("clinics", Content::Points));
        city.suppose(flood, Layer::Area(Shapes::from(Bounds { min: [0.0, 0.0], max: [9.0, 9.0] })));
        city.suppose(clinics, Layer::Facilities(Vec::new()));
        assert!(city.area(flood).is_none() && city.area_in_part(flood).is_some());
        assert!(city.facilities_of(clinics).is_some() && city.facilities_of_in_part(clinics));
        assert!(!city.facilities_in_part());
    }

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
