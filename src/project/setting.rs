//! `K=V`: another value in the place of one of the project file's, for one run.

use std::path::Path;

use toml::de::DeValue;

use super::error::ProjectError;
use super::words::PROJECT_FILE;
use super::{Project, apply, keys};
use crate::settings::{self, Misread, TomlTable, nearest};

/// Keys whose values are texts also where they look like numbers.
const TEXTS: &[&str] = &["name", "municipality", "planned_kind", "rules"];

impl Project {
    /// Puts another value in the place of one of the project file's. `setting` is `K=V`: K is a threshold, a key at the top
    /// level, or a key with its table such as `transit.window`; V is written as in the file, a text also without quotes.
    ///
    /// ```
    /// use std::path::Path;
    /// let mut project = kyoten::project::Project::parse("layers.parcels = 'a.geojson'", Path::new("kyoten.toml"))?;
    /// project.set("station_radius_m=800")?;
    /// project.set("planned_kind=デイサービス")?;
    /// assert_eq!(project.rules.thresholds.get("station_radius_m"), Some(800.0));
    /// assert_eq!(project.planned_kind.as_deref(), Some("デイサービス"));
    /// # Ok::<(), kyoten::project::ProjectError>(())
    /// ```
    ///
    /// # Errors
    /// [`ProjectError::Setting`] where there is no such key, or it cannot have such a value.
    pub fn set(&mut self, setting: &str) -> Result<(), ProjectError> {
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        let thresholds: Vec<&str> = self.rules.thresholds.all().iter().map(|threshold| threshold.key).collect();
        let text = document(key.trim(), value.trim(), &thresholds);
        let understand = |document: TomlTable<'_>| apply(&document.knowing(&keys::settable()), self);
        settings::read(&text, Path::new(setting), &PROJECT_FILE, understand).map_err(|error| {
            // The text is TOML, so that there are problems and nothing else.
            let Misread::Invalid(problems) = error.what else { return error.into() };
            ProjectError::Setting { setting: setting.to_owned(), problems }
        })?;
        self.settings.push(setting.to_owned());
        Ok(())
    }
}

/// The same as a project file would say it.
fn document(key: &str, value: &str, thresholds: &[&str]) -> String {
    let settable = keys::settable();
    let (table, key) = match key.split_once('.') {
        Some((table, key)) => (Some(table), key),
        None if settable.contains(&key) => (None, key),
        None => {
            let known: Vec<&str> = thresholds.iter().chain(&settable).copied().collect();
            (thresholds.contains(&nearest(key, &known).0).then_some("thresholds"), key)
        }
    };
    let is_written = !TEXTS.contains(&key) && DeValue::parse(value).is_ok();
    let value = if is_written { value.to_owned() } else { quoted(value) };
    match table {
        Some(table) => format!("[{}]\n{} = {value}\n", quoted(table), quoted(key)),
        None => format!("{} = {value}\n", quoted(key)),
    }
}

/// A text of TOML; quotes around it are those of who typed it.
fn quoted(text: &str) -> String {
    let inner = ['"', '\''].iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(text);
    toml::Value::String(inner.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnose as _;
    use crate::project::tests::with_parcels;
    use crate::text::Lang;

    fn project() -> Project {
        with_parcels("[thresholds]\nstop_radius_m = 300\n[transit]\ntransfers = 1").expect("it is one")
    }

    #[test]
    fn a_setting_takes_the_place_of_one_key_and_leaves_the_others() {
        let mut project = project();
        for setting in [
            "station_radius_m=800",
            "thresholds.membership = any",
            "municipality=22212",
            "area_division=true",
            "transit.window=clock-hour",
            "waive.in-urban-zone=計画中",
            "rules=walkable",
        ] {
            project.set(setting).expect(setting);
        }
        let thresholds = &project.rules.thresholds;
        let numbers = ["station_radius_m", "membership", "stop_radius_m"].map(|key| thresholds.get(key).unwrap());
        assert_eq!(numbers, [800.0, 0.0, 300.0]);
        assert_eq!((project.municipality.as_deref(), project.area_division), (Some("22212"), Some(true)));
        assert_eq!((project.transit.transfers, project.transit.rule.window.id()), (1, "clock-hour"));
        assert_eq!(project.rules.waived["in-urban-zone"], "計画中");
        assert_eq!(project.rules.set.id, "walkable");
    }

    #[test]
    fn what_cannot_be_set_names_the_setting_and_the_nearest_key() {
        for (setting, said) in [
            ("station_radis_m=800", "unknown key `station_radis_m` in [thresholds]; did you mean `station_radius_m`?"),
            ("planed_kind=x", "unknown key `planed_kind` at the top level; did you mean `planned_kind`?"),
            ("layers.did=a.geojson", "unknown key `layers` at the top level"),
            ("station_radius_m=far", "`station_radius_m` in [thresholds] must be a number, not the text \"far\""),
            ("station_radius_m", "`station_radius_m` in [thresholds] must be a number, not the text \"\""),
            ("min_public_land=15", "`min_public_land` in [thresholds] must be"),
        ] {
            let error = project().set(setting).expect_err(setting);
            let told = error.diagnostics()[0].line(Lang::En);
            assert!(told.contains(&format!("--set {setting}")) && told.contains(said), "{told}");
        }
    }

    #[test]
    fn a_setting_that_cannot_be_leaves_the_project_as_it_was() {
        let mut project = project();
        assert!(project.set("membership=2").is_err());
        assert_eq!(project.rules.thresholds.membership(), 0.5);
    }
}
