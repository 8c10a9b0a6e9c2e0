//! What else differs, in words: values, files, and lists of things, a line each.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::words::{NOTHING, from_to, member, value};
use crate::queries::{Difference, RowDiff};
use crate::text::{Lang, Text};

pub(super) fn differences(text: &mut String, differences: &[Difference], lang: Lang) {
    if differences.is_empty() {
        const NONE: Text = Text::new(
            "ほかに違いはありません。ルール、設定、入力は同じです。",
            "nothing else differs: the same rules, settings and inputs",
        );
        line!(text, "{}", NONE.get(lang));
        return;
    }
    line!(text, "{}", Text::new("ほかの違い", "what else differs").get(lang));
    for difference in differences {
        let Difference { group, from, to, .. } = difference;
        let is_files = *group == "inputs" && (from.is_array() || to.is_array());
        if let Some(rows) = difference.rows().filter(|_| !is_files) {
            list(text, &difference.about(), &rows, lang);
            continue;
        }
        let values = if is_files { files(from, to) } else { from_to(from, to) };
        let told = text!("  {about}：{values}", "  {about}: {values}", about = difference.about(), values = values);
        line!(text, "{}", told.get(lang));
    }
}

/// What became of the files of an input.
fn files(from: &Value, to: &Value) -> Text {
    match (names(from), names(to)) {
        (None, Some(to)) => {
            text!("レイヤーを追加（{to}）", "the layer was added ({to})", to = Text::list(&to))
        }
        (Some(from), None) => {
            text!("レイヤーを削除（{from}）", "the layer was removed ({from})", from = Text::list(&from))
        }
        (from, to) => {
            let [from, to] = [from, to].map(Option::unwrap_or_default);
            let word = |names: &[Text]| if names.is_empty() { NOTHING } else { Text::list(names) };
            if from == to {
                text!("中身が違う（{files}）", "other contents ({files})", files = word(&from))
            } else {
                let (from, to) = (word(&from), word(&to));
                text!("別のファイル（{from} → {to}）", "other files ({from} → {to})", from = from, to = to)
            }
        }
    }
}

/// The names of files without the way to them; `None` where there is no such layer.
fn names(files: &Value) -> Option<Vec<Text>> {
    let path = |file: &Value| file["path"].as_str().unwrap_or_default().to_owned();
    let name = |path: String| Path::new(&path).file_name().map(|name| Text::from(name.display()));
    Some(files.as_array()?.iter().map(path).filter_map(name).collect())
}

/// A list of things with members: a line each.
fn list(text: &mut String, about: &Text, rows: &[RowDiff], lang: Lang) {
    line!(text, "{}", text!("  {about}：", "  {about}:", about = about.clone()).get(lang));
    for row in rows {
        let other_language = if lang == Lang::Ja { "service_day_from" } else { "service_day_from_ja" };
        let members =
            row.members.iter().filter(|(key, ..)| key != other_language && Some(key.as_str()) != row.named_by);
        let members: Vec<Text> = members.map(|(key, was, is)| one_member(key, was, is, row)).collect();
        let members = Text::list(&members);
        let name = if row.name.is_empty() { Text::same("·") } else { Text::from(&row.name) };
        let told = match (row.before, row.after) {
            (false, _) => {
                text!("    {name}：追加（{members}）", "    {name}: added ({members})", name = name, members = members)
            }
            (_, false) => text!(
                "    {name}：削除（{members}）",
                "    {name}: removed ({members})",
                name = name,
                members = members
            ),
            _ => text!("    {name}：{members}", "    {name}: {members}", name = name, members = members),
        };
        line!(text, "{}", told.get(lang));
    }
}

/// A member of a thing that is another, or that came or went with the thing.
fn one_member(key: &str, was: &Value, is: &Value, row: &RowDiff) -> Text {
    let (key, of) = (
        member(key),
        match (row.before, row.after) {
            (true, true) => from_to(was, is),
            (false, _) => value(is),
            (_, false) => value(was),
        },
    );
    key.joined(" ", &of)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::text::english_in;

    #[test]
    fn files_are_told_in_both_languages() {
        let file = |name: &str| json!([{ "path": format!("city/{name}"), "sha256": "" }]);
        let told = |from: &Value, to: &Value| {
            let Text { ja, en } = files(from, to);
            format!("{ja} / {en}")
        };
        let (none, empty) = (Value::Null, json!([]));
        assert_eq!(told(&none, &file("a.csv")), "レイヤーを追加（a.csv） / the layer was added (a.csv)");
        assert_eq!(told(&file("a.csv"), &none), "レイヤーを削除（a.csv） / the layer was removed (a.csv)");
        assert_eq!(told(&file("a.csv"), &file("a.csv")), "中身が違う（a.csv） / other contents (a.csv)");
        assert_eq!(told(&empty, &file("b.csv")), "別のファイル（なし → b.csv） / other files (none → b.csv)");
    }

    #[test]
    fn values_are_told_in_both_languages() {
        let told = from_to(&json!(3.0), &Value::Null);
        assert_eq!((told.ja.as_ref(), told.en.as_ref()), ("3 → なし", "3 → none"));
        let told = from_to(&json!(["in-did", "near-stop"]), &json!([]));
        assert_eq!((told.ja.as_ref(), told.en.as_ref()), ("in-did、near-stop → なし", "in-did, near-stop → none"));
        assert!(english_in(&told.ja).is_none());
        let told = from_to(&json!({ "lo": 0.0, "hi": null }), &json!({ "lo": 2.0, "hi": 3.0 }));
        assert_eq!((told.ja.as_ref(), told.en.as_ref()), ("不明 → 2〜3", "unknown → 2–3"));
    }

    #[test]
    fn timetables_are_told_in_both_languages() {
        let feed = |day: &str, trips: u32| {
            json!({ "path": "x/a.zip", "service_day": day, "trips": trips, "version": null,
                "service_day_from": "representative weekday", "service_day_from_ja": "代表的な平日" })
        };
        let told = |from: Value, to: Value| {
            let difference = Difference::of("transit", "feeds", from, to);
            [Lang::Ja, Lang::En].map(|lang| {
                let mut text = String::new();
                differences(&mut text, std::slice::from_ref(&difference), lang);
                text.lines().skip(1).map(str::trim_end).collect::<Vec<_>>().join("\n")
            })
        };
        let (old, new) = (feed("2026-04-08", 8), feed("2026-06-03", 9));
        assert_eq!(
            told(json!([old]), json!([new])),
            [
                "  時刻表の数え方 feeds：\n    a.zip：数えた日 2026-04-08 → 2026-06-03、便 8 → 9",
                "  transit feeds:\n    a.zip: service day 2026-04-08 → 2026-06-03, trips 8 → 9",
            ]
        );
        let [ja, en] = told(json!([]), json!([new]));
        assert_eq!(
            ja,
            "  時刻表の数え方 feeds：\n    a.zip：追加（数えた日 2026-06-03、便 9、数えた日の選び方 代表的な平日）"
        );
        assert!(
            en.ends_with("    a.zip: added (service day 2026-06-03, trips 9, service day from representative weekday)"),
            "{en}"
        );
    }
}
