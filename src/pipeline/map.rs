//! The map of a run, where this build has it and it is asked for.

use super::seal::Run;
use super::{AdditionError, Findings, Options};
use crate::assess::Assessor;
use crate::crs::FromPlane;
use crate::flat::Later;
use crate::layers::City;
use crate::outputs::{OutputError, Product};
use crate::queries::Spacing;
use crate::runs::{RunAddition, RunFolder, RunRecord, RunWriter};
#[cfg(feature = "maps")]
use crate::{outputs::names::MAP, runs::RunFolderError};

#[cfg(feature = "maps")]
pub(super) use crate::{collect::CollectMap, maps::web::MapParcels};

/// A build without maps gathers nothing for one.
#[cfg(not(feature = "maps"))]
pub(super) type MapParcels = ();

/// What gathers the map's parcels.
#[cfg(feature = "maps")]
pub(super) fn collector<'a>(
    options: &Options,
    city: &'a Later<City>,
    assessor: &'a Assessor,
    from_plane: &'a FromPlane,
) -> Option<CollectMap<'a>> {
    options.map.then(|| CollectMap::new(city, assessor, from_plane, options.columns.explains))
}

#[cfg(not(feature = "maps"))]
pub(super) fn collector(_: &Options, _: &Later<City>, _: &Assessor, _: &FromPlane) -> Option<()> {
    None
}

/// Writes the map.
#[cfg(feature = "maps")]
pub(super) fn write(
    parcels: &MapParcels,
    run: &Run<'_>,
    record: &RunRecord,
    (products, spacing): (&[Product], Option<&Spacing>),
    folder: &mut RunWriter,
) -> Result<(), OutputError> {
    let context = crate::maps::web::MapContext {
        record,
        city: &run.opened.city,
        assessor: run.assessor,
        layout: run.layout,
        spacing,
        from_plane: &run.opened.from_plane,
        backdrop: run.ground.map(|ground| ground.geojson.as_slice()),
    };
    crate::maps::web::write(parcels, products, &context, run.options.map_files == super::MapFiles::One, folder)
}

/// Puts what was found into the page of a run, where it has one.
#[cfg(feature = "maps")]
pub(super) fn add(run: &RunFolder, findings: &Findings, addition: &mut RunAddition) -> Result<(), AdditionError> {
    let Findings { document, product, beside, .. } = findings;
    let Some(page) = run.page()? else { return Ok(()) };
    let page = crate::maps::web::with_addition(&page, document, product, beside.as_ref());
    let page = page.ok_or_else(|| RunFolderError::Altered { path: run.folder.join(MAP) })?;
    Ok(addition.write(MAP, page.as_bytes())?)
}

/// Without maps there is no page that could show it.
#[cfg(not(feature = "maps"))]
#[expect(clippy::unnecessary_wraps, reason = "asked as in a build with maps")]
pub(super) fn add(_: &RunFolder, _: &Findings, _: &mut RunAddition) -> Result<(), AdditionError> {
    Ok(())
}

#[cfg(not(feature = "maps"))]
#[expect(clippy::trivially_copy_pass_by_ref, clippy::unnecessary_wraps, reason = "asked as in a build with maps")]
pub(super) fn write(
    (): &MapParcels,
    _: &Run<'_>,
    _: &RunRecord,
    _: (&[Product], Option<&Spacing>),
    _: &mut RunWriter,
) -> Result<(), OutputError> {
    Ok(())
}
