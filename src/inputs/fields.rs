//! Questions to the fields of a layer: is there such a one, which is most like it, what number does it hold.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{InputError, RawFeature, RawLayer};

/// Makes sure that some feature has `field`. A layer without features is not blamed.
///
/// # Errors
/// [`InputError::MissingField`] with the fields that there are and the nearest of them.
pub fn require_field(layer: &RawLayer, field: &str) -> Result<(), InputError> {
    let Some(first) = layer.features.first() else { return Ok(()) };
    if layer.features.iter().any(|feature| feature.fields.contains_key(field)) {
        return Ok(());
    }
    let mut known: Vec<&str> = Vec::new();
    for name in layer.features.iter().flat_map(|feature| feature.fields.keys()) {
        if !known.contains(&name.as_str()) {
            known.push(name);
        }
    }
    known.extend(layer.labels.keys().map(String::as_str).filter(|name| !known.contains(name)).collect::<Vec<_>>());
    let path = layer.files.get(first.file).map(|file| file.path.clone()).unwrap_or_default();
    Err(missing_field(path, field, known))
}

/// The count or measure in a field, be it a JSON number or text (full-width digits and thousands commas allowed).
/// `None` where the feature lacks the field, or it is null or blank.
///
/// # Errors
/// [`InputError::NotANumber`] for anything else, infinities included; [`InputError::Negative`] below zero.
pub fn number(layer: &RawLayer, feature: &RawFeature, field: &str) -> Result<Option<f64>, InputError> {
    let value = match feature.fields.get(field) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(value) => value,
    };
    let found = match value {
        Value::String(text) => number_in(text),
        other => other.as_f64(),
    };
    let number = found.ok_or_else(|| InputError::NotANumber {
        path: layer.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default(),
        feature: feature.number,
        field: field.to_owned(),
        value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    })?;
    if number < 0.0 {
        let path = layer.files.get(feature.file).map(|file| file.path.clone()).unwrap_or_default();
        return Err(InputError::Negative { path, feature: feature.number, field: field.to_owned(), value: number });
    }
    Ok(Some(number))
}

/// The finite number that a text spells.
pub(super) fn number_in(text: &str) -> Option<f64> {
    let plain: String = text.trim().nfkc().filter(|&sign| sign != ',').collect();
    // `f64` also reads "inf" and "nan".
    plain.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The error that there is no such field among those that are known.
pub(crate) fn missing_field(path: std::path::PathBuf, field: &str, known: Vec<&str>) -> InputError {
    let best =
        known.iter().map(|name| (likeness(field, name), *name)).max_by(|(one, _), (other, _)| one.total_cmp(other));
    let nearest = best.filter(|(like, _)| *like > 0.5).map(|(_, name)| name.to_owned());
    InputError::MissingField {
        path,
        field: field.to_owned(),
        known: known.into_iter().map(str::to_owned).collect(),
        nearest,
    }
}

/// How much two names look alike, 0 to 1: edits against length, after NFKC and without regard to case.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    let plain = |name: &str| name.nfkc().collect::<String>().to_lowercase();
    strsim::normalized_damerau_levenshtein(&plain(one), &plain(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(fields: &[(&str, Value)]) -> RawLayer {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        RawLayer { features: vec![RawFeature { number: 3, file: 0, geometry: None, fields }], ..RawLayer::default() }
    }

    #[test]
    fn a_missing_field_names_the_known_and_the_nearest() {
        let layer = layer(&[("chiban", Value::Null), ("area", Value::Null)]);
        assert!(require_field(&layer, "chiban").is_ok());
        let Err(InputError::MissingField { known, nearest, .. }) = require_field(&layer, "Chibann") else { panic!() };
        assert_eq!((known, nearest.as_deref()), (vec!["chiban".to_owned(), "area".to_owned()], Some("chiban")));
        assert!(require_field(&RawLayer::default(), "x").is_ok());
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(number_in(" １，２３４．５ "), Some(1234.5));
        assert_eq!(number_in("inf"), None);
        let layer = layer(&[("a", "12".into()), ("b", " ".into()), ("c", "*".into()), ("d", 4.into())]);
        let read = |field| number(&layer, &layer.features[0], field);
        assert_eq!(read("a").unwrap(), Some(12.0));
        assert_eq!(read("b").unwrap(), None);
        assert_eq!(read("d").unwrap(), Some(4.0));
        let message = read("c").unwrap_err().to_string();
        assert!(message.contains("feature 3") && message.contains("“c” is “*”"), "{message}");
    }
}
