//! Many tasks at once: as many as there are processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, anyhow};

/// Does all tasks. The answers are in the order of the tasks.
///
/// # Errors
/// The first error of a task, in that order; also when a task panics.
pub fn in_parallel<T: Sync, D: Send>(tasks: &[T], run: impl Fn(&T) -> Result<D> + Sync) -> Result<Vec<D>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<D>)>> = Mutex::new(Vec::new());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(at) else { return };
            let answer = run(task);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, answer));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
    let is_whole = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().all(|worker| worker.join().is_ok())
    });
    if !is_whole {
        return Err(anyhow!("a thread has panicked; what it said stands above"));
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}
