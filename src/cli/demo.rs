//! `kyoten demo`: a made-up city in the publishers' formats, the run on it, and what else to try on it.

use std::path::Path;

use clap::Args;

use super::Failure;
use super::chosen::not_piped;
use super::reader::{Globals, lang, say};
use super::run::{How, run_project};
use super::usage::number;
use crate::demo::{DemoOptions, write_city};
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten demo                                  3,000 parcels
  kyoten demo --parcels 100000 --seed 7        a larger city, drawn in another way";

const EXAMPLES_JA: &str = "\
例:
  kyoten demo                                  3,000筆の市
  kyoten demo --parcels 100000 --seed 7        もっと大きな、別の市";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct DemoArguments {
    #[arg(long, value_name = "N", default_value_t = 3000, value_parser = number::<usize>, help = say("筆の数（10〜2,000,000）", "How many parcels, 10 to 2,000,000"))]
    parcels: usize,
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = number::<u64>, help = say(
        "乱数の種。種と筆の数が同じなら、同じ市になる", "The seed: the same seed and number of parcels give the same city"))]
    seed: u64,
    #[command(flatten)]
    pub(super) how: How,
}

/// Writes the city into `city/` of the run folder and runs on it.
pub(super) fn demo(arguments: &DemoArguments, globals: &Globals) -> Result<u8, Failure> {
    let DemoArguments { parcels, seed, how } = arguments;
    not_piped(&how.out)?;
    let folder = how.out.join("city");
    let city = write_city(&folder, &DemoOptions { parcels: *parcels, seed: *seed })?;
    let shown = folder.display();
    let made = text!(
        "{parcels}筆の架空の市（種 {seed}）: {shown}",
        "a made-up city of {parcels} parcels, seed {seed}: {shown}"
    );
    let (made, next) = (format!("{}\n", made.get(lang())), format!("\n{}", next(&folder)));
    run_project(&city.project, how, [&made, &next], globals)
}

/// Other commands that have something to show on the city in a folder.
fn next(folder: &Path) -> String {
    const TITLE: Text = Text::new("次に試すとよいコマンド", "Worth trying next");
    let path = |path: &Path| {
        let path = path.display().to_string();
        if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
    };
    let city = path(folder);
    let commands = [
        (
            Text::new(
                "ある筆がなぜそうなったか、何が変われば変わるか",
                "why a parcel stands as it does, and what would change it",
            ),
            format!("kyoten explain {city} 2-1"),
        ),
        (
            Text::new("市独自のルールによる判定", "the same city by rules of its own"),
            format!("kyoten run {} --out housing", path(&folder.join("housing.toml"))),
        ),
        (
            Text::new(
                "時刻表から数えた停留所ごとの本数",
                "departures at every stop of the timetables, by each way to count them",
            ),
            format!("kyoten peaks {city}"),
        ),
        (
            Text::new(
                "時刻表の数え方を変えると、判定が変わる筆",
                "parcels that other ways of counting timetables would change",
            ),
            format!("kyoten run {city} --peak-variants --out variants"),
        ),
        (
            Text::new("ファイルが何として読まれるか", "what a file is taken for, and what it holds"),
            format!("kyoten inspect {}", path(&folder.join("A50-20_22999.geojson"))),
        ),
        (
            Text::new(
                "ダウンロードしたフォルダーから作るプロジェクトファイル",
                "a project file from a folder of downloads",
            ),
            format!("kyoten init {city} --out my-city.toml"),
        ),
    ];
    let lines = commands.iter().map(|(what, command)| format!("\n  {}\n    {command}", what.get(lang())));
    format!("{}{}", TITLE.get(lang()), lines.collect::<String>())
}
