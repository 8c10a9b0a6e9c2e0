//! What the parser of TOML says, in Japanese as well, and where.

use std::collections::BTreeMap;

use toml::de::{DeTable, Error};

use super::table::Cursor;
use crate::text::Text;

/// What the parser says of a document, by the 0-based line: the first of each, with its 0-based column in characters. What
/// follows on a line is most often its consequence.
pub(super) fn faults(text: &str, errors: &[Error]) -> BTreeMap<usize, (usize, String)> {
    let mut found: Vec<(usize, &Error)> =
        errors.iter().map(|error| (error.span().map_or(text.len(), |span| span.start), error)).collect();
    found.sort_by_key(|(offset, _)| *offset);
    let mut cursor = Cursor::new(text);
    let mut faults = BTreeMap::new();
    for (offset, error) in found {
        let (line, column) = cursor.position(offset);
        faults.entry(line - 1).or_insert_with(|| (column - 1, error.message().to_owned()));
    }
    faults
}

/// What the parser says of a text.
pub(super) fn check(text: &str) -> BTreeMap<usize, (usize, String)> {
    faults(text, &DeTable::parse_recoverable(text).1)
}

/// The parser's sentence with its like in Japanese.
pub(super) fn in_both(message: &str) -> Text {
    let ja = JAPANESE.iter().find(|(beginning, _)| message.starts_with(beginning)).map_or(OTHERWISE, |(_, ja)| ja);
    Text { ja: ja.into(), en: message.to_owned().into() }
}

const VALUE: &str = "値が読めません。文字列は引用符で囲んで書きます。";

const OTHERWISE: &str = "TOMLとして読めません。";

/// How the parser's sentences begin, and what they say. The first that fits is taken.
const JAPANESE: &[(&str, &str)] = &[
    ("string values must be quoted", VALUE),
    ("missing opening quote", "文字列の初めに引用符がありません。"),
    ("invalid basic string, expected `\"`", "引用符（\"）が閉じていません。"),
    ("invalid literal string, expected `'`", "引用符（'）が閉じていません。"),
    ("invalid multi-line basic string, expected `\"`", "引用符（\"\"\"）が閉じていません。"),
    ("invalid multi-line literal string, expected `'`", "引用符（'''）が閉じていません。"),
    ("invalid basic string", "文字列の中に、使えない制御文字があります。"),
    ("invalid literal string", "文字列の中に、使えない制御文字があります。"),
    ("invalid multi-line", "文字列の中に、使えない制御文字があります。"),
    ("missing escaped value", "文字列の中の `\\` に続く文字が、決められたものではありません。"),
    ("too few unicode value digits", "文字列の中の `\\` に続く文字コードの桁が足りません。"),
    ("invalid value", "文字列の中の `\\` に続く文字コードに当たる文字がありません。"),
    ("invalid comment character", "コメントの中に、使えない制御文字があります。"),
    ("unexpected content between comment", "コメントの中に、使えない制御文字があります。"),
    ("carriage return must be followed", "改行の文字が壊れています。"),
    ("key with no value", "キーの後に `=` と値がありません。"),
    ("missing value for key", "キーの後に `=` と値がありません。"),
    ("missing value", "`=` の後に値がありません。"),
    ("extra `=`", "`=` が余分です。"),
    ("unexpected `=` in array", "[ ] の一覧が閉じる前に `=` があります。"),
    ("duplicate key", "同じキーが前にも書かれています。"),
    ("cannot extend value", "同じキーが前に、別の形で書かれています。"),
    ("unquoted keys cannot be empty", "キーの名前がありません。"),
    ("invalid unquoted key", "キーに、引用符で囲まなければ使えない文字があります。"),
    ("keys cannot be multi-line", "キーは3つの引用符で囲めません。"),
    ("invalid key-value pair", "キーの名前がありません。"),
    ("missing table open", "`[` がないのに `]` があります。"),
    ("unclosed table", "表の見出しの `]` がありません。"),
    ("unclosed array table", "表の見出しの `]]` がありません。"),
    ("unclosed array", "[ ] の一覧が閉じていません。"),
    ("unclosed inline table", "{ } の表が閉じていません。"),
    ("missing array opening", "`[` がないのに `]` があります。"),
    ("missing inline table opening", "`{` がないのに `}` があります。"),
    ("extra comma", "コンマが余分です。"),
    ("missing comma between array elements", "[ ] の一覧に、値を区切るコンマがありません。"),
    ("missing comma between key-value pairs", "{ } の表に、キーと値の組を区切るコンマがありません。"),
    ("extra assignment between key-value pairs", "{ } の表に、`=` が余分です。"),
    ("missing assignment between key-value pairs", "{ } の表に、キーと値の間の `=` がありません。"),
    ("missing key for inline table element", "{ } の表に、キーの名前のない値があります。"),
    ("invalid inline table element", "{ } の表に、キーと値の組でないものがあります。"),
    ("unexpected key or value", "値の後に余分なものがあります。改行するか、前に `#` を付けてください。"),
    ("unexpected leading zero", "数は0で始められません。"),
    ("`_` may only go between digits", "数の中の `_` は、数字と数字の間だけに書けます。"),
    ("redundant numeric sign", "数の符号が余分です。"),
    ("unexpected sign", "数の符号が余分です。"),
    ("integers with a radix", "数として読めません。"),
    ("radix must be lowercase", "数として読めません。"),
    ("redundant integer number prefix", "数として読めません。"),
    // How texts without quotes fail that begin like `inf` or `nan`.
    ("invalid float, expected `", VALUE),
    ("invalid float", "数として読めません。"),
    ("invalid mantissa", "数として読めません。"),
    ("invalid fraction", "数として読めません。"),
    ("invalid exponent", "数として読めません。"),
    ("invalid integer", "数として読めません。"),
    ("invalid hexadecimal", "数として読めません。"),
    ("invalid octal", "数として読めません。"),
    ("invalid binary", "数として読めません。"),
    ("invalid boolean", "値が読めません。true と false は小文字で、文字列は引用符で囲んで書きます。"),
    ("invalid date", "日付として読めません。"),
    ("invalid time", "時刻として読めません。"),
    ("invalid offset", "時差として読めません。"),
    ("invalid key", "キーの名前がありません。"),
    ("invalid table", "表の見出しに名前がありません。"),
    ("cannot recurse further", "括弧の入れ子が深すぎます。"),
    ("recursion limit", "括弧の入れ子が深すぎます。"),
];

/// What to do about a line that is not TOML.
pub(super) const HOW_TO_WRITE: Text = Text::new(
    "文字列は引用符で囲み（Windowsのパスは '…'）、日本語のキーも引用符で囲んでください。一覧は [ ]、表は { } です。書き方は https://toml.io/ja/v1.0.0 にあります。",
    "texts stand in quotes (use '…' for Windows paths), Japanese keys too; lists in [ ], tables in { }; \
     see https://toml.io",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_says_has_its_japanese() {
        for text in [
            "a",
            "a =",
            "= 1",
            "a == 1",
            "a = b",
            "a = \"b",
            "a = 'b",
            "a = \"\"\"b",
            "a = '''b",
            "a = \"\\q\"",
            "a = \"\\u12\"",
            "a = \"\\uD800\"",
            "a = \"\u{7}\"",
            "a = '\u{7}'",
            "# \u{7}",
            "a = 1\rb",
            "a = 1\na = 2",
            "a = 1\na.b = 2",
            "a = []\na.b = 2",
            "a = {}\na.b = 2",
            "a^ = 1",
            "[a",
            "[[a",
            "[[a]",
            "]",
            "a]",
            "a = ]",
            "a = }",
            "a = [1",
            "a = {",
            "a = [,]",
            "a = [1 2]",
            "a = {b = 1 c = 2}",
            "a = {b 1}",
            "a = {= 1}",
            "a = {,}",
            "a = {b = = 1}",
            "a = {[]}",
            "a = [b = 1]",
            "a = 1 b = 2",
            "a = 01",
            "a = 1__0",
            "a = ++1",
            "a = 0X1",
            "a = +0x1",
            "a = 1.x",
            "a = 1x",
            "a = 0xg",
            "a = 0o9",
            "a = 0b2",
            "a = True",
            "a = 2026-13-01",
            "a = 25:00:00",
            "a = 2026-1-1",
            "\"\"\"a\"\"\" = 1",
            "'''a''' = 1",
            "a = \u{7}",
            "a\u{7} = 1",
            "[]",
            ".a = 1",
            "a. = 1",
            "a = tru",
            "a = in",
            "a = nax",
            "a = 1e",
            "a = 1e5.0",
            "a = .5",
            "a = -",
            "a = 1..2",
            "a = 2026-06-03T",
            "a = 2026-06-03T07:00:00+9",
            "a = 7:00",
            "[a]\n[a]",
            "a = [1]]",
            &format!("a = {}", "[".repeat(200)),
        ] {
            let faults = check(text);
            for (_, message) in faults.values() {
                assert_ne!(in_both(message).ja, OTHERWISE, "{text:?}: {message}");
            }
        }
    }
}
