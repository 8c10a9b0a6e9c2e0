//! From the run's plane to the paper: the scale of the map, the scale bar, and where north is.

use super::paper::Frame;
use crate::crs::{Crs, CrsError, FromPlane, Plane, ScaleField, ToPlane, round_scale};
use crate::geometry::{Bounds, Point};

/// No map is larger than 1:250: a single parcel needs no wall.
const LARGEST: f64 = 250.0;

/// The part of the frame that is left free around the parcels, on each side.
const FREE: f64 = 0.035;

/// How far north a point is sought that shows where north is, degrees.
const STEP_NORTH: f64 = 0.01;

/// How the plane lies on the paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    /// The plane point in the middle of the frame.
    middle: Point,
    /// The middle of the frame, millimetres.
    centre: [f64; 2],
    /// Millimetres of paper for a metre of the plane.
    mm_per_plane_metre: f64,
    /// Ground metres for a metre of paper, in the middle.
    pub(super) denominator: f64,
    /// The direction of true north, in degrees east of the paper's upward direction (grid north 座標北).
    pub(super) true_north: f64,
    /// What lies outside of this box of the plane is not drawn at all; `None` where nothing does.
    cut: Option<Bounds>,
    /// The box of the plane within the frame.
    within: Bounds,
}

impl View {
    /// The largest map at a round scale that shows all of `bounds` in `frame`.
    ///
    /// # Errors
    /// Where the middle has no longitude and latitude of its own.
    pub(super) fn new(bounds: &Bounds, frame: &Frame, plane: Plane) -> Result<Self, CrsError> {
        let middle = bounds.centre();
        // The plane is longer than the ground by this factor, which differs over a city by a millionth part.
        let stretch = ScaleField::new(plane).at(middle);
        let [width, height] = bounds.size();
        let room = 1.0 - 2.0 * FREE;
        let needed = (width / (frame.width * room)).max(height / (frame.height * room)) / stretch * 1000.0;
        let denominator = round_scale(needed.max(LARGEST));
        Ok(Self {
            middle,
            centre: frame.centre(),
            mm_per_plane_metre: 1000.0 / (denominator * stretch),
            denominator,
            true_north: true_north(middle, plane)?,
            cut: None,
            within: around(middle, [frame.width, frame.height].map(|mm| mm * denominator * stretch / 2000.0)),
        })
    }

    /// The same for a part of the city, of which what is far from the frame is left out.
    pub(super) fn cut(self, frame: &Frame) -> Self {
        let cut = around(self.middle, [frame.width, frame.height].map(|mm| mm / self.mm_per_plane_metre / 2.0));
        Self { cut: Some(cut), ..self }
    }

    /// Whether it shows a part of the city.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.is_some()
    }

    /// Whether something within a box of the plane may be seen.
    pub(super) fn may_show(&self, bounds: &Bounds) -> bool {
        self.cut.is_none_or(|cut| cut.meets(bounds))
    }

    /// Whether something within a box of the plane lies within the frame, wholly or in part.
    pub(super) fn is_on_sheet(&self, bounds: &Bounds) -> bool {
        self.within.meets(bounds)
    }

    /// Whether all of the frame lies within a box of the plane.
    pub(super) fn is_within(&self, bounds: &Bounds) -> bool {
        bounds.holds(&self.within)
    }

    /// Where a plane point is on the paper, millimetres.
    pub(super) fn on_paper(&self, [x, y]: Point) -> [f64; 2] {
        let scale = self.mm_per_plane_metre;
        [self.centre[0] + (x - self.middle[0]) * scale, self.centre[1] - (y - self.middle[1]) * scale]
    }

    /// The longest round distance that is at most `mm` long on paper: ground metres, and into how many parts it is divided.
    pub(super) fn scale_bar(&self, mm: f64) -> (f64, usize) {
        let most = mm * self.denominator / 1000.0;
        let step = 10_f64.powf(most.log10().floor());
        let (digit, parts) =
            [(5.0, 5), (2.0, 4), (1.0, 4)].into_iter().find(|(d, _)| d * step <= most).unwrap_or((1.0, 4));
        (digit * step, parts)
    }

    /// How long a distance on the ground is on paper, in the middle of the map.
    pub(super) fn mm(&self, ground_metres: f64) -> f64 {
        ground_metres * 1000.0 / self.denominator
    }
}

/// The box that reaches so far from a point on both sides.
fn around([x, y]: Point, half: [f64; 2]) -> Bounds {
    Bounds { min: [x - half[0], y - half[1]], max: [x + half[0], y + half[1]] }
}

/// Degrees from the direction of grid north to that of true north, eastward: the meridian convergence with its sign turned.
fn true_north(middle: Point, plane: Plane) -> Result<f64, CrsError> {
    let [lon, lat] = FromPlane::new(plane).lon_lat(middle);
    let mut ends = [[lon, lat], [lon, lat + STEP_NORTH]];
    ToPlane::new(&Crs::jgd2011(), plane)?.convert(&mut ends)?;
    let [dx, dy] = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
    Ok(dx.atan2(dy).to_degrees())
}

/// An angle as degrees and minutes, without its sign.
pub(super) fn degrees(angle: f64) -> String {
    let minutes = (angle.abs() * 60.0).round() as u32;
    format!("{}°{:02}'", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Frame = Frame { left: 12.0, top: 33.0, width: 300.0, height: 250.0 };

    fn view(middle: Point, size: Point) -> View {
        let min = [middle[0] - size[0] / 2.0, middle[1] - size[1] / 2.0];
        let max = [middle[0] + size[0] / 2.0, middle[1] + size[1] / 2.0];
        View::new(&Bounds { min, max }, &FRAME, Plane::new(8).unwrap()).unwrap()
    }

    #[test]
    fn scales_are_round_and_metres_are_those_of_the_ground() {
        let view = view([90_000.0, -120_000.0], [2700.0, 1000.0]);
        assert_eq!(view.denominator, 10_000.0);
        // 90 km from the meridian the plane is as long as the ground.
        let [a, b] = [[89_500.0, -120_000.0], [90_500.0, -120_000.0]].map(|point| view.on_paper(point));
        assert!((b[0] - a[0] - 100.0).abs() < 1e-3, "{a:?} {b:?}");
        assert_eq!(view.scale_bar(60.0), (500.0, 5));
        assert_eq!(view.mm(500.0), 50.0);
    }

    #[test]
    fn true_north_leans_to_the_meridian_of_the_plane() {
        // East of the meridian it lies to the west of grid north: by the difference of longitude times the sine of latitude.
        let east = view([45_000.0, -120_000.0], [10.0, 10.0]);
        let lon = FromPlane::new(Plane::new(8).unwrap()).lon_lat([45_000.0, -120_000.0]);
        let expected = -(lon[0] - 138.5) * lon[1].to_radians().sin();
        assert!((east.true_north - expected).abs() < 1e-4, "{} {expected}", east.true_north);
        assert!(view([0.0, -120_000.0], [10.0, 10.0]).true_north.abs() < 1e-9);
        assert_eq!(degrees(-0.283), "0°17'");
        assert_eq!(degrees(0.999_9), "1°00'");
    }

    proptest! {
        #[test]
        fn all_of_the_bounds_is_in_the_frame(x in -200_000.0..200_000.0_f64, w in 0.1..100_000.0_f64, h in 0.1..100_000.0_f64) {
            let view = view([x, -110_000.0], [w, h]);
            for (sx, sy) in [(-0.5, -0.5), (0.5, 0.5)] {
                let [px, py] = view.on_paper([x + sx * w, -110_000.0 + sy * h]);
                prop_assert!((FRAME.left..=FRAME.right()).contains(&px) && (FRAME.top..=FRAME.bottom()).contains(&py));
            }
            let (metres, parts) = view.scale_bar(60.0);
            prop_assert!(view.mm(metres) <= 60.0 + 1e-9 && view.mm(metres) >= 20.0 && parts >= 4);
        }
    }
}
