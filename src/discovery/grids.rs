//! Which grids of shifts between datums are among the files, and which of them are surely meant?

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::inspect::{CrsSeen, Inspection, TakenFor};
use super::place::sides;
use super::{Discovery, document};
use crate::crs::{Crs, GridKind};
use crate::diagnostics::Diagnose as _;
use crate::geometry::Bounds;
use crate::inputs::{GridFile, InputError, read_grid};
use crate::text::{Lang, Text};

/// The key of the project file.
const KEY: &str = "datum_grids";

/// A grid that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridFound {
    /// Where it lies; the way may lead through archives.
    pub path: PathBuf,
    /// What it calls itself.
    pub title: String,
    /// Why a person has to say whether it is to be used; `None`: it is.
    pub waits: Option<Text>,
}

/// The grid between JGD2000 and JGD2011 as a whole, by the name under which GSI publishes it. Its head tells it from no other
/// PatchJGD, each of which is of one earthquake.
const BETWEEN_DATUMS: &str = "touhokutaiheiyouoki2011";

static OF_ANOTHER_EARTHQUAKE: Text = Text::new(
    "どの地震の補正パラメータかは、ファイルに書かれていません。JGD2000のデータがその地震より前のものなら、`datum_grids` に加えてください。",
    "it does not say which earthquake it is of: add it to `datum_grids` where your data on JGD2000 are older than that",
);

fn waits(path: &Path, kind: GridKind) -> Option<&'static Text> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_known = kind == GridKind::Tky2Jgd || stem.trim_end_matches(".par") == BETWEEN_DATUMS;
    (!is_known).then_some(&OF_ANOTHER_EARTHQUAKE)
}

/// The grids among files that are called so, and the files that are none or come again, with the reasons.
pub(super) fn look_at(paths: Vec<PathBuf>) -> (Vec<GridFound>, Vec<(PathBuf, Text)>) {
    let (mut grids, mut left) = (Vec::<GridFile>::new(), Vec::new());
    for path in paths {
        let read = read_grid(&path).and_then(|found| {
            let same = grids.iter().find(|other| other.grid.is_same_as(&found.grid));
            match same {
                Some(other) => Err(InputError::GridTwice { path: path.clone(), other: other.source.path.clone() }),
                None => Ok(found),
            }
        });
        match read {
            Ok(found) => grids.push(found),
            Err(error) => {
                let told = error.diagnostics().into_iter().next().map(|one| one.message);
                left.push((path, told.unwrap_or_else(|| Text::same(""))));
            }
        }
    }
    let found = |GridFile { grid, title, source }: GridFile| {
        let waits = waits(&source.path, grid.kind()).cloned();
        GridFound { path: source.path, title, waits }
    };
    (grids.into_iter().map(found).collect(), left)
}

/// The lines of the project file about them; none where there is none.
pub(super) fn text(found: &Discovery, lang: Lang) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let (taken, waiting): (Vec<_>, Vec<_>) = found.grids.iter().partition(|grid| grid.waits.is_none());
    if !taken.is_empty() {
        let titles = taken.iter().map(|grid| grid.title.as_str()).collect::<Vec<_>>().join(", ");
        let what = text!(
            "旧日本測地系やJGD2000のデータをJGD2011に移す格子: {titles}",
            "grids that shift data on older datums to JGD2011: {titles}"
        );
        let _ = writeln!(text, "# {}", what.get(lang));
        let paths = document::paths(found, taken.iter().map(|grid| grid.path.as_path()));
        let list = if taken.len() == 1 { format!("[{paths}]") } else { paths };
        let _ = writeln!(text, "{KEY} = {list}");
    }
    for grid in waiting {
        let name = found.name_in_file(&grid.path);
        let why = grid.waits.as_ref().map_or("", |why| why.get(lang));
        let _ = writeln!(text, "# {name}: {why}");
    }
    text
}

/// What there is to say of a grid.
///
/// # Errors
/// Where it is none.
pub(super) fn inspect(path: &Path) -> Result<Inspection, InputError> {
    let GridFile { grid, source, .. } = read_grid(path)?;
    let kind = grid.kind();
    let extent = grid.nodes().iter().fold(Bounds::EMPTY, |all, node| all.including(node.lon_lat()));
    let extent = Some(sides(extent));
    let code = match kind {
        GridKind::Tky2Jgd => "EPSG:4301",
        GridKind::PatchJgd => "EPSG:4612",
    };
    let note = waits(path, kind);
    Ok(Inspection {
        path: path.display().to_string(),
        format: &source.format.en,
        format_ja: &source.format.ja,
        sha256: source.sha256.hex().to_owned(),
        encoding: source.encoding.as_ref().map(|said| said.en.to_string()),
        encoding_ja: source.encoding.as_ref().map(|said| said.ja.to_string()),
        crs: CrsSeen::new(Crs::parse(code).ok().as_ref(), Some(Text::new("ファイルの形式", "the format")), None),
        features: source.features,
        geometries: BTreeMap::from([("Point", source.features as u64)]),
        extent,
        extent_lon_lat: extent,
        fields: Vec::new(),
        taken_for: Some(TakenFor {
            publication: kind.name(),
            title: &title(kind).en,
            title_ja: &title(kind).ja,
            layer: Some(KEY),
            by: "head",
            note: note.map(|note| &*note.en),
            note_ja: note.map(|note| &*note.ja),
        }),
        problems: Vec::new(),
    })
}

/// What grids of a kind do.
fn title(kind: GridKind) -> &'static Text {
    const TKY2JGD: Text = Text::new(
        "旧日本測地系からJGD2000への変換の格子（国土地理院 TKY2JGD）",
        "grid of shifts from the Tokyo datum to JGD2000 (GSI, TKY2JGD)",
    );
    const PATCHJGD: Text = Text::new(
        "JGD2000からの地震による変動の補正の格子（国土地理院 PatchJGD）",
        "grid of what an earthquake moved, from JGD2000 on (GSI, PatchJGD)",
    );
    match kind {
        GridKind::Tky2Jgd => const { &TKY2JGD },
        GridKind::PatchJgd => const { &PATCHJGD },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discovery::discover;

    fn grid(title: &str, rest: &str) -> String {
        format!("{title}\r\nMeshCode   dB(sec)   dL(sec)\r\n52381145  12.00000 -11.50000\r\n{rest}")
    }

    #[test]
    fn grids_of_a_folder_are_named_and_others_wait_or_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
        put("TKY2JGD.par", grid("JGD2000-TokyoDatum Ver.2.1.2", ""));
        put("copy.par", grid("JGD2000-TokyoDatum Ver.2.1.2", ""));
        put("touhokutaiheiyouoki2011.par", grid("for PatchJGD        Ver.4.0.0", ""));
        put("kumamoto2016.PAR", grid("for PatchJGD        Ver.1.0.0", "52381146   1.00000   1.00000\r\n"));
        put("SemiDyna2023.par", grid("for SemiDynaEXE    Ver.1.0.0", ""));
        let found = discover(folder.path()).unwrap();
        let names = |all: &[GridFound]| all.iter().map(|one| found.name_of(&one.path)).collect::<Vec<_>>();
        assert_eq!(names(&found.grids), ["TKY2JGD.par", "kumamoto2016.PAR", "touhokutaiheiyouoki2011.par"]);
        let left: Vec<String> =
            found.left.iter().map(|(path, why)| format!("{}: {}", found.name_of(path), why.en)).collect();
        assert!(left[0].starts_with("SemiDyna2023.par: ") && left[0].contains("movement of the ground"), "{left:?}");
        assert!(left[1].starts_with("copy.par: ") || left[1].starts_with("TKY2JGD.par"), "{left:?}");
        for lang in [Lang::Ja, Lang::En] {
            let text = found.project_file(lang);
            let listed = text.parse::<toml::Table>().unwrap()["datum_grids"].clone();
            assert_eq!(listed, toml::Value::from(vec!["TKY2JGD.par", "touhokutaiheiyouoki2011.par"]), "{text}");
            assert!(text.contains("# kumamoto2016.PAR: "), "{text}");
        }
    }

    #[test]
    fn a_folder_without_grids_says_nothing_of_them() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.csv"), "name,lon,lat\n駅,138.3,34.8\n").unwrap();
        let found = discover(folder.path()).unwrap();
        assert!(!found.project_file(Lang::En).contains(KEY));
    }
}
