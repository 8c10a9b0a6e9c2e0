//! kyoten (拠点) says for every parcel (筆・敷地) of a Japanese city whether it can lie in one of the three zones of MLIT's
//! 都市機能立地支援事業 / 都市再構築戦略事業, how sure that is, and why.
//!
//! The modules in the order in which data passes them; each uses only those above it (`ARCHITECTURE.md`):
//!
//! 1. [`units`], [`notices`], [`geometry`], [`crs`]: what numbers measure, what was wrong with data, polygons, the plane.
//! 2. [`inputs`]: bytes → raw features. [`layers`]: raw features → typed layers of a [`layers::City`] in plane metres.
//! 3. [`regions`]: sets of the plane. What is known of a place is a [`regions::Known`]: where a condition holds for sure,
//!    where it could, and where it would once the planner's expectations come true.
//! 4. [`transit`], [`evidence`]: service of stops; what is measured of a parcel, as intervals.
//! 5. [`criteria`]: what the programme asks. [`verdicts`]: eligible, prospective, undetermined, ineligible.
//! 6. [`zones`], [`planning`], [`outputs`]: candidate zones, questions beyond, and what a run leaves behind.
//! 7. [`project`]: `kyoten.toml`. [`pipeline`]: the whole run. [`demo`]: a made-up city. [`cli`]: the program.
//!
//! The whole job from a program of your own:
//!
//! ```
//! use kyoten::outputs::PARCEL_OUTPUTS;
//! use kyoten::pipeline::{Options, Watch, run};
//! use kyoten::project::Project;
//!
//! struct Nobody;
//! impl Watch for Nobody {
//!     fn stage(&self, _name: &'static str) {}
//!     fn parcels(&self, _done: u64, _of: u64) {}
//! }
//!
//! let project = Project::open("data/sample".as_ref())?;
//! let out = std::env::temp_dir().join(format!("kyoten-example-{}", std::process::id()));
//! let options = Options { out: out.clone(), formats: vec![&PARCEL_OUTPUTS[0]], map: true, peak_variants: false };
//! let report = run(&project, &options, &Nobody)?;
//! assert_eq!(report.parcels.0, 300);
//! # std::fs::remove_dir_all(out)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod cli;
pub mod criteria;
pub mod crs;
pub mod demo;
pub mod discovery;
pub mod evidence;
pub mod geometry;
pub mod inputs;
pub mod layers;
pub mod notices;
pub mod outputs;
pub mod pipeline;
pub mod planning;
pub mod project;
pub mod regions;
pub mod transit;
pub mod units;
pub mod verdicts;
pub mod zones;
