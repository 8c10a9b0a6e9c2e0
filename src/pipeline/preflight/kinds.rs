//! The kind of the senior facility that is planned, beside the kinds of those that there are.

use std::collections::BTreeSet;

use super::Preflight;
use crate::criteria::Zone;
use crate::evidence::split_by_kind;
use crate::layers::{Facility, LayerKey};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Facilities, and nobody says of which kind the planned one is.
static NOT_SAID: NoticeKind = NoticeKind {
    id: "planned-kind-not-said",
    severity: Severity::Warning,
    what: Text::new(
        "計画する施設の種別が書かれていません。どの施設も同種かもしれず、施設に近い敷地は判定不能になります。",
        "kind(s) of facility, any of which may be the planned one: sites near any facility stay undetermined",
    ),
    advice: Some(Text::new(
        "計画する施設の種別を、レイヤー `facilities` にあるとおりに `planned_kind = \"…\"` と書いてください。",
        "say which with `planned_kind = \"…\"`, as the layer `facilities` names it",
    )),
};

/// A planned kind of which there is no facility.
static OF_NONE: NoticeKind = NoticeKind {
    id: "planned-kind-of-no-facility",
    severity: Severity::Warning,
    what: Text::new(
        "計画する施設の種別と同じ種別の施設がないため、種別の分かる施設は敷地の近くにあってもかまわないことになります。",
        "planned kind(s) that no facility is of: no facility of a known kind stands too near",
    ),
    advice: Some(Text::new(
        "同種の施設があるなら、`planned_kind` をレイヤー `facilities` にあるとおりに書いてください。",
        "if there are such facilities, write `planned_kind` as the layer `facilities` names them",
    )),
};

/// Tells where a zone asks for facilities of the same kind, and which these are is not said, or said in other words.
pub(super) fn planned_kind(flight: &Preflight<'_>, notices: &mut Notices) {
    let facilities = flight.opened.city.facilities().unwrap_or_default();
    let asks = |zone: Zone| flight.rules().criteria(zone).any(|one| one.kind.spacing().is_some());
    if facilities.is_empty() || !flight.rules().zones().any(asks) {
        return;
    }
    let kind = |facility: &Facility| match &facility.kind {
        Some(kind) => Text::from(kind),
        None => Text::new("種別なし", "without a kind"),
    };
    let Some(planned) = flight.planned_kind else {
        let mut told = BTreeSet::new();
        let new = facilities.iter().filter(|facility| told.insert(facility.kind.as_deref()));
        new.for_each(|facility| notices.add(LayerKey::Facilities.name(), &NOT_SAID, kind(facility)));
        return;
    };
    let (same, _) = split_by_kind(facilities, Some(planned));
    if same.is_empty() && facilities.iter().any(|facility| facility.kind.is_some()) {
        notices.add(LayerKey::Facilities.name(), &OF_NONE, beside_kinds(planned, facilities));
    }
}

/// A planned kind beside the kinds that there are, the one that is spelled most like it first.
fn beside_kinds(planned: &str, facilities: &[Facility]) -> Text {
    /// More than these are counted.
    const SHOWN: usize = 8;
    let mut kinds: Vec<&str> =
        facilities.iter().flat_map(Facility::single_kinds).collect::<BTreeSet<_>>().into_iter().collect();
    let likeness = |kind: &str| strsim::normalized_damerau_levenshtein(planned, kind);
    kinds.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    let more = kinds.len().saturating_sub(SHOWN);
    let mut listed: Vec<Text> =
        kinds.iter().take(SHOWN).map(|&kind| Text::from(kind.replace(['\r', '\n'], " "))).collect();
    if more > 0 {
        listed.push(text!("ほか{more}種", "and {more} more"));
    }
    text!("「{planned}」。ある種別: {kinds}", "“{planned}”; there are: {kinds}", kinds = Text::list(&listed))
}
