//! Chosen sites on a map: each with its parcels, whom it serves and what is near.

use serde_json::Value;

use super::measured::rounded;
use crate::crs::{FromPlane, ScaleField};
use crate::inputs::ValueType::{self, Integer, Number};
use crate::outputs::qgis::{Category, Form, Label, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, SITE_COLOUR, outline};
use crate::queries::{ChosenSite, NearFacility, Served};
use crate::regions::{Region, around};
use crate::table::{ProductColumn, cells, fields, land_uses, statuses};
use crate::text::Text;
use crate::units::Metres;
use crate::verdicts::LandUse;

/// The name of the product.
pub const SITES: &str = "sites";

struct Row<'a> {
    /// Its place among the sites, from 1.
    number: usize,
    site: &'a ChosenSite,
}

#[rustfmt::skip]
fn columns<'a>() -> Vec<ProductColumn<Row<'a>>> {
    vec![
        ProductColumn { name: "id", title: Text::new("番号", "number"), value_type: Integer, cell: |row| row.number.into() },
        ProductColumn { name: "parcels", title: Text::new("筆", "parcels"), value_type: ValueType::Text, cell: |row| row.site.candidate.name().into() },
        ProductColumn { name: "status", title: Text::new("判定", "status"), value_type: ValueType::Text,
            cell: |row| row.site.candidate.status().id().into() },
        ProductColumn { name: "area_m2", title: Text::new("面積 m²", "area m²"), value_type: Number,
            cell: |row| rounded(row.site.candidate.area.0, 3) },
        ProductColumn { name: "seniors_lo", title: Text::new("近くの65歳以上 下限", "seniors near by, at least"), value_type: Number, cell: |row| lo(row.site.alone) },
        ProductColumn { name: "seniors_hi", title: Text::new("近くの65歳以上 上限", "seniors near by, at most"), value_type: Number, cell: |row| hi(row.site.alone) },
        ProductColumn { name: "seniors_only_here_lo", title: Text::new("この敷地だけに近い65歳以上 下限", "seniors near this site alone, at least"), value_type: Number,
            cell: |row| lo(row.site.only_here) },
        ProductColumn { name: "seniors_only_here_hi", title: Text::new("この敷地だけに近い65歳以上 上限", "seniors near this site alone, at most"), value_type: Number,
            cell: |row| hi(row.site.only_here) },
        ProductColumn { name: "next_site_m", title: Text::new("最寄りの敷地まで m", "next site, distance m"), value_type: Number,
            cell: |row| row.site.next.map_or(Value::Null, |next| rounded(next.0, 3)) },
        ProductColumn { name: "facility", title: Text::new("最寄りの高齢者交流施設", "nearest senior facility"), value_type: ValueType::Text,
            cell: |row| name(row.site.candidate.facility.as_ref()) },
        ProductColumn { name: "facility_m", title: Text::new("最寄りの高齢者交流施設まで m", "nearest senior facility, distance m"), value_type: Number,
            cell: |row| metres(row.site.candidate.facility.as_ref()) },
        ProductColumn { name: "same_kind_facility", title: Text::new("最寄りの同種施設", "nearest of the same kind"), value_type: ValueType::Text,
            cell: |row| name(row.site.candidate.same_kind.as_ref()) },
        ProductColumn { name: "same_kind_facility_m", title: Text::new("最寄りの同種施設まで m", "nearest of the same kind, distance m"), value_type: Number,
            cell: |row| metres(row.site.candidate.same_kind.as_ref()) },
        ProductColumn { name: "rules_out", title: Text::new("近すぎる候補の数", "candidates too close"), value_type: Integer, cell: |row| row.site.rules_out.into() },
        ProductColumn { name: "unused_land", title: Text::new("低・未利用地", "under-used land"), value_type: ValueType::Text,
            cell: |row| row.site.candidate.land.map(LandUse::id).into() },
    ]
}

fn lo(served: Option<Served>) -> Value {
    served.map_or(Value::Null, |served| rounded(served.lo, 1))
}

fn hi(served: Option<Served>) -> Value {
    served.and_then(|served| served.hi).map_or(Value::Null, |hi| rounded(hi, 1))
}

fn name(near: Option<&NearFacility>) -> Value {
    near.and_then(|near| near.name.as_deref()).into()
}

fn metres(near: Option<&NearFacility>) -> Value {
    near.map_or(Value::Null, |near| rounded(near.distance.0, 3))
}

/// Every site that was chosen.
#[must_use]
pub fn sites(sites: &[ChosenSite], from_plane: &FromPlane) -> Product {
    let columns = columns();
    let words = [("status", statuses()), ("unused_land", land_uses())];
    let mut rows = Vec::new();
    for (number, site) in (1..).zip(sites) {
        let place = RowPlace::Area(outline::degrees(&site.candidate.ground(), from_plane));
        rows.push(ProductRow { cells: cells(&columns, &Row { number, site }), place });
    }
    Product {
        name: SITES,
        title: Text::new("選んだ敷地", "chosen sites"),
        fields: fields(&columns, words),
        rows,
        style: style(),
    }
}

/// The ground around each site on which no other facility of its kind may stand.
#[must_use]
pub fn site_circles(sites: &[ChosenSite], spacing: Metres, scale: &ScaleField, from_plane: &FromPlane) -> Product {
    let columns = [ProductColumn {
        name: "id",
        title: Text::new("番号", "number"),
        value_type: Integer,
        cell: |number: &usize| (*number).into(),
    }];
    let row = |(number, site): (usize, &ChosenSite)| {
        let ground = site.candidate.ground();
        let near = around(ground.rings().map(|ring| (ring, spacing)), scale);
        let circle = Region::union_of(&[&near, &ground]);
        let place = RowPlace::Area(outline::degrees(circle.pieces()?, from_plane));
        Some(ProductRow { cells: cells(&columns, &number), place })
    };
    let rows = (1..).zip(sites).filter_map(row).collect();
    Product {
        name: "site_circles",
        title: Text::new("敷地の周り", "around the sites"),
        fields: fields(&columns, []),
        rows,
        style: style(),
    }
}

/// A line with the number.
fn style() -> Style {
    let symbol = Symbol::Sign(Sign {
        form: Form::Area,
        paint: Paint { colour: SITE_COLOUR, alpha: 90, hatched: false },
        outline: Outline { colour: SITE_COLOUR, width: 0.6, pen: "solid", from: None },
        shape: "square",
    });
    let category =
        Category { value: "1".to_owned(), label: Text::new("選んだ敷地", "chosen site"), symbol, is_drawn: true };
    let label = Label { expression: Text::same("\"id\""), from_scale: 100_000 };
    Style { by: "1".to_owned(), categories: vec![category], label: Some(label) }
}
