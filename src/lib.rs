//! kyoten (拠点).

pub mod crs;
pub mod geometry;
pub mod inputs;
pub mod notices;
pub mod units;
