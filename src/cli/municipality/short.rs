//! What is said of a municipality at once: what it may use, how much of it, and whom it asks.

use super::text::{core_city, grants, name, office, summary, types};
use crate::cli::sheet::Sheet;
use crate::programme::{About, FacilityZone, facility_zones};
use crate::text::Text;

pub(super) fn text(about: &About) -> String {
    let mut sheet = Sheet::new();
    name(&mut sheet, about);
    sheet.blank();
    types(&mut sheet, about, false);
    sheet.blank();
    core_city(&mut sheet, about, false);
    grants(&mut sheet, about, false);
    sheet.blank();
    facilities(&mut sheet, about);
    sheet.blank();
    office(&mut sheet, about, false);
    sheet.blank();
    sheet.say(
        0,
        &Text::new(
            "施設の種類と根拠法、併せて整備するもの、ハンズオン支援、出典は `--all` で表示します。",
            "`--all` tells the kinds of facilities with their legal basis, what is to be built beside, hands-on support, and every source",
        ),
    );
    sheet.finish()
}

/// How many kinds may be built in each zone.
fn facilities(sheet: &mut Sheet, about: &About) {
    sheet.say(0, &Text::new("整備できる誘導施設", "Facilities that a project may build"));
    for zone in facility_zones() {
        let kinds: usize = zone.groups.iter().map(|group| group.kinds.len()).sum();
        let one_of_a_kind = if zone.one_of_a_kind.is_some() {
            Text::new("。1市町村に同種は1つ", "; one of a kind a municipality")
        } else {
            Text::same("")
        };
        let told = if is_closed(zone, about) {
            Text::new("実施できません", "closed to it")
        } else if kinds == 0 {
            Text::new("種類の表はありません", "no table of kinds")
        } else {
            text!("{kinds}種類{more}", "{kinds} kind(s){more}", more = one_of_a_kind)
        };
        sheet.say(2, &text!("{name}：{told}", "{name}: {told}", name = zone.name.clone(), told = told));
    }
    if let Some(existing) = &about.existing {
        summary(sheet, existing);
    }
}

fn is_closed(zone: &FacilityZone, about: &About) -> bool {
    zone.is_of_density_type() && about.exclusion.is_excluded == Some(true)
}
