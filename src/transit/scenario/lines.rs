//! Whether the lines of a what-if are lines of which a number can be said.

use std::collections::BTreeSet;

use super::{Scenario, ScenarioFault};
use crate::inputs::gtfs::Feed;
use crate::layers::NamedLine;
use crate::transit::known_lines::{KnownLine, KnownLines, NoOneLine};

impl Scenario {
    /// What is wrong with the lines, in their order. `known` are those of layers and of the what-if itself.
    pub(super) fn faults_of_lines(&self, known: &KnownLines<'_>, feeds: &[Feed]) -> Vec<ScenarioFault> {
        let mut faults = Vec::new();
        let mut earlier: Vec<KnownLine> = Vec::new();
        for line in self.lines.iter().map(|said| &said.line) {
            if is_of_timetable(line, feeds) {
                faults.push(ScenarioFault::LineOfTimetable { line: line.clone() });
                continue;
            }
            match known.find(line) {
                Ok(found) if earlier.iter().any(|one| one.may_be(&found)) => {
                    faults.push(ScenarioFault::LineTwice { line: line.clone() });
                }
                Ok(found) => earlier.push(found),
                Err(NoOneLine::Unknown(nearest)) => {
                    faults.push(ScenarioFault::UnknownLine { line: line.clone(), nearest });
                }
                Err(NoOneLine::Several(all)) => {
                    let kinds: BTreeSet<&str> = all.iter().map(|(kind, _)| kind.id()).collect();
                    let operators: BTreeSet<String> = all.iter().filter_map(|(_, operator)| operator.clone()).collect();
                    faults.push(ScenarioFault::SeveralLines {
                        line: line.clone(),
                        kinds: kinds.into_iter().collect(),
                        operators: operators.into_iter().collect(),
                    });
                }
            }
        }
        faults
    }
}

/// Whether timetables tell how often it runs: they have a route of its name, of the operator that is named if one is. Layers and
/// timetables seldom write an operator alike, so that only one that is named tells two lines apart.
fn is_of_timetable(line: &NamedLine, feeds: &[Feed]) -> bool {
    feeds
        .iter()
        .flat_map(|feed| &feed.routes)
        .any(|route| route.names.contains(&line.name) && (line.operator.is_none() || line.operator == route.operator))
}
