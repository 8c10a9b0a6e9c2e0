//! Which parcels a run is of: others than those of the project file, and a selection of them.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use clap::Args;

use super::reader::{lang, say};
use super::{Failure, print};
use crate::diagnostics::Diagnostic;
use crate::inputs::Spooled;
use crate::layers::{Filter, LonLatBox, Selection};
use crate::project::{OtherParcels, Project};
use crate::text::Text;

/// What stands for standard input and standard output.
pub(super) const PIPE: &str = "-";

/// Which parcels a run is of.
#[derive(Debug, Args)]
pub(super) struct WhichParcels {
    #[arg(long, value_name = "FILE", help = say(
        "kyoten.toml の筆の代わりに使うファイル。- は標準入力（GeoJSON、1行1地物、Arrow、GeoParquetなど）。`id` の指定はそのまま使う",
        "A file of parcels in the place of those of the kyoten.toml; - reads standard input (GeoJSON, a feature a line, Arrow, GeoParquet, …). The `id` of the file still holds"))]
    parcels: Option<String>,
    #[arg(long, value_name = "W,S,E,N", value_parser = bbox, allow_hyphen_values = true, help = say(
        "この範囲（経度・緯度、度。西,南,東,北）にかかる筆だけを判定する",
        "Only the parcels that reach into this box of longitude and latitude, degrees: west, south, east, north"))]
    bbox: Option<LonLatBox>,
    #[arg(long = "where", value_name = "EXPR", value_parser = filter, help = say(
        "属性が条件に合う筆だけを判定する（例: --where \"地積 >= 300 AND 地目 IN (宅地, 雑種地)\"）。くり返すと、すべてに合う筆",
        "Only the parcels whose own properties fit: --where \"area >= 300 AND use IN (residential, vacant)\". Given again, all must fit"))]
    filters: Vec<Filter>,
    #[arg(long, value_name = "N", value_parser = limit, help = say(
        "初めのN筆だけを判定する（--bbox と --where に合うもののうち）", "Only the first N parcels, of those that fit --bbox and --where"))]
    limit: Option<u64>,
}

fn bbox(given: &str) -> Result<LonLatBox, String> {
    LonLatBox::parse(given).map_err(|fault| fault.text().get(lang()).to_owned())
}

fn filter(given: &str) -> Result<Filter, String> {
    Filter::parse(given).map_err(|fault| fault.get(lang()).to_owned())
}

fn limit(given: &str) -> Result<u64, String> {
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| say("1以上の数を書いてください。", "write a number of 1 or more").to_owned())
}

impl WhichParcels {
    /// The selection that is asked for.
    pub(super) fn selection(&self) -> Selection {
        Selection { bbox: self.bbox, filters: self.filters.clone(), limit: self.limit }
    }

    /// Puts other parcels in the place of the project's, where some are given. What comes by standard input is taken whole.
    pub(super) fn replace(&self, project: &mut Project) -> Result<(), Failure> {
        let Some(given) = self.parcels.as_deref() else { return Ok(()) };
        if given != PIPE {
            project.replace_parcels(OtherParcels::File(given.to_owned()));
            return Ok(());
        }
        if io::stdin().is_terminal() {
            return Err(Diagnostic::error(
                "standard-input-is-a-terminal",
                Text::new(
                    "標準入力が端末につながっています。筆のデータを渡してください。",
                    "standard input is a terminal, and parcels are to come by it",
                ),
            )
            .at("--parcels -")
            .help(Text::new(
                "`… | kyoten run kyoten.toml --parcels -` か `< 筆のファイル` のように渡してください。",
                "pipe them, as in `… | kyoten run kyoten.toml --parcels -`, or give a file with `<`",
            ))
            .into());
        }
        project.replace_parcels(OtherParcels::Piped(Spooled::standard_input(io::stdin().lock())?));
        Ok(())
    }
}

/// Refuses standard output to a command that cannot write there.
pub(super) fn not_piped(out: &Path) -> Result<(), Failure> {
    if out.as_os_str() != PIPE {
        return Ok(());
    }
    Err(Diagnostic::error(
        "only-run-to-standard-output",
        Text::new("標準出力に書けるのは `kyoten run` だけです。", "only `kyoten run` writes to standard output"),
    )
    .at("--out -")
    .help(Text::new("フォルダーを指定してください。", "name a folder"))
    .into())
}

/// Why the parcels of a run cannot go to standard output.
pub(super) fn may_be_piped(how: &super::run::How, is_sweep: bool) -> Result<(), Failure> {
    let why = if is_sweep {
        text!("--sweep の結果は標準出力に書けません。", "a sweep cannot be written to standard output")
    } else if how.json {
        text!(
            "標準出力には筆を書くので、--json は使えません。",
            "standard output takes the parcels, and --json would print there too"
        )
    } else if how.format.iter().any(|format| format.name != how.format[0].name) {
        text!("標準出力に書けるのは1つの形式だけです。", "standard output takes one format")
    } else if let Some(format) = how.format.iter().find(|format| !format.stands_alone()) {
        let name = format.name;
        text!("{name} は標準出力に書けません。", "{name} cannot be written to standard output")
    } else {
        return Ok(());
    };
    let formats = super::run::formats_alone();
    let help =
        text!("形式は --format で {formats} から1つ選んでください。", "give one of them with --format: {formats}");
    let help = (!is_sweep && !how.json).then_some(help);
    Err(Diagnostic::error("not-to-standard-output", why).at("--out -").help(help).into())
}

/// Hands the parcels on to standard output. Whoever reads there may have read enough.
pub(super) fn hand_on(parcels: Option<std::fs::File>) -> Result<(), Failure> {
    let Some(mut parcels) = parcels else { return Ok(()) };
    print::pieces(|out| io::copy(&mut parcels, out).map(|_| ()))
}
