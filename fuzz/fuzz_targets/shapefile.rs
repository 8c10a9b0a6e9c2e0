#![no_main]

//! The first four bytes say how long the `.shp` is that follows; the rest is the `.dbf`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((length, files)) = bytes.split_first_chunk::<4>() else { return };
    let length = u32::from_le_bytes(*length) as usize % (files.len() + 1);
    let (shp, dbf) = files.split_at(length);
    kyoten_fuzz::read_folder(&[("shp", shp), ("dbf", dbf)]);
});
