//! Existing senior facilities, of which one kind must not stand too close to another of its kind.

use geo::Geometry;
use serde::{Deserialize, Serialize};

use super::area::{BEYOND, beyond_named};
use super::load::known_fields;
use super::lost::Lost;
use super::{LayerError, LayerKey, Loaded};
use crate::geometry::Footprint;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A facility whose place is not known.
pub static UNPLACED: NoticeKind = NoticeKind {
    id: "facility-without-place",
    severity: Severity::Warning,
    what: Text::new(
        "位置の分からない施設があります。どこにあってもおかしくないため、同種の施設から離れていると言い切れる筆はありません。",
        "facility(ies) without a place, which may stand anywhere: no parcel is clear of their kind for certain",
    ),
    advice: Some(Text::new("ファイルに座標を入れてください。", "give them coordinates in the file")),
};

/// A place of a layer of one's own that is not known.
pub static UNPLACED_OWN: NoticeKind = NoticeKind {
    id: "point-without-place",
    severity: Severity::Warning,
    what: Text::new(
        "位置の分からない地物があります。どこにあってもおかしくないため、近くにないと言い切れる筆はありません。",
        "feature(s) without a place, which may stand anywhere: of no parcel is it certain that none is near",
    ),
    advice: Some(Text::new(
        "ファイルに座標を入れるか、使わない地物なら `where` で外してください。",
        "give them coordinates in the file, or leave them out by `where`",
    )),
};

/// Facilities of which no field is known to name them.
static NAMELESS: NoticeKind = NoticeKind {
    id: "facilities-without-names",
    severity: Severity::Info,
    what: Text::new(
        "どの属性が施設の名称か分からず、名称のない施設として扱いました。",
        "layer(s) of facilities without a field that is known to name them: all of their names are null",
    ),
    advice: Some(Text::new(
        "名称の属性を `name = \"…\"` で指定してください。",
        "say which field it is, `name = \"…\"`",
    )),
};

/// A facility, or a point of a layer of one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facility {
    /// 1-based position in its layer.
    pub number: usize,
    /// Its name.
    pub name: Option<String>,
    /// Its kind, trimmed and in Unicode NFKC; `None` where the layer does not say.
    pub kind: Option<String>,
    /// The area of its site in m², where the layer says.
    pub site_area: Option<f64>,
    /// Its place as the layer has it, plane metres; `None` where the layer gives none: it may stand anywhere.
    pub geometry: Option<Geometry<f64>>,
    /// The points, lines and areas of its place.
    pub parts: Footprint,
}

/// What stands between several kinds in one cell; NFKC has made the wide signs narrow.
const BETWEEN_KINDS: &[char] = &['\n', '\r', '、', ',', '・', '/', ';', '|'];

impl Facility {
    /// Its kinds: what its cell says, and where that has several, each of them.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        let whole = self.kind.as_deref();
        // One kind alone is the whole.
        whole.into_iter().chain(self.single_kinds().filter(move |&part| Some(part) != whole))
    }

    /// The kinds that its cell lists, each by itself.
    pub fn single_kinds(&self) -> impl Iterator<Item = &str> {
        let parts = self.kind.iter().flat_map(|kind| kind.split(BETWEEN_KINDS)).map(str::trim);
        parts.filter(|part| !part.is_empty())
    }

    /// Whether it is of a kind, trimmed and in Unicode NFKC; `None` where its own is not known.
    #[must_use]
    pub fn is_of(&self, kind: &str) -> Option<bool> {
        self.kind.is_some().then(|| self.kinds().any(|own| own == kind))
    }

    /// Whether it has a kind in common with another.
    #[must_use]
    pub fn shares_kind_with(&self, other: &Self) -> bool {
        self.kinds().any(|kind| other.kinds().any(|own| own == kind))
    }
}

/// The facilities of a layer.
///
/// # Errors
/// An area that is no number; a layer without a place.
pub fn facilities(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Vec<Facility>, LayerError> {
    let mut found = Vec::new();
    if loaded.key == LayerKey::Facilities && !loaded.fields.contains_key("name") && !loaded.raw.features.is_empty() {
        let fields = known_fields(&loaded.raw).join(", ");
        notices.add(loaded.key.name(), &NAMELESS, text!("属性: {fields}", "fields: {fields}"));
    }
    for feature in &loaded.raw.features {
        let mut parts = feature.geometry.as_ref().map(Footprint::of).unwrap_or_default();
        if loaded.in_doubt.holds(feature) {
            // Whether it is one at all is not sure: so it is nowhere for certain, and may be anywhere.
            lost.one();
            parts = Footprint::default();
        } else if parts.is_empty() {
            lost.one();
            if let Some(corners) = parts.beyond() {
                notices.add(loaded.key.name(), &BEYOND, beyond_named(loaded.feature_name(feature), corners));
            }
            let kind = if loaded.key.is_own() { &UNPLACED_OWN } else { &UNPLACED };
            notices.add(loaded.key.name(), kind, loaded.feature_name(feature));
        }
        found.push(Facility {
            number: feature.number,
            name: loaded.text(feature, "name"),
            kind: loaded.text(feature, "kind"),
            site_area: loaded.number(feature, "site_area")?,
            geometry: feature.geometry.clone().filter(|_| !parts.is_empty()),
            parts,
        });
    }
    if found.iter().all(|facility| facility.parts.is_empty()) {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoGeometry {
            layer: loaded.key.name(),
            path,
            needs: Text::new("点かポリゴン", "points or polygons"),
            why: loaded.raw.unplaced.clone().map(Box::new),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Option<&str>) -> Facility {
        let parts = Footprint::default();
        Facility { number: 1, name: None, kind: kind.map(str::to_owned), site_area: None, geometry: None, parts }
    }

    #[test]
    fn a_cell_with_several_kinds_is_of_each_of_them() {
        for cell in [
            "通所介護\n短期入所",
            "通所介護、短期入所",
            "通所介護・短期入所",
            "短期入所 / 通所介護",
            "短期入所;通所介護",
        ] {
            let facility = of(Some(cell));
            let is_of = ["通所介護", "短期入所", cell, "入所"].map(|kind| facility.is_of(kind));
            assert_eq!(is_of, [Some(true), Some(true), Some(true), Some(false)], "{cell}");
            assert!(facility.shares_kind_with(&of(Some("通所介護"))) && !facility.shares_kind_with(&of(Some("特養"))));
        }
        assert_eq!(of(None).is_of("通所介護"), None);
        assert!(!of(None).shares_kind_with(&of(None)));
    }

    #[test]
    fn a_kind_alone_is_one() {
        assert_eq!(of(Some("通所介護")).kinds().collect::<Vec<_>>(), ["通所介護"]);
        assert_eq!(of(Some("、")).kinds().collect::<Vec<_>>(), ["、"]);
    }
}
