//! Why can no sites be looked for?

use std::io;
use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic, refusal};
use crate::settings::nearest;
use crate::text::Text;

/// Why no sites can be looked for.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// No zone of the rules asks how far facilities stand apart, or it is not clear which is meant.
    NoZone {
        /// The zone that was named.
        asked: Option<String>,
        /// The rule set.
        rules: &'static str,
        /// The zones that ask that.
        zones: Vec<&'static str>,
    },
    /// Residents are asked for, and there is no census.
    NoCensus,
    /// A list of ids cannot be read.
    List {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A list names no parcel.
    EmptyList {
        /// The file.
        path: PathBuf,
    },
    /// No parcel has an id of a list.
    NoParcel {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// A parcel that a list names has no usable shape.
    NoShape {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// Features of a file whose place is not known may be anywhere, so that nothing that is chosen is sure.
    Lost {
        /// The option that names the file.
        option: &'static str,
        /// The file.
        path: String,
        /// How many.
        count: usize,
    },
}

impl Diagnose for SiteError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::NoZone { asked, rules, zones } => no_zone(asked.as_deref(), rules, zones),
            Self::NoCensus => Diagnostic::error(
                "site-without-census",
                Text::new(
                    "65歳以上の人口が分からないため、`--most seniors` では選べません。プロジェクトにレイヤー `census` がありません。",
                    "`--most seniors` needs the residents aged 65 or over, and the project has no layer `census`",
                ),
            )
            .help(Text::new(
                "`[layers]` に `census` を加えるか、`--most sites` で選んでください。",
                "name a `census` in `[layers]`, or choose by `--most sites`",
            )),
            Self::List { path, source } => {
                let why = refusal(source);
                Diagnostic::error("site-list-unreadable", text!("読み込めません（{why}）。", "cannot be read ({why})", why = why))
                    .at(path.display())
            }
            Self::EmptyList { path } => Diagnostic::error(
                "site-list-empty",
                Text::new("筆のIDが1つもありません。", "it names no parcel"),
            )
            .at(path.display())
            .help(one_a_line()),
            Self::NoParcel { path, line, id } => Diagnostic::error(
                "site-list-unknown-parcel",
                text!("ID「{id}」の筆はありません。", "no parcel has the id “{id}”"),
            )
            .at(format!("{}:{line}", path.display()))
            .help(one_a_line()),
            Self::NoShape { path, line, id } => Diagnostic::error(
                "site-list-parcel-without-shape",
                text!("ID「{id}」の筆は形が使えず、どこにあるか分かりません。", "the parcel “{id}” has no usable shape, so that nobody knows where it is"),
            )
            .at(format!("{}:{line}", path.display()))
            .help(Text::new("筆のファイルの形を直してください。", "mend its shape in the file of the parcels")),
            Self::Lost { option, path, count } => Diagnostic::error(
                "site-feature-without-place",
                text!(
                    "`{option}` のファイルに、位置の分からない地物が{count}件あります。どこにあってもおかしくないため、確実に選べる敷地がありません。",
                    "{count} feature(s) of the file of `{option}` have no place that is known: they may be anywhere, so that no site is sure"
                ),
            )
            .at(path)
            .help(Text::new(
                "地物の形を直すか、使わない地物をファイルから除いてください。",
                "mend their shapes, or take the features that are not meant out of the file",
            )),
        }]
    }
}

fn one_a_line() -> Text {
    Text::new(
        "1行に1つ、結果の列 `kyoten_id` の値を書いてください（`#` で始まる行は読みません）。",
        "write one id a line, as the column `kyoten_id` of a run has them (lines that begin with `#` are left out)",
    )
}

fn no_zone(asked: Option<&str>, rules: &str, zones: &[&str]) -> Diagnostic {
    let all = zones.join(", ");
    let (message, help) = match (asked, zones) {
        (_, []) => (
            text!(
                "ルール「{rules}」には、同種の施設との距離を条件とする区域がありません。",
                "the rules “{rules}” have no zone that asks how far facilities of one kind stand apart"
            ),
            Text::new(
                "種類が `clear-of` の条件を持つルール（付属の `saikochiku` など）を使ってください。適用除外にしていれば、それをやめてください。",
                "take rules with a criterion of the kind `clear-of`, such as `saikochiku` that ships, and do not waive it",
            ),
        ),
        (None, _) => (
            Text::new(
                "同種の施設との距離を条件とする区域が、ルールに複数あります。",
                "several zones of the rules ask how far facilities of one kind stand apart",
            ),
            text!("`--zone` で1つ選んでください: {all}", "choose one by `--zone`: {all}"),
        ),
        (Some(id), _) => {
            let help = if let (near, true) = nearest(id, zones) {
                text!("`{near}` のことでしょうか。使えるのは {all} です。", "did you mean `{near}`? there are: {all}")
            } else {
                text!("使えるのは {all} です。", "there are: {all}")
            };
            let message = text!(
                "同種の施設との距離を条件とする区域に「{id}」はありません。",
                "no zone “{id}” of the rules asks how far facilities of one kind stand apart"
            );
            (message, help)
        }
    };
    let diagnostic = Diagnostic::error("site-no-zone", message).help(help);
    if asked.is_some() { diagnostic.at("--zone") } else { diagnostic }
}

display_diagnosed!(SiteError);
