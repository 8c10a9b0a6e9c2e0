#![no_main]

//! The first four bytes say how long the `.shp` is that follows, the next four how long the `.shx`; the rest is the
//! `.dbf`. The index is what is looked for: the records that it points at are read in its order.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((lengths, files)) = bytes.split_first_chunk::<8>() else { return };
    let [length, index_length] = [&lengths[..4], &lengths[4..]]
        .map(|length| length.iter().rev().fold(0_usize, |sum, &byte| sum * 256 + usize::from(byte)));
    let (shp, rest) = files.split_at(length % (files.len() + 1));
    let (shx, dbf) = rest.split_at(index_length % (rest.len() + 1));
    kyoten_fuzz::read_folder(&[("shp", shp), ("shx", shx), ("dbf", dbf)]);
});
