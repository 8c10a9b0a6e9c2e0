//! What is said of data on an older datum, and of those that the grids of shifts do not cover?

use std::collections::BTreeSet;

use super::DATUM;
use crate::crs::{Crs, DatumGrids, OffGrid};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A datum that grids lead on from, all the way to JGD2011.
static OVER_GRIDS: NoticeKind = NoticeKind {
    id: "datum-over-grids",
    severity: Severity::Info,
    what: Text::new(
        "JGD2011と異なる測地系のファイルを、`datum_grids` の格子でJGD2011に移しました。",
        "file(s) on another datum than JGD2011, shifted to it by the grids of `datum_grids`",
    ),
    advice: None,
};

/// A place on the Tokyo datum without a grid.
static OUTSIDE_TKY2JGD: NoticeKind = NoticeKind {
    id: "outside-tky2jgd",
    severity: Severity::Warning,
    what: Text::new(
        "TKY2JGDの格子の外に点のある地物があります。その点は、格子がないときと同じ方法で、約9mの精度で移しました。",
        "feature(s) with points outside the TKY2JGD grids of `datum_grids`; these points were shifted to about 9 m, as without a grid",
    ),
    advice: Some(Text::new(
        "全国を含むTKY2JGD.parかどうかを確かめてください。海上や埋立地のように、格子のない場所もあります。",
        "see that it is the TKY2JGD.par of the whole country; the sea and reclaimed land have no grid",
    )),
};

/// A place on JGD2000 without a grid.
static OUTSIDE_PATCHJGD: NoticeKind = NoticeKind {
    id: "outside-patchjgd",
    severity: Severity::Warning,
    what: Text::new(
        "PatchJGDの格子の外に点のある地物があります。その点では、格子がないときと同じく、JGD2000をJGD2011とみなしました。",
        "feature(s) with points outside the PatchJGD grids of `datum_grids`; there JGD2000 was read as JGD2011, as without a grid",
    ),
    advice: Some(Text::new(
        "西日本では両者は一致します。東日本では、その場所を含む補正パラメータがあれば加えてください。",
        "in western Japan the two agree; in the east, add the grid that covers the place, where there is one",
    )),
};

/// A place with several grids from JGD2000 on.
static IN_SEVERAL_PATCHJGD: NoticeKind = NoticeKind {
    id: "in-several-patchjgd",
    severity: Severity::Warning,
    what: Text::new(
        "PatchJGDの格子がいくつも重なる場所に、点のある地物があります。書かれた順に、それぞれの格子で移しました。",
        "feature(s) with points where several PatchJGD grids of `datum_grids` overlap; shifted by each, in their order",
    ),
    advice: Some(Text::new(
        "別々の地震の格子なら、これで正しい結果です。1つの地震に格子がいくつもあるときは、市区町村に合うものだけを書いてください。",
        "right for grids of different earthquakes; of several for one earthquake, name only the one for the municipality",
    )),
};

/// The kind of notice for what the grids do not simply shift.
#[must_use]
pub fn off_grid_notice(why: OffGrid) -> &'static NoticeKind {
    match why {
        OffGrid::OutsideTky2Jgd => &OUTSIDE_TKY2JGD,
        OffGrid::OutsidePatchJgd => &OUTSIDE_PATCHJGD,
        OffGrid::InSeveralPatchJgd => &IN_SEVERAL_PATCHJGD,
    }
}

/// Says on which datum a file is, where it is an older one.
pub(super) fn tell_datum(crs: &Crs, grids: &DatumGrids, place: &str, notices: &mut Notices) {
    if let Some((note, is_warning)) = crs.datum_note_over(grids) {
        notices.add(place, if is_warning { &DATUM } else { &OVER_GRIDS }, note);
    }
}

/// The reasons why grids do not simply shift some points, each once.
pub(super) fn reasons(off: &[(usize, OffGrid)]) -> BTreeSet<OffGrid> {
    off.iter().map(|(_, why)| *why).collect()
}

/// The shapes with points that grids do not simply shift, by their lengths in points; each with every reason once.
pub(super) fn shapes_off_grid(lengths: impl Iterator<Item = usize>, off: &[(usize, OffGrid)]) -> Vec<(usize, OffGrid)> {
    if off.is_empty() {
        return Vec::new();
    }
    let (mut found, mut rest, mut end) = (Vec::new(), off, 0);
    for (shape, length) in lengths.enumerate() {
        end += length;
        let (own, others) = rest.split_at(rest.partition_point(|(point, _)| *point < end));
        found.extend(reasons(own).into_iter().map(|why| (shape, why)));
        rest = others;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_told_once_for_each_reason() {
        use OffGrid::{InSeveralPatchJgd as Several, OutsidePatchJgd as Outside};
        let off = [(2, Outside), (3, Outside), (4, Several), (9, Outside), (10, Several)];
        let shapes = shapes_off_grid([2, 0, 3, 4, 2].into_iter(), &off);
        assert_eq!(shapes, [(2, Outside), (2, Several), (4, Outside), (4, Several)]);
        assert_eq!(shapes_off_grid([2, 3].into_iter(), &[]), []);
    }
}
