//! `kyoten inspect`: what a file holds and how kyoten reads it.

use std::fmt::Write as _;
use std::path::Path;

use anstream::println;
use clap::Args;

use super::summary::pad;
use super::{DONE, Failure};
use crate::discovery::{Inspection, ProblemSeen, inspect as inspect_file};
use crate::inputs::{InputError, ReadOptions, expand_all};
use crate::outputs::thousands;

/// So many features of a problem are named on a terminal; `--json` names all.
const SHOWN: usize = 20;

const EXAMPLES: &str = "\
Examples:
  kyoten inspect N02-23_GML.zip                every layer in an archive
  kyoten inspect 'downloads/*.shp' --json      for programs (docs/schemas/inspect.schema.json)
  kyoten inspect parcels.geojson --crs EPSG:6676  as it would be read with `crs = \"EPSG:6676\"`";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InspectArguments {
    /// Files, patterns, and archives (each layer in them).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Read them in this coordinate reference system, whatever they say.
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
    /// Read their text in this encoding.
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,
    /// The layer within a file that holds several.
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Print JSON: a list with one object a file.
    #[arg(long)]
    json: bool,
}

pub(super) fn inspect(arguments: &InspectArguments) -> Result<u8, Failure> {
    let InspectArguments { files, crs, encoding, layer, json } = arguments;
    let options =
        ReadOptions { crs: crs.clone(), encoding: encoding.clone(), layer: layer.clone(), ..ReadOptions::default() };
    let paths = expand_all(Path::new("."), files)?;
    let found: Result<Vec<Inspection>, InputError> = paths.iter().map(|path| inspect_file(path, &options)).collect();
    let found = found?;
    if *json {
        let text = serde_json::to_string_pretty(&found)
            .map_err(|error| Failure::new(format!("the report cannot be written as JSON ({error})"), None))?;
        println!("{text}");
    } else {
        let texts: Vec<String> = found.iter().map(text).collect();
        println!("{}", texts.join("\n").trim_end());
    }
    Ok(DONE)
}

fn text(found: &Inspection) -> String {
    let mut text = String::new();
    line!(text, "{}", found.path);
    line!(text, "  taken for   {}", taken_for(found));
    let encoding = found.encoding.as_ref().map(|encoding| format!(", text in {encoding}")).unwrap_or_default();
    line!(text, "  format      {}{encoding}", found.format);
    line!(text, "  CRS         {}", crs(found));
    let kinds: Vec<String> = found.geometries.iter().map(|(kind, n)| format!("{} {kind}", thousands(*n))).collect();
    line!(text, "  features    {} ({})", thousands(found.features as u64), kinds.join(", "));
    if let Some([west, south, east, north]) = found.extent_lon_lat {
        line!(text, "  extent      {west:.5}–{east:.5}° E, {south:.5}–{north:.5}° N");
    } else if let Some([west, south, east, north]) = found.extent {
        line!(text, "  extent      x {west} to {east}, y {south} to {north}");
    }
    line!(text, "  SHA-256     {}", found.sha256);
    fields(&mut text, found);
    found.problems.iter().for_each(|problem| say(&mut text, problem));
    text
}

fn taken_for(found: &Inspection) -> String {
    let Some(known) = &found.taken_for else { return "nothing that is known: name it in kyoten.toml".to_owned() };
    let layer = known.layer.map_or_else(|| "no layer".to_owned(), |layer| format!("`{layer}`"));
    let note = known.note.map(|note| format!("; {note}")).unwrap_or_default();
    format!("{layer}: {} (by its {}){note}", known.title, known.by)
}

fn crs(found: &Inspection) -> String {
    let crs = &found.crs;
    let mut text = match (&crs.name, &crs.found_in) {
        (Some(name), Some(place)) => format!("{name} ({place})"),
        (None, Some(place)) => format!("not understood ({place})"),
        _ if found.extent.is_some() => "not known".to_owned(),
        _ => "none: no coordinates".to_owned(),
    };
    if let Some(note) = &crs.note {
        let _ = write!(text, "; {note}");
    }
    text
}

fn fields(text: &mut String, found: &Inspection) {
    line!(text, "  fields      {}", found.fields.len());
    for field in &found.fields {
        let label = field.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
        let role = field.role.map(|role| format!(" → {role}")).unwrap_or_default();
        let filled = thousands(field.filled);
        let examples = field.examples.join(" | ").replace(['\n', '\r'], " ");
        line!(text, "    {}{filled:>9}  {examples}", pad(&format!("{}{label}{role}", field.name), 28));
    }
}

fn say(text: &mut String, problem: &ProblemSeen) {
    line!(text, "  {}: {} {}", problem.severity, thousands(problem.count), problem.what);
    let shown = problem.features.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    let more = problem.features.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("; and {more} more (--json names all)") } else { String::new() };
    line!(text, "    {shown}{more}");
    if !problem.advice.is_empty() {
        line!(text, "    {}", problem.advice);
    }
}
