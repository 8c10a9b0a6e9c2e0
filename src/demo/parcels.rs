//! Parcels (筆・敷地): how blocks are divided, and the file of them.

use fastrand::Rng;

use super::DemoError;
use super::geojson::{GeoJson, Shape, closed};
use super::ground::Uv;
use super::layout::{Block, Rect, TownLayout, Use, corners};
use super::names;
use super::odd;
use super::plan::{Plan, Stream};
use super::write::Folder;

/// The name of the file, without `.geojson`.
pub(super) const FILE: &str = "parcels";

/// A parcel.
pub(super) struct DrawnParcel {
    /// Closed, anticlockwise.
    pub(super) ring: Vec<Uv>,
    /// 地目: what the land register says that it is used for.
    pub(super) chimoku: &'static str,
}

/// Writes the parcels, block after block, and the odd ones at the end.
pub(super) fn write(folder: &mut Folder, plan: &Plan, layout: &TownLayout) -> Result<(), DemoError> {
    let mut file = GeoJson::create(folder, FILE, &plan.ground)?;
    let mut towns = 0;
    let mut oaza = String::new();
    let mut last_tile = None;
    for block in &layout.blocks {
        if last_tile != Some(block.tile()) {
            last_tile = Some(block.tile());
            oaza = names::place(towns);
            towns += 1;
        }
        for (index, parcel) in draw(plan, layout.rect(block), block).into_iter().take(block.parcels).enumerate() {
            let chiban = format!("{}-{}", block.number, index + 1);
            file.feature_with(&properties(&chiban, &oaza, parcel.chimoku), &Shape::Polygon(&[parcel.ring]))?;
        }
    }
    odd::write(&mut file, layout, &oaza)?;
    file.finish(folder)
}

/// The properties of a parcel; none of its texts has a sign that JSON would want escaped.
pub(super) fn properties(chiban: &str, oaza: &str, chimoku: &str) -> String {
    format!("{{ \"chiban\": \"{chiban}\", \"oaza\": \"{oaza}\", \"chimoku\": \"{chimoku}\" }}")
}

/// The parcels of a block, the same at every call.
pub(super) fn draw(plan: &Plan, rect: Rect, block: &Block) -> Vec<DrawnParcel> {
    let mut random = plan.random(Stream::Parcels, block.place);
    match block.land_use {
        Use::Built => houses(rect, &mut random),
        Use::Large => vec![DrawnParcel { ring: closed(&corners(rect)), chimoku: "雑種地" }],
        Use::Farm => fields(rect, &mut random),
        Use::Park | Use::School | Use::Square | Use::River => Vec::new(),
    }
}

/// One to three fields side by side.
fn fields([u0, v0, u1, v1]: Rect, random: &mut Rng) -> Vec<DrawnParcel> {
    let number = [1, 2, 2, 3][random.usize(0..4)];
    let mut from = u0;
    let mut field = |nth: u8| {
        let to = if nth == number { u1 } else { u0 + (u1 - u0) * f64::from(nth) / f64::from(number) };
        let ring = closed(&corners([from, v0, to, v1]));
        from = to;
        DrawnParcel { ring, chimoku: if random.u8(0..10) < 6 { "田" } else { "畑" } }
    };
    (1..=number).map(&mut field).collect()
}

/// Two rows of parcels, back to back.
fn houses([u0, v0, u1, v1]: Rect, random: &mut Rng) -> Vec<DrawnParcel> {
    let back = f64::midpoint(v0, v1) + 3.0 * (random.f64() - 0.5);
    let mut parcels = Vec::new();
    row(&mut parcels, [u0, u1], [v0, back], random);
    row(&mut parcels, [u1, u0], [v1, back], random);
    parcels
}

/// One row along a street: from one end to the other, and from the street to the back.
///
/// Both rows run to the left as seen from their street, so that all rings turn the same way.
fn row(parcels: &mut Vec<DrawnParcel>, [from, to]: [f64; 2], [street, back]: [f64; 2], random: &mut Rng) {
    let onwards = (to - from).signum();
    let length = (to - from).abs();
    let mut done = 0.0;
    let mut side = [[from, street], [from, back]];
    while done < length {
        let mut frontage = 8.5 + 11.0 * random.f64();
        if random.u8(0..100) < 5 {
            frontage += 10.0;
        }
        // The last one takes what is too narrow for another.
        let last = length - done - frontage < 8.0;
        if last {
            frontage = length - done;
        }
        done = if last { length } else { done + frontage };
        // Borders are not quite square to the street.
        let slant = if last { 0.0 } else { 1.2 * (random.f64() - 0.5) };
        let along = if last { to } else { from + onwards * done };
        let next = [[along, street], [along + slant, back]];
        let quad = [side[0], next[0], next[1], side[1]];
        let chimoku = if random.u8(0..100) < 92 { "宅地" } else { "雑種地" };
        if frontage * (back - street).abs() > 260.0 && random.u8(0..100) < 12 {
            parcels.extend(flag_parcels(quad).map(|ring| DrawnParcel { ring, chimoku }));
        } else {
            parcels.push(DrawnParcel { ring: closed(&quad), chimoku });
        }
        side = next;
    }
}

/// A parcel at the street and one behind it, which reaches the street by a lane (旗竿地).
fn flag_parcels(quad: [Uv; 4]) -> [Vec<Uv>; 2] {
    let at = |s: f64, t: f64| {
        let mix = |axis: usize| {
            let near = quad[0][axis] + s * (quad[1][axis] - quad[0][axis]);
            let far = quad[3][axis] + s * (quad[2][axis] - quad[3][axis]);
            near + t * (far - near)
        };
        [mix(0), mix(1)]
    };
    let (lane, depth) = (0.18, 0.5);
    [
        closed(&[at(lane, 0.0), at(1.0, 0.0), at(1.0, depth), at(lane, depth)]),
        closed(&[at(0.0, 0.0), at(lane, 0.0), at(lane, depth), at(1.0, depth), at(1.0, 1.0), at(0.0, 1.0)]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prop_assert, proptest};

    fn signed_area(ring: &[Uv]) -> f64 {
        ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum::<f64>() / 2.0
    }

    proptest! {
        #[test]
        fn houses_fill_their_block_without_gap_or_overlap(
            seed: u64, u in -1e4..1e4_f64, v in -1e4..1e4_f64, width in 50.0..100.0_f64, depth in 28.0..50.0_f64,
        ) {
            let parcels = houses([u, v, u + width, v + depth], &mut Rng::with_seed(seed));
            let areas: Vec<f64> = parcels.iter().map(|parcel| signed_area(&parcel.ring)).collect();
            prop_assert!(areas.iter().all(|&area| (80.0..1_050.0).contains(&area)), "{areas:?}");
            prop_assert!((areas.iter().sum::<f64>() - width * depth).abs() < 1e-3);
        }
    }
}
