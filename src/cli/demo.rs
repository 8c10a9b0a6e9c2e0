//! `kyoten demo`: a made-up city and the run on it.

use clap::Args;

use super::{DONE, Failure};

#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// How many parcels.
    #[arg(long, default_value_t = 2000)]
    parcels: usize,
}

#[expect(clippy::unnecessary_wraps, reason = "every command gives the same")]
pub(super) fn demo(arguments: &DemoArguments) -> Result<u8, Failure> {
    let _ = arguments.parcels;
    Ok(DONE)
}
