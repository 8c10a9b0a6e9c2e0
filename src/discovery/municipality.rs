//! Which municipality a folder is about: by codes in names and attributes, where all that speak of one agree.

use std::collections::BTreeMap;
use std::path::Path;

use super::finding::Finding;
use crate::layers::{LayerKey, Recognised, wards};
use crate::project::municipality_code;
use crate::text::Text;

/// A code and where it was found.
pub(super) struct Found {
    pub(super) code: String,
    pub(super) found_in: Text,
}

/// Finds the code that all files which hold the data of one municipality agree in. Files of a prefecture, and codes
/// that contradict each other, say nothing.
pub(super) fn find(folder: &Path, findings: &[Finding]) -> Option<Found> {
    let mut by_code: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let name = finding.path.strip_prefix(folder).unwrap_or(&finding.path).to_string_lossy().into_owned();
        let from_name = in_name(&name, finding.recognised);
        let mut from_fields: Vec<String> =
            finding.codes().filter_map(|(_, value)| municipality_code(value).ok()).collect();
        from_fields.dedup();
        let code = from_name.or_else(|| (from_fields.len() == 1).then(|| from_fields.remove(0)));
        if let Some(code) = code {
            by_code.entry(code).or_default().push(name);
        }
    }
    let there = known_codes(findings);
    by_code.retain(|code, _| there.is_empty() || there.iter().any(|known| wards::belongs_to(known, code)));
    let first = by_code.keys().next()?;
    // The files of several wards are those of their city.
    let code = if by_code.len() == 1 {
        first.clone()
    } else {
        let city = wards::whole_of_ward(first).map(|city| format!("{:05}", city.code))?;
        by_code.keys().all(|code| wards::belongs_to(code, &city)).then_some(city)?
    };
    let files: Vec<String> = by_code.into_values().flatten().collect();
    let found_in = match files.as_slice() {
        [only] => Text::from(only),
        [first, rest @ ..] => {
            let more = rest.len();
            text!("{first} ほか{more}件", "{first} and {more} more")
        }
        [] => return None,
    };
    Some(Found { code, found_in })
}

/// The codes of the municipal areas 行政区域, where there is such a layer: what is none of them is some other number.
fn known_codes(findings: &[Finding]) -> Vec<String> {
    let is_areas = |finding: &&Finding| {
        let layer = finding.recognised.and_then(|found| found.publication.use_as.layer());
        layer == Some(LayerKey::Municipalities)
    };
    let codes = findings.iter().filter(is_areas).filter_map(|finding| finding.field("N03_007"));
    codes.flat_map(|field| field.values.iter().cloned()).collect()
}

/// The code in a name: six digits with the right check digit, as cities name their own files (`222127_park_info.csv`), or
/// five in the name of a publication (`A50-20_22212.shp`, `r2ka22212.shp`). Six digits in the name of a publication are
/// a date.
fn in_name(name: &str, recognised: Option<Recognised>) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let length = if recognised.is_some_and(|found| found.by_fields) { 5 } else { 6 };
    runs(file).filter(|run| run.len() == length).find_map(|run| municipality_code(run).ok())
}

/// The runs of digits in a name, but for those of a mesh, `MESH05238`.
fn runs(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let start = rest.find(|sign: char| sign.is_ascii_digit())?;
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(from.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(from.len()));
        rest = after;
        Some((before, run))
    })
    .filter(|(before, _)| !before.to_lowercase().ends_with("mesh"))
    .map(|(_, run)| run)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::layers::recognise;

    fn code(name: &str, fields: &[&str]) -> Option<String> {
        in_name(name, recognise(Path::new(name), fields.iter().copied()))
    }

    #[test]
    fn a_code_is_told_from_other_digits() {
        assert_eq!(code("公園/222127_park_info.csv", &[]).as_deref(), Some("22212"));
        assert_eq!(code("A50-20_22212.shp", &["A50_006"]).as_deref(), Some("22212"));
        assert_eq!(code("A50-20_22212.shp", &[]), None);
        assert_eq!(code("N03-21_22_210101.geojson", &["N03_007"]), None);
        assert_eq!(code("20230101.csv", &[]), None);
        assert_eq!(code("222128_wrong_check_digit.csv", &[]), None);
        assert_eq!(code("22000.csv", &[]), None);
        assert_eq!(code("MESH05238.shp", &["KEY_CODE", "MESH1_ID", "MESH2_ID"]), None);
        assert_eq!(code("mesh05238_22212.shp", &["A50_006"]).as_deref(), Some("22212"));
        assert_eq!(runs("MESH05238_22212a7").collect::<Vec<_>>(), ["22212", "7"]);
    }
}
