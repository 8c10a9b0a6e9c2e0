//! Which part of a document is for readers of which language?
//!
//! A document is Markdown. Each paragraph in English has its Japanese below it, under a line `:ja`. Scenes between fences are
//! for both; a remark in one may end with its Japanese, behind `:ja` as well.

use crate::text::Lang;

/// What stands before what is Japanese.
const MARK: &str = ":ja";

/// The document in one language.
pub(super) fn prose(document: &str, lang: Lang) -> String {
    let mut told: Vec<String> = Vec::new();
    for block in blocks(document) {
        if block[0].starts_with("```") {
            told.push(block.iter().map(|line| remark(line, lang)).collect::<Vec<_>>().join("\n"));
        } else if (block[0] == MARK) == (lang == Lang::Ja) {
            told.push(match lang {
                Lang::Ja => paragraph(&block[1..]),
                Lang::En => block.join("\n"),
            });
        }
    }
    told.join("\n\n") + "\n"
}

/// What stands between empty lines; a scene with its fences is one block.
fn blocks(document: &str) -> Vec<Vec<&str>> {
    let mut blocks = vec![Vec::new()];
    let mut is_scene = false;
    for line in document.lines() {
        is_scene ^= line.starts_with("```");
        match blocks.last_mut() {
            Some(block) if is_scene || !line.is_empty() => block.push(line),
            _ => blocks.push(Vec::new()),
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// A Japanese paragraph on one line, since a line end would be shown as a space; a table stays as it is.
fn paragraph(lines: &[&str]) -> String {
    let between = if lines.iter().any(|line| line.starts_with('|')) { "\n" } else { "" };
    lines.join(between)
}

/// A line of a scene with its remark in one language.
fn remark(line: &str, lang: Lang) -> String {
    let both = line.split_once('#').and_then(|(scene, remark)| Some((scene, remark.split_once(MARK)?)));
    match (both, lang) {
        (None, _) => line.to_owned(),
        (Some((scene, (english, _))), Lang::En) => format!("{scene}#{}", english.trim_end()),
        (Some((scene, (_, japanese))), Lang::Ja) => format!("{scene}#{japanese}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::shipped;
    use crate::text::{english_in, is_japanese};

    const DOCUMENT: &str = "\
**Asks** whether
it does.

:ja
**問い** そう
か。

```kyoten
did 0 0 1 1  # a remark :ja 注釈

parcel A 0 0 1 1  # 市
```

| a |
|---|

:ja
| あ |
|---|
";

    #[test]
    fn a_document_is_told_in_one_language() {
        let english = "**Asks** whether\nit does.\n\n```kyoten\ndid 0 0 1 1  # a remark\n\nparcel A 0 0 1 1  # 市\n```\n\n| a |\n|---|\n";
        let japanese =
            "**問い** そうか。\n\n```kyoten\ndid 0 0 1 1  # 注釈\n\nparcel A 0 0 1 1  # 市\n```\n\n| あ |\n|---|\n";
        assert_eq!(prose(DOCUMENT, Lang::En), english);
        assert_eq!(prose(DOCUMENT, Lang::Ja), japanese);
    }

    #[test]
    fn every_paragraph_has_its_japanese_below_it() {
        let intro = ("intro", include_str!("intro.md"));
        let sets = shipped();
        let of_sets = sets.iter().map(|set| (set.id, set.doc));
        for (of, document) in shipped()
            .iter()
            .flat_map(|set| &set.criteria)
            .map(|criterion| (criterion.id, criterion.doc))
            .chain([intro])
            .chain(of_sets)
        {
            let paragraphs: Vec<_> =
                blocks(document).into_iter().filter(|block| !block[0].starts_with("```")).collect();
            for pair in paragraphs.chunks(2) {
                let [english, japanese] = pair else { panic!("{of}: {pair:?} stands alone") };
                assert!(english[0] != MARK && japanese[0] == MARK, "{of}: {english:?} has no Japanese");
                let japanese = paragraph(&japanese[1..]);
                assert!(is_japanese(&japanese), "{of}: {japanese}");
                // Their numbers are the same, so that nobody changes one alone.
                let numbers = |text: &str| {
                    let mut numbers: Vec<String> =
                        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
                    numbers.sort();
                    numbers
                };
                assert_eq!(numbers(&english.join("\n")), numbers(&japanese), "{of}: {japanese}");
            }
            assert_eq!(english_in(&prose(document, Lang::Ja)), None, "{of}");
        }
    }
}
