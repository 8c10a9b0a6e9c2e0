//! `kyoten criteria`: the criteria of a rule set, in words.

use std::path::PathBuf;

use clap::Args;

use super::reader::{lang, say};
use super::{DONE, Failure, print};
use crate::criteria::{RuleSet, Thresholds, default_rules, page};
use crate::diagnostics::Diagnostic;
use crate::settings::nearest;

/// The examples, with an id that there is.
fn examples() -> String {
    let one = format!("kyoten criteria {}", default_rules().criteria.first().map_or("", |one| one.id));
    let (heading, all, of_them) =
        (say("例", "Examples"), say("すべての条件", "all criteria"), say("そのうちの1つ", "one of them"));
    let other = say("自分のルールの条件", "those of a rule file");
    format!(
        "{heading}:\n  {:<44} {all}\n  {one:<44} {of_them}\n  {:<44} {other}",
        "kyoten criteria", "kyoten criteria --rules our-city.toml"
    )
}

#[derive(Debug, Args)]
#[command(after_help = examples())]
pub(super) struct CriteriaArguments {
    #[arg(help = say("条件のID（その全文を表示する）。なければ一覧",
        "A criterion's id, for its whole text; all of them in short unless given"))]
    id: Option<String>,
    #[arg(long, value_name = "RULES", help = say(
        "付属のルールの名前、またはルールのファイル（`kyoten rules` で一覧）",
        "A rule set that ships, by its name, or a rule file; `kyoten rules` lists those that ship"))]
    rules: Option<PathBuf>,
}

pub(super) fn criteria(arguments: &CriteriaArguments) -> Result<u8, Failure> {
    let lang = lang();
    let set = match &arguments.rules {
        None => default_rules(),
        Some(given) => match given.to_str().and_then(RuleSet::named) {
            Some(set) => set,
            None => RuleSet::open(given)?,
        },
    };
    let Some(id) = &arguments.id else {
        print::out(page::list(set, lang).trim_end())?;
        return Ok(DONE);
    };
    let criterion = set.criterion(id).ok_or_else(|| {
        let (nearest, _) = nearest(id, &set.criteria.iter().map(|one| one.id).collect::<Vec<_>>());
        Diagnostic::error("criterion-unknown", text!("`{id}` という条件はありません。", "there is no criterion `{id}`"))
            .help(text!(
                "`{nearest}` のことではありませんか。`kyoten criteria` で一覧が見られます。",
                "did you mean `{nearest}`? `kyoten criteria` lists them all"
            ))
    })?;
    print::out(page::entry(criterion, set, &Thresholds::of(set), lang).trim_end())?;
    Ok(DONE)
}
