//! Place names that sound like some and mean none.

const FIRST: [&str; 12] = ["東", "西", "南", "北", "上", "下", "中", "新", "本", "元", "大", "小"];
const SECOND: [&str; 16] =
    ["町", "田", "川", "山", "原", "浜", "松", "竹", "梅", "桜", "泉", "森", "橋", "宮", "寺", "城"];

/// The municipality of the city: a code that no municipality of Shizuoka (22) has.
pub(super) const CODE: &str = "22999";
/// Its name, "imaginary city".
pub(super) const CITY: &str = "架空市";
/// The municipality next to it, as unreal.
pub(super) const NEIGHBOUR_CODE: &str = "22998";
/// Its name, "the town next door".
pub(super) const NEIGHBOUR: &str = "隣町";

/// The name of the place of a number; numbers have different names.
pub(super) fn place(number: usize) -> String {
    let mut name = String::from(FIRST[number % FIRST.len()]);
    let mut rest = number / FIRST.len();
    loop {
        name.push_str(SECOND[rest % SECOND.len()]);
        rest /= SECOND.len();
        if rest == 0 {
            return name;
        }
        // Without this, 東町 followed by nothing and by the first sign again would be one name for two numbers.
        rest -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_places_share_a_name() {
        let names: BTreeSet<String> = (0..60_000).map(place).collect();
        assert_eq!(names.len(), 60_000);
    }
}
