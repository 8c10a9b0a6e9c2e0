//! How a run is to be done, and who wants to know how far it is.

use std::io;
use std::path::{Path, PathBuf};

use crate::collect::Sweep;
use crate::diagnostics::Diagnostic;
use crate::layers::Selection;
use crate::outputs::{OutputError, ParcelFormat, Writing};
use crate::table::ColumnChoice;
use crate::text::Text;

/// In how many files the map of a run is.
#[cfg(feature = "maps")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapFiles {
    /// One, but for a large map: that leaves its parcels beside the page.
    BySize,
    /// One, however large.
    One,
}

#[cfg(feature = "maps")]
impl MapFiles {
    /// As it is asked for.
    #[must_use]
    pub fn asked(one_file: bool) -> Self {
        if one_file { Self::One } else { Self::BySize }
    }
}

/// How a run is to be done; the project says what.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run folder; `None`: its files are kept in memory, and no other is written.
    pub out: Option<PathBuf>,
    /// What is written.
    pub writes: Writes,
    /// Which of the parcels are meant.
    pub selection: Selection,
    /// The formats of the parcels.
    pub formats: Vec<&'static ParcelFormat>,
    /// Whether to write the map.
    #[cfg(feature = "maps")]
    pub map: bool,
    /// In how many files the map is.
    #[cfg(feature = "maps")]
    pub map_files: MapFiles,
    /// Whether to say what would change under other rules of counting timetables.
    pub peak_variants: bool,
    /// A threshold that goes from number to number: then the counts are written, and nothing of the parcels.
    pub sweep: Option<Sweep>,
    /// Which columns of parcels are written.
    pub columns: ColumnChoice,
    /// How files are written, where a format leaves a choice.
    pub writing: Writing,
    /// A file with the study as it was prepared before, of this project as it is: layers are not read then.
    pub study: Option<PathBuf>,
    /// A folder of such files, in which the run finds the one that fits, or leaves it for the next.
    pub cache: Option<PathBuf>,
    /// Whether the parcels and what is told beside them are handed back as tables too.
    #[cfg(feature = "geoparquet")]
    pub tables: bool,
}

/// What of a run is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Writes {
    /// The parcels and all that is told beside them.
    #[default]
    All,
    /// The parcels alone, in one format, into a file without a name, which the report has. Then [`Options::out`] says nothing, and there
    /// is neither a map nor a record.
    ParcelsAlone,
}

impl Default for Options {
    /// GeoJSON, and the map where this build has it, into the folder `kyoten-out`.
    fn default() -> Self {
        Self {
            out: Some(PathBuf::from("kyoten-out")),
            writes: Writes::default(),
            selection: Selection::default(),
            formats: ParcelFormat::writable().take(1).collect(),
            #[cfg(feature = "maps")]
            map: true,
            #[cfg(feature = "maps")]
            map_files: MapFiles::BySize,
            peak_variants: false,
            sweep: None,
            columns: ColumnChoice::default(),
            writing: Writing::default(),
            study: None,
            cache: None,
            #[cfg(feature = "geoparquet")]
            tables: false,
        }
    }
}

impl Options {
    /// Those of a sweep, which writes nothing of the parcels.
    #[must_use]
    pub fn of_sweep(out: Option<PathBuf>, sweep: Sweep) -> Self {
        Self {
            out,
            writes: Writes::default(),
            selection: Selection::default(),
            formats: Vec::new(),
            #[cfg(feature = "maps")]
            map: false,
            #[cfg(feature = "maps")]
            map_files: MapFiles::BySize,
            peak_variants: false,
            sweep: Some(sweep),
            columns: ColumnChoice::default(),
            writing: Writing::default(),
            study: None,
            cache: None,
            #[cfg(feature = "geoparquet")]
            tables: false,
        }
    }

    /// What of them shows in the files of a run. Whoever adds an option is asked by the compiler whether it does.
    pub(super) fn shows(&self) -> String {
        let Self {
            out: _,
            writes,
            selection,
            study: _,
            cache: _,
            formats,
            #[cfg(feature = "maps")]
            map,
            #[cfg(feature = "maps")]
            map_files,
            peak_variants,
            sweep,
            columns,
            writing,
            #[cfg(feature = "geoparquet")]
                tables: _,
        } = self;
        #[cfg(not(feature = "maps"))]
        let (map, map_files) = (&false, &());
        let formats: Vec<&str> = formats.iter().map(|format| format.name).collect();
        format!("{:?}", (writes, selection, formats, map, map_files, peak_variants, sweep, columns, writing))
    }

    /// Makes sure that a run of its parcels alone has one format, of which a file can be handed on by itself.
    ///
    /// # Errors
    /// Where it has not.
    pub(super) fn check(&self) -> Result<(), OutputError> {
        let is_fit = matches!(self.formats.as_slice(), [one] if one.stands_alone()) && self.sweep.is_none();
        if self.writes == Writes::All || is_fit {
            return Ok(());
        }
        let why = Text::new(
            "筆だけを書く実行には、それだけで渡せる形式を1つ指定します",
            "a run of its parcels alone takes one format that can be handed on by itself",
        );
        Err(OutputError::refused(Path::new("parcels"), io::ErrorKind::Unsupported, why))
    }

    /// Whether something is asked for that is worked out from the layers again.
    pub(super) fn asks_layers_again(&self) -> bool {
        self.peak_variants || self.sweep.is_some() || self.columns.explains
    }

    /// Whether a format says in words what the run tells beside the parcels.
    pub(super) fn wants_sheets(&self) -> bool {
        self.formats.iter().any(|format| format.is_workbook)
    }

    /// Whether something that is made of the parcels has types.
    pub(super) fn wants_types(&self) -> bool {
        self.wants_tables() || self.formats.iter().any(|format| format.is_typed)
    }

    #[cfg(feature = "geoparquet")]
    fn wants_tables(&self) -> bool {
        self.tables
    }

    #[cfg(not(feature = "geoparquet"))]
    #[expect(clippy::unused_self, reason = "asked as in a build with Arrow")]
    fn wants_tables(&self) -> bool {
        false
    }

    /// Whether one of these asks for the types of the input's own properties.
    pub(super) fn wants_own_types(&self) -> bool {
        (self.wants_tables() || self.formats.iter().any(|format| format.has_own_columns())) && !self.columns.drop_own
    }
}

/// Somebody who wants to know how far a run is.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, name: &Text);
    /// So many of all parcels are done.
    fn parcels(&self, done: u64, of: u64);
    /// Whether nobody wants the run any more: then it ends at the next step, and nothing of it is left.
    fn is_cancelled(&self) -> bool {
        false
    }

    /// Something is not as it should be that does not change what comes of the run.
    fn aside(&self, said: &Diagnostic) {
        let _ = said;
    }
}

/// Nobody.
impl Progress for () {
    fn stage(&self, _name: &Text) {}
    fn parcels(&self, _done: u64, _of: u64) {}
}
