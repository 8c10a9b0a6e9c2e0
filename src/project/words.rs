//! What is said of a project file that cannot be used, in both languages.

use super::error::{ProjectError, ProjectFault, WhatIf};
use super::given::GIVE_THE_PROJECT;
use super::keys;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::settings::{self, Entry, FileKind, KeyPath, ids};
use crate::text::Text;

/// What `kyoten.toml` is among the files that people write.
pub(super) static PROJECT_FILE: FileKind = FileKind {
    ids: ids!("project"),
    name: Text::new("プロジェクトファイル", "project file"),
    if_unread: Text::new(
        "kyoten.toml か、それが入っているフォルダーを指定してください。",
        "give the path of a kyoten.toml, or of a folder that holds one",
    ),
    if_too_large: GIVE_THE_PROJECT,
    if_another: Text::new(
        "プロジェクトファイルではないようです。kyoten.toml を指定してください。データのファイルは、その中の [layers] に書きます。",
        "this is no project file: give a kyoten.toml; data files are named in it, under [layers]",
    ),
    unit_of: keys::unit_of,
    is_code: keys::is_code,
};

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
            Self::Data { data, .. } => data.diagnostic(),
            Self::Setting { setting, problems } => {
                return settings::told(problems, &PROJECT_FILE, |_| format!("--set {setting}"));
            }
            Self::Settings(error) => return error.diagnostics(),
        };
        vec![one.at(self.file().display())]
    }
}

display_diagnosed!(ProjectError);

impl ProjectFault {
    /// Reports it of a key.
    pub(super) fn report(&self, entry: &Entry<'_>) {
        entry.report(self.diagnostic(entry.path()));
    }

    /// What is said of it, about no place yet.
    pub(super) fn diagnostic(&self, path: &KeyPath) -> Diagnostic {
        let (key, name) = (path.text(), path.name());
        match self {
            Self::NotAMunicipality { value, why } => {
                let said = why.text();
                let shown = settings::printable(value);
                let ja = format!("{} の「{shown}」は市区町村コードではありません。{}。", key.ja, said.ja);
                let en = format!("{} must be a municipality's JIS code, not {value:?}: {}", key.en, said.en);
                Diagnostic::error(why.id(), Text { ja: ja.into(), en: en.into() }).help(Text::new(
                    "コードの5桁を引用符で囲んで書いてください。焼津市なら \"22212\" です。",
                    "write the five digits of the code in quotes, such as \"22212\" for 焼津市",
                ))
            }
            Self::OutsideJapan { at: [x, y], .. } if self.is_exchanged() => Diagnostic::error(
                "project-place-exchanged",
                text!(
                    "{key} が [{x}, {y}] で、緯度が経度より先に書かれています。",
                    "{key} is [{x}, {y}], latitude before longitude",
                    key = key
                ),
            )
            .help(text!("`{name} = [{y}, {x}]` と書いてください。", "write `{name} = [{y}, {x}]`")),
            Self::OutsideJapan { at: [x, y], ranges: [(west, east), (south, north)] } => Diagnostic::error(
                "project-place-not-in-japan",
                text!(
                    "{key} の [{x}, {y}] は日本の外です（経度{west}〜{east}、緯度{south}〜{north}の中にありません）。",
                    "{key} is [{x}, {y}], which is not in Japan (longitude {west} to {east}, latitude {south} to {north})",
                    key = key
                ),
            )
            .help(text!(
                "`{name}` には経度と緯度を、この順に度で書いてください。例: [138.318, 34.871]",
                "give `{name}` as longitude and latitude in degrees, such as [138.318, 34.871]"
            )),
            Self::NotALayerName | Self::RoleOfKnownLayer { .. } | Self::OtherRole { .. } => self.of_own_layer(path),
            Self::NotAnExpectation { what_if: None, possible } => Diagnostic::error(
                "project-not-an-expectation",
                text!("{key} は見込みとして書けません。", "{key} cannot be an expectation", key = key),
            )
            .help(text!(
                "すでにあるものなら [layers] に移してください。[prospective] に書けるレイヤー: {possible}。",
                "move it to [layers] if it exists today; layers that [prospective] may name: {possible}",
                possible = listed(possible)
            )),
            Self::NotAnExpectation { what_if: Some(what_if), possible } => Diagnostic::error(
                "project-expectation-not-recognised",
                text!(
                    "{key} は見込みとして書けません。制度が見込みとして認めるものに含まれないためです。",
                    "{key} cannot be an expectation: the programme recognises none of it (見込み)",
                    key = key
                ),
            )
            .help(text!(
                "計画は想定として試せます。[scenario] に `note` と `layers = {{ {name} = \"future.geojson\" }}` {or}を書いてください。\
                 すでにあるものなら [layers] に移してください。[prospective] に書けるレイヤー: {possible}。",
                "a plan is a what-if: write a `note` and `layers = {{ {name} = \"future.geojson\" }}` in [scenario]{or}, or move it to \
                 [layers] if it exists today; layers that [prospective] may name: {possible}",
                or = what_if.or(),
                possible = listed(possible)
            )),
            Self::NotSupposed { possible } => Diagnostic::error(
                "project-not-in-scenario",
                text!("{key} は想定で加えられません。", "{key} cannot be added by a scenario", key = key),
            )
            .help(text!(
                "[scenario] の `layers` に書けるレイヤー: {possible}。時刻表は [[scenario.remove]] と [[scenario.headway]] で変えられます。",
                "layers that `layers` in [scenario] may name: {possible}; timetables are changed by [[scenario.remove]] and \
                 [[scenario.headway]]",
                possible = listed(possible)
            )),
        }
    }

    /// What is said of a layer of one's own.
    fn of_own_layer(&self, path: &KeyPath) -> Diagnostic {
        let (key, name) = (path.text(), path.name());
        match self {
            Self::NotALayerName => Diagnostic::error(
                "project-layer-name",
                text!("{key} はレイヤーの名前にできません。", "{key} cannot be the name of a layer", key = key),
            )
            .help(Text::new(
                "名前は列やキーになるので、英小文字・数字・下線だけで書いてください。例: `flood_2m`",
                "names become columns and keys: write it in lower-case letters, digits and underscores alone, such as `flood_2m`",
            )),
            Self::RoleOfKnownLayer { layer } => Diagnostic::error(
                "project-role-of-known-layer",
                text!(
                    "{key} は書けません。`{layer}` が何のレイヤーかは決まっています。",
                    "{key} cannot be said: what the layer `{layer}` is stands fast",
                    key = key
                ),
            )
            .help(Text::new(
                "`role` を消すか、別のものを表すレイヤーなら別の名前にしてください。",
                "take `role` out, or give the layer another name if it is something else",
            )),
            Self::OtherRole { role, first } => Diagnostic::error(
                "project-role-differs",
                text!(
                    "{key} が「{role}」ですが、同じ名前のレイヤーが先に（またはルールで）「{first}」と書かれています。",
                    "{key} is \"{role}\", and the layer of that name has been said to be \"{first}\"",
                    key = key
                ),
            )
            .help(text!(
                "`{name} = \"{first}\"` とするか、`{name}` をここから消してください。",
                "write `{name} = \"{first}\"`, or take `{name}` out here"
            )),
            _ => unreachable!("it is about no layer of one's own"),
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

/// Layers, one after another.
fn listed(all: &[&'static str]) -> Text {
    Text::list(&all.iter().map(|&one| Text::same(one)).collect::<Vec<_>>())
}
