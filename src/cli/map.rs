//! `kyoten map`: a still map of a finished run, for papers and print.

use std::path::PathBuf;

use anstream::{eprintln, println};
use clap::Args;

use super::progress::Bar;
use super::{DONE, Failure};
use crate::criteria::Zone;
use crate::maps::still::{DPI, Lang, Size, StillMap, Wish};
use crate::pipeline::Progress as _;
use crate::runs::RunFolder;

/// Dots an inch unless `--dpi` says otherwise: enough for a printed A3.
const DEFAULT_DPI: u16 = 200;

const EXAMPLES: &str = "\
Examples:
  kyoten map kyoten-out --png map.png                         central zone, A3 landscape, 200 dpi
  kyoten map kyoten-out --svg map.svg --zone senior --size A2  to be edited: text stays text
  kyoten map kyoten-out --png a4.png --size A4 --portrait --lang ja

Exit status: 0 done; 2 not done, nothing written.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct MapArguments {
    /// A run folder, which `kyoten run --out` wrote.
    run: PathBuf,
    /// Write the map to this PNG file.
    #[arg(long, value_name = "FILE", required_unless_present = "svg")]
    png: Option<PathBuf>,
    /// Write the map to this SVG file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[arg(long, value_name = "ZONE", default_value = Zone::Central.id(), value_parser = zone,
        help = format!("Whose statuses the parcels show: {}", zones()))]
    zone: Zone,
    #[arg(long, value_name = "SIZE", default_value = Size::A3.name(), value_parser = size,
        help = format!("The sheet: {}", sizes()))]
    size: Size,
    /// Upright, with the panel below the map.
    #[arg(long)]
    portrait: bool,
    #[arg(long, value_name = "N", default_value_t = DEFAULT_DPI,
        value_parser = clap::value_parser!(u16).range(i64::from(*DPI.start())..=i64::from(*DPI.end())),
        help = format!("Dots an inch of the PNG, {} to {}", DPI.start(), DPI.end()))]
    dpi: u16,
    #[arg(long, value_name = "LANG", default_value = "both", value_parser = lang,
        help = format!("Languages: {}; both is Japanese with smaller English", langs()))]
    lang: Lang,
}

fn zones() -> String {
    Zone::ALL.map(Zone::id).join(", ")
}

fn zone(name: &str) -> Result<Zone, String> {
    let found = Zone::ALL.into_iter().find(|zone| zone.id() == name);
    found.ok_or_else(|| format!("no such zone; there are: {}", zones()))
}

fn sizes() -> String {
    Size::ALL.map(Size::name).join(", ")
}

fn size(name: &str) -> Result<Size, String> {
    Size::named(name).ok_or_else(|| format!("no such size; there are: {}", sizes()))
}

fn langs() -> String {
    Lang::ALL.map(|(name, _)| name).join(", ")
}

fn lang(name: &str) -> Result<Lang, String> {
    let found = Lang::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, lang)| lang);
    found.ok_or_else(|| format!("no such choice; there are: {}", langs()))
}

pub(super) fn map(arguments: &MapArguments) -> Result<u8, Failure> {
    let (png, svg) = (arguments.png.as_deref(), arguments.svg.as_deref());
    if png.is_some() && png == svg {
        return Err(Failure::new("--png and --svg name the same file", Some("give each a file of its own".to_owned())));
    }
    let bar = Bar::new();
    bar.stage(&crate::pipeline::Stage::Read.name());
    let map = RunFolder::open(&arguments.run).map_err(Failure::from).and_then(|run| {
        let MapArguments { zone, size, portrait, lang, .. } = *arguments;
        Ok(StillMap::of(&run, Wish { zone, size, portrait, lang })?)
    });
    bar.stage(&crate::text::Text::new("作図", "draw"));
    let written = map.and_then(|map| {
        let written = map.write(png, svg, arguments.dpi).map_err(|error| {
            let help = "give another file, on a disk with room; nothing was left half-written";
            Failure::new(error, Some(help.to_owned()))
        });
        written.map(|()| map)
    });
    bar.finish();
    tell(&written?, arguments);
    Ok(DONE)
}

/// Says what was written, and on standard error what is not as it should be.
fn tell(map: &StillMap, arguments: &MapArguments) {
    let sheet = format!("{}, 1:{}", arguments.size.name(), map.scale);
    if let Some(png) = &arguments.png {
        let [width, height] = map.pixels(arguments.dpi);
        println!("written: {} ({sheet}, {width} × {height} pixels)", png.display());
        if !map.missing.is_empty() {
            let missing: Vec<String> =
                map.missing.iter().map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign))).collect();
            eprintln!("warning: drawn as 〓, for the font has no such character: {}", missing.join(", "));
            eprintln!("    an SVG holds them as they are (--svg)");
        }
    }
    if let Some(svg) = &arguments.svg {
        println!("written: {} ({sheet})", svg.display());
    }
    if map.left_out > 0 {
        eprintln!("warning: the panel has no room for {} line(s) of its sources", map.left_out);
        eprintln!("    take a larger one (--size), or one language (--lang ja)");
    }
}
