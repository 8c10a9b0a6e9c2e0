//! Why does what was asked for mean no single municipality?

use super::municipalities::Found;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::layers::CodeFault;
use crate::text::Text;

/// Why what was asked for means no single municipality.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    /// Nothing was asked for.
    Nothing,
    /// The digits are no code.
    Code {
        /// The digits.
        code: String,
        /// What is wrong with them.
        fault: CodeFault,
    },
    /// No municipality has that code.
    NoSuchCode {
        /// The code.
        code: String,
        /// The prefecture that its first digits are of.
        prefecture: String,
    },
    /// It is a prefecture.
    Prefecture {
        /// Its name.
        name: String,
    },
    /// No municipality has that name.
    NoSuchName {
        /// What was asked for.
        asked: String,
        /// A name that is near.
        nearest: Option<String>,
    },
    /// Several municipalities have that name.
    Several {
        /// What was asked for.
        asked: String,
        /// Which they are.
        among: Vec<Found>,
    },
}

impl Diagnose for NotOne {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let one = match self {
            Self::Nothing => Diagnostic::error(
                "municipality-empty",
                Text::new("市区町村が指定されていません。", "no municipality is named"),
            )
            .help(HOW),
            Self::Code { code, fault } => Diagnostic::error(
                "municipality-code-wrong",
                text!(
                    "{code} は市区町村コードではありません（{fault}）。",
                    "{code} is not the code of a municipality: {fault}",
                    fault = fault.text()
                ),
            )
            .help(HOW),
            Self::NoSuchCode { code, prefecture } => Diagnostic::error(
                "municipality-code-unknown",
                text!(
                    "{code} は{prefecture}の市区町村コードの形ですが、2019年5月1日現在の一覧にありません。",
                    "{code} is formed like a code of {prefecture}, but the list of 2019-05-01 has no such municipality"
                ),
            )
            .help(Text::new(
                "合併前のコードかもしれません。今の市区町村の名前かコードを指定してください。",
                "it may be the code of one that was merged: give the name or the code of today's",
            )),
            Self::Prefecture { name } => {
                Diagnostic::error("municipality-prefecture", text!("{name}は都道府県です。", "{name} is a prefecture"))
                    .help(HOW)
            }
            Self::NoSuchName { asked, nearest } => Diagnostic::error(
                "municipality-name-unknown",
                text!("「{asked}」という市区町村はありません。", "there is no municipality \"{asked}\""),
            )
            .help(match nearest {
                Some(nearest) => text!("{nearest}のことではありませんか。", "did you mean {nearest}?"),
                None => HOW,
            }),
            Self::Several { asked, among } => {
                let list: Vec<Text> = among.iter().map(|found| Text::from(found.full_name())).collect();
                let list = Text::list(&list);
                Diagnostic::error(
                    "municipality-ambiguous",
                    text!(
                        "「{asked}」にあたる市区町村は複数あります。{list}",
                        "\"{asked}\" may be several municipalities: {list}",
                        list = list
                    ),
                )
                .help(Text::new(
                    "都道府県か市を付けるか、コードで指定してください。",
                    "put its prefecture or its city in front, or give its code",
                ))
            }
        };
        vec![one]
    }
}

display_diagnosed!(NotOne);

const HOW: Text = Text::new(
    "市区町村の名前（例：静岡県焼津市、焼津）か、5桁または6桁のコード（例：22212）を指定してください。",
    "give a name such as 静岡県焼津市 or 焼津, or a code of five or six digits such as 22212",
);
