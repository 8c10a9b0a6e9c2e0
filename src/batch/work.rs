//! How is a list worked off? Each of several workers takes the next project, with a pool of threads of its own.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::manifest::{Manifest, ShardRecord};
use super::{Batch, BatchError};
use crate::diagnostics::Diagnostic;
use crate::pipeline::Options;
use crate::project::Project;
use crate::runs::ToolRecord;

/// Somebody who wants to know how far a batch is.
pub trait BatchProgress: Sync {
    /// A project has ended; so many of all have.
    fn ended(&self, shard: &ShardRecord, ended: usize, of: usize);
}

/// Nobody.
impl BatchProgress for () {
    fn ended(&self, _shard: &ShardRecord, _ended: usize, _of: usize) {}
}

/// How a project is to be run, or why it cannot be so.
pub type Asked<'a> = dyn Fn(&Project) -> Result<Options, Vec<Diagnostic>> + Sync + 'a;

impl Batch {
    /// Runs every project whose run does not stand already into folders of `out`, one at a time in each of the pools, and
    /// writes `batch.json` whenever one has ended. `asked` says how a project is to be run; the folder is given here.
    ///
    /// Each of those that run at a time needs the memory of a run. What comes of it depends neither on the number of pools nor on
    /// how often a batch was broken off.
    ///
    /// # Errors
    /// Where `batch.json` cannot be written. Projects that cannot be run are told of in it.
    pub fn run(
        &self,
        out: &Path,
        asked: &Asked<'_>,
        pools: &[rayon::ThreadPool],
        progress: &dyn BatchProgress,
    ) -> Result<Manifest, BatchError> {
        let next = AtomicUsize::new(0);
        let sofar = Mutex::new(SoFar::new(self, &Manifest::open(out)));
        let work = |pool: &rayon::ThreadPool| -> Result<(), BatchError> {
            while let Some((index, shard)) = self.next(&next) {
                let earlier = lock(&sofar).records[index].clone();
                let record = pool.install(|| shard.run(out, asked, earlier.as_ref()));
                lock(&sofar).add(index, record, out, progress)?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = pools.iter().map(|pool| scope.spawn(|| work(pool))).collect();
            let done =
                workers.into_iter().map(|worker| worker.join().unwrap_or_else(|told| std::panic::resume_unwind(told)));
            done.collect::<Vec<_>>().into_iter().collect::<Result<(), _>>()
        })?;
        Ok(lock(&sofar).manifest())
    }

    /// Writes `batch.json` where its projects were run apart ([`super::Shard::run_apart`]): what became of each, in the order of the list.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn gather(records: Vec<ShardRecord>, out: &Path) -> Result<Manifest, BatchError> {
        let manifest = Manifest { tool: ToolRecord::default(), shards: records };
        manifest.write(out)?;
        Ok(manifest)
    }

    fn next(&self, next: &AtomicUsize) -> Option<(usize, &super::Shard)> {
        let index = next.fetch_add(1, Ordering::Relaxed);
        Some((index, self.shards.get(index)?))
    }
}

fn lock(sofar: &Mutex<SoFar>) -> MutexGuard<'_, SoFar> {
    sofar.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known of every project: what has become of it, or became of it in an earlier batch.
struct SoFar {
    records: Vec<Option<ShardRecord>>,
    ended: usize,
}

impl SoFar {
    fn new(batch: &Batch, earlier: &Manifest) -> Self {
        let known = |shard: &super::Shard| earlier.of(shard.municipality.as_deref()?).cloned();
        Self { records: batch.shards.iter().map(known).collect(), ended: 0 }
    }

    fn add(
        &mut self,
        index: usize,
        record: ShardRecord,
        out: &Path,
        progress: &dyn BatchProgress,
    ) -> Result<(), BatchError> {
        self.ended += 1;
        progress.ended(&record, self.ended, self.records.len());
        self.records[index] = Some(record);
        Ok(self.manifest().write(out)?)
    }

    fn manifest(&self) -> Manifest {
        Manifest { tool: ToolRecord::default(), shards: self.records.iter().flatten().cloned().collect() }
    }
}
