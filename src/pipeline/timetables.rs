//! From the timetables that a project names to what leaves each stop, as they are or as a what-if has them.

use std::collections::BTreeMap;

use super::{RunError, line_numbers};
use crate::inputs::SourceFile;
use crate::inputs::gtfs::{Feed, LAYER, read_feeds};
use crate::layers::stops::{DAILY_AGAINST_TIMETABLE, PEAK_AGAINST_TIMETABLE, tell_peaks_of_nothing};
use crate::layers::{City, CrsUsed, FileReport, Layer, LayerKey, LayerReport, StopKind};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::project::Project;
use crate::runs::ScenarioRecord;
use crate::text::Text;
use crate::transit::{
    Change, Counted, Edits, FeedReport, KnownLines, Peak, Rows, Stop, Timetable, ToldGroup, ToldTimetables,
    keep_served, on_their_days, services,
};
use crate::units::Interval;

/// A layer for which timetables stand.
static OF_TIMETABLES_ALONE: NoticeKind = NoticeKind {
    id: "of-timetables-alone",
    severity: Severity::Warning,
    what: Text::new(
        "レイヤーがないので、時刻表にある駅・停留所がすべてだとみなします。",
        "layer not given: what timetables have stands for all there is",
    ),
    advice: Some(Text::new(
        "時刻表のない事業者を見落とさないように、レイヤーを加えてください。",
        "add the layer, so that operators without a timetable are not taken to be absent",
    )),
};

/// The timetables of a study and what the run says of them.
#[derive(Debug, Default)]
pub(super) struct Timetables {
    /// `None` where none is given, and where they were counted before.
    pub(super) timetable: Option<Timetable>,
    /// What is told of them; of their groups nothing as long as they are at hand.
    pub(super) told: ToldTimetables,
}

/// Reads the timetables, edits them as the scenario says, and adds the scenario's stops to the city.
pub(super) fn read(project: &Project, city: &mut City, notices: &mut Notices) -> Result<Timetables, RunError> {
    let feeds = read_feeds(&project.base, &project.gtfs, notices)?;
    // The day is that of the timetables as they are, so that a what-if is compared on the same one.
    let (mut feeds, days) = on_their_days(feeds, &project.transit, notices);
    let put_together = |feeds: Vec<Feed>, city: &City, notices: &mut Notices| {
        let stations = city.stops(LayerKey::Stations).unwrap_or_default();
        (!feeds.is_empty()).then(|| Timetable::of(feeds, days.clone(), &project.transit, city.plane, stations, notices))
    };
    let (mut edits, mut as_it_is) = (Edits::default(), None);
    if let Some(scenario) = &project.scenario {
        as_it_is = put_together(feeds.clone(), city, &mut Notices::default());
        city.added_stops =
            scenario.stop_rows(city.plane).map_err(|source| RunError::Place { file: project.file.clone(), source })?;
        let known = KnownLines::of(Rows::of(city).all());
        edits = scenario.edit(&mut feeds, &days, &known, &project.file)?;
        city.supposed_lines.clone_from(&scenario.lines);
    }
    let mut timetable = put_together(feeds, city, notices);
    tell_of_peaks(project, city, timetable.as_ref(), notices);
    if let (Some(before), Some(after)) = (&as_it_is, &mut timetable) {
        after.kinds.extend(&before.kinds);
        let mut rows = [LayerKey::Stations, LayerKey::Stops].map(|key| (key, city.stops_mut(key).map(std::mem::take)));
        let [(_, stations), (_, stops)] = &mut rows;
        let (mut none, mut nothing) = (Vec::new(), Vec::new());
        let (stations, stops) = (stations.as_mut().unwrap_or(&mut none), stops.as_mut().unwrap_or(&mut nothing));
        keep_served(stations, stops, Change { before, after }, project.transit.stop_group, &city.scale);
        for (key, rows) in rows {
            if let Some(rows) = rows {
                city.put(key, Layer::Stops(rows));
            }
        }
    }
    let feeds = timetable.as_ref().map(Timetable::reports).unwrap_or_default();
    let kinds = timetable.as_ref().map(|timetable| timetable.kinds.clone()).unwrap_or_default();
    edits.lines = Rows::of(city).told_of_supposed();
    line_numbers::tell_of_supposed(project, city, timetable.as_ref(), notices);
    let lines = line_numbers::tell_of_table(city, notices);
    let found = Timetables { timetable, told: ToldTimetables { feeds, kinds, edits, lines, groups: Vec::new() } };
    for layer in project.missing_layers().into_iter().filter(|layer| found.stands_for(*layer)) {
        notices.add(layer.name(), &OF_TIMETABLES_ALONE, Text::new("レイヤーなし", "no layer"));
    }
    Ok(found)
}

/// Tells of what the table of peak trips says in vain, and of stops under either law.
fn tell_of_peaks(project: &Project, city: &City, timetable: Option<&Timetable>, notices: &mut Notices) {
    let rows = [LayerKey::Stations, LayerKey::Stops].into_iter().filter_map(|key| city.stops(key)).flatten();
    let groups = timetable.into_iter().flat_map(|timetable| 0..timetable.poles.groups.len());
    let names = groups.filter_map(|group| timetable?.name(group));
    tell_peaks_of_nothing(city.peak_trips(), rows.chain(&city.supposed.stops), names, notices);
    let Some(timetable) = timetable else { return };
    timetable.tell_of_open_law(notices);
    if city.peak_trips().is_empty() {
        return;
    }
    let peaks = timetable.peaks(project.transit.rule);
    let rows = Rows {
        stations: city.stops(LayerKey::Stations).unwrap_or_default(),
        stops: city.stops(LayerKey::Stops).unwrap_or_default(),
        ..Rows::default()
    };
    let counted = Counted { timetable, peaks: &peaks };
    let stops = services(&rows, Some(counted), project.transit.stop_group, &city.scale);
    let of_stops = city.peak_trips().iter().filter(|row| row.line.is_none());
    for (row, name) in of_stops.filter_map(|row| Some((row, row.name.as_ref()?))) {
        // Beside a timetable the table speaks for the operators that have none.
        let is_against = |trips: f64, counted: fn(&Peak) -> Interval<f64>| {
            let rules_out = |stop: &Stop| {
                let group = stop.timetable.filter(|_| !stop.is_beside_timetable);
                group.map(|group| counted(&peaks[group])).is_some_and(|range| trips < range.lo || range.hi < trips)
            };
            let mut meant = stops.iter().filter(|stop| stop.name.as_ref() == Some(name)).peekable();
            meant.peek().is_some() && meant.all(rules_out)
        };
        let mut tell = |kind, trips: Text| notices.add(LayerKey::Peaks.name(), kind, trips);
        if let Some(trips) = row.peak_trips.filter(|&trips| is_against(trips, |peak| peak.range)) {
            tell(&PEAK_AGAINST_TIMETABLE, text!("{name}、{trips}", "{name}, {trips}"));
        }
        if let Some(trips) = row.daily_trips.filter(|&trips| is_against(trips, |peak| peak.daily.one_direction)) {
            tell(&DAILY_AGAINST_TIMETABLE, text!("{name}、{trips}", "{name}, {trips}"));
        }
    }
}

impl Timetables {
    /// The timetables as a layer, for the list of inputs.
    pub(super) fn layer(&self) -> Option<LayerReport> {
        let timetable = self.timetable.as_ref()?;
        let file = |source: &SourceFile| FileReport {
            source: source.clone(),
            crs: Some(CrsUsed {
                name: Text::new("WGS 84（JGD2011とみなす）", "WGS 84, taken as JGD2011"),
                found_in: Text::same("GTFS"),
                grids: Vec::new(),
            }),
            published: None,
        };
        Some(LayerReport {
            name: LAYER.to_owned(),
            files: timetable.feeds.iter().flat_map(|feed| &feed.files).map(file).collect(),
            fields: BTreeMap::new(),
            used: timetable.feeds.iter().map(|feed| feed.trips.len()).sum(),
            note: None,
        })
    }

    /// The layers that are not given, and of which no timetable gives the like.
    pub(super) fn still_missing(&self, project: &Project) -> Vec<LayerKey> {
        let mut missing = project.missing_layers();
        missing.retain(|layer| !self.stands_for(*layer));
        missing
    }

    /// Whether the stops of timetables stand for a layer that is not given.
    fn stands_for(&self, layer: LayerKey) -> bool {
        let kind = match layer {
            LayerKey::Stations => StopKind::Rail,
            LayerKey::Stops => StopKind::Bus,
            _ => return false,
        };
        self.told.kinds.contains(&kind)
    }

    /// What is said of each timetable.
    pub(super) fn feeds(&self) -> Vec<FeedReport> {
        self.told.feeds.clone()
    }

    /// What is told of their groups, whose peaks are counted.
    pub(super) fn groups(&self, peaks: &[Peak]) -> Vec<ToldGroup> {
        self.timetable.as_ref().map_or_else(|| self.told.groups.clone(), |timetable| timetable.told_groups(peaks))
    }

    /// What was supposed.
    pub(super) fn scenario(&self, project: &Project, read: &[LayerReport]) -> Option<ScenarioRecord> {
        Some(ScenarioRecord::new(project.scenario.as_ref()?, &self.told.edits, read))
    }
}
