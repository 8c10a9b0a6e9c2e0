//! The header that GeoPackage puts before well-known binary (OGC 12-128, clause 2.1.3).

use crate::inputs::wkb::WkbFault;

const NO_HEADER: WkbFault = WkbFault::Damaged(words!(
    "図形のGeoPackageヘッダーが完全ではありません",
    "its geometry has no whole GeoPackage header",
));

const EXTENDED: WkbFault =
    WkbFault::Damaged(words!("図形が拡張型で、読めません", "its geometry is of an extended type, which is not read",));

/// The well-known binary in a value of a geometry column.
pub(super) fn wkb(blob: &[u8]) -> Result<&[u8], WkbFault> {
    let [b'G', b'P', _version, flags, _, _, _, _, rest @ ..] = blob else { return Err(NO_HEADER) };
    if flags & 0b10_0000 != 0 {
        return Err(EXTENDED);
    }
    // A box comes before the geometry: none, or with x and y, and z, or m, or both.
    let numbers = match flags >> 1 & 7 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return Err(NO_HEADER),
    };
    rest.get(numbers * 8..).ok_or(NO_HEADER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(flags: u8, envelope: usize) -> Vec<u8> {
        [&[b'G', b'P', 0, flags, 0, 0, 0, 0], &vec![7; envelope][..], b"wkb"].concat()
    }

    #[test]
    fn every_box_is_passed_over() {
        for (kind, envelope) in [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)] {
            for other_flags in [0, 1, 0b1_0000, 0b1_0001] {
                assert_eq!(wkb(&blob(kind << 1 | other_flags, envelope)), Ok(&b"wkb"[..]), "{kind}");
            }
        }
    }

    #[test]
    fn what_is_no_header_or_not_whole_is_refused() {
        for bytes in [&b""[..], b"GP\0\0\0\0\0", b"XX\0\0\0\0\0\0wkb", &blob(5 << 1, 64), &blob(4 << 1, 8)] {
            assert!(matches!(wkb(bytes), Err(WkbFault::Damaged(what)) if what.en.contains("header")));
        }
        assert!(matches!(wkb(&blob(0b10_0000, 0)), Err(WkbFault::Damaged(what)) if what.en.contains("extended")));
    }
}
