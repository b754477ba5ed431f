//! The page's own timer: `setTimeout`.

use std::cell::{Cell, RefCell};
use std::io;

use wasm_bindgen::prelude::*;
use web_time::Instant;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(ring: &Closure<dyn Fn()>, ms: f64) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: f64);
}

thread_local! {
    /// What rings, and the timer that runs. A page has one thread and one alarm; kept here, so that a handle to it may go anywhere.
    static RING: RefCell<Option<Closure<dyn Fn()>>> = const { RefCell::new(None) };
    static RUNS: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Longer than this the page's timers cannot wait, in milliseconds.
const LONGEST: f64 = i32::MAX as f64;

/// Rings once at a set instant. A page has one; the last made rings.
#[derive(Debug, Clone)]
pub struct Alarm(());

impl Alarm {
    /// An alarm that calls `ring`.
    ///
    /// # Errors
    /// None: the native twin has some.
    #[expect(clippy::unnecessary_wraps, reason = "the native twin may fail")]
    pub fn new(ring: impl Fn() + 'static) -> io::Result<Self> {
        RING.set(Some(Closure::new(ring)));
        Ok(Self(()))
    }

    /// Rings at this instant, and not at the one set before.
    pub fn set(&self, instant: Instant) {
        if let Some(handle) = RUNS.take() {
            clear_timeout(handle);
        }
        // Rounded up: rung before its time it would have to be set once more.
        let ms = (instant.saturating_duration_since(Instant::now()).as_secs_f64() * 1000.).ceil();
        RING.with_borrow(|ring| {
            if let Some(ring) = ring {
                RUNS.set(Some(set_timeout(ring, ms.min(LONGEST))));
            }
        });
    }
}
