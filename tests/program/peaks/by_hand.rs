//! Stops of real timetables, each counted by hand: its departures were listed from `stop_times.txt` and the day taken from the
//! calendar by other means than this program's, and those of the busiest hour written down here.

use serde_json::{Value, json};

use super::real;
use crate::support::Folder;

/// A stop, and what was counted there.
struct Counted {
    stop: &'static str,
    /// What is special about it.
    because: &'static str,
    poles: &'static [&'static str],
    window: [&'static str; 2],
    direction: fn() -> Value,
    /// The departures in the window: time and trip.
    leaving: &'static [(&'static str, &'static str)],
    /// The same by other rules: clock hour, mean of 7 to 9, both directions.
    others: [f64; 3],
}

/// まいどはや runs every day of its year, 毎日: the first weekday from 2019-04-01, a Monday, is as good as any.
const MAIDOHAYA: [Counted; 2] = [
    Counted {
        stop: "宝町",
        because: "on a loop that runs one way, 9:01 to 19:01 every 20 minutes: nothing before nine",
        poles: &["5_1"],
        window: ["09:01", "10:01"],
        direction: || json!("5_1"),
        leaving: &[("09:01", "1+毎日+1"), ("09:21", "1+毎日+2"), ("09:41", "1+毎日+3")],
        others: [3.0, 0.0, 0.0],
    },
    Counted {
        stop: "富山駅前(清水町ルート)",
        because: "where the loop begins and ends: the bus of 9:00 comes back at 9:40, which is no departure",
        poles: &["6_1"],
        window: ["09:00", "10:00"],
        direction: || json!("6_1"),
        leaving: &[("09:00", "2+毎日+1"), ("09:20", "2+毎日+2"), ("09:40", "2+毎日+3")],
        others: [3.0, 0.0, 0.0],
    },
];

/// 平日 runs Monday to Friday but on 20 holidays, 土休日 on those: Monday 2019-04-01 is the first 平日.
const FEEDER: [Counted; 4] = [
    Counted {
        stop: "荒屋",
        because: "one pole for both directions, and trips name none: by the rule they count together",
        poles: &["15_1"],
        window: ["06:52", "07:52"],
        direction: || json!("15_1"),
        leaving: &[
            ("06:52", "2_1+平日+2"),
            ("07:12", "2_2+平日+2"),
            ("07:20", "2_1+平日+3"),
            ("07:43", "2_2+平日+3"),
            ("07:50", "2_1+平日+4"),
        ],
        others: [4.0, 4.0, 0.0],
    },
    Counted {
        stop: "蓮町",
        because: "a terminus: the buses that arrive at 8:33 and 9:02 end there",
        poles: &["12_1"],
        window: ["08:06", "09:06"],
        direction: || json!("12_1"),
        leaving: &[("08:06", "2_2+平日+4"), ("08:36", "2_2+平日+5"), ("09:05", "2_2+平日+6")],
        others: [2.0, 2.0, 0.0],
    },
    Counted {
        stop: "岩瀬浜駅前",
        because: "a terminus whose only busy hour is at noon",
        poles: &["1_1"],
        window: ["11:31", "12:31"],
        direction: || json!("1_1"),
        leaving: &[("11:31", "1_2+平日+10"), ("12:01", "1_2+平日+11"), ("12:27", "1_2+平日+12")],
        others: [3.0, 1.5, 0.0],
    },
    Counted {
        stop: "四方町",
        because: "served one way only",
        poles: &["16_1"],
        window: ["06:50", "07:50"],
        direction: || json!("16_1"),
        leaving: &[("06:50", "2_1+平日+2"), ("07:18", "2_1+平日+3"), ("07:48", "2_1+平日+4")],
        others: [2.0, 2.0, 0.0],
    },
];

/// b-weekday from Wednesday 2026-04-01, but on holidays.
const YUI_KANBARA: [Counted; 3] = [
    Counted {
        stop: "由比駅",
        because: "six buses end there, with pick-up forbidden (pickup_type 1)",
        poles: &["b1_0"],
        window: ["13:11", "14:11"],
        direction: || json!(1),
        leaving: &[("13:11", "b1+1+b-weekday+5"), ("14:03", "b1+1+b-weekday+6")],
        others: [1.0, 0.5, 0.0],
    },
    Counted {
        stop: "蒲原病院",
        because: "the other terminus, busiest the other way",
        poles: &["b21_0"],
        window: ["13:37", "14:37"],
        direction: || json!(0),
        leaving: &[("13:37", "b2+0+b-weekday+5"), ("14:30", "b2+0+b-weekday+6")],
        others: [1.0, 0.5, 0.0],
    },
    Counted {
        stop: "神沢",
        because: "a pair of poles 58 m apart, as busy both ways: the earlier hour is named",
        poles: &["b11_1", "b11_2"],
        window: ["13:18", "14:18"],
        direction: || json!(1),
        leaving: &[("13:18", "b1+1+b-weekday+5"), ("14:10", "b1+1+b-weekday+6")],
        others: [1.0, 0.5, 2.0],
    },
];

/// t-weekday from Wednesday 2026-04-01, but on holidays.
const RYOUGOUCHI: [Counted; 2] = [
    Counted {
        stop: "但沼車庫前",
        because: "a terminus whose third bus, at 18:40, leaves as the last one arrives",
        poles: &["t1_0"],
        window: ["17:45", "18:45"],
        direction: || json!(1),
        leaving: &[("17:45", "t1+1+t-weekday+14"), ("18:20", "t1+1+t-weekday+15"), ("18:40", "t1+1+t-weekday+16")],
        others: [2.0, 1.0, 0.0],
    },
    Counted {
        stop: "和田島車庫",
        because: "two branches leave at once by arrangement (pickup_type 2); three lines end there",
        poles: &["t7_0"],
        window: ["15:45", "16:45"],
        direction: || json!(1),
        leaving: &[
            ("15:45", "o1+1+t-weekday+6"),
            ("15:45", "z1+1+t-weekday+7"),
            ("16:30", "o1+1+t-weekday+7"),
            ("16:30", "z1+1+t-weekday+8"),
        ],
        others: [2.0, 1.5, 2.0],
    },
];

/// y-monwedfri runs on 182 days, y-tuethu on 120: Wednesday 2026-04-01.
const YUI: [Counted; 2] = [
    Counted {
        stop: "由比むつみ市場前",
        because: "one trip calls three times, and names no direction",
        poles: &["y9_0"],
        window: ["07:18", "08:18"],
        direction: || json!("y9_0"),
        leaving: &[
            ("07:18", "y1++y-monwedfri+1"),
            ("07:37", "y1++y-monwedfri+1"),
            ("07:48", "y1++y-monwedfri+1"),
            ("08:17", "y2++y-monwedfri+1"),
        ],
        others: [3.0, 2.0, 0.0],
    },
    Counted {
        stop: "庵原分署",
        because: "trips begin there, pass it, and end there",
        poles: &["y1_0"],
        window: ["08:26", "09:26"],
        direction: || json!("y1_0"),
        leaving: &[("08:26", "y2++y-monwedfri+1"), ("09:04", "y2++y-monwedfri+1")],
        others: [2.0, 0.5, 0.0],
    },
];

/// i-weekday from Wednesday 2026-04-01, but on holidays; i-summer runs on Saturdays and Sundays.
const IKAWA: [Counted; 1] = [Counted {
    stop: "小河内",
    because: "five trips end there, one begins there in the direction that has fewer",
    poles: &["i19_0"],
    window: ["07:21", "08:21"],
    direction: || json!(0),
    leaving: &[("07:21", "i2+0+i-weekday+1"), ("08:04", "i2+0+i-weekday+2")],
    others: [1.0, 1.0, 1.0],
}];

fn seconds(clock: &str) -> u32 {
    let (hours, minutes) = clock.split_once(':').unwrap();
    hours.parse::<u32>().unwrap() * 60 + minutes.parse::<u32>().unwrap()
}

fn check(feed: &str, day: &str, stops: &[Counted]) {
    let Some(gtfs) = real::gtfs() else { return };
    let wanted =
        |path: &std::path::PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(feed));
    let path =
        real::feeds(&gtfs).into_iter().find(wanted).unwrap_or_else(|| panic!("{feed} is not in {}", gtfs.display()));
    let run = Folder::new().kyoten(&["peaks", &path.to_string_lossy(), "--json"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&found["date"], &found["feeds"][0]["service_day_from"]),
        (&json!(day), &json!("representative weekday"))
    );
    for Counted { stop, because, poles, window, direction, leaving, others } in stops {
        let hour = seconds(window[1]) - seconds(window[0]);
        let inside = |time: &str| (seconds(window[0])..seconds(window[1])).contains(&seconds(time));
        assert!(hour == 60 && leaving.iter().all(|(time, _)| inside(time)), "{stop}: written down wrongly");
        let seen = found["stops"].as_array().unwrap().iter().find(|seen| seen["name"] == *stop);
        let seen = seen.unwrap_or_else(|| panic!("no stop {stop}"));
        let trips: Vec<&str> = leaving.iter().map(|(_, trip)| *trip).collect();
        let number = |rule: &str| seen["variants"][rule].as_f64().unwrap();
        let rules = ["clock-hour", "mean-7-9", "both-directions"].map(number);
        assert_eq!(seen["peak_trips"], leaving.len(), "{stop}, {because}");
        assert_eq!(seen["trips"], json!(trips), "{stop}, {because}");
        assert_eq!(seen["window"], json!(window), "{stop}, {because}");
        assert_eq!(seen["direction"], direction(), "{stop}, {because}");
        assert_eq!(seen["stop_ids"], json!(poles), "{stop}, {because}");
        assert_eq!(rules, *others, "{stop}, {because}");
    }
}

#[test]
fn stops_of_the_loops_of_toyama_are_as_counted_by_hand() {
    check("toyamacitymaidohaya", "2019-04-01", &MAIDOHAYA);
}

#[test]
fn stops_of_the_feeders_of_toyama_are_as_counted_by_hand() {
    check("toyamacityfeeder", "2019-04-01", &FEEDER);
}

#[test]
fn stops_of_the_buses_of_shizuoka_are_as_counted_by_hand() {
    check("feed_shizuokacity_yui-kanbara", "2026-04-01", &YUI_KANBARA);
    check("feed_shizuokacity_ryougouchi", "2026-04-01", &RYOUGOUCHI);
    check("feed_shizuokacity_yui_", "2026-04-01", &YUI);
    check("feed_shizuokacity_ikawa", "2026-04-01", &IKAWA);
}
