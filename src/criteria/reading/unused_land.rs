//! When land is under-used, as a rule file says.

use crate::criteria::UnusedLand;
use crate::settings::{Entry, TomlTable};
use crate::text::Text;

const KEYS: &[&str] = &["max_fill_rate"];

const A_FRACTION: Text = Text::new(
    "2つの自然数の分数（`[1, 3]` は1/3）",
    "a fraction of two whole numbers that is no more than 1: `[1, 3]` is a third",
);

/// The table `unused_land`, where there is one; `None` of one that cannot be read, which is reported.
#[expect(clippy::option_option, reason = "a table that is not there, and one that is wrong, are two things")]
pub(super) fn read(root: &TomlTable<'_>) -> Option<Option<UnusedLand>> {
    let Some(entry) = root.get("unused_land") else { return Some(None) };
    let table = entry.table()?.knowing(KEYS);
    let rate = table.needed("max_fill_rate", A_FRACTION)?;
    fraction(&rate).map(Some)
}

fn fraction(entry: &Entry<'_>) -> Option<UnusedLand> {
    let pair = entry.pair(A_FRACTION)?;
    let whole = |number: f64| (number.fract() == 0.0 && (1.0..=1e6).contains(&number)).then_some(number as u32);
    let found = match pair.map(whole) {
        [Some(parts), Some(of)] if parts <= of => Some(UnusedLand { parts, of }),
        _ => None,
    };
    if found.is_none() {
        entry.wrong(A_FRACTION);
    }
    found
}
