//! A game of chosen questions: those that were missed.

use bevy::prelude::*;

use crate::bank::Bank;
use crate::game::preferences::Preferences;
use crate::game::screens::{Go, Menu};
use crate::game::session::{Loaded, StartGame, new_code};
use crate::quiz::Settings;
use crate::rules::Pace;

/// Practises these questions, by id. Those that the bank lacks are left out; with none left nothing happens.
#[derive(Event, Debug, Clone)]
pub struct Practise {
    /// The bank.
    pub loaded: Loaded,
    /// The questions.
    pub questions: Vec<String>,
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(practise);
}

/// Those of the questions that the bank still has.
#[must_use]
pub fn still_there(bank: &Bank, questions: &[String]) -> Vec<String> {
    let there = |id: &String| bank.questions().any(|(_, question)| question.id == *id);
    questions.iter().filter(|id| there(id)).cloned().collect()
}

fn practise(request: On<Practise>, preferences: Res<Preferences>, mut commands: Commands) {
    let Practise { loaded, questions } = request.event();
    let only = still_there(&loaded.bank, questions);
    if only.is_empty() {
        return;
    }
    // No timer: whoever comes back to what went wrong takes the time to think.
    let settings = Settings { only, pace: Pace::None, extra: preferences.extra, ..Settings::solo(new_code().seed()) };
    commands.trigger(Go(Menu::Title));
    commands.trigger(StartGame { loaded: loaded.clone(), settings, teams: Vec::new() });
}
