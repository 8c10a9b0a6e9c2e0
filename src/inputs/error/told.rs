//! An error as it is told: about its file, about the format, or about what the file holds.

use super::InputError;
use crate::diagnostics::{Diagnose, Diagnostic};

impl Diagnose for InputError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let said = self.of_files().or_else(|| self.of_formats()).or_else(|| self.of_contents());
        said.into_iter().collect()
    }
}

display_diagnosed!(InputError);
