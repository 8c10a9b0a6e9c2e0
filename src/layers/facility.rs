//! Existing senior facilities, of which one kind must not stand too close to another of its kind.

use geo::Geometry;

use super::{LayerError, Loaded};
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

/// A facility, or a point of a layer of one's own.
#[derive(Debug, Clone, PartialEq)]
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

/// The facilities of a layer.
///
/// # Errors
/// An area that is no number; a layer without a place.
pub fn facilities(loaded: &Loaded, notices: &mut Notices) -> Result<Vec<Facility>, LayerError> {
    let mut found = Vec::new();
    for feature in &loaded.raw.features {
        let parts = feature.geometry.as_ref().map(Footprint::of).unwrap_or_default();
        if parts.is_empty() {
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
