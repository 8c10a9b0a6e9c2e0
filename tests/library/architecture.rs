//! The house rules that a machine can check: the order of stages, the length of files, what a folder says of itself, who
//! puts a study together, who names a criterion, who prints, and that nothing takes its order from a hash map.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kyoten::criteria::shipped;

/// The stages in the order in which data passes them. A stage may use those above it, and no other.
const STAGES: &[&str] = &[
    "units",
    "text",
    "flat",
    "diagnostics",
    "disk",
    "notices",
    "geometry",
    "crs",
    "inputs",
    "layers",
    "settings",
    "regions",
    "transit",
    "evidence",
    "criteria",
    "verdicts",
    "zones",
    "assess",
    "prepared",
    "table",
    "outputs",
    "runs",
    "queries",
    "programme",
    "products",
    "maps",
    "collect",
    "project",
    "discovery",
    "pipeline",
    "batch",
    "demo",
    "serve",
    "cli",
];

/// A file should fit into a head.
const MOST_LINES: usize = 400;

/// Longer files. This list must shrink: a file here that has become shorter fails the test as well.
const LONG_FILES: &[&str] = &[];

/// A source file: its path below `src`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The stage that it belongs to; `None` for `lib.rs` and `main.rs`, which see all.
    fn stage(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(name, "lib" | "main")).then_some(name)
    }

    /// The lines of code: no comments, since links in documents may lead anywhere, and no modules of tests, which
    /// stand last in their files.
    fn code(&self) -> String {
        let is_comment = |line: &&str| line.trim_start().starts_with("//");
        let lines: Vec<&str> = self.text.lines().filter(|line| !is_comment(line)).collect();
        let is_test_module = |pair: &[&str]| {
            pair[0].trim() == "#[cfg(test)]" && pair[1].contains("mod ") && pair[1].trim_end().ends_with('{')
        };
        let end = lines.windows(2).position(is_test_module).unwrap_or(lines.len());
        lines[..end].join("\n")
    }
}

fn sources() -> Vec<Source> {
    files("src", "rs")
}

/// The files below a folder of the repository whose names end so.
fn files(folder: &str, ending: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths = Vec::new();
    walk(&root, ending, &mut paths);
    paths.sort();
    let source = |path: PathBuf| Source {
        path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&path).unwrap(),
    };
    paths.into_iter().map(source).collect()
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

/// The stages that code names as `crate::stage`, `crate::{stage, …}`, or by enough `super::` to leave its own.
fn used(source: &Source) -> BTreeSet<String> {
    let code = source.code();
    let mut found = BTreeSet::new();
    // `crates::` and `$crate::` of macros do not occur; a path begins after something that is no part of a name.
    for (place, _) in code.match_indices("crate::") {
        found.extend(names_at(&code[place + "crate::".len()..]));
    }
    // In `stage/file.rs` two `super::` lead to the crate, in `stage/mod.rs` and `stage.rs` one does.
    let inner = source.path.split('/').count();
    let depth = if source.path.ends_with("mod.rs") { inner - 1 } else { inner };
    let up = "super::".repeat(depth);
    for (place, _) in code.match_indices(&up) {
        let before = &code[..place];
        let rest = &code[place + up.len()..];
        if !before.ends_with("super::") && !rest.starts_with("super::") {
            found.extend(names_at(rest));
        }
    }
    found.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
    found
}

/// The first name of a path, or of each path in braces.
fn names_at(text: &str) -> Vec<String> {
    let first = |path: &str| -> String {
        path.trim_start().chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect()
    };
    let Some(inner) = text.strip_prefix('{') else { return vec![first(text)] };
    let (mut depth, mut start, mut names) = (0, 0, Vec::new());
    for (place, sign) in inner.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(first(&inner[start..place]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(first(&inner[start..place]));
                start = place + 1;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn a_stage_uses_only_stages_above_it() {
    let place = |stage: &str| STAGES.iter().position(|known| *known == stage);
    let mut violations = Vec::new();
    for source in sources() {
        let Some(stage) = source.stage() else { continue };
        let Some(own) = place(stage) else {
            violations.push(format!("{}: the stage {stage} is not in the list", source.path));
            continue;
        };
        for used in used(&source) {
            match place(&used) {
                Some(other) if other <= own => {}
                Some(_) => violations.push(format!("{} uses {used}, which comes after {stage}", source.path)),
                None => violations.push(format!("{} uses crate::{used}, which is no stage", source.path)),
            }
        }
    }
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn every_stage_of_the_list_is_there() {
    let sources = sources();
    let there: BTreeSet<&str> = sources.iter().filter_map(Source::stage).collect();
    assert_eq!(there, STAGES.iter().copied().collect());
}

#[test]
fn the_scan_sees_every_way_to_write_an_import() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let braces =
        source("zones/facts.rs", "use crate::{crs::{Plane, ToPlane}, units::Metres};\nuse super::super::cli::x;");
    assert_eq!(used(&braces).into_iter().collect::<Vec<_>>(), ["cli", "crs", "units"]);
    let own = source("zones/facts.rs", "/// [`crate::cli`]\nuse super::Candidate;\nfn f() -> crate::demo::City {}");
    assert_eq!(used(&own).into_iter().collect::<Vec<_>>(), ["demo"]);
    let tests = source("zones/mod.rs", "use super::outputs::X;\n#[cfg(test)]\nmod tests {\nuse crate::cli::x;\n}");
    assert_eq!(used(&tests).into_iter().collect::<Vec<_>>(), ["outputs"]);
}

#[test]
fn a_file_fits_into_a_head() {
    let long: Vec<String> =
        sources().into_iter().filter(|source| source.text.lines().count() > MOST_LINES).map(|s| s.path).collect();
    assert_eq!(long, LONG_FILES, "files of more than {MOST_LINES} lines (left) against those known (right)");
}

#[test]
fn a_folder_begins_with_the_question_that_it_answers() {
    let sources = sources();
    let modules =
        sources.iter().filter(|source| source.path.split('/').count() == 2 && source.path.ends_with("/mod.rs"));
    let mute: Vec<&str> = modules
        .filter(|source| {
            let first = source.text.lines().next().unwrap_or_default();
            !(first.starts_with("//! ") && first.contains('?'))
        })
        .map(|source| source.path.as_str())
        .collect();
    assert!(mute.is_empty(), "no question in the first line of {mute:?}");
}

#[test]
fn one_place_puts_a_study_together() {
    // What is measured against, and what judges it: worked examples, benches, variants and maps get both from `assess`.
    let parts = ["Study {", "Judge {", "Judge::new(", "Placer::new("];
    let own = ["evidence/study.rs", "evidence/stored.rs", "verdicts/judge.rs", "zones/placer.rs"];
    let mut places = BTreeSet::new();
    for folder in ["src", "tests", "benches", "examples", "fuzz"] {
        for source in files(folder, "rs").iter().filter(|source| !own.contains(&source.path.as_str())) {
            let code = source.code();
            let is_assembly = |line: &str| {
                let is_definition = line.contains("struct ") || line.contains("impl ") || line.contains("-> ");
                !is_definition && !line.contains('"') && parts.iter().any(|part| line.contains(part))
            };
            if code.lines().any(is_assembly) {
                places.insert(format!("{folder}/{}", source.path));
            }
        }
    }
    // And what was put together and kept is taken back there.
    assert_eq!(places.into_iter().collect::<Vec<_>>(), ["src/assess/groundwork.rs", "src/assess/stored.rs"]);
}

#[test]
fn only_rule_sets_name_a_criterion() {
    // Unit tests may name one, as documents do.
    let is_test = |path: &str| path.split('/').any(|part| part == "tests" || part == "tests.rs");
    let mut named = Vec::new();
    let rust = sources();
    let page = files("src/maps/web/page/src", "ts");
    assert!(page.len() > 10, "the sources of the page have moved");
    for source in rust.iter().chain(&page).filter(|source| !is_test(&source.path)) {
        for criterion in shipped().iter().flat_map(|set| &set.criteria) {
            for name in [criterion.id, criterion.column] {
                if is_named(&source.code(), name) {
                    named.push(format!("{} names {name}", source.path));
                }
            }
        }
    }
    assert!(named.is_empty(), "\n{}", named.join("\n"));
}

/// Whether a text has a name, not as a part of a longer one.
fn is_named(text: &str, name: &str) -> bool {
    let goes_on = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-');
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(goes_on) && !text[at + name.len()..].starts_with(goes_on))
}

#[test]
fn a_name_that_every_house_has_means_one_thing() {
    // Types that any part could call so. Types of a trait (`type Value = …`) are named by whoever wrote the trait.
    let shared =
        ["Value", "Kind", "Column", "Table", "Cell", "Chunk", "Layout", "Open", "Parcel", "Stop", "Zone", "Layer"];
    let mut by_name: BTreeMap<&str, Vec<String>> = shared.iter().map(|&name| (name, Vec::new())).collect();
    for source in sources() {
        let code = source.code();
        for line in code.lines().map(str::trim_start) {
            let words: Vec<&str> = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).collect();
            let keyword = words.iter().position(|word| matches!(*word, "struct" | "enum" | "trait"));
            let name = keyword.and_then(|at| words.get(at + 1)).copied();
            if let Some((_, places)) = by_name.iter_mut().find(|(known, _)| Some(**known) == name) {
                places.push(source.path.clone());
            }
        }
    }
    let twice: Vec<_> = by_name.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn every_file_of_a_run_is_named_in_one_place() {
    for name in ["\"run.json\"", "\"times.json\"", "\"map.html\"", "\"spacing.csv\"", "\"parcels.geojson\""] {
        let sources = sources();
        let spell = sources.iter().filter(|source| !source.path.contains("tests") && source.code().contains(name));
        let paths: Vec<&str> = spell.map(|source| source.path.as_str()).collect();
        assert_eq!(paths.len(), 1, "{name} is spelled in {paths:?}");
    }
}

#[test]
fn one_place_changes_the_disk() {
    // What the standard library has for it; temporary files without a name are the system's.
    let changes = [
        "File::create",
        "File::options",
        "OpenOptions",
        "fs::write(",
        "fs::copy(",
        "fs::rename(",
        "fs::remove_",
        "fs::create_dir",
        "fs::hard_link(",
        "fs::set_permissions(",
        "DirBuilder",
        ".sync_all(",
        ".sync_data(",
        ".set_len(",
        "symlink(",
        "renameat",
    ];
    let is_test = |path: &str| path.split('/').any(|part| part.contains("tests"));
    let mut places = BTreeSet::new();
    for source in sources().into_iter().filter(|source| !is_test(&source.path)) {
        let code = source.code();
        let begins = |at: usize| !code[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '_');
        let is_used = |change: &&str| code.match_indices(*change).any(|(at, _)| change.starts_with('.') || begins(at));
        if changes.iter().any(is_used) {
            places.insert(source.path.clone());
        }
        // A test may stand in the way of a change, the program may not.
        assert!(source.stage() == Some("disk") || !code.contains("watch("), "{}", source.path);
    }
    assert_eq!(places.into_iter().collect::<Vec<_>>(), ["disk/change.rs"]);
}

#[test]
fn one_place_prints() {
    let prints = ["println!", "eprintln!", "print!(", "eprint!(", "stdout().lock", "stderr().lock"];
    let loud = sources().into_iter().filter(|source| prints.iter().any(|print| source.code().contains(print)));
    assert_eq!(loud.map(|source| source.path).collect::<Vec<_>>(), ["cli/print/mod.rs"]);
}

#[test]
fn only_the_command_line_prints() {
    let prints = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!", "stdout()", "stderr()"];
    let loud: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.stage() != Some("cli"))
        .filter(|source| prints.iter().any(|print| source.code().contains(print)))
        .map(|source| source.path)
        .collect();
    assert!(loud.is_empty(), "{loud:?}");
}

#[test]
fn nothing_takes_its_order_from_a_hash_map() {
    // What is only asked for what it holds has no order to show.
    let asked_only = ["collect/duplicates.rs", "outputs/layout.rs", "inputs/gtfs/ids.rs"];
    let mut found = Vec::new();
    for source in sources() {
        let code = source.code();
        if (code.contains("HashMap") || code.contains("HashSet")) && !asked_only.contains(&source.path.as_str()) {
            found.push(source.path.clone());
        }
    }
    assert!(found.is_empty(), "{found:?}: take a BTreeMap, or a BTreeSet");
}

#[test]
fn the_coordinate_systems_are_the_only_ones_to_know_the_scale_of_the_plane() {
    let knows: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.stage() != Some("crs") && source.code().contains("0.9999"))
        .map(|source| source.path)
        .filter(|path| !path.starts_with("demo/"))
        .collect();
    assert!(knows.is_empty(), "{knows:?}");
}
