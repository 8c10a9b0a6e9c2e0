//! The workbook of a run, read back: every cell is that of `parcels.csv` in words, and a text is a text.

use std::collections::BTreeMap;
use std::io::Cursor;

use crate::support::{Folder, column, rows};
use calamine::{Data, Range, Reader, Xlsx};
use kyoten::criteria::default_rules;
use kyoten::table::parcel_columns;
use kyoten::text::Lang;
use kyoten::verdicts::Status;

const SHEETS: [&str; 7] = ["総括", "筆", "候補区域", "停留所", "施設", "調査が必要な停留所", "条件と資料"];

/// The sheets of a workbook, in which no cell is an error or a date.
fn book(folder: &Folder, file: &str) -> Vec<(String, Range<Data>)> {
    let mut book = Xlsx::new(Cursor::new(folder.bytes(file))).unwrap();
    let sheets: Vec<(String, Range<Data>)> = book.worksheets();
    for (name, sheet) in &sheets {
        for (row, column, cell) in sheet.used_cells() {
            let is_plain = matches!(cell, Data::String(_) | Data::Float(_) | Data::Int(_) | Data::Bool(_));
            assert!(is_plain, "{name} {row} {column}: {cell:?}");
        }
    }
    sheets
}

fn sheet<'s>(sheets: &'s [(String, Range<Data>)], name: &str) -> &'s Range<Data> {
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    sheets.iter().find(|(known, _)| known == name).map_or_else(|| panic!("{name} of {names:?}"), |(_, sheet)| sheet)
}

/// The columns of a list, by header.
fn columns(sheet: &Range<Data>) -> BTreeMap<String, Vec<Data>> {
    let (height, width) = sheet.get_size();
    let column = |at: usize| (1..height).map(|row| sheet.get((row, at)).cloned().unwrap_or(Data::Empty)).collect();
    (0..width).map(|at| (sheet.get((0, at)).unwrap().to_string(), column(at))).collect()
}

/// A word of a column in the words of a workbook.
fn in_words(name: &str, word: &str, lang: Lang) -> String {
    if let Some(status) = Status::ALL.into_iter().find(|status| status.id() == word)
        && !name.ends_with("_as_a_whole")
    {
        return status.name().get(lang).to_owned();
    }
    match (name.ends_with("_as_a_whole"), word) {
        (true, "yes") => "満たす".to_owned(),
        (true, "no") => "満たさない".to_owned(),
        (true, "undetermined") => "分からない".to_owned(),
        _ => word.to_owned(),
    }
}

fn is(cell: &Data, text: &str, is_text: bool) -> bool {
    match cell {
        Data::Empty => text.is_empty(),
        Data::String(found) => is_text && found == text,
        Data::Float(found) => !is_text && text.parse::<f64>().is_ok_and(|number| number == *found),
        Data::Int(found) => !is_text && text.parse::<i64>().is_ok_and(|number| number == *found),
        Data::Bool(found) => !is_text && text == found.to_string(),
        _ => false,
    }
}

#[test]
fn every_cell_of_the_parcels_is_that_of_the_table() {
    let folder = Folder::with_sample();
    folder.edit("city/parcels.geojson", "\"chiban\": \"1-1\"", "\"chiban\": \"007\"");
    folder.edit("city/parcels.geojson", "\"chiban\": \"1-2\"", "\"chiban\": \"=1+1\"");
    folder.run(&["city", "--out", "out", "--no-map", "--format", "csv,xlsx"]);
    let sheets = book(&folder, "out/parcels.xlsx");
    assert_eq!(sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), SHEETS);
    let found = columns(sheet(&sheets, "筆"));
    let table = rows(&folder.text("out/parcels.csv"));
    let told = parcel_columns(default_rules());
    let mut seen = 0;
    for (at, name) in table[0].iter().enumerate() {
        let column = told.iter().find(|column| column.name == *name);
        let title = column.map_or(name.as_str(), |column| &column.title.ja);
        let cells = found.get(title).unwrap_or_else(|| panic!("{title}"));
        let is_text = match column {
            Some(column) => column.value_type() == kyoten::inputs::ValueType::Text,
            None => cells.iter().any(|cell| matches!(cell, Data::String(_))),
        };
        assert_eq!(cells.len(), table.len() - 1);
        for (cell, row) in cells.iter().zip(&table[1..]) {
            let text = in_words(name, &row[at], Lang::Ja);
            assert!(is(cell, &text, is_text), "{} {name}: {cell:?} and {text:?}", row[0]);
        }
        seen += 1;
    }
    // Beside these stand the reasons alone.
    let whys = found.keys().filter(|title| title.starts_with("理由（")).count();
    assert_eq!((whys, found.len()), (default_rules().zones().len(), seen + whys));
    let ids = &found["筆・敷地 番号"];
    assert_eq!(ids[..2], ["007", "=1+1"].map(|id| Data::String(id.to_owned())));
}

#[test]
fn whoever_is_not_eligible_has_a_reason() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--no-map", "--format", "xlsx"]);
    let sheets = book(&folder, "out/parcels.xlsx");
    let found = columns(sheet(&sheets, "筆"));
    let record = folder.json("out/run.json");
    for zone in default_rules().zones() {
        let name = zone.name();
        let (statuses, whys) = (&found[&*name.ja], &found[&format!("理由（{}）", name.ja)]);
        for (status, why) in statuses.iter().zip(whys) {
            let why = why.to_string();
            match status.to_string().as_str() {
                "該当" => assert_eq!(why, ""),
                "非該当" => assert!(why.starts_with("満たさない：") && why.len() > "満たさない：".len(), "{why}"),
                "判定不能" => assert!(why.starts_with("分からない：") || why == "使える図形がない", "{why}"),
                "見込み" => assert!(why.is_empty() || why.starts_with("見込みで満たす："), "{why}"),
                other => panic!("{other}"),
            }
        }
        // A criterion that keeps parcels open keeps as many open as the record says.
        for (id, parcels) in record["open"][zone.id()].as_object().unwrap() {
            let Some(criterion) = default_rules().criterion(id) else { continue };
            let named = |why: &Data| {
                let why = why.to_string();
                why.strip_prefix("分からない：").is_some_and(|all| all.split('、').any(|one| one == criterion.name.ja))
            };
            assert_eq!(whys.iter().filter(|why| named(why)).count() as u64, parcels.as_u64().unwrap(), "{id}");
        }
    }
}

#[test]
fn the_summary_counts_what_the_record_counts() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--no-map", "--format", "xlsx"]);
    let sheets = book(&folder, "out/parcels.xlsx");
    let record = folder.json("out/run.json");
    let summary = sheet(&sheets, "総括");
    let rows: Vec<Vec<String>> =
        summary.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<String>>()).collect();
    assert_eq!(rows[0][0], record["project"]["name"].as_str().unwrap());
    for zone in default_rules().zones() {
        for status in Status::ALL {
            let counts = &record["counts"][zone.id()][status.id()];
            let name = (zone.name().ja, status.name().ja);
            let row = rows.iter().find(|row| (row[0].as_str(), row[1].as_str()) == (&*name.0, &*name.1)).unwrap();
            assert_eq!(row[2], counts["parcels"].as_u64().unwrap_or_default().to_string());
            assert_eq!(row[3], counts["hectares"].as_f64().unwrap_or_default().to_string());
        }
    }
    // Every notice, every criterion and every file is told.
    for notice in record["notices"].as_array().unwrap() {
        let what = notice["what_ja"].as_str().unwrap();
        assert!(rows.iter().flatten().any(|cell| cell == what), "{what}");
    }
    let rests: Vec<String> = sheet(&sheets, "条件と資料").used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for input in record["inputs"].as_array().unwrap() {
        for file in input["files"].as_array().unwrap() {
            assert!(rests.iter().any(|cell| cell == file["sha256"].as_str().unwrap()), "{file}");
        }
    }
    let has = |text: &str| rests.iter().any(|cell| cell == text);
    assert!(default_rules().zones().flat_map(kyoten::criteria::Zone::criteria).all(has));
    // Where the files lay is nobody else's business.
    assert!(!rests.iter().any(|cell| cell.contains(&*folder.path().to_string_lossy())));
    for (name, file) in [("候補区域", "zones"), ("停留所", "stops"), ("施設", "facilities")] {
        let told = folder.json(&format!("out/{file}.geojson"))["features"].as_array().unwrap().len();
        assert_eq!(sheet(&sheets, name).height(), told + 1, "{name}");
    }
}

#[test]
fn a_workbook_is_japanese_unless_english_is_asked_for() {
    let folder = Folder::with_sample();
    let first = |arguments: &[&str]| {
        folder.run(&[&["city", "--out", "out", "--no-map", "--format", "xlsx"], arguments].concat());
        book(&folder, "out/parcels.xlsx")[0].0.clone()
    };
    assert_eq!(first(&[]), "総括");
    assert_eq!(first(&["--labels", "en"]), "summary");
    assert_eq!(first(&["--lang", "en"]), "summary");
    assert_eq!(first(&["--lang", "en", "--labels", "ja"]), "総括");
    let sheets = book(&folder, "out/parcels.xlsx");
    folder.run(&["city", "--out", "out", "--no-map", "--format", "xlsx", "--labels", "en"]);
    let english = book(&folder, "out/parcels.xlsx");
    for ((_, ja), (name, en)) in sheets.iter().zip(&english) {
        assert_eq!(ja.height(), en.height(), "{name}");
    }
}

#[test]
fn a_run_with_a_workbook_alone_is_not_read_again_and_says_so() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "a", "--no-map", "--format", "xlsx"]);
    folder.run(&["city", "--out", "b", "--no-map", "--format", "xlsx,csv"]);
    let asked: [&[&str]; 3] = [&["diff", "a", "b"], &["explain", "a", "31-6"], &["map", "a", "--png", "a.png"]];
    for arguments in asked {
        let told = folder.kyoten(arguments);
        assert_eq!(told.status, 2, "{arguments:?}");
        let said = told.stderr;
        assert!(said.contains("a workbook alone") && said.contains("--format xlsx,geojson"), "{arguments:?}: {said}");
    }
    assert_eq!(folder.kyoten(&["diff", "b", "b"]).status, 0);
}

#[test]
fn japanese_headers_of_a_table_are_its_titles_and_are_read_again() {
    let folder = Folder::with_sample();
    let before = folder.bytes("city/kyoten.toml");
    folder.run(&["city", "--out", "a", "--no-map", "--format", "csv"]);
    folder.run(&["city", "--out", "ja", "--no-map", "--format", "csv", "--headers", "ja"]);
    assert_eq!(before, folder.bytes("city/kyoten.toml"));
    let [plain, titled] = ["a", "ja"].map(|run| rows(&folder.text(&format!("{run}/parcels.csv"))));
    assert_eq!(plain[1..], titled[1..]);
    let told = parcel_columns(default_rules());
    for (name, title) in plain[0].iter().zip(&titled[0]) {
        let expected = told.iter().find(|column| column.name == *name).map_or(name.as_str(), |column| &column.title.ja);
        assert_eq!(title, expected);
    }
    assert!(column(&titled, "筆・敷地 番号") == 0);
    let diff = folder.kyoten(&["diff", "a", "ja"]);
    assert!(diff.status == 0 && diff.stdout.contains("nothing differs"), "{}{}", diff.stdout, diff.stderr);
}

#[test]
fn the_table_keeps_what_the_input_knew() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--no-map", "--format", "csv"]);
    let table = rows(&folder.text("out/parcels.csv"));
    let at = column(&table, "chiban");
    assert!(at >= parcel_columns(default_rules()).len());
    for row in &table[1..] {
        assert!(row[at].is_empty() || row[at] == row[0], "{row:?}");
    }
    folder.run(&["city", "--out", "out", "--no-map", "--format", "csv", "--drop-own"]);
    assert_eq!(rows(&folder.text("out/parcels.csv"))[0].len(), parcel_columns(default_rules()).len());
}

#[test]
fn what_changed_as_a_workbook_is_what_changed_as_a_table() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "a", "--no-map"]);
    folder.run(&["city", "--out", "b", "--no-map", "--set", "station_radius_m=600", "--set", "stop_radius_m=300"]);
    for goal in ["changes.csv", "changes.xlsx", "again.xlsx"] {
        let told = folder.kyoten(&["diff", "a", "b", "-o", goal, "--lang", "ja"]);
        assert_eq!(told.status, 0, "{}", told.stderr);
    }
    assert!(folder.bytes("changes.xlsx") == folder.bytes("again.xlsx"));
    let table = rows(&folder.text("changes.csv"));
    let sheets = book(&folder, "changes.xlsx");
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["変わった筆", "停留所", "そのほかの違い"]);
    let found = columns(sheet(&sheets, "変わった筆"));
    assert!(table.len() > 1);
    for (at, row) in table[1..].iter().enumerate() {
        let zone = default_rules().zone(&row[1]).unwrap();
        let expected = [
            ("筆・敷地 番号", row[0].clone()),
            ("区域", zone.name().ja.into_owned()),
            ("前", in_words("", &row[2], Lang::Ja)),
            ("後", in_words("", &row[3], Lang::Ja)),
            ("面積 m²", row[4].clone()),
        ];
        for (title, text) in expected {
            assert_eq!(found[title][at].to_string(), text, "{title} of {row:?}");
        }
    }
    let refused = folder.kyoten(&["diff", "a", "b", "-o", "changes.txt"]);
    assert!(refused.status == 2 && refused.stderr.contains("ends in .csv or .xlsx"), "{}", refused.stderr);
}

#[test]
fn the_year_of_a_file_is_that_of_its_credit_before_that_of_its_name() {
    let folder = Folder::with_sample();
    folder.edit(
        "city/kyoten.toml",
        "\"A50-20_22999.geojson\"",
        "{ path = \"A50-20_22999.geojson\", source = \"架空市 2025年\" }",
    );
    folder.run(&["city", "--out", "run", "--no-map", "--format", "xlsx"]);
    let sheets = book(&folder, "run/parcels.xlsx");
    let rests = sheet(&sheets, "条件と資料");
    let rows: Vec<Vec<String>> = rests.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let head = rows.iter().find(|row| row.iter().any(|cell| cell.starts_with("年（"))).unwrap();
    let at = head.iter().position(|cell| cell.starts_with("年（")).unwrap();
    let year = |file: &str| {
        let row =
            rows.iter().find(|row| row.iter().any(|cell| cell.ends_with(file))).unwrap_or_else(|| panic!("{file}"));
        row[at].clone()
    };
    assert_eq!(
        ["A50-20_22999.geojson", "A16-20_22_DID.geojson", "peaks.csv"].map(year),
        ["2025".to_owned(), "2020".to_owned(), String::new()]
    );
}
