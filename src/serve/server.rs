//! Connections: `hyper` speaks with the clients; here stands how many there may be, and how long each is waited for.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::task::{spawn, spawn_blocking};
use tokio_io_timeout::TimeoutStream;

use super::answer::Site;
use super::places::{Places, Progress};

/// Connections at a time; for another one the slowest is ended. A browser opens six and keeps them.
const CONNECTIONS: usize = 128;

/// Threads that read files, at most.
const READERS: usize = 64;

/// The head of a request must be here as a whole so long after the last answer.
const REQUEST: Duration = Duration::from_secs(5);

/// A client that takes nothing for so long has left. The system asks for more only once a good part of its buffer has
/// gone, so a client that takes a few KB a second has left too.
const STALLED: Duration = Duration::from_secs(15);

/// A head may be so long. Cookies of other servers on this machine come along, whatever their ports.
const HEAD: usize = 64 << 10;

/// Serves until the process ends.
///
/// # Errors
/// Where the system gives nothing to wait for connections with.
pub(super) fn serve(listener: TcpListener, site: Site) -> io::Result<Infallible> {
    // One thread for all connections, and others for what waits for a disk.
    let mut runtime = runtime::Builder::new_current_thread();
    runtime.enable_all().max_blocking_threads(READERS).build()?.block_on(accept(listener, Arc::new(site)))
}

async fn accept(listener: TcpListener, site: Arc<Site>) -> io::Result<Infallible> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut places = Places::new(CONNECTIONS);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Such as too many open files: another connection must end first.
            places.free_one();
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        places.give(|progress| {
            let talk = talk(stream, Arc::clone(&site), progress);
            spawn(async {
                // A client that is gone or too slow concerns nobody else.
                let _ = talk.await;
            })
        });
    }
}

/// Answers the requests of a connection, one after the other.
async fn talk(stream: TcpStream, site: Arc<Site>, progress: Progress) -> hyper::Result<()> {
    // Without it answers still arrive, a little later.
    let _ = stream.set_nodelay(true);
    // The time runs from when the system takes no more bytes until it takes the next. hyper has no such limit of its own.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALLED));
    let answer = service_fn(|request: Request<Incoming>| {
        // A body is of no use here: hyper skips what has come of it, and closes where more is to come.
        let (head, _) = request.into_parts();
        let (site, progress) = (Arc::clone(&site), progress.clone());
        progress.is_made();
        spawn_blocking(move || site.answer(&head).map(|content| content.telling(progress)))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST)
        .max_buf_size(HEAD)
        .half_close(true)
        .serve_connection(TokioIo::new(Box::pin(stream)), answer)
        .await
}
