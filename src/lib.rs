//! kyoten (拠点) says for every parcel (筆・敷地) of a Japanese city whether it can lie in one of the three zones of MLIT's
//! 都市機能立地支援事業 / 都市再構築戦略事業, how sure that is, and why.
//!
//! # Where to begin
//!
//! | you have | begin at |
//! |---|---|
//! | polygons, stops and areas in memory | [`assess::Assessor`]: a [`layers::City`] and [`assess::Terms`] in, columns out |
//! | a `kyoten.toml` and its files | [`project::Project`], then [`pipeline::run`] for a run folder |
//! | the same, and something of your own to gather | [`collect::Collector`], then [`pipeline::observe`] |
//! | tables of Arrow in memory | `inputs::ArrowTable`, then `Project::put_table` for a run, or `pipeline::TableAssessor` |
//! | the folder of a finished run | [`runs::RunFolder`]; two of them: [`queries::diff`] |
//! | downloads, and no idea what they are | [`discovery::discover`] |
//!
//! Each of these is a program in `examples/`. The smallest one:
//!
//! ```
//! use geo::{MultiPolygon, Rect, coord};
//! use kyoten::assess::{Assessor, Terms};
//! use kyoten::criteria::default_rules;
//! use kyoten::crs::{Crs, Plane, ToPlane};
//! use kyoten::evidence::{Batch, Texts};
//! use kyoten::layers::{City, Layer, LayerKey};
//! use kyoten::verdicts::Status;
//!
//! let rectangle = |lon: f64, lat: f64, side: f64| {
//!     MultiPolygon::from(Rect::new(coord! { x: lon, y: lat }, coord! { x: lon + side, y: lat + side }).to_polygon())
//! };
//! let plane = Plane::new(8).ok_or("there are 19 planes")?;
//! let to_plane = ToPlane::new(&Crs::jgd2011(), plane)?;
//!
//! let mut city = City::empty(plane, None);
//! city.put(LayerKey::Did, Layer::area([&rectangle(138.31, 34.86, 0.01)], &to_plane)?);
//! let parcels = Batch::from_polygons(&[rectangle(138.315, 34.865, 0.001), rectangle(138.40, 34.90, 0.001)], &to_plane)?;
//!
//! let assessor = Assessor::build(&city, None, &Terms::default(), parcels.extent());
//! let found = assessor.assess(&parcels, Texts::default());
//! let central = default_rules().zone("central").ok_or("the programme has one")?;
//! // Outside the DID no central zone can be; inside one may, as long as nobody says where trains stop.
//! assert_eq!(found.statuses[central.index()], [Status::Undetermined, Status::Ineligible]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it promises
//!
//! - **Never a wrong `eligible`.** A share is an interval; what is not known is [`verdicts::Status::Undetermined`], never a
//!   pass, a zero or a default. A layer that is not given is not known; an empty one says that there is none.
//! - **Metres are metres on the ground.** Everything is measured on one plane rectangular system 平面直角座標系
//!   ([`crs::Plane`]) and corrected by its scale; distances in metres, areas in m² and ha, shares in millionths.
//! - **Equal input, equal bytes**, whatever the number of threads.
//! - Problems of data are counted ([`notices::Notices`]) and stop nothing; what stops is an error with its file and place.
//!
//! # Features
//!
//! All are on unless `default-features = false` is said; then what is left is a library that reads, measures, judges and writes,
//! without command line, map, server, libproj, GeoParquet or GeoPackage.
//!
//! | feature | adds |
//! |---|---|
//! | `cli` | the program `kyoten` |
//! | `maps` | the map of a run as a page, tiles and still pictures |
//! | `serve` | a run's folder over HTTP |
//! | `proj` | any EPSG code, through libproj; without it, Japan's own systems |
//! | `geoparquet`, `geopackage` | reading and writing of these formats; the former, tables of Arrow in memory too |
//!
//! # How it is built
//!
//! Each module is a stage, answers the question at its head and uses only stages before it: [`units`], [`text`], [`flat`],
//! [`diagnostics`], [`disk`], [`notices`], [`geometry`], [`crs`], [`inputs`], [`layers`], [`settings`], [`regions`], [`transit`], [`evidence`], [`criteria`], [`verdicts`] and
//! [`zones`] are the kernel; [`assess`] puts it together, once, and [`prepared`] keeps it; [`table`], [`outputs`], [`runs`], [`queries`], [`products`]
//! and [`collect`] say what becomes of the columns; [`programme`] has what the documents say beside zones; [`project`], [`discovery`] and [`pipeline`] make a run of it, [`batch`] one for each of many cities. The file
//! `ARCHITECTURE.md` tells why.

#[macro_use]
pub mod text;
#[macro_use]
pub mod diagnostics;

pub mod assess;
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod collect;
pub mod criteria;
pub mod crs;
pub mod demo;
pub mod discovery;
pub mod disk;
pub mod evidence;
pub mod flat;
pub mod geometry;
pub mod inputs;
pub mod layers;
#[cfg(feature = "maps")]
pub mod maps;
pub mod notices;
pub mod outputs;
pub mod pipeline;
pub mod prepared;
pub mod products;
pub mod programme;
pub mod project;
pub mod queries;
pub mod regions;
pub mod runs;
#[cfg(feature = "serve")]
pub mod serve;
pub mod settings;
pub mod table;
pub mod transit;
pub mod units;
pub mod verdicts;
pub mod zones;
