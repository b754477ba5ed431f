//! The keeper is the page's store: each change is a transaction of its own, so that two tabs change one file in turn.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Decide, Kept};
use crate::platform::page::{self, Told};
use crate::platform::read::ReadError;
use crate::platform::shelf::{Change, MOST_KEPT_BYTES, Shelf};
use crate::platform::trouble::{FileError, Trouble};
use crate::platform::writer::Pace;

/// Keeps the files of a shelf.
pub struct Keeper {
    shelf: Mutex<Box<dyn Shelf>>,
    state: Arc<Mutex<State>>,
}

struct State {
    report: Box<dyn FnMut(Kept) + Send>,
    failing: bool,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keeper")
    }
}

impl Keeper {
    /// Keeps files on a shelf. The page tries at its own pace.
    ///
    /// # Errors
    /// Never.
    pub fn new(shelf: impl Shelf, _: Pace, report: impl FnMut(Kept) + Send + 'static) -> io::Result<Self> {
        let state = State { report: Box::new(report), failing: false };
        Ok(Self { shelf: Mutex::new(Box::new(shelf)), state: Arc::new(Mutex::new(state)) })
    }

    /// Changes a file soon; never waits. Several changes of one file come in order.
    pub fn change(&self, name: &'static str, decide: Decide) {
        self.ask(name, decide, false);
    }

    /// The same for a change that knows everything that earlier ones of this file knew: those that still wait are dropped.
    pub fn replace(&self, name: &'static str, decide: Decide) {
        self.ask(name, decide, true);
    }

    /// Nothing can be waited for here: what is asked for is written as soon as the browser does.
    pub fn flush(&self, _: Duration) -> bool {
        true
    }

    fn ask(&self, name: &'static str, mut decide: Decide, replaces: bool) {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let (path, aside) = (shelf.place(name), shelf.aside());
        drop(shelf);
        let (state, place) = (Arc::clone(&self.state), path.clone());
        let failed = move |state: &Mutex<State>, trouble: Trouble| {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if !std::mem::replace(&mut state.failing, true) {
                (state.report)(Kept::Failed(FileError::new(&place, trouble)));
            }
        };
        let (own, fails) = (Arc::clone(&self.state), failed.clone());
        let token = page::listener_once(move |Told { kept, moved, .. }| match kept {
            Err(sentence) => {
                fails(&own, Trouble::Said(sentence));
                false
            }
            Ok(()) => {
                let mut state = own.lock().unwrap_or_else(PoisonError::into_inner);
                state.failing = false;
                if let Some(path) = moved {
                    (state.report)(Kept::SetAside(path));
                }
                true
            }
        });
        page::change(&path, &aside, token, replaces, move |old| {
            let change = decide(old);
            let (Change::Write(bytes) | Change::SetAside { bytes, .. }) = &change else { return change };
            if bytes.len() as u64 > MOST_KEPT_BYTES {
                // What could not be read again does not take the place of what can.
                failed(&state, ReadError::TooBig { max_bytes: MOST_KEPT_BYTES }.into());
                return Change::Leave;
            }
            change
        });
    }
}
