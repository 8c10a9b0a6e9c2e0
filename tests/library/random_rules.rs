//! Rule sets that nobody has seen: drawn at random over a city drawn at random, and compared with a reading of them that
//! knows no geometry.
//!
//! The city is three places so far from each other that a walking distance is the whole of one and nothing of another. A
//! place is a square of cells, and areas and parcels are made of cells, so that a share is a count. Every condition is
//! asked of a cell: does it hold for certain, could it hold?

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kyoten::assess::{Assessor, Terms};
use kyoten::criteria::{RuleSet, Rules};
use kyoten::crs::Plane;
use kyoten::evidence::{Batch, SHARE_STEPS, Texts};
use kyoten::geometry::{Bounds, Shapes};
use kyoten::layers::{Blank, City, Content, Facility, Layer, LayerKey, StopKind, StopRow};
use kyoten::prepared::{MadeOf, PreparedStudy, StudyRef, Told};
use kyoten::verdicts::Status;
use proptest::prelude::*;
use proptest::sample::subsequence;

/// Places, the side of one in cells, the side of a cell and the way between places in metres.
const PLACES: usize = 3;
const SIDE: usize = 4;
const CELL: f64 = 10.0;
const APART: f64 = 1000.0;
/// Everything of a place is nearer to its middle, and everything of another further.
const WALK: f64 = 300.0;

/// What is known of a condition on a cell: whether it holds for certain, and whether it could.
type Known = (bool, bool);

const UNKNOWN: Known = (false, true);

/// A cell: its place, column and row.
type Cell = (usize, usize, usize);

/// A city.
#[derive(Debug, Clone)]
struct Town {
    /// Areas of one's own, `area0` and so on, by cell; `None`: the layer is not given.
    areas: Vec<Option<Vec<bool>>>,
    /// By place, the facility that is there; `None`: the layer is not given.
    clinics: Option<Vec<Option<Place>>>,
    /// By place, of a station and of a bus stop: departures of the peak hour, and of the day.
    stops: [Option<Vec<Option<Service>>>; 2],
    /// Parcels: place, and first and last column and row.
    parcels: Vec<(usize, [usize; 2], [usize; 2])>,
}

/// A facility, by its kind.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Clinic,
    Pharmacy,
    Unsaid,
}

/// Departures in one direction, where they are told.
#[derive(Debug, Clone, Copy)]
struct Service {
    peak: Option<u8>,
    day: Option<u8>,
}

/// A criterion.
#[derive(Debug, Clone)]
enum Criterion {
    Inside(Vec<usize>),
    Outside(Vec<usize>),
    NearClinic {
        of_kind: bool,
    },
    /// By mode, rail and bus: whether it counts, and what it asks for.
    NearStops([Option<Asked>; 2]),
    ParcelArea {
        cells: usize,
    },
    InsideZone(usize),
}

/// What is asked of the stops of a mode.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Any,
    Peak(u8),
    Day { least: u8, both: bool },
}

/// A rule set: criteria, and zones of clauses. A zone looks only at zones before it.
#[derive(Debug, Clone)]
struct Drawn {
    criteria: Vec<Criterion>,
    zones: Vec<Vec<Vec<usize>>>,
    membership: f64,
    waived: Vec<usize>,
}

fn town() -> impl Strategy<Value = Town> {
    let cells = PLACES * SIDE * SIDE;
    let area = prop::option::weighted(0.8, prop::collection::vec(any::<bool>(), cells));
    let place = prop::sample::select(vec![Place::Clinic, Place::Pharmacy, Place::Unsaid]);
    let clinics = prop::option::weighted(0.8, prop::collection::vec(prop::option::of(place), PLACES));
    let service = (prop::option::of(0..8_u8), prop::option::of(8..60_u8)).prop_map(|(peak, day)| Service { peak, day });
    let stops = || prop::option::weighted(0.8, prop::collection::vec(prop::option::of(service.clone()), PLACES));
    let span = || (0..SIDE, 0..SIDE).prop_map(|(a, b)| [a.min(b), a.max(b)]);
    let parcels = prop::collection::vec((0..PLACES, span(), span()), 6);
    (prop::collection::vec(area, 3), clinics, [stops(), stops()], parcels)
        .prop_map(|(areas, clinics, stops, parcels)| Town { areas, clinics, stops, parcels })
}

fn criterion() -> impl Strategy<Value = Criterion> {
    let some = || subsequence(vec![0_usize, 1, 2], 1..=2);
    let asked = || {
        prop_oneof![
            Just(Asked::Any),
            (0..8_u8).prop_map(Asked::Peak),
            (0..60_u8, any::<bool>()).prop_map(|(least, both)| Asked::Day { least, both }),
        ]
    };
    let modes = (asked(), prop::option::of(asked()), any::<bool>())
        .prop_map(|(one, other, is_rail)| if is_rail { [Some(one), other] } else { [other, Some(one)] });
    prop_oneof![
        3 => some().prop_map(Criterion::Inside),
        2 => some().prop_map(Criterion::Outside),
        1 => any::<bool>().prop_map(|of_kind| Criterion::NearClinic { of_kind }),
        2 => modes.prop_map(Criterion::NearStops),
        1 => (1..16_usize).prop_map(|cells| Criterion::ParcelArea { cells }),
        2 => (0..2_usize).prop_map(Criterion::InsideZone),
    ]
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let pick = || prop::collection::vec(any::<prop::sample::Index>(), 1..=2);
    let zone = prop::collection::vec(pick(), 1..=3);
    let parts = (
        prop::collection::vec(criterion(), 5),
        prop::collection::vec(zone, 3),
        prop::sample::select(vec![0.0, 0.3, 0.5, 0.999]),
        prop::collection::vec(any::<prop::sample::Index>(), 0..=1),
    );
    parts
        .prop_map(|(criteria, picks, membership, waived)| {
            let fits = |zone: usize, criterion: &Criterion| match criterion {
                Criterion::InsideZone(other) => *other < zone,
                _ => true,
            };
            let of_parcel = |index: usize| matches!(criteria[index], Criterion::ParcelArea { .. });
            let clause = |zone: usize, picks: &[prop::sample::Index]| {
                let able: Vec<usize> = (0..criteria.len()).filter(|&index| fits(zone, &criteria[index])).collect();
                let mut clause: Vec<usize> =
                    picks.iter().filter(|_| !able.is_empty()).map(|pick| able[pick.index(able.len())]).collect();
                // A group asks about places, or about the parcel alone.
                let first = clause.first().copied();
                clause.retain(|&index| Some(of_parcel(index)) == first.map(of_parcel));
                clause.dedup();
                clause
            };
            let zones = picks.iter().enumerate().map(|(zone, picks)| {
                let clauses = picks.iter().map(|picks| clause(zone, picks));
                clauses.filter(|clause| !clause.is_empty()).collect::<Vec<_>>()
            });
            // A zone without a criterion would be no zone; of one about the parcel alone others ask nothing.
            let zones: Vec<Vec<Vec<usize>>> = zones.collect();
            let waived = waived.iter().map(|pick| pick.index(criteria.len())).collect();
            Drawn { criteria: criteria.clone(), zones, membership, waived }
        })
        .prop_filter("every zone asks for something", |drawn| drawn.zones.iter().all(|zone| !zone.is_empty()))
}

/// The rule set as its file has it.
fn file(drawn: &Drawn) -> String {
    let mut thresholds = format!("membership = {{ default = {}, unit = \"share\", name = \"m\" }}\n", drawn.membership);
    let mut number = |key: String, default: f64, unit: &str| {
        writeln!(thresholds, "{key} = {{ default = {default}, unit = \"{unit}\", name = \"{key}\" }}").unwrap();
        key
    };
    let mut criteria = String::new();
    for (index, criterion) in drawn.criteria.iter().enumerate() {
        let names = |areas: &[usize]| areas.iter().map(|area| format!("\"area{area}\"")).collect::<Vec<_>>().join(", ");
        let mut walk = || number(format!("walk{index}"), WALK, "m");
        let kind = match criterion {
            Criterion::Inside(areas) => format!("kind = \"inside\"\nlayers = [{}]", names(areas)),
            Criterion::Outside(areas) => format!("kind = \"outside\"\nlayers = [{}]", names(areas)),
            Criterion::NearClinic { of_kind } => {
                let kind = if *of_kind { "facility = \"診療所\"\n" } else { "" };
                format!("kind = \"near-facilities\"\nlayer = \"clinics\"\n{kind}within = \"{}\"", walk())
            }
            Criterion::NearStops(modes) => {
                let walk = walk();
                let mut lines = vec!["kind = \"near-stops\"".to_owned()];
                for (mode, asked) in ["rail", "bus"].into_iter().zip(modes) {
                    let least = format!("least{index}{mode}");
                    lines.extend(asked.map(|asked| match asked {
                        Asked::Any => format!("{mode} = {{ within = \"{walk}\" }}"),
                        Asked::Peak(trips) => {
                            let least = number(least, trips.into(), "departures/h");
                            format!("{mode} = {{ within = \"{walk}\", peak_trips = \"{least}\" }}")
                        }
                        Asked::Day { least: trips, both } => {
                            let least = number(least, trips.into(), "departures/day");
                            let directions = if both { "both" } else { "one" };
                            format!("{mode} = {{ within = \"{walk}\", daily_trips = \"{least}\", directions = \"{directions}\" }}")
                        }
                    }));
                }
                lines.join("\n")
            }
            Criterion::ParcelArea { cells } => {
                // A little less, for the ground is not the plane.
                let least = number(format!("area{index}_m2"), *cells as f64 * CELL * CELL - 1.0, "m²");
                format!("kind = \"parcel-area\"\nat_least = \"{least}\"")
            }
            Criterion::InsideZone(zone) => format!("kind = \"inside-zone\"\nzone = \"zone{zone}\""),
        };
        writeln!(criteria, "[criteria.c{index}]\n{kind}\nname = \"c{index}\"\nrule = \"c{index}\"").unwrap();
    }
    let mut zones = String::new();
    for (index, clauses) in drawn.zones.iter().enumerate() {
        let clause = |clause: &Vec<usize>| {
            let ids: Vec<String> = clause.iter().map(|id| format!("\"c{id}\"")).collect();
            if ids.len() == 1 { ids.concat() } else { format!("[{}]", ids.join(", ")) }
        };
        let all: Vec<String> = clauses.iter().map(clause).collect();
        writeln!(zones, "[zones.zone{index}]\nname = \"z{index}\"\nall_of = [{}]", all.join(", ")).unwrap();
    }
    format!("id = \"drawn\"\ntitle = \"drawn\"\n[thresholds]\n{thresholds}{zones}{criteria}")
}

/// The middle of a place.
fn middle(place: usize) -> [f64; 2] {
    [place as f64 * APART + SIDE as f64 * CELL / 2.0, SIDE as f64 * CELL / 2.0]
}

fn span(place: usize, columns: [usize; 2], rows: [usize; 2]) -> Bounds {
    let x = place as f64 * APART;
    let at = |cell: usize| cell as f64 * CELL;
    Bounds { min: [x + at(columns[0]), at(rows[0])], max: [x + at(columns[1] + 1), at(rows[1] + 1)] }
}

fn index((place, column, row): Cell) -> usize {
    (place * SIDE + column) * SIDE + row
}

fn cells() -> impl Iterator<Item = Cell> {
    (0..PLACES).flat_map(|place| (0..SIDE).flat_map(move |column| (0..SIDE).map(move |row| (place, column, row))))
}

fn shapes(all: impl Iterator<Item = Bounds>) -> Shapes {
    let mut shapes = Shapes::default();
    all.for_each(|bounds| shapes.push(&Shapes::from(bounds).get(0)));
    shapes
}

fn city(town: &Town) -> City {
    let mut city = City::empty(Plane::new(8).unwrap(), None);
    for (number, area) in town.areas.iter().enumerate() {
        let Some(area) = area else { continue };
        let there = cells().filter(|&cell| area[index(cell)]);
        let area = shapes(there.map(|(place, column, row)| span(place, [column; 2], [row; 2])));
        city.put(LayerKey::own(&format!("area{number}"), Content::Area), Layer::Area(area));
    }
    if let Some(clinics) = &town.clinics {
        let facility = |(place, clinic): (usize, &Option<Place>)| {
            let kind = match (*clinic)? {
                Place::Clinic => Some("診療所".to_owned()),
                Place::Pharmacy => Some("薬局".to_owned()),
                Place::Unsaid => None,
            };
            let geometry = Some(geo::Point::from(middle(place)).into());
            Some(Facility { number: 1, name: None, kind, site_area: None, geometry, parts: middle(place).into() })
        };
        let all = clinics.iter().enumerate().filter_map(facility).collect();
        city.put(LayerKey::own("clinics", Content::Facilities), Layer::Facilities(all));
    }
    for ((stops, kind), key) in
        town.stops.iter().zip([StopKind::Rail, StopKind::Bus]).zip([LayerKey::Stations, LayerKey::Stops])
    {
        let Some(stops) = stops else { continue };
        let row = |(place, service): (usize, &Option<Service>)| {
            let Service { peak, day } = (*service)?;
            Some(StopRow {
                name: Some(format!("{key:?}{place}")),
                kind,
                lines: Vec::new(),
                group: None,
                operator: None,
                blank: Blank::default(),
                may_be: None,
                parts: middle(place).into(),
                peak_trips: peak.map(f64::from),
                daily_trips: day.map(f64::from),
            })
        };
        city.put(key, Layer::Stops(stops.iter().enumerate().filter_map(row).collect()));
    }
    city
}

/// A plain reading of the rules.
struct Naive<'a> {
    town: &'a Town,
    drawn: &'a Drawn,
}

impl Naive<'_> {
    /// What is known of a criterion on a cell.
    fn criterion(&self, number: usize, cell: Cell) -> Known {
        match &self.drawn.criteria[number] {
            Criterion::Inside(areas) => any_of(areas.iter().map(|&area| self.area(area, cell))),
            Criterion::Outside(areas) => {
                let (sure, possible) = any_of(areas.iter().map(|&area| self.area(area, cell)));
                (!possible, !sure)
            }
            Criterion::NearClinic { of_kind } => {
                let Some(clinics) = &self.town.clinics else { return UNKNOWN };
                match clinics[cell.0] {
                    None => (false, false),
                    Some(Place::Unsaid) if *of_kind => UNKNOWN,
                    Some(Place::Pharmacy) if *of_kind => (false, false),
                    Some(_) => (true, true),
                }
            }
            Criterion::NearStops(modes) => any_of(modes.iter().zip(&self.town.stops).filter_map(|(asked, stops)| {
                let asked = (*asked)?;
                let Some(stops) = stops else { return Some(UNKNOWN) };
                Some(stops[cell.0].map_or((false, false), |service| enough(asked, service)))
            })),
            Criterion::ParcelArea { .. } => (true, true),
            Criterion::InsideZone(zone) => self.zone(*zone, cell),
        }
    }

    fn area(&self, area: usize, cell: Cell) -> Known {
        self.town.areas[area].as_ref().map_or(UNKNOWN, |cells| (cells[index(cell)], cells[index(cell)]))
    }

    /// The clauses of a zone that are asked.
    fn clauses(&self, zone: usize) -> impl Iterator<Item = &Vec<usize>> {
        let is_waived = |clause: &&Vec<usize>| clause.iter().any(|id| self.drawn.waived.contains(id));
        self.drawn.zones[zone].iter().filter(move |clause| !is_waived(clause))
    }

    fn zone(&self, zone: usize, cell: Cell) -> Known {
        let clauses = self.clauses(zone).map(|clause| any_of(clause.iter().map(|&id| self.criterion(id, cell))));
        clauses.fold((true, true), |all, one| (all.0 && one.0, all.1 && one.1))
    }

    /// The status of a parcel in a zone.
    fn status(&self, zone: usize, parcel: usize) -> Status {
        let (place, columns, rows) = self.town.parcels[parcel];
        let all: Vec<Cell> =
            cells().filter(|&(at, column, row)| at == place && within(columns, column) && within(rows, row)).collect();
        let share = |of: fn(Known) -> bool| {
            let there = all.iter().filter(|&&cell| of(self.zone(zone, cell))).count();
            there as f64 / all.len() as f64
        };
        let of_parcel = self.clauses(zone).all(|clause| {
            clause.iter().any(|&id| match self.drawn.criteria[id] {
                Criterion::ParcelArea { cells } => all.len() >= cells,
                _ => true,
            })
        });
        let reaches = |share: f64| share > 0.0 && share >= self.drawn.membership - 1e-9;
        match (reaches(share(|known| known.0)), reaches(share(|known| known.1))) {
            _ if !of_parcel => Status::Ineligible,
            (true, _) => Status::Eligible,
            (false, true) => Status::Undetermined,
            (false, false) => Status::Ineligible,
        }
    }

    /// The shares of a parcel in a criterion, at least and at most.
    fn shares(&self, id: usize, parcel: usize) -> [f64; 2] {
        let (place, columns, rows) = self.town.parcels[parcel];
        let all: Vec<Cell> =
            cells().filter(|&(at, column, row)| at == place && within(columns, column) && within(rows, row)).collect();
        [|known: Known| known.0, |known: Known| known.1]
            .map(|of| all.iter().filter(|&&cell| of(self.criterion(id, cell))).count() as f64 / all.len() as f64)
    }
}

fn within([first, last]: [usize; 2], cell: usize) -> bool {
    (first..=last).contains(&cell)
}

fn any_of(all: impl Iterator<Item = Known>) -> Known {
    all.fold((false, false), |any, one| (any.0 || one.0, any.1 || one.1))
}

/// Whether a stop's service is enough: what is told is told of one direction, and what is not may be anything from the
/// peak hour's on.
fn enough(asked: Asked, Service { peak, day }: Service) -> Known {
    let least = |least: u8, [lo, hi]: [Option<u16>; 2]| {
        (lo.is_some_and(|lo| lo >= least.into()) || least == 0, hi.is_none_or(|hi| hi >= least.into()))
    };
    let wide = |trips: Option<u8>| trips.map(u16::from);
    match asked {
        Asked::Any => (true, true),
        Asked::Peak(trips) => least(trips, [wide(peak), wide(peak)]),
        Asked::Day { least: trips, both: false } => least(trips, [wide(day).or(wide(peak)), wide(day)]),
        Asked::Day { least: trips, both: true } => {
            least(trips, [wide(day).or(wide(peak)), wide(day).map(|day| 2 * day)])
        }
    }
}

/// What comes back of an assessor that was saved with its city.
fn kept(city: &City, assessor: Assessor) -> PreparedStudy {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("town.kyoten");
    let made_of = MadeOf { settings: BTreeMap::new(), files: Vec::new(), plane: city.plane, extent: Bounds::EMPTY };
    let told = Told::default();
    StudyRef { made_of: &made_of, city, assessor: &assessor, told: &told }.save(&path, []).unwrap();
    drop(assessor);
    PreparedStudy::open(&path).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_that_nobody_has_seen_judge_as_a_plain_reading_does(town in town(), drawn in drawn()) {
        let file = file(&drawn);
        let set = RuleSet::parse(&file, "drawn.toml".as_ref()).map_err(|error| TestCaseError::fail(format!("{error}\n{file}")));
        let set = match set {
            Ok(set) => set,
            // A threshold of a criterion that is asked by nobody is used all the same, so that nothing else can be wrong.
            Err(error) => return Err(error),
        };
        let waived = drawn.waived.iter().map(|id| (set.criteria[*id].id, "試し".to_owned())).collect::<BTreeMap<_, _>>();
        let rules = Rules { waived, ..Rules::of(set) };
        let parcels = shapes(town.parcels.iter().map(|&(place, columns, rows)| span(place, columns, rows)));
        let batch = Batch::new(parcels);
        let city = city(&town);
        let assessor = Assessor::build(&city, None, &Terms { rules, ..Terms::default() }, batch.extent());
        let found = assessor.assess(&batch, Texts::default());
        prop_assert_eq!(&kept(&city, assessor).assess(&batch, Texts::default()), &found, "kept in a file\n{}", file);
        let naive = Naive { town: &town, drawn: &drawn };
        for parcel in 0..town.parcels.len() {
            for (region, criterion) in set.regions().enumerate() {
                let id = set.criteria.iter().position(|one| one.id == criterion.id).unwrap();
                let columns = &found.measures.criteria[region];
                let shares = [columns.lo[parcel], columns.hi[parcel]].map(|share| f64::from(share) / SHARE_STEPS);
                for (share, expected) in shares.into_iter().zip(naive.shares(id, parcel)) {
                    prop_assert!((share - expected).abs() < 1e-5, "parcel {parcel}, c{id}: {share}, not {expected}\n{file}");
                }
            }
            for zone in 0..drawn.zones.len() {
                let (status, expected) = (found.statuses[zone][parcel], naive.status(zone, parcel));
                prop_assert_eq!(status, expected, "parcel {}, zone{}\n{}", parcel, zone, file);
            }
        }
    }
}
