//! Bytes → raw features: one file a format, and the list of them.

mod raw;

pub use raw::{
    DeclaredCrs, Fields, GeometryProblem, ParcelRecord, RawFeature, RawLayer, RawParcels, ReadOptions, SourceFile,
};
