//! What was worked out after a run, in the page of the run: a part of its own, which takes the place of an earlier one.

use serde_json::Value;

use super::page::{Part, with_parts};
use crate::outputs::Product;
use crate::outputs::names::ADDITIONS;

/// The page with what a query found: its document, what is drawn of it, and what is drawn beside it. `None` where it is no page of a
/// run.
#[must_use]
pub fn with_addition(page: &str, document: &Value, shapes: &Product, beside: Option<&Product>) -> Option<String> {
    let mut whole = format!("{{\"document\":{document},\"shapes\":").into_bytes();
    whole.extend(shapes.coarse_geojson());
    whole.extend_from_slice(b",\"beside\":");
    match beside {
        Some(beside) => whole.extend(beside.coarse_geojson()),
        None => whole.extend_from_slice(b"null"),
    }
    whole.push(b'}');
    with_parts(page, &ADDITIONS, &[Part::packed(shapes.name, &whole)])
}
