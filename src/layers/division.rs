//! Area division 区域区分: where one is drawn 線引き, only the 市街化区域 counts, and a use zone 用途地域 by itself does not.

use super::{Loaded, UseZones, as_text};
use crate::inputs::RawFeature;
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// Use zones that count although nobody says that no division is drawn.
pub static UNSAID: NoticeKind = NoticeKind {
    id: "area-division-unsaid",
    severity: Severity::Info,
    what: Text::new(
        "用途地域を区域に数えました。区域区分（線引き）のある市区町村では、市街化区域の外の用途地域は数えられません。",
        "use zone(s) 用途地域 that count only where no area division 区域区分 is drawn, which the project does not say",
    ),
    advice: Some(Text::new(
        "区域区分があれば `area_division = true`、なければ `area_division = false` をプロジェクトファイルに書いてください。",
        "say in the project file `area_division = true` where one is drawn, `area_division = false` where none is",
    )),
};

/// Use zones beside a 市街化区域, under a division.
pub static LEFT_OUT: NoticeKind = NoticeKind {
    id: "use-zones-left-out",
    severity: Severity::Info,
    what: Text::new(
        "区域区分があるため、用途地域を外しました。市街化区域だけを数えます。",
        "use zone(s) 用途地域 left out: with an area division 区域区分 the 市街化区域 alone counts",
    ),
    advice: None,
};

/// Use zones under a division of which no file says where the 市街化区域 is.
pub static IN_DOUBT: NoticeKind = NoticeKind {
    id: "use-zones-in-doubt",
    severity: Severity::Warning,
    what: Text::new(
        "区域区分があるのに、用途地域だけが指定されています。用途地域が市街化区域の中かどうか分からないため、その中は判定不能になります。",
        "use zone(s) 用途地域 under an area division 区域区分 that may lie outside of the 市街化区域: nothing is sure to be in it",
    ),
    advice: Some(Text::new(
        "レイヤー `urban_zone` に市街化区域を指定してください（市区町村のデータ、または国土数値情報 A09）。",
        "give the 市街化区域 as the layer `urban_zone`: the city's own file, or 国土数値情報 A09",
    )),
};

/// What a feature says of the division.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It is 市街化区域, or what the planner takes for one.
    Counts,
    /// It is a use zone, inside of a 市街化区域 or not.
    UseZone,
    /// It is a use zone where no 市街化区域 is.
    Outside,
}

/// Takes the features out of a layer that are not sure to count where a division is drawn, and gives those that may.
///
/// By law all of a 市街化区域 has use zones, so that beyond the use zones of a city there is none. Which of them lie in
/// one, a layer of use zones alone does not say.
pub(super) fn divide(loaded: &mut Loaded, divided: Option<bool>, notices: &mut Notices) -> Vec<RawFeature> {
    if loaded.key.is_own() {
        // Whatever use zones are given as there, they count as that.
        return Vec::new();
    }
    let says: Vec<Says> = loaded.raw.features.iter().map(|feature| says(loaded, feature)).collect();
    let use_zones = says.iter().filter(|&&says| says != Says::Counts).count() as u64;
    if use_zones == 0 || divided == Some(false) {
        return Vec::new();
    }
    let layer = loaded.key.name();
    let files = |wanted: &dyn Fn(Says) -> bool| {
        let mut names: Vec<String> = Vec::new();
        for (feature, _) in loaded.raw.features.iter().zip(&says).filter(|(_, says)| wanted(**says)) {
            let path = &loaded.raw.files[feature.file].path;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if names.last() != Some(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        Text { ja: names.join("、").into(), en: names.join(", ").into() }
    };
    if divided.is_none() {
        notices.add_many(layer, &UNSAID, use_zones, files(&|says| says != Says::Counts));
        return Vec::new();
    }
    // Where the 市街化区域 is given, no use zone beside it is needed, or counts.
    let area_is_given = says.contains(&Says::Counts);
    let may_count = |says: Says| says == Says::UseZone && !area_is_given;
    let (in_doubt, left_out) = (files(&may_count), files(&|says| says != Says::Counts && !may_count(says)));
    let doubts = says.iter().filter(|&&says| may_count(says)).count() as u64;
    if doubts > 0 {
        notices.add_many(layer, &IN_DOUBT, doubts, in_doubt);
    }
    if doubts < use_zones {
        notices.add_many(layer, &LEFT_OUT, use_zones - doubts, left_out);
    }
    let (mut counting, mut doubtful) = (Vec::new(), Vec::new());
    for (feature, says) in std::mem::take(&mut loaded.raw.features).into_iter().zip(says) {
        if says == Says::Counts {
            counting.push(feature);
        } else if may_count(says) {
            doubtful.push(feature);
        }
    }
    loaded.raw.features = counting;
    loaded.report.used = loaded.raw.features.len() + doubtful.len();
    doubtful
}

fn says(loaded: &Loaded, feature: &RawFeature) -> Says {
    let Some(publication) = loaded.published[feature.file] else { return Says::Counts };
    match publication.use_zones {
        UseZones::None => Says::Counts,
        UseZones::All => Says::UseZone,
        UseZones::Outside(classes) => {
            let class = publication.classes.and_then(|(field, _)| feature.fields.get(field)).and_then(as_text);
            let is_outside = class.is_some_and(|class| classes.contains(&class.as_str()));
            if is_outside { Says::Outside } else { Says::Counts }
        }
    }
}
