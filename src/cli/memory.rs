//! What becomes of the program when the system has no more memory for it: it says so in the reader's language, and ends.
//!
//! The standard library says how many bytes it asked for in vain, in English, and aborts. It lets nobody say anything else instead, but for
//! whoever hands out the memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::reader::say;

/// The system's memory, for the program as a whole: what cannot be had ends it with the status of errors.
///
/// What was begun stays hidden and is cleared by the next run; nothing of it stands under the name of a result.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory;

// SAFETY: every request goes to the system as it came, and what it gives comes back as it is; some requests in vain do not return.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps to what `GlobalAlloc` asks, which is the same.
        had(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        had(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        had(unsafe { System.realloc(block, layout, size) }, size)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

/// No work needs so many bytes in one piece: a file claims them that is damaged, and whoever reads it is told that they cannot be had.
const CLAIM: u64 = 1 << 34;

fn had(block: *mut u8, size: usize) -> *mut u8 {
    if block.is_null() && (size as u64) < CLAIM {
        end();
    }
    block
}

/// Says that there is no more memory, once for all threads, and ends. Nothing in it asks for memory.
#[cold]
fn end() -> ! {
    static IS_SAID: AtomicBool = AtomicBool::new(false);
    if IS_SAID.swap(true, Ordering::AcqRel) {
        // Another thread is about to end the process; this one must not go on meanwhile.
        loop {
            std::thread::sleep(Duration::from_secs(1));
        }
    }
    let said = say(
        "エラー: メモリーが足りないため、途中で終わりました。書きかけの結果は残しません。\n  \
         対処: ほかのプログラムを閉じるか、`--threads 1` を付けるか、`--bbox` や `--limit` で筆を減らしてください。\n",
        "error: there is too little memory: it ended midway, and no unfinished result stays\n  \
         help: close other programs, say `--threads 1`, or ask about fewer parcels with `--bbox` or `--limit`\n",
    );
    let mut to = std::io::stderr();
    // Below the bar, which has no end of a line.
    let apart: &[u8] = if to.is_terminal() { b"\n" } else { b"" };
    let _ = to.write_all(apart);
    let _ = to.write_all(said.as_bytes());
    // Without what is registered for the end of a process, which may want memory.
    #[cfg(unix)]
    signal_hook::low_level::exit(i32::from(super::NOT_RUN));
    #[cfg(not(unix))]
    std::process::exit(i32::from(super::NOT_RUN))
}
