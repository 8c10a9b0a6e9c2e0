//! A selection that means no parcel: what was asked for, and what there is.

use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::geometry::Bounds;
use crate::text::Text;

/// No parcel is one of those that a run was to be of.
#[derive(Debug, thiserror::Error)]
pub struct NothingSelected {
    /// The first of the parcels' files.
    pub path: PathBuf,
    /// What was asked.
    pub asked: String,
    /// Values of the first column that was asked for.
    pub values: Vec<String>,
    /// A box of longitude and latitude around all parcels, where one was asked for.
    pub around: Bounds,
}

impl Diagnose for NothingSelected {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let Self { path, asked, values, around: Bounds { min: [west, south], max: [east, north] } } = self;
        let lie = text!(
            "筆のある範囲（西,南,東,北）: {west:.6},{south:.6},{east:.6},{north:.6}",
            "the parcels lie within W,S,E,N = {west:.6},{south:.6},{east:.6},{north:.6}"
        );
        let listed = Text { ja: values.join("、").into(), en: values.join(", ").into() };
        let have = text!("筆にある値: {listed}", "parcels have such values as {listed}", listed = listed);
        let help = match (self.around.is_empty(), values.is_empty()) {
            (true, true) => None,
            (false, true) => Some(lie),
            (true, false) => Some(have),
            (false, false) => Some(lie.joined("; ", &have)),
        };
        let found = Diagnostic::error(
            "no-parcel-selected",
            text!("条件に合う筆がありません（{asked}）。", "no parcel fits {asked}"),
        );
        vec![found.at(path.display()).help(help)]
    }
}

display_diagnosed!(NothingSelected);
