//! Which features of a layer take part: those that `where` and `classes` ask for, or the publication's own classes.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::load::known_fields;
use super::lost::{InDoubt, UNSAID as UNSAID_CLASS};
use super::{LayerError, LayerKey, LayerSpec, Publication, as_text, wards};
use crate::inputs::{self, RawFeature, RawLayer};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Features that `where` or `classes` left out.
pub static FILTERED: NoticeKind = NoticeKind {
    id: "filtered-out",
    severity: Severity::Info,
    what: Text::new(
        "`where` か `classes` の条件に合わない地物を外しました。",
        "feature(s) left out by `where` or `classes`",
    ),
    advice: None,
};

/// A designated city in `where` that a file has by its wards.
pub static BY_WARDS: NoticeKind = NoticeKind {
    id: "city-by-wards",
    severity: Severity::Info,
    what: Text::new(
        "`where` に書かれた政令指定都市や特別区部はファイルでは区に分かれているので、すべての区を使いました。",
        "code(s) of a designated city (政令指定都市) or of the special wards (特別区部) in `where` that the file has by its wards; all of them take part",
    ),
    advice: None,
};

/// What each file of a layer was published as, where that is known and is this layer.
pub(super) type Published = [Option<&'static Publication>];

/// Keeps the features that `where` asks for.
pub(super) fn filter(
    raw: &mut RawLayer,
    in_doubt: &mut InDoubt,
    key: LayerKey,
    spec: &LayerSpec,
    notices: &mut Notices,
) -> Result<(), LayerError> {
    for (field, wanted) in &spec.filter {
        let asked = files_asked(raw, key, field);
        choose((raw, in_doubt), key, (field, wanted), &asked, notices)?;
    }
    Ok(())
}

/// Keeps the features of the classes that `classes` asks for, or those of the publication, each in its own files.
pub(super) fn filter_classes(
    raw: &mut RawLayer,
    in_doubt: &mut InDoubt,
    (key, published): (LayerKey, &Published),
    spec: &LayerSpec,
    notices: &mut Notices,
) -> Result<(), LayerError> {
    let classes_of = |file: usize| published[file].and_then(|found| found.classes_of(key));
    let named = spec.classes.as_ref();
    if let Some((Some(field), classes)) = named {
        let asked = files_asked(raw, key, field);
        return choose((raw, in_doubt), key, (field, classes), &asked, notices);
    }
    let mut known: Vec<(&str, &[&str])> = (0..raw.files.len()).filter_map(classes_of).collect();
    known.sort_unstable();
    known.dedup();
    if named.is_some() && known.is_empty() {
        let path = raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
        return Err(LayerError::NoField { layer: key.name(), path, role: "class", known: known_fields(raw) });
    }
    for (field, usual) in known {
        let asked: Vec<bool> = (0..raw.files.len()).map(|file| classes_of(file) == Some((field, usual))).collect();
        let usual = || usual.iter().map(|&class| class.to_owned()).collect();
        let wanted = named.map_or_else(usual, |(_, classes)| classes.clone());
        choose((raw, in_doubt), key, (field, &wanted), &asked, notices)?;
    }
    Ok(())
}

/// What the files fill of another layer: the features of its classes, in the files of publications that have any.
pub(super) fn filling(raw: &RawLayer, in_doubt: &InDoubt, other: LayerKey, published: &Published) -> Option<Filling> {
    let classes_of = |file: usize| {
        let found: &Publication = published[file]?;
        found.fills.iter().any(|(filled, _)| *filled == other).then(|| found.classes_of(other)).flatten()
    };
    let files: Vec<usize> = (0..raw.files.len()).filter(|&file| classes_of(file).is_some()).collect();
    let class_of = |feature: &RawFeature| {
        let (field, classes) = classes_of(feature.file)?;
        Some((feature.fields.get(field).and_then(as_text), classes))
    };
    let fits = |feature: &RawFeature| {
        class_of(feature).is_some_and(|(class, classes)| class.is_some_and(|class| classes.contains(&class.as_str())))
    };
    let is_unsaid = |feature: &RawFeature| class_of(feature).is_some_and(|(class, _)| class.is_none());
    let place = |file: usize| files.iter().position(|&one| one == file);
    let moved = |feature: &RawFeature| Some(RawFeature { file: place(feature.file)?, ..feature.clone() });
    if !raw.features.iter().any(fits) {
        return None;
    }
    let mut unsaid = in_doubt.clone();
    raw.features.iter().filter(|feature| is_unsaid(feature)).for_each(|feature| unsaid.add(feature));
    let taken = raw.features.iter().filter(|feature| fits(feature) || is_unsaid(feature));
    let features: Vec<RawFeature> = taken.filter_map(moved).collect();
    let layer = RawLayer {
        files: files.iter().map(|&file| raw.files[file].clone()).collect(),
        features,
        labels: raw.labels.clone(),
        unplaced: raw.unplaced.clone(),
        lost: raw.lost,
    };
    Some(Filling { raw: layer, in_doubt: unsaid.of_files(&files), files })
}

/// What the files of a layer fill of another one.
pub(super) struct Filling {
    pub(super) raw: RawLayer,
    pub(super) in_doubt: InDoubt,
    /// Which of the layer's files they are.
    pub(super) files: Vec<usize>,
}

/// Keeps the features whose field has one of the values, and, in doubt, those where it is blank.
fn choose(
    (raw, in_doubt): (&mut RawLayer, &mut InDoubt),
    key: LayerKey,
    (field, wanted): (&str, &[String]),
    asked: &[bool],
    notices: &mut Notices,
) -> Result<(), LayerError> {
    inputs::require_field(raw, field)?;
    let mut wanted: Vec<String> =
        wanted.iter().map(|value| value.nfkc().collect::<String>().trim().to_owned()).collect();
    if wanted.iter().any(|value| wards::whole(value).is_some()) {
        let (spread, cities) = wards::spread(&wanted, &values(raw, field));
        wanted = spread;
        for city in cities {
            notices.add(key.name(), &BY_WARDS, of_city(field, city));
        }
    }
    let value = |feature: &RawFeature| feature.fields.get(field).and_then(as_text);
    let fits = |feature: &RawFeature| value(feature).is_some_and(|value| wanted.contains(&value));
    if !raw.features.iter().any(|feature| asked[feature.file] && fits(feature)) {
        let path = raw.files.iter().zip(asked).find(|(_, asked)| **asked).or(raw.files.first().zip(asked.first()));
        let path = path.map(|(file, _)| file.path.clone()).unwrap_or_default();
        let (found, hint) = (some_values(raw, field), wards::hint(&wanted, &values(raw, field)));
        return Err(LayerError::NothingChosen {
            layer: key.name(),
            path,
            field: field.into(),
            wanted,
            found,
            hint: hint.map(Box::new),
        });
    }
    let before = raw.features.len();
    for feature in raw.features.iter().filter(|feature| asked[feature.file] && value(feature).is_none()) {
        in_doubt.add(feature);
        let place = raw.files.get(feature.file).map(|file| file.path.display().to_string()).unwrap_or_default();
        let number = feature.number;
        notices.add(
            key.name(),
            &UNSAID_CLASS,
            text!("{place}の{number}番目の地物、{field}", "{place} feature {number}, {field}"),
        );
    }
    raw.features.retain(|feature| !asked[feature.file] || fits(feature) || value(feature).is_none());
    let left = before - raw.features.len();
    if left > 0 {
        let values = Text { ja: wanted.join("、").into(), en: wanted.join(", ").into() };
        let all = text!("{field} が {values} でないもの", "all where {field} is not {values}", values = values);
        notices.add_many(key.name(), &FILTERED, left as u64, all);
    }
    Ok(())
}

/// A condition on a city that was spread over its wards.
fn of_city(field: &str, city: &wards::Whole) -> Text {
    let wards::Whole { code, name, .. } = city;
    text!("{field} = {code:05}（{name}）", "{field} = {code:05} ({name})")
}

/// Which files a condition on a field applies to: all, but that of the tables and boundaries of a census only those
/// that have the field.
fn files_asked(raw: &RawLayer, key: LayerKey, field: &str) -> Vec<bool> {
    let mut asked = vec![key != LayerKey::Census; raw.files.len()];
    for feature in raw.features.iter().filter(|feature| feature.fields.contains_key(field)) {
        asked[feature.file] = true;
    }
    asked
}

/// All values of a field.
fn values(raw: &RawLayer, field: &str) -> BTreeSet<String> {
    raw.features.iter().filter_map(|feature| feature.fields.get(field).and_then(as_text)).collect()
}

/// The values of a field in the order of the features, each once; where there are more than a message can hold, an
/// ellipsis at the end.
fn some_values(raw: &RawLayer, field: &str) -> Vec<String> {
    const SHOWN: usize = 10;
    let mut values: Vec<String> = Vec::new();
    for value in raw.features.iter().filter_map(|feature| feature.fields.get(field).and_then(as_text)) {
        if values.contains(&value) {
            continue;
        }
        if values.len() == SHOWN {
            values.push("…".to_owned());
            break;
        }
        values.push(value);
    }
    values
}
