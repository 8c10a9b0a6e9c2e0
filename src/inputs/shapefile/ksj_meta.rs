//! The metadata of a 国土数値情報 download (`KS-META-*.xml`), which names the CRS that the shapefiles of older years
//! do not: `<code>JGD2011 / (B, L)</code>`.

use crate::inputs::format::Input;
use crate::inputs::{DeclaredCrs, InputError};

/// What the metadata files begin with.
const NAME: &str = "KS-META";

/// Names of datums in the metadata, and the codes of their longitudes and latitudes. `(B, L)` is latitude and longitude;
/// the shapefiles beside it have longitude first all the same.
const CODES: [(&str, &str); 3] = [("JGD2011", "EPSG:6668"), ("JGD2000", "EPSG:4612"), ("TD", "EPSG:4301")];

/// The CRS by the metadata beside a shapefile; `None` where there is none, or where it says nothing that is known.
pub(super) fn crs(input: &Input<'_>) -> Result<Option<DeclaredCrs>, InputError> {
    for bytes in input.named(NAME)? {
        // In Shift_JIS or UTF-8; what is looked for is ASCII in both.
        let text = String::from_utf8_lossy(&bytes);
        if let Some(code) = code(&text) {
            return Ok(Some(DeclaredCrs { text: code.to_owned(), found_in: "KS-META" }));
        }
    }
    Ok(None)
}

fn code(text: &str) -> Option<&'static str> {
    let geographic = text.split('<').filter_map(|part| part.split_once('>')).map(|(_, content)| content.trim());
    let mut named = geographic.filter(|content| content.replace(' ', "").ends_with("/(B,L)"));
    let datum = named.next()?.split('/').next()?.trim();
    CODES.iter().find(|(name, _)| *name == datum).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_datum_stands_in_a_code() {
        let text = |code: &str| format!("<rs><code>{code}</code></rs>");
        assert_eq!(code(&text("JGD2011 / (B, L)")), Some("EPSG:6668"));
        assert_eq!(code(&text("JGD2000 / (B, L)")), Some("EPSG:4612"));
        assert_eq!(code(&text("JGD2011 / 8(X, Y)")), None);
        assert_eq!(code("no xml"), None);
    }
}
