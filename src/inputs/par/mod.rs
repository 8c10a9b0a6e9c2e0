//! Parameter files `.par` of GSI (国土地理院): grids of shifts between the datums of Japan.
//!
//! A few lines say what the file is, the last of them `MeshCode dB(sec) dL(sec)`; below, each line is a node: a mesh code of
//! the third level, and the arc seconds to be added to latitude and longitude. TKY2JGD has two lines at the head, PatchJGD
//! sixteen, in Shift_JIS. Files of the same kind that hold heights, or corrections for the movement of the ground between
//! surveys, are no shifts between datums and refused by their name.

use std::path::{Path, PathBuf};

use encoding_rs::{SHIFT_JIS, UTF_8};

use super::files::{Bytes, Fingerprint, Opened, Store, par_files};
use super::text::{FROM_BYTES, learnt};
use super::{InputError, SourceFile};
use crate::crs::{DatumGrid, GridKind, GridNode};
use crate::text::Text;

/// Its ending.
pub(super) const ENDING: &str = "par";

/// Larger files are none; that of the whole country has 12 MB.
const LARGEST: usize = 64 << 20;

/// The line that says what the columns are is among the first.
const LONGEST_HEAD: usize = 64;

/// No datum of Japan lies further from the next, arc seconds: 11 km.
const LARGEST_SHIFT: f64 = 360.0;

/// How such files begin, and what they are.
const TITLES: &[(&str, What)] = &[
    ("JGD2000-TokyoDatum", What::Grid(GridKind::Tky2Jgd)),
    ("for PatchJGD(", What::Other(HEIGHTS)),
    ("for PatchJGD", What::Grid(GridKind::PatchJgd)),
    ("for HyokoRev", What::Other(HEIGHTS)),
    ("for SemiDynaEXE", What::Other(MOVEMENT)),
    ("GRIDDED CORRECTION PARAMETER FOR POS2JGD", What::Other(MOVEMENT)),
];

const HEIGHTS: Text = Text::new("標高の補正パラメータです", "it corrects heights");

const MOVEMENT: Text = Text::new(
    "測量の時点の違いを補正するパラメータ（セミ・ダイナミック補正など）です",
    "it corrects for the movement of the ground between surveys",
);

#[derive(Clone)]
enum What {
    Grid(GridKind),
    Other(Text),
}

/// A grid, and the file that it was read from.
#[derive(Debug)]
pub struct GridFile {
    /// The grid.
    pub grid: DatumGrid,
    /// What the file calls itself: `JGD2000-TokyoDatum Ver.2.1.2`.
    pub title: String,
    /// The file; its features are the nodes.
    pub source: SourceFile,
}

/// Whether a file is one of these by its name.
#[must_use]
pub fn is_grid_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(_, ending)| ending == ENDING)
}

/// Reads the grids that paths and patterns name, relative to `base`; an archive stands for those in it.
///
/// # Errors
/// Every file that cannot be used, in the order of the list; one that is there twice, too.
pub fn read_grids(base: &Path, patterns: &[String]) -> Result<Vec<GridFile>, Vec<InputError>> {
    let paths = par_files(base, patterns).map_err(|error| vec![error])?;
    let (mut grids, mut errors): (Vec<GridFile>, Vec<InputError>) = (Vec::new(), Vec::new());
    for path in paths {
        match read_grid(&path) {
            Ok(found) => match grids.iter().find(|other| other.grid.is_same_as(&found.grid)) {
                Some(other) => errors.push(InputError::GridTwice { path, other: other.source.path.clone() }),
                None => grids.push(found),
            },
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(grids) } else { Err(errors) }
}

/// The files of the grids that [`read_grids`] would read.
///
/// # Errors
/// A path or pattern without a file.
pub fn grid_files(base: &Path, patterns: &[String]) -> Result<Vec<PathBuf>, InputError> {
    par_files(base, patterns)
}

/// Reads a grid.
///
/// # Errors
/// What keeps the file from being read, and what is wrong with it, at its line.
pub fn read_grid(path: &Path) -> Result<GridFile, InputError> {
    let Opened { bytes, sha256, .. } = Store::default().locate(path)?.open()?;
    read(path, &bytes, sha256)
}

/// [`read_grid`] for a file that is in memory; `name` stands for its path in messages.
///
/// # Errors
/// What is wrong with it, at its line.
pub fn read_grid_from_memory(name: impl Into<PathBuf>, bytes: Vec<u8>) -> Result<GridFile, InputError> {
    let bytes = std::sync::Arc::new(Bytes::Owned(bytes));
    let sha256 = Fingerprint::begin(std::sync::Arc::clone(&bytes));
    read(&name.into(), &bytes, sha256)
}

fn read(path: &Path, bytes: &[u8], sha256: Fingerprint) -> Result<GridFile, InputError> {
    let at = |(line, problem)| InputError::DatumGrid { path: path.to_owned(), line, problem };
    if bytes.len() > LARGEST {
        let most = LARGEST >> 20;
        return Err(at((0, text!("{most} MiBを超えています", "it has more than {most} MiB"))));
    }
    let mut lines = Lines { rest: bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), number: 0 };
    let (head, columns) = head_of(&mut lines);
    let none = |what| InputError::NotADatumGrid { path: path.to_owned(), what };
    let (title, kind) = match title_of(&head) {
        Some((title, What::Grid(kind))) => (title, kind),
        Some((title, What::Other(what))) => {
            return Err(none(text!("「{title}」。{what}", "“{title}”: {what}", what = what)));
        }
        None => return Err(none(unknown(&head))),
    };
    let Some(columns) = columns else {
        let problem = text!(
            "初めの{LONGEST_HEAD}行に、列を示す「MeshCode」の行がありません",
            "none of its first {LONGEST_HEAD} lines begins with “MeshCode” and names the columns"
        );
        return Err(at((0, problem)));
    };
    check_columns(columns).map_err(|problem| at((lines.number, problem)))?;
    let first = lines.number + 1;
    let nodes = nodes(&mut lines).map_err(at)?;
    if nodes.is_empty() {
        return Err(at((0, Text::new("格子点が1つもありません", "it holds no node"))));
    }
    let features = nodes.len();
    let grid = DatumGrid::new(path.display().to_string(), kind, &nodes).map_err(|(one, other)| {
        let one = first + one;
        at((first + other, text!("{one}行目と同じメッシュコードです", "the mesh code of line {one} comes again")))
    })?;
    let encoding = encoding_of(&head);
    let (path, format) = (path.to_owned(), format_of(kind));
    Ok(GridFile { grid, title, source: SourceFile { path, format, sha256, crs: None, encoding, features, axes: None } })
}

/// What the format is called.
fn format_of(kind: GridKind) -> &'static Text {
    match kind {
        GridKind::Tky2Jgd => words!("国土地理院の変換パラメータ（TKY2JGD）", "GSI parameter file (TKY2JGD)"),
        GridKind::PatchJgd => words!("国土地理院の補正パラメータ（PatchJGD）", "GSI parameter file (PatchJGD)"),
    }
}

/// The lines of a file, without what ends them, counted.
struct Lines<'b> {
    rest: &'b [u8],
    /// The 1-based number of the last one.
    number: usize,
}

impl<'b> Iterator for Lines<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
        let (line, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        self.number += 1;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// The lines before the one that names the columns, and that one.
fn head_of<'b>(lines: &mut Lines<'b>) -> (Vec<&'b [u8]>, Option<&'b [u8]>) {
    let mut head = Vec::new();
    while head.len() < LONGEST_HEAD
        && let Some(line) = lines.next()
    {
        if begins(line.trim_ascii_start(), "MeshCode") {
            return (head, Some(line));
        }
        head.push(line);
    }
    (head, None)
}

fn begins(line: &[u8], with: &str) -> bool {
    line.get(..with.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(with.as_bytes()))
}

/// The line of the head that says what the file is.
fn title_of(head: &[&[u8]]) -> Option<(String, What)> {
    head.iter().find_map(|line| {
        let line = line.trim_ascii();
        let (_, what) = TITLES.iter().find(|(title, _)| begins(line, title))?;
        Some((shown(line), what.clone()))
    })
}

/// What a file begins with that says nothing of this.
fn unknown(head: &[&[u8]]) -> Text {
    match head.iter().map(|line| line.trim_ascii()).find(|line| !line.is_empty()) {
        Some(first) => {
            let first = shown(first);
            text!("初めの行は「{first}」", "it begins with “{first}”")
        }
        None => Text::new("先頭に説明の行がありません", "nothing at its head says what it is"),
    }
}

/// A line for a message: decoded, blanks made one, and not too long.
fn shown(line: &[u8]) -> String {
    const MOST: usize = 60;
    let text = std::str::from_utf8(line).map_or_else(|_| SHIFT_JIS.decode_without_bom_handling(line).0, Into::into);
    let words: Vec<&str> = text.split(|sign: char| sign.is_whitespace() || sign.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").chars().take(MOST).collect()
}

/// The encoding of the head, where it has more than ASCII.
fn encoding_of(head: &[&[u8]]) -> Option<Text> {
    let all = head.concat();
    let encoding = if std::str::from_utf8(&all).is_ok() { UTF_8 } else { SHIFT_JIS };
    (!all.is_ascii()).then(|| learnt(encoding, &FROM_BYTES))
}

/// Makes sure that the columns are those of shifts in latitude and longitude, and no more.
fn check_columns(line: &[u8]) -> Result<(), Text> {
    let names: Vec<&[u8]> = words_of(line).collect();
    let are_right = names.len() == 3 && begins(names[1], "dB(sec)") && begins(names[2], "dL(sec)");
    if are_right {
        return Ok(());
    }
    let found = shown(line);
    Err(text!(
        "列が「MeshCode dB(sec) dL(sec)」ではなく「{found}」です",
        "its columns are “{found}”, not “MeshCode dB(sec) dL(sec)”"
    ))
}

fn words_of(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

/// A node with its shift in arc seconds, longitude first.
type Node = (GridNode, [f64; 2]);

/// The nodes of the lines; else the line that is none, and why.
fn nodes(lines: &mut Lines<'_>) -> Result<Vec<Node>, (usize, Text)> {
    /// What DOS puts at the end of a text.
    const END_OF_FILE: &[u8] = b"\x1a";
    let mut nodes = Vec::new();
    let mut blank = None;
    while let Some(line) = lines.next() {
        if line.trim_ascii().is_empty() || line == END_OF_FILE {
            blank = blank.or(Some(lines.number));
            continue;
        }
        if let Some(number) = blank {
            return Err((number, Text::new("途中に空の行があります", "it is blank, and others follow")));
        }
        nodes.push(node(line).map_err(|problem| (lines.number, problem))?);
    }
    Ok(nodes)
}

fn node(line: &[u8]) -> Result<Node, Text> {
    let words: Vec<&[u8]> = words_of(line).take(4).collect();
    let &[code, lat, lon] = words.as_slice() else {
        let count = words.len();
        return Err(if count > 3 {
            Text::new("値が3つより多くあります", "it has more than three values")
        } else {
            text!("値が3つではなく{count}つしかありません", "it has {count} values of three")
        });
    };
    let node = GridNode::of_code(code).ok_or_else(|| {
        let code = shown(code);
        text!("「{code}」は3次メッシュコードではありません", "“{code}” is no mesh code of the third level")
    })?;
    Ok((node, [seconds(lon)?, seconds(lat)?]))
}

fn seconds(word: &[u8]) -> Result<f64, Text> {
    let is_plain = word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
    let number = std::str::from_utf8(word).ok().filter(|_| is_plain).and_then(|word| word.parse::<f64>().ok());
    let Some(number) = number else {
        let word = shown(word);
        return Err(text!("「{word}」は秒の数値ではありません", "“{word}” is no number of seconds"));
    };
    if number.abs() > LARGEST_SHIFT {
        return Err(text!(
            "{number}秒は、測地系の差としては大きすぎます（{LARGEST_SHIFT}秒まで）",
            "a shift of {number} seconds is none between datums ({LARGEST_SHIFT} at most)"
        ));
    }
    Ok(number)
}

#[cfg(test)]
mod tests;
