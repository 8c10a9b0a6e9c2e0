//! Which ward 行政区 of a designated city does a name mean?

use std::sync::LazyLock;

use serde::Deserialize;

use super::built_in_rows;
use super::fold::{folded, folded_reading};
use crate::layers::wards::whole_of_ward;

/// A ward of a designated city 政令指定都市.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ward {
    /// Its code, five digits.
    pub code: String,
    /// Its name; `None` of one that is no more.
    pub name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    city: String,
    name: String,
    kana: String,
}

/// A ward with what it is compared by.
pub(super) struct KnownWard {
    pub(super) ward: Ward,
    /// Its city's name.
    pub(super) city: String,
    /// The code of its city, five digits.
    pub(super) city_code: String,
    /// Its name by itself, and behind that of its city with and without 市, folded.
    names: [String; 3],
    /// Its name without 区, folded.
    bare: String,
    readings: [String; 2],
}

static WARDS: LazyLock<Vec<KnownWard>> = LazyLock::new(|| {
    let rows: Vec<Row> = built_in_rows("wards.csv", include_str!("data/wards.csv"));
    rows.into_iter().filter_map(known).collect()
});

fn known(Row { code, city, name, kana }: Row) -> Option<KnownWard> {
    let code = code[..5].to_owned();
    let city_code = format!("{:05}", whole_of_ward(&code)?.code);
    let (own, of_city) = (folded(&name), folded(&city));
    let short = of_city.strip_suffix('市').unwrap_or(&of_city);
    let names = [own.clone(), format!("{of_city}{own}"), format!("{short}{own}")];
    let bare = own.strip_suffix('区').unwrap_or(&own).to_owned();
    let reading = folded_reading(&kana);
    let readings = [reading.strip_suffix('ク').unwrap_or(&reading).to_owned(), reading];
    Some(KnownWard { ward: Ward { code, name: Some(name) }, city, city_code, names, bare, readings })
}

impl KnownWard {
    /// Whether it is called so, by itself or with its city.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// Whether it is called so without 区.
    pub(super) fn is_called_in_short(&self, name: &str) -> bool {
        self.bare == name
    }

    /// Whether it is read so.
    pub(super) fn is_read(&self, reading: &str) -> bool {
        self.readings.iter().any(|own| own == reading)
    }

    /// Its name behind that of its city.
    pub(super) fn full_name(&self) -> String {
        format!("{}{}", self.city, self.ward.name.as_deref().unwrap_or_default())
    }
}

/// Every ward, in the order of codes.
pub(super) fn wards() -> &'static [KnownWard] {
    &WARDS
}

/// The ward of a code; without a name where it is no more.
pub(super) fn ward_of(code: &str) -> Ward {
    let found = WARDS.iter().find(|known| known.ward.code == code);
    found.map_or_else(|| Ward { code: code.to_owned(), name: None }, |known| known.ward.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::layers::municipality_code;
    use crate::layers::wards::WHOLES;
    use crate::programme::municipalities;

    #[test]
    fn every_ward_has_a_right_check_digit_and_a_city_of_the_list() {
        let rows: Vec<Row> = built_in_rows("wards.csv", include_str!("data/wards.csv"));
        assert_eq!((rows.len(), wards().len()), (171, 171));
        for (row, known) in rows.iter().zip(wards()) {
            assert_eq!(municipality_code(&row.code), Ok(known.ward.code.clone()));
            let city = municipalities().find(|one| one.code == known.city_code).expect("a designated city");
            assert_eq!((city.name.as_str(), row.name.ends_with('区')), (known.city.as_str(), true));
        }
        assert!(wards().windows(2).all(|pair| pair[0].ward.code < pair[1].ward.code));
    }

    #[test]
    fn every_designated_city_has_wards_and_no_ward_lies_elsewhere() {
        let mut of_city: BTreeMap<&str, usize> = BTreeMap::new();
        for known in wards() {
            *of_city.entry(&known.city_code).or_default() += 1;
        }
        let cities: Vec<String> =
            WHOLES.iter().map(|city| format!("{:05}", city.code)).filter(|code| code != "13100").collect();
        assert_eq!(of_city.keys().copied().collect::<Vec<_>>(), cities);
        assert_eq!((of_city["27100"], of_city["22130"], of_city["14150"]), (24, 3, 3));
    }
}
