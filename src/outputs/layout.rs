//! What all rows of parcels of a run share, made once.

use std::collections::HashSet;

use super::CsvCells;
use super::qgis;
use super::text::json_string;
use crate::criteria::{RuleSet, Zone};
use crate::crs::FromPlane;
use crate::evidence::{Nearest, Study};
use crate::inputs::Properties;
use crate::table::{Column, ColumnChoice, Field, Source};

/// Columns and names in the writing of every format.
#[derive(Debug)]
pub struct ParcelLayout {
    /// The rules that make them.
    pub set: &'static RuleSet,
    /// The columns that are written.
    pub columns: Vec<Column>,
    /// Whether the input's own properties are left out.
    pub(super) drops_own: bool,
    /// Column names, to find an input's property of the same name.
    pub(super) taken: HashSet<String>,
    /// `,"name":` of each column.
    pub(super) json_keys: Vec<String>,
    /// Names of places as JSON.
    pub(super) json_names: Vec<Vec<Option<String>>>,
    /// How texts come into cells of CSV.
    pub cells: CsvCells,
    /// Names of places as CSV fields.
    pub(super) csv_names: Vec<Vec<Option<String>>>,
    /// Names of places as they are, by set.
    pub names: Vec<Vec<Option<String>>>,
    /// The columns of formats with types: the input's own properties, then kyoten's. None where no such format is
    /// written.
    pub(super) fields: Vec<Field>,
    /// The input's own properties.
    pub(super) properties: Properties,
    /// Back to longitude and latitude.
    pub from_plane: FromPlane,
}

impl ParcelLayout {
    /// The layout of a run by a rule set that measures by `study`; `properties` are all that the parcels have, and needed
    /// for formats with types only; `choice` says which
    /// columns are written.
    #[must_use]
    pub fn new(
        set: &'static RuleSet,
        study: &Study,
        from_plane: FromPlane,
        properties: Option<Properties>,
        choice: &ColumnChoice,
        cells: CsvCells,
    ) -> Self {
        let columns = choice.of(set, study.floors.is_some());
        let nearest = &study.nearest;
        Self {
            set,
            taken: columns.iter().map(|column| column.name.clone()).collect(),
            json_keys: columns.iter().map(|column| format!(",\"{}\":", column.name)).collect(),
            json_names: names(nearest, json_string),
            cells,
            csv_names: names(nearest, |name| cells.field(name)),
            names: names(nearest, str::to_owned),
            fields: properties.as_ref().map(|own| Field::all(own, &columns)).unwrap_or_default(),
            properties: properties.unwrap_or_default(),
            drops_own: choice.drop_own,
            columns,
            from_plane,
        }
    }

    /// The style for QGIS that draws parcels by their status in a zone.
    #[must_use]
    pub fn qml(&self, zone: Zone) -> String {
        qgis::parcels(zone, &self.columns)
    }

    /// The zones by whose statuses parcels can be drawn.
    pub fn drawn_zones(&self) -> impl Iterator<Item = Zone> + '_ {
        self.set.zones().filter(|zone| self.columns.iter().any(|column| column.source == Source::Status(zone.index())))
    }

    /// Whether it serves formats with types.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// The names of all places of all sets, written once by `write`; `None` where a place has none.
fn names(nearest: &[Nearest], write: impl Fn(&str) -> String) -> Vec<Vec<Option<String>>> {
    nearest.iter().map(|set| set.places().iter().map(|place| place.name.as_deref().map(&write)).collect()).collect()
}
