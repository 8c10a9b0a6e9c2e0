//! How often does it stop here, and where does it go? Stops with their service and their lines.
//!
//! Timetables are put together on their service day ([`Timetable`]), their departures counted under a rule ([`peak()`]), and
//! told as stations and stops together with what layers say ([`services`]); [`Connections`] follow their trips and lines.

mod abandoned;
mod about;
mod connection;
mod counting;
mod daily;
mod departures;
mod doubt;
mod editions;
mod ending;
mod groups;
mod kinds;
mod known_lines;
mod known_rows;
mod law;
mod line_told;
mod lost_stops;
mod on_foot;
mod on_their_days;
mod peak;
mod places;
mod rides;
mod rows;
mod scenario;
mod service;
mod service_day;
mod serving;
mod settings;
mod supposed;
mod table;
#[cfg(test)]
mod tests;
mod timetable;
mod together;
mod told;
mod union;
mod ways;
mod years_apart;

pub use abandoned::{Change, keep_served};
pub use about::FeedReport;
pub use connection::{Connections, Links};
pub use counting::{CountingRule, DirectionRule, Unit, Window, rule_name};
pub use daily::{Daily, ServiceQuestion};
pub use departures::{Departure, Direction, LastCall};
pub use groups::{Pole, Poles};
pub use known_lines::{KnownLine, KnownLines, NoOneLine};
pub use known_rows::Rows;
pub use line_told::{LineTold, TableLine};
pub use on_their_days::on_their_days;
pub use peak::{Peak, peak};
pub use scenario::{AddedStop, Edits, Headway, Removal, Removed, Replaced, Scenario, ScenarioError, ScenarioFault};
pub use service::{Counted, Origin, Stop, by_group, services};
pub use service_day::{ServiceDay, representative_weekday};
pub use settings::Settings;
pub use timetable::{NAMELESS, Timetable};
pub use told::{ToldGroup, ToldTimetables};
