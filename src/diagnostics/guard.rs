//! Calls of a library that must not end a run, though the library panics.
//!
//! What the pages of a Parquet file claim is checked before they are read, but the crate's decoders take the content of a page
//! for sound, and some of them panic where it is not: a width of 200 bits, an offset past the end. The crate that writes
//! workbooks panics where its temporary file cannot be written, as on a full disk. Both are errors of a file like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::text::Text;

thread_local! {
    /// Whether this thread is within such a call.
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Calls a library; a panic of it becomes the fault `what`, without the message that a panic leaves. What was called must not be
/// used again then.
pub(crate) fn guarded<T>(what: &Text, call: impl FnOnce() -> T) -> Result<T, Text> {
    keep_quiet();
    WITHIN.set(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    WITHIN.set(false);
    result.map_err(|_| what.clone())
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
        let fault = Text::new("読めません", "not read");
        assert_eq!(guarded(&fault, || 1), Ok(1));
        assert_eq!(guarded(&fault, || [1][usize::from(WITHIN.get())]), Err(fault));
        assert!(!WITHIN.get());
    }
}
