//! What does a planner put into a paper? A still map of a finished run: one zone, a legend, and what it rests on.
//!
//! Everything is drawn once, as marks on a sheet (`ink`); `svg`, `png` and `pdf` put them into files. The parts stand above
//! each other: `paper` and `view` say where things go, `look` what they look like, `ground` draws the map, and
//! `legend`, `facts` and `foot` fill the panel with rows (`rows`).

mod about;
mod atlas;
mod drawing;
mod error;
mod facilities;
mod facts;
mod font;
mod foot;
mod ground;
mod ink;
mod labels;
mod legend;
mod look;
mod lot;
mod paper;
mod parcels;
mod pdf;
mod png;
mod rows;
mod sites;
mod sources;
mod subject;
mod svg;
mod tile;
mod view;
mod words;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use atlas::{Atlas, AtlasOf};
pub use error::StillError;
pub use paper::{DPI, Size};
pub use words::Lang;

use crate::geometry::Bounds;
use crate::outputs::workbook::newest;
use crate::outputs::{OutputError, SingleFile};
use crate::runs::{RunFolder, SheetWords};
use about::About;
use drawing::Shown;
use font::Font;
use ink::{Anchor, Beside, Drawing, Lettering, Mark, hundredths, spot};
use look::{INK, SOFT};
use paper::Sheet;
use rows::{BODY, SMALL, Setting, pour, without_room};
use subject::Subject;
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
    /// Title, subtitle, author, date and note; where there are none, those of the project file.
    pub words: SheetWords,
}

/// A map, drawn, to be put into files.
pub struct StillMap {
    drawing: Drawing,
    sheet: Sheet,
    title: String,
    font: Vec<u8>,
    /// Ground metres for a metre of paper: 10,000 at 1:10,000.
    pub scale: f64,
    /// The characters of its texts that the font lacks, which PNG and PDF show as 〓.
    pub missing: BTreeSet<char>,
    /// Rows of the panel that found no room on the sheet.
    pub left_out: usize,
    /// Every file of the run, which nothing may be written over.
    run_files: Vec<PathBuf>,
    /// The date of files that have one: that of the newest input of the run.
    made: SystemTime,
}

/// Where a map goes, and how fine.
#[derive(Debug, Clone, Copy, Default)]
pub struct StillFiles<'a> {
    /// As PNG.
    pub png: Option<&'a Path>,
    /// As SVG.
    pub svg: Option<&'a Path>,
    /// As PDF.
    pub pdf: Option<&'a Path>,
    /// Dots an inch of the PNG.
    pub dpi: u16,
}

/// One of the formats.
#[derive(Debug, Clone, Copy)]
enum StillFormat {
    Png,
    Svg,
    Pdf,
}

impl StillMap {
    /// Draws a run.
    ///
    /// # Errors
    /// Where its files cannot be read, or nothing of it is anywhere.
    ///
    /// ```no_run
    /// use kyoten::{maps::still::{Lang, Size, StillFiles, StillMap, Wish}, runs::RunFolder};
    /// let run = RunFolder::open("kyoten-out".as_ref())?;
    /// let wish = Wish { zone: None, size: Size::A3, portrait: false, lang: Lang::Both, sites: true, words: Default::default() };
    /// let files = StillFiles { svg: Some("map.svg".as_ref()), ..StillFiles::default() };
    /// StillMap::of(&run, &wish)?.write(&files)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(run: &RunFolder, wish: &Wish) -> Result<Self, StillError> {
        let subject = Subject::read(run, wish)?;
        let sheet = Sheet::new(wish.size, wish.portrait);
        let font = font::bytes();
        let face = Font::new(&font);
        let mut setter = Setter::new(&face);
        let page = Page::draw(&subject, None, &sheet, wish.lang, &mut setter)?;
        let missing = setter.missing();
        let Page { drawing, title, scale, left_out } = page;
        Ok(Self {
            drawing,
            sheet,
            title,
            font,
            scale,
            missing,
            left_out,
            run_files: run.files().collect(),
            made: made(run),
        })
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

    /// The file as PDF: one page of the sheet's size, all of it lines and areas; its letters come with it and can be searched.
    ///
    /// # Errors
    /// None that is known.
    pub fn pdf(&self) -> io::Result<Vec<u8>> {
        pdf::pdf(&[pdf::Page { drawing: &self.drawing, sheet: &self.sheet, title: &self.title }], &self.font, self.made)
    }

    /// Writes one file or several: whole, and all or none.
    ///
    /// # Errors
    /// Where a file cannot be written, or is one of the run's own; then none is.
    pub fn write(&self, wished: &StillFiles<'_>) -> Result<(), OutputError> {
        let begin = |goal: &Path| SingleFile::begin(goal, self.run_files.iter().map(PathBuf::as_path));
        let StillFiles { png, svg, pdf, dpi } = *wished;
        let mut files = Vec::new();
        // All are begun before anything is drawn: where one cannot be written, that is known at once.
        for (goal, format) in [(png, StillFormat::Png), (svg, StillFormat::Svg), (pdf, StillFormat::Pdf)] {
            if let Some(goal) = goal {
                files.push((begin(goal)?, goal, format));
            }
        }
        for (file, goal, format) in &mut files {
            let bytes = match format {
                StillFormat::Png => self.png(dpi),
                StillFormat::Svg => self.svg(),
                StillFormat::Pdf => self.pdf(),
            };
            file.write(&bytes.map_err(OutputError::at(goal))?)?;
        }
        SingleFile::finish_all(files.into_iter().map(|(file, ..)| file).collect())
    }
}

/// The date of files that have one: that of the newest input of a run, where that lies where it lay.
fn made(run: &RunFolder) -> SystemTime {
    let inputs = run.record.inputs.iter().flat_map(|input| &input.files);
    newest(inputs.map(|file| Path::new(&file.path)))
}

/// A sheet, drawn.
struct Page {
    drawing: Drawing,
    title: String,
    /// Ground metres for a metre of paper.
    scale: f64,
    /// Rows of the panel that found no room.
    left_out: usize,
}

impl Page {
    /// Draws a sheet: of all parcels, or `about` a part of the city.
    fn draw(
        subject: &Subject<'_>,
        about: Option<&About>,
        sheet: &Sheet,
        lang: Lang,
        setter: &mut Setter<'_>,
    ) -> Result<Self, StillError> {
        let bounds: Bounds = about.map_or_else(|| subject.bounds(), |about| about.bounds);
        let folder = || subject.run.folder.clone();
        if bounds.is_empty() {
            return Err(StillError::NothingToDraw { folder: folder() });
        }
        let view = View::new(&bounds, &sheet.map(), subject.run.plane)
            .map_err(|source| StillError::NoMiddle { folder: folder(), source })?;
        let view = if about.is_some() { view.cut(&sheet.map()) } else { view };
        let (mut drawing, shown) = drawing::draw(subject, sheet, &view, setter);
        if let Some(about) = about {
            about::border(about, sheet, &view, &mut drawing);
        }
        drawing::frame(sheet, &mut drawing);
        let title = header(subject, about, sheet, lang, setter, &mut drawing);
        let left_out = panel((subject, about), &shown, sheet, &view, lang, setter, &mut drawing);
        Ok(Self { drawing, title, scale: view.denominator, left_out })
    }
}

/// The title and what stands below it; gives the title.
fn header(
    subject: &Subject<'_>,
    about: Option<&About>,
    sheet: &Sheet,
    lang: Lang,
    setter: &mut Setter<'_>,
    drawing: &mut Drawing,
) -> String {
    let frame = sheet.header();
    let name = setter.clean(&subject.run.record.project.name);
    let zone_name = subject.zone.name();
    let zone = lang.main(&zone_name.ja, &zone_name.en);
    let given = subject.words.title.as_deref().map(|title| setter.clean(title));
    let subtitle = subject.words.subtitle.as_deref().map(|subtitle| setter.clean(subtitle));
    let mut title = match &given {
        Some(given) => given.clone(),
        None if name.is_empty() => zone.clone(),
        None => format!("{name}　{zone}"),
    };
    if let Some(about) = about {
        title = format!("{title}　{}", setter.clean(&about.name));
    }
    // A title of somebody's own need not be about the zone, which is then told below it.
    let beside = if given.is_some() { "" } else { lang.beside(&zone_name.en) };
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
    let set = subject.run.rules.set;
    let rules = format!("{}　{}", lang.main(&set.title.ja, &set.title.en), set.id);
    let rules = if given.is_some() { format!("{zone}　{rules}") } else { rules };
    let rules = setter.clean(&rules);
    let rules = setter.cut(&rules, 3.0 * sheet.scale, frame.width);
    let at = |down: f64| [frame.left, frame.top + down * sheet.scale];
    // Three lines stand a little closer than two.
    let downs = if subtitle.is_some() { [5.4, 10.6, 15.6] } else { [6.2, 6.2, 13.2] };
    line(at(downs[0]), &shown, size, INK, beside);
    if let Some(subtitle) = subtitle {
        let subtitle = setter.cut(&subtitle, SUBTITLE * sheet.scale, frame.width);
        line(at(downs[1]), &subtitle, SUBTITLE * sheet.scale, INK, "");
    }
    line(at(downs[2]), &rules, 3.0 * sheet.scale, SOFT, "");
    title
}

/// The panel; gives how many rows found no room.
fn panel(
    (subject, about): (&Subject<'_>, Option<&About>),
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
    if let Some(about) = about {
        about::table(about, &mut setting);
        setting.gap(3.0);
    }
    legend::statuses(subject, shown, &mut setting);
    setting.gap(3.0);
    legend::signs(subject, shown, &mut setting);
    if let Some(note) = &subject.words.note {
        let note = setting.setter.clean(note);
        setting.gap(3.0);
        setting.heading("注記", "note", &[]);
        setting.paragraph(&note, BODY, INK, 0.0);
    }
    facts::rules(subject, &mut setting);
    facts::expectations(subject, &mut setting);
    sources::sources(subject, &mut setting);
    let rows = std::mem::take(&mut setting.rows);
    foot::scale(sheet, view, &mut setting);
    foot::made_by(subject, &mut setting);
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
