//! Cells of tables on the terminal.

use super::summary::pad;

/// A word at the right end of its cell, by the width that it takes on the terminal.
pub(super) fn right(word: &str, width: usize) -> String {
    let room = pad(word, width).len() - word.len();
    format!("{}{word}", " ".repeat(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_where_its_cell_ends() {
        assert_eq!(right("net", 6), "   net");
        assert_eq!(right("差引", 6), "  差引");
        assert_eq!(right("該当でなくなった", 6), "該当でなくなった");
    }
}
