//! `kyoten criteria`: the catalogue, from code.

use clap::Args;

use super::{DONE, Failure};

#[derive(Debug, Args)]
pub(super) struct CriteriaArguments {
    /// A criterion's id; all of them in short unless given.
    id: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every command gives the same")]
pub(super) fn criteria(arguments: &CriteriaArguments) -> Result<u8, Failure> {
    let _ = &arguments.id;
    Ok(DONE)
}
