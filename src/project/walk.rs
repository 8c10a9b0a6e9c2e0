//! Walking a TOML document with known keys: values are asked for by type, and every problem is kept with its place.

use std::cell::RefCell;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::error::{Fault, KeyPath, Problem};
use super::keys;
use super::slips::{self, Slip};
use super::value::{as_reader_prints, date, described, number, time, written};
use crate::text::Text;
use crate::units::ServiceTime;

/// What most numbers are asked for as.
pub(super) const A_NUMBER: Text = Text::new("数", "a number");

/// What switches are asked for as.
pub(super) const ZERO_OR_ONE: Text = Text::new("0か1", "0 or 1");

/// Collects what is wrong with one document.
#[derive(Default)]
pub(super) struct Report {
    problems: RefCell<Vec<(usize, KeyPath, Fault)>>,
}

impl Report {
    fn add(&self, offset: usize, key: KeyPath, fault: Fault) {
        self.problems.borrow_mut().push((offset, key, fault));
    }

    /// The problems in the order of the text, with their places in it.
    pub(super) fn into_problems(self, text: &str) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(offset, ..)| *offset);
        let mut cursor = Cursor::new(text);
        let placed = problems.into_iter().map(|(offset, key, fault)| {
            let (line, column) = cursor.position(offset);
            Problem { line, column, key, fault }
        });
        placed.collect()
    }
}

/// Turns rising byte offsets into lines and columns, in one pass over the text.
pub(super) struct Cursor<'t> {
    ahead: &'t [u8],
    offset: usize,
    line: usize,
    column: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { ahead: text.as_bytes(), offset: 0, line: 1, column: 1 }
    }

    /// Line and column of a byte not before the last one asked for; both 1-based, the column in characters.
    pub(super) fn position(&mut self, offset: usize) -> (usize, usize) {
        let (passed, ahead) = self.ahead.split_at(offset.saturating_sub(self.offset).min(self.ahead.len()));
        for &byte in passed {
            match byte {
                b'\n' => (self.line, self.column) = (self.line + 1, 1),
                // A byte that goes on with a character of UTF-8.
                0x80..=0xBF => {}
                _ => self.column += 1,
            }
        }
        self.offset += passed.len();
        self.ahead = ahead;
        (self.line, self.column)
    }
}

/// A table of the document.
pub(super) struct TomlTable<'t> {
    report: &'t Report,
    path: String,
    offset: usize,
    content: &'t DeTable<'t>,
}

impl<'t> TomlTable<'t> {
    /// The whole document.
    pub(super) fn root(report: &'t Report, document: &'t DeTable<'t>) -> Self {
        Self { report, path: String::new(), offset: 0, content: document }
    }

    /// Reports every key that is not known.
    pub(super) fn knowing(self, known: &[&'static str]) -> Self {
        for entry in self.entries() {
            if !known.contains(&entry.key()) {
                entry.unknown_among(known);
            }
        }
        self
    }

    /// The same where another part of the program has looked at one key, whether it is known or not.
    pub(super) fn knowing_beside(self, known: &[&'static str], other: &str) -> Self {
        for entry in self.entries() {
            if entry.key() != other && !known.contains(&entry.key()) {
                entry.unknown_among(known);
            }
        }
        self
    }

    /// The entry behind a key.
    pub(super) fn get(&self, key: &str) -> Option<Entry<'t>> {
        self.content.get_key_value(key).map(|(key, value)| self.entry(key, value))
    }

    /// Whether the key is there, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.content.contains_key(key)
    }

    /// All entries, in the order of the text.
    pub(super) fn entries(&self) -> Vec<Entry<'t>> {
        let mut entries: Vec<_> = self.content.iter().map(|(key, value)| self.entry(key, value)).collect();
        entries.sort_by_key(|entry| entry.offset);
        entries
    }

    /// Reports that a key is not there.
    pub(super) fn missing(&self, key: &str, what: Text) {
        let key = KeyPath { table: self.path.clone(), key: key.to_owned() };
        self.report.add(self.offset, key, Fault::Missing { what });
    }

    fn entry(&self, key: &'t Spanned<std::borrow::Cow<'t, str>>, value: &'t Spanned<DeValue<'t>>) -> Entry<'t> {
        Entry {
            report: self.report,
            key: KeyPath { table: self.path.clone(), key: key.get_ref().to_string() },
            offset: key.span().start,
            value_offset: value.span().start,
            is_item: false,
            value: value.get_ref(),
        }
    }
}

/// A key with its value. What a value is asked for and is not, is reported, and the answer is `None`.
pub(super) struct Entry<'t> {
    report: &'t Report,
    key: KeyPath,
    offset: usize,
    value_offset: usize,
    /// Whether the value is one of a list.
    is_item: bool,
    value: &'t DeValue<'t>,
}

impl<'t> Entry<'t> {
    pub(super) fn key(&self) -> &str {
        &self.key.key
    }

    /// Reports a fault of this key.
    pub(super) fn fault(&self, fault: Fault) {
        self.report.add(self.offset, self.key.clone(), fault);
    }

    /// Reports that the key is none of those known.
    pub(super) fn unknown_among(&self, known: &[&'static str]) {
        self.fault(Fault::UnknownKey { nearest: keys::nearest(self.key(), known), known: known.to_vec() });
    }

    /// Reports that the value is of another type than the one wanted.
    pub(super) fn wrong(&self, wanted: Text) {
        self.fault(Fault::WrongType { wanted, found: described(self.value) });
    }

    /// Reports a slip of the pen in the value, where there is one; otherwise that the value is of another type.
    fn slip_or(&self, slip: Option<Slip>, wanted: impl FnOnce() -> Text) {
        match slip {
            Some(slip) => self.slip(slip),
            None => self.wrong(wanted()),
        }
    }

    /// Reports a slip of the pen in the value.
    pub(super) fn slip(&self, slip: Slip) {
        self.report.add(self.value_offset, self.key.clone(), Fault::Slip(slip));
    }

    /// The slip in a text that would be right in half width.
    fn in_full_width(&self, is_right: impl Fn(&str) -> bool) -> Option<Slip> {
        slips::in_full_width(self.lone_key(), self.as_text()?, is_right)
    }

    /// The key, where it has but this value.
    pub(super) fn lone_key(&self) -> Option<&str> {
        (!self.is_item).then(|| self.key())
    }

    /// Reports that a key which must be given in this table is not there, where the value is no table.
    pub(super) fn missing(&self, key: &str, what: Text) {
        let key = KeyPath { table: self.key.path(), key: key.to_owned() };
        self.report.add(self.offset, key, Fault::Missing { what });
    }

    /// Whether the value is a table, and not a path or a list of them.
    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether the value is `[]`.
    pub(super) fn is_empty_list(&self) -> bool {
        self.value.as_array().is_some_and(|list| list.is_empty())
    }

    /// The table.
    pub(super) fn table(&self) -> Option<TomlTable<'t>> {
        let Some(content) = self.value.as_table() else {
            self.wrong(Text::new("表", "a table"));
            return None;
        };
        Some(TomlTable { report: self.report, path: self.key.path(), offset: self.offset, content })
    }

    /// The entry behind a key of the table; `None` where the value is no table.
    pub(super) fn inner(&self, key: &str) -> Option<Entry<'t>> {
        self.is_table().then(|| self.table()).flatten()?.get(key)
    }

    /// The items of a list, each as an entry of this key with its own place; the entry alone where it is no list.
    pub(super) fn items(&self) -> Vec<Self> {
        let (report, key) = (self.report, || self.key.clone());
        match self.value.as_array() {
            Some(list) => {
                let item = |item: &'t Spanned<DeValue<'t>>| {
                    let offset = item.span().start;
                    Entry { report, key: key(), offset, value_offset: offset, is_item: true, value: item.get_ref() }
                };
                list.iter().map(item).collect()
            }
            None => vec![Entry { key: key(), ..*self }],
        }
    }

    /// The value as it is, where it is a text.
    pub(super) fn as_text(&self) -> Option<&'t str> {
        self.value.as_str()
    }

    /// A text that says something.
    pub(super) fn text(&self) -> Option<String> {
        let texts = self.several(
            Text::new("引用符で囲んだ文字列", "a text in quotes"),
            |value| value.as_str().map(str::to_owned),
            false,
        )?;
        texts.into_iter().next()
    }

    /// A text or a list of texts, at least one. `wanted` names everything that the key may be.
    pub(super) fn texts(&self, wanted: Text) -> Option<Vec<String>> {
        self.several(wanted, |value| value.as_str().map(str::to_owned), true)
    }

    /// A path or a list of paths, at least one. `wanted` names everything that the key may be.
    pub(super) fn paths(&self, wanted: Text) -> Option<Vec<String>> {
        let paths = self.texts(wanted)?;
        let mut are_right = true;
        for item in self.items() {
            if let Some(slip) = item.as_text().and_then(|path| slips::control_in_path(item.lone_key(), path)) {
                item.slip(slip);
                are_right = false;
            }
        }
        are_right.then_some(paths)
    }

    /// A value or a list of values, at least one, each as the text that a reader would give for it.
    pub(super) fn values(&self) -> Option<Vec<String>> {
        let wanted = Text::new(
            "文字列・数・true・false のどれか、またはその一覧",
            "a text, number, true or false, or a list of them",
        );
        self.several(wanted, as_reader_prints, true)
    }

    /// A number from a range, ends included. `wanted` names everything that the key may be.
    pub(super) fn number(&self, range: (f64, f64), unit: &'static str, wanted: Text) -> Option<f64> {
        let Some(number) = number(self.value) else {
            let slip = self.as_text().and_then(|text| slips::number_in_quotes(self.key(), text, unit));
            self.slip_or(slip, || wanted);
            return None;
        };
        if (range.0..=range.1).contains(&number) {
            return Some(number);
        }
        self.fault(Fault::OutOfRange { value: written(self.value), range, unit: slips::unit_text(unit) });
        None
    }

    /// A whole number from a range, ends included. `wanted` names everything that the key may be.
    pub(super) fn whole(&self, range: (u32, u32), unit: &'static str, wanted: Text) -> Option<u32> {
        let number = self.number((range.0.into(), range.1.into()), unit, wanted.clone())?;
        if number.fract() != 0.0 {
            self.wrong(wanted);
            return None;
        }
        Some(number as u32)
    }

    /// `true` or `false`.
    pub(super) fn truth(&self) -> Option<bool> {
        let truth = self.value.as_bool();
        if truth.is_none() {
            self.wrong(Text::new("trueかfalse", "true or false"));
        }
        truth
    }

    /// A day, as a date or as a text.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        let day = date(self.value);
        if day.is_none() {
            let is_day = |text: &str| date(&DeValue::String(text.into())).is_some();
            let wanted = || Text::new("2026-06-03のような日付", "a day such as 2026-06-03");
            self.slip_or(self.in_full_width(is_day), wanted);
        }
        day
    }

    /// A time of the service day, as a time or as a text, which may go past 24:00.
    pub(super) fn time(&self) -> Option<ServiceTime> {
        let time_of = time;
        let time = time_of(self.value);
        if time.is_none() {
            let is_time = |text: &str| time_of(&DeValue::String(text.into())).is_some();
            let wanted = || Text::new("\"07:00\"のような時刻", "a time such as \"07:00\"");
            self.slip_or(self.in_full_width(is_time), wanted);
        }
        time
    }

    /// A list of two numbers. `wanted` says what they are.
    pub(super) fn pair(&self, wanted: Text) -> Option<[f64; 2]> {
        let numbers = |list: &DeArray<'_>| list.iter().map(|item| number(item.get_ref())).collect::<Option<Vec<f64>>>();
        let pair = self.value.as_array().and_then(numbers).and_then(|numbers| <[f64; 2]>::try_from(numbers).ok());
        if pair.is_none() {
            self.wrong(wanted);
        }
        pair
    }

    /// One of several values, by the text that stands for it.
    pub(super) fn one_of<T: Copy>(&self, all: &[T], id: impl Fn(T) -> &'static str) -> Option<T> {
        let value = self.text()?;
        let found = all.iter().copied().find(|&one| id(one) == value);
        if found.is_none() {
            let known: Vec<&'static str> = all.iter().map(|&one| id(one)).collect();
            self.fault(Fault::NotOneOf { nearest: keys::nearest(&value, &known).0, value, known });
        }
        found
    }

    fn several(
        &self,
        wanted: Text,
        read: impl Fn(&DeValue<'_>) -> Option<String>,
        list_allowed: bool,
    ) -> Option<Vec<String>> {
        let read_all: Option<Vec<String>> = match self.value.as_array() {
            Some(list) if list_allowed => list.iter().map(|item| read(item.get_ref())).collect(),
            _ => read(self.value).map(|one| vec![one]),
        };
        let Some(values) = read_all else {
            self.wrong(wanted);
            return None;
        };
        if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
            self.fault(Fault::Empty);
            return None;
        }
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_lines_and_characters() {
        let text = "a = 1\r\n焼津 = 2\n";
        let mut cursor = Cursor::new(text);
        assert_eq!(cursor.position(0), (1, 1));
        assert_eq!(cursor.position(text.find('津').expect("it is there")), (2, 2));
        assert_eq!(cursor.position(text.find('2').expect("it is there")), (2, 6));
        assert_eq!(cursor.position(text.len() + 9), (3, 1));
    }
}
