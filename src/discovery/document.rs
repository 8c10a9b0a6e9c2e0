//! The text of a `kyoten.toml` for what was found, commented in the language of the person who goes on with it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::finding::Finding;
use super::{Discovery, grids};
use crate::criteria::default_rules;
use crate::inputs::{Choice, InputError, archive_of};
use crate::layers::{BACKDROP, Ground, LAYERS, LayerKey, LayerKind, UseZones, is_named_as, wards};
use crate::text::{Lang, Text};

/// Names of fields that hold the id of a parcel, the first that is filled everywhere.
const ID_FIELDS: &[&str] = &["筆キー", "chiban", "地番", "parcel_id", "parcel_id", "id", "ID"];

/// Writing to a String cannot fail, so its result says nothing.
macro_rules! line {
    ($text:expr $(, $($part:tt)*)?) => {{ let _ = writeln!($text $(, $($part)*)?); }};
}

/// The text; only its comments depend on the language.
pub(super) fn text(found: &Discovery, lang: Lang) -> String {
    let mut text = String::new();
    heading(&mut text, found, lang);
    for kind in LAYERS {
        layer(&mut text, found, kind, lang);
        if kind.key == LayerKey::Stops {
            timetables(&mut text, found, lang);
        }
    }
    backdrop(&mut text, found, lang);
    footing(&mut text, lang);
    text
}

fn heading(text: &mut String, found: &Discovery, lang: Lang) {
    let first = Text::new(
        "`kyoten init` がこのフォルダーのファイルから作りました。# で始まる行は、説明か、使うかどうかを決めていただく行です。",
        "What `kyoten init` made of this folder. Lines that begin with # are remarks, or wait for a decision.",
    );
    line!(text, "# {}", first.get(lang));
    line!(text);
    if let Some((code, place)) = &found.municipality {
        let by = text!("{place} による", "by {place}", place = place.clone());
        line!(text, "municipality = \"{code}\"          # {}", by.get(lang));
    } else {
        let what = Text::new("全国地方公共団体コード（5桁）", "全国地方公共団体コード, five digits");
        line!(text, "# municipality = \"…\"           # {}", what.get(lang));
    }
    if has_use_zones(found) {
        let division = Text::new(
            "区域区分（線引き）があれば true、なければ false。用途地域は、区域区分がないときだけ数えます",
            "true where an area division (線引き) is drawn, else false: use zones count only where none is",
        );
        line!(text, "# area_division = …             # {}", division.get(lang));
    }
    let rules = Text::new(
        "都市再構築戦略事業。都市構造再編集中支援事業（2020年度〜）なら \"saihenshu\"",
        "都市再構築戦略事業; \"saihenshu\" is 都市構造再編集中支援事業 (2020–)",
    );
    line!(text, "rules = \"saikochiku\"            # {}", rules.get(lang));
    let planned = Text::new(
        "計画している高齢者交流施設の種別（`facilities` にある書き方で）",
        "the kind of the senior facility that is planned, as `facilities` names kinds",
    );
    line!(text, "# planned_kind = \"…\"           # {}", planned.get(lang));
    text.push_str(&grids::text(found, lang));
    line!(text);
    line!(text, "[layers]");
}

/// Whether a layer was taken that holds use zones 用途地域, of which the project has to say whether they count.
fn has_use_zones(found: &Discovery) -> bool {
    let taken = LAYERS.iter().flat_map(|kind| found.taken(kind.key));
    let mut publications = taken.filter_map(|finding| finding.recognised).map(|recognised| recognised.publication);
    publications.any(|publication| publication.use_zones != UseZones::None)
}

fn layer(text: &mut String, found: &Discovery, kind: &LayerKind, lang: Lang) {
    let taken: Vec<&Finding> = found.taken(kind.key).collect();
    let mut possible = found.possible(kind.key).peekable();
    line!(text, "# {}{}", kind.title.get(lang), about(&taken).get(lang));
    if taken.is_empty() {
        if let Some(by) = found.filled_by(kind.key) {
            let filled = text!(
                "`{by}` のファイルにあるものを使います。",
                "that of the files of `{by}` is taken",
                by = by.name()
            );
            line!(text, "# {}", filled.get(lang));
            line!(text, "# {} = \"…\"", kind.name);
        } else if possible.peek().is_none() {
            line!(text, "# {}", not_found(&kind.published_by).get(lang));
            line!(text, "# {} = \"…\"", kind.name);
        }
    } else {
        line!(text, "{} = {}", kind.name, value(found, kind, &taken));
    }
    for (finding, reason) in possible {
        let name = Text { ja: kind.title.ja.clone(), en: kind.name.into() };
        let may_be =
            text!("{name}かもしれません: {reason}", "may be {name}: {reason}", name = name, reason = reason.clone());
        line!(text, "# {}", may_be.get(lang));
        line!(text, "# {} = {}", kind.name, quoted(&found.name_in_file(&finding.path)));
    }
    line!(text);
}

/// What is drawn under maps: files that are no layer, and the borders of municipalities that the layer has.
fn backdrop(text: &mut String, found: &Discovery, lang: Lang) {
    let drawn: Vec<&Finding> = found.drawn().collect();
    let list = |more: &[&Finding]| {
        let all = drawn.iter().chain(more).map(|finding| finding.path.as_path());
        let value = paths(found, all);
        format!("{BACKDROP} = {value}")
    };
    let title = Text::new("背景（地図の下に描くもので、判定には使わない）", "drawn under maps, and judged by nothing");
    line!(text, "# {}{}", title.get(lang), about(&drawn).get(lang));
    if !drawn.is_empty() {
        line!(text, "{}", list(&[]));
    }
    let borders: Vec<&Finding> =
        found.taken(LayerKey::Municipalities).filter(|finding| finding.ground() == Some(Ground::Boundary)).collect();
    if !borders.is_empty() {
        let also = Text::new("行政界も描くなら", "with the boundaries of municipalities as well");
        line!(text, "# {}", also.get(lang));
        remark(text, &list(&borders));
    } else if drawn.is_empty() {
        line!(text, "# {BACKDROP} = \"…\"");
    }
    for (finding, reason) in found.may_be_drawn() {
        let title = finding.recognised.map_or_else(|| Text::same(""), |known| known.publication.title.clone());
        line!(text, "# {}", title.joined(": ", reason).get(lang));
        remark(text, &list(&[finding]));
    }
    line!(text);
}

/// Lines that wait for a decision.
fn remark(text: &mut String, lines: &str) {
    for one in lines.lines() {
        line!(text, "# {one}");
    }
}

fn not_found(published_by: &Text) -> Text {
    text!("見つかりませんでした。入手先: {by}", "not found; published by: {by}", by = published_by.clone())
}

/// What was taken, in words.
fn about(taken: &[&Finding]) -> Text {
    let titles = taken.iter().filter_map(|finding| Some(finding.recognised?.publication.title.clone()));
    let mut titles: Vec<Text> = titles.collect();
    titles.dedup();
    let titles = Text::list(&titles);
    let features: usize = taken.iter().map(|finding| finding.features()).sum();
    match taken.len() {
        0 => Text::same(""),
        1 => text!(" — {titles}: {features}件", " — {titles}: {features} features", titles = titles),
        files => text!(
            " — {titles}: {files}個のファイルに{features}件",
            " — {titles}: {features} features in {files} files",
            titles = titles
        ),
    }
}

/// A layer's value: a path or a list of paths, or a table where there is more to say.
fn value(found: &Discovery, kind: &LayerKind, taken: &[&Finding]) -> String {
    let path = path(found, kind.key, taken);
    let mut more = Vec::new();
    let publication = taken.first().and_then(|finding| finding.recognised).map(|recognised| recognised.publication);
    if kind.key == LayerKey::Parcels {
        more.extend(id_field(taken).map(|field| format!("id = {}", quoted(field))));
    }
    if let Some((field, classes)) = publication.and_then(|known| known.classes) {
        let classes: Vec<String> = classes.iter().map(|class| quoted(class)).collect();
        more.push(format!("class = {}, classes = [{}]", quoted(field), classes.join(", ")));
    }
    if let (Some(field), Some((code, _))) = (publication.and_then(|known| known.code), &found.municipality) {
        let codes = taken.iter().filter_map(|finding| finding.field(field)).flat_map(|field| &field.values);
        let spans_others = codes.clone().any(|other| other != code);
        if spans_others && codes.clone().any(|other| wards::belongs_to(other, code)) {
            more.push(format!("where = {{ {field} = {} }}", quoted(code)));
        }
    }
    if more.is_empty() { path } else { format!("{{ path = {path}, {} }}", more.join(", ")) }
}

/// Where a layer is: hundreds of map sheets in an archive are named by the archive.
fn path(found: &Discovery, key: LayerKey, taken: &[&Finding]) -> String {
    let files: Vec<PathBuf> = taken.iter().map(|finding| finding.path.clone()).collect();
    let is_known = |path: &Path| is_named_as(path, key);
    // Sheets without a place on the earth are left out by the reader, which says so.
    let may_join = |path: &Path| {
        let beside = found.findings.iter().find(|finding| finding.path == path);
        beside.is_some_and(|finding| matches!(finding.look, Err(InputError::NothingLeft { .. })))
    };
    let choice = Choice { layer: None, is_known: &is_known };
    match archive_of(&files, choice, &may_join).filter(|_| files.len() > 1) {
        Some(archive) => quoted(&found.name_in_file(&archive)),
        None => paths(found, files.iter().map(PathBuf::as_path)),
    }
}

fn id_field(taken: &[&Finding]) -> Option<&'static str> {
    let filled = |name: &&&str| {
        taken.iter().all(|finding| finding.field(name).is_some_and(|field| field.filled as usize == finding.features()))
    };
    ID_FIELDS.iter().find(filled).copied()
}

fn timetables(text: &mut String, found: &Discovery, lang: Lang) {
    if found.timetables.is_empty() {
        let operators = Text::new(
            "交通事業者のGTFS（標準的なバス情報フォーマット）",
            "the operators, in GTFS (標準的なバス情報フォーマット)",
        );
        line!(text, "# 時刻表 {}", not_found(&operators).get(lang));
        line!(text, "# gtfs = \"…\"");
    } else {
        line!(text, "# 時刻表 GTFS");
        line!(text, "gtfs = {}", paths(found, found.timetables.iter().map(PathBuf::as_path)));
    }
    line!(text);
}

pub(super) fn paths<'a>(found: &Discovery, paths: impl Iterator<Item = &'a Path>) -> String {
    let names: Vec<String> = paths.map(|path| quoted(&found.name_in_file(path))).collect();
    match names.as_slice() {
        [only] => only.clone(),
        several => format!("[\n    {},\n]", several.join(",\n    ")),
    }
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn footing(text: &mut String, lang: Lang) {
    let prospective = Text::new(
        "見込み: 将来こうなると見込むもの。根拠をそれぞれ note に書く",
        "見込み: what the planner expects, each with a note",
    );
    line!(text, "# [prospective]                 # {}", prospective.get(lang));
    line!(text, "# did = {{ path = \"…\", note = \"…\" }}");
    line!(text);
    let waive =
        Text::new("適用除外: 求めないことにする条件と、その理由", "a criterion that is set aside, with the reason");
    line!(text, "# [waive]                       # {}", waive.get(lang));
    if let Some(criterion) = default_rules().of_layer(LayerKey::InductionArea).next() {
        line!(text, "# {} = \"…\"", criterion.id);
    }
    line!(text);
    let scenario = Text::new(
        "想定: 路線の本数などがこうなったら、という実行。内容を note に書く",
        "a what-if, such as a line that runs more often; the note says what is supposed",
    );
    line!(text, "# [scenario]                    # {}", scenario.get(lang));
    line!(text, "# note = \"…\"");
    line!(text, "# [[scenario.lines]]");
    line!(text, "# name = \"…\"");
    line!(text, "# peak_trips = 3");
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::discovery::discover;
    use crate::text::is_japanese;

    /// A folder with parcels, an area in two files, a layer that waits for a decision, and the rest missing.
    fn folder(place: &Path) -> Discovery {
        let ring = "[[[138.3,34.8],[138.31,34.8],[138.31,34.81],[138.3,34.8]]]";
        let areas = |properties: &str| {
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}]}}"#
            )
        };
        for (name, text) in [
            ("parcels.geojson", areas(r#""chiban":"1-1""#)),
            ("N03-23_22.geojson", areas(r#""N03_007":"22212""#)),
            ("A16-20_22_DID.geojson", areas(r#""A16_001":"1","A16_002":"22212""#)),
            ("A50-20_22212.geojson", areas(r#""A50_006":"3""#)),
            ("222127_park_info.csv", "名称,緯度,経度\n公園,34.8,138.3\n".to_owned()),
            ("facilities.csv", "name,kind,lat,lon\n施設,老人福祉センター,34.8,138.3\n".to_owned()),
        ] {
            fs::write(place.join(name), text).expect("it can be written");
        }
        discover(place).expect("it can be read")
    }

    /// A line without its comment; no text of the file has `#` in it.
    fn content(line: &str) -> &str {
        line.split('#').next().unwrap_or_default().trim_end()
    }

    #[test]
    fn only_the_comments_depend_on_the_language() {
        let place = tempfile::tempdir().expect("a folder can be made");
        let found = folder(place.path());
        let (ja, en) = (found.project_file(Lang::Ja), found.project_file(Lang::En));
        let contents = |text: &str| text.lines().map(|line| content(line).to_owned()).collect::<Vec<_>>();
        assert_eq!(contents(&ja), contents(&en));
        assert!(contents(&ja).iter().any(|line| line.starts_with("parcels = ")), "{ja}");
        let parsed = |text: &str| text.parse::<toml::Table>().expect("it is TOML");
        assert_eq!(parsed(&ja), parsed(&en));
        assert!(
            en.starts_with("# What `kyoten init` made of this folder. Lines that begin with # are remarks"),
            "{en}"
        );
    }

    #[test]
    fn comments_are_of_one_language() {
        let place = tempfile::tempdir().expect("a folder can be made");
        let found = folder(place.path());
        let (ja, en) = (found.project_file(Lang::Ja), found.project_file(Lang::En));
        let mut own = 0;
        for (ja, en) in ja.lines().zip(en.lines()).filter(|(ja, en)| ja != en) {
            own += 1;
            let comment = ja.split_once('#').map_or("", |(_, comment)| comment);
            assert!(is_japanese(comment) || comment.trim().is_empty(), "{ja}");
            for word in ["found", "features", "may be", "planner", "Lines", "five", "kind of"] {
                let is_catalogues = LAYERS.iter().any(|kind| ja.contains(&*kind.published_by.en));
                assert!(is_catalogues || !ja.contains(word), "{ja}");
            }
            assert!(!en.contains("見つかりません") && !en.contains('。'), "{en}");
        }
        assert!(own > 8, "{ja}");
    }
}
