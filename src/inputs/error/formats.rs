//! What is said of files that break the rules of their format, or use what is not read of it.

use super::InputError;
use super::make::{NOT_WHOLE, listed};
use crate::diagnostics::Diagnostic;
use crate::text::Text;

/// What to do about a place in a text that breaks the rules of its format.
const CORRECT_IT: Text =
    Text::new("その箇所を直すか、もう一度書き出してください。", "correct that place, or export the file again");

impl InputError {
    /// `None` for what is wrong with other things than the format.
    pub(super) fn of_formats(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::NotGeoJson { path, found } => Diagnostic::error("not-geojson", not_geojson(found.as_deref()))
                .at(path.display())
                .help(Text::new(
                    "GeoJSONとして書き出してください。FeatureCollection、Feature、図形と、これらを1行に1つずつ書いたものを読みます。",
                    "a FeatureCollection, a Feature, a geometry, or one of these a line is read; export it as GeoJSON",
                )),
            Self::EsriJson { path } => Diagnostic::error(
                "esri-json",
                Text::new(
                    "ArcGISのEsri JSONです。GeoJSONではありません（`attributes` と `rings` などで書かれています）。",
                    "is Esri JSON, as ArcGIS writes it, and not GeoJSON (it has `attributes`, `rings` and their like)",
                ),
            )
            .at(path.display())
            .help(Text::new(
                "GeoJSONとして書き出してください。ArcGISのサービスでは `f=geojson` を指定します。",
                "export it as GeoJSON; of an ArcGIS service ask for `f=geojson`",
            )),
            Self::Json { path, feature, line, problem } => Diagnostic::error(
                "geojson-invalid",
                text!(
                    "{feature}番目の地物（{line}行目）: {problem}。",
                    "feature {feature} (line {line}): {problem}",
                    problem = problem.clone()
                ),
            )
            .at(path.display())
            .help(CORRECT_IT),
            Self::Truncated { path, feature, line } => Diagnostic::error(
                "geojson-cut-off",
                text!(
                    "{line}行目に始まる{feature}番目の地物の途中で終わっています。",
                    "ends inside feature {feature}, which begins on line {line}"
                ),
            )
            .at(path.display())
            .help(NOT_WHOLE),
            Self::DamagedRecord { path, record, problem } => {
                Diagnostic::error("record-damaged", damaged_record(*record, problem)).at(path.display()).help(NOT_WHOLE)
            }
            Self::Damaged { path, problem } => Diagnostic::error(
                "file-damaged",
                text!(
                    "途中で切れているか、壊れています（{problem}）。",
                    "is cut off or damaged: {problem}",
                    problem = problem.clone()
                ),
            )
            .at(path.display())
            .help(NOT_WHOLE),
            Self::Table { path, row, problem } => Diagnostic::error("table-invalid", of_row(*row, problem))
                .at(path.display())
                .help(CORRECT_IT),
            Self::Xml { path, line, problem } => Diagnostic::error(
                "xml-invalid",
                text!("{line}行目: {problem}。", "line {line}: {problem}", problem = problem.clone()),
            )
            .at(path.display())
            .help(NOT_WHOLE),
            _ => return self.of_unread(),
        })
    }

    /// What a format allows and is not read, or is not there to be read.
    fn of_unread(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::TooLarge { path, place, limit } => Diagnostic::error(
                "feature-too-large",
                text!(
                    "{place}が{limit}バイトを超えています。",
                    "{place} takes more than {limit} bytes",
                    place = place.clone()
                ),
            )
            .at(path.display())
            .help(Text::new(
                "これほど大きな地物はありません。ファイルの中身を確かめるか、もう一度書き出してください。",
                "no layer has a feature as large as that; look at the file, or export it again",
            )),
            Self::UnknownEncoding { path, label } => Diagnostic::error(
                "encoding-unknown",
                text!("「{label}」という文字コードはありません。", "the encoding “{label}” is not known"),
            )
            .at(path.display())
            .help(Text::new(
                "`utf-8` か `cp932` を指定するか、`encoding` を省いてください。省くと自動で判別します。",
                "use `utf-8` or `cp932`, or leave `encoding` out to have it found",
            )),
            Self::Encoding { path, tried } => Diagnostic::error(
                "text-in-other-encoding",
                text!("文字を{tried}として読めません。", "the text is not {tried}", tried = tried.clone()),
            )
            .at(path.display())
            .help(Text::new(
                "kyoten.toml に `encoding = \"cp932\"`（Shift_JIS）のように文字コードを書くか、UTF-8で保存し直してください。",
                "say in kyoten.toml which it is, as in `encoding = \"cp932\"` (Shift_JIS), or save the file as UTF-8",
            )),
            Self::Packing { path, packing } => Diagnostic::error(
                "packing-not-read",
                text!(
                    "{packing}で圧縮されていて、読めません。",
                    "is packed with {packing}, which is not read",
                    packing = (**packing).clone()
                ),
            )
            .at(path.display())
            .help(Text::new(
                "SnappyかZstandardで圧縮してください。GeoPandasの to_parquet では `compression=\"zstd\"`、\
                 ogr2ogr では `-lco COMPRESSION=ZSTD` を指定します。",
                "write it with Snappy or Zstandard: `compression=\"zstd\"` of to_parquet in GeoPandas, \
                 `-lco COMPRESSION=ZSTD` of ogr2ogr",
            )),
            Self::GeometryEncoding { path, column, encoding } => Diagnostic::error(
                "geometry-encoding-not-read",
                text!(
                    "列「{column}」の図形は「{encoding}」で書かれていて、読めません。",
                    "the geometries in “{column}” are encoded as {encoding}, which is not read"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "図形をWKBで書き出してください。GeoPandasの to_parquet では `geometry_encoding=\"WKB\"`、\
                 ogr2ogr では `-lco GEOMETRY_ENCODING=WKB` を指定します。",
                "write them as well-known binary: `geometry_encoding=\"WKB\"` of to_parquet in GeoPandas, \
                 `-lco GEOMETRY_ENCODING=WKB` of ogr2ogr",
            )),
            Self::NotGeoPackage { path } => Diagnostic::error(
                "not-a-geopackage",
                Text::new(
                    "SQLiteのデータベースですが、GeoPackageではありません。",
                    "is an SQLite database but not a GeoPackage",
                ),
            )
            .at(path.display())
            .help(Text::new(
                "レイヤーをGeoPackageかGeoJSONに書き出してください。",
                "export the layer as GeoPackage or GeoJSON",
            )),
            Self::NoSuchLayer { path, layer, layers } => Diagnostic::error(
                "no-such-layer",
                text!("レイヤー「{layer}」がありません。", "has no layer “{layer}”"),
            )
            .at(path.display())
            .help(no_such_layer_help(layers)),
            Self::UnsupportedShape { path, record, shape_type } => Diagnostic::error(
                "shape-type-not-read",
                text!(
                    "{record}番目のレコードの図形の種類（番号{shape_type}）は読めません。",
                    "record {record} holds a shape of type {shape_type}, which is not read"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "点・線・ポリゴンのどれかで書き出してください（ZやMが付いていてもかまいません）。",
                "points, lines and polygons are read (also with Z or M); export the layer as one of these",
            )),
            _ => return self.of_grids(),
        })
    }

    /// What is wrong with a grid of datum shifts.
    fn of_grids(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::DatumGrid { path, line, problem } => {
                Diagnostic::error("datum-grid-invalid", of_line(*line, problem)).at(path.display()).help(Text::new(
                    "国土地理院が公開しているファイルを、もう一度取得して、そのまま使ってください。",
                    "fetch the file again, and use it as GSI publishes it",
                ))
            }
            Self::NotADatumGrid { path, what } => Diagnostic::error(
                "not-a-datum-grid",
                text!(
                    "測地系を変換するパラメータとして使えません（{what}）。",
                    "is no grid of shifts between datums ({what})",
                    what = what.clone()
                ),
            )
            .at(path.display())
            .help(Text::new(
                "`datum_grids` には、国土地理院の TKY2JGD.par か、PatchJGD の座標補正パラメータ（touhokutaiheiyouoki2011.par など）を指定してください。",
                "`datum_grids` takes GSI's TKY2JGD.par, and grids of PatchJGD such as touhokutaiheiyouoki2011.par",
            )),
            Self::GridTwice { path, other } => Diagnostic::error(
                "datum-grid-twice",
                text!("{other} と同じ格子です。", "is the same grid as {other}", other = other.display()),
            )
            .at(path.display())
            .help(Text::new(
                "`datum_grids` には、どちらか一方だけを書いてください。",
                "name only one of them in `datum_grids`: its shift would be made twice",
            )),
            _ => return None,
        })
    }
}

fn not_geojson(found: Option<&str>) -> Text {
    match found {
        None => Text::new(
            "JSONですが、GeoJSONではありません（`type` がありません）。",
            "is JSON but not GeoJSON (it has no `type`)",
        ),
        Some(found) => text!(
            "JSONですが、GeoJSONではありません（`type` が「{found}」です）。",
            "is JSON but not GeoJSON (its `type` is “{found}”)"
        ),
    }
}

fn no_such_layer_help(layers: &[String]) -> Text {
    if layers.is_empty() {
        return Text::new(
            "ほかのファイルを指定してください。このファイルにはレイヤーが1つもありません。",
            "it holds no layers at all",
        );
    }
    text!("このファイルにあるレイヤーを指定してください: {layers}。", "it has: {layers}", layers = listed(layers))
}

/// A record that is damaged; record 0 is the header, which the problem itself names.
fn damaged_record(record: usize, problem: &Text) -> Text {
    if record == 0 {
        return text!(
            "途中で切れているか、壊れています（{problem}）。",
            "is cut off or damaged: {problem}",
            problem = problem.clone()
        );
    }
    text!(
        "{record}番目のレコードが途中で切れているか、壊れています（{problem}）。",
        "record {record} is cut off or damaged: {problem}",
        problem = problem.clone()
    )
}

/// A problem on a line of a text; line 0 is the whole file.
fn of_line(line: usize, problem: &Text) -> Text {
    if line == 0 {
        return text!("使えません（{problem}）。", "cannot be used: {problem}", problem = problem.clone());
    }
    text!("{line}行目: {problem}。", "line {line}: {problem}", problem = problem.clone())
}

/// A problem in a row of a table; row 0 is that of the names.
fn of_row(row: usize, problem: &Text) -> Text {
    let place = if row == 0 { Text::new("列名の行", "row 0") } else { text!("{row}行目", "row {row}") };
    text!("{place}: {problem}。", "{place}: {problem}", place = place, problem = problem.clone())
}
