//! The table that `kyoten peaks` prints.

use super::made::Feed;
use crate::support::Folder;

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
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!("table", run.stdout) });
}
