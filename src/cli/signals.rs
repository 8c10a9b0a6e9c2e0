//! What becomes of a command that is told to end: what it has begun is cleared, and it ends as it was told to.
//!
//! And a file that grows beyond the limit of the system is an error like others, instead of the end of the process. Where there is no
//! more memory ([`super::memory`]), or no stack, the process ends at once, and what is left is cleared by the next command; the status is that of
//! errors.

/// Sees to both, as far as the system lets us. Where it does not, the next command clears what is left.
#[cfg(unix)]
pub(super) fn heed() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Nobody looks at the flag: that somebody heeds the signal makes the write fail with an error of its own.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    // The standard library has said what there was too little of; no more can be done, not even clear anything, without memory.
    let always = Arc::new(AtomicBool::new(true));
    let _ = signal_hook::flag::register_conditional_shutdown(SIGABRT, i32::from(super::NOT_RUN), always);
    // A process that was begun with `nohup` hangs up on nobody: there the signal stays ignored.
    let heeded: Vec<i32> = [SIGTERM, SIGINT, SIGHUP].into_iter().filter(|&signal| !is_ignored(signal)).collect();
    let Ok(mut signals) = Signals::new(heeded) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            crate::disk::abandon();
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Whether whoever started the process has it ignore a signal.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    // Only Linux tells without being asked to change it.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (signal - 1)) != 0
}

#[cfg(not(unix))]
pub(super) fn heed() {}
