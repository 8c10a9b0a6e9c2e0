//! The product `set_zones`: the zones that a plan has set, where the project gives any.

use super::{ProductContext, words};
use crate::assess::set_by;
use crate::criteria::{RuleSet, Zone};
use crate::geometry::area::{area, centroid};
use crate::geometry::{Shape, Shapes};
use crate::inputs::ValueType::{self, Number};
use crate::layers::LayerKey;
use crate::outputs::qgis::{Category, Form, Outline, Paint, Sign, Style, Symbol};
use crate::outputs::{Product, ProductRow, RowPlace, STRONG_BORDER, outline};
use crate::table::{ProductColumn, cells, fields};
use crate::text::Text;
use crate::units::SquareMetres;
use crate::zones::MIN_ZONE;

use super::measured::rounded;

/// The name of the product.
pub const SET_ZONES: &str = "set_zones";

/// A zone that is set.
struct SetZone {
    zone: Zone,
    layer: LayerKey,
    area: SquareMetres,
}

#[rustfmt::skip]
fn columns() -> [ProductColumn<SetZone>; 3] {
    [
        ProductColumn { name: "zone", title: Text::new("区域", "zone"), value_type: ValueType::Text, cell: |row| row.zone.id().into() },
        ProductColumn { name: "layer", title: Text::new("レイヤー", "layer"), value_type: ValueType::Text, cell: |row| row.layer.name().into() },
        ProductColumn { name: "area_ha", title: Text::new("面積 ha", "area, ha"), value_type: Number, cell: |row| rounded(row.area.hectares(), 4) },
    ]
}

/// The zones that a plan has set for certain, connected piece by piece, as others look at them.
pub(super) fn set_zones(context: &ProductContext<'_>) -> Option<Product> {
    let (assessor, city) = (context.assessor, context.city);
    let set = assessor.judge.rules.set;
    let columns = columns();
    let row = |zone: Zone, layer: LayerKey, piece: Shape<'_>| {
        let area = city.scale.ground_area(area(&piece), centroid(&piece)?);
        let mut shape = Shapes::default();
        shape.push(&piece);
        let place = RowPlace::Area(outline::degrees(&shape, context.from_plane));
        let cells = cells(&columns, &SetZone { zone, layer, area });
        (area >= MIN_ZONE).then_some(ProductRow { cells, place })
    };
    let rows: Vec<ProductRow> = assessor
        .judge
        .rules
        .zones()
        .filter_map(|zone| Some((zone, set_by(zone, city)?, assessor.pieces.get(zone.id())?)))
        .filter_map(|(zone, layer, pieces)| Some((zone, layer, pieces.known.sure.pieces()?)))
        .flat_map(|(zone, layer, pieces)| pieces.iter().filter_map(move |piece| row(zone, layer, piece)))
        .collect();
    (!rows.is_empty()).then(|| Product {
        name: SET_ZONES,
        title: Text::new("計画で設定された区域", "zones that a plan has set"),
        fields: fields(&columns, [("zone", words::zones(set)), ("layer", words::layers())]),
        rows,
        style: style(set),
    })
}

/// A line alone: what lies below is to be seen.
fn style(set: &'static RuleSet) -> Style {
    let category = |zone: Zone| Category {
        value: zone.id().to_owned(),
        label: text!("設定された{name}", "{name} as set", name = zone.name()),
        is_drawn: true,
        symbol: Symbol::Sign(Sign {
            form: Form::Area,
            paint: Paint { colour: STRONG_BORDER, alpha: 0, hatched: false },
            outline: Outline { colour: STRONG_BORDER, width: 0.9, pen: "dash dot", from: None },
            shape: "square",
        }),
    };
    let categories = set.zones().filter(|zone| zone.rule().set_by.is_some()).map(category).collect();
    Style { by: "\"zone\"".to_owned(), categories, label: None }
}
