//! `kyoten assess`: do a planner's own drawn zones meet what their kinds ask?

mod text;

use std::path::PathBuf;

use clap::Args;

use super::product_file::{ProductFile, Wished};
use super::progress::Bar;
use super::reader::{Globals, say};
use super::run::{in_pool, open};
use super::{ATTENTION, DONE, Failure, notices, print};
use crate::inputs::ReadOptions;
use crate::layers::LayerSpec;
use crate::pipeline;
use crate::verdicts::Status;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten assess kyoten.toml plan.geojson                  each zone of the file, criterion by criterion
  kyoten assess kyoten.toml plan.shp --zone local         what they are, where the file does not say (`zone`)
  kyoten assess kyoten.toml plan.geojson -o parts.geojson where each criterion is broken, and the largest part that meets all
  kyoten assess kyoten.toml plan.geojson --out kyoten-out the same on the map of a run
  kyoten assess kyoten.toml plan.geojson --json           for programs (docs/schemas/assess.schema.json)

Exit status: 0 every criterion of every zone is met; 1 one is not, or nobody knows;
2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten assess kyoten.toml plan.geojson                  ファイルの区域を1つずつ、条件ごとに見る
  kyoten assess kyoten.toml plan.shp --zone local         ファイルに区域の種類（`zone`）がないとき
  kyoten assess kyoten.toml plan.geojson -o parts.geojson 条件を満たさない部分と、すべて満たす最大の部分
  kyoten assess kyoten.toml plan.geojson --out kyoten-out 実行結果の地図に示す
  kyoten assess kyoten.toml plan.geojson --json           形式は docs/schemas/assess.schema.json

終了コード: 0 すべての区域がすべての条件を満たす。
1 満たさないか、分からない条件がある。2 実行していない（何も書いていない）。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct AssessArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー", "A kyoten.toml, or a folder"))]
    project: PathBuf,
    #[arg(value_name = "ZONES", help = say(
        "描いた区域のファイル（ポリゴン。地物1つが区域1つ）", "The drawn zones: a file of polygons, each feature a zone"))]
    zones: String,
    #[arg(long, value_name = "ZONE", help = say(
        "属性 `zone` のない地物の区域の種類（ルールの区域のID。指定がなければ最初の区域）",
        "What features without a property `zone` are: the id of a zone of the rules, the first of them unless said"))]
    zone: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "output", help = say(
        "このフォルダーに assessed.geojson を書く。`run` の結果のフォルダーなら、その地図にも示す",
        "Write assessed.geojson into this folder; into a run folder, so that its map shows the zones"))]
    out: Option<PathBuf>,
    #[arg(long, short, value_name = "FILE", help = say(
        "区域、条件を満たさない部分、すべて満たす最大の部分を、このGeoJSONファイルに書く",
        "Write the zones, the parts that break a criterion and the largest that meets all to this GeoJSON file"))]
    output: Option<PathBuf>,
    #[arg(long, value_name = "CRS", help = say(
        "区域のファイルの座標参照系（例: EPSG:6676）", "The coordinate reference system of the drawn zones, such as EPSG:6676"))]
    crs: Option<String>,
    #[arg(long, value_name = "NAME", help = say(
        "区域のファイルの文字コード（例: cp932）", "The encoding of the drawn zones, such as cp932"))]
    encoding: Option<String>,
    #[arg(long, value_name = "NAME", help = say(
        "区域のファイルの中のレイヤー名", "The layer inside the file of the drawn zones, where it has several"))]
    layer: Option<String>,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を、この実行に限り置き換える（例: --set station_radius_m=800）",
        "Another value in the place of one of the kyoten.toml, for this time: --set station_radius_m=800"))]
    set: Vec<String>,
    #[arg(long, value_name = "N", help = say("使うスレッドの数", "How many threads to use; all cores unless said"))]
    threads: Option<u16>,
    #[arg(long, help = say("要約の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of the summary"))]
    pub(super) json: bool,
}

pub(super) fn assess(arguments: &AssessArguments, globals: &Globals) -> Result<u8, Failure> {
    let mut project = open(&arguments.project, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    let AssessArguments { crs, encoding, layer, .. } = arguments;
    let read =
        ReadOptions { crs: crs.clone(), encoding: encoding.clone(), layer: layer.clone(), ..ReadOptions::default() };
    let drawn = LayerSpec { paths: vec![arguments.zones.clone()], read, ..LayerSpec::default() };
    let bar = Bar::new(globals);
    let done = in_pool(arguments.threads, || pipeline::assess(&project, &drawn, arguments.zone.as_deref(), &bar));
    bar.finish();
    let report = done??;
    let wished = Wished { folder: arguments.out.as_deref(), file: arguments.output.as_deref() };
    let (inputs, found) = ([report.paths.as_slice(), &[project.file.clone()]].concat(), report.findings());
    let file = ProductFile::write(&wished, &inputs, &found)?;
    if arguments.json {
        print::out(format_args!("{:#}", found.document))?;
    } else if !globals.quiet {
        print::out(text::text(&report, &project.full_name(), &arguments.zones))?;
    }
    if let Some(file) = file {
        file.finish(!arguments.json && !globals.quiet)?;
    }
    notices::tell(&report.notices, globals);
    let is_met = report.lost == 0 && report.zones.iter().all(|zone| zone.status == Status::Eligible);
    Ok(if is_met { DONE } else { ATTENTION })
}
