//! `kyoten batch`: many municipalities, one run folder each.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::Args;
use indicatif::ProgressBar;
use serde_json::json;

use super::chosen::not_piped;
use super::progress::ProgressKind;
use super::reader::{Globals, lang, say};
use super::run::{How, options, pool};
use super::{ATTENTION, DONE, Failure, print};
use crate::batch::{Batch, BatchProgress, MANIFEST, Manifest, ShardRecord, ShardState};
use crate::outputs::thousands;
use crate::project::Project;
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten batch shards.toml --out nation --format parquet --no-map   a run folder for each project of the list
  kyoten batch shards.toml --out nation --jobs 4                       four at a time

  shards.toml:  projects = [\"cities/*/kyoten.toml\"]

Each run goes into DIR/pref=22/muni=22212. Given the same again after it was broken off, it goes on where it was: what stands
and was made of the same files and settings is not made again. A project that cannot be run says why in batch.json, the
others go on, and the status is 1.";

const EXAMPLES_JA: &str = "\
例:
  kyoten batch shards.toml --out nation --format parquet --no-map   一覧のプロジェクトごとに結果のフォルダーを作る
  kyoten batch shards.toml --out nation --jobs 4                       4つずつ同時に

  shards.toml の書き方:  projects = [\"cities/*/kyoten.toml\"]

結果は DIR/pref=22/muni=22212 のように分けて書きます。途中で終わったら、同じものをもう一度実行してください。
同じ入力・設定で作った結果が残っている市区町村は飛ばして、続きから始めます。
実行できないプロジェクトがあっても残りは続け、理由を batch.json に書きます（終了コード1）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct BatchArguments {
    #[arg(value_name = "SHARDS.toml", help = say("プロジェクトの一覧（TOML）", "A list of projects (TOML)"))]
    shards: PathBuf,
    #[arg(long, value_name = "N", help = say(
        "同時に実行する数（指定がなければCPUの数）。1つごとに1回の実行と同じメモリを使う",
        "How many run at a time; as many as there are processors unless given. Each takes the memory of a run"))]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(super) how: How,
}

pub(super) fn batch(arguments: &BatchArguments, globals: &Globals) -> Result<u8, Failure> {
    let BatchArguments { shards, jobs, how } = arguments;
    not_piped(&how.out)?;
    let batch = Batch::open(shards)?;
    let asked = |project: &Project| options(how, false, &project.rules, globals).map_err(Failure::diagnostics);
    let processors = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let jobs = jobs.unwrap_or(processors).min(NonZeroUsize::new(batch.shards.len()).unwrap_or(NonZeroUsize::MIN));
    let threads = how.threads.map_or(processors.get(), usize::from).div_ceil(jobs.get());
    let pools = (0..jobs.get()).map(|_| pool(threads)).collect::<Result<Vec<_>, _>>()?;
    let shown = Shown::new(globals, batch.shards.len());
    let done = batch.run(&how.out, &asked, &pools, &shown);
    shown.bar.finish_and_clear();
    // As of every pool: see `in_pool`.
    std::mem::forget(pools);
    let manifest = done?;
    conclude(&manifest, how, globals).map_err(Failure::though_done)
}

/// Says what came of it.
fn conclude(manifest: &Manifest, how: &How, globals: &Globals) -> Result<u8, Failure> {
    if how.json {
        print::out(json!(manifest))?;
    } else if !globals.quiet {
        let done = manifest.shards.iter().filter(|shard| matches!(shard.state, ShardState::Done));
        let parcels = thousands(done.clone().filter_map(|shard| shard.parcels).sum());
        let (done, of, file) = (done.count(), manifest.shards.len(), how.out.join(MANIFEST));
        let said = text!(
            "{of}件のうち{done}件、{parcels}筆を判定しました: {file}",
            "{done} of {of} projects, {parcels} parcels: {file}",
            file = file.display()
        );
        print::out(said.get(lang()))?;
    }
    Ok(if manifest.is_whole() { DONE } else { ATTENTION })
}

/// How far it is, and what could not be run.
struct Shown {
    kind: ProgressKind,
    bar: ProgressBar,
}

impl Shown {
    fn new(globals: &Globals, of: usize) -> Self {
        let kind = globals.progress;
        Self { kind, bar: kind.bar(Some(of as u64), globals.quiet) }
    }
}

impl BatchProgress for Shown {
    fn ended(&self, shard: &ShardRecord, ended: usize, of: usize) {
        self.bar.set_position(ended as u64);
        self.kind.line(&Text::new("市区町村", "municipalities"), Some((ended as u64, of as u64)));
        if let ShardState::Failed { .. } = &shard.state {
            self.bar.suspend(|| shard.errors().iter().for_each(|said| print::aside(not_run(shard, said))));
        }
    }
}

/// A line on a project that could not be run.
fn not_run(shard: &ShardRecord, said: &Text) -> String {
    let place = shard.project.display();
    let line = text!("実行できません（{place}）: {said}", "not run, {place}: {said}", said = said.clone());
    line.get(lang()).to_owned()
}
