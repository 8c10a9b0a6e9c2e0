//! In which manner are files written, where a format leaves a choice?

use super::{CsvCells, TableWords};

/// What is chosen of how files are written. Whatever is chosen, they say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Writing {
    /// How texts come into cells of CSV.
    pub cells: CsvCells,
    /// The languages of tables for people.
    pub words: TableWords,
    /// How GeoParquet is written.
    pub geoparquet: GeoParquetWriting,
}

/// How GeoParquet is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GeoParquetWriting {
    /// Which version of it.
    pub version: GeoParquetVersion,
    /// In which order the parcels stand.
    pub order: RowOrder,
}

/// A version of GeoParquet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GeoParquetVersion {
    /// 1.1: the geometry is bytes, with a column of boxes beside it. Every reader knows it.
    #[default]
    V1_1,
    /// 2.0: the geometry is of Parquet's own type, whose boxes the file keeps by groups of rows. Older readers refuse it.
    V2_0,
}

/// The order of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// As the input has them.
    #[default]
    Input,
    /// Along Hilbert's curve, so that what is near to one another stands near to one another: whoever asks for a part of a city reads
    /// few groups of rows. All of them are held in memory until the last is known.
    Hilbert,
}
