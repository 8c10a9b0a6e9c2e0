//! `kyoten criteria`: the catalogue, from code.

use anstream::println;
use clap::Args;

use super::{DONE, Failure};
use crate::criteria::{self, CATALOGUE, Thresholds, page};
use crate::diagnostics::Diagnostic;
use crate::text::Lang;

/// The examples, with an id that there is.
fn examples() -> String {
    let one = format!("kyoten criteria {}", CATALOGUE[0].id);
    format!("Examples:\n  {:<44} all criteria\n  {one:<44} one of them", "kyoten criteria")
}

#[derive(Debug, Args)]
#[command(after_help = examples())]
pub(super) struct CriteriaArguments {
    /// A criterion's id, for its whole text; all of them in short unless given.
    id: Option<String>,
}

pub(super) fn criteria(arguments: &CriteriaArguments) -> Result<u8, Failure> {
    let lang = Lang::default();
    let Some(id) = &arguments.id else {
        println!("{}", page::list(lang).trim_end());
        return Ok(DONE);
    };
    let criterion = criteria::criterion(id).ok_or_else(|| {
        let nearest = CATALOGUE
            .iter()
            .map(|one| one.id)
            .max_by(|a, b| strsim::jaro_winkler(id, a).total_cmp(&strsim::jaro_winkler(id, b)));
        let help = nearest.map(|nearest| {
            text!(
                "`{nearest}` のことでしょうか。`kyoten criteria` で一覧を表示します。",
                "did you mean `{nearest}`? `kyoten criteria` lists them all"
            )
        });
        let message = text!("`{id}` という条件はありません。", "there is no criterion `{id}`");
        Diagnostic::error("no-such-criterion", message).help(help)
    })?;
    println!("{}", page::entry(criterion, &Thresholds::default(), lang).trim_end());
    Ok(DONE)
}
