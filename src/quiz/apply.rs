//! The one exclusive system: takes an input from the queue, changes the world or refuses, runs the transition to its end, answers.

use bevy_ecs::prelude::*;
use bevy_state::prelude::{NextState, State, StateTransition};
use unicode_normalization::char::is_combining_mark;

use super::buzz::{self, Buzzing};
use super::journal::{Event, Journal, Tick};
use super::look::tally;
use super::standing::{Scores, Seated, fold, own_limit};
use super::world::{
    Current, Durable, Game, Inbox, Input, Now, Pause, Place, Player, Recorded, Seats, StageClock, Talk,
};
use super::{Accepted, Command, PauseReason, Play, Refused, Reply, ShowStandings, Stage, Stamp, Sureness};
use crate::rules::{Answer, Extra};

/// The most characters in a name, accents and other marks of their own not counted.
const NAME_CHARS: usize = 24;
/// The most characters and marks.
const NAME_CHARS_AND_MARKS: usize = 96;

/// Applies everything in the queue, in order.
pub(super) fn apply(world: &mut World) {
    while let Some((input, at)) = world.resource_mut::<Inbox>().queue.pop_front() {
        // Threads may deliver stamps a little out of order; time in a match never runs backwards.
        let now = at.max(world.resource::<Now>().0);
        let reply = match input {
            Input::Command(command, lag_ms) => command_at(world, command, now, lag_ms),
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
    if game.settings.play == Play::Buzz {
        return buzz::is_over(world);
    }
    game.settings.close_when_answered
        && stage(world) == Stage::Asking
        && !world.resource::<Talk>().held
        && seats.answered > 0
        && seats.answered >= expected(world)
        && world.resource::<Durable>().0 >= seats.last_answer
}

/// How many may answer the question last asked.
pub(super) fn expected(world: &World) -> u32 {
    let seats = world.resource::<Seats>();
    match world.resource::<Game>().turn(world.resource::<Place>().question, seats.entities.len()) {
        Some(_) => 1,
        None => u32::try_from(seats.entities.len()).unwrap_or(u32::MAX).saturating_sub(seats.gone),
    }
}

/// When the open question's time is up for everybody: the limit, or longer for those who have more and have not answered; and the grace
/// for answers on their way.
pub(super) fn asking_deadline(world: &World) -> Option<Stamp> {
    let clock = world.resource::<StageClock>();
    let settings = &world.resource::<Game>().settings;
    let extended = world.resource::<Seats>().extended.iter().filter_map(|entity| {
        let player = world.get::<Player>(*entity).filter(|player| !player.gone)?;
        let waits = world.get::<Current>(*entity).is_some_and(|current| current.0.is_none());
        own_limit(clock.limit_ms, player.extra).filter(|_| waits)
    });
    let limit = extended.chain(clock.limit_ms).max()?;
    let limit = limit.saturating_add(u64::from(settings.grace_ms));
    Some(Stamp(clock.entered.0.saturating_add(clock.paused_ms).saturating_add(limit)))
}

fn stage(world: &World) -> Stage {
    *world.resource::<State<Stage>>().get()
}

fn go(world: &mut World, stage: Stage) {
    // Never re-enters the stage that the match is in.
    NextState::set_if_neq(&mut world.resource_mut::<NextState<Stage>>(), stage);
}

fn record(world: &mut World, event: Event, at: Stamp, elapsed_ms: Option<u64>) -> u64 {
    world.resource_mut::<Journal>().push(event, at, elapsed_ms, 0)
}

fn command_at(world: &mut World, command: Command, at: Stamp, lag_ms: u32) -> Reply {
    let paused = world.resource::<Pause>().0.is_some();
    match &command {
        Command::Join { name } => {
            let name = join_name(world, name)?;
            Ok(join(world, name, at))
        }
        Command::Answer { player, question, answer, sure } => {
            check_answer(world, *player, *question, answer)?;
            let elapsed = world.resource::<StageClock>().elapsed_ms(at).saturating_sub(u64::from(lag_ms));
            in_time(world, *player, elapsed, at)?;
            Ok(take_answer(world, *player, answer.clone(), *sure, command, at, (elapsed, lag_ms)))
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
            world.resource_mut::<Talk>().held = false;
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
            let stood = at.0.saturating_sub(since.0);
            world.resource_mut::<StageClock>().paused_ms += stood;
            world.resource_mut::<Buzzing>().paused_ms += stood;
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
            let change = world.resource::<Scores>().last_change().ok_or(Refused::NothingToUndo)?;
            buzz::take_back(world, change, at);
            Ok(done_and_fold(world, command, at))
        }
        Command::Abandon => {
            not(stage(world) == Stage::Finished, Refused::WrongStage)?;
            world.resource_mut::<Pause>().0 = None;
            world.resource_mut::<Talk>().held = false;
            go(world, Stage::Finished);
            Ok(done(world, command, at))
        }
        Command::Lock | Command::Unlock => {
            lock(world, command == Command::Lock)?;
            Ok(done(world, command, at))
        }
        Command::Kick { player } => {
            kick(world, *player, at)?;
            Ok(done(world, command, at))
        }
        Command::Rename { player, name } => {
            let (player, name) = (*player, new_name(world, *player, name)?);
            rename(world, player, name.clone());
            Ok(done(world, Command::Rename { player, name }, at))
        }
        Command::Extra { player, extra } => {
            let entity = here(world, *player)?;
            give_time(world, entity, *extra)?;
            Ok(done(world, command, at))
        }
        Command::Close => {
            not(stage(world) != Stage::Asking || !world.resource::<Game>().settings.hold, Refused::WrongStage)?;
            not(paused, Refused::Paused)?;
            not(world.resource::<Talk>().held, Refused::AlreadySo)?;
            world.resource_mut::<Talk>().held = true;
            Ok(done(world, command, at))
        }
        Command::Revote { question } => {
            not(!world.resource::<Talk>().held, Refused::WrongStage)?;
            not(paused, Refused::Paused)?;
            not(*question != world.resource::<Place>().question, Refused::WrongQuestion)?;
            ask_again(world, at);
            Ok(done(world, command, at))
        }
        Command::Buzz { .. } | Command::Adjust { .. } => of_teams(world, command, at),
    }
}

fn lock(world: &mut World, lock: bool) -> Result<(), Refused> {
    let mut seats = world.resource_mut::<Seats>();
    not(seats.locked == lock, Refused::AlreadySo)?;
    seats.locked = lock;
    Ok(())
}

/// What only teams ask.
fn of_teams(world: &mut World, command: Command, at: Stamp) -> Reply {
    match command {
        Command::Buzz { players } => {
            let (players, first) = buzz::press(world, &players)?;
            buzz::hold(world, first, &players, at);
            record(world, Event::Command(Command::Buzz { players }), at, None);
            Ok(Accepted::Buzzed(first))
        }
        Command::Adjust { player, points } => {
            buzz::check_adjust(world, player, points)?;
            Ok(done_and_fold(world, command, at))
        }
        _ => Err(Refused::NotThisPlay),
    }
}

/// The same question once more, with what the vote came to kept for comparison.
fn ask_again(world: &mut World, at: Stamp) {
    let before = tally(world).map(|tally| (tally.right, tally.answers));
    *world.resource_mut::<Talk>() = Talk { held: false, before };
    let mut clock = world.resource_mut::<StageClock>();
    (clock.entered, clock.paused_ms) = (at, 0);
    world.resource_mut::<Seats>().answered = 0;
    world.resource_mut::<Buzzing>().open_again();
    for entity in world.resource::<Seats>().entities.clone() {
        if let Some(mut current) = world.get_mut::<Current>(entity) {
            current.0 = None;
        }
    }
}

fn kick(world: &mut World, number: u32, at: Stamp) -> Result<(), Refused> {
    let entity = here(world, number)?;
    not(stage(world) == Stage::Finished, Refused::WrongStage)?;
    let answered = world.get::<Current>(entity).is_some_and(|current| current.0.is_some());
    if let Some(mut player) = world.get_mut::<Player>(entity) {
        player.gone = true;
    }
    let mut seats = world.resource_mut::<Seats>();
    seats.gone += 1;
    if answered && seats.answered > 0 {
        seats.answered -= 1;
    }
    buzz::leave(world, number, at);
    // The table may be on show.
    if world.resource::<Scores>().closed > 0 {
        enter_feedback(world);
    }
    Ok(())
}

fn rename(world: &mut World, number: u32, name: String) {
    let Ok(entity) = player(world, number) else { return };
    let Some(mut player) = world.get_mut::<Player>(entity) else { return };
    let old = std::mem::replace(&mut player.name, name.clone());
    let mut seats = world.resource_mut::<Seats>();
    seats.names.remove(&old.to_lowercase());
    seats.names.insert(name.to_lowercase());
}

fn give_time(world: &mut World, entity: Entity, extra: Extra) -> Result<(), Refused> {
    let mut player = world.get_mut::<Player>(entity).ok_or(Refused::NoSuchPlayer)?;
    not(!(10..=100).contains(&extra.0) || player.extra == extra, Refused::AlreadySo)?;
    player.extra = extra;
    let mut seats = world.resource_mut::<Seats>();
    seats.extended.retain(|other| *other != entity);
    if extra != Extra::default() {
        seats.extended.push(entity);
    }
    Ok(())
}

fn tick_at(world: &mut World, tick: Tick, at: Stamp) -> Reply {
    not(world.resource::<Pause>().0.is_some(), Refused::Paused)?;
    match (tick, stage(world)) {
        (Tick::TimeUp | Tick::AllAnswered, Stage::Asking) if world.resource::<Game>().settings.hold => {
            not(world.resource::<Talk>().held, Refused::AlreadySo)?;
            world.resource_mut::<Talk>().held = true;
        }
        (Tick::TimeUp | Tick::AllAnswered, Stage::Asking) => go(world, Stage::Feedback),
        (Tick::BuzzUp { player }, Stage::Asking) => {
            not(buzz::holder(world) != Some(player), Refused::WrongStage)?;
            buzz::pass_on(world, player, None, at);
            record(world, Event::Clock(tick), at, None);
            enter_feedback(world);
            return Ok(Accepted::Done);
        }
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
    let settings = &world.resource::<Game>().settings;
    let late = settings.late_join && settings.play == Play::Together && stage(world) != Stage::Finished;
    not(stage(world) != Stage::Lobby && !late, Refused::WrongStage)?;
    let name = good_name(name)?;
    let seats = world.resource::<Seats>();
    not(seats.locked, Refused::Locked)?;
    let seated = seats.entities.len() - seats.gone as usize;
    not(seated >= usize::from(settings.max_players), Refused::Full)?;
    not(seats.names.contains(&name.to_lowercase()), Refused::NameTaken)?;
    Ok(name.to_owned())
}

fn good_name(name: &str) -> Result<&str, Refused> {
    let name = name.trim();
    let chars = name.chars().filter(|c| !is_combining_mark(*c)).count();
    let long = chars > NAME_CHARS || name.chars().nth(NAME_CHARS_AND_MARKS).is_some();
    not(chars == 0 || long || name.chars().any(char::is_control), Refused::BadName)?;
    Ok(name)
}

/// The name as it will stand; the player's own name in other letters is free.
fn new_name(world: &World, number: u32, name: &str) -> Result<String, Refused> {
    let entity = here(world, number)?;
    let name = good_name(name)?;
    let own = world.get::<Player>(entity).map(|player| player.name.as_str());
    not(own == Some(name), Refused::AlreadySo)?;
    let same = own.is_some_and(|own| own.to_lowercase() == name.to_lowercase());
    not(!same && world.resource::<Seats>().names.contains(&name.to_lowercase()), Refused::NameTaken)?;
    Ok(name.to_owned())
}

fn join(world: &mut World, name: String, at: Stamp) -> Accepted {
    let number = u32::try_from(world.resource::<Seats>().entities.len()).unwrap_or(u32::MAX);
    let question = world.resource::<Place>().question;
    let joined_in = if stage(world) == Stage::Asking { question } else { 0 };
    let player =
        Player { number, name: name.clone(), gone: false, extra: Extra::default(), from: question + 1, joined_in };
    let entity = world.spawn((player, Current::default())).id();
    let mut seats = world.resource_mut::<Seats>();
    seats.entities.push(entity);
    seats.names.insert(name.to_lowercase());
    record(world, Event::Command(Command::Join { name }), at, None);
    Accepted::Joined(number)
}

fn player(world: &World, number: u32) -> Result<Entity, Refused> {
    world.resource::<Seats>().entities.get(number as usize).copied().ok_or(Refused::NoSuchPlayer)
}

/// A player who was not sent away.
fn here(world: &World, number: u32) -> Result<Entity, Refused> {
    let entity = player(world, number)?;
    not(world.get::<Player>(entity).is_none_or(|player| player.gone), Refused::Gone)?;
    Ok(entity)
}

/// Whether what was given `elapsed_ms` after the question opened was in time, by this player's own limit.
fn in_time(world: &World, number: u32, elapsed_ms: u64, at: Stamp) -> Result<(), Refused> {
    let player = world.get::<Player>(player(world, number)?).ok_or(Refused::NoSuchPlayer)?;
    let limit = own_limit(world.resource::<StageClock>().limit_ms, player.extra);
    if let Some(held) = buzz::held(world, at) {
        return not(held.limit_ms.is_some_and(|limit| held.elapsed_ms > limit), Refused::TooLate);
    }
    not(limit.is_some_and(|limit| elapsed_ms > limit), Refused::TooLate)
}

fn check_answer(world: &World, number: u32, question: u32, answer: &Answer) -> Result<(), Refused> {
    let entity = here(world, number)?;
    let place = world.resource::<Place>();
    let asking = stage(world) == Stage::Asking;
    not(asking && question == place.question && world.resource::<Talk>().held, Refused::TooLate)?;
    if !asking || question != place.question {
        let just_closed = !asking && question == place.question && question > 0;
        // A number from outside may be any.
        let before = asking && question.checked_add(1) == Some(place.question) && question > 0;
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
    buzz::may_answer(world, number)?;
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
    (elapsed, lag_ms): (u64, u32),
) -> Accepted {
    let number_of = world.resource_mut::<Journal>().push(Event::Command(command), at, Some(elapsed), lag_ms);
    if let Ok(entity) = player(world, number)
        && let Some(mut current) = world.get_mut::<Current>(entity)
    {
        current.0 = Some(Recorded { answer: answer.clone(), sure, record: number_of });
    }
    let mut seats = world.resource_mut::<Seats>();
    seats.answered += 1;
    seats.last_answer = number_of;
    buzz::judge(world, number, &answer, at);
    Accepted::Answered { record: number_of }
}

fn say_sure(world: &mut World, number: u32, question: u32, sure: Sureness) -> Result<(), Refused> {
    let entity = here(world, number)?;
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
    let table = game.settings.standings == ShowStandings::Rounds;
    match stage(world) {
        Stage::RoundIntro => ask(world),
        Stage::Feedback if played < questions => ask(world),
        Stage::Feedback if table => go(world, Stage::Standings),
        Stage::Feedback | Stage::Standings if last_round => go(world, Stage::Finished),
        Stage::Feedback | Stage::Standings => {
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
    mut talk: ResMut<Talk>,
    mut buzzing: ResMut<Buzzing>,
    mut answers: Query<&mut Current>,
) {
    *talk = Talk::default();
    *buzzing = Buzzing::default();
    let limit_ms = game.slot(place.question).and_then(|slot| slot.limit_ms);
    *clock = StageClock { entered: now.0, paused_ms: 0, limit_ms };
    seats.answered = 0;
    for mut current in &mut answers {
        current.0 = None;
    }
}

/// Scores are a fold over the journal, and nothing else writes one.
pub(super) fn enter_feedback(world: &mut World) {
    let players: Vec<Seated> = world
        .resource::<Seats>()
        .entities
        .iter()
        .filter_map(|entity| world.get::<Player>(*entity))
        .map(|player| Seated { from: player.from, joined_in: player.joined_in, gone: player.gone })
        .collect();
    let scores = fold(world.resource::<Game>(), &players, world.resource::<Journal>().records());
    world.insert_resource(scores);
}

/// The end: folds once more, so that an abandoned match is scored as far as it went.
pub(super) fn enter_finished(world: &mut World) {
    world.resource_mut::<StageClock>().limit_ms = None;
    enter_feedback(world);
}
