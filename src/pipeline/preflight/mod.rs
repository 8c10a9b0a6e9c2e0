//! What is worth a warning before anything is measured: data that are in order one by one and do not fit together. One
//! check a file; each adds notices that say what to do next.

mod centres;
mod kinds;
mod municipality;
pub(in crate::pipeline) mod place;
mod plane;
mod service;
mod set_zones;
mod told;
mod years;

pub(in crate::pipeline) use plane::circle_bound;
pub(in crate::pipeline) use service::stops_without_peaks;
pub(in crate::pipeline) use set_zones::set_zones;

use super::open::Opened;
use crate::assess::Assessor;
use crate::criteria::Rules;
use crate::geometry::Bounds;
use crate::inputs::InputError;
use crate::layers::LayerKey;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// What the checks look at.
pub(super) struct Preflight<'a> {
    pub(super) opened: &'a Opened,
    pub(super) assessor: &'a Assessor,
    /// A box of the plane around all parcels.
    pub(super) parcels: Bounds,
    /// The kind of the senior facility that is planned, where the project says.
    pub(super) planned_kind: Option<&'a str>,
}

impl Preflight<'_> {
    fn rules(&self) -> &Rules {
        &self.assessor.judge.rules
    }

    /// How far from a parcel a station or stop can matter to it, m: it makes a central zone around itself, and that
    /// zone's centre makes local zones around itself.
    fn stop_reach(&self) -> f64 {
        self.rules().reach_of(LayerKey::Stations).0.max(self.rules().reach_of(LayerKey::Stops).0)
    }
}

/// Stops of a national file, for instance.
static FAR_STOPS: NoticeKind = NoticeKind {
    id: "far-stops",
    severity: Severity::Info,
    what: Text::new(
        "どの筆からも遠く、区域の根拠にならない駅や停留所があります。",
        "station(s) and stop(s) too far from every parcel for any zone here to owe its place to",
    ),
    advice: None,
};

/// Does every check but that of stops without service, [`stops_without_peaks`], which knows more once parcels are measured.
///
/// # Errors
/// What surely is not meant; see [`place::layers_elsewhere`].
pub(super) fn check(flight: &Preflight<'_>, notices: &mut Notices) -> Result<(), InputError> {
    if flight.assessor.far_stops > 0 {
        let why = Text::new("より広い地域のファイル", "a file of a larger area");
        notices.add_many("stops", &FAR_STOPS, flight.assessor.far_stops as u64, why);
    }
    centres::outside_every_zone(flight, notices);
    place::layers_elsewhere(flight, notices)?;
    plane::elsewhere(flight, notices);
    municipality::contradicted(flight, notices);
    years::did_of_another_census(&flight.opened.layers, notices);
    service::stops_without_lines(flight, notices);
    kinds::planned_kind(flight, notices);
    told::ground_that_fails(flight, notices);
    Ok(())
}
