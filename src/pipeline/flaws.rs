//! What can be wrong with a parcel, and what was done about it.

use crate::geometry::repair::Flaws;
use crate::inputs::GeometryProblem;
use crate::notices::{Kind, Severity};

/// The kinds of notices that a parcel's geometry gives rise to.
pub(super) fn problems(found: Option<GeometryProblem>, flaws: Flaws) -> Vec<&'static Kind> {
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
        $($(#[$doc])* pub(super) static $name: Kind =
            Kind { id: $id, severity: Severity::$severity, what: $what, advice: $advice };)*
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
    DUPLICATE_ID = "duplicate-id", Warning, "parcel(s) with an id that an earlier one has", "rows cannot be joined by this id alone";
}
