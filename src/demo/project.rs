//! The `kyoten.toml` of the city, and one that asks what if.

use super::names::{CITY, CODE};
use super::plan::Plan;
use super::{DemoOptions, areas, clinics, facilities, gtfs, hazards, land, parcels, transit};
use crate::criteria::default_rules;
use crate::layers::LayerKey;

/// The name of the file.
pub(super) const FILE: &str = "kyoten.toml";
/// The name of the one with a scenario.
pub(super) const WHAT_IF: &str = "what_if.toml";

/// The name of the one by rules of the city's own, and of these.
pub(super) const HOUSING: &str = "housing.toml";
/// The rules.
pub(super) const OWN_RULES: &str = "our-city.toml";
/// Their text.
pub(super) const OWN_RULES_TEXT: &str = include_str!("../../data/sample/our-city.toml");

/// The text of the project file of a what-if: the city of [`text`], and in it what is planned.
pub(super) fn what_if(plan: &Plan, options: &DemoOptions, census: &[String]) -> String {
    format!(
        r#"# What if the town's north became part of the urban zone, and the bus stop there were built? The layers are those of
# {FILE}; what is planned stands at the end, under [scenario].
{city}
[scenario]                      # 想定: a what-if; every output says so
note = "北部の編入とバス停の新設"

[scenario.layers]               # added to [layers]
urban_zone = {{ path = "{future_urban}.geojson", note = "北部土地区画整理事業に伴う編入予定" }}
stops = {{ path = "{future_stops}.geojson", peak_trips = 2, note = "2027年度に新設予定" }}
"#,
        city = text(plan, options, census),
        future_urban = areas::FUTURE_URBAN,
        future_stops = transit::FUTURE_STOPS,
    )
}

/// The text of the project file of a city with rules of its own: where dwellings are encouraged.
pub(super) fn housing() -> String {
    format!(
        r#"# {CITY} in its own words: where the city encourages dwellings, by the rules of {OWN_RULES}. docs/own-rules.md builds them.
name = "{CITY}"
municipality = "{CODE}"
plane = 8
rules = "{OWN_RULES}"

[layers]
parcels = {{ path = "{parcels_file}.geojson", id = "chiban" }}
stations = "{stations}.geojson"
stops = "{stops}.geojson"
gtfs = {timetables:?}

# 国土数値情報 A50: kyoten takes the class of 居住誘導区域 by itself.
residence_area = "{induction}.geojson"

# 洪水浸水想定区域 A31: of the ranks of depth, 3 is 3 m to 5 m, and those above are deeper.
flood = {{ path = "{flood}.geojson", role = "area", where = {{ A31a_205 = ["3", "4", "5", "6"] }} }}

# 医療機関 P04: 1 is a hospital, 2 a clinic; 3, a dentist, is left out.
clinics = {{ path = "{clinics}.geojson", role = "facilities", name = "P04_002", kind = "P04_001", where = {{ P04_001 = ["1", "2"] }} }}
"#,
        parcels_file = parcels::FILE,
        stations = transit::STATIONS,
        stops = transit::STOPS,
        timetables = gtfs::files().collect::<Vec<_>>(),
        induction = areas::INDUCTION,
        flood = hazards::FLOOD,
        clinics = clinics::FILE,
    )
}

/// The text of the project file; `census` are the tables of residents.
pub(super) fn text(plan: &Plan, options: &DemoOptions, census: &[String]) -> String {
    let DemoOptions { parcels, seed } = options;
    let km = (plan.town.radius / 100.0).round() / 10.0;
    format!(
        r#"# {CITY} does not exist. It was drawn by `kyoten demo --parcels {parcels} --seed {seed}`: a town of {km} km radius and a
# village to its east. No municipality has the code {CODE}, and the place is out in Suruga Bay.
# The files have the formats, names and encodings of the publishers that would hand them out for a real city.
name = "{CITY}"
municipality = "{CODE}"
plane = 8                       # 平面直角座標系 VIII: Shizuoka prefecture
rules = "saikochiku"
planned_kind = "老人福祉センター"   # of which kind the planned senior facility is: only its own kind must be 700 m away

[layers]
# 筆・敷地. The last parcels are odd on purpose: crossed, unclosed, clockwise, without geometry, in parts, with a hole, and one
# number given twice.
parcels = {{ path = "{parcels_file}.geojson", id = "chiban" }}

# 国土数値情報 N02 and P11 know every stop and no timetable. Two bus operators publish one (GTFS-JP); the peaks fill in what a
# planner counted of the rest. One station and some stops are in neither.
stations = "{stations}.geojson"
stops = "{stops}.geojson"
gtfs = {timetables:?}
peaks = "{peaks}"

# 人口集中地区, 国土数値情報 A16. The file holds the neighbours' districts too.
did = {{ path = "{did}.geojson", where = {{ A16_002 = "{CODE}" }} }}

# 公共用地. A school (学校) is no public facility in the sense of the programme.
public_land = {{ path = "{land}.geojson", class = "kind", classes = ["道路", "公園", "河川"] }}

# 国勢調査: e-Stat's 500 m mesh as downloaded, one table for each primary mesh cell, with suppressed cells.
census = {census:?}

# 用途地域, a shapefile in Shift_JIS on JGD2000, plane VIII.
urban_zone = "{urban}.shp"

# 国土数値情報 A50: of its classes (A50_006) 3 is 都市機能誘導区域, and 2 is 居住誘導区域, which fills residence_area; 1 is the area
# of the plan.
induction_area = "{induction}.geojson"

# 高齢者交流施設, in CP932. One row has no coordinates.
facilities = {{ path = "{facilities}", encoding = "cp932", x = "経度", y = "緯度", name = "名称", kind = "種別", site_area = "敷地面積" }}

# 行政区域, 国土数値情報 N03.
municipalities = {{ path = "{municipalities}.geojson", code = "N03_007" }}

# Layers of one's own have any other name, and a role. The programme asks for none of these; a rule set of one's own may:
# depth of flood 洪水浸水想定区域 A31 (rank 2: 0.5 m and more), 土砂災害特別警戒区域 A33 (2), and hospitals and clinics 医療機関 P04.
flood = {{ path = "{flood}.geojson", role = "area", class = "A31a_205", classes = ["2", "3"] }}
sediment_red = {{ path = "{slopes}.geojson", role = "area", class = "A33_002", classes = ["2"] }}
clinics = {{ path = "{clinics}.geojson", role = "facilities", name = "P04_002", kind = "P04_001" }}

[prospective]                   # 見込み: what the planner expects
did = {{ path = "{future_did}.geojson", note = "2030年国勢調査で人口集中地区となる見込み" }}
induction_area = {{ path = "{future_induction}.geojson", note = "立地適正化計画の改定で定めることが確実" }}

# What is planned otherwise is no expectation of the programme but a what-if: {WHAT_IF} shows one.
# A city may judge by rules of its own as well: {HOUSING} shows that.

[thresholds]                    # the rule set's own numbers; change them here
station_radius_m = 1000
stop_radius_m = 500
min_peak_trips = 3

# [waive]                       # a criterion set aside on purpose, with the reason
# {waived} = "立地適正化計画は策定中"

[map]                           # what stands on still maps beside what the run says
note = "架空の市。資料の名はデータの形式を示し、公開元のデータではない。"
"#,
        parcels_file = parcels::FILE,
        waived =
            default_rules().of_layer(LayerKey::InductionArea).map(|criterion| criterion.id).next().unwrap_or_default(),
        stations = transit::STATIONS,
        stops = transit::STOPS,
        peaks = transit::PEAKS,
        did = areas::DID,
        future_did = areas::FUTURE_DID,
        timetables = gtfs::files().collect::<Vec<_>>(),
        induction = areas::INDUCTION,
        flood = hazards::FLOOD,
        slopes = hazards::SLOPES,
        clinics = clinics::FILE,
        urban = areas::URBAN,
        future_induction = areas::FUTURE_INDUCTION,
        municipalities = areas::MUNICIPALITIES,
        land = land::FILE,
        facilities = facilities::FILE,
    )
}
