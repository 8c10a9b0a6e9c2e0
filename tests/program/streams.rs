//! Parcels come in by a pipe and go out by a pipe: the same as from and into files.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use kyoten::demo::{DemoOptions, write_city};
use kyoten::outputs::{PARCEL_FORMATS, ParcelFormat};
use serde_json::Value;

use crate::support::Folder;

/// What a program gave that was fed by a pipe.
struct Piped {
    status: i32,
    stdout: Vec<u8>,
    stderr: String,
}

/// Runs the program with these bytes as its standard input.
fn fed(folder: &Folder, arguments: &[&str], input: &[u8]) -> Piped {
    let mut program = Command::new(env!("CARGO_BIN_EXE_kyoten"))
        .current_dir(folder.path())
        .args(arguments)
        .env("KYOTEN_LANG", "en")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, input) = (program.stdin.take().unwrap(), input.to_vec());
    // One that refuses what it was told reads nothing, which breaks the pipe.
    let feeding = std::thread::spawn(move || drop(to.write_all(&input)));
    let output = program.wait_with_output().unwrap();
    feeding.join().unwrap();
    Piped {
        status: output.status.code().unwrap(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The same, which must be done.
fn done(folder: &Folder, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let piped = fed(folder, arguments, input);
    assert_eq!(piped.status, 0, "{arguments:?}: {}", piped.stderr);
    piped.stdout
}

fn piped_formats() -> impl Iterator<Item = &'static ParcelFormat> {
    ParcelFormat::writable().filter(|format| format.stands_alone())
}

#[test]
fn what_goes_out_by_a_pipe_is_the_file_of_the_run_byte_for_byte_and_nothing_else() {
    let folder = Folder::with_sample();
    let all: Vec<&str> = piped_formats().map(|format| format.name).collect();
    assert_eq!(all, ["geojson", "csv", "fgb", "parquet", "ndjson", "arrow"]);
    folder.run(&["city", "--out", "out", "--no-map", "--format", &all.join(",")]);
    let before = folder.contents();
    for format in piped_formats() {
        for threads in ["1", "3"] {
            let arguments = ["run", "city", "--out", "-", "--format", format.name, "--threads", threads];
            let piped = fed(&folder, &arguments, b"");
            assert_eq!(piped.status, 0, "{}", piped.stderr);
            let file = folder.bytes(&format!("out/{}", format.file));
            assert!(piped.stdout == file, "{} by {threads} threads", format.name);
            assert!(piped.stderr.contains("300 parcels") && !piped.stderr.contains("written to"), "{}", piped.stderr);
        }
    }
    assert_eq!(folder.contents().keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    let quiet = fed(&folder, &["run", "city", "--out", "-", "--quiet"], b"");
    assert_eq!((quiet.status, quiet.stderr.as_str()), (0, ""));
}

#[test]
fn what_comes_by_a_pipe_is_read_as_the_file_is() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "all", "--no-map", "--format", "csv,fgb,parquet,ndjson,arrow"]);
    let from_file =
        |file: &str| done(&folder, &["run", "city", "--parcels", file, "--out", "-", "--format", "csv"], b"");
    let as_project = from_file("city/parcels.geojson");
    folder.run(&["city", "--out", "plain", "--no-map", "--format", "csv"]);
    assert!(as_project == folder.bytes("plain/parcels.csv"));
    for file in
        ["city/parcels.geojson", "all/parcels.fgb", "all/parcels.parquet", "all/parcels.ndjson", "all/parcels.arrows"]
    {
        let piped =
            done(&folder, &["run", "city", "--parcels", "-", "--out", "-", "--format", "csv"], &folder.bytes(file));
        assert!(piped == from_file(file), "{file}");
    }
    // A table has its shapes as well-known text, and no ending to be known by.
    let table = "chiban,WKT\n9-1,\"POLYGON((138.43 34.9,138.431 34.9,138.431 34.901,138.43 34.9))\"\n";
    folder.put("table.csv", table);
    let piped = done(&folder, &["run", "city", "--parcels", "-", "--out", "-", "--format", "csv"], table.as_bytes());
    assert!(piped == from_file("table.csv") && String::from_utf8(piped).unwrap().contains("\n9-1,"));
}

/// Text sequences (RFC 8142), packed ones too.
#[test]
fn sequences_and_packed_bytes_come_by_a_pipe() {
    let folder = Folder::with_sample();
    let lines = done(&folder, &["run", "city", "--out", "-", "--format", "ndjson"], b"");
    let arguments = ["run", "city", "--parcels", "-", "--out", "-", "--format", "ndjson"];
    let again = done(&folder, &arguments, &lines);
    let sequence: Vec<u8> =
        lines.split_inclusive(|byte| *byte == b'\n').flat_map(|line| [b"\x1e", line].concat()).collect();
    assert!(done(&folder, &arguments, &sequence) == again);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&lines).unwrap();
    assert!(done(&folder, &arguments, &packed.finish().unwrap()) == again);
}

fn features(lines: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(lines).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn out_by_one_pipe_and_in_by_the_next_gives_every_parcel_what_it_had() {
    let folder = Folder::with_sample();
    for format in piped_formats().filter(|format| format.has_shapes) {
        let first = done(&folder, &["run", "city", "--out", "-", "--format", format.name], b"");
        let again = done(&folder, &["run", "city", "--parcels", "-", "--out", "-", "--format", "ndjson"], &first);
        let of_project = done(&folder, &["run", "city", "--out", "-", "--format", "ndjson"], b"");
        let (again, of_project) = (features(&again), features(&of_project));
        assert_eq!((again.len(), of_project.len()), (300, 300));
        for (one, other) in again.iter().zip(&of_project) {
            let columns = other["properties"].as_object().unwrap();
            for (name, value) in columns {
                assert_eq!(&one["properties"][name], value, "{} {name}", columns["kyoten_id"]);
            }
            assert_eq!(one["properties"]["input_kyoten_id"], other["properties"]["kyoten_id"]);
        }
    }
}

#[test]
fn a_feature_is_a_line_however_the_input_was_written() {
    let folder = Folder::with_sample();
    let collection = folder.json("city/parcels.geojson");
    let wide = serde_json::to_string_pretty(&collection).unwrap();
    let lines = done(&folder, &["run", "city", "--parcels", "-", "--out", "-", "--format", "ndjson"], wide.as_bytes());
    let (found, given) = (features(&lines), collection["features"].as_array().unwrap());
    assert_eq!(found.len(), given.len());
    assert_eq!(found[0]["properties"]["oaza"], given[0]["properties"]["oaza"]);
    assert_eq!(found[0]["geometry"], given[0]["geometry"]);
}

#[test]
fn what_came_by_a_pipe_is_told_in_the_record_and_fits_a_prepared_study() {
    let folder = Folder::with_sample();
    let parcels = folder.bytes("city/parcels.geojson");
    folder.kyoten(&["prepare", "city", "--out", "city.kyoten"]);
    done(&folder, &["run", "city", "--parcels", "-", "--study", "city.kyoten", "--out", "piped", "--no-map"], &parcels);
    folder.run(&["city", "--out", "plain", "--no-map"]);
    assert!(folder.bytes("piped/parcels.geojson") == folder.bytes("plain/parcels.geojson"));
    assert!(folder.bytes("piped/zones.geojson") == folder.bytes("plain/zones.geojson"));
    let [piped, plain] = ["piped", "plain"].map(|run| folder.json(&format!("{run}/run.json"))["inputs"][0].clone());
    assert_eq!(piped["files"][0]["path"], "<stdin>");
    assert_eq!(piped["files"][0]["sha256"], plain["files"][0]["sha256"]);
    let other = br#"{"type":"Feature","properties":{"chiban":"1"},"geometry":{"type":"Polygon","coordinates":[[[138.4,34.9],[138.401,34.9],[138.401,34.901],[138.4,34.9]]]}}"#;
    let stale = fed(&folder, &["run", "city", "--parcels", "-", "--study", "city.kyoten", "--out", "-"], other);
    assert_eq!((stale.status, stale.stdout.as_slice()), (2, &b""[..]), "nothing goes out of a study of other parcels");
    assert!(stale.stderr.contains("box around the parcels"), "{}", stale.stderr);
}

#[test]
fn a_reader_that_has_read_enough_ends_the_run_quietly() {
    let folder = Folder::new();
    write_city(&folder.path().join("city"), &DemoOptions { parcels: 3000, seed: 7 }).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_kyoten"))
        .current_dir(folder.path())
        .args(["run", "city", "--out", "-", "--format", "ndjson", "--quiet"])
        .env("KYOTEN_LANG", "en")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut begin = [0; 100];
    program.stdout.take().unwrap().read_exact(&mut begin).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(begin.starts_with(b"{\"type\":\"Feature\""));
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn what_cannot_go_by_a_pipe_is_refused_and_nothing_is_written() {
    let folder = Folder::with_sample();
    let before = folder.contents();
    let to_pipe = ["run", "city", "--out", "-"];
    for (more, said) in [
        (&["--format", "geojson,csv"][..], "standard output takes one format"),
        (&["--format", "gpkg"], "gpkg cannot be written to standard output"),
        (&["--format", "xlsx"], "xlsx cannot be written to standard output"),
        (&["--json"], "--json would print there too"),
        (&["--sweep", "station_radius_m=500..600:100"], "a sweep cannot be written to standard output"),
        (&["--where", "gone = 1"], "gone"),
    ] {
        let refused = fed(&folder, &[&to_pipe[..], more].concat(), b"");
        assert_eq!((refused.status, refused.stdout.as_slice()), (2, &b""[..]), "{more:?}");
        assert!(refused.stderr.contains(said), "{more:?}: {}", refused.stderr);
    }
    for command in [&["demo"][..], &["batch", "shards.toml"], &["explain", "city", "--all"]] {
        let refused = fed(&folder, &[command, &["--out", "-"]].concat(), b"");
        assert_eq!(refused.status, 2, "{command:?}");
        assert!(refused.stderr.contains("only `kyoten run` writes to standard output"), "{}", refused.stderr);
    }
    assert_eq!(folder.contents(), before);
}

#[test]
fn what_comes_by_a_pipe_and_is_no_parcels_says_so() {
    let folder = Folder::with_sample();
    let arrow = done(&folder, &["run", "city", "--out", "-", "--format", "arrow"], b"");
    let zip = crate::support::zipped(&[("parcels.geojson", b"{}")]);
    for (input, said) in [
        (&b""[..], "<stdin>: nothing came by standard input"),
        (&zip, "a zip archive"),
        (&arrow[..arrow.len() - 8], "ends before its end mark"),
        (&arrow[..arrow.len() / 2], "ends before its end mark"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"", "<stdin>"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[]}", "<stdin>"),
        (&[0, 1, 2, 3, 4, 5, 6, 7], "<stdin>"),
    ] {
        let refused = fed(&folder, &["run", "city", "--parcels", "-", "--out", "out"], input);
        assert_eq!(refused.status, 2, "{}", refused.stderr);
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
        assert_eq!(folder.names(""), ["city"]);
    }
    let gone = fed(&folder, &["run", "city", "--parcels", "gone.geojson", "--out", "out"], b"");
    assert!(gone.status == 2 && gone.stderr.contains("gone.geojson"), "{}", gone.stderr);
}

/// A damaged stream is an error of its file, whatever bytes are wrong.
#[test]
fn a_damaged_arrow_stream_never_ends_the_program() {
    let folder = Folder::with_sample();
    let whole = done(&folder, &["run", "city", "--out", "-", "--format", "arrow", "--limit", "20"], b"");
    let arguments = ["run", "city", "--parcels", "-", "--out", "-", "--quiet"];
    for seed in 0..40_usize {
        let mut bytes = whole.clone();
        let at = seed * 2_654_435_761 % bytes.len();
        bytes[at] = bytes[at].wrapping_add(1 + (seed % 200) as u8);
        let piped = fed(&folder, &arguments, &bytes);
        assert!(matches!(piped.status, 0 | 2), "{at}: {}", piped.stderr);
        assert!(!piped.stderr.contains("panicked"), "{at}: {}", piped.stderr);
    }
}

#[test]
fn every_format_of_parcels_that_a_run_writes_can_be_read_as_the_run() {
    let folder = Folder::with_sample();
    for format in PARCEL_FORMATS.iter().filter(|format| ["ndjson", "arrow"].contains(&format.name)) {
        folder.run(&["city", "--out", format.name, "--format", format.name, "--no-map"]);
        let explained = folder.kyoten(&["explain", format.name, "2-1", "--json"]);
        assert_eq!(explained.status, 0, "{}", explained.stderr);
        folder.run(&["city", "--out", "plain", "--no-map"]);
        let diff = folder.kyoten(&["diff", "plain", format.name, "--json"]);
        assert_eq!(diff.status, 0, "{}", diff.stderr);
        let diff: Value = serde_json::from_str(&diff.stdout).unwrap();
        assert_eq!(diff["differences"], serde_json::json!([]), "{}", format.name);
    }
}
