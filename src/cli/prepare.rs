//! `kyoten prepare`: everything of a run that no parcel is needed for, kept as a file.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::progress::Bar;
use super::reader::{Globals, say};
use super::run::{in_pool, open, threads};
use super::{DONE, Failure, notices, print};
use crate::outputs::thousands;
use crate::pipeline;
use crate::runs::NoticeRecord;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten prepare kyoten.toml -o city.kyoten       read the layers and work out the zones, once
  kyoten run kyoten.toml --study city.kyoten      the same run as without it, begun at once

A study is refused (2) where a layer, a rule, a threshold or kyoten itself is another by now.
With KYOTEN_CACHE=DIR every run keeps its study there and finds it again by itself.";

const EXAMPLES_JA: &str = "\
例:
  kyoten prepare kyoten.toml -o city.kyoten       レイヤーの読み込みと区域の計算を済ませておく
  kyoten run kyoten.toml --study city.kyoten      付けないときと同じ結果が、すぐに始まる

レイヤー・ルール・基準値・kyoten のどれかが変わっていれば使えません（終了コード2）。
環境変数 KYOTEN_CACHE=DIR があれば、run が自動で残し、次から使います。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct PrepareArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー", "A kyoten.toml, or a folder"))]
    project: PathBuf,
    #[arg(short, long, value_name = "FILE.kyoten", help = say(
        "書くファイル（.kyoten）。すでにあれば置き換える", "The file to write; one that is there is replaced"))]
    out: PathBuf,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を置き換える。run にも同じものを付ける",
        "Another value in the place of one of the kyoten.toml; give the run the same"))]
    set: Vec<String>,
    #[arg(long, value_name = "N", value_parser = threads, help = say(
        "使うスレッドの数（指定がなければすべて）", "Threads to use; all there are unless given"))]
    threads: Option<u16>,
    #[arg(long, help = say("JSONで表示する", "Print JSON"))]
    pub(super) json: bool,
}

pub(super) fn prepare(arguments: &PrepareArguments, globals: &Globals) -> Result<u8, Failure> {
    let mut project = open(&arguments.project, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    let bar = Bar::new(globals);
    let prepared = in_pool(arguments.threads, || pipeline::prepare(&project, &arguments.out, &bar));
    bar.finish();
    let prepared = prepared??;
    if arguments.json {
        let records = prepared.notices.iter().map(|(layer, kind, tally)| NoticeRecord::new(layer, kind, tally));
        let notices: Vec<_> = records.collect();
        print::out(json!({ "file": arguments.out, "bytes": prepared.bytes, "notices": notices }))
            .map_err(Failure::though_done)?;
        return Ok(DONE);
    }
    notices::tell(&prepared.notices, globals);
    if !globals.quiet {
        let (file, bytes) = (arguments.out.display(), thousands(prepared.bytes));
        let said = text!("{file} を書きました（{bytes}バイト）。", "wrote {file}, {bytes} bytes");
        print::out(said.get(super::reader::lang())).map_err(Failure::though_done)?;
    }
    Ok(DONE)
}
