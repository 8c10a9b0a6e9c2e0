//! How is a run's map shown in a browser? To this machine only, and nothing but the files that the run lists.

mod answer;
mod content;
mod error;
mod folder;
mod language;
mod places;
mod range;
mod server;

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::path::Path;

pub use error::ServeError;

use answer::Site;
use folder::ServedFolder;

/// A run, ready to be shown.
pub struct Server(Site);

impl Server {
    /// Opens a run folder, which must have a map; `port` is the one that requests must name.
    ///
    /// # Errors
    /// Where it holds no finished run, or one without a map.
    pub fn open(run: &Path, port: u16) -> Result<Self, ServeError> {
        Ok(Self(Site::new(ServedFolder::open(run)?, port)))
    }

    /// Answers whoever connects, without end.
    ///
    /// # Errors
    /// Where connections cannot be waited for.
    pub fn serve(self, listener: TcpListener) -> io::Result<Infallible> {
        server::serve(listener, self.0)
    }
}
