//! Which parcels have to do with the question where sites can be?

use super::{Collector, Enough};
use crate::assess::{Assessment, Assessor, BatchResult};
use crate::criteria::NearPlaces;
use crate::evidence::Parcel;
use crate::geometry::Shapes;
use crate::queries::{NearFacility, SiteParcel, SiteRules};
use crate::units::{Metres, SquareMetres};
use crate::verdicts::{Judge, LandUse, Status};

/// Gathers the parcels that may be sites, those that may be parts of one, and those that are named.
pub struct SiteParcels<'a> {
    assessor: &'a Assessor,
    rules: SiteRules,
    /// Who judges without asking how large a parcel is; `None` where nobody asks for parts.
    whatever_area: Option<Judge>,
    /// Whether what may be a site once expectations come true is gathered as well.
    expected: bool,
    is_named: &'a (dyn Fn(&str) -> bool + Sync),
    /// Where facilities of any kind, and those of the planned kind, stand among the sets of places.
    facilities: [Option<usize>; 2],
    found: FoundParcels,
}

/// What was gathered.
#[derive(Debug, Default)]
pub struct FoundParcels {
    /// The parcels, in the order of the input.
    pub parcels: Vec<SiteParcel>,
    /// How many parcels there are of each status, in the order of [`Status::ALL`].
    pub statuses: [u64; 4],
    /// The ids of named parcels without a usable shape.
    pub shapeless: Vec<String>,
}

impl<'a> SiteParcels<'a> {
    /// Nothing as yet. With `parts`, of parcels that are too small as well; with `expected`, of those that may be sites once the
    /// planner's expectations come true.
    #[must_use]
    pub fn new(
        assessor: &'a Assessor,
        rules: SiteRules,
        [parts, expected]: [bool; 2],
        is_named: &'a (dyn Fn(&str) -> bool + Sync),
    ) -> Self {
        let judge = &assessor.judge;
        let whatever_area = rules.area_key.filter(|_| parts).map(|key| {
            let mut others = judge.rules.clone();
            if let Some(least) = others.thresholds.get_mut(key) {
                *least = 0.0;
            }
            judge.under(others)
        });
        let sets = &judge.rules.set.near_sets;
        let all = sets.iter().position(
            |set| matches!(set.places, NearPlaces::AllOf(layer) if layer == crate::layers::LayerKey::Facilities),
        );
        let same = sets.iter().position(|set| set.places == NearPlaces::SameKind);
        let (facilities, found) = ([all, same], FoundParcels::default());
        Self { assessor, rules, whatever_area, expected, is_named, facilities, found }
    }

    fn near(&self, assessment: &Assessment, row: usize, set: Option<usize>) -> Option<NearFacility> {
        let set = set?;
        let column = assessment.measures.nearest.get(set)?;
        let place = self.assessor.study.nearest.get(set)?.places().get(column.index.get(row)? as usize)?;
        Some(NearFacility { name: place.name.clone(), distance: Metres(column.metres.get(row)?) })
    }

    /// Whether the land is under-used; `None` where that is not measured.
    fn land(&self, assessment: &Assessment, row: usize) -> Option<LandUse> {
        let (rule, rate) = (self.assessor.judge.rules.set.unused_land?, &assessment.measures.fill.fill_rate);
        self.assessor.study.floors.as_ref().map(|_| LandUse::of(rate.lo.get(row), rate.hi.get(row), rule))
    }

    fn parcel(&self, result: &BatchResult<'_>, row: usize, parcel: &Parcel<'_>, kinds: [bool; 3]) -> SiteParcel {
        let assessment = &result.assessment;
        let [facility, same_kind] = self.facilities.map(|set| self.near(assessment, row, set));
        let mut shape = Shapes::default();
        shape.push(&parcel.shape);
        let [is_site, is_part, is_expected] = kinds;
        SiteParcel {
            id: assessment.ids.get(row).unwrap_or_default().to_owned(),
            position: result.position(row),
            is_site,
            is_part,
            is_expected,
            area: SquareMetres(assessment.measures.area_m2.get(row).unwrap_or_default()),
            shape,
            facility,
            same_kind,
            land: self.land(assessment, row),
        }
    }
}

impl Collector for SiteParcels<'_> {
    type Piece = FoundParcels;
    type Output = FoundParcels;

    fn piece(&self, result: &BatchResult<'_>) -> FoundParcels {
        let mut piece = FoundParcels::default();
        let (assessment, zone) = (&result.assessment, self.rules.zone);
        let statuses = &assessment.statuses[zone.index()];
        let others = self.whatever_area.as_ref().map(|judge| {
            let measures = &assessment.measures;
            judge.statuses_of(zone, &measures.zones[zone.index()], measures)
        });
        for (row, parcel) in result.batch.parcels().enumerate() {
            let status = statuses[row];
            if let Some(at) = Status::ALL.iter().position(|&one| one == status) {
                piece.statuses[at] += 1;
            }
            let is_named = (self.is_named)(assessment.ids.get(row).unwrap_or_default());
            let Some(parcel) = parcel else {
                if is_named {
                    piece.shapeless.push(assessment.ids.get(row).unwrap_or_default().to_owned());
                }
                continue;
            };
            let counts = |status| status == Status::Eligible || (self.expected && status == Status::Prospective);
            let other = others.as_ref().map(|others| others[row]);
            let is_site = counts(status);
            let is_part = !is_site && other.is_some_and(counts);
            let is_expected = if is_part { other } else { Some(status) } == Some(Status::Prospective);
            if is_site || is_part || is_named {
                piece.parcels.push(self.parcel(result, row, &parcel, [is_site, is_part, is_expected]));
            }
        }
        piece
    }

    fn merge(&mut self, piece: FoundParcels) -> Result<(), Enough> {
        self.found.parcels.extend(piece.parcels);
        self.found.shapeless.extend(piece.shapeless);
        self.found.statuses.iter_mut().zip(piece.statuses).for_each(|(sum, more)| *sum += more);
        Ok(())
    }

    fn finish(self) -> FoundParcels {
        self.found
    }
}

impl std::fmt::Debug for SiteParcels<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SiteParcels").field("found", &self.found).finish_non_exhaustive()
    }
}
