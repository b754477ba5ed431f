//! The match itself: the face that everybody uses, over a world of its own.

use std::sync::{Arc, OnceLock};

use bevy_ecs::prelude::*;
use bevy_state::prelude::State;
use serde::{Deserialize, Serialize};

use super::apply::{all_answered, asking_deadline};
use super::buzz;
use super::journal::{Header, Journal, Tick};
use super::world::{Apply, Durable, Game, Inbox, Input, Now, Pause, Place, Seats, Slot, StageClock, Talk, build};
use super::{Command, PauseReason, Refused, Reply, Seat, Settings, Shown, Stage, View, You, look, present};
use crate::bank::Bank;
use crate::rules::{Extra, Key, draw, draw_in_order, draw_only, limit_ms};

/// An instant on the match's own monotonic clock, in milliseconds from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Stamp(pub u64);

/// Where a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The stage.
    pub stage: Stage,
    /// Set while the clock stands.
    pub paused: Option<PauseReason>,
    /// The number of the question last asked; 0 before the first.
    pub question: u32,
    /// In `Asking`: closed and not told yet.
    pub held: bool,
}

/// One match: an ECS world of its own.
///
/// Whoever drives it calls [`Match::advance`] at [`Match::next_deadline`], writes what [`Match::take_lines`] hands out, and says
/// [`Match::durable`] when it is on disk.
pub struct Match {
    world: World,
    /// What all seats share, made when first asked for and dropped by every change.
    shown: OnceLock<Arc<Shown>>,
}

impl Match {
    /// A new match in its lobby. `bank_text` is the file that `bank` was read from: the journal's header embeds it.
    #[must_use]
    pub fn new(bank: Arc<Bank>, bank_text: &str, settings: Settings) -> Self {
        let journal = Journal::begin(&Header::new(bank_text, &settings));
        Self::with_journal(bank, settings, journal)
    }

    pub(super) fn with_journal(bank: Arc<Bank>, settings: Settings, journal: Journal) -> Self {
        let draw = if settings.only.is_empty() {
            draw(&bank, &settings.rounds, settings.per_round, settings.seed)
        } else if settings.in_order {
            draw_in_order(&bank, &settings.only, settings.seed)
        } else {
            draw_only(&bank, &settings.only, settings.seed)
        };
        let mut slots = Vec::new();
        for (drawn_round, round) in draw.rounds.iter().enumerate() {
            for (in_round, dealt) in round.questions.iter().enumerate() {
                let from = &bank.rounds[dealt.round];
                let question = &from.questions[dealt.question];
                let number = u32::try_from(slots.len() + 1).unwrap_or(u32::MAX);
                slots.push(Slot {
                    drawn_round,
                    in_round,
                    dealt: dealt.clone(),
                    key: Key::of(question, dealt),
                    limit_ms: limit_ms(question, settings.pace, settings.extra),
                    view: Arc::new(present::question(number, &from.title, question, dealt)),
                });
            }
        }
        let world = build(Game { bank, settings, draw, slots }, journal);
        Self { world, shown: OnceLock::new() }
    }

    /// Applies a command that arrived at `at`. Deadlines before `at` take effect first; an answer at the very deadline counts.
    ///
    /// # Errors
    /// [`Refused`] says why nothing changed.
    pub fn submit(&mut self, command: Command, at: Stamp) -> Reply {
        self.submit_lagging(command, at, 0)
    }

    /// The same for an answer that was on its way for `lag_ms`, which counts as given that much earlier. What is more than
    /// [`Settings::grace_ms`] is not believed.
    ///
    /// # Errors
    /// As [`Match::submit`].
    pub fn submit_lagging(&mut self, command: Command, at: Stamp, lag_ms: u32) -> Reply {
        let lag_ms = lag_ms.min(self.settings().grace_ms);
        while let Some((due, tick)) = self.due() {
            if due >= at && !matches!(tick, Tick::AllAnswered) || due > at {
                break;
            }
            // A refused tick would be due for ever.
            if self.input(Input::Clock(tick), due).is_err() {
                break;
            }
        }
        self.input(Input::Command(command, lag_ms), at)
    }

    /// Lets the clock's own changes happen: time-outs, closing when all have answered, going on by itself.
    pub fn advance(&mut self, now: Stamp) {
        while let Some((due, tick)) = self.due() {
            if due > now || self.input(Input::Clock(tick), due).is_err() {
                break;
            }
        }
    }

    /// When somebody must call [`Match::advance`] again, if nothing else happens before. May lie in the past: call it at once.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Stamp> {
        self.due().map(|(at, _)| at)
    }

    /// What the clock will do next, and when.
    fn due(&self) -> Option<(Stamp, Tick)> {
        if self.world.resource::<Pause>().0.is_some() {
            return None;
        }
        let deadline = self.world.resource::<StageClock>().deadline();
        match self.stage() {
            Stage::Asking if self.world.resource::<Talk>().held => None,
            Stage::Asking if all_answered(&self.world) => Some((self.last_stamp(), Tick::AllAnswered)),
            Stage::Asking if buzz::holder(&self.world).is_some() => buzz::due(&self.world),
            Stage::Asking => asking_deadline(&self.world).map(|at| (at, Tick::TimeUp)),
            Stage::RoundIntro | Stage::Feedback | Stage::Standings => deadline.map(|at| (at, Tick::WentOn)),
            Stage::Lobby | Stage::Finished => None,
        }
    }

    /// What a seat may know at `now` (which only moves the timer's `left_ms`).
    #[must_use]
    pub fn view(&self, seat: Seat, now: Stamp) -> View {
        let shown = self.shown.get_or_init(|| Arc::new(look::shown(&self.world)));
        look::view(&self.world, Arc::clone(shown), seat, now)
    }

    /// Where the match stands, in short: cheap, for those who look often.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment {
            stage: self.stage(),
            paused: self.world.resource::<Pause>().0.map(|(reason, _)| reason),
            question: self.world.resource::<Place>().question,
            held: self.world.resource::<Talk>().held,
        }
    }

    /// Whose the question on show is, where teams play: whose turn it is; who holds the buzz or took the question; told that nobody took
    /// it, who tried last.
    #[must_use]
    pub fn answering(&self) -> Option<u32> {
        buzz::answering(&self.world)
    }

    /// The time that a player has on top of everybody's.
    #[must_use]
    pub fn extra(&self, player: u32) -> Extra {
        look::extra(&self.world, player)
    }

    /// A player's own line alone, without what all share: cheap. `None` as in [`View::you`].
    #[must_use]
    pub fn you(&self, player: u32) -> Option<You> {
        look::you(&self.world, player)
    }

    /// How many seats were ever taken: players are numbered from 0 to below this.
    #[must_use]
    pub fn seats(&self) -> u32 {
        u32::try_from(self.world.resource::<Seats>().entities.len()).unwrap_or(u32::MAX)
    }

    /// Whether a player sits there and was not sent away.
    #[must_use]
    pub fn is_seated(&self, player: u32) -> bool {
        look::name(&self.world, player).is_some()
    }

    /// Whether this number was a player's who was sent away.
    #[must_use]
    pub fn is_gone(&self, player: u32) -> bool {
        player < self.seats() && !self.is_seated(player)
    }

    /// A player's name, unless sent away.
    #[must_use]
    pub fn name(&self, player: u32) -> Option<&str> {
        look::name(&self.world, player)
    }

    /// Whether [`Command::Lock`] stands.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.world.resource::<Seats>().locked
    }

    /// The number of the last record.
    #[must_use]
    pub fn last_record(&self) -> u64 {
        self.journal().records().len() as u64
    }

    /// The records so far, for reports: what was decided, in order.
    #[must_use]
    pub fn records(&self) -> &[super::journal::Record] {
        self.journal().records()
    }

    /// Encoded journal lines not yet taken, with the number of the last record in them (0: the header). Write them in order, then
    /// call [`Match::durable`].
    pub fn take_lines(&mut self) -> Option<(u64, String)> {
        self.world.resource_mut::<Journal>().take_lines()
    }

    /// Everything up to and including this record is on disk. Call [`Match::advance`] afterwards: a question may close now.
    pub fn durable(&mut self, record: u64) {
        self.shown = OnceLock::new();
        let mut durable = self.world.resource_mut::<Durable>();
        durable.0 = durable.0.max(record);
    }

    /// The stage.
    #[must_use]
    pub fn stage(&self) -> Stage {
        *self.world.resource::<State<Stage>>().get()
    }

    /// The latest stamp seen. A match that continues in another process goes on from here.
    #[must_use]
    pub fn last_stamp(&self) -> Stamp {
        self.world.resource::<Now>().0
    }

    /// What was agreed before the first question.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.world.resource::<Game>().settings
    }

    /// The bank that is played.
    #[must_use]
    pub fn bank(&self) -> &Arc<Bank> {
        &self.world.resource::<Game>().bank
    }

    /// Applies one input as it is, without looking at the clock: replay's way in.
    pub(super) fn input(&mut self, input: Input, at: Stamp) -> Reply {
        self.shown = OnceLock::new();
        self.world.resource_mut::<Inbox>().queue.push_back((input, at));
        self.world.run_schedule(Apply);
        // The system answers everything it takes.
        self.world.resource_mut::<Inbox>().replies.pop().unwrap_or(Err(Refused::WrongStage))
    }

    pub(super) fn forget_lines(&mut self) {
        self.world.resource_mut::<Journal>().take_lines();
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn journal(&self) -> &Journal {
        self.world.resource::<Journal>()
    }
}
