//! A key with its value: what it is asked for and is not is reported.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::error::{Fault, KeyPath};
use super::nearest;
use super::slips::{self, Slip};
use super::table::{Report, TomlTable};
use super::value::{as_reader_prints, date, decimal, described, number, time, written};
use crate::diagnostics::Diagnostic;
use crate::text::Text;
use crate::units::ServiceTime;

/// What most numbers are asked for as.
pub const A_NUMBER: Text = Text::new("数", "a number");

/// What switches are asked for as.
pub const ZERO_OR_ONE: Text = Text::new("0か1", "0 or 1");

/// A key with its value. What a value is asked for and is not, is reported, and the answer is `None`.
#[derive(Clone)]
pub struct Entry<'t> {
    pub(super) report: &'t Report,
    pub(super) key: KeyPath,
    pub(super) offset: usize,
    pub(super) value_offset: usize,
    /// Whether the value is one of a list.
    pub(super) is_item: bool,
    pub(super) value: &'t DeValue<'t>,
}

#[expect(clippy::must_use_candidate, reason = "each reports what it does not find")]
impl<'t> Entry<'t> {
    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key.key
    }

    /// The key with its table.
    #[must_use]
    pub fn path(&self) -> &KeyPath {
        &self.key
    }

    /// Reports a fault of this key, at its line: of a list's item, at the item's.
    pub fn fault(&self, fault: Fault) {
        let offset = if matches!(fault, Fault::Slip(_)) { self.value_offset } else { self.offset };
        self.report.add(offset, self.key.clone(), fault);
    }

    /// Reports a problem of the reader's own, at the same line. The place that it has is not looked at;
    /// [`KeyPath::text`] of [`Self::path`] says in a sentence which key it is about.
    pub fn report(&self, problem: Diagnostic) {
        self.fault(Fault::Own(problem));
    }

    /// Reports a problem of another file that the value names, with the place that it has there.
    pub fn report_elsewhere(&self, problem: Diagnostic) {
        self.fault(Fault::Elsewhere(problem));
    }

    /// Reports that the key is none of those known.
    pub fn unknown_among(&self, known: &[&str]) {
        let (nearest, is_near) = nearest(self.key(), known);
        self.fault(Fault::UnknownKey { nearest: (nearest.to_owned(), is_near), known: owned(known), or: None });
    }

    /// The same where other keys may be written in some way.
    pub fn unknown_among_or(&self, known: &[&str], way: Text) {
        let (nearest, is_near) = nearest(self.key(), known);
        self.fault(Fault::UnknownKey { nearest: (nearest.to_owned(), is_near), known: owned(known), or: Some(way) });
    }

    /// Reports that the value is none of those known.
    pub fn none_of(&self, value: &str, known: &[&str]) {
        let nearest = nearest(value, known).0.to_owned();
        self.fault(Fault::NotOneOf { value: value.to_owned(), nearest, known: owned(known) });
    }

    /// Reports that the value is of another type than the one wanted.
    pub fn wrong(&self, wanted: Text) {
        self.fault(Fault::WrongType { wanted, found: described(self.value) });
    }

    /// Reports a slip of the pen in the value, where there is one; otherwise that the value is of another type.
    fn slip_or(&self, slip: Option<Slip>, wanted: impl FnOnce() -> Text) {
        match slip {
            Some(slip) => self.fault(Fault::Slip(slip)),
            None => self.wrong(wanted()),
        }
    }

    /// The slip in a text that would be right in half width.
    #[must_use]
    pub fn in_full_width(&self, is_right: impl Fn(&str) -> bool) -> Option<Slip> {
        slips::in_full_width(self.lone_key(), self.as_text()?, is_right)
    }

    /// The key, where it has but this value.
    fn lone_key(&self) -> Option<&str> {
        (!self.is_item).then(|| self.key())
    }

    /// Reports that a key which must be given in this table is not there, where the value is no table.
    pub fn missing(&self, key: &str, what: Text) {
        let key = KeyPath { table: self.key.path(), key: key.to_owned() };
        self.report.add(self.offset, key, Fault::Missing { what });
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether the value is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Whether the value is `[]`.
    #[must_use]
    pub fn is_empty_list(&self) -> bool {
        self.value.as_array().is_some_and(|list| list.is_empty())
    }

    /// The table.
    pub fn table(&self) -> Option<TomlTable<'t>> {
        let Some(content) = self.value.as_table() else {
            self.wrong(Text::new("表", "a table"));
            return None;
        };
        Some(TomlTable { report: self.report, path: self.key.path(), offset: self.offset, content })
    }

    /// The entry behind a key of the table; `None` where the value is no table.
    #[must_use]
    pub fn inner(&self, key: &str) -> Option<Self> {
        self.is_table().then(|| self.table()).flatten()?.get(key)
    }

    /// The items of a list, each as an entry of this key with its own place; the entry alone where it is no list.
    #[must_use]
    pub fn items(&self) -> Vec<Self> {
        let (report, key) = (self.report, || self.key.clone());
        match self.value.as_array() {
            Some(list) => {
                let item = |item: &'t Spanned<DeValue<'t>>| {
                    let offset = item.span().start;
                    Entry { report, key: key(), offset, value_offset: offset, is_item: true, value: item.get_ref() }
                };
                list.iter().map(item).collect()
            }
            None => vec![self.clone()],
        }
    }

    /// A list of texts and of lists of texts, `["a", ["b", "c"]]`, each text as an entry of this key with its own place; a
    /// text alone is a list of its own. Nothing in it is empty. `wanted` says what the texts are.
    pub fn groups(&self, wanted: &Text) -> Option<Vec<Vec<Self>>> {
        if !self.is_list() {
            self.wrong(wanted.clone());
            return None;
        }
        if self.is_empty_list() {
            self.fault(Fault::Empty);
            return None;
        }
        // All of it is asked before one that is wrong gives the list up.
        let groups: Vec<Option<Vec<Self>>> = self.items().iter().map(|item| item.group(wanted)).collect();
        groups.into_iter().collect()
    }

    fn group(&self, wanted: &Text) -> Option<Vec<Self>> {
        self.texts(wanted.clone())?;
        Some(self.items())
    }

    /// A text in two languages: a table `{ ja = "…", en = "…" }`, or one text for both.
    pub fn in_both(&self) -> Option<Text> {
        if self.as_text().is_some() {
            return self.text().map(Text::from);
        }
        if !self.is_table() {
            self.wrong(Text::new(
                "文字列、または { ja = \"…\", en = \"…\" } の表",
                "a text in quotes, or a table { ja = \"…\", en = \"…\" }",
            ));
            return None;
        }
        let table = self.table()?.knowing(&["ja", "en"]);
        let [ja, en] = ["ja", "en"].map(|missing| {
            let entry = table.get(missing);
            if entry.is_none() {
                self.fault(Fault::OneLanguage { missing });
            }
            entry.and_then(|entry| entry.text())
        });
        Some(Text { ja: ja?.into(), en: en?.into() })
    }

    /// The value as it is, where it is a text.
    #[must_use]
    pub fn as_text(&self) -> Option<&'t str> {
        self.value.as_str()
    }

    /// A text that says something.
    pub fn text(&self) -> Option<String> {
        let texts = self.several(
            Text::new("引用符で囲んだ文字列", "a text in quotes"),
            |value| value.as_str().map(str::to_owned),
            false,
        )?;
        texts.into_iter().next()
    }

    /// A text or a list of texts, at least one. `wanted` names everything that the key may be.
    pub fn texts(&self, wanted: Text) -> Option<Vec<String>> {
        self.several(wanted, |value| value.as_str().map(str::to_owned), true)
    }

    /// A path or a list of paths, at least one. `wanted` names everything that the key may be.
    pub fn paths(&self, wanted: Text) -> Option<Vec<String>> {
        let paths = self.texts(wanted)?;
        let mut are_right = true;
        for item in self.items() {
            if let Some(slip) = item.as_text().and_then(|path| slips::control_in_path(item.lone_key(), path)) {
                item.fault(Fault::Slip(slip));
                are_right = false;
            }
        }
        are_right.then_some(paths)
    }

    /// A value or a list of values, at least one, each as the text that a reader would give for it.
    pub fn values(&self) -> Option<Vec<String>> {
        let wanted = Text::new(
            "文字列・数・true・false のどれか、またはその一覧",
            "a text, number, true or false, or a list of them",
        );
        self.several(wanted, as_reader_prints, true)
    }

    /// A number from a range, ends included. `wanted` names everything that the key may be.
    pub fn number(&self, range: (f64, f64), unit: &'static str, wanted: Text) -> Option<f64> {
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
    pub fn whole(&self, range: (u32, u32), unit: &'static str, wanted: Text) -> Option<u32> {
        let number = self.number((range.0.into(), range.1.into()), unit, wanted.clone())?;
        if number.fract() != 0.0 {
            self.wrong(wanted);
            return None;
        }
        Some(number as u32)
    }

    /// A number from a range, ends included, in the decimal digits that it was written with. `wanted` names everything that
    /// the key may be.
    pub fn decimal(&self, range: (f64, f64), unit: &'static str, wanted: Text) -> Option<String> {
        self.number(range, unit, wanted.clone())?;
        let digits = decimal(self.value);
        if digits.is_none() {
            self.wrong(wanted);
        }
        digits
    }

    /// `true` or `false`.
    pub fn truth(&self) -> Option<bool> {
        let truth = self.value.as_bool();
        if truth.is_none() {
            self.wrong(Text::new("trueかfalse", "true or false"));
        }
        truth
    }

    /// A day, as a date or as a text.
    pub fn date(&self) -> Option<NaiveDate> {
        let day = date(self.value);
        if day.is_none() {
            let is_day = |text: &str| date(&DeValue::String(text.into())).is_some();
            let wanted = || Text::new("2026-06-03のような日付", "a day such as 2026-06-03");
            self.slip_or(self.in_full_width(is_day), wanted);
        }
        day
    }

    /// A time of the service day, as a time or as a text, which may go past 24:00.
    pub fn time(&self) -> Option<ServiceTime> {
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
    pub fn pair(&self, wanted: Text) -> Option<[f64; 2]> {
        let numbers = |list: &DeArray<'_>| list.iter().map(|item| number(item.get_ref())).collect::<Option<Vec<f64>>>();
        let pair = self.value.as_array().and_then(numbers).and_then(|numbers| <[f64; 2]>::try_from(numbers).ok());
        if pair.is_none() {
            self.wrong(wanted);
        }
        pair
    }

    /// One of several values, by the text that stands for it.
    pub fn one_of<'n, T: Copy>(&self, all: &[T], id: impl Fn(T) -> &'n str) -> Option<T> {
        let value = self.text()?;
        let found = all.iter().copied().find(|&one| id(one) == value);
        if found.is_none() {
            self.none_of(&value, &all.iter().map(|&one| id(one)).collect::<Vec<_>>());
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

fn owned(all: &[&str]) -> Vec<String> {
    all.iter().map(|&one| one.to_owned()).collect()
}
