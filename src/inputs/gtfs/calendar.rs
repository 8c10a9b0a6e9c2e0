//! `calendar.txt` and `calendar_dates.txt`: on which days what runs. A feed has one of them or both.

use std::borrow::Cow;

use super::Service;
use super::ids::Ids;
use super::lost::ServiceLost;
use super::table::GtfsTable;
use super::times::day;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static DAYS_UNREADABLE: NoticeKind = NoticeKind {
    id: "days-unreadable",
    severity: Severity::Skipped,
    what: Text::new(
        "運行日カレンダーに読めない行があります。その運行日に運行するかどうかは不明として扱います。",
        "rows of the calendar cannot be read; on which days the service runs is not known",
    ),
    advice: Some(Text::new(
        "日付は YYYYMMDD で、`exception_type` は1（運行）か2（運休）で書いてください。",
        "days are written YYYYMMDD; `exception_type` is 1 (added) or 2 (removed)",
    )),
};

/// Cells of which nobody can say whether the service runs.
static WEEKDAYS_UNREADABLE: NoticeKind = NoticeKind {
    id: "weekdays-unreadable",
    severity: Severity::Warning,
    what: Text::new(
        "calendar.txt の曜日の列に、1でも0でもない値があります。その曜日に運行するかどうかは不明として扱います。",
        "rows of calendar.txt have a weekday that is neither 1 nor 0; whether the service runs on it is not known",
    ),
    advice: Some(Text::new("1（運行）か0（運休）にしてください。", "write 1 (runs) or 0")),
};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The services of both tables.
#[derive(Debug, Default)]
pub(super) struct Services {
    pub(super) list: Vec<Service>,
    pub(super) ids: Ids,
    /// How many of them have a line in `calendar.txt`; they stand first.
    with_week: usize,
    /// Whether a line of it is lost of which nobody knows whose it is.
    any_week_lost: bool,
    /// How many rows of `calendar_dates.txt` are lost so.
    days_lost: usize,
}

impl Services {
    /// Reads `calendar.txt`, which comes first; says how many rows were used.
    pub(super) fn weeks(&mut self, table: &GtfsTable, reporter: &mut Reporter<'_>) -> Result<usize, InputError> {
        let mut rows = table.rows()?;
        let id = rows.needed("service_id")?;
        let weekdays = WEEKDAYS.map(|name| rows.column(name));
        let (first, last) = (rows.needed("start_date")?, rows.needed("end_date")?);
        while let Some(row) = rows.next_row()? {
            let span = day(row.whole(first)).zip(day(row.whole(last))).filter(|(first, last)| first <= last);
            let mut lost = ServiceLost { span: span.is_none(), ..ServiceLost::default() };
            if lost.span {
                reporter.add_with(&DAYS_UNREADABLE, || {
                    let (first, last) = (row.shown(first), row.shown(last));
                    row.place().with(&text!("「{first}」から「{last}」まで", "from “{first}” to “{last}”"))
                });
            }
            let weekdays = weekdays.map(|day| row.whole(day));
            lost.weekdays = weekdays.map(|cell| cell != b"1" && cell != b"0");
            if lost.weekdays.contains(&true) {
                reporter.add_with(&WEEKDAYS_UNREADABLE, || row.quoting(id));
            }
            let weekdays = weekdays.map(|cell| cell == b"1");
            let service = Service { id: row.shown(id).into_owned(), weekdays, span, lost, ..Service::default() };
            let known = self.ids.meant(row.get(id));
            if self.ids.enter(&row, id, reporter).is_some() {
                self.list.push(service);
            } else if let Some(known) = known.and_then(|known| self.list.get_mut(known as usize)) {
                // Of two lines that differ one is of another service.
                if *known != service {
                    known.lost = ServiceLost::ALL;
                }
            } else {
                self.any_week_lost = true;
            }
        }
        self.with_week = self.list.len();
        Ok(self.list.len())
    }

    /// Reads `calendar_dates.txt`; says how many rows were used.
    pub(super) fn days(&mut self, table: &GtfsTable, reporter: &mut Reporter<'_>) -> Result<usize, InputError> {
        let mut rows = table.rows()?;
        let [id, date, exception] = ["service_id", "date", "exception_type"].map(|name| rows.needed(name));
        let (id, date, exception) = (id?, date?, exception?);
        let mut used = 0;
        while let Some(row) = rows.next_row()? {
            let (Some(day), b"1" | b"2", false) = (day(row.whole(date)), row.whole(exception), row.get(id).is_empty())
            else {
                reporter.add_with(&DAYS_UNREADABLE, || {
                    let (id, date, exception) = (row.shown(id), row.shown(date), row.shown(exception));
                    row.place().with(&text!(
                        "「{id}」の日付「{date}」、種類「{exception}」",
                        "“{id}” on “{date}”, type “{exception}”"
                    ))
                });
                if row.get(id).is_empty() {
                    self.days_lost += 1;
                } else {
                    self.of(row.get(id), row.shown(id)).lost.dates += 1;
                }
                continue;
            };
            let service = self.of(row.get(id), row.shown(id));
            let days = if row.whole(exception) == b"1" { &mut service.added } else { &mut service.removed };
            days.push(day);
            used += 1;
        }
        for days in self.list.iter_mut().flat_map(|service| [&mut service.added, &mut service.removed]) {
            days.sort_unstable();
            days.dedup();
        }
        Ok(used)
    }

    /// The service of an id; made where there is none.
    fn of(&mut self, id: &[u8], shown: Cow<'_, str>) -> &mut Service {
        let index = self.ids.meant(id).unwrap_or_else(|| self.ids.number(id)) as usize;
        if index == self.list.len() {
            self.list.push(Service { id: shown.into_owned(), ..Service::default() });
        }
        &mut self.list[index]
    }

    /// The index of a service that a trip names. One that no table has may run on any day.
    pub(super) fn of_trip(&mut self, id: &[u8], shown: Cow<'_, str>) -> Option<u32> {
        if id.is_empty() {
            return None;
        }
        if self.ids.meant(id).is_none() {
            self.of(id, shown).lost = ServiceLost::ALL;
        }
        self.ids.meant(id)
    }

    /// Once both tables are read: what is lost of them may be of any service that it can be of.
    pub(super) fn settle(&mut self) {
        for (index, service) in self.list.iter_mut().enumerate() {
            // Days that are taken out are those of a week.
            let lacks_week = index >= self.with_week && (self.any_week_lost || service.added.is_empty());
            if lacks_week {
                service.lost = ServiceLost { dates: service.lost.dates, ..ServiceLost::ALL };
            }
            service.lost.dates += self.days_lost;
        }
    }
}
