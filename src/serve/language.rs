//! In which language is a request answered? By its `Accept-Language` header (RFC 9110, section 12.5.4).

use hyper::header::{ACCEPT_LANGUAGE, HeaderMap};

use crate::text::Lang;

/// Japanese where that is wanted more than English, or as much and named before it; else English.
pub(super) fn language(headers: &HeaderMap) -> Lang {
    // Headers of one name are one list.
    let texts = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let (mut japanese, mut english) = (None, None);
    for (place, item) in texts.flat_map(|text| text.split(',')).enumerate() {
        let mut parts = item.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let wish = Wish { weight: weight(parts), place };
        let of = match tag.split('-').next() {
            Some(main) if main.eq_ignore_ascii_case("ja") => &mut japanese,
            Some(main) if main.eq_ignore_ascii_case("en") => &mut english,
            _ => continue,
        };
        if of.is_none_or(|before: Wish| wish.is_before(before)) {
            *of = Some(wish);
        }
    }
    match (japanese, english) {
        (Some(japanese), _) if japanese.weight == 0 => Lang::En,
        (Some(japanese), Some(english)) if english.is_before(japanese) => Lang::En,
        (Some(_), _) => Lang::Ja,
        (None, _) => Lang::En,
    }
}

/// What a header says of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wish {
    /// Thousandths.
    weight: u16,
    place: usize,
}

impl Wish {
    fn is_before(self, other: Self) -> bool {
        self.weight > other.weight || (self.weight == other.weight && self.place < other.place)
    }
}

/// The weight among the parameters of a language, 1 where there is none; one that cannot be read wishes for nothing.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u16 {
    let named = parameters.find_map(|one| {
        let (name, value) = one.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then_some(value.trim())
    });
    let Some(written) = named else { return 1000 };
    let weight = written.parse().ok().filter(|weight: &f64| (0.0..=1.0).contains(weight));
    (weight.unwrap_or(0.0) * 1000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;
    use proptest::prelude::*;

    fn of(header: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_LANGUAGE, HeaderValue::from_str(header).unwrap());
        language(&headers)
    }

    #[test]
    fn who_asks_for_no_language_is_answered_in_english() {
        assert_eq!(language(&HeaderMap::new()), Lang::En);
        for header in
            ["", "*", "fr", "fr, *;q=0.5", "en", "jam", ";q=1", "ja;q=0", "ja;q=0, en;q=0", "ja;q=x", "ja;q=2"]
        {
            assert_eq!(of(header), Lang::En, "{header}");
        }
    }

    #[test]
    fn japanese_is_answered_where_it_comes_first_or_weighs_more() {
        for header in [
            "ja",
            "JA-jp",
            "ja,en-US;q=0.9,en;q=0.8",
            "ja, en",
            "fr, ja;q=0.2",
            "en;q=0.5, ja;q=0.8",
            "en;q=0.1, ja;q=0.2, en-GB;q=0.15",
            "en;q=0, ja;q=0.1",
            "ja ; Q = 0.9 , en;q=0.8",
        ] {
            assert_eq!(of(header), Lang::Ja, "{header}");
        }
    }

    #[test]
    fn english_is_answered_where_it_comes_first_or_weighs_more() {
        for header in ["en, ja", "en-US,en;q=0.9,ja;q=0.8", "ja;q=0.8, en", "ja;q=0.5, en;q=0.1, en-GB;q=0.6"] {
            assert_eq!(of(header), Lang::En, "{header}");
        }
    }

    #[test]
    fn several_headers_are_one_list() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_LANGUAGE, HeaderValue::from_static("en;q=0.5"));
        headers.append(ACCEPT_LANGUAGE, HeaderValue::from_static("ja"));
        assert_eq!(language(&headers), Lang::Ja);
    }

    proptest! {
        #[test]
        fn no_header_is_too_odd(header in "(ja|en|fr|\\*)?(-[A-Z]{2})?(;q=[0-9.e+-]{0,6})?[ -~]{0,20}") {
            of(&header);
        }
    }
}
