//! Which columns of a table hold coordinates, by their names, and what their names say of the reference system.

use unicode_normalization::UnicodeNormalization;

use super::cells::{Axis, degrees, metres};
use super::{CsvTable, FOUND_IN};
use crate::crs::Crs;
use crate::inputs::{DeclaredCrs, InputError, ReadOptions, fields};

/// The usual names of the columns with longitude and latitude, after Unicode NFKC, in lower case, without blanks.
const DEGREE_COLUMNS: &[(&str, &str)] = &[
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("longitude", "latitude"),
    ("経度", "緯度"),
    ("経度(10進)", "緯度(10進)"),
    ("東経", "北緯"),
];

/// Those of plane coordinates, looked for only where the project file names the CRS.
const PLANE_COLUMNS: &[(&str, &str)] = &[("x", "y"), ("easting", "northing"), ("x座標", "y座標"), ("東距", "北距")];

/// The pair that in Japanese surveying is northing and easting: 平面直角座標系 has X to the north and Y to the east.
const SURVEY_COLUMNS: (&str, &str) = ("x座標", "y座標");

/// Further than this from the central meridian, m, nothing is that a plane is used for.
const WIDEST: f64 = 200_000.0;
/// And nothing is further from its origin to the north or south.
const LONGEST: f64 = 1_000_000.0;

/// What the name of a column says beside which coordinate it is, in brackets or behind a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    /// Nothing.
    None,
    /// A datum that is taken as one with JGD2011, the unit, or how the angle is written.
    Usual,
    /// The old Tokyo datum 旧日本測地系.
    Tokyo,
    /// Degrees, minutes or seconds of an angle that stands in several columns.
    Part,
    /// That it runs eastward, or northward.
    Along(Axis),
    /// Something else.
    Unknown,
}

/// The two columns with the coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    x: usize,
    y: usize,
    kind: CoordinateKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CoordinateKind {
    /// Longitude and latitude by their names, and the project file names no CRS.
    Degrees(&'static str),
    /// In the CRS of the project file, whose coordinates are degrees.
    OwnDegrees,
    /// In a CRS of metres, or one that is not known here.
    Metres,
}

impl Columns {
    pub(super) fn find(options: &ReadOptions, names: &[String]) -> Option<Self> {
        if options.xy.is_some() {
            return Self::named(options, names).ok()?;
        }
        let demanded = demanded(options);
        if demanded != Demanded::Nothing
            && let Some((x, y)) = PLANE_COLUMNS.iter().find_map(|pair| plane_pair(names, *pair, demanded))
        {
            let kind = if demanded == Demanded::Degrees { CoordinateKind::OwnDegrees } else { CoordinateKind::Metres };
            return Some(Self { x, y, kind });
        }
        let (x, y, note) = degree_pair(names)?;
        let kind = match (demanded, note) {
            (Demanded::Nothing, Note::Tokyo) => CoordinateKind::Degrees("EPSG:4301"),
            (Demanded::Nothing, _) => CoordinateKind::Degrees("urn:ogc:def:crs:OGC:1.3:CRS84"),
            (Demanded::Degrees, _) => CoordinateKind::OwnDegrees,
            _ => CoordinateKind::Metres,
        };
        Some(Self { x, y, kind })
    }

    /// The columns that the project file names with `x` and `y`; `None` where it names none.
    pub(super) fn named(options: &ReadOptions, names: &[String]) -> Result<Option<Self>, String> {
        let Some((x, y)) = &options.xy else { return Ok(None) };
        let exactly = |wanted: &String| names.iter().position(|name| name == wanted).ok_or_else(|| wanted.clone());
        let usual = DEGREE_COLUMNS.contains(&(plain(x).as_str(), plain(y).as_str()));
        let kind = match demanded(options) {
            Demanded::Nothing if usual => CoordinateKind::Degrees("urn:ogc:def:crs:OGC:1.3:CRS84"),
            Demanded::Nothing | Demanded::Degrees => CoordinateKind::OwnDegrees,
            Demanded::Plane | Demanded::Other => CoordinateKind::Metres,
        };
        Ok(Some(Self { x: exactly(x)?, y: exactly(y)?, kind }))
    }

    /// The CRS that their names stand for.
    pub(super) fn crs(&self) -> Option<DeclaredCrs> {
        let CoordinateKind::Degrees(code) = self.kind else { return None };
        Some(DeclaredCrs { text: code.to_owned(), found_in: FOUND_IN })
    }

    /// The position of a row; `None` where it has none. Zeros stand for a place that is not known.
    pub(super) fn point(&self, record: &csv::StringRecord, semicolons: bool) -> Option<(f64, f64)> {
        let number = |index, axis| {
            let cell = record.get(index)?;
            if self.kind == CoordinateKind::Metres { metres(cell, semicolons) } else { degrees(cell, axis) }
        };
        let (x, y) = (number(self.x, Axis::East)?, number(self.y, Axis::North)?);
        let nowhere = if self.kind == CoordinateKind::Metres { x == 0.0 && y == 0.0 } else { x == 0.0 || y == 0.0 };
        (!nowhere).then_some((x, y))
    }

    /// The names of the two, for messages.
    pub(super) fn names<'n>(&self, names: &'n [String]) -> [&'n str; 2] {
        [&names[self.x], &names[self.y]]
    }

    /// The names of the two where they hold coordinates of a plane rectangular system.
    pub(super) fn axes(&self, table: &CsvTable<'_>) -> Option<[String; 2]> {
        let is_plane = demanded(table.input.options) == Demanded::Plane;
        is_plane.then(|| self.names(&table.names).map(str::to_owned))
    }

    /// Makes sure that points of a plane rectangular system do not all lie far outside of it, where they would lie
    /// within if their axes were exchanged.
    pub(super) fn check(&self, table: &CsvTable<'_>, points: &[(f64, f64)]) -> Result<(), InputError> {
        let within = |&(east, north): &(f64, f64)| east.abs() <= WIDEST && north.abs() <= LONGEST;
        let exchanged = |&(east, north): &(f64, f64)| within(&(north, east));
        let is_plane = demanded(table.input.options) == Demanded::Plane;
        if is_plane && !points.is_empty() && !points.iter().any(within) && points.iter().all(exchanged) {
            let [x, y] = self.names(&table.names).map(str::to_owned);
            return Err(InputError::PlaneAxes { path: table.input.path.clone(), x, y });
        }
        Ok(())
    }
}

/// The columns whose names come near to those of coordinates, for messages.
pub(super) fn near(names: &[String]) -> Vec<String> {
    const WORDS: &[&str] =
        &["緯度", "経度", "北緯", "東経", "座標", "位置", "lat", "lon", "lng", "wkt", "geom", "northing", "easting"];
    let is_near = |name: &&String| {
        let name = plain(name);
        matches!(name.as_str(), "x" | "y") || WORDS.iter().any(|word| name.contains(word))
    };
    names.iter().filter(is_near).cloned().collect()
}

/// Whether columns of a plane are there, which need the CRS named.
pub(super) fn has_plane(names: &[String]) -> bool {
    PLANE_COLUMNS.iter().any(|pair| plane_pair(names, *pair, Demanded::Other).is_some())
}

/// What the project file says of the CRS, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demanded {
    Nothing,
    Degrees,
    /// A plane rectangular system 平面直角座標系.
    Plane,
    Other,
}

fn demanded(options: &ReadOptions) -> Demanded {
    let Some(text) = &options.crs else { return Demanded::Nothing };
    // What is no CRS is an error where it is used.
    let Ok(crs) = Crs::parse(text) else { return Demanded::Other };
    match crs.epsg() {
        _ if crs.is_geographic() => Demanded::Degrees,
        // On JGD2011, JGD2000 and the Tokyo datum.
        Some(6669..=6687 | 2443..=2461 | 30161..=30179) => Demanded::Plane,
        _ => Demanded::Other,
    }
}

/// A name in Unicode NFKC and lower case, without blanks and quotes.
pub(super) fn plain(name: &str) -> String {
    let name = name.nfkc().filter(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '\'' | '='));
    name.collect::<String>().to_lowercase()
}

/// What a name says beside `base`; `None` where it is another name.
fn note_of(name: &str, base: &str) -> Option<Note> {
    let rest = name.strip_prefix(base)?;
    let marks = ['(', ')', '[', ']', '{', '}', '【', '】', '〔', '〕', '<', '>', '_', ':', '・', '-', '/', '.'];
    if rest.is_empty() {
        return Some(Note::None);
    }
    if !rest.starts_with(marks) {
        return None;
    }
    let note: String = rest.chars().filter(|sign| !marks.contains(sign)).collect();
    let has = |words: &[&str]| words.iter().any(|word| note.contains(word));
    let world = ["世界測地", "jgd", "wgs", "grs80", "gps", "日本測地系20"];
    let written = ["10進", "十進", "度分秒", "dms", "decimal", "degree"];
    Some(match note.as_str() {
        "分" | "秒" | "min" | "sec" | "minute" | "second" | "minutes" | "seconds" | "m" | "s" if !is_plane(base) => {
            Note::Part
        }
        "" | "度" | "deg" | "dd" | "d" | "m" | "メートル" | "metre" | "meter" | "単位m" | "単位度" => {
            Note::Usual
        }
        _ if has(&world) => Note::Usual,
        _ if has(&["日本測地", "旧測地", "tokyo", "bessel"]) => Note::Tokyo,
        _ if has(&written) => Note::Usual,
        _ if has(&["東", "経度", "east", "lon"]) => Note::Along(Axis::East),
        _ if has(&["北", "緯度", "north", "lat"]) => Note::Along(Axis::North),
        _ => Note::Unknown,
    })
}

fn is_plane(base: &str) -> bool {
    PLANE_COLUMNS.iter().any(|(x, y)| *x == base || *y == base)
}

/// Every column of that name, with what it says besides.
fn all(names: &[String], base: &str) -> Vec<(usize, String, Note)> {
    let found = names.iter().enumerate().filter_map(|(index, name)| {
        let name = plain(name);
        let note = note_of(&name, base)?;
        Some((index, name[base.len()..].to_owned(), note))
    });
    found.collect()
}

/// The columns with longitude and latitude, and what their names say of the datum. Names without more go before all
/// others; what stands beside them must be the same for both.
fn degree_pair(names: &[String]) -> Option<(usize, usize, Note)> {
    let exactly = |wanted: &str| names.iter().position(|name| plain(name) == wanted);
    let of_minutes =
        |name: &str| ["分", "秒"].iter().any(|part| names.iter().any(|other| plain(other) == format!("{name}{part}")));
    let alone = |(x, y): &&(&str, &str)| !of_minutes(x) && !of_minutes(y);
    if let Some((x, y)) = DEGREE_COLUMNS.iter().filter(alone).find_map(|(x, y)| exactly(x).zip(exactly(y))) {
        return Some((x, y, Note::None));
    }
    let parts = |base: &str| all(names, base).iter().any(|(.., note)| *note == Note::Part);
    let whole = |(x, y): &&(&str, &str)| !parts(x) && !parts(y);
    let pairs = || DEGREE_COLUMNS.iter().filter(whole);
    [Note::Usual, Note::Tokyo].into_iter().find_map(|wanted| {
        pairs().find_map(|(x, y)| {
            let of = |base: &str| all(names, base).into_iter().filter(move |(.., note)| *note == wanted);
            of(x).find_map(|(x, suffix, _)| of(y).find(|(_, other, _)| *other == suffix).map(|(y, ..)| (x, y, wanted)))
        })
    })
}

/// The columns with easting and northing.
fn plane_pair(names: &[String], (x, y): (&str, &str), demanded: Demanded) -> Option<(usize, usize)> {
    let fits = |(.., note): &(usize, String, Note)| !matches!(note, Note::Unknown | Note::Part | Note::Tokyo);
    let first = |base: &str| {
        let mut found: Vec<_> = all(names, base).into_iter().filter(fits).collect();
        found.sort_by_key(|(.., note)| *note != Note::None);
        found.into_iter().next()
    };
    let ((x_index, _, x_note), (y_index, _, y_note)) = (first(x)?, first(y)?);
    let survey = match (x_note, y_note) {
        (Note::Along(Axis::East), Note::Along(Axis::North)) => false,
        (Note::Along(Axis::North), Note::Along(Axis::East)) => true,
        (Note::Along(_), _) | (_, Note::Along(_)) => return None,
        _ => (x, y) == SURVEY_COLUMNS && demanded == Demanded::Plane,
    };
    Some(if survey { (y_index, x_index) } else { (x_index, y_index) })
}

/// The error for a column that the project file names and the table does not have.
pub(super) fn missing(table: &CsvTable<'_>, wanted: &str) -> InputError {
    let known = table.names.iter().map(String::as_str).collect();
    fields::missing_field(table.input.path.clone(), wanted, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[&str], crs: Option<&str>) -> Option<(usize, usize, Option<String>)> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let options = ReadOptions { crs: crs.map(str::to_owned), ..ReadOptions::default() };
        let found = Columns::find(&options, &names)?;
        Some((found.x, found.y, found.crs().map(|crs| crs.text)))
    }

    #[test]
    fn what_stands_in_brackets_tells_the_datum() {
        let world = Some("urn:ogc:def:crs:OGC:1.3:CRS84".to_owned());
        for names in [
            ["緯度（世界測地系）", "経度（世界測地系）"],
            ["緯度[度]", "経度[度]"],
            ["緯度_JGD2011", "経度_JGD2011"],
            ["緯度（日本測地系2011）", "経度（日本測地系2011）"],
            ["lat_wgs84", "lon_wgs84"],
            ["北緯", "東経"],
            ["緯　度", "経　度"],
            ["緯度（１０進）", "経度（１０進）"],
        ] {
            assert_eq!(find(&names, None), Some((1, 0, world.clone())), "{names:?}");
        }
        let tokyo = Some((1, 0, Some("EPSG:4301".to_owned())));
        assert_eq!(find(&["緯度（日本測地系）", "経度（日本測地系）"], None), tokyo);
        assert_eq!(find(&["緯度(旧日本測地系)", "経度(旧日本測地系)"], None), tokyo);
        let both = ["緯度（日本測地系）", "経度（日本測地系）", "緯度（世界測地系）", "経度（世界測地系）"];
        assert_eq!(find(&both, None), Some((3, 2, world)));
    }

    #[test]
    fn what_cannot_be_told_is_not_taken() {
        assert_eq!(find(&["緯度（度）", "緯度（分）", "経度（度）", "経度（分）"], None), None);
        assert_eq!(find(&["緯度（図郭）", "経度（図郭）"], None), None);
        assert_eq!(find(&["緯度（世界測地系）", "経度（日本測地系）"], None), None);
        assert_eq!(find(&["X座標", "Y座標"], None), None);
        assert_eq!(find(&["latest", "longest"], None), None);
    }

    #[test]
    fn x_of_a_survey_runs_north_and_x_of_a_map_east() {
        let plane = |names: &[&str], crs| find(names, Some(crs)).map(|(x, y, _)| (x, y));
        for names in [
            ["X座標", "Y座標"],
            ["Ｘ座標（ｍ）", "Ｙ座標（ｍ）"],
            ["X座標_JGD2011", "Y座標_JGD2011"],
            ["X(北)", "Y(東)"],
        ] {
            assert_eq!(plane(&names, "EPSG:6676"), Some((1, 0)), "{names:?}");
            assert_eq!(plane(&names, "EPSG:2450"), Some((1, 0)), "{names:?}");
        }
        for names in [["X", "Y"], ["x座標(東西)", "y座標(南北)"], ["easting", "northing"]] {
            assert_eq!(plane(&names, "EPSG:6676"), Some((0, 1)), "{names:?}");
        }
        assert_eq!(plane(&["X座標", "Y座標"], "EPSG:32654"), Some((0, 1)));
        assert_eq!(plane(&["X座標(km)", "Y座標(km)"], "EPSG:6676"), None);
    }
}
