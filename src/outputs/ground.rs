//! How does the ground under a map look? Once for paper and for QGIS: pale, so that all else stands out from it.

use crate::layers::Ground;

/// How the ground of a kind looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroundLook {
    /// What fills it, red, green and blue; `None` of lines.
    pub fill: Option<[u8; 3]>,
    /// The lines along it, the lower first.
    pub lines: &'static [GroundLine],
}

/// A line along the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroundLine {
    /// Red, green and blue.
    pub colour: [u8; 3],
    /// Millimetres on paper.
    pub width: f64,
    /// Lengths of dashes and gaps in turn, millimetres; none: unbroken.
    pub dashes: &'static [f64],
}

const WATER: [u8; 3] = [217, 232, 241];
const BUILDING: [u8; 3] = [236, 232, 226];

impl GroundLook {
    /// That of a kind.
    #[must_use]
    pub fn of(ground: Ground) -> Self {
        let (fill, lines): (_, &[GroundLine]) = match ground {
            Ground::Water => (Some(WATER), const { &[line(WATER, 0.1, &[])] }),
            Ground::Building => (Some(BUILDING), &[]),
            Ground::Line => (None, const { &[line([200, 200, 200], 0.15, &[])] }),
            Ground::Road => (None, const { &[line([217, 211, 201], 0.25, &[])] }),
            Ground::River => (None, const { &[line([160, 197, 220], 0.25, &[])] }),
            Ground::Coast => (None, const { &[line([120, 168, 200], 0.3, &[])] }),
            // Black and white in turn, as 国土地理院 draws railways, but quietly.
            Ground::Railway => {
                (None, const { &[line([138, 138, 138], 0.5, &[]), line([255, 255, 255], 0.3, &[1.5, 1.5])] })
            }
            Ground::Boundary => (None, const { &[line([150, 140, 150], 0.3, &[2.6, 0.7, 0.5, 0.7])] }),
        };
        Self { fill, lines }
    }
}

const fn line(colour: [u8; 3], width: f64, dashes: &'static [f64]) -> GroundLine {
    GroundLine { colour, width, dashes }
}
