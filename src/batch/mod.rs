//! What if there are many municipalities? A list of projects → a run folder for each, and what became of it.
//!
//! [`Batch::open`] reads the list, [`Batch::run`] works it off, several projects at a time. Each run stands whole or not at all, as
//! [`crate::runs`] has it; what became of each stands in `batch.json` as soon as it has ended. So a batch that was killed goes on
//! where it was: what stands there, and was made of what is asked for now, is not made again. A project that cannot be run says
//! why, and the others go on.
//!
//! The projects of a list may also be run apart, on several machines that share the folder of results: [`Shard::run_apart`], then
//! [`Batch::gather`].

mod error;
mod left;
mod manifest;
mod shard;
mod shards;
mod work;

pub use error::BatchError;
pub use manifest::{MANIFEST, Manifest, ShardRecord, ShardState};
pub use shard::Shard;
pub use shards::Batch;
pub use work::{Asked, BatchProgress};
