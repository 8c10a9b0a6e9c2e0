//! The metadata of a 国土数値情報 download (`KS-META-*.xml`), which names the CRS that the shapefiles of older years
//! do not: `<code>JGD2011 / (B, L)</code>`.

use crate::inputs::format::Input;
use crate::inputs::{DeclaredCrs, InputError};

/// What the metadata files begin with.
const NAME: &str = "KS-META";

/// The CRS by the metadata beside a shapefile; `None` where there is none, or where it says nothing that is known.
pub(super) fn crs(input: &Input<'_>) -> Result<Option<DeclaredCrs>, InputError> {
    for bytes in input.named(NAME)? {
        // In Shift_JIS or UTF-8; what is looked for is ASCII in both.
        if let Some(text) = system(&String::from_utf8_lossy(&bytes)) {
            return Ok(Some(DeclaredCrs { text, found_in: words!("KS-META") }));
        }
    }
    Ok(None)
}

/// The name of a system of longitude and latitude among the contents of the elements. It says `(B, L)`, latitude and
/// longitude; the shapefiles beside it have longitude first all the same.
fn system(text: &str) -> Option<String> {
    let mut contents = text.split('<').filter_map(|part| part.split_once('>')).map(|(_, content)| content.trim());
    contents.find(|content| content.replace(' ', "").ends_with("/(B,L)")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::Crs;

    #[test]
    fn the_system_stands_in_a_code() {
        let text = |code: &str| system(&format!("<rs><code>{code}</code></rs>"));
        let epsg = |code: &str| Crs::parse(&text(code).unwrap()).unwrap().epsg();
        assert_eq!(epsg("JGD2011 / (B, L)"), Some(6668));
        assert_eq!(epsg("JGD2000 / (B, L)"), Some(4612));
        assert_eq!(text("JGD2011 / 8(X, Y)"), None);
        assert_eq!(system("no xml"), None);
    }
}
