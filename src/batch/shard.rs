//! One project of a batch: where it is, and where its run goes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::Asked;
use super::left::{leave, left_of};
use super::manifest::{Manifest, ShardRecord, ShardState};
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::discovery;
use crate::disk::OutputError;
use crate::pipeline::{self, Options, Report};
use crate::project::Project;
use crate::runs::RunFolder;
use crate::text::Text;

/// One project of a batch.
#[derive(Debug)]
pub struct Shard {
    /// The project file or folder, as the list names it.
    pub given: PathBuf,
    /// The municipality's code, five digits, where the list or the project says it.
    pub municipality: Option<String>,
    /// The project, or what is wrong with it.
    pub project: Result<Box<Project>, Vec<Diagnostic>>,
}

impl Shard {
    /// Opens a project of this path, with the municipality's code where the list says it.
    #[must_use]
    pub fn open(given: PathBuf, municipality: Option<String>) -> Self {
        let project = discovery::open(&given, |_| ()).map(|found| {
            let mut project = found.project;
            if let Some(code) = &municipality {
                project.municipality = Some(code.clone());
            }
            Box::new(project)
        });
        let municipality = municipality.or_else(|| project.as_ref().ok()?.municipality.clone());
        Self { given, municipality, project }
    }

    /// Where its run goes, from the folder of results on: `pref=22/muni=22212`, so that readers of Parquet take both for
    /// columns. None where nobody says which municipality it is.
    #[must_use]
    pub fn folder(&self) -> Option<PathBuf> {
        let code = self.municipality.as_ref()?;
        Some(PathBuf::from(format!("pref={}", code.get(..2)?)).join(format!("muni={code}")))
    }

    /// Does its run apart from the others of its list, perhaps on another machine, unless one stands there that was made of the
    /// same. What became of it is left in the folder of results, for [`super::Batch::gather`], or for whoever goes on after a batch that
    /// was broken off.
    ///
    /// # Errors
    /// Where that cannot be written. What is wrong with the project is told in what comes back.
    pub fn run_apart(&self, out: &Path, asked: &Asked<'_>) -> Result<ShardRecord, OutputError> {
        let code = self.municipality.as_deref();
        let earlier = code.and_then(|code| left_of(out, code).or_else(|| Manifest::open(out).of(code).cloned()));
        let record = self.run(out, asked, earlier.as_ref());
        leave(&record, out)?;
        Ok(record)
    }

    /// What became of it where everybody who began its run was lost with it, so many of them.
    #[must_use]
    pub fn lost(&self, attempts: usize) -> ShardRecord {
        self.record(ShardState::failed(&[lost(&self.given, attempts)]), None, None)
    }

    fn record(&self, state: ShardState, made_of: Option<String>, parcels: Option<u64>) -> ShardRecord {
        let (project, municipality) = (self.given.clone(), self.municipality.clone());
        ShardRecord { project, municipality, folder: self.folder(), state, made_of, parcels }
    }

    /// Does its run, unless one stands there that was made of the same.
    pub(super) fn run(&self, out: &Path, asked: &Asked<'_>, earlier: Option<&ShardRecord>) -> ShardRecord {
        let failed = |said: Vec<Diagnostic>| self.record(ShardState::failed(&said), None, None);
        let project = match &self.project {
            Ok(project) => project,
            Err(said) => return failed(said.clone()),
        };
        let Some(folder) = self.folder() else { return failed(vec![no_municipality(&self.given)]) };
        let options = match asked(project) {
            Ok(options) => Options { out: Some(out.join(&folder)), ..options },
            Err(said) => return failed(said),
        };
        let made_of = match pipeline::fingerprint(project, &options) {
            Ok(made_of) => made_of,
            Err(error) => return failed(error.diagnostics()),
        };
        if let Some(earlier) = earlier.filter(|earlier| stands(earlier, &made_of, &out.join(&folder))) {
            return ShardRecord { project: self.given.clone(), ..earlier.clone() };
        }
        match measured(project, &options) {
            Ok(report) => self.record(ShardState::Done, Some(made_of), Some(report.record.parcels.count)),
            Err(said) => failed(said),
        }
    }
}

/// A run, or what is wrong. A fault of the program's own is one, too: the other municipalities are none the worse for it.
fn measured(project: &Project, options: &Options) -> Result<Report, Vec<Diagnostic>> {
    let run = || pipeline::run(project, options, &());
    let done = catch_unwind(AssertUnwindSafe(run)).map_err(|_| vec![broken_off(project)])?;
    done.map_err(|error| error.diagnostics())
}

/// Whether the run that an earlier batch made is still there, of the same inputs and as it was written.
fn stands(earlier: &ShardRecord, made_of: &str, folder: &Path) -> bool {
    let is_same = matches!(earlier.state, ShardState::Done) && earlier.made_of.as_deref() == Some(made_of);
    is_same && RunFolder::open(folder).is_ok_and(|run| run.is_as_written())
}

fn no_municipality(given: &Path) -> Diagnostic {
    Diagnostic::error(
        "shard-without-municipality",
        Text::new("市区町村コードがわかりません。", "nobody says which municipality it is"),
    )
    .at(given.display())
    .help(Text::new(
        "プロジェクトに municipality = \"22212\" のように書くか、一覧の [[shards]] に書いてください。結果のフォルダー名になります。",
        "write `municipality = \"22212\"` into the project, or into its [[shards]] of the list: the folder of its results is called so",
    ))
}

fn lost(given: &Path, attempts: usize) -> Diagnostic {
    Diagnostic::error(
        "shard-lost",
        text!(
            "判定していたプロセスが{attempts}回とも途中で失われました。結果は書いていません。",
            "each of {attempts} processes that ran it was lost on the way; nothing of it is written"
        ),
    )
    .at(given.display())
    .help(Text::new(
        "多くはメモリー不足です。1つのプロセスが使えるメモリーを増やすか、この市区町村だけを大きなメモリーのマシンで `kyoten run` で実行してください。",
        "mostly there was too little memory: give each process more, or run this one with `kyoten run` where there is enough",
    ))
}

fn broken_off(project: &Project) -> Diagnostic {
    Diagnostic::error(
        "shard-broken-off",
        Text::new(
            "kyoten の不具合で途中で終わりました。何も書いていません。",
            "a fault of kyoten's own broke it off; nothing of it is written",
        ),
    )
    .at(project.file.display())
    .help(Text::new(
        "`kyoten run` で同じプロジェクトを実行し、表示された内容を開発者に知らせてください。",
        "run the project alone with `kyoten run`, and report what it prints",
    ))
}
