//! How often does it stop here, and where does it go? Stops with their peak service and their lines.

mod connection;
mod service;

pub use connection::{Connection, connected};
pub use service::{Stop, services};
