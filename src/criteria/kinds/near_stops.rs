//! `near-stops`: within walking distance of a station or stop, of enough service or of any.

use serde_json::{Value, json};

use super::KindReader;
use crate::criteria::reading::{Words, column_name};
use crate::criteria::{
    Asks, AsksStops, Context, Kind, Measure, Named, NearPlaces, NearSet, OfMode, ReachedStop, StopCounts, StopQuestion,
    StopReach,
};
use crate::layers::{LayerKey, StopKind};
use crate::settings::{Fault, TomlTable};
use crate::text::{Text, kept};
use crate::transit::{ServiceQuestion, Stop};
use crate::units::Metres;

/// How it is read.
pub(super) const READER: KindReader = KindReader {
    id: "near-stops",
    keys: &["rail", "tram", "bus"],
    read: |table, words| Some(Box::new(read(table, words)?)),
};

fn read(table: &TomlTable<'_>, words: &Words) -> Option<NearStops> {
    let modes = StopKind::ALL.map(|mode| Some((mode, table.get(mode.id())?)));
    if modes.iter().all(Option::is_none) {
        let what = Text::new("種類ごとの距離と本数", "how near, and how often, by mode");
        table.missing("rail", what);
    }
    let (mut question, mut columns) = (StopQuestion { rail: None, tram: None, bus: None }, Vec::new());
    for (mode, entry) in modes.into_iter().flatten() {
        let of_mode = entry.table()?.knowing(&["within", "peak_trips", "daily_trips", "directions", "column"]);
        let asked = OfMode { within: words.threshold(&of_mode, "within")?, counts: counts(&of_mode, words)? };
        *question.place(mode) = Some(asked);
        if let Some(entry) = of_mode.get("column") {
            columns.push((mode, column_name(&entry)?));
        }
    }
    Some(NearStops { question, columns })
}

/// What makes a stop of a mode count.
fn counts(table: &TomlTable<'_>, words: &Words) -> Option<StopCounts> {
    let directions = table.get("directions");
    match (table.get("peak_trips"), table.get("daily_trips")) {
        (Some(_), Some(daily)) => {
            daily.fault(Fault::NotBoth { other: "peak_trips" });
            None
        }
        (Some(peak), None) => {
            if let Some(entry) = directions {
                entry.fault(Fault::NotBoth { other: "peak_trips" });
                return None;
            }
            Some(StopCounts::Service {
                service: ServiceQuestion::PeakInOneDirection,
                at_least: words.threshold_of(&peak)?,
            })
        }
        (None, Some(daily)) => {
            let what = Text::new("\"one\"（片道）か \"both\"（往復）", "\"one\" or \"both\" directions");
            let entry = table.needed("directions", what)?;
            let all = [("one", ServiceQuestion::DailyInOneDirection), ("both", ServiceQuestion::DailyInBothDirections)];
            let (_, service) = entry.one_of(&all, |(word, _)| word)?;
            Some(StopCounts::Service { service, at_least: words.threshold_of(&daily)? })
        }
        (None, None) => Some(StopCounts::Any),
    }
}

/// Near stations and stops.
#[derive(Debug)]
pub struct NearStops {
    /// How near, and with how much service, by mode.
    pub question: StopQuestion,
    /// The column of the nearest that counts, of the modes that have one of their own.
    pub columns: Vec<(StopKind, &'static str)>,
}

impl NearStops {
    /// The columns of the nearest, each with its modes.
    fn columns(&self, criterion: &Named<'_>) -> Vec<(&'static str, Vec<StopKind>)> {
        let mut found: Vec<(&'static str, Vec<StopKind>)> = Vec::new();
        for mode in StopKind::ALL.into_iter().filter(|&mode| self.question.of(mode).is_some()) {
            let own = self.columns.iter().find(|(of, _)| *of == mode);
            let column = own.map_or(criterion.column, |(_, column)| column);
            match found.iter_mut().find(|(name, _)| *name == column) {
                Some((_, modes)) => modes.push(mode),
                None => found.push((column, vec![mode])),
            }
        }
        found
    }

    /// Where each mode is asked for otherwise, no one distance decides.
    fn threshold(&self, modes: &[StopKind]) -> Option<&'static str> {
        let mut within = modes.iter().filter_map(|&mode| self.question.of(mode)).map(|asked| asked.within);
        let first = within.next()?;
        within.all(|other| other == first).then_some(first)
    }
}

impl Kind for NearStops {
    fn id(&self) -> &'static str {
        "near-stops"
    }

    fn asks(&self) -> Asks<'_> {
        Asks::Stops(self)
    }

    fn layers(&self) -> Vec<LayerKey> {
        self.question.layers()
    }

    fn thresholds(&self) -> Vec<&'static str> {
        let services = self.question.services().into_iter().map(|(_, at_least)| at_least);
        self.question.distances().into_iter().chain(services).collect()
    }

    fn reach(&self) -> Vec<&'static str> {
        self.question.distances()
    }

    fn measures(&self, criterion: &Named<'_>) -> Vec<Measure> {
        let measure = |(column, modes): (&'static str, Vec<StopKind>)| {
            Some(Measure::at_most(kept(&format!("{column}_m")), self.threshold(&modes)?))
        };
        self.columns(criterion).into_iter().filter_map(measure).collect()
    }

    fn near_sets(&self, criterion: &Named<'_>) -> Vec<NearSet> {
        let columns = self.columns(criterion);
        let is_one = columns.len() == 1;
        let set = |(stem, modes): (&'static str, Vec<StopKind>)| {
            let title = match stem {
                "station" => Text::new("最寄り基幹駅", "nearest station of peak service"),
                "stop" => Text::new("最寄り基幹停留所", "nearest stop of peak service"),
                "any_stop" => Text::new("最寄りの駅・停留所", "nearest station or stop"),
                _ if is_one => criterion.nearest(),
                _ => nearest_of(&modes, criterion),
            };
            NearSet { stem, title, is_named: true, places: NearPlaces::Stops { criterion: criterion.id, modes } }
        };
        columns.into_iter().map(set).collect()
    }

    fn stop_question(&self) -> Option<StopQuestion> {
        Some(self.question.clone())
    }

    fn parameters(&self) -> Value {
        json!({ "stops": self.question.parameters() })
    }
}

/// What the nearest of some modes is called, of a criterion with several columns.
fn nearest_of(modes: &[StopKind], criterion: &Named<'_>) -> Text {
    let name = |mode: &StopKind| match mode {
        StopKind::Rail => Text::new("鉄道駅", "station"),
        StopKind::Tram => Text::new("電停", "tram stop"),
        StopKind::Bus => Text::new("バス停", "bus stop"),
    };
    let modes = Text::list(&modes.iter().map(name).collect::<Vec<_>>());
    text!("最寄りの{modes}（{name}）", "nearest {modes}: {name}", modes = modes, name = criterion.name.clone())
}

impl AsksStops for NearStops {
    fn reach(&self, context: &Context<'_>) -> StopReach {
        let reached = |stop: &Stop| {
            let within = context.thresholds.get(self.question.of(stop.kind)?.within)?;
            Some(ReachedStop { stop: stop.clone(), within: Metres(within), zones: Vec::new() })
        };
        let those = |certainty: usize| -> Vec<ReachedStop> {
            let counts = |stop: &&Stop| self.question.is_met(stop, context.thresholds)[certainty];
            context.stops.iter().filter(counts).filter_map(reached).collect()
        };
        let sure = those(0);
        StopReach {
            possible: those(1),
            // Nobody may expect a stop: one that is planned is a what-if.
            expected: sure.clone(),
            sure,
            anywhere: context.stops_anywhere(&self.question),
        }
    }
}
