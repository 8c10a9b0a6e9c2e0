//! One file, looked at closely: what it holds, how it is read, and everything that is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::grids;
use super::place::{lon_lat, sides};
use crate::crs::{Crs, Plane, ToPlane};
use crate::diagnostics::Diagnose;
use crate::geometry::{Bounds, Shapes, area::area, repair};
use crate::inputs::{GeometryProblem, InTurn, InputError, Look, ParcelSource, ReadOptions, is_grid_file};
use crate::layers::area::{CROSSING, NO_AREA, NO_POLYGON};
use crate::layers::{PUBLICATION, Recognised, Use, recognise};
use crate::notices::Notices;
use crate::text::Text;

/// What there is to say of a file.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The path as it was given.
    pub path: String,
    /// The format's name.
    pub format: &'static str,
    /// The same in Japanese.
    pub format_ja: &'static str,
    /// SHA-256 of the file on the disk.
    pub sha256: String,
    /// The text encoding and where it was learnt from.
    pub encoding: Option<String>,
    /// The same in Japanese.
    pub encoding_ja: Option<String>,
    /// The coordinate reference system.
    pub crs: CrsSeen,
    /// How many features there are.
    pub features: usize,
    /// How many of each kind of geometry.
    pub geometries: BTreeMap<&'static str, u64>,
    /// West, south, east, north in the file's own coordinates; absent where there is no geometry.
    pub extent: Option<[f64; 4]>,
    /// The same in degrees of longitude and latitude; absent where the CRS is not known.
    pub extent_lon_lat: Option<[f64; 4]>,
    /// The fields.
    pub fields: Vec<FieldSeen>,
    /// What it would be taken for.
    pub taken_for: Option<TakenFor>,
    /// What is wrong with it.
    pub problems: Vec<ProblemSeen>,
}

/// A CRS and where it was learnt from.
#[derive(Debug, Serialize)]
pub struct CrsSeen {
    /// Its name; absent where nothing says it, or what says it is not understood.
    pub name: Option<String>,
    /// The same in Japanese.
    pub name_ja: Option<String>,
    /// Its EPSG code.
    pub epsg: Option<u32>,
    /// `.prj`, `crs member`, `RFC 7946`…; absent where the file does not say.
    pub found_in: Option<String>,
    /// The same in Japanese.
    pub found_in_ja: Option<String>,
    /// Why it is not known, or what to know of its datum.
    pub note: Option<String>,
    /// The same in Japanese.
    pub note_ja: Option<String>,
}

/// A field.
#[derive(Debug, Serialize)]
pub struct FieldSeen {
    /// Its name.
    pub name: String,
    /// What the file calls it in plain words.
    pub label: Option<String>,
    /// In how many features it is neither null nor blank.
    pub filled: u64,
    /// The first different values.
    pub examples: Vec<String>,
    /// Which role of the layer it plays.
    pub role: Option<&'static str>,
}

/// What a file would be taken for.
#[derive(Debug, Serialize)]
pub struct TakenFor {
    /// The publication's short name.
    pub publication: &'static str,
    /// What it is and who publishes it.
    pub title: &'static str,
    /// The same in Japanese.
    pub title_ja: &'static str,
    /// The layer.
    pub layer: Option<&'static str>,
    /// `fields`, `name`, or of a grid of shifts `head`.
    pub by: &'static str,
    /// Why it is not taken without a person's word.
    pub note: Option<&'static str>,
    /// The same in Japanese.
    pub note_ja: Option<&'static str>,
}

/// One kind of problem.
#[derive(Debug, Serialize)]
pub struct ProblemSeen {
    /// The notice's stable name.
    pub id: &'static str,
    /// `skipped`, `mended`, `warning` or `note`.
    pub severity: &'static str,
    /// How many times.
    pub count: u64,
    /// What it is, after the count.
    pub what: &'static str,
    /// The same as a sentence in Japanese.
    pub what_ja: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// The same in Japanese.
    pub advice_ja: &'static str,
    /// Every feature that it is about.
    pub features: Vec<String>,
    /// The same in Japanese.
    pub features_ja: Vec<String>,
}

/// Inspects a file, one of several in turn. It is read whole, or piece by piece where it is large.
///
/// # Errors
/// Where it cannot be read.
pub fn inspect(files: &mut InTurn, path: &Path, options: &ReadOptions) -> Result<Inspection, InputError> {
    if is_grid_file(path) {
        return grids::inspect(path);
    }
    let mut found = files.look(path, options, &[], "file")?;
    let recognised = recognise(path, found.fields.iter().map(|field| field.name.as_str()));
    let (crs, seen) = crs_of(&found, options, recognised);
    let extent = Some(found.extent).filter(|extent| !extent.is_empty());
    let degrees = extent.and_then(|extent| lon_lat(extent, crs.as_ref()?));
    let mut notices = std::mem::take(&mut found.notices);
    if found.geometries.keys().any(|kind| kind.contains("Polygon")) {
        let source = files.open_parcels(path, options)?;
        polygons(source.as_ref(), crs.as_ref().zip(degrees), &mut notices)?;
    }
    Ok(Inspection {
        path: path.display().to_string(),
        format: &found.source.format.en,
        format_ja: &found.source.format.ja,
        sha256: found.source.sha256.hex().to_owned(),
        encoding: found.source.encoding.as_ref().map(|said| said.en.to_string()),
        encoding_ja: found.source.encoding.as_ref().map(|said| said.ja.to_string()),
        crs: seen,
        features: found.source.features,
        extent: extent.map(sides),
        extent_lon_lat: degrees.map(sides),
        fields: fields(&found, recognised),
        geometries: found.geometries,
        taken_for: recognised.map(taken_for),
        problems: problems(&notices),
    })
}

fn crs_of(found: &Look, options: &ReadOptions, recognised: Option<Recognised>) -> (Option<Crs>, CrsSeen) {
    let has_place = !found.extent.is_empty();
    let declared = found.source.crs.as_ref().map(|crs| (crs.text.as_str(), crs.found_in.clone()));
    let published = recognised.and_then(|found| found.publication.crs).map(|text| (text, PUBLICATION));
    let demanded = options.crs.as_deref().map(|text| (text, Text::same("--crs")));
    let Some((text, found_in)) = demanded.or(declared).or(published.filter(|_| has_place)) else {
        return (None, CrsSeen::new(None, None, has_place.then_some(NOT_SAID)));
    };
    match Crs::parse(text) {
        Ok(crs) => {
            let seen = CrsSeen::new(Some(&crs), Some(found_in), crs.datum_note());
            (Some(crs), seen)
        }
        Err(error) => {
            let why = error.diagnostics().into_iter().next().map(|one| one.message);
            (None, CrsSeen::new(None, Some(found_in), why))
        }
    }
}

const NOT_SAID: Text = Text::new(
    "ファイルに書かれていません。`crs = \"EPSG:…\"` で指定してください。",
    "the file does not say: say it with `crs = \"EPSG:…\"`",
);

impl CrsSeen {
    pub(super) fn new(crs: Option<&Crs>, found_in: Option<Text>, note: Option<Text>) -> Self {
        let both = |text: Option<Text>| text.map(|text| (text.en.into_owned(), text.ja.into_owned())).unzip();
        let (name, name_ja) = both(crs.map(Crs::title));
        let (found_in, found_in_ja) = both(found_in);
        let (note, note_ja) = both(note);
        Self { name, name_ja, epsg: crs.and_then(Crs::epsg), found_in, found_in_ja, note, note_ja }
    }
}

/// Notes what is wrong with the polygons of a file. Where the CRS is known they are looked at in metres of a plane.
fn polygons(source: &dyn ParcelSource, place: Option<(&Crs, Bounds)>, notices: &mut Notices) -> Result<(), InputError> {
    let way = place.and_then(|(crs, degrees)| {
        let middle = [0, 1].map(|axis| f64::midpoint(degrees.min[axis], degrees.max[axis]));
        ToPlane::new(crs, Plane::nearest(middle[0], middle[1])).ok()
    });
    for chunk in 0..source.chunks() {
        let raw = source.read_chunk(chunk)?;
        let mut shapes = raw.shapes;
        let projected = way.as_ref().is_none_or(|way| way.convert(shapes.points_mut()).is_ok());
        if projected {
            flaws(shapes, raw.first, &raw.records.iter().map(|record| record.problem).collect::<Vec<_>>(), notices);
        }
    }
    Ok(())
}

fn flaws(shapes: Shapes, first: usize, problems: &[Option<GeometryProblem>], notices: &mut Notices) {
    let mended = repair::repaired(shapes);
    for (index, problem) in problems.iter().enumerate() {
        let number = first + index + 1;
        let feature = || text!("{number}番目の地物", "feature {number}");
        match problem {
            None | Some(GeometryProblem::Unclosed) => {
                if mended.flaws.get(&index).is_some_and(|flaws| flaws.crossing) {
                    notices.add("file", &CROSSING, feature());
                }
                if area(&mended.get(index)) <= 0.0 {
                    notices.add("file", &NO_AREA, feature());
                }
            }
            Some(_) => notices.add("file", &NO_POLYGON, feature()),
        }
    }
}

fn fields(found: &Look, recognised: Option<Recognised>) -> Vec<FieldSeen> {
    let roles = recognised.map(|found| found.publication.roles).unwrap_or_default();
    let role =
        |name: &str| roles.iter().find(|(_, wanted)| crate::layers::is_field(wanted, name)).map(|(role, _)| *role);
    let seen = |field: &crate::inputs::FieldLook| FieldSeen {
        name: field.name.clone(),
        label: found.labels.get(&field.name).cloned(),
        filled: field.filled,
        examples: field.examples.clone(),
        role: role(&field.name),
    };
    found.fields.iter().map(seen).collect()
}

fn taken_for(recognised: Recognised) -> TakenFor {
    let Recognised { publication, by_fields } = recognised;
    let note = match publication.use_as {
        Use::Maybe(_, reason) | Use::MaybeBackdrop(reason) | Use::Nothing(reason) => Some(reason),
        _ => None,
    };
    TakenFor {
        publication: publication.id,
        title: &publication.title.en,
        title_ja: &publication.title.ja,
        layer: publication.use_as.name(),
        by: if by_fields { "fields" } else { "name" },
        note: note.map(|note| &*note.en),
        note_ja: note.map(|note| &*note.ja),
    }
}

fn problems(notices: &Notices) -> Vec<ProblemSeen> {
    let problem = |(_, kind, tally): (&str, &'static crate::notices::NoticeKind, &crate::notices::Tally)| ProblemSeen {
        id: kind.id,
        severity: kind.severity.word(),
        count: tally.count,
        what: &kind.what.en,
        what_ja: &kind.what.ja,
        advice: kind.advice.as_ref().map_or("", |advice| &advice.en),
        advice_ja: kind.advice.as_ref().map_or("", |advice| &advice.ja),
        features: tally.examples.iter().map(|example| example.en.to_string()).collect(),
        features_ja: tally.examples.iter().map(|example| example.ja.to_string()).collect(),
    };
    notices.iter().map(problem).collect()
}
