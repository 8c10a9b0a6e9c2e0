//! Facilities, for the zones that ask how far they are: those of the planned kind with the ground about them on which no other may
//! stand, and quietly the rest.

use super::Subject;
use super::drawing::{Shown, middle};
use super::ink::{Drawing, Outline, spot};
use super::labels::Taken;
use super::look::{self, FacilityRole};
use super::paper::Sheet;
use super::view::View;
use crate::crs::ScaleField;
use crate::evidence::split_by_kind;
use crate::geometry::{Bounds, Footprint};
use crate::layers::Facility;
use crate::regions::near;
use crate::runs::ProductFeature;

/// How large the sign of one of the planned kind is, millimetres on A3.
const SIZE: f64 = 2.6;

/// A facility that has a place.
struct Placed {
    parts: Footprint,
    role: FacilityRole,
    /// Whether another of its kind is closer than the rules allow.
    is_close: bool,
}

/// Draws them; gives where they are, so that no name covers them.
pub(super) fn draw(
    subject: &Subject<'_>,
    sheet: &Sheet,
    view: &View,
    drawing: &mut Drawing,
    shown: &mut Shown,
) -> Vec<Taken> {
    let placed = placed(subject, view);
    let closest = subject.run.rules.spacing();
    let scale = ScaleField::new(subject.run.plane);
    for role in [FacilityRole::Maybe, FacilityRole::Same] {
        // Circles that overlap are one area, or their lines hide what they are about.
        let of_role = placed.iter().filter(|one| one.role == role).map(|one| (&one.parts, closest));
        let mut outline = Outline::rings();
        for ring in near(of_role, &scale).pieces().iter().flat_map(|area| area.rings()) {
            outline.add(ring.iter().map(|&point| spot(view.on_paper(point))));
            if view.is_on_sheet(&Bounds::of(ring)) {
                shown.apart.insert(role);
            }
        }
        drawing.shape(outline, None, Some(look::apart(role)));
    }
    let (frame, size) = (sheet.map(), SIZE * sheet.scale);
    let mut signs = Vec::new();
    for role in [FacilityRole::Other, FacilityRole::Maybe, FacilityRole::Same] {
        for one in placed.iter().filter(|one| one.role == role) {
            let Some(at) = middle(&one.parts).map(|at| view.on_paper(at)) else { continue };
            if !frame.holds(at, size / 2.0) {
                continue;
            }
            if role != FacilityRole::Other {
                signs.push(Taken { at, reach: size / 2.0 });
            }
            look::facility(drawing, at, role, one.is_close, size);
            *shown.facilities.entry(role).or_default() += 1;
            shown.conflicts |= one.is_close && role == FacilityRole::Same;
        }
    }
    signs
}

/// Those of which a circle may be seen, with their roles.
fn placed(subject: &Subject<'_>, view: &View) -> Vec<Placed> {
    let closest = subject.run.rules.spacing().0;
    let kinds: Vec<Facility> = subject.facilities.iter().map(of_kind).collect();
    let (same, maybe) = split_by_kind(&kinds, subject.run.record.project.planned_kind.as_deref());
    let role = |index: usize| {
        if same.contains(&index) {
            FacilityRole::Same
        } else if maybe.contains(&index) {
            FacilityRole::Maybe
        } else {
            FacilityRole::Other
        }
    };
    let is_close = |row: &ProductFeature| {
        let metres = row.fields.get("nearest_same_kind_m").and_then(serde_json::Value::as_f64);
        metres.is_some_and(|metres| metres < closest)
    };
    let all = subject.facilities.iter().enumerate();
    all.filter_map(|(index, row)| {
        let parts = Footprint::of(row.geometry.as_ref()?);
        let around = parts.iter().map(|part| Bounds::of(part)).fold(Bounds::EMPTY, Bounds::union);
        let may_be_seen = view.may_show(&around.grown(closest));
        may_be_seen.then(|| Placed { parts, role: role(index), is_close: is_close(row) })
    })
    .collect()
}

/// Whether one that is or may be of the planned kind has no place, so that it may stand anywhere.
pub(super) fn may_be_anywhere(subject: &Subject<'_>) -> bool {
    let unplaced = subject.facilities.iter().filter(|row| row.geometry.is_none());
    let unplaced: Vec<Facility> = unplaced.map(of_kind).collect();
    let (same, maybe) = split_by_kind(&unplaced, subject.run.record.project.planned_kind.as_deref());
    !same.is_empty() || !maybe.is_empty()
}

/// A facility as far as its kind goes.
fn of_kind(row: &ProductFeature) -> Facility {
    let kind = Some(row.text("kind")).filter(|kind| !kind.is_empty()).map(str::to_owned);
    Facility { number: 0, name: None, kind, site_area: None, geometry: None, parts: Footprint::default() }
}
