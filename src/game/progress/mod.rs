//! The player's progress: what was answered right and on which days, what was missed, best results, the history.
//!
//! The match's view feeds it ([`feed`]), question by question, so that a game that is killed has counted up to there. Screens read
//! [`Progress`] (it derefs to the [`Ledger`]); they change nothing.
//!
//! - [`model`]: the memory itself, without Bevy
//! - [`feed`]: from the view into the memory
//! - [`practise`]: a game of chosen questions
//! - [`transfer`]: out to a file, and in from one

pub mod feed;
pub mod model;
pub mod practise;
pub mod transfer;

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;

pub use model::{Best, Day, Last, Ledger, Outcome, PlayedGame, Run, SeatState, Seats, settings_key};
pub use practise::Practise;

use super::kept::{self, Files, Label};
use super::preferences::KeptBefore;
use super::redraw::Waker;
use super::session::{SavedGame, StartGame};
use crate::platform::local_day;

/// The file, and an exported one.
pub const FILE: Label = Label { what: "progress", format: 1, file: "progress.json" };

/// Everything that is remembered, and what the game on screen meant.
#[derive(Resource, Default)]
pub struct Progress {
    ledger: Ledger,
    outcome: Option<Outcome>,
    /// What other copies have added to the file, found while writing it.
    found: Arc<Mutex<Option<Ledger>>>,
}

impl Deref for Progress {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

impl Progress {
    /// What the game that finished last in this window meant: the best before it, and whether it is better.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Writes it all, soon; what other copies have kept meanwhile stays.
    fn keep(&self, files: &Files, waker: &Waker) {
        let (mine, found, waker) = (self.ledger.clone(), Arc::clone(&self.found), waker.clone());
        files.change::<Ledger>(FILE, true, move |old| {
            let mut all = mine.clone();
            if let Some(mut old) = old {
                old.sanitise();
                if all.merge(&old) {
                    *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(all.clone());
                    waker.wake();
                }
            }
            Some(kept::encode(FILE, &all))
        });
    }
}

/// Nobody has played here yet: neither preferences nor progress are kept, and no game is open.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRun(pub bool);

/// The player's calendar; tests hold the days in their hands.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub enum Calendar {
    /// The system's.
    #[default]
    System,
    /// It is this day.
    Fixed(Day),
}

impl Calendar {
    /// Today.
    #[must_use]
    pub fn today(self) -> Day {
        match self {
            Self::System => local_day(),
            Self::Fixed(day) => day,
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let loaded = kept::load::<Ledger>(app, FILE);
    let before = app.world().get_resource::<KeptBefore>().is_some_and(|before| before.0);
    let first = FirstRun(!before && loaded.is_none());
    let mut ledger = loaded.unwrap_or_default();
    ledger.sanitise();
    app.insert_resource(Progress { ledger, ..Progress::default() })
        .insert_resource(first)
        .init_resource::<Calendar>()
        .add_systems(PostStartup, |saved: Res<SavedGame>, mut first: ResMut<FirstRun>| {
            if saved.0.is_some() {
                first.0 = false;
            }
        })
        .add_observer(|_: On<StartGame>, mut first: ResMut<FirstRun>| first.0 = false)
        .add_systems(PreUpdate, take_in)
        .add_plugins((feed::plugin, practise::plugin));
}

/// What another copy has kept, too.
fn take_in(mut progress: ResMut<Progress>) {
    let found = progress.bypass_change_detection().found.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(found) = found
        && progress.bypass_change_detection().ledger.merge(&found)
    {
        progress.set_changed();
    }
}
