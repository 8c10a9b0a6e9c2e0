//! How files are written, where a format leaves a choice: what commands that write parcels have in common.

use clap::{Args, ValueEnum};

use super::Failure;
use super::reader::{Globals, LangName, say};
use crate::diagnostics::Diagnostic;
use crate::outputs::{CsvCells, GeoParquetVersion, GeoParquetWriting, ParcelFormat, RowOrder, TableWords, Writing};
use crate::text::{Lang, Text};

/// What `--guard` does, wherever CSV is written.
pub(super) const GUARD_JA: &str =
    "CSVの、式のように始まるセル（= + - @）と、日付や数に変わるセル（1-2、007）の先頭に「'」を付け、文字のままにする";
pub(super) const GUARD_EN: &str = "Put an apostrophe before cells of CSV that a spreadsheet would run (= + - @) or change (1-2, 007), so that they stay texts";

/// The format that the choices of GeoParquet are about.
const GEOPARQUET: &str = "parquet";

/// What was said of how files are written.
#[derive(Debug, Default, Args)]
pub(super) struct HowWritten {
    #[arg(long, value_name = "LANG", value_enum, help = say(
        "parcels.csv の見出しの言語。指定がなければ列名（central など）",
        "The language of the headers of parcels.csv; unless said, they are the names of the columns"))]
    headers: Option<LangName>,
    #[arg(long, value_name = "LANG", value_enum, help = say(
        "Excel（parcels.xlsx）とQGISのプロジェクト（kyoten.qgz）の言語。指定がなければ --lang の言語、それもなければ日本語",
        "The language of the workbook parcels.xlsx and of the project kyoten.qgz; unless said that of --lang, else Japanese"))]
    labels: Option<LangName>,
    #[arg(long, value_name = "VERSION", value_enum, help = say(
        "GeoParquet（--format parquet）の版。指定がなければ 1.1。2.0 は図形をParquet自身の型で書くが、読めないソフトがまだ多い",
        "The version of GeoParquet (--format parquet): 1.1 unless said; 2.0 writes shapes in Parquet's own type, which many programs cannot read yet"))]
    geoparquet: Option<Version>,
    #[arg(long, value_name = "ORDER", value_enum, help = say(
        "GeoParquetの行の順。hilbert は近い筆どうしをヒルベルト曲線の順に並べ、一部だけを速く読めるようにする（全筆をメモリーに置く）。指定がなければ入力の順",
        "The order of the rows of GeoParquet: hilbert puts near parcels together, along Hilbert's curve, so that a part is read quickly (all are held in memory); input unless said"))]
    order: Option<Order>,
}

/// A version of GeoParquet, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Version {
    #[value(name = "1.1")]
    V1_1,
    #[value(name = "2.0")]
    V2_0,
}

/// An order of rows, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Input,
    Hilbert,
}

impl HowWritten {
    /// What was said, of a run that writes these formats.
    ///
    /// # Errors
    /// A choice about a format that the run does not write.
    pub(super) fn of(&self, guard: bool, formats: &[&ParcelFormat], globals: &Globals) -> Result<Writing, Failure> {
        let has_parquet = formats.iter().any(|format| format.name == GEOPARQUET);
        let idle = [("--geoparquet", self.geoparquet.is_some()), ("--order", self.order.is_some())];
        if let Some((option, _)) = idle.into_iter().find(|&(_, is_said)| is_said && !has_parquet) {
            let message = Text::new("GeoParquetを書かない実行では使えません。", "this run writes no GeoParquet");
            let help = Text::new("`--format parquet` を付けてください。", "add `--format parquet`");
            return Err(Diagnostic::error("option-of-another-format", message).at(option).help(help).into());
        }
        let usual = TableWords::default();
        let book = self.labels.map(Lang::from).or(globals.said()).unwrap_or(usual.book);
        let version = match self.geoparquet {
            Some(Version::V2_0) => GeoParquetVersion::V2_0,
            Some(Version::V1_1) | None => GeoParquetVersion::V1_1,
        };
        let order = match self.order {
            Some(Order::Hilbert) => RowOrder::Hilbert,
            Some(Order::Input) | None => RowOrder::Input,
        };
        Ok(Writing {
            cells: CsvCells { guard },
            words: TableWords { headers: self.headers.map(Lang::from), book },
            geoparquet: GeoParquetWriting { version, order },
        })
    }
}
