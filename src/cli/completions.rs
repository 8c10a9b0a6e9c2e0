//! `kyoten completions` and `kyoten man`: what a shell and a manual know of the program, from its own definition.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::reader::say;
use super::{DONE, Failure, print};
use crate::diagnostics::{Diagnostic, refusal};

const EXAMPLES_EN: &str = "\
Examples:
  kyoten completions bash > ~/.local/share/bash-completion/completions/kyoten
  kyoten completions powershell >> $PROFILE";

const EXAMPLES_JA: &str = "\
例:
  kyoten completions bash > ~/.local/share/bash-completion/completions/kyoten
  kyoten completions powershell >> $PROFILE";

/// The examples of the manual page.
pub(super) const MAN_EN: &str = "\
Examples:
  kyoten man > kyoten.1
  kyoten man | man -l -";

pub(super) const MAN_JA: &str = "\
例:
  kyoten man > kyoten.1
  kyoten man | man -l -";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct CompletionsArguments {
    #[arg(value_enum, help = say("シェルの種類", "The shell"))]
    shell: Shell,
}

/// Prints the completions of a shell.
pub(super) fn completions(arguments: &CompletionsArguments, program: &mut Command) -> Result<u8, Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, program, "kyoten", &mut script);
    print::bytes(&script)?;
    Ok(DONE)
}

/// Prints the manual page, in roff.
pub(super) fn man(program: Command) -> Result<u8, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(program).render(&mut page).map_err(|error| {
        let reason = refusal(&error);
        Diagnostic::error(
            "man-not-printed",
            text!("表示できません（{reason}）。", "the page cannot be printed ({reason})", reason = reason),
        )
    })?;
    print::bytes(&page)?;
    Ok(DONE)
}
