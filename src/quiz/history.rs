//! What became of a match, question by question and player by player: for reports. Reads the world; changes nothing.
//!
//! Answers stand beside names here, so it is for the host alone. Of a question that has not closed it says nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::journal::{Event, Journal, Record, Tick};
use super::standing::Scores;
use super::world::{Game, Player, Seats};
use super::{Command, Match, Play, QuestionView, Reveal, Sureness, present};
use crate::rules::{Answer, Credit, grade};

/// A match as far as it went.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The rounds in play order, also those not reached.
    pub rounds: Vec<PastRound>,
    /// How many questions there were to be.
    pub drawn: u32,
    /// The questions that have closed, in play order.
    pub questions: Vec<PastQuestion>,
    /// Everybody, by number.
    pub players: Vec<PastPlayer>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRound {
    /// Its id in the bank.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Whether a closed question counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It does.
    Counted,
    /// It was skipped while it was open.
    Skipped,
    /// It was taken out of the score afterwards.
    Voided,
}

/// A question that has closed.
#[derive(Debug, Clone, PartialEq)]
pub struct PastQuestion {
    /// Index into [`History::rounds`].
    pub round: usize,
    /// Number, stem, and what there was to answer with, as shown.
    pub shown: Arc<QuestionView>,
    /// Id, key, explanation, notes, source; the key is the one that counts now.
    pub reveal: Reveal,
    /// Whether it counts.
    pub fate: Fate,
    /// Whether the key was corrected afterwards.
    pub corrected: bool,
    /// Whether the class talked and voted again; the last vote counts.
    pub revoted: bool,
    /// 1 (easy) to 3 (hard).
    pub difficulty: u8,
    /// The time limit in milliseconds, if there was a timer.
    pub limit_ms: Option<u64>,
}

/// Somebody who took a seat.
#[derive(Debug, Clone, PartialEq)]
pub struct PastPlayer {
    /// The number, from 0 in the order of joining.
    pub player: u32,
    /// The name.
    pub name: String,
    /// The number of the first question that this player had; 1 for whoever was there at the start.
    pub from: u32,
    /// Whether this player was sent away.
    pub gone: bool,
    /// Place among all by points, 1 is best; 0 before the first question has closed, and for whoever was sent away.
    pub place: u32,
    /// Points.
    pub points: u32,
    /// By question, in the order of [`History::questions`]: `None` if the player did not have it.
    pub outcomes: Vec<Option<PastOutcome>>,
}

/// What one player made of one question.
#[derive(Debug, Clone, PartialEq)]
pub struct PastOutcome {
    /// What was answered, if anything.
    pub answer: Option<PastAnswer>,
    /// If the class voted again: what had been answered first, and the share that it would have earned.
    pub first: Option<(PastAnswer, Credit)>,
    /// The share earned; nothing if the question does not count.
    pub credit: Credit,
    /// The points earned; nothing if the question does not count.
    pub points: u32,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct PastAnswer {
    /// In the terms of what was shown.
    pub answer: Answer,
    /// Milliseconds from the question's opening, pauses and the time on the way left out.
    pub elapsed_ms: u64,
    /// The player's last word on how sure they were.
    pub sure: Option<Sureness>,
    /// The milliseconds that the answer was on its way, as they were measured here and taken off.
    pub lag_ms: u32,
}

impl Match {
    /// What became of every question that has closed. For the host and for reports.
    #[must_use]
    pub fn history(&self) -> History {
        history(self.world())
    }
}

fn history(world: &World) -> History {
    let (game, scores) = (world.resource::<Game>(), world.resource::<Scores>());
    let records = world.resource::<Journal>().records();
    let told = Told::read(records, game.settings.hold, scores);
    let questions: Vec<PastQuestion> = (1..=scores.closed)
        .filter_map(|number| {
            let slot = game.slot(number)?;
            let question = game.question(slot);
            let key = scores.key(game, number).unwrap_or(&slot.key);
            Some(PastQuestion {
                round: slot.drawn_round,
                shown: Arc::clone(&slot.view),
                reveal: present::reveal(&game.bank, question, &slot.view, key),
                fate: match (scores.counted(number), told.skipped.contains(&number)) {
                    (true, _) => Fate::Counted,
                    (false, true) => Fate::Skipped,
                    (false, false) => Fate::Voided,
                },
                corrected: *key != slot.key,
                revoted: told.revoted.contains(&number),
                difficulty: question.difficulty,
                limit_ms: slot.limit_ms,
            })
        })
        .collect();
    let seats = world.resource::<Seats>();
    let players = seats
        .entities
        .iter()
        .filter_map(|entity| world.get::<Player>(*entity))
        .map(|player| past_player(player, game, scores, seats.entities.len(), &told))
        .collect();
    let rounds = (0..game.draw.rounds.len())
        .map(|drawn| {
            let (id, title, _) = game.heading(drawn);
            PastRound { id: id.to_owned(), title: title.to_owned() }
        })
        .collect();
    History { rounds, drawn: u32::try_from(game.slots.len()).unwrap_or(u32::MAX), questions, players }
}

fn past_player(player: &Player, game: &Game, scores: &Scores, players: usize, told: &Told) -> PastPlayer {
    let outcomes: Vec<Option<PastOutcome>> = (1..=scores.closed)
        .map(|number| {
            let outcome = scores.outcome(player.number, number);
            let given = (player.number, number);
            let answered = told.answers.contains_key(&given);
            // What counts for nobody leaves no outcome behind; then turns and the time of joining say who had it.
            let had = game.settings.play != Play::Buzz || answered;
            let there = had && number >= player.from || number == player.joined_in && answered;
            let uncounted =
                !scores.counted(number) && game.turn(number, players).is_none_or(|turn| turn == player.number);
            let away = told.gone_after.get(&player.number).is_some_and(|last| number > *last) && !answered;
            ((outcome.is_some() || uncounted && there) && !away).then(|| PastOutcome {
                answer: told.answers.get(&given).cloned(),
                first: told.first_votes.get(&given).map(|first| (first.clone(), credit(game, scores, number, first))),
                credit: outcome.map_or(Credit::NONE, |outcome| outcome.credit),
                points: outcome.map_or(0, |outcome| outcome.points),
            })
        })
        .collect();
    let joined_in = (player.joined_in as usize).checked_sub(1).and_then(|index| outcomes.get(index)?.as_ref());
    let line = scores.players.get(player.number as usize);
    PastPlayer {
        player: player.number,
        name: player.name.clone(),
        from: if joined_in.is_some() { player.joined_in } else { player.from },
        gone: player.gone,
        place: line.map_or(0, |line| line.place),
        points: line.map_or(0, |line| line.points),
        outcomes,
    }
}

/// What an answer is worth by the key that counts now.
fn credit(game: &Game, scores: &Scores, number: u32, given: &PastAnswer) -> Credit {
    let (Some(slot), Some(key)) = (game.slot(number), scores.key(game, number)) else { return Credit::NONE };
    grade(game.question(slot), key, &given.answer)
}

/// What only the records say.
#[derive(Default)]
struct Told {
    /// By player and question.
    answers: BTreeMap<(u32, u32), PastAnswer>,
    /// The answers of the first vote, where there was a second, by player and question.
    first_votes: BTreeMap<(u32, u32), PastAnswer>,
    /// Questions that were voted on again.
    revoted: BTreeSet<u32>,
    /// Questions that were skipped while they were open.
    skipped: BTreeSet<u32>,
    /// How many questions had closed when a player was sent away.
    gone_after: BTreeMap<u32, u32>,
}

impl Told {
    /// Where questions are held, only telling the answer closes them.
    fn read(records: &[Record], hold: bool, scores: &Scores) -> Self {
        let mut told = Self::default();
        let mut closed = 0;
        for (index, record) in records.iter().enumerate() {
            match &record.event {
                // As if it had not been given.
                _ if scores.is_struck(index) => {}
                Event::Clock(Tick::TimeUp | Tick::AllAnswered) if !hold => closed += 1,
                Event::Command(Command::Reveal) => closed += 1,
                Event::Command(Command::Skip) => {
                    closed += 1;
                    told.skipped.insert(closed);
                }
                Event::Command(Command::Kick { player }) => {
                    told.gone_after.insert(*player, closed);
                }
                Event::Command(Command::Answer { player, question, answer, sure }) => {
                    let given = PastAnswer {
                        answer: answer.clone(),
                        elapsed_ms: record.elapsed_ms.unwrap_or(0),
                        sure: *sure,
                        lag_ms: record.lag_ms,
                    };
                    told.answers.insert((*player, *question), given);
                }
                Event::Command(Command::Sure { player, question, sure }) => {
                    if let Some(answer) = told.answers.get_mut(&(*player, *question)) {
                        answer.sure = Some(*sure);
                    }
                }
                Event::Command(Command::Revote { question }) => told.vote_again(*question),
                _ => {}
            }
        }
        told
    }

    fn vote_again(&mut self, question: u32) {
        let again = self.answers.extract_if(.., |given, _| given.1 == question);
        // A third vote is compared with the first, too.
        let first = self.revoted.insert(question);
        let votes: Vec<_> = again.collect();
        if first {
            self.first_votes.extend(votes);
        }
    }
}
