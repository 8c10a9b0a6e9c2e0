//! What a collector is.

use crate::assess::BatchResult;

/// Gathers something from all batches of parcels.
///
/// ```
/// use kyoten::assess::BatchResult;
/// use kyoten::collect::{Collector, Enough};
///
/// /// The ground area of the largest parcel, m².
/// struct Largest(f64);
///
/// impl Collector for Largest {
///     type Piece = f64;
///     type Output = f64;
///
///     fn piece(&self, result: &BatchResult<'_>) -> f64 {
///         result.assessment.measures.area_m2.iter().flatten().fold(0.0, f64::max)
///     }
///
///     fn merge(&mut self, piece: f64) -> Result<(), Enough> {
///         self.0 = self.0.max(piece);
///         Ok(())
///     }
///
///     fn finish(self) -> f64 {
///         self.0
///     }
/// }
/// ```
pub trait Collector: Sync {
    /// What a batch gives.
    type Piece: Send;

    /// What comes of all of them.
    type Output;

    /// What a batch gives. Called on the thread that assessed it, for several batches at a time and in no order.
    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece;

    /// Takes a piece. Called by one thread, in the order of the input.
    ///
    /// # Errors
    /// Where no more batch is wanted; why, [`Collector::finish`] tells.
    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough>;

    /// Makes something of all pieces.
    fn finish(self) -> Self::Output;
}

/// No more batch is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enough;

/// Several collectors at once.
macro_rules! together {
    ($($name:ident $index:tt),+) => {
        impl<$($name: Collector),+> Collector for ($($name,)+) {
            type Piece = ($($name::Piece,)+);
            type Output = ($($name::Output,)+);

            fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
                ($(self.$index.piece(result),)+)
            }

            fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
                $(self.$index.merge(piece.$index)?;)+
                Ok(())
            }

            fn finish(self) -> Self::Output {
                ($(self.$index.finish(),)+)
            }
        }
    };
}

together!(A 0, B 1);
together!(A 0, B 1, C 2);
together!(A 0, B 1, C 2, D 3);
together!(A 0, B 1, C 2, D 3, E 4);
together!(A 0, B 1, C 2, D 3, E 4, F 5);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
together!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// Gathers nothing.
impl Collector for () {
    type Piece = ();
    type Output = ();

    fn piece(&self, _result: &BatchResult<'_>) {}

    fn merge(&mut self, (): ()) -> Result<(), Enough> {
        Ok(())
    }

    fn finish(self) {}
}

/// A collector that may not be wanted.
impl<C: Collector> Collector for Option<C> {
    type Piece = Option<C::Piece>;
    type Output = Option<C::Output>;

    fn piece(&self, result: &BatchResult<'_>) -> Self::Piece {
        self.as_ref().map(|collector| collector.piece(result))
    }

    fn merge(&mut self, piece: Self::Piece) -> Result<(), Enough> {
        match (self, piece) {
            (Some(collector), Some(piece)) => collector.merge(piece),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Self::Output {
        self.map(Collector::finish)
    }
}
