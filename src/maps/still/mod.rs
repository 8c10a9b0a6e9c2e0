//! What does a planner put into a paper? A still map of a finished run: one zone, a legend, and what it rests on.
//!
//! Everything is drawn once, as marks on a sheet (`ink`); `svg` and `png` put them into files. The parts stand above
//! each other: `paper` and `view` say where things go, `look` what they look like, `ground` draws the map, and
//! `legend`, `facts` and `foot` fill the panel with rows (`rows`).

mod drawing;
mod facts;
mod font;
mod foot;
mod ink;
mod labels;
mod legend;
mod look;
mod paper;
mod parcels;
mod png;
mod rows;
mod sites;
mod svg;
mod tile;
mod view;
mod words;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

pub use paper::{DPI, Size};
pub use words::Lang;

use crate::criteria::{Criterion, Zone};
use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::outputs::{OutputError, SingleFile};
use crate::products::{SET_ZONES, SITES};
use crate::runs::{ProductFeature, RunFolder, RunFolderError, RunParcels, RunStop};
use crate::text::Text;
use drawing::Shown;
use font::Font;
use ink::{Anchor, Beside, Drawing, Lettering, Mark, hundredths, spot};
use look::{INK, SOFT};
use paper::Sheet;
use rows::{SMALL, Setting, pour, without_room};
use view::View;
use words::Setter;

/// How wide the paper around the letters of a name on the map is, on both sides together, millimetres.
const HALO: f64 = 0.7;

/// Heights of the letters of the titles, millimetres on A3.
const TITLE: f64 = 7.0;
const SUBTITLE: f64 = 3.4;

/// What kind of map is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The id of the zone whose statuses the parcels show; `None`: the first of the rule set.
    pub zone: Option<String>,
    /// The size of the sheet.
    pub size: Size,
    /// Upright, with the panel below the map.
    pub portrait: bool,
    /// The languages.
    pub lang: Lang,
    /// Whether the sites are drawn that were added to the run.
    pub sites: bool,
}

/// Why a map cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum StillError {
    /// The run cannot be read.
    Run(#[from] RunFolderError),
    /// Its rules have no such zone.
    NoZone {
        /// The run folder.
        folder: PathBuf,
        /// What was asked for.
        zone: String,
        /// The zones that there are.
        zones: Vec<&'static str>,
    },
    /// Nothing of it is anywhere.
    NothingToDraw {
        /// The run folder.
        folder: PathBuf,
    },
    /// Its middle is nowhere on the earth.
    NoMiddle {
        /// The run folder.
        folder: PathBuf,
        /// Why.
        source: CrsError,
    },
}

impl Diagnose for StillError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Run(error) => error.diagnostics(),
            Self::NoZone { folder, zone, zones } => {
                let all = zones.join(", ");
                let message = text!(
                    "区域「{zone}」は、この結果のルールにありません。使えるのは {all} です。",
                    "no such zone “{zone}” in the rules of this run; there are: {all}"
                );
                vec![Diagnostic::error("no-such-zone", message).at(folder.display())]
            }
            Self::NothingToDraw { folder } => vec![
                Diagnostic::error(
                    "nothing-to-draw",
                    Text::new(
                        "形の使える筆が1つもないため、地図を作れません。",
                        "no parcel (筆・敷地) of the run has a usable geometry, so there is no map",
                    ),
                )
                .at(folder.display())
                .help(Text::new(
                    "筆のファイルのどこが悪いかは、`kyoten inspect` で分かります。",
                    "`kyoten inspect` says what is wrong with the file of parcels",
                )),
            ],
            Self::NoMiddle { folder, source } => {
                let about = |one: Diagnostic| {
                    let reason = one.message.clone();
                    let message = text!(
                        "地図の中心を求められません。{reason}",
                        "the map has no middle ({reason})",
                        reason = reason
                    );
                    Diagnostic { message, ..one }.at(folder.display()).help(Text::new(
                        "筆の座標参照系を確かめて、もう一度実行してください。",
                        "check the CRS of the parcels, and run again",
                    ))
                };
                source.diagnostics().into_iter().map(about).collect()
            }
        }
    }
}

display_diagnosed!(StillError);

/// What is drawn, all on the run's plane.
struct Subject<'r> {
    run: &'r RunFolder,
    zone: Zone,
    parcels: RunParcels,
    zones: Vec<ProductFeature>,
    /// The zones that a plan has set.
    set: Vec<ProductFeature>,
    places: Vec<ProductFeature>,
    facilities: Vec<ProductFeature>,
    /// The sites that were chosen, where they were added to the run.
    sites: Vec<ProductFeature>,
    stops: Vec<RunStop>,
}

impl<'r> Subject<'r> {
    fn read(run: &'r RunFolder, wish: &Wish) -> Result<Self, StillError> {
        let zone = wish.zone.as_deref();
        let mut zones = run.rules.zones();
        let found = zone.map_or_else(|| zones.next(), |id| run.rules.set.zone(id));
        let zone = found.ok_or_else(|| StillError::NoZone {
            folder: run.folder.clone(),
            zone: zone.unwrap_or_default().to_owned(),
            zones: run.rules.zones().map(Zone::id).collect(),
        })?;
        let asks_for_facilities = asks_for_facilities(run, zone);
        let read = Self {
            run,
            zone,
            parcels: run.parcels(zone)?,
            zones: run.product("zones")?,
            set: run.product(SET_ZONES)?,
            places: run.product("places")?,
            facilities: if asks_for_facilities { run.product("facilities")? } else { Vec::new() },
            sites: if wish.sites { run.product(SITES)? } else { Vec::new() },
            stops: run.stops()?,
        };
        run.check_unchanged()?;
        Ok(read)
    }

    /// The criteria of the zone that hold in a part of the map. A municipality is the whole of it or not.
    fn criteria(&self) -> impl Iterator<Item = &str> {
        let is_part = |one: &&Criterion| one.is_region() && !one.kind.is_of_municipality();
        self.run.rules.criteria(self.zone).filter(is_part).map(|one| one.id)
    }
}

/// Whether a zone asks how far facilities are, or a zone does for whose sites it is made.
fn asks_for_facilities(run: &RunFolder, zone: Zone) -> bool {
    let rules = &run.rules;
    let asks = |zone: Zone| rules.criteria(zone).any(|one| one.kind.spacing().is_some());
    let is_for = |other: Zone| rules.criteria(other).any(|one| one.kind.zone() == Some(zone.id()));
    asks(zone) || rules.zones().any(|other| is_for(other) && asks(other))
}

/// A map, drawn, to be put into files.
pub struct StillMap {
    drawing: Drawing,
    sheet: Sheet,
    title: String,
    font: Vec<u8>,
    /// Ground metres for a metre of paper: 10,000 at 1:10,000.
    pub scale: f64,
    /// The characters of its texts that the font lacks, which a PNG shows as 〓.
    pub missing: BTreeSet<char>,
    /// Rows of the panel that found no room on the sheet.
    pub left_out: usize,
    /// Every file of the run, which nothing may be written over.
    run_files: Vec<PathBuf>,
}

impl StillMap {
    /// Draws a run.
    ///
    /// # Errors
    /// Where its files cannot be read, or nothing of it is anywhere.
    ///
    /// ```no_run
    /// use kyoten::{maps::still::{Lang, Size, StillMap, Wish}, runs::RunFolder};
    /// let run = RunFolder::open("kyoten-out".as_ref())?;
    /// let wish = Wish { zone: None, size: Size::A3, portrait: false, lang: Lang::Both, sites: true };
    /// StillMap::of(&run, &wish)?.write(None, Some("map.svg".as_ref()), 200)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(run: &RunFolder, wish: &Wish) -> Result<Self, StillError> {
        let subject = Subject::read(run, wish)?;
        let bounds = subject.parcels.bounds();
        if bounds.is_empty() {
            return Err(StillError::NothingToDraw { folder: run.folder.clone() });
        }
        let sheet = Sheet::new(wish.size, wish.portrait);
        let view = View::new(&bounds, &sheet.map(), run.plane)
            .map_err(|source| StillError::NoMiddle { folder: run.folder.clone(), source })?;
        let font = font::bytes();
        let face = Font::new(&font);
        let mut setter = Setter::new(&face);
        let (mut drawing, shown) = drawing::draw(&subject, &sheet, &view, &mut setter);
        drawing::frame(&sheet, &mut drawing);
        let title = header(&subject, &sheet, wish.lang, &mut setter, &mut drawing);
        let left_out = panel(&subject, &shown, &sheet, &view, wish.lang, &mut setter, &mut drawing);
        let missing = setter.missing();
        let run_files = run.files().collect();
        Ok(Self { drawing, sheet, title, font, scale: view.denominator, missing, left_out, run_files })
    }

    /// The file as SVG: `<text>` stays text; lengths are in hundredths of a millimetre.
    ///
    /// # Errors
    /// None that is known.
    pub fn svg(&self) -> io::Result<Vec<u8>> {
        svg::svg(&self.drawing, &self.sheet, &self.title)
    }

    /// The file as PNG, RGB, at so many dots an inch.
    ///
    /// # Errors
    /// None that is known.
    pub fn png(&self, dpi: u16) -> io::Result<Vec<u8>> {
        png::png(&self.drawing, &self.sheet, dpi, &self.title, &Font::new(&self.font))
    }

    /// How many pixels wide and high the PNG is.
    #[must_use]
    pub fn pixels(&self, dpi: u16) -> [u32; 2] {
        png::pixels(&self.sheet, dpi)
    }

    /// Writes one file or both: whole, and both or none.
    ///
    /// # Errors
    /// Where a file cannot be written, or is one of the run's own; then neither is.
    pub fn write(&self, png: Option<&Path>, svg: Option<&Path>, dpi: u16) -> Result<(), OutputError> {
        let begin = |goal: &Path| SingleFile::begin(goal, self.run_files.iter().map(PathBuf::as_path));
        let mut files = Vec::new();
        // Both are begun before anything is drawn: where one cannot be written, that is known at once.
        for (goal, is_png) in [(png, true), (svg, false)] {
            if let Some(goal) = goal {
                files.push((begin(goal)?, goal, is_png));
            }
        }
        for (file, goal, is_png) in &mut files {
            let bytes = if *is_png { self.png(dpi) } else { self.svg() };
            file.write(&bytes.map_err(OutputError::at(goal))?)?;
        }
        SingleFile::finish_all(files.into_iter().map(|(file, ..)| file).collect())
    }
}

/// The title and what stands below it; gives the title.
fn header(subject: &Subject<'_>, sheet: &Sheet, lang: Lang, setter: &mut Setter<'_>, drawing: &mut Drawing) -> String {
    let frame = sheet.header();
    let name = setter.clean(&subject.run.record.project.name);
    let zone_name = subject.zone.name();
    let zone = lang.main(&zone_name.ja, &zone_name.en);
    let title = if name.is_empty() { zone } else { format!("{name}　{zone}") };
    let beside = lang.beside(&zone_name.en);
    let room = frame.width - setter.width(beside, SUBTITLE * sheet.scale) - 4.0 * sheet.scale;
    // A long title is set smaller, down to a half, before it is cut.
    let size = (TITLE * sheet.scale).min(TITLE * sheet.scale * room / setter.width(&title, TITLE * sheet.scale));
    let size = size.max(TITLE / 2.0 * sheet.scale);
    let shown = setter.cut(&title, size, room);
    let mut line = |at: [f64; 2], words: &str, size: f64, colour, beside: &str| {
        let (words, size) = (words.to_owned(), hundredths(size));
        let beside = (!beside.is_empty()).then(|| Beside {
            words: beside.to_owned(),
            size: hundredths(SUBTITLE * sheet.scale),
            colour: SOFT,
        });
        let anchor = Anchor::Start;
        drawing.marks.push(Mark::Text(Lettering { at: spot(at), size, words, anchor, colour, beside, halo: false }));
    };
    let base = frame.top + 6.2 * sheet.scale;
    line([frame.left, base], &shown, size, INK, beside);
    let set = subject.run.rules.set;
    let below = format!("{}　{}", lang.main(&set.title.ja, &set.title.en), set.id);
    let below = setter.clean(&below);
    let below = setter.cut(&below, 3.0 * sheet.scale, frame.width);
    line([frame.left, base + 7.0 * sheet.scale], &below, 3.0 * sheet.scale, SOFT, "");
    title
}

/// The panel; gives how many rows found no room.
fn panel(
    subject: &Subject<'_>,
    shown: &Shown,
    sheet: &Sheet,
    view: &View,
    lang: Lang,
    setter: &mut Setter<'_>,
    drawing: &mut Drawing,
) -> usize {
    let mut columns = sheet.columns();
    let width = columns[0].width;
    let mut setting = Setting { setter, lang, scale: sheet.scale, width, rows: Vec::new() };
    legend::statuses(subject, shown, &mut setting);
    setting.gap(3.0);
    legend::signs(subject, shown, &mut setting);
    facts::rules(subject, &mut setting);
    facts::expectations(subject, &mut setting);
    facts::sources(subject, &mut setting);
    let rows = std::mem::take(&mut setting.rows);
    foot::scale(sheet, view, &mut setting);
    foot::small_print(subject, view, &mut setting);
    let foot = std::mem::take(&mut setting.rows);
    let high = foot::height(&foot);
    let last = columns.len() - 1;
    let below = paper::Frame { top: columns[last].bottom() - high, height: high + 1.0, ..columns[last] };
    columns[last].height -= high + setting.mm(SMALL);
    drawing.begin("panel", None);
    let mut left_out = without_room(&rows, &columns);
    if left_out > 0 {
        // Room for the line that tells of it.
        columns[last].height -= setting.mm(2.0 * SMALL);
        left_out = without_room(&rows, &columns);
        let words =
            lang.main(&format!("ほか{left_out}行は run.json に記載"), &format!("{left_out} more lines: see run.json"));
        setting.paragraph(&words, SMALL, SOFT, 0.0);
        let at = paper::Frame { top: columns[last].bottom(), height: high, ..columns[last] };
        pour(std::mem::take(&mut setting.rows), &[at], drawing);
    }
    pour(rows, &columns, drawing);
    pour(foot, &[below], drawing);
    drawing.end();
    left_out
}
