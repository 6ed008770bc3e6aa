//! How many bytes may be under way at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A count of bytes with a limit: the reader takes, the collector gives back.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    used: usize,
    closed: bool,
}

impl Budget {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until `bytes` fit, or nothing else is under way; `false` when the run has ended.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let mut state = self.state();
        while !state.closed && state.used > 0 && state.used.saturating_add(bytes) > self.limit {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.used = state.used.saturating_add(bytes);
        !state.closed
    }

    pub(crate) fn give_back(&self, bytes: usize) {
        let mut state = self.state();
        state.used = state.used.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Ends all waiting, now and later.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_over_the_limit_goes_alone() {
        let budget = Budget::new(10);
        assert!(budget.take(50));
        budget.give_back(50);
        assert!(budget.take(4) && budget.take(6));
        budget.close();
        assert!(!budget.take(1));
    }

    #[test]
    fn the_reader_waits_for_the_collector() {
        let budget = Budget::new(10);
        assert!(budget.take(8));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(8));
            budget.give_back(8);
            assert!(waiting.join().unwrap());
        });
    }
}
