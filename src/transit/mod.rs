//! How often does it stop here, and where does it go? Stops with their peak service and their lines.

mod connection;
mod counting;
mod scenario;
mod service;
mod settings;

pub use connection::{Connection, connected};
pub use counting::{CountingRule, DirectionRule, Unit, Window};
pub use scenario::{AddedStop, Edits, Headway, Removal, Removed, Replaced, Scenario, ScenarioError, ScenarioFault};
pub use service::{Stop, services};
pub use settings::Settings;
