//! What does a layer say that cannot be? It is refused: no interval is wide enough for a slip of the pen that nobody marked.

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::text::Text;

/// More people than live in Japan. Source: 国勢調査, 128,057,352 in 2010, the most that there ever were.
pub(super) const MOST_PEOPLE: f64 = 130_000_000.0;

/// What cannot be, of a file of a layer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Nonsense {
    /// A municipality's code whose sixth digit does not fit the others.
    CheckDigit {
        /// 1-based number of the feature.
        feature: usize,
        /// The code as it stands.
        code: String,
        /// The digit that would fit.
        right: u32,
    },
    /// A municipality's code that is none.
    NoCode {
        /// 1-based number of the feature.
        feature: usize,
        /// The code as it stands.
        code: String,
    },
    /// More older residents than residents.
    MoreSeniors {
        /// 1-based number of the feature or row.
        feature: usize,
        /// The residents aged 65 or over.
        seniors: f64,
        /// All residents.
        population: f64,
    },
    /// More people than there are.
    TooMany {
        /// 1-based number of the feature or row.
        feature: usize,
        /// How many it says.
        people: f64,
    },
    /// An expectation of which a part is lost.
    UnsureExpectation {
        /// The layer, with its table.
        layer: String,
    },
}

impl Diagnose for Nonsense {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let correct = Text::new(
            "表の数と、列の指定（`population` と `seniors`）を確かめてください。",
            "check the numbers of the table, and that `population` and `seniors` name the right columns",
        );
        let write_code = Text::new(
            "5桁のコードか、正しい検査数字を付けた6桁のコードに直してください。",
            "write five digits, or six with the right check digit",
        );
        vec![match self {
            Self::CheckDigit { feature, code, right } => Diagnostic::error(
                "layer-check-digit",
                text!(
                    "{feature}番目の地物の市区町村コード「{code}」は、検査数字が合いません。正しい検査数字は{right}です。",
                    "feature {feature}: the municipality's code “{code}” is wrong, its check digit should be {right}"
                ),
            )
            .help(write_code),
            Self::NoCode { feature, code } => Diagnostic::error(
                "layer-no-municipality-code",
                text!(
                    "{feature}番目の地物の「{code}」は、市区町村コードではありません。",
                    "feature {feature}: “{code}” is no code of a municipality"
                ),
            )
            .help(write_code),
            Self::MoreSeniors { feature, seniors, population } => Diagnostic::error(
                "census-more-seniors-than-residents",
                text!(
                    "{feature}番目の行は、65歳以上の人口（{seniors}人）が総人口（{population}人）より多くなっています。",
                    "row {feature}: more residents aged 65 or over ({seniors}) than residents ({population})"
                ),
            )
            .help(correct),
            Self::TooMany { feature, people } => Diagnostic::error(
                "census-too-many-people",
                text!(
                    "{feature}番目の行の人口（{people}人）は、日本の人口より多くなっています。",
                    "row {feature}: {people} people are more than live in Japan"
                ),
            )
            .help(correct),
            Self::UnsureExpectation { layer } => Diagnostic::error(
                "expectation-in-part",
                text!(
                    "見込みのレイヤー `{layer}` に、形か属性の分からない地物があります。どこまでが見込みか言い切れません。",
                    "the layer {layer} has features of which a geometry or a class is not known: nobody can say what is expected"
                ),
            )
            .help(Text::new(
                "形と属性を埋めるか、使わない地物を `where` で外してください。",
                "fill them in, or leave the features out by `where`",
            )),
        }]
    }
}

display_diagnosed!(Nonsense);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    #[test]
    fn every_one_speaks_both_languages() {
        let code = || "junk".to_owned();
        let all = [
            Nonsense::CheckDigit { feature: 2, code: "141004".to_owned(), right: 3 },
            Nonsense::NoCode { feature: 2, code: code() },
            Nonsense::MoreSeniors { feature: 2, seniors: 3.0, population: 2.0 },
            Nonsense::TooMany { feature: 2, people: 1e20 },
            Nonsense::UnsureExpectation { layer: "prospective.did".to_owned() },
        ];
        let said: Vec<_> = all.iter().enumerate().map(|(index, one)| (index, one.diagnostics().remove(0))).collect();
        checks::of_every_variant(all.len(), &said);
    }
}
