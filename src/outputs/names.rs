//! The names of the files of a run that are not named by their format or product.

/// What a run rests on and came to. It stands for a finished run: a folder with it holds the whole of one.
pub use crate::inputs::RUN_RECORD as RUN;

/// The rules, where they are none that ship.
pub const RULES: &str = "rules.toml";
/// What differs between equal runs.
pub const TIMES: &str = "times.json";
/// Facilities of one kind that stand too close.
pub const SPACING: &str = "spacing.csv";
/// What became of the parcels under every number of a threshold.
pub const SWEEP: &str = "sweep.csv";
/// How QGIS draws the parcels.
pub const PARCELS_STYLE: &str = "parcels.qml";
/// The project for QGIS that shows the whole run.
pub const PROJECT: &str = "kyoten.qgz";
/// The map.
pub const MAP: &str = "map.html";
/// The parcels of a map that is too large for one file, as tiles.
pub const MAP_TILES: &str = "map.pmtiles";
/// The same as columns.
pub const MAP_COLUMNS: &str = "map.columns";

/// The file of a product.
#[must_use]
pub fn product(name: &str) -> String {
    product_in(name, "geojson")
}

/// The file of a product in another format, by what its name ends in.
#[must_use]
pub fn product_in(name: &str, extension: &str) -> String {
    format!("{name}.{extension}")
}

/// How QGIS draws a product.
#[must_use]
pub fn product_style(name: &str) -> String {
    format!("{name}.qml")
}

/// The products that are worked out after a run and can be added to it.
pub const ADDITIONS: [&str; 3] = ["assessed", "sites", "survey"];

/// Whether a file is one that is added to a run.
#[must_use]
pub fn is_addition(file: &str) -> bool {
    ADDITIONS.iter().any(|name| file == product(name) || file == product_style(name))
}
