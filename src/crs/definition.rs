//! A coordinate reference system, read from the texts in which files and people name it.

use super::error::{CrsError, beginning};
use super::grids::DatumGrids;
use super::plane::Plane;
use super::systems::{Datum, Form, System};
use super::wkt::{self, Meaning};
use crate::text::Text;

/// A coordinate reference system (座標参照系) that points can be converted from.
///
/// Points are longitude (easting) first, whatever order of axes the system's definition asks for: that is the order of
/// GeoJSON, shapefiles and the shapefiles of 国土数値情報.
#[derive(Debug, Clone, PartialEq)]
pub struct Crs(pub(super) SystemKind);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum SystemKind {
    /// A system of the built-in list.
    Known(System),
    /// A system that only libproj knows.
    #[cfg(feature = "proj")]
    Foreign(super::libproj::Foreign),
}

impl Crs {
    /// Reads a system from its code or definition.
    ///
    /// | form | example |
    /// |---|---|
    /// | code | `EPSG:6676`, `6676`, `OGC:CRS84` |
    /// | URN | `urn:ogc:def:crs:EPSG::6668`, `urn:ogc:def:crs:OGC:1.3:CRS84` |
    /// | address | `http://www.opengis.net/def/crs/EPSG/0/6668`, `http://www.opengis.net/gml/srs/epsg.xml#4612` |
    /// | name in 国土数値情報 and 基盤地図情報 | `JGD2011 / (B, L)`, `fguuid:jgd2011.bl` |
    /// | well-known text (WKT 1 of OGC or ESRI, WKT 2) | the text of a `.prj` file |
    /// | PROJ string or PROJJSON | `+proj=longlat +datum=WGS84`, by libproj |
    ///
    /// A well-known text that gives no EPSG code is known by its datum, projection, parameters and units.
    ///
    /// # Errors
    /// [`CrsError::UnknownText`] where the text is none of these; [`CrsError::UnknownSystem`] where libproj does not
    /// know the system; [`CrsError::NeedsLibproj`] where a build without libproj does not.
    ///
    /// ```
    /// use kyoten::crs::Crs;
    /// assert_eq!(Crs::parse("urn:ogc:def:crs:EPSG::6668"), Ok(Crs::jgd2011()));
    /// assert!(Crs::parse("Tokyo, I think").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, CrsError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if let Some(epsg) = code(text) {
            return Self::of_epsg(epsg);
        }
        match wkt::read(text) {
            Some((Meaning::Epsg(epsg), _)) => Self::of_epsg(epsg),
            Some((Meaning::Known(system), _)) => Self::of_system(system),
            Some((Meaning::Foreign, places)) => foreign(places, None),
            // Without a type it would be a conversion; in the place of a system nothing but a system is meant.
            None if text.starts_with("+proj=") && !["+type=", "+step"].iter().any(|word| text.contains(word)) => {
                foreign(&format!("{text} +type=crs"), None)
            }
            None if text.starts_with("+proj=") || text.starts_with('{') => foreign(text, None),
            None => Err(CrsError::UnknownText { text: beginning(text) }),
        }
    }

    /// Longitude and latitude on JGD2011 (EPSG:6668), in degrees.
    #[must_use]
    pub fn jgd2011() -> Self {
        Self(SystemKind::Known(System::JGD2011))
    }

    /// Longitude and latitude on WGS84 (EPSG:4326 or CRS84), in degrees.
    #[must_use]
    pub fn wgs84() -> Self {
        Self(SystemKind::Known(System::WGS84))
    }

    /// A plane rectangular system on JGD2011, in metres.
    #[must_use]
    pub fn plane(plane: Plane) -> Self {
        Self(SystemKind::Known(System::of_plane(plane)))
    }

    /// The EPSG code, where the system has one.
    #[must_use]
    pub fn epsg(&self) -> Option<u32> {
        match &self.0 {
            SystemKind::Known(system) => Some(system.epsg),
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.epsg,
        }
    }

    /// The name for messages, with the EPSG code where there is one.
    #[must_use]
    pub fn name(&self) -> String {
        let name = match &self.0 {
            SystemKind::Known(system) => system.name(),
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.name.clone(),
        };
        match self.epsg() {
            Some(epsg) => format!("{name} (EPSG:{epsg})"),
            None => name,
        }
    }

    /// The name for a reader of either language, with the EPSG code where there is one. Systems of other countries have
    /// one name.
    #[must_use]
    pub fn title(&self) -> Text {
        let name = match &self.0 {
            SystemKind::Known(system) => system.japanese(),
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.name.clone(),
        };
        let ja = match self.epsg() {
            Some(epsg) => format!("{name}（EPSG:{epsg}）"),
            None => name,
        };
        Text { ja: ja.into(), en: self.name().into() }
    }

    /// Whether coordinates are degrees of longitude and latitude.
    #[must_use]
    pub fn is_geographic(&self) -> bool {
        match &self.0 {
            SystemKind::Known(system) => system.form == Form::Degrees,
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.is_geographic,
        }
    }

    /// Whether coordinates are longitude and latitude as RFC 7946 means them: degrees on WGS84, or on JGD2000 or JGD2011,
    /// which are taken as one with it.
    #[must_use]
    pub fn is_world_degrees(&self) -> bool {
        match &self.0 {
            SystemKind::Known(system) => system.form == Form::Degrees && system.datum != Datum::Tokyo,
            #[cfg(feature = "proj")]
            SystemKind::Foreign(_) => false,
        }
    }

    /// How far the conversion to JGD2011 can be off without grids, where that is worth a warning.
    #[must_use]
    pub fn datum_note(&self) -> Option<Text> {
        match &self.0 {
            SystemKind::Known(system) => system.datum.note(),
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.datum.filter(|&datum| datum == Datum::Tokyo).and_then(Datum::note),
        }
    }

    /// The same with grids, and whether it is a warning: where grids lead all the way from the datum to JGD2011, it is not.
    #[must_use]
    pub fn datum_note_over(&self, grids: &DatumGrids) -> Option<(Text, bool)> {
        let over = self.shifted_datum().and_then(|datum| grids.note(datum));
        over.or_else(|| self.datum_note().map(|note| (note, true)))
    }

    /// The names of the grids that its points go through, in their order where they cover a place.
    #[must_use]
    pub fn grid_names(&self, grids: &DatumGrids) -> Vec<String> {
        self.shifted_datum().map(|datum| grids.names(datum)).unwrap_or_default()
    }

    /// The datum, where grids may lead on from it: not of a definition that says itself how its datum is shifted.
    #[cfg_attr(
        not(feature = "proj"),
        expect(clippy::unnecessary_wraps, reason = "only systems of libproj may have none")
    )]
    pub(super) fn shifted_datum(&self) -> Option<Datum> {
        match &self.0 {
            SystemKind::Known(system) => Some(system.datum),
            #[cfg(feature = "proj")]
            SystemKind::Foreign(foreign) => foreign.datum.filter(|_| !foreign.is_bound),
        }
    }

    fn of_epsg(epsg: u32) -> Result<Self, CrsError> {
        match System::by_epsg(epsg) {
            Some(system) => Self::of_system(system),
            None => foreign(&format!("EPSG:{epsg}"), Some(epsg)),
        }
    }

    /// A system of the list; in a build without libproj only one that needs no datum shift.
    fn of_system(system: System) -> Result<Self, CrsError> {
        if cfg!(feature = "proj") || system.native_ellipsoid().is_some() {
            Ok(Self(SystemKind::Known(system)))
        } else {
            Err(CrsError::NeedsLibproj { definition: format!("{} (EPSG:{})", system.name(), system.epsg) })
        }
    }
}

#[cfg(feature = "proj")]
fn foreign(definition: &str, epsg: Option<u32>) -> Result<Crs, CrsError> {
    let described = super::libproj::describe(definition)?;
    Ok(Crs(SystemKind::Foreign(super::libproj::Foreign { epsg, ..described })))
}

#[cfg(not(feature = "proj"))]
fn foreign(definition: &str, _epsg: Option<u32>) -> Result<Crs, CrsError> {
    Err(CrsError::NeedsLibproj { definition: beginning(definition) })
}

/// The EPSG code that a short name stands for.
fn code(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "jgd2011 / (b, l)" | "jgd2011/(b, l)" | "fguuid:jgd2011.bl" => return Some(6668),
        "jgd2000 / (b, l)" | "jgd2000/(b, l)" | "fguuid:jgd2000.bl" => return Some(4612),
        "crs84" => return Some(4326),
        _ => {}
    }
    let address =
        ["http://www.opengis.net/", "https://www.opengis.net/"].iter().find_map(|host| lower.strip_prefix(host));
    let (authority, code) = if let Some(path) = address {
        match path.strip_prefix("gml/srs/epsg.xml#") {
            Some(code) => ("epsg", code),
            None => path.strip_prefix("def/crs/").and_then(|path| ends(path, '/'))?,
        }
    } else if let Some(parts) =
        lower.strip_prefix("urn:ogc:def:crs:").or_else(|| lower.strip_prefix("urn:x-ogc:def:crs:"))
    {
        ends(parts, ':')?
    } else {
        ends(&lower, ':').unwrap_or(("epsg", &lower))
    };
    match (authority, code) {
        ("ogc", "crs84" | "crs84h") => Some(4326),
        ("epsg", digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    }
}

/// The first and the last part of `authority:version:code`, or of `authority:code`.
fn ends(parts: &str, separator: char) -> Option<(&str, &str)> {
    let (authority, rest) = parts.split_once(separator)?;
    let (_version, code) = rest.rsplit_once(separator).unwrap_or(("", rest));
    Some((authority, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnose as _;

    #[test]
    fn every_way_of_writing_a_code_is_read() {
        for (text, epsg) in [
            ("EPSG:6676", 6676),
            (" epsg:6676\n", 6676),
            ("6676", 6676),
            ("EPSG::2450", 2450),
            ("urn:ogc:def:crs:EPSG::6668", 6668),
            ("urn:ogc:def:crs:EPSG:9.9:6668", 6668),
            ("urn:x-ogc:def:crs:EPSG:4326", 4326),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
            ("urn:ogc:def:crs:OGC::CRS84", 4326),
            ("OGC:CRS84", 4326),
            ("CRS84", 4326),
            ("http://www.opengis.net/def/crs/EPSG/0/6668", 6668),
            ("https://www.opengis.net/def/crs/EPSG/0/6697", 6697),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326),
            ("http://www.opengis.net/gml/srs/epsg.xml#4612", 4612),
            ("fguuid:jgd2011.bl", 6668),
            ("JGD2000 / (B, L)", 4612),
            ("\u{feff}EPSG:3857", 3857),
        ] {
            assert_eq!(Crs::parse(text).map(|crs| crs.epsg()), Ok(Some(epsg)), "{text}");
        }
    }

    #[test]
    fn what_names_no_system_is_refused_with_an_example() {
        for text in
            ["", ":", "EPSG:", "EPSG:abc", "EPSG:99999999999", "urn:ogc:def:crs:", "http://example.com/6668", "測地系"]
        {
            let error = Crs::parse(text).unwrap_err();
            assert!(matches!(error, CrsError::UnknownText { .. }), "{text}: {error}");
            assert!(error.help()[0].en.contains("EPSG:6676"));
        }
        let long = "あ".repeat(500);
        assert!(Crs::parse(&long).unwrap_err().to_string().len() < 400);
    }

    #[test]
    fn a_system_tells_what_it_is() {
        let plane = Crs::plane(Plane::new(8).unwrap());
        assert_eq!(plane.name(), "JGD2011 / Japan Plane Rectangular CS VIII (EPSG:6676)");
        assert_eq!(plane.title().ja, "JGD2011 平面直角座標系第VIII系（EPSG:6676）");
        for (epsg, title) in [
            ("6668", "JGD2011 緯度経度（EPSG:6668）"),
            ("3100", "JGD2000 UTM座標系第54帯（EPSG:3100）"),
            ("3857", "WGS 84 ウェブメルカトル（EPSG:3857）"),
        ] {
            assert_eq!(Crs::parse(epsg).unwrap().title().ja, title);
        }
        assert!(!plane.is_geographic() && Crs::jgd2011().is_geographic());
        assert_eq!(plane.datum_note(), None);
        assert!(Crs::parse("4612").unwrap().datum_note().unwrap().en.contains("2011 earthquake"));
    }

    #[cfg(feature = "proj")]
    #[test]
    fn libproj_reads_the_systems_that_are_not_in_the_list() {
        let tokyo = Crs::parse("EPSG:30168").unwrap();
        assert!(tokyo.datum_note().unwrap().en.contains("9 m"));
        assert_eq!(tokyo.name(), "Tokyo / Japan Plane Rectangular CS VIII (EPSG:30168)");
        let british = Crs::parse("EPSG:27700").unwrap();
        assert_eq!(british.name(), "OSGB36 / British National Grid (EPSG:27700)");
        assert_eq!(british.title().ja, "OSGB36 / British National Grid（EPSG:27700）");
        assert_eq!(tokyo.title().ja, "旧日本測地系 平面直角座標系第VIII系（EPSG:30168）");
        assert!(!british.is_geographic());
        assert!(Crs::parse("+proj=longlat +datum=WGS84 +type=crs").unwrap().is_geographic());
        assert!(Crs::parse("+proj=longlat +datum=WGS84").unwrap().is_geographic());
        assert!(!Crs::parse("+proj=utm +zone=54 +ellps=GRS80 +no_defs").unwrap().is_geographic());
        assert!(Crs::parse("+proj=pipeline +step +proj=utm +zone=54").is_err());
        assert!(Crs::parse("EPSG:4267").unwrap().is_geographic());
        for text in ["EPSG:999999", "EPSG:9001", "EPSG:7030", "EPSG:5100", "{\"type\": 1}"] {
            assert!(matches!(Crs::parse(text), Err(CrsError::UnknownSystem { .. })), "{text}: {:?}", Crs::parse(text));
        }
    }

    #[cfg(not(feature = "proj"))]
    #[test]
    fn without_libproj_other_systems_are_refused_with_advice() {
        for text in ["EPSG:30168", "EPSG:4301", "EPSG:27700"] {
            let error = Crs::parse(text).unwrap_err();
            assert!(error.to_string().contains("default features"), "{error}");
        }
    }
}
