//! What a request is answered: a file of the run, a part of it, or why not.

use std::io::{self, Seek as _, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use hyper::header::{
    ACCEPT_RANGES, ALLOW, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, HeaderMap,
    HeaderName, HeaderValue, IF_RANGE, RANGE, RETRY_AFTER,
};
use hyper::http::request::Parts;
use hyper::http::response::Builder;
use hyper::{Method, Response, StatusCode};

use super::content::Content;
use super::folder::{Refused, RunFile, ServedFolder};
use super::language::language;
use super::range::{Part, part};
use crate::outputs::names::MAP;
use crate::text::{Lang, Text};

/// What is served, and under which names.
#[derive(Debug)]
pub(super) struct Site {
    folder: ServedFolder,
    /// What the `Host` header may say. Any other is a name that somebody else has pointed to this machine, so that a page of
    /// theirs could read the run (DNS rebinding).
    hosts: Vec<String>,
}

/// An answer, before it is sent.
type Answer = Response<Content>;

/// What is said of every answer.
const ALWAYS: [(&str, &str); 4] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
];

impl Site {
    /// A run folder on a port of this machine.
    pub(super) fn new(folder: ServedFolder, port: u16) -> Self {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Self { folder, hosts }
    }

    /// Answers a request. Waits for the disk, and for a run that is being put into place.
    pub(super) fn answer(&self, request: &Parts) -> Answer {
        let lang = language(&request.headers);
        let Some(host) = only(&request.headers, &HOST) else {
            return sentence(begin(StatusCode::BAD_REQUEST), &ONE_HOST, lang);
        };
        if !self.hosts.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(host.as_bytes())) {
            let host = &self.hosts[0];
            let said = text!("http://{host}/ を開いてください。", "ask for http://{host}/");
            return sentence(begin(StatusCode::FORBIDDEN), &said, lang);
        }
        if ![Method::GET, Method::HEAD].contains(&request.method) {
            let answer = begin(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, "GET, HEAD");
            return sentence(answer, &GET_AND_HEAD, lang);
        }
        // Nothing is decoded: the names of a run need no escapes.
        let name = match (request.uri.authority(), request.uri.path().strip_prefix('/')) {
            (None, Some("")) => MAP,
            (None, Some(name)) => name,
            _ => return not_found(lang),
        };
        match self.folder.file(name) {
            Ok(found) => file(found, name, request, lang).unwrap_or_else(|_| not_found(lang)),
            Err(Refused::NoSuchFile) => not_found(lang),
            Err(Refused::Altered) => sentence(begin(StatusCode::CONFLICT), &ALTERED, lang),
            Err(Refused::NoRun) => {
                let answer = begin(StatusCode::SERVICE_UNAVAILABLE).header(RETRY_AFTER, "1");
                sentence(answer, &NO_RUN, lang)
            }
        }
    }
}

const ONE_HOST: Text = Text::new("Hostヘッダーは1つだけ付けてください。", "there must be one Host header");
const GET_AND_HEAD: Text = Text::new("使えるメソッドはGETとHEADだけです。", "GET and HEAD only");
const NO_RUN: Text =
    Text::new("フォルダーに、完了した実行結果がありません。", "there is no finished run in the folder");
const ALTERED: Text = Text::new(
    "実行が書いたファイルではありません（長さかSHA-256が run.json の記録と違います）。",
    "it is not the file that the run wrote: its length or SHA-256 is another than run.json says",
);
const NO_FILE: Text = Text::new("この実行結果に、そのファイルはありません。", "the run has no such file");
const BEHIND_THE_END: Text =
    Text::new("指定された範囲は、ファイルの終わりより後ろです。", "the range begins behind the end of the file");

/// The value of a header that comes just once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

fn not_found(lang: Lang) -> Answer {
    sentence(begin(StatusCode::NOT_FOUND), &NO_FILE, lang)
}

/// A file, or the part of it that is asked for.
fn file(found: RunFile, name: &str, request: &Parts, lang: Lang) -> io::Result<Answer> {
    let RunFile { mut file, length, modified } = found;
    let tag = tag(length, modified);
    // A range of another version of the file is worth nothing: then the whole is sent.
    let is_same = request.headers.get_all(IF_RANGE).iter().all(|known| *known == tag);
    let range = only(&request.headers, &RANGE).filter(|_| is_same && request.method == Method::GET);
    let part = range.and_then(|range| range.to_str().ok()).map_or(Part::Whole, |range| part(range, length));
    let (answer, bytes) = match part {
        Part::Whole => (begin(StatusCode::OK), 0..length),
        Part::Bytes(bytes) => {
            let range = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
            (begin(StatusCode::PARTIAL_CONTENT).header(CONTENT_RANGE, range), bytes)
        }
        Part::Nothing => {
            let answer = begin(StatusCode::RANGE_NOT_SATISFIABLE).header(CONTENT_RANGE, format!("bytes */{length}"));
            return Ok(sentence(answer, &BEHIND_THE_END, lang));
        }
    };
    file.seek(SeekFrom::Start(bytes.start))?;
    let answer = answer.header(CONTENT_TYPE, content_type(name)).header(ACCEPT_RANGES, "bytes").header(ETAG, tag);
    Ok(end(answer, Content::file(file, bytes.end - bytes.start)))
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
        Some("qgz") => "application/zip",
        Some("gpkg") => "application/geopackage+sqlite3",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("pmtiles") => "application/vnd.pmtiles",
        _ => "application/octet-stream",
    }
}

/// An answer in a sentence, in a language that is told with it.
fn sentence(answer: Builder, text: &Text, lang: Lang) -> Answer {
    let code = match lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    };
    let answer = answer.header(CONTENT_TYPE, "text/plain; charset=utf-8").header(CONTENT_LANGUAGE, code);
    end(answer, Content::text(format!("{}\n", text.get(lang))))
}

/// An answer of which no more is known than how it went.
fn begin(status: StatusCode) -> Builder {
    ALWAYS.iter().fold(Response::builder().status(status), |answer, (name, value)| answer.header(*name, *value))
}

/// An answer with all that belongs to it.
fn end(answer: Builder, content: Content) -> Answer {
    // Said here and not by hyper, which leaves the length of an empty file out of the answer to HEAD.
    let answer = answer.header(CONTENT_LENGTH, content.left()).body(content);
    answer.expect("headers hold nothing but what stands above and numbers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn every_answer_says_how_it_may_be_used() {
        let answer = not_found(Lang::En);
        assert_eq!((answer.status().as_u16(), answer.headers()[CONTENT_LENGTH].to_str().unwrap()), (404, "25"));
        assert!(ALWAYS.iter().all(|(name, value)| answer.headers()[*name] == value));
    }

    #[test]
    fn a_sentence_says_in_which_language_it_is() {
        for (lang, code, bytes) in [(Lang::En, "en", 25), (Lang::Ja, "ja", NO_FILE.ja.len() + 1)] {
            let answer = not_found(lang);
            assert_eq!(answer.headers()[CONTENT_LANGUAGE], code);
            assert_eq!(answer.headers()[CONTENT_LENGTH].to_str().unwrap(), bytes.to_string());
        }
    }

    #[test]
    fn a_header_that_comes_twice_says_nothing() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, HeaderValue::from_static("a"));
        assert_eq!(only(&headers, &HOST), headers.get(HOST));
        headers.append(HOST, HeaderValue::from_static("b"));
        assert_eq!(only(&headers, &HOST), None);
    }

    #[test]
    fn a_file_written_anew_has_another_tag() {
        let then = SystemTime::UNIX_EPOCH + Duration::from_nanos(1);
        assert_ne!(tag(1, Some(then)), tag(1, None));
        assert_ne!(tag(1, Some(then)), tag(2, Some(then)));
    }
}
