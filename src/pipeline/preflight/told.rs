//! Does the ground of a zone as a whole meet what outputs are told of? Red zones 災害レッドゾーン within a residence
//! induction area decide nothing for a parcel, and all for the municipality.

use super::Preflight;
use crate::criteria::{Criterion, Zone};
use crate::geometry::Shapes;
use crate::geometry::area::{area, centroid};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::regions::Region;
use crate::text::Text;
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Ground that does not meet what the zone is told of.
static NOT_MET: NoticeKind = NoticeKind {
    id: "zone-holds-what-it-must-not",
    severity: Severity::Warning,
    what: Text::new(
        "区域の中に、満たさない土地があります。区域全体や市区町村が支援の対象から外れることがあります（筆の判定には使いません）。",
        "condition(s) that some ground of a zone does not meet: the zone as a whole, or the municipality, may be left out for it (no parcel is judged by it)",
    ),
    advice: Some(Text::new(
        "その土地を区域から除けるか、制度の要綱で確かめてください。場所は places.geojson と列 `…_lo`、`…_hi` で分かります。",
        "see whether the plan can leave that ground out, and what the programme's guideline says; places.geojson and the columns `…_lo`, `…_hi` show where it is",
    )),
};

/// The same where that is not known.
static NOT_KNOWN: NoticeKind = NoticeKind {
    id: "zone-may-hold-what-it-must-not",
    severity: Severity::Info,
    what: Text::new(
        "区域の中に、満たすかどうか分からない土地があります。",
        "condition(s) of which is not known whether all ground of a zone meets them",
    ),
    advice: None,
};

/// Less than this is where two boundaries that are meant to be one differ, hectares.
const NOTHING: f64 = 0.0005;

/// Tells of zones whose ground does not meet what they are told of as a whole.
pub(super) fn ground_that_fails(flight: &Preflight<'_>, notices: &mut Notices) {
    let rules = flight.rules();
    for zone in rules.zone_regions() {
        for criterion in zone.rule().told_as_a_whole.iter().filter_map(|id| rules.set.criterion(id)) {
            let [fails, may_fail] = hectares(flight, zone, criterion);
            let (kind, hectares) = match (fails > NOTHING, may_fail > NOTHING) {
                (true, _) => (&NOT_MET, fails),
                (false, true) => (&NOT_KNOWN, may_fail),
                (false, false) => continue,
            };
            let (zone, name, hectares) = (zone.name(), criterion.name.clone(), format!("{hectares:.2}"));
            notices.add(
                criterion.id,
                kind,
                text!(
                    "{zone}の「{name}」でない土地 {hectares} ha",
                    "{zone}, not {name}: {hectares} ha",
                    zone = zone,
                    name = name
                ),
            );
        }
    }
}

/// How much ground of a zone's candidates surely does not meet a criterion, and how much may not.
fn hectares(flight: &Preflight<'_>, zone: Zone, criterion: &Criterion) -> [f64; 2] {
    let Some(known) = flight.assessor.known.get(criterion.id) else { return [0.0; 2] };
    let scale = &flight.opened.city.scale;
    let of = |is_meant: fn(Status) -> bool, met: &Region| -> f64 {
        let candidates = flight.assessor.candidates.iter().filter(|one| one.zone == zone && is_meant(one.status));
        let ground = |shapes: &Shapes| -> SquareMetres {
            let areas =
                shapes.iter().map(|shape| scale.ground_area(area(&shape), centroid(&shape).unwrap_or_default()));
            areas.fold(SquareMetres(0.0), |sum, one| sum + one)
        };
        let fails = candidates.map(|one| Region::union_of(&[&**one.shape]).minus(met));
        fails.filter_map(|region| region.pieces().map(ground)).map(SquareMetres::hectares).sum()
    };
    [of(|status| status == Status::Eligible, &known.possible), of(|_| true, &known.sure)]
}
