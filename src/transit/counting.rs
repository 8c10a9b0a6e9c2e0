//! By which rule departures are counted: the programme's own, and its variants, each a named switch.

use crate::text::Text;

/// Over which time departures are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Window {
    /// The 60 minutes with the most departures, wherever they begin.
    #[default]
    AnyHour,
    /// The hour of the clock with the most departures: 7:00 to 8:00, 8:00 to 9:00.
    ClockHour,
    /// The departures from 7:00 to 9:00, halved.
    MorningMean,
}

impl Window {
    /// Every window, the programme's first.
    pub const ALL: &'static [Self] = &[Self::AnyHour, Self::ClockHour, Self::MorningMean];

    /// The value of `window` in a project file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AnyHour => "any-60min",
            Self::ClockHour => "clock-hour",
            Self::MorningMean => "mean-7-9",
        }
    }

    /// What it is called in Japanese and in English.
    #[must_use]
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::AnyHour => ("任意の60分間", "any 60 minutes"),
            Self::ClockHour => ("正時からの1時間", "hour of the clock"),
            Self::MorningMean => ("7〜9時の1時間平均", "mean of 7:00 to 9:00"),
        }
    }
}

/// Whose departures are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Unit {
    /// Those of all poles of a stop group 停留所, all routes together.
    #[default]
    StopGroup,
    /// Those at one pole 標柱, all routes together.
    Pole,
    /// Those of one route 系統 at all poles of a stop group.
    GroupAndRoute,
}

impl Unit {
    /// Every unit, the programme's first.
    pub const ALL: &'static [Self] = &[Self::StopGroup, Self::Pole, Self::GroupAndRoute];

    /// The value of `unit` in a project file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::StopGroup => "stop-group",
            Self::Pole => "pole",
            Self::GroupAndRoute => "group-and-route",
        }
    }

    /// What it is called in Japanese and in English.
    #[must_use]
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::StopGroup => ("停留所", "stop group"),
            Self::Pole => ("標柱", "pole"),
            Self::GroupAndRoute => ("停留所の系統別", "stop group and route"),
        }
    }
}

/// Which direction's departures are the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DirectionRule {
    /// Those of the direction that has more.
    #[default]
    Best,
    /// Those of the direction that has fewer: both must reach the number that is asked for.
    Both,
}

impl DirectionRule {
    /// Every rule, the programme's first.
    pub const ALL: &'static [Self] = &[Self::Best, Self::Both];

    /// The value of `direction` in a project file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Both => "both",
        }
    }

    /// What it is called in Japanese and in English.
    #[must_use]
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Best => ("多い方の方向", "better direction"),
            Self::Both => ("両方向とも", "both directions"),
        }
    }
}

/// A rule of counting: one position of each switch. The default is the programme's, ピーク時運行本数(片道).
///
/// ```
/// use kyoten::transit::{CountingRule, DirectionRule, Unit};
/// assert_eq!(CountingRule::default().id(), "standard");
/// let strict = CountingRule { unit: Unit::Pole, direction: DirectionRule::Both, ..CountingRule::default() };
/// assert_eq!(strict.id(), "pole+both-directions");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CountingRule {
    /// Over which time.
    pub window: Window,
    /// Whose departures together.
    pub unit: Unit,
    /// Which direction's.
    pub direction: DirectionRule,
}

impl CountingRule {
    /// The programme's rule.
    pub const STANDARD: Self = Self { window: Window::AnyHour, unit: Unit::StopGroup, direction: DirectionRule::Best };

    /// Every rule, the programme's first; the direction changes fastest, the window slowest.
    pub const ALL: [Self; Window::ALL.len() * Unit::ALL.len() * DirectionRule::ALL.len()] = {
        let (units, directions) = (Unit::ALL.len(), DirectionRule::ALL.len());
        let mut all = [Self::STANDARD; Window::ALL.len() * Unit::ALL.len() * DirectionRule::ALL.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = Self {
                window: Window::ALL[index / directions / units],
                unit: Unit::ALL[index / directions % units],
                direction: DirectionRule::ALL[index % directions],
            };
            index += 1;
        }
        all
    };

    /// The rule's name for outputs: `standard`, else the switches that differ from the standard, with `+` between them.
    #[must_use]
    pub fn id(self) -> String {
        let mut switches = Vec::new();
        if self.window != Window::default() {
            switches.push(self.window.id());
        }
        if self.unit != Unit::default() {
            switches.push(self.unit.id());
        }
        if self.direction == DirectionRule::Both {
            // Alone, `both` would not say what there are two of.
            switches.push("both-directions");
        }
        if switches.is_empty() { "standard".to_owned() } else { switches.join("+") }
    }

    /// What people call the rule.
    #[must_use]
    pub fn name(self) -> Text {
        rule_name(&self.id())
    }

    /// This rule, then every rule that differs from it in one switch: windows, units, directions.
    #[must_use]
    pub fn switches(self) -> Vec<Self> {
        let windows = Window::ALL.iter().map(|&window| Self { window, ..self });
        let units = Unit::ALL.iter().map(|&unit| Self { unit, ..self });
        let directions = DirectionRule::ALL.iter().map(|&direction| Self { direction, ..self });
        let others = windows.chain(units).chain(directions).filter(|&rule| rule != self);
        std::iter::once(self).chain(others).collect()
    }
}

/// What people call a rule of this id: of several switches, each of them.
#[must_use]
pub fn rule_name(id: &str) -> Text {
    let ja: Vec<&str> = id
        .split('+')
        .map(|switch| match switch {
            "standard" => "標準",
            "clock-hour" => "正時の1時間",
            "mean-7-9" => "7〜9時の平均",
            "pole" => "標柱別",
            "group-and-route" => "系統別",
            "both-directions" => "両方向とも",
            other => other,
        })
        .collect();
    Text { ja: ja.join("・").into(), en: id.to_owned().into() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_eighteen_rules_and_the_programmes_is_the_first() {
        assert_eq!(CountingRule::ALL[0], CountingRule::default());
        assert_eq!(CountingRule::ALL[0], CountingRule::STANDARD);
        let ids: BTreeSet<String> = CountingRule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), 18);
        assert!(CountingRule::ALL.is_sorted());
    }

    #[test]
    fn a_rule_is_named_after_the_switches_that_differ() {
        let named = |id: &str| CountingRule::ALL.iter().any(|rule| rule.id() == id);
        for id in ["standard", "clock-hour", "pole", "both-directions", "mean-7-9+group-and-route+both-directions"] {
            assert!(named(id), "{id}");
        }
    }

    #[test]
    fn one_switch_leads_to_five_other_rules() {
        for rule in CountingRule::ALL {
            let around = rule.switches();
            assert_eq!((around.len(), around[0]), (6, rule));
            for other in &around[1..] {
                let differences = usize::from(rule.window != other.window)
                    + usize::from(rule.unit != other.unit)
                    + usize::from(rule.direction != other.direction);
                assert_eq!(differences, 1, "{} {}", rule.id(), other.id());
            }
        }
        let ids: Vec<String> = CountingRule::STANDARD.switches().iter().map(|rule| rule.id()).collect();
        assert_eq!(ids, ["standard", "clock-hour", "mean-7-9", "pole", "group-and-route", "both-directions"]);
    }
}
