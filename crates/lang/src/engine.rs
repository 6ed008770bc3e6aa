//! Engines: where inference computes.
//!
//! `rten` computes in thread pools only. An engine is such a pool with one thread; a reading borrows
//! one, moves into it as a whole, and its caller sleeps meanwhile. So there are never more of them
//! at work than callers, and rayon's global pool is not touched. What `rten` sets up of its own
//! accord, a pool with a thread a core, does no work but to unpack the weights at load.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{RunOptions, ThreadPool};

/// A place to compute in.
pub(crate) struct Engine(Arc<ThreadPool>);

impl Engine {
    /// Options that keep a run in this engine.
    pub(crate) fn options(&self) -> RunOptions {
        RunOptions::default().with_thread_pool(Some(Arc::clone(&self.0)))
    }
}

/// Engines that wait for work.
#[derive(Default)]
pub(crate) struct Engines(Mutex<Vec<Engine>>);

impl Engines {
    /// Runs `work` in an engine that nobody else uses.
    pub(crate) fn with<R: Send>(&self, work: impl FnOnce(&Engine) -> R + Send) -> R {
        let idle = self.lock().pop();
        let engine = idle.unwrap_or_else(|| Engine(Arc::new(ThreadPool::with_num_threads(1))));
        let result = engine.0.run(|| work(&engine));
        self.lock().push(engine);
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Engine>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_are_used_again_and_never_by_two_at_once() {
        let engines = Engines::default();
        for _ in 0..3 {
            engines.with(|_| engines.with(|_| ()));
        }
        assert_eq!(engines.lock().len(), 2);
    }
}
