//! A survey for programs: `docs/schemas/survey.schema.json`.

use serde_json::{Map, Value, json};

use super::{Amounts, Survey, Surveyed};
use crate::criteria::{Rules, Zone};
use crate::crs::FromPlane;
use crate::outputs::text::rounded;
use crate::text::Text;

/// What is said of the choice of a few items.
pub(super) const GREEDY: Text = Text::new(
    "1件ずつ、最も多くを決めそうなものを選んだ順です（貪欲法）。ほかの組み合わせの方が多く決まることもあります。数は、選んだものをすべて記入して市全体を組み立て直した結果です。",
    "chosen one after the other, always the one that promises most (greedy): another few may settle more. The numbers are those of the city put together again with all of the chosen ones filled in",
);

/// A survey as a document, with so many items at most.
#[must_use]
pub fn survey_document(survey: &Survey, rules: &Rules, from_plane: &FromPlane, most: Option<usize>) -> Value {
    let zones = &survey.zones;
    let told = most.unwrap_or(usize::MAX);
    let items = survey.items.iter().enumerate().take(told).map(|(index, one)| item(one, index, zones, from_plane));
    let steps = survey.together.iter().map(|step| {
        json!({
            "id": survey.items[step.item].item.id,
            "rank": step.item + 1,
            "if_good": amounts(&step.if_good, zones),
            "if_poor": amounts(&step.if_poor, zones),
            "settles_in_both": amounts(&step.either, zones),
            "opens": amounts(&step.opened, zones),
        })
    });
    let names = zones.iter().map(|zone| json!({ "id": zone.id(), "name": both(&zone.name()) }));
    json!({
        "rules": rules.set.id,
        "zones": names.collect::<Vec<_>>(),
        "undetermined": amounts(&survey.open, zones),
        "items": items.collect::<Vec<_>>(),
        "together": { "how": both(&GREEDY), "steps": steps.collect::<Vec<_>>() },
        "settle_nothing_alone": survey.idle,
        "not_reckoned": survey.unreckoned,
        "stops_without_a_name": survey.nameless,
    })
}

fn item(one: &Surveyed, index: usize, zones: &[Zone], from_plane: &FromPlane) -> Value {
    let Surveyed { item, whichever, outcomes } = one;
    let at = item.at.map(|at| from_plane.lon_lat(at).map(|degrees| rounded(degrees, 7)));
    let answers = item.answers.iter().zip(outcomes).map(|(answer, outcome)| {
        let [from, below] = answer.numbers.unwrap_or_default();
        json!({
            "id": answer.id,
            "said": both(&answer.said),
            "from": from,
            "below": below,
            "settles": amounts(&outcome.settled, zones),
            "opens": amounts(&outcome.opened, zones),
        })
    });
    json!({
        "rank": index + 1,
        "kind": item.kind.id(),
        "id": item.id,
        "name": item.name,
        "title": both(&item.title),
        "lon": at.map(|at| at[0]),
        "lat": at.map(|at| at[1]),
        "lines": item.stop.as_ref().map(|stop| &stop.lines),
        "places": item.stop.as_ref().map(|stop| stop.places),
        "settles_for_sure": amounts(whichever, zones),
        "answers": answers.collect::<Vec<_>>(),
    })
}

/// How much something comes to.
fn amounts(of: &Amounts, zones: &[Zone]) -> Value {
    let by_zone: Map<String, Value> = zones
        .iter()
        .zip(&of.zones)
        .map(|(zone, of)| (zone.id().to_owned(), json!({ "parcels": of.parcels, "hectares": rounded(of.hectares, 4) })))
        .collect();
    json!({ "parcels": of.parcels, "hectares": rounded(of.hectares, 4), "zones": by_zone })
}

fn both(text: &Text) -> Value {
    json!({ "ja": text.ja, "en": text.en })
}
