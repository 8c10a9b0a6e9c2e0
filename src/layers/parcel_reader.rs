//! The parcels of a study: their files opened, their plane chosen, and read batch by batch.

use rayon::prelude::*;

use std::path::Path;

use super::datums::{shapes_off_grid, tell_datum};
use super::selection::{Chosen, Looked};
use super::{
    CrsUsed, FileReport, LayerError, LayerKey, LayerSpec, NothingSelected, PROJECT_FILE, Selection, crs_of, files,
    sheets,
};
use crate::crs::{Crs, CrsError, DatumGrids, FromPlane, OffGrid, Plane, ToPlane};
use crate::geometry::{Bounds, Point, Shapes};
use crate::inputs::{self, InputError, ParcelRecord, ParcelSource, Properties, RawParcels};
use crate::notices::Notices;
use crate::text::Text;

/// Into so many parts a side of the parcels' box is divided to find the box in the plane.
const EXTENT_PARTS: i32 = 8;

/// So many chunks are looked at before it is asked whether that is enough.
const AT_A_TIME: usize = 64;

/// The parcels of a study, opened. Batches can be read in any order, from any thread.
pub struct ParcelReader {
    source: Box<dyn ParcelSource>,
    /// For each file, its CRS and where that was learnt from.
    crs: Vec<(Crs, Text)>,
    /// The grids of shifts from older datums.
    grids: DatumGrids,
    /// The parcels that are meant; `None`: all.
    chosen: Option<Chosen>,
}

/// Some parcels as they were read.
#[derive(Debug)]
pub struct ReadBatch<'a> {
    /// The 0-based position of the first parcel of their chunk among all parcels.
    pub first: usize,
    /// Which of the chunk they are; `None`: all of it.
    pub rows: Option<Vec<usize>>,
    /// Their shapes on the plane, one a record.
    pub shapes: Shapes,
    /// What their file holds of them beside the shapes.
    pub records: Vec<ParcelRecord<'a>>,
    /// Whether their coordinates are longitude and latitude of the world as outputs have them.
    pub is_degrees: bool,
    /// Their polygons as they came, where `is_degrees` and they were asked for.
    pub as_they_came: Option<Shapes>,
    /// The file that they are from.
    pub file: &'a Path,
    /// Whether that is a table in memory.
    pub is_in_memory: bool,
    /// Which of them have points that the grids of shifts do not simply shift, with the reasons.
    pub off_grid: Vec<(usize, OffGrid)>,
}

/// The ways of all files into one plane.
#[derive(Debug)]
pub struct IntoPlane(Vec<ToPlane>);

/// Where the parcels lie, and what properties they have.
#[derive(Debug)]
pub struct Survey {
    /// A box of the plane around them.
    pub extent: Bounds,
    /// Their own properties, where they were asked for.
    pub properties: Option<Properties>,
    /// Sheets of a cadastral map that lie far from the others.
    far: Vec<Text>,
}

impl Survey {
    /// Tells of sheets that are hardly where they should be.
    pub fn tell(&self, notices: &mut Notices) {
        for sheet in &self.far {
            notices.add(LayerKey::Parcels.name(), &sheets::FAR, sheet.clone());
        }
    }
}

impl ParcelReader {
    /// Opens the parcels' files, which may be on older datums that `grids` lead on from.
    ///
    /// # Errors
    /// What keeps a file from being opened, and a CRS that is not known.
    pub fn open(spec: &LayerSpec, grids: &DatumGrids, notices: &mut Notices) -> Result<Self, LayerError> {
        let paths = files(LayerKey::Parcels, spec, notices)?;
        let id = spec.fields.get("id").map(String::as_str);
        let source = inputs::open_parcels(&paths, &spec.read, id)?;
        notices.merge(source.notices().clone());
        let crs = source
            .files()
            .iter()
            .map(|file| crs_of(file, spec.read.crs.as_deref(), LayerKey::Parcels.name()))
            .collect::<Result<Vec<_>, LayerError>>()?;
        for (crs, _) in &crs {
            tell_datum(crs, grids, LayerKey::Parcels.name(), notices);
        }
        Ok(Self { source, crs, grids: grids.clone(), chosen: None })
    }

    /// How many parcels are meant: all of the input, unless some were [selected](Self::select).
    #[must_use]
    pub fn len(&self) -> usize {
        self.chosen.as_ref().map_or_else(|| self.source.len(), |chosen| chosen.len)
    }

    /// How many parcels the input has.
    #[must_use]
    pub fn of(&self) -> usize {
        self.source.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many batches they are read in.
    #[must_use]
    pub fn batches(&self) -> usize {
        self.chosen.as_ref().map_or_else(|| self.source.chunks(), |chosen| chosen.chunks.len())
    }

    /// From now on only some of the parcels are meant, by [`Self::len`], [`Self::batches`] and [`Self::read`]. Where all of them
    /// lie and what they are like, which [`Self::survey`] tells, stays what it was. That takes a pass over them, no further than to
    /// the last that is meant where only a limit says so.
    ///
    /// # Errors
    /// [`InputError::MissingField`] for a property that no parcel has, [`LayerError::NothingSelected`] where none is meant;
    /// whatever keeps a file from being read.
    pub fn select(&mut self, selection: &Selection, plane: Plane) -> Result<(), LayerError> {
        if selection.is_all() {
            return Ok(());
        }
        let (chosen, seen) = self.choose(selection, plane)?;
        let path = self.source.files().first().map(|file| file.path.clone()).unwrap_or_default();
        let known = || seen.columns.iter().map(String::as_str).collect::<Vec<_>>();
        let columns = selection.filters.iter().flat_map(|filter| &filter.conditions).map(|one| &one.column);
        if let Some(unknown) = columns.into_iter().find(|column| !seen.columns.contains(column)) {
            return Err(inputs::missing_field(path, unknown, known()).into());
        }
        if chosen.len == 0 {
            let Looked { values, around, .. } = seen;
            return Err(Box::new(NothingSelected { path, asked: selection.to_string(), values, around }).into());
        }
        self.chosen = Some(chosen);
        Ok(())
    }

    fn choose(&self, selection: &Selection, plane: Plane) -> Result<(Chosen, Looked), LayerError> {
        let (mut chosen, mut seen) = (Chosen::default(), Looked::default());
        let into_plane = self.into_plane(plane)?;
        let from_plane = FromPlane::new(plane);
        let look = |chunk: usize| self.look(selection, chunk, &into_plane, &from_plane);
        // Of what is asked for by name all parcels are looked at, for one that has it may be the last.
        let window = if selection.filters.is_empty() { AT_A_TIME } else { usize::MAX };
        let mut first = 0;
        while first < self.source.chunks() && (!selection.filters.is_empty() || chosen.has_room(selection.limit)) {
            let end = self.source.chunks().min(first.saturating_add(window));
            let looked = (first..end).into_par_iter().map(look).collect::<Result<Vec<_>, LayerError>>()?;
            for (chunk, mut looked) in (first..).zip(looked) {
                chosen.push(chunk, std::mem::take(&mut looked.rows), selection.limit);
                seen.see(looked);
            }
            first = end;
        }
        Ok((chosen, seen))
    }

    fn look(
        &self,
        selection: &Selection,
        chunk: usize,
        into_plane: &IntoPlane,
        from_plane: &FromPlane,
    ) -> Result<Looked, LayerError> {
        let parcels = self.source.read_chunk(chunk)?;
        if selection.bbox.is_none() {
            return Ok(Looked::at(selection, &parcels, None));
        }
        let file = parcels.file;
        let mut degrees = parcels.shapes.clone();
        // The same numbers as outputs have, whatever the system of the file.
        if !self.crs[file].0.is_world_degrees() || into_plane.0[file].is_over_grids() {
            let points = degrees.points_mut();
            into_plane.0[file].convert(&mut *points).map_err(|source| self.crs_error(file, source))?;
            for point in points {
                *point = from_plane.lon_lat(*point);
            }
        }
        Ok(Looked::at(selection, &parcels, Some(&degrees)))
    }

    /// The plane to work in: the one asked for by number, else that of the municipality's prefecture, else the nearest to
    /// the first parcel; with how it was chosen.
    ///
    /// # Errors
    /// Where there is no parcel with a shape to go by.
    pub fn plane(&self, asked: Option<u8>, municipality: Option<&str>) -> Result<(Plane, Text), LayerError> {
        if let Some(plane) = asked.and_then(Plane::new) {
            return Ok((plane, PROJECT_FILE));
        }
        if let Some(plane) = municipality.and_then(Plane::for_prefecture) {
            return Ok((plane, Text::new("市区町村コード", "municipality")));
        }
        for chunk in 0..self.source.chunks() {
            let parcels = self.source.read_chunk(chunk)?;
            if let Some(&first) = parcels.shapes.points().first() {
                return Ok((self.plane_near(parcels.file, first)?, Text::new("最初の筆", "first parcel")));
            }
        }
        let path = self.source.files().first().map(|file| file.path.clone()).unwrap_or_default();
        let needs = Text::new("ポリゴン", "polygons");
        Err(LayerError::NoGeometry { layer: LayerKey::Parcels.name(), path, needs, why: None })
    }

    fn plane_near(&self, file: usize, first: Point) -> Result<Plane, LayerError> {
        let crs = &self.crs[file].0;
        let own = (1..=19).filter_map(Plane::new).find(|&plane| crs.epsg() == Some(u32::from(plane.epsg())));
        if let Some(plane) = own {
            return Ok(plane);
        }
        // Any plane reaches all of Japan well enough to tell the right one.
        let somewhere = Plane::nearest(137.0, 36.0);
        let mut point = [first];
        self.to_plane(file, somewhere)?.convert(&mut point).map_err(|source| self.crs_error(file, source))?;
        let [lon, lat] = FromPlane::new(somewhere).lon_lat(point[0]);
        Ok(Plane::nearest(lon, lat))
    }

    /// Where the parcels lie, and, where `with_properties` asks for them, their own properties: one pass over all batches.
    ///
    /// # Errors
    /// Whatever keeps a file from being read, and a coordinate that cannot be brought into the plane.
    pub fn survey(&self, plane: Plane, with_properties: bool) -> Result<Survey, LayerError> {
        let found = (0..self.source.chunks())
            .into_par_iter()
            .map(|chunk| self.survey_chunk(chunk, with_properties))
            .collect::<Result<Vec<_>, InputError>>()?;
        let mut by_file = vec![Bounds::EMPTY; self.crs.len()];
        let mut properties = with_properties.then(Properties::default);
        for (file, bounds, own) in found {
            by_file[file] = by_file[file].union(bounds);
            if let Some(properties) = &mut properties {
                properties.merge(&own);
            }
        }
        let on_plane = self.on_plane(&by_file, plane)?;
        let extent = on_plane.iter().fold(Bounds::EMPTY, |extent, bounds| extent.union(*bounds));
        Ok(Survey { extent, properties, far: self.far_sheets(&on_plane) })
    }

    /// The sheets that lie far from most others.
    fn far_sheets(&self, on_plane: &[Bounds]) -> Vec<Text> {
        let files = self.source.files();
        let sheets: Vec<usize> = (0..files.len()).filter(|&file| files[file].is_map_sheet()).collect();
        let boxes: Vec<Bounds> = sheets.iter().map(|&file| on_plane[file]).collect();
        let far = sheets::far(&boxes).into_iter();
        far.map(|(index, away)| {
            let path = files[sheets[index]].path.display();
            text!("{path}（{away} km）", "{path}: {away} km")
        })
        .collect()
    }

    /// The file of a chunk, a box around its shapes, and the properties of its parcels.
    fn survey_chunk(&self, chunk: usize, typed: bool) -> Result<(usize, Bounds, Properties), InputError> {
        let mut properties = Properties::default();
        if !typed {
            let (file, bounds) = self.source.bounds(chunk)?;
            return Ok((file, bounds, properties));
        }
        let parcels = self.source.read_chunk(chunk)?;
        parcels.records.iter().for_each(|record| properties.see(&record.properties));
        Ok((parcels.file, parcels.shapes.bounds(), properties))
    }

    /// The boxes of the files, each in its own coordinates, on the plane.
    fn on_plane(&self, by_file: &[Bounds], plane: Plane) -> Result<Vec<Bounds>, LayerError> {
        let mut on_plane = vec![Bounds::EMPTY; by_file.len()];
        for (file, bounds) in by_file.iter().enumerate().filter(|(_, bounds)| !bounds.is_empty()) {
            // A straight side of one system is bent in another: points along it, not the corners alone.
            let [width, height] = bounds.size();
            let along = |part: i32, length: f64| f64::from(part) / f64::from(EXTENT_PARTS) * length;
            let mut points: Vec<Point> = (0..=EXTENT_PARTS)
                .flat_map(|x| (0..=EXTENT_PARTS).map(move |y| (x, y)))
                .map(|(x, y)| [bounds.min[0] + along(x, width), bounds.min[1] + along(y, height)])
                .collect();
            self.to_plane(file, plane)?.convert(&mut points).map_err(|source| self.crs_error(file, source))?;
            on_plane[file] = Bounds::of(&points);
        }
        Ok(on_plane)
    }

    /// The ways of the files into a plane, to be made once for all batches.
    ///
    /// # Errors
    /// A CRS that cannot be brought into the plane.
    pub fn into_plane(&self, plane: Plane) -> Result<IntoPlane, LayerError> {
        (0..self.crs.len()).map(|file| self.to_plane(file, plane)).collect::<Result<_, _>>().map(IntoPlane)
    }

    /// Reads a batch. `keep` asks for the polygons as they came, too.
    ///
    /// # Errors
    /// Whatever is wrong with its features, and a coordinate that cannot be brought into the plane.
    ///
    /// # Panics
    /// Where `batch` is not below [`ParcelReader::batches`].
    pub fn read(&self, batch: usize, into_plane: &IntoPlane, keep: bool) -> Result<ReadBatch<'_>, LayerError> {
        let chosen = self.chosen.as_ref().map(|chosen| &chosen.chunks[batch]);
        let mut parcels = self.source.read_chunk(chosen.map_or(batch, |(chunk, _)| *chunk))?;
        let file = parcels.file;
        let crs = &self.crs[file].0;
        if !crs.is_geographic() {
            // What is said to be in metres must not be degrees.
            let path = &self.source.files()[file].path;
            let shapes = parcels.shapes.iter().enumerate();
            let positions = shapes.flat_map(|(index, shape)| {
                shape.points().iter().map(move |position| (parcels.first + index + 1, position))
            });
            inputs::check_metres(path, &crs.name(), positions)?;
        }
        let rows = chosen.map(|(_, rows)| rows.clone());
        if let Some(rows) = &rows {
            parcels = only(rows, parcels);
        }
        // What is shifted by grids does not go out as it came.
        let is_degrees = crs.is_world_degrees() && !into_plane.0[file].is_over_grids();
        let as_they_came = (keep && is_degrees).then(|| parcels.shapes.clone());
        let mut off = Vec::new();
        into_plane.0[file]
            .convert_telling(parcels.shapes.points_mut(), &mut off)
            .map_err(|source| self.crs_error(file, source))?;
        let off_grid = shapes_off_grid(parcels.shapes.iter().map(|shape| shape.points().len()), &off);
        let before: usize = self.source.files()[..file].iter().map(|file| file.features).sum();
        Ok(ReadBatch {
            first: before + parcels.first,
            rows,
            shapes: parcels.shapes,
            records: parcels.records,
            is_degrees,
            as_they_came,
            file: &self.source.files()[file].path,
            is_in_memory: self.source.files()[file].is_in_memory(),
            off_grid,
        })
    }

    fn to_plane(&self, file: usize, plane: Plane) -> Result<ToPlane, LayerError> {
        ToPlane::over(&self.crs[file].0, plane, &self.grids).map_err(|source| self.crs_error(file, source))
    }

    fn crs_error(&self, file: usize, source: CrsError) -> LayerError {
        LayerError::Crs { path: self.source.files()[file].path.clone(), source }
    }

    /// What a run says of the files.
    #[must_use]
    pub fn file_reports(&self) -> Vec<FileReport> {
        let report = |(source, (crs, found_in)): (&inputs::SourceFile, &(Crs, Text))| FileReport {
            source: source.clone(),
            crs: Some(CrsUsed { name: crs.title(), found_in: found_in.clone(), grids: crs.grid_names(&self.grids) }),
            published: None,
        };
        self.source.files().iter().zip(&self.crs).map(report).collect()
    }
}

/// Some rows of a chunk.
fn only<'a>(rows: &[usize], parcels: RawParcels<'a>) -> RawParcels<'a> {
    let mut shapes = Shapes::default();
    for &row in rows {
        shapes.push(&parcels.shapes.get(row));
    }
    let mut wanted = rows.iter().copied().peekable();
    let records = parcels.records.into_iter().enumerate();
    let records = records.filter_map(|(row, record)| wanted.next_if_eq(&row).map(|_| record)).collect();
    RawParcels { shapes, records, ..parcels }
}
