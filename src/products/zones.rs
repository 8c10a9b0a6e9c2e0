//! The product `zones`: the candidate zones and what they carry.

use rayon::prelude::*;
use serde_json::Value;

use super::measured::{Carries, Carrying, carried, rounded};
use super::{ProductContext, words};
use crate::criteria::{Rules, Zone};
use crate::inputs::ValueType::{self, Number};
use crate::outputs::qgis::{Category, Form, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, STRONG_BORDER, colour, outline};
use crate::table::{ProductColumn, cells, fields, meets, statuses};
use crate::text::Text;
use crate::verdicts::Status;
use crate::zones::{Candidate, Makers, ZoneFacts, made_by};

/// A zone with what is told of it.
struct ZoneRow {
    zone_id: String,
    zone: Zone,
    status: Status,
    hectares: f64,
    facts: ZoneFacts,
    makers: Makers,
    parcels: u64,
    /// Longitude and latitude.
    centre: [f64; 2],
}

/// The columns.
#[rustfmt::skip]
fn columns() -> Vec<ProductColumn<ZoneRow>> {
    let mut columns: Vec<ProductColumn<ZoneRow>> = vec![
        ProductColumn { name: "id", title: Text::new("番号", "number"), value_type: ValueType::Text, cell: |row| row.zone_id.as_str().into() },
        ProductColumn { name: "zone", title: Text::new("区域", "zone"), value_type: ValueType::Text, cell: |row| row.zone.id().into() },
        ProductColumn { name: "status", title: Text::new("判定", "status"), value_type: ValueType::Text, cell: |row| row.status.id().into() },
        ProductColumn { name: "meets_as_a_whole", title: Text::new("区域全体での条件", "meets as a whole"), value_type: ValueType::Text,
            cell: |row| row.facts.meets_as_a_whole().into() },
        ProductColumn { name: "whole_fails", title: Text::new("区域全体で満たさない条件", "fails as a whole"), value_type: ValueType::Text,
            cell: |row| listed(row.facts.fails()) },
        ProductColumn { name: "area_ha", title: Text::new("面積 ha", "area, ha"), value_type: Number, cell: |row| rounded(row.hectares, 4) },
    ];
    columns.extend(carried());
    columns
}

impl Carrying for ZoneRow {
    fn carries(&self) -> Option<Carries<'_>> {
        let Self { facts, makers, parcels, centre, .. } = self;
        Some(Carries { parcels: *parcels, facts, makers, centre: *centre })
    }
}

/// The candidate zones, each with its facts and the number of parcels in it.
#[expect(clippy::unnecessary_wraps, reason = "every maker of the list says whether there is anything to tell")]
pub(super) fn zones(context: &ProductContext<'_>) -> Option<Product> {
    let rules = &context.assessor.judge.rules;
    let columns = columns();
    let words = [("zone", words::zones(rules.set)), ("status", statuses()), ("meets_as_a_whole", meets())];
    let (candidates, from_plane) = (&context.assessor.candidates, context.from_plane);
    let rows = candidates.par_iter().zip(makers_of(context)).zip(context.parcels_by_candidate);
    let row = |((candidate, makers), &parcels): ((&Candidate, Makers), &u64)| {
        let row = ZoneRow {
            zone_id: candidate.id.clone(),
            zone: candidate.zone,
            status: candidate.status,
            hectares: candidate.area.hectares(),
            facts: candidate.facts.clone(),
            makers,
            parcels,
            centre: from_plane.lon_lat(candidate.centre),
        };
        let place = RowPlace::Area(outline::degrees(&candidate.shape, from_plane));
        ProductRow { cells: cells(&columns, &row), place }
    };
    let rows = rows.map(row).collect();
    Some(Product {
        name: "zones",
        title: Text::new("候補区域", "candidate zones"),
        fields: fields(&columns, words),
        rows,
        style: style(rules),
    })
}

/// The stations and stops that make every candidate zone.
fn makers_of(context: &ProductContext<'_>) -> Vec<Makers> {
    let ProductContext { city, assessor, .. } = context;
    let of = |zone: &Candidate| assessor.makers.get(&zone.zone).map(|reach| made_by(zone, reach, &city.scale));
    assessor.candidates.par_iter().map(|zone| of(zone).unwrap_or_default()).collect()
}

/// How the candidates of one zone alone are drawn, over parcels that have the colours of the statuses: as a border whose line tells
/// theirs, since any colour would make streets in a zone look like parcels.
pub(super) fn style_of_one() -> Style {
    let category = |(status, pen): (Status, &'static str)| Category {
        value: status.id().to_owned(),
        label: status.name(),
        is_drawn: true,
        symbol: Symbol::Sign(Sign {
            form: Form::Area,
            paint: Paint { colour: colour(status), alpha: 0, hatched: false },
            outline: Outline { colour: STRONG_BORDER, width: 0.45, pen, from: None },
            shape: "square",
        }),
    };
    let pens = [(Status::Eligible, "solid"), (Status::Prospective, "dash"), (Status::Undetermined, "dot")];
    Style { by: "\"status\"".to_owned(), categories: pens.map(category).into(), label: None }
}

/// Colour and hatching tell the status, the border the zone. What lies below shows through: zones lie in each other.
fn style(rules: &Rules) -> Style {
    const BORDERS: [(f64, &str); 4] = [(0.8, "solid"), (0.5, "dash"), (0.5, "dot"), (0.5, "dash dot")];
    const ALPHA: u8 = 120;
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::Ineligible);
    let category = |(zone, status): (Zone, Status)| {
        let (width, pen) = BORDERS[zone.index() % BORDERS.len()];
        Category {
            value: format!("{} {}", zone.id(), status.id()),
            label: zone.name().joined(" ", &status.name()),
            is_drawn: true,
            symbol: Symbol::Sign(Sign {
                form: Form::Area,
                paint: Paint::of(status, ALPHA),
                outline: Outline { colour: STRONG_BORDER, width, pen, from: None },
                shape: "square",
            }),
        }
    };
    let both = rules.zone_regions().flat_map(|zone| statuses.clone().map(move |status| (zone, status)));
    Style { by: r#"concat("zone", ' ', "status")"#.to_owned(), categories: both.map(category).collect(), label: None }
}

/// Ids with commas between; null for none.
fn listed<'a>(ids: impl Iterator<Item = &'a str>) -> Value {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() { Value::Null } else { ids.join(",").into() }
}
