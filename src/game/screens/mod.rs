//! What is on screen follows from two things: where the player is in the menu, and where the match stands.
//!
//! [`Screen`] is computed from both, so that no screen can be forgotten on the way out of a match. Each screen spawns its tree when it
//! is entered, with something that takes the focus in it, and goes with it.
//!
//! - [`title`], [`banks`], [`findings`], [`setup`], [`settings`], [`table`]: the menu
//! - [`teams`]: their set-up, and what their match shows beside
//! - [`intro`], [`question`], [`standings`], [`results`]: a match
//! - [`parts`]: what several screens show; [`mod@drop`]: files dropped on any of them

pub mod banks;
#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
pub mod class;
pub mod drop;
pub mod findings;
pub mod intro;
pub mod parts;
pub mod question;
pub mod race;
pub mod results;
pub mod settings;
pub mod setup;
pub mod share;
pub mod standings;
pub mod table;
pub mod teams;
pub mod title;

use bevy::input_focus::InputFocusSystems;
use bevy::picking::PickingSystems;
use bevy::prelude::*;

use super::progress::feed::Feeding;
use super::redraw::watch_state;
use super::session::{CurrentView, Driving};
use crate::quiz::Stage;

/// Where the player is in the menu; it stays so while a match is played.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Menu {
    /// The title.
    #[default]
    Title,
    /// The list of question files.
    Banks,
    /// What was found in an opened file.
    Findings,
    /// Rounds, pace, scoring.
    Setup,
    /// Theme, text size, sound and the rest; over a match that is paused, too.
    Settings,
    /// The player's own table.
    Table,
    /// A class is set up.
    HostSetup,
    /// Single questions are chosen before class.
    Lesson,
    /// A class is open in this window.
    Class,
    /// The teams of one screen.
    Teams,
    /// One of them.
    Team,
}

/// Where the match on screen stands.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Playing {
    /// No match.
    #[default]
    No,
    /// A round is announced.
    Intro,
    /// A question: asking, pause and feedback.
    Question,
    /// The table between rounds.
    Standings,
    /// Over.
    Results,
}

/// The screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// See [`title`].
    Title,
    /// See [`banks`].
    Banks,
    /// See [`findings`].
    Findings,
    /// See [`setup`].
    Setup,
    /// See [`settings`].
    Settings,
    /// See [`table`].
    Table,
    /// See `class::setup`.
    HostSetup,
    /// See `class::lesson`.
    Lesson,
    /// See `class`.
    Class,
    /// See [`teams::setup`].
    Teams,
    /// See [`teams::team`].
    Team,
    /// See [`intro`].
    Intro,
    /// See [`question`].
    Question,
    /// See [`standings`].
    Standings,
    /// See [`results`].
    Results,
}

impl ComputedStates for Screen {
    type SourceStates = (Menu, Playing);

    fn compute((menu, playing): (Menu, Playing)) -> Option<Self> {
        Some(match (playing, menu) {
            (Playing::No, Menu::Title) => Self::Title,
            (Playing::No, Menu::Banks) => Self::Banks,
            (Playing::No, Menu::Findings) => Self::Findings,
            (Playing::No, Menu::Setup) => Self::Setup,
            (_, Menu::Settings) => Self::Settings,
            (Playing::No, Menu::Table) => Self::Table,
            (Playing::No, Menu::HostSetup) => Self::HostSetup,
            (Playing::No, Menu::Lesson) => Self::Lesson,
            (Playing::No, Menu::Class) => Self::Class,
            (Playing::No, Menu::Teams) => Self::Teams,
            (Playing::No, Menu::Team) => Self::Team,
            (Playing::Intro, _) => Self::Intro,
            (Playing::Question, _) => Self::Question,
            (Playing::Standings, _) => Self::Standings,
            (Playing::Results, _) => Self::Results,
        })
    }
}

/// Goes to a place in the menu; in a match, it is where leaving leads.
#[derive(Event, Debug, Clone, Copy)]
pub struct Go(pub Menu);

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Menu>()
        .init_state::<Playing>()
        .add_computed_state::<Screen>()
        .add_observer(go)
        // Before the frame's state transitions: a screen never shows a match that has moved on.
        .add_systems(
            PreUpdate,
            follow.after(Driving).after(InputFocusSystems::Dispatch).after(PickingSystems::Last).after(Feeding),
        )
        .add_plugins((
            parts::plugin,
            title::plugin,
            banks::plugin,
            drop::plugin,
            findings::plugin,
            setup::plugin,
            settings::plugin,
            table::plugin,
            intro::plugin,
            question::plugin,
            standings::plugin,
            results::plugin,
            race::plugin,
            share::plugin,
            teams::plugin,
        ));
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    app.add_plugins(class::plugin);
    watch_state::<Menu>(app);
    watch_state::<Playing>(app);
}

fn go(to: On<Go>, menu: Res<State<Menu>>, mut next: ResMut<NextState<Menu>>) {
    // Entering a state twice would build its screen twice.
    if *menu.get() != to.0 {
        next.set(to.0);
    }
}

/// The match's stage as a state of the window.
fn follow(view: Res<CurrentView>, playing: Res<State<Playing>>, mut next: ResMut<NextState<Playing>>) {
    let wanted = match view.get().map(|view| view.stage) {
        None | Some(Stage::Lobby) => Playing::No,
        Some(Stage::RoundIntro) => Playing::Intro,
        Some(Stage::Asking | Stage::Feedback) => Playing::Question,
        Some(Stage::Standings) => Playing::Standings,
        Some(Stage::Finished) => Playing::Results,
    };
    if *playing.get() != wanted {
        next.set(wanted);
    }
}
