//! What asks the program, in folders of its own.
//!
//! What it prints and writes is kept in `snapshots` folders. After a change for the better, renew it:
//! `INSTA_UPDATE=always cargo test --release --test program`

#![allow(clippy::unwrap_used, reason = "what cannot go on has failed")]

mod additions;
mod as_published;
mod assess;
mod backdrop;
mod bad_input;
mod batch;
mod check;
mod columns;
mod datum_grids;
mod diff;
mod downloads;
mod explain;
mod formulas;
mod help;
mod lacking;
mod languages;
mod leaflet;
#[cfg(feature = "proj")]
mod libproj_ends;
mod lines;
#[cfg(target_os = "linux")]
mod little_memory;
mod lost;
mod map;
mod mutated;
mod own_layers;
mod peaks;
mod preflight;
mod prepared;
mod programme;
mod progress;
mod qgis;
mod qgis_project;
mod rules;
mod same_parcels;
mod sample_run;
mod scale;
mod schema;
mod selections;
mod serve;
mod shapefiles;
mod site;
mod still_map;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod survey;
mod sweep;
mod tangled;
mod timetables;
mod traps;
mod typed_outputs;
mod unused_land;
mod varied;
#[cfg(unix)]
mod whole_or_nothing;
#[cfg(all(feature = "xlsx", feature = "workbooks"))]
mod workbook;
mod yaizu;
