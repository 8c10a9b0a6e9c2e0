//! kyoten (拠点).

pub mod criteria;
pub mod crs;
pub mod demo;
pub mod geometry;
pub mod inputs;
pub mod layers;
pub mod notices;
pub mod units;
