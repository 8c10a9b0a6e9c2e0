use super::*;

/// Cells in columns of that width.
fn found(width: usize, cells: &[&[u8]], said: &[Said<'_>]) -> Found {
    let of = |bytes| FieldText { bytes, full: bytes.len() >= width };
    find(Path::new("a.dbf"), || cells.iter().map(|bytes| of(*bytes)), said).unwrap()
}

fn told(found: &Found) -> (&str, Option<&str>) {
    (&found.note.en, found.doubt.as_ref().map(|(kind, _)| kind.id))
}

fn encoded(encoding: &'static Encoding, cells: &[&str]) -> Vec<Vec<u8>> {
    let bytes = |cell: &&str| {
        let (bytes, _, unknown) = encoding.encode(cell);
        assert!(!unknown, "{cell}");
        bytes.into_owned()
    };
    cells.iter().map(bytes).collect()
}

fn guessed(encoding: &'static Encoding, width: usize, cells: &[&str]) -> Found {
    let cells = encoded(encoding, cells);
    let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
    let found = found(width, &cells, &[]);
    if found.doubt.is_none() {
        assert_eq!((found.encoding.name(), found.cut.len()), (encoding.name(), 0));
    }
    found
}

const STATION_SJIS: &[u8] = b"\x8f\xc4\x92\xc3\x89\x77"; // 焼津駅

#[test]
fn a_character_cut_by_the_width_of_its_field_is_dropped_and_told_of() {
    let found = found(5, &[&STATION_SJIS[..5]], &[]);
    assert_eq!((found.encoding.name(), found.cut), ("Shift_JIS", vec![0]));
    assert_eq!(decode(found.encoding, &STATION_SJIS[..5]), "焼津");
}

#[test]
fn a_single_kanji_is_no_character_cut_in_utf8() {
    for width in [1, 2, 3, 8] {
        for cells in [&["P", "道", "宅"][..], &["道"], &["公", "私"], &["熙"], &["鰯", "P"], &["田", "ﾀ"]] {
            assert_eq!(told(&guessed(SHIFT_JIS, width, cells)), ("Shift_JIS (from the bytes)", None), "{cells:?}");
            assert_eq!(guessed(UTF_8, width, cells).encoding, UTF_8);
        }
        assert_eq!(told(&guessed(EUC_JP, width, &["P", "道", "宅", "田", "公園"])).1, None);
    }
}

#[test]
fn names_in_latin_letters_are_utf8_as_ever() {
    for cells in [&["Kōbe"][..], &["Café", "m²"], &["Yūrakuchō", "Ōsaka"], &["20°"], &["×"]] {
        assert_eq!(told(&guessed(UTF_8, 12, cells)), ("UTF-8 (from the bytes)", None), "{cells:?}");
    }
}

#[test]
fn half_a_character_in_utf8_does_not_make_it_cp932() {
    for text in ["あい", "バス", "焼津市", "市街化区域", "ひ"] {
        for cut in 1..3 {
            let bytes = format!("{text}駅").into_bytes();
            let bytes = &bytes[..bytes.len() - cut];
            let found = found(bytes.len(), &[bytes], &[]);
            assert_eq!((found.encoding.name(), found.cut), ("UTF-8", vec![0]), "{text} {cut}");
        }
    }
}

#[test]
fn katakana_of_half_width_are_no_kanji_of_euc_jp() {
    // With a cell of an odd number of letters it is plain; else it is not.
    assert_eq!(told(&guessed(SHIFT_JIS, 8, &["ﾔｲﾂﾞ", "ｼﾐｽﾞ", "ﾊﾞｽ"])).1, None);
    let few = guessed(SHIFT_JIS, 8, &["ﾆｻ"]);
    assert_eq!(told(&few), ("Shift_JIS (from the bytes)", Some("encoding-unsure")));
    assert_eq!(guessed(EUC_JP, 8, &["道", "田"]).doubt.map(|(kind, _)| kind.id), Some("encoding-unsure"));
    // What is said of it settles it.
    let kana = encoded(SHIFT_JIS, &["ﾆｻ", "ﾅﾄ"]);
    let kana: Vec<&[u8]> = kana.iter().map(Vec::as_slice).collect();
    for (label, name) in [("932", "Shift_JIS (.cpg)"), ("EUC-JP", "EUC-JP (.cpg)")] {
        assert_eq!(told(&found(8, &kana, &[Said::Hinted(label, words!(".cpg"))])), (name, None));
    }
}

#[test]
fn a_cpg_of_latin_1_beside_japanese_is_not_believed() {
    for label in ["ISO-8859-1", "1252", "ANSI 1252", "cp1252", "LATIN1", "88591"] {
        let said = [Said::Hinted(label, words!(".cpg"))];
        for encoding in [SHIFT_JIS, UTF_8, EUC_JP] {
            let cells = encoded(encoding, &["名称", "焼津", "清水", "P", "宅地"]);
            let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
            let found = found(6, &cells, &said);
            assert_eq!(found.encoding, encoding, "{label}");
            assert_eq!(told(&found).1, Some("encoding-not-as-said"));
            assert!(found.doubt.unwrap().1.en.contains(label));
        }
        // Western words are what it says, and so is plain ASCII.
        for cells in [&["Café", "Österreich", "Zürich"][..], &["plain"]] {
            let cells = encoded(encoding_rs::WINDOWS_1252, cells);
            let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
            assert_eq!(told(&found(12, &cells, &said)), ("windows-1252 (.cpg)", None));
        }
    }
    // The next one to be asked is the byte of the table itself.
    let said = [Said::Hinted("1252", words!(".cpg")), Said::Hinted("cp932", words!("byte"))];
    assert_eq!(told(&found(9, &[STATION_SJIS], &said)), ("Shift_JIS (byte)", Some("encoding-not-as-said")));
}

#[test]
fn a_cpg_of_cp932_beside_utf8_is_not_believed_where_it_gives_no_japanese() {
    let said = [Said::Hinted("932", words!(".cpg"))];
    let cells = encoded(UTF_8, &["焼津", "清水市街", "静岡"]);
    let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
    let by = found(20, &cells, &said);
    assert_eq!((by.encoding, told(&by).0), (UTF_8, "UTF-8 (from the bytes)"));
    assert_eq!(told(&found(9, &[STATION_SJIS], &said)), ("Shift_JIS (.cpg)", None));
    // UTF-16 is none for cells with blanks behind.
    let wide = [Said::Hinted("UTF-16", words!(".cpg"))];
    assert_eq!(told(&found(9, &[b"ab", STATION_SJIS], &wide)).0, "Shift_JIS (from the bytes)");
}

proptest::proptest! {
    #[test]
    fn words_are_read_as_they_were_written(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 3..12), which in 0_usize..3, room in 0_usize..3,
    ) {
        let encoding = [UTF_8, SHIFT_JIS, EUC_JP][which];
        let cells = encoded(encoding, &words);
        let width = cells.iter().map(Vec::len).max().unwrap_or(0) + room;
        let cells: Vec<&[u8]> = cells.iter().map(Vec::as_slice).collect();
        let found = found(width, &cells, &[]);
        if found.doubt.is_none() {
            let read: Vec<String> = cells.iter().map(|cell| decode(found.encoding, cell)).collect();
            proptest::prop_assert_eq!(read, words);
        }
    }
}

const WORDS: &[&str] = &[
    "道",
    "宅",
    "P",
    "田",
    "畑",
    "山林",
    "公園",
    "市街化区域",
    "焼津市本町１丁目",
    "第一種低層住居専用地域",
    "バス停",
    "ひがし町",
    "ABC",
    "",
    "1-2",
    "静岡県",
    "病院",
    "㈱焼津",
    "12番3",
    "学校（小）",
];
