//! Of which places is every parcel told the nearest?

/// The sets of places of which the nearest is measured, in the order of [`super::Study::nearest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NearSet {
    /// Stations with the peak service for certain.
    Station,
    /// Bus and tram stops with the peak service for certain.
    Stop,
    /// Stops and stations of any service.
    AnyStop,
    /// Centres of central zones that are sure.
    Hub,
    /// Existing senior facilities.
    Facility,
    /// Facilities of the planned kind for certain.
    SameKind,
    /// Facilities that may be of the planned kind.
    MaybeSameKind,
}

impl NearSet {
    /// Every set.
    pub const ALL: [Self; 7] =
        [Self::Station, Self::Stop, Self::AnyStop, Self::Hub, Self::Facility, Self::SameKind, Self::MaybeSameKind];
}
