//! Thrift's compact protocol, walked without being understood: in it are the footer and the headers of a Parquet file.
//!
//! The parquet crate makes room for as many things as a list says that it has. So every length is held against the
//! bytes that are left here first, and the few numbers are taken out that sizes of memory follow from.

/// Structs within each other, at most; Parquet needs seven.
const MAX_DEPTH: usize = 16;

/// Walks one struct at the beginning of `bytes` and returns its length; `None` where it is damaged. `visit` gets every
/// integer, and the length of every list, with the ids of the fields that lead to it.
pub(super) fn walk(bytes: &[u8], visit: &mut dyn FnMut(&[i64], i64)) -> Option<usize> {
    let mut walk = Walk { bytes, at: 0, path: Vec::with_capacity(MAX_DEPTH), visit };
    walk.fields()?;
    Some(walk.at)
}

/// The kinds of values, by their numbers in the protocol.
mod kind {
    pub(super) const TRUE: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const BYTE: u8 = 3;
    pub(super) const I16: u8 = 4;
    pub(super) const I32: u8 = 5;
    pub(super) const I64: u8 = 6;
    pub(super) const DOUBLE: u8 = 7;
    pub(super) const BINARY: u8 = 8;
    pub(super) const LIST: u8 = 9;
    pub(super) const SET: u8 = 10;
    pub(super) const MAP: u8 = 11;
    pub(super) const STRUCT: u8 = 12;
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    path: Vec<i64>,
    visit: &'a mut dyn FnMut(&[i64], i64),
}

impl Walk<'_> {
    fn fields(&mut self) -> Option<()> {
        if self.path.len() >= MAX_DEPTH {
            return None;
        }
        self.path.push(0);
        loop {
            let head = self.byte()?;
            if head == 0 {
                break;
            }
            let id = match head >> 4 {
                0 => self.signed()?,
                step => self.path.last()?.checked_add(i64::from(step))?,
            };
            *self.path.last_mut()? = id;
            // A truth value stands in the head of its field.
            if !matches!(head & 15, kind::TRUE | kind::FALSE) {
                self.value(head & 15)?;
            }
        }
        self.path.pop();
        Some(())
    }

    fn value(&mut self, kind: u8) -> Option<()> {
        match kind {
            kind::TRUE | kind::FALSE | kind::BYTE => self.skip(1),
            kind::I16 | kind::I32 | kind::I64 => {
                let number = self.signed()?;
                (self.visit)(&self.path, number);
                Some(())
            }
            kind::DOUBLE => self.skip(8),
            kind::BINARY => {
                let length = usize::try_from(self.unsigned()?).ok()?;
                self.skip(length)
            }
            kind::LIST | kind::SET => {
                let head = self.byte()?;
                let length = if head >> 4 == 15 { self.unsigned()? } else { u64::from(head >> 4) };
                self.fits(length)?;
                (self.visit)(&self.path, i64::try_from(length).ok()?);
                (0..length).try_for_each(|_| self.value(head & 15))
            }
            kind::MAP => {
                let length = self.unsigned()?;
                self.fits(length)?;
                let kinds = if length == 0 { 0 } else { self.byte()? };
                (0..length).try_for_each(|_| self.value(kinds >> 4).and_then(|()| self.value(kinds & 15)))
            }
            kind::STRUCT => self.fields(),
            _ => None,
        }
    }

    /// Whether so many things can follow: each takes a byte.
    fn fits(&self, length: u64) -> Option<()> {
        (length <= (self.bytes.len() - self.at) as u64).then_some(())
    }

    fn signed(&mut self) -> Option<i64> {
        let folded = self.unsigned()?;
        Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, length: usize) -> Option<()> {
        self.fits(length as u64)?;
        self.at += length;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// {1: 2 (i32), 2: [true, false] (list), 5: {1: -3 (i64)}, 6: true, 7: "ab", 8: {1: 1.5}}
    const STRUCT: &[u8] = &[
        0x15, 4, 0x19, 0x21, 1, 2, 0x3c, 0x16, 5, 0, 0x11, 0x18, 2, b'a', b'b', 0x1c, 0x17, 0, 0, 0, 0, 0, 0, 0xf8,
        0x3f, 0, 0,
    ];

    #[test]
    fn numbers_and_lengths_are_found_by_the_way_to_them() {
        let mut found = Vec::new();
        let length = walk(STRUCT, &mut |path, number| found.push((path.to_vec(), number)));
        assert_eq!(length, Some(STRUCT.len()));
        assert_eq!(found, [(vec![1], 2), (vec![2], 2), (vec![5, 1], -3)]);
    }

    #[test]
    fn lengths_past_the_end_and_endless_nesting_are_seen() {
        for end in 0..STRUCT.len() {
            assert_eq!(walk(&STRUCT[..end], &mut |_, _| ()), None, "{end}");
        }
        for bytes in [&[0x18, 0xff, 0xff, 0xff, 0xff, 0x0f, 0][..], &[0x19, 0xf8, 0xff, 0x7f, 0, 0], &[0x1c; 4000]] {
            assert_eq!(walk(bytes, &mut |_, _| ()), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60)) {
            let length = walk(&bytes, &mut |_, _| ());
            proptest::prop_assert!(length.is_none_or(|length| length <= bytes.len()));
        }
    }
}
