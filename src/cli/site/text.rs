//! What is said of chosen sites, for people.

use crate::cli::sheet::Sheet;
use crate::outputs::thousands;
use crate::pipeline::SiteReport;
use crate::queries::{ChosenSite, Most, NearFacility, Served};
use crate::text::Text;
use crate::units::Metres;
use crate::verdicts::Status;

pub(super) fn text(report: &SiteReport, project: &str) -> String {
    let mut sheet = Sheet::new();
    let zone = report.site_rules.zone.name();
    let plane = report.plane.title();
    sheet.say(0, &text!("{project}: {zone}、{plane}", "{project}: {zone}, {plane}", zone = zone, plane = plane));
    let (set, title) = (report.rules.set.id, report.rules.set.title.clone());
    sheet.say(0, &text!("ルール: {set} — {title}", "rules: {set} — {title}", title = title));
    for (id, reason) in &report.rules.waived {
        sheet.say(0, &text!("適用除外: {id} — {reason}", "waived: {id} — {reason}"));
    }
    candidates(&mut sheet, report);
    sheet.blank();
    found(&mut sheet, report);
    for (number, site) in (1..).zip(&report.answer.sites) {
        sheet.blank();
        self::site(&mut sheet, number, site, report);
    }
    if !report.answer.sites.is_empty() {
        sheet.blank();
        conditions(&mut sheet, report);
    }
    sheet.finish()
}

/// What the set was chosen of.
fn candidates(sheet: &mut Sheet, report: &SiteReport) {
    let of = |status: Status| {
        Status::ALL.iter().zip(report.statuses).find(|(one, _)| **one == status).map_or(0, |(_, count)| count)
    };
    let (eligible, expected, open) = (of(Status::Eligible), of(Status::Prospective), of(Status::Undetermined));
    let counts = [eligible, expected, open].map(thousands);
    let [eligible_told, expected_told, open_told] = &counts;
    let told = if report.expected {
        text!(
            "候補は「該当」の筆{eligible_told}と「見込み」の筆{expected_told}。「判定不能」の{open_told}筆は候補にしません。「見込み」の筆は、計画の見込みが実現しなければ敷地にできません。",
            "candidates are the {eligible_told} eligible and the {expected_told} prospective parcel(s), these only once the plan's expectations come true; {open_told} undetermined one(s) are none"
        )
    } else {
        text!(
            "候補は「該当」の筆{eligible_told}。「見込み」の{expected_told}筆と「判定不能」の{open_told}筆は、敷地にできると言い切れないため候補にしません。",
            "candidates are the {eligible_told} eligible parcel(s); {expected_told} prospective and {open_told} undetermined one(s) are none, since it is not certain that they may be sites"
        )
    };
    sheet.say(0, &told);
    if let Some([taken, beyond]) = report.merged {
        let taken = thousands(taken as u64);
        sheet.say(
            2,
            &text!(
                "隣り合う2・3筆を合わせた候補（敷地の集約）: {taken}",
                "candidates that are two or three neighbouring parcels together (敷地の集約): {taken}"
            ),
        );
        if beyond > 0 {
            let beyond = thousands(beyond as u64);
            sheet.say(
                2,
                &text!(
                    "合わせ方が多すぎるため、ほかの{beyond}通りは調べていません。最大の数はその分を含みません。",
                    "there are {beyond} more ways to put parcels together, too many to be looked at: what can be had at most is without them"
                ),
            );
        }
    }
    if report.excluded > 0 {
        let excluded = thousands(report.excluded as u64);
        sheet.say(2, &text!("`--exclude` で除いた候補: {excluded}", "left out by `--exclude`: {excluded}"));
    }
    if !report.fixed.is_empty() {
        let (fixed, beside) = (report.fixed.len(), thousands(report.answer.beside_fixed as u64));
        sheet.say(
            2,
            &text!(
                "すでに決まった敷地{fixed}か所。これに近すぎるため除いた候補: {beside}",
                "{fixed} site(s) taken already; candidates too close to one: {beside}"
            ),
        );
    }
    let none = if report.expected { eligible + expected == 0 } else { eligible == 0 };
    if none && report.expected {
        let none = Text::new(
            "「該当」と「見込み」の筆がないため、選べる敷地がありません。足りない条件は `kyoten run` の要約で分かります。",
            "there is neither an eligible nor a prospective parcel, and so no site: what parcels lack, the summary of `kyoten run` says",
        );
        sheet.say(2, &none);
    } else if none {
        sheet.say(
            2,
            &Text::new(
                "「該当」の筆がないため、選べる敷地がありません。足りない条件は `kyoten run` の要約で分かります。",
                "there is no eligible parcel, and so no site: what parcels lack, the summary of `kyoten run` says",
            ),
        );
    }
    if none && open > 0 && !report.knows_kind {
        sheet.say(
            2,
            &Text::new(
                "整備する施設の種類が分かりません。プロジェクトファイルの `planned_kind` で指定すると、判定できる筆が増えます。",
                "which kind of facility is planned is not said: `planned_kind` in the project file settles more parcels",
            ),
        );
    }
}

/// What was found, and how sure it is that there is nothing better.
fn found(sheet: &mut Sheet, report: &SiteReport) {
    let (answer, question) = (&report.answer, &report.question);
    let (sites, spacing, within) = (answer.sites.len(), question.spacing.0, question.within.0);
    sheet.heading(&match answer.at_most {
        _ if sites == 0 => Text::new("選んだ敷地: 0か所", "no site"),
        Some(most) if most == sites => text!(
            "選んだ敷地: {sites}か所。互いに{spacing} m以上離れています。これより多くは選べません。",
            "{sites} site(s), {spacing} m or more apart: there can be no more"
        ),
        Some(most) => text!(
            "選んだ敷地: {sites}か所。互いに{spacing} m以上離れています。最大は{sites}か所以上、{most}か所以下です。",
            "{sites} site(s), {spacing} m or more apart: at least {sites} can be had, at most {most}"
        ),
        None => text!(
            "選んだ敷地: {sites}か所。互いに{spacing} m以上離れています。",
            "{sites} site(s), {spacing} m or more apart"
        ),
    });
    if let Some(max) = question.max {
        sheet.say(2, &text!("`--max` により{max}か所まで", "no more than {max} by `--max`"));
    }
    if let Some(Metres(least)) = answer.least_apart {
        sheet.say(
            2,
            &text!("最も近い2か所の距離: {least:.3} m", "the two that are nearest to one another: {least:.3} m"),
        );
    }
    let Some(served) = answer.served else { return };
    let (served_told, proven) = (people(served), answer.served_at_most.is_some_and(|most| most <= served.lo + 1e-6));
    sheet.say(
        2,
        &text!(
            "{within} m以内の65歳以上: {served_told}人（1人を1度だけ数える）",
            "residents aged 65 or over within {within} m, each counted once: {served_told}",
            served_told = served_told
        ),
    );
    if let Some(before) = answer.served_before.filter(|_| !report.fixed.is_empty()) {
        sheet.say(
            2,
            &text!(
                "うち、すでに決まった敷地の近く: {before}人",
                "of these near sites that are taken already: {before}",
                before = people(before)
            ),
        );
    }
    if question.most == Most::Seniors {
        let most = answer.served_at_most.unwrap_or_default();
        sheet.say(
            2,
            &if proven {
                Text::new(
                    "確実に数えられる人数は、これより多くできません。",
                    "there is no set that more of them are certain to live near",
                )
            } else {
                let least = served.lo;
                text!(
                    "確実に数えられる人数の最大は、{least:.1}人以上、{most:.1}人以下です。",
                    "of those who are certain to live there at least {least:.1} can be had, at most {most:.1}"
                )
            },
        );
    }
}

fn site(sheet: &mut Sheet, number: usize, site: &ChosenSite, report: &SiteReport) {
    let one = &site.candidate;
    let (name, area) = (one.name(), format!("{:.1}", one.area.0));
    let mark = if one.is_expected { Text::new("（見込み）", ", prospective") } else { Text::same("") };
    sheet.heading(&text!("{number}. {name}（{area} m²）{mark}", "{number}. {name} ({area} m²){mark}", mark = mark));
    if let (Some(alone), Some(only)) = (site.alone, site.only_here) {
        let within = report.question.within.0;
        sheet.say(
            2,
            &text!(
                "{within} m以内の65歳以上: {alone}人。ほかの敷地の近くにいない人: {only}人",
                "aged 65 or over within {within} m: {alone}; near no other site: {only}",
                alone = people(alone),
                only = people(only)
            ),
        );
    }
    let none = || Text::new("なし", "none");
    let next = site.next.map_or_else(none, |Metres(next)| Text::from(format!("{next:.3} m")));
    let rules_out = thousands(site.rules_out as u64);
    sheet.say(
        2,
        &text!(
            "最寄りの敷地: {next}。近すぎるため選べなくなる候補: {rules_out}",
            "next site: {next}; candidates that are too close to it: {rules_out}",
            next = next
        ),
    );
    let near = |near: &Option<NearFacility>| near.as_ref().map_or_else(none, facility);
    let (same, any) = (near(&one.same_kind), near(&one.facility));
    sheet.say(
        2,
        &text!(
            "最寄りの同種施設: {same}。種類を問わない最寄りの施設: {any}",
            "nearest facility of the kind: {same}; of any kind: {any}",
            same = same,
            any = any
        ),
    );
    land(sheet, site);
}

/// Whether the land of a site is under-used, where that is measured.
fn land(sheet: &mut Sheet, site: &ChosenSite) {
    if let Some(land) = site.candidate.land {
        let answer = land.name();
        sheet.say(2, &text!("低・未利用地: {answer}", "under-used land 低・未利用地: {answer}", answer = answer));
    }
}

fn facility(near: &NearFacility) -> Text {
    let metres = format!("{:.3}", near.distance.0);
    let name = near.name.as_ref().map_or(Text::new("名称なし", "without a name"), Text::from);
    text!("{name}（{metres} m）", "{name} ({metres} m)", name = name)
}

/// What the answer rests on and no map can show.
fn conditions(sheet: &mut Sheet, report: &SiteReport) {
    sheet.say(
        0,
        &Text::new(
            "距離は敷地の端から端までの地上の距離です。施設が敷地のどこに建っても足りるように測っています。ほかにも同じ数の選び方があり得ます。",
            "distances are on the ground, from the edge of a site to the edge of the next, so that it does not matter where on a site its facility stands; other sets may be as good",
        ),
    );
    if report.answer.served.is_some() {
        sheet.say(
            0,
            &Text::new(
                "人数は、国勢調査の単位の人口が単位の中に一様に住むものとして数えています。距離は直線で、道のりではありません。",
                "residents are counted as if those of a census unit lived evenly all over it, and as the crow flies, not along roads",
            ),
        );
    }
}

/// How many there are, at least and at most.
fn people(served: Served) -> Text {
    let lo = format!("{:.1}", served.lo);
    match served.hi.map(|hi| format!("{hi:.1}")) {
        Some(hi) if hi == lo => Text::from(lo),
        Some(hi) => text!("{lo}〜{hi}", "{lo}–{hi}"),
        None => text!("{lo}以上（上限は不明）", "{lo} or more (the most is not known)"),
    }
}
