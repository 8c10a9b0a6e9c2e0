//! GeoPackages through the front door: as GDAL writes them, made for one case, and damaged.

use std::path::{Path, PathBuf};

use geo::Geometry;
use proptest::prelude::*;
use rayon::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::diagnostics::Diagnose as _;
use crate::inputs::{GeometryProblem, InputError, ParcelSource, RawLayer, ReadOptions, open_parcels, read_layer};
use crate::notices::Notices;

fn gdal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/parcels.gpkg.gz")
}

fn named(layer: Option<&str>) -> ReadOptions {
    ReadOptions { layer: layer.map(str::to_owned), ..ReadOptions::default() }
}

fn parcels(path: &Path, id: Option<&str>) -> Result<Box<dyn ParcelSource>, InputError> {
    open_parcels(&[path.to_owned()], &ReadOptions::default(), id)
}

fn layer(path: &Path, layer: Option<&str>) -> Result<RawLayer, InputError> {
    read_layer(&[path.to_owned()], &named(layer), &mut Notices::default(), "layer")
}

/// A square in GeoPackage's binary, with a box before it that is wrong.
fn square(x: f64) -> Vec<u8> {
    let corners = [[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 1.0], [x, 0.0]].concat();
    let head = [b'G', b'P', 0, 0b11, 0x14, 0x1a, 0, 0].into_iter().chain([0; 32]);
    let wkb = [1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0].into_iter().chain(corners.into_iter().flat_map(f64::to_le_bytes));
    head.chain(wkb).collect()
}

const TABLES: &str = "
    PRAGMA page_size = 512;
    PRAGMA application_id = 0x47504B47;
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('VIII', 6676, 'epsg', 6676, 'undefined'), ('own', 7, 'us', 1, 'PROJCS[\"own\"]'),
        ('nothing', -1, 'NONE', -1, 'undefined');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT, srs_id INTEGER);
    CREATE TABLE parcels (fid INTEGER PRIMARY KEY, geom POLYGON, name TEXT, share REAL, taxed BOOLEAN, photo BLOB);
    INSERT INTO gpkg_contents VALUES ('parcels', 'features', '土地', 6676);
    INSERT INTO gpkg_geometry_columns VALUES ('parcels', 'geom', 6676);
";

/// A GeoPackage with those parcels, and what else `sql` makes.
fn made(fids: impl Iterator<Item = i64>, sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b%?.gpkg");
    let mut database = Connection::open(&path).unwrap();
    database.execute_batch(TABLES).unwrap();
    let all = database.transaction().unwrap();
    for fid in fids {
        all.execute(
            "INSERT INTO parcels VALUES (?1, ?2, ?3, ?4, ?5, x'00')",
            (fid, square(fid as f64), format!("地番\"{fid}"), fid as f64 / 4.0, fid % 2),
        )
        .unwrap();
    }
    all.commit().unwrap();
    database.execute_batch(sql).unwrap();
    (folder, path)
}

#[test]
fn what_gdal_writes_is_read_also_packed() {
    let source = parcels(&gdal(), Some("地番")).unwrap();
    let file = &source.files()[0];
    assert_eq!(
        (file.crs.as_ref().unwrap().text.as_str(), file.format.en.as_ref(), file.features),
        ("EPSG:6676", "GeoPackage", 3)
    );
    let chunk = source.read_chunk(0).unwrap();
    assert_eq!(
        chunk.records[0].properties,
        r#"{"fid":1,"地番":"1-1","area":400.0,"floors":2,"public":true,"use":"宅地","built":"1999-12-31","surveyed":"2024-04-01T09:30:00Z"}"#
    );
    assert_eq!(chunk.records[0].id.as_deref(), Some("1-1"));
    assert_eq!((&chunk.records[2].id, chunk.records[2].problem), (&None, Some(GeometryProblem::Null)));
    assert_eq!(chunk.shapes.get(1).polygons().map(|polygon| polygon.rings().len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(source.bounds(0).unwrap().1, chunk.shapes.bounds());

    let parcels = layer(&gdal(), None).unwrap();
    assert!(matches!(&parcels.features[1].geometry, Some(Geometry::MultiPolygon(parts)) if parts.0.len() == 2));
    let notes = layer(&gdal(), Some("notes")).unwrap();
    assert_eq!(notes.features.len(), 3);
    assert_eq!((&notes.features[0].geometry, &notes.features[0].fields["地番"]), (&None, &json!("1-1")));
}

#[test]
fn rows_come_in_the_order_of_the_key_in_chunks_from_any_thread() {
    let fids = (0..5000).rev().map(|index| index * 3 - 4000);
    let (folder, path) = made(fids, "");
    let source = parcels(&path, None).unwrap();
    assert_eq!((source.len(), source.chunks()), (5000, 3));
    let read = |chunk: usize| {
        let parcels = source.read_chunk(chunk).unwrap();
        assert_eq!(parcels.shapes.bounds(), source.bounds(chunk).unwrap().1);
        for (index, record) in parcels.records.iter().enumerate() {
            let fid = i64::try_from(parcels.first + index).unwrap() * 3 - 4000;
            assert_eq!(record.id.as_deref(), Some(fid.to_string().as_str()));
            let taxed: Value = if fid % 2 < 0 { json!(-1) } else { json!(fid % 2 == 1) };
            let fields = json!({"fid": fid, "name": format!("地番\"{fid}"), "share": fid as f64 / 4.0, "taxed": taxed});
            assert_eq!(record.properties, fields.to_string());
            assert_eq!(parcels.shapes.get(index).points()[0], [fid as f64, 0.0]);
        }
        parcels.records.len()
    };
    assert_eq!((0..3).into_par_iter().map(read).sum::<usize>(), 5000);
    assert_eq!((0..3).rev().map(read).sum::<usize>(), 5000);
    assert_eq!(source.notices().iter().map(|(_, kind, _)| kind.id).collect::<Vec<_>>(), ["columns-left-out"]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "something was written beside it");
}

#[test]
fn a_layer_is_chosen_by_name_and_several_are_listed() {
    let sql = "CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom LINESTRING);
        INSERT INTO gpkg_contents VALUES ('roads', 'features', '道路', -1), ('notes', 'attributes', NULL, NULL);
        INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', -1);
        CREATE VIEW notes AS SELECT name FROM parcels ORDER BY fid DESC;";
    let (_folder, path) = made(1..4, sql);
    let error = parcels(&path, None).map(|_| ()).unwrap_err();
    assert!(
        error.to_string().ends_with("several layers: parcels, roads")
            && error.help()[0].en.contains("layer = \"parcels\"")
    );
    for name in ["parcels", "土地"] {
        assert_eq!(layer(&path, Some(name)).unwrap().features.len(), 3);
    }
    let roads = layer(&path, Some("roads")).unwrap();
    assert_eq!((roads.features.len(), &roads.files[0].crs), (0, &None));
    let notes = layer(&path, Some("notes")).unwrap();
    assert_eq!(notes.features[0].fields["name"], "地番\"3");
    let error = layer(&path, Some("parcelz")).unwrap_err();
    assert!(error.help()[0].en.contains("notes, parcels, roads"), "{error}");
}

#[test]
fn the_crs_is_a_code_a_definition_or_not_known() {
    for (srs, crs) in [(6676, Some("EPSG:6676")), (7, Some("PROJCS[\"own\"]")), (-1, None), (0, None), (99, None)] {
        let (_folder, path) = made(1..2, &format!("UPDATE gpkg_geometry_columns SET srs_id = {srs}"));
        let file = layer(&path, None).unwrap().files.remove(0);
        assert_eq!(file.crs.map(|crs| crs.text).as_deref(), crs, "{srs}");
    }
}

#[test]
fn changes_that_wait_in_a_journal_are_told_of() {
    let (_folder, path) = made(1..3, "PRAGMA journal_mode = WAL;");
    let database = Connection::open(&path).unwrap();
    database.execute("DELETE FROM parcels WHERE fid = 1", []).unwrap();
    let source = parcels(&path, None).unwrap();
    assert_eq!(source.len(), 2);
    assert!(source.notices().iter().any(|(_, kind, _)| kind.id == "pending-changes"));
}

#[test]
fn what_is_not_a_geopackage_or_holds_nothing_readable_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(matches!(layer(&path, None), Err(InputError::NotGeoPackage { .. })));
    let (_folder, path) = made(1..2, "DELETE FROM gpkg_contents");
    assert!(matches!(layer(&path, None), Err(InputError::EmptyLayer { .. })));
    let (_folder, path) = made(1..2, "UPDATE parcels SET geom = 'POLYGON EMPTY'");
    assert!(matches!(layer(&path, None), Err(InputError::DamagedRecord { record: 1, .. })));
    let (_folder, path) = made(1..2, "UPDATE parcels SET name = CAST(x'8fc4' AS TEXT)");
    assert!(matches!(layer(&path, None), Err(InputError::Encoding { .. })));
    let (_folder, path) = made(1..2, "");
    assert!(
        matches!(parcels(&path, Some("nam")).map(|_| ()), Err(InputError::MissingField { nearest: Some(name), .. }) if name == "name")
    );
}

#[test]
fn a_view_without_end_is_stopped() {
    let (_folder, path) = made(
        1..=2,
        "CREATE VIEW spin AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) \
         SELECT n AS fid, NULL AS geom FROM c WHERE n < 0; \
         INSERT INTO gpkg_contents VALUES ('spin', 'attributes', 'spin', 6676);",
    );
    let error = layer(&path, Some("spin")).unwrap_err();
    assert!(error.diagnostics()[0].message.en.contains("without end"), "{error}");
}

fn read_damaged(bytes: &[u8]) -> Result<(), InputError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    std::fs::write(&path, bytes).unwrap();
    let source = parcels(&path, None)?;
    for chunk in 0..source.chunks().min(8) {
        source.bounds(chunk)?;
        source.read_chunk(chunk)?;
    }
    Ok(())
}

#[test]
fn a_file_that_is_cut_off_is_one_clear_error() {
    let (_folder, path) = made(1..50, "");
    let bytes = std::fs::read(path).unwrap();
    for end in (16..bytes.len() - 1).step_by(211) {
        let error = read_damaged(&bytes[..end]).unwrap_err();
        let known = matches!(
            error,
            InputError::Damaged { .. } | InputError::DamagedRecord { .. } | InputError::NotGeoPackage { .. }
        );
        assert!(known, "{end}: {error}");
    }
}

#[test]
fn a_table_whose_pages_are_exchanged_is_an_error_and_no_endless_walk() {
    let (_folder, path) = made(1..60, "");
    let mut bytes = std::fs::read(path).unwrap();
    // Leaves of tables begin with 13. SQLite does not mind one that stands there twice.
    let leaves: Vec<usize> = (1..bytes.len() / 512).map(|page| page * 512).filter(|&at| bytes[at] == 13).collect();
    let (&last, others) = leaves.split_last().unwrap();
    assert!(others.len() > 5);
    for &other in &others[others.len() - 5..] {
        let mut exchanged = bytes.clone();
        exchanged.copy_within(other..other + 512, last);
        let error = read_damaged(&exchanged).unwrap_err();
        assert!(error.to_string().contains("order of the primary key"), "{error}");
        bytes.copy_within(last..last + 512, other);
        assert!(read_damaged(&bytes).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damage_makes_it_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let mut bytes = BYTES.get_or_init(|| std::fs::read(made(1..30, "").1).unwrap()).clone();
        for (index, byte) in flips {
            let offset = 16 + index.index(bytes.len() - 16);
            bytes[offset] = byte;
        }
        let _ = read_damaged(&bytes);
    }
}
