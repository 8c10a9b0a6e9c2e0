//! Whose data the map rests on: publisher and year, and the name of a file only where nobody knows more of it.

use std::path::Path;

use super::Subject;
use super::facts::{GAP, layer};
use super::look::{INK, SOFT};
use super::rows::{SMALL, Setting};
use crate::inputs::gtfs::LAYER as GTFS;
use crate::layers::credit;
use crate::runs::{FileRecord, InputRecord, RunRecord};
use crate::text::Text;

/// So many names of files of one layer are told; of more only how many there are.
const MOST_NAMES: usize = 2;

/// The sources, layer by layer, and the layers without any.
pub(super) fn sources(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    setting.gap(GAP);
    setting.heading("資料", "sources", &[]);
    let [colon, comma, slash] =
        [("：", ": "), ("、", ", "), ("　／　", " / ")].map(|(ja, en)| setting.lang.main(ja, en));
    // One after the other, since there may be many. Whose data it is says what they are; what is a file's name alone does not.
    let (mut told, mut by_layer): (Vec<String>, Vec<String>) = Default::default();
    for input in &subject.run.record.inputs {
        let Sources { known, names } = Sources::of(input, &subject.run.record);
        let clean = |source: &Text, setting: &mut Setting<'_, '_>| {
            let source = setting.lang.main(&source.ja, &source.en);
            setting.setter.clean(&source)
        };
        for source in &known {
            let source = clean(source, setting);
            if !told.contains(&source) {
                told.push(source);
            }
        }
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| clean(name, setting)).collect();
            by_layer.push(format!("{}{colon}{}", layer(&input.layer, setting), names.join(&comma)));
        }
    }
    told.append(&mut by_layer);
    setting.paragraph(&told.join(&slash), SMALL, INK, 0.0);
    let missing = &subject.run.record.missing_layers;
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|key| layer(key, setting)).collect();
        let words = setting.lang.main("資料なし", "not given");
        setting.paragraph(&format!("{words}{colon}{}", names.join(&comma)), SMALL, SOFT, 0.0);
    }
}

/// What is told of the files of a layer.
struct Sources {
    /// Whose data they are, each once.
    known: Vec<Text>,
    /// The names of files of which nobody says.
    names: Vec<Text>,
}

impl Sources {
    fn of(input: &InputRecord, record: &RunRecord) -> Self {
        let (mut all, mut names): (Vec<Text>, Vec<&str>) = Default::default();
        for file in &input.files {
            match known(file).or_else(|| (input.layer == GTFS).then(|| of_timetable(file, record)).flatten()) {
                Some(source) if all.contains(&source) => {}
                Some(source) => all.push(source),
                None => names.push(name(&file.path)),
            }
        }
        let shown = if names.len() > MOST_NAMES { MOST_NAMES - 1 } else { names.len() };
        let more = names.len() - shown;
        let mut names: Vec<Text> = names[..shown].iter().map(|name| Text::from((*name).to_owned())).collect();
        if more > 0 {
            names.push(text!("ほか{more}ファイル", "and {more} more files"));
        }
        Self { known: all, names }
    }
}

/// What the run, or the file's name, says of it.
fn known(file: &FileRecord) -> Option<Text> {
    match (&file.source_ja, &file.source) {
        (Some(ja), Some(en)) => Some(Text { ja: ja.clone().into(), en: en.clone().into() }),
        // An older run says nothing.
        _ => credit(Path::new(&file.path), None),
    }
}

/// Who publishes a timetable, and from when it holds.
fn of_timetable(file: &FileRecord, record: &RunRecord) -> Option<Text> {
    let feeds = &record.transit.as_ref()?.feeds;
    let feed = feeds.iter().find(|feed| file.path.starts_with(&feed.path))?;
    let publisher = feed.publisher.clone()?;
    let whose = text!("GTFS（{publisher}）", "GTFS ({publisher})");
    Some(match &feed.valid_from {
        Some(from) => whose.with(&format!("{from}〜"), &format!(", from {from}")),
        None => whose,
    })
}

/// The name of a file, whichever system its path is of; the way into an archive stays.
fn name(path: &str) -> &str {
    let start = path.to_ascii_lowercase().find(".zip/").map_or(path.len(), |at| at + ".zip".len());
    let folder = Path::new(&path[..start]).parent().map_or(0, |folder| folder.as_os_str().len());
    let name = path[folder..].trim_start_matches(['/', '\\']);
    if folder == 0 { name.rsplit('\\').next().unwrap_or(name) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_files_are_told() {
        assert_eq!(name("/home/a/市/did.geojson"), "did.geojson");
        assert_eq!(
            name("city/N02-23_GML.zip/UTF-8/N02-23_Station.geojson"),
            "N02-23_GML.zip/UTF-8/N02-23_Station.geojson"
        );
        assert_eq!(name(r"C:\data\did.geojson"), "did.geojson");
        assert_eq!(name("did.geojson"), "did.geojson");
    }
}
