//! GeoParquet as it is written on demand: version 2.0, and rows along a curve.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::LogicalType;
use parquet::file::metadata::ParquetMetaData;
use serde_json::{Value, json};

use super::layer::geometry;
use crate::support::{Folder, unwrapped};

fn opened(folder: &Folder, file: &str) -> (ParquetMetaData, Vec<RecordBatch>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(folder.bytes(file))).unwrap();
    let metadata = (**reader.metadata()).clone();
    (metadata, reader.build().unwrap().map(Result::unwrap).collect())
}

fn geo(metadata: &ParquetMetaData) -> Value {
    let entries = metadata.file_metadata().key_value_metadata().unwrap();
    let entry = entries.iter().find(|entry| entry.key == "geo").unwrap();
    serde_json::from_str(entry.value.as_ref().unwrap()).unwrap()
}

/// The cells of a row as they are shown, and its shape.
type Row = (String, Option<Value>);

/// The ids of a file in its order, and its rows by them.
fn by_id(batches: &[RecordBatch]) -> (Vec<String>, BTreeMap<String, Row>) {
    let (mut order, mut rows) = (Vec::new(), BTreeMap::new());
    for batch in batches {
        let shapes = batch.column_by_name("geometry").unwrap().as_binary::<i32>();
        let ids = batch.column_by_name("kyoten_id").unwrap().as_string::<i32>();
        let cells: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
        let cells: Vec<_> = cells.iter().filter(|name| !["geometry", "bbox"].contains(&name.as_str())).collect();
        for row in 0..batch.num_rows() {
            let shown = cells.iter().map(|name| format!("{:?}", batch.column_by_name(name).unwrap().slice(row, 1)));
            let shape = (!arrow_array::Array::is_null(shapes, row)).then(|| geometry(shapes.value(row)));
            // Some ids stand twice.
            let id = format!("{}#{}", ids.value(row), order.iter().filter(|known| *known == ids.value(row)).count());
            order.push(ids.value(row).to_owned());
            rows.insert(id, (shown.collect(), shape));
        }
    }
    (order, rows)
}

#[test]
fn version_two_has_shapes_of_parquets_own_type_with_their_boxes_by_groups_of_rows() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "one", "--format", "parquet", "--no-map"]);
    folder.run(&["city", "--out", "two", "--format", "parquet", "--no-map", "--geoparquet", "2.0"]);
    for file in ["parcels", "zones", "places", "stops", "facilities"] {
        let [(one, old), (two, new)] = ["one", "two"].map(|out| opened(&folder, &format!("{out}/{file}.parquet")));
        let [told_one, told_two] = [geo(&one), geo(&two)];
        assert_eq!((&told_one["version"], &told_two["version"]), (&json!("1.1.0"), &json!("2.0.0")), "{file}");
        let column = |told: &Value, key: &str| told["columns"]["geometry"][key].clone();
        for key in ["encoding", "geometry_types", "crs", "bbox"] {
            assert_eq!(column(&told_one, key), column(&told_two, key), "{file}: {key}");
        }
        assert_eq!(column(&told_two, "covering"), Value::Null);

        let schema = two.file_metadata().schema_descr();
        let at = (0..schema.num_columns()).find(|&at| schema.column(at).name() == "geometry").unwrap();
        let Some(LogicalType::Geometry(kind)) = schema.column(at).logical_type_ref().cloned() else {
            panic!("{file}: {:?}", schema.column(at))
        };
        let crs: Value = serde_json::from_str(&kind.crs.unwrap()).unwrap();
        assert_eq!(crs, column(&told_two, "crs"), "{file}");
        let around = two.row_group(0).column(at).geo_statistics().and_then(|found| found.bounding_box()).unwrap();
        let sides = [around.get_xmin(), around.get_ymin(), around.get_xmax(), around.get_ymax()];
        assert_eq!(json!(sides), column(&told_two, "bbox"), "{file}");

        let fields = |batches: &[RecordBatch]| -> Vec<String> {
            batches[0].schema().fields().iter().map(|field| field.name().clone()).collect()
        };
        let expected: Vec<String> = fields(&old).into_iter().filter(|name| name != "bbox").collect();
        assert_eq!(fields(&new), expected, "{file}");
        if file == "parcels" {
            assert_eq!(by_id(&old), by_id(&new));
        }
    }
    // What is written so is read, as a layer and as a run.
    folder.edit("city/kyoten.toml", "[layers]", "[layers]\ninduction_area = \"../two/zones.parquet\" #");
    let said = folder.kyoten(&["explain", "two", "31-6"]);
    assert_eq!(said.status, 0, "{}", said.stderr);
}

#[test]
fn rows_along_hilberts_curve_are_the_same_rows_and_neighbours_stand_together() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "input", "--format", "parquet", "--no-map"]);
    let mut files = Vec::new();
    for threads in ["1", "2", "3"] {
        let order = ["--order", "hilbert", "--threads", threads];
        folder.run(&[&["city", "--out", "along", "--format", "parquet", "--no-map"], &order[..]].concat());
        files.push(folder.bytes("along/parcels.parquet"));
    }
    assert!(files.windows(2).all(|pair| pair[0] == pair[1]), "the order hangs on the number of threads");
    let [(_, input), (_, along)] = ["input", "along"].map(|out| opened(&folder, &format!("{out}/parcels.parquet")));
    let ((before, rows), (after, others)) = (by_id(&input), by_id(&along));
    assert_ne!(before, after);
    assert_eq!(rows.keys().collect::<Vec<_>>(), others.keys().collect::<Vec<_>>());
    let mut cells: Vec<_> = rows.values().map(|(cells, shape)| format!("{cells}{shape:?}")).collect();
    let mut found: Vec<_> = others.values().map(|(cells, shape)| format!("{cells}{shape:?}")).collect();
    cells.sort_unstable();
    found.sort_unstable();
    assert_eq!(cells, found);
    let way = |batches: &[RecordBatch]| -> f64 {
        let middles: Vec<[f64; 2]> = batches
            .iter()
            .flat_map(|batch| {
                let sides = batch.column_by_name("bbox").unwrap().as_struct().clone();
                let side = move |at: usize, row: usize| {
                    sides.column(at).as_primitive::<arrow_array::types::Float64Type>().value(row)
                };
                (0..batch.num_rows())
                    .filter(|&row| arrow_array::Array::is_valid(batch.column_by_name("bbox").unwrap(), row))
                    .map(|row| [side(0, row) + side(2, row), side(1, row) + side(3, row)])
                    .collect::<Vec<_>>()
            })
            .collect();
        middles.windows(2).map(|pair| (pair[0][0] - pair[1][0]).hypot(pair[0][1] - pair[1][1])).sum()
    };
    let [before, after] = [way(&input), way(&along)];
    assert!(after < before, "{after} and {before}");
}

#[test]
fn what_is_chosen_of_geoparquet_needs_geoparquet() {
    let folder = Folder::with_sample();
    for (option, value) in [("--geoparquet", "2.0"), ("--order", "hilbert")] {
        let run = folder.kyoten(&["run", "city", "--out", "out", option, value]);
        assert_eq!(run.status, 2, "{}", run.stdout);
        let said = unwrapped(&run.stderr);
        assert!(said.contains(&format!("{option}: this run writes no GeoParquet")), "{said}");
        assert!(said.contains("add `--format parquet`"), "{said}");
        assert!(!folder.names("").contains(&"out".to_owned()));
    }
}
