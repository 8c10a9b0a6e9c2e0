//! All other systems, through libproj: the Tokyo datum, foreign planes, whatever the EPSG dataset holds.
//!
//! A libproj object belongs to the thread that made it, so each thread makes its own when it first needs one and keeps
//! it: about 1 ms once, then 0.4 µs a point. libproj has no grids here and asks no network, so that a datum shift
//! that has only a grid is not found, and one that has both is the coarser.

use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

use proj::{Area, Proj};
use serde_json::Value;

use super::error::{CrsError, beginning};
use super::krueger::Krueger;
use super::plane::Plane;
use super::systems::Datum;

/// Japan with its seas, west, south, east, north: of several datum shifts libproj takes one that is made for here.
const JAPAN: [f64; 4] = [122.0, 20.0, 155.0, 46.0];

/// Points handed to libproj at a time, which bounds the copy that the binding makes.
const BATCH: usize = 8192;

/// The codes that EPSG gives out (EPSG Guidance Note 7-1).
const EPSG_CODES: std::ops::RangeInclusive<u64> = 1024..=32767;

/// Making and dropping objects touches caches of the whole process, so one thread at a time does it.
static LIFE: Mutex<()> = Mutex::new(());

thread_local! {
    /// The ways of this thread, by definition and plane; few files come in more than one system.
    static WAYS: RefCell<Vec<Way>> = const { RefCell::new(Vec::new()) };
}

/// A system that is not in the built-in list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Foreign {
    /// What libproj takes: a code, a well-known text, a PROJ string or PROJJSON.
    pub(super) definition: String,
    pub(super) epsg: Option<u32>,
    pub(super) name: String,
    pub(super) is_geographic: bool,
    /// The datum, where it is one that asks for a note.
    pub(super) datum: Option<Datum>,
}

/// What libproj knows of a definition.
///
/// # Errors
/// [`CrsError::UnknownSystem`] where it is no coordinate reference system.
pub(super) fn describe(definition: &str) -> Result<Foreign, CrsError> {
    let unknown = |reason: String| CrsError::UnknownSystem { definition: beginning(definition), reason };
    // Not asked of libproj, which complains on standard error by itself.
    if epsg_code(definition).is_some_and(|code| !EPSG_CODES.contains(&code)) {
        let [first, last] = [EPSG_CODES.start(), EPSG_CODES.end()];
        return Err(unknown(format!("EPSG codes lie from {first} to {last}")));
    }
    let json = {
        let _one_at_a_time = LIFE.lock().unwrap_or_else(PoisonError::into_inner);
        // libproj's own reason is no more than a number here.
        let object = Proj::new(definition).map_err(|_| unknown("it is not in the EPSG dataset".to_owned()))?;
        object.to_projjson(None, None, None).map_err(|error| unknown(error.to_string()))?
    };
    let json: Value = serde_json::from_str(&json).map_err(|error| unknown(error.to_string()))?;
    let horizontal = horizontal(&json);
    let is_geographic = match horizontal["type"].as_str() {
        Some("GeographicCRS") => true,
        Some("ProjectedCRS" | "DerivedProjectedCRS") => false,
        kind => return Err(unknown(format!("it is a {}", kind.unwrap_or("thing without a type")))),
    };
    let base = if is_geographic { horizontal } else { &horizontal["base_crs"] };
    let datum = (base["datum"]["name"].as_str() == Some("Tokyo")).then_some(Datum::Tokyo);
    let name = json["name"].as_str().unwrap_or(definition).to_owned();
    Ok(Foreign { definition: definition.to_owned(), epsg: None, name, is_geographic, datum })
}

fn epsg_code(definition: &str) -> Option<u64> {
    let digits = definition.strip_prefix("EPSG:")?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().unwrap_or(u64::MAX))
}

/// The horizontal part of a compound or bound system, else the system itself.
fn horizontal(crs: &Value) -> &Value {
    match crs["type"].as_str() {
        Some("CompoundCRS") => horizontal(&crs["components"][0]),
        Some("BoundCRS") => horizontal(&crs["source_crs"]),
        _ => crs,
    }
}

/// Checks that libproj has a way from a definition to a plane.
///
/// # Errors
/// What libproj says where it has none.
pub(super) fn check(definition: &str, to: Plane) -> Result<(), String> {
    with_way(definition, to, |_| ())
}

/// Converts points to the plane in place, and says which one could not be converted, if any.
///
/// # Errors
/// What libproj says where it has no way; the inner `Err` is the position of the first point that it cannot convert.
pub(super) fn convert(
    definition: &str,
    (to, plane): (Plane, &Krueger),
    points: &mut [[f64; 2]],
) -> Result<Result<(), usize>, String> {
    with_way(definition, to, |proj| {
        for (batch, part) in points.chunks_mut(BATCH).enumerate() {
            convert_batch(proj, plane, part).map_err(|index| batch * BATCH + index)?;
        }
        Ok(())
    })
}

/// Converts one batch; `Err` is the position of the first point that cannot be converted.
fn convert_batch(proj: &Proj, plane: &Krueger, points: &mut [[f64; 2]]) -> Result<(), usize> {
    let mut pairs: Vec<(f64, f64)> = points.iter().map(|&[x, y]| (x, y)).collect();
    if proj.convert_array(&mut pairs).is_err() {
        // The whole batch is refused for one point: go on point by point up to that one.
        for (index, pair) in pairs.iter_mut().enumerate() {
            *pair = proj.convert(*pair).map_err(|_| index)?;
        }
    }
    // libproj also gives infinity, without an error, for what it cannot convert.
    let reached = |&(x, y): &(f64, f64)| plane.reaches_plane([x, y]);
    if let Some(index) = pairs.iter().position(|pair| !reached(pair)) {
        return Err(index);
    }
    for (point, (x, y)) in points.iter_mut().zip(pairs) {
        *point = [x, y];
    }
    Ok(())
}

/// A libproj object with what it was made for.
struct Way {
    definition: String,
    to: Plane,
    /// `None` only while the way is being dropped.
    proj: Option<Proj>,
}

impl Drop for Way {
    fn drop(&mut self) {
        let _one_at_a_time = LIFE.lock().unwrap_or_else(PoisonError::into_inner);
        self.proj = None;
    }
}

/// Calls `use_it` with this thread's object for a definition and plane.
fn with_way<T>(definition: &str, to: Plane, use_it: impl FnOnce(&Proj) -> T) -> Result<T, String> {
    WAYS.with_borrow_mut(|ways| {
        let known = ways.iter().position(|way| way.to == to && way.definition == definition);
        let index = if let Some(index) = known {
            index
        } else {
            ways.push(Way { definition: definition.to_owned(), to, proj: Some(make(definition, to)?) });
            ways.len() - 1
        };
        let proj = ways[index].proj.as_ref().expect("a way in the list has its object until it is dropped");
        Ok(use_it(proj))
    })
}

fn make(definition: &str, to: Plane) -> Result<Proj, String> {
    let [west, south, east, north] = JAPAN;
    let target = format!("EPSG:{}", to.epsg());
    let _one_at_a_time = LIFE.lock().unwrap_or_else(PoisonError::into_inner);
    Proj::new_known_crs(definition, &target, Some(Area::new(west, south, east, north)))
        .map_err(|error| error.to_string())
}
