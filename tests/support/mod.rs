//! What the tests of the binary share: a folder to run it in, and what a run gave.

#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// What has not happened after so long never will.
pub const PATIENCE: Duration = Duration::from_secs(120);

const TWO_PARCELS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"chiban":"1-1"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.901],[138.4,34.9]]]}},
{"type":"Feature","properties":{"chiban":"1-2"},"geometry":{"type":"Polygon","coordinates":[[[138.402,34.9],[138.403,34.9],[138.403,34.901],[138.402,34.901],[138.402,34.9]]]}}
]}
"#;

/// A folder of its own, gone after the test.
pub struct Folder(TempDir);

/// What a run of the program gave.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with a copy of the sample city in `city/`.
    pub fn with_sample() -> Self {
        let folder = Self::new();
        let city = folder.path().join("city");
        fs::create_dir(&city).unwrap();
        for entry in fs::read_dir(sample()).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, city.join(from.file_name().unwrap())).unwrap();
        }
        folder
    }

    /// A project of two parcels of about 100 m by 100 m, 100 m apart, with more lines before and under `[layers]`.
    pub fn with_project(top: &str, layers: &str) -> Self {
        let folder = Self::new();
        folder.put("parcels.geojson", TWO_PARCELS);
        let parcels = "parcels = { path = \"parcels.geojson\", id = \"chiban\" }";
        folder.put("kyoten.toml", format!("{top}\n[layers]\n{parcels}\n{layers}\n"));
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that lead to it.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Replaces a text that must be in a file.
    pub fn edit(&self, name: &str, from: &str, to: &str) -> &Self {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.put(name, text.replacen(from, to, 1))
    }

    /// Every file and folder below, hidden ones too, with the bytes of the files.
    pub fn contents(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        let mut left = vec![self.path().to_owned()];
        while let Some(folder) = left.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.path()).unwrap().to_owned();
                if path.is_dir() {
                    found.insert(name, None);
                    left.push(path);
                } else {
                    found.insert(name, Some(fs::read(&path).unwrap()));
                }
            }
        }
        found
    }

    /// Names at the top, hidden ones too, sorted.
    pub fn names(&self, below: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path().join(below)).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Runs the program with the folder as its working folder.
    pub fn kyoten(&self, arguments: &[&str]) -> Run {
        self.kyoten_with(arguments, &[])
    }

    /// The same with environment variables.
    pub fn kyoten_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kyoten"));
        command.env("KYOTEN_LANG", "en").env("COLUMNS", "80").env("NO_COLOR", "1");
        command.envs(variables.iter().copied());
        command.current_dir(self.path()).args(arguments).timeout(PATIENCE);
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run {
            status: output.status.code().expect("the program was not killed"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Runs the program for a reader of Japanese.
    pub fn kyoten_in_japanese(&self, arguments: &[&str]) -> Run {
        self.kyoten_with(arguments, &[("KYOTEN_LANG", "ja")])
    }

    /// Runs `kyoten run` with these arguments, which must be done.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let run = self.kyoten(&[&["run"], arguments].concat());
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
        run
    }
}

/// The program, serving until it is dropped.
pub struct Server {
    pub process: Child,
    pub port: u16,
}

impl Server {
    /// Starts it in a folder and waits for the address.
    pub fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kyoten"));
        command.current_dir(folder.path()).arg("serve").args(arguments).env("KYOTEN_LANG", "en").env("NO_COLOR", "1");
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/\n"));
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("no address: {line:?}"));
        Self { process, port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether this process was told to ignore a signal, and so are the programs that it starts: a shell tells that to what it
/// leaves in the background.
pub fn is_ignored(signal: u32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Waits until something has happened.
pub fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !happened() {
        assert!(begun.elapsed() < PATIENCE, "it never happened that {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// The sample city.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")
}

/// A text without the ends of lines that only the width of the terminal made.
pub fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a CSV file, header first.
pub fn rows(csv: &str) -> Vec<Vec<String>> {
    let text = csv.strip_prefix('\u{feff}').unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Where a column stands in rows with a header.
pub fn column(rows: &[Vec<String>], name: &str) -> usize {
    rows[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"))
}

/// A zip archive of entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A zip archive whose entries' names are in CP932, as Japanese Windows writes them.
pub fn zipped_in_cp932(entries: &[(&str, &[u8])]) -> Vec<u8> {
    // The writer knows UTF-8 only: names of the same length first, then the bytes that are meant in their place.
    let names: Vec<(String, Vec<u8>)> = entries
        .iter()
        .enumerate()
        .map(|(place, (name, _))| {
            let bytes = encoding_rs::SHIFT_JIS.encode(name).0.into_owned();
            (format!("{place:_<width$}", width = bytes.len()), bytes)
        })
        .collect();
    let stand_ins: Vec<(&str, &[u8])> =
        names.iter().zip(entries).map(|((name, _), (_, bytes))| (name.as_str(), *bytes)).collect();
    let mut archive = zipped(&stand_ins);
    for (stand_in, name) in &names {
        let places: Vec<usize> = memchr::memmem::find_iter(&archive, stand_in.as_bytes()).collect();
        assert_eq!(places.len(), 2, "a name stands before its entry and in the directory");
        for at in places {
            archive[at..at + name.len()].copy_from_slice(name);
        }
    }
    archive
}

/// The first line of a text for a reader of Japanese that holds English prose: three words in a row, without what is typed
/// as it stands, in backticks or quotes.
pub fn english_prose(text: &str) -> Option<&str> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|sign| sign.is_ascii_lowercase());
    text.lines().filter(|line| !line.trim_start().starts_with("kyoten completions ")).find(|line| {
        let plain = without_quotes(line);
        // A list of names is no prose: a comma ends a run.
        plain.split([',', '、', '|']).any(|part| {
            let words: Vec<&str> = part.split(' ').map(|word| word.trim_matches([';', '.', ':', '(', ')'])).collect();
            words.windows(3).any(|three| three.iter().all(|word| is_word(word)))
        })
    })
}

/// The first line of a text for a reader of English that holds Japanese prose: what has inflections, in hiragana. Terms of
/// the field beside the English ones have none.
pub fn japanese_prose(text: &str) -> Option<&str> {
    text.lines().find(|line| without_quotes(line).chars().any(|sign| ('ぁ'..='ん').contains(&sign)))
}

fn without_quotes(line: &str) -> String {
    let (mut plain, mut until) = (String::new(), None);
    for sign in line.chars() {
        match until {
            Some(end) if sign == end => until = None,
            Some(_) => {}
            None => {
                // What stands in brackets beside a name is a publisher's own label.
                let quotes = [('`', '`'), ('"', '"'), ('「', '」'), ('“', '”'), ('(', ')')];
                until = quotes.into_iter().find(|(begin, _)| *begin == sign).map(|(_, end)| end);
                plain.push(sign);
            }
        }
    }
    plain
}
