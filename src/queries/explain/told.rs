//! What an explanation says: types that text, JSON and columns are made of.

use super::LandExplained;
use crate::criteria::{Criterion, Zone};
use crate::geometry::Point;
use crate::layers::{LayerKey, StopKind};
use crate::transit::ServiceQuestion;
use crate::units::Interval;
use crate::verdicts::{Reason, Shares, Status};

/// One parcel, explained.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Its id.
    pub id: String,
    /// Ground area, m²; `None` without usable geometry, and then nothing else is known.
    pub area_m2: Option<f64>,
    /// The part of it that must lie in a zone.
    pub membership: f64,
    /// By zone, in the order of the rules.
    pub zones: Vec<ZoneExplained>,
    /// How its land is used; `None` where that is not measured.
    pub land: Option<LandExplained>,
}

/// How a parcel stands in a zone, and why.
#[derive(Debug, Clone)]
pub struct ZoneExplained {
    /// The zone.
    pub zone: Zone,
    /// The verdict.
    pub status: Status,
    /// The shares of the parcel in it.
    pub shares: Option<Shares>,
    /// What it asks for.
    pub criteria: Vec<CriterionExplained>,
    /// Criteria that were set aside, with the planner's reasons.
    pub waived: Vec<(&'static Criterion, String)>,
    /// Criteria that decide nothing and are told of it.
    pub told: Vec<(&'static Criterion, Option<bool>)>,
    /// What keeps the parcel open, where it is undetermined.
    pub reasons: Vec<Reason>,
    /// The candidate zone that it lies in, as a whole.
    pub whole: Option<WholeExplained>,
}

/// A candidate zone as a whole.
#[derive(Debug, Clone)]
pub struct WholeExplained {
    /// Its id.
    pub id: String,
    /// Its ground area, hectares.
    pub hectares: f64,
    /// Its centre of gravity, plane metres.
    pub centre: Point,
    /// `yes`, `no` or `undetermined`; `None` where nothing is asked of it as a whole.
    pub meets: Option<&'static str>,
    /// The criteria that are asked of it as a whole and that it fails.
    pub fails: Vec<&'static Criterion>,
    /// Its public-land ratio.
    pub public_land_ratio: Option<Interval<f64>>,
    /// Its older residents a hectare.
    pub seniors_per_ha: Option<Interval<f64>>,
}

/// How a criterion stands for a parcel, and why.
#[derive(Debug, Clone)]
pub struct CriterionExplained {
    /// The criterion.
    pub criterion: &'static Criterion,
    /// Its numbers: key and number.
    pub thresholds: Vec<(&'static str, f64)>,
    /// Whether it is met; `None`: not known.
    pub is_met: Option<bool>,
    /// The shares of the parcel where it holds; `None` of one about the parcel alone.
    pub shares: Option<Shares>,
    /// What decides it.
    pub deciders: Vec<Decider>,
    /// What would turn the criterion itself, all else aside.
    pub margins: Vec<Turn>,
    /// What of it would turn the verdict in the zone.
    pub turns: Vec<Turn>,
}

/// Towards which side a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// More holds.
    Gain,
    /// Less holds.
    Loss,
}

/// What would turn something one way.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Which way.
    pub way: Way,
    /// The answer.
    pub answer: Answer,
}

/// What would turn it.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Any of these changes, each by itself.
    By(Vec<Change>),
    /// No change of this criterion alone.
    NotAlone,
    /// Not this criterion: what is asked beside the criteria decides.
    Beside,
    /// It could, but nothing that can be counted would do it.
    NoNumber,
}

/// A change that turns something.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is changed, by how much.
    pub of: ChangeOf,
    /// The verdict in the zone once it is made.
    pub to: Status,
    /// Whether the city was put together again with it, so that what is asked of zones as wholes is in [`Change::to`].
    pub is_verified: bool,
}

/// What is changed.
#[derive(Debug, Clone)]
pub enum ChangeOf {
    /// A distance: the places are so much too far, or have so much to spare.
    Reach {
        /// The threshold.
        key: &'static str,
        /// Metres.
        metres: f64,
        /// The threshold that would just do.
        to: f64,
        /// The place that it is about: its name, and how far it is.
        place: Option<(Option<String>, f64)>,
    },
    /// A border, that would have to stand so much further.
    Border {
        /// The layers that draw it.
        layers: Vec<LayerKey>,
        /// Whether the condition holds inside.
        is_inside: bool,
        /// Metres.
        metres: f64,
        /// The direction in which it would have to move: from north, clockwise, degrees.
        bearing: f64,
    },
    /// Departures at a stop.
    Service {
        /// The threshold.
        key: &'static str,
        /// What is counted.
        counted: ServiceQuestion,
        /// How many more, or fewer; `None` where nobody says how many there are.
        trips: Option<f64>,
        /// How many it would have to be at least, or fewer than that.
        enough: f64,
        /// The stop.
        stop: Option<String>,
        /// The hour in which they are counted, where there is one.
        window: Option<[String; 2]>,
    },
    /// Ground of a layer in a unit, m².
    Land {
        /// The layer.
        layer: LayerKey,
        /// The unit, by its index.
        unit: usize,
        /// Square metres more, or less.
        square_metres: f64,
    },
    /// People in a unit.
    People {
        /// The unit, by its index.
        unit: usize,
        /// Its code.
        code: Option<String>,
        /// Whether those aged 65 or over are meant.
        seniors: bool,
        /// Persons more, or fewer.
        persons: f64,
    },
    /// The threshold itself.
    Threshold {
        /// Its key.
        key: &'static str,
        /// By how much.
        by: f64,
        /// The number that would just do.
        to: f64,
    },
}

/// What decides a criterion for a parcel.
#[derive(Debug, Clone)]
pub enum Decider {
    /// A station or stop.
    Stop(Box<StopSeen>),
    /// A facility.
    Facility {
        /// Its name.
        name: Option<String>,
        /// How far it is.
        metres: f64,
        /// Whether it counts for certain; else it may.
        is_sure: bool,
    },
    /// The border of an area.
    Border {
        /// The layers that draw it.
        layers: Vec<LayerKey>,
        /// How far it is from the parcel's edge; 0 where it runs through the parcel.
        metres: f64,
        /// In which direction the nearest of it lies: from north, clockwise, degrees.
        bearing: f64,
        /// The share of the parcel in the area.
        share: f64,
    },
    /// A layer that is not given.
    Missing {
        /// Which.
        layer: LayerKey,
        /// Whether it is given, and something of it is lost.
        in_part: bool,
    },
    /// A unit of land.
    Unit(UnitSeen),
    /// The centre of a zone.
    Centre {
        /// The zone.
        zone: &'static str,
        /// Where it is, plane metres.
        at: Point,
        /// How far it is.
        metres: f64,
    },
    /// Another zone, and the shares of the parcel in it.
    Zone {
        /// The zone.
        zone: &'static str,
        /// The share for certain, and at most.
        share: Interval<f64>,
    },
    /// Municipalities.
    Municipality {
        /// Their codes.
        codes: Vec<String>,
    },
    /// A number of the parcel's own.
    Number {
        /// The column.
        column: &'static str,
        /// What it is; `None` where it is not known, or there is nothing to measure to.
        value: Option<f64>,
        /// The threshold.
        key: &'static str,
        /// The place that it is measured to.
        place: Option<String>,
    },
}

/// A station or stop as a parcel sees it.
#[derive(Debug, Clone)]
pub struct StopSeen {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: StopKind,
    /// How far it is.
    pub metres: f64,
    /// The threshold of the distance, and its number.
    pub within: (&'static str, f64),
    /// Whether it counts: for certain, possibly.
    pub counts: [bool; 2],
    /// What is asked of its service: what is counted, how many there are, the threshold and its number.
    pub service: Option<(ServiceQuestion, Interval<f64>, &'static str, f64)>,
    /// The hour of its peak, where a timetable tells.
    pub window: Option<[String; 2]>,
    /// The trips in that hour, `trip_id`.
    pub trips: Vec<String>,
    /// Where it is known from.
    pub origin: &'static str,
}

/// A unit of land as a parcel sees it.
#[derive(Debug, Clone)]
pub struct UnitSeen {
    /// Its index.
    pub index: usize,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// The share of the parcel in it.
    pub share: f64,
    /// What it holds, as it is judged.
    pub value: Interval<f64>,
    /// The threshold, and its number.
    pub at_least: (&'static str, f64),
    /// Its ground, hectares.
    pub hectares: f64,
    /// How much it holds: hectares of land, or persons.
    pub amount: Interval<f64>,
    /// The layer, of land; `None` of people.
    pub layer: Option<LayerKey>,
    /// Whether its number is withheld 秘匿, or not known.
    pub is_withheld: bool,
}
