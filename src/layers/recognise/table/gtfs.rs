//! The tables of timetables, so that whoever opens one alone is told what it is part of.

use super::super::{Publication, Use};
use super::BARE;
use crate::text::Text;

const PART: &Text = &Text::new(
    "時刻表の一部です。フォルダーか書庫を [layers] の `gtfs` に指定してください。`kyoten peaks` で本数を数えられます。",
    "part of a timetable: its folder or archive is named as `gtfs` in [layers], and `kyoten peaks` counts it",
);

const TABLE: Publication = Publication { use_as: Use::Nothing(PART), ..BARE };

pub(super) const PUBLICATIONS: &[Publication] = &[
    Publication {
        id: "GTFS agency",
        title: &Text::same("GTFS 事業者"),
        fields: &["agency_name", "agency_timezone"],
        ..TABLE
    },
    Publication {
        id: "GTFS agency_jp",
        title: &Text::same("GTFS-JP 事業者"),
        fields: &["agency_id", "agency_official_name"],
        ..TABLE
    },
    Publication {
        id: "GTFS calendar",
        title: &Text::same("GTFS 運行区分"),
        fields: &["service_id", "monday", "sunday"],
        ..TABLE
    },
    Publication {
        id: "GTFS calendar_dates",
        title: &Text::same("GTFS 運行日"),
        fields: &["service_id", "date", "exception_type"],
        ..TABLE
    },
    Publication {
        id: "GTFS fare_attributes", title: &Text::same("GTFS 運賃"), fields: &["fare_id", "price"], ..TABLE
    },
    Publication {
        id: "GTFS fare_rules",
        title: &Text::same("GTFS 運賃区間"),
        fields: &["fare_id", "origin_id"],
        ..TABLE
    },
    Publication {
        id: "GTFS feed_info",
        title: &Text::same("GTFS 提供情報"),
        fields: &["feed_publisher_name"],
        ..TABLE
    },
    Publication {
        id: "GTFS frequencies",
        title: &Text::same("GTFS 運行間隔"),
        fields: &["trip_id", "headway_secs"],
        ..TABLE
    },
    Publication {
        id: "GTFS office_jp",
        title: &Text::same("GTFS-JP 営業所"),
        fields: &["office_id", "office_name"],
        ..TABLE
    },
    Publication { id: "GTFS routes", title: &Text::same("GTFS 経路"), fields: &["route_id", "route_type"], ..TABLE },
    Publication {
        id: "GTFS routes_jp",
        title: &Text::same("GTFS-JP 経路"),
        fields: &["route_id", "route_update_date"],
        ..TABLE
    },
    Publication {
        id: "GTFS shapes", title: &Text::same("GTFS 描画"), fields: &["shape_id", "shape_pt_lat"], ..TABLE
    },
    Publication {
        id: "GTFS stop_times",
        title: &Text::same("GTFS 通過時刻"),
        fields: &["trip_id", "stop_id", "stop_sequence"],
        ..TABLE
    },
    Publication {
        id: "GTFS stops",
        title: &Text::same("GTFS 停留所・標柱"),
        fields: &["stop_id", "stop_name", "stop_lat", "stop_lon"],
        ..TABLE
    },
    Publication {
        id: "GTFS transfers",
        title: &Text::same("GTFS 乗換"),
        fields: &["from_stop_id", "to_stop_id"],
        ..TABLE
    },
    Publication {
        id: "GTFS translations", title: &Text::same("GTFS 翻訳"), fields: &["lang", "translation"], ..TABLE
    },
    Publication {
        id: "GTFS trips",
        title: &Text::same("GTFS 便"),
        fields: &["route_id", "service_id", "trip_id"],
        ..TABLE
    },
];
