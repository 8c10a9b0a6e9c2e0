//! The tables of a run that are handed back, where this build has Arrow and they are asked for.

#[cfg(feature = "geoparquet")]
pub use with_arrow::RunTables;
#[cfg(feature = "geoparquet")]
pub(super) use with_arrow::{ParcelTable, collector, of};
#[cfg(not(feature = "geoparquet"))]
pub(super) use without_arrow::{ParcelTable, collector};

#[cfg(feature = "geoparquet")]
mod with_arrow {
    use std::collections::BTreeMap;
    use std::io;
    use std::path::Path;
    use std::sync::Arc;

    use arrow_array::RecordBatch;
    use arrow_schema::ArrowError;

    use super::super::Options;
    use crate::collect::ArrowParcels;
    use crate::outputs::{OutputError, ParcelLayout, Product, arrow};

    pub(in super::super) type ParcelTable = Result<crate::collect::ParcelTable, ArrowError>;

    /// What a run found, as tables.
    #[derive(Debug, Clone)]
    pub struct RunTables {
        /// The parcels.
        pub parcels: crate::collect::ParcelTable,
        /// What is told beside them, by name.
        pub products: BTreeMap<&'static str, RecordBatch>,
    }

    /// What keeps the parcels.
    pub(in super::super) fn collector(
        options: &Options,
        layout: &Arc<ParcelLayout>,
    ) -> Result<Option<ArrowParcels>, OutputError> {
        options.tables.then(|| ArrowParcels::new(layout)).transpose()
    }

    /// The tables of a run whose parcels were kept.
    pub(in super::super) fn of(parcels: ParcelTable, products: &[Product]) -> Result<RunTables, OutputError> {
        let failed = |error: ArrowError| OutputError::at(Path::new("parcels"))(io::Error::other(error));
        let product = |product: &Product| Ok((product.name, arrow::product(product)?));
        let products = products.iter().map(product).collect::<Result<_, ArrowError>>().map_err(failed)?;
        Ok(RunTables { parcels: parcels.map_err(failed)?, products })
    }
}

/// A build without Arrow keeps nothing.
#[cfg(not(feature = "geoparquet"))]
mod without_arrow {
    use std::sync::Arc;

    use super::super::Options;
    use crate::outputs::{OutputError, ParcelLayout};

    pub(in super::super) type ParcelTable = ();

    #[expect(clippy::unnecessary_wraps, reason = "asked as in a build with Arrow")]
    pub(in super::super) fn collector(_: &Options, _: &Arc<ParcelLayout>) -> Result<Option<()>, OutputError> {
        Ok(None)
    }
}
