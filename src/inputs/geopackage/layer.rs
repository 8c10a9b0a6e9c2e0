//! A layer or a table of a GeoPackage, read whole.

use super::rows::Opened;
use crate::inputs::format::{FeatureTable, Input, Reporter};
use crate::inputs::{InputError, RawFeature, wkb};

pub(super) fn read(input: &Input<'_>, reporter: &mut Reporter<'_>) -> Result<FeatureTable, InputError> {
    let opened = Opened::new(input, reporter)?;
    let mut features = Vec::new();
    let mut json = Vec::new();
    for chunk in opened.chunks() {
        opened.read(chunk, true, |row| {
            let geometry = row.wkb()?.map(wkb::geometry).transpose().map_err(|fault| row.fault(fault))?.flatten();
            json.clear();
            row.write(&mut json)?;
            let fields = serde_json::from_slice(&json).map_err(|_| row.not_utf8())?;
            features.push(RawFeature { number: row.number, file: 0, geometry, fields });
            Ok(())
        })?;
    }
    Ok(FeatureTable { features, crs: opened.layer.crs, ..FeatureTable::default() })
}
