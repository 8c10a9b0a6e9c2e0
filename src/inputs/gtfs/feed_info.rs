//! `feed_info.txt`: who publishes a feed, and for which days.

use super::Feed;
use super::table::{ColumnIndex, GtfsTable, Row};
use super::times::day;
use crate::inputs::InputError;
use crate::inputs::format::Reporter;
use crate::notices::{NoticeKind, Severity};
use crate::text::Text;

static VALIDITY_UNREADABLE: NoticeKind = NoticeKind {
    id: "validity-unreadable",
    severity: Severity::Warning,
    what: Text::new(
        "有効期間の始まりか終わりの日付を読めないGTFSフィードがあります。どの平日で数えるか言い切れないため、運行するかどうかも確実ではありません。",
        "feeds have a first or last day of validity that cannot be read; on which weekday they are counted is not sure",
    ),
    advice: Some(Text::new(
        "日付は YYYYMMDD で書くか、[transit] の `day` に数える日を指定してください。",
        "days are written YYYYMMDD; or give the day to count as `day` in [transit]",
    )),
};

/// Reads the only row of the table into the feed; says how many rows were used.
pub(super) fn read(table: &GtfsTable, feed: &mut Feed, reporter: &mut Reporter<'_>) -> Result<usize, InputError> {
    let mut rows = table.rows()?;
    let (publisher, version) = (rows.column("feed_publisher_name"), rows.column("feed_version"));
    let (from, to) = (rows.column("feed_start_date"), rows.column("feed_end_date"));
    let Some(row) = rows.next_row()? else { return Ok(0) };
    feed.publisher = row.name(publisher);
    feed.version = row.name(version);
    let cells = [from, to].map(|column| !row.get(column).is_empty());
    feed.from = day_of(&row, from, reporter);
    feed.to = day_of(&row, to, reporter);
    feed.lost.days = cells != [feed.from.is_some(), feed.to.is_some()];
    Ok(1)
}

fn day_of(row: &Row<'_>, column: ColumnIndex, reporter: &mut Reporter<'_>) -> Option<chrono::NaiveDate> {
    let day = day(row.whole(column));
    if day.is_none() && !row.get(column).is_empty() {
        reporter.add_with(&VALIDITY_UNREADABLE, || row.quoting(column));
    }
    day
}
