//! Whoever comes by a link finds the set-up as it wishes, and a score to beat. What is wrong with a link is said, and the rest holds.
//!
//! A link leads to the set-up, not into a game: what was left open is given up only by whoever presses Start. If the open game is the link's own,
//! the title stays, with Continue.

use bevy::prelude::*;

use super::app::Options;
use super::library::{FilesOpened, Library, Origin};
use super::links::{Wishes, Wrong};
use super::screens::setup::Setup;
use super::screens::{Go, Menu, Screen};
use super::session::{Notices, SavedGame, Session};
use super::text;
use crate::bank::Bank;

/// The link that the program was opened with.
#[derive(Resource, Debug, Clone, Default)]
pub struct Invitation {
    wishes: Wishes,
    /// Not followed yet.
    pending: bool,
    /// Its question file, if it names one by its place, has arrived.
    arrived: bool,
}

impl Invitation {
    /// The score to beat in the match on screen, in thousandths, if the link speaks of that match.
    #[must_use]
    pub fn goal(&self, session: &Session, library: &Library) -> Option<u32> {
        let running = session.running.as_ref()?;
        self.wishes.beat.filter(|_| self.wishes.is_of(running.settings(), running.bank(), first(library)))
    }

    /// What the link wishes.
    #[must_use]
    pub fn wishes(&self) -> &Wishes {
        &self.wishes
    }
}

/// The id of the question file that a link means which names none.
#[must_use]
pub fn first(library: &Library) -> &str {
    let inside = library.entries.iter().filter(|entry| entry.origin == Origin::Inside);
    inside.filter_map(|entry| entry.loaded.as_ref()).map(|loaded| loaded.bank.id.as_str()).next().unwrap_or_default()
}

pub(super) fn plugin(app: &mut App) {
    let wishes = app.world().get_resource::<Options>().map(|options| options.wishes.clone()).unwrap_or_default();
    // A question file alone is opened by whoever fetches it.
    let asks = Wishes { bank: None, ..wishes.clone() };
    app.insert_resource(Invitation { pending: !asks.is_empty(), wishes, arrived: false })
        .add_observer(arrive)
        .add_systems(Update, follow.run_if(in_state(Screen::Title)));
}

fn arrive(opened: On<FilesOpened>, mut invitation: ResMut<Invitation>) {
    if opened.0.iter().any(|entry| entry.loaded.is_some()) {
        invitation.bypass_change_detection().arrived = true;
    }
}

fn follow(
    mut invitation: ResMut<Invitation>,
    mut library: ResMut<Library>,
    saved: Res<SavedGame>,
    mut setup: ResMut<Setup>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let invitation = invitation.bypass_change_detection();
    if !invitation.pending || library.loading || (invitation.wishes.bank.is_some() && !invitation.arrived) {
        return;
    }
    invitation.pending = false;
    let wishes = &invitation.wishes;
    for wrong in &wishes.wrong {
        notices.tell(in_words(wrong));
    }
    if let Some(saved) = &saved.0 {
        let (settings, bank) = saved.plays();
        if wishes.is_of(settings, bank, first(&library)) {
            return;
        }
    }
    if wishes.bank.is_none() {
        let wanted = wishes.of.clone().unwrap_or_else(|| first(&library).to_owned());
        let is_it = |bank: &Bank| bank.id == wanted;
        let found = library.entries.iter().position(|entry| entry.loaded.as_ref().is_some_and(|it| is_it(&it.bank)));
        let Some(index) = found else {
            notices.tell(text::link_other_file(&wanted));
            return;
        };
        if library.chosen != index {
            library.chosen = index;
        }
    }
    let Some(loaded) = library.chosen() else { return };
    let unknown = setup.wish(&loaded.bank, wishes);
    if !unknown.is_empty() {
        notices.tell(text::link_unknown_rounds(&loaded.bank.title, &unknown));
    }
    commands.trigger(Go(Menu::Setup));
}

fn in_words(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Code(code, why) => text::link_code_wrong(code, &why.to_string()),
        Wrong::Each(each) => text::link_each_wrong(each),
        Wrong::Beat(beat) => text::link_beat_wrong(beat),
        Wrong::TooLong => text::LINK_TOO_LONG.to_owned(),
    }
}
