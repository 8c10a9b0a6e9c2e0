//! What is said of a file that cannot be used, in both languages.

use std::io;
use std::path::Path;

use super::error::{Fault, KeyPath, Misread, NotToml, Problem, SettingsError, SyntaxFault};
use super::{FileKind, Ids, syntax};
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::text::Text;

/// How many problems of one file are shown; the rest are counted.
const SHOWN: usize = 20;

impl Diagnose for SettingsError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let Self { file, kind, what } = self;
        let ids = &kind.ids;
        let one = match what {
            Misread::Unreadable(source) => {
                Diagnostic::error(ids.file_unreadable, unread(source)).help(kind.if_unread.clone())
            }
            Misread::TooLarge { limit } => Diagnostic::error(
                ids.file_too_large,
                text!(
                    "{name}にしては大きすぎます（上限は{limit}バイトです）。",
                    "larger than a {name} can be ({limit} bytes)",
                    name = kind.name.clone()
                ),
            )
            .help(kind.if_too_large.clone()),
            Misread::NotUtf8 { line } => {
                return vec![
                    Diagnostic::error(
                        ids.file_not_utf8,
                        Text::new("この行の文字コードがUTF-8ではありません。", "this line is not UTF-8"),
                    )
                    .at(format_args!("{}:{line}", file.display()))
                    .help(Text::new(
                        "UTF-8で保存し直してください（メモ帳では「名前を付けて保存」で文字コードを選べます）。",
                        "save the file as UTF-8 (in Notepad メモ帳: Save as, Encoding: UTF-8)",
                    )),
                ];
            }
            Misread::Syntax(faults) => return shown(faults, kind, |fault| fault.diagnostic(file, kind)),
            Misread::Invalid(problems) => {
                return told(problems, kind, |place| format!("{}:{place}", file.display()));
            }
        };
        vec![one.at(file.display())]
    }
}

display_diagnosed!(SettingsError);

/// What the system says, in plain words where it is the usual thing.
fn unread(source: &io::Error) -> Text {
    if source.kind() == io::ErrorKind::NotFound {
        return Text::new("見つかりません。", "no such file");
    }
    text!("読めません（{reason}）。", "cannot be read ({reason})", reason = refusal(source))
}

/// What is told of problems. `at` makes the place of a line, or of a line and a column: `2`, `2:7`.
pub(crate) fn told(problems: &[Problem], kind: &FileKind, at: impl Fn(String) -> String) -> Vec<Diagnostic> {
    shown(problems, kind, |Problem { line, column, key, fault }| {
        if let Fault::Elsewhere(told) = fault {
            return told.clone();
        }
        let place = if matches!(fault, Fault::Slip(_)) { format!("{line}:{column}") } else { line.to_string() };
        fault.diagnostic(key, kind).at(at(place))
    })
}

/// The first problems, and how many more there are.
fn shown<T>(all: &[T], kind: &FileKind, tell: impl Fn(&T) -> Diagnostic) -> Vec<Diagnostic> {
    let ids = &kind.ids;
    let mut told: Vec<Diagnostic> = all.iter().take(SHOWN).map(tell).collect();
    if all.len() > SHOWN {
        let more = all.len() - SHOWN;
        told.push(Diagnostic::error(ids.more_problems, text!("ほかに{more}件あります。", "… and {more} more")));
    }
    told
}

impl SyntaxFault {
    fn diagnostic(&self, file: &Path, kind: &FileKind) -> Diagnostic {
        let (Self { line, column, found }, ids) = (self, &kind.ids);
        let told = match found {
            NotToml::Slip(slip) => slip.diagnostic(ids),
            NotToml::Parser(message) => {
                let is_toml = file.extension().is_none_or(|extension| extension == "toml");
                let help = if is_toml { syntax::HOW_TO_WRITE } else { kind.if_another.clone() };
                Diagnostic::error(ids.not_toml, syntax::in_both(message)).help(help)
            }
        };
        told.at(format_args!("{}:{line}:{column}", file.display()))
    }
}

impl KeyPath {
    /// The key with its table, for sentences: `` `path` in [layers.did] ``. A quoted key may hold a line break or a control
    /// character, which must not reach a terminal.
    #[must_use]
    pub fn text(&self) -> Text {
        let (name, table) = (self.key.escape_debug(), self.table.escape_debug());
        if self.table.is_empty() {
            Text { ja: format!("`{name}`").into(), en: format!("`{name}` at the top level").into() }
        } else {
            text!("[{table}] の `{name}`", "`{name}` in [{table}]")
        }
    }

    /// The key alone, for sentences that give it backticks.
    #[must_use]
    pub fn name(&self) -> String {
        self.key.escape_debug().to_string()
    }

    /// The table as a place to write in, for a particle to follow.
    fn place(&self) -> Text {
        let table = self.table.escape_debug();
        if self.table.is_empty() {
            Text::new("最初の [ ] より前", "at the top level")
        } else {
            Text { ja: format!("[{table}] ").into(), en: format!("in [{table}]").into() }
        }
    }
}

impl Fault {
    /// What is said of it, about no place yet.
    fn diagnostic(&self, path: &KeyPath, kind: &FileKind) -> Diagnostic {
        let (ids, key, name, place) = (&kind.ids, path.text(), path.name(), path.place());
        match self {
            Self::UnknownKey { nearest, known, or } => {
                let keys = text!(
                    "{place}に書けるキー: {known}。",
                    "keys {place}: {known}",
                    place = place,
                    known = listed(known)
                );
                let help = match or {
                    Some(way) => keys.with(&way.ja, &format!("; {}", way.en)),
                    None => keys,
                };
                Diagnostic::error(ids.key_unknown, unknown_key(&key, nearest)).help(help)
            }
            Self::WrongType { wanted, found } => Diagnostic::error(
                ids.value_type,
                text!(
                    "{key} には{wanted}を書きます（今は{found}です）。",
                    "{key} must be {wanted}, not {found}",
                    key = key,
                    wanted = wanted.clone(),
                    found = found.clone()
                ),
            )
            .help(text!(
                "`{name}` には{wanted}を書いてください。",
                "write `{name}` as {wanted}",
                wanted = wanted.clone()
            )),
            Self::OutOfRange { value, range, unit } => {
                let wanted = number_from(*range, unit);
                let help = text!(
                    "`{name}` には{wanted}を書いてください。",
                    "give `{name}` as {wanted}",
                    wanted = wanted.clone()
                );
                Diagnostic::error(
                    ids.value_range,
                    text!(
                        "{key} には{wanted}を書きます（今は {value} です）。",
                        "{key} must be {wanted}, not {value}",
                        key = key,
                        wanted = wanted
                    ),
                )
                .help(if is_share(unit) {
                    help.with("15%は0.15です。", ": 15 % is 0.15")
                } else {
                    help
                })
            }
            Self::NotOneOf { value, nearest, known } => none_of(path, value, nearest, known, ids),
            Self::Missing { what } => Diagnostic::error(
                ids.key_missing,
                text!("{key} がありません（{what}）。", "{key} is missing: {what}", key = key, what = what.clone()),
            )
            .help(text!(
                "{place}に `{name} = …` を書き足してください。",
                "add `{name} = …` {place}",
                place = place
            )),
            Self::OneLanguage { missing } => one_language(path, missing, ids),
            Self::Empty => Diagnostic::error(ids.value_empty, text!("{key} が空です。", "{key} is empty", key = key))
                .help(text!(
                    "`{name}` に値を書くか、この行を消してください。",
                    "give `{name}` a value, or take the line out"
                )),
            Self::NotBoth { other } => Diagnostic::error(
                ids.keys_exclusive,
                text!(
                    "{key} と `{other}` が両方書かれています。書けるのは一方だけです。",
                    "{key} stands beside `{other}`: one of the two",
                    key = key
                ),
            )
            .help(text!(
                "`{other}` と `{name}` を別々の表に分けて書いてください。",
                "write `{other}` and `{name}` in a table each"
            )),
            Self::NotLater { value, than } => Diagnostic::error(
                ids.time_not_later,
                text!(
                    "{key} の {value} が {than} より後ではありません。",
                    "{key} is {value}, which is not later than {than}",
                    key = key
                ),
            )
            .help(Text::new(
                "深夜0時を過ぎた時刻は、\"25:30\" のように24:00を超えて書いてください。",
                "hours after midnight go on past 24:00, such as \"25:30\"",
            )),
            Self::Slip(slip) => slip.diagnostic(ids),
            Self::Own(told) | Self::Elsewhere(told) => told.clone(),
        }
    }
}

fn unknown_key(key: &Text, (nearest, is_near): &(String, bool)) -> Text {
    let nearest = printable(nearest);
    if *is_near {
        text!(
            "{key} というキーはありません。`{nearest}` の間違いではありませんか。",
            "unknown key {key}; did you mean `{nearest}`?",
            key = key.clone()
        )
    } else {
        text!(
            "{key} というキーはありません。最も近いキーは `{nearest}` です。",
            "unknown key {key}; the nearest known key is `{nearest}`",
            key = key.clone()
        )
    }
}

fn none_of(path: &KeyPath, value: &str, nearest: &str, known: &[String], ids: &Ids) -> Diagnostic {
    let (key, name) = (path.text(), path.name());
    if known.is_empty() {
        let said = text!(
            "{key} の「{value}」に当たるものは、このファイルに一つもありません。",
            "{key} is \"{value}\", and there is none at all",
            key = key,
            value = printable(value)
        );
        return Diagnostic::error(ids.value_unknown, said);
    }
    Diagnostic::error(
        ids.value_unknown,
        Text {
            ja: format!(
                "{} に「{}」という値はありません。「{}」の間違いではありませんか。",
                key.ja,
                printable(value),
                printable(nearest)
            )
            .into(),
            en: format!("{} is {value:?}, which there is not; did you mean {nearest:?}?", key.en).into(),
        },
    )
    .help(text!("`{name}` に書ける値: {known}。", "values of `{name}`: {known}", known = listed(known)))
}

fn one_language(path: &KeyPath, missing: &str, ids: &Ids) -> Diagnostic {
    let name = path.name();
    Diagnostic::error(
        ids.language_missing,
        text!(
            "{key} に{language}（`{missing}`）がありません。",
            "{key} has no {language} (`{missing}`)",
            key = path.text(),
            language = language(missing)
        ),
    )
    .help(text!(
        "`{name} = {{ ja = \"…\", en = \"…\" }}` と書いてください。両方とも同じなら、表にせず `{name} = \"…\"` と書けます。",
        "write `{name} = {{ ja = \"…\", en = \"…\" }}`, or `{name} = \"…\"` where both are the same"
    ))
}

/// The language of a key of a text in two languages.
fn language(key: &str) -> Text {
    if key == "ja" { Text::new("日本語", "Japanese") } else { Text::new("英語", "English") }
}

/// A range in words.
fn number_from((lowest, highest): (f64, f64), unit: &Text) -> Text {
    if is_share(unit) {
        text!("{lowest}〜{highest}の割合", "a share from {lowest} to {highest}")
    } else if unit.en.is_empty() {
        text!("{lowest}〜{highest}の数", "a number from {lowest} to {highest}")
    } else {
        text!(
            "{lowest}〜{highest}の数（単位は{unit}）",
            "a number from {lowest} to {highest} {unit}",
            unit = unit.clone()
        )
    }
}

/// Shares have no unit to write behind them.
fn is_share(unit: &Text) -> bool {
    unit.en == "share"
}

/// Keys or values, one after another.
fn listed(all: &[String]) -> Text {
    Text::list(&all.iter().map(|one| Text::from(printable(one))).collect::<Vec<_>>())
}

/// A text as a sentence can quote it: what cannot be seen is escaped.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '"' | '\'' | '\\' | '\u{3000}' => shown.push(sign),
            _ => shown.extend(sign.escape_debug()),
        }
    }
    shown
}
