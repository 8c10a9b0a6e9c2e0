//! Connections: a fixed number of threads, each with one at a time, and none that waits for a client without end.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::answer::{Answer, Body, Site, malformed};
use super::request::{Malformed, Method, Request, parse};

/// Connections at a time; others wait in the system's queue. A browser opens six and keeps them.
const THREADS: usize = 64;

/// Of a connection's thread.
const STACK: usize = 256 << 10;

/// A request must be here as a whole so long after the last answer.
const REQUEST: Duration = Duration::from_secs(5);

/// A client that takes nothing for so long has left.
const STALLED: Duration = Duration::from_secs(15);

/// A head may be so long. Cookies of other servers on this machine come along, whatever their ports.
const HEAD: usize = 64 << 10;

/// A client that takes fewer bytes a second than this has left too.
const SLOWEST: u64 = 16 << 10;

/// So much of a file is sent between two looks at the clock.
const PIECE: u64 = 1 << 20;

/// How long, and how much, what a refused client still sends is read for.
const LINGER: (Duration, usize) = (Duration::from_millis(500), 256 << 10);

/// Serves until the process ends.
///
/// # Errors
/// Where no thread can be started.
pub(super) fn serve(listener: &TcpListener, site: &Site) -> io::Result<()> {
    thread::scope(|scope| {
        let start = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || accept(listener, site));
        start()?;
        // Fewer will do.
        (1..THREADS).map_while(|_| start().ok()).for_each(drop);
        Ok(())
    })
}

fn accept(listener: &TcpListener, site: &Site) {
    loop {
        match listener.accept() {
            // A client that is gone or too slow concerns nobody else.
            Ok((stream, _)) => drop(talk(&stream, site)),
            // Such as too many open files: another connection must end first.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Answers the requests of a connection, one after the other.
fn talk(stream: &TcpStream, site: &Site) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(STALLED))?;
    let mut bytes = Vec::new();
    loop {
        let request = match next(stream, &mut bytes)? {
            Some(Ok(request)) => request,
            Some(Err(problem)) => {
                send(stream, malformed(problem), true, false)?;
                return linger(stream);
            }
            None => return Ok(()),
        };
        send(stream, site.answer(&request), request.method != Method::Head, request.keep)?;
        if !request.keep {
            return linger(stream);
        }
    }
}

/// Reads the next request. `bytes` are those that have come and belong to no request so far. `None` where the client has
/// said all.
fn next(stream: &TcpStream, bytes: &mut Vec<u8>) -> io::Result<Option<Result<Request, Malformed>>> {
    let deadline = Instant::now() + REQUEST;
    let mut piece = [0; 4096];
    loop {
        match parse(bytes) {
            Ok(Some((request, length))) => {
                bytes.drain(..length);
                return Ok(Some(Ok(request)));
            }
            Ok(None) if bytes.len() >= HEAD => return Ok(Some(Err(Malformed::TooManyHeaders))),
            Ok(None) => {}
            Err(problem) => return Ok(Some(Err(problem))),
        }
        match read(stream, &mut piece, deadline)? {
            0 => return Ok(None),
            count => bytes.extend_from_slice(&piece[..count]),
        }
    }
}

/// Reads some bytes before the deadline.
fn read(mut stream: &TcpStream, bytes: &mut [u8], deadline: Instant) -> io::Result<usize> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    stream.set_read_timeout(Some(left))?;
    stream.read(bytes)
}

/// Sends an answer.
fn send(mut stream: &TcpStream, answer: Answer, with_body: bool, keep: bool) -> io::Result<()> {
    let head = answer.head(SystemTime::now(), keep);
    match answer.body {
        Body::Text(text) if with_body => stream.write_all((head + &text).as_bytes()),
        Body::File(file, length) if with_body => {
            stream.write_all(head.as_bytes())?;
            let began = Instant::now();
            let mut sent = 0;
            while sent < length {
                // On Linux the system copies straight from the file to the connection.
                let copied = io::copy(&mut (&file).take(PIECE.min(length - sent)), &mut stream)?;
                sent += copied;
                let is_slow = began.elapsed() > STALLED + Duration::from_secs(sent / SLOWEST);
                // A file that has become shorter cannot be ended as it was announced.
                if copied == 0 || is_slow {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Ok(())
        }
        _ => stream.write_all(head.as_bytes()),
    }
}

/// Ends a connection so that its last answer arrives. A connection closed over unread bytes is reset, and what was sent may
/// be lost on the way.
fn linger(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let (time, mut left) = LINGER;
    let deadline = Instant::now() + time;
    let mut piece = [0; 4096];
    while left > 0 {
        match read(stream, &mut piece, deadline)? {
            0 => break,
            count => left = left.saturating_sub(count),
        }
    }
    Ok(())
}
