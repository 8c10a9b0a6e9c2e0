//! What else is not the same in two runs: tool, rules, numbers, waivers, expectations, settings, inputs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::lists::{self, RowDiff};
use crate::criteria::Zone;
use crate::runs::{InputRecord, RunFolder};
use crate::text::Text;

/// Something that the two runs do not have in common besides parcels and stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What it belongs to: `tool`, `project`, `plane`, `rules`, `thresholds`, `waived`, `expectations`, `scenario`,
    /// `selection`, `transit`, `inputs`.
    pub group: &'static str,
    /// Its name there: a threshold, a criterion, a layer, …
    pub key: String,
    /// What A has; null for nothing.
    pub from: Value,
    /// What B has; null for nothing.
    pub to: Value,
    /// The name of the zone, of what is about one.
    zone: Option<Text>,
}

impl Difference {
    /// A difference that is of no zone.
    #[must_use]
    pub fn of(group: &'static str, key: &str, from: Value, to: Value) -> Self {
        Self { group, key: key.to_owned(), from, to, zone: None }
    }

    /// Of two lists of things with members, the things that differ.
    #[must_use]
    pub fn rows(&self) -> Option<Vec<RowDiff>> {
        lists::rows(&self.from, &self.to)
    }

    /// What it is about: its group and key, the Japanese in words as far as there are any.
    #[must_use]
    pub fn about(&self) -> Text {
        let Self { group, key, .. } = self;
        let named = |group: &str| if key.is_empty() { group.to_owned() } else { format!("{group} {key}") };
        let ja = match (*group, key.as_str()) {
            ("tool", _) => "kyotenのバージョン".to_owned(),
            ("project", "municipality") => "市区町村コード".to_owned(),
            ("project", "area_division") => "区域区分の有無".to_owned(),
            ("project", _) => "計画する施設の種別".to_owned(),
            ("plane", _) => "平面直角座標系".to_owned(),
            ("rules", "set") => "ルール".to_owned(),
            ("rules", "file") => "ルールのファイル".to_owned(),
            ("rules", _) => match &self.zone {
                Some(zone) => format!("{}の条件", zone.ja),
                None => "区域の条件".to_owned(),
            },
            ("thresholds", _) => named("基準値"),
            ("waived", _) => named("適用除外"),
            ("expectations", _) => named("見込み"),
            ("scenario", _) => named("想定"),
            ("selection", _) => named("筆の選択"),
            ("transit", _) => named("時刻表の数え方"),
            _ => of_layer(key),
        };
        Text { ja: ja.into(), en: named(group).into() }
    }
}

/// What an input's difference is about.
fn of_layer(key: &str) -> String {
    if let Some(layer) = key.strip_suffix(".used") {
        return format!("レイヤー {layer} の使われた件数");
    }
    match key.split_once(".fields") {
        Some((layer, role)) => format!("レイヤー {layer} の属性{}", role.replacen('.', " ", 1)),
        None => format!("レイヤー {key}"),
    }
}

/// Everything that the two `run.json` do not have in common and that can change an answer.
pub(super) fn differences(runs: &[RunFolder; 2]) -> Vec<Difference> {
    let [a, b] = runs.each_ref().map(|run| &run.record);
    let mut found = Found(Vec::new());
    found.value("tool", "version", &json!(a.tool.version), &json!(b.tool.version));
    found.value("project", "municipality", &json!(a.project.municipality), &json!(b.project.municipality));
    found.value("project", "area_division", &json!(a.project.area_division), &json!(b.project.area_division));
    found.value("project", "planned_kind", &json!(a.project.planned_kind), &json!(b.project.planned_kind));
    found.value("plane", "name", &json!(a.plane.name), &json!(b.plane.name));
    found.value("rules", "set", &json!(a.rules.set), &json!(b.rules.set));
    found.value("rules", "file", &json!(a.rules.file_sha256), &json!(b.rules.file_sha256));
    found.any("rules", "required", &json!(a.rules.required), &json!(b.rules.required));
    found.any("thresholds", "", &json!(a.rules.thresholds), &json!(b.rules.thresholds));
    found.any("waived", "", &json!(a.rules.waived), &json!(b.rules.waived));
    let [expected_a, expected_b] = [a, b].map(|run| {
        run.expectations.iter().map(|expected| (expected.layer.clone(), json!(expected.note))).collect::<Map<_, _>>()
    });
    found.members("expectations", "", &expected_a, &expected_b);
    found.any("scenario", "", &json!(a.scenario), &json!(b.scenario));
    found.any("selection", "", &json!(a.selection), &json!(b.selection));
    found.any("transit", "", &json!(a.transit), &json!(b.transit));
    found.inputs(&a.inputs, &b.inputs);
    let zone_of = |key: &str| {
        let id = key.rsplit('.').next()?;
        runs.iter().rev().find_map(|run| run.rules.set.zone(id)).map(Zone::name)
    };
    for one in found.0.iter_mut().filter(|one| one.group == "rules") {
        one.zone = zone_of(&one.key);
    }
    found.0
}

struct Found(Vec<Difference>);

impl Found {
    fn value(&mut self, group: &'static str, key: &str, from: &Value, to: &Value) {
        if from != to {
            self.0.push(Difference::of(group, key, from.clone(), to.clone()));
        }
    }

    /// Two objects, member by member; those of A in their order, then what B has besides.
    fn members(&mut self, group: &'static str, path: &str, a: &Map<String, Value>, b: &Map<String, Value>) {
        for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
            let key_path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let of = |object: &Map<String, Value>| object.get(key).cloned().unwrap_or_default();
            self.any(group, &key_path, &of(a), &of(b));
        }
    }

    /// Two values; of objects, and of an object beside nothing, each member.
    fn any(&mut self, group: &'static str, path: &str, a: &Value, b: &Value) {
        let nothing = Map::new();
        match (a, b) {
            (Value::Object(a), Value::Object(b)) => self.members(group, path, a, b),
            (Value::Object(a), Value::Null) if !a.is_empty() => self.members(group, path, a, &nothing),
            (Value::Null, Value::Object(b)) if !b.is_empty() => self.members(group, path, &nothing, b),
            // Of a what-if nothing said and nothing supposed are one.
            _ if group == "scenario" && [a, b].iter().all(|one| is_nothing(one)) => {}
            _ => self.value(group, path, a, b),
        }
    }

    /// The inputs, layer by layer; where the files are the same, how they were read.
    fn inputs(&mut self, a: &[InputRecord], b: &[InputRecord]) {
        let of = |inputs: &[InputRecord], layer: &str| inputs.iter().position(|input| input.layer == layer);
        let only_b = b.iter().filter(|input| of(a, &input.layer).is_none());
        for layer in a.iter().chain(only_b).map(|input| &input.layer) {
            match (of(a, layer), of(b, layer)) {
                (Some(one), Some(other)) => self.input(&a[one], &b[other]),
                (one, other) => {
                    let files = |inputs: &[InputRecord], index: Option<usize>| {
                        index.map_or(Value::Null, |index| files(&inputs[index], &BTreeSet::new()))
                    };
                    self.value("inputs", layer, &files(a, one), &files(b, other));
                }
            }
        }
    }

    fn input(&mut self, a: &InputRecord, b: &InputRecord) {
        let [of_a, of_b] = [a, b].map(|input| input.files.iter().map(|file| file.sha256.as_str()).collect());
        if of_a != of_b {
            return self.value("inputs", &a.layer, &files(a, &of_b), &files(b, &of_a));
        }
        self.any("inputs", &format!("{}.fields", a.layer), &json!(a.fields), &json!(b.fields));
        self.value("inputs", &format!("{}.used", a.layer), &json!(a.used), &json!(b.used));
    }
}

/// Whether a value is null, or a list without members.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// The files of an input whose contents are not among those of the other run.
fn files(input: &InputRecord, elsewhere: &BTreeSet<&str>) -> Value {
    let own = input.files.iter().filter(|file| !elsewhere.contains(file.sha256.as_str()));
    own.map(|file| json!({ "path": file.path, "sha256": file.sha256 })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(layer: &str, files: &[&str], used: u64) -> InputRecord {
        let files: Vec<Value> =
            files.iter().map(|sha| json!({ "path": format!("{sha}.csv"), "sha256": sha })).collect();
        serde_json::from_value(json!({ "layer": layer, "files": files, "used": used, "fields": { "name": "n" } }))
            .unwrap()
    }

    #[test]
    fn inputs_are_compared_by_contents_and_then_by_how_they_were_read() {
        let mut found = Found(Vec::new());
        let a = [input("did", &["1"], 3), input("stops", &["2", "3"], 9), input("peaks", &["4"], 1)];
        let b = [input("did", &["1"], 2), input("stops", &["3", "5"], 8), input("units", &["6"], 1)];
        found.inputs(&a, &b);
        let told: Vec<String> = found.0.iter().map(|one| format!("{} {} {}", one.key, one.from, one.to)).collect();
        assert_eq!(
            told,
            [
                "did.used 3 2",
                r#"stops [{"path":"2.csv","sha256":"2"}] [{"path":"5.csv","sha256":"5"}]"#,
                r#"peaks [{"path":"4.csv","sha256":"4"}] null"#,
                r#"units null [{"path":"6.csv","sha256":"6"}]"#,
            ]
        );
    }

    #[test]
    fn what_differs_is_said_in_both_languages() {
        let about = |group: &'static str, key: &str| {
            let zone = Zone::name(crate::criteria::default_rules().zone("local").unwrap());
            let (from, to) = (Value::Null, Value::Null);
            let Text { ja, en } = Difference { group, key: key.to_owned(), from, to, zone: Some(zone) }.about();
            format!("{ja} / {en}")
        };
        assert_eq!(about("thresholds", "min_site_m2"), "基準値 min_site_m2 / thresholds min_site_m2");
        assert_eq!(about("rules", "required.local"), "生活拠点区域の条件 / rules required.local");
        assert_eq!(about("scenario", ""), "想定 / scenario");
        assert_eq!(about("inputs", "prospective.did"), "レイヤー prospective.did / inputs prospective.did");
        assert_eq!(about("inputs", "did.used"), "レイヤー did の使われた件数 / inputs did.used");
        assert_eq!(about("inputs", "stops.fields.name"), "レイヤー stops の属性 name / inputs stops.fields.name");
    }

    #[test]
    fn settings_are_compared_member_by_member() {
        let mut found = Found(Vec::new());
        found.any("transit", "", &json!({ "unit": "group", "window": { "any": 60 } }), &json!({ "unit": "pole" }));
        found.any("scenario", "", &Value::Null, &json!({ "add": [1] }));
        found.any("scenario", "", &Value::Null, &Value::Null);
        let told: Vec<String> =
            found.0.iter().map(|one| format!("{}:{} {} {}", one.group, one.key, one.from, one.to)).collect();
        assert_eq!(told, [r#"transit:unit "group" "pole""#, "transit:window.any 60 null", "scenario:add null [1]"]);
    }
}
