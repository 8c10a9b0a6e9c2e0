//! Do facilities of one kind stand too close to one another? Files of facilities alone, without a project.

use unicode_normalization::UnicodeNormalization;

use super::RunError;
use crate::crs::{DatumGrids, FromPlane, Plane, ScaleField};
use crate::layers::{Facility, LayerKey, LayerSpec, Onto, Places, plane_of, read_places};
use crate::notices::Notices;
use crate::queries::{SpacingError, SpacingFacts, open_pairs, spacing as compare};
use crate::units::Metres;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct SpacingOptions {
    /// The files and how they are read.
    pub spec: LayerSpec,
    /// Closer than this is too close, on the ground.
    pub closest: Metres,
    /// The kind that is looked at; `None`: every kind.
    pub kind: Option<String>,
    /// Whether all are of one kind, whatever the files say.
    pub is_one_kind: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct SpacingReport {
    /// The facilities and the pairs.
    pub facts: SpacingFacts,
    /// The plane on which they were measured.
    pub plane: Plane,
    /// From there to longitude and latitude.
    pub from_plane: FromPlane,
    /// What was noticed of the input.
    pub notices: Notices,
}

/// Compares facilities.
///
/// # Errors
/// Bad input.
pub fn spacing(options: &SpacingOptions) -> Result<SpacingReport, RunError> {
    let SpacingOptions { spec, closest, kind, is_one_kind } = options;
    let mut notices = Notices::default();
    let plane = plane_of(LayerKey::Facilities, spec, &DatumGrids::NONE)?;
    let onto = Onto { plane, grids: &DatumGrids::NONE };
    let Places { mut places, mut lost, known, report } = read_places(LayerKey::Facilities, spec, onto, &mut notices)?;
    if *is_one_kind {
        for place in &mut places {
            place.kind = Some(ONE.to_owned());
        }
    } else if !report.fields.contains_key("kind") {
        let path = report.files.first().map(|file| file.source.path.clone()).unwrap_or_default();
        return Err(SpacingError::NoKinds { path, known }.into());
    }
    if let Some(kind) = kind {
        let wanted = kind.nfkc().collect::<String>().trim().to_owned();
        let kinds = kinds_of(&places);
        // One whose kind is not known may be of it, and one whose place is not may be anywhere.
        let (kept, others): (Vec<Facility>, Vec<Facility>) =
            places.into_iter().partition(|place| place.is_of(&wanted) != Some(false));
        if !kept.iter().any(|place| place.kind.is_some()) {
            return Err(SpacingError::NoneOfKind { kind: wanted, kinds }.into());
        }
        lost = lost.saturating_sub(others.iter().filter(|place| place.parts.is_empty()).count());
        places = kept;
        places.iter_mut().filter(|place| place.kind.is_some()).for_each(|place| place.kind = Some(wanted.clone()));
    }
    let scale = ScaleField::new(plane);
    let pairs = compare(&places, *closest, &scale).pairs;
    let open = open_pairs(&places, *closest, &scale);
    let facts = SpacingFacts { facilities: places, closest: *closest, pairs, open, without_place: lost };
    Ok(SpacingReport { facts, plane, from_plane: FromPlane::new(plane), notices })
}

/// What the kind of facilities is called that are all of one.
const ONE: &str = "*";

fn kinds_of(places: &[Facility]) -> Vec<String> {
    let mut kinds: Vec<String> = places.iter().flat_map(Facility::single_kinds).map(str::to_owned).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
