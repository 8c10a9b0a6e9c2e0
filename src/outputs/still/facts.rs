//! What the map rests on: criteria with their numbers, what was waived, expected and supposed, and the files.

use std::path::Path;

use super::Subject;
use super::look::{INK, SOFT};
use super::rows::{BODY, SMALL, Setting};
use super::words::grouped;
use crate::criteria;
use crate::layers::LAYERS;

/// Room between parts of the panel, millimetres on A3.
const GAP: f64 = 3.4;

/// The criteria of the zone with their numbers, those that were waived with the reason.
pub(super) fn rules(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    setting.gap(GAP);
    setting.heading("条件", "criteria", &[]);
    let rules = &subject.run.json.rules;
    let required = rules.required.get(subject.zone.id()).and_then(serde_json::Value::as_array);
    for id in required.into_iter().flatten().filter_map(serde_json::Value::as_str) {
        let (mut ja, mut en) = match criteria::criterion(id) {
            Some(criterion) => {
                let numbers: Vec<(String, String)> =
                    criterion.thresholds.iter().filter_map(|key| number(subject, key)).collect();
                let join = |name: &str, numbers: Vec<&str>, colon: &str, comma: &str| {
                    if numbers.is_empty() { name.to_owned() } else { format!("{name}{colon}{}", numbers.join(comma)) }
                };
                let ja = numbers.iter().map(|(ja, _)| ja.as_str()).collect();
                let en = numbers.iter().map(|(_, en)| en.as_str()).collect();
                (join(criterion.name.0, ja, "：", "、"), join(criterion.name.1, en, ": ", ", "))
            }
            None => (id.to_owned(), id.to_owned()),
        };
        if let Some(reason) = rules.waived.get(id) {
            let reason = setting.setter.clean(reason.as_str().unwrap_or_default());
            ja = format!("【適用除外】{ja}（{reason}）");
            en = format!("[waived] {en} ({reason})");
        }
        setting.pair(&ja, &en, 0.0);
        setting.gap(0.5);
    }
    if let Some((ja, en)) = number(subject, "membership") {
        setting.pair(&ja, &en, 0.0);
    }
}

/// A number of the run's rules, in words.
fn number(subject: &Subject<'_>, key: &str) -> Option<(String, String)> {
    let value = subject.run.thresholds.get(key)?;
    let percent = (value * 1e8).round() / 1e6;
    let metres = if value.fract() == 0.0 { grouped(value as u64) } else { value.to_string() };
    let (ja, en) = match key {
        "station_radius_m" => (format!("鉄道駅 {metres} m 以内"), format!("station ≤ {metres} m")),
        "stop_radius_m" => (format!("停留所 {metres} m 以内"), format!("stop ≤ {metres} m")),
        "near_stop_radius_m" | "hub_radius_m" => (format!("{metres} m 以内"), format!("≤ {metres} m")),
        "facility_spacing_m" => (format!("{metres} m 以上"), format!("≥ {metres} m")),
        "min_peak_trips" => (format!("ピーク時片道 {value} 本/時以上"), format!("≥ {value} departures/h")),
        "min_public_land" => (format!("{percent} % 以上"), format!("≥ {percent} %")),
        "min_seniors_per_ha" => {
            (format!("65 歳以上 {value} 人/ha 以上"), format!("≥ {value} aged 65 or over a hectare"))
        }
        "min_site_m2" => (format!("{metres} m² 以上"), format!("≥ {metres} m²")),
        "membership" => (
            format!("面積の {percent} % 以上が区域内にある筆を該当とする"),
            format!("≥ {percent} % of the parcel in the zone"),
        ),
        _ => return None,
    };
    Some((ja, en))
}

/// What the planner expects, and what was supposed of the network.
pub(super) fn expectations(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    let expected = &subject.run.json.expectations;
    if !expected.is_empty() {
        setting.gap(GAP);
        setting.heading("見込み", "expectations", &[]);
    }
    for one in expected {
        let note = setting.setter.clean(&one.note);
        let words = format!("{}：{note}", layer(&one.layer, setting));
        setting.paragraph(&words, BODY, INK, 0.0);
    }
    if let Some(scenario) = subject.run.json.scenario.as_object() {
        setting.gap(GAP);
        setting.heading("想定", "what-if", &[]);
        let note = scenario.get("note").and_then(serde_json::Value::as_str).unwrap_or_default();
        let note = setting.setter.clean(note);
        setting.paragraph(&note, BODY, INK, 0.0);
    }
}

/// The files, layer by layer, and the layers without any.
pub(super) fn sources(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    setting.gap(GAP);
    setting.heading("資料", "sources", &[]);
    for input in &subject.run.json.inputs {
        let names: Vec<String> = input.files.iter().map(|file| setting.setter.clean(name(&file.path))).collect();
        let words = format!("{}：{}", layer(&input.layer, setting), names.join("、"));
        setting.paragraph(&words, SMALL, INK, 0.0);
    }
    let missing = &subject.run.json.missing_layers;
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|key| layer(key, setting)).collect();
        let words = setting.lang.main("資料なし", "not given");
        setting.paragraph(&format!("{words}：{}", names.join("、")), SMALL, SOFT, 0.0);
    }
}

/// A layer in Japanese, its key in English.
fn layer(key: &str, setting: &mut Setting<'_, '_>) -> String {
    let (expected, bare) = key.strip_prefix("prospective.").map_or((false, key), |bare| (true, bare));
    let japanese = LAYERS.iter().find(|layer| layer.name == bare).map_or(bare, |layer| layer.japanese);
    let main = setting.lang.main(japanese, &bare.replace('_', " "));
    let main = setting.setter.clean(&main);
    match (expected, setting.lang.main("見込み", "expected")) {
        (true, word) => format!("{main}（{word}）"),
        (false, _) => main,
    }
}

/// The name of a file, whichever system its path is of; the way into an archive stays.
fn name(path: &str) -> &str {
    let start = path.to_ascii_lowercase().find(".zip/").map_or(path.len(), |at| at + ".zip".len());
    let folder = Path::new(&path[..start]).parent().map_or(0, |folder| folder.as_os_str().len());
    let name = path[folder..].trim_start_matches(['/', '\\']);
    if folder == 0 { name.rsplit('\\').next().unwrap_or(name) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_files_are_told() {
        assert_eq!(name("/home/a/市/did.geojson"), "did.geojson");
        assert_eq!(
            name("city/N02-23_GML.zip/UTF-8/N02-23_Station.geojson"),
            "N02-23_GML.zip/UTF-8/N02-23_Station.geojson"
        );
        assert_eq!(name(r"C:\data\did.geojson"), "did.geojson");
        assert_eq!(name("did.geojson"), "did.geojson");
    }
}
