//! A census of areas: polygons with their own numbers, or the boundaries of small areas 小地域 (町丁・字等) joined with
//! e-Stat's tables by code.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Columns;
use super::kinds::{COVERED, ELSEWHERE, NO_ROW, NO_SHAPE, ONE_UNIT, OTHER_LEVEL, WATER};
use super::rows::{self, Codes, People, Row};
use super::{Census, CensusUnit, tell_withheld};
use crate::geometry::{Shapes, area::area, overlay};
use crate::inputs::{self, RawFeature};
use crate::layers::area::{NO_POLYGON, united};
use crate::layers::lost::Lost;
use crate::layers::{LayerError, Loaded, as_text};
use crate::notices::{NoticeKind, Notices};
use crate::text::Text;

/// What kind of area a polygon of e-Stat's boundaries is. Source: 境界データ定義書, HCODE: 8101 町丁・字等, 8154 水面調査区.
const KIND_FIELD: &str = "HCODE";
const WATER_KIND: &str = "8154";

/// The residents that e-Stat's boundaries give for each area, withheld ones too.
const BOUNDARY_POPULATION: &str = "JINKO";

/// All polygons of one unit.
struct Outline<'a> {
    code: Option<String>,
    features: Vec<&'a RawFeature>,
    /// The numbers that the polygons have themselves.
    own: Option<People>,
}

impl<'a> AsRef<[&'a RawFeature]> for Outline<'a> {
    fn as_ref(&self) -> &[&'a RawFeature] {
        &self.features
    }
}

/// The census of `polygons`, with the numbers that `rows` have for their codes; without rows, with their own.
pub(super) fn census(
    loaded: &Loaded,
    polygons: &[&RawFeature],
    rows: &[Row<'_>],
    (columns, codes): (&Columns, Codes),
    lost: &mut Lost,
    notices: &mut Notices,
) -> Result<Census, LayerError> {
    let layer = loaded.key.name();
    let known: BTreeMap<&str, usize> = rows.iter().enumerate().map(|(index, row)| (row.code.as_str(), index)).collect();
    let all = outlines(loaded, polygons, &known, columns, codes)?;
    for outline in all.iter().filter(|outline| outline.features.len() > 1) {
        notices.add(layer, &ONE_UNIT, outline.code.as_deref().unwrap_or_default());
    }
    let (kept, shapes) = united(loaded, &all, &NO_POLYGON, lost, notices);
    let outlines: Vec<&Outline<'_>> = kept.into_iter().map(|index| &all[index]).collect();
    let tree = Tree::of(&outlines);
    let elsewhere = boundary_populations(loaded, &outlines)?;
    let people = rows::people(rows, &elsewhere);
    let totals = totals(rows);

    let mut census = Census { shapes: Shapes::default(), units: Vec::new(), surveyed: Shapes::default() };
    let mut joined = BTreeSet::new();
    for (index, outline) in outlines.iter().enumerate() {
        let code = outline.code.as_deref().unwrap_or_default();
        let parts = tree.parts(code);
        if covers(&shapes, index, &parts) {
            notices.add(layer, &COVERED, code);
            continue;
        }
        // Beside polygons of its parts it is the rest of a whole, of which the row is the total.
        let row = outline
            .code
            .as_deref()
            .and_then(|code| known.get(code))
            .filter(|&&row| parts.is_empty() || !totals.contains(&rows[row].code.as_str()));
        let found = match (row, outline.own) {
            (Some(&row), _) => {
                joined.insert(row);
                people[row]
            }
            (None, Some(own)) => own,
            (None, None) => without_row(loaded, outline, elsewhere.get(code), notices),
        };
        let unit = CensusUnit { code: outline.code.clone(), population: found.population, seniors: found.seniors };
        tell_withheld(loaded, outline.features[0], &unit, notices);
        census.units.push(unit);
        census.shapes.push(&shapes.get(index));
    }
    if joined.is_empty() && !rows.is_empty() {
        return Err(nothing_joined(loaded, rows, &outlines));
    }
    tell_rows_left(layer, rows, &joined, &tree, &totals, notices);
    Ok(census)
}

/// Polygons by code, in the order in which the codes first occur. Polygons without rows are one unit only if their
/// numbers agree as well: a code of one's own may be one of a kind and not of a place.
fn outlines<'a>(
    loaded: &Loaded,
    polygons: &[&'a RawFeature],
    known: &BTreeMap<&str, usize>,
    columns: &Columns,
    codes: Codes,
) -> Result<Vec<Outline<'a>>, LayerError> {
    let mut outlines: Vec<Outline<'a>> = Vec::new();
    let mut index_of: BTreeMap<(String, Option<[u64; 4]>), usize> = BTreeMap::new();
    for &feature in polygons {
        let code = loaded.text(feature, "code").map(|code| codes.plain(&code));
        let own = own_people(loaded, feature, columns)?;
        let Some(code) = code else {
            outlines.push(Outline { code: None, features: vec![feature], own });
            continue;
        };
        let numbers = own.filter(|_| !known.contains_key(code.as_str())).map(People::bits);
        let index = *index_of.entry((code.clone(), numbers)).or_insert(outlines.len());
        match outlines.get_mut(index) {
            Some(outline) => outline.features.push(feature),
            None => outlines.push(Outline { code: Some(code), features: vec![feature], own }),
        }
    }
    Ok(outlines)
}

/// The numbers of a feature whose file has columns for them.
fn own_people(loaded: &Loaded, feature: &RawFeature, columns: &Columns) -> Result<Option<People>, LayerError> {
    let (population, seniors) = (columns.population(feature.file), columns.seniors(feature.file));
    if population.is_none() && seniors.is_none() {
        return Ok(None);
    }
    let number = |column: Option<&super::columns::CensusColumn>| {
        column.map_or(Ok(None), |column| column.number(loaded, feature))
    };
    let (population, seniors) = (number(population)?, number(seniors)?);
    // Of polygons with a table's columns the rows are checked: some count for others.
    if !feature.fields.contains_key(rows::STATE) {
        rows::check(loaded, feature, population, seniors)?;
    }
    Ok(Some(People::published(population, seniors)))
}

/// What the boundaries themselves say of each code's residents. None is not taken at its word where the table withholds
/// the number; where several polygons of a code differ, nothing is.
fn boundary_populations(loaded: &Loaded, outlines: &[&Outline<'_>]) -> Result<BTreeMap<String, f64>, LayerError> {
    let mut populations = BTreeMap::new();
    for outline in outlines {
        let mut numbers = BTreeSet::new();
        for feature in &outline.features {
            let number = inputs::number(&loaded.raw, feature, BOUNDARY_POPULATION)?;
            numbers.extend(number.filter(|&number| number > 0.0).map(f64::to_bits));
        }
        if let (Some(code), Some(&number), 1) = (&outline.code, numbers.first(), numbers.len()) {
            populations.insert(code.clone(), f64::from_bits(number));
        }
    }
    Ok(populations)
}

fn without_row(loaded: &Loaded, outline: &Outline<'_>, residents: Option<&f64>, notices: &mut Notices) -> People {
    let feature = outline.features[0];
    let kind = feature.fields.get(KIND_FIELD).and_then(as_text);
    let code = outline.code.as_ref().map_or_else(|| loaded.feature_name(feature), Text::from);
    if kind.as_deref() == Some(WATER_KIND) && residents.is_none() {
        notices.add(loaded.key.name(), &WATER, code);
        return People::NOBODY;
    }
    notices.add(loaded.key.name(), &NO_ROW, code);
    People::published(residents.copied(), None)
}

/// The outlines by code, to find the parts of one: a part's code begins with that of its whole.
struct Tree<'a> {
    by_code: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Tree<'a> {
    fn of(outlines: &[&'a Outline<'_>]) -> Self {
        let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, outline) in outlines.iter().enumerate() {
            if let Some(code) = &outline.code {
                by_code.entry(code).or_default().push(index);
            }
        }
        Self { by_code }
    }

    /// The outlines whose codes go on where this one ends.
    fn parts(&self, code: &str) -> Vec<usize> {
        if code.is_empty() {
            return Vec::new();
        }
        let from = self.by_code.range(code..).take_while(|(other, _)| other.starts_with(code));
        from.filter(|(other, _)| **other != code).flat_map(|(_, indices)| indices.iter().copied()).collect()
    }

    /// Whether some outline has just this code, or one that begins with it.
    fn reaches(&self, code: &str) -> bool {
        self.by_code.range(code..).next().is_some_and(|(other, _)| other.starts_with(code))
    }

    /// Whether an outline stands for a whole that a code is part of.
    fn holds_whole_of(&self, code: &str) -> bool {
        (1..code.len()).any(|end| code.get(..end).is_some_and(|whole| self.by_code.contains_key(whole)))
    }
}

/// Whether a polygon goes over most of the land of its parts.
fn covers(shapes: &Shapes, whole: usize, parts: &[usize]) -> bool {
    if parts.is_empty() {
        return false;
    }
    let some = |indices: &[usize]| {
        let mut some = Shapes::default();
        for &index in indices {
            some.push(&shapes.get(index));
        }
        some
    };
    let all = |shapes: &Shapes| shapes.iter().map(|shape| area(&shape)).sum::<f64>();
    let parts = overlay::union(&[&some(parts)]);
    all(&overlay::intersection(&some(&[whole]), &parts)) > all(&parts) / 2.0
}

/// The codes of rows that add up others.
fn totals<'r>(rows: &'r [Row<'_>]) -> BTreeSet<&'r str> {
    // Rows are sorted by code, so that the parts of one follow it.
    let pairs = rows.windows(2).filter(|pair| pair[1].code.starts_with(&pair[0].code));
    pairs.map(|pair| pair[0].code.as_str()).collect()
}

/// Says why rows took no part.
fn tell_rows_left(
    layer: &str,
    rows: &[Row<'_>],
    joined: &BTreeSet<usize>,
    tree: &Tree<'_>,
    totals: &BTreeSet<&str>,
    notices: &mut Notices,
) {
    for (_, row) in rows.iter().enumerate().filter(|(index, _)| !joined.contains(index)) {
        let code = row.code.as_str();
        let municipality = code.get(..MUNICIPALITY_DIGITS).unwrap_or(code);
        let kind: &'static NoticeKind = if !tree.reaches(municipality) {
            &ELSEWHERE
        } else if totals.contains(code) || tree.holds_whole_of(code) {
            &OTHER_LEVEL
        } else {
            &NO_SHAPE
        };
        notices.add(layer, kind, code);
    }
}

/// Codes of small areas begin with those of prefecture and municipality.
const MUNICIPALITY_DIGITS: usize = 5;

fn nothing_joined(loaded: &Loaded, rows: &[Row<'_>], outlines: &[&Outline<'_>]) -> LayerError {
    let path_of = |feature: &RawFeature| loaded.raw.files[feature.file].path.clone();
    let first = |outline: &&Outline<'_>| path_of(outline.features[0]);
    LayerError::NothingJoined {
        table: rows.first().map(|row| path_of(row.feature)).unwrap_or_default(),
        boundaries: outlines.first().map(first).unwrap_or_default(),
        row: rows.last().map(|row| row.code.clone()).unwrap_or_default(),
        polygon: outlines.iter().find_map(|outline| outline.code.clone()).unwrap_or_default(),
    }
}
