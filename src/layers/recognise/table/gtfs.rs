//! The tables of timetables, so that whoever opens one alone is told what it is part of.

use super::super::{Publication, Use};
use super::BARE;

const fn table(id: &'static str, title: &'static str, fields: &'static [&'static str]) -> Publication {
    let part =
        "part of a timetable: its folder or archive is named as `gtfs` in [layers], and `kyoten peaks` counts it";
    Publication { id, title, use_as: Use::Nothing(part), fields, ..BARE }
}

pub(super) const PUBLICATIONS: &[Publication] = &[
    table("GTFS agency", "GTFS 事業者", &["agency_name", "agency_timezone"]),
    table("GTFS agency_jp", "GTFS-JP 事業者", &["agency_id", "agency_official_name"]),
    table("GTFS calendar", "GTFS 運行区分", &["service_id", "monday", "sunday"]),
    table("GTFS calendar_dates", "GTFS 運行日", &["service_id", "date", "exception_type"]),
    table("GTFS fare_attributes", "GTFS 運賃", &["fare_id", "price"]),
    table("GTFS fare_rules", "GTFS 運賃区間", &["fare_id", "origin_id"]),
    table("GTFS feed_info", "GTFS 提供情報", &["feed_publisher_name"]),
    table("GTFS frequencies", "GTFS 運行間隔", &["trip_id", "headway_secs"]),
    table("GTFS office_jp", "GTFS-JP 営業所", &["office_id", "office_name"]),
    table("GTFS routes", "GTFS 経路", &["route_id", "route_type"]),
    table("GTFS routes_jp", "GTFS-JP 経路", &["route_id", "route_update_date"]),
    table("GTFS shapes", "GTFS 描画", &["shape_id", "shape_pt_lat"]),
    table("GTFS stop_times", "GTFS 通過時刻", &["trip_id", "stop_id", "stop_sequence"]),
    table("GTFS stops", "GTFS 停留所・標柱", &["stop_id", "stop_name", "stop_lat", "stop_lon"]),
    table("GTFS transfers", "GTFS 乗換", &["from_stop_id", "to_stop_id"]),
    table("GTFS translations", "GTFS 翻訳", &["lang", "translation"]),
    table("GTFS trips", "GTFS 便", &["route_id", "service_id", "trip_id"]),
];
