//! The head of a request: what of HTTP/1.1 (RFC 9112) a browser needs to fetch a file.

/// So many headers may a request have.
const HEADERS: usize = 100;

/// A request, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: Method,
    /// What stands between the method and the version, as it came.
    pub(super) target: String,
    /// The `Host` header; `None` where there is none, or more than one.
    pub(super) host: Option<String>,
    /// The `Range` header, where there is just one.
    pub(super) range: Option<String>,
    /// The `If-Range` header.
    pub(super) if_range: Option<String>,
    /// Whether the connection can be used again: the client has not declined it, and no body follows.
    pub(super) keep: bool,
}

/// What is to be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Head,
    /// All that this server does not do.
    Other,
}

/// What makes bytes no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    Syntax,
    Version,
    TooManyHeaders,
}

/// Reads the first request of some bytes, and how many of them it takes; `None` where its end is still to come.
///
/// # Errors
/// Where the bytes cannot become a request.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Request, usize)>, Malformed> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::Version) => return Err(Malformed::Version),
        Err(httparse::Error::TooManyHeaders) => return Err(Malformed::TooManyHeaders),
        Err(_) => return Err(Malformed::Syntax),
    };
    let all = |name: &str| values(head.headers, name);
    let says = |name: &str, word: &str| all(name).iter().any(|value| has_word(value, word));
    let has_body =
        !all("transfer-encoding").is_empty() || all("content-length").iter().any(|value| value.trim() != "0");
    let is_lasting =
        if head.version == Some(1) { !says("connection", "close") } else { says("connection", "keep-alive") };
    let request = Request {
        method: match head.method {
            Some("GET") => Method::Get,
            Some("HEAD") => Method::Head,
            _ => Method::Other,
        },
        target: head.path.unwrap_or_default().to_owned(),
        host: only(all("host")),
        range: only(all("range")),
        if_range: only(all("if-range")),
        keep: is_lasting && !has_body,
    };
    Ok(Some((request, length)))
}

/// The values of a header, in the order in which they came.
fn values(headers: &[httparse::Header<'_>], name: &str) -> Vec<String> {
    let named = headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
    named.map(|header| String::from_utf8_lossy(header.value).into_owned()).collect()
}

/// The value of a header that comes just once.
fn only(mut values: Vec<String>) -> Option<String> {
    if values.len() == 1 { values.pop() } else { None }
}

/// Whether a list with commas holds a word.
fn has_word(list: &str, word: &str) -> bool {
    list.split(',').any(|one| one.trim().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn request(head: &str) -> Request {
        parse(head.as_bytes()).unwrap().unwrap().0
    }

    #[test]
    fn a_request_is_read_up_to_its_empty_line() {
        let bytes = b"GET /map.html?x HTTP/1.1\r\nhOsT: a:1\r\nRange: bytes=0-1\r\nIf-Range: \"e\"\r\n\r\nGET / H";
        let (request, length) = parse(bytes).unwrap().unwrap();
        assert_eq!(&bytes[length..], b"GET / H");
        let wanted = Request {
            method: Method::Get,
            target: "/map.html?x".to_owned(),
            host: Some("a:1".to_owned()),
            range: Some("bytes=0-1".to_owned()),
            if_range: Some("\"e\"".to_owned()),
            keep: true,
        };
        assert_eq!(request, wanted);
        assert_eq!(parse(&bytes[..length - 1]), Ok(None));
    }

    #[test]
    fn a_connection_lasts_as_the_version_and_the_client_say() {
        assert!(!request("GET / HTTP/1.1\r\nConnection: TE, Close\r\n\r\n").keep);
        assert!(!request("GET / HTTP/1.0\r\n\r\n").keep);
        assert!(request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep);
        assert!(request("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").keep);
        // What follows would be taken for the next request.
        assert!(!request("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n").keep);
        assert!(!request("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").keep);
    }

    #[test]
    fn two_hosts_are_none() {
        assert_eq!(request("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").host, None);
    }

    #[test]
    fn what_is_no_request_is_told_apart() {
        assert_eq!(parse(b"\x16\x03\x01\x02\0\x01\0"), Err(Malformed::Syntax));
        assert_eq!(parse(b"PRI * HTTP/2.0\r\n\r\n"), Err(Malformed::Version));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(HEADERS + 1));
        assert_eq!(parse(many.as_bytes()), Err(Malformed::TooManyHeaders));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
            let _ = parse(&[b"GET / HTTP/1.1\r\n", bytes.as_slice(), b"\r\n\r\n"].concat());
        }
    }
}
