//! The numbers that a rule set compares with: what each is called and measured in, and what it is in a run.

use super::{RuleSet, default_rules};
use crate::text::{Lang, Text};

/// One threshold.
#[derive(Debug, PartialEq)]
pub struct Threshold {
    /// The key in `[thresholds]`.
    pub key: &'static str,
    /// The rule set's number.
    pub default: f64,
    /// The smallest and largest number that make sense.
    pub range: (f64, f64),
    /// The unit as it is written after the number.
    pub unit: &'static str,
    /// What it is.
    pub name: Text,
}

impl Threshold {
    /// A number of this threshold with its unit, as prose has it: `300 m²`, `15 %`, `40 a hectare`.
    #[must_use]
    pub fn written(&self, number: f64) -> String {
        match self.unit {
            // Rounded, for a hundred times a binary fraction is rarely a whole number.
            "share" => format!("{} %", (number * 1e8).round() / 1e6),
            "1/ha" => format!("{number} a hectare"),
            "departures/h" => format!("{number} departures an hour"),
            "departures/day" => format!("{number} departures a day"),
            unit => format!("{number} {unit}"),
        }
    }

    /// The unit as a reader of a language reads it.
    #[must_use]
    pub fn unit_in(&self, lang: Lang) -> &'static str {
        match (lang, self.unit) {
            (Lang::Ja, "share") => "割合",
            (Lang::Ja, "1/ha") => "人/ha",
            (Lang::Ja, "departures/h") => "本/時",
            (Lang::Ja, "departures/day") => "本/日",
            (_, unit) => unit,
        }
    }

    /// A number of this threshold as Japanese prose has it: `15 %`, `40人/ha`.
    #[must_use]
    pub fn written_in_japanese(&self, number: f64) -> String {
        match self.unit {
            "1/ha" => format!("{number}人/ha"),
            "departures/h" => format!("{number}本/時"),
            "departures/day" => format!("{number}本/日"),
            _ => self.written(number),
        }
    }
}

/// The numbers of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    all: &'static [Threshold],
    numbers: Vec<f64>,
}

/// The threshold that every rule set has.
pub const MEMBERSHIP: &str = "membership";

/// All of an area is a little less than one, since boundaries that are meant to be the same seldom agree to the millimetre.
pub const WHOLE: f64 = 0.999;

impl Thresholds {
    /// The numbers that stand in a rule set.
    #[must_use]
    pub fn of(set: &'static RuleSet) -> Self {
        Self { all: &set.thresholds, numbers: set.thresholds.iter().map(|threshold| threshold.default).collect() }
    }

    /// What they are the numbers of, in the order of the rule set.
    #[must_use]
    pub fn all(&self) -> &'static [Threshold] {
        self.all
    }

    /// The number behind a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<f64> {
        Some(self.numbers[self.place(key)?])
    }

    /// The place to write the number behind a key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut f64> {
        let place = self.place(key)?;
        Some(&mut self.numbers[place])
    }

    /// The part of a parcel that must lie in a zone.
    #[must_use]
    pub fn membership(&self) -> f64 {
        self.get(MEMBERSHIP).unwrap_or(1.0)
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.all.iter().position(|threshold| threshold.key == key)
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::of(default_rules())
    }
}
