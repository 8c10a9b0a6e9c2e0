//! The legend: what colours, lines and signs mean, and how much there is of each.

use super::drawing::Shown;
use super::ink::{Fill, Mark, Outline, Stroke, hundredths, spot};
use super::look::{self, FacilityRole, Service};
use super::paper::Frame;
use super::rows::Setting;
use super::words::Lang;
use super::{Subject, sites as signs_of_sites};
use crate::criteria::Zone;
use crate::layers::StopKind;
use crate::outputs::thousands;
use crate::regions::Certainty;
use crate::text::Text;
use crate::transit::ServiceQuestion;
use crate::verdicts::Status;

/// Samples, millimetres on A3.
const SWATCH: f64 = 9.0;

/// The statuses with parcels and hectares.
pub(super) fn statuses(subject: &Subject<'_>, shown: &Shown, setting: &mut Setting<'_, '_>) {
    let ends = [setting.width - setting.mm(17.0), setting.width];
    let titles = [setting.lang.main("筆数", "parcels"), "ha".to_owned()];
    setting.heading("判定", "status", &ends.into_iter().zip(titles).collect::<Vec<_>>());
    let counts = subject.run.record.counts.get(subject.zone.id());
    for status in Status::ALL {
        let count = counts.and_then(|counts| counts.get(&status));
        let cells = match (count, counts) {
            (Some(count), _) => [thousands(count.parcels), hectares(count.hectares)],
            (None, Some(_)) => ["0".to_owned(), hectares(0.0)],
            // An older run does not say.
            (None, None) => ["–".to_owned(), "–".to_owned()],
        };
        let cells: Vec<(f64, String)> = ends.into_iter().zip(cells).collect();
        setting.sample(SWATCH, (&status.name().ja, status.id()), &cells, |drawing, at| {
            let outline = Outline::rect(at.left, at.top, at.width, at.height);
            drawing.shape(outline, Some(look::parcels(status)), None);
        });
    }
    let notes = [
        (shown.without_shape, "筆は図形がなく、描いていない", "have no shape and are not drawn"),
        (shown.enlarged, "筆は小さいため0.12 mm四方で示す", "are drawn 0.12 mm wide, being smaller"),
    ];
    for (count, ja, en) in notes.into_iter().filter(|(count, ..)| *count > 0) {
        let count = thousands(count);
        setting.small_pair(&format!("うち{count}{ja}"), &format!("of these {count} {en}"));
    }
    if !shown.facilities.is_empty() || !shown.apart.is_empty() {
        let kind = subject.run.record.project.planned_kind.as_deref().map(|kind| setting.setter.clean(kind));
        let (ja, en) = match &kind {
            Some(kind) => (format!("予定の種別：{kind}"), format!("planned kind: {kind}")),
            None => ("予定の種別：指定なし".to_owned(), "planned kind: not said".to_owned()),
        };
        setting.small_pair(&ja, &en);
    }
}

/// Hectares to a tenth.
fn hectares(area: f64) -> String {
    let tenths = (area * 10.0).round() as u64;
    format!("{}.{}", thousands(tenths / 10), tenths % 10)
}

/// Lines and signs, as far as they are on the map.
pub(super) fn signs(subject: &Subject<'_>, shown: &Shown, setting: &mut Setting<'_, '_>) {
    let start = setting.rows.len();
    setting.heading("凡例", "legend", &[]);
    let candidates = subject.candidates();
    for status in &shown.zones {
        let (mut ja, mut en) = ("候補区域".to_owned(), "candidate zone".to_owned());
        if candidates != subject.zone {
            let name = candidates.name();
            (ja, en) = (format!("{}の候補", name.ja), format!("candidate {}", name.en));
        }
        let words = (format!("{ja}（{}）", status.name().ja), format!("{en}, {}", status.id()));
        line(setting, (&words.0, &words.1), look::zone(*status));
    }
    for id in &shown.set_zones {
        let name = subject.run.rules.set.zone(id).map_or_else(|| id.clone().into(), Zone::name);
        let words = text!("設定された{name}", "{name} as set", name = name);
        line(setting, (&words.ja, &words.en), look::SET_ZONE);
    }
    let mut places: Vec<(usize, &str, Certainty)> = Vec::new();
    for (id, (turn, certainties)) in &shown.places {
        places.extend(certainties.iter().map(|certainty| (*turn, id.as_str(), *certainty)));
    }
    // What is certain first.
    places.sort_unstable_by_key(|&(turn, id, certainty)| (turn, id, std::cmp::Reverse(certainty)));
    for (turn, id, certainty) in places {
        let name = subject.run.rules.set.criterion(id).map(|criterion| criterion.name.clone());
        let name = name.unwrap_or(Text { ja: id.to_owned().into(), en: id.to_owned().into() });
        let how = certainty.name();
        let words = match certainty {
            Certainty::Sure => name,
            _ => name.with(&format!("（{}）", how.ja), &format!(", {}", how.en)),
        };
        line(setting, (&words.ja, &words.en), look::place(turn, certainty));
    }
    stops(subject, shown, setting);
    facilities(subject, shown, setting);
    sites(subject, shown, setting);
    if shown.limit {
        let words = ("条件の線を描いた範囲", "where these outlines are drawn");
        line(setting, words, look::LIMIT);
    }
    grounds(shown, setting);
    if setting.rows.len() == start + 1 {
        setting.rows.truncate(start);
    }
}

/// What lies under the map.
fn grounds(shown: &Shown, setting: &mut Setting<'_, '_>) {
    // What lies on top first.
    for ground in shown.grounds.iter().rev() {
        let name = ground.name();
        setting.sample(SWATCH, (&name.ja, &name.en), &[], |drawing, at| {
            let (fill, lines) = look::ground(*ground);
            if let Some(fill) = fill {
                drawing.shape(Outline::rect(at.left, at.top, at.width, at.height), Some(fill), None);
                return;
            }
            let y = at.centre()[1];
            for stroke in lines {
                drawing.shape(Outline::line([[at.left, y], [at.right(), y]]), None, Some(stroke));
            }
        });
    }
}

fn line(setting: &mut Setting<'_, '_>, words: (&str, &str), stroke: Stroke) {
    setting.sample(SWATCH, words, &[], |drawing, at| {
        let y = at.centre()[1];
        drawing.shape(Outline::line([[at.left, y], [at.right(), y]]), None, Some(stroke));
    });
}

/// Kinds of stops by their shape, then what their filling tells.
fn stops(subject: &Subject<'_>, shown: &Shown, setting: &mut Setting<'_, '_>) {
    let size = setting.mm(2.1);
    let kinds: [Named; 3] =
        [(StopKind::Rail, "駅", "station"), (StopKind::Tram, "電停", "tram"), (StopKind::Bus, "バス停", "bus")];
    for service in [Service::Reached, Service::Unknown, Service::Less] {
        // Modes that are told alike stand on one line.
        let mut lines: Vec<((String, String), Vec<Named>)> = Vec::new();
        for &kind in kinds.iter().filter(|(kind, ..)| shown.stops.contains(&(*kind, service))) {
            let words = service_words(subject, kind.0, service);
            match lines.iter_mut().find(|(known, _)| *known == words) {
                Some((_, seen)) => seen.push(kind),
                None => lines.push((words, vec![kind])),
            }
        }
        for ((ja, en), seen) in lines {
            let names = |which: fn(&Named) -> &'static str, between: &str| {
                seen.iter().map(which).collect::<Vec<_>>().join(between)
            };
            let (ja, en) =
                (format!("{}　{ja}", names(|kind| kind.1, "・")), format!("{} {en}", names(|kind| kind.2, ", ")));
            setting.sample(SWATCH, (ja.trim_end(), en.trim_end()), &[], |drawing, at| {
                let middle = at.centre();
                for (index, (kind, ..)) in seen.iter().enumerate() {
                    let across = (index as f64 - (seen.len() - 1) as f64 / 2.0) * size * 1.5;
                    look::stop(drawing, [middle[0] + across, middle[1]], *kind, service, size);
                }
            });
        }
    }
}

/// A kind of stop with its names.
type Named = (StopKind, &'static str, &'static str);

/// What the filling of a sign tells of stops of a mode; nothing where the rules ask for no service of theirs.
fn service_words(subject: &Subject<'_>, kind: StopKind, service: Service) -> (String, String) {
    let Some((counted, threshold, least)) = subject.run.rules.service_of(kind) else { return Default::default() };
    let (peak, unit) = match counted {
        ServiceQuestion::PeakInOneDirection => ("ピーク時", "h"),
        ServiceQuestion::DailyInOneDirection | ServiceQuestion::DailyInBothDirections => ("", "day"),
    };
    let ja = threshold.written_in_japanese(least);
    match service {
        Service::Reached => (format!("{peak}{ja}以上"), format!("≥ {least}/{unit}")),
        Service::Unknown => ("運行本数不明".to_owned(), "unknown".to_owned()),
        Service::Less => (format!("{ja}未満"), format!("< {least}/{unit}")),
    }
}

/// Those of the planned kind, by its name, then the others.
fn facilities(subject: &Subject<'_>, shown: &Shown, setting: &mut Setting<'_, '_>) {
    let size = setting.mm(2.6);
    let planned = subject.run.record.project.planned_kind.as_deref().map(|kind| setting.setter.clean(kind));
    let metres = subject.run.rules.spacing().0;
    for role in [FacilityRole::Same, FacilityRole::Maybe, FacilityRole::Other] {
        if let Some(&count) = shown.facilities.get(&role) {
            let (ja, en) = kind_words(role, planned.as_deref(), count, setting.lang);
            setting.sample(SWATCH, (&ja, &en), &[], |drawing, at| {
                look::facility(drawing, at.centre(), role, false, size);
            });
        }
        if shown.apart.contains(&role) {
            let (ja, en) = if role == FacilityRole::Same {
                (format!("同種施設から {metres} m"), format!("{metres} m around the planned kind"))
            } else {
                (format!("同種かもしれない施設から {metres} m"), format!("{metres} m around what may be of it"))
            };
            setting.sample(SWATCH, (&ja, &en), &[], |drawing, at| circle(drawing, at, look::apart(role)));
        }
    }
    if shown.conflicts {
        let words = (format!("同種施設と {metres} m 未満"), format!("closer than {metres} m to its kind"));
        setting.sample(SWATCH, (&words.0, &words.1), &[], |drawing, at| {
            look::facility(drawing, at.centre(), FacilityRole::Same, true, size);
        });
    }
}

/// So many facilities that are of the planned kind, may be, or are not; the name of a kind is the same in both languages.
fn kind_words(role: FacilityRole, planned: Option<&str>, count: usize, lang: Lang) -> (String, String) {
    let count = thousands(count as u64);
    match (role, planned) {
        (FacilityRole::Same, Some(kind)) if lang == Lang::English => (String::new(), format!("{kind} ({count})")),
        (FacilityRole::Same, Some(kind)) => (format!("{kind}（{count}）"), format!("of the planned kind ({count})")),
        (FacilityRole::Maybe, Some(_)) => (format!("種別不明の施設（{count}）"), format!("of unknown kind ({count})")),
        (FacilityRole::Other, _) => (format!("ほかの種別の施設（{count}）"), format!("of other kinds ({count})")),
        (_, None) => (format!("同種かもしれない施設（{count}）"), format!("may be of the planned kind ({count})")),
    }
}

fn sites(subject: &Subject<'_>, shown: &Shown, setting: &mut Setting<'_, '_>) {
    if shown.sites == 0 {
        return;
    }
    let (count, scale) = (thousands(shown.sites as u64), setting.scale);
    let words = (format!("選んだ敷地（{count}か所）"), format!("chosen sites ({count})"));
    setting.sample(SWATCH, (&words.0, &words.1), &[], |drawing, at| {
        signs_of_sites::sign(drawing, at.centre(), "1", scale);
    });
    let metres = subject.run.rules.spacing().0;
    let words = (format!("選んだ敷地から {metres} m"), format!("{metres} m around a chosen site"));
    setting.sample(SWATCH, (&words.0, &words.1), &[], |drawing, at| circle(drawing, at, look::SITE_CIRCLE));
}

fn circle(drawing: &mut super::ink::Drawing, at: Frame, stroke: Stroke) {
    let none: Option<Fill> = None;
    let radius = hundredths(at.height / 2.0);
    drawing.marks.push(Mark::Circle { centre: spot(at.centre()), radius, fill: none, stroke: Some(stroke) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hectares_are_rounded_to_a_tenth() {
        assert_eq!(hectares(0.0), "0.0");
        assert_eq!(hectares(1234.96), "1,235.0");
        assert_eq!(hectares(0.06), "0.1");
    }
}
