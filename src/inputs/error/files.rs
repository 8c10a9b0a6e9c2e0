//! What is said of files, folders, patterns and archives that cannot be read.

use std::io::ErrorKind::{FileTooLarge, InvalidData, InvalidInput, QuotaExceeded, StorageFull, UnexpectedEof};
use std::path::Path;

use super::InputError;
use super::make::{NOT_WHOLE, listed};
use crate::diagnostics::{Diagnostic, refusal};
use crate::inputs::format;
use crate::text::Text;

impl InputError {
    /// `None` for what is wrong within a file.
    pub(super) fn of_files(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::NotFound { path, near } => {
                Diagnostic::error("file-not-found", Text::new("見つかりません。", "no such file"))
                    .at(path.display())
                    .help(near_help(near))
            }
            Self::Folder { path } => Diagnostic::error(
                "file-is-a-folder",
                Text::new("ファイルではなくフォルダーです。", "is a folder, not a file"),
            )
            .at(path.display())
            .help(text!(
                "中のファイルを指定してください。同じ種類のファイルをまとめて指定するには「{all}」のように書きます。",
                "name a file in it, or all of one kind, as in “{all}”",
                all = path.join("*.geojson").display()
            )),
            Self::ChangedWhileRead { path } => Diagnostic::error(
                "changed-while-read",
                Text::new("読んでいる間に、ファイルが変わりました。", "changed while it was read"),
            )
            .at(path.display())
            .help(Text::new(
                "ほかのプログラムでの保存やコピーが終わってから、もう一度実行してください。",
                "run it again once no other program writes to it",
            )),
            Self::NotAFolder { path } => Diagnostic::error(
                "folder-is-a-file",
                Text::new("フォルダーではなくファイルです。", "is a file, not a folder"),
            )
            .at(path.display())
            .help(Text::new("ファイルの入っているフォルダーを指定してください。", "name the folder that the files are in")),
            Self::TooManyFiles { folder, limit } => Diagnostic::error(
                "too-many-files",
                text!("ファイルが{limit}個を超えています。", "holds more than {limit} files"),
            )
            .at(folder.display())
            .help(Text::new(
                "検討に使うデータだけを入れたフォルダーを指定してください。",
                "name the folder of one study",
            )),
            Self::Pattern { pattern, problem } => Diagnostic::error(
                "path-pattern-invalid",
                text!(
                    "パスのパターンとして読めません（{problem}）。",
                    "is not a path pattern ({problem})",
                    problem = problem.clone()
                ),
            )
            .at(pattern)
            .help(Text::new(
                "書き直してください。使えるのは `*`、`?`、`[abc]` と、フォルダー名の全体としての `**` です。",
                "`*`, `?`, `[abc]` and `**` as a whole folder name are understood",
            )),
            Self::Io { path, source } => Diagnostic::error(
                "file-not-readable",
                text!("読めません（{reason}）。", "cannot be read ({reason})", reason = refusal(source)),
            )
            .at(path.display())
            .help(match source.kind() {
                InvalidData | InvalidInput | UnexpectedEof => Some(NOT_WHOLE),
                StorageFull | QuotaExceeded | FileTooLarge => Some(no_room()),
                _ => None,
            }),
            Self::EmptyFile { path } => empty_file(path),
            Self::UnknownFormat { path, head } => unknown_format(path, head),
            Self::LeftOut { path, format, feature } => Diagnostic::error(
                "format-not-built-in",
                text!(
                    "{format}ですが、このkyotenには読む機能が組み込まれていません。",
                    "is {format}, which this build of kyoten does not read"
                ),
            )
            .at(path.display())
            .help(text!(
                "標準の機能か `--features {feature}` を付けてkyotenをビルドするか、データをGeoJSONに書き出してください。",
                "build kyoten with its default features, or with `--features {feature}`; or export it as GeoJSON"
            )),
            Self::MissingSidecar { path, missing } => Diagnostic::error(
                "companion-missing",
                text!(
                    "同じフォルダーにあるはずの {missing} がありません。",
                    "the file {missing} beside it is missing",
                    missing = missing.display()
                ),
            )
            .at(path.display())
            .help(text!(
                "シェープファイルは複数のファイルで1組です。{missing} を同じフォルダーに置いてください。",
                "a shapefile is several files; put {missing} into the same folder",
                missing = missing.display()
            )),
            _ => return self.of_archives(),
        })
    }

    /// `None` for what is wrong within a file, or with one that is no archive.
    fn of_archives(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::Archive { path, problem } => Diagnostic::error(
                "archive-damaged",
                text!(
                    "書庫（ZIP）が途中で切れているか、壊れています（{problem}）。",
                    "is cut off or damaged as an archive: {problem}",
                    problem = problem.clone()
                ),
            )
            .at(path.display())
            .help(Text::new(
                "最後までダウンロードされていないようです。もう一度取得するか、展開して中のファイルを指定してください。",
                "the file was probably not downloaded whole; fetch it again, or unpack it and name the file in it",
            )),
            Self::Locked { path } => Diagnostic::error(
                "archive-locked",
                Text::new("パスワードがかかっています。", "is locked with a password"),
            )
            .at(path.display())
            .help(Text::new(
                "パスワードを入れて展開し、中のファイルを指定してください。",
                "unpack it with its password and name the file in it",
            )),
            Self::ClimbsOut { path, entry } => Diagnostic::error(
                "archive-entry-outside",
                text!(
                    "書庫の外を指す名前のファイル「{entry}」が入っています。",
                    "holds the entry “{entry}”, whose name leads out of the archive"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "公開されているデータにこのような書庫はありません。信頼できるものなら、展開して中のファイルを指定してください。",
                "no publisher makes such an archive; if it is to be trusted, unpack it and name the file in it",
            )),
            Self::UnpacksTooLarge { path, limit } => Diagnostic::error(
                "unpacks-too-large",
                text!(
                    "展開すると{limit}バイトを超えます。ファイルの大きさに比べて大きすぎます。",
                    "unpacks to more than {limit} bytes, far more than its size allows for"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "信頼できるものなら、手作業で展開して中のファイルを指定してください。",
                "if it is to be trusted, unpack it by hand and name the file in it",
            )),
            Self::NestedTooDeep { path, depth } => Diagnostic::error(
                "archives-nested-too-deep",
                text!(
                    "書庫の中の書庫が{depth}段を超えています。",
                    "lies in more than {depth} archives, one in the other"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "外側の書庫を展開し、内側の書庫を指定してください。",
                "unpack the outer archives and name the inner one",
            )),
            Self::NoLayerInside { path, names } => Diagnostic::error(
                "archive-without-layer",
                Text::new("読める形式のファイルが入っていません。", "holds no file of a format that is read"),
            )
            .at(path.display())
            .help(if names.is_empty() {
                Text::new("中身が空です。もう一度取得してください。", "it is empty; fetch it again")
            } else {
                text!(
                    "読める形式のデータを指定してください。入っているもの: {names}。読める形式: {formats}。",
                    "it holds: {names}; these are read: {formats}",
                    names = listed(names),
                    formats = format::names()
                )
            }),
            Self::SeveralLayers { path, layers } => Diagnostic::error(
                "several-layers",
                text!(
                    "複数のレイヤーが入っています（{layers}）。",
                    "holds several layers: {layers}",
                    layers = listed(layers)
                ),
            )
            .at(path.display())
            .help(which_layer(path, layers)),
            Self::NotATimetable { path, missing } => Diagnostic::error("not-a-timetable", not_a_timetable(missing))
                .at(path.display())
                .help(Text::new(
                    "stops.txt・trips.txt・stop_times.txt・routes.txt と、calendar.txt か calendar_dates.txt が\
                     入ったフォルダーまたはZIPを指定してください。複数あるときは「feeds/*」のように書けます。",
                    "name the folder or zip that holds stops.txt, trips.txt, stop_times.txt, routes.txt and calendar.txt or \
                     calendar_dates.txt; all of several as in “feeds/*”",
                )),
            Self::SeveralTimetables { path, folders } => Diagnostic::error(
                "several-timetables",
                text!(
                    "複数の時刻表が入っています（{folders}）。",
                    "holds several timetables: {folders}",
                    folders = listed(folders)
                ),
            )
            .at(path.display())
            .help(text!(
                "「{one}」のように1つを指定するか、「{all}」のようにすべてを指定してください。",
                "name one, as in “{one}”, or all, as in “{all}”",
                one = path.join(folders.first().map_or("feed", String::as_str)).display(),
                all = path.join("*").display()
            )),
            _ => return None,
        })
    }
}

fn near_help(near: &[String]) -> Text {
    if near.is_empty() {
        return Text::new(
            "名前とフォルダーを確かめてください。プロジェクトファイルの中のパスは、そのフォルダーから書きます。",
            "paths are taken from the folder of the project file; check the spelling and the folder",
        );
    }
    text!(
        "名前を確かめてください。そのフォルダーにある近い名前: {near}。",
        "that folder holds: {near}",
        near = listed(near)
    )
}

fn empty_file(path: &Path) -> Diagnostic {
    Diagnostic::error("file-empty", Text::new("空のファイルです（0バイト）。", "is empty (0 bytes)"))
        .at(path.display())
        .help(Text::new(
            "最後までダウンロードまたは保存されていないようです。もう一度取得してください。",
            "it seems not to have been downloaded or saved to its end: get it again",
        ))
}

/// A file in none of the formats that are read; `head` is its beginning.
fn unknown_format(path: &Path, head: &str) -> Diagnostic {
    Diagnostic::error(
        "format-unknown",
        text!(
            "読める形式ではありません（先頭のバイト: {head}）。",
            "is in no format that is read (its first bytes are {head})"
        ),
    )
    .at(path.display())
    .help(unknown_format_help(path))
}

fn unknown_format_help(path: &Path) -> Text {
    const OF_SHAPEFILE: [&str; 7] = ["dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix"];
    let ending = path.extension().and_then(|extension| extension.to_str());
    if ending.is_some_and(|ending| OF_SHAPEFILE.contains(&ending)) {
        return text!(
            "これはシェープファイルの一部です。{shp} を指定してください。",
            "this is a part of a shapefile: name {shp}",
            shp = path.with_extension("shp").display()
        );
    }
    advice_by_ending(path).unwrap_or_else(formats_that_are_read)
}

/// What to do with a file whose ending tells of what kind it is, where none of that kind is read.
pub(in crate::inputs) fn advice_by_ending(path: &Path) -> Option<Text> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    Some(match ending.as_str() {
        "xlsb" | "xls" | "numbers" => Text::new(
            "読めない形式の表計算ファイルです。`.xlsx`で保存し、それを指定してください。",
            "this is a workbook of a kind that is not read: save it as `.xlsx`, and name that",
        ),
        "kml" | "kmz" | "tab" | "mif" | "dxf" | "dwg" | "sfc" | "p21" => Text::new(
            "QGISなどで開き、GeoPackage（.gpkg）として保存し、それを使ってください。",
            "open it in QGIS or the like, save it as a GeoPackage (.gpkg), and use that",
        ),
        "lzh" | "7z" | "rar" | "tar" | "tgz" => {
            Text::new("展開して、中のファイルを使ってください。", "unpack it, and use the files in it")
        }
        _ => return None,
    })
}

fn formats_that_are_read() -> Text {
    text!(
        "読める形式で書き出してください。読める形式: {formats}。",
        "these are read: {formats}",
        formats = format::names()
    )
}

/// A folder that lacks tables; `a is`, `a, b and c are` missing.
fn not_a_timetable(missing: &[Text]) -> Text {
    let ja = match missing {
        [] => "必要な表".to_owned(),
        all => Text::list(all).ja.into_owned(),
    };
    let en = match missing {
        [] => "its tables are".to_owned(),
        [one] => format!("{} is", one.en),
        [most @ .., last] => format!("{} and {} are", Text::list(most).en, last.en),
    };
    Text {
        ja: format!("GTFSの時刻表ではありません（{ja}がありません）。").into(),
        en: format!("is no timetable in GTFS: {en} missing").into(),
    }
}

/// Nothing is written to the disk by reading but a copy.
fn no_room() -> Text {
    text!(
        "読む間の写しを {folder} に作ります。そこに空きを作るか、環境変数 `TMPDIR` で別のフォルダーを指定してください。",
        "while it is read a copy lies in {folder}: make room there, or name another folder in the variable `TMPDIR`",
        folder = std::env::temp_dir().display()
    )
}

/// How to say which of several layers is meant. Files of an archive may be parts of one.
fn which_layer(path: &Path, layers: &[String]) -> Text {
    let first = layers.first().map_or("name", String::as_str);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        return text!(
            "どのレイヤーを使うかを、kyoten.toml に `layer = \"{first}\"` のように書いてください。いくつかで1つのレイヤーになるときは、書庫の中のファイルのパスを並べて指定してください。",
            "say which in kyoten.toml, as in `layer = \"{first}\"`; where several are parts of one, list their paths in the archive"
        );
    }
    text!(
        "どのレイヤーを使うかを、kyoten.toml に `layer = \"{first}\"` のように書いてください。",
        "say which in kyoten.toml, as in `layer = \"{first}\"`"
    )
}
