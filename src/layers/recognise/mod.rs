//! What is this file? From its name and attributes to a publication, and from that to a layer and its fields.
//!
//! Publications are data: one entry of [`publications`] each. Attributes decide where a publication has codes of its
//! own (`N02_005`); a name decides only for files without (a city's own 用途地域.shp), or before a file is opened.

mod census;
mod credit;
mod page;
mod table;

use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::{BACKDROP, Ground, LayerKey};
use crate::text::Text;
pub use census::{census_of_table, census_year};
pub use credit::credit;
pub use page::page;
pub use table::publications;

/// A kind of file that is published, and what is known of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Publication {
    /// A short name for messages, most often the publisher's own code.
    pub id: &'static str,
    /// What it is and who publishes it.
    pub title: &'static Text,
    /// What becomes of it.
    pub use_as: Use,
    /// Patterns of file names without their ending, lower case, Unicode NFKC; `*` stands for anything.
    pub names: &'static [&'static str],
    /// Attributes that all must be there; one ending in `*` stands for any that begins so. None: the name decides.
    pub fields: &'static [&'static str],
    /// Role of the layer, or of one that it fills → the attributes that hold it.
    pub roles: &'static [(&'static str, &'static str)],
    /// The attribute by which features are chosen, and the values that count.
    pub classes: Option<(&'static str, &'static [&'static str])>,
    /// The layers that its files fill beside that, where the project gives these no file of their own, and the values of
    /// the same attribute that are theirs.
    pub fills: &'static [(LayerKey, &'static [&'static str])],
    /// Which of its features are use zones 用途地域.
    pub use_zones: UseZones,
    /// The attribute with the municipality's code 行政区域コード, where it spans several.
    pub code: Option<&'static str>,
    /// The CRS, where older files do not say theirs.
    pub crs: Option<&'static str>,
    /// Whether several of its files make one layer, those of prefectures for instance.
    pub in_parts: bool,
    /// What its features are drawn as under maps, where they all are the same.
    pub draws: Option<Ground>,
}

/// What becomes of a recognised file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is this layer. Of several publications that can be one layer, the lower rank is taken.
    Layer(LayerKey, u8),
    /// It can be this layer, but only a person can say so: the reason.
    Maybe(LayerKey, &'static Text),
    /// The shapes of a table's codes: the census layer joins them.
    Boundaries,
    /// Nothing is judged by it, and it is drawn under maps. Of several publications that are drawn as the same, the lower rank
    /// is taken.
    Backdrop(u8),
    /// It can be drawn under maps, but a person has to look first: the reason. Its attributes tell where the data are from, and
    /// not what they are of.
    MaybeBackdrop(&'static Text),
    /// It is known, and no layer: the reason.
    Nothing(&'static Text),
}

/// Which features of a publication are use zones 用途地域, which count only where no area division 区域区分 is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseZones {
    /// None: they are 市街化区域, or something else.
    None,
    /// All, whether they lie in 市街化区域 or where no division is drawn.
    All,
    /// Those of these classes, which lie in no 市街化区域.
    Outside(&'static [&'static str]),
}

/// How a file was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// As what.
    pub publication: &'static Publication,
    /// By its attributes; `false`: by its name alone.
    pub by_fields: bool,
}

/// Recognises a file by its name and attributes, the attributes first.
#[must_use]
pub fn recognise<'f>(path: &Path, fields: impl IntoIterator<Item = &'f str>) -> Option<Recognised> {
    let fields: Vec<&str> = fields.into_iter().collect();
    let stem = plain_stem(path);
    let by_fields = publications()
        .filter(|publication| !publication.fields.is_empty() && publication.has_fields(&fields))
        .max_by_key(|publication| (publication.has_name(&stem), publication.fields.len()));
    let by_name = || publications().find(|publication| publication.fields.is_empty() && publication.has_name(&stem));
    let named = |publication| Recognised { publication, by_fields: false };
    match by_fields {
        // An extract of somebody's stops is a layer of stops.
        Some(publication) if matches!(publication.use_as, Use::MaybeBackdrop(_)) => {
            Some(by_name().map_or(Recognised { publication, by_fields: true }, named))
        }
        Some(publication) => Some(Recognised { publication, by_fields: true }),
        None => by_name().map(named),
    }
}

/// Whether a file of this name is of a publication that is this layer; nothing is known of its attributes.
#[must_use]
pub fn is_named_as(path: &Path, layer: LayerKey) -> bool {
    let stem = plain_stem(path);
    publications().any(|publication| publication.has_name(&stem) && publication.is_of(layer))
}

/// Whether some publication of a layer has classes of its own, so that `classes` can stand without `class`.
#[must_use]
pub fn has_published_classes(layer: LayerKey) -> bool {
    publications().any(|known| known.classes_of(layer).is_some())
}

impl Use {
    /// The layer that it is or may be.
    #[must_use]
    pub fn layer(self) -> Option<LayerKey> {
        match self {
            Self::Layer(layer, _) | Self::Maybe(layer, _) => Some(layer),
            Self::Boundaries => Some(LayerKey::Census),
            Self::Backdrop(_) | Self::MaybeBackdrop(_) | Self::Nothing(_) => None,
        }
    }

    /// What it is called in `[layers]`.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Backdrop(_) | Self::MaybeBackdrop(_) => Some(BACKDROP),
            other => other.layer().map(LayerKey::name),
        }
    }
}

impl Publication {
    /// Whether its files are this layer, may be it, or fill it beside another one.
    #[must_use]
    pub fn is_of(&self, layer: LayerKey) -> bool {
        self.use_as.layer() == Some(layer) || self.fills.iter().any(|(filled, _)| *filled == layer)
    }

    /// The attribute by which the features of a layer are chosen, and the values that count for it.
    #[must_use]
    pub fn classes_of(&self, layer: LayerKey) -> Option<(&'static str, &'static [&'static str])> {
        let (field, own) = self.classes?;
        if self.use_as.layer() == Some(layer) {
            return Some((field, own));
        }
        self.fills.iter().find(|(filled, _)| *filled == layer).map(|&(_, classes)| (field, classes))
    }

    fn has_fields(&self, known: &[&str]) -> bool {
        self.fields.iter().all(|wanted| known.iter().any(|field| matches(wanted, field)))
    }

    fn has_name(&self, stem: &str) -> bool {
        self.names.iter().any(|pattern| glob::Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(stem)))
    }
}

/// Whether a field is the one that is wanted, or begins as a pattern that ends in `*` does.
#[must_use]
pub fn matches(wanted: &str, field: &str) -> bool {
    wanted.strip_suffix('*').map_or(wanted == field, |start| field.starts_with(start))
}

/// A file's name without its endings, in lower case and Unicode NFKC.
fn plain_stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.nfkc().collect::<String>().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str, fields: &[&str]) -> Option<&'static str> {
        recognise(Path::new(name), fields.iter().copied()).map(|found| found.publication.id)
    }

    #[test]
    fn attributes_decide_whatever_the_name_is() {
        assert_eq!(id("stations.geojson", &["N02_001", "N02_003", "N02_004", "N02_005"]), Some("N02"));
        assert_eq!(id("a.shp", &["N02_001", "N02_003", "N02_004"]), Some("N02 lines"));
        assert_eq!(id("用途地域.shp", &["A16_001", "A16_002"]), Some("A16"));
    }

    #[test]
    fn the_bus_stops_of_2010_and_2022_are_told_apart_by_the_digits_of_their_columns() {
        let old = ["P11_001", "P11_002", "P11_003_1", "P11_003_2", "P11_004_1"];
        let new = ["P11_001", "P11_002", "P11_003_01", "P11_003_02", "P11_004_01", "P11_005"];
        let role = |fields: &[&str], role: &str| {
            let found = recognise(Path::new("P11.shp"), fields.iter().copied()).unwrap().publication;
            found.roles.iter().find(|(key, _)| *key == role).map(|(_, field)| *field)
        };
        assert_eq!((role(&old, "line"), role(&old, "operator")), (Some("P11_004_*"), Some("P11_003_*")));
        assert_eq!((role(&new, "line"), role(&new, "operator")), (Some("P11_003_*"), Some("P11_002")));
    }

    #[test]
    fn a_citys_own_files_go_by_their_names() {
        assert_eq!(id("第一種低層住居専用地域.shp", &["SAFIELD000"]), Some("use zones"));
        assert_eq!(id("住まいるシティ拠点エリア（都市機能誘導区域）.shp", &["area"]), Some("induction area"));
        assert_eq!(id("住まいるエリア（居住誘導区域）.shp", &["area"]), Some("residence induction"));
        assert_eq!(id("市街化区域界・市街化調整区域界.shp", &["FID"]), Some("area division lines"));
        assert_eq!(id("市街化区域.shp", &["FID"]), Some("area division"));
        assert_eq!(id("something.shp", &["FID"]), None);
    }

    #[test]
    fn an_extract_is_of_what_its_name_says_before_it_is_a_backdrop() {
        assert_eq!(id("export.geojson", &["@id", "highway"]), Some("OSM"));
        assert_eq!(id("bus_stops.geojson", &["@id", "highway"]), Some("stops by name"));
        assert_eq!(id("export.geojson", &["@id", "highway", "building", "building:levels"]), Some("OSM buildings"));
        assert_eq!(id("FG-GML-523836-RailCL-20240401-0001.shp", &["fid", "type"]), Some("FG-GML"));
        assert_eq!(id("FG-GML-523836-Cntr-20240401-0001.shp", &["fid", "type"]), None);
    }

    #[test]
    fn the_editions_of_the_urban_areas_are_told_apart_by_their_columns() {
        let classes = |fields: &[&str]| {
            let found = recognise(Path::new("A09-18_22.geojson"), fields.iter().copied()).unwrap().publication;
            (found.id, found.classes_of(LayerKey::UrbanZone).unwrap().1, found.use_zones)
        };
        let new = classes(&["prefec_cd", "area_cd", "layer_no"]);
        assert_eq!(new, ("A09", &["1", "3"][..], UseZones::Outside(&["3"])));
        for old in [&["A09_001", "A09_002", "A09_003"][..], &["prefec_cd", "layer_no", "thema_no"]] {
            assert_eq!((classes(old).1, classes(old).2), (&["2", "4"][..], UseZones::Outside(&["4"])));
        }
    }

    #[test]
    fn a_file_of_several_areas_is_of_every_layer_that_it_fills() {
        let found = recognise(Path::new("A50-20_22212.shp"), ["A50_006"]).unwrap().publication;
        assert!(found.is_of(LayerKey::InductionArea) && found.is_of(LayerKey::ResidenceArea));
        assert_eq!(found.classes_of(LayerKey::InductionArea), Some(("A50_006", &["3"][..])));
        assert_eq!(found.classes_of(LayerKey::ResidenceArea), Some(("A50_006", &["2"][..])));
        assert_eq!((found.is_of(LayerKey::Did), found.classes_of(LayerKey::Did)), (false, None));
    }

    #[test]
    fn roles_are_roles_of_their_layer() {
        for publication in publications() {
            for (role, _) in publication.roles {
                let own = publication.use_as.layer().expect("only layers have roles");
                let mut layers = publication.fills.iter().map(|(filled, _)| *filled).chain([own]);
                let has_role = |layer: LayerKey| layer.kind().roles.iter().any(|known| known.key == *role);
                assert!(layers.any(has_role), "{}: {role}", publication.id);
            }
            assert!(
                publication.fills.is_empty() || publication.classes.is_some(),
                "{}: by which field",
                publication.id
            );
            for pattern in publication.names {
                assert!(glob::Pattern::new(pattern).is_ok(), "{pattern}");
                assert_eq!(pattern.nfkc().collect::<String>().to_lowercase(), *pattern, "never matches");
            }
        }
    }
}
