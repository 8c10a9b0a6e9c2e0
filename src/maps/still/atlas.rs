//! An atlas: one document with a sheet for every candidate zone of a kind, or for every parcel of a list.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use geo::BoundingRect;

use super::about::{About, Fact};
use super::drawing::rings;
use super::font::{self, Font};
use super::paper::Sheet;
use super::subject::Subject;
use super::words::Setter;
use super::{Page, StillError, Wish, lot, made, pdf};
use crate::criteria::Criterion;
use crate::geometry::{Bounds, Shape};
use crate::outputs::workbook::meets;
use crate::outputs::{OutputError, SingleFile, thousands};
use crate::runs::{ProductFeature, RunFolder, RunParcel};
use crate::text::Text;
use crate::verdicts::Status;

/// How far a sheet shows the ground around what it is about, metres, and at least in parts of its extent.
const AROUND_M: f64 = 150.0;
const AROUND: f64 = 0.15;

/// More sheets than this nobody leafs through.
pub(super) const MOST_SHEETS: usize = 1000;

/// What an atlas is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtlasOf {
    /// Candidate zones by their ids; none: all of the kind that the map shows.
    Zones(Vec<String>),
    /// Parcels by their ids.
    Parcels(Vec<String>),
}

/// Sheets, drawn, to be put into a file.
pub struct Atlas {
    pages: Vec<Page>,
    sheet: Sheet,
    font: Vec<u8>,
    /// The characters of its texts that the font lacks.
    pub missing: BTreeSet<char>,
    /// Rows of panels that found no room, on all sheets together.
    pub left_out: usize,
    run_files: Vec<PathBuf>,
    made: SystemTime,
}

impl Atlas {
    /// Draws the sheets, in the order of the run's files.
    ///
    /// # Errors
    /// Where the run cannot be read, or has nothing that is asked for.
    pub fn of(run: &RunFolder, wish: &Wish, of: &AtlasOf) -> Result<Self, StillError> {
        let subject = Subject::read(run, wish)?;
        let abouts = match of {
            AtlasOf::Zones(ids) => zones(&subject, ids)?,
            AtlasOf::Parcels(ids) => parcels(&subject, ids)?,
        };
        if abouts.is_empty() || abouts.len() > MOST_SHEETS {
            return Err(StillError::NoAtlas { folder: run.folder.clone(), sheets: abouts.len() });
        }
        let sheet = Sheet::new(wish.size, wish.portrait);
        let font = font::bytes();
        let face = Font::new(&font);
        let mut setter = Setter::new(&face);
        let draw = |about: &About| Page::draw(&subject, Some(about), &sheet, wish.lang, &mut setter);
        let pages = abouts.iter().map(draw).collect::<Result<Vec<Page>, StillError>>()?;
        let left_out = pages.iter().map(|page| page.left_out).sum();
        let missing = setter.missing();
        Ok(Self { pages, sheet, font, missing, left_out, run_files: run.files().collect(), made: made(run) })
    }

    /// How many sheets there are.
    #[must_use]
    pub fn sheets(&self) -> usize {
        self.pages.len()
    }

    /// The document.
    ///
    /// # Errors
    /// None that is known.
    pub fn pdf(&self) -> io::Result<Vec<u8>> {
        let placed = self.pages.iter();
        let placed = placed.map(|page| pdf::Page { drawing: &page.drawing, sheet: &self.sheet, title: &page.title });
        pdf::pdf(&placed.collect::<Vec<_>>(), &self.font, self.made)
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// Where the file cannot be written, or is one of the run's own.
    pub fn write(&self, goal: &Path) -> Result<(), OutputError> {
        let mut file = SingleFile::begin(goal, self.run_files.iter().map(PathBuf::as_path))?;
        file.write(&self.pdf().map_err(OutputError::at(goal))?)?;
        file.finish()
    }
}

/// What a sheet shows of the plane.
fn around(bounds: Bounds) -> Bounds {
    let [width, height] = bounds.size();
    bounds.grown(AROUND_M.max(AROUND * width.max(height)))
}

/// The candidate zones of the kind that the map shows.
fn zones(subject: &Subject<'_>, ids: &[String]) -> Result<Vec<About>, StillError> {
    let all = || subject.zones.iter().filter(|row| row.text("zone") == subject.zone.id());
    if let Some(id) = ids.iter().find(|id| !all().any(|row| row.text("id") == id.as_str())) {
        return Err(StillError::NotInRun { folder: subject.run.folder.clone(), what: id.clone() });
    }
    let is_meant = |row: &&ProductFeature| ids.is_empty() || ids.iter().any(|id| id == row.text("id"));
    Ok(all().filter(is_meant).filter_map(|row| zone(subject, row)).collect())
}

fn zone(subject: &Subject<'_>, row: &ProductFeature) -> Option<About> {
    let geometry = row.geometry.as_ref()?;
    let bounds = geometry.bounding_rect()?;
    let number = |name: &str| row.fields.get(name).and_then(serde_json::Value::as_f64);
    let between = |stem: &str, write: fn(f64) -> String| {
        range(number(&format!("{stem}_lo")), number(&format!("{stem}_hi")), write)
    };
    let mut facts = vec![
        Fact { what: Text::new("判定", "status"), value: status(row.text("status")) },
        Fact {
            what: Text::new("面積", "area"),
            value: Text::from(format!("{:.2} ha", number("area_ha").unwrap_or_default())),
        },
        Fact {
            what: Text::new("筆数", "parcels"),
            value: Text::from(thousands(number("parcels").unwrap_or_default() as u64)),
        },
        Fact { what: Text::new("人口", "residents"), value: between("population", whole) },
        Fact {
            what: Text::new("高齢者密度（人/ha）", "seniors a hectare"), value: between("seniors_per_ha", tenths)
        },
        Fact { what: Text::new("公共用地率", "public-land ratio"), value: between("public_land_ratio", percent) },
    ];
    if let Some(answer) = meets(row.text("meets_as_a_whole")) {
        facts.push(Fact { what: Text::new("区域全体での条件", "as a whole"), value: answer });
    }
    for (column, what) in [
        ("whole_fails", Text::new("区域全体で満たさない条件", "not met as a whole")),
        ("stations", Text::new("根拠の駅", "stations that make it")),
        ("stops", Text::new("根拠の停留所", "stops that make it")),
    ] {
        let text = row.text(column);
        if !text.is_empty() {
            let names: Vec<Text> = text.split(',').map(|id| named(subject, id)).collect();
            facts.push(Fact { what, value: Text::list(&names) });
        }
    }
    Some(About {
        name: row.text("id").to_owned(),
        bounds: around(Bounds { min: bounds.min().into(), max: bounds.max().into() }),
        rings: rings(geometry),
        heading: Text::new("この候補区域", "this candidate zone"),
        facts,
    })
}

/// A criterion by its name; any other word as it is.
fn named(subject: &Subject<'_>, id: &str) -> Text {
    subject.run.rules.set.criterion(id).map_or_else(|| Text::from(id), |one| one.name.clone())
}

fn status(id: &str) -> Text {
    Status::ALL.into_iter().find(|status| status.id() == id).map_or_else(|| Text::from(id), Status::name)
}

/// Parcels of a list, in the order of the run's file.
fn parcels(subject: &Subject<'_>, ids: &[String]) -> Result<Vec<About>, StillError> {
    let found = subject.run.parcels_where(&|id, _| ids.iter().any(|one| one == id))?;
    if let Some(id) = ids.iter().find(|id| !found.parcels.iter().any(|one| one.id == **id)) {
        return Err(StillError::NotInRun { folder: subject.run.folder.clone(), what: id.clone() });
    }
    Ok(found.parcels.iter().filter_map(|one| parcel(subject, one)).collect())
}

fn parcel(subject: &Subject<'_>, parcel: &RunParcel) -> Option<About> {
    let shape = shape(subject, parcel.position - 1).filter(|shape| !shape.points().is_empty())?;
    let rules = &subject.run.rules;
    let mut facts = Vec::new();
    if let Some(area) = parcel.number("area_m2") {
        facts.push(Fact { what: Text::new("面積", "area"), value: Text::from(format!("{area:.1} m²")) });
    }
    for zone in rules.zones() {
        if let Some(id) = parcel.text(zone.id()) {
            facts.push(Fact { what: zone.name(), value: status(id) });
        }
    }
    let of_criterion = |one| criterion(subject, parcel, one).or_else(|| lot::fact(subject, parcel, one));
    facts.extend(rules.criteria(subject.zone).filter_map(of_criterion));
    Some(About {
        name: parcel.id.clone(),
        bounds: around(Bounds::of(shape.points())),
        rings: shape.rings().map(<[_]>::to_vec).collect(),
        heading: Text::new("この筆", "this parcel"),
        facts,
    })
}

/// How a criterion of the zone stands for a parcel, by the share that the run wrote.
fn criterion(subject: &Subject<'_>, parcel: &RunParcel, criterion: &Criterion) -> Option<Fact> {
    let share = |end: &str| parcel.number(&format!("{}_{end}", criterion.column));
    let (lo, hi) = (share("lo")?, share("hi")?);
    let membership = subject.run.rules.thresholds.membership();
    let reaches = |share: f64| share >= membership && share > 0.0;
    let answer = lot::standing(match (reaches(lo), reaches(hi)) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    });
    let shares = range(Some(lo), Some(hi), percent);
    let value =
        text!("{answer}（面積の{shares}）", "{answer} ({shares} of its area)", answer = answer, shares = shares);
    Some(Fact { what: criterion.name.clone(), value })
}

/// The shape of the parcel at a place of the run's file, from 0.
fn shape<'s>(subject: &'s Subject<'_>, mut place: usize) -> Option<Shape<'s>> {
    for chunk in &subject.parcels.chunks {
        if place < chunk.statuses.len() {
            return Some(chunk.shapes.get(place));
        }
        place -= chunk.statuses.len();
    }
    None
}

/// From one number to another; an end that is not known is said so.
fn range(lo: Option<f64>, hi: Option<f64>, write: fn(f64) -> String) -> Text {
    match (lo.map(write), hi.map(write)) {
        (Some(lo), Some(hi)) if lo == hi => Text::from(lo),
        (Some(lo), Some(hi)) => Text::from(format!("{lo}–{hi}")),
        (Some(lo), None) => text!("{lo}以上", "{lo} or more"),
        (None, Some(hi)) => text!("{hi}以下", "{hi} or less"),
        (None, None) => Text::new("分からない", "not known"),
    }
}

fn whole(number: f64) -> String {
    thousands(number.round().max(0.0) as u64)
}

fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
