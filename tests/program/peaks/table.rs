//! The table that `kyoten peaks` prints.

use super::made::Feed;
use crate::support::Folder;

/// The counts at the end of a printed row, as cells of a table on a page.
fn counts(row: &str) -> String {
    let cells: Vec<&str> = row.split_whitespace().collect();
    cells[cells.len() - 6..].join(" | ")
}

/// A printed row of a stop as a row of a page.
fn of_a_page(row: &str) -> String {
    let cells: Vec<&str> = row.split_whitespace().collect();
    // A stop at which nothing calls has no window.
    let window = if cells.len() == 8 { cells[1] } else { "" };
    format!("| {} | {window} | {} |", cells[0], counts(row))
}

#[test]
fn the_table_of_a_small_timetable() {
    let folder = Folder::new();
    Feed { valid: ["20260401", "20990331"], ..Feed::default() }.put(&folder, "city");
    // A line there and back whose trips name no direction, from one pole a stop.
    let back = Feed {
        publisher: "架空電鉄",
        route: "77",
        line: "北線",
        valid: ["20260401", "20990331"],
        course: vec![("y1", "岬"), ("y2", "灯台"), ("y3", "燈火小学校"), ("y2", "灯台"), ("y1", "岬")],
        starts: vec!["07:00", "07:40"],
    };
    back.put(&folder, "north");
    folder.edit("north/trips.txt", "77-0,0", "77-0,").edit("north/trips.txt", "77-1,0", "77-1,");
    let text = folder.text("north/stops.txt");
    let first_three: Vec<&str> = text.lines().take(4).collect();
    folder.put("north/stops.txt", first_three.join("\n"));
    let run = folder.kyoten(&["peaks", "city", "north"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(
        include_str!("../../../docs/transit.md").contains(run.stdout.trim_end()),
        "docs/transit.md shows another table"
    );
    let japanese = include_str!("../../../docs/ja/transit.md");
    let printed: Vec<&str> = run.stdout.lines().skip_while(|line| !line.starts_with("stop ")).skip(1).take(7).collect();
    let (last, stops) = printed.split_last().unwrap();
    let mut rows: Vec<String> = stops.iter().map(|row| of_a_page(row)).collect();
    rows.push(format!("| 3本に達する停留所 | | {} |", counts(last)));
    assert!(japanese.contains(&rows.join("\n")), "docs/ja/transit.md shows another table\n{}", rows.join("\n"));
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("table", run.stdout) });
}
