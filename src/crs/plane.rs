//! The nineteen plane rectangular systems (平面直角座標系) and which of them a place belongs to.

use serde::{Deserialize, Serialize};

use super::nearest;
use crate::text::Text;

/// The scale on the central meridian of every zone.
///
/// Source: 平成14年国土交通省告示第9号.
pub(super) const SCALE_AT_ORIGIN: f64 = 0.9999;

/// The EPSG code of zone I on JGD2011, less one.
const EPSG_BEFORE_FIRST: u16 = 6668;

const ROMAN: [&str; 19] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
    "XVIII", "XIX",
];

/// Origins of the zones I to XIX: degrees and minutes of longitude, degrees of latitude.
///
/// Source: 平成14年国土交通省告示第9号, the table of 座標系原点の経緯度.
const ORIGINS: [(f64, f64, f64); 19] = [
    (129.0, 30.0, 33.0),
    (131.0, 0.0, 33.0),
    (132.0, 10.0, 36.0),
    (133.0, 30.0, 33.0),
    (134.0, 20.0, 36.0),
    (136.0, 0.0, 36.0),
    (137.0, 10.0, 36.0),
    (138.0, 30.0, 36.0),
    (139.0, 50.0, 36.0),
    (140.0, 50.0, 40.0),
    (140.0, 15.0, 44.0),
    (142.0, 15.0, 44.0),
    (144.0, 15.0, 44.0),
    (142.0, 0.0, 26.0),
    (127.0, 30.0, 26.0),
    (124.0, 0.0, 26.0),
    (131.0, 0.0, 26.0),
    (136.0, 0.0, 20.0),
    (154.0, 0.0, 26.0),
];

/// A plane rectangular system on JGD2011: a zone from 1 (I) to 19 (XIX).
///
/// ```
/// use kyoten::crs::Plane;
/// let plane = Plane::new(8).unwrap();
/// assert_eq!(plane.epsg(), 6676);
/// assert_eq!(plane.name(), "平面直角座標系 VIII (EPSG:6676)");
/// assert_eq!(Plane::for_prefecture("22212"), Some(plane));
/// assert_eq!(Plane::nearest(138.32, 34.87), plane);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Plane(u8);

impl TryFrom<u8> for Plane {
    type Error = String;

    fn try_from(zone: u8) -> Result<Self, String> {
        Self::new(zone).ok_or_else(|| format!("no plane rectangular system {zone}"))
    }
}

impl From<Plane> for u8 {
    fn from(plane: Plane) -> Self {
        plane.zone()
    }
}

impl Plane {
    /// The system of a zone number, 1 to 19; `None` for any other number.
    #[must_use]
    pub fn new(zone: u8) -> Option<Self> {
        (1..=19).contains(&zone).then_some(Self(zone))
    }

    /// Every system, from I to XIX.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (1..=19).map(Self)
    }

    /// The zone number, 1 to 19.
    #[must_use]
    pub fn zone(self) -> u8 {
        self.0
    }

    /// The EPSG code on JGD2011, 6669 to 6687.
    #[must_use]
    pub fn epsg(self) -> u16 {
        EPSG_BEFORE_FIRST + u16::from(self.0)
    }

    /// The zone in Roman numerals, as the systems are cited.
    #[must_use]
    pub fn roman(self) -> &'static str {
        ROMAN[usize::from(self.0) - 1]
    }

    /// The name that `run.json` holds, with the EPSG code.
    #[must_use]
    pub fn name(self) -> String {
        format!("平面直角座標系 {} (EPSG:{})", self.roman(), self.epsg())
    }

    /// The name for a reader of either language, with the EPSG code.
    ///
    /// ```
    /// use kyoten::crs::Plane;
    /// assert_eq!(Plane::new(8).unwrap().title().ja, "平面直角座標系第VIII系（EPSG:6676）");
    /// ```
    #[must_use]
    pub fn title(self) -> Text {
        Text { ja: format!("{}（EPSG:{}）", self.japanese(), self.epsg()).into(), en: self.name().into() }
    }

    /// The name in English alone, as EPSG has it, with the code.
    ///
    /// ```
    /// use kyoten::crs::Plane;
    /// assert_eq!(Plane::new(8).unwrap().english_name(), "Japan Plane Rectangular CS VIII (EPSG:6676)");
    /// ```
    #[must_use]
    pub fn english_name(self) -> String {
        format!("Japan Plane Rectangular CS {} (EPSG:{})", self.roman(), self.epsg())
    }

    /// The name as the law has it.
    pub(super) fn japanese(self) -> String {
        format!("平面直角座標系第{}系", self.roman())
    }

    /// Longitude and latitude of the origin, in degrees.
    #[must_use]
    pub fn origin(self) -> (f64, f64) {
        let (degrees, minutes, latitude) = ORIGINS[usize::from(self.0) - 1];
        (degrees + minutes / 60.0, latitude)
    }

    /// The system that the law gives to a prefecture (都道府県) or municipality (市区町村).
    ///
    /// `jis_code` is a JIS code of two (prefecture), five or six digits (municipality, the sixth a check digit); a
    /// leading zero that a spreadsheet dropped is put back where that leaves no doubt (one or four digits).
    ///
    /// - Most prefectures lie in one zone. Tokyo (13) is IX, but for Ogasawara (13421), which is XIV, the zone of its
    ///   inhabited islands.
    /// - Hokkaido (01), Kagoshima (46) and Okinawa (47) have several: `None` for the prefecture alone, the zone for a
    ///   municipality. `None` also for Mishima (46303), whose islands lie in two.
    /// - Satsumasendai (46215) is II, although its Koshiki islands are in I.
    ///
    /// Source: 平成14年国土交通省告示第9号, column 適用区域.
    #[must_use]
    pub fn for_prefecture(jis_code: &str) -> Option<Self> {
        let code = jis_code.trim();
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let code = if matches!(code.len(), 1 | 4) { format!("0{code}") } else { code.to_owned() };
        let municipality: Option<u16> = match code.len() {
            2 => None,
            5 | 6 => code[2..5].parse().ok(),
            _ => return None,
        };
        let zone = match code[..2].parse::<u8>().ok()? {
            1 => hokkaido(municipality?),
            2..=6 => 10,
            13 if municipality == Some(421) => 14,
            7..=14 => 9,
            15 | 19 | 20 | 22 => 8,
            16 | 17 | 21 | 23 => 7,
            18 | 24..=27 | 29 | 30 => 6,
            28 | 31 | 33 => 5,
            32 | 34 | 35 => 3,
            36..=39 => 4,
            40 | 41 | 43..=45 => 2,
            42 => 1,
            46 => kagoshima(municipality?)?,
            47 => okinawa(municipality?),
            _ => return None,
        };
        Self::new(zone)
    }

    /// The system of the place in a built-in list that is nearest to a longitude and latitude in degrees.
    ///
    /// The list holds the seat of every prefecture and of each part of a prefecture that has a zone of its own, so
    /// that a city gets the zone of its prefecture unless it lies close to a border. It serves data that name no
    /// municipality; where the municipality is known, [`Plane::for_prefecture`] is certain. Any zone gives right
    /// distances (the scale factor is taken out), only the coordinates differ.
    #[must_use]
    pub fn nearest(lon: f64, lat: f64) -> Self {
        Self(nearest::zone(lon, lat))
    }
}

/// The zone of a municipality of Hokkaido, by the last three digits of its code.
fn hokkaido(municipality: u16) -> u8 {
    match municipality {
        // Hakodate, Otaru, Date, Hokuto; Oshima, Hiyama, Shiribeshi; Toyoura, Sobetsu, Toyako.
        202 | 203 | 233 | 236 | 331..=347 | 361..=371 | 391..=409 | 571 | 575 | 584 => 11,
        // Kushiro, Obihiro, Kitami, Abashiri, Nemuro; the south of Okhotsk; Tokachi, Kushiro, Nemuro.
        206..=208 | 211 | 223 | 543..=547 | 549 | 550 | 552 | 564 | 631..=649 | 661..=668 | 691..=700 => 13,
        _ => 12,
    }
}

/// The zone of a municipality of Kagoshima, by the last three digits of its code.
fn kagoshima(municipality: u16) -> Option<u8> {
    match municipality {
        303 => None,
        // Amami, Toshima (Tokara) and the county of Oshima.
        222 | 304 | 523..=535 => Some(1),
        _ => Some(2),
    }
}

/// The zone of a municipality of Okinawa, by the last three digits of its code.
fn okinawa(municipality: u16) -> u8 {
    match municipality {
        // Ishigaki, Miyakojima, Tarama, Taketomi, Yonaguni.
        207 | 214 | 375 | 381 | 382 => 16,
        // Minamidaito, Kitadaito.
        357 | 358 => 17,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone_of(code: &str) -> Option<u8> {
        Plane::for_prefecture(code).map(Plane::zone)
    }

    #[test]
    fn zones_outside_1_to_19_do_not_exist() {
        assert_eq!(Plane::new(0), None);
        assert_eq!(Plane::new(20), None);
        assert_eq!(Plane::all().map(Plane::epsg).collect::<Vec<_>>(), (6669..=6687).collect::<Vec<_>>());
    }

    #[test]
    fn every_prefecture_has_a_zone_but_the_three_with_several() {
        let without: Vec<u8> = (1..=47).filter(|p| zone_of(&format!("{p:02}")).is_none()).collect();
        assert_eq!(without, [1, 46, 47]);
        assert_eq!(zone_of("48"), None);
        assert_eq!(zone_of("00"), None);
    }

    #[test]
    fn a_municipality_tells_its_part_of_the_prefecture() {
        let expected = [
            ("01100", 12), // Sapporo
            ("01202", 11), // Hakodate
            ("01207", 13), // Obihiro
            ("13101", 9),  // Chiyoda
            ("13421", 14), // Ogasawara
            ("46201", 2),  // Kagoshima
            ("46222", 1),  // Amami
            ("47201", 15), // Naha
            ("47207", 16), // Ishigaki
            ("47357", 17), // Minamidaito
            ("22212", 8),  // Yaizu
        ];
        for (code, zone) in expected {
            assert_eq!(zone_of(code), Some(zone), "{code}");
        }
        assert_eq!(zone_of("46303"), None);
    }

    #[test]
    fn check_digits_and_lost_zeros_do_not_matter() {
        assert_eq!(zone_of("222127"), Some(8));
        assert_eq!(zone_of("1202"), Some(11));
        assert_eq!(zone_of("2"), Some(10));
        for text in ["", "abc", "２２", "222", "2221270", "-1"] {
            assert_eq!(zone_of(text), None, "{text}");
        }
    }
}
