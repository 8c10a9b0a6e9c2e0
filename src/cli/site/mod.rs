//! `kyoten site`: where could new facilities stand, all far enough from one another?

mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::product_file::{ProductFile, Wished};
use super::progress::Bar;
use super::reader::{Globals, say};
use super::run::{in_pool, open};
use super::usage::number;
use super::{DONE, Failure, notices, print};
use crate::diagnostics::Diagnostic;
use crate::pipeline::{self, SiteOptions};
use crate::queries::Most;
use crate::text::Text;
use crate::units::Metres;

/// As far as an older person is taken to walk to a facility, m.
///
/// Source: 都市構造の評価に関するハンドブック, MLIT 2014, takes 500 m for the walk of older people 高齢者の徒歩圏, beside 800 m of all.
const WITHIN_M: f64 = 500.0;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten site kyoten.toml                                 as many sites as can be, 700 m apart
  kyoten site kyoten.toml --most seniors --max 3          three, near as many residents aged 65 or over as can be
  kyoten site kyoten.toml --fixed plan.geojson            beside sites that are taken already
  kyoten site kyoten.toml --exclude flood.shp             none in these areas
  kyoten site kyoten.toml --exclude ids.txt               none on these parcels, an id a line
  kyoten site kyoten.toml --merge                         neighbouring parcels as one site, too
  kyoten site kyoten.toml --also prospective              parcels that the plan's expectations make eligible, too
  kyoten site kyoten.toml --out kyoten-out                on the map of a run, and on `kyoten map kyoten-out`
  kyoten site kyoten.toml -o sites.geojson                as a map layer
  kyoten site kyoten.toml --json                          for programs (docs/schemas/site.schema.json)

Exit status: 0 done, also where no parcel can be a site; 2 not done, nothing written.";

const EXAMPLES_JA: &str = "\
例:
  kyoten site kyoten.toml                                 互いに700 m以上離れた敷地を、できるだけ多く
  kyoten site kyoten.toml --most seniors --max 3          3か所で、できるだけ多くの65歳以上の近くに
  kyoten site kyoten.toml --fixed plan.geojson            すでに決まった敷地に加えて
  kyoten site kyoten.toml --exclude flood.shp             この区域の中には置かない
  kyoten site kyoten.toml --exclude ids.txt               この筆（1行に1つのID）には置かない
  kyoten site kyoten.toml --merge                         隣り合う筆を合わせた敷地も候補にする
  kyoten site kyoten.toml --also prospective              「見込み」の筆も候補にする
  kyoten site kyoten.toml --out kyoten-out                実行結果の地図（`kyoten map` も）に示す
  kyoten site kyoten.toml -o sites.geojson                地図のレイヤーとして書き出す
  kyoten site kyoten.toml --json                          形式は docs/schemas/site.schema.json

終了コード: 0 完了（敷地にできる筆がないときも）。2 実行していない（何も書いていない）。";

/// Of what there is to be most.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MostArgument {
    Sites,
    Seniors,
}

/// What is a candidate beside eligible parcels.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum AlsoArgument {
    Prospective,
}

impl From<MostArgument> for Most {
    fn from(most: MostArgument) -> Self {
        match most {
            MostArgument::Sites => Self::Sites,
            MostArgument::Seniors => Self::Seniors,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct SiteArguments {
    #[arg(help = say("kyoten.toml、またはフォルダー", "A kyoten.toml, or a folder"))]
    project: PathBuf,
    #[arg(long, value_enum, default_value = "sites", value_name = "WHAT", help = say(
        "何を最も多くするか: sites（敷地の数）、seniors（近くに住む65歳以上の人数。1人を1度だけ数える）",
        "Of what there is to be most: sites, or seniors, the residents aged 65 or over near a site, each counted once"),
        hide_possible_values = true)]
    most: MostArgument,
    #[arg(long, value_name = "METRES", default_value_t = WITHIN_M, value_parser = number::<f64>, help = say(
        "敷地の端からこの距離（m、直線）までに住む人を、近くの人とする",
        "Residents within so many metres of a site's edge, as the crow flies, live near it"))]
    within: f64,
    #[arg(long, value_name = "N", value_parser = number::<usize>, help = say(
        "選ぶ敷地は多くてもN か所（--fixed の敷地は数えない）", "Choose no more than N sites, those of --fixed not counted"))]
    max: Option<usize>,
    #[arg(long, value_name = "FILE", help = say(
        "すでに決まった敷地: 点やポリゴンのファイル、または筆のIDを1行に1つ書いた .txt",
        "Sites that are taken already: a file of points or polygons, or a .txt with an id of a parcel a line"))]
    fixed: Option<String>,
    #[arg(long, value_name = "FILE", help = say(
        "敷地を置かない区域: ポリゴンのファイル、または筆のIDを1行に1つ書いた .txt",
        "Where no site may be: a file of polygons, or a .txt with an id of a parcel a line"))]
    exclude: Option<String>,
    #[arg(long, value_name = "CRS", help = say(
        "--fixed と --exclude のファイルの座標参照系（例: EPSG:6676）",
        "The coordinate reference system of the files of --fixed and --exclude, such as EPSG:6676"))]
    crs: Option<String>,
    #[arg(long, help = say(
        "隣り合う2・3筆を合わせた敷地も候補にする（敷地の集約）",
        "Take two or three neighbouring parcels that are too small each as one site (敷地の集約)"))]
    merge: bool,
    #[arg(long, value_enum, value_name = "STATUS", help = say(
        "prospective: 計画の見込みが実現すれば敷地にできる「見込み」の筆も候補にする（結果で区別する）",
        "prospective: take parcels as well that may be sites once the plan's expectations 見込み come true; they are told apart"),
        hide_possible_values = true)]
    also: Option<AlsoArgument>,
    #[arg(long, value_name = "ZONE", help = say(
        "どの区域の敷地か（同種の施設との距離を条件とする区域が、ルールに複数あるとき）",
        "The zone whose sites are meant, where several of the rules ask how far facilities of one kind stand apart"))]
    zone: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "output", help = say(
        "このフォルダーに sites.geojson を書く。`run` の結果のフォルダーなら、その地図にも示す",
        "Write sites.geojson into this folder; into a run folder, so that its map shows them"))]
    out: Option<PathBuf>,
    #[arg(long, short, value_name = "FILE", help = say(
        "選んだ敷地を、このGeoJSONファイルに書く", "Write the sites that were chosen to this GeoJSON file"))]
    output: Option<PathBuf>,
    #[arg(long, value_name = "K=V", help = say(
        "kyoten.toml の値を、この実行に限り置き換える（例: --set station_radius_m=800）",
        "Another value in the place of one of the kyoten.toml, for this time: --set station_radius_m=800"))]
    set: Vec<String>,
    #[arg(long, value_name = "N", help = say("使うスレッドの数", "How many threads to use; all cores unless said"))]
    threads: Option<u16>,
    #[arg(long, help = say("要約の代わりに、すべてをJSONで表示する", "Print everything as JSON instead of the summary"))]
    pub(super) json: bool,
}

pub(super) fn site(arguments: &SiteArguments, globals: &Globals) -> Result<u8, Failure> {
    if !(arguments.within > 0.0 && arguments.within.is_finite()) {
        let message = Text::new("0より大きい距離（m）が必要です。", "it needs a distance of more than 0 m");
        return Err(Diagnostic::error("site-within", message).at("--within").into());
    }
    let mut project = open(&arguments.project, globals)?;
    for setting in &arguments.set {
        project.set(setting)?;
    }
    let options = SiteOptions {
        zone: arguments.zone.clone(),
        most: arguments.most.into(),
        within: Metres(arguments.within),
        max: arguments.max,
        fixed: arguments.fixed.clone(),
        exclude: arguments.exclude.clone(),
        crs: arguments.crs.clone(),
        merge: arguments.merge,
        expected: matches!(arguments.also, Some(AlsoArgument::Prospective)),
    };
    let bar = Bar::new(globals);
    let done = in_pool(arguments.threads, || pipeline::site(&project, &options, &bar));
    bar.finish();
    let report = done??;
    let wished = Wished { folder: arguments.out.as_deref(), file: arguments.output.as_deref() };
    let (inputs, found) = ([report.paths.as_slice(), &[project.file.clone()]].concat(), report.findings());
    let file = ProductFile::write(&wished, &inputs, &found)?;
    if arguments.json {
        print::out(format_args!("{:#}", found.document))?;
    } else if !globals.quiet {
        print::out(text::text(&report, &project.full_name()))?;
    }
    if let Some(file) = file {
        file.finish(!arguments.json && !globals.quiet)?;
    }
    notices::tell(&report.notices, globals);
    Ok(DONE)
}
