//! What can be wrong with a parcel, and what was done about it.

use super::{Collector, Enough};
use crate::assess::BatchResult;
use crate::geometry::repair::Flaws;
use crate::inputs::GeometryProblem;
use crate::notices::{NoticeKind, Notices, Severity};

/// Tells of parcels whose geometry was skipped or mended.
#[derive(Debug, Default)]
pub struct ParcelNotices(Notices);

impl Collector for ParcelNotices {
    type Piece = Notices;
    type Output = Notices;

    fn piece(&self, result: &BatchResult<'_>) -> Notices {
        let mut notices = self.0.of_a_piece();
        let flaws = result.batch.flaws();
        for (row, record) in result.records.iter().enumerate() {
            let mut kinds = problems(record.problem, flaws.get(&row).copied().unwrap_or_default());
            if record.problem.is_none() && !result.batch.is_usable(row) {
                kinds.push(&NO_AREA);
            }
            for kind in kinds {
                let id = result.assessment.ids.get(row).unwrap_or_default();
                notices.add("parcels", kind, format_args!("parcel {} ({id})", result.position(row)));
            }
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

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $what:literal, $advice:literal;)*) => {
        $($(#[$doc])* static $name: NoticeKind =
            NoticeKind { id: $id, severity: Severity::$severity, what: $what, advice: $advice };)*
    };
}

kinds! {
    NO_GEOMETRY = "no-geometry", Skipped, "parcel(s) without a geometry; kept with empty measures and undetermined",
        "give them a polygon in the file";
    NOT_A_POLYGON = "not-a-polygon", Skipped, "parcel(s) that are no polygon; kept with empty measures and undetermined",
        "give them a polygon in the file";
    NOT_FINITE = "not-finite", Skipped, "parcel(s) with a coordinate that is no number; kept with empty measures and undetermined",
        "mend them in the file";
    NO_AREA = "no-area", Skipped, "parcel(s) without an area; kept with empty measures and undetermined",
        "mend them in the file";
    UNCLOSED = "unclosed", Mended, "parcel(s) whose ring did not end where it began; closed", "";
    TURNED = "turned", Mended, "parcel(s) whose rings turned against the convention of GeoJSON; turned", "";
    DOUBLED = "doubled-point", Mended, "parcel(s) with a point twice in a row; read as one", "";
    CROSSING = "self-crossing", Mended, "parcel(s) whose rings cross; measured as what an odd number of rings go round",
        "look at them on a map";
}
