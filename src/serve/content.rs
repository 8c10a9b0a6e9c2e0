//! What follows the head of an answer: a sentence, or bytes of a file, read piece by piece as they are sent.

use std::fs::File;
use std::io::{self, Read as _};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use super::places::Progress;

/// So many bytes of a file are in memory at a time.
const PIECE: u64 = 256 << 10;

/// Bytes to be sent.
#[derive(Debug)]
pub(super) struct Content {
    /// How many are still to be given.
    left: u64,
    source: Source,
    /// Is told when a piece is asked for, which is when the one before has been taken.
    progress: Option<Progress>,
}

#[derive(Debug)]
enum Source {
    Text(Bytes),
    /// A file, which stands at the next byte, and its next piece if that is being read.
    File(Arc<File>, Option<JoinHandle<io::Result<Bytes>>>),
}

impl Content {
    pub(super) fn text(text: String) -> Self {
        Self { left: text.len() as u64, source: Source::Text(text.into()), progress: None }
    }

    /// So many bytes of a file from where it stands.
    pub(super) fn file(file: File, length: u64) -> Self {
        Self { left: length, source: Source::File(Arc::new(file), None), progress: None }
    }

    /// The same, which says how the client gets on.
    pub(super) fn telling(self, progress: Progress) -> Self {
        Self { progress: Some(progress), ..self }
    }

    /// How many bytes are still to be given.
    pub(super) fn left(&self) -> u64 {
        self.left
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let Self { left, source, progress } = &mut *self;
        if *left == 0 {
            return Poll::Ready(None);
        }
        let piece = match source {
            Source::Text(text) => mem::take(text),
            Source::File(file, reading) => {
                let piece = reading.get_or_insert_with(|| read(Arc::clone(file), PIECE.min(*left)));
                let piece = ready!(Pin::new(piece).poll(context));
                *reading = None;
                piece??
            }
        };
        if piece.is_empty() {
            // A file that has become shorter cannot be ended as it was announced: the connection is cut.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        if let Some(progress) = progress {
            progress.is_made();
        }
        *left -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Reads the next so many bytes of a file, fewer where it ends.
fn read(file: Arc<File>, count: u64) -> JoinHandle<io::Result<Bytes>> {
    spawn_blocking(move || {
        let mut piece = Vec::with_capacity(count as usize);
        (&*file).take(count).read_to_end(&mut piece)?;
        Ok(piece.into())
    })
}
