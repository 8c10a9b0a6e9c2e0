#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyoten_fuzz::read("a.arrows", bytes));
