//! Residents by half-kilometre mesh (JIS X 0410 分割地域メッシュ), in the form of e-Stat's 地域メッシュ統計.

use super::DemoError;
use super::ground::Uv;
use super::plan::{Plan, Settlement, Stream};
use super::tables::{cp932, csv};
use super::write::Folder;

/// A 500 m cell is 22.5″ wide and 15″ high. Source: JIS X 0410, 2分の1地域メッシュ.
pub(super) const CELL_LON_DEGREES: f64 = 1.0 / 160.0;
const CELL_LAT_DEGREES: f64 = 1.0 / 240.0;

/// Residents and seniors a hectare in the middle of the town.
const DENSEST: f64 = 138.0;
const SENIOR_SHARE: f64 = 0.335;

/// The village's own, which fall short of 40 seniors a hectare, and those of the care home (老人ホーム) next to it.
/// The census counts the two together, so that nobody can tell.
const VILLAGE_DENSITY: f64 = 105.0;
const VILLAGE_SENIORS: f64 = 36.5;
const CARE_HOME: [u32; 2] = [260, 190];

/// Cells with fewer residents are suppressed (秘匿), and their ages counted in a cell of at least `RECEIVES`.
const SUPPRESSED_BELOW: u32 = 20;
const RECEIVES: u32 = 150;

/// A cell of the mesh.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MeshCell {
    /// How many cells it is from longitude 0 and latitude 0.
    index: [i32; 2],
    /// Residents: all, and those aged 65 or over.
    residents: u32,
    seniors: u32,
    children: u32,
    /// Of a suppressed cell, which of the listed cells counts its ages.
    counted_in: Option<usize>,
}

impl MeshCell {
    /// The nine digits of its code.
    ///
    /// Source: JIS X 0410: primary cells of 1° by 40′, each in 8 × 8, each in 10 × 10, each in 2 × 2.
    fn code(&self) -> String {
        let [lon, lat] = self.index;
        let [east, north] = [lon % 160, lat % 160];
        let half = 1 + east % 2 + 2 * (north % 2);
        let [second, third] = [[north / 20, east / 20], [north % 20 / 2, east % 20 / 2]];
        format!("{}{}{}{}{}{half}", self.primary(), second[0], second[1], third[0], third[1])
    }

    /// The four digits of its primary cell (1次メッシュ), which is a file of e-Stat.
    fn primary(&self) -> i32 {
        let [lon, lat] = self.index;
        lat / 160 * 100 + lon / 160 - 100
    }

    fn people(index: [i32; 2], residents: u32, seniors: u32) -> Self {
        Self { index, residents, seniors, children: (residents - seniors) / 6, counted_in: None }
    }
}

/// All residents.
pub(super) fn residents(cells: &[MeshCell]) -> u32 {
    cells.iter().map(|cell| cell.residents).sum()
}

/// The inhabited cells, by code.
pub(super) fn draw(plan: &Plan) -> Result<Vec<MeshCell>, DemoError> {
    let mut cells = Vec::new();
    let village = index(plan.ground.lon_lat(plan.village.centre));
    let care_home = [village[0], village[1] - 1];
    for at in around(plan) {
        let hectares = hectares(plan, at)?;
        let middle = plan.ground.uv(lon_lat(at, [0.5, 0.5]))?;
        let mut random = plan.random(Stream::Residents, at);
        let noise = 0.94 + 0.12 * random.f64();
        let cell = if at == village {
            let [residents, seniors] =
                [VILLAGE_DENSITY, VILLAGE_SENIORS].map(|a_hectare| (a_hectare * hectares) as u32);
            MeshCell::people(at, residents, seniors)
        } else if at == care_home {
            MeshCell::people(at, CARE_HOME[0], CARE_HOME[1])
        } else {
            let middle_of_town = plan.town.reach(middle) < 0.1;
            let a_hectare = density(&plan.town, middle).max(0.8 * density(&plan.village, middle));
            let residents = (a_hectare * hectares * if middle_of_town { 1.0 } else { noise }).round();
            MeshCell::people(at, residents as u32, (residents * SENIOR_SHARE * noise.max(0.98)) as u32)
        };
        if cell.residents > 0 {
            cells.push(cell);
        }
    }
    cells.sort_by_key(MeshCell::code);
    suppress(&mut cells, village, care_home);
    Ok(cells)
}

/// Residents a hectare: level in the middle, then falling like a bell.
fn density(place: &Settlement, at: Uv) -> f64 {
    // Houses are few in a small sample, but people live in the whole of its middle cell.
    let radius = place.radius.max(400.0);
    let out = (place.reach(at) * place.radius / radius - 0.12).max(0.0) / 0.55;
    DENSEST * (-out * out).exp()
}

/// Every cell that a settlement may reach.
fn around(plan: &Plan) -> Vec<[i32; 2]> {
    let span = |place: &Settlement| {
        let reach = (1.8 * place.radius + 900.0) / 462.0;
        let [lon, lat] = index(plan.ground.lon_lat(place.centre));
        let reach = reach.ceil() as i32;
        [lon - reach, lat - reach, lon + reach, lat + reach]
    };
    let [a, b] = plan.settlements().map(span);
    let lons = a[0].min(b[0])..=a[2].max(b[2]);
    let lats = a[1].min(b[1])..=a[3].max(b[3]);
    lats.flat_map(|lat| lons.clone().map(move |lon| [lon, lat])).collect()
}

/// Hides the ages of small cells, and of the care home, which is one household.
fn suppress(cells: &mut [MeshCell], village: [i32; 2], care_home: [i32; 2]) {
    let receivers: Vec<usize> =
        (0..cells.len()).filter(|&nth| cells[nth].residents >= RECEIVES && cells[nth].index != care_home).collect();
    for nth in 0..cells.len() {
        let cell = &cells[nth];
        if cell.residents >= SUPPRESSED_BELOW && cell.index != care_home {
            continue;
        }
        let apart = |other: usize| {
            let [a, b] = [cells[other].index, cell.index];
            (a[0] - b[0]).abs() + (a[1] - b[1]).abs()
        };
        let same_file = |&other: &usize| cells[other].primary() == cell.primary();
        cells[nth].counted_in = if cell.index == care_home {
            receivers.iter().copied().find(|&other| cells[other].index == village)
        } else {
            receivers.iter().copied().filter(same_file).min_by_key(|&other| apart(other))
        };
    }
}

/// Writes one table for each primary cell, and gives their names.
pub(super) fn write(folder: &mut Folder, cells: &[MeshCell]) -> Result<Vec<String>, DemoError> {
    let mut names = Vec::new();
    for (nth, cell) in cells.iter().enumerate() {
        // Cells of one primary cell follow each other, since its digits come first.
        let primary = cell.primary();
        if nth == 0 || cells[nth - 1].primary() != primary {
            let text = table(cells, primary);
            let name = format!("tblT001101H{primary}.txt");
            folder.write(&name, &cp932(&text))?;
            names.push(name);
        }
    }
    Ok(names)
}

/// The table of one primary cell.
fn table(cells: &[MeshCell], primary: i32) -> String {
    let ages = ["T001101004", "T001101010", "T001101019"];
    let codes = ["KEY_CODE", "HTKSYORI", "HTKSAKI", "GASSAN", "T001101001", ages[0], ages[1], ages[2]];
    let labels = [
        "",
        "",
        "",
        "",
        "　人口（総数）",
        "　０～１４歳人口　総数",
        "　１５～６４歳人口　総数",
        "　６５歳以上人口　総数",
    ];
    let rows = (0..cells.len()).filter(|&nth| cells[nth].primary() == primary).map(|nth| row(cells, nth));
    let head = [codes, labels].map(|line| line.map(String::from).to_vec());
    // e-Stat ends lines as Unix does.
    csv(head.into_iter().chain(rows)).replace("\r\n", "\n")
}

fn row(cells: &[MeshCell], nth: usize) -> Vec<String> {
    let cell = &cells[nth];
    let residents = cell.residents.to_string();
    if let Some(receiver) = cell.counted_in {
        let hidden = || String::from("*");
        let to = cells[receiver].code();
        return vec![cell.code(), "2".into(), to, String::new(), residents, hidden(), hidden(), hidden()];
    }
    let members: Vec<&MeshCell> = cells.iter().filter(|other| other.counted_in == Some(nth)).collect();
    let from: Vec<String> = members.iter().map(|member| member.code()).collect();
    let total = |of: fn(&MeshCell) -> u32| of(cell) + members.iter().map(|member| of(member)).sum::<u32>();
    let [all, children, seniors] =
        [total(|cell| cell.residents), total(|cell| cell.children), total(|cell| cell.seniors)];
    let treated = if members.is_empty() { "0" } else { "1" };
    vec![
        cell.code(),
        treated.into(),
        String::new(),
        from.join(";"),
        residents,
        children.to_string(),
        (all - children - seniors).to_string(),
        seniors.to_string(),
    ]
}

fn index([lon, lat]: [f64; 2]) -> [i32; 2] {
    [(lon / CELL_LON_DEGREES).floor() as i32, (lat / CELL_LAT_DEGREES).floor() as i32]
}

/// A place in a cell, in parts of its width and height.
fn lon_lat([lon, lat]: [i32; 2], [across, up]: [f64; 2]) -> [f64; 2] {
    [(f64::from(lon) + across) * CELL_LON_DEGREES, (f64::from(lat) + up) * CELL_LAT_DEGREES]
}

fn hectares(plan: &Plan, cell: [i32; 2]) -> Result<f64, DemoError> {
    let corner = |across, up| plan.ground.uv(lon_lat(cell, [across, up]));
    let [sw, se, nw] = [corner(0.0, 0.0)?, corner(1.0, 0.0)?, corner(0.0, 1.0)?];
    let area = (se[0] - sw[0]) * (nw[1] - sw[1]) - (nw[0] - sw[0]) * (se[1] - sw[1]);
    Ok(area / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::DemoOptions;

    fn cells(parcels: usize) -> Vec<MeshCell> {
        draw(&Plan::new(&DemoOptions { parcels, seed: 1 }).unwrap()).unwrap()
    }

    #[test]
    fn a_code_names_the_cell_of_the_standard() {
        // 138.403125E 34.902083N: primary 5238, 2次メッシュ row 2 (34.667 + 2 × 5′), column 3 (138 + 3 × 7.5′).
        let cell = MeshCell::people(index([138.403_125, 34.902_083]), 1, 0);
        assert_eq!(cell.code(), "523823821");
    }

    #[test]
    fn the_ages_of_a_group_add_up() {
        let cells = cells(300);
        let table = table(&cells, 5238);
        let rows: Vec<Vec<&str>> = table.lines().skip(2).map(|line| line.split(',').collect()).collect();
        assert!(rows.iter().any(|row| row[1] == "2") && rows.iter().any(|row| row[1] == "1"));
        for row in rows.iter().filter(|row| row[1] != "2") {
            let members = rows.iter().filter(|other| other[2] == row[0]);
            let number = |text: &str| text.parse::<u32>().unwrap();
            let people: u32 = number(row[4]) + members.clone().map(|member| number(member[4])).sum::<u32>();
            assert_eq!(row[5..8].iter().map(|cell| number(cell)).sum::<u32>(), people, "{row:?}");
            assert_eq!(members.map(|member| member[0]).collect::<Vec<_>>().join(";"), row[3]);
        }
    }

    #[test]
    fn the_middle_has_enough_seniors_and_the_village_may_have() {
        let plan = Plan::new(&DemoOptions { parcels: 300, seed: 1 }).unwrap();
        let cells = draw(&plan).unwrap();
        let at = |place: &Settlement| {
            let middle = index(plan.ground.lon_lat(place.centre));
            let nth = cells.iter().position(|cell| cell.index == middle).unwrap();
            let hectares = hectares(&plan, middle).unwrap();
            let members = || cells.iter().filter(|cell| cell.counted_in == Some(nth));
            let hi = cells[nth].seniors + members().map(|cell| cell.seniors).sum::<u32>();
            let lo = hi - members().map(|cell| cell.residents).sum::<u32>().min(hi);
            [f64::from(lo) / hectares, f64::from(hi) / hectares]
        };
        assert!(at(&plan.town)[0] > 41.0, "{:?}", at(&plan.town));
        assert!(at(&plan.village)[0] < 39.0 && at(&plan.village)[1] > 41.0, "{:?}", at(&plan.village));
    }
}
