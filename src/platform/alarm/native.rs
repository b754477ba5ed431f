//! A thread that sleeps until the instant. Uses std alone.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

/// Rings once at a set instant, on a thread of its own.
#[derive(Clone)]
pub struct Alarm(Arc<(Mutex<Option<Instant>>, Condvar)>);

impl Alarm {
    /// An alarm that calls `ring`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn new(ring: impl Fn() + Send + 'static) -> io::Result<Self> {
        let alarm = Self(Arc::default());
        let sleeper = alarm.clone();
        thread::Builder::new().name("alarm".into()).spawn(move || sleeper.run(&ring))?;
        Ok(alarm)
    }

    /// Rings at this instant, and not at the one set before.
    pub fn set(&self, instant: Instant) {
        let (slot, bell) = &*self.0;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(instant);
        bell.notify_one();
    }

    fn run(&self, ring: &impl Fn()) {
        let (slot, bell) = &*self.0;
        let mut due = slot.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            due = match *due {
                None => bell.wait(due).unwrap_or_else(PoisonError::into_inner),
                Some(at) => {
                    let left = at.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        *due = None;
                        ring();
                        due
                    } else {
                        bell.wait_timeout(due, left).unwrap_or_else(PoisonError::into_inner).0
                    }
                }
            };
        }
    }
}
