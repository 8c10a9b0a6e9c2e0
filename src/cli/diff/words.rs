//! How a value of `run.json` is said to people: numbers, texts, lists and tables, and what their members are called.

use serde_json::{Map, Value};

use crate::text::Text;

/// So many members of a list are named; `--json` has all.
const NAMED: usize = 6;

pub(super) const NOTHING: Text = Text::new("なし", "none");

/// What members are called in Japanese; in English by their keys.
const MEMBERS: &[(&str, &str)] = &[
    ("daily_trips", "1日の本数"),
    ("departures", "発車"),
    ("direction", "方向"),
    ("features", "件数"),
    ("from", "開始"),
    ("kind", "種別"),
    ("lat", "緯度"),
    ("layer", "レイヤー"),
    ("lines", "路線"),
    ("lon", "経度"),
    ("meets_as_a_whole", "区域全体での条件"),
    ("minutes", "間隔（分）"),
    ("name", "名称"),
    ("note", "備考"),
    ("operator", "事業者"),
    ("parcels", "筆数"),
    ("path", "ファイル"),
    ("peak_trips", "ピーク時の本数"),
    ("perhaps", "可能性のある停留所"),
    ("population", "人口"),
    ("public_land_ratio", "公共用地率"),
    ("publisher", "提供者"),
    ("routes", "路線"),
    ("runs", "便に代わる運行"),
    ("seniors_per_ha", "高齢者密度 人/ha"),
    ("service_day", "数えた日"),
    ("service_day_from", "数えた日の選び方（英語）"),
    ("service_day_from_ja", "数えた日の選び方"),
    ("stations", "根拠の駅"),
    ("status", "判定"),
    ("stops", "停留所"),
    ("to", "終了"),
    ("today", "現在"),
    ("trips", "便"),
    ("trips_replaced", "置き換えた便"),
    ("valid_from", "有効期間の初日"),
    ("valid_to", "有効期間の末日"),
    ("version", "版"),
    ("whole_fails", "区域全体で満たさない条件"),
];

/// What a member is called.
pub(super) fn member(key: &str) -> Text {
    let ja = MEMBERS.iter().find(|(known, _)| *known == key).map_or(key, |(_, ja)| ja);
    Text { ja: ja.to_owned().into(), en: key.replace('_', " ").into() }
}

/// A value in words.
pub(super) fn value(value: &Value) -> Text {
    match value {
        Value::Null => NOTHING,
        Value::Bool(truth) => Text::from(truth),
        Value::String(text) => Text::from(text),
        // 3.0 is 3 to people.
        Value::Number(number) => number.as_f64().map_or_else(|| Text::from(number), Text::from),
        Value::Array(list) if list.is_empty() => NOTHING,
        Value::Array(list) => some_of(&list.iter().map(self::value).collect::<Vec<_>>()),
        Value::Object(members) => object(members),
    }
}

/// The first of a list, and how many more there are.
pub(super) fn some_of(words: &[Text]) -> Text {
    Text::first_of(words, NAMED)
}

/// A table in words: a range as one, else its members that are not null.
fn object(members: &Map<String, Value>) -> Text {
    if let (Some(lo), Some(hi), 2) = (members.get("lo"), members.get("hi"), members.len()) {
        return match (lo, hi) {
            (lo, Value::Null) if lo.as_f64() == Some(0.0) => Text::new("不明", "unknown"),
            (lo, Value::Null) => text!("{lo}以上", "{lo} or more", lo = value(lo)),
            (lo, hi) if lo == hi => value(lo),
            (lo, hi) => text!("{lo}〜{hi}", "{lo}–{hi}", lo = value(lo), hi = value(hi)),
        };
    }
    let told = members.iter().filter(|(_, of)| !of.is_null()).map(|(key, of)| member(key).joined(" ", &value(of)));
    let told: Vec<Text> = told.collect();
    if told.is_empty() { NOTHING } else { Text::list(&told) }
}

/// What was and what is, told apart; where the words are the same, as it stands in the file.
pub(super) fn from_to(from: &Value, to: &Value) -> Text {
    let (mut was, mut is) = (value(from), value(to));
    if was.ja == is.ja && from != to {
        // What differs stands in none of the words.
        (was, is) = (Text::from(from), Text::from(to));
    }
    was.joined(" → ", &is)
}
