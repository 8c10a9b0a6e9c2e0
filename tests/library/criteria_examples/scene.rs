//! The scene language of the examples: one statement a line, metres, x y before width height.
//! `src/criteria/intro.md` is its manual.

use std::collections::BTreeMap;

use kyoten::criteria::{Criterion, RuleSet, Rules, default_rules};
use kyoten::crs::{Plane, ScaleField};
use kyoten::geometry::{Bounds, Footprint, Point, Shapes};
use kyoten::layers::{
    Blank, Census, CensusUnit, City, Content, Facility, LAYERS, Layer, LayerKey, Line, Municipality, StopKind, StopRow,
};
use kyoten::units::Interval;

/// A little city, the parcels in it, and what the document says of them.
pub struct Scene {
    pub city: City,
    pub planned_kind: Option<String>,
    pub parcels: Shapes,
    pub claims: Vec<Claim>,
    /// The rule set that the document belongs to.
    set: &'static RuleSet,
    names: Vec<String>,
    layers: BTreeMap<LayerKey, Layer>,
    expected: BTreeMap<LayerKey, Shapes>,
    doubtful: BTreeMap<LayerKey, Shapes>,
    /// Where central zones lie, where the scene says so itself: sure, possible and expected.
    central: Option<[Shapes; 3]>,
}

/// What the document says of one parcel.
pub struct Claim {
    pub line: usize,
    pub parcel: usize,
    pub parcel_name: String,
    /// The id of a criterion or zone.
    pub about: String,
    pub value: String,
}

/// The programme's rules, but that central zones lie where two layers say, of which a scene can make what it wants: one
/// knows what is sure and expected, the other what is possible beside that.
fn central_as_set() -> &'static RuleSet {
    let rest: String = default_rules().text.lines().filter(|line| !line.starts_with("as_a_whole")).fold(
        String::new(),
        |text, line| {
            let line = match line {
                "id = \"saikochiku\"" => "id = \"central-as-set\"",
                line if line.starts_with("all_of = [\"in-did\"") => "all_of = [\"in-did\", \"enough-seniors\"]",
                line => line,
            };
            text + line + "\n"
        },
    );
    RuleSet::parse(&rest, "central-as-set.toml".as_ref()).expect("it is a rule set")
}

impl Scene {
    /// Reads a block whose first line has the number `first`.
    pub fn parse(set: &'static RuleSet, first: usize, lines: &[&str]) -> Result<Self, (usize, String)> {
        let plane = Plane::new(8).expect("there are 19");
        let city = City::empty(plane, None);
        let origin = true_to_scale(&city.scale);
        let (planned_kind, parcels, claims, names) = Default::default();
        let (layers, expected, doubtful, central) = Default::default();
        let mut scene = Self { city, planned_kind, parcels, claims, set, names, layers, expected, doubtful, central };
        for (line, number) in lines.iter().zip(first..) {
            let text = line.split('#').next().unwrap_or_default();
            let mut words = Words { all: text.split_whitespace().collect(), next: 0, origin };
            if let Some(keyword) = words.any() {
                scene.read(keyword, &mut words, number).and_then(|()| words.end()).map_err(|what| (number, what))?;
            }
        }
        scene.set_central().map_err(|what| (first, what))?;
        let Self { city, layers, expected, doubtful, .. } = &mut scene;
        for (key, shapes) in std::mem::take(doubtful) {
            // The layer is there, if nothing else is in it.
            layers.entry(key).or_insert_with(|| Layer::none(key.kind().content));
            city.doubt(key, &shapes);
        }
        for (key, layer) in std::mem::take(layers) {
            city.put(key, layer);
        }
        for (key, shapes) in std::mem::take(expected) {
            city.expect(key, Layer::Area(shapes));
        }
        Ok(scene)
    }

    /// The rules that the scene is judged by.
    pub fn rules(&self) -> Rules {
        Rules::of(if self.central.is_some() { central_as_set() } else { self.set })
    }

    fn read(&mut self, keyword: &str, words: &mut Words<'_>, line: usize) -> Result<(), String> {
        match keyword {
            "parcel" => {
                self.names.push(words.word("name")?);
                push_box(&mut self.parcels, words.rectangle()?);
            }
            "=>" => self.claims.push(self.claim(words, line)?),
            "no" => self.none(&words.word("layer")?)?,
            "expect" => self.expect(&words.word("statement")?, words)?,
            "central" => push_box(&mut self.central()[0], words.rectangle()?),
            "maybe" => match words.word("statement")?.as_str() {
                "central" => push_box(&mut self.central()[1], words.rectangle()?),
                other => {
                    let key = area(other).ok_or_else(|| format!("“{other}” cannot be in doubt"))?;
                    push_box(self.doubtful.entry(key).or_default(), words.rectangle()?);
                }
            },
            "planned_kind" => self.planned_kind = Some(words.word("kind")?),
            "municipality" => self.municipality(words)?,
            other => {
                let (key, more) = statement(other, words)?;
                self.add(key, more);
            }
        }
        Ok(())
    }

    /// Adds features to a layer.
    fn add(&mut self, key: LayerKey, more: Layer) {
        let layer = self.layers.entry(key).or_insert_with(|| Layer::none(key.kind().content));
        match (layer, more) {
            (Layer::Area(there), Layer::Area(more)) | (Layer::Units(there), Layer::Units(more)) => {
                for shape in more.iter() {
                    there.push(&shape);
                }
            }
            (Layer::Stops(there), Layer::Stops(more)) => there.extend(more),
            (Layer::Facilities(there), Layer::Facilities(more)) => there.extend(more),
            (Layer::Municipalities(there), Layer::Municipalities(more)) => there.extend(more),
            (Layer::Points(there), Layer::Points(more)) => there.extend(more),
            (Layer::Census(there), Layer::Census(more)) => {
                for shape in more.shapes.iter() {
                    there.shapes.push(&shape);
                }
                there.units.extend(more.units);
            }
            (there, more) => unreachable!("{key:?} holds {:?}, not {:?}", there.content(), more.content()),
        }
    }

    fn central(&mut self) -> &mut [Shapes; 3] {
        self.central.get_or_insert_default()
    }

    /// Makes the layers by which central zones lie where the scene sets them ([`CENTRAL_AS_SET`]).
    fn set_central(&mut self) -> Result<(), String> {
        let Some(central) = self.central.clone() else { return Ok(()) };
        let taken = [LayerKey::Did, LayerKey::Census];
        let is_given = |key: &LayerKey| self.layers.contains_key(key) || self.expected.contains_key(key);
        if let Some(key) = taken.iter().find(|key| is_given(key)) {
            return Err(format!("central zones that are set leave no place for “{}”", key.name()));
        }
        for key in taken {
            self.layers.insert(key, Layer::none(key.kind().content));
        }
        let without_end = f64::INFINITY;
        let seniors = [Interval::exactly(1e9), Interval::new(0.0, without_end), Interval::exactly(0.0)];
        for (shapes, seniors) in central.iter().zip(seniors) {
            self.add(LayerKey::Did, Layer::Area(shapes.clone()));
            for shape in shapes.iter() {
                self.add(LayerKey::Census, census_unit(shape.bounds(), Interval::new(0.0, without_end), seniors));
            }
        }
        let [.., hoped] = central;
        self.expected.insert(LayerKey::Census, hoped);
        Ok(())
    }

    /// The layer of one's own that a criterion asks for by this name.
    fn own(&self, name: &str) -> Option<LayerKey> {
        let asked = self.set.criteria.iter().flat_map(Criterion::layers);
        asked.into_iter().find(|layer| layer.is_own() && layer.name() == name)
    }

    /// `no LAYER`: the city has none.
    fn none(&mut self, name: &str) -> Result<(), String> {
        let key = match name {
            "stations" => LayerKey::Stations,
            "stops" => LayerKey::Stops,
            "facilities" => LayerKey::Facilities,
            "central" => {
                self.central = Some(Default::default());
                return Ok(());
            }
            _ => self.own(name).or_else(|| area(name)).ok_or_else(|| format!("“{name}” cannot be without any"))?,
        };
        self.layers.insert(key, Layer::none(key.kind().content));
        Ok(())
    }

    /// `expect STATEMENT`: the planner's expectation.
    fn expect(&mut self, keyword: &str, words: &mut Words<'_>) -> Result<(), String> {
        if keyword == "central" {
            push_box(&mut self.central()[2], words.rectangle()?);
            return Ok(());
        }
        let layer = LAYERS.iter().find(|layer| layer.name == keyword && layer.expected_as == Some(Content::Area));
        let layer = layer.ok_or_else(|| format!("“{keyword}” cannot be expected"))?.key;
        push_box(self.expected.entry(layer).or_default(), words.rectangle()?);
        Ok(())
    }

    /// `municipality CODE`: the whole study; `municipality CODE X Y W H`: one of the layer.
    fn municipality(&mut self, words: &mut Words<'_>) -> Result<(), String> {
        let code = words.word("code")?;
        if words.is_at_end() {
            self.city.municipality = Some(code);
        } else {
            let shapes = Shapes::from(words.rectangle()?);
            self.add(LayerKey::Municipalities, Layer::Municipalities(vec![Municipality { code, shapes }]));
        }
        Ok(())
    }

    fn claim(&self, words: &mut Words<'_>, line: usize) -> Result<Claim, String> {
        let parcel_name = words.word("parcel")?;
        let parcel = self.names.iter().position(|name| *name == parcel_name);
        let parcel = parcel.ok_or_else(|| format!("there is no parcel “{parcel_name}” above"))?;
        let about = words.word("criterion")?;
        if self.set.criterion(&about).is_none() && self.set.zone(&about).is_none() {
            return Err(format!("“{about}” is no criterion and no zone"));
        }
        let mut value = words.word("value")?;
        while let Some(word) = words.any() {
            value = format!("{value} {word}");
        }
        Ok(Claim { line, parcel, parcel_name, about, value })
    }
}

/// A statement that adds to a layer.
fn statement(keyword: &str, words: &mut Words<'_>) -> Result<(LayerKey, Layer), String> {
    if let Some(key) = stops(keyword) {
        return Ok((key, Layer::Stops(vec![stop(keyword, words)?])));
    }
    Ok(match keyword {
        "unit" => (LayerKey::Units, Layer::Units(Shapes::from(words.rectangle()?))),
        "census" => (LayerKey::Census, census(words)?),
        "facility" => (LayerKey::Facilities, Layer::Facilities(vec![facility(words)?])),
        "area" => {
            let key = LayerKey::own(&words.word("name")?, Content::Area);
            (key, Layer::Area(Shapes::from(words.rectangle()?)))
        }
        "place" => {
            let key = LayerKey::own(&words.word("name")?, Content::Facilities);
            (key, Layer::Facilities(vec![facility(words)?]))
        }
        "hub_centre" => (LayerKey::HubCentres, Layer::Points(vec![words.point()?])),
        name => {
            let key = area(name).ok_or_else(|| format!("“{name}” is no statement"))?;
            (key, Layer::Area(Shapes::from(words.rectangle()?)))
        }
    })
}

/// The layer that a statement of an area adds to.
fn area(name: &str) -> Option<LayerKey> {
    LAYERS.iter().find(|layer| layer.name == name && layer.content == Content::Area).map(|layer| layer.key)
}

/// The layer that a statement of a station or stop adds to.
fn stops(keyword: &str) -> Option<LayerKey> {
    match keyword {
        "station" | "tram" => Some(LayerKey::Stations),
        "stop" => Some(LayerKey::Stops),
        _ => None,
    }
}

/// `X Y W H [pop N] [seniors N|A..B|?]`: without a number, as many as there may be.
fn census(words: &mut Words<'_>) -> Result<Layer, String> {
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
    Ok(census_unit(rectangle, population, seniors))
}

fn census_unit(rectangle: Bounds, population: Interval<f64>, seniors: Interval<f64>) -> Layer {
    let units = vec![CensusUnit { code: None, population, seniors }];
    Layer::Census(Census { shapes: Shapes::from(rectangle), units, surveyed: Shapes::default() })
}

/// `KIND|? X Y`
fn facility(words: &mut Words<'_>) -> Result<Facility, String> {
    let kind = Some(words.word("kind")?).filter(|kind| kind != "?");
    let at = words.point()?;
    let geometry = Some(geo::Point::from(at).into());
    Ok(Facility { number: 1, name: None, kind, site_area: None, geometry, parts: at.into() })
}

/// `NAME X Y [to X Y|size W H] [peak N|?] [daily N|?] [line NAME]… [by OPERATOR]`
fn stop(keyword: &str, words: &mut Words<'_>) -> Result<StopRow, String> {
    let name = Some(words.word("name")?);
    let (mut part, mut size) = (vec![words.point()?], None);
    let (mut peak_trips, mut daily_trips, mut lines, mut operator) = (None, None, Vec::new(), None);
    while let Some(keyword) = words.any() {
        match keyword {
            "to" => part.push(words.point()?),
            "size" => size = Some([words.number()?, words.number()?]),
            "peak" => peak_trips = words.amount()?.map(|peak| peak.lo),
            "daily" => daily_trips = words.amount()?.map(|daily| daily.lo),
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
    let parts = match size {
        Some([width, height]) => {
            let [x, y] = part[0];
            Footprint::of(&geo::Rect::new((x, y), (x + width, y + height)).to_polygon().into())
        }
        None => vec![part].into(),
    };
    let (operator, blank) = (None, Blank::default());
    Ok(StopRow { name, kind, lines, operator, blank, group: None, may_be: None, parts, peak_trips, daily_trips })
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
