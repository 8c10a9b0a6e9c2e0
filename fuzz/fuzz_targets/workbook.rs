#![no_main]

//! A text of parts: a line `== content.xml` begins the part of that name. They are packed as a workbook, so that what is
//! changed are the parts and not the archive around them.

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    let name = if text.starts_with(b"== mimetype") { "a.ods" } else { "a.xlsx" };
    kyoten_fuzz::read(name, &kyoten_fuzz::packed(text));
});
