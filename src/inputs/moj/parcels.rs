//! Sheets read as parcels: one chunk a sheet.
//!
//! Parcels of a sheet refer to lines anywhere in its file, so a sheet is read whole or not at all. It is read when the
//! file is opened, to count and to check, and again when its chunk is asked for; between the two only its box is kept.

use std::borrow::Cow;

use super::parcel::RegisteredParcel;
use super::sheet::Sheet;
use crate::geometry::{Bounds, Shapes};
use crate::inputs::files::Content;
use crate::inputs::format::{About, Input, Reporter};
use crate::inputs::parcels::ParcelFile;
use crate::inputs::text::{self, Said};
use crate::inputs::{GeometryProblem, InputError, ParcelRecord, RawParcels, SourceFile, fields};

struct MojParcels {
    content: Content,
    /// `encoding =` of the project file.
    demanded: Option<String>,
    source: SourceFile,
    id_field: Option<String>,
    bounds: Bounds,
}

/// Opens a sheet: reads it once.
pub(super) fn open(
    input: &Input<'_>,
    id_field: Option<&str>,
    reporter: &mut Reporter<'_>,
) -> Result<Box<dyn ParcelFile>, InputError> {
    let text = text::decode(&input.path, &input.bytes, input.options.encoding.as_deref().map(Said::Demanded))?;
    let sheet = Sheet::read(&input.path, &text.text)?;
    if let (Some(field), Some(first)) = (id_field, sheet.parcels.first()) {
        let known: Vec<String> =
            sheet.parcels.iter().max_by_key(|parcel| parcel.others.len()).unwrap_or(first).names(&sheet.about);
        if !known.iter().any(|name| name == field) {
            return Err(fields::missing_field(input.path.clone(), field, known.iter().map(String::as_str).collect()));
        }
    }
    sheet.report(&input.path, reporter);
    let about = About { crs: sheet.crs(), encoding: Some(text.encoding), features: sheet.parcels.len() };
    let mut shapes = Shapes::default();
    for parcel in &sheet.parcels {
        push_shape(parcel, &mut shapes);
    }
    input.bytes.release(0..input.bytes.len());
    let source = input.source(&super::FORMAT, about);
    let id_field = id_field.map(str::to_owned);
    let (content, demanded) = (input.content(), input.options.encoding.clone());
    Ok(Box::new(MojParcels { content, demanded, source, id_field, bounds: shapes.bounds() }))
}

impl ParcelFile for MojParcels {
    fn source(&self) -> SourceFile {
        self.source.clone()
    }

    fn chunks(&self) -> usize {
        usize::from(self.source.features > 0)
    }

    fn read_chunk(&self, _: usize) -> Result<RawParcels<'_>, InputError> {
        let path = &self.source.path;
        let bytes = self.content.bytes()?;
        let text = text::decode(path, &bytes, self.demanded.as_deref().map(Said::Demanded))?;
        let sheet = Sheet::read(path, &text.text)?;
        let mut parcels = RawParcels::default();
        for parcel in &sheet.parcels {
            let problem = push_shape(parcel, &mut parcels.shapes);
            let id = match &self.id_field {
                Some(field) => parcel.property(&sheet.about, field),
                None => Some(parcel.key(&sheet.about)),
            };
            let properties = Cow::Owned(parcel.object_text(&sheet.about));
            parcels.records.push(ParcelRecord { id: id.map(Cow::Owned), properties, geometry: None, problem });
        }
        // The format does not say which way rings turn, so that turning them is nothing to tell of.
        parcels.shapes.orient(|_| {});
        bytes.release(0..bytes.len());
        Ok(parcels)
    }

    fn bounds(&self, _: usize) -> Result<Bounds, InputError> {
        Ok(self.bounds)
    }
}

/// Adds a parcel's surface as one shape and says what is wrong with it.
fn push_shape(parcel: &RegisteredParcel, shapes: &mut Shapes) -> Option<GeometryProblem> {
    let polygons = parcel.surface.iter().flat_map(|surface| &surface.polygons).filter(|rings| !rings.is_empty());
    let mut any = false;
    for rings in polygons {
        for ring in rings {
            shapes.push_ring(ring);
        }
        shapes.end_polygon();
        any = true;
    }
    shapes.end_shape();
    match &parcel.surface {
        None => Some(GeometryProblem::Null),
        Some(_) if !any => Some(GeometryProblem::Empty),
        Some(_) => None,
    }
}
