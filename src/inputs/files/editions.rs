//! Files of an archive that are one publication of several years: which of them is read.
//!
//! A year is taken for one only where it can hardly be something else: the files of prefectures, meshes and map sheets
//! differ in numbers, too, and belong together.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

/// Years of data.
const YEARS: RangeInclusive<u32> = 1960..=2049;

/// Two-digit years from here on are of the last century.
const LAST_CENTURY: u32 = 70;

/// What is found among files whose names differ in digits only.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Editions {
    /// All are of one edition, or nothing tells of any.
    One,
    /// The newest, and those that are older.
    Newest { taken: Vec<PathBuf>, older: Vec<PathBuf> },
    /// There are several, and the newest does not have what older ones have.
    Unclear,
}

/// Tells the editions among files apart; `archive` is what they lie in.
pub(super) fn editions(archive: &Path, files: &[PathBuf]) -> Editions {
    // Map sheets and tiles are numbered through.
    let is_sheet =
        |file: &PathBuf| file.extension().is_some_and(|ending| matches!(ending.to_str(), Some("xml" | "gml")));
    if files.iter().any(is_sheet) {
        return Editions::One;
    }
    if may_be_editions(files) {
        return Editions::Unclear;
    }
    let found: Option<Vec<(u32, String)>> = files.iter().map(|file| edition(archive, file, files)).collect();
    let Some(found) = found else { return Editions::One };
    let Some(newest) = found.iter().map(|(year, _)| *year).max() else { return Editions::One };
    let rests = |is_newest: bool| -> BTreeSet<&str> {
        let of = found.iter().filter(|(year, _)| (*year == newest) == is_newest);
        of.map(|(_, rest)| rest.as_str()).collect()
    };
    let (of_newest, of_older) = (rests(true), rests(false));
    if of_older.is_empty() {
        return Editions::One;
    }
    if !of_older.is_subset(&of_newest) {
        return Editions::Unclear;
    }
    let all = files.iter().zip(&found);
    let (taken, older): (Vec<_>, Vec<_>) = all.partition(|(_, (year, _))| *year == newest);
    let paths = |of: Vec<(&PathBuf, &(u32, String))>| of.into_iter().map(|(file, _)| file.clone()).collect();
    Editions::Newest { taken: paths(taken), older: paths(older) }
}

/// The day of a file's edition as a number, year, month and day in a row, where its name says it for certain.
#[must_use]
pub fn day_in_name(file: &Path) -> Option<u32> {
    days_in(&stem(file)?).day
}

/// Whether files differ in nothing but a number of two digits, which may be a year as well as a prefecture or a part. What is
/// numbered through from the beginning are parts.
#[must_use]
pub fn may_be_editions(files: &[PathBuf]) -> bool {
    let short = |file: &PathBuf| Some(days_in(&stem(file)?)).filter(|found| found.day.is_none())?.short;
    let Some(found) = files.iter().map(short).collect::<Option<Vec<Short>>>() else { return false };
    let numbers: BTreeSet<u32> = found.iter().map(|short| short.number).collect();
    let is_one_name = found.windows(2).all(|pair| pair[0].rest == pair[1].rest);
    let are_years = numbers.iter().all(|&number| YEARS.contains(&of_century(number)));
    let first = numbers.first().copied().unwrap_or(0);
    let is_numbered = first <= 1 && (first..).zip(&numbers).all(|(wanted, &number)| wanted == number);
    is_one_name && numbers.len() > 1 && are_years && !is_numbered
}

/// A name in Unicode NFKC and lower case, without its ending; the first year of an era is its year 1.
fn stem(file: &Path) -> Option<String> {
    Some(plain(&file.file_stem()?.to_string_lossy()))
}

fn plain(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().replace("元年", "1年")
}

/// The day of a file's edition as a number, from its name, else from the folders that it lies in; and its name without it.
fn edition(archive: &Path, file: &Path, files: &[PathBuf]) -> Option<(u32, String)> {
    let stem = stem(file)?;
    let found = days_in(&stem);
    if let Some(day) = found.day {
        return Some((day, found.rest));
    }
    // R2 may be anything, but beside H27 in its place it is 2020.
    let of_era = found.short.filter(|short| short.of_era.is_some()).and_then(|short| {
        let is_beside = |other: &PathBuf| {
            self::stem(other).is_some_and(|other| {
                let other = days_in(&other);
                other.day.is_some() && other.rest == short.rest
            })
        };
        files.iter().any(is_beside).then_some((short.of_era? * 10_000, short.rest))
    });
    if of_era.is_some() {
        return of_era;
    }
    let inside = file.strip_prefix(archive).ok()?.parent()?;
    let mut folders = inside.iter().rev().map(|part| plain(&part.to_string_lossy()));
    folders.find_map(|folder| days_in(&folder).day).map(|day| (day, stem))
}

/// What the numbers of a name say of days.
struct Days {
    /// The last day that it holds for certain.
    day: Option<u32>,
    /// The name with a mark in the place of every one.
    rest: String,
    /// Its first number, where that may be the short form of a year.
    short: Option<Short>,
}

/// A number of one or two digits that may be a year.
struct Short {
    number: u32,
    /// The year, where the letter of the present era 令和 stands before it.
    of_era: Option<u32>,
    /// The name with a mark in its place.
    rest: String,
}

fn days_in(name: &str) -> Days {
    let (mut day, mut rest, mut from) = (None, String::new(), 0);
    let mut short = None;
    while let Some(start) = name[from..].find(|sign: char| sign.is_ascii_digit()).map(|at| from + at) {
        let end = name[start..].find(|sign: char| !sign.is_ascii_digit()).map_or(name.len(), |at| start + at);
        let (before, digits, after) = (&name[..start], &name[start..end], &name[end..]);
        if from == 0 {
            short = Short::of(before, digits, after);
        }
        rest.push_str(&name[from..start]);
        match day_of(before, digits, after) {
            Some((found, of_era)) => {
                day = Some(found);
                rest.truncate(rest.len().saturating_sub(of_era));
                rest.push('#');
            }
            None => rest.push_str(digits),
        }
        from = end;
    }
    rest.push_str(&name[from..]);
    Days { day, rest, short }
}

impl Short {
    fn of(before: &str, digits: &str, after: &str) -> Option<Self> {
        let number: u32 = digits.parse().ok().filter(|number| digits.len() <= 2 && *number < 100)?;
        let in_era = before.strip_suffix('r').filter(|head| !head.ends_with(|sign: char| sign.is_ascii_alphanumeric()));
        match in_era.filter(|_| number > 0) {
            Some(head) => Some(Self { number, of_era: Some(2018 + number), rest: format!("{head}#{after}") }),
            None => Some(Self { number, of_era: None, rest: format!("{before}#{after}") }),
        }
        .filter(|short| digits.len() == 2 || short.of_era.is_some())
    }
}

/// The year that two digits are short for.
fn of_century(year: u32) -> u32 {
    if year >= LAST_CENTURY { 1900 + year } else { 2000 + year }
}

/// The day that digits stand for, by their number and what stands around them, and how many bytes before them name an era.
fn day_of(before: &str, digits: &str, after: &str) -> Option<(u32, usize)> {
    let number: u32 = digits.parse().ok()?;
    if is_code(before) {
        match digits.len() {
            2 => return Some((of_century(number) * 10_000, 0)),
            // N03-190101
            6 => return Some((of_century(number / 10_000) * 10_000 + number % 10_000, 0)),
            _ => {}
        }
    }
    let ((year, of_era), month, day) = match digits.len() {
        4 => ((number, 0), 1, 1),
        6 => ((number / 100, 0), number % 100, 1),
        8 => ((number / 10_000, 0), number / 100 % 100, number % 100),
        _ => (era(before, digits, after)?, 1, 1),
    };
    let is_day = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| (year * 10_000 + if digits.len() > 4 { month * 100 + day } else { 0 }, of_era))
}

/// Whether a text ends in the code of a publication and a dash: `A16-`, `L03-b-`.
fn is_code(before: &str) -> bool {
    let Some(before) = before.strip_suffix('-') else { return false };
    let ends_in_code = |text: &str| {
        let bytes = text.as_bytes();
        let Some((head, [letter, one, other])) = bytes.split_last_chunk::<3>() else { return false };
        letter.is_ascii_lowercase()
            && one.is_ascii_digit()
            && other.is_ascii_digit()
            && head.last().is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    let without_part = before.rsplit_once('-').filter(|(_, part)| part.len() == 1).map(|(head, _)| head);
    ends_in_code(before) || without_part.is_some_and(ends_in_code)
}

/// The year of an era, and the length of its name: 令和5, r5年, and h27 as e-Stat writes it before `ka`.
fn era(before: &str, digits: &str, after: &str) -> Option<(u32, usize)> {
    let number: u32 = digits.parse().ok().filter(|number| digits.len() <= 2 && *number > 0)?;
    for (name, first) in [("令和", 2019), ("平成", 1989), ("昭和", 1926)] {
        if before.ends_with(name) {
            return Some((first + number - 1, name.len()));
        }
    }
    let first = match before.chars().last()? {
        'r' => 2019,
        'h' => 1989,
        's' => 1926,
        _ => return None,
    };
    let alone = before.chars().rev().nth(1).is_none_or(|sign| !sign.is_ascii_alphanumeric());
    let is_told = after.starts_with('年') || after.starts_with("ka");
    // r1 and r2 may be anything; h22 and h27 are the censuses of 2010 and 2015.
    let is_year = is_told || (first == 1989 && (10..=31).contains(&number));
    (alone && is_year).then_some((first + number - 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Editions {
        let files: Vec<PathBuf> = names.iter().map(|name| Path::new("a.zip").join(name)).collect();
        editions(Path::new("a.zip"), &files)
    }

    fn newest(names: &[&str]) -> Vec<String> {
        match of(names) {
            Editions::Newest { taken, .. } => {
                taken.iter().map(|file| file.strip_prefix("a.zip").unwrap().to_string_lossy().into_owned()).collect()
            }
            other => panic!("{names:?}: {other:?}"),
        }
    }

    #[test]
    fn of_two_years_the_newer_is_taken() {
        for (older, newer) in [
            ("A16-15_22_GML/A16-15_22_DID.geojson", "A16-20_22_GML/A16-20_22_DID.geojson"),
            ("A16-95_22.shp", "A16-05_22.shp"),
            ("L03-b-14_5238.shp", "L03-b-21_5238.shp"),
            ("N03-190101_22.geojson", "N03-230101_22.geojson"),
            ("N03-20190101_22.geojson", "N03-20230101_22.geojson"),
            ("地番図2023.geojson", "地番図2024.geojson"),
            ("did_平成27年.shp", "did_平成29年.shp"),
            ("h22ka22212.shp", "h27ka22212.shp"),
            ("did_H22.geojson", "did_H27.geojson"),
            ("2015/did.geojson", "2020/did.geojson"),
            ("H27年/did.geojson", "R2年/did.geojson"),
            ("stops_20220401.csv", "stops_20230401.csv"),
            ("h27did.shp", "r02did.shp"),
            ("did_H27.shp", "did_R2.shp"),
            ("2015年DID.shp", "令和2年DID.shp"),
            ("平成30年.shp", "令和元年.shp"),
            ("A16-15.shp", "A16-20.shp"),
        ] {
            assert_eq!(newest(&[older, newer]), [newer], "{older}");
            assert_eq!(newest(&[newer, older]), [newer], "{older}");
        }
        let both = ["A16-15_21.shp", "A16-15_22.shp", "A16-20_21.shp", "A16-20_22.shp"];
        assert_eq!(newest(&both), both[2..]);
    }

    #[test]
    fn prefectures_meshes_sheets_and_parts_are_no_years() {
        for names in [
            ["P11-22_01.shp", "P11-22_22.shp"],
            ["tblT001141H22.txt", "tblT001141H23.txt"],
            ["tblT001082C22.txt", "tblT001082C23.txt"],
            ["r2ka22211.shp", "r2ka22212.shp"],
            ["L03-b-21_5238.shp", "L03-b-21_5239.shp"],
            ["22212-4100-1999.xml", "22212-4100-2000.xml"],
            ["lots1.shp", "lots2.shp"],
            ["lots_r1.shp", "lots_r2.shp"],
            ["22211/lots.shp", "22212/lots.shp"],
            ["lots_1999.shp", "lots_12.shp"],
            ["lots01.shp", "lots02.shp"],
            ["lots00.shp", "lots01.shp"],
            ["lots55.shp", "lots56.shp"],
        ] {
            assert_eq!(of(&names), Editions::One, "{names:?}");
        }
    }

    #[test]
    fn what_only_an_older_one_has_is_for_a_person_to_decide() {
        assert_eq!(of(&["A16-15_22.shp", "A16-20_00.shp"]), Editions::Unclear);
        assert_eq!(of(&["A16-15_22.shp", "A16-15_21.shp", "A16-20_22.shp"]), Editions::Unclear);
    }

    #[test]
    fn two_digits_that_may_be_a_year_are_for_a_person_to_decide() {
        for names in [
            ["did15.shp", "did20.shp"],
            ["DID_95.shp", "DID_00.shp"],
            ["r02did.shp", "r05did.shp"],
            ["lots22_a.shp", "lots23_a.shp"],
            ["15did_22.geojson", "20did_22.geojson"],
        ] {
            assert_eq!(of(&names), Editions::Unclear, "{names:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_years_the_newest_is_taken(years in proptest::collection::btree_set(1970_u32..2040, 2..5), part in 1_u32..48) {
            let names: Vec<String> = years.iter().map(|year| format!("A16-{:02}_{part:02}.shp", year % 100)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            proptest::prop_assert_eq!(newest(&names), vec![*names.last().unwrap()]);
        }

        #[test]
        fn no_name_makes_it_panic(one in "[a-z0-9令和平成年r_h-]{0,12}", other in "[a-z0-9令和_-]{0,12}") {
            let _ = of(&[&one, &other]);
        }
    }
}
