//! kyoten (拠点).

pub mod criteria;
pub mod crs;
pub mod evidence;
pub mod geometry;
pub mod inputs;
pub mod layers;
pub mod notices;
pub mod planning;
pub mod project;
pub mod regions;
pub mod transit;
pub mod units;
pub mod verdicts;
pub mod zones;
