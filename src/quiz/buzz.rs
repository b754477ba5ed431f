//! What only teams ask of a match: the buzz, passing on, verdicts taken back, points by hand. See [`Play::Buzz`] for the rules.
//!
//! Who holds the buzz and who is locked out stands in [`Buzzing`], for the open question alone. It changes with the commands and the
//! clock, so replay rebuilds it; no score follows from it, since the fold reads the same records.

use bevy_ecs::prelude::*;
use bevy_state::prelude::State;

use super::apply::enter_feedback;
use super::journal::Tick;
use super::standing::{Scores, own_limit};
use super::world::{Current, Durable, Game, Pause, Place, Player, Seats, StageClock, Talk};
use super::{BuzzView, OutView, Play, Refused, Stage, Stamp, Undoable};
use crate::rules::{Answer, buzz_ms, first_of, grade, takes};

/// The most points that one [`super::Command::Adjust`] gives or takes: ten questions' worth.
pub const MAX_ADJUST: i32 = 10_000;
/// No total that points given by hand lead to is higher.
const MAX_POINTS: i64 = 10_000_000;

/// The buzz on the question last asked.
#[derive(Resource, Default)]
pub(super) struct Buzzing {
    /// Who holds it, and since when.
    holder: Option<u32>,
    since: Stamp,
    /// Pauses since then.
    pub paused_ms: u64,
    /// Who has had a try, in that order, with the answer, if one was given in time.
    out: Vec<(u32, Option<Answer>)>,
    /// Who took the question.
    taken: Option<u32>,
    /// Presses that were taken: a tie is drawn anew each time.
    presses: u32,
    /// Who pressed together with the one who holds it, that one among them; empty without a tie.
    together: Vec<u32>,
}

impl Buzzing {
    /// The same question once more: everybody may try.
    pub fn open_again(&mut self) {
        *self = Self { presses: self.presses, ..Self::default() };
    }

    fn is_out(&self, player: u32) -> bool {
        self.out.iter().any(|(out, _)| *out == player)
    }
}

/// How long somebody has held the buzz, and may.
pub(super) struct Held {
    pub limit_ms: Option<u64>,
    pub elapsed_ms: u64,
    /// The same limit as an instant, unless the clock stands.
    pub ends: Option<Stamp>,
}

fn asking(world: &World) -> bool {
    *world.resource::<State<Stage>>().get() == Stage::Asking
}

fn play(world: &World) -> Play {
    world.resource::<Game>().settings.play
}

fn refuse_if(refuse: bool, reason: Refused) -> Result<(), Refused> {
    if refuse { Err(reason) } else { Ok(()) }
}

fn player(world: &World, number: u32) -> Result<&Player, Refused> {
    let entity = *world.resource::<Seats>().entities.get(number as usize).ok_or(Refused::NoSuchPlayer)?;
    world.get::<Player>(entity).filter(|player| !player.gone).ok_or(Refused::Gone)
}

/// Everybody who was not sent away, in the order of joining.
fn seated(world: &World) -> impl Iterator<Item = u32> {
    let entities = world.resource::<Seats>().entities.iter();
    entities.filter_map(|entity| world.get::<Player>(*entity)).filter(|player| !player.gone).map(|player| player.number)
}

/// While the clock stands, everything happens at the moment when it stopped.
fn on_the_clock(world: &World, at: Stamp) -> Stamp {
    world.resource::<Pause>().0.map_or(at, |(_, since)| since)
}

/// Who may answer the open question now.
pub(super) fn holder(world: &World) -> Option<u32> {
    world.resource::<Buzzing>().holder.filter(|_| asking(world))
}

/// Whose the question on show is, where teams play: whose turn it is; who holds the buzz or took the question; told that nobody took it, who
/// tried last.
pub(super) fn answering(world: &World) -> Option<u32> {
    let (game, stage) = (world.resource::<Game>(), *world.resource::<State<Stage>>().get());
    if !matches!(stage, Stage::Asking | Stage::Feedback) {
        return None;
    }
    let buzzing = world.resource::<Buzzing>();
    let last = buzzing.out.last().map(|(player, _)| *player).filter(|_| stage == Stage::Feedback);
    match game.settings.play {
        Play::Together => None,
        Play::Turns => game.turn(world.resource::<Place>().question, world.resource::<Seats>().entities.len()),
        Play::Buzz => holder(world).or(buzzing.taken).or(last),
    }
}

/// The clock of whoever holds the buzz.
pub(super) fn held(world: &World, at: Stamp) -> Option<Held> {
    let holder = holder(world)?;
    let (buzzing, clock) = (world.resource::<Buzzing>(), world.resource::<StageClock>());
    let extra = player(world, holder).map(|player| player.extra).unwrap_or_default();
    let limit_ms = own_limit(buzz_ms(clock.limit_ms), extra);
    let elapsed = on_the_clock(world, at).0.saturating_sub(buzzing.since.0).saturating_sub(buzzing.paused_ms);
    let running = world.resource::<Pause>().0.is_none();
    let ends = limit_ms.filter(|_| running).map(|limit| Stamp(buzzing.since.0 + buzzing.paused_ms + limit));
    Some(Held { limit_ms, elapsed_ms: elapsed, ends })
}

/// When whoever holds the buzz must have answered.
pub(super) fn due(world: &World) -> Option<(Stamp, Tick)> {
    let player = holder(world)?;
    Some((held(world, Stamp::default())?.ends?, Tick::BuzzUp { player }))
}

/// Whether the open question is over: taken, or everybody has had a try, and all of that is on disk.
pub(super) fn is_over(world: &World) -> bool {
    let buzzing = world.resource::<Buzzing>();
    let all_out = !buzzing.out.is_empty() && seated(world).all(|player| buzzing.is_out(player));
    asking(world)
        && !world.resource::<Talk>().held
        && buzzing.holder.is_none()
        && (buzzing.taken.is_some() || all_out)
        && world.resource::<Durable>().0 >= world.resource::<Seats>().last_answer
}

/// Who of those who pressed has a say, and who of them comes first.
pub(super) fn press(world: &World, players: &[u32]) -> Result<(Vec<u32>, u32), Refused> {
    let game = world.resource::<Game>();
    refuse_if(game.settings.play != Play::Buzz, Refused::NotThisPlay)?;
    refuse_if(!asking(world), Refused::WrongStage)?;
    refuse_if(world.resource::<Pause>().0.is_some(), Refused::Paused)?;
    let buzzing = world.resource::<Buzzing>();
    refuse_if(world.resource::<Talk>().held || buzzing.taken.is_some(), Refused::TooLate)?;
    refuse_if(buzzing.holder.is_some(), Refused::SomebodyAnswers)?;
    refuse_if(players.is_empty(), Refused::NobodyHere)?;
    for number in players {
        player(world, *number)?;
    }
    let mut may: Vec<u32> = players.iter().copied().filter(|player| !buzzing.is_out(*player)).collect();
    may.sort_unstable();
    may.dedup();
    let question = world.resource::<Place>().question;
    let first = first_of(&may, question, buzzing.presses, game.settings.seed).ok_or(Refused::LockedOut)?;
    Ok((may, first))
}

/// Somebody came first of those who pressed.
pub(super) fn hold(world: &mut World, first: u32, pressed: &[u32], at: Stamp) {
    let since = on_the_clock(world, at);
    let mut buzzing = world.resource_mut::<Buzzing>();
    (buzzing.holder, buzzing.since, buzzing.paused_ms) = (Some(first), since, 0);
    buzzing.together = if pressed.len() > 1 { pressed.to_vec() } else { Vec::new() };
    buzzing.presses += 1;
}

/// Nobody holds the buzz any more; the question's own clock, which stood, goes on.
fn release(world: &mut World, at: Stamp) {
    let until = on_the_clock(world, at);
    let mut buzzing = world.resource_mut::<Buzzing>();
    if buzzing.holder.take().is_some() {
        // The pauses have been added already.
        let held = until.0.saturating_sub(buzzing.since.0).saturating_sub(buzzing.paused_ms);
        buzzing.together.clear();
        world.resource_mut::<StageClock>().paused_ms += held;
    }
}

/// Whether the rules of the buzz let this player answer.
pub(super) fn may_answer(world: &World, number: u32) -> Result<(), Refused> {
    if play(world) != Play::Buzz {
        return Ok(());
    }
    let buzzing = world.resource::<Buzzing>();
    match buzzing.holder {
        Some(holder) => refuse_if(holder != number, Refused::SomebodyAnswers),
        None if buzzing.is_out(number) => Err(Refused::LockedOut),
        None if buzzing.taken.is_some() => Err(Refused::TooLate),
        None => Err(Refused::BuzzFirst),
    }
}

/// An answer was recorded: it takes the question or passes on, and the verdict can be taken back from now on.
pub(super) fn judge(world: &mut World, number: u32, answer: &Answer, at: Stamp) {
    match play(world) {
        Play::Together => return,
        Play::Turns => {}
        Play::Buzz => {
            if takes_it(world, answer) {
                release(world, at);
                world.resource_mut::<Buzzing>().taken = Some(number);
            } else {
                pass_on(world, number, Some(answer.clone()), at);
            }
        }
    }
    enter_feedback(world);
}

fn takes_it(world: &World, answer: &Answer) -> bool {
    let game = world.resource::<Game>();
    let number = world.resource::<Place>().question;
    game.slot(number).is_some_and(|slot| {
        let key = world.resource::<Scores>().key(game, number).unwrap_or(&slot.key);
        takes(game.question(slot), grade(game.question(slot), key, answer))
    })
}

/// A player has had a try; the others may buzz.
pub(super) fn pass_on(world: &mut World, number: u32, tried: Option<Answer>, at: Stamp) {
    release(world, at);
    world.resource_mut::<Buzzing>().out.push((number, tried));
}

/// Somebody was sent away.
pub(super) fn leave(world: &mut World, number: u32, at: Stamp) {
    if world.resource::<Buzzing>().holder == Some(number) {
        release(world, at);
    }
}

/// What [`super::Command::Undo`] changes beside the scores: a verdict on the question on show is forgotten, and while that question is open
/// its player may answer again.
pub(super) fn take_back(world: &mut World, change: Undoable, at: Stamp) {
    let Undoable::Verdict { player: number, question } = change else { return };
    if question != world.resource::<Place>().question {
        return;
    }
    let entity = world.resource::<Seats>().entities.get(number as usize).copied();
    let had = entity.and_then(|entity| world.get_mut::<Current>(entity)).and_then(|mut current| current.0.take());
    if !asking(world) {
        return;
    }
    if had.is_some() {
        world.resource_mut::<Seats>().answered -= 1;
    }
    world.resource_mut::<Talk>().held = false;
    if play(world) == Play::Buzz {
        release(world, at);
        let mut buzzing = world.resource_mut::<Buzzing>();
        buzzing.out.retain(|(out, _)| *out != number);
        buzzing.taken = None;
        if player(world, number).is_ok() {
            hold(world, number, &[], at);
        }
    }
}

/// Whether so many points can be given to this player, or taken.
pub(super) fn check_adjust(world: &World, number: u32, points: i32) -> Result<(), Refused> {
    refuse_if(play(world) == Play::Together, Refused::NotThisPlay)?;
    refuse_if(*world.resource::<State<Stage>>().get() == Stage::Lobby, Refused::WrongStage)?;
    player(world, number)?;
    refuse_if(points == 0 || points.unsigned_abs() > MAX_ADJUST.unsigned_abs(), Refused::BadPoints)?;
    let now = world.resource::<Scores>().players.get(number as usize).map_or(0, |line| line.points);
    refuse_if(!(0..=MAX_POINTS).contains(&(i64::from(now) + i64::from(points))), Refused::BadPoints)
}

/// What everybody may know of the buzz. Says what was tried, since all in the room have seen it.
pub(super) fn view(world: &World) -> Option<BuzzView> {
    let stage = *world.resource::<State<Stage>>().get();
    if play(world) != Play::Buzz || !matches!(stage, Stage::Asking | Stage::Feedback) {
        return None;
    }
    let buzzing = world.resource::<Buzzing>();
    let paused = world.resource::<Pause>().0.is_some();
    let open = seated(world).filter(|player| asking(world) && buzzing.taken.is_none() && !buzzing.is_out(*player));
    Some(BuzzView {
        holder: holder(world),
        together: buzzing.together.clone(),
        out: buzzing
            .out
            .iter()
            .map(|(player, tried)| OutView { player: *player, tried: tried.clone().filter(|_| !paused) })
            .collect(),
        open: open.filter(|player| Some(*player) != buzzing.holder).collect(),
        taken: buzzing.taken,
    })
}
