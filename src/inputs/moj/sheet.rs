//! One sheet: what it says of itself, and its parcels.

use unicode_normalization::UnicodeNormalization;

use super::parcel::{BETWEEN, RegisteredParcel};
use super::spatial::Spatial;
use super::{ARBITRARY, GAPS, NO_DATUM, NOT_PARCELS};
use crate::inputs::format::Reporter;
use crate::inputs::xml::{Element, Tag, Xml, XmlFault};
use crate::inputs::{DeclaredCrs, InputError};

/// What a sheet says of itself.
#[derive(Debug, Default)]
pub(super) struct About {
    /// One for each of [`About::FIELDS`].
    pub(super) values: [Option<String>; Self::FIELDS.len()],
}

impl About {
    pub(super) const FIELDS: [&str; 5] = ["地図名", "市区町村コード", "市区町村名", "座標系", "測地系判別"];
}

/// A sheet read whole.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) about: About,
    system: System,
    /// In the order of the file, without those that [`Sheet::report`] tells of.
    pub(super) parcels: Vec<RegisteredParcel>,
    arbitrary: usize,
    not_parcels: usize,
}

impl Sheet {
    /// Reads a sheet.
    pub(super) fn read(path: &std::path::Path, text: &str) -> Result<Self, InputError> {
        Parser::new(text).sheet().map_err(|fault| InputError::xml(path, text, fault))
    }

    /// The plane rectangular system. Sheets were surveyed on JGD2000 or JGD2011 (測量) or converted to one of them
    /// (変換) and do not say which; where the earth has not moved they are the same.
    pub(super) fn crs(&self) -> Option<DeclaredCrs> {
        // EPSG numbers JGD2011's systems I to XIX from 6669 on.
        let System::Plane(number) = self.system else { return None };
        Some(DeclaredCrs { text: format!("EPSG:{}", 6668 + number), found_in: words!("座標系") })
    }

    /// How many of its parcels take no part.
    pub(super) fn left_out(&self) -> usize {
        self.arbitrary + self.not_parcels
    }

    /// How many of its parcels have no place on the earth.
    pub(super) fn without_place(&self) -> usize {
        self.arbitrary
    }

    /// Tells of what is left out or doubtful.
    pub(super) fn report(&self, path: &std::path::Path, reporter: &mut Reporter<'_>) {
        let gaps = self.parcels.iter().filter(|parcel| parcel.surface.as_ref().is_some_and(|surface| surface.gap));
        let counts = [(&ARBITRARY, self.arbitrary), (&NOT_PARCELS, self.not_parcels), (&GAPS, gaps.count())];
        for (kind, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            reporter.add_many(kind, count as u64, || path.display().into());
        }
        if self.system != System::Arbitrary && self.about.values[4].is_none() {
            reporter.add(&NO_DATUM, path.display());
        }
    }
}

/// Walks through a sheet.
struct Parser<'t> {
    xml: Xml<'t>,
    spatial: Spatial,
    about: About,
    parcels: Vec<RegisteredParcel>,
    positions: usize,
    parcel: Option<RegisteredParcel>,
    /// The id of the parcel's surface.
    shape: Option<String>,
    /// The numbers of the parcels that one without settled boundaries consists of.
    undecided: Vec<String>,
}

// How deep things lie: the root is 1.
const OF_SHEET: usize = 2;
const PARCEL: usize = 3;
const OF_PARCEL: usize = 4;

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            xml: Xml::new(text),
            spatial: Spatial::new(text.len()),
            about: About::default(),
            parcels: Vec::new(),
            positions: 0,
            parcel: None,
            shape: None,
            undecided: Vec::new(),
        }
    }

    fn sheet(mut self) -> Result<Sheet, XmlFault> {
        loop {
            match self.xml.next()? {
                Tag::Open(element) => self.open(&element)?,
                Tag::Close(end) => self.close(end.name())?,
                Tag::End => break,
            }
        }
        let named = self.about.values[3].as_deref().unwrap_or_default();
        let system = System::parse(named).ok_or_else(|| {
            self.xml.fault(text!(
                "座標系が「{named}」で、公共座標1系〜公共座標19系でも任意座標系でもありません",
                "its 座標系 is “{named}”, neither 公共座標1系 to 公共座標19系 nor 任意座標系"
            ))
        })?;
        let all = self.parcels.len();
        self.parcels.retain(|parcel| !parcel.is_no_parcel());
        let not_parcels = all - self.parcels.len();
        let mut arbitrary = 0;
        if system == System::Arbitrary {
            arbitrary = std::mem::take(&mut self.parcels).len();
        }
        Ok(Sheet { about: self.about, system, parcels: self.parcels, arbitrary, not_parcels })
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), XmlFault> {
        match (&mut self.parcel, element.name(), self.xml.depth()) {
            (None, "筆", PARCEL) => {
                self.positions += 1;
                let local_id = element.attribute("id").unwrap_or_default();
                self.parcel =
                    Some(RegisteredParcel { position: self.positions, local_id, ..RegisteredParcel::default() });
            }
            (None, ..) => self.spatial.open(element, &self.xml)?,
            (Some(_), "形状", OF_PARCEL) => self.shape = element.attribute("idref"),
            (Some(_), ..) => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), XmlFault> {
        let (text, depth) = (self.xml.text(), self.xml.depth());
        match &mut self.parcel {
            Some(_) if depth == PARCEL => self.end_parcel()?,
            Some(parcel) if depth == OF_PARCEL => {
                let numbers = std::mem::take(&mut self.undecided).join(BETWEEN);
                parcel.set(name, if text.is_empty() { &numbers } else { text });
            }
            Some(_) if name == "地番" => self.undecided.push(text.to_owned()),
            Some(_) => {}
            None if depth == OF_SHEET && !text.is_empty() => {
                if let Some(index) = About::FIELDS.iter().position(|field| *field == name) {
                    self.about.values[index].get_or_insert_with(|| text.to_owned());
                }
            }
            None => self.spatial.close(name, &self.xml)?,
        }
        Ok(())
    }

    fn end_parcel(&mut self) -> Result<(), XmlFault> {
        let Some(mut parcel) = self.parcel.take() else { return Ok(()) };
        parcel.surface = self.shape.take().map(|id| self.spatial.surface(&id, &self.xml)).transpose()?;
        self.parcels.push(parcel);
        Ok(())
    }
}

/// The system that a sheet's coordinates are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    /// A plane rectangular one, 1 to 19.
    Plane(u32),
    /// The sheet's own.
    Arbitrary,
}

impl System {
    fn parse(text: &str) -> Option<Self> {
        let text: String = text.nfkc().collect();
        if text == "任意座標系" {
            return Some(Self::Arbitrary);
        }
        let number = text.strip_prefix("公共座標")?.strip_suffix('系')?.parse().ok()?;
        (1..=19).contains(&number).then_some(Self::Plane(number))
    }
}
