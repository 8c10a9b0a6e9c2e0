//! What was given instead of a project file? A file of data, told by its first bytes or its name.

use std::path::Path;

use crate::diagnostics::Diagnostic;
use crate::inputs::FORMATS;
use crate::text::Text;

/// A file of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataFile {
    /// A zip.
    Archive,
    /// Another format, by its name.
    Format(Text),
    /// A format that its name tells: the ending, lower case.
    Ending(String),
}

/// How files begin, and what they are.
const BEGINNINGS: &[(&[u8], Text)] = &[
    (b"SQLite format 3\0", Text::same("GeoPackage")),
    (b"PAR1", Text::same("GeoParquet")),
    (b"fgb\x03", Text::same("FlatGeobuf")),
    (&[0, 0, 0x27, 0x0A], Text::new("シェープファイル", "Shapefile")),
    (&[0xD0, 0xCF, 0x11, 0xE0], WORKBOOK),
    (&[0x1F, 0x8B], Text::same("gzip")),
    (b"%PDF", Text::same("PDF")),
];

/// How every zip begins, also an empty one and one in parts.
const ARCHIVES: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"];

const WORKBOOK: Text = Text::new("Excelのブック", "Excel");

/// Workbooks are archives by their bytes.
const WORKBOOKS: &[&str] = &["xlsx", "xlsm", "xls", "ods"];

/// Parts of a shapefile beside the one that [`FORMATS`] names, and what else is data.
const OTHER_ENDINGS: &[&str] = &["dbf", "shx", "prj", "cpg", "kml", "zip", "pdf", "par"];

/// What a file is that cannot be read as a project file: its first bytes tell, otherwise its name. No TOML begins with `{`
/// or `<`.
pub(super) fn data(bytes: &[u8], file: &Path) -> Option<DataFile> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_one_of = |all: &[&str]| ending.as_deref().is_some_and(|ending| all.contains(&ending));
    if ARCHIVES.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Some(if is_one_of(WORKBOOKS) { DataFile::Format(WORKBOOK) } else { DataFile::Archive });
    }
    if let Some((_, name)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some(DataFile::Format(name.clone()));
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match text.trim_ascii_start().first() {
        Some(b'{') => return Some(DataFile::Format(Text::same("JSON"))),
        Some(b'<') => return Some(DataFile::Format(Text::same("XML"))),
        _ => {}
    }
    let is_data = is_one_of(OTHER_ENDINGS) || is_one_of(WORKBOOKS) || {
        // A text `kyoten.toml.txt` is most likely what Notepad made of a project file.
        FORMATS.iter().any(|format| !is_one_of(&["txt"]) && is_one_of(format.extensions))
    };
    ending.filter(|_| is_data).map(DataFile::Ending)
}

impl DataFile {
    /// What is said of it, about no place yet.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Archive => Diagnostic::error(
                "project-is-archive",
                Text::new("プロジェクトファイルではなく、書庫（ZIP）です。", "is an archive (ZIP), not a project file"),
            )
            .help(Text::new(
                "ZIPのままフォルダーに入れて、そのフォルダーを指定してください。中のファイルも読みます。",
                "put it into a folder and give the folder: archives in it are looked into",
            )),
            Self::Format(name) => Diagnostic::error(
                "project-is-data",
                text!(
                    "プロジェクトファイルではなく、データのファイル（{name}）です。",
                    "is a file of data ({name}), not a project file",
                    name = name.clone()
                ),
            )
            .help(GIVE_THE_PROJECT),
            Self::Ending(ending) => Diagnostic::error(
                "project-is-data",
                text!(
                    "プロジェクトファイルではなく、データのファイル（.{ending}）です。",
                    "is a file of data (.{ending}), not a project file"
                ),
            )
            .help(GIVE_THE_PROJECT),
        }
    }
}

/// What to do where another file was given.
pub(super) const GIVE_THE_PROJECT: Text = Text::new(
    "kyoten.toml を指定してください。データのファイルは、その中の [layers] に書きます。",
    "give the kyoten.toml itself; data files are named in it, under [layers]",
);
