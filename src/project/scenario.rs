//! `[scenario]`: what if something were added to the layers, and timetables were other ones.

use std::collections::BTreeMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use super::error::ProjectFault;
use super::keys;
use super::layers::{departures, departures_of_day, supposed};
use super::own::OwnLayers;
use crate::layers::{LayerKey, LayerSpec, Line, LineNumber, NamedLine, StopKind};
use crate::settings::{A_NUMBER, Entry, Fault, TomlTable, ZERO_OR_ONE};
use crate::text::Text;
use crate::transit::{AddedStop, Headway, Removal, Scenario};

/// The value of `kind`, and what it is.
const KINDS: &[(&str, StopKind)] = &[("rail", StopKind::Rail), ("tram", StopKind::Tram), ("bus", StopKind::Bus)];

/// Longitudes and latitudes of Japan, degrees: from 与那国島 to 南鳥島, from 沖ノ鳥島 to 択捉島, with a margin.
const JAPAN: [(f64, f64); 2] = [(122.0, 154.0), (20.0, 46.0)];

/// How often a route may run, minutes.
const MINUTES: (f64, f64) = (1.0, 1440.0);

/// The scenario of the table; its parts as far as they can be read.
pub(super) fn scenario(table: &TomlTable<'_>) -> Scenario {
    let tables = |key: &str, known: &[&'static str]| -> Vec<TomlTable<'_>> {
        let items = table.get(key).map(|entry| entry.items()).unwrap_or_default();
        items.iter().filter_map(|item| Some(item.table()?.knowing(known))).collect()
    };
    let changes = ["layers", "stops", "lines", "remove", "headway"];
    if !changes.iter().any(|key| table.has(key)) {
        let what = Text::new(
            "想定には `layers`・`stops`・`lines`・`remove`・`headway` のどれかを書きます",
            "a scenario changes something: `layers`, `stops`, `lines`, `remove` or `headway`",
        );
        table.missing("stops", what);
    }
    let note = Text::new(
        "想定の内容で、run.json と要約に載ります",
        "a scenario says what it supposes; `run.json` and the summary print it",
    );
    Scenario {
        note: table.needed("note", note).and_then(|entry| entry.text()).unwrap_or_default(),
        stops: tables("stops", keys::SCENARIO_STOP).iter().filter_map(stop).collect(),
        removals: tables("remove", keys::SCENARIO_REMOVE).iter().filter_map(removal).collect(),
        headways: tables("headway", keys::SCENARIO_HEADWAY).iter().filter_map(headway).collect(),
        lines: tables("lines", keys::SCENARIO_LINES).iter().filter_map(line_number).collect(),
    }
}

/// What the scenario of the table adds to the layers.
pub(super) fn layers(table: &TomlTable<'_>, own: &OwnLayers, base: &Path) -> BTreeMap<LayerKey, LayerSpec> {
    let Some(entry) = table.get("layers") else { return BTreeMap::new() };
    let Some(layers) = entry.table() else { return BTreeMap::new() };
    if layers.entries().is_empty() {
        entry.fault(Fault::Empty);
    }
    supposed(&layers, own, base)
}

// In all three tables every key is read before one that is missing gives the table up, so that all problems are told.

fn stop(table: &TomlTable<'_>) -> Option<AddedStop> {
    let name = table
        .needed("name", Text::new("出力で使う停留所の名前", "how outputs call the stop"))
        .and_then(|entry| folded(&entry));
    let kind = Text::new(
        "停留所の種別: \"rail\"・\"tram\"・\"bus\" のどれか",
        "what the stop is: \"rail\", \"tram\" or \"bus\"",
    );
    let kind = table.needed("kind", kind).and_then(|entry| entry.one_of(KINDS, |(id, _)| id));
    let at = Text::new("停留所の位置: [経度, 緯度]", "where the stop is: [longitude, latitude]");
    let at = table.needed("at", at).and_then(|entry| place(&entry));
    let peak_trips = table.get("peak_trips").and_then(|entry| departures(&entry, A_NUMBER));
    let daily_trips = table.get("daily_trips").and_then(|entry| departures_of_day(&entry, A_NUMBER));
    let items = table.get("lines").map(|entry| entry.items()).unwrap_or_default();
    let lines = items.iter().filter_map(line).collect();
    Some(AddedStop { name: name?, kind: kind?.1, at: at?, peak_trips, daily_trips, lines })
}

/// A line as a name, or with its operator.
fn line(entry: &Entry<'_>) -> Option<Line> {
    if !entry.is_table() {
        let wanted = Text::new("名前、または `operator` と `name` の表", "names, or tables of `operator` and `name`");
        let name = entry.texts(wanted)?.into_iter().next()?;
        return Some(Line { operator: None, name: fold(&name) });
    }
    let table = entry.table()?.knowing(keys::SCENARIO_LINE);
    let name = table.needed("name", Text::new("路線の名前", "the name of the line")).and_then(|entry| folded(&entry));
    let operator = table.get("operator").and_then(|entry| folded(&entry));
    Some(Line { operator, name: name? })
}

/// How often a line runs wherever it calls.
fn line_number(table: &TomlTable<'_>) -> Option<LineNumber> {
    let name = Text::new("レイヤーにあるとおりの路線の名前", "the name of the line, as its layer has it");
    let name = table.needed("name", name).and_then(|entry| folded(&entry));
    let operator = table.get("operator").and_then(|entry| folded(&entry));
    let kind = table.get("kind").and_then(|entry| entry.one_of(KINDS, |(id, _)| id)).map(|(_, kind)| kind);
    let peak_trips = table.get("peak_trips").and_then(|entry| departures(&entry, A_NUMBER));
    let daily_trips = table.get("daily_trips").and_then(|entry| departures_of_day(&entry, A_NUMBER));
    if !table.has("peak_trips") && !table.has("daily_trips") {
        let what = Text::new(
            "どの停留所でもこの本数とするピーク時1時間の片道の本数、または `daily_trips`",
            "its departures in the peak hour in one direction, at every stop it serves; or `daily_trips`",
        );
        table.missing("peak_trips", what);
    }
    Some(LineNumber { line: NamedLine { kind, operator, name: name? }, peak_trips, daily_trips })
}

/// Longitude and latitude of a place in Japan.
fn place(entry: &Entry<'_>) -> Option<[f64; 2]> {
    let wanted = Text::new("度で表した [経度, 緯度] の2つの数", "[longitude, latitude] in degrees, two numbers");
    let at = entry.pair(wanted)?;
    let is_in_japan = at.iter().zip(JAPAN).all(|(degrees, (from, to))| (from..=to).contains(degrees));
    if !is_in_japan {
        ProjectFault::OutsideJapan { at, ranges: JAPAN }.report(entry);
    }
    is_in_japan.then_some(at)
}

fn removal(table: &TomlTable<'_>) -> Option<Removal> {
    match (table.get("route"), table.get("trips")) {
        (Some(_), Some(trips)) => {
            trips.fault(Fault::NotBoth { other: "route" });
            None
        }
        (Some(route), None) => route.text().map(|route| Removal::Route(route.trim().to_owned())),
        (None, Some(trips)) => {
            let ids = trips.texts(Text::new("trip_id、またはその一覧", "a trip_id or a list of them"))?;
            Some(Removal::Trips(ids.iter().map(|id| id.trim().to_owned()).collect()))
        }
        (None, None) => {
            let what = Text::new(
                "廃止する系統。便だけを廃止するなら `trips` に trip_id を書きます",
                "the route 系統 that no longer runs, or `trips`: single trips 便 by trip_id",
            );
            table.missing("route", what);
            None
        }
    }
}

fn headway(table: &TomlTable<'_>) -> Option<Headway> {
    let route = Text::new("この間隔で走る系統", "the route 系統 that runs so often");
    let route = table.needed("route", route).and_then(|entry| entry.text());
    let minutes = Text::new("発車の間隔の分数", "how many minutes there are between departures");
    let minutes = table
        .needed("minutes", minutes)
        .and_then(|entry| entry.number(MINUTES, "minutes", Text::new("分を表す数", "a number of minutes")));
    let from = Text::new("最初の発車の時刻", "the time of the first departure");
    let from = table.needed("from", from).and_then(|entry| entry.time());
    let until = table.needed("to", Text::new("元の時刻表に戻る時刻", "the time from which it runs as before"));
    let to = until.as_ref().and_then(Entry::time);
    if let (Some(until), Some(from), Some(to)) = (&until, from, to)
        && to <= from
    {
        until.fault(Fault::NotLater { value: to, than: from });
    }
    let direction = table.get("direction").and_then(|entry| entry.whole((0, 1), "", ZERO_OR_ONE));
    Some(Headway {
        route: route?.trim().to_owned(),
        seconds: (minutes? * 60.0).round() as u32,
        from: from?,
        to: to?,
        direction: direction.map(|direction| direction as u8),
    })
}

/// A text in the form in which layers give names.
fn folded(entry: &Entry<'_>) -> Option<String> {
    entry.text().map(|text| fold(&text))
}

fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::PeakSource;
    use crate::project::tests::{told, with_parcels};
    use crate::units::ServiceTime;

    const EXAMPLE: &str = r#"
[scenario]
note = "2027 再編案"
[[scenario.stops]]
name = "新駅 "
kind = "rail"
at = [138.318, 34.871]
peak_trips = 4
daily_trips = 40
lines = [{ operator = "JR東海", name = "東海道線" }, "港ﾗｲﾝ"]
[[scenario.stops]]
name = "港"
kind = "bus"
at = [138.3, 35]
[[scenario.remove]]
route = "b1"
[[scenario.remove]]
trips = ["b1+1+b-weekday+2"]
[[scenario.headway]]
route = "b1"
minutes = 7.5
from = "7:00"
to = "25:30"
direction = 0
"#;

    fn read(text: &str) -> Scenario {
        with_parcels(text).expect(text).scenario.expect("it has one")
    }

    #[test]
    fn a_scenario_says_what_it_says() {
        let scenario = read(EXAMPLE);
        let line =
            |operator: Option<&str>, name: &str| Line { operator: operator.map(str::to_owned), name: name.into() };
        let stops = [
            AddedStop {
                name: "新駅".into(),
                kind: StopKind::Rail,
                at: [138.318, 34.871],
                peak_trips: Some(4.0),
                daily_trips: Some(40.0),
                lines: vec![line(Some("JR東海"), "東海道線"), line(None, "港ライン")],
            },
            AddedStop {
                name: "港".into(),
                kind: StopKind::Bus,
                at: [138.3, 35.0],
                peak_trips: None,
                daily_trips: None,
                lines: vec![],
            },
        ];
        assert_eq!((scenario.note.as_str(), scenario.stops.as_slice()), ("2027 再編案", &stops[..]));
        assert_eq!(scenario.removals, [Removal::Route("b1".into()), Removal::Trips(vec!["b1+1+b-weekday+2".into()])]);
        let (from, to) = (ServiceTime(7 * 3600), ServiceTime(25 * 3600 + 1800));
        assert_eq!(scenario.headways, [Headway { route: "b1".into(), seconds: 450, from, to, direction: Some(0) }]);
    }

    #[test]
    fn layers_of_a_scenario_are_named_as_those_of_today() {
        let project = with_parcels(
            "[scenario]\nnote = 'n'\nlayers = { urban_zone = 'u.geojson', stops = { path = ['s.csv'], peak_trips = 4, daily_trips = '日', note = '増便' } }",
        )
        .expect("it changes something");
        let [urban, stops] = [LayerKey::UrbanZone, LayerKey::Stops].map(|key| &project.supposed[&key]);
        assert_eq!((urban.paths.as_slice(), urban.base.as_path()), (&["u.geojson".to_owned()][..], Path::new("city")));
        assert_eq!((stops.peak_trips.clone(), stops.note.as_deref()), (Some(PeakSource::Constant(4.0)), Some("増便")));
        assert_eq!(stops.daily_trips, Some(PeakSource::Field("日".into())));
        assert_eq!(project.full_name(), "city (what-if: n)");
    }

    #[test]
    fn without_the_table_there_is_no_scenario() {
        assert_eq!(with_parcels("").expect("parcels are enough").scenario, None);
    }

    #[test]
    fn single_tables_texts_and_times_of_toml_do_as_well() {
        let scenario = read(
            "[scenario]\nnote = 'n'\nremove.trips = 't'\nheadway = { route = 'r', minutes = 15, from = 07:00:00, to = '07:30:30' }\n\
             stops = { name = 'a', kind = 'bus', at = [138, 35], lines = '東線' }",
        );
        assert_eq!(scenario.removals, [Removal::Trips(vec!["t".into()])]);
        assert_eq!((scenario.headways[0].from.0, scenario.headways[0].to.0), (25_200, 27_030));
        assert_eq!(scenario.stops[0].lines.len(), 1);
    }

    /// What is told of a table in `[scenario]`, each problem without its line.
    fn problems(table: &str) -> Vec<String> {
        let said = told(&format!("[scenario]\nnote = 'n'\n{table}")).0;
        said.lines().map(|line| line.split_once(": ").map_or(line, |(_, rest)| rest).to_owned()).collect()
    }

    #[test]
    fn what_a_stop_lacks_or_cannot_be_is_told() {
        assert_eq!(
            problems("stops = {}"),
            [
                "`name` in [scenario.stops] is missing: how outputs call the stop",
                "`kind` in [scenario.stops] is missing: what the stop is: \"rail\", \"tram\" or \"bus\"",
                "`at` in [scenario.stops] is missing: where the stop is: [longitude, latitude]",
            ]
        );
        let stop = |rest: &str| problems(&format!("stops = {{ name = 'a', kind = 'bus', {rest} }}"));
        for (rest, said) in [
            ("at = [34.871, 138.318]", "`at` in [scenario.stops] is [34.871, 138.318], latitude before longitude"),
            (
                "at = [0, 0]",
                "`at` in [scenario.stops] is [0, 0], which is not in Japan (longitude 122 to 154, latitude 20 to 46)",
            ),
            (
                "at = [-9100.5, -121900]",
                "`at` in [scenario.stops] is [-9100.5, -121900], which is not in Japan (longitude 122 to 154, latitude 20 to 46)",
            ),
            (
                "at = '138.3,34.8'",
                "`at` in [scenario.stops] must be [longitude, latitude] in degrees, two numbers, not the text \"138.3,34.8\"",
            ),
            (
                "at = [138.3, 34.8], peak_trips = -1",
                "`peak_trips` in [scenario.stops] must be a number from 0 to 1000 departures/h, not -1",
            ),
            (
                "at = [138.3, 34.8], daily_trips = 10001",
                "`daily_trips` in [scenario.stops] must be a number from 0 to 10000 departures/day, not 10001",
            ),
            (
                "at = [138.3, 34.8], lines = [1]",
                "`lines` in [scenario.stops] must be names, or tables of `operator` and `name`, not the number 1",
            ),
            (
                "at = [138.3, 34.8], lines = [{ operator = 'JR東海' }]",
                "`name` in [scenario.stops.lines] is missing: the name of the line",
            ),
            ("at = [138.3, 34.8], line = 'x'", "unknown key `line` in [scenario.stops]; did you mean `lines`?"),
        ] {
            assert_eq!(stop(rest), [said]);
        }
        assert_eq!(
            problems("stops = { name = 'a', at = [138.3, 34.8], kind = 'train' }"),
            ["`kind` in [scenario.stops] is \"train\", which there is not; did you mean \"rail\"?"]
        );
    }

    #[test]
    fn what_an_edit_lacks_or_cannot_be_is_told() {
        for (table, said) in [
            (
                "remove = {}",
                "`route` in [scenario.remove] is missing: the route 系統 that no longer runs, or `trips`: single trips 便 by trip_id",
            ),
            (
                "remove = { route = 'a', trips = ['b'] }",
                "`trips` in [scenario.remove] stands beside `route`: one of the two",
            ),
            (
                "headway = { route = 'a', minutes = 0, from = '7:00', to = '9:00' }",
                "`minutes` in [scenario.headway] must be a number from 1 to 1440 minutes, not 0",
            ),
            (
                "headway = { route = 'a', minutes = 5, from = '7時', to = '9:00' }",
                "`from` in [scenario.headway] must be a time such as \"07:00\", not the text \"7時\"",
            ),
            (
                "headway = { route = 'a', minutes = 5, from = '23:00', to = '01:00' }",
                "`to` in [scenario.headway] is 01:00, which is not later than 23:00",
            ),
            (
                "headway = { route = 'a', minutes = 5, from = '7:00', to = '9:00', direction = 2 }",
                "`direction` in [scenario.headway] must be a number from 0 to 1, not 2",
            ),
            ("remove = 'b1'", "`remove` in [scenario] must be a table, not the text \"b1\""),
        ] {
            assert_eq!(problems(table), [said]);
        }
        assert_eq!(problems("headway = {}").len(), 4);
    }

    #[test]
    fn a_scenario_has_a_note_and_changes_something() {
        let (said, help) = told("[scenario]\n");
        assert_eq!(
            said,
            "2: `stops` in [scenario] is missing: a scenario changes something: `layers`, `stops`, `lines`, `remove` or `headway`\n\
             2: `note` in [scenario] is missing: a scenario says what it supposes; `run.json` and the summary print it"
        );
        assert!(help.ends_with("add `note = …` in [scenario]"), "{help}");
        let lines: Vec<String> = told(&EXAMPLE.replace("name =", "nam ="))
            .0
            .lines()
            .map(|line| line.split(':').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(lines, ["5", "6", "11", "11", "12", "13"], "each table by its own line");
    }
}
