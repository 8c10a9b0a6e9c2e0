//! What does the project for QGIS show? The parcels by their status in each zone with that zone's candidates, where each criterion
//! holds, stations, stops and facilities, over what lies under its maps; and a sheet to print for each zone.

mod ground;
mod notes;

use std::collections::BTreeSet;

use super::{SET_ZONES, facilities, places, zones};
use crate::criteria::{Criterion, Rules, StopCounts, Zone};
use crate::crs::Plane;
use crate::geometry::Bounds;
use crate::layers::Backdrop;
use crate::outputs::qgis::project::{Group, Node, Project, ProjectLayer, Sheet, Shown, Source, id_of};
use crate::outputs::qgis::{self, Form, Style};
use crate::outputs::{ParcelFormat, Product, names};
use crate::runs::RunRecord;
use crate::table::{Column, Field, Source as ColumnSource};
use crate::text::{Lang, Text};
use crate::verdicts::Status;

/// What the project is made of.
#[derive(Debug, Clone, Copy)]
pub struct ProjectContext<'a> {
    /// What `run.json` says.
    pub record: &'a RunRecord,
    /// The rules.
    pub rules: &'a Rules,
    /// What is told beside the parcels.
    pub products: &'a [Product],
    /// The columns of the parcels that are written.
    pub columns: &'a [Column],
    /// The formats in which these are written.
    pub formats: &'a [&'static ParcelFormat],
    /// What lies under its maps.
    pub backdrop: Option<&'a Backdrop>,
    /// The plane of the run.
    pub plane: Plane,
    /// A box of the plane around all parcels.
    pub extent: Bounds,
    /// The language.
    pub lang: Lang,
}

/// The formats of parcels that QGIS shows, by name: those with an index of places first, and last one that not every QGIS knows.
/// Arrow's stream is for pipes; hardly any QGIS is built with a reader of it.
const SHOWN: [&str; 5] = ["gpkg", "fgb", "geojson", "ndjson", "parquet"];

/// The formats without an index, of which every layer reads the whole file whenever it draws: one layer has to do for all zones.
const WITHOUT_INDEX: [&str; 2] = ["geojson", "ndjson"];

/// A legend tells no more kinds of facilities apart.
const MOST_KINDS: usize = 8;

const PARCELS: Text = Text::new("筆の判定", "parcels by status");
const CRITERIA: Text = Text::new("条件ごとの範囲", "where each criterion holds");

/// The project; `None` where the parcels are in no file that QGIS shows, or without their status in any zone.
#[must_use]
pub fn qgis_project(context: &ProjectContext<'_>) -> Option<Project> {
    let ProjectContext { rules, columns, formats, lang, .. } = *context;
    let is_told = |zone: &Zone| columns.iter().any(|column| column.source == ColumnSource::Status(zone.index()));
    let zones: Vec<Zone> = rules.zones().filter(is_told).collect();
    let first = *zones.first()?;
    let parcels = Parcels {
        format: SHOWN.into_iter().find_map(|name| formats.iter().find(|format| format.name == name))?,
        fields: columns.iter().map(Field::from).collect(),
        zones: &zones,
        lang,
    };
    let mut nodes = Vec::new();
    for (product, is_shown) in [("stops", true), ("facilities", false), (SET_ZONES, true)] {
        nodes.extend(context.layers_of(product, is_shown).into_iter().map(Node::from));
    }
    for zone in &zones {
        let layers = context.candidates(*zone).into_iter().chain(parcels.of_zone(*zone));
        let nodes_of_zone: Vec<Node> = layers.map(Node::from).collect();
        let group = Group { name: zone.name(), is_shown: *zone == first, is_heading: false, nodes: nodes_of_zone };
        nodes.extend((!group.nodes.is_empty()).then_some(Node::Group(group)));
    }
    nodes.extend(parcels.of_all().map(Node::from));
    let criteria: Vec<Node> = context.criteria().into_iter().map(Node::from).collect();
    if !criteria.is_empty() {
        nodes.push(Node::Group(Group { name: CRITERIA, is_shown: false, is_heading: false, nodes: criteria }));
    }
    let (below, shown_below) = ground::ground(context);
    nodes.extend(below);
    Some(Project {
        name: context.record.project.name.clone(),
        lang,
        plane: context.plane,
        extent: context.extent,
        nodes,
        sheets: zones.iter().map(|zone| context.sheet(*zone, &parcels, &shown_below)).collect(),
    })
}

/// The layer of a product that was worked out after the run, as the run's project gets it.
#[must_use]
pub fn added_layer(product: &Product) -> Option<ProjectLayer> {
    product_layers(product, true).into_iter().next()
}

/// The layers of the parcels.
struct Parcels<'a> {
    format: &'static ParcelFormat,
    fields: Vec<Field>,
    zones: &'a [Zone],
    lang: Lang,
}

impl Parcels<'_> {
    /// Whether there is one layer for all zones.
    fn is_one(&self) -> bool {
        WITHOUT_INDEX.contains(&self.format.name)
    }

    fn layer(&self, id: &str, style: Style, styles: Vec<(String, Style)>) -> ProjectLayer {
        let source = Source { layer: self.format.layer, ..Source::file(self.format.file.to_owned()) };
        let (id, fields) = (id_of(id), self.fields.clone());
        ProjectLayer {
            id,
            name: PARCELS,
            source,
            form: Form::Area,
            style,
            styles,
            fields,
            is_shown: true,
            rights: None,
        }
    }

    /// The layer of a zone.
    fn of_zone(&self, zone: Zone) -> Option<ProjectLayer> {
        (!self.is_one()).then(|| self.layer(&format!("parcels_{}", zone.id()), qgis::parcels(zone), Vec::new()))
    }

    /// The layer of all zones, with a style for each.
    fn of_all(&self) -> Option<ProjectLayer> {
        let first = *self.zones.first().filter(|_| self.is_one())?;
        let styles = self.zones.iter().map(|zone| (self.style_name(*zone), qgis::parcels(*zone))).collect();
        Some(self.layer("parcels", qgis::parcels(first), styles))
    }

    fn style_name(&self, zone: Zone) -> String {
        zone.name().get(self.lang).to_owned()
    }

    /// What shows the parcels by their status in a zone, as far as there are any.
    fn shown(&self, zone: Zone, record: &RunRecord) -> Shown {
        let counts = record.counts.get(zone.id());
        let is_there =
            |status: Status| counts.and_then(|counts| counts.get(&status)).is_some_and(|one| one.parcels > 0);
        let categories = (0..).zip(Status::ALL).filter(|(_, status)| is_there(*status)).map(|(at, _)| at).collect();
        match self.of_zone(zone) {
            Some(layer) => Shown { categories, ..Shown::whole(layer.id) },
            None => Shown { style: Some(self.style_name(zone)), categories, ..Shown::whole(id_of("parcels")) },
        }
    }
}

impl ProjectContext<'_> {
    fn product(&self, name: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.name == name)
    }

    /// The layers of a product, where the run has it.
    fn layers_of(&self, name: &str, is_shown: bool) -> Vec<ProjectLayer> {
        let mut layers = self.product(name).map(|product| product_layers(product, is_shown)).unwrap_or_default();
        if name == "facilities" {
            for layer in layers.iter_mut().filter(|layer| layer.style.categories.len() > MOST_KINDS) {
                layer.style = facilities::style_of_many(&layer.style, self.rules.spacing());
            }
        }
        layers
    }

    /// The stations and stops of a sheet. Where the zone asks how often they are served, those that have too little are left out.
    fn stops_of(&self, zone: Zone) -> Vec<Shown> {
        let asks = self.rules.criteria(zone).filter_map(|one| one.kind.stop_question());
        let asks_for_service =
            asks.into_iter().any(|question| question.counts(|counts| matches!(counts, StopCounts::Service { .. })));
        let shown = |layer: ProjectLayer| {
            let categories = layer.style.categories.iter().enumerate();
            let drawn = categories.filter(|(_, category)| category.is_drawn || !asks_for_service);
            Shown { categories: drawn.map(|(at, _)| at).collect(), ..Shown::whole(layer.id.clone()) }
        };
        // A layer none of whose categories is drawn is not shown either.
        let stops = self.layers_of("stops", true).into_iter().map(shown);
        stops.filter(|shown| !shown.categories.is_empty()).collect()
    }

    /// The candidates of a zone on a sheet, with the statuses that they have.
    fn candidates_of(&self, zone: Zone) -> Option<Shown> {
        let (product, layer) = (self.product("zones")?, self.candidates(zone)?);
        let [zones, statuses] =
            ["zone", "status"].map(|name| product.fields.iter().position(|field| field.name == name));
        let (zones, statuses) = zones.zip(statuses)?;
        let is_there = |status: &str| {
            product.rows.iter().any(|row| row.cells[zones] == zone.id() && row.cells[statuses] == status)
        };
        let categories = layer.style.categories.iter().enumerate().filter(|(_, one)| is_there(&one.value));
        Some(Shown { categories: categories.map(|(at, _)| at).collect(), ..Shown::whole(layer.id.clone()) })
    }

    /// The candidates of a zone; of a site there are none, nor where none was found.
    fn candidates(&self, zone: Zone) -> Option<ProjectLayer> {
        let product = self.product("zones")?;
        has(product, "zone", zone.id()).then(|| ProjectLayer {
            id: id_of(&format!("zones_{}", zone.id())),
            style: zones::style_of_one(),
            source: only(product, "zone", zone.id()),
            ..whole(product, Form::Area, true)
        })
    }

    /// Where each criterion holds, one layer each.
    fn criteria(&self) -> Vec<ProjectLayer> {
        let Some(product) = self.product("places") else { return Vec::new() };
        let criteria = self.rules.set.regions().filter(|one| has(product, "criterion", one.id));
        let layer = |(turn, criterion): (usize, &Criterion)| ProjectLayer {
            id: id_of(&format!("places_{}", criterion.column)),
            name: criterion.name.clone(),
            style: places::style_of_one(turn),
            source: only(product, "criterion", criterion.id),
            ..whole(product, Form::Area, false)
        };
        criteria.enumerate().map(layer).collect()
    }

    /// The sheet of a zone, which shows what that zone asks for.
    fn sheet(&self, zone: Zone, parcels: &Parcels<'_>, below: &[Shown]) -> Sheet {
        let name = zone.name().get(self.lang).to_owned();
        let facilities = Some("facilities").filter(|_| self.rules.asks_for_facilities(zone));
        let whole = facilities.into_iter().chain([SET_ZONES]).flat_map(|product| self.layers_of(product, true));
        let whole = whole.map(|layer| Shown::whole(layer.id));
        // Where a zone has none of its own, those of the zone to which it belongs.
        let candidates = self.candidates_of(zone).or_else(|| self.candidates_of(self.rules.belongs_to(zone)?));
        let shown = self.stops_of(zone).into_iter().chain(whole).chain(candidates);
        let shown = shown.chain([parcels.shown(zone, self.record)]).chain(below.iter().cloned()).collect();
        let size = Text::new("A3横", "A3");
        Sheet {
            name: format!("{} {name}", size.get(self.lang)),
            title: text!("{city}　{name}", "{city}: {name}", city = &self.record.project.name, name = zone.name())
                .get(self.lang)
                .to_owned(),
            theme: name,
            shown,
            notes: notes::notes(self, zone),
        }
    }
}

/// Whether a row of a product has a value in a column.
fn has(product: &Product, column: &str, value: &str) -> bool {
    let at = product.fields.iter().position(|field| field.name == column);
    at.is_some_and(|at| product.rows.iter().any(|row| row.cells[at] == value))
}

/// The rows of a product that have a value in a column.
fn only(product: &Product, column: &str, value: &str) -> Source {
    let filter = Some(format!("\"{column}\" = '{}'", value.replace('\'', "''")));
    Source { filter, ..Source::file(names::product(product.name)) }
}

/// All rows of a product as one layer.
fn whole(product: &Product, form: Form, is_shown: bool) -> ProjectLayer {
    ProjectLayer {
        id: id_of(product.name),
        name: product.title.clone(),
        source: Source::file(names::product(product.name)),
        form,
        style: product.style.clone(),
        styles: Vec::new(),
        fields: product.fields.clone(),
        is_shown,
        rights: None,
    }
}

/// The layers of a product: one for each form that there is, since a layer of QGIS has one.
fn product_layers(product: &Product, is_shown: bool) -> Vec<ProjectLayer> {
    let forms: BTreeSet<Form> = product.rows.iter().filter_map(|row| row.place.form()).collect();
    let is_mixed = forms.len() > 1;
    let layer = |form: Form| {
        let mut layer = whole(product, form, is_shown);
        if is_mixed {
            let (id, name) = match form {
                Form::Point => ("", Text::same("")),
                Form::Line => ("_lines", Text::new("（線）", " (lines)")),
                Form::Area => ("_areas", Text::new("（面）", " (areas)")),
            };
            layer.id += id;
            layer.name = layer.name.joined("", &name);
            layer.source.is_mixed = true;
            layer.style.categories.retain(|category| category.symbol.form() == form);
        }
        layer
    };
    forms.into_iter().map(layer).collect()
}
