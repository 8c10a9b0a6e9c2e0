//! Stations, stops and the table of peak trips, as their layers have them: one row a feature.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::area::{BEYOND, beyond_named};
use super::blanks::{Blank, find_blanks};
use super::law::{RailwayLaw, tell_of_monorail};
use super::lost::Lost;
use super::{LayerError, LayerKey, Loaded, as_text};
use crate::geometry::Footprint;
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A feature without a place.
pub static NO_PLACE: NoticeKind = NoticeKind {
    id: "no-place",
    severity: Severity::Warning,
    what: Text::new(
        "点も線もない地物があります。どこにあってもおかしくないため、近くにないと言い切れる筆はありません。",
        "feature(s) without a point or line, which may stand anywhere: of no parcel is it certain that none is near",
    ),
    advice: Some(Text::new(
        "ファイルに座標を入れるか、使わない地物なら `where` で外してください。",
        "give them coordinates in the file, or leave them out by `where`",
    )),
};

/// A station of which nobody says under which law it is.
pub static NO_CLASS: NoticeKind = NoticeKind {
    id: "station-without-class",
    severity: Severity::Warning,
    what: Text::new(
        "鉄道区分が空欄の駅があります。鉄道か軌道か分からないため、軌道の停留場としては確実、鉄道駅としては可能性ありとしました。",
        "station(s) whose class is blank: tram stops for certain, railway stations perhaps",
    ),
    advice: Some(Text::new("鉄道区分を埋めてください。", "fill in the class")),
};

/// What a stop is, which decides how far people walk to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StopKind {
    /// A rail or subway station 鉄道・地下鉄駅.
    Rail,
    /// A tram stop 軌道の停留場.
    Tram,
    /// A bus stop バスの停留所.
    Bus,
}

impl StopKind {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Rail, Self::Tram, Self::Bus];

    /// The word of outputs and project files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Rail => "rail",
            Self::Tram => "tram",
            Self::Bus => "bus",
        }
    }
}

/// A line 路線 as a layer names it: two stops are on one line when operator and name agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Line {
    /// The operator, where the layer says.
    pub operator: Option<String>,
    /// The name.
    pub name: String,
}

impl fmt::Display for Line {
    /// The operator, where it is known, and the name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operator.iter().try_for_each(|operator| write!(f, "{operator} "))?;
        f.write_str(&self.name)
    }
}

/// One feature of a station or stop layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StopRow {
    /// The name, trimmed, NFKC.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// What it may be instead, where its class is not known: of two readings `kind` is the one that reaches less far.
    pub may_be: Option<StopKind>,
    /// The lines that call there; empty where the layer does not say.
    pub lines: Vec<Line>,
    /// Who runs it, where the layer says, whether or not it names a line.
    pub operator: Option<String>,
    /// What other rows of the layer have, and this one lacks.
    pub blank: Blank,
    /// The code of the station that it is part of, where the layer has one (N02_005g).
    pub group: Option<String>,
    /// Its points, lines and areas, plane metres; empty where nobody knows its place, so that it may stand anywhere.
    pub parts: Footprint,
    /// Departures in the peak hour in one direction, where the layer says.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction, where the layer says.
    pub daily_trips: Option<f64>,
}

impl StopRow {
    /// Those who run it, as far as the layer says.
    pub fn operators(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter_map(|line| line.operator.as_deref()).chain(self.operator.as_deref())
    }
}

/// One row of the table of peak trips, with at least one number, and a name or a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeakRow {
    /// The stop's or station's name; `None` for all at which the line calls.
    pub name: Option<String>,
    /// The line; `None` for the stop as a whole.
    pub line: Option<String>,
    /// Departures in the peak hour in one direction, where the row says.
    pub peak_trips: Option<f64>,
    /// Departures of the day in one direction, where the row says.
    pub daily_trips: Option<f64>,
}

/// The rows of a station or stop layer.
///
/// # Errors
/// A peak that is no number; a layer without a point or line.
pub fn stop_rows(
    loaded: &Loaded,
    law: &RailwayLaw,
    lost: &mut Lost,
    notices: &mut Notices,
) -> Result<Vec<StopRow>, LayerError> {
    let mut rows = Vec::new();
    for feature in &loaded.raw.features {
        let mut parts = feature.geometry.as_ref().map(Footprint::of).unwrap_or_default();
        if parts.is_empty() {
            lost.one();
            if let Some(corners) = parts.beyond() {
                notices.add(loaded.key.name(), &BEYOND, beyond_named(loaded.feature_name(feature), corners));
            }
            notices.add(loaded.key.name(), &NO_PLACE, loaded.feature_name(feature));
        } else if loaded.in_doubt.holds(feature) {
            // It may be no stop at all: that one is there is not sure, and that none is elsewhere neither.
            lost.one();
            parts = Footprint::default();
        }
        let (name, lines) = (loaded.text(feature, "name"), lines(loaded, feature));
        let (mut kind, mut may_be) = (StopKind::Bus, None);
        if loaded.key == LayerKey::Stations {
            let (class, operator) = (loaded.text(feature, "class"), loaded.text(feature, "operator"));
            kind = law.kind(class.as_deref(), operator.as_deref());
            tell_of_monorail(class.as_deref(), kind, || about(lines.first(), name.as_deref()), notices);
            if class.is_none() && loaded.fields.contains_key("class") {
                lost.one();
                (kind, may_be) = (StopKind::Tram, Some(StopKind::Rail));
                notices.add(loaded.key.name(), &NO_CLASS, loaded.feature_name(feature));
            }
        }
        rows.push(StopRow {
            name,
            kind,
            may_be,
            lines,
            operator: operator(loaded, feature),
            blank: Blank::default(),
            group: loaded.text(feature, "group"),
            parts,
            peak_trips: loaded.number(feature, "peak_trips")?,
            daily_trips: loaded.number(feature, "daily_trips")?,
        });
    }
    find_blanks(&mut rows, loaded, lost, notices);
    if rows.iter().all(|row| row.parts.is_empty()) {
        let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoGeometry {
            layer: loaded.key.name(),
            path,
            needs: Text::new("点か線", "points or lines"),
            why: loaded.raw.unplaced.clone().map(Box::new),
        });
    }
    Ok(rows)
}

/// A station as notices name it: its line and its name, as far as they are known.
fn about(line: Option<&Line>, name: Option<&str>) -> Text {
    let words: Vec<String> = line.map(ToString::to_string).into_iter().chain(name.map(str::to_owned)).collect();
    if words.is_empty() { Text::new("名称なし", "without a name") } else { Text::from(words.join(" ")) }
}

/// The lines that call at a stop: several in one column apart by commas, or one a column. Where operators have as many
/// columns as lines, each line's operator stands in the column of the same number; else one operator runs them all.
fn lines(loaded: &Loaded, feature: &RawFeature) -> Vec<Line> {
    let columns = |role: &str| loaded.fields.get(role).map(Vec::as_slice).unwrap_or_default();
    let text = |field: &String| feature.fields.get(field).and_then(as_text);
    let (operators, names) = (columns("operator"), columns("line"));
    let common = operator(loaded, feature);
    let paired = operators.len() > 1 && operators.len() == names.len();
    let mut lines = Vec::new();
    for (index, field) in names.iter().enumerate() {
        let operator = if paired { text(&operators[index]) } else { common.clone() };
        let names = text(field).unwrap_or_default();
        let each = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        lines.extend(each.map(|name| Line { operator: operator.clone(), name: name.to_owned() }));
    }
    lines
}

/// The operator, of several columns the first that is filled in.
fn operator(loaded: &Loaded, feature: &RawFeature) -> Option<String> {
    let columns = loaded.fields.get("operator").map(Vec::as_slice).unwrap_or_default();
    columns.iter().find_map(|field| feature.fields.get(field).and_then(as_text))
}

/// The rows of a table of peak trips.
///
/// # Errors
/// A missing column, a number that is none.
pub fn peak_rows(loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) -> Result<Vec<PeakRow>, LayerError> {
    loaded.need("name").or_else(|lacking| loaded.need("line").map_err(|_| lacking))?;
    loaded.need("daily_trips").or_else(|_| loaded.need("peak_trips"))?;
    let mut rows = Vec::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in loaded.raw.features.iter().filter_map(|feature| loaded.text(feature, "name")) {
        *times.entry(name).or_default() += 1;
    }
    for feature in &loaded.raw.features {
        let (name, line) = (loaded.text(feature, "name"), loaded.text(feature, "line"));
        let (peak_trips, daily_trips) = (loaded.number(feature, "peak_trips")?, loaded.number(feature, "daily_trips")?);
        let is_filled_in = peak_trips.is_some() || daily_trips.is_some();
        let whose = name.as_deref().or(line.as_deref());
        if whose.is_some() && is_filled_in {
            tell_of_day(peak_trips, daily_trips, loaded.key, whose, notices);
            rows.push(PeakRow { name, line, peak_trips, daily_trips });
        } else if let Some(name) = name.filter(|name| times.get(name) == Some(&1)) {
            // Of a stop of which no other row speaks nothing is said, as if it were not in the table.
            notices.add(loaded.key.name(), &PEAK_TO_COME, name);
        } else {
            lost.one();
            notices.add(loaded.key.name(), &HALF_A_PEAK, loaded.feature_name(feature));
        }
    }
    Ok(rows)
}

/// A row of the peak table without a name and a line, or without a number.
pub static HALF_A_PEAK: NoticeKind = NoticeKind {
    id: "half-a-peak",
    severity: Severity::Skipped,
    what: Text::new(
        "名称も路線もないか、本数のない行があります。",
        "row(s) without a name or a line, or without a number of trips",
    ),
    advice: None,
};

/// A row of the peak table that is still to be filled in, as `kyoten survey` writes it.
pub static PEAK_TO_COME: NoticeKind = NoticeKind {
    id: "peak-to-be-filled-in",
    severity: Severity::Info,
    what: Text::new(
        "本数が空欄の行があります。その駅や停留所の本数は分からないままです。",
        "row(s) whose number of trips is still to be filled in: the service of these stops stays as it is known otherwise",
    ),
    advice: None,
};

/// A row of the peak table that speaks of no stop.
pub static PEAK_OF_NOTHING: NoticeKind = NoticeKind {
    id: "peak-of-nothing",
    severity: Severity::Skipped,
    what: Text::new(
        "名称と路線の合う駅や停留所がない行があります。",
        "row(s) whose name and line no station or stop has",
    ),
    advice: Some(Text::new(
        "名称と路線を、レイヤー `stations` と `stops`、または時刻表にあるとおりに書いてください。",
        "write names and lines as the layers `stations` and `stops` have them, or names as timetables do",
    )),
};

/// A row of the peak table that a timetable contradicts.
pub static PEAK_AGAINST_TIMETABLE: NoticeKind = NoticeKind {
    id: "peak-against-timetable",
    severity: Severity::Skipped,
    what: Text::new(
        "時刻表から数えた本数の幅に入らない行があります。時刻表に従いました。",
        "row(s) with a number of trips that the timetable of the stop rules out; the timetable counts",
    ),
    advice: Some(Text::new(
        "`kyoten peaks` の本数の幅（`peak_trips_range`）を確かめてください。",
        "see the range that `kyoten peaks` gives (`peak_trips_range`)",
    )),
};

/// A row of the peak table whose number of the day a timetable contradicts.
pub static DAILY_AGAINST_TIMETABLE: NoticeKind = NoticeKind {
    id: "daily-against-timetable",
    severity: Severity::Skipped,
    what: Text::new(
        "時刻表から数えた1日の本数の幅に入らない`daily_trips`の行があります。時刻表に従いました。",
        "row(s) with `daily_trips` that the timetable of the stop rules out; the timetable counts",
    ),
    advice: Some(Text::new(
        "`daily_trips`には、数える日の片道の本数を書いてください。",
        "give `daily_trips` as the departures in one direction of the day that is counted",
    )),
};

/// A row with fewer departures in the day than in one hour of it.
pub static DAILY_BELOW_PEAK: NoticeKind = NoticeKind {
    id: "daily-below-peak",
    severity: Severity::Warning,
    what: Text::new(
        "1日の本数がピーク時の本数より少ない行があります。どちらの数もそのまま使いました。",
        "row(s) with fewer departures in the day than in the peak hour; both numbers count as they are",
    ),
    advice: Some(Text::new(
        "`peak_trips`と`daily_trips`を取り違えていないか確かめてください。",
        "see that `peak_trips` and `daily_trips` are not exchanged",
    )),
};

/// Tells of a row whose two numbers contradict one another.
fn tell_of_day(peak: Option<f64>, daily: Option<f64>, layer: LayerKey, name: Option<&str>, notices: &mut Notices) {
    if let (Some(peak), Some(daily)) = (peak, daily)
        && daily < peak
    {
        let name = name.map_or(Text::new("名称なし", "without a name"), Text::from);
        let told =
            text!("{name}、ピーク時{peak}、1日{daily}", "{name}, {peak} in the peak, {daily} a day", name = name);
        notices.add(layer.name(), &DAILY_BELOW_PEAK, told);
    }
}

/// Tells of rows of stops whose two numbers contradict one another.
pub(super) fn tell_of_days(rows: &[StopRow], layer: LayerKey, notices: &mut Notices) {
    for StopRow { name, peak_trips, daily_trips, .. } in rows {
        tell_of_day(*peak_trips, *daily_trips, layer, name.as_deref(), notices);
    }
}

/// Counts the rows of the peak table that speak of none of the stops, of layers or, by name alone, of timetables: a name that is
/// spelt in another way would otherwise leave its stop unknown without a word. Rows of lines as a whole are left aside.
pub fn tell_peaks_of_nothing<'a>(
    peaks: &[PeakRow],
    stops: impl Iterator<Item = &'a StopRow>,
    of_timetables: impl Iterator<Item = &'a str>,
    notices: &mut Notices,
) {
    let mut lines_by_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for stop in stops {
        if let Some(name) = &stop.name {
            let lines = stop.lines.iter().map(|line| line.name.as_str());
            lines_by_name.entry(name).or_default().extend(lines);
        }
    }
    of_timetables.for_each(|name| _ = lines_by_name.entry(name).or_default());
    let of_stops = peaks.iter().filter_map(|row| Some((row.name.as_deref()?, &row.line)));
    for (name, line) in of_stops {
        match (lines_by_name.get(name), line) {
            (Some(_), None) => {}
            (Some(lines), Some(line)) if lines.contains(line.as_str()) => {}
            (_, Some(line)) => {
                notices.add(LayerKey::Peaks.name(), &PEAK_OF_NOTHING, text!("{name}、{line}", "{name}, {line}"));
            }
            (None, None) => notices.add(LayerKey::Peaks.name(), &PEAK_OF_NOTHING, name),
        }
    }
}
