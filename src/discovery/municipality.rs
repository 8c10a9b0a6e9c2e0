//! Which municipality a folder is about: by codes in names and attributes, where all that speak of one agree.

use std::collections::BTreeMap;
use std::path::Path;

use super::finding::Finding;
use crate::layers::wards;
use crate::project::municipality_code;

/// A code and where it was found.
pub(super) struct Found {
    pub(super) code: String,
    pub(super) found_in: String,
}

/// Finds the code that all files which hold the data of one municipality agree in. Files of a prefecture, and codes
/// that contradict each other, say nothing.
pub(super) fn find(folder: &Path, findings: &[Finding]) -> Option<Found> {
    let mut by_code: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let name = finding.path.strip_prefix(folder).unwrap_or(&finding.path).to_string_lossy().into_owned();
        let recognised = finding.recognised.is_some();
        let from_name = in_name(&name, recognised);
        let mut from_fields: Vec<String> =
            finding.codes().filter_map(|(_, value)| municipality_code(value).ok()).collect();
        from_fields.dedup();
        let code = from_name.or_else(|| (from_fields.len() == 1).then(|| from_fields.remove(0)));
        if let Some(code) = code {
            by_code.entry(code).or_default().push(name);
        }
    }
    let first = by_code.keys().next()?;
    // The files of several wards are those of their city.
    let code = if by_code.len() == 1 {
        first.clone()
    } else {
        let city = wards::city_of_ward(first).map(|city| format!("{:05}", city.code))?;
        by_code.keys().all(|code| wards::belongs_to(code, &city)).then_some(city)?
    };
    let files: Vec<String> = by_code.into_values().flatten().collect();
    let found_in = match files.as_slice() {
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => return None,
    };
    Some(Found { code, found_in })
}

/// The code in a name: six digits with the right check digit (`222127_park_info.csv`), or five in the name of a file
/// that is recognised (`A50-20_22212.shp`, `r2ka22212.shp`).
fn in_name(name: &str, recognised: bool) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let runs = file.split(|sign: char| !sign.is_ascii_digit());
    runs.filter(|run| run.len() == 6 || (recognised && run.len() == 5)).find_map(|run| municipality_code(run).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_from_other_digits() {
        assert_eq!(in_name("公園/222127_park_info.csv", false).as_deref(), Some("22212"));
        assert_eq!(in_name("A50-20_22212.shp", true).as_deref(), Some("22212"));
        assert_eq!(in_name("A50-20_22212.shp", false), None);
        assert_eq!(in_name("20230101.csv", true), None);
        assert_eq!(in_name("222128_wrong_check_digit.csv", true), None);
        assert_eq!(in_name("22000.csv", true), None);
    }
}
