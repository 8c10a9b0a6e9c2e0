//! What a run gathers from its parcels: the list of its collectors, and what they give.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::map::{self, MapParcels};
use super::open::Opened;
use super::{Options, RunError, batches, tables};
use crate::assess::Assessor;
use crate::collect::{
    CandidateCounts, Collector, Duplicates, Formulas, Lacking, Lacks, OpenParcelFiles, OpenStops, ParcelFiles,
    ParcelNotices, RunTotals, StepCounts, SweepCounts, Totals, Variants,
};
use crate::notices::Notices;
use crate::outputs::{OutputError, ParcelLayout};
use crate::runs::{RunWriter, VariantRecord};

/// What was gathered from all batches.
pub(super) struct Gathered {
    pub(super) totals: RunTotals,
    pub(super) lacks: Lacks,
    pub(super) candidate_counts: Vec<u64>,
    /// By group of stops of unknown service, the undetermined parcels near it.
    pub(super) open_stops: BTreeMap<usize, u64>,
    pub(super) variants: Option<Vec<VariantRecord>>,
    /// By number of a sweep.
    pub(super) sweep: Option<Vec<StepCounts>>,
    pub(super) map: Option<MapParcels>,
    /// The parcels, where they are handed back as a table.
    #[cfg_attr(not(feature = "geoparquet"), expect(dead_code, reason = "only Arrow has tables"))]
    pub(super) table: Option<tables::ParcelTable>,
    pub(super) files: OpenParcelFiles,
}

/// Everything that a run gathers; the outputs in the same order.
pub(super) fn collectors<'a>(
    options: &Options,
    opened: &'a Opened,
    assessor: &'a Assessor,
    (variants, sweep): (Option<Variants<'a>>, Option<SweepCounts<'a>>),
    layout: &Arc<ParcelLayout>,
    folder: &mut RunWriter,
) -> Result<impl Collector<Output = Outputs> + use<'a>, OutputError> {
    let plain = options.formats.iter().find(|format| !format.has_shapes && !format.is_workbook);
    let formulas = plain.map(|format| Formulas::new(format.file, layout));
    Ok((
        Totals::new(assessor),
        Lacking::new(assessor),
        CandidateCounts::new(assessor.candidates.len()),
        OpenStops::new(assessor),
        ParcelNotices::default(),
        Duplicates::default(),
        formulas,
        variants,
        sweep,
        map::collector(options, &opened.city, assessor, &opened.from_plane),
        tables::collector(options, layout)?,
        ParcelFiles::begin(&options.formats, layout, folder, batches::waiting())?,
    ))
}

type Outputs = (
    RunTotals,
    Lacks,
    Vec<u64>,
    BTreeMap<usize, u64>,
    Notices,
    io::Result<Notices>,
    Option<Notices>,
    Option<Vec<VariantRecord>>,
    Option<Vec<StepCounts>>,
    Option<MapParcels>,
    Option<tables::ParcelTable>,
    Result<OpenParcelFiles, OutputError>,
);

impl Gathered {
    /// Gives what the collectors gave its names; what they noticed is added to `notices`.
    pub(super) fn of(outputs: Outputs, notices: &mut Notices) -> Result<Self, RunError> {
        let (
            totals,
            lacks,
            candidate_counts,
            open_stops,
            of_parcels,
            duplicates,
            formulas,
            variants,
            sweep,
            map,
            table,
            files,
        ) = outputs;
        notices.merge(of_parcels);
        notices.merge(duplicates.map_err(RunError::Temporary)?);
        notices.merge(formulas.unwrap_or_default());
        Ok(Self { totals, lacks, candidate_counts, open_stops, variants, sweep, map, table, files: files? })
    }

    /// How long the parcels' files took to be written.
    pub(super) fn writing(&self) -> Duration {
        self.files.writing
    }
}
