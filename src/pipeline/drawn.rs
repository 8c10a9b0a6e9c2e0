//! Do a planner's own drawn zones meet what their kinds ask? The project is put together as for a run, and the zones are asked
//! in place of the parcels; of these only those are counted that lie in a zone.

use super::basis::Basis;
use super::grids::Grids;
use super::open::Opened;
use super::preflight::{self, Preflight};
use super::{Findings, Progress, RunError, Stage, batches};
use crate::assess::Groundwork;
use crate::collect::Within;
use crate::criteria::{Rules, Zone};
use crate::crs::{FromPlane, Plane};
use crate::layers::{City, DrawnZones, Layer, LayerSpec, Onto, read_drawn};
use crate::notices::Notices;
use crate::products::assessed;
use crate::project::Project;
use crate::queries::{AssessedZone, LookedAt, assess_drawn, check_places, drawn_document, kinds_of};

/// What came of assessing drawn zones.
#[derive(Debug)]
pub struct DrawnReport {
    /// The zones in the order of their file.
    pub zones: Vec<AssessedZone>,
    /// How many features could not be read as zones.
    pub lost: usize,
    /// The kinds of zones of which the file draws some at which others of it look.
    pub looked_at: Vec<LookedAt>,
    /// The rules that they were asked by.
    pub rules: Rules,
    /// The plane on which they lie.
    pub plane: Plane,
    /// From there to longitude and latitude.
    pub from_plane: FromPlane,
    /// What was noticed of the input.
    pub notices: Notices,
    /// Every file that was read.
    pub paths: Vec<std::path::PathBuf>,
    /// On what it rests.
    pub basis: Basis,
}

impl DrawnReport {
    /// What was found, for programs and for maps.
    #[must_use]
    pub fn findings(&self) -> Findings {
        Findings {
            basis: self.basis.clone(),
            document: drawn_document(&self.zones, self.lost, &self.looked_at, &self.from_plane),
            product: assessed(&self.zones, &self.from_plane),
            beside: None,
        }
    }
}

/// Assesses the zones that are drawn in a file; `otherwise` is the kind of those that do not say theirs.
///
/// # Errors
/// Bad input.
pub fn assess(
    project: &Project,
    drawn: &LayerSpec,
    otherwise: Option<&str>,
    progress: &dyn Progress,
) -> Result<DrawnReport, RunError> {
    progress.stage(&Stage::Read.name());
    let mut notices = Notices::default();
    let mut opened = Opened::open(project, &mut notices)?;
    let plane = opened.city.plane;
    // Those of the project, through which its layers went too.
    let grids = Grids::read(project).map_err(RunError::of)?;
    let read = read_drawn(drawn, Onto { plane, grids: &grids.all }, &mut notices)?;
    let kinds = kinds_of(&read.zones, otherwise, &project.rules)?;

    progress.stage(&Stage::Prepare.name());
    let terms = project.terms();
    let survey = opened.parcels.survey(plane, false)?;
    survey.tell(&mut notices);
    check_places(&read, survey.extent, &opened.from_plane)?;
    opened.forget_elsewhere(survey.extent);
    let looked_at = set(&read, &kinds, &terms.rules, &mut opened.city);
    let extent = survey.extent.union(read.shapes.bounds());
    let (assessor, work) = Groundwork::lay(&opened.city, opened.timetable(), &terms, extent);
    let flight = Preflight {
        opened: &opened,
        assessor: &assessor,
        parcels: survey.extent,
        planned_kind: project.planned_kind.as_deref(),
    };
    preflight::check(&flight, &mut notices)?;
    if looked_at.is_empty() {
        // Of drawn ones all that there is to tell is told below.
        preflight::set_zones(&flight, &work, &mut notices);
    }

    progress.stage(&Stage::Zones.name());
    let mut zones = assess_drawn(&read, &kinds, &work, &assessor);
    let within = Within::new(zones.iter().map(|zone| &**zone.drawn.shape), terms.rules.thresholds.membership());
    let counts = batches::read(&opened, within, progress)?;
    zones.iter_mut().zip(counts).for_each(|(zone, parcels)| zone.parcels = parcels);
    opened.check_unchanged()?;
    let mut paths = opened.paths();
    paths.extend(read.report.files.iter().map(|file| file.source.path.clone()));
    let from_plane = opened.from_plane.clone();
    let (rules, basis) = (terms.rules.clone(), Basis::of(project, &opened, &terms.rules));
    Ok(DrawnReport { zones, lost: read.lost, looked_at, rules, plane, from_plane, notices, paths, basis })
}

/// Has drawn zones be set where others look at zones of their kind: whoever draws them means these, together with those that the project
/// gives, and not what the layers would allow. Where a feature is lost, there may be one more.
///
/// Source: 都市機能立地支援事業等 (MLIT), 生活拠点区域: a local zone is set where 中心拠点区域を設定し.
fn set(drawn: &DrawnZones, kinds: &[Zone], rules: &Rules, city: &mut City) -> Vec<LookedAt> {
    let looked_at = |zone: Zone| {
        let layer = zone.rule().set_by.filter(|_| rules.is_looked_at(zone))?;
        let of_kind = || kinds.iter().zip(drawn.shapes.iter()).filter(|(kind, _)| **kind == zone);
        (of_kind().count() > 0).then(|| {
            let given = city.area(layer).or_else(|| city.area_in_part(layer));
            let (mut all, given) = (given.cloned().unwrap_or_default(), given.is_some());
            of_kind().for_each(|(_, shape)| all.push(&shape));
            city.put(layer, Layer::Area(all));
            if drawn.lost > 0 {
                city.lose(layer);
            }
            LookedAt { zone, drawn: of_kind().count(), beside_given: given }
        })
    };
    rules.zones().filter_map(looked_at).collect()
}
