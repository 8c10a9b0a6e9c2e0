//! What does each statement of the documents come to? docs/programme.md: an introduction, and a table made of the clauses.

use std::fmt::Write as _;

use super::{EXAMPLE, clauses};
use crate::text::{Lang, Text};

/// The page about the programme.
#[must_use]
pub fn page(lang: Lang) -> String {
    let intro = match lang {
        Lang::Ja => include_str!("data/page.ja.md"),
        Lang::En => include_str!("data/page.en.md"),
    };
    let mut page = intro.replace("{example}", EXAMPLE.trim_end()).replace("{count}", &clauses().len().to_string());
    page.push('\n');
    let heads = Text::new(
        "| ID | 出典 | 内容 | プログラムでの場所 | 扱い |",
        "| id | where it is said | what it says | where it stands | what becomes of it |",
    );
    let _ = writeln!(page, "{}\n|---|---|---|---|---|", heads.get(lang));
    for clause in clauses() {
        let stands: Vec<String> = clause.stands.iter().map(|token| place(token, lang)).collect();
        let stands =
            if stands.is_empty() { Text::new("なし", "nowhere").get(lang).to_owned() } else { stands.join("<br>") };
        let (says, how, source) = (clause.says.get(lang), clause.how.get(lang), clause.short_source());
        let _ = writeln!(page, "| `{}` | {} | {says} | {stands} | {how} |", clause.id, source.get(lang));
    }
    page
}

/// A place as people read it.
fn place(token: &str, lang: Lang) -> String {
    let (kind, name) = token.split_once(':').unwrap_or(("", token));
    let kind = match kind {
        "criterion" => Text::new("条件", "criterion"),
        "zone" => Text::new("区域", "zone"),
        "column" => Text::new("列", "column"),
        "layer" => Text::new("レイヤー", "layer"),
        "key" => Text::new("キー", "key"),
        _ => Text::new("コマンド", "command"),
    };
    format!("{} `{name}`", kind.get(lang))
}
