//! The connected pieces of a zone's region: sure, expected, and possible.

use std::sync::Arc;

use rayon::prelude::*;

use super::{AsWhole, ZoneFacts, facts};
use crate::criteria::{Context, Criterion, Zone};
use crate::crs::ScaleField;
use crate::flat::Later;
use crate::geometry::area::{area, centroid};
use crate::geometry::{Point, Shape, Shapes};
use crate::regions::{Known, Region, RegionIndex, Scratch};
use crate::units::SquareMetres;
use crate::verdicts::Status;

/// Smaller pieces are slivers, where two boundaries run side by side: dropped and counted.
pub const MIN_ZONE: SquareMetres = SquareMetres(100.0);

/// One candidate zone.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its id: its kind of zone and its number among those.
    pub id: String,
    /// Which zone it could be.
    pub zone: Zone,
    /// How sure that is: never [`Status::Ineligible`].
    pub status: Status,
    /// Its outline, one connected polygon, plane metres.
    pub shape: Arc<Later<Shapes>>,
    /// Its ground area.
    pub area: SquareMetres,
    /// Its centre of gravity, plane metres.
    pub centre: Point,
    /// What it carries as a whole.
    pub facts: ZoneFacts,
}

/// The candidate zones of one kind.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The zones, by status and then from large to small.
    pub zones: Vec<Candidate>,
    /// How many pieces were too small to be one.
    pub slivers: usize,
    /// Whether the possible region has no bound, so that zones that are not determined cannot be drawn: a layer is
    /// missing that would bound them.
    pub unbounded: bool,
}

/// The connected pieces of what is sure, of what expectations add, and of what is possible beyond both.
///
/// `withheld` is what would be sure if the zone were not asked as a whole, `asked` are the criteria that the kind of zone
/// asks for.
#[must_use]
pub fn candidates(
    zone: Zone,
    known: &Known,
    withheld: &Region,
    asked: &[&'static Criterion],
    context: &Context<'_>,
) -> Candidates {
    let wholes = Wholes::new(known, withheld);
    let mut found = Candidates::default();
    let hoped = if known.has_expectation() { known.expected.minus(&known.sure) } else { Region::nothing() };
    let open =
        if known.possible == known.sure { Region::nothing() } else { known.possible.minus(&known.sure).minus(&hoped) };
    for (status, region) in
        [(Status::Eligible, &known.sure), (Status::Prospective, &hoped), (Status::Undetermined, &open)]
    {
        let Some(pieces) = region.pieces() else {
            found.unbounded = true;
            continue;
        };
        let of_piece = |index: usize| {
            let one = candidate(zone, status, &pieces.get(index), &context.city.scale)?;
            Some(Candidate { facts: facts(&one, &wholes.of(&one), asked, context), ..one })
        };
        let zones: Vec<Option<Candidate>> = (0..pieces.len()).into_par_iter().map(of_piece).collect();
        found.slivers += zones.iter().filter(|one| one.is_none()).count();
        let mut zones: Vec<Candidate> = zones.into_iter().flatten().collect();
        zones.sort_by(|a, b| b.area.0.total_cmp(&a.area.0).then(a.centre[0].total_cmp(&b.centre[0])));
        found.zones.extend(zones);
    }
    for (number, one) in (1..).zip(&mut found.zones) {
        one.id = format!("{}-{number}", zone.id());
    }
    found
}

/// What a candidate is part of when it is asked as a whole.
struct Wholes<'a> {
    /// The zones that there will be, where expectations make any.
    grown: Vec<(Shape<'a>, RegionIndex)>,
    withheld: Option<RegionIndex>,
}

impl<'a> Wholes<'a> {
    fn new(known: &'a Known, withheld: &Region) -> Self {
        let pieces = known.has_expectation().then(|| known.expected.pieces()).flatten();
        let ready = |piece: Shape<'a>| {
            let mut alone = Shapes::default();
            alone.push(&piece);
            (piece, Region::from(std::borrow::Cow::Owned(alone)).index())
        };
        Self {
            grown: pieces.into_iter().flat_map(Shapes::iter).map(ready).collect(),
            withheld: (!withheld.is_nothing()).then(|| withheld.index()),
        }
    }

    /// An expected piece grows together with what is sure beside it, and an open one may hold a piece that fails.
    fn of(&self, candidate: &Candidate) -> AsWhole<'a> {
        let piece = candidate.shape.get(0);
        let (bounds, plane_area) = (piece.bounds(), area(&piece));
        let mut scratch = Scratch::default();
        let mut meets = |region: &RegionIndex| region.share(&piece, &bounds, plane_area, &mut scratch) > 0.0;
        match candidate.status {
            Status::Prospective => {
                let grown = self.grown.iter().find(|(_, region)| meets(region));
                AsWhole { grown: grown.map(|(whole, _)| whole.clone()), holds_withheld: false }
            }
            Status::Undetermined => {
                AsWhole { grown: None, holds_withheld: self.withheld.as_ref().is_some_and(&mut meets) }
            }
            Status::Eligible | Status::Ineligible => AsWhole::default(),
        }
    }
}

fn candidate(zone: Zone, status: Status, piece: &Shape<'_>, scale: &ScaleField) -> Option<Candidate> {
    let centre = centroid(piece)?;
    let ground = scale.ground_area(area(piece), centre);
    let mut shape = Shapes::default();
    shape.push(piece);
    (ground >= MIN_ZONE).then_some(Candidate {
        id: String::new(),
        zone,
        status,
        shape: Arc::new(shape.into()),
        area: ground,
        centre,
        facts: ZoneFacts::default(),
    })
}
