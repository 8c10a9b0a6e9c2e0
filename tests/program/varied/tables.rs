//! Tables of facilities: what parts their cells, what they are encoded in, what stands around the rows, how places are spelled.

use super::{Draw, each_case, parcels};
use crate::support::Folder;

/// How a table is written.
#[derive(Debug)]
struct Writing {
    delimiter: char,
    encoding: &'static str,
    titles: Vec<&'static str>,
    latitude: &'static str,
    longitude: &'static str,
    spelling: usize,
    quoted: bool,
    padded: bool,
    line_end: &'static str,
    blank_rows: usize,
    more_columns: bool,
}

/// 34.87 and 138.3375 degrees, in the ways in which they are found.
const SPELLINGS: [[&str; 2]; 18] = [
    ["34.87", "138.3375"],
    ["34.8700000", "138.33750"],
    ["34度52分12秒", "138度20分15秒"],
    ["34度52分12.000秒", "138度20分15.000秒"],
    ["北緯34度52分12秒", "東経138度20分15秒"],
    ["34°52′12″", "138°20′15″"],
    ["34°52'12\"", "138°20'15\""],
    ["34:52:12", "138:20:15"],
    ["３４．８７", "１３８．３３７５"],
    ["N34°52′12″", "E138°20′15″"],
    ["34-52-12.0", "138-20-15.0"],
    ["34 52 12", "138 20 15"],
    ["345212", "1382015"],
    ["345212.000", "1382015.0"],
    ["34°52.2′", "138°20.25′"],
    ["34.52.12.0", "138.20.15.0"],
    ["34゜52’12”", "138゜20’15”"],
    ["３４度５２分１２秒", "１３８度２０分１５秒"],
];

fn draw(by: &mut Draw) -> Writing {
    let [latitude, longitude] = by.one(&[
        ["緯度", "経度"],
        ["緯度（世界測地系）", "経度（世界測地系）"],
        ["緯度(10進)", "経度(10進)"],
        ["lat", "lon"],
        ["Latitude", "Longitude"],
        ["緯度_JGD2011", "経度_JGD2011"],
    ]);
    let titles: &[&[&str]] = &[&[], &["施設一覧"], &["施設一覧", "令和6年4月1日現在"], &["", "施設一覧"]];
    Writing {
        delimiter: by.one(&[',', ';', '\t']),
        encoding: by.one(&["utf-8", "utf-8 with a mark", "cp932", "utf-16le", "utf-16be"]),
        titles: by.one(titles).to_vec(),
        latitude,
        longitude,
        spelling: by.0.usize(..SPELLINGS.len()),
        quoted: by.yes(),
        padded: by.yes(),
        line_end: by.one(&["\n", "\r\n"]),
        blank_rows: by.0.usize(..3),
        more_columns: by.yes(),
    }
}

/// The table so written: a facility of the kind, and one of another.
fn written(by: &mut Draw, how: &Writing) -> Vec<u8> {
    let [y, x] = SPELLINGS[how.spelling];
    let mut columns = vec![
        [how.latitude, y, "34.95"],
        [how.longitude, x, "138.5"],
        ["名称", "福寿園", "なかよし園"],
        ["種別", "老人福祉センター", "保育所"],
    ];
    if how.more_columns {
        columns.extend([["備考", "2階", ""], ["電話番号", "054-000-0000", ""]]);
    }
    let columns = by.shuffled(columns);
    let cell = |text: &str| {
        let text = if how.padded && !text.is_empty() { format!("{text}  ") } else { text.to_owned() };
        if how.quoted || text.contains(['"', how.delimiter]) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    let row = |cells: Vec<String>| cells.join(&how.delimiter.to_string()) + how.line_end;
    let filled = |title: &str| {
        let mut cells = vec![String::new(); columns.len()];
        title.clone_into(&mut cells[0]);
        row(cells)
    };
    let mut text: String = how.titles.iter().map(|title| filled(title)).collect();
    for part in 0..3 {
        text.push_str(&row(columns.iter().map(|column| cell(column[part])).collect()));
    }
    (0..how.blank_rows).for_each(|_| text.push_str(&filled("")));
    encoded(&text, how.encoding)
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8 with a mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "cp932" => {
            // What has no place there is written as people write it.
            let text = text.replace('′', "'").replace('″', if text.contains('"') { "''" } else { "\"" });
            let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
            assert!(!lost, "{text}");
            bytes.into_owned()
        }
        "utf-16le" => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        _ => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
    }
}

#[test]
fn a_table_of_facilities_is_read_however_it_is_written() {
    let with = |table: &[u8], what: &str| {
        let layers = "facilities = { path = \"f.csv\", name = \"名称\", kind = \"種別\" }";
        let folder = Folder::with_project("planned_kind = \"老人福祉センター\"", layers);
        folder.put("f.csv", table);
        let (metres, told) = parcels(&folder, "facility_m", what);
        assert!(!told.contains("rows-without-coordinates"), "{what}: {told}");
        (metres, parcels(&folder, "facility", what).0)
    };
    let plain = "名称,種別,緯度,経度\n福寿園,老人福祉センター,34.87,138.3375\nなかよし園,保育所,34.95,138.5\n";
    let plain = with(plain.as_bytes(), "plain");
    assert_eq!(plain.1[0], "福寿園");
    each_case("tables", |by| {
        let how = draw(by);
        let table = written(by, &how);
        assert_eq!(with(&table, &format!("{how:?}")), plain, "{how:?}");
    });
}

/// The metres to a facility of a table whose places are on the plane, or in whatever its project file says.
fn metres(table: &[u8], keys: &str, what: &str) -> Vec<String> {
    let folder = Folder::with_project("planned_kind = \"a\"", &format!("facilities = {{ path = \"f.csv\"{keys} }}"));
    folder.put("f.csv", table);
    parcels(&folder, "facility_m", what).0
}

#[test]
fn axes_of_a_survey_are_known_by_the_names_of_their_columns() {
    // Where they lie: 122 km south of the origin of zone VIII, and 9.5 km west.
    let (north, east) = ("-122000.5", "-9500.25");
    let plain = metres(
        format!("名称,種別,easting,northing\n園,a,{east},{north}\n").as_bytes(),
        ", crs = \"EPSG:6676\"",
        "plain",
    );
    each_case("survey", |by| {
        let (headers, is_survey) = by.one(&[
            (["X座標", "Y座標"], true),
            (["Ｘ座標", "Ｙ座標"], true),
            (["X座標(m)", "Y座標(m)"], true),
            (["x座標", "y座標"], true),
            (["X座標_JGD2011", "Y座標_JGD2011"], true),
            (["X座標（メートル）", "Y座標（メートル）"], true),
            (["X（北）", "Y（東）"], true),
            (["X", "Y"], false),
            (["X(m)", "Y(m)"], false),
            (["easting", "northing"], false),
            (["東距", "北距"], false),
            (["X座標(東西)", "Y座標(南北)"], false),
        ]);
        let [x, y] = if is_survey { [north, east] } else { [east, north] };
        let delimiter = by.one(&[",", ";", "\t"]);
        let columns = by.shuffled(vec![["名称", "園"], ["種別", "a"], [headers[0], x], [headers[1], y]]);
        let line = |part: usize| columns.iter().map(|column| column[part]).collect::<Vec<_>>().join(delimiter);
        let table = format!("{}\n{}\n", line(0), line(1));
        let table = encoded(&table, by.one(&["utf-8", "utf-8 with a mark", "cp932", "utf-16le", "utf-16be"]));
        let what = format!("{headers:?}, {columns:?}");
        assert_eq!(metres(&table, ", crs = \"EPSG:6676\"", &what), plain, "{what}");
    });
}

#[test]
fn a_column_of_wkt_is_a_place_however_it_is_written() {
    let plain = metres("名称,種別,緯度,経度\n園,a,34.87,138.3375\n".as_bytes(), "", "plain");
    each_case("wkt", |by| {
        let header = by.one(&["WKT", "wkt", "geometry", "geom", "the_geom", "位置情報WKT", "WKT_GEOM"]);
        let cell = by.one(&[
            "POINT (138.3375 34.87)",
            "POINT(138.3375 34.87)",
            "Point (138.3375 34.87)",
            "POINT Z (138.3375 34.87 12.5)",
            "POINTZ(138.3375 34.87 0)",
            "SRID=6668;POINT(138.3375 34.87)",
            "MULTIPOINT ((138.3375 34.87))",
            "MULTIPOINT (138.3375 34.87)",
            "  POINT  ( 138.3375   34.87 )  ",
            "POINT (1.383375e2 3.487e1)",
        ]);
        let delimiter = by.one(&[",", ";", "\t"]);
        let quoted = format!("\"{cell}\"");
        let cell = if by.yes() || cell.contains(delimiter) { quoted.as_str() } else { cell };
        let columns = by.shuffled(vec![["名称", "園"], ["種別", "a"], [header, cell]]);
        let line = |part: usize| columns.iter().map(|column| column[part]).collect::<Vec<_>>().join(delimiter);
        let table = format!("{}\n{}\n", line(0), line(1));
        let encoding = by.one(&["utf-8", "utf-8 with a mark", "cp932", "utf-16le", "utf-16be"]);
        let what = format!("{table} in {encoding}");
        assert_eq!(metres(&encoded(&table, encoding), "", &what), plain, "{what}");
    });
}

#[test]
fn one_of_several_kinds_in_a_cell_is_enough_whatever_stands_between_them() {
    let close = |kinds: &str| {
        let folder = Folder::with_project("planned_kind = \"通所介護\"", "facilities = \"f.csv\"");
        let kinds = kinds.replace('"', "\"\"");
        folder.put("f.csv", format!("名称,種別,緯度,経度\n園,\"{kinds}\",34.8995,138.4005\n"));
        parcels(&folder, "senior_site", kinds.as_str()).0
    };
    let same = close("通所介護");
    assert_eq!(same, ["ineligible"; 2]);
    each_case("kinds", |by| {
        let others = ["訪問介護", "短期入所", "居宅介護支援", "老人福祉センター"];
        let count = by.0.usize(1..4);
        let mut kinds = by.shuffled(others.to_vec());
        kinds.truncate(count);
        kinds.insert(by.0.usize(..=count), "通所介護");
        let between = by.one(&["、", "・", "/", "／", ",", "，", ";", "；", "\n", "\r\n", " 、 ", "， "]);
        let cell = kinds.join(between);
        assert_eq!(close(&cell), same, "{cell:?}");
        // The name of another kind that only holds the word is another kind.
        let others = cell.replace("通所介護", "認知症対応型通所介護");
        assert_ne!(close(&others), same, "{others:?}");
    });
}

#[test]
fn zeros_and_blanks_are_no_place_in_whatever_cells() {
    each_case("zeros", |by| {
        let folder = Folder::with_project("planned_kind = \"a\"", "facilities = \"f.csv\"");
        let [y, x] = by.one(&[
            ["0", "0"],
            ["0.0", "0.000"],
            ["", ""],
            ["34.9", "0"],
            ["0", "138.4"],
            ["-", "-"],
            ["不明", "不明"],
        ]);
        let mut rows = vec!["園,a,34.87,138.3375".to_owned(), format!("館,a,{y},{x}")];
        let first = by.yes();
        if first {
            rows.reverse();
        }
        folder.put("f.csv", format!("名称,種別,緯度,経度\n{}\n,,,\n", rows.join("\n")));
        let what = format!("{rows:?}");
        let (sites, told) = parcels(&folder, "senior_site", &what);
        assert_eq!(sites, ["undetermined"; 2], "{what}");
        let row = if first { 1 } else { 2 };
        assert!(
            told.contains("rows-without-coordinates") && told.contains(&format!("f.csv: row {row}")),
            "{what}: {told}"
        );
    });
}
