//! What is told of a census whose tables and boundaries are joined.

use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

/// Units whose number of older residents is not published.
pub static SUPPRESSED: NoticeKind = NoticeKind {
    id: "suppressed-census",
    severity: Severity::Info,
    what: Text::new(
        "〓",
        "census unit(s) whose residents aged 65 or over are not published; they count as an interval",
    ),
    advice: None,
};

/// Mesh cells of which parts are listed on their own.
pub static DIVIDED: NoticeKind = NoticeKind {
    id: "divided-mesh",
    severity: Severity::Info,
    what: Text::new("〓", "mesh(es) whose parts are listed as well; each counts for what its parts leave"),
    advice: None,
};

/// Polygons of one code.
pub static ONE_UNIT: NoticeKind = NoticeKind {
    id: "parts-of-one-unit",
    severity: Severity::Info,
    what: Text::new("〓", "census unit(s) in several polygons of one code; their people count once"),
    advice: None,
};

/// A total beside its parts.
pub static COVERED: NoticeKind = NoticeKind {
    id: "total-beside-its-parts",
    severity: Severity::Warning,
    what: Text::new(
        "〓",
        "polygon(s) of a whole whose parts are polygons of the layer, too; left out, or their people would count twice",
    ),
    advice: Some(Text::new("〓", "give one level only, the finest")),
};

/// Rows of another level.
pub static OTHER_LEVEL: NoticeKind = NoticeKind {
    id: "rows-of-another-level",
    severity: Severity::Info,
    what: Text::new(
        "〓",
        "row(s) left out: totals of a city or 町 whose parts have rows, or parts of an area that the boundaries do not divide",
    ),
    advice: None,
};

/// Rows of other municipalities.
pub static ELSEWHERE: NoticeKind = NoticeKind {
    id: "rows-outside-boundaries",
    severity: Severity::Info,
    what: Text::new("〓", "row(s) left out: the boundaries do not hold their municipality"),
    advice: None,
};

/// Rows that should have a polygon.
pub static NO_SHAPE: NoticeKind = NoticeKind {
    id: "rows-without-polygon",
    severity: Severity::Warning,
    what: Text::new("〓", "row(s) left out: no polygon has their code, although the boundaries hold the municipality"),
    advice: Some(Text::new("〓", "give table and boundaries of the same census: codes change from one to the next")),
};

/// Polygons of water.
pub static WATER: NoticeKind = NoticeKind {
    id: "water-areas",
    severity: Severity::Info,
    what: Text::new("〓", "survey area(s) on water 水面調査区 without a row: nobody lives there"),
    advice: None,
};

/// Polygons that should have a row.
pub static NO_ROW: NoticeKind = NoticeKind {
    id: "polygons-without-row",
    severity: Severity::Warning,
    what: Text::new("〓", "polygon(s) whose code no row has: how many people live there is not known"),
    advice: Some(Text::new("〓", "give table and boundaries of the same census")),
};
