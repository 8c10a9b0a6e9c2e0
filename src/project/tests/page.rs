//! The page of the format against the code, and texts of all kinds that must not make it panic.

use proptest::prelude::*;

use super::{help, parse};
use crate::criteria::{CATALOGUE, Thresholds};
use crate::layers::LAYERS;
use crate::project::keys;

#[test]
fn the_page_of_the_format_names_every_key() {
    let page = include_str!("../../../docs/project-file.md");
    let layer_keys = LAYERS.iter().flat_map(keys::layer);
    let all = keys::layers().into_iter().chain(layer_keys).chain(keys::TOP.iter().copied());
    let transit = [
        keys::TRANSIT,
        keys::SCENARIO,
        keys::SCENARIO_STOP,
        keys::SCENARIO_LINE,
        keys::SCENARIO_REMOVE,
        keys::SCENARIO_HEADWAY,
    ];
    for key in all.chain(transit.concat()).chain(CATALOGUE.iter().map(|criterion| criterion.id)) {
        assert!(
            page.contains(&format!("`{key}`")) || page.contains(&format!("`[{key}]`")),
            "`{key}` is not on the page"
        );
    }
    for threshold in Thresholds::ALL {
        let row = format!("| `{}` | {} | {} |", threshold.key, threshold.default, threshold.unit);
        let rest = format!(" {} | {} to {} |", threshold.name.en, threshold.range.0, threshold.range.1);
        assert!(page.contains(&(row.clone() + &rest)), "{row}{rest}");
    }
    for kind in LAYERS {
        let line = format!("| `{}` | {}", kind.name, kind.japanese);
        let row = page.lines().find(|row| row.starts_with(&line)).unwrap_or_else(|| panic!("{line}"));
        for role in kind.roles {
            assert!(row.contains(&format!("`{}`", role.key)), "{row}: {}", role.key);
        }
    }
}

#[test]
fn the_example_of_the_page_is_right() {
    let page = include_str!("../../../docs/project-file.md");
    let example = page.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).expect("it has one");
    let project = parse(example).expect("the example is right");
    assert_eq!((project.layers.len(), project.expectations.len(), project.rules.waived.len()), (3, 1, 1));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = parse(&text).map_err(|error| (error.to_string(), help(&error)));
    }

    #[test]
    fn no_shuffled_pieces_make_it_panic(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "layers", "parcels", "stops", "prospective", "thresholds", "waive", "transit", "scenario", "remove", "path", "where", "class",
            "[", "]", "{", "}", "=", ".", ",", "\n", "'焼'", "\"\"", "1", "-0.5", "nan", "true", "2030-01-01", "0xff",
            "99999999999999999999", "[[", "]]", "#", "\"\\u0000\"",
        ]),
        0..40,
    )) {
        let _ = parse(&pieces.concat()).map_err(|error| (error.to_string(), help(&error)));
    }

    #[test]
    fn no_value_of_any_key_makes_it_panic(
        key in prop::sample::select(keys::TOP.to_vec()),
        inner in prop::sample::select(keys::layers()),
        value in prop::sample::select(vec!["1", "'a'", "[]", "{}", "[[1]]", "[{}]", "true", "1e400", "-inf", "12:30:00"]),
    ) {
        let _ = parse(&format!("{key} = {value}"));
        let _ = parse(&format!("[{key}]\n{inner} = {value}\n")).map_err(|error| error.to_string());
        let _ = parse(&format!("[[{key}.{inner}]]\npath = {value}\n"));
        let _ = parse(&format!("[{key}.{inner}]\npath = {value}\nwhere = {value}\npeak_trips = {value}\n"));
    }
}
