//! Something that is taken out of a file when it is first asked for.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

/// A value that is there, or that is yet to be taken from where it was kept. Whoever looks at it sees the value.
pub struct Later<T> {
    ready: OnceLock<T>,
    /// How it is taken; `None` where it is there.
    take: Option<Box<dyn Fn() -> T + Send + Sync>>,
}

impl<T> Later<T> {
    /// What `take` will give when somebody asks.
    #[must_use]
    pub fn new(take: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { ready: OnceLock::new(), take: Some(Box::new(take)) }
    }

    #[cold]
    fn taken(&self) -> &T {
        // One without a way to be had is ready from the beginning.
        self.ready.get_or_init(|| self.take.as_ref().map(|take| take()).expect("it is there, or can be taken"))
    }
}

impl<T> From<T> for Later<T> {
    fn from(ready: T) -> Self {
        Self { ready: OnceLock::from(ready), take: None }
    }
}

impl<T: Default> Default for Later<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match self.ready.get() {
            Some(ready) => ready,
            None => self.taken(),
        }
    }
}

impl<T> DerefMut for Later<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.taken();
        self.ready.get_mut().expect("it has just been taken")
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ready.get() {
            Some(ready) => ready.fmt(f),
            None => f.write_str("later"),
        }
    }
}
