//! Which rule sets come with the program?

use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::RuleSet;
use super::reading::{self, RULE_FILE};
use crate::settings::{self, SettingsError};
use crate::text::kept;

/// A rule set that ships: its id, and its file.
struct Shipped {
    id: &'static str,
    text: &'static str,
    read: LazyLock<&'static RuleSet>,
}

macro_rules! shipped {
    ($($id:literal),*) => {
        [$(Shipped {
            id: $id,
            text: include_str!(concat!("rule_sets/", $id, ".toml")),
            read: LazyLock::new(|| read($id)),
        }),*]
    };
}

/// The rule sets that ship; the first is the default.
static SHIPPED: [Shipped; 4] = shipped!("saikochiku", "saihenshu", "walkable", "handbook");

fn read(id: &'static str) -> &'static RuleSet {
    let text = SHIPPED.iter().find(|one| one.id == id).map_or("", |one| one.text);
    // A test reads all of them.
    let set = reading::read(text, Path::new(id))
        .unwrap_or_else(|error| panic!("a rule set that ships cannot be read: {error}"));
    Box::leak(Box::new(RuleSet { text, ..set }))
}

/// The ids of the rule sets that ship; the first is the default.
pub fn shipped_ids() -> impl ExactSizeIterator<Item = &'static str> + Clone {
    SHIPPED.iter().map(|one| one.id)
}

/// The rule sets that ship, in the same order.
#[must_use]
pub fn shipped() -> Vec<&'static RuleSet> {
    SHIPPED.iter().map(|one| *one.read).collect()
}

/// The rule set of a project that names none.
#[must_use]
pub fn default_rules() -> &'static RuleSet {
    *SHIPPED[0].read
}

/// Whether a text is the file of a rule set that ships.
pub(super) fn is_shipped(text: &str) -> bool {
    SHIPPED.iter().any(|one| one.text == text)
}

impl RuleSet {
    /// The rule set of this id that ships.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|one| one.id == id).map(|one| *one.read)
    }

    /// Reads a rule set from a file. What is read stays, and the same text is read once.
    ///
    /// # Errors
    /// What keeps the file from being read, or every problem that it has.
    pub fn open(file: &Path) -> Result<&'static Self, SettingsError> {
        let bytes = settings::bytes(file, &RULE_FILE)?;
        Self::parse(settings::text(&bytes, file, &RULE_FILE)?, file)
    }

    /// Reads the text of a rule set. `file` is what messages name.
    ///
    /// # Errors
    /// Every problem that it has.
    pub fn parse(text: &str, file: &Path) -> Result<&'static Self, SettingsError> {
        static READ: Mutex<Vec<&RuleSet>> = Mutex::new(Vec::new());
        if let Some(one) = SHIPPED.iter().find(|one| one.text == text) {
            return Ok(*one.read);
        }
        let mut all = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = all.iter().find(|set| set.text == text) {
            return Ok(set);
        }
        let set = reading::read(text, file)?;
        let set = Self { text: kept(text), ..set };
        let set: &'static Self = Box::leak(Box::new(set));
        all.push(set);
        Ok(set)
    }

    /// Whether it comes with the program.
    #[must_use]
    pub fn is_shipped(&self) -> bool {
        is_shipped(self.text)
    }
}
