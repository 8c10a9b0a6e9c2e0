//! How the faults of a kind of file are named: the same ends behind its own beginning.

/// The stable names of what can be wrong with a kind of file; made by `ids!`.
#[derive(Debug)]
pub struct Ids {
    pub(crate) file_unreadable: &'static str,
    pub(crate) file_too_large: &'static str,
    pub(crate) file_not_utf8: &'static str,
    pub(crate) not_toml: &'static str,
    pub(crate) more_problems: &'static str,
    pub(crate) key_unknown: &'static str,
    pub(crate) key_missing: &'static str,
    pub(crate) keys_exclusive: &'static str,
    pub(crate) value_type: &'static str,
    pub(crate) value_range: &'static str,
    pub(crate) value_unknown: &'static str,
    pub(crate) value_empty: &'static str,
    pub(crate) time_not_later: &'static str,
    pub(crate) language_missing: &'static str,
    pub(crate) full_width_sign: &'static str,
    pub(crate) full_width_digits: &'static str,
    pub(crate) number_with_unit: &'static str,
    pub(crate) number_with_commas: &'static str,
    pub(crate) code_without_quotes: &'static str,
    pub(crate) backslash: &'static str,
    pub(crate) control_in_path: &'static str,
}

/// The names of what can be wrong with a kind of file: `ids!("project")`.
macro_rules! ids {
    ($of:literal) => {
        $crate::settings::Ids {
            file_unreadable: concat!($of, "-file-unreadable"),
            file_too_large: concat!($of, "-file-too-large"),
            file_not_utf8: concat!($of, "-file-not-utf8"),
            not_toml: concat!($of, "-not-toml"),
            more_problems: concat!($of, "-more-problems"),
            key_unknown: concat!($of, "-key-unknown"),
            key_missing: concat!($of, "-key-missing"),
            keys_exclusive: concat!($of, "-keys-exclusive"),
            value_type: concat!($of, "-value-type"),
            value_range: concat!($of, "-value-range"),
            value_unknown: concat!($of, "-value-unknown"),
            value_empty: concat!($of, "-value-empty"),
            time_not_later: concat!($of, "-time-not-later"),
            language_missing: concat!($of, "-language-missing"),
            full_width_sign: concat!($of, "-full-width-sign"),
            full_width_digits: concat!($of, "-full-width-digits"),
            number_with_unit: concat!($of, "-number-with-unit"),
            number_with_commas: concat!($of, "-number-with-commas"),
            code_without_quotes: concat!($of, "-code-without-quotes"),
            backslash: concat!($of, "-backslash"),
            control_in_path: concat!($of, "-control-in-path"),
        }
    };
}
pub(crate) use ids;

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_that_of_its_field() {
        // `docs/messages.md` is made of the fields.
        let shown = format!("{:#?}", ids!("x"));
        let pairs: Vec<(&str, &str)> = shown.lines().filter_map(|line| line.trim().split_once(": ")).collect();
        assert!(pairs.len() > 20, "{shown}");
        for (field, id) in pairs {
            assert_eq!(id, format!("\"x-{}\",", field.replace('_', "-")));
        }
    }
}
