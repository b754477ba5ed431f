//! How a match begins, goes on, is left, and ends: always with its journal in the right folder.

use std::sync::Arc;

use bevy::prelude::*;

use super::{Clock, CurrentView, Journal, Loaded, MatchNow, Notices, Running, Saved, Session, saved, show, wake};
use crate::game::app::Options;
use crate::game::redraw::Waker;
use crate::game::teams::Teams;
use crate::game::text;
use crate::platform::{DataDir, JournalWriter, MatchStore};
use crate::quiz::{Command, Play, Settings, Stage};
use crate::rules::GameCode;

/// Where matches are kept; without it nothing is saved, and the player is told.
#[derive(Resource, Debug, Clone, Default)]
pub struct Storage {
    /// The data directory, if there is one.
    pub data: Option<DataDir>,
    /// Why there is none, as a sentence.
    pub why_none: String,
}

/// The folders of the matches, or why there are none, as a sentence.
#[derive(Resource)]
struct Store(Result<MatchStore, String>);

impl Default for Store {
    fn default() -> Self {
        Self(Err(String::new()))
    }
}

/// The match that "Continue" would go on with.
#[derive(Resource, Default)]
pub struct SavedGame(pub Option<Saved>);

/// Starts a new match; gives up the saved one.
#[derive(Event, Debug, Clone)]
pub struct StartGame {
    /// What is played.
    pub loaded: Loaded,
    /// How.
    pub settings: Settings,
    /// The teams, where teams play; empty for the player alone.
    pub teams: Vec<String>,
}

/// Goes on with the saved match.
#[derive(Event, Debug, Clone, Copy)]
pub struct ContinueGame;

/// Back to the title. An unfinished match is kept for "Continue".
#[derive(Event, Debug, Clone, Copy)]
pub struct LeaveGame;

/// The same questions once more, or others with the same settings.
#[derive(Event, Debug, Clone, Copy)]
pub enum PlayAgain {
    /// The same game code.
    SameCode,
    /// Another game code.
    NewCode,
}

pub(super) fn plugin(app: &mut App) {
    let asked = app.world().get_resource::<Options>().map(|options| options.data_dir.clone()).unwrap_or_default();
    let storage = if asked.as_os_str().is_empty() {
        Storage { data: None, why_none: text::NO_PLACE.to_owned() }
    } else {
        match DataDir::resolve(Some(&asked)) {
            Ok(data) => Storage { data: Some(data), why_none: String::new() },
            Err(error) => Storage { data: None, why_none: error.to_string() },
        }
    };
    app.insert_resource(storage)
        .init_resource::<Store>()
        .init_resource::<SavedGame>()
        .add_systems(Startup, (open_store, look_for_saved).chain())
        .add_systems(Update, file_finished)
        .add_observer(start)
        .add_observer(go_on)
        .add_observer(leave)
        .add_observer(again);
}

fn open_store(storage: Res<Storage>, mut store: ResMut<Store>) {
    store.0 = match &storage.data {
        Some(data) => MatchStore::new(data).map_err(|error| error.to_string()),
        None => Err(storage.why_none.clone()),
    };
}

fn look_for_saved(store: Res<Store>, mut saved: ResMut<SavedGame>, mut notices: ResMut<Notices>) {
    let Ok(store) = &store.0 else { return };
    let found = saved::look(store);
    saved.0 = found.saved;
    for sentence in found.told {
        notices.tell(sentence);
    }
}

/// A journal for a new match.
fn new_journal(store: &Store, waker: &Waker) -> Journal {
    let store = match &store.0 {
        Ok(store) => store,
        Err(why) => return Journal::unsaved(Some(why.clone())),
    };
    let path = store.new_path();
    Journal::on_disk(&path, wake(waker), |report| {
        JournalWriter::create(&path, report).map_err(|error| error.to_string())
    })
}

fn start(
    request: On<StartGame>,
    (store, waker, clock): (Res<Store>, Res<Waker>, Res<Clock>),
    mut saved: ResMut<SavedGame>,
    mut session: ResMut<Session>,
    mut view: ResMut<CurrentView>,
    mut now: ResMut<MatchNow>,
) {
    let StartGame { loaded, settings, teams } = request.event().clone();
    if let Some(old) = saved.0.take()
        // A practice is an errand on the way: the game that was left is offered again afterwards.
        && settings.only.is_empty()
    {
        give_up(old, &store);
    }
    let times = clock.now();
    let running = Running::start(&loaded, settings, new_journal(&store, &waker), &players(teams), times);
    show(&running, times, &mut view, &mut now);
    session.running = Some(running);
    session.loaded = Some(loaded);
}

/// Teams, or the player alone.
fn players(teams: Vec<String>) -> Vec<String> {
    if teams.is_empty() { vec![text::YOU.to_owned()] } else { teams }
}

/// The player began another match: the old one ends where it is and is filed, so that it is not offered again.
fn give_up(old: Saved, store: &Store) {
    let Saved { mut game, claim, path, whole_bytes, .. } = old;
    let mut journal = Journal::on_disk(&path, Arc::new(|| {}), |report| {
        JournalWriter::resume(claim, whole_bytes, report).map_err(|error| error.to_string())
    });
    let at = game.last_stamp();
    let _ = game.submit(Command::Abandon, at);
    if let Some((last, lines)) = game.take_lines() {
        journal.append(last, lines);
    }
    file(journal, store);
}

fn file(journal: Journal, store: &Store) {
    if let (Some(path), Ok(store)) = (journal.close(), &store.0) {
        // Left among the open ones, it is filed at the next start.
        let _ = store.finished(&path);
    }
}

fn go_on(
    _: On<ContinueGame>,
    (waker, clock, teams): (Res<Waker>, Res<Clock>, Res<Teams>),
    mut saved: ResMut<SavedGame>,
    mut session: ResMut<Session>,
    mut view: ResMut<CurrentView>,
    mut now: ResMut<MatchNow>,
) {
    let Some(Saved { loaded, game, claim, path, whole_bytes, .. }) = saved.0.take() else { return };
    let journal = Journal::on_disk(&path, wake(&waker), |report| {
        JournalWriter::resume(claim, whole_bytes, report).map_err(|error| error.to_string())
    });
    let times = clock.now();
    let names = if game.settings().play == Play::Together { Vec::new() } else { teams.names() };
    let running = Running::resume(game, journal, &players(names), times);
    show(&running, times, &mut view, &mut now);
    session.running = Some(running);
    session.loaded = Some(loaded);
}

fn leave(
    _: On<LeaveGame>,
    store: Res<Store>,
    mut session: ResMut<Session>,
    mut saved: ResMut<SavedGame>,
    mut view: ResMut<CurrentView>,
    mut notices: ResMut<Notices>,
) {
    let Some(running) = session.running.take() else { return };
    view.0 = None;
    if running.finished() {
        file(running.into_journal(), &store);
    } else {
        running.into_journal().close();
    }
    // Read back from the disk: what is offered is what was saved.
    if let Ok(store) = &store.0 {
        let found = saved::look(store);
        saved.0 = found.saved;
        for sentence in found.told {
            notices.tell(sentence);
        }
    }
}

fn again(request: On<PlayAgain>, session: Res<Session>, mut commands: Commands) {
    let (Some(running), Some(loaded)) = (&session.running, &session.loaded) else { return };
    let mut settings = running.settings().clone();
    if matches!(request.event(), PlayAgain::NewCode) {
        settings = settings.with_code(new_code());
    }
    let teams = if settings.play == Play::Together { Vec::new() } else { running.names() };
    commands.trigger(StartGame { loaded: loaded.clone(), settings, teams });
}

/// A finished match has nothing more to write: its journal is filed while the results are on screen. Teams may still have points changed by
/// hand on the podium: theirs is filed when they leave it.
fn file_finished(view: Res<CurrentView>, store: Res<Store>, mut session: ResMut<Session>) {
    if !view.is_changed() || view.get().is_none_or(|view| view.stage != Stage::Finished) {
        return;
    }
    let Some(running) = &mut session.running else { return };
    if running.settings().play != Play::Together {
        return;
    }
    let journal = std::mem::replace(running.journal(), Journal::unsaved(None));
    file(journal, &store);
}

/// A fresh game code.
#[must_use]
pub fn new_code() -> GameCode {
    // A machine without randomness still has a clock.
    let bits = getrandom::u32().unwrap_or_else(|_| crate::platform::Times::now().wall.subsec_nanos());
    GameCode::from_bits(bits)
}
