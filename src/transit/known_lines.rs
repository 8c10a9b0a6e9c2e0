//! Which line 路線 is meant where somebody names one without a stop, and where does it call?
//!
//! A name alone may be that of several lines: of two operators, of a railway and of buses. Which of them is meant is never
//! guessed. A row that says nothing of its operator, or of its lines, may be served by a line, and nothing is sure of that.

use std::collections::{BTreeMap, BTreeSet};

use super::Stop;
use crate::layers::{Blank, Line, NamedLine, StopKind, StopRow};
use crate::regions::Certainty;

/// How many near names are given.
const NEAR: usize = 3;

/// Why nobody can say which line is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoOneLine {
    /// No layer has it; the lines that are most like it, the best first.
    Unknown(Vec<String>),
    /// There are several of the name, told with their kind and operator.
    Several(Vec<(StopKind, Option<String>)>),
}

/// The lines that stations and stops name.
#[derive(Debug, Default)]
pub struct KnownLines<'a> {
    /// By name, the operators of rail and of bus lines; `None` where a row says nothing of it.
    by_name: BTreeMap<&'a str, BTreeSet<(StopKind, Option<&'a str>)>>,
}

/// What is known of the lines of a station or stop.
#[derive(Debug, Clone, Copy)]
pub struct LinesHere<'r> {
    kind: StopKind,
    may_be: Option<StopKind>,
    lines: &'r [Line],
    blank: Blank,
}

impl<'r> From<&'r StopRow> for LinesHere<'r> {
    fn from(row: &'r StopRow) -> Self {
        Self { kind: row.kind, may_be: row.may_be, lines: &row.lines, blank: row.blank }
    }
}

impl<'r> From<&'r Stop> for LinesHere<'r> {
    fn from(stop: &'r Stop) -> Self {
        Self { kind: stop.kind, may_be: stop.may_be, lines: &stop.lines, blank: stop.blank }
    }
}

/// A line that is known, ready to be asked where it calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLine {
    name: String,
    kind: Option<StopKind>,
    of_buses: bool,
    operator: Option<String>,
}

impl<'a> KnownLines<'a> {
    /// Collects them.
    #[must_use]
    pub fn of(rows: impl IntoIterator<Item = &'a StopRow>) -> Self {
        let mut by_name: BTreeMap<&str, BTreeSet<(StopKind, Option<&str>)>> = BTreeMap::new();
        for row in rows {
            for Line { operator, name } in &row.lines {
                for kind in std::iter::once(row.kind).chain(row.may_be) {
                    by_name.entry(name).or_default().insert((kind, operator.as_deref()));
                }
            }
        }
        Self { by_name }
    }

    /// The line that is meant.
    ///
    /// # Errors
    /// Where there is none, or where there are several.
    pub fn find(&self, named: &NamedLine) -> Result<KnownLine, NoOneLine> {
        let all = self.by_name.get(named.name.as_str());
        let is_meant = |(kind, operator): &&(StopKind, Option<&str>)| {
            named.kind.is_none_or(|asked| asked == *kind)
                && named.operator.as_deref().is_none_or(|asked| *operator == Some(asked))
        };
        let meant: Vec<(StopKind, Option<&'a str>)> = all.into_iter().flatten().filter(is_meant).copied().collect();
        let Some(&(first, _)) = meant.first() else { return Err(NoOneLine::Unknown(self.nearest(named))) };
        // Tramways and railways share their lines.
        let of_buses = first == StopKind::Bus;
        let operators: BTreeSet<&str> = meant.iter().filter_map(|(_, operator)| *operator).collect();
        if operators.len() > 1 || meant.iter().any(|(kind, _)| (*kind == StopKind::Bus) != of_buses) {
            let told = |(kind, operator): (StopKind, Option<&str>)| (kind, operator.map(str::to_owned));
            return Err(NoOneLine::Several(meant.into_iter().map(told).collect()));
        }
        let operator = operators.first().map(|&operator| operator.to_owned());
        Ok(KnownLine { name: named.name.clone(), kind: named.kind, of_buses, operator })
    }

    /// The lines most like one, the best first; of equals in the order of the alphabet.
    fn nearest(&self, named: &NamedLine) -> Vec<String> {
        // Where the name is right, the operator or the kind is not: those of that name are near.
        let same = self.by_name.get(named.name.as_str()).into_iter().flatten();
        let same: BTreeSet<String> = same.map(|(_, operator)| told(*operator, &named.name)).collect();
        if !same.is_empty() {
            return same.into_iter().take(NEAR).collect();
        }
        let word = named.name.to_lowercase();
        // Layers often write more than people say: 焼津循環線(焼津市自主運行バス).
        let likeness = |name: &str| {
            let name = name.to_lowercase();
            let holds = name.contains(&word) || word.contains(&name);
            f64::from(u8::from(holds)) + strsim::normalized_damerau_levenshtein(&word, &name)
        };
        let mut ranked: Vec<(f64, &str)> = self.by_name.keys().map(|&name| (likeness(name), name)).collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        ranked.into_iter().take(NEAR).map(|(_, name)| name.to_owned()).collect()
    }
}

/// A line as lists name it.
fn told(operator: Option<&str>, name: &str) -> String {
    Line { operator: operator.map(str::to_owned), name: name.to_owned() }.to_string()
}

impl KnownLine {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether two may be one: then one number would stand against another.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let kinds = self.kind.zip(other.kind).is_none_or(|(one, other)| one == other);
        self.name == other.name && self.of_buses == other.of_buses && self.operator == other.operator && kinds
    }

    /// Whether it calls where a row stands.
    #[must_use]
    pub fn calls_at<'r>(&self, row: impl Into<LinesHere<'r>>) -> Certainty {
        let row = row.into();
        // Of a row without lines nobody knows which call there.
        let of_lines = row.lines.iter().map(|line| self.is(row, line)).max();
        of_lines.unwrap_or_else(|| self.is_of(row).min(Certainty::Possible))
    }

    /// Whether it is this line of a row.
    #[must_use]
    pub fn is<'r>(&self, row: impl Into<LinesHere<'r>>, line: &Line) -> Certainty {
        let row = row.into();
        if line.name != self.name {
            return Certainty::No;
        }
        let of_operator = match (&line.operator, &self.operator) {
            (None, None) if row.blank.operator => Certainty::Possible,
            (theirs, ours) if theirs == ours => Certainty::Sure,
            (Some(_), Some(_)) => Certainty::No,
            _ => Certainty::Possible,
        };
        of_operator.min(self.is_of(row))
    }

    /// Whether a row is of its kind.
    fn is_of(&self, row: LinesHere<'_>) -> Certainty {
        let is = |kind: StopKind| self.kind.map_or((kind == StopKind::Bus) == self.of_buses, |asked| asked == kind);
        if is(row.kind) {
            Certainty::Sure
        } else if row.may_be.is_some_and(is) {
            Certainty::Possible
        } else {
            Certainty::No
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::Blank;

    fn row(kind: StopKind, lines: &[(&str, &str)]) -> StopRow {
        let line = |(operator, name): &(&str, &str)| Line {
            operator: (!operator.is_empty()).then(|| (*operator).to_owned()),
            name: (*name).to_owned(),
        };
        StopRow {
            name: Some("港".to_owned()),
            kind,
            may_be: None,
            lines: lines.iter().map(line).collect(),
            operator: None,
            blank: Blank::default(),
            group: None,
            parts: [0.0, 0.0].into(),
            peak_trips: None,
            daily_trips: None,
        }
    }

    fn named(kind: Option<StopKind>, operator: &str, name: &str) -> NamedLine {
        let operator = (!operator.is_empty()).then(|| operator.to_owned());
        NamedLine { kind, operator, name: name.to_owned() }
    }

    #[test]
    fn a_name_of_two_operators_or_of_rail_and_bus_is_not_guessed() {
        let rows = [
            row(StopKind::Bus, &[("甲", "循環線"), ("乙", "循環線"), ("甲", "港線")]),
            row(StopKind::Rail, &[("丙", "港線")]),
        ];
        let lines = KnownLines::of(&rows);
        let several = |named: NamedLine| match lines.find(&named) {
            Err(NoOneLine::Several(all)) => all.len(),
            _ => 0,
        };
        assert_eq!((several(named(None, "", "循環線")), several(named(None, "", "港線"))), (2, 2));
        let one = named(None, "乙", "循環線");
        assert_eq!(lines.find(&one).map(|line| line.calls_at(&rows[1])), Ok(Certainty::No));
        let bus = named(Some(StopKind::Bus), "", "港線");
        let line = lines.find(&bus).expect("of buses there is one");
        assert_eq!((line.calls_at(&rows[0]), line.calls_at(&rows[1])), (Certainty::Sure, Certainty::No));
    }

    #[test]
    fn a_line_that_no_layer_has_is_told_with_the_nearest() {
        let rows = [row(StopKind::Bus, &[("", "焼津循環線"), ("甲", "大島線")])];
        let lines = KnownLines::of(&rows);
        let near = |named: NamedLine| match lines.find(&named) {
            Err(NoOneLine::Unknown(near)) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near(named(None, "", "焼津循環腺"))[0], "焼津循環線");
        assert_eq!(near(named(None, "乙", "大島線")), ["甲 大島線"]);
        let rows = [row(StopKind::Bus, &[("", "焼津循環線(焼津市自主運行バス)"), ("", "焼津大島線")])];
        let told = KnownLines::of(&rows).find(&named(None, "", "焼津循環線"));
        assert!(matches!(told, Err(NoOneLine::Unknown(near)) if near[0] == "焼津循環線(焼津市自主運行バス)"));
        assert_eq!(near(named(Some(StopKind::Rail), "", "焼津循環線")), ["焼津循環線"]);
    }

    #[test]
    fn where_operator_or_lines_are_not_known_nothing_is_sure() {
        let mut lost = row(StopKind::Bus, &[("", "循環線")]);
        lost.blank.operator = true;
        let rows = [row(StopKind::Bus, &[("甲", "循環線")]), row(StopKind::Bus, &[("", "循環線")]), lost];
        let named = named(None, "", "循環線");
        let (lines, lost_alone) = (KnownLines::of(&rows), KnownLines::of(&rows[2..]));
        let line = lines.find(&named).expect("one operator has it");
        assert_eq!(
            [0, 1, 2].map(|at| line.calls_at(&rows[at])),
            [Certainty::Sure, Certainty::Possible, Certainty::Possible]
        );
        assert_eq!(line.calls_at(&row(StopKind::Bus, &[])), Certainty::Possible);
        assert_eq!(line.calls_at(&row(StopKind::Rail, &[])), Certainty::No);
        assert_eq!(lost_alone.find(&named).map(|line| line.calls_at(&rows[2])), Ok(Certainty::Possible));
    }
}
