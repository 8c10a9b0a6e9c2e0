//! Which stations are of railways 鉄道, which of tramways 軌道? By the class of their line and by who runs it.

use super::{LayerKey, StopKind};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// The classes 鉄道区分 of N02_001 (国土数値情報 鉄道データ) that are run under the tramway law 軌道法: trams 21, hanging 22 and
/// straddling 23 monorails, guided transit 24, maglev 25. Those from 11 to 16 are railways.
pub const TRAM_CLASSES: &[&str] = &["21", "22", "23", "24", "25"];

/// Operators of subways, which the programme counts as railways though many of them are 軌道 in law: Osaka's, under the name
/// that N02 has from 2018 on and the one before.
pub const SUBWAY_OPERATORS: &[&str] = &["大阪市高速電気軌道", "大阪市"];

/// Guided transit under the tramway law. Where an operator of subways runs it, such as ニュートラム, it is none of them.
const GUIDED_TRAMWAY: &str = "24";

/// Trolleybuses 無軌条電車: railways in law, and buses to whoever waits for one.
const TROLLEYBUS: &str = "17";

/// Monorails, guided transit and maglev built as 軌道, of which people speak as of railways.
const BUILT_AS_TRAMWAY: &[&str] = &["22", "23", "24", "25"];

/// Stations of monorails that count as tram stops.
pub static MONORAILS_AS_TRAMWAYS: NoticeKind = NoticeKind {
    id: "monorails-as-tramways",
    severity: Severity::Info,
    what: Text::new(
        "軌道法によるモノレール・新交通システムなど（N02の鉄道区分22〜25）の駅は、軌道の停留場とみなしました。距離の基準はバス停と同じです。",
        "stations of monorails, guided transit and the like under the tramway law (N02 classes 22 to 25) count as tram stops 軌道, as far as a bus stop reaches",
    ),
    advice: Some(Text::new(
        "鉄道駅とみなすときは、[transit] の `tram_classes` からその区分を除いてください。",
        "to have them count as railway stations, leave their class out of `tram_classes` in [transit]",
    )),
};

/// Stations of monorails that count as railway stations, since the project says so.
pub static MONORAILS_AS_RAILWAYS: NoticeKind = NoticeKind {
    id: "monorails-as-railways",
    severity: Severity::Info,
    what: Text::new(
        "軌道法によるモノレール・新交通システムなど（N02の鉄道区分22〜25）の駅は、[transit] の指定により鉄道駅とみなしました。",
        "stations of monorails, guided transit and the like under the tramway law (N02 classes 22 to 25) count as railway stations, as [transit] has it",
    ),
    advice: Some(Text::new(
        "軌道の停留場とみなすときは、[transit] の `tram_classes` にその区分を入れ、`subway_operators` から事業者を除いてください。",
        "to have them count as tram stops, name their class in `tram_classes`, and not their operator in `subway_operators`, in [transit]",
    )),
};

/// The table by which stations are told apart, `tram_classes` and `subway_operators` of `[transit]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RailwayLaw {
    /// Classes of lines that are tramways 軌道.
    pub tram_classes: Vec<String>,
    /// Operators whose tramways are subways.
    pub subway_operators: Vec<String>,
}

impl Default for RailwayLaw {
    fn default() -> Self {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self { tram_classes: owned(TRAM_CLASSES), subway_operators: owned(SUBWAY_OPERATORS) }
    }
}

impl RailwayLaw {
    /// What a station is whose line is of this class and run by this operator.
    #[must_use]
    pub fn kind(&self, class: Option<&str>, operator: Option<&str>) -> StopKind {
        let names = |list: &[String], name: Option<&str>| name.is_some_and(|name| list.iter().any(|one| one == name));
        let is_subway = names(&self.subway_operators, operator) && class != Some(GUIDED_TRAMWAY);
        if names(&self.tram_classes, class) && !is_subway {
            StopKind::Tram
        } else if class == Some(TROLLEYBUS) {
            StopKind::Bus
        } else {
            StopKind::Rail
        }
    }
}

/// Says which reading a monorail or the like built as 軌道 was given.
pub(super) fn tell_of_monorail(
    class: Option<&str>,
    kind: StopKind,
    station: impl FnOnce() -> Text,
    notices: &mut Notices,
) {
    if class.is_some_and(|class| BUILT_AS_TRAMWAY.contains(&class)) {
        let reading = if kind == StopKind::Tram { &MONORAILS_AS_TRAMWAYS } else { &MONORAILS_AS_RAILWAYS };
        notices.add(LayerKey::Stations.name(), reading, station());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn railways_are_told_from_tramways_by_class_and_subways_by_operator() {
        let law = RailwayLaw::default();
        for class in ["11", "12", "13", "14", "15", "16"] {
            assert_eq!(law.kind(Some(class), Some("港鉄")), StopKind::Rail, "{class}");
        }
        for class in TRAM_CLASSES {
            assert_eq!(law.kind(Some(class), Some("港電")), StopKind::Tram, "{class}");
        }
        assert_eq!(law.kind(Some("17"), Some("山岳観光")), StopKind::Bus);
        assert_eq!(law.kind(None, None), StopKind::Rail);
        for osaka in SUBWAY_OPERATORS {
            assert_eq!(law.kind(Some("21"), Some(osaka)), StopKind::Rail, "{osaka}");
            assert_eq!(law.kind(Some("24"), Some(osaka)), StopKind::Tram, "ニュートラム, {osaka}");
        }
    }

    #[test]
    fn a_planner_may_change_classes_and_operators() {
        let law = RailwayLaw {
            tram_classes: vec!["21".into(), "路面電車".into()],
            subway_operators: vec!["港電".into()],
        };
        assert_eq!(law.kind(Some("23"), None), StopKind::Rail);
        assert_eq!(law.kind(Some("路面電車"), None), StopKind::Tram);
        assert_eq!(law.kind(Some("21"), Some("港電")), StopKind::Rail);
        assert_eq!(law.kind(Some("21"), Some("大阪市")), StopKind::Tram);
    }
}
