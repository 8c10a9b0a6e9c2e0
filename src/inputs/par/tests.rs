use std::fmt::Write as _;

use super::*;
use crate::diagnostics::Diagnose as _;

const TKY2JGD: &str = "JGD2000-TokyoDatum Ver.2.1.2\r\nMeshCode   dB(sec)   dL(sec)\r\n";

/// The head of a PatchJGD: sixteen lines, some in Japanese.
fn patch_head() -> Vec<u8> {
    let mut lines = vec!["for PatchJGD        Ver.4.0.0　 010".to_owned()];
    lines.extend((1..15).map(|number| format!("平成23年の地震の説明 {number}")));
    lines.push("MeshCode   dB(sec)   dL(sec)".to_owned());
    SHIFT_JIS.encode(&(lines.join("\r\n") + "\r\n")).0.into_owned()
}

fn read(bytes: impl AsRef<[u8]>) -> Result<GridFile, InputError> {
    read_grid_from_memory("a.par", bytes.as_ref().to_vec())
}

/// What is said of a file that cannot be used.
fn said(bytes: impl AsRef<[u8]>) -> String {
    let error = read(bytes).unwrap_err();
    let told = error.diagnostics();
    assert!(told.len() == 1 && !told[0].message.ja.is_empty() && told[0].help.is_some(), "{told:?}");
    format!("{} {error}", told[0].id)
}

#[test]
fn both_kinds_of_files_are_told_apart_by_their_heads() {
    let nodes = "53394500  11.66037 -11.63272\r\n53394501  11.66000 -11.63000\r\n";
    let GridFile { grid, title, source } = read(format!("{TKY2JGD}{nodes}")).unwrap();
    assert_eq!((grid.kind(), title.as_str()), (GridKind::Tky2Jgd, "JGD2000-TokyoDatum Ver.2.1.2"));
    assert_eq!((source.features, source.encoding.as_ref()), (2, None));
    let [lon, lat] = grid.shift(grid.nodes()[0].lon_lat()).unwrap();
    assert!((lon * 3600.0 + 11.632_72).abs() < 1e-9 && (lat * 3600.0 - 11.660_37).abs() < 1e-9, "{lon} {lat}");

    let GridFile { grid, title, source } = read([patch_head(), nodes.into()].concat()).unwrap();
    assert_eq!((grid.kind(), title.as_str()), (GridKind::PatchJgd, "for PatchJGD Ver.4.0.0 010"));
    assert_eq!(source.encoding.unwrap().en, "Shift_JIS (from the bytes)");
}

#[test]
fn line_ends_marks_and_the_order_of_nodes_do_not_matter() {
    let nodes = ["53394511   1.00000   2.00000", "53394510   3.00000   4.00000", "53394501   5.00000   6.00000"];
    let whole = |lines: &[&str], end: &str| {
        let text = TKY2JGD.replace("\r\n", end) + &lines.join(end);
        read(&text).unwrap().grid
    };
    let first = whole(&nodes, "\r\n");
    let turned: Vec<&str> = nodes.iter().rev().copied().collect();
    assert!(first.is_same_as(&whole(&turned, "\n")) && !first.is_same_as(&whole(&nodes[..2], "\n")));
    for end in ["\r\n", "\r\n\r\n \r\n", "\n\x1a", "\r\n\x1a\r\n"] {
        let text = format!("\u{feff}{TKY2JGD}{}{end}", nodes.join("\r\n"));
        assert!(first.is_same_as(&read(text).unwrap().grid), "{end:?}");
    }
}

#[test]
fn a_bad_line_is_told_with_its_number() {
    let good = "53394500  11.66037 -11.63272";
    for (line, told) in [
        ("53398000   1.00000   1.00000", "line 4: “53398000” is no mesh code of the third level"),
        ("533945     1.00000   1.00000", "line 4: “533945” is no mesh code"),
        ("53394501   1.00000", "line 4: it has 2 values of three"),
        ("53394501   1.00000   1.00000   1.00000", "line 4: it has more than three values"),
        ("53394501   nan       1.00000", "line 4: “nan” is no number of seconds"),
        ("53394501   1.00000   inf", "line 4: “inf” is no number"),
        ("53394501   1e5       1.00000", "line 4: “1e5” is no number"),
        ("53394501   1.0.0     1.00000", "line 4: “1.0.0” is no number"),
        ("53394501   1.00000 -99999.0", "line 4: a shift of -99999 seconds is none between datums"),
        ("53394501   1.00000   \u{ff11}.0", "line 4: “１.0” is no number"),
        ("53394500   1.00000   1.00000", "line 4: the mesh code of line 3 comes again"),
        ("", "line 4: it is blank, and others follow"),
    ] {
        let text = format!("{TKY2JGD}{good}\r\n{line}\r\n53394509   1.00000   1.00000\r\n");
        let found = said(&text);
        assert!(found.starts_with("datum-grid-invalid a.par: ") && found.contains(told), "{line}: {found}");
    }
    assert!(said(TKY2JGD).contains("it holds no node"));
    assert!(said("JGD2000-TokyoDatum Ver.2.1.2\r\n53394500  1.0 1.0\r\n").contains("begins with “MeshCode”"));
}

#[test]
fn files_that_shift_no_datum_are_refused_by_their_name() {
    let of = |title: &str, columns: &str| format!("{title}\r\n{columns}\r\n53394500   0.1 0.1 0.1\r\n");
    let shift = "MeshCode   dB(sec)   dL(sec)";
    for (title, why) in [
        ("for PatchJGD(H)     Ver.1.0.0　 010", "it corrects heights"),
        ("for HyokoRev        Ver.1.0.0", "it corrects heights"),
        ("for SemiDynaEXE    Ver.1.0.0", "the movement of the ground between surveys"),
        ("GRIDDED CORRECTION PARAMETER FOR POS2JGD", "the movement of the ground between surveys"),
        ("made by hand", "it begins with “made by hand”"),
        ("", "nothing at its head"),
    ] {
        let found = said(of(title, shift));
        assert!(found.starts_with("not-a-datum-grid ") && found.contains(why), "{title}: {found}");
    }
    for bytes in [&b""[..], b"\0\0\0\0", b"PK\x03\x04", b"\xff\xfeJ\0G\0D\0", b"{\"type\": 1}"] {
        assert!(said(bytes).starts_with("not-a-datum-grid "), "{bytes:?}");
    }
    let heights = said(of("for PatchJGD        Ver.1.0.0", "MeshCode dB(sec)  dL(sec) dH(m)"));
    assert!(heights.contains("line 2: its columns are “MeshCode dB(sec) dL(sec) dH(m)”"), "{heights}");
}

#[test]
fn a_grid_in_the_list_twice_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{TKY2JGD}53394500  11.66037 -11.63272\r\n");
    for name in ["a.par", "b.par"] {
        std::fs::write(folder.path().join(name), &text).unwrap();
    }
    let named = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        read_grids(folder.path(), &names)
    };
    assert_eq!(named(&["a.par", "a.par"]).unwrap().len(), 1);
    let errors = named(&["*.par"]).unwrap_err();
    assert!(matches!(errors.as_slice(), [InputError::GridTwice { path, .. }] if path.ends_with("b.par")), "{errors:?}");
    std::fs::write(folder.path().join("c.par"), "c").unwrap();
    assert_eq!(named(&["c.par", "*.par"]).unwrap_err().len(), 2);
    assert!(matches!(named(&["d.par"]).unwrap_err().as_slice(), [InputError::NotFound { .. }]));
    assert!(matches!(named(&["."]).unwrap_err().as_slice(), [InputError::Folder { .. }]));
}

#[test]
fn an_independent_reader_reads_the_same_nodes() {
    let mut random = fastrand::Rng::with_seed(4);
    let mut text = TKY2JGD.to_owned();
    for code in 53_394_500..53_394_580 {
        let [lat, lon] = [0, 1].map(|_| random.f64() * 40.0 - 20.0);
        write!(text, "{code} {lat:9.5} {lon:9.5}\r\n").unwrap();
    }
    let ours = read(&text).unwrap().grid;
    let theirs = jgdtrans::ParData::from_str(&text, jgdtrans::Format::TKY2JGD).unwrap();
    assert_eq!(ours.nodes().len(), theirs.parameter.len());
    for code in (53_394_500..53_394_570_u32).filter(|code| code % 10 < 9) {
        let node = GridNode::of_code(code.to_string().as_bytes()).unwrap();
        // Close to a node only that node counts.
        let [lon, lat] = ours.shift(node.lon_lat().map(|degrees| degrees + 1e-9)).unwrap();
        let parameter = &theirs.parameter[&code];
        assert!((lon * 3600.0 - parameter.longitude).abs() < 1e-4 && (lat * 3600.0 - parameter.latitude).abs() < 1e-4);
    }
}

#[test]
fn no_damage_makes_it_panic() {
    let mut random = fastrand::Rng::with_seed(5);
    let whole = [patch_head(), b"53394500  11.66037 -11.63272\r\n53394501  11.66000 -11.63000\r\n".to_vec()].concat();
    let mut read_well = 0;
    for _ in 0..4000 {
        let mut bytes = whole.clone();
        for _ in 0..random.usize(1..4) {
            if bytes.is_empty() {
                break;
            }
            let at = random.usize(..bytes.len());
            match random.u8(..4) {
                0 => bytes[at] = random.u8(..),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, *b"0 9.-\n\r\xff".get(random.usize(..8)).unwrap_or(&0)),
                _ => bytes.truncate(at + 1),
            }
        }
        match read(&bytes) {
            Ok(found) => {
                read_well += 1;
                assert!(found.grid.nodes().is_sorted_by(|a, b| a < b));
                let _ = found.grid.shift([139.7, 35.6]);
            }
            Err(error) => assert_eq!(error.diagnostics().len(), 1),
        }
    }
    assert!(read_well > 100, "{read_well}");
}
