//! What is printed when a command is not done: what was wrong, then what to do.

use std::fmt::Display;

use anstream::eprintln;
use anstyle::{AnsiColor, Style};

use crate::inputs::InputError;
#[cfg(feature = "maps")]
use crate::maps::still::StillError;
use crate::pipeline::RunError;
use crate::project::ProjectError;
use crate::queries::DiffError;
use crate::runs::RunFolderError;

/// Why a command was not done.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    help: Option<String>,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

impl Failure {
    /// A failure with a message and, where there is something to do about it, help.
    pub(super) fn new(message: impl Display, help: Option<String>) -> Self {
        Self { message: message.to_string(), help }
    }

    /// Prints it on standard error.
    pub(super) fn print(&self) {
        eprintln!("{ERROR}error{ERROR:#}: {}", self.message);
        if let Some(help) = &self.help {
            for line in help.lines() {
                eprintln!("  {HELP}help{HELP:#}: {line}");
            }
        }
    }
}

impl From<ProjectError> for Failure {
    fn from(error: ProjectError) -> Self {
        let help = error.help();
        Self::new(error, Some(help).filter(|help| !help.is_empty()))
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        let help = error.help();
        Self::new(error, help)
    }
}

impl From<DiffError> for Failure {
    fn from(error: DiffError) -> Self {
        let help = error.help();
        Self::new(error, help)
    }
}

impl From<RunFolderError> for Failure {
    fn from(error: RunFolderError) -> Self {
        let help = error.help();
        Self::new(error, help)
    }
}

#[cfg(feature = "maps")]
impl From<StillError> for Failure {
    fn from(error: StillError) -> Self {
        let help = error.help();
        Self::new(error, help)
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let help = error.help();
        Self::new(error, help)
    }
}

#[cfg(feature = "serve")]
impl From<crate::serve::ServeError> for Failure {
    fn from(error: crate::serve::ServeError) -> Self {
        let help = error.help().to_owned();
        Self::new(error, Some(help))
    }
}
