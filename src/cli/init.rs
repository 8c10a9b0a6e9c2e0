//! `kyoten init`: from a folder of downloads to a `kyoten.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use anstream::{eprintln, println};
use clap::Args;

use super::summary::pad;
use super::{ATTENTION, DONE, Failure};
use crate::discovery::{Decision, Discovery, Finding, discover};
use crate::layers::{LAYERS, LayerKey};
use crate::outputs::thousands;
use crate::project::FILE_NAME;
use crate::text::Lang;

/// The width of the column of layers, in places of the terminal.
const LABEL: usize = 34;

/// A layer of more files than this is shown by the first few.
const MOST_ROWS: usize = 20;
const FEW_ROWS: usize = 3;

const EXAMPLES: &str = "\
Examples:
  kyoten init downloads/    look through downloads/ and write downloads/kyoten.toml
  kyoten run downloads/     then run it

Exit status: 0 done; 1 done, and the parcels (筆・敷地) have still to be named; 2 not done: a kyoten.toml that is there is
never written over.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InitArguments {
    /// The folder with the downloaded files; archives in it are looked into.
    folder: PathBuf,
}

pub(super) fn init(arguments: &InitArguments) -> Result<u8, Failure> {
    let file = arguments.folder.join(FILE_NAME);
    if file.exists() {
        return Err(already_there(&file.display().to_string()));
    }
    let found = discover(&arguments.folder)?;
    let text = found.project_file(Lang::En);
    println!("{}", table(&found).trim_end());
    // Made new or not at all: whatever somebody put there meanwhile stays.
    let mut opened =
        OpenOptions::new().write(true).create_new(true).open(&file).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => already_there(&file.display().to_string()),
            _ => Failure::new(format!("{}: cannot be written ({error})", file.display()), None),
        })?;
    if let Err(error) = opened.write_all(text.as_bytes()).and_then(|()| opened.sync_all()) {
        let _ = std::fs::remove_file(&file); // half a file would be worse than none
        return Err(Failure::new(format!("{}: cannot be written ({error})", file.display()), None));
    }
    println!("\nwritten: {}", file.display());
    let without_parcels = found.taken(LayerKey::Parcels).next().is_none();
    if without_parcels {
        println!("name the file of the parcels (筆・敷地) in it, then: kyoten run {}", arguments.folder.display());
    } else {
        println!("next: look through it, then: kyoten run {}", arguments.folder.display());
    }
    Ok(if without_parcels { ATTENTION } else { DONE })
}

/// Tells on standard error what a run takes a folder for that has no project file.
pub(super) fn tell(found: &Discovery) {
    eprintln!("{}\n", table(found).trim_end());
}

fn already_there(file: &str) -> Failure {
    Failure::new(
        format!("{file}: is there already and is left as it is"),
        Some("move it away to have a new one written, or see what files are with `kyoten inspect`".to_owned()),
    )
}

/// What each file was taken for and why, what was left, what is missing.
fn table(found: &Discovery) -> String {
    let mut text = String::new();
    line!(text, "{}", found.folder.display());
    if let Some((code, place)) = &found.municipality {
        line!(text, "municipality {code} (by {})", place.en);
    }
    if found.findings.iter().any(|finding| matches!(finding.decision, Decision::Taken(_))) {
        line!(text, "\ntaken");
    }
    for kind in LAYERS {
        let mut label = format!("{} {}", kind.name, kind.japanese);
        let taken: Vec<&Finding> = found.taken(kind.key).collect();
        let shown = if taken.len() > MOST_ROWS { FEW_ROWS } else { taken.len() };
        for finding in &taken[..shown] {
            row(&mut text, &std::mem::take(&mut label), &found.name_of(&finding.path), &why(finding));
        }
        if shown < taken.len() {
            line!(text, "  {}… and {} more files of the kind", pad("", LABEL), taken.len() - shown);
        }
    }
    for path in &found.timetables {
        row(&mut text, "gtfs 時刻表", &found.name_of(path), "timetables in GTFS (by the files in it)");
    }
    decisions(&mut text, found);
    missing(&mut text, found);
    text
}

/// A label, a file, and what there is to say of it.
fn row(text: &mut String, label: &str, file: &str, about: &str) {
    line!(text, "  {}{file}", pad(label, LABEL));
    line!(text, "  {}  {about}", pad("", LABEL));
}

fn why(finding: &Finding) -> String {
    let features = finding.features();
    let features = format!("{} feature{}", thousands(features as u64), if features == 1 { "" } else { "s" });
    let Some(recognised) = finding.recognised else { return features };
    let by = if recognised.by_fields { "by its fields" } else { "by its name" };
    format!("{} ({by}), {features}", recognised.publication.title)
}

/// The files that wait for a person's word, and those that were left, by reason.
fn decisions(text: &mut String, found: &Discovery) {
    let mut any = false;
    for kind in LAYERS {
        for (finding, reason) in found.possible(kind.key) {
            if !any {
                line!(text, "\nnot taken without your word: they stand in kyoten.toml as remarks");
                any = true;
            }
            row(text, &format!("{} {}", kind.name, kind.japanese), &found.name_of(&finding.path), reason);
        }
    }
    let mut left: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in &found.findings {
        if let Decision::Left(reason) = &finding.decision {
            left.entry(reason).or_default().push(found.name_of(&finding.path));
        }
    }
    for (path, reason) in &found.left {
        left.entry(reason).or_default().push(found.name_of(path));
    }
    if !left.is_empty() {
        line!(text, "\nleft");
    }
    for (reason, files) in left {
        line!(text, "  {reason}:");
        for file in files {
            line!(text, "    {file}");
        }
    }
}

fn missing(text: &mut String, found: &Discovery) {
    let missing = found.missing();
    if !missing.is_empty() {
        line!(text, "\nmissing: what they would settle stays undetermined");
    }
    for key in missing {
        let kind = key.kind();
        line!(text, "  {}{}", pad(&format!("{} {}", kind.name, kind.japanese), LABEL), kind.published_by);
    }
}
