//! The one exclusive system: takes an input from the queue, changes the world or refuses, runs the transition to its end, answers.

use bevy_ecs::prelude::*;
use bevy_state::prelude::{NextState, State, StateTransition};

use super::journal::{Event, Journal, Tick};
use super::standing::{Scores, fold};
use super::world::{Current, Durable, Game, Inbox, Input, Now, Pause, Place, Player, Recorded, Seats, StageClock};
use super::{Accepted, Command, PauseReason, Refused, Reply, Stage, Stamp, Sureness};
use crate::rules::Answer;

/// The most characters in a name.
const NAME_CHARS: usize = 24;

/// Applies everything in the queue, in order.
pub(super) fn apply(world: &mut World) {
    while let Some((input, at)) = world.resource_mut::<Inbox>().queue.pop_front() {
        // Threads may deliver stamps a little out of order; time in a match never runs backwards.
        let now = at.max(world.resource::<Now>().0);
        let reply = match input {
            Input::Command(command) => command_at(world, command, now),
            Input::Clock(tick) => tick_at(world, tick, now),
        };
        if reply.is_ok() {
            world.resource_mut::<Now>().0 = now;
            // Most commands change no stage, and running the schedule for nothing is dear.
            if !matches!(world.resource::<NextState<Stage>>(), NextState::Unchanged) {
                world.run_schedule(StateTransition);
            }
        }
        world.resource_mut::<Inbox>().replies.push(reply);
    }
}

/// Whether the open question may close because nobody is left to answer.
pub(super) fn all_answered(world: &World) -> bool {
    let game = world.resource::<Game>();
    let seats = world.resource::<Seats>();
    game.settings.close_when_answered
        && stage(world) == Stage::Asking
        && seats.answered > 0
        && seats.answered >= expected(world)
        && world.resource::<Durable>().0 >= seats.last_answer
}

/// How many may answer the question last asked.
pub(super) fn expected(world: &World) -> u32 {
    let seats = world.resource::<Seats>().entities.len();
    match world.resource::<Game>().turn(world.resource::<Place>().question, seats) {
        Some(_) => 1,
        None => u32::try_from(seats).unwrap_or(u32::MAX),
    }
}

fn stage(world: &World) -> Stage {
    *world.resource::<State<Stage>>().get()
}

fn go(world: &mut World, stage: Stage) {
    // Never re-enters the stage that the match is in.
    NextState::set_if_neq(&mut world.resource_mut::<NextState<Stage>>(), stage);
}

fn record(world: &mut World, event: Event, at: Stamp, elapsed_ms: Option<u64>) -> u64 {
    world.resource_mut::<Journal>().push(event, at, elapsed_ms)
}

fn command_at(world: &mut World, command: Command, at: Stamp) -> Reply {
    let paused = world.resource::<Pause>().0.is_some();
    match &command {
        Command::Join { name } => {
            let name = join_name(world, name)?;
            Ok(join(world, name, at))
        }
        Command::Answer { player, question, answer, sure } => {
            check_answer(world, *player, *question, answer)?;
            Ok(take_answer(world, *player, answer.clone(), *sure, command, at))
        }
        Command::Sure { player, question, sure } => {
            say_sure(world, *player, *question, *sure)?;
            Ok(done(world, command, at))
        }
        Command::Next => {
            not(paused, Refused::Paused)?;
            next(world, command, at)
        }
        Command::Reveal | Command::Skip => {
            not(stage(world) != Stage::Asking, Refused::WrongStage)?;
            not(paused, Refused::Paused)?;
            go(world, Stage::Feedback);
            Ok(done(world, command, at))
        }
        Command::Pause { reason } => {
            not(matches!(stage(world), Stage::Lobby | Stage::Finished), Refused::WrongStage)?;
            not(paused, Refused::Paused)?;
            let reason: PauseReason = *reason;
            world.resource_mut::<Pause>().0 = Some((reason, at));
            Ok(done(world, command, at))
        }
        Command::Resume => {
            let Some((_, since)) = world.resource_mut::<Pause>().0.take() else { return Err(Refused::NotPaused) };
            world.resource_mut::<StageClock>().paused_ms += at.0.saturating_sub(since.0);
            Ok(done(world, command, at))
        }
        Command::Void { question } => {
            closed(world, *question)?;
            not(!world.resource::<Scores>().counted(*question), Refused::AlreadyVoid)?;
            Ok(done_and_fold(world, command, at))
        }
        Command::Correct { question, key } => {
            closed(world, *question)?;
            let game = world.resource::<Game>();
            let slot = game.slot(*question).ok_or(Refused::WrongQuestion)?;
            key.answer.fits(game.question(slot), &slot.dealt).map_err(Refused::Malformed)?;
            Ok(done_and_fold(world, command, at))
        }
        Command::Undo => {
            not(!world.resource::<Scores>().can_undo(), Refused::NothingToUndo)?;
            Ok(done_and_fold(world, command, at))
        }
        Command::Abandon => {
            not(stage(world) == Stage::Finished, Refused::WrongStage)?;
            world.resource_mut::<Pause>().0 = None;
            go(world, Stage::Finished);
            Ok(done(world, command, at))
        }
    }
}

fn tick_at(world: &mut World, tick: Tick, at: Stamp) -> Reply {
    not(world.resource::<Pause>().0.is_some(), Refused::Paused)?;
    match (tick, stage(world)) {
        (Tick::TimeUp | Tick::AllAnswered, Stage::Asking) => go(world, Stage::Feedback),
        (Tick::WentOn, Stage::RoundIntro | Stage::Feedback | Stage::Standings) => go_on(world),
        _ => return Err(Refused::WrongStage),
    }
    record(world, Event::Clock(tick), at, None);
    Ok(Accepted::Done)
}

fn not(refuse: bool, reason: Refused) -> Result<(), Refused> {
    if refuse { Err(reason) } else { Ok(()) }
}

fn done(world: &mut World, command: Command, at: Stamp) -> Accepted {
    record(world, Event::Command(command), at, None);
    Accepted::Done
}

/// For commands that change what earlier answers are worth.
fn done_and_fold(world: &mut World, command: Command, at: Stamp) -> Accepted {
    let reply = done(world, command, at);
    enter_feedback(world);
    reply
}

fn closed(world: &World, question: u32) -> Result<(), Refused> {
    not(question == 0 || question > world.resource::<Scores>().closed, Refused::WrongQuestion)
}

fn join_name(world: &World, name: &str) -> Result<String, Refused> {
    not(stage(world) != Stage::Lobby, Refused::WrongStage)?;
    let name = name.trim();
    let chars = name.chars().count();
    not(chars == 0 || chars > NAME_CHARS || name.chars().any(char::is_control), Refused::BadName)?;
    let seats = world.resource::<Seats>();
    not(seats.entities.len() >= usize::from(world.resource::<Game>().settings.max_players), Refused::Full)?;
    not(seats.names.contains(&name.to_lowercase()), Refused::NameTaken)?;
    Ok(name.to_owned())
}

fn join(world: &mut World, name: String, at: Stamp) -> Accepted {
    let number = u32::try_from(world.resource::<Seats>().entities.len()).unwrap_or(u32::MAX);
    let entity = world.spawn((Player { number, name: name.clone() }, Current::default())).id();
    let mut seats = world.resource_mut::<Seats>();
    seats.entities.push(entity);
    seats.names.insert(name.to_lowercase());
    record(world, Event::Command(Command::Join { name }), at, None);
    Accepted::Joined(number)
}

fn player(world: &World, number: u32) -> Result<Entity, Refused> {
    world.resource::<Seats>().entities.get(number as usize).copied().ok_or(Refused::NoSuchPlayer)
}

fn check_answer(world: &World, number: u32, question: u32, answer: &Answer) -> Result<(), Refused> {
    let entity = player(world, number)?;
    let place = world.resource::<Place>();
    let asking = stage(world) == Stage::Asking;
    if !asking || question != place.question {
        let just_closed = !asking && question == place.question && question > 0;
        let before = asking && question + 1 == place.question && question > 0;
        return Err(if just_closed || before {
            Refused::TooLate
        } else if asking {
            Refused::WrongQuestion
        } else {
            Refused::WrongStage
        });
    }
    not(world.resource::<Pause>().0.is_some(), Refused::Paused)?;
    let game = world.resource::<Game>();
    let seats = world.resource::<Seats>().entities.len();
    not(game.turn(question, seats).is_some_and(|turn| turn != number), Refused::NotYourTurn)?;
    not(world.get::<Current>(entity).is_some_and(|current| current.0.is_some()), Refused::AlreadyAnswered)?;
    let slot = game.slot(question).ok_or(Refused::WrongQuestion)?;
    answer.fits(game.question(slot), &slot.dealt).map_err(Refused::Malformed)
}

fn take_answer(
    world: &mut World,
    number: u32,
    answer: Answer,
    sure: Option<Sureness>,
    command: Command,
    at: Stamp,
) -> Accepted {
    let elapsed = world.resource::<StageClock>().elapsed_ms(at);
    let number_of = record(world, Event::Command(command), at, Some(elapsed));
    if let Ok(entity) = player(world, number)
        && let Some(mut current) = world.get_mut::<Current>(entity)
    {
        current.0 = Some(Recorded { answer, sure, record: number_of });
    }
    let mut seats = world.resource_mut::<Seats>();
    seats.answered += 1;
    seats.last_answer = number_of;
    Accepted::Answered { record: number_of }
}

fn say_sure(world: &mut World, number: u32, question: u32, sure: Sureness) -> Result<(), Refused> {
    let entity = player(world, number)?;
    not(!matches!(stage(world), Stage::Asking | Stage::Feedback), Refused::WrongStage)?;
    not(question != world.resource::<Place>().question, Refused::WrongQuestion)?;
    let mut current = world.get_mut::<Current>(entity).ok_or(Refused::NoSuchPlayer)?;
    let given = current.0.as_mut().ok_or(Refused::WrongQuestion)?;
    given.sure = Some(sure);
    Ok(())
}

fn next(world: &mut World, command: Command, at: Stamp) -> Reply {
    match stage(world) {
        Stage::Lobby => {
            not(world.resource::<Seats>().entities.is_empty(), Refused::NobodyHere)?;
            go(world, Stage::RoundIntro);
        }
        Stage::RoundIntro | Stage::Feedback | Stage::Standings => go_on(world),
        Stage::Asking | Stage::Finished => return Err(Refused::WrongStage),
    }
    Ok(done(world, command, at))
}

/// From a stage that waits to the next one.
fn go_on(world: &mut World) {
    let place = world.resource::<Place>();
    let game = world.resource::<Game>();
    let questions = game.draw.rounds[place.drawn_round].questions.len();
    let played = game.slot(place.question).map_or(0, |slot| {
        // The question last asked may belong to the round before.
        if slot.drawn_round == place.drawn_round { slot.in_round + 1 } else { 0 }
    });
    let last_round = place.drawn_round + 1 >= game.draw.rounds.len();
    match stage(world) {
        Stage::RoundIntro => ask(world),
        Stage::Feedback if played < questions => ask(world),
        Stage::Feedback => go(world, Stage::Standings),
        Stage::Standings if last_round => go(world, Stage::Finished),
        Stage::Standings => {
            world.resource_mut::<Place>().drawn_round += 1;
            go(world, Stage::RoundIntro);
        }
        Stage::Lobby | Stage::Asking | Stage::Finished => {}
    }
}

fn ask(world: &mut World) {
    world.resource_mut::<Place>().question += 1;
    go(world, Stage::Asking);
}

/// A stage that waits for a press, or for the settings' own pause.
pub(super) fn enter_waiting(game: Res<Game>, mut clock: ResMut<StageClock>, now: Res<Now>) {
    *clock = StageClock { entered: now.0, paused_ms: 0, limit_ms: game.settings.next_after_ms };
}

/// A question opens: everybody's slate is clean.
pub(super) fn enter_asking(
    game: Res<Game>,
    place: Res<Place>,
    mut clock: ResMut<StageClock>,
    now: Res<Now>,
    mut seats: ResMut<Seats>,
    mut answers: Query<&mut Current>,
) {
    let limit_ms = game.slot(place.question).and_then(|slot| slot.limit_ms);
    *clock = StageClock { entered: now.0, paused_ms: 0, limit_ms };
    seats.answered = 0;
    for mut current in &mut answers {
        current.0 = None;
    }
}

/// Scores are a fold over the journal, and nothing else writes one.
pub(super) fn enter_feedback(world: &mut World) {
    let players = world.resource::<Seats>().entities.len();
    let scores = fold(world.resource::<Game>(), players, world.resource::<Journal>().records());
    world.insert_resource(scores);
}

/// The end: folds once more, so that an abandoned match is scored as far as it went.
pub(super) fn enter_finished(world: &mut World) {
    world.resource_mut::<StageClock>().limit_ms = None;
    enter_feedback(world);
}
