//! `calendar.txt` and `calendar_dates.txt`: on which days what runs. A feed has one of them or both.

use super::Service;
use super::ids::Ids;
use super::table::GtfsTable;
use super::times::day;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static DAYS_UNREADABLE: NoticeKind = NoticeKind {
    id: "days-unreadable",
    severity: Severity::Skipped,
    what: Text::new("運行日カレンダーに読めない行があります。", "rows of the calendar cannot be read"),
    advice: Some(Text::new(
        "日付は YYYYMMDD で、`exception_type` は1（運行）か2（運休）で書いてください。",
        "days are written YYYYMMDD; `exception_type` is 1 (added) or 2 (removed)",
    )),
};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The services of both tables.
#[derive(Debug, Default)]
pub(super) struct Services {
    pub(super) list: Vec<Service>,
    pub(super) ids: Ids,
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
            if span.is_none() {
                reporter.add_with(&DAYS_UNREADABLE, || {
                    let (first, last) = (row.shown(first), row.shown(last));
                    row.place().with(&text!("「{first}」から「{last}」まで", "from “{first}” to “{last}”"))
                });
            } else if self.ids.enter(&row, id, reporter).is_some() {
                let weekdays = weekdays.map(|day| row.whole(day) == b"1");
                self.list.push(Service { id: row.shown(id).into_owned(), weekdays, span, ..Service::default() });
            }
        }
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
                continue;
            };
            let index = self.ids.meant(row.get(id)).unwrap_or_else(|| self.ids.number(row.get(id))) as usize;
            if index == self.list.len() {
                self.list.push(Service { id: row.shown(id).into_owned(), ..Service::default() });
            }
            let service = &mut self.list[index];
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
}
