//! `kyoten municipality`: what may a municipality use, and whom does it ask?

mod short;
mod text;

use std::path::PathBuf;

use clap::Args;

pub(super) use text::documents_cited;

use super::reader::{Globals, say};
use super::run::open;
use super::{DONE, Failure, notices, print};
use crate::criteria::{RuleSet, default_rules};
use crate::layers::Facility;
use crate::notices::Notices;
use crate::pipeline::{facilities_of_file, facilities_of_project};
use crate::programme::{ExclusionList, about, existing, facility_zones, find};
use crate::project::Project;
use crate::text::Text;

const EXAMPLES_EN: &str = "\
Examples:
  kyoten municipality 焼津市                    by its name, with or without what it is
  kyoten municipality 静岡県焼津市              with its prefecture, where several have the name
  kyoten municipality 大阪市北区                a ward, which counts with its city; a name of several is listed
  kyoten municipality 14101                     by its code
  kyoten municipality 焼津 --all                with kinds of facilities, their legal basis, and every source
  kyoten municipality 22212 --facilities f.csv  with what stands there already, kind by kind
  kyoten municipality 焼津 --json               for programs (docs/schemas/municipality.schema.json)

Exit status: 0 done; 2 no municipality is meant, or several are.";

const EXAMPLES_JA: &str = "\
例:
  kyoten municipality 焼津市                    名前で（市・区・町・村はなくてもよい）
  kyoten municipality 静岡県焼津市              同じ名前があるときは、都道府県を付ける
  kyoten municipality さいたま市大宮区          行政区は市として扱う（「北区」だけなら候補の一覧を示す）
  kyoten municipality 14101                     コードで
  kyoten municipality 焼津 --all                施設の種類と根拠法、出典もすべて表示する
  kyoten municipality 22212 --facilities f.csv  今ある施設を種類ごとに数える
  kyoten municipality 焼津 --json               形式は docs/schemas/municipality.schema.json

終了コード: 0 完了。2 あたる市区町村がない、または複数ある。";

#[derive(Debug, Args)]
#[command(after_help = say(EXAMPLES_JA, EXAMPLES_EN))]
pub(super) struct MunicipalityArguments {
    #[arg(value_name = "CODE-OR-NAME", help = say(
        "市区町村のコード（5桁か6桁）か名前", "A code of five or six digits, or a name"))]
    asked: String,
    #[arg(long, value_name = "FILE", help = say(
        "今ある施設のファイル。中心拠点誘導施設の種類ごとに数える",
        "A file of existing facilities, to be counted by the kinds of central facilities"))]
    facilities: Option<String>,
    #[arg(long, value_name = "PROJECT", help = say(
        "kyoten.toml かフォルダー。その施設と、使えない市区町村の一覧を使う",
        "A kyoten.toml or a folder: its facilities, and its list of municipalities that are left out"))]
    project: Option<PathBuf>,
    #[arg(long, value_name = "RULES", conflicts_with = "project", help = say(
        "使えない市区町村の一覧をとるルール（付属のルールの名前かファイル）",
        "The rules whose list of municipalities is used: a name of one that ships, or a file"))]
    rules: Option<PathBuf>,
    #[arg(long, help = say(
        "要点だけでなく、施設の種類と根拠法、ハンズオン支援、出典もすべて表示する",
        "Print all of it: kinds of facilities with their legal basis, hands-on support, and every source"))]
    all: bool,
    #[arg(long, help = say("すべてをJSONで表示する", "Print all of it as JSON"))]
    pub(super) json: bool,
}

pub(super) fn municipality(arguments: &MunicipalityArguments, globals: &Globals) -> Result<u8, Failure> {
    let found = find(&arguments.asked)?;
    let project = arguments.project.as_deref().map(|path| open(path, globals)).transpose()?;
    let list = list(project.as_ref(), arguments.rules.as_deref())?;
    let mut told = Notices::default();
    let facilities: Option<Vec<Facility>> = match (&arguments.facilities, &project) {
        (Some(file), _) => Some(facilities_of_file(file, &mut told)?),
        (None, Some(project)) => facilities_of_project(project, &mut told)?,
        (None, None) => None,
    };
    let central = facility_zones().iter().find(|zone| zone.one_of_a_kind.is_some());
    let existing = facilities.as_deref().zip(central).map(|(facilities, zone)| existing(facilities, zone));
    let about = about(found, list.as_ref(), existing);
    if arguments.json {
        print::out(format_args!("{:#}", about.document()))?;
    } else if !globals.quiet {
        print::out(if arguments.all { text::text(&about) } else { short::text(&about) })?;
    }
    notices::tell(&told, globals);
    Ok(DONE)
}

/// The list of those that the density type is closed to: the project's own, else that of its rules, else that of the rules that are
/// named, else that of the default ones.
pub(super) fn list(
    project: Option<&Project>,
    rules: Option<&std::path::Path>,
) -> Result<Option<ExclusionList>, Failure> {
    if let Some(codes) = project.and_then(|project| project.excluded_municipalities.clone()) {
        let of = Text::new("プロジェクトの `excluded_municipalities`", "`excluded_municipalities` of the project");
        return Ok(Some(ExclusionList { codes, of }));
    }
    let set = match (project, rules) {
        (Some(project), _) => project.rules.set,
        (None, Some(given)) => match given.to_str().and_then(RuleSet::named) {
            Some(set) => set,
            None => RuleSet::open(given)?,
        },
        (None, None) => default_rules(),
    };
    Ok(ExclusionList::of_rules(set))
}
