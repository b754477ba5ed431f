//! Scores as a fold over the journal, and the table they make.

use bevy_ecs::prelude::*;

use super::Command;
use super::journal::{Event, Record, Tick};
use super::world::Game;
use crate::rules::{Credit, Grader, Key, points};

/// What the journal says everybody has earned so far. Only [`fold`] makes one.
#[derive(Resource, Default)]
pub(super) struct Scores {
    /// Questions closed so far; they are numbered 1 to this.
    pub closed: u32,
    /// Skips, voids and corrections that still stand, oldest first.
    standing: Vec<Change>,
    /// By player number.
    pub players: Vec<PlayerScore>,
    /// Player numbers, best first.
    pub order: Vec<u32>,
}

/// A change to what a closed question is worth, which [`Command::Undo`] takes back.
enum Change {
    Uncount(u32),
    Correct(u32, Key),
}

/// One player's line.
#[derive(Default, Clone)]
pub(super) struct PlayerScore {
    pub points: u32,
    /// In thousandths of a question.
    pub credit: u32,
    /// Questions that counted for this player.
    pub counted: u32,
    pub streak: u32,
    pub place: u32,
    /// By question number less one: what came of it, `None` if it did not count for this player.
    pub outcomes: Vec<Option<Outcome>>,
}

/// What came of one question for one player.
#[derive(Default, Clone, Copy)]
pub(super) struct Outcome {
    pub credit: Credit,
    pub points: u32,
    /// The streak that this question ended.
    pub streak_ended: u32,
    /// Index of the answer among the records, if one was given.
    pub answer: Option<usize>,
}

impl Scores {
    /// Whether a closed question counts.
    pub fn counted(&self, question: u32) -> bool {
        !self.standing.iter().any(|change| matches!(change, Change::Uncount(q) if *q == question))
    }

    pub fn can_undo(&self) -> bool {
        !self.standing.is_empty()
    }

    /// The key that a question is graded with: its own, or the last correction that stands.
    pub fn key<'a>(&'a self, game: &'a Game, question: u32) -> Option<&'a Key> {
        let own = game.slot(question).map(|slot| &slot.key);
        self.standing
            .iter()
            .rev()
            .find_map(|change| match change {
                Change::Correct(q, key) if *q == question => Some(key),
                _ => None,
            })
            .or(own)
    }

    /// What came of a question for a player.
    pub fn outcome(&self, player: u32, question: u32) -> Option<Outcome> {
        let index = (question as usize).checked_sub(1)?;
        *self.players.get(player as usize)?.outcomes.get(index)?
    }
}

/// Folds the whole journal. `players` is how many have joined.
pub(super) fn fold(game: &Game, players: usize, records: &[Record]) -> Scores {
    let mut scores = Scores::default();
    for record in records {
        match &record.event {
            Event::Clock(Tick::TimeUp | Tick::AllAnswered) | Event::Command(Command::Reveal) => scores.closed += 1,
            Event::Command(Command::Skip) => {
                scores.closed += 1;
                scores.standing.push(Change::Uncount(scores.closed));
            }
            Event::Command(Command::Void { question }) => scores.standing.push(Change::Uncount(*question)),
            Event::Command(Command::Correct { question, key }) => {
                scores.standing.push(Change::Correct(*question, key.clone()));
            }
            Event::Command(Command::Undo) => {
                scores.standing.pop();
            }
            _ => {}
        }
    }
    grade_all(&mut scores, game, players, records);
    for line in &mut scores.players {
        total(line);
    }
    rank(&mut scores);
    scores
}

/// Fills the table of outcomes: nothing answered earns nothing, nothing counted is no outcome.
fn grade_all(scores: &mut Scores, game: &Game, players: usize, records: &[Record]) {
    let closed = scores.closed as usize;
    let counted: Vec<bool> = (1..=scores.closed).map(|question| scores.counted(question)).collect();
    let blank: Vec<Option<Outcome>> = counted.iter().map(|counted| counted.then(Outcome::default)).collect();
    scores.players = vec![PlayerScore { outcomes: blank, ..PlayerScore::default() }; players];
    for question in 1..=scores.closed {
        if let Some(turn) = game.turn(question, players) {
            for (number, line) in scores.players.iter_mut().enumerate() {
                if number != turn as usize {
                    line.outcomes[question as usize - 1] = None;
                }
            }
        }
    }
    // Prepared once a question: typed keys are folded once, not once an answer.
    let mut graders: Vec<Option<Grader>> = Vec::new();
    graders.resize_with(closed, || None);
    for (index, record) in records.iter().enumerate() {
        let Event::Command(Command::Answer { player, question, answer, .. }) = &record.event else { continue };
        let Some(position) = (*question as usize).checked_sub(1).filter(|position| *position < closed) else {
            continue;
        };
        let (Some(slot), Some(key)) = (game.slot(*question), scores.key(game, *question)) else { continue };
        let grader = graders[position].get_or_insert_with(|| Grader::new(game.question(slot), key));
        let credit = grader.grade(answer);
        let elapsed = record.elapsed_ms.unwrap_or(0);
        let earned = points(game.settings.scoring, credit, elapsed, slot.limit_ms);
        if let Some(Some(outcome)) =
            scores.players.get_mut(*player as usize).and_then(|line| line.outcomes.get_mut(position))
        {
            *outcome = Outcome { credit, points: earned, streak_ended: 0, answer: Some(index) };
        }
    }
}

/// Adds up a line from its outcomes.
fn total(line: &mut PlayerScore) {
    for outcome in line.outcomes.iter_mut().flatten() {
        line.points += outcome.points;
        line.credit += u32::from(outcome.credit.0);
        line.counted += 1;
        if outcome.credit == Credit::FULL {
            line.streak += 1;
        } else {
            outcome.streak_ended = std::mem::take(&mut line.streak);
        }
    }
}

/// Best first; equal points share a place, and stand in the order of joining.
fn rank(scores: &mut Scores) {
    scores.order = (0..u32::try_from(scores.players.len()).unwrap_or(u32::MAX)).collect();
    let players = &scores.players;
    scores.order.sort_by_key(|number| (std::cmp::Reverse(players[*number as usize].points), *number));
    let mut place = 0;
    let mut last = None;
    for (index, number) in scores.order.iter().enumerate() {
        let line = &mut scores.players[*number as usize];
        if last != Some(line.points) {
            place = u32::try_from(index + 1).unwrap_or(u32::MAX);
            last = Some(line.points);
        }
        line.place = place;
    }
}
