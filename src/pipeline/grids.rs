//! Which grids of shifts from older datums does a project have, and does anything go through them?

use std::collections::{BTreeMap, BTreeSet};

use super::RunError;
use crate::crs::DatumGrids;
use crate::inputs::{SourceFile, read_grids};
use crate::layers::{FileReport, LayerReport};
use crate::notices::{NoticeKind, Notices, Severity};
use crate::project::Project;
use crate::text::Text;

/// The key of the project file, which a run calls them by.
const KEY: &str = "datum_grids";

/// A grid that nothing goes through.
static UNUSED: NoticeKind = NoticeKind {
    id: "datum-grid-unused",
    severity: Severity::Info,
    what: Text::new(
        "`datum_grids` に、どのファイルにも使われない格子があります。その格子で移す測地系のファイルがないためです。",
        "grid(s) of `datum_grids` that no file goes through: none is on a datum that they lead on from",
    ),
    advice: None,
};

/// The grids of a project, and their files.
#[derive(Default)]
pub(super) struct Grids {
    pub(super) all: DatumGrids,
    files: Vec<SourceFile>,
}

impl Grids {
    /// Reads the grids that the project names.
    ///
    /// # Errors
    /// Every file that is none.
    pub(super) fn read(project: &Project) -> Result<Self, Vec<RunError>> {
        let read = read_grids(&project.base, &project.datum_grids);
        let found = read.map_err(|errors| errors.into_iter().map(RunError::from).collect::<Vec<_>>())?;
        let (grids, files): (Vec<_>, Vec<_>) = found.into_iter().map(|file| (file.grid, file.source)).unzip();
        Ok(Self { all: DatumGrids::new(grids), files })
    }

    /// What a run says of them, as of a layer; `None` where there is none.
    pub(super) fn layer(self) -> Option<LayerReport> {
        let used = self.files.iter().map(|file| file.features).sum();
        let files: Vec<_> =
            self.files.into_iter().map(|source| FileReport { source, crs: None, published: None }).collect();
        (!files.is_empty()).then(|| LayerReport {
            name: KEY.to_owned(),
            files,
            fields: BTreeMap::new(),
            used,
            note: None,
        })
    }

    /// Tells of those that none of these files goes through.
    pub(super) fn tell_unused<'a>(&self, read: impl Iterator<Item = &'a FileReport>, notices: &mut Notices) {
        let used: BTreeSet<&str> =
            read.filter_map(|file| file.crs.as_ref()).flat_map(|crs| &crs.grids).map(String::as_str).collect();
        for file in &self.files {
            let path = file.path.display().to_string();
            if !used.contains(path.as_str()) {
                notices.add(KEY, &UNUSED, path);
            }
        }
    }
}
