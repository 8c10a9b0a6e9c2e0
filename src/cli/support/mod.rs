//! `kyoten support`: what does a project come to under the programme, step by step?

mod text;

use std::path::PathBuf;

use clap::Args;

use super::municipality::list;
use super::reader::{Globals, say};
use super::{ATTENTION, DONE, Failure, print};
use crate::programme::{EXAMPLE, open};

const EXAMPLES_EN: &str = "\
Examples:
  kyoten support --example > support.toml  a file to begin with, its keys explained in Japanese
  kyoten support support.toml              each step with its statement, then the conditions
  kyoten support support.toml --json       for programs (docs/schemas/support.schema.json)

Exit status: 0 done; 1 a condition is not met, or the type is closed to the municipality; 2 bad input.";

const EXAMPLES_JA: &str = "\
例:
  kyoten support --example > support.toml  書き方の例（キーの説明付き）を作る
  kyoten support support.toml              手順を1つずつ、根拠とともに表示する
  kyoten support support.toml --json       形式は docs/schemas/support.schema.json

終了コード: 0 完了。1 満たさない条件がある、または市町村がそのタイプを使えない。2 入力の誤り。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct SupportArguments {
    #[arg(value_name = "FILE", required_unless_present = "example", help = say(
        "計画の金額と条件のファイル（TOML）", "The amounts and conditions of a project (TOML)"))]
    file: Option<PathBuf>,
    #[arg(long, conflicts_with = "file", help = say("書き方の例を表示する", "Print a file to begin with"))]
    example: bool,
    #[arg(long, value_name = "RULES", help = say(
        "使えない市区町村の一覧をとるルール（付属のルールの名前かファイル）",
        "The rules whose list of municipalities is used: a name of one that ships, or a file"))]
    rules: Option<PathBuf>,
    #[arg(long, help = say("JSONで表示する", "Print JSON"))]
    pub(super) json: bool,
}

pub(super) fn support(arguments: &SupportArguments, globals: &Globals) -> Result<u8, Failure> {
    let Some(file) = arguments.file.as_deref().filter(|_| !arguments.example) else {
        print::bytes(EXAMPLE.as_bytes())?;
        return Ok(DONE);
    };
    let list = list(None, arguments.rules.as_deref())?;
    let (plan, reckoning) = open(file, list.as_ref())?;
    if arguments.json {
        print::out(format_args!("{:#}", reckoning.document(&plan)))?;
    } else if !globals.quiet {
        print::out(text::text(&plan, &reckoning))?;
    }
    Ok(if reckoning.asks_for_attention() { ATTENTION } else { DONE })
}
