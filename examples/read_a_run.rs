//! A finished run, whoever made it and in whatever format: its record, its parcels, its candidate zones.
//!
//!     kyoten demo && cargo run --release --example read_a_run kyoten-out

#![allow(clippy::print_stdout, reason = "an example shows what it finds")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use kyoten::runs::RunFolder;
use kyoten::verdicts::Status;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("kyoten-out"), PathBuf::from);
    let run = RunFolder::open(&folder)?;
    println!("{}, by the rules {}, measured on {}", run.record.project.name, run.record.rules.set, run.plane.name());

    // The types that wrote `run.json` read it: no key is spelled here.
    for input in &run.record.inputs {
        println!("  {} from {} file(s), {} used", input.layer, input.files.len(), input.used);
    }

    // Outlines on the plane of the run, and statuses in a zone of its rules.
    for zone in run.rules.zones() {
        let parcels = run.parcels(zone)?;
        let mut by_status: BTreeMap<Status, u64> = BTreeMap::new();
        for &status in parcels.chunks.iter().flat_map(|chunk| &chunk.statuses) {
            *by_status.entry(status).or_default() += 1;
        }
        let counts: Vec<String> = by_status.iter().map(|(status, count)| format!("{count} {status}")).collect();
        println!("{} {}: {}", zone.id(), zone.name().ja, counts.join(", "));
    }

    for zone in run.product("zones")? {
        println!("candidate zone {}: {}", zone.text("zone"), zone.text("status"));
    }
    Ok(())
}
