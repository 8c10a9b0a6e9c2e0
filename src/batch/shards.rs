//! How is the list of a batch read?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{BatchError, Shard};
use crate::diagnostics::Diagnose as _;
use crate::project::municipality_code;
use crate::settings::{self, Entry, FileKind, TomlTable, ids};
use crate::text::Text;

/// A list of projects, opened.
#[derive(Debug)]
pub struct Batch {
    /// The file of the list.
    pub file: PathBuf,
    /// Its projects, in its order.
    pub shards: Vec<Shard>,
}

/// What the file is among those that people write.
static SHARDS_FILE: FileKind = FileKind {
    ids: ids!("shards"),
    name: Text::new("一括処理の一覧", "list of shards"),
    if_unread: Text::new(
        "projects = [\"cities/*/kyoten.toml\"] のように書いたTOMLファイルを指定してください。",
        "give a TOML file that says `projects = [\"cities/*/kyoten.toml\"]`",
    ),
    if_too_large: Text::new("一括処理の一覧を指定してください。", "give a list of shards"),
    if_another: Text::new(
        "一括処理の一覧ではないようです。projects = [\"cities/*/kyoten.toml\"] のように書いてください。",
        "this is no list of shards: it says `projects = [\"cities/*/kyoten.toml\"]`",
    ),
    unit_of: |_| None,
    is_code: |key| key == "municipality",
};

/// What `projects` may be.
const PATHS: Text = Text::new(
    "プロジェクトのファイルかフォルダーのパス、またはその一覧",
    "the path of a project file or folder, or a list of them",
);

const TOP: &[&str] = &["projects", "shards"];
const SHARD: &[&str] = &["project", "municipality"];

/// A project as the list names it.
struct Listed {
    project: PathBuf,
    municipality: Option<String>,
}

impl Batch {
    /// Opens a list of shards, and every project of it. Paths start at the list's folder. A project that cannot be read is
    /// kept with what is wrong with it.
    ///
    /// # Errors
    /// What is wrong with the list; a pattern that names nothing; two projects of one municipality, whose results would take
    /// each other's place.
    pub fn open(file: &Path) -> Result<Self, BatchError> {
        let base = file.parent().unwrap_or(Path::new("")).to_owned();
        let listed = settings::open(file, &SHARDS_FILE, |root| listed(&root.knowing(TOP), &base))?;
        if listed.is_empty() {
            return Err(BatchError::Empty { file: file.to_owned() });
        }
        let shards: Vec<Shard> = listed.into_iter().map(|one| Shard::open(one.project, one.municipality)).collect();
        let mut by_code: BTreeMap<&str, &Path> = BTreeMap::new();
        for shard in &shards {
            let Some(code) = &shard.municipality else { continue };
            if let Some(first) = by_code.insert(code, &shard.given) {
                let (first, second) = (first.to_owned(), shard.given.clone());
                return Err(BatchError::Twice { municipality: code.clone(), first, second });
            }
        }
        Ok(Self { file: file.to_owned(), shards })
    }
}

fn listed(root: &TomlTable<'_>, base: &Path) -> Vec<Listed> {
    let mut all = Vec::new();
    let projects = root.get("projects");
    if projects.as_ref().is_some_and(|entry| entry.paths(PATHS).is_some()) {
        for item in projects.iter().flat_map(Entry::items) {
            all.extend(matching(&item, base).into_iter().map(|project| Listed { project, municipality: None }));
        }
    }
    for entry in root.get("shards").iter().flat_map(Entry::items) {
        let Some(table) = entry.table().map(|table| table.knowing(SHARD)) else { continue };
        let project =
            table.needed("project", Text::new("プロジェクトのファイルかフォルダー", "a project file or folder"));
        let municipality = table.get("municipality").and_then(|entry| code(&entry));
        if let Some(project) = project.and_then(|entry| entry.text()) {
            all.push(Listed { project: base.join(project), municipality });
        }
    }
    all
}

/// The projects that a path or a pattern names, in the order of their names. One that names none is reported.
fn matching(entry: &Entry<'_>, base: &Path) -> Vec<PathBuf> {
    let Some(pattern) = entry.as_text() else { return Vec::new() };
    let path = base.join(pattern);
    if path.exists() {
        return vec![path];
    }
    let folder = glob::Pattern::escape(&base.to_string_lossy());
    let whole = Path::new(&folder).join(pattern);
    let mut found: Vec<PathBuf> =
        glob::glob(&whole.to_string_lossy()).map(|found| found.flatten().collect()).unwrap_or_default();
    found.sort();
    if found.is_empty() {
        entry.report(BatchError::nothing_matches(pattern));
    }
    found
}

fn code(entry: &Entry<'_>) -> Option<String> {
    let given = entry.text()?;
    let known = municipality_code(&given);
    if let Err(fault) = known {
        fault.diagnostics().into_iter().for_each(|one| entry.report(one));
    }
    known.ok()
}
