//! What do the features of a layer turn into, and when can a study do without them?

/// What the features of a layer turn into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Content {
    /// Parcels, which are streamed and not held.
    Parcels,
    /// Stations and stops.
    Stops,
    /// Peak trips by name and line.
    PeakTrips,
    /// One area, whatever its features are.
    Area,
    /// Units of land, one a feature.
    Units,
    /// Units with their residents.
    Census,
    /// Facilities; of layers of one's own any places.
    Facilities,
    /// Municipalities with their codes.
    Municipalities,
    /// Points.
    Points,
    /// Buildings with their floors, one a feature.
    Buildings,
    /// Areas with a ratio each.
    Ratios,
}

/// When a study can do without a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Never: without it something stays open.
    Always,
    /// Where the project says which municipality it is.
    UnlessMunicipalityKnown,
    /// Always: it refines what others say.
    Never,
}

impl Wanted {
    /// Whether a study lacks the layer where it is not given.
    #[must_use]
    pub fn is_missed(self, municipality_known: bool) -> bool {
        match self {
            Self::Always => true,
            Self::UnlessMunicipalityKnown => !municipality_known,
            Self::Never => false,
        }
    }
}
