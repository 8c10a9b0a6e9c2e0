//! Work on a thread of its own, while the interpreter goes on: other threads of Python run, Ctrl-C is heard, progress is told.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kyoten::pipeline::Progress;
use kyoten::text::Text;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::errors::Failed;

/// So often it is asked whether somebody has pressed Ctrl-C.
const EVERY: Duration = Duration::from_millis(50);

/// So long work that nobody wants any more is waited for; then it ends by itself, at its next step.
const GRACE: Duration = Duration::from_millis(700);

/// How many are at work.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// What the work has to say.
enum Event<T> {
    Stage(Text),
    Parcels(u64, u64),
    Done(Result<T, Failed>),
}

/// What the work is given.
pub struct Watch<T> {
    events: Sender<Event<T>>,
    is_cancelled: Arc<AtomicBool>,
}

impl<T: Send> Progress for Watch<T> {
    fn stage(&self, name: &Text) {
        // Nobody listens once the work is not wanted any more.
        let _ = self.events.send(Event::Stage(name.clone()));
    }

    fn parcels(&self, done: u64, of: u64) {
        let _ = self.events.send(Event::Parcels(done, of));
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Acquire)
    }
}

/// Does some work, and tells `progress` of it, which is called with a stage in English and in Japanese and, while parcels are
/// measured, how many of how many are done.
pub fn watched<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch<T>) -> Result<T, Failed> + Send + 'static,
) -> PyResult<T> {
    let (events, heard) = channel();
    let is_cancelled = Arc::new(AtomicBool::new(false));
    let watch = Watch { events, is_cancelled: Arc::clone(&is_cancelled) };
    std::thread::spawn(move || {
        let _counted = Counted::new();
        let done = work(&watch);
        let _ = watch.events.send(Event::Done(done));
    });
    let heard = Mutex::new(heard);
    let listened = listen(py, progress, &heard);
    if listened.is_err() {
        is_cancelled.store(true, Ordering::Release);
        py.detach(|| wait(&heard));
    }
    listened?.map_err(|failed| failed.raised(py))
}

/// Listens until the work is done.
fn listen<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    heard: &Mutex<Receiver<Event<T>>>,
) -> PyResult<Result<T, Failed>> {
    let mut stage = Text::same("");
    let tell = |stage: &Text, done: Option<(u64, u64)>| -> PyResult<()> {
        let Some(progress) = progress else { return Ok(()) };
        progress.call1((stage.en.as_ref(), stage.ja.as_ref(), done.map(|(done, _)| done), done.map(|(_, of)| of)))?;
        Ok(())
    };
    loop {
        match py.detach(|| next(heard, EVERY)) {
            Ok(Event::Done(done)) => return Ok(done),
            Ok(Event::Stage(name)) => {
                stage = name;
                tell(&stage, None)?;
            }
            Ok(Event::Parcels(done, of)) => tell(&stage, Some((done, of)))?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("kyoten broke off: this is a mistake in the program"));
            }
        }
        py.check_signals()?;
    }
}

fn next<T>(heard: &Mutex<Receiver<Event<T>>>, timeout: Duration) -> Result<Event<T>, RecvTimeoutError> {
    heard.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(timeout)
}

/// Waits a little for work that was told to end.
fn wait<T>(heard: &Mutex<Receiver<Event<T>>>) {
    let until = Instant::now() + GRACE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match next(heard, left) {
            Ok(Event::Done(_)) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Somebody at work.
struct Counted;

impl Counted {
    fn new() -> Self {
        AT_WORK.fetch_add(1, Ordering::AcqRel);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Clears what work that is still going on has begun to write, for when the interpreter ends.
#[pyfunction]
pub fn abandon() {
    if AT_WORK.load(Ordering::Acquire) > 0 {
        kyoten::disk::abandon();
    }
}

/// Has all work of this process done by so many threads, which is to be said before any is done; `false` where it is too late.
#[pyfunction]
pub fn limit_threads(threads: usize) -> bool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().is_ok()
}
