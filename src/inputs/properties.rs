//! The input's own properties, from the texts of JSON objects to columns with a name and a type.
//!
//! Formats with types must know them before the first parcel. So the texts are gone through once before, chunk by chunk
//! and in the order of the input, and no map of a feature is ever built.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What begins the name of an input's property where another column has that name.
pub const INPUT_PREFIX: &str = "input_";

/// Names that the formats give to columns of their own: the key and the geometry of a `GeoPackage`, and the geometry
/// of a `GeoParquet` file with the boxes. No column goes without a name.
const NAMES_OF_FORMATS: [&str; 5] = ["fid", "geom", "geometry", "bbox", ""];

/// A table of more cells than this is not made where so many of them stand for one value.
const MANY_CELLS: u64 = 1 << 24;
const CELLS_A_VALUE: u64 = 256;

/// What a column holds. A null fits all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// `true` and `false`.
    Bool,
    /// A whole number of 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Number,
    /// Text, or the JSON of whatever fits no other type.
    Text,
}

impl ValueType {
    /// The narrowest type of a JSON value; `None` for null.
    fn of(json: &str) -> Option<Self> {
        match json.as_bytes().first()? {
            b'n' => None,
            b't' | b'f' => Some(Self::Bool),
            b'-' | b'0'..=b'9' if json.parse::<i64>().is_ok() => Some(Self::Integer),
            b'-' | b'0'..=b'9' if json.parse::<f64>().is_ok_and(f64::is_finite) => Some(Self::Number),
            _ => Some(Self::Text),
        }
    }

    /// The narrowest type that holds what two types hold.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Self::Number,
            _ => Self::Text,
        }
    }
}

/// The properties that some parcels have, in the order in which they first appear.
///
/// ```
/// use kyoten::inputs::{Properties, ValueType};
/// let mut seen = Properties::default();
/// seen.see(r#"{"chiban":"0720-3","area":null}"#);
/// seen.see(r#"{"area":12,"use":"田"}"#);
/// let found: Vec<_> = seen.iter().collect();
/// assert_eq!(found, [("chiban", ValueType::Text), ("area", ValueType::Integer), ("use", ValueType::Text)]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Names and types; no type where all values are null.
    list: Vec<(String, Option<ValueType>)>,
    indices: BTreeMap<String, usize>,
    /// How many parcels were seen, and how many values they have together.
    parcels: u64,
    values: u64,
}

impl Properties {
    /// Takes in the properties of one parcel: the text of a JSON object.
    pub fn see(&mut self, object: &str) {
        let mut next = 0;
        self.parcels += 1;
        each_member(object, |name, value| {
            self.values += 1;
            let index = self.index_or_new(name, next);
            self.widen(index, ValueType::of(value));
            next = index + 1;
        });
    }

    /// Takes in what was seen of the parcels that follow.
    pub fn merge(&mut self, later: &Self) {
        self.parcels += later.parcels;
        self.values += later.values;
        for (next, (name, kind)) in later.list.iter().enumerate() {
            let index = self.index_or_new(name, next);
            self.widen(index, *kind);
        }
    }

    /// How many parcels and how many values there are, where a table of them would be so large and so empty that nobody means one:
    /// columns that each belong to a few parcels grow with the square of the parcels.
    #[must_use]
    pub fn too_sparse(&self) -> Option<(u64, u64)> {
        let cells = self.parcels.saturating_mul(self.list.len() as u64);
        let is_too_sparse = cells > MANY_CELLS && cells / CELLS_A_VALUE > self.values;
        is_too_sparse.then_some((self.parcels, self.values))
    }

    /// Names and types. What is null everywhere is text.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, ValueType)> {
        self.list.iter().map(|(name, kind)| (name.as_str(), kind.unwrap_or(ValueType::Text)))
    }

    /// The values of one parcel as JSON, by the index of their property; of a name that stands twice, the last.
    pub fn values<'a>(&self, object: &'a str, values: &mut Vec<Option<&'a str>>) {
        values.clear();
        values.resize(self.list.len(), None);
        let mut next = 0;
        each_member(object, |name, value| {
            if let Some(index) = self.index_of(name, next) {
                values[index] = Some(value);
                next = index + 1;
            }
        });
    }

    /// The names under which they go out, ignoring case different from each other, from `columns` and from those that
    /// formats give: databases take `Name` and `name` for one.
    #[must_use]
    pub fn names_beside<'a>(&self, columns: impl Iterator<Item = &'a str>) -> Vec<String> {
        let columns: BTreeSet<&str> = columns.collect();
        let exact: BTreeSet<&str> = self.list.iter().map(|(name, _)| name.as_str()).collect();
        let mut taken: BTreeSet<String> =
            columns.iter().copied().chain(NAMES_OF_FORMATS).map(str::to_lowercase).collect();
        let mut names = vec![String::new(); self.list.len()];
        // Those that GeoJSON renames come first, so that they are called the same here.
        let (renamed, others): (Vec<_>, Vec<_>) =
            self.list.iter().zip(&mut names).partition(|((name, _), _)| columns.contains(name.as_str()));
        for ((name, _), new) in renamed.into_iter().chain(others) {
            let mut free = name.clone();
            while taken.contains(&free.to_lowercase()) || (free != *name && exact.contains(free.as_str())) {
                free.insert_str(0, INPUT_PREFIX);
            }
            taken.insert(free.to_lowercase());
            // What ends a name in C ends it for most programs that read the file.
            *new = free.replace('\0', "\u{fffd}");
        }
        names
    }

    /// Where a property stands; `next` is where it stands if parcels have theirs in one order.
    fn index_of(&self, name: &str, next: usize) -> Option<usize> {
        match self.list.get(next) {
            Some((known, _)) if known == name => Some(next),
            _ => self.indices.get(name).copied(),
        }
    }

    fn index_or_new(&mut self, name: &str, next: usize) -> usize {
        self.index_of(name, next).unwrap_or_else(|| {
            let index = self.list.len();
            self.list.push((name.to_owned(), None));
            self.indices.insert(name.to_owned(), index);
            index
        })
    }

    fn widen(&mut self, index: usize, kind: Option<ValueType>) {
        let known = &mut self.list[index].1;
        *known = match (*known, kind) {
            (Some(one), Some(other)) => Some(one.or(other)),
            (one, other) => one.or(other),
        };
    }
}

/// The text that a JSON value stands for in a column of texts: a string's own, else the JSON as it is written.
#[must_use]
pub fn plain_text(json: &str) -> Cow<'_, str> {
    let Some(inner) = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(json);
    };
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    // Half of a surrogate pair is JSON and no text.
    serde_json::from_str(json).map_or(Cow::Borrowed(inner), Cow::Owned)
}

/// Calls `member` with the name and the JSON of each member of an object. The text is known to be JSON; where it is no
/// object there is none.
fn each_member<'a>(object: &'a str, member: impl FnMut(&str, &'a str)) {
    struct Members<F>(F);
    impl<'de, F: FnMut(&str, &'de str)> Visitor<'de> for Members<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
            while let Some((name, value)) = members.next_entry::<&RawValue, &RawValue>()? {
                (self.0)(&plain_text(name.get()), value.get());
            }
            Ok(())
        }
    }
    let _ = serde_json::Deserializer::from_str(object).deserialize_map(Members(member));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(objects: &[&str]) -> Vec<(String, ValueType)> {
        let mut properties = Properties::default();
        for object in objects {
            properties.see(object);
        }
        properties.iter().map(|(name, kind)| (name.to_owned(), kind)).collect()
    }

    fn types(values: &[&str]) -> ValueType {
        let objects: Vec<String> = values.iter().map(|value| format!(r#"{{"a":{value}}}"#)).collect();
        seen(&objects.iter().map(String::as_str).collect::<Vec<_>>())[0].1
    }

    #[test]
    fn the_narrowest_type_that_holds_all_values_is_taken() {
        use ValueType::{Bool, Integer, Number, Text};
        for (values, expected) in [
            (&["1", "null", "-2"][..], Integer),
            (&["1", "2.5"], Number),
            (&["1.0"], Number),
            (&["9223372036854775807"], Integer),
            (&["9223372036854775808"], Number),
            (&["1e999"], Text),
            (&["true", "null"], Bool),
            (&["true", "1"], Text),
            (&["1", "\"1\""], Text),
            (&["\"07203\""], Text),
            (&["[1]"], Text),
            (&["{\"b\":1}", "null"], Text),
            (&["null", "null"], Text),
        ] {
            assert_eq!(types(values), expected, "{values:?}");
        }
    }

    #[test]
    fn parts_put_together_are_the_whole() {
        let objects = [
            r#"{"b":1,"a":null}"#,
            r#"{"c":true}"#,
            "{}",
            "null",
            r#"{"a":"x","b":0.5,"\u0063":false}"#,
            r#"{"d":[]}"#,
        ];
        let whole = seen(&objects);
        assert_eq!(whole.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["b", "a", "c", "d"]);
        for cut in 0..objects.len() {
            let mut parts = [Properties::default(), Properties::default()];
            objects.iter().enumerate().for_each(|(index, object)| parts[usize::from(index >= cut)].see(object));
            let [mut first, later] = parts;
            first.merge(&later);
            assert_eq!(first.iter().map(|(name, kind)| (name.to_owned(), kind)).collect::<Vec<_>>(), whole);
        }
    }

    #[test]
    fn values_come_by_property_in_whatever_order_they_stand() {
        let mut properties = Properties::default();
        properties.see(r#"{"a":1,"b":2,"c":3}"#);
        let mut values = Vec::new();
        properties.values(r#"{ "c" : "x" , "a":[ 1 ], "a":{"b":7} }"#, &mut values);
        assert_eq!(values, [Some(r#"{"b":7}"#), None, Some("\"x\"")]);
        properties.values("{}", &mut values);
        assert_eq!(values, [None; 3]);
    }

    #[test]
    fn a_table_that_is_nearly_empty_is_none_and_one_with_many_columns_is() {
        let of = |parcels: u32, columns: u32, each: u32| {
            let mut seen = Properties::default();
            for parcel in 0..parcels {
                let members: Vec<String> =
                    (0..each).map(|own| format!("\"p{}\":1", (parcel * each + own) % columns)).collect();
                seen.see(&format!("{{{}}}", members.join(",")));
            }
            seen.too_sparse()
        };
        assert_eq!(of(5000, 5000, 1), Some((5000, 5000)));
        assert_eq!(of(500, 500, 1), None);
        assert_eq!(of(5000, 5000, 20), None);
    }

    #[test]
    fn no_two_columns_have_the_same_name_whatever_its_case() {
        let names = |object: &str| {
            let mut properties = Properties::default();
            properties.see(object);
            properties.names_beside(["central", "area_m2"].into_iter())
        };
        assert_eq!(names(r#"{"a":1,"central":2}"#), ["a", "input_central"]);
        assert_eq!(names(r#"{"central":1,"input_central":2}"#), ["input_input_central", "input_central"]);
        assert_eq!(names(r#"{"Central":1,"central":2}"#), ["input_input_Central", "input_central"]);
        assert_eq!(names(r#"{"Name":1,"name":2,"NAME":3}"#), ["Name", "input_name", "input_input_NAME"]);
        assert_eq!(names(r#"{"FID":1,"geometry":2,"":3}"#), ["input_FID", "input_geometry", "input_"]);
    }

    #[test]
    fn text_is_what_a_string_says_and_json_what_anything_else_is() {
        assert_eq!(plain_text(r#""a\"b\u7530""#), "a\"b田");
        assert_eq!(plain_text(r#""\ud800""#), r"\ud800");
        assert_eq!(plain_text("[1, 2]"), "[1, 2]");
    }
}
