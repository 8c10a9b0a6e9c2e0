//! `kyoten check`: everything is read, every problem is said, nothing is measured.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::progress::Bar;
use super::reader::{Globals, say};
use super::run::open;
use super::sheet::Sheet;
use super::{ATTENTION, DONE, Failure, notices, print};
use crate::diagnostics::Severity;
use crate::pipeline;
use crate::runs::NoticeRecord;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten check kyoten.toml     every problem of the project and of its files
  kyoten check downloads/      of a folder, as `run` would take it

Exit status: 0 nothing to say; 1 warnings; 2 errors, and `run` would not start.";

const EXAMPLES_JA: &str = "\
例:
  kyoten check kyoten.toml     プロジェクトとそのファイルの問題をすべて挙げる
  kyoten check downloads/      `run` がフォルダーをどう読むかを確かめる

終了コード: 0 問題なし。1 注意あり。2 エラーあり（`run` は始まらない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct CheckArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー", "A kyoten.toml, or a folder"))]
    project: PathBuf,
    #[arg(long, help = say("JSONで表示する", "Print JSON"))]
    pub(super) json: bool,
}

pub(super) fn check(arguments: &CheckArguments, globals: &Globals) -> Result<u8, Failure> {
    let project = open(&arguments.project, globals)?;
    let bar = Bar::new(globals);
    let (errors, found) = pipeline::check(&project, &bar);
    bar.finish();
    let records: Vec<_> = found.iter().map(|(layer, kind, tally)| NoticeRecord::new(layer, kind, tally)).collect();
    if arguments.json {
        print::out(json!({ "errors": errors, "notices": records }))?;
    } else if !globals.quiet {
        let mut sheet = Sheet::new();
        notices::write(&mut sheet, &records, globals.verbose);
        let is_fine = errors.is_empty() && records.iter().all(|notice| notice.severity() == Severity::Info);
        if is_fine {
            sheet.say(
                0,
                &text!("{project}: 問題はありません。", "{project}: nothing to say", project = project.file.display()),
            );
        }
        let text = sheet.finish();
        if !text.is_empty() {
            print::out(text)?;
        }
    }
    if !errors.is_empty() {
        return if arguments.json { Ok(super::NOT_RUN) } else { Err(errors.into()) };
    }
    let warns = records.iter().any(|notice| notice.severity() <= Severity::Warning);
    Ok(if warns { ATTENTION } else { DONE })
}
