#![no_main]

//! The tables of a timetable in one text: a line `== stops.txt` begins each.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kyoten_fuzz::read_timetable(bytes));
