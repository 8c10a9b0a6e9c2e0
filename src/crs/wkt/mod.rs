//! Well-known text (WKT 1 as OGC and ESRI write it, WKT 2), as found in `.prj` files, and what it means.

mod tree;

use self::tree::{Node, plain};
use super::systems::{Datum, System, TransverseMercator};

/// What a well-known text says it is.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// A code of the EPSG dataset, given by the text itself.
    Epsg(u32),
    /// A known system, found by its parameters.
    Known(System),
    /// Well formed, but none of the known systems.
    Foreign,
}

/// What a text means, and the part of it that says where things are; `None` where it is no well-known text of a CRS.
pub(super) fn read(text: &str) -> Option<(Meaning, &str)> {
    let (root, taken) = tree::parse(text).filter(|(root, _)| is_crs(root))?;
    let horizontal = horizontal(&root);
    let meaning = if let Some(code) = root.epsg().or_else(|| horizontal.epsg()) {
        Meaning::Epsg(code)
    } else {
        match_parameters(horizontal).map_or(Meaning::Foreign, Meaning::Known)
    };
    Some((meaning, &text[..taken]))
}

fn is_crs(node: &Node) -> bool {
    const KEYWORDS: [&str; 13] = [
        "PROJCS",
        "PROJCRS",
        "PROJECTEDCRS",
        "GEOGCS",
        "GEOGCRS",
        "GEOGRAPHICCRS",
        "GEODCRS",
        "GEODETICCRS",
        "COMPD_CS",
        "COMPOUNDCRS",
        "BOUNDCRS",
        "LOCAL_CS",
        "GEOCCS",
    ];
    node.is(&KEYWORDS)
}

/// The horizontal part of a compound or bound system, else the system itself.
fn horizontal<'n, 'a>(root: &'n Node<'a>) -> &'n Node<'a> {
    let inner = match () {
        () if root.is(&["COMPD_CS", "COMPOUNDCRS"]) => root.children().find(|child| is_crs(child)),
        () if root.is(&["BOUNDCRS"]) => root.child(&["SOURCECRS"]).and_then(|source| source.children().next()),
        () => None,
    };
    inner.unwrap_or(root)
}

/// The known system with the datum, projection, parameters and units of a text without a code.
fn match_parameters(crs: &Node) -> Option<System> {
    if crs.is(&["GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"]) {
        return geographic_in_degrees(crs).then(|| System::geographic(datum(crs)?)).flatten();
    }
    let base = crs.child(&["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"])?;
    if !geographic_in_degrees(base) || !unit_is(crs, &["UNIT", "LENGTHUNIT"], 1.0, 1e-9) {
        return None;
    }
    // WKT 2 keeps the method and its parameters in a node of their own.
    let conversion = crs.child(&["CONVERSION"]).unwrap_or(crs);
    let method = plain(conversion.child(&["PROJECTION", "METHOD"])?.text()?);
    let parameter = |names: &[&str]| conversion.parameter(names);
    let false_origin = [parameter(&["falseeasting"]).unwrap_or(0.0), parameter(&["falsenorthing"]).unwrap_or(0.0)];
    match method.as_str() {
        "transversemercator" | "gausskruger" => {
            let found = TransverseMercator {
                origin: [
                    parameter(&["centralmeridian", "longitudeofnaturalorigin"])?,
                    parameter(&["latitudeoforigin", "latitudeofnaturalorigin"]).unwrap_or(0.0),
                ],
                scale: parameter(&["scalefactor", "scalefactoratnaturalorigin"]).unwrap_or(1.0),
                false_origin,
            };
            System::matching(datum(base)?, &found)
        }
        "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" => {
            let centred = parameter(&["centralmeridian", "longitudeofnaturalorigin"]).unwrap_or(0.0) == 0.0;
            (centred && false_origin == [0.0, 0.0]).then(|| System::web_mercator(datum(base)?)).flatten()
        }
        _ => None,
    }
}

/// The datum by its own name, or by the name of the geographic system.
fn datum(geographic: &Node) -> Option<Datum> {
    let own = geographic.child(&["DATUM", "GEODETICDATUM", "ENSEMBLE"]).and_then(Node::text);
    [own, geographic.text()].into_iter().flatten().find_map(|name| {
        let name = plain(name);
        let name = name.strip_prefix("gcs").or_else(|| name.strip_prefix('d')).unwrap_or(&name);
        match name {
            "jgd2011" | "japanesegeodeticdatum2011" => Some(Datum::Jgd2011),
            "jgd2000" | "japanesegeodeticdatum2000" => Some(Datum::Jgd2000),
            "wgs1984" | "wgs84" | "worldgeodeticsystem1984" | "worldgeodeticsystem1984ensemble" => Some(Datum::Wgs84),
            "tokyo" => Some(Datum::Tokyo),
            _ => None,
        }
    })
}

/// Whether a geographic system counts degrees from Greenwich.
fn geographic_in_degrees(geographic: &Node) -> bool {
    let from_greenwich =
        geographic.child(&["PRIMEM", "PRIMEMERIDIAN"]).is_none_or(|meridian| meridian.number() == Some(0.0));
    from_greenwich && unit_is(geographic, &["UNIT", "ANGLEUNIT"], 1_f64.to_radians(), 1e-9)
}

/// Whether the unit of a system is `size`; a text that names none has the usual one. WKT 2 may give it by axis.
fn unit_is(crs: &Node, keywords: &[&str], size: f64, tolerance: f64) -> bool {
    let unit = crs.child(keywords).or_else(|| crs.child(&["AXIS"])?.child(keywords));
    unit.is_none_or(|unit| unit.number().is_some_and(|found| (found - size).abs() <= tolerance))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meaning(text: &str) -> Option<Meaning> {
        read(text).map(|(meaning, _)| meaning)
    }

    fn known(text: &str) -> Option<u32> {
        match meaning(text)? {
            Meaning::Epsg(code) => Some(code),
            Meaning::Known(system) => Some(system.epsg),
            Meaning::Foreign => None,
        }
    }

    /// A projected system as ESRI writes it.
    fn esri(datum: &str, meridian: f64, latitude: f64, scale: f64, easting: f64) -> String {
        format!(
            r#"PROJCS["a name that says nothing",GEOGCS["GCS_{datum}",DATUM["D_{datum}",SPHEROID["S",6378137.0,298.257222101]],
            PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],
            PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],
            PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",{latitude}],UNIT["Meter",1.0]]"#
        )
    }

    fn geographic(name: &str) -> String {
        format!(
            r#"GEOGCS["GCS_{name}",DATUM["D_{name}",SPHEROID["S",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#
        )
    }

    #[test]
    fn esri_texts_are_known_by_their_parameters() {
        assert_eq!(known(&esri("JGD_2000", 138.5, 36.0, 0.9999, 0.0)), Some(2450));
        assert_eq!(known(&esri("JGD_2011", 139.833_333_333_333_3, 36.0, 0.9999, 0.0)), Some(6677));
        assert_eq!(known(&esri("Tokyo", 138.5, 36.0, 0.9999, 0.0)), Some(30168));
        assert_eq!(known(&esri("WGS_1984", 141.0, 0.0, 0.9996, 500_000.0)), Some(32654));
        assert_eq!(known(&esri("JGD_2011", 141.0, 0.0, 0.9996, 500_000.0)), Some(6691));
        assert_eq!(known(&geographic("JGD_2011")), Some(6668));
        assert_eq!(known(&geographic("JGD_2000")), Some(4612));
        assert_eq!(known(&geographic("WGS_1984")), Some(4326));
        assert_eq!(known(&geographic("Tokyo")), Some(4301));
    }

    #[test]
    fn what_differs_in_anything_that_matters_is_foreign() {
        let plane = esri("JGD_2011", 138.5, 36.0, 0.9999, 0.0);
        for (what, other) in [
            ("scale", esri("JGD_2011", 138.5, 36.0, 1.0, 0.0)),
            ("no such plane of WGS84", esri("WGS_1984", 138.5, 36.0, 0.9999, 0.0)),
            ("datum", geographic("NAD_1983")),
            ("feet", plane.replace(r#"UNIT["Meter",1.0]"#, r#"UNIT["Foot",0.3048]"#)),
            ("gons", plane.replace("0.0174532925199433", "0.015707963")),
            ("Paris", plane.replace(r#""Greenwich",0.0"#, r#""Paris",2.337"#)),
            ("projection", plane.replace("Transverse_Mercator", "Lambert_Conformal_Conic")),
        ] {
            assert_eq!(meaning(&other), Some(Meaning::Foreign), "{what}");
        }
    }

    #[test]
    fn the_code_of_the_outermost_system_counts_and_not_that_of_a_part() {
        let plain_plane = esri("JGD_2011", 138.5, 36.0, 0.9999, 0.0);
        let with_inner_code =
            plain_plane.replace("0.0174532925199433]]", r#"0.0174532925199433],AUTHORITY["EPSG","6668"]]"#);
        assert_ne!(with_inner_code, plain_plane);
        assert_eq!(meaning(&with_inner_code), Some(Meaning::Known(System::by_epsg(6676).unwrap())));
        let outer = format!(r#"{},AUTHORITY["EPSG","6677"]]"#, &with_inner_code[..with_inner_code.len() - 1]);
        assert_eq!(meaning(&outer), Some(Meaning::Epsg(6677)));
    }

    #[test]
    fn wkt_2_is_read_too() {
        let text = r#"PROJCRS["unnamed",BASEGEOGCRS["JGD2011",DATUM["Japanese Geodetic Datum 2011",
            ELLIPSOID["GRS 1980",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],
            CONVERSION["zone",METHOD["Transverse Mercator",ID["EPSG",9807]],
            PARAMETER["Latitude of natural origin",36,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],
            PARAMETER["Longitude of natural origin",137.166666666667,ANGLEUNIT["degree",0.0174532925199433]],
            PARAMETER["Scale factor at natural origin",0.9999,SCALEUNIT["unity",1]],
            PARAMETER["False easting",0,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],
            CS[Cartesian,2],AXIS["northing (X)",north,ORDER[1],LENGTHUNIT["metre",1]],AXIS["easting (Y)",east,ORDER[2],LENGTHUNIT["metre",1]]]"#;
        assert_eq!(known(text), Some(6675));
        assert_eq!(
            known(r#"GEOGCRS["JGD2011",DATUM["x",ELLIPSOID["y",1,2]],CS[ellipsoidal,2],ID["EPSG",6668]]"#),
            Some(6668)
        );
    }

    #[test]
    fn compound_systems_are_known_by_their_horizontal_part() {
        let text = format!(r#"COMPD_CS["x",{},VERT_CS["height",UNIT["metre",1]]]"#, geographic("JGD_2011"));
        assert_eq!(known(&text), Some(6668));
    }

    #[test]
    fn a_system_of_heights_behind_that_of_places_is_passed_over() {
        let heights = r#"VERTCS["JGD2011_vertical_height",VDATUM["Japanese_Geodetic_Datum_2011_vertical"],
            PARAMETER["Vertical_Shift",0.0],PARAMETER["Direction",1.0],UNIT["Meter",1.0]]"#;
        let plane = esri("JGD_2011", 138.5, 36.0, 0.9999, 0.0);
        for heights in [heights.to_owned(), heights.replace("VERTCS", "VERT_CS"), heights.replace("VERTCS", "vertcs")] {
            assert_eq!(known(&format!("{},{heights}", geographic("JGD_2011"))), Some(6668));
            assert_eq!(known(&format!("{plane} ,\n{heights}\n")), Some(6676));
        }
        let foreign = geographic("NAD_1983");
        let whole = format!("{foreign},{heights}");
        assert_eq!(read(&whole), Some((Meaning::Foreign, foreign.as_str())));
        assert_eq!(meaning(&format!("{foreign},{plane}")), None);
        assert_eq!(meaning(&format!("{foreign},")), None);
        assert_eq!(meaning(heights), None);
    }

    #[test]
    fn what_is_no_crs_is_not_read() {
        let deep = "PROJCS[".repeat(100_000);
        for text in
            ["", "PROJCS", "PROJCS[", "PROJCS[]", r#"PROJCS["a"#, r#"SPHEROID["a",1]"#, r#"GEOGCS["a"]x"#, &deep]
        {
            assert_eq!(meaning(text), None, "{}", &text[..text.len().min(40)]);
        }
    }

    #[cfg(feature = "proj")]
    #[test]
    fn every_listed_system_is_known_in_every_dialect_that_libproj_writes() {
        use proj::wkt::WktVersion::{Wkt1_Esri, Wkt1_Gdal, Wkt2_2015, Wkt2_2019};

        let with_height = [4947, 4979, 6667, 6697].into_iter().chain(10_162..=10_174).collect::<Vec<u32>>();
        let flat = crate::crs::systems::tests::known().into_iter().filter(|known| !with_height.contains(&known.epsg));
        for system in flat {
            let libproj = proj::Proj::new(&format!("EPSG:{}", system.epsg)).unwrap();
            for version in [Wkt1_Gdal, Wkt2_2015, Wkt2_2019] {
                let text = libproj.as_wkt(Some(version), None).unwrap();
                assert_eq!(meaning(&text), Some(Meaning::Epsg(system.epsg)), "{text}");
                // The same without any code; only that says what Web Mercator is in WKT 1.
                let anonymous = text.replace("AUTHORITY[", "REMARK[").replace(" ID[", " REMARK[");
                if !text.contains("Mercator_1SP") {
                    assert_eq!(meaning(&anonymous), Some(Meaning::Known(system)), "{anonymous}");
                }
            }
            let text = libproj.as_wkt(Some(Wkt1_Esri), None).unwrap();
            assert_eq!(meaning(&text), Some(Meaning::Known(system)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in r#"(GEOGCS|PROJCS|[A-Z測 ]{0,3})[\[\]()",.0-9a-zé測 ]{0,60}"#) {
            let _ = read(&text);
        }
    }
}
