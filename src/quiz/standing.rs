//! Scores as a fold over the journal, and the table they make.

use std::collections::{BTreeMap, BTreeSet};

use bevy_ecs::prelude::*;

use super::journal::{Event, Record, Tick};
use super::world::Game;
use super::{Command, Play, Undoable};
use crate::rules::{Credit, Extra, Grader, Key, Scoring, points, takes};

/// What the journal says everybody has earned so far. Only [`fold`] makes one.
#[derive(Resource, Default)]
pub(super) struct Scores {
    /// Questions closed so far; they are numbered 1 to this.
    pub closed: u32,
    /// Skips, voids and corrections that still stand, oldest first.
    standing: Vec<Change>,
    /// Indices of the records whose verdicts were taken back.
    struck: BTreeSet<usize>,
    /// By player number.
    pub players: Vec<PlayerScore>,
    /// Player numbers, best first.
    pub order: Vec<u32>,
}

/// A change to what a closed question is worth, which [`Command::Undo`] takes back.
enum Change {
    Uncount(u32),
    Correct(u32, Key),
    /// Where teams play: an answer, or none in time. The index is the record's.
    Verdict {
        index: usize,
        player: u32,
        question: u32,
    },
    Adjust {
        player: u32,
        points: i32,
    },
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

    /// What [`Command::Undo`] would take back.
    pub fn last_change(&self) -> Option<Undoable> {
        Some(match self.standing.last()? {
            Change::Uncount(question) => Undoable::Uncounted { question: *question },
            Change::Correct(question, _) => Undoable::Corrected { question: *question },
            Change::Verdict { player, question, .. } => Undoable::Verdict { player: *player, question: *question },
            Change::Adjust { player, points } => Undoable::Adjusted { player: *player, points: *points },
        })
    }

    /// By index of the record, the questions on which somebody's seconds ran out, as far as that stands.
    fn ran_out(&self, records: &[Record]) -> BTreeMap<usize, u32> {
        let stands = self.standing.iter().filter_map(|change| match change {
            Change::Verdict { index, question, .. } => Some((*index, *question)),
            _ => None,
        });
        stands.filter(|(index, _)| matches!(records[*index].event, Event::Clock(_))).collect()
    }

    /// Whether the verdict of the record at this index was taken back.
    pub fn is_struck(&self, index: usize) -> bool {
        self.struck.contains(&index)
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

/// What the fold must know of a player beside the records.
#[derive(Clone, Copy)]
pub(super) struct Seated {
    /// The first question that counts whether or not it is answered.
    pub from: u32,
    /// The question that counts only if it is answered; 0: none.
    pub joined_in: u32,
    /// Sent away: no place in the table.
    pub gone: bool,
}

/// Folds the whole journal.
pub(super) fn fold(game: &Game, players: &[Seated], records: &[Record]) -> Scores {
    let mut scores = Scores::default();
    let teams = game.settings.play != Play::Together;
    for (index, record) in records.iter().enumerate() {
        match &record.event {
            // Where questions are held, they are closed for good when the answer is told.
            Event::Clock(Tick::TimeUp | Tick::AllAnswered) if !game.settings.hold => scores.closed += 1,
            Event::Command(Command::Reveal) => scores.closed += 1,
            Event::Command(Command::Skip) => {
                scores.closed += 1;
                scores.standing.push(Change::Uncount(scores.closed));
            }
            Event::Command(Command::Void { question }) => scores.standing.push(Change::Uncount(*question)),
            Event::Command(Command::Correct { question, key }) => {
                scores.standing.push(Change::Correct(*question, key.clone()));
            }
            Event::Command(Command::Answer { player, question, .. }) if teams => {
                scores.standing.push(Change::Verdict { index, player: *player, question: *question });
            }
            Event::Clock(Tick::BuzzUp { player }) => {
                scores.standing.push(Change::Verdict { index, player: *player, question: scores.closed + 1 });
            }
            Event::Command(Command::Adjust { player, points }) => {
                scores.standing.push(Change::Adjust { player: *player, points: *points });
            }
            Event::Command(Command::Undo) => {
                if let Some(Change::Verdict { index, .. }) = scores.standing.pop() {
                    scores.struck.insert(index);
                }
            }
            _ => {}
        }
    }
    grade_all(&mut scores, game, players, records);
    for line in &mut scores.players {
        total(line);
    }
    adjust(&mut scores);
    rank(&mut scores, players);
    scores
}

/// Fills the table of outcomes: nothing answered earns nothing, nothing counted is no outcome.
fn grade_all(scores: &mut Scores, game: &Game, players: &[Seated], records: &[Record]) {
    let closed = scores.closed as usize;
    let counted: Vec<bool> = (1..=scores.closed).map(|question| scores.counted(question)).collect();
    let buzz = game.settings.play == Play::Buzz;
    // Nobody has to answer what is buzzed for: only who tried has an outcome.
    let blank: Vec<Option<Outcome>> =
        counted.iter().map(|counted| (*counted && !buzz).then(Outcome::default)).collect();
    scores.players = vec![PlayerScore { outcomes: blank, ..PlayerScore::default() }; players.len()];
    for (line, seated) in scores.players.iter_mut().zip(players) {
        for outcome in line.outcomes.iter_mut().take((seated.from as usize).saturating_sub(1)) {
            *outcome = None;
        }
    }
    for question in 1..=scores.closed {
        if let Some(turn) = game.turn(question, players.len()) {
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
    let mut extra = vec![Extra::default(); players.len()];
    let ran_out = scores.ran_out(records);
    for (index, record) in records.iter().enumerate() {
        let (player, question, answer) = match &record.event {
            _ if scores.is_struck(index) => continue,
            Event::Clock(Tick::BuzzUp { player }) => {
                let position = ran_out.get(&index).map_or(usize::MAX, |question| *question as usize - 1);
                if counted.get(position) == Some(&true)
                    && let Some(line) = scores.players.get_mut(*player as usize)
                {
                    line.outcomes[position] = Some(Outcome::default());
                }
                continue;
            }
            Event::Command(Command::Answer { player, question, answer, .. }) => (player, question, answer),
            Event::Command(Command::Extra { player, extra: own }) => {
                if let Some(extra) = extra.get_mut(*player as usize) {
                    *extra = *own;
                }
                continue;
            }
            Event::Command(Command::Revote { question }) => {
                forget(scores, players, *question, buzz);
                continue;
            }
            _ => continue,
        };
        let Some(position) = (*question as usize).checked_sub(1).filter(|position| *position < closed) else {
            continue;
        };
        let (Some(slot), Some(key)) = (game.slot(*question), scores.key(game, *question)) else { continue };
        let grader = graders[position].get_or_insert_with(|| Grader::new(game.question(slot), key));
        let mut credit = grader.grade(answer);
        if buzz && !takes(game.question(slot), credit) {
            credit = Credit::NONE;
        }
        let elapsed = record.elapsed_ms.unwrap_or(0);
        let (Some(line), Some(seated)) = (scores.players.get_mut(*player as usize), players.get(*player as usize))
        else {
            continue;
        };
        let limit = own_limit(slot.limit_ms, extra[*player as usize]);
        let earned = points(if buzz { Scoring::Accuracy } else { game.settings.scoring }, credit, elapsed, limit);
        let late = (buzz || *question == seated.joined_in) && counted[position];
        if let Some(outcome) = line.outcomes.get_mut(position)
            && (late || outcome.is_some())
        {
            *outcome = Some(Outcome { credit, points: earned, streak_ended: 0, answer: Some(index) });
        }
    }
}

/// A question is asked again: what was answered before counts for nothing. For whoever joined while it was open, neither does the question,
/// unless they answer it now.
fn forget(scores: &mut Scores, players: &[Seated], question: u32, buzz: bool) {
    for (line, seated) in scores.players.iter_mut().zip(players) {
        if let Some(outcome @ Some(_)) = line.outcomes.get_mut((question as usize).wrapping_sub(1)) {
            *outcome = (!buzz && seated.joined_in != question).then(Outcome::default);
        }
    }
}

/// A player's own limit: everybody's, and the time that only they have.
pub(super) fn own_limit(limit_ms: Option<u64>, extra: Extra) -> Option<u64> {
    Some(limit_ms? * u64::from(extra.0.clamp(10, 100)) / 10)
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

/// Adds what was given and taken by hand. What earlier questions were worth may have changed since, so nothing is the least again.
fn adjust(scores: &mut Scores) {
    let mut by_hand = vec![0_i64; scores.players.len()];
    for change in &scores.standing {
        if let Change::Adjust { player, points } = change
            && let Some(sum) = by_hand.get_mut(*player as usize)
        {
            *sum += i64::from(*points);
        }
    }
    for (line, sum) in scores.players.iter_mut().zip(by_hand) {
        line.points = u32::try_from((i64::from(line.points) + sum).max(0)).unwrap_or(u32::MAX);
    }
}

/// Best first; equal points share a place, and stand in the order of joining.
fn rank(scores: &mut Scores, seated: &[Seated]) {
    let here = |number: &u32| seated.get(*number as usize).is_some_and(|seated| !seated.gone);
    scores.order = (0..u32::try_from(scores.players.len()).unwrap_or(u32::MAX)).filter(here).collect();
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
