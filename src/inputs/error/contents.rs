//! What is said of the contents of a file that was read well: its fields, values and coordinates.

use std::path::Path;

use super::InputError;
use super::make::listed;
use crate::diagnostics::Diagnostic;
use crate::text::Text;

/// What to do about a value that cannot be used.
const CORRECT_VALUE: Text =
    Text::new("値を直すか、別の属性を指定してください。", "correct the value, or name another field");

impl InputError {
    /// `None` for all that is wrong before the contents are known.
    pub(super) fn of_contents(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::MissingField { path, field, known, nearest } => Diagnostic::error(
                "field-missing",
                text!("属性「{field}」を持つ地物がありません。", "no feature has the field “{field}”"),
            )
            .at(path.display())
            .help(missing_field_help(known, nearest.as_deref())),
            Self::NotANumber { path, feature, field, value } => Diagnostic::error(
                "value-not-a-number",
                text!(
                    "{feature}番目の地物: 属性「{field}」の値「{value}」は数ではありません。",
                    "feature {feature}: the field “{field}” is “{value}”, not a number"
                ),
            )
            .at(path.display())
            .help(CORRECT_VALUE),
            Self::Negative { path, feature, field, value } => Diagnostic::error(
                "value-below-zero",
                text!(
                    "{feature}番目の地物: 属性「{field}」の値 {value} は0より小さい数です。",
                    "feature {feature}: the field “{field}” is {value}, below zero"
                ),
            )
            .at(path.display())
            .help(CORRECT_VALUE),
            Self::NothingLeft { path, left_out, kind } => Diagnostic::error(
                "nothing-left",
                text!(
                    "使えるものが残りません（除いたもの: {left_out}件）。{what}",
                    "nothing is left of it: {left_out} {what}",
                    what = kind.what.clone()
                ),
            )
            .at(path.display())
            .help(kind.advice.clone()),
            Self::EmptyLayer { path } => {
                Diagnostic::error("layer-empty", Text::new("地物が1つもありません。", "holds no features"))
                    .at(path.display())
                    .help(Text::new(
                        "地物の入ったファイルを指定してください。",
                        "name the file that holds the features",
                    ))
            }
            // Said before; they are named here so that no new one goes without words.
            Self::NotFound { .. }
            | Self::Folder { .. }
            | Self::ChangedWhileRead { .. }
            | Self::NotAFolder { .. }
            | Self::TooManyFiles { .. }
            | Self::Pattern { .. }
            | Self::Io { .. }
            | Self::Archive { .. }
            | Self::Locked { .. }
            | Self::ClimbsOut { .. }
            | Self::UnpacksTooLarge { .. }
            | Self::NestedTooDeep { .. }
            | Self::NoLayerInside { .. }
            | Self::SeveralLayers { .. }
            | Self::NotATimetable { .. }
            | Self::SeveralTimetables { .. }
            | Self::TooLarge { .. }
            | Self::UnknownEncoding { .. }
            | Self::Encoding { .. }
            | Self::EmptyFile { .. }
            | Self::UnknownFormat { .. }
            | Self::NotGeoJson { .. }
            | Self::EsriJson { .. }
            | Self::DatumGrid { .. }
            | Self::NotADatumGrid { .. }
            | Self::GridTwice { .. }
            | Self::Json { .. }
            | Self::Truncated { .. }
            | Self::DamagedRecord { .. }
            | Self::Damaged { .. }
            | Self::Packing { .. }
            | Self::GeometryEncoding { .. }
            | Self::LeftOut { .. }
            | Self::NotGeoPackage { .. }
            | Self::NoSuchLayer { .. }
            | Self::UnsupportedShape { .. }
            | Self::Table { .. }
            | Self::Xml { .. }
            | Self::MissingSidecar { .. } => return None,
            Self::PlaneMetresAsDegrees { .. }
            | Self::DegreesAsPlaneMetres { .. }
            | Self::SwappedAxes { .. }
            | Self::PlaneAxes { .. } => return self.of_positions(),
        })
    }

    /// Coordinates that cannot be those of the reference system.
    fn of_positions(&self) -> Option<Diagnostic> {
        Some(match self {
            Self::PlaneMetresAsDegrees { path, feature, x, y } => Diagnostic::error(
                "metres-as-degrees",
                text!(
                    "{feature}番目の地物の座標 [{x}, {y}] は経度・緯度ではありません。",
                    "feature {feature} has the position [{x}, {y}], which is no longitude and latitude"
                ),
            )
            .at(path.display())
            .help(plane_metres_help(path)),
            Self::DegreesAsPlaneMetres { path, feature, x, y, crs } => Diagnostic::error(
                "degrees-as-metres",
                text!(
                    "{feature}番目の地物の座標 [{x}, {y}] は {crs} の座標（m）とは考えられません。",
                    "feature {feature} has the position [{x}, {y}], which is hardly in metres of {crs}"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "経度・緯度（度）のようです。kyoten.toml の `crs` を直すか、省いてください（JGD2011の緯度経度は EPSG:6668 です）。",
                "these look like longitude and latitude in degrees: correct `crs` in kyoten.toml (JGD2011 in degrees is \
                 EPSG:6668), or leave it out",
            )),
            Self::SwappedAxes { path, feature, x, y } => Diagnostic::error(
                "axes-swapped",
                text!(
                    "{feature}番目の地物の座標 [{x}, {y}] は、緯度が経度より先に書かれています。",
                    "feature {feature} has the position [{x}, {y}]: latitude stands before longitude"
                ),
            )
            .at(path.display())
            .help(Text::new(
                "経度を先に書いてください。表では、`x`（経度）と `y`（緯度）に列の名前を指定してください。",
                "write longitude first; for a table, name the columns with `x` (経度) and `y` (緯度)",
            )),
            Self::PlaneAxes { path, x, y } => Diagnostic::error(
                "plane-axes-exchanged",
                text!(
                    "列「{x}」を東西、列「{y}」を南北の座標とすると、点が遠く離れた場所になります。入れ替えると合います。",
                    "with “{x}” as the easting and “{y}” as the northing its points lie far off, and in the right place the \
                     other way round"
                ),
            )
            .at(path.display())
            .help(text!(
                "測量ではXが北、Yが東です。東西方向の列を `x` に、南北方向の列を `y` に指定してください（例: `x = \"{y}\"`、`y = \"{x}\"`）。",
                "in Japanese surveying X runs north and Y east: name the easting with `x` and the northing with `y`, as in \
                 `x = \"{y}\"`, `y = \"{x}\"`"
            )),
            _ => return None,
        })
    }
}

fn plane_metres_help(path: &Path) -> Text {
    let shapefile = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("shp"));
    let ja = if shapefile { "書くか、.prj ファイルを同じフォルダーに置いて" } else { "書いて" };
    let en = if shapefile { ", or put its .prj file beside it" } else { "" };
    Text {
        ja: format!(
            "平面座標（m）のようです。kyoten.toml に `crs = \"EPSG:…\"` と座標参照系を{ja}ください\
             （JGD2011の平面直角座標系1〜19系は EPSG:6669〜EPSG:6687 です）。"
        )
        .into(),
        en: format!(
            "these look like metres of a plane: say which in kyoten.toml with `crs = \"EPSG:…\"` (JGD2011 plane rectangular \
             zones 1 to 19 are EPSG:6669 to EPSG:6687){en}"
        )
        .into(),
    }
}

fn missing_field_help(known: &[String], nearest: Option<&str>) -> Text {
    let fields = if known.is_empty() {
        Text::new("このファイルには属性が1つもありません。", "it has no fields")
    } else {
        text!("属性の名前を確かめてください。ファイルにある属性: {known}。", "it has: {known}", known = listed(known))
    };
    match nearest {
        Some(nearest) => {
            text!("「{nearest}」ではありませんか。{fields}", "did you mean “{nearest}”? {fields}", fields = fields)
        }
        None => fields,
    }
}
