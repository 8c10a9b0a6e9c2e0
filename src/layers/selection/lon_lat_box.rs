//! A box of longitude and latitude, and whether a parcel reaches into it.

use std::fmt;

use geo::{Coord, Intersects, LineString, Polygon, Rect};

use crate::geometry::{Bounds, Shape};
use crate::text::Text;

/// A box of longitude and latitude, in degrees. West is less than east and south less than north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLatBox {
    bounds: Bounds,
}

/// Why four numbers are no box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxFault {
    /// They are not four numbers.
    NotFour,
    /// A latitude stands where a longitude should.
    LatitudeFirst,
    /// West is not less than east.
    WestOfEast,
    /// South is not less than north.
    SouthOfNorth,
    /// A number is no longitude or no latitude: metres, perhaps.
    NoDegrees,
}

impl LonLatBox {
    /// The box of `W,S,E,N`.
    ///
    /// # Errors
    /// Where that is none.
    pub fn parse(text: &str) -> Result<Self, BoxFault> {
        let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
        let numbers: Option<[f64; 4]> = numbers.and_then(|numbers| numbers.try_into().ok());
        let [west, south, east, north] = numbers.ok_or(BoxFault::NotFour)?;
        let is_longitude = |number: f64| (-180.0..=180.0).contains(&number);
        let is_latitude = |number: f64| (-90.0..=90.0).contains(&number);
        let (longitudes, latitudes) = ([west, east], [south, north]);
        if !longitudes.into_iter().all(is_longitude) || !latitudes.into_iter().all(is_latitude) {
            // 34.8,138.3,34.9,138.4: south, west, north, east.
            let is_swapped = longitudes.into_iter().all(is_latitude) && latitudes.into_iter().all(is_longitude);
            return Err(if is_swapped { BoxFault::LatitudeFirst } else { BoxFault::NoDegrees });
        }
        if west >= east {
            return Err(BoxFault::WestOfEast);
        }
        if south >= north {
            return Err(BoxFault::SouthOfNorth);
        }
        Ok(Self { bounds: Bounds { min: [west, south], max: [east, north] } })
    }

    /// West, south, east and north.
    #[must_use]
    pub fn degrees(&self) -> [f64; 4] {
        let Bounds { min: [west, south], max: [east, north] } = self.bounds;
        [west, south, east, north]
    }

    /// Whether a shape, in degrees, has a point in common with the box; an empty one has not.
    pub(super) fn meets(&self, shape: &Shape<'_>) -> bool {
        let points = || shape.polygons().flat_map(|polygon| polygon.rings()).flatten();
        let around = points().fold(Bounds::EMPTY, |around, &point| around.including(point));
        if around.is_empty() || !around.meets(&self.bounds) {
            return false;
        }
        let Bounds { min: [west, south], max: [east, north] } = self.bounds;
        if self.bounds.holds(&around)
            || points().any(|&[x, y]| (west..=east).contains(&x) && (south..=north).contains(&y))
        {
            return true;
        }
        // No corner of it lies in the box, which may still cut through it or lie in it.
        let rectangle = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
        let ring = |ring: &[[f64; 2]]| LineString::new(ring.iter().map(|&[x, y]| Coord { x, y }).collect());
        shape.polygons().any(|polygon| {
            let mut rings = polygon.rings().map(ring);
            let shell = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            rectangle.intersects(&Polygon::new(shell, rings.collect()))
        })
    }
}

impl fmt::Display for LonLatBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = self.degrees();
        write!(f, "{west},{south},{east},{north}")
    }
}

impl BoxFault {
    /// What is wrong.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::NotFour => Text::new(
                "西,南,東,北 の4つの数をコンマで区切って書いてください（例: 138.30,34.80,138.35,34.90）。",
                "write four numbers W,S,E,N in degrees, such as 138.30,34.80,138.35,34.90",
            ),
            Self::LatitudeFirst => Text::new(
                "緯度と経度が逆です。西,南,東,北 の順に、経度を先に書いてください。",
                "latitude stands before longitude: write W,S,E,N, longitude first",
            ),
            Self::WestOfEast => Text::new(
                "西の経度が東の経度より小さくありません。西,南,東,北 の順に書いてください。",
                "the west is not less than the east: the order is W,S,E,N",
            ),
            Self::SouthOfNorth => Text::new(
                "南の緯度が北の緯度より小さくありません。西,南,東,北 の順に書いてください。",
                "the south is not less than the north: the order is W,S,E,N",
            ),
            Self::NoDegrees => Text::new(
                "経度・緯度（度）ではない数があります。メートルの座標は使えません。",
                "it holds a number that is no longitude or latitude in degrees; metres cannot be given",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    #[test]
    fn a_box_is_west_south_east_north_and_says_what_is_swapped() {
        assert_eq!(LonLatBox::parse(" 138.3,34.8, 138.4,34.9").unwrap().degrees(), [138.3, 34.8, 138.4, 34.9]);
        assert_eq!(LonLatBox::parse("-1,-2,1.5,2").unwrap().to_string(), "-1,-2,1.5,2");
        for (text, fault) in [
            ("34.8,138.3,34.9,138.4", BoxFault::LatitudeFirst),
            ("138.4,34.8,138.3,34.9", BoxFault::WestOfEast),
            ("138.3,34.9,138.4,34.8", BoxFault::SouthOfNorth),
            ("138.3,34.8,138.3,34.9", BoxFault::WestOfEast),
            ("-41000,-130000,-40000,-129000", BoxFault::NoDegrees),
            ("138.3,34.8,138.4,nan", BoxFault::NoDegrees),
            ("138.3,34.8,138.4", BoxFault::NotFour),
            ("138.3,34.8,138.4,34.9,1", BoxFault::NotFour),
            ("138.3 34.8 138.4 34.9", BoxFault::NotFour),
            ("", BoxFault::NotFour),
        ] {
            assert_eq!(LonLatBox::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_shape_meets_a_box_that_it_touches_crosses_holds_or_lies_in_and_not_its_hole() {
        let mut shapes = Shapes::default();
        shapes.push_ring(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]);
        shapes.push_ring(&[[4.0, 4.0], [4.0, 8.0], [8.0, 8.0], [8.0, 4.0], [4.0, 4.0]]);
        shapes.end_polygon();
        shapes.end_shape();
        // A triangle whose box is larger than itself, and a shape without a polygon.
        shapes.push_ring(&[[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [0.0, 0.0]]);
        shapes.end_polygon();
        shapes.end_shape();
        shapes.end_shape();
        let meets = |shape: usize, text: &str| LonLatBox::parse(text).unwrap().meets(&shapes.get(shape));
        for text in ["-1,-1,11,11", "1,1,2,2", "3,3,5,5", "10,10,12,12", "-1,2,11,3", "-5,-5,0,0"] {
            assert!(meets(0, text), "{text}");
        }
        for text in ["5,5,7,7", "10.001,0,12,10", "-5,-5,-1,-1"] {
            assert!(!meets(0, text), "{text}");
        }
        assert!(!meets(1, "6,6,9,9") && meets(1, "5,5,9,9") && meets(1, "4,4,4.5,4.5"));
        assert!(!meets(2, "-180,-90,180,90"));
    }
}
