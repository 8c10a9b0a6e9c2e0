//! Layers that are tables in memory, in the place of the files that a project names.

use super::Project;
use crate::diagnostics::Diagnostic;
use crate::inputs::ArrowTable;
use crate::layers::{LayerKey, LayerSpec};
use crate::text::Text;

/// The tables of a project file that name layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerTable {
    /// `[layers]`.
    Today,
    /// `[prospective]`.
    Expected,
    /// `layers` in `[scenario]`.
    Supposed,
}

impl Project {
    /// Puts a table in memory in the place of a layer's files. All else that the project says of the layer, as its CRS, its fields
    /// and what is left out, is said of the table. `false`: the project names no such layer.
    pub fn put_table(&mut self, of: LayerTable, layer: &str, table: ArrowTable) -> bool {
        let layers = match of {
            LayerTable::Today => &mut self.layers,
            LayerTable::Expected => &mut self.expectations,
            LayerTable::Supposed => &mut self.supposed,
        };
        let named = |(key, spec): (&LayerKey, _)| (key.name() == layer).then_some(spec);
        let found: Option<&mut LayerSpec> = layers.iter_mut().find_map(named);
        let Some(spec) = found else { return false };
        table.work_out_fingerprint();
        spec.paths = vec![table.path().display().to_string()];
        spec.read.table = Some(table);
        true
    }
}

/// What is said of what is given as a table and cannot be one, such as timetables.
#[must_use]
pub fn not_a_table(layer: &str) -> Diagnostic {
    Diagnostic::error(
        "layer-not-a-table",
        text!("`{layer}`に表は渡せません。", "`{layer}` cannot be a table in memory"),
    )
    .help(Text::new("ファイルのパスを渡してください。", "give paths of files"))
}
