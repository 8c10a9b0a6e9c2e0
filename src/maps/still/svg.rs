//! A drawing as SVG: text stays text, to be edited; a unit is a hundredth of a millimetre.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::ink::{Anchor, Beside, Colour, Drawing, Fill, Lettering, Mark, Outline, Spot, Stroke, hundredths};
use super::paper::Sheet;
use super::tile;

/// The font that was measured with, which Windows has; then what other systems have for Japanese.
const FONTS: &str = "BIZ UDPGothic, Hiragino Sans, Hiragino Kaku Gothic ProN, Noto Sans JP, Noto Sans CJK JP, \
                     Yu Gothic, Meiryo, IPAPGothic, sans-serif";

/// The whole file.
///
/// # Errors
/// None: memory takes everything.
pub(super) fn svg(drawing: &Drawing, sheet: &Sheet, title: &str) -> io::Result<Vec<u8>> {
    let mut pen = Pen { xml: Writer::new(Vec::new()), clips: Vec::new() };
    pen.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    pen.line();
    let (width, height) = (hundredths(sheet.width), hundredths(sheet.height));
    let box_of_sheet = format!("0 0 {width} {height}");
    let size = [format!("{}mm", sheet.width), format!("{}mm", sheet.height)];
    pen.start(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &size[0]),
            ("height", &size[1]),
            ("viewBox", &box_of_sheet),
            ("font-family", FONTS),
            ("stroke-linejoin", "round"),
        ],
    )?;
    pen.line();
    pen.start("title", &[])?;
    pen.words(title)?;
    pen.end("title")?;
    pen.defs(drawing)?;
    pen.empty("rect", &[("width", &width.to_string()), ("height", &height.to_string()), ("fill", "#fff")])?;
    for mark in &drawing.marks {
        pen.mark(mark)?;
    }
    pen.line();
    pen.end("svg")?;
    pen.line();
    Ok(pen.xml.into_inner())
}

struct Pen {
    xml: Writer<Vec<u8>>,
    /// The boxes at which something is cut; the index is the number of the clip path.
    clips: Vec<[Spot; 2]>,
}

impl Pen {
    fn line(&mut self) {
        self.xml.get_mut().push(b'\n');
    }

    fn element<'a>(name: &'static str, attributes: &[(&'a str, &'a str)]) -> BytesStart<'a> {
        BytesStart::new(name).with_attributes(attributes.iter().copied())
    }

    fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Start(Self::element(name, attributes)))
    }

    fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.line();
        self.xml.write_event(Event::Empty(Self::element(name, attributes)))
    }

    fn end(&mut self, name: &'static str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn words(&mut self, words: &str) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::new(words)))
    }

    /// Patterns and clip paths, each once.
    fn defs(&mut self, drawing: &Drawing) -> io::Result<()> {
        self.line();
        self.start("defs", &[])?;
        for fill in drawing.fills() {
            self.pattern(fill)?;
        }
        for mark in &drawing.marks {
            if let Mark::Begin { clip: Some(clip), .. } = mark
                && !self.clips.contains(clip)
            {
                self.clips.push(*clip);
                let id = format!("clip-{}", self.clips.len());
                let [[left, top], [right, bottom]] = *clip;
                self.start("clipPath", &[("id", &id)])?;
                let numbers = [left, top, right - left, bottom - top].map(|number| number.to_string());
                self.empty(
                    "rect",
                    &[("x", &numbers[0]), ("y", &numbers[1]), ("width", &numbers[2]), ("height", &numbers[3])],
                )?;
                self.end("clipPath")?;
            }
        }
        self.end("defs")
    }

    fn pattern(&mut self, fill: Fill) -> io::Result<()> {
        let side = hundredths(tile::SIDE).to_string();
        let id = pattern_id(fill);
        let units = ("patternUnits", "userSpaceOnUse");
        self.line();
        self.start("pattern", &[("id", &id), units, ("width", &side), ("height", &side)])?;
        let mut parts = Drawing::default();
        tile::draw(fill, &mut parts);
        for mark in &parts.marks {
            self.mark(mark)?;
        }
        self.end("pattern")
    }

    fn mark(&mut self, mark: &Mark) -> io::Result<()> {
        match mark {
            Mark::Shape { outline, fill, stroke } => {
                let data = path(outline);
                let mut element = BytesStart::new("path");
                element.push_attribute(("d", data.as_str()));
                self.painted(element, *fill, *stroke)
            }
            Mark::Spread { outline, fill, by } => {
                let (data, paint, width) = (path(outline), paint(*fill), hundredths(2.0 * by).to_string());
                let attributes =
                    [("d", data.as_str()), ("fill", &paint), ("stroke", &paint), ("stroke-width", width.as_str())];
                self.empty("path", &attributes)
            }
            Mark::Circle { centre, radius, fill, stroke } => {
                let mut element = BytesStart::new("circle");
                for (name, number) in [("cx", centre[0]), ("cy", centre[1]), ("r", *radius)] {
                    element.push_attribute((name, number.to_string().as_str()));
                }
                self.painted(element, *fill, *stroke)
            }
            Mark::Text(text) => self.text(text),
            Mark::Begin { id, clip } => {
                let number = clip.and_then(|clip| self.clips.iter().position(|known| *known == clip));
                let clip = number.map(|number| format!("url(#clip-{})", number + 1));
                let clip = clip.as_deref().map(|url| ("clip-path", url));
                self.line();
                self.start("g", &[("id", *id)].into_iter().chain(clip).collect::<Vec<_>>())
            }
            Mark::End => {
                self.line();
                self.end("g")
            }
        }
    }

    /// A shape with its paint; without a fill SVG would take black.
    fn painted(&mut self, mut element: BytesStart<'_>, fill: Option<Fill>, stroke: Option<Stroke>) -> io::Result<()> {
        let fill = fill.map_or(Cow::from("none"), |fill| paint(fill).into());
        element.push_attribute(("fill", &*fill));
        if let Some(Stroke { colour, width, dashes }) = stroke {
            element.push_attribute(("stroke", hex(colour).as_str()));
            element.push_attribute(("stroke-width", hundredths(width).to_string().as_str()));
            if !dashes.is_empty() {
                let dashes: Vec<String> = dashes.iter().map(|mm| hundredths(*mm).to_string()).collect();
                element.push_attribute(("stroke-dasharray", dashes.join(" ").as_str()));
            }
        }
        self.line();
        self.xml.write_event(Event::Empty(element))
    }

    fn text(&mut self, text: &Lettering) -> io::Result<()> {
        let numbers = [text.at[0], text.at[1], text.size].map(|number| number.to_string());
        let colour = hex(text.colour);
        let mut attributes =
            vec![("x", numbers[0].as_str()), ("y", &numbers[1]), ("font-size", &numbers[2]), ("fill", &colour)];
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle")),
            Anchor::End => attributes.push(("text-anchor", "end")),
        }
        let halo = hundredths(super::HALO).to_string();
        if text.halo {
            attributes.extend([("stroke", "#fff"), ("stroke-width", halo.as_str()), ("paint-order", "stroke")]);
        }
        self.line();
        self.start("text", &attributes)?;
        self.words(&text.words)?;
        if let Some(Beside { words, size, colour }) = &text.beside {
            // In one element with what it stands beside, so that another font cannot lay the two upon each other.
            let (gap, size, colour) = (text.gap().to_string(), size.to_string(), hex(*colour));
            self.start("tspan", &[("dx", &gap), ("font-size", &size), ("fill", &colour)])?;
            self.words(words)?;
            self.end("tspan")?;
        }
        self.end("text")
    }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A fill as an attribute names it.
fn paint(fill: Fill) -> String {
    if let Fill::Plain(colour) = fill { hex(colour) } else { format!("url(#{})", pattern_id(fill)) }
}

fn pattern_id(fill: Fill) -> String {
    let name = |word: &str, colour: Colour| format!("{word}-{}", &hex(colour)[1..]);
    match fill {
        Fill::Plain(colour) => name("plain", colour),
        Fill::Hatched { line, .. } => name("hatched", line),
        Fill::Dotted { dot, .. } => name("dotted", dot),
    }
}

/// The data of a path: every line from where the last one began, in steps.
fn path(outline: &Outline) -> String {
    let mut data = String::new();
    let mut from = [0, 0];
    for line in outline.lines() {
        // The first `m` has no pen to step from, so that its numbers are a place.
        data.push('m');
        number(&mut data, line[0][0] - from[0]);
        number(&mut data, line[0][1] - from[1]);
        let mut at = line[0];
        let mut command = 'm';
        for &point in &line[1..] {
            let [dx, dy] = [point[0] - at[0], point[1] - at[1]];
            // Numbers after `m` are steps of `l`.
            let wanted = match (dx, dy) {
                (_, 0) => 'h',
                (0, _) => 'v',
                _ if matches!(command, 'm' | 'l') => command,
                _ => 'l',
            };
            if wanted != command {
                data.push(wanted);
                command = wanted;
            }
            if wanted != 'v' {
                number(&mut data, dx);
            }
            if wanted != 'h' {
                number(&mut data, dy);
            }
            at = point;
        }
        // After `z` the pen is where the ring began.
        from = at;
        if outline.closed {
            data.push('z');
            from = line[0];
        }
    }
    data
}

/// Adds a number, with a space only where it would run into the one before.
fn number(data: &mut String, value: i32) {
    if value >= 0 && data.ends_with(|sign: char| sign.is_ascii_digit()) {
        data.push(' ');
    }
    // Writing to a String cannot fail.
    let _ = write!(data, "{value}");
}

#[cfg(test)]
mod tests {
    use super::super::paper::Size;
    use super::*;

    #[test]
    fn paths_are_steps_without_a_needless_sign() {
        let mut outline = Outline::rings();
        outline.add([[10, 20], [28, 20], [28, 2], [10, 2]]);
        outline.add([[5, 5], [9, 9], [1, 9], [0, 4]]);
        assert_eq!(path(&outline), "m10 20h18v-18h-18zm-5-15 4 4h-8l-1-5z");
        let line = Outline::line([[0.0, 0.0], [0.1, 0.1], [0.2, 0.0]]);
        assert_eq!(path(&line), "m0 0 10 10 10-10");
    }

    #[test]
    fn hostile_names_are_text() {
        let mut drawing = Drawing::default();
        drawing.begin("names", Some([[0, 0], [100, 100]]));
        drawing.marks.push(Mark::Text(Lettering {
            at: [1, 2],
            size: 300,
            words: "</text><script>alert('&')</script>".to_owned(),
            anchor: Anchor::End,
            colour: [0, 0, 0],
            beside: None,
            halo: true,
        }));
        drawing.end();
        let bytes = svg(&drawing, &Sheet::new(Size::A4, false), "<title> & more").unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("<script>") && text.contains("&lt;script&gt;"), "{text}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}
