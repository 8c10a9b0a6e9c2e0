//! Who has a connection, and who gives theirs up when another wants one and all are taken?
//!
//! Whoever has not got on for longest: not sent the whole of a request, nor taken a piece of an answer. So clients that are slow on
//! purpose, or hang, cost one another their places, and one that asks and listens is not kept waiting by any number of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::{AbortHandle, JoinHandle};

/// When a client last got on. No clock is asked: it is enough to know who did so before whom.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    count: Arc<AtomicU64>,
    last: Arc<AtomicU64>,
}

impl Progress {
    /// It gets on now.
    pub(super) fn is_made(&self) {
        self.last.store(self.count.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// The connections that there are.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    count: Arc<AtomicU64>,
    taken: Vec<(Progress, AbortHandle)>,
}

impl Places {
    pub(super) fn new(most: usize) -> Self {
        Self { most, count: Arc::default(), taken: Vec::new() }
    }

    /// Gives a client a place, another's if need be; `begin` begins to speak with it.
    pub(super) fn give(&mut self, begin: impl FnOnce(Progress) -> JoinHandle<()>) {
        self.taken.retain(|(_, task)| !task.is_finished());
        if self.taken.len() >= self.most {
            self.free_one();
        }
        let progress = Progress { count: Arc::clone(&self.count), last: Arc::default() };
        progress.is_made();
        let task = begin(progress.clone());
        self.taken.push((progress, task.abort_handle()));
    }

    /// Ends the connection of whoever has not got on for longest.
    pub(super) fn free_one(&mut self) {
        let last = |(progress, _): &(Progress, AbortHandle)| progress.last.load(Ordering::Relaxed);
        let longest = (0..self.taken.len()).min_by_key(|&place| last(&self.taken[place]));
        if let Some(place) = longest {
            self.taken.swap_remove(place).1.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gets_on_stays_and_who_does_not_makes_room() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut places = Places::new(3);
            let (mut progresses, mut tasks) = (Vec::new(), Vec::new());
            let mut come = |places: &mut Places| {
                places.give(|progress| {
                    progresses.push(progress);
                    let task = tokio::task::spawn(std::future::pending());
                    tasks.push(task.abort_handle());
                    task
                });
                progresses.clone()
            };
            (0..3).for_each(|_| drop(come(&mut places)));
            // The first asks for something; so it is the second that goes, and then the third.
            let known = come(&mut places);
            known[0].is_made();
            come(&mut places);
            come(&mut places);
            tokio::task::yield_now().await;
            let ended: Vec<bool> = tasks.iter().map(AbortHandle::is_finished).collect();
            assert_eq!(ended, [true, true, true, false, false, false]);
        });
    }
}
