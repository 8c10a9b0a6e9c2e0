//! All that is said of a municipality, for people.

use crate::cli::sheet::Sheet;
use crate::outputs::thousands;
use crate::programme::{
    About, Clause, Existing, FacilityKind, FacilityZone, Municipality, Ward, ceilings, clause, documents,
    facility_zones, themes,
};
use crate::text::Text;

pub(super) fn text(about: &About) -> String {
    let mut sheet = Sheet::new();
    name(&mut sheet, about);
    sheet.blank();
    types(&mut sheet, about, true);
    sheet.blank();
    core_city(&mut sheet, about, true);
    sheet.blank();
    grants(&mut sheet, about, true);
    sheet.blank();
    hands_on(&mut sheet, about);
    for zone in facility_zones() {
        sheet.blank();
        facilities(&mut sheet, zone, about);
    }
    sheet.blank();
    sheet.say(0, &Text::new("誘導施設に共通", "Of all these facilities"));
    for clause in About::facility_clauses() {
        sheet.say(2, &clause.says);
        source(&mut sheet, 4, clause);
    }
    sheet.blank();
    office(&mut sheet, about, true);
    sheet.blank();
    documents_cited(&mut sheet);
    sheet.finish()
}

/// The titles of the documents that are named for short.
pub(in crate::cli) fn documents_cited(sheet: &mut Sheet) {
    for document in documents() {
        let (short, title) = (document.short.clone(), document.title.clone());
        sheet.say(0, &text!("{short}：{title}", "{short}: {title}", short = short, title = title));
    }
}

/// Where something is said.
fn source(sheet: &mut Sheet, indent: usize, clause: &Clause) {
    sheet.say(indent, &text!("出典：{source}", "source: {source}", source = clause.short_source()));
}

pub(super) fn name(sheet: &mut Sheet, about: &About) {
    let Municipality { code, code_with_check_digit, prefecture, name, kana } = &about.found.municipality;
    let kana = kana.as_ref().map_or_else(|| Text::same(""), |kana| text!("（{kana}）", " ({kana})"));
    sheet.heading(&Text::from(format!("{prefecture}{name}")).joined("", &kana));
    sheet.say(
        2,
        &text!(
            "市区町村コード {code}（検査数字を付けて {code_with_check_digit}）",
            "code {code}, with its check digit {code_with_check_digit}"
        ),
    );
    if let Some(Ward { code, name }) = &about.found.ward {
        let name = name.as_deref().map_or_else(|| Text::new("今はない区", "a ward that is no more"), Text::from);
        sheet.say(
            2,
            &text!(
                "{name}（{code}）は行政区で、市として扱います。",
                "{name} ({code}) is a ward, which counts with its city",
                name = name
            ),
        );
    }
}

/// Whether the density type is open to it.
pub(super) fn density(about: &About) -> Text {
    match about.exclusion.is_excluded {
        Some(true) => Text::new(
            "使えません（三大都市圏の政令市・特別区）",
            "closed: a designated city of the three metropolitan areas, or a special ward",
        ),
        Some(false) => Text::new(
            "使えます（三大都市圏の政令市・特別区ではありません）",
            "open: neither a designated city of the three metropolitan areas nor a special ward",
        ),
        None if about.exclusion.list.is_some() => Text::new(
            "分かりません（一覧に区の一部だけがあります）",
            "not known: the list names some of its wards only",
        ),
        None => Text::new("分かりません（ルールに一覧がありません）", "not known: the rules have no list"),
    }
}

/// Which types of the programme it may use, with the statements that say so where `sources` are asked for.
pub(super) fn types(sheet: &mut Sheet, about: &About, sources: bool) {
    sheet.say(0, &Text::new("使えるタイプ", "Types of the programme"));
    sheet.say(
        2,
        &text!("人口密度維持タイプ：{density}", "density type 人口密度維持タイプ: {density}", density = density(about)),
    );
    if let Some(list) = &about.exclusion.list {
        let codes = list.codes.len();
        sheet.say(4, &text!("一覧：{of}（{codes}件）", "list: {of}, {codes} codes", of = list.of.clone()));
    }
    if sources {
        source(sheet, 4, About::exclusion_clause());
    }
    sheet.say(
        2,
        &Text::new(
            "高齢社会対応タイプ：市区町村による制限はありません",
            "type for the aged society 高齢社会対応タイプ: closed to no municipality",
        ),
    );
    if sources {
        source(sheet, 4, clause("two-types"));
    }
}

/// Whether it is a core city, and of which classes.
pub(super) fn core_city(sheet: &mut Sheet, about: &About, sources: bool) {
    let classes: Vec<Text> = about.classes.iter().map(|class| class.name.clone()).collect();
    let line = if classes.is_empty() {
        Text::new("中枢中核都市：該当しません", "Core city 中枢中核都市: no")
    } else {
        text!(
            "中枢中核都市：該当します（{classes}）",
            "Core city 中枢中核都市: yes ({classes})",
            classes = Text::list(&classes)
        )
    };
    sheet.say(0, &line);
    if sources {
        for clause in About::core_clauses() {
            source(sheet, 2, clause);
        }
    }
}

/// Yen as tables have them: in 億円.
fn oku(yen: u64) -> Text {
    let (oku, millions) = (thousands(yen / 100_000_000), thousands(yen / 1_000_000));
    Text { ja: format!("{oku}億円").into(), en: format!("{millions} million yen").into() }
}

/// What the grant may come to.
pub(super) fn grants(sheet: &mut Sheet, about: &About, sources: bool) {
    sheet.say(
        0,
        &Text::new(
            "第2世代交付金の交付上限額（国費）",
            "Ceilings of the second-generation grant 第2世代交付金 (national money)",
        ),
    );
    for ceiling in ceilings() {
        let yen = if about.is_core_city() { Some(ceiling.core) } else { ceiling.general };
        let amount = match yen {
            Some(yen) if ceiling.is_guide => text!("{amount}（目安）", "{amount} (a guide)", amount = oku(yen)),
            Some(yen) => oku(yen),
            None => Text::new("書かれていません", "not said"),
        };
        sheet.say(2, &text!("{name}：{amount}", "{name}: {amount}", name = ceiling.name.clone(), amount = amount));
        if sources {
            source(sheet, 4, clause(&ceiling.clause));
        }
    }
}

fn hands_on(sheet: &mut Sheet, about: &About) {
    let title = if about.is_core_city() {
        Text::new("ハンズオン支援（手上げ方式）", "Hands-on support ハンズオン支援, for those who put up their hand")
    } else {
        Text::new(
            "ハンズオン支援（中枢中核都市向けの支援として示されているもの。募集の対象は、各テーマの案内で確かめてください）",
            "Hands-on support ハンズオン支援: told of as one of core cities; whom each theme takes, its own page says",
        )
    };
    sheet.say(0, &title);
    for theme in themes() {
        sheet.say(
            2,
            &text!("{name}：{takes}", "{name}: {takes}", name = theme.name.clone(), takes = theme.takes.clone()),
        );
        sheet.raw(&format!("    {}", theme.url));
        if let Some(mended) = &theme.mended {
            sheet.say(4, &text!("補修：{mended}", "mended: {mended}", mended = mended.clone()));
        }
        source(sheet, 4, clause(&theme.clause));
    }
    for clause in About::theme_clauses() {
        source(sheet, 2, clause);
    }
}

fn facilities(sheet: &mut Sheet, zone: &'static FacilityZone, about: &About) {
    let open = match about.exclusion.is_excluded {
        Some(true) if zone.is_of_density_type() => Text::new("（実施できません）", " (closed to it)"),
        _ => Text::same(""),
    };
    sheet.say(0, &zone.name.joined("", &open));
    source(sheet, 2, clause(&zone.clause));
    if let Some(note) = &zone.note {
        sheet.say(2, note);
    }
    let existing = about.existing.as_ref().filter(|_| zone.one_of_a_kind.is_some());
    for group in &zone.groups {
        let health = if group.health_plans {
            Text::new("（医療計画等との連携が必要）", " (together with the health plan and the like)")
        } else {
            Text::same("")
        };
        sheet.say(2, &group.name.joined("", &health));
        for kind in &group.kinds {
            self::kind(sheet, kind, existing);
        }
    }
    for (id, label) in [
        (&zone.one_of_a_kind, Text::new("1市町村に同種は1つ", "one of a kind a municipality")),
        (&zone.conditions, Text::new("併せて整備するもの", "to be built beside")),
    ] {
        if let Some(clause) = id.as_deref().map(clause) {
            sheet.say(2, &text!("{label}：{says}", "{label}: {says}", label = label, says = clause.says.clone()));
            source(sheet, 4, clause);
        }
    }
    if let Some(existing) = existing {
        summary(sheet, existing);
    }
}

fn kind(sheet: &mut Sheet, kind: &'static FacilityKind, existing: Option<&Existing>) {
    let FacilityKind { name, basis, .. } = kind;
    sheet.say(4, &text!("{name}：{basis}", "{name}: {basis}"));
    if let Some(mended) = &kind.mended {
        sheet.say(6, &text!("補修：{mended}", "mended: {mended}", mended = mended.clone()));
    }
    let count = existing.and_then(|existing| existing.kinds.iter().find(|count| count.kind == kind));
    if let Some(there) = count.map(|count| &count.there).filter(|there| !there.is_empty()) {
        /// So many are named.
        const FEW: usize = 3;
        let (count, names) = (there.len(), there.iter().take(FEW).map(Text::from).collect::<Vec<_>>());
        let more = if count > FEW { Text::new("ほか", " and others") } else { Text::same("") };
        sheet.say(
            6,
            &text!(
                "レイヤーに{count}件（{names}{more}）。中心拠点誘導施設として整備されたかは分からないため、確かめてください。",
                "{count} in the layer ({names}{more}): whether one was built as a central facility is to be found out",
                names = Text::list(&names),
                more = more
            ),
        );
    }
}

/// What a layer of facilities holds.
pub(super) fn summary(sheet: &mut Sheet, existing: &Existing) {
    let all = existing.facilities;
    let none = existing.kinds.iter().filter(|count| count.there.is_empty()).count();
    let (kinds, open) = (existing.kinds.len(), existing.without_kind);
    sheet.say(
        2,
        &text!(
            "施設のレイヤー：{all}件。{kinds}種類のうち{none}種類は1件もありません。",
            "layer of facilities: {all}; of {kinds} kinds {none} are not in it"
        ),
    );
    if open > 0 {
        sheet.say(
            4,
            &text!(
                "種類の分からない施設が{open}件あり、どの種類でもありえます。",
                "{open} do not say their kind, and may be of any"
            ),
        );
    }
    for (word, count) in &existing.other_words {
        sheet.say(
            4,
            &text!("表のどの種類にもあたらない：{word}（{count}件）", "of no kind in the table: {word} ({count})"),
        );
    }
}

/// Whom it asks.
pub(super) fn office(sheet: &mut Sheet, about: &About, sources: bool) {
    let (clause, areas) = About::office_sources();
    let Some(office) = about.office else { return };
    let (name, department, telephone) = (&office.name, &office.department, &office.telephone);
    sheet.say(
        0,
        &text!(
            "問い合わせ窓口：{name} {department} TEL {telephone}",
            "Office to ask: {name} {department}, telephone {telephone}"
        ),
    );
    if sources {
        source(sheet, 2, clause);
        sheet.say(2, areas);
    }
}
