//! A parcel (筆): its attributes as properties, and what it is known by.

use serde_json::Value;

use super::sheet::About;
use super::spatial::Surface;
use crate::inputs::Fields;
use crate::inputs::json_text;

/// The attributes that a parcel may have, in the order in which other converters of these files give them. Of a parcel
/// whose boundary is not settled (筆界未定地), 筆界未定構成筆 names the parcels that it consists of.
pub(super) const FIELDS: [&str; 12] = [
    "大字コード",
    "丁目コード",
    "小字コード",
    "予備コード",
    "大字名",
    "丁目名",
    "小字名",
    "予備名",
    "地番",
    "筆界未定構成筆",
    "精度区分",
    "座標値種別",
];

/// Where in [`FIELDS`] the parcel's number stands.
const NUMBER: usize = 8;

/// The id of a parcel within its file, as other converters call it.
const LOCAL_ID: &str = "筆ID";

/// The id of a parcel within the country.
const KEY: &str = "筆キー";

/// What stands between values of one name.
pub(super) const BETWEEN: &str = "、";

/// A parcel.
#[derive(Debug, Default)]
pub(super) struct RegisteredParcel {
    /// 1-based position among the 筆 of its file.
    pub(super) position: usize,
    pub(super) local_id: String,
    /// One for each of [`FIELDS`].
    pub(super) values: [Option<String>; FIELDS.len()],
    /// Attributes that are not among [`FIELDS`].
    pub(super) others: Vec<(String, String)>,
    pub(super) surface: Option<Surface>,
}

impl RegisteredParcel {
    /// Keeps an attribute; several of one name are listed.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let known = match FIELDS.iter().position(|field| *field == name) {
            Some(index) => self.values[index].as_mut(),
            None => self.others.iter_mut().find(|(other, _)| other == name).map(|(_, value)| value),
        };
        if let Some(known) = known {
            known.push_str(BETWEEN);
            known.push_str(value);
        } else if let Some(index) = FIELDS.iter().position(|field| *field == name) {
            self.values[index] = Some(value.to_owned());
        } else {
            self.others.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Whether this is land beyond the surveyed district (地区外) or land whose parcels are drawn on another sheet (別図):
    /// the office numbers such areas `地区外-1`, `別図-1`, …
    pub(super) fn is_no_parcel(&self) -> bool {
        self.values[NUMBER].as_deref().is_some_and(|number| number.contains("地区外") || number.contains("別図"))
    }

    /// What the parcel is known by all over the country: the code of the municipality, the four codes of the district,
    /// and the number, with hyphens between. The same parcel has it on every sheet.
    pub(super) fn key(&self, about: &About) -> String {
        let codes = self.values[..4].iter().chain([&self.values[NUMBER]]);
        let parts = std::iter::once(&about.values[1]).chain(codes).map(|part| part.as_deref().unwrap_or_default());
        parts.collect::<Vec<_>>().join("-")
    }

    /// Every property in a fixed order; `None` for one that the file leaves out.
    fn properties<'a>(&'a self, about: &'a About, key: &'a str) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        let ids = [(LOCAL_ID, Some(self.local_id.as_str())), (KEY, Some(key))];
        let of_sheet = About::FIELDS.into_iter().zip(about.values.iter().map(Option::as_deref));
        let own = FIELDS.into_iter().zip(self.values.iter().map(Option::as_deref));
        let others = self.others.iter().map(|(name, value)| (name.as_str(), Some(value.as_str())));
        ids.into_iter().chain(of_sheet).chain(own).chain(others)
    }

    /// The value of a property.
    pub(super) fn property(&self, about: &About, name: &str) -> Option<String> {
        let key = self.key(about);
        self.properties(about, &key).find(|(known, _)| *known == name).and_then(|(_, value)| value.map(str::to_owned))
    }

    /// The names of all properties.
    pub(super) fn names(&self, about: &About) -> Vec<String> {
        self.properties(about, "").map(|(name, _)| name.to_owned()).collect()
    }

    /// The properties as the text of a JSON object.
    pub(super) fn object_text(&self, about: &About) -> String {
        let key = self.key(about);
        let mut json = Vec::with_capacity(512);
        for (name, value) in self.properties(about, &key) {
            json.push(if json.is_empty() { b'{' } else { b',' });
            json_text::push_str(name, &mut json);
            json.push(b':');
            match value {
                Some(value) => json_text::push_str(value, &mut json),
                None => json.extend(b"null"),
            }
        }
        json.push(b'}');
        String::from_utf8(json).expect("names and values are text")
    }

    /// The properties for layers.
    pub(super) fn fields(&self, about: &About) -> Fields {
        let key = self.key(about);
        let value = |value: Option<&str>| value.map_or(Value::Null, Value::from);
        self.properties(about, &key).map(|(name, text)| (name.to_owned(), value(text))).collect()
    }
}
