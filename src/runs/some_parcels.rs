//! What do the columns of some parcels of a finished run say?

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::{RunFolder, RunFolderError};
use crate::table::{land_columns, margin_columns, parcel_columns};

/// A parcel of a run with all of its cells.
#[derive(Debug, Clone)]
pub struct RunParcel {
    /// Its `kyoten_id`.
    pub id: String,
    /// Its 1-based place in the run's file.
    pub position: usize,
    /// Its cells by column, those of the input's own properties among them.
    pub cells: Map<String, Value>,
}

/// Parcels of a run that were looked for.
#[derive(Debug, Clone, Default)]
pub struct ChosenParcels {
    /// Those that were meant.
    pub parcels: Vec<RunParcel>,
    /// The ids of all.
    pub ids: Vec<String>,
}

impl RunParcel {
    /// The text in a column; `None` of null and of what is no text.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column)?.as_str().filter(|text| !text.is_empty())
    }

    /// The number in a column, also where a table has it as a text.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<f64> {
        let cell = self.cells.get(column)?;
        cell.as_f64().or_else(|| cell.as_str()?.trim().parse().ok())
    }
}

impl RunFolder {
    /// Reads the parcels of which `is_meant` says so, by their ids and their 1-based places.
    ///
    /// # Errors
    /// Whatever keeps the file from being read, and a parcel that no run wrote so.
    pub fn parcels_where(
        &self,
        is_meant: &(dyn Fn(&str, usize) -> bool + Sync),
    ) -> Result<ChosenParcels, RunFolderError> {
        let source = self.open_parcels()?;
        let chunk = |chunk: usize| -> Result<ChosenParcels, RunFolderError> {
            let raw = source.read_chunk(chunk)?;
            let mut found = ChosenParcels::default();
            for (index, record) in raw.records.iter().enumerate() {
                let position = raw.first + index + 1;
                let wrong =
                    |problem: String| RunFolderError::Parcel { path: self.parcels.clone(), parcel: position, problem };
                let cells: Map<String, Value> =
                    serde_json::from_str(&record.properties).map_err(|error| wrong(error.to_string()))?;
                let id = match cells.get("kyoten_id") {
                    Some(Value::String(id)) => id.clone(),
                    Some(Value::Number(id)) => id.to_string(),
                    _ => return Err(wrong("kyoten_id is not there".to_owned())),
                };
                found.ids.push(id.clone());
                if is_meant(&id, position) {
                    found.parcels.push(RunParcel { id, position, cells });
                }
            }
            Ok(found)
        };
        let mut all = ChosenParcels::default();
        let chunks: Vec<Result<ChosenParcels, RunFolderError>> =
            (0..source.chunks()).into_par_iter().map(chunk).collect();
        for found in chunks {
            let found = found?;
            all.parcels.extend(found.parcels);
            all.ids.extend(found.ids);
        }
        self.check_sources(source.files())?;
        Ok(all)
    }

    /// The names of kyoten's own columns that a run by these rules may have.
    pub fn columns(&self) -> impl Iterator<Item = String> {
        let set = self.rules.set;
        parcel_columns(set).into_iter().chain(land_columns(set)).chain(margin_columns(set)).map(|column| column.name)
    }
}
