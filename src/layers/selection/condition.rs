//! A condition on a parcel's own properties: `面積 >= 300`, `地目 IN ('宅地', '雑種地')`, `備考 IS NULL`.
//!
//! That is what SQL has under WHERE, as far as a list of conditions that all hold goes. Names and values may be written without
//! quotes where they have no space and no sign in them.

use std::cmp::Ordering;

use super::value::Typed;
use super::words::{Word, words};
use crate::inputs::Fields;
use crate::text::Text;

/// A condition on one of a parcel's own properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The property.
    pub column: String,
    asked: Asked,
}

/// Conditions that are all to hold, as they were written.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// What was written.
    pub written: String,
    /// What it says.
    pub conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
enum Asked {
    /// How it stands to a value.
    Stands(Sign, Typed),
    /// Whether it is one of these, or none of them.
    OneOf(Vec<Typed>, bool),
    /// Whether it is null or blank, or not.
    Null(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
    Less,
    LessOrIs,
    More,
    MoreOrIs,
}

impl Sign {
    fn of(written: &str) -> Self {
        match written {
            "!=" => Self::IsNot,
            "<" => Self::Less,
            "<=" => Self::LessOrIs,
            ">" => Self::More,
            ">=" => Self::MoreOrIs,
            _ => Self::Is,
        }
    }
}

impl Filter {
    /// The conditions of a text, joined by AND.
    ///
    /// # Errors
    /// What cannot be understood.
    ///
    /// ```
    /// let found = kyoten::layers::Filter::parse("area >= 300 AND use IN (宅地, 雑種地)").unwrap();
    /// assert_eq!(found.conditions.len(), 2);
    /// assert_eq!(found.conditions[1].column, "use");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Text> {
        let all = words(text)?;
        let mut reader = Reader { words: &all };
        let mut conditions = vec![reader.condition()?];
        while !reader.words.is_empty() {
            reader.joined()?;
            conditions.push(reader.condition()?);
        }
        Ok(Self { written: text.trim().to_owned(), conditions })
    }
}

impl Condition {
    /// Whether a parcel with these properties fulfils it. What is null or blank fulfils none but `IS NULL`.
    pub(super) fn holds(&self, properties: &Fields) -> bool {
        let property = properties.get(&self.column);
        match &self.asked {
            Asked::Null(wanted) => property.and_then(crate::layers::as_text).is_none() == *wanted,
            Asked::OneOf(values, wanted) => {
                let answers: Vec<Option<bool>> = values.iter().map(|value| value.is(property)).collect();
                answers.iter().all(Option::is_some) && answers.contains(&Some(true)) == *wanted
            }
            Asked::Stands(Sign::Is, value) => value.is(property) == Some(true),
            Asked::Stands(Sign::IsNot, value) => value.is(property) == Some(false),
            Asked::Stands(sign, value) => value.compared(property).is_some_and(|stands| match sign {
                Sign::Less => stands == Ordering::Less,
                Sign::LessOrIs => stands != Ordering::Greater,
                Sign::More => stands == Ordering::Greater,
                _ => stands != Ordering::Less,
            }),
        }
    }
}

struct Reader<'a> {
    words: &'a [Word],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<&Word> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    /// Whether the next word is this one, whatever its case; then it is taken.
    fn takes(&mut self, wanted: &str) -> bool {
        let is = matches!(self.words.first(), Some(Word::Bare(word)) if word.eq_ignore_ascii_case(wanted));
        if is {
            self.words = &self.words[1..];
        }
        is
    }

    fn takes_mark(&mut self, wanted: char) -> bool {
        let is = self.words.first() == Some(&Word::Mark(wanted));
        if is {
            self.words = &self.words[1..];
        }
        is
    }

    /// The AND between two conditions.
    fn joined(&mut self) -> Result<(), Text> {
        if self.takes("and") {
            return Ok(());
        }
        if self.takes("or") {
            return Err(Text::new(
                "OR は使えません。値を並べるときは IN (…) を使ってください",
                "there is no OR; for one of several values write IN (…)",
            ));
        }
        let found = self.words.first().map(shown).unwrap_or_default();
        Err(text!(
            "「{found}」の前で条件が終わっています。値に空白や記号があるときは引用符で囲み、条件は AND でつないでください",
            "the condition ends before “{found}”: put quotes around a value with spaces or signs, and AND between conditions"
        ))
    }

    fn condition(&mut self) -> Result<Condition, Text> {
        let column = match self.next() {
            Some(Word::Bare(name) | Word::Quoted(name)) if !name.is_empty() => name.clone(),
            Some(word) => {
                let found = shown(word);
                return Err(text!("列の名前の代わりに「{found}」があります", "“{found}” stands where a column should"));
            }
            None => return Err(Text::new("列の名前がありません", "it names no column")),
        };
        Ok(Condition { column, asked: self.asked()? })
    }

    fn asked(&mut self) -> Result<Asked, Text> {
        if let Some(Word::Sign(sign)) = self.words.first() {
            self.words = &self.words[1..];
            return Ok(Asked::Stands(Sign::of(sign), self.value()?));
        }
        if self.takes("is") {
            let wanted = !self.takes("not");
            let is_said = self.takes("null");
            return if is_said { Ok(Asked::Null(wanted)) } else { Err(not_understood()) };
        }
        let wanted = !self.takes("not");
        if !self.takes("in") || !self.takes_mark('(') {
            return Err(not_understood());
        }
        let mut values = vec![self.value()?];
        while self.takes_mark(',') {
            values.push(self.value()?);
        }
        if self.takes_mark(')') { Ok(Asked::OneOf(values, wanted)) } else { Err(not_understood()) }
    }

    fn value(&mut self) -> Result<Typed, Text> {
        match self.next() {
            Some(Word::Bare(text)) if text.eq_ignore_ascii_case("null") => {
                Err(Text::new("空の値は IS NULL で尋ねてください", "ask for no value with IS NULL"))
            }
            Some(Word::Bare(text)) => Ok(Typed::new(text, false)),
            Some(Word::Quoted(text)) => Ok(Typed::new(text, true)),
            _ => Err(Text::new("値がありません", "it lacks a value")),
        }
    }
}

fn not_understood() -> Text {
    Text::new(
        "「列 演算子 値」の形で書いてください（演算子は = != < <= > >= IN NOT IN、または IS NULL、IS NOT NULL）",
        "write `column sign value`, the sign being one of = != < <= > >= IN, NOT IN, or `column IS NULL`, `column IS NOT NULL`",
    )
}

fn shown(word: &Word) -> String {
    match word {
        Word::Bare(text) | Word::Quoted(text) => text.clone(),
        Word::Sign(sign) => (*sign).to_owned(),
        Word::Mark(mark) => mark.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn holds(text: &str) -> bool {
        let parcel =
            json!({ "面積": 310.5, "地目": "宅地", "code": "0901", "n": "7", "備考": " ", "none": null, "a b": 1 });
        let found = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        found.conditions.iter().all(|one| one.holds(parcel.as_object().unwrap()))
    }

    #[test]
    fn what_fits_holds_and_what_does_not_does_not() {
        for text in [
            "面積 >= 310.5",
            "面積>300",
            "面積 < 1000",
            "n <= 7",
            "地目=宅地",
            "地目 = '宅地'",
            "地目 != 田",
            "地目 <> '田'",
            "code = 0901",
            "地目 in (田, 宅地)",
            "地目 NOT IN ('田','畑')",
            "none is null",
            "備考 IS NULL",
            "gone is null",
            "地目 is not null AND \"a b\" = 1",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in [
            "面積 < 100",
            "面積 > 310.5",
            "code = 901",
            "none != 3",
            "gone not in (1)",
            "備考 = ''",
            "地目 > 3",
            "地目 = 宅地 and 面積 > 1000",
            "n is null",
        ] {
            assert!(!holds(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_understood_says_what_is_wrong() {
        for (text, said) in [
            ("", "names no column"),
            ("= 3", "stands where a column should"),
            ("面積", "write `column sign value`"),
            ("面積 >=", "lacks a value"),
            ("面積 like 3", "write `column sign value`"),
            ("a = 1 or b = 2", "there is no OR"),
            ("name = 3 丁目", "ends before “丁目”"),
            ("name = null", "IS NULL"),
            ("a in (1, 2", "write `column sign value`"),
            ("a = 'x", "not closed"),
            ("a = 1 and", "names no column"),
        ] {
            assert!(Filter::parse(text).unwrap_err().en.contains(said), "{text}");
        }
    }
}
