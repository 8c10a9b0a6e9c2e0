//! The page of the format, in both languages, against the code, and texts of all kinds that must not make it panic.

use proptest::prelude::*;

use super::{help, parse, with_parcels};
use crate::criteria::default_rules;
use crate::layers::{Content, LAYERS, LayerKey};
use crate::project::keys;

const ENGLISH: &str = include_str!("../../../docs/project-file.md");
const JAPANESE: &str = include_str!("../../../docs/ja/project-file.md");

#[test]
fn the_page_of_the_format_names_every_key() {
    let layer_keys = LAYERS.iter().flat_map(keys::layer);
    let own_keys = keys::layer(LayerKey::own("clinics", Content::Facilities).kind());
    let all = keys::layers().into_iter().chain(layer_keys).chain(own_keys).chain(keys::TOP.iter().copied());
    let transit = [
        keys::TRANSIT,
        keys::SCENARIO,
        keys::SCENARIO_STOP,
        keys::SCENARIO_LINE,
        keys::SCENARIO_LINES,
        keys::SCENARIO_REMOVE,
        keys::SCENARIO_HEADWAY,
    ];
    for key in all.chain(transit.concat()).chain(default_rules().criteria.iter().map(|criterion| criterion.id)) {
        for (language, page) in [("English", ENGLISH), ("Japanese", JAPANESE)] {
            assert!(
                page.contains(&format!("`{key}`")) || page.contains(&format!("`[{key}]`")),
                "`{key}` is not on the {language} page"
            );
        }
    }
}

#[test]
fn the_page_of_the_format_has_every_threshold() {
    for threshold in &default_rules().thresholds {
        let (from, to) = threshold.range;
        let row = |unit: &str, name: &str, range: &str| {
            format!("| `{}` | {} | {unit} | {name} | {range} |", threshold.key, threshold.default)
        };
        let english = row(threshold.unit, &threshold.name.en, &format!("{from} to {to}"));
        assert!(ENGLISH.contains(&english), "{english}");
        let unit = match threshold.unit {
            "departures/h" => "本/時",
            "share" => "割合",
            "1/ha" => "人/ha",
            unit => unit,
        };
        let japanese = row(unit, &threshold.name.ja, &format!("{from}～{to}"));
        assert!(JAPANESE.contains(&japanese), "{japanese}");
    }
}

#[test]
fn the_page_of_the_format_has_every_layer_with_its_roles() {
    for kind in LAYERS {
        let line = format!("| `{}` | {}", kind.name, kind.title.ja);
        for page in [ENGLISH, JAPANESE] {
            let row = page.lines().find(|row| row.starts_with(&line)).unwrap_or_else(|| panic!("{line}"));
            for role in kind.roles {
                assert!(row.contains(&format!("`{}`", role.key)), "{row}: {}", role.key);
            }
        }
    }
}

/// The blocks of TOML of a page.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_example_of_the_page_is_right() {
    let example = blocks(ENGLISH)[0];
    let project = parse(example).expect("the example is right");
    assert_eq!((project.layers.len(), project.expectations.len(), project.rules.waived.len()), (3, 1, 1));
    assert_eq!(blocks(ENGLISH), blocks(JAPANESE), "the pages show other files");
}

#[test]
fn every_block_of_a_page_can_be_read() {
    for page in [ENGLISH, JAPANESE, include_str!("../../../docs/ja/hajimeni.md")] {
        assert!(!blocks(page).is_empty());
        for block in blocks(page) {
            // What is only a part of a file needs parcels to be whole.
            let read = if block.contains("[layers]") { parse(block) } else { with_parcels(block) };
            if let Err(error) = read {
                panic!("{block}\n{error}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = parse(&text).map_err(|error| (error.to_string(), help(&error)));
    }

    #[test]
    fn no_shuffled_pieces_make_it_panic(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "layers", "parcels", "stops", "flood", "role", "prospective", "thresholds", "waive", "transit", "scenario", "remove", "path", "where", "class",
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
