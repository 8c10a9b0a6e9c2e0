//! What stops a layer: a file that cannot be read, or one that cannot mean what the project file says.

use std::path::{Path, PathBuf};

use crate::crs::CrsError;
use crate::inputs::InputError;

/// Why a layer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    /// The file cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Its CRS is not known, or its coordinates cannot be brought into the plane.
    #[error("{}: {source}", path.display())]
    Crs {
        /// The file.
        path: PathBuf,
        /// What is wrong with the CRS.
        source: CrsError,
    },
    /// Nothing says in which CRS its coordinates are.
    #[error("{}: nothing says which CRS the coordinates of the layer {layer} are in", path.display())]
    NoCrs {
        /// The layer.
        layer: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// It holds no feature.
    #[error("{}: the layer {layer} holds no feature", path.display())]
    Empty {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
    },
    /// `where` or `classes` leave nothing.
    #[error("{}: the layer {layer}: no feature has {field} = {}", path.display(), wanted.join(" or "))]
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
        hint: Option<Box<str>>,
    },
    /// No feature has a geometry of the kind that the layer needs.
    #[error("{}: the layer {layer} needs {needs}, and holds none", path.display())]
    NoGeometry {
        /// The layer.
        layer: &'static str,
        /// The first of its files.
        path: PathBuf,
        /// `polygons`, `points or lines`.
        needs: &'static str,
    },
    /// A field that the layer cannot do without is not named and not among the usual ones.
    #[error("{}: the layer {layer} has no field for `{role}`", path.display())]
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
    #[error("{}: the layer {layer} has several fields for `{role}`: {}", path.display(), candidates.join(", "))]
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
    #[error("{}: is a table of small areas (小地域) without their boundaries", path.display())]
    NoBoundaries {
        /// The table.
        path: PathBuf,
    },
    /// A table and boundaries that have no code in common.
    #[error("{}: none of its codes (such as {row}) is in {} (such as {polygon})", table.display(), boundaries.display())]
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
    #[error("{}: the unit {code} has two numbers for `{role}`: {} and {}", path.display(), numbers[0], numbers[1])]
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
    /// A code that is not a mesh code.
    #[error("{}: row {row}: “{code}” is no mesh code of 1 km, 500 m, 250 m or 125 m", path.display())]
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

    /// What the reader can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Input(error) => crate::diagnostics::Diagnose::help(error).first().map(|help| help.en.to_string()),
            Self::Crs { source, .. } => {
                crate::diagnostics::Diagnose::help(source).first().map(|help| help.en.to_string())
            }
            Self::NoCrs { layer, .. } => {
                Some(format!("say it in kyoten.toml: {layer} = {{ path = …, crs = \"EPSG:6676\" }}"))
            }
            Self::Empty { layer, .. } => Some(format!(
                "if the city has none, say so with `{layer} = []`; if it is not known, leave the line out"
            )),
            Self::NothingChosen { field, found, hint, .. } => {
                let hint = hint.as_ref().map(|hint| format!("{hint}; ")).unwrap_or_default();
                Some(format!(
                    "{hint}the values of {field} are: {}; correct `where` or `classes` in kyoten.toml",
                    found.join(", ")
                ))
            }
            Self::NoGeometry { needs, .. } => Some(format!("give a file of {needs}")),
            Self::NoField { role, known, .. } => {
                Some(format!("name it in kyoten.toml with `{role} = …`; the file has: {}", known.join(", ")))
            }
            Self::AmbiguousField { role, .. } => Some(format!("name one of them in kyoten.toml with `{role} = …`")),
            Self::NoBoundaries { path } => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                Some(format!(
                    "add the boundary file (境界データ, e-Stat 統計地理情報システム) of the same census: census = {{ path = \
                     [\"{name}\", \"r2ka22212.shp\"] }}"
                ))
            }
            Self::NothingJoined { .. } => {
                Some("give table and boundaries of the same census and the same place".to_owned())
            }
            Self::TwoNumbers { .. } => Some("give the tables of one census only, each unit once".to_owned()),
            Self::NoMeshCode { .. } => Some("give the column of the mesh code with `code = …`".to_owned()),
        }
    }
}

impl crate::diagnostics::Diagnose for LayerError {
    fn diagnostics(&self) -> Vec<crate::diagnostics::Diagnostic> {
        let said = self.to_string();
        let help: Option<String> = Self::help(self);
        vec![
            crate::diagnostics::Diagnostic::error("bridge", text!("〓{said}", "{said}"))
                .help(help.map(|help| text!("〓{help}", "{help}"))),
        ]
    }
}
