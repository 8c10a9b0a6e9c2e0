//! What is told of a census whose tables and boundaries are joined.

use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

/// Units whose number of older residents is not published.
pub static SUPPRESSED: NoticeKind = NoticeKind {
    id: "suppressed-census",
    severity: Severity::Info,
    what: Text::new(
        "65歳以上の人口が秘匿されている地域があり、幅のある数として扱います。",
        "census unit(s) whose residents aged 65 or over are not published; they count as an interval",
    ),
    advice: None,
};

/// Mesh cells of which parts are listed on their own.
pub static DIVIDED: NoticeKind = NoticeKind {
    id: "divided-mesh",
    severity: Severity::Info,
    what: Text::new(
        "より細かいメッシュも載っているメッシュは、その分を引いた残りを数えます。",
        "mesh(es) whose parts are listed as well; each counts for what its parts leave",
    ),
    advice: None,
};

/// Polygons of one code.
pub static ONE_UNIT: NoticeKind = NoticeKind {
    id: "parts-of-one-unit",
    severity: Severity::Info,
    what: Text::new(
        "1つのコードが複数のポリゴンに分かれている地域は、人口を1回だけ数えます。",
        "census unit(s) in several polygons of one code; their people count once",
    ),
    advice: None,
};

/// A total beside its parts.
pub static COVERED: NoticeKind = NoticeKind {
    id: "total-beside-its-parts",
    severity: Severity::Warning,
    what: Text::new(
        "内訳のポリゴンもある全体のポリゴンは、人口を二重に数えないように外しました。",
        "polygon(s) of a whole whose parts are polygons of the layer, too; left out, or their people would count twice",
    ),
    advice: Some(Text::new("最も細かい区分だけを指定してください。", "give one level only, the finest")),
};

/// Rows of another level.
pub static OTHER_LEVEL: NoticeKind = NoticeKind {
    id: "rows-of-another-level",
    severity: Severity::Info,
    what: Text::new(
        "区分の違う行を外しました。内訳の行がある市や町の合計か、境界データが分けていない区域の内訳です。",
        "row(s) left out: totals of a city or 町 whose parts have rows, or parts of an area that the boundaries do not divide",
    ),
    advice: None,
};

/// Rows of other municipalities.
pub static ELSEWHERE: NoticeKind = NoticeKind {
    id: "rows-outside-boundaries",
    severity: Severity::Info,
    what: Text::new(
        "境界データにない市区町村の行を外しました。",
        "row(s) left out: the boundaries do not hold their municipality",
    ),
    advice: None,
};

/// Rows that should have a polygon.
pub static NO_SHAPE: NoticeKind = NoticeKind {
    id: "rows-without-polygon",
    severity: Severity::Warning,
    what: Text::new(
        "境界データにその市区町村はあるものの、コードの合うポリゴンがない行を外しました。",
        "row(s) left out: no polygon has their code, although the boundaries hold the municipality",
    ),
    advice: Some(Text::new(
        "表と境界データは同じ国勢調査のものを指定してください。コードは調査ごとに変わります。",
        "give table and boundaries of the same census: codes change from one to the next",
    )),
};

/// Polygons of water.
pub static WATER: NoticeKind = NoticeKind {
    id: "water-areas",
    severity: Severity::Info,
    what: Text::new(
        "表に行のない水面調査区は、居住者がいないものとします。",
        "survey area(s) on water 水面調査区 without a row: nobody lives there",
    ),
    advice: None,
};

/// Polygons that should have a row.
pub static NO_ROW: NoticeKind = NoticeKind {
    id: "polygons-without-row",
    severity: Severity::Warning,
    what: Text::new(
        "コードの合う行がなく、人口の分からないポリゴンがあります。",
        "polygon(s) whose code no row has: how many people live there is not known",
    ),
    advice: Some(Text::new(
        "表と境界データは同じ国勢調査のものを指定してください。",
        "give table and boundaries of the same census",
    )),
};
