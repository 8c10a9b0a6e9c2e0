//! A census of grid squares 地域メッシュ: the codes are the shapes.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Geometry};

use super::kinds::DIVIDED;
use super::rows::{self, People, Row};
use super::{Census, CensusUnit, tell_withheld};
use crate::crs::{Crs, FromPlane, Plane, ToPlane};
use crate::geometry::{Bounds, Shapes};
use crate::inputs::RawFeature;
use crate::layers::{LayerError, Loaded, Mesh};
use crate::notices::Notices;

/// The census of a mesh table. A cell that the table does not list has no residents, as long as its primary mesh has a
/// cell that is listed.
pub(super) fn census(
    loaded: &Loaded,
    rows: &[Row<'_>],
    plane: Plane,
    notices: &mut Notices,
) -> Result<Census, LayerError> {
    let cells = rows.iter().map(|row| parse(loaded, row)).collect::<Result<Vec<Mesh>, _>>()?;
    let people = rows::people(rows, &BTreeMap::new());
    let parts = parts_of(&cells);
    let (mut shapes, mut units) = (Shapes::default(), Vec::with_capacity(rows.len()));
    for (index, &cell) in cells.iter().enumerate() {
        let mut own = people[index];
        let mut squares = vec![cell];
        if let Some(parts) = parts.get(&index) {
            notices.add(loaded.key.name(), &DIVIDED, &rows[index].code);
            let counted: Vec<People> = parts.iter().map(|&part| people[part]).collect();
            own = own.less(&counted);
            squares = left_of(cell, &parts.iter().map(|&part| cells[part]).collect::<Vec<_>>());
        }
        if squares.is_empty() {
            continue;
        }
        add(&squares, &mut shapes);
        let unit =
            CensusUnit { code: Some(rows[index].code.clone()), population: own.population, seniors: own.seniors };
        tell_withheld(loaded, rows[index].feature, &unit, notices);
        units.push(unit);
    }
    let primaries: BTreeSet<Mesh> = cells.iter().map(Mesh::primary).collect();
    let mut surveyed = Shapes::default();
    for mesh in primaries {
        add(&[mesh], &mut surveyed);
    }
    let path = loaded.raw.files.first().map(|file| file.path.clone()).unwrap_or_default();
    let to_plane = ToPlane::new(&Crs::jgd2011(), plane).map_err(|source| LayerError::crs(&path, source))?;
    for set in [&mut shapes, &mut surveyed] {
        to_plane.convert(set.points_mut()).map_err(|source| LayerError::crs(&path, source))?;
    }
    Ok(Census { shapes, units, surveyed })
}

fn parse(loaded: &Loaded, row: &Row<'_>) -> Result<Mesh, LayerError> {
    Mesh::parse(&row.code).ok_or_else(|| LayerError::NoMeshCode {
        path: loaded.raw.files[row.feature.file].path.clone(),
        row: row.feature.number,
        code: row.code.clone(),
    })
}

/// The squares as one shape.
fn add(squares: &[Mesh], shapes: &mut Shapes) {
    for square in squares {
        shapes.push_ring(&square.ring());
        shapes.end_polygon();
    }
    shapes.end_shape();
}

/// For each cell that holds others, the largest of those, by their indices. Tables of several sizes list the same
/// people once for each size.
fn parts_of(cells: &[Mesh]) -> BTreeMap<usize, Vec<usize>> {
    let index_of: BTreeMap<Mesh, usize> = cells.iter().enumerate().map(|(index, &cell)| (cell, index)).collect();
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, cell) in cells.iter().enumerate() {
        let mut around = *cell;
        while let Some(larger) = around.parent() {
            around = larger;
            if let Some(&whole) = index_of.get(&around) {
                parts.entry(whole).or_default().push(index);
                break;
            }
        }
    }
    parts
}

/// The squares of a cell that its listed parts leave.
fn left_of(cell: Mesh, parts: &[Mesh]) -> Vec<Mesh> {
    if parts.contains(&cell) {
        return Vec::new();
    }
    let within: Vec<Mesh> = parts.iter().copied().filter(|part| cell.holds(part)).collect();
    if within.is_empty() {
        return vec![cell];
    }
    cell.quarters().into_iter().flat_map(|quarter| left_of(quarter, &within)).collect()
}

/// Whether features with polygons are the outlines of mesh cells: each code is that of the cell in which its polygon's
/// middle lies. (Codes of small areas may look like those of meshes, and lie elsewhere.)
pub(super) fn are_outlines(loaded: &Loaded, features: &[&RawFeature], plane: Plane) -> bool {
    let from_plane = FromPlane::new(plane);
    let middle = |geometry: &Geometry<f64>| {
        let corners = geometry.bounding_rect()?;
        let [min, max] = [corners.min(), corners.max()];
        Some(Bounds { min: [min.x, min.y], max: [max.x, max.y] }.centre())
    };
    features.iter().all(|feature| {
        let cell = loaded.text(feature, "code").and_then(|code| Mesh::parse(&code));
        let at = feature.geometry.as_ref().and_then(middle);
        cell.zip(at).is_some_and(|(cell, at)| cell.contains(from_plane.lon_lat(at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mesh(code: &str) -> Mesh {
        Mesh::parse(code).unwrap()
    }

    #[test]
    fn the_largest_listed_parts_are_found_whatever_lies_between() {
        let cells = ["52383771", "523837711", "5238377112", "52383771431", "52383772"].map(mesh);
        let parts = parts_of(&cells);
        assert_eq!(parts, BTreeMap::from([(0, vec![1, 4 - 1]), (1, vec![2])]));
    }

    #[test]
    fn what_is_left_of_a_cell_and_its_parts_is_the_cell() {
        let cell = mesh("52383771");
        let parts = ["523837711", "5238377142", "52383771433"].map(mesh);
        let left = left_of(cell, &parts);
        let area = |cells: &[Mesh]| cells.iter().map(|cell| cell.side * cell.side).sum::<u32>();
        assert_eq!(area(&left) + area(&parts), area(&[cell]));
        assert!(left.iter().all(|one| cell.holds(one) && !parts.iter().any(|part| part.holds(one) || one.holds(part))));
        assert_eq!(left_of(cell, &cell.quarters()), []);
    }
}
