//! What is a candidate for a site: a parcel that may be one for certain, or parcels that may be one together.

use crate::geometry::Shapes;
use crate::regions::Region;
use crate::units::{Metres, SquareMetres};
use crate::verdicts::{LandUse, Status};

/// A parcel that has to do with the question.
#[derive(Debug, Clone)]
pub struct SiteParcel {
    /// What it is called.
    pub id: String,
    /// Its 1-based position in the whole input.
    pub position: usize,
    /// Whether it may be a site by itself, for certain.
    pub is_site: bool,
    /// Whether it is too small for a site, and meets all else that is asked, for certain.
    pub is_part: bool,
    /// Whether either holds only once the planner's expectations 見込み come true.
    pub is_expected: bool,
    /// Its ground area.
    pub area: SquareMetres,
    /// Its shape on the plane.
    pub shape: Shapes,
    /// The nearest existing facility of any kind.
    pub facility: Option<NearFacility>,
    /// The nearest that is certainly of the planned kind.
    pub same_kind: Option<NearFacility>,
    /// Whether its land is under-used; `None` where that is not measured.
    pub land: Option<LandUse>,
}

/// A facility, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct NearFacility {
    /// What it is called.
    pub name: Option<String>,
    /// How far from the parcel's edge, on the ground.
    pub distance: Metres,
}

/// Where a site could be.
#[derive(Debug, Clone)]
pub struct SiteCandidate {
    /// The ids of its parcels.
    pub ids: Vec<String>,
    /// Their 1-based positions in the input.
    pub positions: Vec<usize>,
    /// Whether one of them may be a site, or a part of one, only once the planner's expectations 見込み come true.
    pub is_expected: bool,
    /// Its ground area.
    pub area: SquareMetres,
    /// Its shape on the plane, the polygons of its parcels side by side.
    pub shape: Shapes,
    /// The nearest existing facility of any kind.
    pub facility: Option<NearFacility>,
    /// The nearest that is certainly of the planned kind.
    pub same_kind: Option<NearFacility>,
    /// Whether its land is under-used; `None` where that is not measured.
    pub land: Option<LandUse>,
}

impl SiteCandidate {
    /// Of these parcels together.
    #[must_use]
    pub fn of(parcels: &[&SiteParcel]) -> Self {
        let nearest = |of: fn(&SiteParcel) -> Option<&NearFacility>| {
            let all = parcels.iter().filter_map(|parcel| of(parcel));
            all.min_by(|one, other| one.distance.0.total_cmp(&other.distance.0)).cloned()
        };
        let mut shape = Shapes::default();
        for parcel in parcels {
            for polygon in parcel.shape.iter().flat_map(|shape| shape.polygons().collect::<Vec<_>>()) {
                polygon.rings().for_each(|ring| shape.push_ring(ring));
                shape.end_polygon();
            }
        }
        shape.end_shape();
        Self {
            ids: parcels.iter().map(|parcel| parcel.id.clone()).collect(),
            is_expected: parcels.iter().any(|parcel| parcel.is_expected),
            positions: parcels.iter().map(|parcel| parcel.position).collect(),
            area: SquareMetres(parcels.iter().map(|parcel| parcel.area.0).sum()).told(),
            shape,
            facility: nearest(|parcel| parcel.facility.as_ref()),
            same_kind: nearest(|parcel| parcel.same_kind.as_ref()),
            land: parcels.iter().map(|parcel| parcel.land).collect::<Option<Vec<_>>>().map(LandUse::together),
        }
    }

    /// The ground that it covers: parcels that touch as one piece, and what two of them claim once.
    #[must_use]
    pub fn ground(&self) -> Shapes {
        if self.ids.len() == 1 {
            return self.shape.clone();
        }
        // A union is of shapes, so each polygon is one by itself.
        let mut apart = Shapes::default();
        for polygon in self.shape.iter().flat_map(|shape| shape.polygons().collect::<Vec<_>>()) {
            polygon.rings().for_each(|ring| apart.push_ring(ring));
            apart.end_polygon();
            apart.end_shape();
        }
        Region::union_of(&[&apart]).pieces().cloned().unwrap_or_default()
    }

    /// Eligible, or prospective where one of its parcels is.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.is_expected { Status::Prospective } else { Status::Eligible }
    }

    /// What it is called: the ids of its parcels.
    #[must_use]
    pub fn name(&self) -> String {
        self.ids.join("+")
    }
}
