//! On what does a query rest, and does a finished run rest on the same? What is said of other files or by other rules does not belong
//! to it.

use std::path::Path;

use super::open::Opened;
use super::report::{inputs, project_record, rules};
use crate::criteria::Rules;
use crate::layers::BACKDROP;
use crate::project::Project;
use crate::runs::{FileRecord, InputRecord, ProjectRecord, RulesRecord, RunRecord};
use crate::text::Text;

/// So many differences are told.
const TOLD: usize = 5;

/// What a query was asked of, in the words of a run's record.
#[derive(Debug, Clone)]
pub struct Basis {
    project: ProjectRecord,
    plane: String,
    rules: RulesRecord,
    inputs: Vec<InputRecord>,
}

impl Basis {
    pub(super) fn of(project: &Project, opened: &Opened, by: &Rules) -> Self {
        Self {
            project: project_record(project),
            plane: opened.plane.name(),
            rules: rules(by),
            inputs: inputs(project, &opened.parcels.file_reports(), &opened.layers, 0),
        }
    }

    /// In what a run rests on something else; nothing where it does not. Where the files lie is no difference.
    #[must_use]
    pub fn differences(&self, run: &RunRecord) -> Vec<Text> {
        let mut told = self.of_rules(&run.rules);
        told.extend(self.of_inputs(&run.inputs));
        if let Some(selection) = &run.selection {
            let asked = selection.asked();
            told.push(text!("筆の選択（実行では {asked}）", "the parcels: the run is of a selection ({asked})"));
        }
        if self.plane != run.plane.name {
            told.push(Text::new("平面直角座標系", "the plane"));
        }
        if told.is_empty() && self.project.set != run.project.set {
            let [here, there] = [&self.project.set, &run.project.set].map(|set| set.join(" "));
            told.push(text!(
                "`--set` の値（実行では「{there}」、今回は「{here}」）",
                "what `--set` says (“{there}” of the run, “{here}” now)"
            ));
        }
        let is_same = self.project.settings_sha256 == run.project.settings_sha256;
        if told.is_empty() && !is_same {
            told.push(Text::new(
                "プロジェクトファイルの指定（レイヤーの列や種別、数え方など）",
                "what the project file says (fields and classes of layers, how is counted, or the like)",
            ));
        }
        let more = told.len().saturating_sub(TOLD);
        if more > 0 {
            told.truncate(TOLD);
            told.push(text!("ほか{more}件", "and {more} more"));
        }
        told
    }

    fn of_rules(&self, run: &RulesRecord) -> Vec<Text> {
        let own = &self.rules;
        if (&own.set, &own.file_sha256) != (&run.set, &run.file_sha256) {
            return vec![Text::new("ルール", "the rules")];
        }
        let numbers = own.thresholds.iter().filter_map(|(key, here)| {
            let there = run.thresholds.get(key).copied().unwrap_or_default();
            (here.to_bits() != there.to_bits()).then(|| {
                text!("基準値 `{key}`（実行では{there}、今回は{here}）", "`{key}` ({there} in the run, {here} now)")
            })
        });
        let mut told: Vec<Text> = numbers.collect();
        if own.waived != run.waived {
            told.push(Text::new("適用除外", "what is waived"));
        }
        told
    }

    /// The layers whose files, fields or coordinates are others.
    fn of_inputs(&self, run: &[InputRecord]) -> Vec<Text> {
        // Nothing rests on what lies under a map.
        let there: Vec<InputRecord> = run.iter().filter(|input| input.layer != BACKDROP).map(compared).collect();
        let here: Vec<InputRecord> = self.inputs.iter().map(compared).collect();
        let name = |input: &InputRecord| {
            let layer = &input.layer;
            text!("レイヤー `{layer}` のファイル", "the files of the layer `{layer}`")
        };
        let gone = there.iter().filter(|input| !here.iter().any(|other| other.layer == input.layer));
        here.iter().filter(|input| !there.contains(input)).chain(gone).map(name).collect()
    }
}

/// What of an input is compared: a folder elsewhere, and how many features took part, say nothing of what it is.
fn compared(input: &InputRecord) -> InputRecord {
    let name = |path: &str| Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = |file: &FileRecord| FileRecord {
        path: String::new(),
        datum_grids: file.datum_grids.iter().map(|path| name(path)).collect(),
        source: None,
        source_ja: None,
        ..file.clone()
    };
    InputRecord { files: input.files.iter().map(file).collect(), used: 0, ..input.clone() }
}
