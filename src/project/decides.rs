//! What of a project decides what its parcels are measured against? All of it but what it is called, where it lies, and its
//! parcels.

use std::collections::BTreeMap;
use std::fmt::Debug;

use sha2::{Digest as _, Sha256};

use super::Project;
use crate::layers::{BACKDROP, BackdropSpec, LayerKey, LayerSpec};
use crate::text::hex;

impl Project {
    /// What decides, by the keys of the project file: of each the SHA-256 of what it says. Whoever adds something to a project
    /// is asked by the compiler whether that decides too.
    #[must_use]
    pub fn decides(&self) -> BTreeMap<String, String> {
        let Self {
            file: _,
            base: _,
            name: _,
            left: _,
            is_found: _,
            settings: _,
            // Neither is anything judged by what lies under a map, nor by what stands on it.
            backdrop: _,
            map: _,
            municipality,
            area_division,
            plane,
            rules,
            layers,
            expectations,
            gtfs,
            excluded_municipalities,
            planned_kind,
            datum_grids,
            law,
            transit,
            scenario,
            supposed,
        } = self;
        let mut told = Told::default();
        told.say("municipality", municipality);
        told.say("area_division", area_division);
        told.say("plane", plane);
        told.say("rules", &rules.set.text);
        for threshold in rules.thresholds.all() {
            told.say(&format!("thresholds.{}", threshold.key), &rules.thresholds.get(threshold.key));
        }
        for (id, reason) in &rules.waived {
            told.say(&format!("waive.{id}"), reason);
        }
        told.say_layers("layers", layers);
        told.say_layers("prospective", expectations);
        told.say_layers("scenario.layers", supposed);
        told.say("layers.gtfs", gtfs);
        told.say("excluded_municipalities", excluded_municipalities);
        told.say("planned_kind", planned_kind);
        told.say("datum_grids", datum_grids);
        told.say("transit", &(law, transit));
        told.say("scenario", scenario);
        told.0
    }

    /// What decides, what it is called, and how its parcels are read: all that a run of it says, as [`Project::decides`] has it.
    #[must_use]
    pub fn says(&self) -> BTreeMap<String, String> {
        let mut told = Told(self.decides());
        told.say("name", &self.name);
        told.say("map", &self.map);
        told.say_layer("layers", LayerKey::Parcels, self.parcels());
        for (number, BackdropSpec { spec, draw }) in self.backdrop.iter().enumerate() {
            let spec = LayerSpec { base: std::path::PathBuf::new(), ..spec.clone() };
            told.say(&format!("layers.{BACKDROP}.{number}"), &(spec, draw));
        }
        for (table, layers) in
            [("layers", &self.layers), ("prospective", &self.expectations), ("scenario", &self.supposed)]
        {
            for (key, spec) in layers.iter().filter(|(_, spec)| spec.source.is_some()) {
                told.say(&format!("{table}.{}.source", key.name()), &spec.source);
            }
        }
        told.0
    }

    /// What two projects have in common that come to the same of the same files, and no others: 64 hex digits over
    /// [`Project::decides`] and how the parcels are read.
    #[must_use]
    pub fn settings_sha256(&self) -> String {
        let mut told = Told(self.decides());
        told.say_layer("layers", LayerKey::Parcels, self.parcels());
        let mut digest = Sha256::new();
        for (key, sha256) in &told.0 {
            digest.update(format!("{key}\0{sha256}\n"));
        }
        hex(&digest.finalize())
    }
}

#[derive(Default)]
struct Told(BTreeMap<String, String>);

impl Told {
    /// What a value is shows in how it is printed for programmers: all of it does, also what is added later.
    fn say(&mut self, key: &str, value: &impl Debug) {
        self.0.insert(key.to_owned(), hex(&Sha256::digest(format!("{value:?}"))));
    }

    fn say_layers(&mut self, table: &str, layers: &BTreeMap<LayerKey, LayerSpec>) {
        for (key, spec) in layers.iter().filter(|(key, _)| **key != LayerKey::Parcels) {
            self.say_layer(table, *key, spec);
        }
    }

    fn say_layer(&mut self, table: &str, key: LayerKey, spec: &LayerSpec) {
        // Where the folder is does not decide what lies in it, nor whose data maps call it.
        let spec = LayerSpec { base: std::path::PathBuf::new(), source: None, ..spec.clone() };
        self.say(&format!("{table}.{}", key.name()), &(&key, spec));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn of(text: &str, file: &str) -> BTreeMap<String, String> {
        Project::parse(text, Path::new(file)).unwrap().decides()
    }

    #[test]
    fn how_the_parcels_are_read_tells_two_projects_apart_and_where_they_lie_does_not() {
        let sha256 = |text: &str, file: &str| Project::parse(text, Path::new(file)).unwrap().settings_sha256();
        let text = "[layers]\nparcels = { path = 'a.geojson', id = 'x' }";
        assert_eq!(sha256(text, "x/kyoten.toml"), sha256(text, "y/other.toml"));
        assert_ne!(sha256(text, "x/kyoten.toml"), sha256(&text.replace("'x'", "'y'"), "x/kyoten.toml"));
    }

    #[test]
    fn the_place_the_name_and_the_parcels_decide_nothing_and_everything_else_does() {
        let text = "name = 'a'\n[layers]\nparcels = 'a.geojson'\ndid = 'did.geojson'";
        let same = of(text, "x/kyoten.toml");
        assert_eq!(of("name = 'b'\n[layers]\nparcels = 'b.csv'\ndid = 'did.geojson'", "y/kyoten.toml"), same);
        for (more, key) in [
            ("stations = 's.geojson'", "layers.stations"),
            ("[thresholds]\nstation_radius_m = 900", "thresholds.station_radius_m"),
            ("[waive]\nin-did = 'x'", "waive.in-did"),
            ("[transit]\nday = 2026-04-01", "transit"),
        ] {
            let other = of(&format!("{text}\n{more}"), "x/kyoten.toml");
            let differing: Vec<&String> = other.keys().filter(|key| other.get(*key) != same.get(*key)).collect();
            assert_eq!(differing, [key]);
        }
    }
}
