//! The end of a run: what is told beside the parcels, the map, the record; then everything into its place at once.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::backdrop::Ground;
use super::clock::Clock;
use super::gather::Gathered;
use super::open::Opened;
use super::report::{Report, record};
use super::{Options, Progress, RunError, Stage, go_on, map};
use crate::assess::Assessor;
use crate::criteria::RuleSet;
use crate::geometry::Bounds;
use crate::notices::Notices;
use crate::outputs::names::{self, PARCELS_STYLE, PROJECT, RULES, RUN, SPACING, TIMES};
use crate::outputs::workbook::{SheetTable, newest};
use crate::outputs::{self, OutputError, OutputFile, ParcelLayout, Product};
use crate::products::{BookContext, ProductContext, ProjectContext, book_sheets, products, qgis_project, spacing_csv};
use crate::project::Project;
use crate::queries::{Spacing, spacing};
use crate::runs::{RunRecord, RunWriter, Times};

/// A run whose parcels are assessed.
pub(super) struct Run<'a> {
    pub(super) project: &'a Project,
    pub(super) options: &'a Options,
    pub(super) opened: &'a Opened,
    pub(super) assessor: &'a Assessor,
    pub(super) layout: &'a Arc<ParcelLayout>,
    /// A box of the plane around all parcels.
    pub(super) extent: Bounds,
    /// What lies under its maps.
    pub(super) ground: Option<&'a Ground>,
}

/// Writes the file of the rules, where they are none that ship: whoever reads the run reads them there.
pub(super) fn write_rules(set: &RuleSet, folder: &mut RunWriter) -> Result<(), OutputError> {
    if set.is_shipped() { Ok(()) } else { folder.write(RULES, set.text.as_bytes()) }
}

/// What is told beside the parcels.
pub(super) struct Beside {
    products: Vec<Product>,
    /// How the facilities stand to one another; `None` without that layer.
    spacing: Option<Spacing>,
}

impl Run<'_> {
    /// Makes and writes what is told beside the parcels.
    pub(super) fn write_beside(
        &self,
        gathered: &Gathered,
        folder: &mut RunWriter,
        notices: &mut Notices,
    ) -> Result<Beside, OutputError> {
        let Opened { city, from_plane, .. } = self.opened;
        let (facilities, spacing) = (city.facilities(), self.spacing());
        let products = products(&ProductContext {
            city,
            timetables: &self.opened.timetables.groups(&self.assessor.peaks),
            assessor: self.assessor,
            extent: self.extent,
            parcels_by_candidate: &gathered.candidate_counts,
            spacing: spacing.as_ref(),
            from_plane,
        });
        if let Some((facilities, spacing)) = facilities.zip(spacing.as_ref()) {
            folder.write(SPACING, &spacing_csv(facilities, spacing, self.options.writing.cells, notices))?;
        }
        let mut files = Vec::with_capacity(products.len());
        for product in &products {
            files.push(folder.create(&names::product(product.name))?);
            folder.write(&names::product_style(product.name), product.qml().as_bytes())?;
        }
        let write = |(product, mut file): (&Product, OutputFile)| {
            product.write_geojson(|bytes| file.write(bytes))?;
            file.finish()
        };
        products.par_iter().zip(files).try_for_each(write)?;
        self.write_in_formats(&products, folder)?;
        if let Some(ground) = self.ground {
            ground.write(folder)?;
        }
        Ok(Beside { products, spacing })
    }

    /// What a workbook says beside the parcels, where one is written.
    fn sheets(&self, record: &RunRecord, gathered: &Gathered, beside: &Beside) -> Vec<SheetTable> {
        if !self.options.wants_sheets() {
            return Vec::new();
        }
        book_sheets(&BookContext {
            record,
            rules: &self.assessor.judge.rules,
            products: &beside.products,
            stops: &self.assessor.stops,
            open_stops: &gathered.open_stops,
            from_plane: &self.opened.from_plane,
            lang: self.options.writing.words.book,
        })
    }

    /// Writes the project for QGIS, where the parcels are in a file that it shows.
    fn write_project(&self, record: &RunRecord, beside: &Beside, folder: &mut RunWriter) -> Result<(), OutputError> {
        let project = qgis_project(&ProjectContext {
            record,
            rules: &self.assessor.judge.rules,
            products: &beside.products,
            columns: &self.layout.columns,
            formats: &self.options.formats,
            backdrop: self.ground.map(|ground| &ground.read),
            plane: self.opened.city.plane,
            extent: self.extent,
            lang: self.options.writing.words.book,
        });
        let Some(project) = project else { return Ok(()) };
        let bytes = project.qgz().map_err(|error| folder.failed(PROJECT, error))?;
        folder.write(PROJECT, &bytes)
    }

    /// Writes products in those formats that have files for them.
    fn write_in_formats(&self, products: &[Product], folder: &mut RunWriter) -> Result<(), OutputError> {
        let mut files = Vec::new();
        for format in &self.options.formats {
            for product in products {
                if let Some(name) = format.product_file(product.name) {
                    files.push((format, product, folder.create(&name)?));
                }
            }
        }
        files
            .into_par_iter()
            .try_for_each(|(format, product, file)| format.write_product(product, file, self.options.writing))
    }

    /// Ends the one file of a run that writes its parcels alone.
    pub(super) fn seal_parcels(
        &self,
        mut gathered: Gathered,
        notices: &Notices,
        (folder, progress): (RunWriter, &dyn Progress),
        mut clock: Clock,
    ) -> Result<Report, RunError> {
        clock.lap(Stage::Zones);
        let record = record(self, &mut gathered, self.spacing().as_ref(), notices);
        gathered.files.finish(&outputs::Beside::default())?;
        self.opened.check_unchanged()?;
        go_on(progress)?;
        let file = folder.finish()?;
        let times = Times { seconds: clock.seconds(), threads: rayon::current_num_threads() };
        Ok(Report::new(record, self.assessor.judge.rules.clone(), times, file))
    }

    /// How the facilities stand to one another; `None` without that layer.
    fn spacing(&self) -> Option<Spacing> {
        let (city, closest) = (&self.opened.city, self.assessor.judge.rules.spacing());
        city.facilities().map(|facilities| spacing(facilities, closest, &city.scale))
    }

    /// Ends the parcels' files, writes the map and the record, and puts everything into its place.
    pub(super) fn seal(
        &self,
        mut gathered: Gathered,
        beside: &Beside,
        notices: &Notices,
        (mut folder, progress): (RunWriter, &dyn Progress),
        mut clock: Clock,
    ) -> Result<Report, RunError> {
        write_rules(self.layout.set, &mut folder)?;
        // A rule set has zones, or it is none.
        if let Some(zone) = self.layout.drawn_zones().next()
            && self.options.formats.iter().any(|format| format.is_styled_beside)
        {
            folder.write(PARCELS_STYLE, self.layout.qml(zone).as_bytes())?;
        }
        let mut record = record(self, &mut gathered, beside.spacing.as_ref(), notices);
        self.write_project(&record, beside, &mut folder)?;
        let sheets = self.sheets(&record, &gathered, beside);
        let made = newest(self.opened.paths().iter().map(PathBuf::as_path));
        gathered.files.finish(&outputs::Beside { products: &beside.products, sheets: &sheets, made })?;
        if let Some(parcels) = &gathered.map {
            map::write(parcels, self, &record, (&beside.products, beside.spacing.as_ref()), &mut folder)?;
        }
        let mut times = Times { seconds: clock.seconds(), threads: rayon::current_num_threads() };
        folder.write(TIMES, &times.json())?;
        record.outputs = folder.outputs();
        record.files = folder.files().iter().cloned().chain([RUN.to_owned()]).collect();
        folder.write(RUN, &record.json())?;
        self.opened.check_unchanged()?;
        self.ground.map_or(Ok(()), Ground::check_unchanged)?;
        #[cfg(feature = "geoparquet")]
        let tables = gathered.table.map(|parcels| super::tables::of(parcels, &beside.products)).transpose()?;
        go_on(progress)?;
        let files = folder.finish()?;
        times.seconds = clock.seconds();
        Ok(Report {
            #[cfg(feature = "geoparquet")]
            tables,
            ..Report::new(record, self.assessor.judge.rules.clone(), times, files)
        })
    }
}
