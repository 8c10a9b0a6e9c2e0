//! `docs/messages.md`: every notice and every error with its id, in both languages, as the code says them. The code is read
//! as text, so that no message can be left out; one whose words are put together elsewhere is listed by its id.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::pages::is_page;
use kyoten::diagnostics::Severity;

/// The literals of a stretch of code, in order.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut signs = code.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => break,
                '\\' => match signs.next() {
                    // A line that goes on: what stands in at its beginning does not count.
                    Some('\n') => while signs.next_if(|sign| sign.is_whitespace()).is_some() {},
                    Some('n') => text.push(' '),
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        found.push(text);
    }
    found
}

/// The code from an opening bracket to the one that closes it.
fn bracketed(code: &str) -> &str {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, sign) in code.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '(' | '{' if !in_text => depth += 1,
            ')' | '}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return &code[..=at];
                }
            }
            _ => {}
        }
    }
    code
}

/// The files of the code without their tests, in order.
fn sources() -> Vec<String> {
    let mut left = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                None if path.is_dir() && !path.ends_with("page") && !path.ends_with("tests") => left.push(path),
                Some("rs") if !path.ends_with("tests.rs") && !path.ends_with("checks.rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let code = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let end = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        let lines = text[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    files.iter().map(code).collect()
}

/// A row of a table: an id and its words.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The word that outputs have for the severity of a kind.
fn severity(body: &str) -> &'static str {
    let name = body.split("Severity::").nth(1).and_then(|rest| rest.split(',').next()).unwrap_or_default();
    let all = [Severity::Skipped, Severity::Mended, Severity::Warning, Severity::Info];
    all.into_iter().find(|one| format!("{one:?}") == name).unwrap_or_else(|| panic!("no severity in {body}")).word()
}

/// Both languages in a cell; nothing where nothing is said.
fn cell(ja: Option<&String>, en: Option<&String>) -> String {
    ja.zip(en).map(|(ja, en)| format!("{ja}<br>{en}")).unwrap_or_default()
}

fn notices(sources: &[String]) -> String {
    let mut rows = BTreeMap::new();
    for code in sources {
        for (at, _) in code.match_indices("NoticeKind = NoticeKind {") {
            let body = bracketed(&code[at + "NoticeKind = NoticeKind ".len()..]);
            let words = literals(body);
            let (id, en) = (&words[0], &words[2]);
            let (what, advice) = (cell(words.get(1), words.get(2)), cell(words.get(3), words.get(4)));
            let told = row(&[&format!("`{id}`"), severity(body), &what, &advice]);
            // One id may be said of a parcel and of a layer in other words.
            rows.insert((id.clone(), en.clone()), told);
        }
    }
    assert!(rows.len() > 70, "{}", rows.len());
    rows.into_values().collect()
}

/// How the names of faults begin in the kinds of files that people write, each of which `ids!` names.
fn file_kinds(sources: &[String]) -> Vec<String> {
    let named = |code: &str| -> Vec<String> {
        code.split("ids!(\"").skip(1).filter_map(|rest| Some(rest.split_once("\")")?.0.to_owned())).collect()
    };
    sources.iter().flat_map(|code| named(code)).collect()
}

/// The end of a name that all kinds of files have, `(ids.key_unknown, …)`.
fn shared_id(body: &str) -> Option<String> {
    let name = body.strip_prefix('(')?.trim_start().strip_prefix("ids.")?;
    Some(
        name.chars()
            .take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_')
            .collect::<String>()
            .replace('_', "-"),
    )
}

fn errors(sources: &[String]) -> String {
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    let kinds = file_kinds(sources);
    assert!(kinds.contains(&"project".to_owned()), "{kinds:?}");
    for code in sources {
        for (at, _) in code.match_indices("Diagnostic::error(") {
            let body = bracketed(&code[at + "Diagnostic::error".len()..]);
            let mut words = literals(body);
            let ids = match shared_id(body) {
                Some(end) => kinds.iter().map(|kind| format!("{kind}-{end}")).collect(),
                None if words.is_empty() => continue,
                None => vec![words.remove(0)],
            };
            for id in ids {
                let told = row(&[&format!("`{id}`"), &cell(words.first(), words.get(1))]);
                // Of an error that is told in several ways the first stands here.
                rows.entry(id).or_insert(told);
            }
        }
    }
    assert!(rows.len() > 80, "{}", rows.len());
    rows.into_values().collect()
}

#[test]
fn the_page_of_messages_is_what_the_code_says() {
    let sources = sources();
    let mut page = String::from(
        "# Messages / メッセージ\n\n\
         Every notice and every error, by its id. Ids are stable: scripts may rely on them (`run.json`, `--json`). What stands in \
         braces is filled in.\n\n\
         すべての注意とエラーの一覧です。IDは変わりません（`run.json` や `--json` に出ます）。波かっこの中には、その都度の値が入ります。\n\n\
         ## Notices / 注意\n\n| id | severity | 内容 / what | 対処 / advice |\n|---|---|---|---|\n",
    );
    page.push_str(&notices(&sources));
    let _ = write!(page, "\n## Errors / エラー\n\n| id | 内容 / what |\n|---|---|\n{}", errors(&sources));
    is_page("docs/messages.md", &page, "messages_page");
}
