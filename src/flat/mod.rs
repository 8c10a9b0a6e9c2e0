//! How does an array stand in a file so that it comes back by one copy? As the bytes of its numbers, one after the other, least
//! first.
//!
//! [`serialize`] and [`deserialize`] are what `#[serde(with = "crate::flat")]` asks for: whatever format carries them sees
//! one run of bytes, and neither writes nor reads number by number. On the machines that there are, the copy is what
//! `memcpy` does.

mod aside;
mod later;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

pub use aside::{Aside, AsideWriter, Place, StoredArray};
pub use later::Later;

/// What stands in so many bytes, whatever it is. Any bytes are one.
pub trait Flat: Copy {
    /// How many.
    const BYTES: usize;

    /// Adds the bytes.
    fn put(self, bytes: &mut Vec<u8>);

    /// Takes them back; there are [`Flat::BYTES`] of them.
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! numbers {
    ($($number:ident),*) => {
        $(impl Flat for $number {
            const BYTES: usize = size_of::<Self>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn take(bytes: &[u8]) -> Self {
                let mut own = [0; size_of::<Self>()];
                own.copy_from_slice(bytes);
                Self::from_le_bytes(own)
            }
        })*
    };
}

numbers!(f64, i16, u8, u32, u64);

impl<T: Flat> Flat for [T; 2] {
    const BYTES: usize = 2 * T::BYTES;

    fn put(self, bytes: &mut Vec<u8>) {
        let [first, second] = self;
        first.put(bytes);
        second.put(bytes);
    }

    #[inline]
    fn take(bytes: &[u8]) -> Self {
        let (first, second) = bytes.split_at(T::BYTES);
        [T::take(first), T::take(second)]
    }
}

/// Writes an array as one run of bytes.
///
/// # Errors
/// Those of the format.
pub fn serialize<T: Flat, S: Serializer>(array: &[T], format: S) -> Result<S::Ok, S::Error> {
    format.serialize_bytes(&bytes_of(array))
}

/// The bytes of an array.
fn bytes_of<T: Flat>(array: &[T]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(array.len() * T::BYTES);
    for &one in array {
        one.put(&mut bytes);
    }
    bytes
}

/// Reads such an array.
///
/// # Errors
/// Those of the format; a run that is no whole number of values.
pub fn deserialize<'de, T: Flat, D: Deserializer<'de>>(format: D) -> Result<Vec<T>, D::Error> {
    format.deserialize_bytes(Run(PhantomData))
}

struct Run<T>(PhantomData<T>);

impl<T: Flat> Visitor<'_> for Run<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "values of {} bytes", T::BYTES)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        if !bytes.len().is_multiple_of(T::BYTES) {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(bytes.chunks_exact(T::BYTES).map(T::take).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Arrays {
        #[serde(with = "crate::flat")]
        points: Vec<[f64; 2]>,
        #[serde(with = "crate::flat")]
        corners: Vec<i16>,
    }

    #[test]
    fn an_array_comes_back_bit_by_bit_and_stands_least_byte_first() {
        let arrays = Arrays { points: vec![[0.1, -0.0], [f64::INFINITY, 1e-300]], corners: vec![-2, 515] };
        let bytes = postcard::to_stdvec(&arrays).unwrap();
        assert_eq!(bytes.len(), 1 + 32 + 1 + 4);
        assert_eq!(bytes[34..], [0xFE, 0xFF, 3, 2]);
        assert_eq!(postcard::from_bytes::<Arrays>(&bytes).unwrap(), arrays);
        assert!(arrays.points[0][1].is_sign_negative());
    }

    #[test]
    fn a_run_that_ends_within_a_value_is_refused() {
        let bytes = postcard::to_stdvec(&Arrays { points: Vec::new(), corners: vec![1, 2] }).unwrap();
        let cut = [&[15][..], &[0; 15], &bytes[1..]].concat();
        assert!(postcard::from_bytes::<Arrays>(&cut).is_err());
    }
}
