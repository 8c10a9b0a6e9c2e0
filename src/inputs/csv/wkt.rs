//! A column with geometries as well-known text (WKT), as QGIS and databases write it.

use geo::{CoordsIter, Geometry};
use wkt::TryFromWkt;

use super::columns::plain;
use crate::inputs::format::Input;
use crate::inputs::{DeclaredCrs, InputError};

/// What such columns are called.
const NAMES: &[&str] =
    &["wkt", "geometry", "geom", "the_geom", "wkt_geom", "wkb_geometry", "shape", "geo", "図形", "ジオメトリ", "形状"];

/// What the name of one may hold beside other words.
const IN_NAMES: &str = "wkt";

/// With what a geometry begins.
const KINDS: &[&str] =
    &["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

/// Brackets within brackets, at most: the library goes down one by one.
const MAX_DEPTH: usize = 24;

/// A column with geometries.
pub(super) struct WktColumn {
    index: usize,
    /// Whether all positions so far can only be degrees of Japan.
    in_japan: bool,
    any: bool,
    /// The system that cells name themselves, as databases do: `SRID=6668;POINT (…)`.
    srid: Option<String>,
}

impl WktColumn {
    /// A column of such a name in which the first cell that is not blank is a geometry.
    pub(super) fn find(names: &[String], first: &[csv::StringRecord]) -> Option<Self> {
        let holds = |index: usize| {
            let mut cells = first.iter().filter_map(|record| record.get(index)).map(str::trim);
            cells.find(|cell| !cell.is_empty()).is_some_and(|cell| is_wkt(without_srid(cell).1))
        };
        let exactly = |index: &usize| NAMES.contains(&plain(&names[*index]).as_str()) && holds(*index);
        let nearly = |index: &usize| plain(&names[*index]).contains(IN_NAMES) && holds(*index);
        let index = (0..names.len()).find(exactly).or_else(|| (0..names.len()).find(nearly))?;
        Some(Self { index, in_japan: true, any: false, srid: None })
    }

    pub(super) fn name<'n>(&self, names: &'n [String]) -> &'n str {
        &names[self.index]
    }

    /// The geometry of a row; `None` where it has none that can be read.
    pub(super) fn geometry(
        &mut self,
        record: &csv::StringRecord,
        input: &Input<'_>,
        row: usize,
    ) -> Result<Option<Geometry<f64>>, InputError> {
        let (srid, text) = without_srid(record.get(self.index).unwrap_or_default().trim());
        let Some(geometry) = geometry(text) else { return Ok(None) };
        if let Some(srid) = srid {
            if self.srid.as_deref().is_some_and(|known| known != srid) {
                let known = self.srid.as_deref().unwrap_or_default();
                let problem = text!(
                    "WKTの座標参照系がSRID {known} とSRID {srid} の2つあります",
                    "its well-known text (WKT) is in two systems, SRID {known} and SRID {srid}"
                );
                return Err(InputError::Table { path: input.path.clone(), row, problem });
            }
            self.srid = Some(srid.to_owned());
        }
        self.any = true;
        let in_japan = |at: geo::Coord<f64>| (122.0..=154.0).contains(&at.x) && (20.0..=46.0).contains(&at.y);
        self.in_japan = self.in_japan && geometry.coords_iter().all(in_japan);
        Ok(Some(geometry))
    }

    /// The CRS: what the cells name; else longitude and latitude where all positions lie in Japan as such, which no metres
    /// of a plane do.
    pub(super) fn crs(&self) -> Option<DeclaredCrs> {
        if let Some(srid) = &self.srid {
            return Some(DeclaredCrs { text: format!("EPSG:{srid}"), found_in: words!("SRID") });
        }
        (self.any && self.in_japan).then(|| DeclaredCrs {
            text: "urn:ogc:def:crs:OGC:1.3:CRS84".to_owned(),
            found_in: words!("WKTの座標（日本の経度・緯度）", "positions of the WKT, degrees of Japan"),
        })
    }
}

/// The number in `SRID=6668;`, and what follows; 0 stands for none.
fn without_srid(cell: &str) -> (Option<&str>, &str) {
    let cell = cell.trim().trim_matches('"').trim();
    let Some(rest) = cell.get(..5).filter(|start| start.eq_ignore_ascii_case("srid=")).map(|_| &cell[5..]) else {
        return (None, cell);
    };
    match rest.split_once(';') {
        Some((srid, text)) => (Some(srid.trim()).filter(|srid| *srid != "0"), text.trim()),
        None => (None, cell),
    }
}

fn is_wkt(text: &str) -> bool {
    kind(text).is_some()
}

/// The kind of geometry, and the coordinates that it has beside two: `POINT`, and `Z` where it is `POINTZ` or `POINT Z`.
fn kind(text: &str) -> Option<(&'static str, usize)> {
    let end = text.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(text.len());
    let word = text[..end].to_ascii_uppercase();
    let named = |kind: &&&str| matches!(word.strip_prefix(**kind), Some("" | "Z" | "M" | "ZM"));
    KINDS.iter().find(named).map(|kind| (*kind, kind.len()))
}

/// The text as the library reads it: what tells of further coordinates stands by itself.
fn apart(text: &str) -> Option<String> {
    let (kind, length) = kind(text)?;
    Some(format!("{kind} {}", &text[length..]))
}

fn geometry(text: &str) -> Option<Geometry<f64>> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > MAX_DEPTH {
        return None;
    }
    let geometry = Geometry::try_from_wkt_str(&apart(text)?).ok()?;
    // Zeros stand for a place that is not known.
    let nowhere = matches!(&geometry, Geometry::Point(point) if point.x() == 0.0 && point.y() == 0.0);
    (!nowhere && geometry.coords_count() > 0).then_some(geometry)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn geometries_are_read_and_what_is_none_is_left() {
        for text in [
            "POINT (138.3 34.8)",
            "Point Z (138.3 34.8 5)",
            "PointZ(138.3 34.8 5)",
            "MULTIPOLYGON (((138 34, 139 34, 139 35, 138 34)))",
        ] {
            assert!(geometry(text).is_some(), "{text}");
        }
        for text in ["POINT EMPTY", "POINT (0 0)", "POINT (138.3", "CIRCLE (1 2)", "", "POINT (NaN NaN x)"] {
            assert!(geometry(text).is_none(), "{text}");
        }
        assert!(geometry(&"GEOMETRYCOLLECTION(".repeat(100_000)).is_none());
        assert_eq!(without_srid("SRID=6668;POINT (1 2)"), (Some("6668"), "POINT (1 2)"));
        assert_eq!(without_srid("SRID=0;POINT (1 2)"), (None, "POINT (1 2)"));
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(text in "(POINT|POLYGON|MULTI|SRID=[0-9]{0,4};|測)?[ A-Za-z(),.;0-9測-]{0,40}") {
            let (_, text) = without_srid(&text);
            let _ = geometry(text);
        }
    }
}
