//! What a request is answered: a file of the run, a part of it, or why not.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use chrono::DateTime;

use super::folder::{MAP, Refused, RunFile, RunFolder};
use super::range::{Part, part};
use super::request::{Malformed, Method, Request};

/// What is served, and under which names.
#[derive(Debug)]
pub(super) struct Site {
    folder: RunFolder,
    /// What the `Host` header may say. Any other is a name that somebody else has pointed to this machine, so that a page of
    /// theirs could read the run (DNS rebinding).
    hosts: Vec<String>,
}

/// An answer, before it is sent.
#[derive(Debug)]
pub(super) struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// What follows the head of an answer.
#[derive(Debug)]
pub(super) enum Body {
    Text(String),
    /// The file from where it stands, so many bytes of it.
    File(File, u64),
}

/// What is said of every answer.
const ALWAYS: &str = "\
Cache-Control: no-store\r\n\
X-Content-Type-Options: nosniff\r\n\
Referrer-Policy: no-referrer\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n";

impl Site {
    /// A run folder on a port of this machine.
    pub(super) fn new(folder: RunFolder, port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Self { folder, hosts }
    }

    /// Answers a request.
    pub(super) fn answer(&self, request: &Request) -> Answer {
        let Some(host) = &request.host else {
            return Answer::text("400 Bad Request", "there must be one Host header");
        };
        if !self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
            return Answer::text("403 Forbidden", &format!("ask for http://{}/", self.hosts[0]));
        }
        if request.method == Method::Other {
            return Answer::text("405 Method Not Allowed", "GET and HEAD only").with("Allow", "GET, HEAD");
        }
        // Nothing is decoded: the names of a run need no escapes.
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        let name = match path.strip_prefix('/') {
            Some("") => MAP,
            Some(name) => name,
            None => return not_found(),
        };
        match self.folder.file(name) {
            Ok(found) => file(found, name, request).unwrap_or_else(|_| not_found()),
            Err(Refused::NoSuchFile) => not_found(),
            Err(Refused::NoRun) => Answer::text("503 Service Unavailable", "there is no finished run in the folder")
                .with("Retry-After", "1"),
        }
    }
}

/// The answer to what is no request.
pub(super) fn malformed(problem: Malformed) -> Answer {
    match problem {
        Malformed::Syntax => Answer::text("400 Bad Request", "this is no request of HTTP/1.1"),
        Malformed::Version => Answer::text("505 HTTP Version Not Supported", "HTTP/1.1 only"),
        Malformed::TooManyHeaders => {
            Answer::text("431 Request Header Fields Too Large", "too many or too long headers")
        }
    }
}

fn not_found() -> Answer {
    Answer::text("404 Not Found", "the run has no such file")
}

/// A file, or the part of it that is asked for.
fn file(found: RunFile, name: &str, request: &Request) -> io::Result<Answer> {
    let RunFile { mut file, length, modified } = found;
    let tag = tag(length, modified);
    // A range of another version of the file is worth nothing: then the whole is sent.
    let is_same = request.if_range.as_ref().is_none_or(|known| *known == tag);
    let range = request.range.as_ref().filter(|_| is_same && request.method == Method::Get);
    let part = range.map_or(Part::Whole, |range| part(range, length));
    let (status, bytes, range) = match part {
        Part::Whole => ("200 OK", 0..length, None),
        Part::Bytes(bytes) => {
            let range = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            ("206 Partial Content", bytes, Some(range))
        }
        Part::Nothing => {
            let answer = Answer::text("416 Range Not Satisfiable", "the range begins behind the end of the file");
            return Ok(answer.with("Content-Range", format!("bytes */{length}")));
        }
    };
    file.seek(SeekFrom::Start(bytes.start))?;
    let answer = Answer { status, headers: Vec::new(), body: Body::File(file, bytes.end - bytes.start) };
    let answer = answer.with("Content-Type", content_type(name)).with("Accept-Ranges", "bytes").with("ETag", tag);
    Ok(match range {
        Some(range) => answer.with("Content-Range", range),
        None => answer,
    })
}

/// A tag that is another when the file is another: a run that is done anew writes new files.
fn tag(length: u64, modified: Option<SystemTime>) -> String {
    let since = modified.and_then(|modified| modified.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    format!("\"{length:x}-{:x}\"", since.as_nanos())
}

fn content_type(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("geojson") => "application/geo+json",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("qml") => "text/xml; charset=utf-8",
        Some("gpkg") => "application/geopackage+sqlite3",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("pmtiles") => "application/vnd.pmtiles",
        _ => "application/octet-stream",
    }
}

impl Answer {
    /// An answer in a sentence.
    fn text(status: &'static str, text: &str) -> Self {
        let answer = Self { status, headers: Vec::new(), body: Body::Text(format!("{text}\n")) };
        answer.with("Content-Type", "text/plain; charset=utf-8")
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The head, up to and with its empty line.
    pub(super) fn head(&self, now: SystemTime, keep: bool) -> String {
        let length = match &self.body {
            Body::Text(text) => text.len() as u64,
            Body::File(_, length) => *length,
        };
        let date = DateTime::<chrono::Utc>::from(now).format("%a, %d %b %Y %H:%M:%S GMT");
        let mut head = format!("HTTP/1.1 {}\r\nDate: {date}\r\n", self.status);
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let connection = if keep { "keep-alive" } else { "close" };
        head + ALWAYS + &format!("Content-Length: {length}\r\nConnection: {connection}\r\n\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_head_says_what_follows() {
        let answer = Answer::text("404 Not Found", "no");
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let wanted = format!(
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
             Content-Type: text/plain; charset=utf-8\r\n{ALWAYS}Content-Length: 3\r\nConnection: close\r\n\r\n"
        );
        assert_eq!(answer.head(now, false), wanted);
    }

    #[test]
    fn a_file_written_anew_has_another_tag() {
        let then = SystemTime::UNIX_EPOCH + Duration::from_nanos(1);
        assert_ne!(tag(1, Some(then)), tag(1, None));
        assert_ne!(tag(1, Some(then)), tag(2, Some(then)));
    }
}
