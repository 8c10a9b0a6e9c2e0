//! Sheets of a cadastral map, of which some lie far from the others; and sheets of a workbook.

use std::fmt::Write as _;

#[cfg(feature = "workbooks")]
use super::Draw;
use super::each_case;
use crate::support::{Folder, zipped};
#[cfg(feature = "workbooks")]
use crate::support::{column, rows};

/// A sheet of one lot of 20 m, whose south-western corner is so far north and east of the origin of zone VIII.
fn sheet(name: &str, lot: u32, [north, east]: [f64; 2]) -> String {
    let corners = [[0.0, 0.0], [0.0, 20.0], [20.0, 20.0], [20.0, 0.0]];
    let (mut points, mut curves, mut ring) = (String::new(), String::new(), String::new());
    for (index, [up, right]) in corners.iter().enumerate() {
        let number = index + 1;
        let next = number % 4 + 1;
        write!(points, r#"<zmn:GM_Point id="P{number}"><zmn:GM_Point.position><zmn:DirectPosition><zmn:X>{:.3}</zmn:X><zmn:Y>{:.3}</zmn:Y></zmn:DirectPosition></zmn:GM_Point.position></zmn:GM_Point>"#, north + up, east + right).unwrap();
        let column = |point: usize| {
            format!(
                r#"<zmn:GM_PointArray.column><zmn:GM_Position.indirect><zmn:GM_PointRef.point idref="P{point}"/></zmn:GM_Position.indirect></zmn:GM_PointArray.column>"#
            )
        };
        write!(curves, r#"<zmn:GM_Curve id="C{number}"><zmn:GM_OrientablePrimitive.orientation>+</zmn:GM_OrientablePrimitive.orientation><zmn:GM_OrientablePrimitive.primitive idref="C{number}"/><zmn:GM_Curve.segment><zmn:GM_LineString><zmn:GM_LineString.controlPoint>{}{}</zmn:GM_LineString.controlPoint></zmn:GM_LineString></zmn:GM_Curve.segment></zmn:GM_Curve>"#, column(number), column(next)).unwrap();
        write!(ring, r#"<zmn:GM_CompositeCurve.generator idref="C{number}"/>"#).unwrap();
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<地図 xmlns="http://www.moj.go.jp/MINJI/tizuxml" xmlns:zmn="http://www.moj.go.jp/MINJI/tizuzumen"><version>ver1.0</version><地図名>{name}</地図名><市区町村コード>22999</市区町村コード><市区町村名>架空市</市区町村名><座標系>公共座標8系</座標系><測地系判別>測量</測地系判別><空間属性>
{points}{curves}<zmn:GM_Surface id="F1"><zmn:GM_OrientablePrimitive.orientation>+</zmn:GM_OrientablePrimitive.orientation><zmn:GM_OrientablePrimitive.primitive idref="F1"/><zmn:GM_Surface.patch><zmn:GM_Polygon><zmn:GM_Polygon.boundary><zmn:GM_SurfaceBoundary><zmn:GM_SurfaceBoundary.exterior><zmn:GM_Ring>{ring}</zmn:GM_Ring></zmn:GM_SurfaceBoundary.exterior></zmn:GM_SurfaceBoundary></zmn:GM_Polygon.boundary></zmn:GM_Polygon></zmn:GM_Surface.patch></zmn:GM_Surface></空間属性>
<主題属性><筆界点/><筆 id="H000000001"><大字コード>001</大字コード><丁目コード>000</丁目コード><小字コード>0000</小字コード><予備コード>00</予備コード><大字名>本町</大字名><地番>{lot}</地番><形状 idref="F1"/><精度区分>甲二</精度区分><座標値種別>図上測量</座標値種別></筆></主題属性>
<図郭><地図番号>{name}</地図番号><縮尺分母>500</縮尺分母><筆参照 idref="H000000001"/></図郭></地図>"#
    )
}

#[test]
fn a_sheet_far_from_the_others_is_named_and_its_lots_are_kept() {
    each_case("sheet", |by| {
        let count = by.0.u32(3..7);
        let far = by.0.u32(0..count);
        let reach = by.one(&[0.0, 40_000.0, 60_000.0, 90_000.0, 108_000.0]);
        let way = by.one(&[[1.0, 0.0], [0.0, 1.0], [0.7, 0.7], [-1.0, 0.0]]);
        let folder = Folder::new();
        let in_archive = by.yes();
        let mut entries = Vec::new();
        for number in 0..count {
            let step = f64::from(number) * 300.0;
            let off = if number == far { reach } else { 0.0 };
            let place = [-122_000.0 + step + off * way[0], -15_000.0 + off * way[1]];
            entries.push((format!("t{number}.xml"), sheet(&format!("T{number}"), number + 1, place)));
        }
        let entries = by.shuffled(entries);
        if in_archive {
            let listed: Vec<(&str, &[u8])> =
                entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
            folder.put("map.zip", zipped(&listed));
        } else {
            for (name, text) in &entries {
                folder.put(name, text);
            }
        }
        let path = if in_archive { "map.zip" } else { "*.xml" };
        folder.put("kyoten.toml", format!("plane = 8\n[layers]\nparcels = {{ path = \"{path}\" }}\n"));
        let what = format!("{far} of {count}, {reach} m to {way:?}, archive {in_archive}");
        let (ids, told) = super::parcels(&folder, "kyoten_id", &what);
        assert_eq!(ids.len(), count as usize, "{what}: {told}");
        let is_told = told.contains("sheet-far-away") && told.contains(&format!("t{far}.xml"));
        assert_eq!(is_told, reach > 0.0, "{what}: {told}");
    });
}

#[cfg(feature = "workbooks")]
/// A workbook of sheets of inline words and numbers.
fn workbook(sheets: &[(String, Vec<Vec<String>>)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let number = index + 1;
        let mut data = String::new();
        for (row, cells) in rows.iter().enumerate() {
            write!(data, "<row r=\"{}\">", row + 1).unwrap();
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let at = format!("{}{}", char::from(b'A' + u8::try_from(at).unwrap()), row + 1);
                if cell.parse::<f64>().is_ok() {
                    write!(data, "<c r=\"{at}\"><v>{cell}</v></c>").unwrap();
                } else {
                    write!(data, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>").unwrap();
                }
            }
            data += "</row>";
        }
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>"),
        ));
        write!(list, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>").unwrap();
        write!(
            relations,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )
        .unwrap();
    }
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>"),
    ));
    parts.push(("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
    parts.push(("[Content_Types].xml".to_owned(), "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&parts)
}

#[cfg(feature = "workbooks")]
fn facilities(by: &mut Draw, north: &str) -> Vec<Vec<String>> {
    let titles = by.0.usize(0..3);
    let mut rows = vec![vec!["施設一覧".to_owned()]; titles];
    let cells = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    rows.push(cells(["名称", "種別", "緯度", "経度"]));
    rows.push(cells(["園", "a", north, "138.3375"]));
    rows
}

#[cfg(feature = "workbooks")]
#[test]
fn of_several_sheets_of_a_workbook_none_is_passed_over_without_a_word() {
    each_case("workbook", |by| {
        let note = |name: &str| {
            (name.to_owned(), vec![vec!["この表について".to_owned()], vec!["令和6年4月1日現在".to_owned()]])
        };
        let mut sheets = vec![("一覧".to_owned(), facilities(by, "34.87"))];
        let others = by.0.usize(0..3);
        sheets.extend(["凡例", "注記"].iter().take(others).map(|name| note(name)));
        let two = by.yes();
        if two {
            sheets.push(("別表".to_owned(), facilities(by, "34.88")));
        }
        let sheets = by.shuffled(sheets);
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        let with = |keys: &str| {
            let folder =
                Folder::with_project("planned_kind = \"a\"", &format!("facilities = {{ path = \"f.xlsx\"{keys} }}"));
            folder.put("f.xlsx", workbook(&sheets));
            let run = folder.kyoten(&["run", "kyoten.toml", "--out", "out", "--format", "csv", "--no-map"]);
            (folder, run)
        };
        let (folder, run) = with("");
        if two {
            assert_eq!(run.status, 2, "{names:?}: {}", run.stderr);
            assert!(
                ["一覧", "別表", "layer"].iter().all(|word| run.stderr.contains(word)),
                "{names:?}: {}",
                run.stderr
            );
        } else {
            assert_eq!(run.status, 0, "{names:?}: {}", run.stderr);
            let rows = rows(&folder.text("out/parcels.csv"));
            assert_eq!(rows[1][column(&rows, "facility")], "園", "{names:?}");
        }
        let (_, run) = with(", layer = \"一覧\"");
        assert_eq!(run.status, 0, "{names:?}: {}", run.stderr);
    });
}
