//! What decides a criterion for a parcel: which stop, which unit, which border?

use super::Explainer;
use super::at::At;
use super::distances::bearing;
use super::ground::Ground;
use super::parcel_changes::Row;
use super::told::{Decider, StopSeen, UnitSeen};
use super::unit_changes::LocalUnits;
use crate::criteria::{Centre, Criterion, Lever, PlaceLever, StopReach, UnitHolds, UnitLever, World};
use crate::evidence::{Place, Residents, SHARE_STEPS, distance_from};
use crate::layers::{LayerKey, StopKind};
use crate::regions::{Region, Scratch};
use crate::transit::Stop;
use crate::units::Interval;

impl<'a> Explainer<'a> {
    /// What decides a criterion, the most telling first.
    pub(super) fn deciders(&self, criterion: &'static Criterion, ground: &Ground<'_>, of: Row<'_>) -> Vec<Decider> {
        let Some(prepared) = self.prepared(criterion) else { return Vec::new() };
        let mut found = match &prepared.lever {
            Lever::Stops(_) => {
                prepared.reach.as_ref().map(|reach| self.stops(criterion, reach, ground)).unwrap_or_default()
            }
            Lever::OfZone(_) => self.centre(criterion, ground).into_iter().collect(),
            Lever::Places(lever) => self.facilities(lever, ground),
            Lever::Border { layers, is_inside } => {
                self.border(criterion, (layers, *is_inside), ground).into_iter().collect()
            }
            Lever::Units(lever) => self.units(criterion, lever, ground),
            Lever::Parcel(_) => self.numbers(criterion, of),
            Lever::Zone(zone) => self.other_zone(zone, of).into_iter().collect(),
            Lever::Nothing if criterion.kind.is_of_municipality() => vec![self.municipality(ground)],
            Lever::Nothing => Vec::new(),
        };
        found.extend(self.missing(criterion));
        found
    }

    /// The layers of a criterion that are not given, or not as a whole.
    fn missing(&self, criterion: &'static Criterion) -> Vec<Decider> {
        let city = self.context.city;
        let question = criterion.kind.stop_question();
        let is_given = |layer: LayerKey| city.layers().any(|(key, _)| key == layer);
        let is_missing = |layer: LayerKey| match &question {
            Some(question) => self.context.stops_missing(question) && city.stops(layer).is_none(),
            // Where no units are given, others stand for them.
            None if layer == LayerKey::Units => city.units().is_none(),
            None => !is_given(layer) && layer.kind().wanted.is_missed(city.municipality.is_some()),
        };
        let of = |layer: LayerKey| match (is_missing(layer), is_given(layer) && city.lacks(layer)) {
            (true, _) => Some(Decider::Missing { layer, in_part: false }),
            (false, true) => Some(Decider::Missing { layer, in_part: true }),
            (false, false) => None,
        };
        criterion.kind.layers().into_iter().filter_map(of).collect()
    }

    /// By mode the nearest that counts for certain, and what is nearer and does not.
    fn stops(&self, criterion: &Criterion, reach: &StopReach, ground: &Ground<'_>) -> Vec<Decider> {
        let Some(question) = criterion.kind.stop_question() else { return Vec::new() };
        let thresholds = self.context.thresholds;
        let among = |all: &[crate::criteria::ReachedStop], stop: &Stop| all.iter().any(|one| one.stop == *stop);
        let mut nearest: Vec<(f64, f64, [bool; 2], &Stop)> = Vec::new();
        for mode in StopKind::ALL {
            let Some(within) = question.of(mode).and_then(|asked| thresholds.get(asked.within)) else { continue };
            let mut best: [Option<(f64, &Stop)>; 3] = [None; 3];
            for stop in self.context.stops.iter().filter(|stop| stop.kind == mode) {
                let Some(metres) = distance_from(&ground.parcel.shape, &stop.parts, &self.context.city.scale) else {
                    continue;
                };
                let metres = metres.told().0;
                let counts = [among(&reach.sure, stop), among(&reach.possible, stop)];
                let place = &mut best[usize::from(!counts[0]) + usize::from(!counts[1])];
                if place.is_none_or(|(nearest, _)| metres < nearest) {
                    *place = Some((metres, stop));
                }
            }
            let [sure, possible, other] = best;
            let nearer = |one: Option<(f64, &'a Stop)>, than: Option<(f64, &Stop)>| {
                one.filter(|(metres, _)| than.is_none_or(|(other, _)| *metres < other))
            };
            let possible = nearer(possible, sure);
            // What does not count is told only where it stands near enough.
            let other = nearer(nearer(other, sure), possible).filter(|(metres, _)| *metres <= within);
            for (found, counts) in [(sure, [true; 2]), (possible, [false, true]), (other, [false; 2])] {
                nearest.extend(found.map(|(metres, stop)| (metres - within, metres, counts, stop)));
            }
        }
        nearest.sort_by(|one, other| one.0.total_cmp(&other.0));
        // Of those that are too far, the one that is least too far.
        let too_far = nearest.iter().position(|(beyond, ..)| *beyond > 0.0).unwrap_or(nearest.len());
        nearest.truncate(if nearest[..too_far].iter().any(|(_, _, counts, _)| counts[0]) {
            too_far
        } else {
            too_far + 1
        });
        let seen = |(_, metres, counts, stop): (f64, f64, [bool; 2], &Stop)| {
            let asked = question.of(stop.kind)?;
            let service = asked.counts.service();
            let service =
                service.and_then(|(counted, key)| Some((counted, stop.service(counted), key, thresholds.get(key)?)));
            let within = (asked.within, thresholds.get(asked.within)?);
            let (window, trips) =
                if service.is_some() { (self.window(stop), self.trips(stop)) } else { (None, Vec::new()) };
            let (name, kind, origin) = (stop.name.clone(), stop.kind, stop.origin.id());
            Some(Decider::Stop(Box::new(StopSeen {
                name,
                kind,
                metres,
                within,
                counts,
                service,
                window,
                trips,
                origin,
            })))
        };
        nearest.into_iter().filter_map(seen).collect()
    }

    /// The trips in the hour of a stop's peak.
    fn trips(&self, stop: &Stop) -> Vec<String> {
        let Some((group, timetable)) = stop.timetable.zip(self.context.links.timetable) else { return Vec::new() };
        let Some(peak) = self.assessor.peaks.get(group) else { return Vec::new() };
        let trip = |&place: &usize| timetable.trip_id(&timetable.departures[group][place]).to_owned();
        peak.counted.iter().map(trip).collect()
    }

    fn centre(&self, criterion: &Criterion, ground: &Ground<'_>) -> Option<Decider> {
        let zone = criterion.kind.zone()?;
        let scale = &self.context.city.scale;
        let pieces = self.context.zones.get(zone)?;
        let points = pieces.in_world(World::Sure).flat_map(|(_, piece)| match &piece.centre {
            Centre::At(points) => points.clone(),
            Centre::Within(_) | Centre::Anywhere => Vec::new(),
        });
        let far = |at| Some((at, distance_from(&ground.parcel.shape, &Place::at(at).parts, scale)?.told().0));
        let (at, metres) = points.filter_map(far).min_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(Decider::Centre { zone, at, metres })
    }

    fn facilities(&self, lever: &PlaceLever<'a>, ground: &Ground<'_>) -> Vec<Decider> {
        let scale = &self.context.city.scale;
        let nearest = |wanted: bool| {
            let those = lever.places.iter().filter(|(.., is_sure)| *is_sure == wanted);
            let far = those.filter_map(|(parts, name, _)| {
                Some((distance_from(&ground.parcel.shape, parts, scale)?.told().0, name.map(str::to_owned)))
            });
            far.min_by(|one, other| one.0.total_cmp(&other.0))
        };
        let (sure, open) = (nearest(true), nearest(false));
        let open = open.filter(|(metres, _)| sure.as_ref().is_none_or(|(sure, _)| metres < sure));
        let seen =
            |is_sure: bool| move |(metres, name): (f64, Option<String>)| Decider::Facility { name, metres, is_sure };
        sure.map(seen(true)).into_iter().chain(open.map(seen(false))).collect()
    }

    fn border(
        &self,
        criterion: &'static Criterion,
        (layers, is_inside): (&[LayerKey], bool),
        ground: &Ground<'_>,
    ) -> Option<Decider> {
        let prepared = self.prepared(criterion)?;
        let (place, border) = (prepared.place(World::Sure)?, prepared.border(World::Sure)?);
        let seen = border.seen_from(ground, place, &self.context.city.scale)?;
        let holds = f64::from(ground.share(&seen.region(0.0, ground))) / SHARE_STEPS;
        // Told is what lies in the area, also where the condition is to lie outside of it.
        let share = if is_inside { holds } else { ((1.0 - holds) * SHARE_STEPS).round() / SHARE_STEPS };
        let bearing = bearing(ground.parcel.bounds.centre(), seen.nearest.to);
        Some(Decider::Border { layers: layers.to_vec(), metres: seen.metres.told().0, bearing, share })
    }

    fn units(&self, criterion: &'static Criterion, lever: &UnitLever<'a>, ground: &Ground<'_>) -> Vec<Decider> {
        let (Some(prepared), Some(enough)) = (self.prepared(criterion), self.context.thresholds.get(lever.at_least))
        else {
            return Vec::new();
        };
        let at = At::alone(self, prepared, ground);
        let units = LocalUnits::of(&at, lever);
        let census = self.context.city.census();
        let mut seen: Vec<UnitSeen> = Vec::new();
        for &index in &units.near {
            let share =
                f64::from(ground.share(&ground.cut_units(std::iter::once(lever.shapes.get(index))))) / SHARE_STEPS;
            if share == 0.0 {
                continue;
            }
            let (value, ground_area) = (lever.values[index], units.ground_area(index, &at));
            let unit =
                census.filter(|census| census.shapes.len() == lever.shapes.len()).map(|census| &census.units[index]);
            let (amount, layer) = match lever.holds {
                UnitHolds::Land(layer) => (value.map(|share| share * ground_area.hectares()), Some(layer)),
                UnitHolds::People(residents) => {
                    let persons =
                        unit.map(|unit| if residents == Residents::Seniors { unit.seniors } else { unit.population });
                    (persons.unwrap_or(Interval { lo: 0.0, hi: f64::INFINITY }), None)
                }
            };
            let is_withheld = !value.is_exact();
            let (code, at_least) = (unit.and_then(|unit| unit.code.clone()), (lever.at_least, enough));
            let hectares = ground_area.hectares();
            seen.push(UnitSeen { index, code, share, value, at_least, hectares, amount, layer, is_withheld });
        }
        seen.sort_by(|one, other| other.share.total_cmp(&one.share));
        seen.into_iter().map(Decider::Unit).collect()
    }

    fn numbers(&self, criterion: &'static Criterion, Row { measures, row }: Row<'_>) -> Vec<Decider> {
        let set = self.assessor.judge.rules.set;
        let number = |measure: crate::criteria::Measure| {
            let near = set.near_sets.iter().position(|near| measure.column.strip_suffix("_m") == Some(near.stem));
            let (value, place) = match near {
                None => (measures.area_m2.get(row), None),
                Some(index) => {
                    let (found, places) = (&measures.nearest[index], self.assessor.study.nearest[index].places());
                    let name = found.index.get(row).and_then(|place| places[place as usize].name.clone());
                    (found.metres.get(row), name)
                }
            };
            Decider::Number { column: measure.column, value, key: measure.threshold, place }
        };
        criterion.measures().into_iter().map(number).collect()
    }

    fn other_zone(&self, zone: &'static str, Row { measures, row }: Row<'_>) -> Option<Decider> {
        let index = self.assessor.judge.rules.set.zone(zone)?.index();
        let share = |steps: u32| f64::from(steps) / SHARE_STEPS;
        let shares = &measures.zones[index];
        Some(Decider::Zone { zone, share: Interval { lo: share(shares.lo[row]), hi: share(shares.hi[row]) } })
    }

    fn municipality(&self, ground: &Ground<'_>) -> Decider {
        let city = self.context.city;
        let parcel = ground.parcel;
        let holds = |shapes: &crate::geometry::Shapes| {
            let index = Region::union_of(&[shapes]).index();
            index.share(&parcel.shape, &parcel.bounds, parcel.plane_area, &mut Scratch::default()) > 0.0
        };
        let near = city.municipalities().unwrap_or_default().iter();
        let near = near.filter(|one| one.shapes.bounds().meets(&parcel.bounds) && holds(&one.shapes));
        let mut codes: Vec<String> = near.map(|one| one.code.clone()).collect();
        codes.dedup();
        if codes.is_empty() {
            codes.extend(city.municipality.clone());
        }
        Decider::Municipality { codes }
    }
}
