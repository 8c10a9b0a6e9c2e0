//! What does a city say of a batch of parcels?
//!
//! An [`Assessor`] is built once from a city, its timetable and the [`Terms`] that parcels are judged by. Nothing else puts
//! one together: a run, the worked examples, benches and other ways of counting all come through this door. It knows no
//! project file and no format; a batch of parcels may come from any reader or from memory, and an [`Assessment`] goes out
//! as columns.

mod assessment;
mod assessor;
mod batch_result;
mod drawn;
mod fixed;
mod found;
mod groundwork;
mod one_zone;
mod regions;
mod service;
mod set_zones;
mod stored;
mod terms;

pub use assessment::{Assessment, Margins};
pub use assessor::Assessor;
pub use batch_result::BatchResult;
pub(crate) use batch_result::position;
pub use found::{Found, Learnt, OpenPlaces, Somewhere, Turned};
pub use groundwork::{Groundwork, LastNumber, Recount, Retold};
pub use service::stops_within;
pub use set_zones::set_by;
pub use stored::StoredAssessor;
pub use terms::Terms;
