//! What all rows of parcels of a run share, made once.

use std::collections::HashSet;

use super::Writing;
use super::qgis;
use super::text::json_string;
use crate::assess::Assessor;
use crate::criteria::{RuleSet, Zone};
use crate::crs::FromPlane;
use crate::evidence::Nearest;
use crate::inputs::Properties;
use crate::table::{Column, ColumnChoice, Field, Source};
use crate::verdicts::Judge;

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
    /// How files are written, where a format leaves a choice.
    pub writing: Writing,
    /// By what the parcels were judged.
    pub judge: Judge,
    /// Names of places as CSV fields.
    pub(super) csv_names: Vec<Vec<Option<String>>>,
    /// Names of places as they are, by set.
    pub names: Vec<Vec<Option<String>>>,
    /// The input's own properties, then kyoten's columns. None where no format of the run needs to know the own ones before
    /// the first parcel.
    pub(super) fields: Vec<Field>,
    /// The input's own properties.
    pub(super) properties: Properties,
    /// Back to longitude and latitude.
    pub from_plane: FromPlane,
}

impl ParcelLayout {
    /// The layout of what an assessor finds; `properties` are all that the parcels have, and needed for formats with a
    /// column for each of them only; `choice` says which columns are written.
    #[must_use]
    pub fn new(
        assessor: &Assessor,
        from_plane: FromPlane,
        properties: Option<Properties>,
        choice: &ColumnChoice,
        writing: Writing,
    ) -> Self {
        let (judge, nearest) = (assessor.judge.clone(), &assessor.study.nearest);
        let set = judge.rules.set;
        let columns = choice.of(set, assessor.study.floors.is_some());
        Self {
            set,
            taken: columns.iter().map(|column| column.name.clone()).collect(),
            json_keys: columns.iter().map(|column| format!(",\"{}\":", column.name)).collect(),
            json_names: names(nearest, json_string),
            writing,
            judge,
            csv_names: names(nearest, |name| writing.cells.field(name)),
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
        let fields: Vec<Field> = self.columns.iter().map(Field::from).collect();
        qgis::parcels(zone).qml(fields.iter())
    }

    /// The zones by whose statuses parcels can be drawn.
    pub fn drawn_zones(&self) -> impl Iterator<Item = Zone> + '_ {
        self.set.zones().filter(|zone| self.columns.iter().any(|column| column.source == Source::Status(zone.index())))
    }

    /// The names under which the input's own properties go out, in formats with a column for each.
    #[must_use]
    pub fn own_columns(&self) -> Vec<&str> {
        self.own_fields().iter().map(|field| field.name.as_str()).collect()
    }

    /// The values of these of one parcel as JSON.
    pub fn own_values<'a>(&self, properties: &'a str, values: &mut Vec<Option<&'a str>>) {
        self.properties.values(properties, values);
    }

    /// The input's own properties, by the names under which they go out.
    pub(super) fn own_fields(&self) -> &[Field] {
        &self.fields[..self.properties.iter().len().min(self.fields.len())]
    }
}

/// The names of all places of all sets, written once by `write`; `None` where a place has none.
fn names(nearest: &[Nearest], write: impl Fn(&str) -> String) -> Vec<Vec<Option<String>>> {
    nearest.iter().map(|set| set.places().iter().map(|place| place.name.as_deref().map(&write)).collect()).collect()
}
