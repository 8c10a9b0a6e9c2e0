//! Which grids lead from a datum to JGD2011, and what do they come to together?

use std::sync::Arc;

use super::grid::{DatumGrid, GridKind};
use super::systems::Datum;
use crate::text::Text;

/// The grids that a project has, none where it names none.
///
/// From the Tokyo datum the first TKY2JGD grid that covers a place leads to JGD2000: those of regions agree where they
/// overlap. From there, and from JGD2000, every PatchJGD grid that covers the place is gone through in the order in which
/// they are given: each is what one earthquake moved. What is on JGD2011 or WGS84 is taken as it is: nothing says before which
/// earthquake it was surveyed.
#[derive(Debug, Clone, Default)]
pub struct DatumGrids {
    tokyo: Vec<Arc<DatumGrid>>,
    patches: Vec<Arc<DatumGrid>>,
}

/// Why a place is not simply shifted by the grids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OffGrid {
    /// It is on the Tokyo datum and no TKY2JGD grid covers it: it was shifted as without grids, to about 9 m.
    OutsideTky2Jgd,
    /// No PatchJGD grid covers it: from JGD2000 on it was taken as it is.
    OutsidePatchJgd,
    /// Several PatchJGD grids cover it, and it was shifted by each.
    InSeveralPatchJgd,
}

/// A place on JGD2011.
pub(super) struct Shifted {
    /// `None` where no grid moves it, so that it is to be converted as without grids.
    pub(super) lon_lat: Option<[f64; 2]>,
    pub(super) off: Option<OffGrid>,
}

impl DatumGrids {
    /// No grids.
    pub const NONE: Self = Self { tokyo: Vec::new(), patches: Vec::new() };

    /// Grids in the order in which they are given.
    #[must_use]
    pub fn new(grids: impl IntoIterator<Item = DatumGrid>) -> Self {
        let mut all = Self::NONE;
        for grid in grids {
            let of_kind = match grid.kind() {
                GridKind::Tky2Jgd => &mut all.tokyo,
                GridKind::PatchJgd => &mut all.patches,
            };
            of_kind.push(Arc::new(grid));
        }
        all
    }

    /// The grids that data on a datum go through; none where the first step has none: what is metres off gains nothing
    /// by centimetres.
    fn from(&self, datum: Datum) -> impl Iterator<Item = &DatumGrid> {
        let (tokyo, patches): (&[_], &[_]) = match datum {
            Datum::Tokyo if !self.tokyo.is_empty() => (&self.tokyo, &self.patches),
            Datum::Jgd2000 => (&[], &self.patches),
            Datum::Tokyo | Datum::Jgd2011 | Datum::Wgs84 => (&[], &[]),
        };
        tokyo.iter().chain(patches).map(Arc::as_ref)
    }

    /// Whether any grid leads on from a datum.
    pub(super) fn lead_from(&self, datum: Datum) -> bool {
        self.from(datum).next().is_some()
    }

    /// The names of the grids that data on a datum go through.
    pub(super) fn names(&self, datum: Datum) -> Vec<String> {
        self.from(datum).map(|grid| grid.name().to_owned()).collect()
    }

    /// Where a longitude and latitude on a datum that grids lead on from is on JGD2011.
    pub(super) fn shift(&self, datum: Datum, lon_lat: [f64; 2]) -> Shifted {
        let mut at = lon_lat;
        if datum == Datum::Tokyo {
            let Some(shift) = self.tokyo.iter().find_map(|grid| grid.shift(at)) else {
                return Shifted { lon_lat: None, off: Some(OffGrid::OutsideTky2Jgd) };
            };
            at = sum(at, shift);
        }
        let mut moved = 0;
        for patch in &self.patches {
            if let Some(shift) = patch.shift(at) {
                at = sum(at, shift);
                moved += 1;
            }
        }
        let off = match moved {
            0 if !self.patches.is_empty() => Some(OffGrid::OutsidePatchJgd),
            0 | 1 => None,
            _ => Some(OffGrid::InSeveralPatchJgd),
        };
        let is_moved = datum == Datum::Tokyo || moved > 0;
        Shifted { lon_lat: is_moved.then_some(at), off }
    }

    /// What a reader of data on a datum should know, where grids lead on from it, and whether it is a warning: an older
    /// datum is then left unshifted for want of a second grid.
    pub(super) fn note(&self, datum: Datum) -> Option<(Text, bool)> {
        let names = |grids: &[Arc<DatumGrid>]| {
            Text::list(&grids.iter().map(|grid| Text::from(file_name(grid.name()))).collect::<Vec<_>>())
        };
        let (tokyo, patches) = (names(&self.tokyo), names(&self.patches));
        match datum {
            Datum::Jgd2000 if !self.patches.is_empty() => Some((
                text!(
                    "JGD2000は、{patches}の格子でJGD2011に移します（緯度・経度の双一次補間）。",
                    "JGD2000 is shifted to JGD2011 by the grid of {patches}, interpolated bilinearly",
                    patches = patches
                ),
                false,
            )),
            Datum::Tokyo if self.tokyo.is_empty() => None,
            Datum::Tokyo if self.patches.is_empty() => Some((
                text!(
                    "旧日本測地系は、{tokyo}の格子でJGD2000に移し、JGD2000はJGD2011として読みます。西日本では一致しますが、\
                     2011年の地震で地面が動いた地域では最大で数m違います。その地域では、`datum_grids` にPatchJGD（.par）も加えてください。",
                    "the Tokyo datum (旧日本測地系) is shifted to JGD2000 by the grid of {tokyo}, and JGD2000 is read as JGD2011: they \
                     agree in western Japan, but where the 2011 earthquake moved the ground they differ by up to metres; there, name \
                     GSI's PatchJGD (.par grid) in `datum_grids` as well",
                    tokyo = tokyo
                ),
                true,
            )),
            Datum::Tokyo => Some((
                text!(
                    "旧日本測地系は、{tokyo}の格子でJGD2000に、{patches}の格子でJGD2011に移します（緯度・経度の双一次補間）。",
                    "the Tokyo datum (旧日本測地系) is shifted to JGD2000 by the grid of {tokyo} and to JGD2011 by that of {patches}, \
                     interpolated bilinearly",
                    tokyo = tokyo,
                    patches = patches
                ),
                false,
            )),
            Datum::Jgd2000 | Datum::Jgd2011 | Datum::Wgs84 => None,
        }
    }
}

fn sum(at: [f64; 2], shift: [f64; 2]) -> [f64; 2] {
    [at[0] + shift[0], at[1] + shift[1]]
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::{CORNER, grid_of};
    use super::*;

    fn grid(kind: GridKind, size: [u32; 2], seconds: [f64; 2]) -> DatumGrid {
        grid_of(kind, size, |_, _| seconds)
    }

    fn shifted(grids: &DatumGrids, datum: Datum, at: [f64; 2]) -> (Option<[f64; 2]>, Option<OffGrid>) {
        let Shifted { lon_lat, off } = grids.shift(datum, at);
        let seconds = |lon_lat: [f64; 2]| [0, 1].map(|axis| ((lon_lat[axis] - at[axis]) * 3.6e6).round() / 1e3);
        (lon_lat.map(seconds), off)
    }

    /// A place so many columns and rows from the corner of the grids.
    fn at(east: f64, north: f64) -> [f64; 2] {
        [CORNER[0] + east / 80.0, CORNER[1] + north / 120.0]
    }

    #[test]
    fn grids_are_gone_through_one_after_the_other() {
        let grids = DatumGrids::new([
            grid(GridKind::PatchJgd, [5, 5], [0.125, -0.25]),
            grid(GridKind::Tky2Jgd, [9, 9], [-11.5, 12.0]),
        ]);
        assert_eq!(shifted(&grids, Datum::Tokyo, at(2.5, 2.5)), (Some([-11.375, 11.75]), None));
        assert_eq!(shifted(&grids, Datum::Jgd2000, at(2.5, 2.5)), (Some([0.125, -0.25]), None));
        let outside = Some(OffGrid::OutsidePatchJgd);
        assert_eq!(shifted(&grids, Datum::Tokyo, at(6.5, 6.5)), (Some([-11.5, 12.0]), outside));
        assert_eq!(shifted(&grids, Datum::Jgd2000, at(6.5, 6.5)), (None, outside));
        assert_eq!(shifted(&grids, Datum::Tokyo, at(9.5, 2.5)), (None, Some(OffGrid::OutsideTky2Jgd)));
        // The second grid is asked where the first one has led to, 11.5″ to the west of a place that lies outside of it.
        assert_eq!(shifted(&grids, Datum::Tokyo, at(4.1, 2.5)), (Some([-11.375, 11.75]), None));
        assert_eq!(shifted(&grids, Datum::Jgd2000, at(4.1, 2.5)), (None, outside));
    }

    #[test]
    fn of_grids_of_regions_the_first_counts_and_of_earthquakes_each() {
        let [tokyo, patch] = [GridKind::Tky2Jgd, GridKind::PatchJgd];
        let grids = DatumGrids::new([
            grid(tokyo, [3, 3], [-11.5, 12.0]),
            grid(tokyo, [9, 9], [-11.5, 12.0]),
            grid(patch, [9, 9], [0.5, 0.0]),
            grid(patch, [9, 4], [0.25, 1.0]),
        ]);
        let both = Some(OffGrid::InSeveralPatchJgd);
        assert_eq!(shifted(&grids, Datum::Tokyo, at(1.5, 1.5)), (Some([-10.75, 13.0]), both));
        assert_eq!(shifted(&grids, Datum::Tokyo, at(7.5, 1.5)), (Some([-11.0, 12.0]), None));
        assert_eq!(shifted(&grids, Datum::Jgd2000, at(1.5, 1.5)), (Some([0.75, 1.0]), both));
    }

    #[test]
    fn a_datum_without_a_first_grid_is_left_as_it_is() {
        let patches = DatumGrids::new([grid(GridKind::PatchJgd, [5, 5], [0.5, 0.5])]);
        assert!(patches.lead_from(Datum::Jgd2000) && !patches.lead_from(Datum::Tokyo));
        assert!(patches.note(Datum::Tokyo).is_none() && patches.names(Datum::Tokyo).is_empty());
        let tokyo = DatumGrids::new([grid(GridKind::Tky2Jgd, [5, 5], [0.5, 0.5])]);
        assert!(!tokyo.lead_from(Datum::Jgd2000) && tokyo.lead_from(Datum::Tokyo));
        assert!(tokyo.note(Datum::Tokyo).is_some_and(|(_, is_warning)| is_warning));
        assert_eq!(shifted(&tokyo, Datum::Tokyo, at(1.5, 1.5)), (Some([0.5, 0.5]), None));
        for datum in [Datum::Jgd2011, Datum::Wgs84] {
            assert!(!tokyo.lead_from(datum) && tokyo.note(datum).is_none() && patches.note(datum).is_none());
        }
    }

    #[test]
    fn a_note_names_the_files() {
        let grids = DatumGrids::new(["grids/TKY2JGD.par", "b.par", "a.zip/c.par"].into_iter().enumerate().map(
            |(index, name)| {
                let kind = if index == 0 { GridKind::Tky2Jgd } else { GridKind::PatchJgd };
                DatumGrid::new(name.to_owned(), kind, &[]).unwrap()
            },
        ));
        let (note, is_warning) = grids.note(Datum::Tokyo).unwrap();
        assert!(!is_warning && note.ja.contains("TKY2JGD.parの格子") && !note.en.contains("grids/"), "{note:?}");
        assert!(["b.par", "c.par"].iter().all(|name| note.en.contains(name) && note.ja.contains(name)), "{note:?}");
        assert_eq!(grids.names(Datum::Jgd2000), ["b.par", "a.zip/c.par"]);
    }
}
