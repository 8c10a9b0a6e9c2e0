//! GeoJSON as 国土数値情報 publishes it: one feature a line, a `crs` member, degrees with nine decimals.

use serde_json::Value;

use super::DemoError;
use super::ground::{Ground, Uv};
use super::write::{Folder, NewFile};

/// What a feature is; rings are written as they are given, closed or not.
pub(super) enum Shape<'a> {
    Null,
    Point(Uv),
    Lines(&'a [Vec<Uv>]),
    Polygon(&'a [Vec<Uv>]),
    MultiPolygon(&'a [Vec<Vec<Uv>>]),
}

/// A file of features, written as they come.
pub(super) struct GeoJson<'a> {
    file: NewFile,
    ground: &'a Ground,
    line: String,
    features: usize,
}

impl<'a> GeoJson<'a> {
    /// Begins `NAME.geojson` on JGD2011.
    pub(super) fn create(folder: &Folder, name: &str, ground: &'a Ground) -> Result<Self, DemoError> {
        let mut file = folder.open(&format!("{name}.geojson"))?;
        let head = format!(
            "{{\n\"type\": \"FeatureCollection\",\n\"name\": \"{name}\",\n\"crs\": {{ \"type\": \"name\", \"properties\": \
             {{ \"name\": \"urn:ogc:def:crs:EPSG::6668\" }} }},\n\"features\": ["
        );
        file.write(head.as_bytes())?;
        Ok(Self { file, ground, line: String::new(), features: 0 })
    }

    /// Writes one feature.
    pub(super) fn feature(&mut self, properties: &Value, shape: &Shape<'_>) -> Result<(), DemoError> {
        self.feature_with(&properties.to_string(), shape)
    }

    /// Writes one feature whose properties are the text of a JSON object.
    pub(super) fn feature_with(&mut self, properties: &str, shape: &Shape<'_>) -> Result<(), DemoError> {
        self.line.clear();
        self.line.push_str(if self.features == 0 { "\n" } else { ",\n" });
        self.line.push_str("{ \"type\": \"Feature\", \"properties\": ");
        self.line.push_str(properties);
        self.line.push_str(", \"geometry\": ");
        self.shape(shape);
        self.line.push_str(" }");
        self.features += 1;
        self.file.write(self.line.as_bytes())
    }

    /// Ends the file and gives it its name.
    pub(super) fn finish(mut self, folder: &mut Folder) -> Result<(), DemoError> {
        self.file.write(b"\n]\n}\n")?;
        folder.keep(self.file)?;
        Ok(())
    }

    fn shape(&mut self, shape: &Shape<'_>) {
        let name = match shape {
            Shape::Null => return self.line.push_str("null"),
            Shape::Point(_) => "Point",
            Shape::Lines(_) => "MultiLineString",
            Shape::Polygon(_) => "Polygon",
            Shape::MultiPolygon(_) => "MultiPolygon",
        };
        self.line.push_str("{ \"type\": \"");
        self.line.push_str(name);
        self.line.push_str("\", \"coordinates\": ");
        match shape {
            Shape::Null => {}
            Shape::Point(at) => self.point(*at),
            Shape::Lines(lines) | Shape::Polygon(lines) => self.lines(lines),
            Shape::MultiPolygon(polygons) => self.list(polygons, |to, rings| to.lines(rings)),
        }
        self.line.push_str(" }");
    }

    fn lines(&mut self, lines: &[Vec<Uv>]) {
        self.list(lines, |to, line| to.list(line, |to, &at| to.point(at)));
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.line.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.line.push_str(", ");
            }
            each(self, item);
        }
        self.line.push(']');
    }

    fn point(&mut self, at: Uv) {
        let [lon, lat] = self.ground.lon_lat(at);
        self.line.push('[');
        push_degrees(&mut self.line, lon);
        self.line.push_str(", ");
        push_degrees(&mut self.line, lat);
        self.line.push(']');
    }
}

/// Appends positive degrees with nine decimals (0.1 mm); several times faster than `format!`.
fn push_degrees(line: &mut String, degrees: f64) {
    let mut rest = (degrees * 1e9).round() as u64;
    let mut digits = [b'0'; 13];
    for index in (0..13).rev() {
        if index == 3 {
            digits[index] = b'.';
            continue;
        }
        digits[index] += (rest % 10) as u8;
        rest /= 10;
    }
    let unused = digits.iter().take(2).take_while(|&&digit| digit == b'0').count();
    line.extend(digits[unused..].iter().map(|&digit| char::from(digit)));
}

/// A ring that ends where it begins.
pub(super) fn closed(points: &[Uv]) -> Vec<Uv> {
    let mut ring = Vec::with_capacity(points.len() + 1);
    ring.extend_from_slice(points);
    ring.extend(points.first());
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn degrees_are_written_as_the_standard_library_would(degrees in 0.0..180.0_f64) {
            let mut text = String::new();
            push_degrees(&mut text, degrees);
            let standard: f64 = format!("{degrees:.9}").parse().unwrap();
            prop_assert!((text.parse::<f64>().unwrap() - standard).abs() <= 1.01e-9, "{text} for {degrees}");
            prop_assert_eq!(text.split_once('.').unwrap().1.len(), 9);
        }
    }
}
