//! All other systems, through libproj: the Tokyo datum, foreign planes, whatever the EPSG dataset holds.
//!
//! A libproj object belongs to the thread that made it, so each thread makes its own when it first needs one and keeps
//! it: about 1 ms once, then 0.4 µs a point. libproj has no grids here and asks no network, so that a datum shift
//! that has only a grid is not found, and one that has both is the coarser.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use proj::{Area, Proj};
use serde_json::Value;

use super::error::{CrsError, beginning};
use super::systems::Datum;

/// Japan with its seas, west, south, east, north: of several datum shifts libproj takes one that is made for here.
const JAPAN: [f64; 4] = [122.0, 20.0, 155.0, 46.0];

/// Points handed to libproj at a time, which bounds the copy that the binding makes.
const BATCH: usize = 8192;

/// The codes that EPSG gives out (EPSG Guidance Note 7-1).
const EPSG_CODES: std::ops::RangeInclusive<u64> = 1024..=32767;

/// Making and dropping objects touches caches of the whole process, so one thread at a time does it.
static LIFE: Mutex<()> = Mutex::new(());

/// Waits until no other thread makes or drops an object. Before the first one libproj is told to print nothing of its own: what
/// it finds wrong is said in our words.
fn alone() -> MutexGuard<'static, ()> {
    static SILENT: Once = Once::new();
    let alone = LIFE.lock().unwrap_or_else(PoisonError::into_inner);
    SILENT.call_once(|| {
        // SAFETY: a null context is libproj's default one, whose level all later ones take over. No thread uses libproj
        // meanwhile: none has an object yet, and to make one is to wait for this lock.
        unsafe { proj_sys::proj_log_level(std::ptr::null_mut(), proj_sys::PJ_LOG_LEVEL_PJ_LOG_NONE) };
    });
    alone
}

// libproj asks Windows where a user keeps data. Which libraries that takes PROJ's own build knows, and the binding does not say.
#[cfg(windows)]
#[link(name = "shell32")]
#[link(name = "ole32")]
unsafe extern "system" {}

thread_local! {
    /// The ways of this thread, by definition and target; few files come in more than one system.
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
    /// The datum, where it is an older one of Japan.
    pub(super) datum: Option<Datum>,
    /// Whether the definition says itself how its datum is shifted.
    pub(super) is_bound: bool,
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
        let _one_at_a_time = alone();
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
    let datum = match base["datum"]["name"].as_str() {
        Some("Tokyo") => Some(Datum::Tokyo),
        Some("Japanese Geodetic Datum 2000") => Some(Datum::Jgd2000),
        _ => None,
    };
    let name = json["name"].as_str().unwrap_or(definition).to_owned();
    let is_bound = is_bound(&json);
    Ok(Foreign { definition: definition.to_owned(), epsg: None, name, is_geographic, datum, is_bound })
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

/// Whether a system, or the horizontal part of it, comes with a shift of its datum.
fn is_bound(crs: &Value) -> bool {
    match crs["type"].as_str() {
        Some("CompoundCRS") => is_bound(&crs["components"][0]),
        Some("BoundCRS") => true,
        _ => false,
    }
}

/// Checks that libproj has a way from a definition to the system of an EPSG code.
///
/// # Errors
/// What libproj says where it has none.
pub(super) fn check(definition: &str, to: u32) -> Result<(), String> {
    with_way(definition, to, |_| ())
}

/// Converts points to the system of an EPSG code in place, and says which one could not be converted, if any.
///
/// # Errors
/// What libproj says where it has no way; the inner `Err` is the position of the first point that it cannot convert, or
/// that is not `reached` there.
pub(super) fn convert(
    definition: &str,
    to: u32,
    reached: impl Fn([f64; 2]) -> bool,
    points: &mut [[f64; 2]],
) -> Result<Result<(), usize>, String> {
    with_way(definition, to, |proj| {
        for (batch, part) in points.chunks_mut(BATCH).enumerate() {
            convert_batch(proj, &reached, part).map_err(|index| batch * BATCH + index)?;
        }
        Ok(())
    })
}

/// Converts one batch; `Err` is the position of the first point that cannot be converted.
fn convert_batch(proj: &Proj, reached: impl Fn([f64; 2]) -> bool, points: &mut [[f64; 2]]) -> Result<(), usize> {
    let mut pairs: Vec<(f64, f64)> = points.iter().map(|&[x, y]| (x, y)).collect();
    if proj.convert_array(&mut pairs).is_err() {
        // The whole batch is refused for one point: go on point by point up to that one.
        for (index, pair) in pairs.iter_mut().enumerate() {
            *pair = proj.convert(*pair).map_err(|_| index)?;
        }
    }
    // libproj also gives infinity, without an error, for what it cannot convert.
    if let Some(index) = pairs.iter().position(|&(x, y)| !reached([x, y])) {
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
    to: u32,
    /// `None` only while the way is being dropped.
    proj: Option<Proj>,
}

impl Drop for Way {
    fn drop(&mut self) {
        let _one_at_a_time = alone();
        self.proj = None;
    }
}

/// Calls `use_it` with this thread's object for a definition and target.
fn with_way<T>(definition: &str, to: u32, use_it: impl FnOnce(&Proj) -> T) -> Result<T, String> {
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

fn make(definition: &str, to: u32) -> Result<Proj, String> {
    let [west, south, east, north] = JAPAN;
    let target = format!("EPSG:{to}");
    let _one_at_a_time = alone();
    Proj::new_known_crs(definition, &target, Some(Area::new(west, south, east, north)))
        .map_err(|error| error.to_string())
}
