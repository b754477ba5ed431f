//! The window's client of the match: it owns the match, its clock and its journal, and shows the screens one thing, [`CurrentView`].
//!
//! Screens never touch the match. They trigger [`Submit`], [`StartGame`], [`ContinueGame`], [`LeaveGame`] or [`PlayAgain`]; a command is
//! stamped in that very call, which is where it arrives.
//!
//! - [`Running`]: engine, clock and journal of one match, without Bevy
//! - [`Journal`]: lines out, "durable" in, from any thread
//! - [`Saved`]: a match that was left or killed
//! - [`Clock`]: the time, for tests in the hand

mod journal;
mod running;
mod saved;
mod start;
mod time;

use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::window::WindowOccluded;
use tracing::debug;
use web_time::Instant;

pub use journal::{Journal, Wake};
pub use running::{Loaded, Running};
pub use saved::Saved;
pub use start::{ContinueGame, LeaveGame, PlayAgain, SavedGame, StartGame, Storage, new_code};
pub use time::Clock;

use crate::game::redraw::{Redraw, Waker};
use crate::game::text;
use crate::platform::{SleepWatch, Times};
use crate::quiz::{Command, PauseReason, Stage, Stamp, View};

/// What the player may see now; `None` without a match. Changes only when something on screen may.
#[derive(Resource, Default)]
pub struct CurrentView(pub Option<View>);

impl CurrentView {
    /// The view, if there is a match.
    #[must_use]
    pub fn get(&self) -> Option<&View> {
        self.0.as_ref()
    }

    /// The number of the question that is on screen.
    #[must_use]
    pub fn question(&self) -> Option<u32> {
        Some(self.0.as_ref()?.shown.question.as_ref()?.number)
    }
}

/// The match's clock this frame, for timers: compare with [`crate::quiz::Timer::ends`].
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MatchNow(pub Stamp);

/// The match being played.
#[derive(Resource, Default)]
pub struct Session {
    pub(crate) running: Option<Running>,
    /// What is played, so that it can be played again.
    pub(crate) loaded: Option<Loaded>,
}

impl Session {
    /// What is being played, so that parts of it can be practised.
    #[must_use]
    pub fn played(&self) -> Option<Loaded> {
        self.loaded.clone()
    }

    /// How long the window may sleep before the match needs it, in milliseconds.
    #[must_use]
    pub fn due_in_ms(&self, clock: &Clock) -> Option<u64> {
        self.running.as_ref()?.due_in_ms(clock.now())
    }
}

/// What the player should know, a sentence each, until dismissed.
#[derive(Resource, Default)]
pub struct Notices(pub Vec<String>);

impl Notices {
    /// Tells the player, once.
    pub fn tell(&mut self, sentence: String) {
        if !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }
}

/// Whether the player has been told that the disk fails: once is enough, whatever else cannot be written.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ToldOfDisk(pub bool);

/// Asks something of the match. Trigger it where the press arrives.
#[derive(Event, Debug, Clone)]
pub struct Submit(pub Command);

/// The player has been away since this moment: a page that was hidden hears of it only when it is seen again.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// The moment.
    pub since: Times,
}

/// What the writer's thread calls.
fn wake(waker: &Waker) -> Wake {
    let waker = waker.clone();
    Arc::new(move || waker.wake())
}

/// Where the session reads clock and disk; what follows from the view comes after it, in the same frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Driving;

#[derive(Resource)]
struct Sleep(SleepWatch, Stamp);

/// While a question's clock runs, the window looks at least this often.
const LOOKS_EVERY: Duration = Duration::from_secs(2);

pub(super) fn plugin(app: &mut App) {
    let clock = *app.world_mut().get_resource_or_init::<Clock>();
    app.init_resource::<Session>()
        .init_resource::<CurrentView>()
        .init_resource::<MatchNow>()
        .init_resource::<Notices>()
        .init_resource::<ToldOfDisk>()
        .insert_resource(Sleep(SleepWatch::new(clock.now()), Stamp(0)))
        .add_message::<WindowOccluded>()
        .add_message::<Away>()
        .add_observer(submit)
        .add_plugins(start::plugin)
        .add_systems(PreUpdate, drive.in_set(Driving))
        .add_systems(Last, stop_the_clock.run_if(on_message::<AppExit>));
}

fn submit(
    request: On<Submit>,
    clock: Res<Clock>,
    mut session: ResMut<Session>,
    mut view: ResMut<CurrentView>,
    mut now: ResMut<MatchNow>,
    mut redraw: ResMut<Redraw>,
) {
    let times = clock.now();
    // Whatever asked, the screens must hear of it, even if this frame has drawn them already.
    redraw.next_frame();
    let Some(running) = &mut session.running else { return };
    if let Err(refused) = running.submit(request.0.clone(), times) {
        // The screen shows what holds now, which is the answer: a press that came too late meets "Time is up".
        debug!("{:?} was refused: {refused:?}", request.0);
    }
    show(running, times, &mut view, &mut now);
}

/// Shows what the player may know now. Screens hear of it only if it differs.
fn show(running: &Running, times: Times, view: &mut ResMut<CurrentView>, now: &mut ResMut<MatchNow>) {
    let fresh = Some(running.view(times));
    if view.0 != fresh {
        view.0 = fresh;
    }
    now.set_if_neq(MatchNow(running.stamp(times)));
}

/// Time and disk. Runs every frame; costs next to nothing when nothing is due.
fn drive(
    clock: Res<Clock>,
    (mut occluded, mut aways): (MessageReader<WindowOccluded>, MessageReader<Away>),
    mut sleep: ResMut<Sleep>,
    mut session: ResMut<Session>,
    mut view: ResMut<CurrentView>,
    mut now: ResMut<MatchNow>,
    (mut notices, mut told): (ResMut<Notices>, ResMut<ToldOfDisk>),
    mut redraw: ResMut<Redraw>,
) {
    let times = clock.now();
    let hidden = occluded.read().filter(|message| message.occluded).count() > 0;
    let away = aways.read().map(|away| away.since).min_by_key(|since| since.monotonic);
    let watched = runs(&view);
    let Some(running) = &mut session.bypass_change_detection().running else { return };
    let mut changed = false;

    let sleep = sleep.bypass_change_detection();
    let mut watch = if watched { sleep.0.looking_every(LOOKS_EVERY) } else { sleep.0 };
    let slept = watch.look(times).is_some();
    sleep.0 = watch;
    if watched && (hidden || slept || away.is_some()) {
        // A machine whose clock ran on while it slept had no player before it: the pause begins when it was last awake.
        let since = match away {
            Some(since) => running.stamp(since),
            None if slept => sleep.1,
            None => running.stamp(times),
        };
        let _ = running.submit_at(Command::Pause { reason: PauseReason::Sleep }, since, times);
        changed = true;
    }
    sleep.1 = running.stamp(times);

    changed |= running.drive(times);
    if let Some(why) = running.journal().trouble_to_tell()
        && !told.0
    {
        notices.tell(text::not_saved(&why));
        told.0 = true;
    }
    if changed {
        show(running, times, &mut view, &mut now);
    } else if watched {
        now.set_if_neq(MatchNow(running.stamp(times)));
    }
    if let Some(due) = running.due_in_ms(times) {
        redraw.wake_at(Instant::now() + Duration::from_millis(due));
    }
}

/// The window closes over an open question: how much time was left is in the journal, and whoever continues has that much, not more.
fn stop_the_clock(clock: Res<Clock>, view: Res<CurrentView>, mut session: ResMut<Session>) {
    if !runs(&view) {
        return;
    }
    if let Some(mut running) = session.running.take() {
        // Refused only if the time was up in this very moment, which is in the journal then.
        let _ = running.submit(Command::Pause { reason: PauseReason::Player }, clock.now());
        running.into_journal().close();
    }
}

/// Whether a question's clock runs.
pub(crate) fn runs(view: &CurrentView) -> bool {
    view.get().is_some_and(|view| view.stage == Stage::Asking && view.paused.is_none() && view.timer.is_some())
}
