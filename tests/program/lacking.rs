//! Why not: what a run says that parcels lack, counted again from the columns of its parcels.

use std::collections::BTreeMap;

use crate::support::{Folder, column, rows};

/// By zone and criterion, the ineligible parcels that fail it, and those that fail nothing else; and those that fail none.
fn counted(folder: &Folder, zone: &str, criteria: &[String]) -> (BTreeMap<String, (u64, u64)>, u64) {
    let rows = rows(&folder.text("out/parcels.csv"));
    let status = column(&rows, zone);
    let upper: Vec<usize> = criteria.iter().map(|id| column(&rows, &format!("{}_hi", id.replace('-', "_")))).collect();
    let mut found: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut together = 0;
    for row in rows[1..].iter().filter(|row| row[status] == "ineligible") {
        let fails: Vec<usize> =
            (0..criteria.len()).filter(|&at| row[upper[at]].parse::<f64>().unwrap() < 0.5).collect();
        together += u64::from(fails.is_empty());
        for &at in &fails {
            let count = found.entry(criteria[at].clone()).or_default();
            count.0 += 1;
            count.1 += u64::from(fails.len() == 1);
        }
    }
    (found, together)
}

#[test]
fn what_parcels_lack_is_what_their_columns_say() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "csv", "--no-map"]);
    let report = folder.json("out/run.json");
    for zone in ["central", "local", "senior"] {
        let required = report["rules"]["required"][zone].as_array().unwrap();
        let required: Vec<String> = required.iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        let (criteria, together) = counted(&folder, zone, &required);
        let told = &report["lacking"][zone];
        assert_eq!(told["together"], together, "{zone}");
        assert_eq!(told["criteria"].as_object().unwrap().len(), criteria.len(), "{zone}");
        for (id, (parcels, alone)) in criteria {
            assert_eq!(told["criteria"][&id]["parcels"], parcels, "{zone} {id}");
            assert_eq!(told["criteria"][&id]["alone"], alone, "{zone} {id}");
        }
    }
}

#[test]
fn the_nearest_that_falls_short_is_told() {
    let folder = Folder::with_sample();
    folder.run(&["city", "--out", "out", "--format", "csv", "--no-map"]);
    let rows = rows(&folder.text("out/parcels.csv"));
    let number = |row: &[String], name: &str| row[column(&rows, name)].parse::<f64>().unwrap_or_default();
    let (mut densest, mut largest) = (0.0_f64, 0.0_f64);
    for row in &rows[1..] {
        let is_out = |zone: &str| row[column(&rows, zone)] == "ineligible";
        let (density, area) = (number(row, "seniors_per_ha_hi"), number(row, "area_m2"));
        if is_out("senior") && number(row, "enough_seniors_hi") < 0.5 && density < 40.0 {
            densest = densest.max(density);
        }
        if is_out("senior_site") && area < 300.0 {
            largest = largest.max(area);
        }
    }
    let lacking = &folder.json("out/run.json")["lacking"];
    let told = lacking["senior"]["criteria"]["enough-seniors"]["nearest"]["seniors_per_ha"].as_f64().unwrap();
    assert!(densest > 0.0 && (told - densest).abs() < 1e-4, "{told} {densest}");
    let site = lacking["senior_site"]["criteria"]["large-enough-site"]["nearest"]["area_m2"].as_f64().unwrap();
    assert!((site - largest).abs() < 0.001, "{site} {largest}");
}

#[test]
fn eligible_parcels_outside_the_induction_area_are_counted() {
    let folder = Folder::with_sample();
    let run = folder.run(&["city", "--out", "out", "--format", "csv", "--no-map"]);
    let rows = rows(&folder.text("out/parcels.csv"));
    let (status, share) = (column(&rows, "local"), column(&rows, "in_induction_area_hi"));
    let outside = |row: &&Vec<String>| row[status] == "eligible" && row[share].parse::<f64>().unwrap() < 0.5;
    let outside = rows[1..].iter().filter(outside).count();
    assert!(outside > 0);
    assert_eq!(folder.json("out/run.json")["beside"]["local"]["in-induction-area"]["outside"], outside);
    assert!(run.stdout.contains(&format!("local hub zone: {outside} eligible parcels are not")), "{}", run.stdout);
}
