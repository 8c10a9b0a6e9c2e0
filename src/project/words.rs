//! What is said of a project file that cannot be used, in both languages.

use std::io;
use std::path::Path;

use super::error::{Fault, KeyPath, NotToml, Problem, ProjectError, SyntaxFault, WhatIf};
use super::given::GIVE_THE_PROJECT;
use super::own;
use super::syntax;
use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::text::Text;

/// How many problems of one file are shown; the rest are counted.
const SHOWN: usize = 20;

impl Diagnose for ProjectError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let one = match self {
            Self::NoProjectFile { .. } => Diagnostic::error(
                "project-file-missing",
                Text::new("このフォルダーには kyoten.toml がありません。", "this folder has no kyoten.toml"),
            )
            .help(Text::new(
                "`kyoten init` が、フォルダーのファイルから作ります。書ける内容は docs/project-file.md にあります。",
                "`kyoten init` writes one from the files in it; docs/project-file.md says what it may hold",
            )),
            Self::Read { source, .. } => Diagnostic::error("project-file-unreadable", unread(source)).help(Text::new(
                "kyoten.toml か、それが入っているフォルダーを指定してください。",
                "give the path of a kyoten.toml, or of a folder that holds one",
            )),
            Self::Data { data, .. } => data.diagnostic(),
            Self::TooLarge { limit, .. } => Diagnostic::error(
                "project-file-too-large",
                text!(
                    "プロジェクトファイルにしては大きすぎます（上限は{limit}バイトです）。",
                    "larger than a project file can be ({limit} bytes)"
                ),
            )
            .help(GIVE_THE_PROJECT),
            Self::NotUtf8 { file, line } => {
                return vec![
                    Diagnostic::error(
                        "project-file-not-utf8",
                        Text::new("この行の文字コードがUTF-8ではありません。", "this line is not UTF-8"),
                    )
                    .at(format_args!("{}:{line}", file.display()))
                    .help(Text::new(
                        "UTF-8で保存し直してください（メモ帳では「名前を付けて保存」で文字コードを選べます）。",
                        "save the file as UTF-8 (in Notepad メモ帳: Save as, Encoding: UTF-8)",
                    )),
                ];
            }
            Self::Syntax { file, faults } => return shown(faults, |fault| syntax_fault(fault, file)),
            Self::Setting { setting, problems } => {
                let place = format!("--set {setting}");
                return shown(problems, |one| problem(one, Path::new(&place)).at(&place));
            }
            Self::Invalid { file, problems } => return shown(problems, |one| problem(one, file)),
        };
        vec![one.at(self.file().display())]
    }
}

display_diagnosed!(ProjectError);

/// What the system says, in plain words where it is the usual thing.
fn unread(source: &io::Error) -> Text {
    if source.kind() == io::ErrorKind::NotFound {
        return Text::new("見つかりません。", "no such file");
    }
    text!("読めません（{reason}）。", "cannot be read ({reason})", reason = refusal(source))
}

/// The first problems, and how many more there are.
fn shown<T>(all: &[T], tell: impl Fn(&T) -> Diagnostic) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = all.iter().take(SHOWN).map(tell).collect();
    if all.len() > SHOWN {
        let more = all.len() - SHOWN;
        told.push(Diagnostic::error("project-more-problems", text!("ほかに{more}件あります。", "… and {more} more")));
    }
    told
}

fn syntax_fault(fault: &SyntaxFault, file: &Path) -> Diagnostic {
    let SyntaxFault { line, column, found } = fault;
    let told = match found {
        NotToml::Slip(slip) => slip.diagnostic(),
        NotToml::Parser(message) => {
            let is_toml = file.extension().is_none_or(|extension| extension == "toml");
            Diagnostic::error("project-not-toml", syntax::in_both(message)).help(if is_toml {
                syntax::HOW_TO_WRITE
            } else {
                NO_PROJECT
            })
        }
    };
    told.at(format_args!("{}:{line}:{column}", file.display()))
}

/// What is said of a file that is not TOML and is not named so.
const NO_PROJECT: Text = Text::new(
    "プロジェクトファイルではないようです。kyoten.toml を指定してください。データのファイルは、その中の [layers] に書きます。",
    "this is no project file: give a kyoten.toml; data files are named in it, under [layers]",
);

fn problem(problem: &Problem, file: &Path) -> Diagnostic {
    let Problem { line, column, key, fault } = problem;
    match fault {
        Fault::Slip(slip) => slip.diagnostic().at(format_args!("{}:{line}:{column}", file.display())),
        _ => Diagnostic::error(fault.id(), fault.says(key))
            .at(format_args!("{}:{line}", file.display()))
            .help(fault.help(key)),
    }
}

impl KeyPath {
    /// The key with its table. A quoted key may hold a line break or a control character, which must not reach a terminal.
    fn text(&self) -> Text {
        let (name, table) = (self.key.escape_debug(), self.table.escape_debug());
        if self.table.is_empty() {
            Text { ja: format!("`{name}`").into(), en: format!("`{name}` at the top level").into() }
        } else {
            text!("[{table}] の `{name}`", "`{name}` in [{table}]")
        }
    }

    /// Whether it stands where layers do.
    fn is_of_layers(&self) -> bool {
        matches!(self.table.as_str(), "layers" | "prospective" | "scenario.layers")
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
    /// Its stable name.
    fn id(&self) -> &'static str {
        match self {
            Self::UnknownKey { .. } => "project-key-unknown",
            Self::WrongType { .. } => "project-value-type",
            Self::OutOfRange { .. } => "project-value-range",
            Self::NotOneOf { .. } => "project-value-unknown",
            Self::NotAMunicipality { why, .. } => why.id(),
            Self::Missing { .. } => "project-key-missing",
            Self::Empty => "project-value-empty",
            Self::NotInJapan { .. } if self.is_exchanged() => "project-place-exchanged",
            Self::NotInJapan { .. } => "project-place-not-in-japan",
            Self::NotBoth { .. } => "project-keys-exclusive",
            Self::NotLater { .. } => "project-time-not-later",
            Self::NotAnExpectation { what_if: None, .. } => "project-not-an-expectation",
            Self::NotAnExpectation { .. } => "project-expectation-not-recognised",
            Self::NotSupposed { .. } => "project-not-in-scenario",
            Self::NotALayerName => "project-layer-name",
            Self::RoleOfKnownLayer { .. } => "project-role-of-known-layer",
            Self::OtherRole { .. } => "project-role-differs",
            Self::Slip(slip) => slip.id(),
        }
    }

    fn says(&self, key: &KeyPath) -> Text {
        let key = key.text();
        match self {
            Self::UnknownKey { nearest: (nearest, true), .. } => text!(
                "{key} というキーはありません。`{nearest}` の間違いではありませんか。",
                "unknown key {key}; did you mean `{nearest}`?",
                key = key
            ),
            Self::UnknownKey { nearest: (nearest, false), .. } => text!(
                "{key} というキーはありません。最も近いキーは `{nearest}` です。",
                "unknown key {key}; the nearest known key is `{nearest}`",
                key = key
            ),
            Self::WrongType { wanted, found } => text!(
                "{key} には{wanted}を書きます（今は{found}です）。",
                "{key} must be {wanted}, not {found}",
                key = key,
                wanted = wanted.clone(),
                found = found.clone()
            ),
            Self::OutOfRange { value, range, unit } => text!(
                "{key} には{wanted}を書きます（今は {value} です）。",
                "{key} must be {wanted}, not {value}",
                key = key,
                wanted = number_from(*range, unit)
            ),
            Self::NotOneOf { value, nearest, .. } => Text {
                ja: format!(
                    "{} に「{}」という値はありません。「{nearest}」の間違いではありませんか。",
                    key.ja,
                    printable(value)
                )
                .into(),
                en: format!("{} is {value:?}, which there is not; did you mean {nearest:?}?", key.en).into(),
            },
            Self::NotAMunicipality { value, why } => {
                let why = why.text();
                let ja = format!("{} の「{}」は市区町村コードではありません。{}。", key.ja, printable(value), why.ja);
                let en = format!("{} must be a municipality's JIS code, not {value:?}: {}", key.en, why.en);
                Text { ja: ja.into(), en: en.into() }
            }
            Self::Missing { what } => {
                text!("{key} がありません（{what}）。", "{key} is missing: {what}", key = key, what = what.clone())
            }
            Self::Empty => text!("{key} が空です。", "{key} is empty", key = key),
            Self::NotInJapan { at: [x, y], .. } if self.is_exchanged() => text!(
                "{key} が [{x}, {y}] で、緯度が経度より先に書かれています。",
                "{key} is [{x}, {y}], latitude before longitude",
                key = key
            ),
            Self::NotInJapan { at: [x, y], ranges: [(west, east), (south, north)] } => text!(
                "{key} の [{x}, {y}] は日本の外です（経度{west}〜{east}、緯度{south}〜{north}の中にありません）。",
                "{key} is [{x}, {y}], which is not in Japan (longitude {west} to {east}, latitude {south} to {north})",
                key = key
            ),
            Self::NotBoth { other } => text!(
                "{key} と `{other}` が両方書かれています。書けるのは一方だけです。",
                "{key} stands beside `{other}`: one of the two",
                key = key
            ),
            Self::NotLater { value, than } => text!(
                "{key} の {value} が {than} より後ではありません。",
                "{key} is {value}, which is not later than {than}",
                key = key
            ),
            Self::NotAnExpectation { what_if: None, .. } => {
                text!("{key} は見込みとして書けません。", "{key} cannot be an expectation", key = key)
            }
            Self::NotAnExpectation { .. } => text!(
                "{key} は見込みとして書けません。制度が見込みとして認めるものに含まれないためです。",
                "{key} cannot be an expectation: the programme recognises none of it (見込み)",
                key = key
            ),
            Self::NotSupposed { .. } => {
                text!("{key} は想定で加えられません。", "{key} cannot be added by a scenario", key = key)
            }
            Self::NotALayerName => {
                text!("{key} はレイヤーの名前にできません。", "{key} cannot be the name of a layer", key = key)
            }
            Self::RoleOfKnownLayer { layer } => text!(
                "{key} は書けません。`{layer}` が何のレイヤーかは決まっています。",
                "{key} cannot be said: what the layer `{layer}` is stands fast",
                key = key
            ),
            Self::OtherRole { role, first } => text!(
                "{key} が「{role}」ですが、同じ名前のレイヤーが先に「{first}」と書かれています。",
                "{key} is \"{role}\", and the layer of that name has been said to be \"{first}\"",
                key = key
            ),
            Self::Slip(slip) => slip.says(),
        }
    }

    fn help(&self, key: &KeyPath) -> Text {
        let (name, place) = (key.key.escape_debug(), key.place());
        match self {
            Self::UnknownKey { known, nearest: (_, is_slip) } => {
                let keys = text!(
                    "{place}に書けるキー: {known}。",
                    "keys {place}: {known}",
                    place = place,
                    known = listed(known)
                );
                if key.is_of_layers() { own::with_way(keys, if *is_slip { "" } else { &key.key }) } else { keys }
            }
            Self::WrongType { wanted, .. } => {
                text!("`{name}` には{wanted}を書いてください。", "write `{name}` as {wanted}", wanted = wanted.clone())
            }
            Self::OutOfRange { range, unit, .. } => {
                let wanted = number_from(*range, unit);
                let told =
                    text!("`{name}` には{wanted}を書いてください。", "give `{name}` as {wanted}", wanted = wanted);
                if is_share(unit) { told.with("15%は0.15です。", ": 15 % is 0.15") } else { told }
            }
            Self::NotOneOf { known, .. } => {
                text!("`{name}` に書ける値: {known}。", "values of `{name}`: {known}", known = listed(known))
            }
            Self::NotAMunicipality { .. } => Text::new(
                "コードの5桁を引用符で囲んで書いてください。焼津市なら \"22212\" です。",
                "write the five digits of the code in quotes, such as \"22212\" for 焼津市",
            ),
            Self::Missing { .. } => {
                text!("{place}に `{name} = …` を書き足してください。", "add `{name} = …` {place}", place = place)
            }
            Self::Empty => {
                text!("`{name}` に値を書くか、この行を消してください。", "give `{name}` a value, or take the line out")
            }
            Self::NotInJapan { at: [x, y], .. } if self.is_exchanged() => {
                text!("`{name} = [{y}, {x}]` と書いてください。", "write `{name} = [{y}, {x}]`")
            }
            Self::NotInJapan { .. } => text!(
                "`{name}` には経度と緯度を、この順に度で書いてください。例: [138.318, 34.871]",
                "give `{name}` as longitude and latitude in degrees, such as [138.318, 34.871]"
            ),
            Self::NotBoth { other } => text!(
                "`{other}` と `{name}` を別々の表に分けて書いてください。",
                "write `{other}` and `{name}` in a table each"
            ),
            Self::NotLater { .. } => Text::new(
                "深夜0時を過ぎた時刻は、\"25:30\" のように24:00を超えて書いてください。",
                "hours after midnight go on past 24:00, such as \"25:30\"",
            ),
            Self::NotAnExpectation { what_if: None, possible } => text!(
                "すでにあるものなら [layers] に移してください。[prospective] に書けるレイヤー: {possible}。",
                "move it to [layers] if it exists today; layers that [prospective] may name: {possible}",
                possible = listed(possible)
            ),
            Self::NotAnExpectation { what_if: Some(what_if), possible } => text!(
                "計画は想定として試せます。[scenario] に `note` と `layers = {{ {name} = \"future.geojson\" }}` {or}を書いてください。\
                 すでにあるものなら [layers] に移してください。[prospective] に書けるレイヤー: {possible}。",
                "a plan is a what-if: write a `note` and `layers = {{ {name} = \"future.geojson\" }}` in [scenario]{or}, or move it to \
                 [layers] if it exists today; layers that [prospective] may name: {possible}",
                or = what_if.or(),
                possible = listed(possible)
            ),
            Self::NotSupposed { possible } => text!(
                "[scenario] の `layers` に書けるレイヤー: {possible}。時刻表は [[scenario.remove]] と [[scenario.headway]] で変えられます。",
                "layers that `layers` in [scenario] may name: {possible}; timetables are changed by [[scenario.remove]] and \
                 [[scenario.headway]]",
                possible = listed(possible)
            ),
            Self::NotALayerName => Text::new(
                "名前は列やキーになるので、英小文字・数字・下線だけで書いてください。例: `flood_2m`",
                "names become columns and keys: write it in lower-case letters, digits and underscores alone, such as `flood_2m`",
            ),
            Self::RoleOfKnownLayer { .. } => Text::new(
                "`role` を消すか、別のものを表すレイヤーなら別の名前にしてください。",
                "take `role` out, or give the layer another name if it is something else",
            ),
            Self::OtherRole { first, .. } => text!(
                "`{name} = \"{first}\"` とするか、`{name}` をここから消してください。",
                "write `{name} = \"{first}\"`, or take `{name}` out here"
            ),
            Self::Slip(slip) => slip.help(),
        }
    }
}

impl WhatIf {
    /// The other way to write it, to stand behind the first.
    fn or(self) -> Text {
        match self {
            Self::Layer => Text::same(""),
            Self::LayerOrStops => {
                Text::new("（1か所ずつなら `[[scenario.stops]]`）", " (or each in [[scenario.stops]])")
            }
        }
    }
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
fn listed(all: &[&'static str]) -> Text {
    Text::list(&all.iter().map(|&one| Text::same(one)).collect::<Vec<_>>())
}

/// A text as a sentence can quote it: what cannot be seen is escaped.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '"' | '\'' | '\\' | '\u{3000}' => shown.push(sign),
            _ => shown.extend(sign.escape_debug()),
        }
    }
    shown
}
