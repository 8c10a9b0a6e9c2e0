//! The scene language of the examples: one statement a line, metres, x y before width height.
//! `src/criteria/intro.md` is its manual.

use kyoten::criteria::{Zone, criterion};
use kyoten::crs::{Plane, ScaleField};
use kyoten::geometry::{Bounds, Point, Shapes};
use kyoten::layers::{Census, CensusUnit, City, Facility, LAYERS, LandUnits, Line, Municipality, StopKind, StopRow};
use kyoten::notices::Notices;
use kyoten::units::Interval;

/// A little city, the lots in it, and what the document says of them.
pub struct Scene {
    pub city: City,
    /// Where central zones lie, where the scene says so itself: sure, possible and expected.
    pub central: Option<[Shapes; 3]>,
    pub planned_kind: Option<String>,
    pub lots: Shapes,
    pub claims: Vec<Claim>,
    names: Vec<String>,
}

/// What the document says of one lot.
pub struct Claim {
    pub line: usize,
    pub lot: usize,
    pub lot_name: String,
    /// The id of a criterion or zone.
    pub about: String,
    pub value: String,
}

impl Scene {
    /// Reads a block whose first line has the number `first`.
    pub fn parse(first: usize, lines: &[&str]) -> Result<Self, (usize, String)> {
        let plane = Plane::new(8).expect("there are 19");
        let city = City::empty(plane, None);
        let origin = true_to_scale(&city.scale);
        let (lots, claims, names) = Default::default();
        let mut scene = Self { city, central: None, planned_kind: None, lots, claims, names };
        for (line, number) in lines.iter().zip(first..) {
            let text = line.split('#').next().unwrap_or_default();
            let mut words = Words { all: text.split_whitespace().collect(), next: 0, origin };
            if let Some(keyword) = words.any() {
                scene.read(keyword, &mut words, number).and_then(|()| words.end()).map_err(|what| (number, what))?;
            }
        }
        let city = &mut scene.city;
        city.units = city.units.take().or_else(|| city.other_units(&mut Notices::default()));
        Ok(scene)
    }

    fn read(&mut self, keyword: &str, words: &mut Words<'_>, line: usize) -> Result<(), String> {
        match keyword {
            "lot" => {
                self.names.push(words.word("name")?);
                push_box(&mut self.lots, words.rectangle()?);
            }
            "=>" => self.claims.push(self.claim(words, line)?),
            "no" => self.none(&words.word("layer")?)?,
            "expect" => self.expect(&words.word("statement")?, words)?,
            "central" => push_box(&mut self.central()[0], words.rectangle()?),
            "maybe" => match words.word("statement")?.as_str() {
                "central" => push_box(&mut self.central()[1], words.rectangle()?),
                other => return Err(format!("“{other}” cannot be in doubt")),
            },
            "planned_kind" => self.planned_kind = Some(words.word("kind")?),
            "unit" => {
                let units = self.city.units.get_or_insert(LandUnits { shapes: Shapes::default(), origin: "units" });
                push_box(&mut units.shapes, words.rectangle()?);
            }
            "census" => self.census(words)?,
            "facility" => self.city.facilities.get_or_insert_default().push(facility(words)?),
            "municipality" => self.municipality(words)?,
            "hub_centre" => self.city.hub_centres.get_or_insert_default().push(words.point()?),
            "station" | "tram" => self.city.stations.get_or_insert_default().push(stop(keyword, words)?),
            "stop" => self.city.stops.get_or_insert_default().push(stop(keyword, words)?),
            area => {
                let layer = self.area(area).ok_or_else(|| format!("“{area}” is no statement"))?;
                push_box(layer.get_or_insert_default(), words.rectangle()?);
            }
        }
        Ok(())
    }

    fn area(&mut self, name: &str) -> Option<&mut Option<Shapes>> {
        Some(match name {
            "did" => &mut self.city.did,
            "urban_zone" => &mut self.city.urban_zone,
            "induction_area" => &mut self.city.induction_area,
            "public_land" => &mut self.city.public_land,
            _ => return None,
        })
    }

    fn central(&mut self) -> &mut [Shapes; 3] {
        self.central.get_or_insert_default()
    }

    /// `no LAYER`: the city has none.
    fn none(&mut self, layer: &str) -> Result<(), String> {
        match layer {
            "stations" => self.city.stations = Some(Vec::new()),
            "stops" => self.city.stops = Some(Vec::new()),
            "facilities" => self.city.facilities = Some(Vec::new()),
            "central" => self.central = Some(Default::default()),
            _ => *self.area(layer).ok_or_else(|| format!("“{layer}” cannot be without any"))? = Some(Shapes::default()),
        }
        Ok(())
    }

    /// `expect STATEMENT`: the planner's expectation.
    fn expect(&mut self, keyword: &str, words: &mut Words<'_>) -> Result<(), String> {
        if matches!(keyword, "station" | "tram" | "stop") {
            self.city.expectations.stops.push(stop(keyword, words)?);
            return Ok(());
        }
        if keyword == "central" {
            push_box(&mut self.central()[2], words.rectangle()?);
            return Ok(());
        }
        let is_place = keyword == "census" || self.area(keyword).is_some();
        let layer = LAYERS.iter().find(|layer| is_place && layer.name == keyword && layer.can_be_expected);
        let layer = layer.ok_or_else(|| format!("“{keyword}” cannot be expected"))?.key;
        push_box(self.city.expectations.areas.entry(layer).or_default(), words.rectangle()?);
        Ok(())
    }

    /// `census X Y W H [pop N] [seniors N|A..B|?]`: without a number, as many as there may be.
    fn census(&mut self, words: &mut Words<'_>) -> Result<(), String> {
        let rectangle = words.rectangle()?;
        let (mut population, mut seniors) = (None, None);
        while let Some(keyword) = words.any() {
            match keyword {
                "pop" => population = words.amount()?,
                "seniors" => seniors = words.amount()?,
                other => return Err(format!("“{other}” is too much")),
            }
        }
        let population = population.unwrap_or(Interval::new(0.0, f64::INFINITY));
        let seniors = seniors.unwrap_or(Interval::new(0.0, population.hi));
        let (shapes, units, surveyed) = Default::default();
        let census = self.city.census.get_or_insert(Census { shapes, units, surveyed });
        push_box(&mut census.shapes, rectangle);
        census.units.push(CensusUnit { code: None, population, seniors });
        Ok(())
    }

    /// `municipality CODE`: the whole study; `municipality CODE X Y W H`: one of the layer.
    fn municipality(&mut self, words: &mut Words<'_>) -> Result<(), String> {
        let code = words.word("code")?;
        if words.is_at_end() {
            self.city.municipality = Some(code);
        } else {
            let shapes = Shapes::from(words.rectangle()?);
            self.city.municipalities.get_or_insert_default().push(Municipality { code, shapes });
        }
        Ok(())
    }

    fn claim(&self, words: &mut Words<'_>, line: usize) -> Result<Claim, String> {
        let lot_name = words.word("lot")?;
        let lot = self.names.iter().position(|name| *name == lot_name);
        let lot = lot.ok_or_else(|| format!("there is no lot “{lot_name}” above"))?;
        let about = words.word("criterion")?;
        if criterion(&about).is_none() && !Zone::PLACES.iter().any(|zone| zone.id() == about) {
            return Err(format!("“{about}” is no criterion and no zone"));
        }
        let mut value = words.word("value")?;
        while let Some(word) = words.any() {
            value = format!("{value} {word}");
        }
        Ok(Claim { line, lot, lot_name, about, value })
    }
}

/// `KIND|? X Y`
fn facility(words: &mut Words<'_>) -> Result<Facility, String> {
    let kind = Some(words.word("kind")?).filter(|kind| kind != "?");
    let at = words.point()?;
    let geometry = Some(geo::Point::from(at).into());
    Ok(Facility { number: 1, name: None, kind, site_area: None, geometry, parts: vec![vec![at]], filled: false })
}

/// `NAME X Y [to X Y] [peak N|?] [line NAME]… [by OPERATOR]`
fn stop(keyword: &str, words: &mut Words<'_>) -> Result<StopRow, String> {
    let name = Some(words.word("name")?);
    let mut part = vec![words.point()?];
    let (mut peak_trips, mut lines, mut operator) = (None, Vec::new(), None);
    while let Some(keyword) = words.any() {
        match keyword {
            "to" => part.push(words.point()?),
            "peak" => peak_trips = words.amount()?.map(|peak| peak.lo),
            "line" => lines.push(words.word("line")?),
            "by" => operator = Some(words.word("operator")?),
            other => return Err(format!("“{other}” is too much")),
        }
    }
    let kind = match keyword {
        "station" => StopKind::Rail,
        "tram" => StopKind::Tram,
        _ => StopKind::Bus,
    };
    let lines = lines.into_iter().map(|name| Line { operator: operator.clone(), name }).collect();
    Ok(StopRow { name, kind, lines, group: None, parts: vec![part], peak_trips })
}

fn push_box(shapes: &mut Shapes, rectangle: Bounds) {
    shapes.push(&Shapes::from(rectangle).get(0));
}

/// Where the plane's metres are metres on the ground, so that an example's numbers are what they seem: to a
/// millimetre over a kilometre, and 3 cm over five.
fn true_to_scale(scale: &ScaleField) -> Point {
    let (mut low, mut high) = (0.0, 200_000.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if scale.at([middle, 0.0]) < 1.0 { low = middle } else { high = middle }
    }
    [low, 0.0]
}

/// The words of a line.
struct Words<'a> {
    all: Vec<&'a str>,
    next: usize,
    origin: Point,
}

impl<'a> Words<'a> {
    fn any(&mut self) -> Option<&'a str> {
        let word = self.all.get(self.next).copied();
        self.next += 1;
        word
    }

    fn is_at_end(&self) -> bool {
        self.next >= self.all.len()
    }

    fn end(&self) -> Result<(), String> {
        self.all.get(self.next).map_or(Ok(()), |word| Err(format!("“{word}” is too much")))
    }

    fn word(&mut self, what: &str) -> Result<String, String> {
        self.any().map(str::to_owned).ok_or_else(|| format!("the {what} is missing"))
    }

    fn number(&mut self) -> Result<f64, String> {
        number(self.any().ok_or("a number is missing")?)
    }

    /// `N`, `A..B`, or `?` for what is not known.
    fn amount(&mut self) -> Result<Option<Interval<f64>>, String> {
        let word = self.any().ok_or("a number is missing")?;
        Ok(match word.split_once("..") {
            _ if word == "?" => None,
            Some((lo, hi)) => Some(Interval::new(number(lo)?, number(hi)?)),
            None => Some(Interval::exactly(number(word)?)),
        })
    }

    fn point(&mut self) -> Result<Point, String> {
        Ok([self.origin[0] + self.number()?, self.origin[1] + self.number()?])
    }

    fn rectangle(&mut self) -> Result<Bounds, String> {
        let min = self.point()?;
        Ok(Bounds { min, max: [min[0] + self.number()?, min[1] + self.number()?] })
    }
}

fn number(word: &str) -> Result<f64, String> {
    word.parse().map_err(|_| format!("“{word}” is no number"))
}
