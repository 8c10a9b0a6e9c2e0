//! Questions that need no run: timetables, what changed between two runs, what a file holds, what the programme asks. The answers
//! are the documents of the command line, as JSON.

use std::path::{Path, PathBuf};

use kyoten::criteria::{RuleSet, Thresholds, default_rules, page, shipped};
use kyoten::discovery::inspect as inspect_file;
use kyoten::inputs::gtfs::read_feeds;
use kyoten::inputs::{InTurn, ReadOptions, expand_all, files_of_folder};
use kyoten::layers::LayerKey;
use kyoten::notices::Notices;
use kyoten::queries;
use kyoten::text::Lang;
use kyoten::transit::Settings;
use kyoten::units::Metres;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::errors::Failed;
use crate::watch::watched;

/// A document as JSON.
fn text(document: &impl Serialize) -> String {
    serde_json::to_string(document).unwrap_or_default()
}

/// Departures in the peak hour of every stop of some timetables, under every rule of counting.
#[pyfunction]
#[pyo3(signature = (feeds, *, date=None, stop_group_m=None, min_trips=3.0))]
pub fn peaks(
    py: Python<'_>,
    feeds: Vec<String>,
    date: Option<String>,
    stop_group_m: Option<f64>,
    min_trips: f64,
) -> PyResult<String> {
    let mut settings = Settings::default();
    if let Some(date) = date {
        let day = date.parse().map_err(|_| PyValueError::new_err(format!("not a day such as 2026-06-03: {date}")))?;
        settings.day = Some(day);
    }
    settings.stop_group = stop_group_m.map_or(settings.stop_group, Metres);
    watched(py, None, move |_| {
        let mut named = Vec::new();
        for feed in feeds {
            let folder = Path::new(&feed);
            let inside = if folder.is_dir() { files_of_folder(folder)?.timetables } else { Vec::new() };
            if inside.is_empty() {
                named.push(feed);
            } else {
                named.extend(inside.iter().map(|path| path.to_string_lossy().into_owned()));
            }
        }
        let mut notices = Notices::default();
        let feeds = read_feeds(Path::new("."), &named, &mut notices)?;
        Ok(text(&queries::peaks(feeds, &settings, min_trips, &mut notices)))
    })
}

/// What changed between two run folders, and why.
#[pyfunction]
pub fn diff(py: Python<'_>, before: PathBuf, after: PathBuf) -> PyResult<String> {
    watched(py, None, move |_| {
        let found = queries::diff(&before, &after)?;
        Ok(text(&queries::diff_document(&found)))
    })
}

/// What files hold and how they are read.
#[pyfunction]
#[pyo3(signature = (files, *, crs=None, encoding=None, layer=None))]
pub fn inspect(
    py: Python<'_>,
    files: Vec<String>,
    crs: Option<String>,
    encoding: Option<String>,
    layer: Option<String>,
) -> PyResult<String> {
    watched(py, None, move |_| {
        let options = ReadOptions { crs, encoding, layer, ..ReadOptions::default() };
        let mut in_turn = InTurn::default();
        let mut found = Vec::new();
        for path in expand_all(Path::new("."), &files)? {
            found.push(inspect_file(&mut in_turn, &path, &options)?);
        }
        Ok(text(&found))
    })
}

/// The criteria of a rule set that ships or of a file.
#[pyfunction]
#[pyo3(signature = (rules=None))]
pub fn criteria(py: Python<'_>, rules: Option<PathBuf>) -> PyResult<String> {
    let open = |rules: PathBuf| match rules.to_str().and_then(RuleSet::named) {
        Some(set) => Ok(set),
        None => RuleSet::open(&rules),
    };
    let set = rules.map_or_else(|| Ok(default_rules()), open);
    let set = set.map_err(|error| Failed::from(error).raised(py))?;
    let thresholds = Thresholds::of(set);
    let one = |criterion: &kyoten::criteria::Criterion| {
        let rule = |lang: Lang| page::filled(criterion.rule.get(lang), &thresholds, lang);
        json!({
            "id": criterion.id,
            "name": criterion.name.en,
            "name_ja": criterion.name.ja,
            "rule": rule(Lang::En),
            "rule_ja": rule(Lang::Ja),
            "layers": criterion.layers().into_iter().map(LayerKey::name).collect::<Vec<_>>(),
            "text": page::entry(criterion, set, &thresholds, Lang::En),
            "text_ja": page::entry(criterion, set, &thresholds, Lang::Ja),
        })
    };
    Ok(text(&set.criteria.iter().map(one).collect::<Vec<_>>()))
}

/// The ids of the rule sets that ship.
#[pyfunction]
pub fn rule_sets() -> Vec<&'static str> {
    shipped().into_iter().map(|set| set.id).collect()
}
