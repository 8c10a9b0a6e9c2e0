//! What does a station or stop of a layer lack that others of the layer have?

use super::lost::Lost;
use super::{LayerKey, Loaded, StopRow};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::text::Text;

/// A station of which nobody says what it is called or who runs it.
pub static BLANK: NoticeKind = NoticeKind {
    id: "station-in-blank",
    severity: Severity::Warning,
    what: Text::new(
        "ほかの地物にある名称・路線・事業者が空欄の駅があります。どの駅と同じか、何本あるかが分からないことがあるため、それで変わる判定は確実としません。",
        "station(s) without a name, a line or an operator, which others of the layer have; nothing is sure that may hang on it",
    ),
    advice: Some(Text::new("名称・路線・事業者を埋めてください。", "fill in the name, the line and the operator")),
};

/// A bus stop of which nobody says what it is called, which line calls there or who runs it.
pub static STOP_BLANK: NoticeKind = NoticeKind {
    id: "stop-in-blank",
    severity: Severity::Warning,
    what: Text::new(
        "ほかの地物にある名称・路線・事業者が空欄の停留所があります。どの停留所と同じか、何本あるかが分からないことがあるため、それで変わる判定は確実としません。",
        "stop(s) without a name, a line or an operator, which others of the layer have; nothing is sure that may hang on it",
    ),
    advice: Some(Text::new("名称・路線・事業者を埋めてください。", "fill in the name, the line and the operator")),
};

/// A station or stop whose number of departures nobody says.
pub static TRIPS_BLANK: NoticeKind = NoticeKind {
    id: "trips-in-blank",
    severity: Severity::Info,
    what: Text::new(
        "ほかの地物にある運行本数が空欄の駅や停留所があります。レイヤー `peaks` や時刻表にもなければ、本数は分からないものとします。",
        "station(s) or stop(s) without a number of departures, which others of the layer have; where neither `peaks` nor a timetable has it, it is not known",
    ),
    advice: Some(Text::new("本数を埋めてください。", "fill in the number")),
};

/// What is lost of a row, since others of its layer have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one field of the row")]
pub struct Blank {
    /// Its name, so that it may be one with any stop close by.
    pub name: bool,
    /// Its operator, which may be that of others of its name.
    pub operator: bool,
    /// Its line, which may be another than those of others of its name.
    pub line: bool,
    /// How much departs. The table of peak trips may have it.
    pub trips: bool,
}

impl Blank {
    /// Whether nobody can say for certain which stop it is, or what calls there.
    #[must_use]
    pub fn any_word(self) -> bool {
        self.name || self.operator || self.line
    }
}

/// Finds what rows lack that others have, and says that it is lost: whom a stop is one with may hang on it, how much departs there, and so
/// where a zone ends and has its centre. What bus stops are one is a matter of distance, so that there it may be known all the same.
pub(super) fn find_blanks(rows: &mut [StopRow], loaded: &Loaded, lost: &mut Lost, notices: &mut Notices) {
    let any = |has: fn(&StopRow) -> bool| rows.iter().any(has);
    let has_operator = |row: &StopRow| row.operators().next().is_some();
    let (names, operators, lines) =
        (any(|row| row.name.is_some()), any(has_operator), any(|row| !row.lines.is_empty()));
    let (peaks, days) = (any(|row| row.peak_trips.is_some()), any(|row| row.daily_trips.is_some()));
    for (row, feature) in rows.iter_mut().zip(&loaded.raw.features) {
        row.blank = Blank {
            name: names && row.name.is_none(),
            operator: operators && !has_operator(row),
            line: lines && row.lines.is_empty(),
            trips: (peaks && row.peak_trips.is_none()) || (days && row.daily_trips.is_none()),
        };
        let layer = loaded.key.name();
        if row.blank.any_word() {
            let is_station = loaded.key == LayerKey::Stations;
            if is_station {
                lost.one();
            }
            notices.add(layer, if is_station { &BLANK } else { &STOP_BLANK }, loaded.feature_name(feature));
        }
        if row.blank.trips {
            notices.add(layer, &TRIPS_BLANK, loaded.feature_name(feature));
        }
    }
}
