//! What are items and answers called?

use crate::evidence::Residents;
use crate::layers::{Facility, LAYERS, LayerKey};
use crate::text::Text;
use crate::units::SquareMetres;

/// From which number on and below which.
type Class = [Option<f64>; 2];

pub(super) const LAND_OF_IT: Text = Text::new("このレイヤーのもの", "of the layer");
pub(super) const LAND_NOT: Text = Text::new("このレイヤーのものではない", "not of the layer");
pub(super) const ANOTHER_KIND: Text = Text::new("ほかの種別", "of another kind");
pub(super) const PLACE_NEAR: Text = Text::new("筆の近くにある", "next to the parcel");
pub(super) const PLACE_FAR: Text = Text::new("筆の近くにない", "near none of them");
pub(super) const PLANNED_KIND: Text =
    Text::new("計画する施設の種別（`planned_kind`）", "the kind of facility that is planned (`planned_kind`)");
pub(super) const PLANNED_OTHER: Text = Text::new("レイヤーにない種別", "a kind that none of them has");

pub(super) fn stop(name: &str, places: usize) -> Text {
    if places == 1 {
        text!("{name}の本数", "departures at {name}")
    } else {
        text!("{name}の本数（同じ名称の駅・停留所{places}か所）", "departures at {name} ({places} stops of the name)")
    }
}

/// What may be found of departures, in the peak and in the day.
pub(super) fn departures(peak: Option<Class>, day: Option<Class>) -> Text {
    let peak_said = peak.map(|class| class_said(class, &Text::new("ピーク時", "in the peak hour"), "本"));
    let day_said = day.map(|class| class_said(class, &Text::new("1日", "a day"), "本"));
    match (peak_said, day_said) {
        (Some(peak), Some(day)) => text!("{peak}、{day}", "{peak}, {day}", peak = peak, day = day),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Text::from(""),
    }
}

pub(super) fn departures_id(peak: Option<Class>, day: Option<Class>) -> String {
    let ids = [peak.map(|class| class_id("peak_trips", class)), day.map(|class| class_id("daily_trips", class))];
    ids.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The word of outputs for a class of numbers.
pub(super) fn class_id(what: &str, class: Class) -> String {
    match class {
        [None, None] => format!("{what}:any"),
        [Some(from), None] => format!("{what}>={from}"),
        [None, Some(below)] => format!("{what}<{below}"),
        [Some(from), Some(below)] => format!("{from}<={what}<{below}"),
    }
}

fn class_said(class: Class, when: &Text, unit: &str) -> Text {
    let when = when.clone();
    match class {
        [None, None] => {
            Text { ja: format!("{}何{unit}でも", when.ja).into(), en: format!("any number {}", when.en).into() }
        }
        [Some(from), None] => Text {
            ja: format!("{}{from}{unit}以上", when.ja).into(),
            en: format!("{from} or more {}", when.en).into(),
        },
        [None, Some(below)] => Text {
            ja: format!("{}{below}{unit}未満", when.ja).into(),
            en: format!("fewer than {below} {}", when.en).into(),
        },
        [Some(from), Some(below)] => Text {
            ja: format!("{}{from}{unit}以上{below}{unit}未満", when.ja).into(),
            en: format!("{from} or more and fewer than {below} {}", when.en).into(),
        },
    }
}

/// What may be found of residents.
pub(super) fn persons(class: Class) -> Text {
    let none = Text::from("");
    let Text { ja, en } = class_said(class, &none, "人");
    Text { ja, en: format!("{} persons", en.trim_end()).into() }
}

pub(super) fn census_unit(code: Option<&str>, residents: Residents) -> Text {
    let who = match residents {
        Residents::Seniors => Text::new("65歳以上の人数", "residents aged 65 or over"),
        Residents::All => Text::new("人数", "residents"),
    };
    if let Some(code) = code {
        text!("統計区域{code}の{who}（秘匿）", "{who} of census unit {code} (withheld)", who = who)
    } else {
        text!("統計区域の{who}（秘匿）", "{who} of a census unit (withheld)", who = who)
    }
}

pub(super) fn land(layer: LayerKey, number: usize, area: SquareMetres) -> Text {
    let title = if LAYERS.iter().any(|kind| kind.key == layer) {
        layer.kind().title.clone()
    } else {
        let name = layer.name();
        text!("レイヤー `{name}`", "the layer `{name}`")
    };
    let area = area.0.round();
    text!(
        "{title}かどうか分からない土地{number}（{area} m²）",
        "land {number} that may be of {title} ({area} m²)",
        title = title
    )
}

fn named(facility: &Facility) -> Text {
    let number = facility.number;
    if let Some(name) = facility.name.as_deref() {
        text!("{name}（{number}番目）", "{name} (feature {number})")
    } else {
        text!("{number}番目の施設", "facility {number}")
    }
}

pub(super) fn kind_of(facility: &Facility) -> Text {
    let facility = named(facility);
    text!("{facility}の種別", "the kind of {facility}", facility = facility)
}

pub(super) fn place_of(facility: &Facility) -> Text {
    let facility = named(facility);
    text!("{facility}の位置", "the place of {facility}", facility = facility)
}

pub(super) fn of_kind(kind: &str) -> Text {
    text!("種別は{kind}", "of the kind {kind}")
}

pub(super) fn planned(kind: &str) -> Text {
    text!("{kind}を計画する", "{kind} is planned")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_said_in_both_languages() {
        let said = departures(Some([Some(3.0), None]), None);
        assert_eq!((&*said.ja, &*said.en), ("ピーク時3本以上", "3 or more in the peak hour"));
        let said = persons([None, Some(40.0)]);
        assert_eq!((&*said.ja, &*said.en), ("40人未満", "fewer than 40 persons"));
        assert_eq!(departures_id(Some([None, Some(3.0)]), None), "peak_trips<3");
    }
}
