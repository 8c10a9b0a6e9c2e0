//! What stops a layer: a file that cannot be read, or one that cannot mean what the project file says.

use std::path::{Path, PathBuf};

use super::NothingSelected;
use super::nonsense::Nonsense;
use crate::crs::CrsError;
use crate::diagnostics::{Diagnose, Diagnostic};
use crate::inputs::InputError;
use crate::text::Text;

/// Why a layer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// The file cannot be read.
    Input(#[from] InputError),
    /// Its CRS is not known, or its coordinates cannot be brought into the plane.
    Crs {
        /// The file.
        path: PathBuf,
        /// What is wrong with the CRS.
        source: CrsError,
    },
    /// Nothing says in which CRS its coordinates are.
    NoCrs {
        /// The layer.
        layer: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// It holds no feature.
    Empty {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
    },
    /// `where` or `classes` leave nothing.
    NothingChosen {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
        /// The field that was asked.
        field: Box<str>,
        /// The values that were wanted.
        wanted: Vec<String>,
        /// Values that features have, the first few.
        found: Vec<String>,
        /// What the values themselves say is wrong.
        hint: Option<Box<Text>>,
    },
    /// No parcel is one of those that a run was to be of.
    NothingSelected(#[from] Box<NothingSelected>),
    /// No feature has a geometry of the kind that the layer needs.
    NoGeometry {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
        /// Polygons, points or lines.
        needs: Text,
        /// Why a table has none, and what to do about it.
        why: Option<Box<Text>>,
    },
    /// A field that the layer cannot do without is not named and not among the usual ones.
    NoField {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
        /// The role.
        role: &'static str,
        /// The fields that there are.
        known: Vec<String>,
    },
    /// Several fields could hold what a layer needs.
    AmbiguousField {
        /// The layer.
        layer: &'static str,
        /// The file.
        path: PathBuf,
        /// The role.
        role: &'static str,
        /// The fields, with their labels.
        candidates: Vec<String>,
    },
    /// A table of small areas without their shapes.
    NoBoundaries {
        /// The table.
        path: PathBuf,
    },
    /// A table and boundaries that have no code in common.
    NothingJoined {
        /// The table.
        table: PathBuf,
        /// The file with the shapes.
        boundaries: PathBuf,
        /// A code of the table.
        row: String,
        /// A code of the boundaries.
        polygon: String,
    },
    /// One census unit with two numbers.
    TwoNumbers {
        /// The file with the second.
        path: PathBuf,
        /// The unit's code.
        code: String,
        /// The role.
        role: &'static str,
        /// The numbers.
        numbers: [f64; 2],
    },
    /// What it says cannot be.
    Nonsense {
        /// The file.
        path: PathBuf,
        /// What it says.
        what: Box<Nonsense>,
    },
    /// A code that is not a mesh code.
    NoMeshCode {
        /// The file.
        path: PathBuf,
        /// 1-based row.
        row: usize,
        /// The code as it stands.
        code: String,
    },
}

impl LayerError {
    pub(super) fn crs(path: &Path, source: CrsError) -> Self {
        Self::Crs { path: path.to_owned(), source }
    }
}

impl Diagnose for LayerError {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        vec![match self {
            Self::Input(error) => return error.diagnostics(),
            Self::NothingSelected(error) => return error.diagnostics(),
            Self::Crs { path, source } => {
                return source.diagnostics().into_iter().map(|one| one.at(path.display())).collect();
            }
            Self::NoCrs { layer, path } => Diagnostic::error(
                "layer-without-crs",
                text!(
                    "レイヤー `{layer}` の座標がどの座標参照系によるのか、どこにも書かれていません。",
                    "nothing says which CRS the coordinates of the layer {layer} are in"
                ),
            )
            .at(path.display())
            .help(text!(
                "kyoten.toml に `{layer} = {{ path = …, crs = \"EPSG:6676\" }}` のように書いてください。",
                "say it in kyoten.toml: {layer} = {{ path = …, crs = \"EPSG:6676\" }}"
            )),
            Self::Empty { layer, path } => Diagnostic::error(
                "layer-empty",
                text!("レイヤー `{layer}` に地物がありません。", "the layer {layer} holds no feature"),
            )
            .at(path.display())
            .help(text!(
                "市内に1つもないときは `{layer} = []` と書き、あるかどうか分からないときは行を消してください。",
                "if the city has none, say so with `{layer} = []`; if it is not known, leave the line out"
            )),
            Self::NothingChosen { layer, path, field, wanted, found, hint } => {
                nothing_chosen(layer, field, wanted, (found, hint.as_deref())).at(path.display())
            }
            Self::NoGeometry { layer, path, needs, why } => Diagnostic::error(
                "layer-without-geometry",
                text!(
                    "レイヤー `{layer}` には{needs}が要りますが、1つもありません。",
                    "the layer {layer} needs {needs}, and holds none",
                    needs = needs.clone()
                ),
            )
            .at(path.display())
            .help(why.as_deref().cloned().unwrap_or_else(|| {
                text!("{needs}のファイルを指定してください。", "give a file of {needs}", needs = needs.clone())
            })),
            Self::NoField { layer, path, role, known } => no_field(layer, role, known).at(path.display()),
            Self::AmbiguousField { layer, path, role, candidates } => Diagnostic::error(
                "layer-field-ambiguous",
                text!(
                    "レイヤー `{layer}` には、`{role}` に当たりうる属性がいくつもあります（{candidates}）。",
                    "the layer {layer} has several fields for `{role}`: {candidates}",
                    candidates = listed(candidates)
                ),
            )
            .at(path.display())
            .help(text!(
                "kyoten.toml に `{role} = …` と書いて、その1つを指定してください。",
                "name one of them in kyoten.toml with `{role} = …`"
            )),
            Self::NoBoundaries { path } => no_boundaries(path).at(path.display()),
            Self::NothingJoined { table, boundaries, row, polygon } => Diagnostic::error(
                "census-nothing-joined",
                text!(
                    "コード（例: {row}）が、{boundaries} のコード（例: {polygon}）のどれとも一致しません。",
                    "none of its codes (such as {row}) is in {boundaries} (such as {polygon})",
                    boundaries = boundaries.display()
                ),
            )
            .at(table.display())
            .help(Text::new(
                "同じ国勢調査、同じ地域の表と境界データを指定してください。",
                "give table and boundaries of the same census and the same place",
            )),
            Self::TwoNumbers { path, code, role, numbers: [one, other] } => Diagnostic::error(
                "census-two-numbers",
                text!(
                    "{code} の `{role}` に、{one}と{other}の2つの値があります。",
                    "the unit {code} has two numbers for `{role}`: {one} and {other}"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "1つの国勢調査の表だけを、同じ地域が重ならないように指定してください。",
                "give the tables of one census only, each unit once",
            )),
            Self::Nonsense { path, what } => {
                return what.diagnostics().into_iter().map(|one| one.at(path.display())).collect();
            }
            Self::NoMeshCode { path, row, code } => Diagnostic::error(
                "census-no-mesh-code",
                text!(
                    "{row}行目の「{code}」は、1km、500m、250m、125mのどのメッシュコードでもありません。",
                    "row {row}: “{code}” is no mesh code of 1 km, 500 m, 250 m or 125 m"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "メッシュコードの列を `code = …` で指定してください。",
                "give the column of the mesh code with `code = …`",
            )),
        }]
    }
}

display_diagnosed!(LayerError);

/// Words out of the data, one after the other.
fn listed(words: &[String]) -> Text {
    Text { ja: words.join("、").into(), en: words.join(", ").into() }
}

fn nothing_chosen(
    layer: &str,
    field: &str,
    wanted: &[String],
    (found, hint): (&[String], Option<&Text>),
) -> Diagnostic {
    let quoted: Vec<String> = wanted.iter().map(|value| format!("「{value}」")).collect();
    let wanted = Text { ja: quoted.join("か").into(), en: wanted.join(" or ").into() };
    let hint = hint.map_or_else(|| Text::same(""), |hint| hint.with("", "; "));
    Diagnostic::error(
        "layer-nothing-chosen",
        text!(
            "レイヤー `{layer}` に、{field} が{wanted}の地物はありません。",
            "the layer {layer}: no feature has {field} = {wanted}",
            wanted = wanted
        ),
    )
    .help(text!(
        "{hint}{field} の値は、{found}です。kyoten.toml の `where` か `classes` を直してください。",
        "{hint}the values of {field} are: {found}; correct `where` or `classes` in kyoten.toml",
        hint = hint,
        found = listed(found)
    ))
}

fn no_field(layer: &str, role: &str, known: &[String]) -> Diagnostic {
    let (listed, known) = (listed(known), known.len());
    let there =
        if known > 0 { format!("ファイルにある属性は、{}です。", listed.ja) } else { String::new() };
    Diagnostic::error(
        "layer-without-field",
        text!(
            "レイヤー `{layer}` に、`{role}` に当たる属性がありません。",
            "the layer {layer} has no field for `{role}`"
        ),
    )
    .help(Text {
        ja: format!("kyoten.toml に `{role} = …` と書いて属性を指定してください。{there}").into(),
        en: format!("name it in kyoten.toml with `{role} = …`; the file has: {}", listed.en).into(),
    })
}

fn no_boundaries(path: &Path) -> Diagnostic {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Diagnostic::error(
        "census-without-boundaries",
        Text::new(
            "小地域の表だけで、その境界データがありません。",
            "is a table of small areas (小地域) without their boundaries",
        ),
    )
    .help(text!(
        "同じ国勢調査の境界データ（e-Stat 統計地理情報システム）を加えてください。\
         例: `census = {{ path = [\"{name}\", \"r2ka22212.shp\"] }}`",
        "add the boundary file (境界データ, e-Stat 統計地理情報システム) of the same census: census = {{ path = \
         [\"{name}\", \"r2ka22212.shp\"] }}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::checks;

    /// The number of a variant that speaks for itself.
    fn number(error: &LayerError) -> Option<usize> {
        Some(match error {
            LayerError::Input(_)
            | LayerError::NothingSelected(_)
            | LayerError::Crs { .. }
            | LayerError::Nonsense { .. } => return None,
            LayerError::NoCrs { .. } => 0,
            LayerError::Empty { .. } => 1,
            LayerError::NothingChosen { .. } => 2,
            LayerError::NoGeometry { .. } => 3,
            LayerError::NoField { .. } => 4,
            LayerError::AmbiguousField { .. } => 5,
            LayerError::NoBoundaries { .. } => 6,
            LayerError::NothingJoined { .. } => 7,
            LayerError::TwoNumbers { .. } => 8,
            LayerError::NoMeshCode { .. } => 9,
        })
    }

    #[test]
    fn every_error_speaks_both_languages() {
        let (layer, path) = ("census", PathBuf::from("a.csv"));
        let both = || vec!["T001".to_owned(), "T002".to_owned()];
        let chosen = |hint: Option<&str>| LayerError::NothingChosen {
            layer,
            path: path.clone(),
            field: "CITY".into(),
            wanted: both(),
            found: both(),
            hint: super::super::wards::hint(
                &[hint.unwrap_or_default().to_owned()],
                &["22100", "22138"].map(str::to_owned).into(),
            )
            .map(Box::new),
        };
        let no_field =
            |known: Vec<String>| LayerError::NoField { layer, path: path.clone(), role: "population", known };
        let errors = [
            LayerError::NoCrs { layer, path: path.clone() },
            LayerError::Empty { layer, path: path.clone() },
            chosen(None),
            chosen(Some("22101")),
            chosen(Some("22131")),
            LayerError::NoGeometry {
                layer,
                path: path.clone(),
                needs: Text::new("点か線", "points or lines"),
                why: None,
            },
            no_field(both()),
            no_field(Vec::new()),
            LayerError::AmbiguousField { layer, path: path.clone(), role: "seniors", candidates: both() },
            LayerError::NoBoundaries { path: path.clone() },
            LayerError::NothingJoined {
                table: path.clone(),
                boundaries: path.clone(),
                row: "22212".to_owned(),
                polygon: "22100".to_owned(),
            },
            LayerError::TwoNumbers { path: path.clone(), code: "1".to_owned(), role: "seniors", numbers: [1.0, 2.5] },
            LayerError::NoMeshCode { path: path.clone(), row: 3, code: "x".to_owned() },
        ];
        let said: Vec<_> = errors
            .iter()
            .flat_map(|error| error.diagnostics().into_iter().filter_map(|one| Some((number(error)?, one))))
            .collect();
        checks::of_every_variant(10, &said);
        assert_eq!(errors[2].to_string(), "a.csv: the layer census: no feature has CITY = T001 or T002");
        assert_eq!(
            errors[3].help()[0].en,
            "22101 is a ward of 静岡市, which the file has as a whole: 22100; the values of CITY are: T001, T002; correct \
             `where` or `classes` in kyoten.toml"
        );
        let crs = LayerError::crs(&path, CrsError::UnknownText { text: "?".to_owned() });
        assert_eq!(crs.to_string(), "a.csv: \"?\" is no coordinate reference system");
    }
}
