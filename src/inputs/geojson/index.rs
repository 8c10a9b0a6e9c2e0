//! The one pass over a GeoJSON file that finds its features without parsing them.

use std::ops::Range;

use super::cursor::{Cursor, Fault};
use crate::inputs::format::LARGEST_FEATURE;
use crate::inputs::parcels::Chunk;

/// Where everything is in a GeoJSON file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    pub(super) chunks: Vec<Chunk>,
    pub(super) features: usize,
    /// The value of the `crs` member, wherever in the file it stands.
    pub(super) crs: Option<Range<usize>>,
    /// The first one that is written otherwise, in a file of several objects.
    pub(super) other_crs: Option<Range<usize>>,
    /// Whether members of Esri JSON stand where GeoJSON has its `type`.
    pub(super) is_esri: bool,
    /// The first feature that takes more than [`LARGEST_FEATURE`], 0-based.
    pub(super) too_large: Option<usize>,
}

/// Why a file cannot be walked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum IndexFault {
    /// It breaks off or something unexpected stands in it: in the feature after `features` ones, from `start`.
    Broken { fault: Fault, features: usize, start: usize },
    /// It is JSON without features; its `type`, where there is one.
    NotGeoJson(Option<Range<usize>>),
    /// It is JSON as ArcGIS writes it.
    Esri,
}

/// Walks a file: one collection, one feature, one geometry, or several of them in a row.
///
/// `walked` is told of each part that was gone through and will not be looked at again.
pub(super) fn index(bytes: &[u8], walked: &dyn Fn(Range<usize>)) -> Result<Index, IndexFault> {
    let mut walk = Walk { bytes, cursor: Cursor::new(bytes), walked, index: Index::default(), start: 0, joined: false };
    while walk.cursor.next().is_some() {
        if let TopLevel::Other(kind) = walk.top_level().map_err(|fault| walk.broken(fault))? {
            return Err(if walk.index.is_esri { IndexFault::Esri } else { IndexFault::NotGeoJson(kind) });
        }
    }
    if walk.index.is_esri {
        return Err(IndexFault::Esri);
    }
    Ok(walk.index)
}

/// What an object of the outermost level is.
enum TopLevel {
    GeoJson,
    /// Something else, and its `type` if it has one.
    Other(Option<Range<usize>>),
}

struct Walk<'a> {
    bytes: &'a [u8],
    cursor: Cursor<'a>,
    walked: &'a dyn Fn(Range<usize>),
    index: Index,
    /// Where the object begins that is being walked.
    start: usize,
    /// Whether the next feature may join the last chunk.
    joined: bool,
}

impl Walk<'_> {
    /// Walks one object of the outermost level.
    fn top_level(&mut self) -> Result<TopLevel, Fault> {
        self.cursor.next();
        let start = self.cursor.at;
        self.start = start;
        self.cursor.expect(b'{', words!("「{」で始まるオブジェクト", "an object in braces"))?;
        let mut kind = None;
        let (mut collection, mut esri) = (false, false);
        let mut first = true;
        while let Some(name) = self.cursor.member(first)? {
            first = false;
            match &self.bytes[name] {
                b"features" if self.cursor.next() == Some(b'[') => {
                    collection = true;
                    self.features()?;
                }
                b"type" => kind = Some(self.cursor.value()?),
                b"crs" => {
                    let crs = self.cursor.value()?;
                    self.crs(crs);
                }
                // A set of features, or a geometry that stands alone.
                b"geometryType" | b"spatialReference" | b"rings" | b"paths" => {
                    esri = true;
                    self.cursor.value()?;
                }
                _ => {
                    self.cursor.value()?;
                }
            }
            if !self.cursor.more_members()? {
                break;
            }
        }
        self.index.is_esri |= esri && kind.is_none();
        if collection {
            self.joined = false;
            return Ok(TopLevel::GeoJson);
        }
        if kind.clone().is_some_and(|kind| stands_alone(&self.bytes[kind])) {
            self.push(start..self.cursor.at);
            return Ok(TopLevel::GeoJson);
        }
        Ok(TopLevel::Other(kind))
    }

    /// Keeps the first `crs` and the first that differs from it.
    fn crs(&mut self, crs: Range<usize>) {
        let first = self.index.crs.get_or_insert_with(|| crs.clone()).clone();
        if self.bytes[first] != self.bytes[crs.clone()] {
            self.index.other_crs.get_or_insert(crs);
        }
    }

    /// The array of features, the bracket not yet taken.
    fn features(&mut self) -> Result<(), Fault> {
        self.joined = false;
        self.cursor.expect(b'[', words!("配列", "an array"))?;
        if self.cursor.take(b']') {
            return Ok(());
        }
        loop {
            let next = self.cursor.next();
            self.start = self.cursor.at;
            if next != Some(b'{') {
                return Err(self.cursor.wanted(words!("「{」で始まる地物", "a feature in braces")));
            }
            let feature = self.cursor.value()?;
            if self.index.features == 0 {
                self.index.is_esri = is_esri_feature(&self.bytes[feature.clone()]);
            }
            self.push(feature);
            if self.cursor.take(b',') {
                continue;
            }
            self.start = self.cursor.at;
            return self
                .cursor
                .expect(b']', words!("地物の後に「,」か「]」", "a comma or a closing bracket after a feature"));
        }
    }

    fn push(&mut self, bytes: Range<usize>) {
        if bytes.len() > LARGEST_FEATURE && self.index.too_large.is_none() {
            self.index.too_large = Some(self.index.features);
        }
        match self.index.chunks.last_mut() {
            Some(chunk) if self.joined && chunk.has_room() => chunk.extend_to(bytes.end),
            last => {
                if let Some(chunk) = last {
                    (self.walked)(chunk.bytes.clone());
                }
                self.index.chunks.push(Chunk { bytes, first: self.index.features, features: 1 });
            }
        }
        self.index.features += 1;
        self.joined = true;
    }

    fn broken(&self, fault: Fault) -> IndexFault {
        IndexFault::Broken { fault, features: self.index.features, start: self.start }
    }
}

/// Whether a feature is one of Esri JSON: it has attributes, and no `type`.
fn is_esri_feature(bytes: &[u8]) -> bool {
    let mut cursor = Cursor::new(bytes);
    let (mut attributes, mut kind, mut first) = (false, false, true);
    cursor.take(b'{');
    while let Ok(Some(name)) = cursor.member(first) {
        first = false;
        attributes |= &bytes[name.clone()] == b"attributes";
        kind |= &bytes[name] == b"type";
        if cursor.value().is_err() || !cursor.more_members().unwrap_or(false) {
            break;
        }
    }
    attributes && !kind
}

/// Whether an object of this `type` (quotes included) is a feature or can be taken as one.
fn stands_alone(kind: &[u8]) -> bool {
    matches!(
        kind,
        b"\"Feature\""
            | b"\"Polygon\""
            | b"\"MultiPolygon\""
            | b"\"Point\""
            | b"\"MultiPoint\""
            | b"\"LineString\""
            | b"\"MultiLineString\""
            | b"\"GeometryCollection\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::parcels::CHUNK_FEATURES;

    fn index(bytes: &[u8]) -> Result<Index, IndexFault> {
        super::index(bytes, &|_| {})
    }

    const FEATURE: &str = r#"{"type":"Feature","properties":{"a":"}"},"geometry":null}"#;

    fn collection(features: usize) -> String {
        format!(
            r#"{{"features":[{}],"type":"FeatureCollection","crs":{{"x":1}}}}"#,
            vec![FEATURE; features].join(" ,\n")
        )
    }

    #[test]
    fn features_fill_chunks_and_the_crs_is_found_after_them() {
        let text = collection(CHUNK_FEATURES + 1);
        let index = index(text.as_bytes()).unwrap();
        assert_eq!(index.features, CHUNK_FEATURES + 1);
        assert_eq!(index.chunks.iter().map(|chunk| chunk.features).collect::<Vec<_>>(), [CHUNK_FEATURES, 1]);
        assert_eq!(&text[index.chunks[1].bytes.clone()], FEATURE);
        assert_eq!(&text[index.crs.unwrap()], r#"{"x":1}"#);
    }

    #[test]
    fn lines_sequences_and_single_objects_are_features() {
        for (text, features) in [
            (format!("{FEATURE}\n{FEATURE}\r\n"), 2),
            (format!("\u{1e}{FEATURE}\n\u{1e}{FEATURE}\n"), 2),
            (r#"{"type":"Point","coordinates":[1,2]}"#.to_owned(), 1),
            (r#"{"type":"FeatureCollection","features":[]}"#.to_owned(), 0),
            (format!("{}{}{FEATURE}", collection(2), collection(1)), 4),
            (String::new(), 0),
        ] {
            assert_eq!(index(text.as_bytes()).unwrap().features, features, "{text}");
        }
    }

    #[test]
    fn a_feature_that_would_fill_the_memory_is_told() {
        let head = format!("{FEATURE}\n{{\"type\":\"Feature\",\"properties\":{{\"a\":\"");
        let mut text = head.into_bytes();
        text.resize(text.len() + LARGEST_FEATURE, b'x');
        text.extend_from_slice(b"\"}}");
        assert_eq!(index(&text).unwrap().too_large, Some(1));
    }

    #[test]
    fn two_collections_do_not_share_a_chunk() {
        let text = collection(2) + &collection(3);
        let chunks = index(text.as_bytes()).unwrap().chunks;
        assert_eq!(chunks.iter().map(|chunk| (chunk.first, chunk.features)).collect::<Vec<_>>(), [(0, 2), (2, 3)]);
    }

    #[test]
    fn every_truncation_is_seen_and_nothing_panics() {
        let text = collection(3);
        for end in 1..text.len() {
            let fault = index(&text.as_bytes()[..end]).unwrap_err();
            assert!(matches!(fault, IndexFault::Broken { fault: Fault::Ended, .. }), "{end}: {fault:?}");
        }
    }

    #[test]
    fn rubbish_is_told_from_other_json() {
        let broken =
            |text: &str| matches!(index(text.as_bytes()), Err(IndexFault::Broken { fault: Fault::Wanted(..), .. }));
        assert!(broken("<html>"));
        assert!(broken(&(collection(1) + "x")));
        assert!(broken(r#"{"type":"FeatureCollection","features":[null]}"#));
        assert_eq!(index(br#"{"type":"Topology"}"#), Err(IndexFault::NotGeoJson(Some(8..18))));
        assert_eq!(index(b"{}"), Err(IndexFault::NotGeoJson(None)));
    }

    #[test]
    fn esri_json_is_known_by_its_members() {
        for text in [
            r#"{"geometryType":"esriGeometryPolygon","features":[{"attributes":{},"geometry":{"rings":[]}}]}"#,
            r#"{"features":[],"spatialReference":{"wkid":4326}}"#,
            r#"{"features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]}"#,
            r#"{"rings":[[[1,2]]],"spatialReference":{"wkid":4326}}"#,
        ] {
            assert_eq!(index(text.as_bytes()), Err(IndexFault::Esri), "{text}");
        }
        assert!(index(br#"{"type":"FeatureCollection","features":[],"spatialReference":1}"#).is_ok());
    }

    #[test]
    fn a_second_crs_is_told_from_the_first() {
        let one = r#"{"type":"Feature","crs":1}"#;
        let other = r#"{"type":"Feature","crs":2}"#;
        assert_eq!(index(format!("{one}{one}").as_bytes()).unwrap().other_crs, None);
        assert!(index(format!("{one}{other}{one}").as_bytes()).unwrap().other_crs.is_some());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::sample::select(b"{}[]\",:\\ a1\n".to_vec()), 0..60)) {
            let _ = index(&bytes);
        }
    }
}
