//! What is a column?
//!
//! Its name, its titles, what it speaks of and what a null in it means ([`Column`]), and its values as the arrays of an
//! assessment ([`View`]). Encoders, the map and counts read these arrays. What a run tells beside the parcels is a table
//! of few rows ([`Field`], [`ProductColumn`]).

mod choice;
mod column;
mod field;
mod parcel_columns;
mod product_columns;
mod values;
mod view;
mod words;

pub use choice::ColumnChoice;
pub use column::{About, Column, End, Source};
pub use field::Field;
pub use parcel_columns::{land_columns, margin_columns, parcel_columns};
pub use product_columns::{ProductColumn, cells, fields};
pub use values::Values;
pub use view::{Cell, SHARE_DECIMALS, View};
pub use words::{Word, certainties, enough, land_uses, meets, statuses};
