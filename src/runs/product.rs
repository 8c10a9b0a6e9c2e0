//! What a run wrote beside the parcels: zones, facilities, places.

use std::fs;

use geo::Geometry;
use serde::Deserialize;

use super::stops::{self, RunStop};
use super::{RunFolder, RunFolderError, sha256};
use crate::crs::{Crs, Plane, ToPlane};
use crate::inputs::{Fields, InputError, ReadOptions, read_layer};
use crate::layers::convert;
use crate::notices::Notices;
use crate::outputs::names::{MAP, PROJECT};
use crate::regions::Certainty;

/// A row of a product.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductFeature {
    /// Its place, plane metres; `None` where it has none.
    pub geometry: Option<Geometry<f64>>,
    /// Its columns.
    pub fields: Fields,
}

impl ProductFeature {
    /// The text in a column; nothing where there is none.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        self.fields.get(column).and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// What the column `certainty` says; `None` where it says nothing.
    #[must_use]
    pub fn certainty(&self) -> Option<Certainty> {
        self.fields.get("certainty").and_then(|word| Certainty::deserialize(word).ok())
    }
}

impl RunFolder {
    /// Reads a product on the run's plane; nothing where the run has none of that name.
    ///
    /// # Errors
    /// Whatever keeps its file from being read.
    pub fn product(&self, product: &str) -> Result<Vec<ProductFeature>, RunFolderError> {
        Ok(self.product_on(product, self.plane)?.unwrap_or_default())
    }

    /// The same on another plane; `None` where the run has no such file.
    pub(crate) fn product_on(
        &self,
        product: &str,
        plane: Plane,
    ) -> Result<Option<Vec<ProductFeature>>, RunFolderError> {
        let Some(path) = self.product_file(product) else { return Ok(None) };
        self.check_length(&path)?;
        let layer = read_layer(std::slice::from_ref(&path), &ReadOptions::default(), &mut Notices::default(), product)?;
        let crs = |source| RunFolderError::crs(&path, source);
        self.check_sources(&layer.files)?;
        // RFC 7946: longitude and latitude, whatever the file may say.
        let to_plane = ToPlane::new(&Crs::jgd2011(), plane).map_err(crs)?;
        let mut rows = Vec::with_capacity(layer.features.len());
        for mut feature in layer.features {
            if let Some(geometry) = &mut feature.geometry {
                convert(geometry, &to_plane).map_err(crs)?;
            }
            rows.push(ProductFeature { geometry: feature.geometry, fields: feature.fields });
        }
        Ok(Some(rows))
    }

    /// The page of the run, as the run left it; `None` where it has none.
    ///
    /// # Errors
    /// Where it cannot be read, and where it is another.
    pub fn page(&self) -> Result<Option<String>, RunFolderError> {
        let path = self.folder.join(MAP);
        if !self.record.files.iter().any(|file| file == MAP) || !path.is_file() {
            return Ok(None);
        }
        let bytes = fs::read(&path).map_err(|source| InputError::Io { path: path.clone(), source })?;
        self.check_read(&path, &sha256(&bytes))?;
        Ok(Some(String::from_utf8(bytes).map_err(|_| self.altered(&path))?))
    }

    /// The project for QGIS; `None` where the run has none, and where somebody has saved it anew: then it is theirs.
    ///
    /// # Errors
    /// Where it cannot be read, and where the run was replaced meanwhile.
    pub fn project(&self) -> Result<Option<Vec<u8>>, RunFolderError> {
        let path = self.folder.join(PROJECT);
        if !self.record.files.iter().any(|file| file == PROJECT) || !path.is_file() {
            return Ok(None);
        }
        let bytes = fs::read(&path).map_err(|source| InputError::Io { path: path.clone(), source })?;
        match self.check_read(&path, &sha256(&bytes)) {
            Err(RunFolderError::Altered { .. }) => Ok(None),
            checked => checked.map(|()| Some(bytes)),
        }
    }

    /// Reads the stations and stops on the run's plane; nothing where the run has no such file.
    ///
    /// # Errors
    /// Whatever keeps the file from being read, and a stop that no run wrote so.
    pub fn stops(&self) -> Result<Vec<RunStop>, RunFolderError> {
        Ok(self.stops_on(self.plane)?.unwrap_or_default())
    }

    /// The same on another plane; `None` where the run has no such file.
    pub(crate) fn stops_on(&self, plane: Plane) -> Result<Option<Vec<RunStop>>, RunFolderError> {
        let Some(path) = self.product_file("stops") else { return Ok(None) };
        self.check_length(&path)?;
        let (stops, files) = stops::read(&path, plane)?;
        self.check_sources(&files)?;
        Ok(Some(stops))
    }
}
