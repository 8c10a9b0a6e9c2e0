//! Quotation marks that are never closed: all that follows one would be a single cell, and be lost without a word.

/// Where the mark stands that opens a cell which never ends.
///
/// As the reader of tables takes them: a mark opens at the beginning of a cell only, and a doubled one is a part of it.
pub(super) fn unclosed(table: &[u8]) -> Option<usize> {
    let mut marks = memchr::memchr_iter(b'"', table).peekable();
    while let Some(open) = marks.next() {
        let begins_a_cell = open == 0 || matches!(table[open - 1], b',' | b'\n' | b'\r');
        if !begins_a_cell {
            continue;
        }
        loop {
            let Some(mark) = marks.next() else { return Some(open) };
            if marks.next_if_eq(&(mark + 1)).is_none() {
                break;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_mark_that_opens_a_cell_needs_another() {
        assert_eq!(unclosed(b"a,\"b\",\"\"\n\"c\"\"d\ne\"\n5\" pipe,x\n"), None);
        assert_eq!(unclosed(b"a,\"b\n1,2\n"), Some(2));
        assert_eq!(unclosed(b"\"a\"\"\n"), Some(0));
        assert_eq!(unclosed(b"\"a\"b\"c\n"), None);
    }

    proptest! {
        /// With a cell of its own at the end, a table whose marks are closed has that cell in its last row.
        #[test]
        fn the_reader_of_tables_agrees(text in "[a\",\n]{0,24}") {
            let table = format!("{text}\nEND\n");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table.as_bytes());
            let last = reader.byte_records().last().unwrap().unwrap();
            prop_assert_eq!(unclosed(table.as_bytes()).is_none(), last.get(0) == Some(&b"END"[..]), "{:?}", table);
        }
    }
}
