//! What became of the stations and stops between two runs.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::line_changes::LineChange;
use crate::crs::ScaleField;
use crate::evidence::{Place, distance_between};
use crate::geometry::distance::line_way;
use crate::regions::Certainty;
use crate::runs::RunStop;
use crate::text::Text;
use crate::units::Metres;

/// As far may a stop of one name and kind have moved and still be the same.
const SAME_NAME: Metres = Metres(300.0);

/// As far may one without a name have moved.
const NO_NAME: Metres = Metres(5.0);

/// What moved less stands where it stood: data are redrawn by so much.
const STILL: Metres = Metres(1.0);

/// A stop that is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct StopChange {
    /// As A has it; `None`: it was added.
    pub before: Option<RunStop>,
    /// As B has it; `None`: it was removed.
    pub after: Option<RunStop>,
    /// How far a part of it lies from where it was, where that is more than a metre.
    pub moved: Option<Metres>,
    /// The lines that run more or less often there than before, if its service is another.
    pub lines: Vec<LineCause>,
}

/// A line that changed the service of a stop.
#[derive(Debug, Clone, PartialEq)]
pub struct LineCause {
    /// Its index among the lines of the answer.
    pub line: usize,
    /// Its name, as the cause.
    pub what: Text,
}

impl StopChange {
    /// The stop as it is now, or as it was last.
    ///
    /// # Panics
    /// Never: a change has at least one side.
    #[must_use]
    pub fn stop(&self) -> &RunStop {
        self.after.as_ref().or(self.before.as_ref()).expect("a stop is in one of the runs at least")
    }

    /// What changed, one phrase a thing: `added`, `peak 2 → 4`, `now frequent`.
    #[must_use]
    pub fn what(&self) -> Vec<Text> {
        let (before, after) = match (&self.before, &self.after) {
            (Some(before), Some(after)) => (before, after),
            (None, _) => return vec![Text::new("新設", "added")],
            (_, None) => return vec![Text::new("廃止", "removed")],
        };
        let mut what = Vec::new();
        if let Some(Metres(metres)) = self.moved {
            what.push(text!("{metres:.0} m移動", "moved {metres:.0} m"));
        }
        if before.peak_trips != after.peak_trips {
            let (before, after) = (peak(before), peak(after));
            what.push(text!("ピーク {before} → {after}", "peak {before} → {after}", before = before, after = after));
        }
        what.extend(self.lines.iter().map(|line| line.what.clone()));
        what.extend(turn(before.frequent, after.frequent, &FREQUENT));
        let connects = |stop: &RunStop| stop.connects.unwrap_or(Certainty::No);
        what.extend(turn(connects(before), connects(after), &CONNECTS));
        what
    }
}

/// Departures in the peak hour in words.
fn peak(stop: &RunStop) -> Text {
    let said = |ja: String, en: String| Text { ja: ja.into(), en: en.into() };
    match stop.peak_trips {
        (lo, Some(hi)) if lo == hi => said(format!("{lo}本/時"), lo.to_string()),
        (lo, Some(hi)) => said(format!("{lo}〜{hi}本/時"), format!("{lo}–{hi}")),
        (0.0, None) => Text::new("不明", "unknown"),
        (lo, None) => text!("{lo}本/時以上", "{lo} or more"),
    }
}

/// How it is told that a stop came to count, or not to.
struct Turn {
    now: Text,
    no_longer: Text,
    perhaps_now: Text,
    perhaps_no_longer: Text,
}

const FREQUENT: Turn = Turn {
    now: Text::new("基幹的な公共交通になった", "now frequent"),
    no_longer: Text::new("基幹的な公共交通でなくなった", "no longer frequent"),
    perhaps_now: Text::new("基幹的な公共交通になった可能性", "perhaps frequent now"),
    perhaps_no_longer: Text::new("基幹的な公共交通でなくなった可能性", "perhaps no longer frequent"),
};

const CONNECTS: Turn = Turn {
    now: Text::new("中心拠点区域に接続", "now connects"),
    no_longer: Text::new("中心拠点区域に接続しなくなった", "no longer connects"),
    perhaps_now: Text::new("中心拠点区域に接続した可能性", "perhaps connects now"),
    perhaps_no_longer: Text::new("中心拠点区域に接続しなくなった可能性", "perhaps no longer connects"),
};

/// How it came to count, or not to.
fn turn(before: Certainty, after: Certainty, of: &Turn) -> Option<Text> {
    let told = match (before, after) {
        _ if before == after => return None,
        (_, Certainty::Sure) => &of.now,
        (_, Certainty::No) => &of.no_longer,
        (Certainty::No, _) => &of.perhaps_now,
        (_, Certainty::Possible | Certainty::Expected) => &of.perhaps_no_longer,
    };
    Some(told.clone())
}

/// The stops that are not the same in both runs: those of B in their order, then those that B does not have.
pub(super) fn stop_changes(
    a: Vec<RunStop>,
    b: Vec<RunStop>,
    lines: &[LineChange],
    scale: &ScaleField,
) -> Vec<StopChange> {
    let mut partners = partners(&a, &b, scale);
    let mut before: Vec<Option<RunStop>> = a.into_iter().map(Some).collect();
    let mut changes = Vec::new();
    for (index, after) in b.into_iter().enumerate() {
        let Some(before) = partners[index].take().and_then(|partner| before[partner].take()) else {
            changes.push(StopChange { before: None, after: Some(after), moved: None, lines: Vec::new() });
            continue;
        };
        let moved = Some(farthest(&before.place, &after.place, scale)).filter(|moved| *moved > STILL);
        let same = moved.is_none()
            && before.peak_trips == after.peak_trips
            && before.frequent == after.frequent
            && before.connects == after.connects;
        if !same {
            let lines = causes(lines, [&before, &after]);
            changes.push(StopChange { before: Some(before), after: Some(after), moved, lines });
        }
    }
    let removed = before.into_iter().flatten();
    changes.extend(removed.map(|stop| StopChange { before: Some(stop), after: None, moved: None, lines: Vec::new() }));
    changes
}

/// The lines that call at a stop and changed, where its service did.
fn causes(lines: &[LineChange], [before, after]: [&RunStop; 2]) -> Vec<LineCause> {
    if before.peak_trips == after.peak_trips && before.frequent == after.frequent {
        return Vec::new();
    }
    let calls = lines.iter().enumerate().filter(|(_, line)| line.calls_at(before) || line.calls_at(after));
    calls
        .map(|(index, line)| {
            let title = line.title();
            LineCause { line: index, what: text!("{title}による", "by {title}") }
        })
        .collect()
}

/// For each stop of B the stop of A that it is: of one kind and name and near enough. The nearest find each other first;
/// of those equally near the first.
fn partners(a: &[RunStop], b: &[RunStop], scale: &ScaleField) -> Vec<Option<usize>> {
    let boxes = a.iter().enumerate().map(|(index, stop)| {
        let bounds = stop.place.bounds();
        GeomWithData::new(Rectangle::from_corners(bounds.min, bounds.max), index)
    });
    let tree = RTree::bulk_load(boxes.collect());
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (index, stop) in b.iter().enumerate() {
        let most = if stop.name.is_some() { SAME_NAME } else { NO_NAME };
        // The plane stretches by less than one part in a hundred.
        let around = stop.place.bounds().grown(most.0 * 1.01);
        for found in tree.locate_in_envelope_intersecting(&AABB::from_corners(around.min, around.max)) {
            let other = &a[found.data];
            if other.kind == stop.kind && other.name == stop.name {
                let distance = distance_between(&other.place, &stop.place, scale);
                if distance <= most {
                    pairs.push((distance.0, index, found.data));
                }
            }
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut partners = vec![None; b.len()];
    let mut taken = vec![false; a.len()];
    for (_, of_b, of_a) in pairs {
        if partners[of_b].is_none() && !taken[of_a] {
            partners[of_b] = Some(of_a);
            taken[of_a] = true;
        }
    }
    partners
}

/// How far the vertex of one that is farthest from the other lies from it, whichever that is: a pole more, 50 m down the
/// street, has moved a stop by 50 m.
fn farthest(one: &Place, other: &Place, scale: &ScaleField) -> Metres {
    let from = |one: &Place, other: &Place| {
        let vertices = one.parts.iter().flatten();
        let ways = vertices.filter_map(|&vertex| {
            let ways = other.parts.iter().filter_map(|part| line_way(&[vertex], part));
            ways.min_by(|one, other| one.squared.total_cmp(&other.squared))
        });
        ways.map(|way| scale.ground_distance(way.from, way.to).0).fold(0.0, f64::max)
    };
    Metres(from(one, other).max(from(other, one)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Plane;
    use crate::geometry::Point;
    use crate::layers::StopKind;
    use crate::text::{english_in, is_japanese};

    fn stop(name: &str, at: Point) -> RunStop {
        let name = (!name.is_empty()).then(|| name.to_owned());
        RunStop {
            kind: StopKind::Bus,
            source: "layer".to_owned(),
            lines: Vec::new(),
            peak_trips: (2.0, Some(2.0)),
            frequent: Certainty::No,
            connects: None,
            lon_lat: [138.4, 34.9],
            place: Place { name: name.clone(), parts: at.into() },
            name,
        }
    }

    fn told(a: Vec<RunStop>, b: Vec<RunStop>) -> Vec<String> {
        let changes = stop_changes(a, b, &[], &ScaleField::new(Plane::new(8).unwrap()));
        let line = |change: &StopChange| {
            format!("{}: {}", change.stop().name.as_deref().unwrap_or("-"), Text::list(&change.what()).en)
        };
        changes.iter().map(line).collect()
    }

    #[test]
    fn a_stop_is_found_again_by_name_and_kind_within_300_m() {
        let a = vec![stop("駅前", [0.0, 0.0]), stop("駅前", [200.0, 0.0]), stop("東", [0.0, 0.0])];
        let b = vec![stop("駅前", [210.0, 0.0]), stop("駅前", [0.5, 0.0]), stop("東", [301.0, 0.0])];
        assert_eq!(told(a.clone(), b), ["駅前: moved 10 m", "東: added", "東: removed"]);
        let rail = RunStop { kind: StopKind::Rail, ..a[2].clone() };
        assert_eq!(told(a[2..].to_vec(), vec![rail]), ["東: added", "東: removed"]);
    }

    #[test]
    fn one_without_a_name_is_found_again_within_5_m() {
        let a = vec![stop("", [0.0, 0.0]), stop("", [100.0, 0.0])];
        let b = vec![stop("", [4.0, 0.0]), stop("", [106.0, 0.0]), stop("西", [100.0, 0.0])];
        assert_eq!(told(a, b), ["-: moved 4 m", "-: added", "西: added", "-: removed"]);
    }

    #[test]
    fn what_changed_is_said_in_words() {
        let before = stop("駅前", [0.0, 0.0]);
        let change = |after: RunStop| told(vec![before.clone()], vec![after]).concat();
        assert_eq!(change(before.clone()), "");
        let more = RunStop { peak_trips: (4.0, Some(4.0)), frequent: Certainty::Sure, ..before.clone() };
        assert_eq!(change(more.clone()), "駅前: peak 2 → 4, now frequent");
        assert_eq!(told(vec![more], vec![before.clone()]), ["駅前: peak 4 → 2, no longer frequent"]);
        let unknown = RunStop { peak_trips: (0.0, None), frequent: Certainty::Possible, ..before.clone() };
        assert_eq!(change(unknown), "駅前: peak 2 → unknown, perhaps frequent now");
        assert_eq!(change(RunStop { connects: Some(Certainty::Sure), ..before.clone() }), "駅前: now connects");
        let mut pole = before.clone();
        pole.place.parts = [[0.0, 0.0], [50.0, 0.0]].into_iter().collect();
        assert_eq!(change(pole), "駅前: moved 50 m");
    }

    #[test]
    fn what_changed_is_said_in_japanese() {
        let before = stop("駅前", [0.0, 0.0]);
        let states = [
            before.clone(),
            stop("駅前", [50.0, 0.0]),
            RunStop { peak_trips: (4.0, Some(6.0)), frequent: Certainty::Sure, ..before.clone() },
            RunStop { peak_trips: (3.0, None), frequent: Certainty::Possible, ..before.clone() },
            RunStop { peak_trips: (0.0, None), connects: Some(Certainty::Possible), ..before.clone() },
            RunStop { connects: Some(Certainty::Sure), ..before },
        ];
        let state = || std::iter::once(None).chain(states.iter().cloned().map(Some));
        let pairs = state().flat_map(|before| state().map(move |after| (before.clone(), after)));
        for (before, after) in pairs.filter(|(before, after)| before.is_some() || after.is_some()) {
            for told in (StopChange { before, after, moved: Some(Metres(50.0)), lines: Vec::new() }).what() {
                assert!(is_japanese(&told.ja) && english_in(&told.ja).is_none(), "{told:?}");
            }
        }
        let [one, more] = [&states[0], &states[2]].map(|stop| Some(stop.clone()));
        let told = Text::list(&StopChange { before: one, after: more, moved: None, lines: Vec::new() }.what());
        assert_eq!(told.ja, "ピーク 2本/時 → 4〜6本/時、基幹的な公共交通になった");
    }
}
