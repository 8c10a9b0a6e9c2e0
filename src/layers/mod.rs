//! Raw features → typed, repaired, projected layers.

mod spec;

pub use spec::{LAYERS, LayerKey, LayerKind, LayerSpec, PeakSource, Role};
