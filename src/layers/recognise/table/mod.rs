//! The publications that are known. A new one is one entry.

mod estat;
mod ground;
mod gtfs;
mod ksj;
mod local;

use super::{Publication, Use, UseZones};
use crate::text::Text;

/// What most publications leave empty.
const BARE: Publication = Publication {
    id: "",
    title: &Text::same(""),
    use_as: Use::Nothing(&Text::same("")),
    names: &[],
    fields: &[],
    roles: &[],
    classes: None,
    fills: &[],
    use_zones: UseZones::None,
    code: None,
    crs: None,
    in_parts: false,
    draws: None,
};

/// Every publication that is recognised; of two that a name fits, the first.
pub fn publications() -> impl Iterator<Item = &'static Publication> {
    [ksj::PUBLICATIONS, ground::PUBLICATIONS, estat::PUBLICATIONS, local::PUBLICATIONS, gtfs::PUBLICATIONS]
        .into_iter()
        .flatten()
}
