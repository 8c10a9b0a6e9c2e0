//! `kyoten serve`: what it gives out, what it does not, and that nothing a client sends stops it.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::support::{Folder, PATIENCE, Server, is_ignored, until};

/// What is asked of a server.
trait Ask {
    fn connect(&self) -> TcpStream;

    /// Sends bytes and reads until the server closes.
    fn send(&self, bytes: &[u8]) -> Answer;

    /// Sends a request head with this first line and these headers, and reads the answer.
    fn ask(&self, line: &str, headers: &[&str]) -> Answer;

    fn get(&self, target: &str) -> Answer {
        self.ask(&format!("GET {target}"), &[])
    }
}

impl Ask for Server {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn ask(&self, line: &str, headers: &[&str]) -> Answer {
        let first = format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close", self.port);
        let head = [&[first.as_str()], headers].concat().join("\r\n") + "\r\n\r\n";
        self.send(head.as_bytes())
    }

    fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        Answer::read(&mut stream)
    }
}

/// An answer as it came.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end + 2].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        headers.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// A folder with a run in `out` whose files hold what is given here.
fn run_of(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    put_run(&folder, files);
    folder
}

fn put_run(folder: &Folder, files: &[(&str, &str)]) {
    let mut names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    names.push("run.json");
    for (name, text) in files {
        folder.put(&format!("out/{name}"), text);
    }
    folder.put("out/run.json", serde_json::json!({ "files": names }).to_string());
}

const DIGITS: &[(&str, &str)] = &[("map.html", "<p>map</p>"), ("map.pmtiles", "0123456789"), ("spacing.csv", "")];

#[test]
fn the_files_of_the_run_are_given_whole_with_their_types() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    for (target, kind, body) in [
        ("/", "text/html; charset=utf-8", "<p>map</p>"),
        ("/?parcel=1", "text/html; charset=utf-8", "<p>map</p>"),
        ("/map.html", "text/html; charset=utf-8", "<p>map</p>"),
        ("/map.pmtiles", "application/vnd.pmtiles", "0123456789"),
        ("/spacing.csv", "text/csv; charset=utf-8", ""),
        ("/run.json", "application/json", &folder.text("out/run.json")),
    ] {
        let answer = server.get(target);
        assert_eq!(answer.status, 200, "{target}");
        assert_eq!(answer.header("Content-Type"), Some(kind), "{target}");
        assert_eq!(answer.header("Content-Length"), Some(body.len().to_string().as_str()), "{target}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        assert_eq!(String::from_utf8(answer.body).unwrap(), body, "{target}");
        let head = server.ask(&format!("HEAD {target}"), &[]);
        assert_eq!((head.status, head.header("Content-Length")), (200, Some(body.len().to_string().as_str())));
        assert_eq!(head.body, b"", "{target}");
    }
}

#[test]
fn parts_of_a_file_are_given_as_asked() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let ask = |range: &str| server.ask("GET /map.pmtiles", &[&format!("Range: {range}")]);
    for (range, content_range, body) in [
        ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=0-0", "bytes 0-0/10", "0"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-2", "bytes 8-9/10", "89"),
        ("bytes=8-16383", "bytes 8-9/10", "89"),
    ] {
        let answer = ask(range);
        assert_eq!((answer.status, answer.header("Content-Range")), (206, Some(content_range)), "{range}");
        assert_eq!(String::from_utf8(answer.body).unwrap(), body, "{range}");
    }
    let behind = ask("bytes=10-");
    assert_eq!((behind.status, behind.header("Content-Range")), (416, Some("bytes */10")));
    let several = ask("bytes=0-1,3-4");
    assert_eq!((several.status, several.body.len()), (200, 10));
    let head = server.ask("HEAD /map.pmtiles", &["Range: bytes=0-1"]);
    assert_eq!((head.status, head.header("Content-Length")), (200, Some("10")));
}

#[test]
fn a_part_of_another_version_of_the_file_is_not_given() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let tag = server.get("/map.pmtiles").header("ETag").unwrap().to_owned();
    let ask = |tag: &str| server.ask("GET /map.pmtiles", &["Range: bytes=0-1", &format!("If-Range: {tag}")]).status;
    assert_eq!(ask(&tag), 206);
    assert_eq!(ask("\"another\""), 200);
}

#[test]
fn nothing_but_the_files_of_the_run_is_given() {
    let folder = run_of(DIGITS);
    folder.put("out/not-of-the-run.txt", "secret").put("Cargo.toml", "secret");
    let server = Server::start(&folder, &["out"]);
    let absolute = format!("{}", folder.path().join("Cargo.toml").display());
    for target in [
        "/not-of-the-run.txt",
        "/../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/..\\Cargo.toml",
        "/./map.html",
        "/out/map.html",
        "//map.html",
        "/map.html/",
        "/map.html%00",
        "/%6dap.html",
        "/MAP.HTML",
        "/.",
        "/..",
        "//etc/passwd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "http://127.0.0.1/map.html",
        "map.html",
        "*",
        &absolute,
        &format!("/{absolute}"),
    ] {
        let answer = server.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{target}");
    }
    // A byte that no target has is no request at all.
    assert_eq!(server.get("/map.html\0").status, 400);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = run_of(&[("map.html", "map"), ("linked.csv", ""), ("fifo.csv", "")]);
    folder.put("secret", "secret");
    let at = |name: &str| folder.path().join("out").join(name);
    for name in ["linked.csv", "fifo.csv"] {
        std::fs::remove_file(at(name)).unwrap();
    }
    std::os::unix::fs::symlink(folder.path().join("secret"), at("linked.csv")).unwrap();
    assert!(Command::new("mkfifo").arg(at("fifo.csv")).status().unwrap().success());
    // The folder itself may be a link: it is what the user named.
    std::os::unix::fs::symlink("out", folder.path().join("latest")).unwrap();
    let server = Server::start(&folder, &["latest"]);
    assert_eq!(server.get("/map.html").status, 200);
    assert_eq!(server.get("/linked.csv").status, 404);
    assert_eq!(server.get("/fifo.csv").status, 404);
}

#[test]
fn another_host_is_refused() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let ask = |hosts: &[String]| {
        let hosts: Vec<String> = hosts.iter().map(|host| format!("\r\nHost: {host}")).collect();
        let head = format!("GET /map.html HTTP/1.1{}\r\nConnection: close\r\n\r\n", hosts.concat());
        server.send(head.as_bytes()).status
    };
    let port = server.port;
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(ask(&[format!("{host}:{port}")]), 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "localhost.", "0.0.0.0", "127.0.0.2", "::1"] {
        assert_eq!(ask(&[format!("{host}:{port}")]), 403, "{host}");
    }
    assert_eq!(ask(&["127.0.0.1".to_owned()]), 403);
    assert_eq!(ask(&[format!("127.0.0.1:{}", port ^ 1)]), 403);
    assert_eq!(ask(&[]), 400);
    assert_eq!(ask(&[format!("127.0.0.1:{port}"), "evil.example".to_owned()]), 400);
}

#[test]
fn only_reading_is_allowed() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"] {
        let answer = server.ask(&format!("{method} /map.html"), &["Content-Length: 3"]);
        assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(folder.text("out/map.html"), "<p>map</p>");
}

#[test]
fn nothing_that_a_client_sends_stops_it() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let long = |part: &str| format!("GET / HTTP/1.1\r\n{}", part.repeat(200_000));
    for (bytes, status) in [
        (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03".to_vec(), 400),
        (vec![0; 5000], 400),
        (vec![0xff; 5000], 400),
        (b"PRI * HTTP/1.1\r\n\r\nSM\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/9.9\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n".to_vec(), 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: nothing\r\n\r\n".to_vec(), 400),
        (b"\r\n\r\nnothing\r\n\r\n".to_vec(), 400),
        (long("A: b\r\n").into_bytes(), 431),
        (format!("GET /{}", "a".repeat(200_000)).into_bytes(), 431),
        (format!("GET / HTTP/1.1\r\nA: {}", "b".repeat(200_000)).into_bytes(), 431),
    ] {
        let mut stream = server.connect();
        // The server may answer and close before it has read all of that.
        let _ = stream.write_all(&bytes);
        let answer = Answer::read(&mut stream);
        assert_eq!(answer.status, status, "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
    // What HTTP/2 begins with is no request that could be answered.
    let mut stream = server.connect();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    assert!(stream.read_to_end(&mut answer).is_ok_and(|_| answer.is_empty()), "{answer:?}");
    // Clients that leave at every point of a request.
    let whole = format!("GET /map.html HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    for end in 0..whole.len() {
        server.connect().write_all(&whole.as_bytes()[..end]).unwrap();
    }
    assert_eq!(server.get("/map.html").status, 200);
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let mut stream = server.connect();
    let request = |last: &str| format!("GET /map.pmtiles HTTP/1.1\r\nHost: localhost:{}\r\n{last}\r\n", server.port);
    // Two at once, but for the end of the second, which comes when the first is answered.
    let both = request("") + &request("Range: bytes=0-1\r\nConnection: close\r\n");
    let (first, second) = both.split_at(both.len() - 5);
    stream.write_all(first.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n0123456789") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        bytes.extend(byte);
    }
    stream.write_all(second.as_bytes()).unwrap();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let answers: Vec<&str> = text.split("HTTP/1.1 ").skip(1).collect();
    assert_eq!(answers.len(), 2, "{text}");
    assert!(answers[0].starts_with("200 ") && answers[0].ends_with("\r\n\r\n0123456789"), "{text}");
    assert!(answers[1].starts_with("206 ") && answers[1].ends_with("\r\n\r\n01"), "{text}");
}

#[test]
fn many_clients_are_served_beside_idle_and_slow_ones() {
    let large = (0..400_000).map(|number| format!("{number:08}")).collect::<Vec<_>>().concat();
    let folder = run_of(&[("map.html", "map"), ("map.columns", &large)]);
    let server = Server::start(&folder, &["out"]);
    let _idle: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    // These ask for all and take nothing.
    let request = format!("GET /map.columns HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    let slow: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    for mut stream in &slow {
        stream.write_all(request.as_bytes()).unwrap();
    }
    // Behind one another they would wait for the slow ones longer than anybody's patience.
    thread::scope(|scope| {
        for client in 0..16_usize {
            let (server, large) = (&server, &large);
            scope.spawn(move || {
                for step in 0..20 {
                    let from = (client * 20 + step) * 8000;
                    let range = format!("Range: bytes={from}-{}", from + 9999);
                    let answer = server.ask("GET /map.columns", &[&range]);
                    assert_eq!(answer.status, 206);
                    assert_eq!(answer.body, &large.as_bytes()[from..from + 10_000]);
                }
                assert_eq!(server.get("/map.columns").body, large.as_bytes());
            });
        }
    });
}

/// Connections that send a byte of a request now and then, and such that ask for a large file and take nothing.
fn slow_clients(server: &Server, count: usize) -> Vec<TcpStream> {
    let large = format!("GET /map.columns HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    let slow = |number: usize| {
        let mut stream = server.connect();
        let sent = if number.is_multiple_of(2) { "GET /map" } else { large.as_str() };
        stream.write_all(sent.as_bytes()).unwrap();
        stream
    };
    (0..count).map(slow).collect()
}

/// How many of them the server still keeps.
fn still_open(clients: &[TcpStream]) -> usize {
    let is_open = |mut stream: &TcpStream| {
        stream.set_nonblocking(true).unwrap();
        let mut piece = vec![0; 1 << 20];
        loop {
            match stream.read(&mut piece) {
                Ok(0) => return false,
                Ok(_) => {}
                Err(error) => return error.kind() == io::ErrorKind::WouldBlock,
            }
        }
    };
    clients.iter().filter(|stream| is_open(stream)).count()
}

fn run_with_a_large_file() -> Folder {
    let folder = run_of(&[("map.html", "map"), ("map.columns", "")]);
    std::fs::File::create(folder.path().join("out/map.columns")).unwrap().set_len(64 << 20).unwrap();
    folder
}

#[test]
fn slow_clients_all_stay_while_a_fair_one_is_answered() {
    let folder = run_with_a_large_file();
    let server = Server::start(&folder, &["out"]);
    // On a machine that stands still for seconds some may be let go of for that; not every time.
    let all_stay = |_| {
        let slow = slow_clients(&server, 60);
        assert_eq!(server.get("/map.html").status, 200);
        still_open(&slow) == slow.len()
    };
    assert!((0..10).any(all_stay));
}

#[test]
fn of_more_slow_clients_than_it_has_places_for_the_last_stay() {
    let folder = run_with_a_large_file();
    let server = Server::start(&folder, &["out"]);
    let last_stay = |_| {
        let slow = slow_clients(&server, 500);
        for _ in 0..5 {
            assert_eq!(server.get("/map.html").status, 200);
        }
        // What a fair client waits for is no time limit of a slow one: then none of these would be left.
        still_open(&slow[400..]) == 100
    };
    assert!((0..10).any(last_stay));
}

#[test]
fn a_file_that_becomes_shorter_ends_the_answer() {
    let folder = run_of(&[("map.html", "map"), ("map.columns", "")]);
    let large = std::fs::File::create(folder.path().join("out/map.columns")).unwrap();
    large.set_len(64 << 20).unwrap();
    let server = Server::start(&folder, &["out"]);
    let mut stream = server.connect();
    let request = |name: &str| format!("GET /{name} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port);
    stream.write_all((request("map.columns") + &request("map.html")).as_bytes()).unwrap();
    stream.read_exact(&mut [0; 100]).unwrap();
    large.set_len(1000).unwrap();
    let mut rest = Vec::new();
    // Closed or reset: what else was asked for gets no answer.
    let _ = stream.read_to_end(&mut rest);
    assert!(rest.len() < 64 << 20, "{} bytes", rest.len());
    assert_eq!(memchr::memmem::find(&rest, b"HTTP/1.1"), None);
    assert_eq!(server.get("/map.html").status, 200);
}

#[test]
fn a_run_done_anew_is_served_as_it_is_then() {
    let folder = run_of(DIGITS);
    let server = Server::start(&folder, &["out"]);
    let tag = server.get("/map.html").header("ETag").unwrap().to_owned();
    // Asked for in between: the answer waits for the run, half a second at most, which a busy machine may need itself.
    let request = format!("GET /map.html HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", server.port);
    let has_waited = |_| {
        std::fs::remove_file(folder.path().join("out/run.json")).unwrap();
        let mut stream = server.connect();
        stream.write_all(request.as_bytes()).unwrap();
        // Where one who came later has an answer, that request has been read.
        assert_eq!(server.ask("POST /map.html", &[]).status, 405);
        put_run(&folder, &[("map.html", "<p>another</p>"), ("stops.geojson", "{}")]);
        Answer::read(&mut stream).body == b"<p>another</p>"
    };
    assert!((0..10).any(has_waited));
    assert_ne!(server.get("/map.html").header("ETag"), Some(tag.as_str()));
    assert_eq!(server.get("/stops.geojson").header("Content-Type"), Some("application/geo+json"));
    assert_eq!(server.get("/map.pmtiles").status, 404);
    std::fs::remove_file(folder.path().join("out/run.json")).unwrap();
    let gone = server.get("/map.html");
    assert_eq!((gone.status, gone.header("Retry-After")), (503, Some("1")));
}

#[test]
fn what_cannot_be_served_is_refused_with_advice() {
    let folder = run_of(&[("parcels.geojson", "{}")]);
    let without = folder.kyoten(&["serve", "out"]);
    assert_eq!(without.status, 2);
    assert_eq!(without.stderr, "error: out: this run has no map\n  help: run again without --no-map\n");
    let again = folder.kyoten(&["serve", "out", "--threads", "1"]);
    assert_eq!((again.status, again.stderr.contains("leave out --out")), (2, true), "{}", again.stderr);
    let nowhere = folder.kyoten(&["serve", "nowhere"]);
    assert_eq!(nowhere.status, 2);
    put_run(&folder, DIGITS);
    let server = Server::start(&folder, &["out"]);
    let taken = folder.kyoten(&["serve", "out", "--port", &server.port.to_string()]);
    assert_eq!((taken.status, taken.stderr.contains("give another --port")), (2, true), "{}", taken.stderr);
    assert_eq!([without.stdout, again.stdout, nowhere.stdout, taken.stdout].concat(), "");
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_interrupted() {
    if is_ignored(2) {
        return;
    }
    let folder = run_of(DIGITS);
    let mut server = Server::start(&folder, &["out"]);
    assert!(Command::new("kill").args(["-INT", &server.process.id().to_string()]).status().unwrap().success());
    until("the server ends", || server.process.try_wait().unwrap().is_some());
    assert!(TcpStream::connect(("127.0.0.1", server.port)).is_err());
}

#[test]
fn a_project_is_run_and_then_served() {
    let folder = Folder::with_sample();
    let server = Server::start(&folder, &["city", "--out", "run", "--format", "csv"]);
    let report = folder.json("run/run.json");
    for name in report["files"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        let answer = server.get(&format!("/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.body, folder.bytes(&format!("run/{name}")), "{name}");
    }
    assert!(Path::new(&folder.path().join("run/parcels.csv")).is_file());
    assert_eq!(server.get("/").body, folder.bytes("run/map.html"));
}
