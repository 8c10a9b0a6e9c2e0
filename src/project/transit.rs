//! `[transit]`: how transit is counted.

use unicode_normalization::UnicodeNormalization;

use crate::layers::RailwayLaw;
use crate::settings::{A_NUMBER, Entry, TomlTable, ZERO_OR_ONE};
use crate::text::Text;
use crate::transit::{CountingRule, DirectionRule, Settings, Unit, Window};
use crate::units::Metres;

/// How wide a stop group 停留所 may be made, metres.
const STOP_GROUP_M: (f64, f64) = (0.0, 1000.0);

/// The settings that the table gives; `default` where it does not say.
pub(super) fn settings(table: &TomlTable<'_>, default: Settings) -> Settings {
    let rule = CountingRule {
        window: choice(table, "window", Window::ALL, Window::id).unwrap_or(default.rule.window),
        unit: choice(table, "unit", Unit::ALL, Unit::id).unwrap_or(default.rule.unit),
        direction: choice(table, "direction", DirectionRule::ALL, DirectionRule::id).unwrap_or(default.rule.direction),
    };
    let stop_group = table.get("stop_group_m").and_then(|entry| entry.number(STOP_GROUP_M, "m", A_NUMBER));
    let transfers = table.get("transfers").and_then(|entry| entry.whole((0, 1), "", ZERO_OR_ONE));
    Settings {
        rule,
        day: table.get("day").and_then(|entry| entry.date()).or(default.day),
        stop_group: stop_group.map_or(default.stop_group, Metres),
        transfers: transfers.map_or(default.transfers, |transfers| transfers as u8),
    }
}

/// The table of railways and tramways 軌道, as far as it is changed.
pub(super) fn law(table: &TomlTable<'_>, default: RailwayLaw) -> RailwayLaw {
    let a_name = Text::new("名前、またはその一覧", "a name or a list of names");
    RailwayLaw {
        tram_classes: names(table, "tram_classes", None).unwrap_or(default.tram_classes),
        subway_operators: names(table, "subway_operators", Some(a_name)).unwrap_or(default.subway_operators),
    }
}

/// The names of a list, or none of an empty one, as layers have them: trimmed, NFKC. Without a word for what is wanted they
/// may be numbers.
fn names(table: &TomlTable<'_>, key: &str, wanted: Option<Text>) -> Option<Vec<String>> {
    let entry = table.get(key)?;
    if entry.is_empty_list() {
        return Some(Vec::new());
    }
    let names = match wanted {
        Some(wanted) => entry.texts(wanted),
        None => entry.values(),
    };
    Some(names?.iter().map(|name| name.nfkc().collect::<String>().trim().to_owned()).collect())
}

fn choice<T: Copy>(table: &TomlTable<'_>, key: &str, all: &[T], id: impl Fn(T) -> &'static str) -> Option<T> {
    table.get(key).and_then(|entry: Entry<'_>| entry.one_of(all, id))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::project::tests::{told, with_parcels};

    fn settings_of(text: &str) -> Settings {
        with_parcels(&format!("[transit]\n{text}")).expect(text).transit
    }

    #[test]
    fn without_a_word_the_programmes_rule_holds() {
        assert_eq!(with_parcels("").expect("parcels are enough").transit, Settings::default());
        assert_eq!(settings_of(""), Settings::default());
        assert_eq!(settings_of("window = 'any-60min'\nunit = 'stop-group'\ndirection = 'best'"), Settings::default());
    }

    #[test]
    fn every_switch_of_counting_has_its_word() {
        for rule in CountingRule::ALL {
            let (window, unit, direction) = (rule.window.id(), rule.unit.id(), rule.direction.id());
            let read = settings_of(&format!("window = '{window}'\nunit = '{unit}'\ndirection = '{direction}'"));
            assert_eq!(read.rule, rule);
        }
    }

    #[test]
    fn a_day_is_a_date_or_a_text() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 3);
        for written in ["2026-06-03", "'2026-06-03'", "' 2026-06-03 '"] {
            assert_eq!(settings_of(&format!("day = {written}")).day, day, "{written}");
        }
    }

    #[test]
    fn numbers_are_read() {
        let read = settings_of("stop_group_m = 350.5\ntransfers = 1");
        assert_eq!((read.stop_group, read.transfers), (Metres(350.5), 1));
    }

    #[test]
    fn the_table_of_railways_and_tramways_may_be_changed() {
        let law_of = |text: &str| with_parcels(&format!("[transit]\n{text}")).expect(text).law;
        assert_eq!(law_of(""), RailwayLaw::default());
        let changed = law_of("tram_classes = ['21', 22, '２４']\nsubway_operators = ' Ｏｓａｋａ Ｍｅｔｒｏ '");
        assert_eq!(
            (changed.tram_classes, changed.subway_operators),
            (vec!["21".to_owned(), "22".to_owned(), "24".to_owned()], vec!["Osaka Metro".to_owned()],)
        );
        let none = law_of("tram_classes = []\nsubway_operators = []");
        assert!(none.tram_classes.is_empty() && none.subway_operators.is_empty());
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, said) in [
            (
                "window = 'any-60'",
                "`window` in [transit] is \"any-60\", which there is not; did you mean \"any-60min\"?",
            ),
            ("unit = 'route'", "`unit` in [transit] is \"route\", which there is not; did you mean \"pole\"?"),
            ("direction = 1", "`direction` in [transit] must be a text in quotes, not the number 1"),
            ("day = '2026-02-30'", "`day` in [transit] must be a day such as 2026-06-03, not the text \"2026-02-30\""),
            ("day = '6/3'", "`day` in [transit] must be a day such as 2026-06-03, not the text \"6/3\""),
            (
                "day = 2026-06-03T07:00:00",
                "`day` in [transit] must be a day such as 2026-06-03, not the date 2026-06-03T07:00:00",
            ),
            ("day = 20260603", "`day` in [transit] must be a day such as 2026-06-03, not the number 20260603"),
            ("stop_group_m = 1001", "`stop_group_m` in [transit] must be a number from 0 to 1000 m, not 1001"),
            ("transfers = 2", "`transfers` in [transit] must be a number from 0 to 1, not 2"),
            ("transfers = 0.5", "`transfers` in [transit] must be 0 or 1, not the number 0.5"),
            ("windows = 1", "unknown key `windows` in [transit]; did you mean `window`?"),
        ] {
            assert_eq!(told(&format!("[transit]\n{text}")).0, format!("3: {said}"));
        }
        let (said, _) = told("[transit]\nday = 2026-02-30");
        assert!(said.starts_with("3:"), "no date of TOML either: {said}");
        let (_, help) = told("[transit]\nwindow = 'hour'");
        assert_eq!(help, "values of `window`: any-60min, clock-hour, mean-7-9");
    }
}
