//! Shapefiles whose parts do not agree, and tables that do not say what they are written in, as they come from the field.

use serde_json::Value;

use crate::support::{Folder, english_prose, japanese_prose};

pub const PRJ: &str = "GEOGCS[\"GCS_JGD_2011\",DATUM[\"D_JGD_2011\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],\
                   PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

pub type Ring = Vec<(f64, f64)>;

/// A rectangle from that longitude on, clockwise; its corners in steps of 0.0001°.
pub fn lot(x: f64, wide: f64) -> Ring {
    [(0.0, 0.0), (0.0, 2.0), (wide, 2.0), (wide, 0.0), (0.0, 0.0)].map(|(dx, dy)| at(x + dx, dy)).to_vec()
}

fn at(x: f64, y: f64) -> (f64, f64) {
    (138.4 + x / 1e4, 34.9 + y / 1e4)
}

/// A polygon as the content of a record.
pub fn polygon(rings: &[Ring]) -> Vec<u8> {
    let count = |count: usize| u32::try_from(count).unwrap().to_le_bytes();
    let mut content = 5_u32.to_le_bytes().to_vec();
    content.resize(36, 0);
    content.extend(count(rings.len()));
    content.extend(count(rings.iter().map(Vec::len).sum()));
    let mut start = 0;
    for ring in rings {
        content.extend(count(start));
        start += ring.len();
    }
    for (x, y) in rings.iter().flatten() {
        content.extend(x.to_le_bytes().into_iter().chain(y.to_le_bytes()));
    }
    content
}

/// A file of the two that begin alike.
pub fn headed(records: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, 0x27, 0x0a];
    file.resize(24, 0);
    file.extend(u32::try_from(50 + records.len() / 2).unwrap().to_be_bytes());
    file.extend(1000_u32.to_le_bytes());
    file.extend(5_u32.to_le_bytes());
    file.resize(100, 0);
    file.extend(records);
    file
}

/// The `.shp` of these records, and a `.shx` that has them in this order.
pub fn shapes(contents: &[Vec<u8>], order: &[usize]) -> (Vec<u8>, Vec<u8>) {
    let (mut records, mut entries) = (Vec::new(), Vec::new());
    for (content, number) in contents.iter().zip(1_u32..) {
        let length = u32::try_from(content.len() / 2).unwrap().to_be_bytes();
        entries.push([u32::try_from(50 + records.len() / 2).unwrap().to_be_bytes(), length].concat());
        records.extend([number.to_be_bytes(), length].concat());
        records.extend(content);
    }
    let entries: Vec<u8> = order.iter().flat_map(|&index| entries[index].clone()).collect();
    (headed(&records), headed(&entries))
}

/// A table of one column of text.
pub fn table(name: &[u8], cells: &[&[u8]]) -> Vec<u8> {
    let mut file = vec![3, 120, 1, 1];
    file.extend(u32::try_from(cells.len()).unwrap().to_le_bytes());
    file.extend([65, 0, 7, 0]);
    file.resize(32, 0);
    let mut column = name.to_vec();
    column.resize(32, 0);
    (column[11], column[16]) = (b'C', 6);
    file.extend(column);
    file.push(0x0d);
    for cell in cells {
        file.push(b' ');
        file.extend(*cell);
        file.extend(vec![b' '; 6 - cell.len()]);
    }
    file
}

pub fn project(shp: &[u8], shx: &[u8], dbf: &[u8]) -> Folder {
    let folder = Folder::new();
    folder.put("lots.shp", shp).put("lots.shx", shx).put("lots.dbf", dbf).put("lots.prj", PRJ);
    folder.put("kyoten.toml", "[layers]\nparcels = { path = \"lots.shp\", id = \"ID\" }\n");
    folder
}

/// The parcels, as id and area in units of the first one, rounded; and the ids of notices of parcels.
fn assessed(folder: &Folder) -> (Vec<(String, f64)>, Vec<String>) {
    folder.run(&["kyoten.toml", "--no-map", "--out", "out"]);
    let parcels = folder.json("out/parcels.geojson");
    let parcels: Vec<(String, f64)> = parcels["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| &feature["properties"])
        .map(|it| (it["kyoten_id"].as_str().unwrap().to_owned(), it["area_m2"].as_f64().unwrap()))
        .collect();
    let first = parcels[0].1;
    let parcels = parcels.into_iter().map(|(id, area)| (id, (area / first * 10.0).round() / 10.0)).collect();
    (parcels, notices(&folder.json("out/run.json")))
}

/// Those that tell of files and their parts; how rings turn is another matter.
fn notices(record: &Value) -> Vec<String> {
    let told = record["notices"].as_array().unwrap().iter().filter(|notice| notice["layer"] == "parcels");
    let ids = told.map(|notice| notice["id"].as_str().unwrap().to_owned());
    ids.filter(|id| !id.starts_with("mended-") && id != "turned").collect()
}

fn areas(of: &[(&str, f64)]) -> Vec<(String, f64)> {
    of.iter().map(|&(id, area)| (id.to_owned(), area)).collect()
}

#[test]
fn each_row_has_the_outline_that_the_index_points_at() {
    let [small, wide, other] = [lot(0.0, 2.0), lot(3.0, 4.0), lot(8.0, 2.0)].map(|ring| polygon(&[ring]));
    let rows = table(b"ID", &[b"a", b"b", b"c"]);
    let expected = areas(&[("a", 1.0), ("b", 2.0), ("c", 1.0)]);
    // Sorted otherwise.
    let (shp, shx) = shapes(&[other.clone(), small.clone(), wide.clone()], &[1, 2, 0]);
    assert_eq!(assessed(&project(&shp, &shx, &rows)), (expected.clone(), vec![]));
    // Edited: the outline from before is still there.
    let before = polygon(&[lot(3.0, 2.0)]);
    let (shp, shx) = shapes(&[small, before, other, wide], &[0, 3, 2]);
    let (parcels, told) = assessed(&project(&shp, &shx, &rows));
    assert_eq!((parcels, told), (expected, vec!["records-not-in-shx".to_owned()]));
}

#[test]
fn what_the_parts_do_not_agree_on_is_told_in_both_languages() {
    let lots: Vec<Vec<u8>> = (0..3).map(|index| polygon(&[lot(3.0 * f64::from(index), 2.0)])).collect();
    let (shp, shx) = shapes(&lots, &[0, 1]);
    let folder = project(&shp, &shx, &table(b"ID", &[b"a", b"b", b"c"]));
    assert_eq!(assessed(&folder).1, ["shx-not-followed"]);
    for (lang, said) in
        [("en", "the .shx has 2 records, the .shp 3, the .dbf 3"), ("ja", ".shx が2、.shp が3、.dbf が3")]
    {
        let run = folder.kyoten_with(&["check", "."], &[("KYOTEN_LANG", lang)]);
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(text.split_whitespace().collect::<String>().contains(&said.replace(' ', "")), "{text}");
        let prose = if lang == "en" { japanese_prose(&text) } else { english_prose(&text) };
        assert_eq!(prose, None);
    }
    // A header that forgets the last record.
    let (mut shp, shx) = shapes(&lots, &[0, 1, 2]);
    let said = u32::try_from((shp.len() - lots[2].len() - 8) / 2).unwrap();
    shp[24..28].copy_from_slice(&said.to_be_bytes());
    let (parcels, told) = assessed(&project(&shp, &shx, &table(b"ID", &[b"a", b"b", b"c"])));
    assert_eq!((parcels.len(), told), (3, vec!["shp-length-wrong".to_owned()]));
}

#[test]
fn a_hole_that_touches_its_shell_at_every_corner_is_cut_out() {
    let corner = |(x, y): (f64, f64)| at(x, y);
    let cross = [
        (1.0, 0.0),
        (1.0, 1.0),
        (0.0, 1.0),
        (0.0, 2.0),
        (1.0, 2.0),
        (1.0, 3.0),
        (2.0, 3.0),
        (2.0, 2.0),
        (3.0, 2.0),
        (3.0, 1.0),
        (2.0, 1.0),
        (2.0, 0.0),
        (1.0, 0.0),
    ];
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)];
    let cell: Ring = [(5.0, 0.0), (5.0, 1.0), (6.0, 1.0), (6.0, 0.0), (5.0, 0.0)].map(corner).to_vec();
    let holed = polygon(&[cross.map(corner).to_vec(), hole.map(corner).to_vec()]);
    let (shp, shx) = shapes(&[polygon(&[cell]), holed], &[0, 1]);
    let (parcels, _) = assessed(&project(&shp, &shx, &table(b"ID", &[b"cell", b"four"])));
    assert_eq!(parcels, areas(&[("cell", 1.0), ("four", 4.0)]));
}

#[test]
fn text_is_read_by_its_bytes_where_the_cpg_says_latin_1_or_nothing() {
    let lots = [polygon(&[lot(0.0, 2.0)]), polygon(&[lot(3.0, 2.0)])];
    let (shp, shx) = shapes(&lots, &[0, 1]);
    // 名称; 焼津, 道.
    let folder = project(&shp, &shx, &table(b"\x96\xbc\x8f\xcc", &[b"\x8f\xc4\x92\xc3", b"\x93\xb9"]));
    for (cpg, doubted) in [(None, false), (Some("ISO-8859-1"), true), (Some("ANSI 1252"), true), (Some("932"), false)] {
        if let Some(label) = cpg {
            folder.put("lots.cpg", label);
        }
        let look = folder.kyoten(&["inspect", "lots.shp", "--json"]);
        assert_eq!(look.status, 0, "{}", look.stderr);
        for said in ["名称", "焼津", "道"] {
            assert!(look.stdout.contains(said), "{cpg:?}: {}", look.stdout);
        }
        assert_eq!(look.stdout.contains("encoding-not-as-said"), doubted, "{cpg:?}: {}", look.stdout);
    }
}
