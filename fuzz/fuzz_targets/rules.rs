#![no_main]

use std::path::Path;

use kyoten::criteria::RuleSet;

libfuzzer_sys::fuzz_target!(|text: &str| drop(RuleSet::parse(text, Path::new("rules.toml"))));
