//! From the world to a view: the only place that decides what may be known.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy_ecs::prelude::*;
use bevy_state::prelude::State;

use super::apply::expected;
use super::buzz;
use super::journal::{Event, Journal, Record};
use super::standing::{Outcome, Scores, own_limit};
use super::world::{Current, Durable, Game, Pause, Place, Player, Seats, Slot, StageClock, Talk};
use super::{
    Ask, Command, Given, Goal, LevelResult, Play, PlayerView, Progress, Reveal, Review, Ring, Role, RoundIntro,
    RoundResult, Seat, ShowStandings, Shown, Stage, Stamp, StandingRow, Sureness, Tally, TallyRow, Timer, Verdict,
    View, You, present,
};
use crate::bank::{Body, Kind};
use crate::rules::{Answer, Credit, Extra, Grader, fold};

fn stage(world: &World) -> Stage {
    *world.resource::<State<Stage>>().get()
}

/// The part that all seats share. Knows no key before `Feedback`.
pub(super) fn shown(world: &World) -> Shown {
    let stage = stage(world);
    let game = world.resource::<Game>();
    let place = world.resource::<Place>();
    let seats = world.resource::<Seats>();
    let scores = world.resource::<Scores>();
    let paused = world.resource::<Pause>().0.is_some();
    let durable = world.resource::<Durable>().0;
    let open =
        (!paused && matches!(stage, Stage::Asking | Stage::Feedback)).then(|| game.slot(place.question)).flatten();
    let mut answered = 0;
    let players = seats
        .entities
        .iter()
        .filter_map(|entity| {
            let player = world.get::<Player>(*entity).filter(|player| !player.gone)?;
            let has = stage == Stage::Asking
                && world.get::<Current>(*entity).and_then(|c| c.0.as_ref()).is_some_and(|a| a.record <= durable);
            answered += u32::from(has);
            Some(PlayerView { player: player.number, name: player.name.clone(), answered: has })
        })
        .collect();
    Shown {
        bank: game.bank.title.clone(),
        play: game.settings.play,
        progress: progress(game, place, stage),
        players,
        answered,
        expected: if matches!(stage, Stage::Asking) { expected(world) } else { 0 },
        turn: matches!(stage, Stage::Asking | Stage::Feedback)
            .then(|| game.turn(place.question, seats.entities.len()))
            .flatten(),
        intro: (stage == Stage::RoundIntro).then(|| intro(game, place.drawn_round)),
        question: open.map(|slot| Arc::clone(&slot.view)),
        reveal: open
            .filter(|_| stage == Stage::Feedback)
            .map(|slot| Arc::new(reveal(game, scores, place.question, slot))),
        uncounted: stage == Stage::Feedback && !scores.counted(place.question),
        held: world.resource::<Talk>().held,
        tally: open.filter(|_| stage == Stage::Feedback).and_then(|_| tally(world)).map(Arc::new),
        standings: if shows_table(game, stage)
            && (matches!(stage, Stage::Standings | Stage::Finished)
                || stage != Stage::Lobby && game.settings.play != Play::Together)
        {
            standings(world)
        } else {
            Vec::new()
        },
        goal: game.settings.goal.map(|goal| ring(goal, scores)),
        abandoned: stage == Stage::Finished && (scores.closed as usize) < game.slots.len(),
        buzz: buzz::view(world),
        undo: (game.settings.play != Play::Together).then(|| scores.last_change()).flatten(),
    }
}

/// How far everybody has come together, those who were sent away left out.
fn ring(goal: Goal, scores: &Scores) -> Ring {
    let here = || scores.order.iter().filter_map(|number| scores.players.get(*number as usize));
    let credit: u64 = here().map(|line| u64::from(line.credit)).sum();
    let seats: u64 = here().map(|line| u64::from(line.counted)).sum();
    let filled = u16::try_from(credit.checked_div(seats).unwrap_or(0)).unwrap_or(1000);
    Ring {
        goal,
        filled,
        seats: u32::try_from(seats).unwrap_or(u32::MAX),
        reached: seats > 0 && goal.is_reached(filled),
    }
}

/// Whether places may be known in this stage.
fn shows_table(game: &Game, stage: Stage) -> bool {
    if game.settings.goal.is_some() {
        return false;
    }
    match game.settings.standings {
        ShowStandings::Rounds => true,
        ShowStandings::End => stage == Stage::Finished,
        ShowStandings::Off => false,
    }
}

/// How the question last asked was answered.
pub(super) fn tally(world: &World) -> Option<Tally> {
    let (game, place) = (world.resource::<Game>(), world.resource::<Place>());
    let slot = game.slot(place.question)?;
    let key = world.resource::<Scores>().key(game, place.question).unwrap_or(&slot.key);
    let grader = Grader::new(game.question(slot), key);
    let here = world.resource::<Seats>().entities.iter();
    let here: Vec<_> =
        here.filter(|entity| world.get::<Player>(**entity).is_some_and(|player| !player.gone)).copied().collect();
    let given: Vec<&Answer> =
        here.iter().filter_map(|entity| world.get::<Current>(*entity)?.0.as_ref().map(|given| &given.answer)).collect();
    let credits: Vec<Credit> = given.iter().map(|answer| grader.grade(answer)).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let how_many = |which: &dyn Fn(Credit) -> bool| count(credits.iter().filter(|credit| which(**credit)).count());
    let right = how_many(&|credit| credit == Credit::FULL);
    let rows = match &slot.view.ask {
        Ask::Choice { options } | Ask::MultiChoice { options } => (0_u8..)
            .zip(options)
            .map(|(index, option)| TallyRow {
                label: option.clone(),
                count: count(given.iter().filter(|answer| names(answer, index)).count()),
                right: names(&key.answer, index),
            })
            .collect(),
        Ask::TrueFalse => [true, false]
            .map(|holds| TallyRow {
                label: present::words(&slot.view.ask, &Answer::TrueFalse(holds)),
                count: count(given.iter().filter(|answer| ***answer == Answer::TrueFalse(holds)).count()),
                right: key.answer == Answer::TrueFalse(holds),
            })
            .into(),
        Ask::Number { .. } => numbers(&slot.view.ask, &given, &credits),
        Ask::Text { .. } => vec![
            TallyRow { label: present::words(&slot.view.ask, &key.answer), count: right, right: true },
            TallyRow { label: "Other answers".to_owned(), count: count(given.len()) - right, right: false },
        ],
        Ask::Order { .. } | Ask::Match { .. } => {
            let partly = how_many(&|credit| credit > Credit::NONE && credit < Credit::FULL);
            let none = how_many(&|credit| credit == Credit::NONE);
            [("All right", right), ("Partly right", partly), ("Wrong", none)]
                .map(|(label, count)| TallyRow { label: label.to_owned(), count, right: label == "All right" })
                .into()
        }
    };
    Some(Tally {
        rows,
        answers: count(given.len()),
        none: expected(world).saturating_sub(count(given.len())),
        right,
        before: world.resource::<Talk>().before,
    })
}

/// Whether a choice is made, or among those made.
fn names(answer: &Answer, index: u8) -> bool {
    match answer {
        Answer::Choice(chosen) => *chosen == index,
        Answer::MultiChoice(ticked) => ticked.contains(&index),
        _ => false,
    }
}

/// Every value given, ascending.
fn numbers(ask: &Ask, given: &[&Answer], credits: &[Credit]) -> Vec<TallyRow> {
    let mut values: Vec<(f64, bool)> = given
        .iter()
        .zip(credits)
        .filter_map(|(answer, credit)| match answer {
            Answer::Number(value) => Some((*value, *credit == Credit::FULL)),
            _ => None,
        })
        .collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows: Vec<TallyRow> = Vec::new();
    for (value, right) in values {
        let label = present::words(ask, &Answer::Number(value));
        match rows.last_mut() {
            Some(row) if row.label == label => row.count += 1,
            _ => rows.push(TallyRow { label, count: 1, right }),
        }
    }
    rows
}

fn reveal(game: &Game, scores: &Scores, number: u32, slot: &Slot) -> Reveal {
    let key = scores.key(game, number).unwrap_or(&slot.key);
    present::reveal(&game.bank, game.question(slot), &slot.view, key)
}

fn progress(game: &Game, place: &Place, stage: Stage) -> Progress {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let in_round = game
        .slot(place.question)
        .filter(|slot| slot.drawn_round == place.drawn_round)
        .map_or(0, |slot| count(slot.in_round + 1));
    Progress {
        round: if stage == Stage::Lobby { 0 } else { count(place.drawn_round + 1) },
        rounds: count(game.draw.rounds.len()),
        question: place.question,
        questions: count(game.slots.len()),
        in_round,
        round_questions: game.draw.rounds.get(place.drawn_round).map_or(0, |round| count(round.questions.len())),
    }
}

fn intro(game: &Game, drawn_round: usize) -> RoundIntro {
    let (_, title, about) = game.heading(drawn_round);
    let slots = || game.slots.iter().filter(move |slot| slot.drawn_round == drawn_round);
    let mut kinds: Vec<Kind> = slots().map(|slot| game.question(slot).body.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let seconds = |ms: u64| ms.div_ceil(1000);
    let limits = || slots().filter_map(|slot| slot.limit_ms);
    RoundIntro {
        title: title.to_owned(),
        about: about.to_owned(),
        questions: u32::try_from(slots().count()).unwrap_or(u32::MAX),
        kinds,
        seconds: limits().min().zip(limits().max()).map(|(least, most)| (seconds(least), seconds(most))),
    }
}

fn standings(world: &World) -> Vec<StandingRow> {
    let scores = world.resource::<Scores>();
    let seats = world.resource::<Seats>();
    scores
        .order
        .iter()
        .filter_map(|number| {
            let line = scores.players.get(*number as usize)?;
            let player = world.get::<Player>(*seats.entities.get(*number as usize)?)?;
            Some(StandingRow {
                place: line.place,
                player: *number,
                name: player.name.clone(),
                points: line.points,
                credit: line.credit,
                counted: line.counted,
            })
        })
        .collect()
}

/// One seat's view.
pub(super) fn view(world: &World, shown: Arc<Shown>, seat: Seat, now: Stamp) -> View {
    let stage = stage(world);
    let pause = world.resource::<Pause>().0;
    let host = match (seat.role(), stage) {
        (Role::Host, Stage::Asking) if pause.is_none() => {
            let (game, place) = (world.resource::<Game>(), world.resource::<Place>());
            game.slot(place.question).map(|slot| Arc::new(reveal(game, world.resource(), place.question, slot)))
        }
        _ => None,
    };
    let held = world.resource::<Talk>().held;
    let own = match seat {
        Seat::Player(number) => extra(world, number),
        Seat::Projector | Seat::Host => Extra::default(),
    };
    let clocked = stage == Stage::Asking && !held;
    View {
        stage,
        paused: pause.map(|(reason, _)| reason),
        timer: if !clocked {
            None
        } else if let Some(held) = buzz::held(world, now) {
            held.limit_ms.map(|limit_ms| Timer {
                limit_ms,
                ends: held.ends.map(|ends| ends.0),
                left_ms: limit_ms.saturating_sub(held.elapsed_ms),
            })
        } else {
            timer(world.resource(), own, pause.map(|(_, since)| since), now)
        },
        you: match seat {
            Seat::Player(number) => you(world, number),
            Seat::Projector | Seat::Host => None,
        },
        host,
        held: (held && seat == Seat::Host && pause.is_none()).then(|| tally(world)).flatten().map(Arc::new),
        shown,
    }
}

fn timer(clock: &StageClock, extra: Extra, paused_since: Option<Stamp>, now: Stamp) -> Option<Timer> {
    let limit_ms = own_limit(clock.limit_ms, extra)?;
    let elapsed = clock.elapsed_ms(paused_since.unwrap_or(now));
    let ends = clock.entered.0.saturating_add(clock.paused_ms).saturating_add(limit_ms);
    Some(Timer { limit_ms, ends: paused_since.is_none().then_some(ends), left_ms: limit_ms.saturating_sub(elapsed) })
}

/// A player who was not sent away.
fn player(world: &World, number: u32) -> Option<&Player> {
    let entity = *world.resource::<Seats>().entities.get(number as usize)?;
    world.get::<Player>(entity).filter(|player| !player.gone)
}

/// The time that a player has on top of everybody's.
pub(super) fn extra(world: &World, number: u32) -> Extra {
    player(world, number).map(|player| player.extra).unwrap_or_default()
}

/// A player's name, unless sent away.
pub(super) fn name(world: &World, number: u32) -> Option<&str> {
    player(world, number).map(|player| player.name.as_str())
}

/// A player's own line.
pub(super) fn you(world: &World, number: u32) -> Option<You> {
    let stage = stage(world);
    let paused = world.resource::<Pause>().0.is_some();
    let held = world.resource::<Talk>().held;
    let (game, place) = (world.resource::<Game>(), world.resource::<Place>());
    let seats = world.resource::<Seats>();
    let scores = world.resource::<Scores>();
    let entity = *seats.entities.get(number as usize)?;
    let player = player(world, number)?;
    let line = scores.players.get(number as usize);
    let recorded = world
        .get::<Current>(entity)
        .and_then(|current| current.0.as_ref())
        .filter(|_| !paused && matches!(stage, Stage::Asking | Stage::Feedback));
    let my_turn = game.turn(place.question, seats.entities.len()).is_none_or(|turn| turn == number)
        && (game.settings.play != Play::Buzz || buzz::holder(world) == Some(number));
    let verdict = (stage == Stage::Feedback && !paused)
        .then(|| {
            scores
                .outcome(number, place.question)
                .map(|outcome| verdict(game, place.question, outcome, recorded.map(|r| &r.answer)))
        })
        .flatten();
    let finished = stage == Stage::Finished;
    Some(You {
        player: number,
        name: player.name.clone(),
        joined: match (player.joined_in, player.from) {
            (0, 0 | 1) => 0,
            (0, next) => next,
            (open, _) => open,
        },
        may_answer: stage == Stage::Asking && !paused && !held && my_turn && recorded.is_none(),
        answer: recorded.map(|recorded| Given {
            answer: recorded.answer.clone(),
            sure: recorded.sure,
            received: recorded.record <= world.resource::<Durable>().0,
        }),
        verdict,
        points: line.map_or(0, |line| line.points),
        credit: line.map_or(0, |line| line.credit),
        streak: line.map_or(0, |line| line.streak),
        place: line.filter(|_| shows_table(game, stage)).map_or(0, |line| line.place),
        review: Arc::new(if finished { review(world, number) } else { Vec::new() }),
        rounds: Arc::new(if finished || stage == Stage::Standings { rounds(game, scores, number) } else { Vec::new() }),
        levels: Arc::new(if finished { levels(game, scores, number) } else { Vec::new() }),
        so_far: Arc::new(so_far(scores, number)),
    })
}

fn verdict(game: &Game, question: u32, outcome: Outcome, answer: Option<&Answer>) -> Verdict {
    Verdict {
        credit: outcome.credit,
        points: outcome.points,
        streak_ended: outcome.streak_ended,
        note: answer.filter(|_| outcome.credit < Credit::FULL).and_then(|answer| note(game, question, answer)),
    }
}

/// Why this very answer is wrong, where the bank says so.
fn note(game: &Game, question: u32, answer: &Answer) -> Option<String> {
    let slot = game.slot(question)?;
    let (Ask::Choice { options } | Ask::MultiChoice { options }) = &slot.view.ask else {
        let (Body::Text { notes, .. }, Answer::Text(typed)) = (&game.question(slot).body, answer) else { return None };
        let typed = fold(typed);
        return notes.iter().find(|(wrong, _)| fold(wrong) == typed).map(|(_, note)| note.clone());
    };
    let (Body::Choice { notes, .. } | Body::MultiChoice { notes, .. }) = &game.question(slot).body else { return None };
    let chosen: &[u8] = match answer {
        Answer::Choice(index) => std::slice::from_ref(index),
        Answer::MultiChoice(ticked) => ticked,
        _ => return None,
    };
    let told: Vec<&str> =
        chosen.iter().filter_map(|index| notes.get(options.get(usize::from(*index))?).map(String::as_str)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn review(world: &World, number: u32) -> Vec<Review> {
    let (game, scores) = (world.resource::<Game>(), world.resource::<Scores>());
    let records = world.resource::<Journal>().records();
    let sure = said_sure(records, number);
    (1..=scores.closed)
        .filter_map(|question| {
            let outcome = scores.outcome(number, question).filter(|outcome| outcome.credit < Credit::FULL)?;
            let slot = game.slot(question)?;
            let given = outcome.answer.and_then(|index| match &records.get(index)?.event {
                Event::Command(Command::Answer { answer, .. }) => Some(answer),
                _ => None,
            });
            let reveal = reveal(game, scores, question, slot);
            Some(Review {
                number: question,
                id: game.question(slot).id.clone(),
                round: slot.view.round.clone(),
                stem: slot.view.stem.clone(),
                yours: given.map(|answer| present::words(&slot.view.ask, answer)),
                key_text: reveal.key_text,
                explanation: reveal.explanation,
                note: given.and_then(|answer| note(game, question, answer)),
                source: reveal.source,
                credit: outcome.credit,
                sure: sure.get(&question).copied(),
            })
        })
        .collect()
}

/// By question, a player's last word on how sure they were of it.
fn said_sure(records: &[Record], number: u32) -> BTreeMap<u32, Sureness> {
    let mut said = BTreeMap::new();
    for record in records {
        match record.event {
            Event::Command(
                Command::Sure { player, question, sure } | Command::Answer { player, question, sure: Some(sure), .. },
            ) if player == number => {
                said.insert(question, sure);
            }
            _ => {}
        }
    }
    said
}

fn so_far(scores: &Scores, number: u32) -> Vec<Option<Credit>> {
    (1..=scores.closed).map(|question| scores.outcome(number, question).map(|outcome| outcome.credit)).collect()
}

fn levels(game: &Game, scores: &Scores, number: u32) -> Vec<LevelResult> {
    let mut levels: BTreeMap<u8, LevelResult> = BTreeMap::new();
    for question in 1..=scores.closed {
        let (Some(slot), Some(outcome)) = (game.slot(question), scores.outcome(number, question)) else { continue };
        let difficulty = game.question(slot).difficulty;
        let level = levels.entry(difficulty).or_insert(LevelResult { difficulty, credit: 0, counted: 0 });
        level.credit += u32::from(outcome.credit.0);
        level.counted += 1;
    }
    levels.into_values().collect()
}

fn rounds(game: &Game, scores: &Scores, number: u32) -> Vec<RoundResult> {
    let mut results: Vec<RoundResult> = (0..game.draw.rounds.len())
        .map(|drawn| {
            let (id, title, _) = game.heading(drawn);
            RoundResult {
                id: id.to_owned(),
                title: title.to_owned(),
                credit: 0,
                counted: 0,
                questions: Vec::new(),
                ids: Vec::new(),
            }
        })
        .collect();
    for question in 1..=scores.closed {
        let Some(slot) = game.slot(question) else { continue };
        let result = &mut results[slot.drawn_round];
        let outcome = scores.outcome(number, question);
        result.questions.push(outcome.map(|outcome| outcome.credit));
        result.ids.push(game.question(slot).id.clone());
        if let Some(outcome) = outcome {
            result.credit += u32::from(outcome.credit.0);
            result.counted += 1;
        }
    }
    results
}
