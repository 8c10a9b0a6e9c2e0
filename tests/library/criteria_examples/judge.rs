//! What the library says of a scene, asked as a run asks it.

use kyoten::assess::{Assessment, Assessor, Terms};
use kyoten::criteria::{Asks, Criterion};
use kyoten::evidence::{Batch, SHARE_STEPS, ShareColumns, Texts};

use super::scene::{Claim, Scene};

/// What is found for each claim of a scene, written as the claims are.
pub fn answers(scene: &Scene) -> Vec<String> {
    let terms = Terms { rules: scene.rules(), planned_kind: scene.planned_kind.clone(), ..Terms::default() };
    let batch = Batch::new(scene.parcels.clone());
    let assessor = Assessor::build(&scene.city, None, &terms, batch.extent());
    let found = assessor.assess(&batch, Texts::default());
    scene.claims.iter().map(|claim| answer(claim, &assessor, &found)).collect()
}

fn answer(claim: &Claim, assessor: &Assessor, found: &Assessment) -> String {
    let rules = &assessor.judge.rules;
    if let Some(zone) = rules.set.zone(&claim.about) {
        return found.statuses[zone.index()][claim.parcel].to_string();
    }
    let asked = rules.set.criterion(&claim.about).expect("it was read");
    if let Asks::Parcel(_) = asked.kind.asks() {
        return match met(asked, claim.parcel, assessor, found) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        }
        .to_owned();
    }
    let region = rules.set.region(asked.id).expect("it asks about a region");
    match found.measures.area_m2.get(claim.parcel) {
        Some(_) => written(&found.measures.criteria[region], claim.parcel),
        None => "null".to_owned(),
    }
}

/// Whether a criterion about the parcel is met, by a zone that asks for it; not known of a parcel without an area.
fn met(asked: &Criterion, parcel: usize, assessor: &Assessor, found: &Assessment) -> Option<bool> {
    assert!(assessor.judge.rules.asks_for(asked), "{}: no zone asks for it", asked.id);
    let mut standings = assessor.judge.rules.zones().flat_map(|zone| assessor.standings(found, zone, parcel));
    standings.find(|standing| standing.criterion.id == asked.id)?.is_met
}

/// `0.5`, `0..1`, `0..1 expected 0.5`: three decimals, and 0 and 1 only for nothing and all.
fn written(shares: &ShareColumns, row: usize) -> String {
    let number = |share: u32| match f64::from(share) / SHARE_STEPS {
        whole if whole <= 0.0 || whole >= 1.0 => format!("{whole}"),
        part => format!("{}", (part.clamp(0.001, 0.999) * 1000.0).round() / 1000.0),
    };
    let [lo, hi, expected] = [&shares.lo, &shares.hi, &shares.expected].map(|end| number(end[row]));
    let interval = if lo == hi { lo.clone() } else { format!("{lo}..{hi}") };
    if expected == lo { interval } else { format!("{interval} expected {expected}") }
}
