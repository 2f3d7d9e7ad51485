//! Many tasks at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, anyhow};

/// How many tasks are done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workers(usize);

impl Workers {
    /// One task behind the other.
    pub const ONE: Self = Self(1);

    /// As many as there are processors.
    #[must_use]
    pub fn all() -> Self {
        Self(std::thread::available_parallelism().map_or(1, usize::from))
    }
}

/// Does all tasks. The answers are in the order of the tasks.
///
/// # Errors
/// The first error of a task, in that order; also when a task panics.
pub fn in_parallel<T: Sync, D: Send>(
    workers: Workers,
    tasks: &[T],
    run: impl Fn(&T) -> Result<D> + Sync,
) -> Result<Vec<D>> {
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
    // Who asks works, too: what it has in its caches, and the memory that it was given, are at hand.
    let is_whole = std::thread::scope(|scope| {
        let others = workers.0.min(tasks.len()).saturating_sub(1);
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let own = catch_unwind(AssertUnwindSafe(work));
        others.into_iter().fold(own.is_ok(), |is_whole, other| other.join().is_ok() && is_whole)
    });
    if !is_whole {
        return Err(anyhow!("a thread has panicked; what it said stands above"));
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    const MANY: Workers = Workers(4);

    #[test]
    fn answers_are_in_the_order_of_the_tasks() {
        let tasks: Vec<u64> = (0..50).collect();
        for workers in [Workers::ONE, MANY, Workers::all()] {
            let late = |task: &u64| {
                thread::sleep(Duration::from_micros(50 * (50 - task)));
                Ok(task * 2)
            };
            assert_eq!(in_parallel(workers, &tasks, late).unwrap(), tasks.iter().map(|it| it * 2).collect::<Vec<_>>());
        }
        assert!(in_parallel(MANY, &[] as &[u64], |task| Ok(*task)).unwrap().is_empty());
    }

    #[test]
    fn the_first_error_of_the_tasks_counts() {
        let fail = |task: &i32| if task % 3 == 2 { Err(anyhow!("{task}")) } else { Ok(*task) };
        assert_eq!(in_parallel(MANY, &[0, 1, 2, 3, 4, 5], fail).unwrap_err().to_string(), "2");
    }

    #[test]
    fn who_panics_is_an_error_on_either_side() {
        let here = thread::current().id();
        for panics_here in [true, false] {
            let run = |_: &i32| {
                // Each thread gets one of them at least.
                thread::sleep(Duration::from_millis(5));
                assert_ne!(thread::current().id() == here, panics_here, "as it should");
                Ok(())
            };
            assert!(in_parallel(MANY, &[0; 16], run).unwrap_err().to_string().contains("panicked"));
        }
        let same = |_: &i32| Ok(thread::current().id() == here);
        assert_eq!(in_parallel(Workers::ONE, &[0; 4], same).unwrap(), [true; 4]);
    }
}
