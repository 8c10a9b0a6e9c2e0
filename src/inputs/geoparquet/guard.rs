//! Calls of the parquet crate that must not end a run.
//!
//! What pages claim is checked before, but the crate's decoders take the content of a page for sound, and some of them
//! panic where it is not: a width of 200 bits, an offset past the end. That is an error of the file like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::text::Text;

thread_local! {
    /// Whether this thread is within the crate.
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Calls the crate; a panic of it becomes a fault, without the message that a panic leaves. What was called must not be
/// used again then.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Text> {
    keep_quiet();
    WITHIN.set(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    WITHIN.set(false);
    result.map_err(|_| Text::new("ページの中身を読み取れません", "a page cannot be decoded"))
}

/// Has panics reported as before, but for those that [`guarded`] makes errors of.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !WITHIN.get() {
                report(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_and_the_thread_goes_on() {
        assert_eq!(guarded(|| 1), Ok(1));
        assert!(guarded(|| [1][usize::from(WITHIN.get())]).is_err());
        assert!(!WITHIN.get());
    }
}
