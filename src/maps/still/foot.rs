//! Scale bar, north arrow and small print, below the rest of the panel.

use super::Subject;
use super::ink::{Anchor, Drawing, Fill, Outline, Stroke};
use super::look::{INK, PAPER, SOFT};
use super::paper::Sheet;
use super::rows::{BODY, Row, SMALL, Setting};
use super::view::{View, degrees};
use super::words::Lang;
use crate::outputs::thousands;

/// What the north arrow takes from the width, millimetres on A3.
const ARROW: f64 = 15.0;

/// Who made it is told in so many lines.
const MOST_LINES: usize = 3;

/// The scale bar with the north arrow beside it.
pub(super) fn scale(sheet: &Sheet, view: &View, setting: &mut Setting<'_, '_>) {
    let mut drawing = Drawing::default();
    let (metres, parts) = view.scale_bar((setting.width - setting.mm(ARROW + 16.0)).min(setting.mm(62.0)));
    let (top, high) = (setting.mm(9.4), setting.mm(1.3));
    let length = view.mm(metres);
    let line = Stroke { colour: INK, width: 0.2, dashes: &[] };
    let caption = format!("1:{}", thousands(view.denominator.round() as u64));
    setting.with_beside(&mut drawing, [0.0, setting.mm(4.4)], &caption, 3.6, sheet.size.name());
    let part = length / parts as f64;
    for index in 0..parts {
        let fill = Fill::Plain(if index % 2 == 0 { INK } else { PAPER });
        let outline = Outline::rect(part * index as f64, top, part, high);
        drawing.shape(outline, Some(fill), Some(line));
    }
    let written = |metres: f64| {
        let number = if metres.fract() == 0.0 { thousands(metres as u64) } else { metres.to_string() };
        if metres >= 1000.0 { (metres / 1000.0).to_string() } else { number }
    };
    let unit = if metres >= 1000.0 { " km" } else { " m" };
    let base = top + high + setting.mm(3.2);
    setting.text(&mut drawing, [0.0, base], "0", BODY, INK, Anchor::Start);
    let half = metres / 2.0;
    // A bar of five parts has none that ends in its middle.
    if parts == 4 && (metres >= 1000.0) == (half >= 1000.0) {
        setting.text(&mut drawing, [length / 2.0, base], &written(half), BODY, INK, Anchor::Middle);
    }
    setting.text(&mut drawing, [length, base], &format!("{}{unit}", written(metres)), BODY, INK, Anchor::Middle);
    arrow(view, setting, &mut drawing);
    let height = setting.mm(17.5);
    setting.push(drawing, height);
}

/// An arrow to true north, turned on the paper by as much as that departs from the upward direction.
fn arrow(view: &View, setting: &Setting<'_, '_>, drawing: &mut Drawing) {
    let centre = [setting.width - setting.mm(6.0), setting.mm(9.4)];
    let (sin, cos) = view.true_north.to_radians().sin_cos();
    // Across to the right and along to the north, millimetres on A3.
    let at = |across: f64, along: f64| {
        let [across, along] = [setting.mm(across), setting.mm(along)];
        [centre[0] + across * cos + along * sin, centre[1] + across * sin - along * cos]
    };
    let line = Stroke { colour: INK, width: 0.25, dashes: &[] };
    let (left, right) = ([at(0.0, 5.0), at(-2.3, -4.2), at(0.0, -2.4)], [at(0.0, 5.0), at(2.3, -4.2), at(0.0, -2.4)]);
    drawing.shape(Outline::ring(left), Some(Fill::Plain(INK)), Some(line));
    drawing.shape(Outline::ring(right), Some(Fill::Plain(PAPER)), Some(line));
    setting.text(drawing, at(0.0, 5.8), "N", 3.2, INK, Anchor::Middle);
    let below = [centre[0], centre[1] + setting.mm(7.2)];
    setting.text(drawing, below, &setting.lang.main("真北", "true north"), SMALL, SOFT, Anchor::Middle);
}

/// Who made it, and of when it is, where somebody says.
pub(super) fn made_by(subject: &Subject<'_>, setting: &mut Setting<'_, '_>) {
    let words = &subject.words;
    if words.author.is_none() && words.date.is_none() {
        return;
    }
    let said = [&words.author, &words.date].into_iter().flatten().map(|said| setting.setter.clean(said));
    let said = said.collect::<Vec<_>>().join("　");
    let mut lines = setting.setter.lines(&said, setting.mm(BODY), setting.width);
    if lines.len() > MOST_LINES {
        // Whatever is said here takes its room from the legend above the scale bar.
        lines.truncate(MOST_LINES);
        let last = lines.pop().unwrap_or_default() + "…";
        lines.push(setting.setter.cut(&last, setting.mm(BODY), setting.width));
    }
    for line in lines {
        setting.paragraph(&line, BODY, INK, 0.0);
    }
    setting.gap(1.2);
}

/// Where it lies, how exact it is, and what made it.
pub(super) fn small_print(subject: &Subject<'_>, view: &View, setting: &mut Setting<'_, '_>) {
    let plane = subject.run.record.plane.title();
    let angle = degrees(view.true_north);
    let (east_ja, east_en) = if view.true_north < 0.0 { ("西", "west") } else { ("東", "east") };
    // A hundredth of a millimetre, to which everything is rounded.
    let rounding = view.denominator / 1e5;
    let bounds = subject.run.record.error_bounds;
    let circle = bounds.map(|bounds| (bounds.circle_m * 1000.0).round()).map_or_else(Default::default, |mm| {
        (format!("、円弧の誤差 {mm} mm 以内"), format!(", circles within {mm} mm"))
    });
    let ja = format!(
        "{}、JGD2011。図の上は座標北、真北はその{angle}{east_ja}。距離は地上の長さ。紙上 0.01 mm（地上 {rounding} m）に丸め{}",
        plane.ja, circle.0
    );
    let en = format!(
        "JGD2011; up is grid north, true north {angle} {east_en} of it. Rounded to 0.01 mm ({rounding} m){}",
        circle.1
    );
    let main = setting.lang.main(&format!("{ja}。"), &format!("{}; {en}.", plane.en));
    setting.paragraph(&main, SMALL, SOFT, 0.0);
    if setting.lang == Lang::Both {
        setting.paragraph(&format!("{en}."), SMALL, SOFT, 0.0);
    }
    let (of_run, own) = (&subject.run.record.tool.version, env!("CARGO_PKG_VERSION"));
    let mut made = format!("kyoten {of_run}");
    if of_run != own {
        made.push_str(&setting.lang.main(&format!("（作図 {own}）"), &format!(" (drawn by {own})")));
    }
    setting.paragraph(&made, SMALL, SOFT, 0.0);
}

/// How high rows are together.
pub(super) fn height(rows: &[Row]) -> f64 {
    rows.iter().map(|row| row.height).sum()
}
