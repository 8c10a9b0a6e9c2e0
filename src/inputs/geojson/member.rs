//! The `crs` member of the GeoJSON of 2008, in the ways in which programs write it.

use serde_json::Value;

use crate::crs::Crs;
use crate::inputs::DeclaredCrs;
use crate::text::Text;

/// What RFC 7946, section 4, says of every GeoJSON file: WGS 84 longitude and latitude.
const DEFAULT_CRS: &str = "urn:ogc:def:crs:OGC:1.3:CRS84";

/// No more than this of a member that is not understood stands in a message.
const LONGEST: usize = 1 << 16;

/// The system of a file that names none.
pub(super) fn usual() -> DeclaredCrs {
    DeclaredCrs { text: DEFAULT_CRS.to_owned(), found_in: words!("RFC 7946") }
}

/// What the member says; `None` for null alone. What is not understood stays as it is, to be refused: a system that is
/// named must not give way to the usual one.
pub(super) fn declared(member: &[u8]) -> Option<DeclaredCrs> {
    const FOUND_IN: &Text = words!("`crs` メンバー", "crs member");
    let raw = || String::from_utf8_lossy(&member[..member.len().min(LONGEST)]).into_owned();
    // With a word before it no JSON is taken for a definition by PROJ.
    let as_it_stands = || format!("crs {}", raw());
    let text = if member.len() > LONGEST {
        as_it_stands()
    } else {
        match serde_json::from_slice::<Value>(member) {
            Ok(Value::Null) => return None,
            Ok(value) if is_projjson(&value) => named(&value).unwrap_or_else(raw),
            Ok(value) => named(&value).unwrap_or_else(as_it_stands),
            Err(_) => as_it_stands(),
        }
    };
    Some(DeclaredCrs { text, found_in: FOUND_IN })
}

/// What the member says that stands somewhere within a geometry, as older programs write it.
pub(super) fn within(geometry: &str) -> Option<DeclaredCrs> {
    memchr::memmem::find(geometry.as_bytes(), b"\"crs\"")?;
    let value: Value = serde_json::from_str(geometry).ok()?;
    let mut rest = vec![&value];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(members) => {
                if let Some(member) = members.get("crs") {
                    return declared(member.to_string().as_bytes());
                }
                rest.extend(members.values());
            }
            Value::Array(values) => rest.extend(values),
            _ => {}
        }
    }
    None
}

/// A name, a code as number or text, or an address, of the member itself or of its properties.
fn named(value: &Value) -> Option<String> {
    let Value::Object(members) = value else { return code(value) };
    let of = |members: &serde_json::Map<String, Value>| {
        let keys = ["name", "code", "init", "urn", "url", "href"];
        keys.iter().find_map(|key| members.get(*key).and_then(code))
    };
    // The text of a CRS by PROJ has properties of its own, and its code in an `id`.
    let id = members.get("id").and_then(|id| Some((id.get("authority")?.as_str()?, code(id.get("code")?)?)));
    if let Some((authority, code)) = id {
        return Some(format!("{authority}:{}", code.trim_start_matches("EPSG:")));
    }
    if is_projjson(value) {
        return None;
    }
    members
        .get("properties")
        .and_then(|properties| properties.as_object().map_or_else(|| code(properties), of))
        .or_else(|| of(members))
}

/// Whether it is the definition of a system as PROJ writes it.
fn is_projjson(value: &Value) -> bool {
    ["datum", "datum_ensemble", "base_crs"].iter().any(|key| value.get(key).is_some())
}

/// A text that names a system, or a number that is its code.
fn code(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(format!("EPSG:{number}")),
        Value::String(text) => {
            let text = text.trim();
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if digits { Some(format!("EPSG:{text}")) } else { Some(text.to_owned()).filter(|text| !text.is_empty()) }
        }
        _ => None,
    }
}

/// Whether two members mean one system; without one it is the usual one.
pub(super) fn is_same(one: Option<&DeclaredCrs>, other: Option<&DeclaredCrs>) -> bool {
    let text = |declared: Option<&DeclaredCrs>| declared.map_or_else(|| DEFAULT_CRS.to_owned(), |crs| crs.text.clone());
    let (one, other) = (text(one), text(other));
    one == other || matches!((Crs::parse(&one), Crs::parse(&other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(member: &str) -> Option<String> {
        declared(member.as_bytes()).map(|crs| crs.text)
    }

    #[test]
    fn names_and_codes_are_found_however_they_are_written() {
        for (member, wanted) in [
            (r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6676"}}"#, "urn:ogc:def:crs:EPSG::6676"),
            (r#"{"type":"EPSG","properties":{"code":4301}}"#, "EPSG:4301"),
            (r#"{"type":"EPSG","properties":{"code":"4301"}}"#, "EPSG:4301"),
            (r#"{"type":"EPSG","properties":{"code":" EPSG:4301 "}}"#, "EPSG:4301"),
            (r#"{"type":"name","properties":{"name":6676}}"#, "EPSG:6676"),
            (r#"{"type":"name","properties":"EPSG:6676"}"#, "EPSG:6676"),
            (r#"{"type":"OGC","properties":{"urn":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, "urn:ogc:def:crs:OGC:1.3:CRS84"),
            (r#"{"name":"EPSG:6676"}"#, "EPSG:6676"),
            (r#""EPSG:6676""#, "EPSG:6676"),
            ("6676", "EPSG:6676"),
            (r#"{"type":"GeographicCRS","name":"JGD2011","id":{"authority":"EPSG","code":6668}}"#, "EPSG:6668"),
        ] {
            assert_eq!(text(member).as_deref(), Some(wanted), "{member}");
        }
        assert_eq!(text("null"), None);
    }

    #[test]
    fn what_is_not_understood_is_no_crs_and_not_the_usual_one() {
        for member in [
            r#"{"type":"name","properties":{}}"#,
            r#"{"type":"name","properties":{"name":null}}"#,
            r#"{"type":"link","properties":{"href":"http://example.com/crs/42","type":"proj4"}}"#,
            r#"{"type":"name","properties":{"name":"somewhere"}}"#,
            r#"{"type":"EPSG","properties":{"code":""}}"#,
            "{}",
            "true",
            "[]",
        ] {
            let text = text(member).unwrap();
            assert!(Crs::parse(&text).is_err(), "{member}: {text}");
        }
    }

    #[test]
    fn two_names_of_one_system_are_the_same() {
        let crs = |text: &str| declared(format!("{text:?}").as_bytes());
        assert!(is_same(crs("EPSG:6668").as_ref(), crs("urn:ogc:def:crs:EPSG::6668").as_ref()));
        assert!(is_same(None, crs("EPSG:4326").as_ref()));
        assert!(!is_same(None, crs("EPSG:4301").as_ref()));
        assert!(!is_same(crs("EPSG:6676").as_ref(), crs("nowhere").as_ref()));
    }
}
