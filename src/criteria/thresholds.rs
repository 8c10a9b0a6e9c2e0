//! Every number that a rule compares with: its name in `[thresholds]`, its default, its unit and its source,
//! once. Prose, messages and documents take theirs from here.

use crate::text::{Lang, Text};

/// One threshold.
#[derive(Debug, PartialEq)]
pub struct Threshold {
    /// The key in `[thresholds]`.
    pub key: &'static str,
    /// The programme's number.
    pub default: f64,
    /// The smallest and largest number that make sense.
    pub range: (f64, f64),
    /// The unit as it is written after the number.
    pub unit: &'static str,
    /// What it is.
    pub name: Text,
}

impl Threshold {
    /// A number of this threshold with its unit, as prose has it: `300 m²`, `15 %`, `40 a hectare`.
    #[must_use]
    pub fn written(&self, number: f64) -> String {
        match self.unit {
            // Rounded, for a hundred times a binary fraction is rarely a whole number.
            "share" => format!("{} %", (number * 1e8).round() / 1e6),
            "1/ha" => format!("{number} a hectare"),
            "departures/h" => format!("{number} departures an hour"),
            unit => format!("{number} {unit}"),
        }
    }

    /// The unit as a reader of a language reads it.
    #[must_use]
    pub fn unit_in(&self, lang: Lang) -> &'static str {
        match (lang, self.unit) {
            (Lang::Ja, "share") => "割合",
            (Lang::Ja, "1/ha") => "人/ha",
            (Lang::Ja, "departures/h") => "本/時",
            (_, unit) => unit,
        }
    }

    /// A number of this threshold as Japanese prose has it: `15 %`, `40人/ha`.
    #[must_use]
    pub fn written_in_japanese(&self, number: f64) -> String {
        match self.unit {
            "1/ha" => format!("{number}人/ha"),
            "departures/h" => format!("{number}本/時"),
            _ => self.written(number),
        }
    }
}

macro_rules! thresholds {
    ($($field:ident: $default:literal, $range:expr, $unit:literal, $meaning:literal, $japanese:literal;)*) => {
        /// The numbers of one run.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Thresholds {
            $(#[doc = concat!($meaning, ", ", $unit, ".")] pub $field: f64,)*
        }

        impl Default for Thresholds {
            fn default() -> Self {
                Self { $($field: $default),* }
            }
        }

        impl Thresholds {
            /// Every threshold there is.
            pub const ALL: &[Threshold] = &[
                $(Threshold { key: stringify!($field), default: $default, range: $range, unit: $unit, name: Text::new($japanese, $meaning) }),*
            ];

            /// The number behind a key.
            #[must_use]
            pub fn get(&self, key: &str) -> Option<f64> {
                match key {
                    $(stringify!($field) => Some(self.$field),)*
                    _ => None,
                }
            }

            /// The place to write the number behind a key.
            pub fn get_mut(&mut self, key: &str) -> Option<&mut f64> {
                match key {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

// Source of every default: 国土交通省『都市機能立地支援事業・都市再構築戦略事業』, the pages on the target areas of the
// two types; `membership` is ours.
thresholds! {
    station_radius_m: 1000.0, (0.0, 100_000.0), "m", "distance to a rail or subway station", "鉄道駅・地下鉄駅からの距離";
    stop_radius_m: 500.0, (0.0, 100_000.0), "m", "distance to a bus or tram stop", "バス停・電停からの距離";
    near_stop_radius_m: 100.0, (0.0, 100_000.0), "m", "distance to a stop or station of the local and senior zones", "停留所・駅からの距離（生活拠点区域・高齢者交流拠点区域）";
    hub_radius_m: 5000.0, (0.0, 100_000.0), "m", "distance to the centre of a central zone", "中心拠点区域の中心からの距離";
    facility_spacing_m: 700.0, (0.0, 100_000.0), "m", "distance between senior facilities of one kind", "同種の高齢者交流施設との距離";
    min_peak_trips: 3.0, (0.0, 1000.0), "departures/h", "peak service in one direction", "ピーク時運行本数（片道）";
    min_public_land: 0.15, (0.0, 1.0), "share", "public-land ratio", "公共用地率";
    min_seniors_per_ha: 40.0, (0.0, 10_000.0), "1/ha", "residents aged 65 or over", "65歳以上の居住者の密度";
    min_site_m2: 300.0, (0.0, 1e9), "m²", "area of a site", "敷地の面積";
    membership: 0.5, (0.0, 1.0), "share", "part of a parcel that must lie in a zone", "区域に入るべき筆・敷地の面積割合";
}
