//! Where could the zones lie? Candidate zones: the connected pieces of a zone's region, and what they carry.

mod candidates;
mod facts;
mod placer;

pub use candidates::{Candidate, Candidates, MIN_ZONE, candidates, central_zones};
pub use facts::{ZoneContext, ZoneFacts, facts, uninhabited};
pub use placer::Placer;
