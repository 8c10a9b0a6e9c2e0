//! Where could the zones lie? Candidate zones: the connected pieces of a zone's region, and what they carry.

mod candidates;
mod facts;
mod pieces;
mod placer;
mod stored;
mod whole;

pub use candidates::{Candidate, Candidates, MIN_ZONE, candidates};
pub use facts::{AsWhole, Makers, WholeStanding, ZoneFacts, facts, made_by};
pub use pieces::{Centres, Growth, zone_pieces};
pub use placer::Placer;
pub use stored::StoredCandidates;
pub use whole::{AskedAsWholes, LandOfWholes, asked_as_wholes};
