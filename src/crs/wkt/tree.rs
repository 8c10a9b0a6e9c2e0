//! The tree of a well-known text, as it is written.

/// Brackets within brackets beyond this are no CRS.
const MAX_DEPTH: usize = 24;

/// One `KEYWORD[…]`.
#[derive(Debug, PartialEq)]
pub(super) struct Node<'a> {
    keyword: &'a str,
    values: Vec<WktValue<'a>>,
}

#[derive(Debug, PartialEq)]
enum WktValue<'a> {
    Text(&'a str),
    Number(f64),
    Node(Node<'a>),
}

/// The tree of a whole text, and how much of the text it takes; `None` where it is not well formed. What may follow are
/// systems of heights, which ESRI writes behind the one of places.
pub(super) fn parse(text: &str) -> Option<(Node<'_>, usize)> {
    let mut rest = text;
    let root = node(&mut rest, 0)?;
    let taken = text.len() - rest.len();
    while eat(&mut rest, ',') {
        node(&mut rest, 0).filter(|heights| heights.is(&["VERTCS", "VERT_CS", "VERTCRS", "VERTICALCRS"]))?;
    }
    rest.trim().is_empty().then_some((root, taken))
}

/// A name without case, blanks, underscores and marks.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

impl<'a> Node<'a> {
    pub(super) fn is(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.keyword.eq_ignore_ascii_case(keyword))
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Node<'a>> {
        self.values.iter().filter_map(|value| if let WktValue::Node(node) = value { Some(node) } else { None })
    }

    pub(super) fn child(&self, keywords: &[&str]) -> Option<&Node<'a>> {
        self.children().find(|child| child.is(keywords))
    }

    /// The first text among the values, which is the name.
    pub(super) fn text(&self) -> Option<&'a str> {
        self.values.iter().find_map(|value| if let WktValue::Text(text) = value { Some(*text) } else { None })
    }

    /// The first number among the values.
    pub(super) fn number(&self) -> Option<f64> {
        self.values.iter().find_map(|value| if let WktValue::Number(number) = value { Some(*number) } else { None })
    }

    pub(super) fn parameter(&self, names: &[&str]) -> Option<f64> {
        self.children()
            .filter(|child| child.is(&["PARAMETER"]))
            .find(|child| child.text().is_some_and(|name| names.contains(&plain(name).as_str())))?
            .number()
    }

    /// The EPSG code that the node gives itself: `AUTHORITY["EPSG","6676"]` or `ID["EPSG",6676]`.
    pub(super) fn epsg(&self) -> Option<u32> {
        let id = self.child(&["AUTHORITY", "ID"])?;
        match id.values.as_slice() {
            [WktValue::Text(authority), WktValue::Text(code), ..] if authority.eq_ignore_ascii_case("EPSG") => {
                code.parse().ok()
            }
            [WktValue::Text(authority), WktValue::Number(code), ..] if authority.eq_ignore_ascii_case("EPSG") => {
                (code.fract() == 0.0 && *code >= 0.0).then_some(*code as u32)
            }
            _ => None,
        }
    }
}

/// Reads `KEYWORD[value, …]` off the front of `rest`; round brackets will do.
fn node<'a>(rest: &mut &'a str, depth: usize) -> Option<Node<'a>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let keyword = word(rest);
    let close = if eat(rest, '[') {
        ']'
    } else if eat(rest, '(') {
        ')'
    } else {
        return None;
    };
    let mut values = Vec::new();
    loop {
        values.push(value(rest, depth)?);
        if eat(rest, close) {
            return (!keyword.is_empty()).then_some(Node { keyword, values });
        }
        if !eat(rest, ',') {
            return None;
        }
    }
}

fn value<'a>(rest: &mut &'a str, depth: usize) -> Option<WktValue<'a>> {
    if eat(rest, '"') {
        let (text, after) = rest.split_once('"')?;
        *rest = after;
        return Some(WktValue::Text(text));
    }
    let start = *rest;
    let word = word(rest);
    if rest.trim_start().starts_with(['[', '(']) {
        *rest = start;
        return node(rest, depth + 1).map(WktValue::Node);
    }
    // A bare word, such as the direction of an axis, is a name without its marks.
    (!word.is_empty()).then(|| word.parse().map_or(WktValue::Text(word), WktValue::Number))
}

/// Reads the letters, digits and signs at the front of `rest`.
fn word<'a>(rest: &mut &'a str) -> &'a str {
    let text = rest.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || "_+-.".contains(c))).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    *rest = after;
    word
}

/// Takes `mark` off the front of `rest`, if it is there.
fn eat(rest: &mut &str, mark: char) -> bool {
    let after = rest.trim_start().strip_prefix(mark);
    *rest = after.unwrap_or(rest);
    after.is_some()
}
