//! What is said of a line of a scenario of which no number can be said.

use super::error::{near_ones, nearest_of, quoted};
use crate::diagnostics::Diagnostic;
use crate::layers::NamedLine;
use crate::text::Text;

pub(super) fn twice(line: &NamedLine) -> Diagnostic {
    Diagnostic::error(
        "scenario-line-twice",
        text!(
            "[[scenario.lines]] に路線{line}が2回あります。",
            "[[scenario.lines]] names the line {line} twice",
            line = named(line)
        ),
    )
    .help(Text::new("本数を1つにまとめてください。", "say its number once"))
}

pub(super) fn unknown(line: &NamedLine, nearest: &[String]) -> Diagnostic {
    let kind = line.kind.map_or_else(|| Text::same(""), |kind| text!("（{kind}）", " ({kind})", kind = kind.id()));
    let message = text!(
        "[[scenario.lines]] の路線{line}{kind}は、どのレイヤーにもありません。{nearest}",
        "[[scenario.lines]] names the line {line}{kind}, which no layer has{nearest}",
        line = named(line),
        kind = kind,
        nearest = nearest_of(nearest)
    );
    let help = if nearest.is_empty() {
        Text::new(
            "`stations` と `stops` に路線の列がありません。列を `line = …` で指定するか、停留所ごとの本数を `peaks` に書いてください。",
            "no station or stop has a line: name the column with `line = …`, or give numbers stop by stop in `peaks`",
        )
    } else {
        text!(
            "`stations` か `stops` にあるとおりに書いてください。{near}",
            "write it as `stations` or `stops` have it{near}",
            near = near_ones(nearest)
        )
    };
    Diagnostic::error("scenario-line-unknown", message).help(help)
}

pub(super) fn several(line: &NamedLine, kinds: &[&str], operators: &[String]) -> Diagnostic {
    let list = |words: &[&str]| Text::list(&words.iter().copied().map(Text::from).collect::<Vec<_>>());
    let operators: Vec<&str> = operators.iter().map(String::as_str).collect();
    let (kinds, whose) = (list(kinds), list(&operators));
    let (which, help) = if operators.len() > 1 {
        (
            text!("事業者は{whose}です", "its operators are {whose}", whose = whose),
            Text::new("`operator` でどの事業者の路線かを書いてください。", "say whose line it is with `operator`"),
        )
    } else {
        (
            text!("種別は{kinds}です", "it is of the kinds {kinds}", kinds = kinds),
            Text::new("`kind` でどの種別の路線かを書いてください。", "say what it is with `kind`"),
        )
    };
    Diagnostic::error(
        "scenario-line-of-several",
        text!(
            "[[scenario.lines]] の路線{line}は1つに決まりません。{which}。",
            "[[scenario.lines]] names the line {line}, of which there are several: {which}",
            line = named(line),
            which = which
        ),
    )
    .help(help)
}

pub(super) fn of_timetable(line: &NamedLine) -> Diagnostic {
    Diagnostic::error(
        "scenario-line-of-timetable",
        text!(
            "[[scenario.lines]] の路線{line}には時刻表があります。",
            "[[scenario.lines]] names the line {line}, which has a timetable",
            line = named(line)
        ),
    )
    .help(Text::new(
        "時刻表のある路線の本数は [[scenario.headway]] で変えてください。同じ名前の、時刻表のない別の事業者の路線なら、`operator` をレイヤーにあるとおりに書いてください。",
        "change it with [[scenario.headway]]; where another operator without a timetable has a line of that name, write its \
         `operator` as the layer has it",
    ))
}

/// A line as it was written.
fn named(line: &NamedLine) -> Text {
    let title = line.title();
    quoted(title.en.as_ref())
}
