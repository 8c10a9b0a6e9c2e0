//! How do the criteria stand that ask of a parcel alone, as its area and the facilities about it, by what a run tells?

use super::about::Fact;
use super::{Subject, facilities};
use crate::criteria::{Asks, Criterion, NearPlaces, ParcelFacts};
use crate::layers::LayerKey;
use crate::runs::RunParcel;
use crate::text::Text;
use crate::units::{Metres, SquareMetres};
use crate::verdicts::Status;

/// The row of a criterion that asks of the parcel alone; `None` of any other.
pub(super) fn fact(subject: &Subject<'_>, parcel: &RunParcel, criterion: &Criterion) -> Option<Fact> {
    let Asks::Parcel(asks) = criterion.kind.asks() else { return None };
    let zone = subject.zone;
    // Whatever the files may lack: what is eligible meets all that is asked by itself.
    let is_met = parcel.text(zone.id()) == Some(Status::Eligible.id()) && zone.alone().any(|id| id == criterion.id);
    let answer = asks.answer(&facts(subject, parcel), &subject.run.rules.thresholds).or(is_met.then_some(true));
    let value = told(standing(answer), &details(subject, parcel, criterion, answer));
    Some(Fact { what: criterion.name.clone(), value })
}

/// Whether a condition is met; `None`: not known.
pub(super) fn standing(answer: Option<bool>) -> Text {
    match answer {
        Some(true) => Text::new("満たす", "met"),
        Some(false) => Text::new("満たさない", "not met"),
        None => Text::new("分からない", "not known"),
    }
}

fn told(standing: Text, details: &[Text]) -> Text {
    if details.is_empty() {
        return standing;
    }
    let details = Text::list(details);
    text!("{standing}（{details}）", "{standing} ({details})", standing = standing, details = details)
}

/// What the columns of a parcel and the run's files say of it. What may be lost of the facilities leaves open what it could settle.
fn facts(subject: &Subject<'_>, parcel: &RunParcel) -> ParcelFacts {
    let metres = |column: &str| parcel.number(column).map(Metres);
    let record = &subject.run.record;
    let of_facilities = || record.notices.iter().filter(|one| one.layer == LayerKey::Facilities.name());
    ParcelFacts {
        area: parcel.number("area_m2").map(SquareMetres),
        // Told of every run that has the layer.
        facilities_known: record.facility_pairs_too_close.is_some(),
        same_kind: metres("same_kind_facility_m"),
        maybe_same_kind: metres("maybe_same_kind_facility_m"),
        unplaced_same_kind: facilities::may_be_anywhere(subject)
            || of_facilities().any(|one| one.severity == "skipped"),
    }
}

/// The numbers that a criterion compares, with what is asked.
fn details(subject: &Subject<'_>, parcel: &RunParcel, criterion: &Criterion, answer: Option<bool>) -> Vec<Text> {
    let (set, thresholds) = (subject.run.rules.set, &subject.run.rules.thresholds);
    let mut details = Vec::new();
    for measure in criterion.measures() {
        let Some((threshold, needed)) = set.threshold(measure.threshold).zip(thresholds.get(measure.threshold)) else {
            continue;
        };
        let written = |number: f64| Text {
            ja: threshold.written_in_japanese(number).into(),
            en: threshold.written(number).into(),
        };
        if let Some(number) = parcel.number(measure.column) {
            details.push(written(number));
        }
        // Where it is open, what may decide it.
        let may_decide = criterion.near_sets().into_iter().filter(|set| set.places == NearPlaces::MaybeSameKind);
        for set in may_decide.filter(|_| answer.is_none()) {
            if let Some(number) = parcel.number(&format!("{}_m", set.stem)) {
                details.push(set.title.joined(" ", &written(number)));
            }
        }
        let needed = written(needed);
        details.push(if measure.at_least {
            text!("基準値 {needed}以上", "{needed} or more asked", needed = needed)
        } else {
            text!("基準値 {needed}以下", "{needed} or less asked", needed = needed)
        });
    }
    details
}
