//! What can be wrong with a parcel, and what was done about it.

use std::collections::BTreeMap;

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::geometry::repair::Flaws;
use crate::inputs::GeometryProblem;
use crate::layers::area::beyond_named;
use crate::layers::off_grid_notice;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Tells of parcels whose geometry was skipped or mended.
#[derive(Debug, Default)]
pub struct ParcelNotices(Notices);

impl Collector for ParcelNotices {
    type Piece = Notices;
    type Output = Notices;

    fn piece(&self, result: &BatchResult<'_>) -> Notices {
        let mut notices = self.0.of_a_piece();
        let flaws = result.batch.flaws();
        for row in 0..result.len() {
            let of_row = flaws.get(&row).copied().unwrap_or_default();
            let beyond = of_row.beyond;
            for kind in kinds(result, row, of_row) {
                let position = result.position(row);
                let id = result.assessment.ids.get(row).unwrap_or_default();
                notices.add("parcels", kind, text!("{position}番目の筆（{id}）", "parcel {position} ({id})"));
            }
            if let Some(corners) = beyond {
                let (file, position) = (result.file.display(), result.position(row));
                let id = result.assessment.ids.get(row).unwrap_or_default();
                let which = text!("{file}: {position}番目の筆（{id}）", "{file}: parcel {position} ({id})");
                notices.add("parcels", &BEYOND, beyond_named(which, corners));
            }
        }
        for &(row, why) in &result.off_grid {
            let (file, position) = (result.file.display(), result.position(row));
            let id = result.assessment.ids.get(row).unwrap_or_default();
            let which = text!("{file}: {position}番目の筆（{id}）", "{file}: parcel {position} ({id})");
            notices.add("parcels", off_grid_notice(why), which);
        }
        notices
    }

    fn merge(&mut self, piece: Notices) -> Result<(), Enough> {
        self.0.merge(piece);
        Ok(())
    }

    fn finish(self) -> Notices {
        self.0
    }
}

/// The ids of the notices that the parcels of a batch give rise to, by their rows; a row with none is not there.
#[must_use]
pub fn notices_by_row(result: &BatchResult<'_>) -> BTreeMap<usize, Vec<&'static str>> {
    let flaws = result.batch.flaws();
    let mut by_row: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
    for row in 0..result.len() {
        let of_row = flaws.get(&row).copied().unwrap_or_default();
        let beyond = of_row.beyond.map(|_| &BEYOND);
        let kinds = kinds(result, row, of_row).into_iter().chain(beyond);
        let ids: Vec<&'static str> = kinds.map(|kind| kind.id).collect();
        if !ids.is_empty() {
            by_row.insert(row, ids);
        }
    }
    for &(row, why) in &result.off_grid {
        by_row.entry(row).or_default().push(off_grid_notice(why).id);
    }
    by_row
}

/// The kinds of notices of a row, but that its rings cross too often.
fn kinds(result: &BatchResult<'_>, row: usize, flaws: Flaws) -> Vec<&'static NoticeKind> {
    let problem = result.records[row].problem;
    let mut kinds = problems(problem, flaws);
    if problem.is_none() && !result.batch.is_usable(row) && flaws.beyond.is_none() {
        kinds.push(&NO_AREA);
    }
    kinds
}

/// The kinds of notices that a parcel's geometry gives rise to. Most have none, which costs no allocation.
fn problems(found: Option<GeometryProblem>, flaws: Flaws) -> Vec<&'static NoticeKind> {
    let mut kinds = Vec::new();
    match found {
        Some(GeometryProblem::Null | GeometryProblem::Empty) => kinds.push(&NO_GEOMETRY),
        Some(GeometryProblem::NotAPolygon) => kinds.push(&NOT_A_POLYGON),
        Some(GeometryProblem::NotFinite) => kinds.push(&NOT_FINITE),
        Some(GeometryProblem::Unclosed) => kinds.push(&UNCLOSED),
        None => {}
    }
    for (is, kind) in [(flaws.turned, &TURNED), (flaws.doubled, &DOUBLED), (flaws.crossing, &CROSSING)] {
        if is {
            kinds.push(kind);
        }
    }
    kinds
}

/// A parcel without a shape.
static NO_GEOMETRY: NoticeKind = NoticeKind {
    id: "no-geometry",
    severity: Severity::Skipped,
    what: Text::new(
        "形のない筆があります。測定値は空欄、判定は判定不能とします。",
        "parcel(s) without a geometry; kept with empty measures and undetermined",
    ),
    advice: Some(Text::new("ファイルにポリゴンを入れてください。", "give them a polygon in the file")),
};

/// A parcel that is a point or a line.
static NOT_A_POLYGON: NoticeKind = NoticeKind {
    id: "not-a-polygon",
    severity: Severity::Skipped,
    what: Text::new(
        "ポリゴンでない筆があります。測定値は空欄、判定は判定不能とします。",
        "parcel(s) that are no polygon; kept with empty measures and undetermined",
    ),
    advice: Some(Text::new("ファイルにポリゴンを入れてください。", "give them a polygon in the file")),
};

/// A parcel with a coordinate that is no number.
static NOT_FINITE: NoticeKind = NoticeKind {
    id: "not-finite",
    severity: Severity::Skipped,
    what: Text::new(
        "座標が数値でない筆があります。測定値は空欄、判定は判定不能とします。",
        "parcel(s) with a coordinate that is no number; kept with empty measures and undetermined",
    ),
    advice: Some(Text::new("ファイルの座標を直してください。", "mend them in the file")),
};

/// A parcel that is a line or a point, drawn as a polygon.
static NO_AREA: NoticeKind = NoticeKind {
    id: "no-area",
    severity: Severity::Skipped,
    what: Text::new(
        "面積のない筆があります。測定値は空欄、判定は判定不能とします。",
        "parcel(s) without an area; kept with empty measures and undetermined",
    ),
    advice: Some(Text::new("ファイルの形を直してください。", "mend them in the file")),
};

/// A ring that does not close.
static UNCLOSED: NoticeKind = NoticeKind {
    id: "unclosed",
    severity: Severity::Mended,
    what: Text::new(
        "輪郭の閉じていない筆がありました。閉じて使います。",
        "parcel(s) whose ring did not end where it began; closed",
    ),
    advice: None,
};

/// A ring that turns the wrong way.
static TURNED: NoticeKind = NoticeKind {
    id: "turned",
    severity: Severity::Mended,
    what: Text::new(
        "輪郭の回る向きがGeoJSONの決まりと逆の筆がありました。向きを直して使います。",
        "parcel(s) whose rings turned against the convention of GeoJSON; turned",
    ),
    advice: None,
};

/// A point that stands twice.
static DOUBLED: NoticeKind = NoticeKind {
    id: "doubled-point",
    severity: Severity::Mended,
    what: Text::new(
        "同じ点が続けて並ぶ筆がありました。1点として使います。",
        "parcel(s) with a point twice in a row; read as one",
    ),
    advice: None,
};

/// Rings that cross.
static CROSSING: NoticeKind = NoticeKind {
    id: "self-crossing",
    severity: Severity::Mended,
    what: Text::new(
        "輪郭が交差する筆がありました。輪郭に奇数回囲まれた部分を筆として測ります。",
        "parcel(s) whose rings cross; measured as what an odd number of rings go round",
    ),
    advice: Some(Text::new("地図で形を確かめてください。", "look at them on a map")),
};

/// Rings that cross too often.
static BEYOND: NoticeKind = NoticeKind {
    id: "parcel-beyond-mending",
    severity: Severity::Skipped,
    what: Text::new(
        "輪郭の交わりが多すぎ、面を求められない筆があります。測定値は空欄、判定は判定不能とします。",
        "parcel(s) of which no area can be made, so often do their rings cross; kept with empty measures and undetermined",
    ),
    advice: Some(Text::new("GISで形を直してください。", "mend them in a GIS")),
};
