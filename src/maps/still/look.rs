//! How each thing looks, once for the map and its legend. Nothing is told by its colour alone.

use super::ink::{Colour, Drawing, Fill, Mark, Outline, Stroke, hundredths, spot};
use crate::criteria::Rules;
use crate::layers::{Ground, StopKind};
use crate::outputs::{CONFLICT, GroundLine, GroundLook, PLACES, SITE_COLOUR, STRONG_BORDER, colour};
use crate::regions::Certainty;
use crate::runs::RunStop;
use crate::verdicts::Status;

pub(super) const PAPER: Colour = [255, 255, 255];
pub(super) const INK: Colour = [34, 34, 34];
/// Of words beside others, and thin rules.
pub(super) const SOFT: Colour = [105, 105, 105];
pub(super) const RULE: Colour = [190, 190, 190];

/// The line at which what has no bounds was cut.
pub(super) const LIMIT: Stroke = Stroke { colour: RULE, width: 0.2, dashes: &[] };

/// A colour mixed with paper; 1: nothing of it is left.
fn tint(colour: Colour, paper: f64) -> Colour {
    colour.map(|part| (f64::from(part) + (255.0 - f64::from(part)) * paper).round() as u8)
}

fn shade(colour: Colour, ink: f64) -> Colour {
    colour.map(|part| (f64::from(part) * (1.0 - ink)).round() as u8)
}

/// What fills the parcels of a status: what is open is hatched, what is expected is dotted.
pub(super) fn parcels(status: Status) -> Fill {
    let colour = colour(status);
    match status {
        Status::Eligible => Fill::Plain(colour),
        Status::Ineligible => Fill::Plain(tint(colour, 0.35)),
        Status::Prospective => Fill::Dotted { tint: tint(colour, 0.35), dot: shade(colour, 0.45) },
        Status::Undetermined => Fill::Hatched { tint: tint(colour, 0.62), line: shade(colour, 0.1) },
    }
}

/// The line between parcels, where there is room for it.
pub(super) const PARCEL_BORDER: Stroke = Stroke { colour: PAPER, width: 0.09, dashes: &[] };

/// By how much parcels spread where there is none, millimetres: half of the hair that closes between two of them.
pub(super) const SPREAD: f64 = 0.08;

/// What fills the ground of a kind, and the lines along it, the lower first.
pub(super) fn ground(ground: Ground) -> (Option<Fill>, Vec<Stroke>) {
    let GroundLook { fill, lines } = GroundLook::of(ground);
    let stroke = |line: &GroundLine| Stroke { colour: line.colour, width: line.width, dashes: line.dashes };
    (fill.map(Fill::Plain), lines.iter().map(stroke).collect())
}

/// The border of a candidate zone.
pub(super) fn zone(status: Status) -> Stroke {
    let dashes: &[f64] = match status {
        Status::Eligible => &[],
        Status::Prospective => &[2.2, 0.9],
        Status::Undetermined | Status::Ineligible => &[0.6, 0.8],
    };
    Stroke { colour: STRONG_BORDER, width: 0.42, dashes }
}

/// The border of a zone that a plan has set, whatever its status: a fact, drawn as administrative borders are.
pub(super) const SET_ZONE: Stroke = Stroke { colour: [0, 0, 0], width: 0.7, dashes: &[3.2, 0.9, 0.7, 0.9] };

/// The line around where a criterion holds, by its turn among those of the zone.
pub(super) fn place(turn: usize, certainty: Certainty) -> Stroke {
    let dashes: &[f64] = match certainty {
        Certainty::Sure => &[],
        Certainty::Expected => &[2.0, 0.8],
        Certainty::Possible | Certainty::No => &[0.5, 0.7],
    };
    let width = if certainty == Certainty::Possible { 0.3 } else { 0.4 };
    Stroke { colour: PLACES[turn % PLACES.len()], width, dashes }
}

/// The border of a chosen site, the edge of its sign, and the circle that keeps others away.
pub(super) const SITE: Stroke = Stroke { colour: SITE_COLOUR, width: 0.5, dashes: &[] };
pub(super) const SITE_SIGN_EDGE: Stroke = Stroke { colour: PAPER, width: 0.3, dashes: &[] };
pub(super) const SITE_CIRCLE: Stroke = Stroke { colour: SITE_COLOUR, width: 0.2, dashes: &[0.5, 0.9] };

/// Shapes of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Circle,
    Square,
    Diamond,
    Triangle,
}

impl Sign {
    /// Draws it so that all shapes seem equally large; `size` is the circle's diameter, millimetres.
    pub(super) fn draw(self, drawing: &mut Drawing, [x, y]: [f64; 2], size: f64, fill: Fill, stroke: Stroke) {
        let r = size / 2.0;
        let outline = match self {
            Self::Circle => {
                let circle = Mark::Circle {
                    centre: spot([x, y]),
                    radius: hundredths(r),
                    fill: Some(fill),
                    stroke: Some(stroke),
                };
                return drawing.marks.push(circle);
            }
            Self::Square => Outline::rect(x - 0.89 * r, y - 0.89 * r, 1.78 * r, 1.78 * r),
            Self::Diamond => {
                Outline::ring([[x, y - 1.25 * r], [x + 1.25 * r, y], [x, y + 1.25 * r], [x - 1.25 * r, y]])
            }
            Self::Triangle => {
                Outline::ring([[x, y - 1.25 * r], [x + 1.15 * r, y + 0.8 * r], [x - 1.15 * r, y + 0.8 * r]])
            }
        };
        drawing.shape(outline, Some(fill), Some(stroke));
    }
}

/// Whether a stop has the peak service that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Service {
    /// It has.
    Reached,
    /// Nobody knows.
    Unknown,
    /// It has less.
    Less,
}

impl Service {
    /// That of a stop; one of a mode of which the rules ask for no service has what it takes if it counts at all.
    pub(super) fn of(stop: &RunStop, rules: &Rules) -> Self {
        if rules.service_of(stop.kind).is_none() {
            return if rules.counts(stop.kind) { Self::Reached } else { Self::Less };
        }
        match stop.frequent {
            Certainty::Sure => Self::Reached,
            Certainty::Possible | Certainty::Expected => Self::Unknown,
            Certainty::No => Self::Less,
        }
    }

    /// What fills the sign of a mode, and the line around it: full, hollow, pale. There are many bus stops without a
    /// timetable in most cities, and they are not what the map is about.
    fn paint(self, kind: StopKind) -> (Fill, Stroke) {
        let (fill, line, width) = match self {
            Self::Reached => (INK, PAPER, 0.2),
            Self::Unknown if kind == StopKind::Bus => (PAPER, [125, 125, 125], 0.22),
            Self::Unknown => (PAPER, INK, 0.3),
            Self::Less => ([168, 168, 168], PAPER, 0.15),
        };
        (Fill::Plain(fill), Stroke { colour: line, width, dashes: &[] })
    }
}

/// Draws a stop whose sign is `size` wide at its largest, millimetres.
pub(super) fn stop(drawing: &mut Drawing, at: [f64; 2], kind: StopKind, service: Service, size: f64) {
    /// Millimetres, from which on the lines around signs have their own width.
    const LARGE: f64 = 1.6;
    let (fill, mut stroke) = service.paint(kind);
    stroke.width *= (size / LARGE).clamp(0.3, 1.0);
    let (sign, factor) = match kind {
        StopKind::Rail => (Sign::Square, 1.3),
        StopKind::Tram => (Sign::Diamond, 1.0),
        StopKind::Bus => (Sign::Circle, 0.85),
    };
    let smaller = match service {
        Service::Less if kind == StopKind::Bus => 0.6,
        Service::Unknown if kind == StopKind::Bus => 0.55,
        _ => 1.0,
    };
    sign.draw(drawing, at, size * factor * smaller, fill, stroke);
}

/// The colour of what is of the planned kind, or may be: none of a status.
const PLANNED: Colour = [170, 51, 119];

/// The line around the ground near facilities of the planned kind, all of it as one; dotted around those that may be of it.
pub(super) fn apart(role: FacilityRole) -> Stroke {
    match role {
        FacilityRole::Same => Stroke { colour: PLANNED, width: 0.35, dashes: &[1.6, 0.9] },
        _ => Stroke { colour: PLANNED, width: 0.3, dashes: &[0.4, 0.8] },
    }
}

/// Whether a facility is of the planned kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FacilityRole {
    /// It is of another.
    Other,
    /// It may be: nobody says its kind, or which is planned.
    Maybe,
    /// It is.
    Same,
}

/// Draws a facility; a strong border tells that another of its kind is too close. Those of other kinds are small and grey.
pub(super) fn facility(drawing: &mut Drawing, at: [f64; 2], role: FacilityRole, is_close: bool, size: f64) {
    let line = |colour, width| Stroke { colour, width, dashes: &[] };
    let (sign, fill, stroke, part) = match role {
        FacilityRole::Same => (Sign::Triangle, PLANNED, line(STRONG_BORDER, 0.2), 1.0),
        FacilityRole::Maybe => (Sign::Triangle, PAPER, line(PLANNED, 0.35), 0.85),
        FacilityRole::Other => (Sign::Square, [160, 160, 160], line(PAPER, 0.15), 0.5),
    };
    let stroke = if is_close && role == FacilityRole::Same { line(CONFLICT, 0.55) } else { stroke };
    sign.draw(drawing, at, size * part, Fill::Plain(fill), stroke);
}
