//! When is land under-used 低・未利用地?

use std::fmt;

/// The fill rate 充足率 of the designated floor-area ratio 指定容積率 up to which land is under-used, as the whole numbers of a fraction:
/// a third is none that a decimal number can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusedLand {
    /// So many parts,
    pub parts: u32,
    /// of so many; never 0.
    pub of: u32,
}

impl UnusedLand {
    /// The fill rate as a share.
    #[must_use]
    pub fn max_fill_rate(self) -> f64 {
        f64::from(self.parts) / f64::from(self.of)
    }
}

impl fmt::Display for UnusedLand {
    /// `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.parts, self.of)
    }
}
