//! What stands in a match's world: resources, components, schedules. Private to `quiz`.

use std::collections::HashSet;
use std::sync::Arc;

use bevy_app::App;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, Schedules, SingleThreadedExecutor};
use bevy_state::app::StatesPlugin;
use bevy_state::prelude::*;

use super::apply::{apply, enter_asking, enter_feedback, enter_finished, enter_waiting};
use super::buzz::Buzzing;
use super::journal::{Journal, Tick};
use super::standing::Scores;
use super::{Command, PauseReason, QuestionView, Reply, Settings, Stage, Stamp, Sureness};
use crate::bank::{Bank, Question};
use crate::rules::{Answer, Dealt, Draw, Extra, Key};

/// Runs the one exclusive system that applies the queue.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Apply;

/// What never changes during a match.
#[derive(Resource)]
pub(super) struct Game {
    pub bank: Arc<Bank>,
    pub settings: Settings,
    pub draw: Draw,
    /// Every question in play order.
    pub slots: Vec<Slot>,
}

/// A question's place in the match.
pub(super) struct Slot {
    /// Index into [`Draw::rounds`].
    pub drawn_round: usize,
    /// Counted from 0 within its round.
    pub in_round: usize,
    pub dealt: Dealt,
    pub key: Key,
    pub limit_ms: Option<u64>,
    pub view: Arc<QuestionView>,
}

impl Game {
    /// A round's id, title and line, in play order.
    pub fn heading(&self, drawn_round: usize) -> (&str, &str, &str) {
        let drawn = &self.draw.rounds[drawn_round];
        if drawn.mixed {
            return ("hardest-first", "The hardest first", "");
        }
        let round = &self.bank.rounds[drawn.round];
        (&round.id, &round.title, &round.about)
    }

    /// The question with this number, counted from 1.
    pub fn slot(&self, number: u32) -> Option<&Slot> {
        self.slots.get((number as usize).checked_sub(1)?)
    }

    pub fn question(&self, slot: &Slot) -> &Question {
        &self.bank.rounds[slot.dealt.round].questions[slot.dealt.question]
    }

    /// Whose turn a question is when players take turns.
    pub fn turn(&self, number: u32, players: usize) -> Option<u32> {
        (self.settings.play == super::Play::Turns && number > 0 && players > 0)
            .then(|| u32::try_from((number as usize - 1) % players).unwrap_or(0))
    }
}

/// Where the match is: the number of the question last asked (0 before the first), and of the round announced, counted from 0.
#[derive(Resource, Default)]
pub(super) struct Place {
    pub question: u32,
    pub drawn_round: usize,
}

/// The clock of the stage: everything that ends by itself ends `limit_ms` after `entered`, pauses left out.
#[derive(Resource, Default)]
pub(super) struct StageClock {
    pub entered: Stamp,
    pub paused_ms: u64,
    pub limit_ms: Option<u64>,
}

impl StageClock {
    pub fn deadline(&self) -> Option<Stamp> {
        Some(Stamp(self.entered.0.saturating_add(self.paused_ms).saturating_add(self.limit_ms?)))
    }

    pub fn elapsed_ms(&self, at: Stamp) -> u64 {
        at.0.saturating_sub(self.entered.0).saturating_sub(self.paused_ms)
    }
}

/// Set while the clock stands.
#[derive(Resource, Default)]
pub(super) struct Pause(pub Option<(PauseReason, Stamp)>);

/// The latest stamp seen: time never runs backwards, whatever threads do.
#[derive(Resource, Default)]
pub(super) struct Now(pub Stamp);

/// Everything up to this record is on disk.
#[derive(Resource, Default)]
pub(super) struct Durable(pub u64);

/// The players' entities, by number, and the names in use, folded.
#[derive(Resource, Default)]
pub(super) struct Seats {
    pub entities: Vec<Entity>,
    /// How many of them have been sent away.
    pub gone: u32,
    /// Nobody new is let in.
    pub locked: bool,
    /// Who has more time than the others.
    pub extended: Vec<Entity>,
    pub names: HashSet<String>,
    /// How many have answered the open question.
    pub answered: u32,
    /// The newest record that holds an answer to it.
    pub last_answer: u64,
}

/// A player, whoever sits behind it.
#[derive(Component)]
pub(super) struct Player {
    pub number: u32,
    pub name: String,
    /// Sent away.
    pub gone: bool,
    /// Time of their own, on top of everybody's.
    pub extra: Extra,
    /// The first question that counts whether or not it is answered.
    pub from: u32,
    /// The question that was open when they joined: it counts if they answer it. 0: none.
    pub joined_in: u32,
}

/// A question that has closed and is not told yet, and what its first vote came to.
#[derive(Resource, Default)]
pub(super) struct Talk {
    pub held: bool,
    /// How many were fully right in the vote before, and how many had answered.
    pub before: Option<(u32, u32)>,
}

/// A player's answer to the question last asked.
#[derive(Component, Default)]
pub(super) struct Current(pub Option<Recorded>);

/// An answer in the journal.
pub(super) struct Recorded {
    pub answer: Answer,
    pub sure: Option<Sureness>,
    pub record: u64,
}

/// What may happen to a match: a command, or the clock.
pub(super) enum Input {
    /// With the milliseconds that an answer was on its way.
    Command(Command, u32),
    Clock(Tick),
}

/// The one queue. The exclusive system empties it and fills the replies.
#[derive(Resource, Default)]
pub(super) struct Inbox {
    pub queue: std::collections::VecDeque<(Input, Stamp)>,
    pub replies: Vec<Reply>,
}

/// Builds the world of a match in its lobby. An `App` arranges the schedules and is then dropped: nobody needs its runner.
pub(super) fn build(game: Game, journal: Journal) -> World {
    let mut app = App::empty();
    app.init_resource::<Schedules>();
    app.add_plugins(bevy_app::MainSchedulePlugin);
    app.add_plugins(StatesPlugin);
    app.insert_state(Stage::Lobby);
    app.insert_resource(game).insert_resource(journal);
    app.init_resource::<Place>()
        .init_resource::<StageClock>()
        .init_resource::<Pause>()
        .init_resource::<Talk>()
        .init_resource::<Buzzing>()
        .init_resource::<Now>()
        .init_resource::<Durable>()
        .init_resource::<Seats>()
        .init_resource::<Inbox>()
        .init_resource::<Scores>();
    app.add_systems(Apply, apply)
        .add_systems(OnEnter(Stage::RoundIntro), enter_waiting)
        .add_systems(OnEnter(Stage::Asking), enter_asking)
        .add_systems(OnEnter(Stage::Feedback), (enter_waiting, enter_feedback).chain())
        .add_systems(OnEnter(Stage::Standings), enter_waiting)
        .add_systems(OnEnter(Stage::Finished), enter_finished);
    let mut world = std::mem::take(app.world_mut());
    for (label, schedule) in world.resource_mut::<Schedules>().iter_mut() {
        // A match is small and there may be many: no thread pool of its own.
        schedule.set_executor(SingleThreadedExecutor::new());
        // Unclear order is an error in every schedule of ours; the engine's own transition schedule has some within.
        if *label != *StateTransition.intern() {
            schedule.set_build_settings(ScheduleBuildSettings {
                ambiguity_detection: LogLevel::Error,
                ..ScheduleBuildSettings::default()
            });
        }
    }
    world.run_schedule(StateTransition);
    world
}
