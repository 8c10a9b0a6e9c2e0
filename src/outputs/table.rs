//! A chunk of parcels as columns with types, and their shapes in longitude and latitude: what the formats with types
//! are written from.

use super::columns::Cell;
use super::parcels::{Layout, ParcelRow};
use super::properties::{ValueType, plain_text};
use super::text::rounded;
use crate::geometry::Shapes;

/// Degrees are given to a billionth, 0.1 mm, where they do not go out as they came.
pub(super) const DEGREES: usize = 9;

/// A column with its name and type.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) name: String,
    /// Its title in Japanese; none of the input's own.
    pub(super) title: Option<String>,
    pub(super) kind: ValueType,
}

impl Field {
    /// The name and the title, where it has one.
    pub(super) fn titled(&self) -> Option<(&str, &str)> {
        self.title.as_deref().map(|title| (self.name.as_str(), title))
    }
}

/// Some parcels: first their own properties, then kyoten's columns, as [`Layout::fields`] names them.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// One for each field, all of the same length.
    pub(super) columns: Vec<Values>,
    /// Longitude and latitude; an empty shape where there is no geometry. As in GeoJSON, they are the input's own
    /// where that may go out as it came.
    pub(super) shapes: Shapes,
}

/// The values of one column.
#[derive(Debug)]
pub(super) enum Values {
    Bool(Vec<Option<bool>>),
    Integer(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Texts),
}

/// Texts, one after the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    /// Where each ends in `all`, and whether it is one or null.
    ends: Vec<(u32, bool)>,
}

impl Texts {
    fn push(&mut self, text: Option<&str>) {
        self.all.push_str(text.unwrap_or_default());
        let end = u32::try_from(self.all.len()).expect("a chunk is read from far less than 4 GiB");
        self.ends.push((end, text.is_some()));
    }

    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let start = if place == 0 { 0 } else { self.ends[place - 1].0 };
        let (end, is_text) = self.ends[place];
        is_text.then(|| &self.all[start as usize..end as usize])
    }
}

impl Values {
    fn of(kind: ValueType) -> Self {
        match kind {
            ValueType::Bool => Self::Bool(Vec::new()),
            ValueType::Integer => Self::Integer(Vec::new()),
            ValueType::Number => Self::Number(Vec::new()),
            ValueType::Text => Self::Text(Texts::default()),
        }
    }

    /// Adds a value that is JSON. The column's type was chosen so that it fits.
    fn push_json(&mut self, json: Option<&str>) {
        let json = json.filter(|json| *json != "null");
        match self {
            Self::Bool(values) => values.push(json.map(|json| json == "true")),
            Self::Integer(values) => values.push(json.and_then(|json| json.parse().ok())),
            Self::Number(values) => values.push(json.and_then(|json| json.parse().ok())),
            Self::Text(texts) => texts.push(json.map(plain_text).as_deref()),
        }
    }

    fn push_cell(&mut self, cell: Cell<'_>, names: &[Vec<Option<String>>]) {
        let text = match cell {
            Cell::Text(text) => Some(text),
            Cell::Name(set, place) => names[set][place].as_deref(),
            Cell::Number(..) | Cell::Null => None,
        };
        match (self, cell) {
            (Self::Text(texts), _) => texts.push(text),
            (Self::Number(values), Cell::Number(value, decimals)) => values.push(Some(rounded(value, decimals))),
            (Self::Number(values), _) => values.push(None),
            (Self::Bool(_) | Self::Integer(_), _) => {} // no column of kyoten's has such a type
        }
    }
}

impl Table {
    /// The rows as columns.
    pub(super) fn new(layout: &Layout, rows: &[ParcelRow<'_>]) -> Self {
        let mut columns: Vec<Values> = layout.fields.iter().map(|field| Values::of(field.kind)).collect();
        let mut shapes = Shapes::default();
        let mut own = Vec::new();
        for row in rows {
            layout.properties.values(&row.record.properties, &mut own);
            let (first, rest) = columns.split_at_mut(own.len());
            first.iter_mut().zip(&own).for_each(|(values, json)| values.push_json(*json));
            for (values, column) in rest.iter_mut().zip(&layout.columns) {
                values.push_cell(column.cell(row.judged), &layout.names);
            }
            push_shape(&mut shapes, layout, row);
        }
        Self { columns, shapes }
    }

    /// How many parcels there are.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }
}

#[cfg(all(test, feature = "geoparquet"))]
impl Table {
    /// Parcels of which nothing is known.
    pub(super) fn of_nulls(fields: &[Field], rows: usize) -> Self {
        let mut table = Self::default();
        (0..rows).for_each(|_| table.shapes.end_shape());
        table.columns.extend(fields.iter().map(|field| {
            let mut values = Values::of(field.kind);
            (0..rows).for_each(|_| values.push_json(None));
            values
        }));
        table
    }
}

/// Adds the shape of a row in longitude and latitude: the same numbers as in the row's GeoJSON.
fn push_shape(shapes: &mut Shapes, layout: &Layout, row: &ParcelRow<'_>) {
    if let Some(as_it_came) = &row.as_it_came {
        shapes.push(as_it_came);
        return;
    }
    for polygon in row.shape.polygons() {
        for ring in polygon.rings() {
            for &point in ring {
                shapes.push_point(layout.from_plane.lon_lat(point).map(|degrees| rounded(degrees, DEGREES)));
            }
            shapes.end_ring();
        }
        shapes.end_polygon();
    }
    shapes.end_shape();
}
