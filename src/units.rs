//! Units as types: what a number measures is part of its type, so that plane metres and ground
//! metres, shares and ratios can never be mixed by accident.
//!
//! Everything is `f64` inside; the wrappers cost nothing at run time.

use serde::{Deserialize, Serialize};

use std::fmt;
use std::ops::{Add, Mul, Sub};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $suffix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
        pub struct $name(pub f64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)?;
                f.write_str($suffix)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }
    };
}

unit! {
    /// A length on the ground, in metres along the GRS80 ellipsoid.
    Metres, " m"
}
unit! {
    /// A length in a plane rectangular system (平面直角座標系), in that plane's metres. It differs
    /// from [`Metres`] by the point scale factor; only [`crate::crs::ScaleField`] turns one into the other.
    PlaneMetres, " plane m"
}
unit! {
    /// An area on the ground, in square metres.
    SquareMetres, " m²"
}
unit! {
    /// A density: so many a hectare of ground.
    PerHectare, " /ha"
}
unit! {
    /// A part of a whole, 0 to 1.
    Share, ""
}

/// How finely a measure is told, and so how finely it is judged.
macro_rules! told {
    ($name:ident, $steps:literal, $doc:literal) => {
        impl $name {
            /// Steps a unit that outputs tell.
            pub const STEPS: f64 = $steps;

            #[doc = $doc]
            ///
            /// Measures are rounded so before they are judged: a threshold is met at the threshold, and whoever works from the
            /// columns comes to the same verdicts.
            #[must_use]
            pub fn told(self) -> Self {
                Self((self.0 * Self::STEPS).round() / Self::STEPS)
            }
        }
    };
}

told!(Metres, 1e3, "The length as it is told, to a millimetre.");
told!(SquareMetres, 1e3, "The area as it is told, to a thousandth of a square metre.");
told!(PerHectare, 1e4, "The density as it is told, to four digits after the point.");
told!(Share, 1e6, "The share as it is told, to a millionth.");

impl SquareMetres {
    /// The same area in hectares.
    #[must_use]
    pub fn hectares(self) -> f64 {
        self.0 / 10_000.0
    }
}

/// A time of the service day, in seconds from its beginning: midnight, or what the clock showed twelve hours before noon.
/// A trip that runs on after midnight has times past 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub struct ServiceTime(pub u32);

impl ServiceTime {
    /// One hour.
    pub const HOUR: u32 = 3600;

    /// So many seconds later.
    #[must_use]
    pub fn later(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

impl fmt::Display for ServiceTime {
    /// `07:12`, `25:10`; seconds only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, seconds) = (self.0 / 60, self.0 % 60);
        write!(f, "{:02}:{:02}", minutes / 60, minutes % 60)?;
        if seconds > 0 { write!(f, ":{seconds:02}") } else { Ok(()) }
    }
}

/// A measurement as what is known of it: at least `lo`, at most `hi`.
///
/// `lo` counts what is known to hold, `hi` adds all that could still hold. A complete layer gives
/// `lo == hi`; a missing one gives the widest interval that the measure allows.
///
/// ```
/// use kyoten::units::{Interval, Share};
/// let known = Interval::exactly(Share(0.25));
/// let unknown = Interval::new(Share(0.0), Share(1.0));
/// assert!(known.is_exact() && !unknown.is_exact());
/// assert_eq!(unknown.reaches(Share(0.5)), None);
/// assert_eq!(known.reaches(Share(0.5)), Some(false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval<T> {
    /// What is known to hold.
    pub lo: T,
    /// What could still hold.
    pub hi: T,
}

impl<T: Copy + PartialOrd> Interval<T> {
    /// The interval from `lo` to `hi`.
    pub fn new(lo: T, hi: T) -> Self {
        debug_assert!(lo <= hi, "an interval's ends are in order");
        Self { lo, hi }
    }

    /// A measurement without doubt.
    pub fn exactly(value: T) -> Self {
        Self { lo: value, hi: value }
    }

    /// Whether nothing about the measurement is open.
    pub fn is_exact(&self) -> bool {
        self.lo == self.hi
    }

    /// Whether the measurement reaches `threshold` (at least): `None` where that is not known.
    pub fn reaches(&self, threshold: T) -> Option<bool> {
        if self.lo >= threshold {
            Some(true)
        } else if self.hi < threshold {
            Some(false)
        } else {
            None
        }
    }

    /// The same interval through a rising function, for instance a unit conversion.
    pub fn map<U: Copy + PartialOrd>(&self, rising: impl Fn(T) -> U) -> Interval<U> {
        Interval::new(rising(self.lo), rising(self.hi))
    }
}
