//! `kyoten rules`: the rule sets that ship.

use clap::Args;

use super::reader::{lang, say};
use super::wrap::pad;
use super::{DONE, Failure, print};
use crate::criteria::{RuleSet, shipped, shipped_ids};
use crate::diagnostics::Diagnostic;
use crate::settings::nearest;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten rules                             the rule sets that ship
  kyoten rules saikochiku > our-city.toml  one of them, to begin one's own with
  kyoten criteria --rules our-city.toml    its criteria in words";

const EXAMPLES_JA: &str = "\
例:
  kyoten rules                             付属のルールの一覧
  kyoten rules saikochiku > our-city.toml  その1つを、自分のルールのもとにする
  kyoten criteria --rules our-city.toml    条件を文で読む";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct RulesArguments {
    #[arg(value_name = "NAME", help = say("ルールの名前（TOMLで表示する）。なければ一覧",
        "A rule set's name, to print it as TOML; all of them in short unless given"))]
    name: Option<String>,
}

pub(super) fn rules(arguments: &RulesArguments) -> Result<u8, Failure> {
    let Some(name) = &arguments.name else {
        let width = shipped_ids().map(str::len).max().unwrap_or_default();
        let line = |set: &RuleSet| format!("{}  {}", pad(set.id, width), set.title.get(lang()));
        print::out(shipped().iter().map(|set| line(set)).collect::<Vec<_>>().join("\n"))?;
        return Ok(DONE);
    };
    let set = RuleSet::named(name).ok_or_else(|| {
        let known: Vec<&str> = shipped_ids().collect();
        let (nearest, _) = nearest(name, &known);
        Diagnostic::error(
            "rules-unknown",
            text!("`{name}` というルールは付属していません。", "no rule set `{name}` ships"),
        )
        .help(text!(
            "`{nearest}` のことではありませんか。`kyoten rules` で一覧が見られます。",
            "did you mean `{nearest}`? `kyoten rules` lists them all"
        ))
    })?;
    print::bytes(set.text.as_bytes())?;
    Ok(DONE)
}
