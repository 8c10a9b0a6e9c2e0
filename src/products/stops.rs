//! The product `stops`: stations and stops, their peak service, and what the criteria make of them.

use std::collections::BTreeSet;

use geo::{Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon};
use geo::{Point as GeoPoint, Polygon as GeoPolygon};
use serde_json::{Value, json};

use super::ProductContext;
use super::measured::rounded;
use super::words::{sources, stop_kind, stop_kinds};
use crate::criteria::{ReachedStop, Rules, StopCounts, StopQuestion, StopReach, Zone};
use crate::crs::FromPlane;
use crate::geometry::{Point, Polygon};
use crate::inputs::ValueType::{self, Number};
use crate::layers::StopKind;
use crate::outputs::qgis::{Category, Form, Label, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, STRONG_BORDER};
use crate::regions::Certainty;
use crate::table::{self, ProductColumn, cells, fields};
use crate::text::Text;
use crate::transit::{Origin, Peak, ServiceQuestion, Stop, ToldGroup, by_group};
use crate::units::Interval;
use crate::verdicts::Status;

/// A group of rows with what is told of it.
struct StopGroup<'a> {
    context: &'a ProductContext<'a>,
    rows: &'a [&'a Stop],
    connects: Option<Certainty>,
}

impl<'a> StopGroup<'a> {
    /// What the timetable that speaks for it tells of it.
    fn served(&self) -> Option<&'a ToldGroup> {
        self.context.timetables.get(self.rows[0].timetable?)
    }

    /// Its peak service as counted from the timetable.
    fn counted(&self) -> Option<&'a Peak> {
        self.context.assessor.peaks.get(self.rows[0].timetable?)
    }

    fn source(&self) -> Origin {
        if self.rows[0].timetable.is_some() { Origin::Timetable } else { self.rows[0].origin }
    }

    fn lines(&self) -> BTreeSet<String> {
        self.rows.iter().flat_map(|stop| &stop.lines).map(ToString::to_string).collect()
    }

    fn stop_ids(&self) -> Value {
        json!(self.served().map(|group| group.stop_ids.as_slice()).unwrap_or_default())
    }

    fn direction(&self) -> Value {
        match self.served().and_then(|group| group.direction.as_ref()) {
            // A pole's name may stand in the same column, so that a number stands as text too.
            Some(Ok(id)) => id.to_string().into(),
            Some(Err(name)) => name.as_str().into(),
            None => Value::Null,
        }
    }

    fn window(&self) -> Value {
        json!(self.counted().and_then(|peak| peak.window).map(|window| window.map(|time| time.to_string())))
    }

    fn frequent(&self) -> Certainty {
        frequent(self.context.assessor.judge.rules.has_service(self.rows[0]))
    }
}

/// The columns; those of the day's service where the rules ask for it.
#[rustfmt::skip]
fn columns<'a>(rules: &Rules) -> Vec<ProductColumn<StopGroup<'a>>> {
    let mut columns: Vec<ProductColumn<StopGroup<'a>>> = vec![
        ProductColumn { name: "name", title: Text::new("名称", "name"), value_type: ValueType::Text,
            cell: |group| json!(group.rows.iter().find_map(|stop| stop.name.as_deref())) },
        ProductColumn { name: "kind", title: Text::new("種別", "kind"), value_type: ValueType::Text, cell: |group| group.rows[0].kind.id().into() },
        ProductColumn { name: "source", title: Text::new("出典", "source"), value_type: ValueType::Text, cell: |group| group.source().id().into() },
        ProductColumn { name: "lines", title: Text::new("路線", "lines"), value_type: ValueType::Text, cell: |group| json!(group.lines()) },
        ProductColumn { name: "stop_ids", title: Text::same("stop_id"), value_type: ValueType::Text, cell: StopGroup::stop_ids },
        ProductColumn { name: "peak_trips_lo", title: Text::new("ピーク時運行本数 下限", "peak departures an hour, at least"), value_type: Number,
            cell: |group| group.rows[0].peak.lo.into() },
        ProductColumn { name: "peak_trips_hi", title: Text::new("ピーク時運行本数 上限", "peak departures an hour, at most"), value_type: Number,
            cell: |group| most(group.rows[0].peak) },
    ];
    if rules.asks_for_service(ServiceQuestion::DailyInOneDirection) {
        columns.push(ProductColumn { name: "daily_trips_lo", title: Text::new("1日の運行本数（片道） 下限", "departures a day, one direction, at least"), value_type: Number,
            cell: |group| group.rows[0].daily.one_direction.lo.into() });
        columns.push(ProductColumn { name: "daily_trips_hi", title: Text::new("1日の運行本数（片道） 上限", "departures a day, one direction, at most"), value_type: Number,
            cell: |group| most(group.rows[0].daily.one_direction) });
    }
    if rules.asks_for_service(ServiceQuestion::DailyInBothDirections) {
        columns.push(ProductColumn { name: "daily_trips_both_lo", title: Text::new("1日の運行本数（往復） 下限", "departures a day, both directions, at least"), value_type: Number,
            cell: |group| group.rows[0].daily.both_directions.lo.into() });
        columns.push(ProductColumn { name: "daily_trips_both_hi", title: Text::new("1日の運行本数（往復） 上限", "departures a day, both directions, at most"), value_type: Number,
            cell: |group| most(group.rows[0].daily.both_directions) });
    }
    columns.extend([
        ProductColumn { name: "direction", title: Text::new("方向", "direction"), value_type: ValueType::Text, cell: StopGroup::direction },
        ProductColumn { name: "window", title: Text::new("ピーク時間帯", "peak window"), value_type: ValueType::Text, cell: StopGroup::window },
        ProductColumn { name: "frequent", title: Text::new("本数の判定", "enough service"), value_type: ValueType::Text, cell: |group| group.frequent().id().into() },
        ProductColumn { name: "connects", title: Text::new("中心拠点区域への接続", "connects to a central zone"), value_type: ValueType::Text, cell: |group| json!(group.connects.map(Certainty::id)) },
    ]);
    columns
}

/// The upper end of a service; null where that is not known.
fn most(service: Interval<f64>) -> Value {
    json!(Some(service.hi).filter(|trips| trips.is_finite()))
}

/// The stations and stops, one row a group, in the order of the groups.
pub(super) fn stops(context: &ProductContext<'_>) -> Option<Product> {
    let groups = by_group(&context.assessor.stops);
    if groups.is_empty() {
        return None;
    }
    let connects = connections(connecting(context));
    let rules = &context.assessor.judge.rules;
    let columns = columns(rules);
    let words =
        [("kind", stop_kinds()), ("source", sources()), ("frequent", table::enough()), ("connects", table::enough())];
    let mut drawn = BTreeSet::new();
    let mut rows = Vec::new();
    for (number, stops) in &groups {
        let group = StopGroup { context, rows: stops, connects: connects(*number) };
        // One of which nobody knows where it stands has been told of.
        if stops.iter().all(|stop| stop.parts.is_empty()) {
            continue;
        }
        let geometry = geometry(stops, context.from_plane);
        drawn.extend(Form::of(&geometry).map(|form| (stops[0].kind, group.frequent(), form)));
        rows.push(ProductRow { cells: cells(&columns, &group), place: RowPlace::Geometry(geometry) });
    }
    Some(Product {
        name: "stops",
        title: Text::new("駅・停留所", "stations and stops"),
        fields: fields(&columns, words),
        rows,
        style: style(&drawn, rules),
    })
}

/// How the rules say how much service is enough for stops of a mode: `ピーク時3本/時`.
fn enough(rules: &Rules, mode: StopKind) -> Option<Text> {
    let (service, threshold, number) = rules.service_of(mode)?;
    let written = Text { ja: threshold.written_in_japanese(number).into(), en: threshold.written(number).into() };
    let is_peak = service == ServiceQuestion::PeakInOneDirection;
    Some(if is_peak { text!("ピーク時{written}", "{written} at the peak", written = written) } else { written })
}

/// The stops that connect to a zone, of the first zone that asks for that.
fn connecting<'a>(context: &ProductContext<'a>) -> Option<&'a StopReach> {
    let rules = &context.assessor.judge.rules;
    let asks = |zone: &Zone| {
        rules.criteria(*zone).any(|one| one.kind.stop_question().is_some_and(|question| is_connected(&question)))
    };
    context.assessor.makers.get(&rules.zones().find(asks)?)
}

fn is_connected(question: &StopQuestion) -> bool {
    question.counts(|counts| *counts == StopCounts::Connected)
}

/// What is said of a group's connection to a central zone; `None` where nobody asks.
fn connections(reach: Option<&StopReach>) -> impl Fn(usize) -> Option<Certainty> {
    let groups = |stops: &[ReachedStop]| stops.iter().map(|one| one.stop.group).collect::<BTreeSet<usize>>();
    let connecting = reach.map(|reach| (groups(&reach.sure), groups(&reach.possible)));
    move |group| {
        let (sure, possible) = connecting.as_ref()?;
        Some(match (sure.contains(&group), possible.contains(&group)) {
            (true, _) => Certainty::Sure,
            (false, true) => Certainty::Possible,
            (false, false) => Certainty::No,
        })
    }
}

/// The shape tells the kind, colour and hatching whether the service is enough. A category for each that there is.
fn style(drawn: &BTreeSet<(StopKind, Certainty, Form)>, rules: &Rules) -> Style {
    let category = |&(kind, frequent, form): &(StopKind, Certainty, Form)| {
        let shape = match kind {
            StopKind::Rail => "square",
            StopKind::Tram => "diamond",
            StopKind::Bus => "circle",
        };
        let enough = enough(rules, kind);
        let (status, label) = match enough {
            // Nobody asks how often these leave.
            None => (Status::Eligible, stop_kind(kind)),
            Some(enough) => {
                let (status, told) = match frequent {
                    Certainty::Sure => (Status::Eligible, text!("{enough}以上", "{enough} or more", enough = enough)),
                    Certainty::Possible => {
                        (Status::Undetermined, text!("{enough}以上か不明", "{enough}: not known", enough = enough))
                    }
                    Certainty::Expected | Certainty::No => {
                        (Status::Ineligible, text!("{enough}未満", "fewer than {enough}", enough = enough))
                    }
                };
                (status, text!("{kind}　{told}", "{kind}, {told}", kind = stop_kind(kind), told = told))
            }
        };
        Category {
            value: format!("{} {} {}", form.qgis(), kind.id(), frequent.id()),
            label,
            is_drawn: status != Status::Ineligible,
            symbol: Symbol::Sign(Sign {
                form,
                paint: Paint::of(status, u8::MAX),
                outline: Outline { colour: STRONG_BORDER, width: 0.2, pen: "solid", from: None },
                shape,
            }),
        }
    };
    let mut sorted: Vec<_> = drawn.iter().collect();
    sorted.sort_by_key(|(kind, frequent, form)| (*kind, std::cmp::Reverse(*frequent), *form));
    Style {
        by: r#"concat(geometry_type($geometry), ' ', "kind", ' ', "frequent")"#.to_owned(),
        categories: sorted.into_iter().map(category).collect(),
        label: Some(Label { expression: label(rules), from_scale: 25_000 }),
    }
}

/// The name, and below it the service that the rules ask for first: one number, from – to, or from – open.
fn label(rules: &Rules) -> Text {
    let (hour, day) = (Text::new("本/時", "/h"), Text::new("本/日", "/day"));
    let (stem, unit) = match rules.service() {
        Some((ServiceQuestion::DailyInOneDirection, ..)) => ("daily_trips", day),
        Some((ServiceQuestion::DailyInBothDirections, ..)) => ("daily_trips_both", day),
        Some((ServiceQuestion::PeakInOneDirection, ..)) | None => ("peak_trips", hour),
    };
    unit.map(|unit| {
        format!(
            r#"concat("name", '\n', if("{stem}_lo" = "{stem}_hi", to_string("{stem}_lo"), concat("{stem}_lo", '–', coalesce(to_string("{stem}_hi"), '?'))), '{unit}')"#
        )
    })
}

/// Whether the service is that which the rules ask for: for certain, and possibly.
fn frequent([sure, possible]: [bool; 2]) -> Certainty {
    match (sure, possible) {
        (true, _) => Certainty::Sure,
        (false, true) => Certainty::Possible,
        (false, false) => Certainty::No,
    }
}

/// Where the rows of a group are, in longitude and latitude.
fn geometry(rows: &[&Stop], from_plane: &FromPlane) -> Geometry<f64> {
    let degrees = |point: &Point| {
        let [lon, lat] = from_plane.lon_lat(*point).map(|degrees| rounded(degrees, 9).as_f64().unwrap_or(degrees));
        geo::coord! { x: lon, y: lat }
    };
    let line = |part: &[Point]| -> LineString<f64> { part.iter().map(degrees).collect() };
    let area = |area: Polygon<'_>| {
        let mut rings = area.rings().map(line);
        let shell = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        GeoPolygon::new(shell, rings.collect())
    };
    let parts = || rows.iter().flat_map(|stop| stop.parts.lines());
    let points: Vec<GeoPoint<f64>> =
        parts().filter(|part| part.len() == 1).map(|part| GeoPoint(degrees(&part[0]))).collect();
    let lines: Vec<LineString<f64>> = parts().filter(|part| part.len() > 1).map(|part| line(part)).collect();
    let areas: Vec<GeoPolygon<f64>> = rows.iter().flat_map(|stop| stop.parts.polygons()).map(area).collect();
    match (points.as_slice(), lines.as_slice(), areas.as_slice()) {
        ([point], [], []) => Geometry::Point(*point),
        (_, [], []) => Geometry::MultiPoint(MultiPoint(points)),
        ([], [line], []) => Geometry::LineString(line.clone()),
        ([], _, []) => Geometry::MultiLineString(MultiLineString(lines)),
        ([], [], [area]) => Geometry::Polygon(area.clone()),
        ([], [], _) => Geometry::MultiPolygon(MultiPolygon(areas)),
        _ => {
            let points = (!points.is_empty()).then_some(Geometry::MultiPoint(MultiPoint(points)));
            let lines = (!lines.is_empty()).then_some(Geometry::MultiLineString(MultiLineString(lines)));
            let areas = (!areas.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(areas)));
            Geometry::GeometryCollection(GeometryCollection([points, lines, areas].into_iter().flatten().collect()))
        }
    }
}
