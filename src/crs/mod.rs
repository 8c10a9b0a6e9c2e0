//! Where on the plane is it, and how long is a metre there? Any coordinate reference system → plane rectangular metres
//! (平面直角座標), and plane metres → ground metres.
//!
//! All geometry is done on one plane, the zone of 平面直角座標系 (JGD2011) that fits the city. This stage takes points
//! there and back, and is the only place that knows by how much the plane stretches lengths.
//!
//! - [`Crs`]: a system, read from a code, a `.prj` file or a URN.
//! - [`Plane`]: one of the nineteen zones, and which of them a place belongs to.
//! - [`ToPlane`], [`FromPlane`]: points to the plane and back, by Krüger's series for the systems in which Japanese data
//!   come, by libproj for all others (feature `proj`).
//! - [`DatumGrids`]: GSI's grids of shifts from the older datums, where a project has them.
//! - [`ScaleField`]: the point scale factor (縮尺係数); turns plane metres to ground metres.
//!
//! # Accuracy
//! The projections agree with libproj to 1e-7 m. Distances on the ground are within 1 mm of the geodesic at 5 km.
//! Without grids JGD2011, JGD2000 and WGS84 are taken as one datum, and the Tokyo datum is shifted to about 9 m:
//! [`Crs::datum_note`] says so for a system that this can matter for. Grids are interpolated as libproj does, to 1e-9°.

mod convert;
mod definition;
mod ellipsoid;
mod error;
mod grid;
#[cfg(test)]
#[cfg(feature = "proj")]
mod grid_tests;
mod grids;
mod krueger;
#[cfg(feature = "proj")]
mod libproj;
mod nearest;
mod over_grids;
mod plane;
mod scale;
mod systems;
mod wkt;

pub use convert::{FromPlane, ToPlane};
pub use definition::Crs;
pub use error::CrsError;
pub use grid::{DatumGrid, GridKind, GridNode};
pub use grids::{DatumGrids, OffGrid};
pub use krueger::can_be_in_japan;
pub use plane::Plane;
pub use scale::{ScaleField, round_scale};
