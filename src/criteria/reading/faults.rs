//! What only a rule file can have wrong with a key or its value, and what is said of it.

use super::stays;
use crate::diagnostics::Diagnostic;
use crate::settings::{Entry, TomlTable, nearest};
use crate::text::Text;

/// A name that becomes a column or a key: small letters, digits and `between`.
pub(super) fn id(entry: &Entry<'_>, between: char) -> Option<&'static str> {
    let word = entry.text()?;
    is_id(&word, between).then(|| stays(&word)).or_else(|| {
        entry.report(no_id(&word, between));
        None
    })
}

/// Reports a key that cannot be a name.
pub(super) fn key_as_id(entry: &Entry<'_>, between: char) -> bool {
    let is_id = is_id(entry.key(), between);
    if !is_id {
        entry.report(no_id(entry.key(), between));
    }
    is_id
}

fn is_id(word: &str, between: char) -> bool {
    let mut signs = word.chars();
    signs.next().is_some_and(|first| first.is_ascii_lowercase())
        && signs.all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == between)
}

fn no_id(word: &str, between: char) -> Diagnostic {
    Diagnostic::error("rules-name-unfit", text!("「{word}」は名前に使えません。", "“{word}” cannot be a name")).help(
        text!(
            "英小文字で始め、英小文字・数字・`{between}` だけを使ってください。",
            "begin with a small letter, and use small letters, digits and `{between}` only"
        ),
    )
}

/// Reports a threshold with which nothing compares.
pub(super) fn unused(entry: &Entry<'_>, used: &[&str]) {
    let key = entry.key();
    let (near, is_near) = nearest(key, used);
    let message = text!(
        "[thresholds] の `{key}` は、どの条件からも使われていません。",
        "nothing compares with the threshold `{key}`"
    );
    let help = if is_near {
        text!(
            "条件が使っているのは `{near}` です。キーをそろえるか、この行を消してください。",
            "criteria compare with `{near}`: make the two keys one, or take this line away"
        )
    } else {
        Text::new("条件から使うか、この行を消してください。", "let a criterion compare with it, or take this line away")
    };
    entry.report(Diagnostic::error("rules-threshold-unused", message).help(help));
}

/// Reports zones that look at one another in a ring: `path` begins and ends with the same.
pub(super) fn ring(entry: &Entry<'_>, path: &[&str]) {
    let path = path.join(" → ");
    entry.report(
        Diagnostic::error(
            "rules-zones-in-a-ring",
            text!(
                "区域どうしが輪になって互いを条件にしています：{path}",
                "zones look at one another in a ring: {path}"
            ),
        )
        .help(Text::new(
            "どれかの区域から、ほかの区域を見る条件（`inside-zone` など）を外してください。",
            "take away a criterion by which one of them looks at another (`inside-zone` or the like)",
        )),
    );
}

/// Reports a placeholder in a text that stands for no threshold.
pub(super) fn placeholder(entry: &Entry<'_>, word: &str, known: &[&str]) {
    let (near, _) = nearest(word, known);
    entry.report(
        Diagnostic::error(
            "rules-placeholder-unknown",
            text!("{{{word}}} に当たる基準値がありません。", "{{{word}}} stands for no threshold"),
        )
        .help(text!(
            "`{near}` のことではありませんか。[thresholds] のキーを書きます。",
            "did you mean `{near}`? It must be a key of [thresholds]"
        )),
    );
}

/// Reports a criterion that a zone cannot ask so.
pub(super) fn cannot(entry: &Entry<'_>, criterion: &str, why: Text) {
    let message = text!("条件 `{criterion}`：{why}", "the criterion `{criterion}` {why}", why = why);
    entry.report(Diagnostic::error("rules-criterion-unfit", message));
}

/// Reports two columns of one name.
pub(super) fn column_twice(root: &TomlTable<'_>, column: &str) {
    root.report(
        Diagnostic::error(
            "rules-column-twice",
            text!("列 `{column}` が2つできます。", "the column `{column}` would be there twice"),
        )
        .help(Text::new(
            "区域や条件のIDを、ほかの列と重ならないものに変えてください。",
            "give zones and criteria ids that no other column has",
        )),
    );
}

/// Reports more criteria than there may be.
pub(super) fn too_many(root: &TomlTable<'_>, most: usize) {
    let message = text!("条件は{most}個までです。", "there are more than {most} criteria");
    root.report(Diagnostic::error("rules-too-many-criteria", message));
}

/// Reports the id of a rule set that ships.
pub(super) fn shipped(entry: &Entry<'_>, id: &str) {
    let message = text!(
        "`{id}` は付属のルールの名前です。",
        "`{id}` is the name of a rule set that ships, and this one is another"
    );
    entry.report(
        Diagnostic::error("rules-name-taken", message)
            .help(Text::new("別の `id` を付けてください。", "give it another `id`")),
    );
}
