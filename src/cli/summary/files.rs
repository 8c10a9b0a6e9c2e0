//! Where the files are, how true they are, and how long it took.

use std::path::Path;

use crate::cli::sheet::Sheet;
use crate::pipeline::Report;
use crate::text::Lang;

pub(super) fn write(sheet: &mut Sheet, report: &Report, everything: bool) {
    sheet.blank();
    let folder = report.files.first().and_then(|file| file.parent()).unwrap_or(Path::new(".")).display().to_string();
    let names: Vec<String> = report
        .files
        .iter()
        .filter_map(|file| file.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    let names = names.join(if sheet.lang == Lang::Ja { "、" } else { ", " });
    // A run of its parcels alone has no folder, and no record in it.
    let has_folder = !report.files.is_empty();
    if has_folder {
        sheet.say(0, &text!("{folder} に書いたファイル: {names}", "written to {folder}: {names}"));
    }
    if let Some(bounds) = report.record.error_bounds.as_ref().filter(|_| has_folder) {
        let circle_mm = (bounds.circle_m * 1000.0).round();
        sheet.say(
            0,
            &text!(
                "円の誤差は{circle_mm} mm以内、割合は100万分の1まで正確です。入力と数値はすべて run.json にあります。",
                "circles are true to {circle_mm} mm, shares to a millionth; every input and number is in run.json"
            ),
        );
    }
    if everything {
        let seconds = report.times.seconds;
        let [read, prepare, measure, zones, write] =
            [seconds.read, seconds.prepare, seconds.measure, seconds.zones, seconds.write]
                .map(|one| format!("{one:.2}"));
        sheet.say(
            0,
            &text!(
                "読み込み{read}秒、準備{prepare}秒、判定{measure}秒、候補区域{zones}秒、書き出し{write}秒",
                "read {read} s, prepare {prepare} s, measure {measure} s, zones {zones} s, write {write} s"
            ),
        );
    }
}
