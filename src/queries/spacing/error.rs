//! Why can facilities not be compared?

use std::path::PathBuf;

use crate::diagnostics::{Diagnose, Diagnostic};
use crate::settings::nearest;

/// Why facilities cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum SpacingError {
    /// No field is known to hold their kinds.
    NoKinds {
        /// The first file.
        path: PathBuf,
        /// The fields that there are.
        known: Vec<String>,
    },
    /// No facility is of the kind that is asked for.
    NoneOfKind {
        /// The kind.
        kind: String,
        /// The kinds that there are.
        kinds: Vec<String>,
    },
}

impl Diagnose for SpacingError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::NoKinds { path, known } => {
                let fields = known.join(", ");
                let message = text!(
                    "どの属性が施設の種類か分かりません。属性: {fields}",
                    "no field is known to hold the kind of the facilities; there are: {fields}"
                );
                Diagnostic::error("spacing-without-kinds", message).at(path.display()).help(crate::text::Text::new(
                    "`--kind-column` で属性を指定するか、すべて同じ種類なら `--one-kind` を付けてください。",
                    "name it by `--kind-column`, or say `--one-kind` where all are of one kind",
                ))
            }
            Self::NoneOfKind { kind, kinds } => {
                let all = kinds.join(", ");
                let message = text!("種類「{kind}」の施設はありません。", "no facility is of the kind “{kind}”");
                let known: Vec<&str> = kinds.iter().map(String::as_str).collect();
                let help = if let (near, true) = nearest(kind, &known) {
                    text!("「{near}」のことでしょうか。種類は {all} です。", "did you mean “{near}”? there are: {all}")
                } else {
                    text!("種類は {all} です。", "there are: {all}")
                };
                Diagnostic::error("spacing-none-of-kind", message).at("--kind").help(help)
            }
        }]
    }
}

display_diagnosed!(SpacingError);
