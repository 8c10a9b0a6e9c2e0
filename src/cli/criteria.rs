//! `kyoten criteria`: the catalogue, from code.

use anstream::println;
use clap::Args;

use super::reader::{lang, say};
use super::{DONE, Failure};
use crate::criteria::{self, CATALOGUE, Thresholds, page};
use crate::diagnostics::Diagnostic;

/// The examples, with an id that there is.
fn examples() -> String {
    let one = format!("kyoten criteria {}", CATALOGUE[0].id);
    let (heading, all, of_them) =
        (say("例", "Examples"), say("すべての条件", "all criteria"), say("そのうちの1つ", "one of them"));
    format!("{heading}:\n  {:<44} {all}\n  {one:<44} {of_them}", "kyoten criteria")
}

#[derive(Debug, Args)]
#[command(after_help = examples())]
pub(super) struct CriteriaArguments {
    #[arg(help = say("条件のID（その全文を表示する）。なければ一覧",
        "A criterion's id, for its whole text; all of them in short unless given"))]
    id: Option<String>,
}

pub(super) fn criteria(arguments: &CriteriaArguments) -> Result<u8, Failure> {
    let lang = lang();
    let Some(id) = &arguments.id else {
        println!("{}", page::list(lang).trim_end());
        return Ok(DONE);
    };
    let criterion = criteria::criterion(id).ok_or_else(|| {
        let nearest = CATALOGUE
            .iter()
            .map(|one| one.id)
            .max_by(|a, b| strsim::jaro_winkler(id, a).total_cmp(&strsim::jaro_winkler(id, b)));
        let nearest = nearest.unwrap_or_default();
        Diagnostic::error("criterion-unknown", text!("`{id}` という条件はありません。", "there is no criterion `{id}`"))
            .help(text!(
                "`{nearest}` のことではありませんか。`kyoten criteria` で一覧が見られます。",
                "did you mean `{nearest}`? `kyoten criteria` lists them all"
            ))
    })?;
    println!("{}", page::entry(criterion, &Thresholds::default(), lang).trim_end());
    Ok(DONE)
}
