//! What is remembered of everything played, and how two such memories become one. Knows no Bevy, no clock and no file.
//!
//! Feeding the same answer or the same game twice changes nothing, and merging is a union: a game that was killed and continued, and
//! two running copies over one file, count everything once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::bank::Bank;
use crate::quiz::{Settings, Sureness};
use crate::rules::{Credit, Extra, Pace};

/// A day on the player's own calendar, counted from 1 January 1970.
pub type Day = i32;

/// A seat fills for good when its question was answered right on so many different days.
pub const DAYS_FOR_A_SEAT: usize = 2;

/// Games in the history; older ones are forgotten.
const MOST_GAMES: usize = 500;

/// The end of the year 9999, in milliseconds since 1970: no clock is honestly further.
const LATEST: u64 = 253_402_300_799_999;

/// How far ahead of ours a clock that goes right may be, in milliseconds: people live a day apart.
const A_DAY: u64 = 24 * 60 * 60 * 1000;

/// Stands for a day that nobody knows.
const SOME_DAY: Day = 0;

/// Everything that is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    banks: BTreeMap<String, BankLedger>,
    /// The latest first.
    history: Vec<PlayedGame>,
}

/// What is remembered of one bank.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct BankLedger {
    /// By question id.
    questions: BTreeMap<String, Known>,
    /// By round id.
    rounds: BTreeMap<String, Best>,
    best: Option<Best>,
    /// The best run by [`settings_key`].
    runs: BTreeMap<String, Run>,
}

/// What is remembered of one question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Known {
    /// The days on which it was answered fully right, each with the game in which that was.
    right: BTreeMap<Day, String>,
    last: Option<Last>,
}

/// The last time that a question was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// In milliseconds since 1970.
    pub at: u64,
    /// On the player's calendar.
    pub day: Day,
    /// The share earned.
    pub credit: Credit,
    /// Whether there was an answer at all, or the time ran out.
    pub answered: bool,
    /// How sure the player said to be.
    #[serde(default)]
    pub sure: Option<Sureness>,
    /// In which game.
    pub game: String,
}

/// The best result so far in a bank or a round. Ordered: more right is better, then fewer asked, then more points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Best {
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted.
    pub counted: u32,
    /// Points; of a round they are not known.
    #[serde(default)]
    pub points: u32,
}

/// A whole run with the same settings, to race against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Points.
    pub points: u32,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// When it ended, in milliseconds since 1970.
    pub at: u64,
    /// Question by question.
    pub credits: Vec<Credit>,
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayedGame {
    /// Which game; the same one is never listed twice.
    pub game: String,
    /// When it ended, in milliseconds since 1970.
    pub at: u64,
    /// On the player's calendar.
    pub day: Day,
    /// The bank's id.
    pub bank: String,
    /// The bank's title at the time.
    pub title: String,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted.
    pub counted: u32,
    /// Points.
    pub points: u32,
    /// The game code, if it is known.
    #[serde(default)]
    pub code: Option<String>,
    /// See [`settings_key`]; empty for a practice.
    #[serde(default)]
    pub settings: String,
}

/// An answer that has been judged.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The bank's id.
    pub bank: &'a str,
    /// The question's id.
    pub question: &'a str,
    /// Which game it was in.
    pub game: &'a str,
    /// Milliseconds since 1970.
    pub at: u64,
    /// On the player's calendar.
    pub day: Day,
    /// The share earned.
    pub credit: Credit,
    /// Whether there was an answer at all.
    pub answered: bool,
    /// How sure the player said to be.
    pub sure: Option<Sureness>,
}

/// A game that is over.
#[derive(Debug, Clone)]
pub struct Finished<'a> {
    /// What goes into the history.
    pub line: PlayedGame,
    /// Round id, questions right in thousandths, and questions that counted.
    pub rounds: Vec<(&'a str, u32, u32)>,
    /// Question by question.
    pub credits: Vec<Credit>,
    /// Whether it was played to its end.
    pub whole: bool,
}

/// What a finished game meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which game.
    pub game: String,
    /// The best run with the same settings before this one.
    pub former: Option<Run>,
    /// Whether this one is better; the first of its settings is.
    pub is_best: bool,
    /// Its points.
    pub points: u32,
}

impl Outcome {
    /// By how many points it is better than the best before it.
    #[must_use]
    pub fn ahead_by(&self) -> Option<u32> {
        self.former.as_ref().filter(|_| self.is_best).map(|former| self.points.saturating_sub(former.points))
    }
}

/// A question's seat at the player's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeatState {
    /// Not answered right yet.
    Empty,
    /// Answered right on one day.
    Once,
    /// Answered right on two: taken for good.
    Taken,
}

/// How many seats there are of each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seats {
    /// For good.
    pub taken: usize,
    /// On one day so far.
    pub once: usize,
    /// Not yet.
    pub empty: usize,
}

impl Seats {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> usize {
        self.taken + self.once + self.empty
    }
}

/// What makes two games comparable: the rounds, how many of each, the time, and the scoring. Empty for a practice, which compares with
/// nothing.
#[must_use]
pub fn settings_key(settings: &Settings, bank: &Bank) -> String {
    if !settings.only.is_empty() {
        return String::new();
    }
    // A round that is played twice, or that the bank lacks, is not played.
    let chosen: BTreeSet<&str> = settings.rounds.iter().map(String::as_str).collect();
    let mut rounds: Vec<&str> = bank.rounds.iter().map(|round| round.id.as_str()).collect();
    if rounds.iter().any(|round| chosen.contains(round)) {
        rounds.retain(|round| chosen.contains(round));
    }
    let most = settings.per_round.map_or_else(|| "all".to_owned(), |most| most.to_string());
    let time = match (settings.pace, settings.extra) {
        (Pace::None, _) => String::new(),
        (pace, Extra(tenths)) => format!("{pace:?}x{tenths}"),
    };
    format!("{}|{most}|{time}|{:?}", rounds.join("+"), settings.scoring)
}

impl Ledger {
    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history.is_empty() && self.banks.values().all(|bank| bank.questions.is_empty())
    }

    /// Takes in an answer. Whether anything has changed: the same answer again changes nothing, other words on how sure it was do.
    pub fn answered(&mut self, answer: &Answered) -> bool {
        let bank = self.banks.entry(answer.bank.to_owned()).or_default();
        let known = bank.questions.entry(answer.question.to_owned()).or_default();
        let mut changed = false;
        let seen = known.last.as_ref().is_some_and(|last| last.game == answer.game);
        if answer.credit == Credit::FULL
            && !seen
            && !known.right.contains_key(&answer.day)
            && !known.right.values().any(|game| game == answer.game)
        {
            known.right.insert(answer.day, answer.game.to_owned());
            changed = true;
        }
        match &mut known.last {
            Some(last) if seen => {
                if last.sure != answer.sure {
                    last.sure = answer.sure;
                    changed = true;
                }
            }
            last => {
                // What comes after another answer is the newer one, even if the clock was ahead at that time.
                let after = last.as_ref().map_or(0, |last| last.at.saturating_add(1));
                *last = Some(Last {
                    at: answer.at.max(after),
                    day: answer.day,
                    credit: answer.credit,
                    answered: answer.answered,
                    sure: answer.sure,
                    game: answer.game.to_owned(),
                });
                changed = true;
            }
        }
        changed
    }

    /// Takes in a game that is over; `None` if it has been taken in before.
    pub fn finished(&mut self, game: Finished) -> Option<Outcome> {
        let Finished { mut line, rounds, credits, whole } = game;
        if self.history.iter().any(|other| other.game == line.game) {
            return None;
        }
        // What ends after another game is the newer one, even if the clock was ahead at that time.
        line.at = line.at.max(self.history.first().map_or(0, |newest| newest.at.saturating_add(1)));
        let mut outcome = Outcome { game: line.game.clone(), former: None, is_best: false, points: line.points };
        if whole && !line.settings.is_empty() {
            let bank = self.banks.entry(line.bank.clone()).or_default();
            for (round, credit, counted) in rounds.into_iter().filter(|(_, _, counted)| *counted > 0) {
                let best = Best { credit, counted, points: 0 };
                bank.rounds.entry(round.to_owned()).and_modify(|old| *old = (*old).max(best)).or_insert(best);
            }
            let best = Best { credit: line.credit, counted: line.counted, points: line.points };
            bank.best = bank.best.max(Some(best));
            let run = Run { points: line.points, credit: line.credit, at: line.at, credits };
            outcome.former = bank.runs.get(&line.settings).cloned();
            outcome.is_best = outcome.former.as_ref().is_none_or(|former| run.rank() > former.rank());
            if outcome.is_best {
                bank.runs.insert(line.settings.clone(), run);
            }
        }
        self.history.push(line);
        self.order_history();
        Some(outcome)
    }

    /// Takes in everything that another ledger remembers. Whether anything was new.
    pub fn merge(&mut self, other: &Self) -> bool {
        let before = self.clone();
        for (id, theirs) in &other.banks {
            self.banks.entry(id.clone()).or_default().merge(theirs);
        }
        let mine: BTreeSet<String> = self.history.iter().map(|line| line.game.clone()).collect();
        self.history.extend(other.history.iter().filter(|line| !mine.contains(&line.game)).cloned());
        self.order_history();
        *self != before
    }

    /// A ledger that a stranger may have written, within the bounds that the rest of the game relies on.
    pub fn sanitise(&mut self) {
        let clamp = |credit: &mut Credit| credit.0 = credit.0.min(Credit::FULL.0);
        for bank in self.banks.values_mut() {
            bank.questions.values_mut().filter_map(|known| known.last.as_mut()).for_each(|last| {
                clamp(&mut last.credit);
                last.at = last.at.min(LATEST);
            });
            bank.runs.values_mut().flat_map(|run| &mut run.credits).for_each(clamp);
        }
        let mut seen = BTreeSet::new();
        self.history.retain(|line| seen.insert(line.game.clone()));
        self.order_history();
    }

    /// What comes from elsewhere, as of this moment. What is dated later than that was dated by a clock that was ahead, and must not
    /// stand before everything that is still to come: a game counts as of now, an answer as older than any that is dated rightly, and
    /// days that have not come yet as one day that nobody knows. The same each time, so that taking it in twice is taking it in once.
    pub fn as_of(&mut self, now: u64, today: Day) {
        let ahead = |at: u64| at > now.saturating_add(A_DAY);
        for bank in self.banks.values_mut() {
            for known in bank.questions.values_mut() {
                let to_come = known.right.split_off(&today.saturating_add(2));
                if let Some(game) = to_come.into_values().min() {
                    known.right.entry(SOME_DAY).or_insert(game);
                }
                if let Some(last) = known.last.as_mut().filter(|last| ahead(last.at)) {
                    (last.at, last.day) = (0, SOME_DAY);
                }
            }
            for run in bank.runs.values_mut().filter(|run| ahead(run.at)) {
                run.at = now;
            }
        }
        // The latest first: in this order they stay.
        for (back, line) in (0..).zip(self.history.iter_mut().filter(|line| ahead(line.at))) {
            (line.at, line.day) = (now.saturating_sub(back), today);
        }
        self.order_history();
    }

    fn order_history(&mut self) {
        self.history.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.game.cmp(&b.game)));
        self.history.truncate(MOST_GAMES);
    }

    /// A question's seat.
    #[must_use]
    pub fn seat(&self, bank: &str, question: &str) -> SeatState {
        let days = self.known(bank, question).map_or(0, |known| known.right.len());
        match days {
            0 => SeatState::Empty,
            DAYS_FOR_A_SEAT.. => SeatState::Taken,
            _ => SeatState::Once,
        }
    }

    /// How many of these questions' seats are taken.
    #[must_use]
    pub fn seats<'a>(&self, bank: &str, questions: impl Iterator<Item = &'a str>) -> Seats {
        let mut seats = Seats::default();
        for question in questions {
            match self.seat(bank, question) {
                SeatState::Empty => seats.empty += 1,
                SeatState::Once => seats.once += 1,
                SeatState::Taken => seats.taken += 1,
            }
        }
        seats
    }

    /// The questions of a bank that were not fully right when they were last asked.
    #[must_use]
    pub fn missed(&self, bank: &str) -> Vec<String> {
        let questions = self.banks.get(bank).into_iter().flat_map(|bank| &bank.questions);
        questions
            .filter(|(_, known)| known.last.as_ref().is_some_and(|last| last.credit < Credit::FULL))
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// The last time that a question was asked.
    #[must_use]
    pub fn last(&self, bank: &str, question: &str) -> Option<&Last> {
        self.known(bank, question)?.last.as_ref()
    }

    /// The best result in a bank.
    #[must_use]
    pub fn best(&self, bank: &str) -> Option<Best> {
        self.banks.get(bank)?.best
    }

    /// The best result in a round.
    #[must_use]
    pub fn best_of_round(&self, bank: &str, round: &str) -> Option<Best> {
        self.banks.get(bank)?.rounds.get(round).copied()
    }

    /// The best run with these settings ([`settings_key`]), question by question.
    #[must_use]
    pub fn best_run(&self, bank: &str, settings: &str) -> Option<&[Credit]> {
        Some(&self.run(bank, settings)?.credits)
    }

    /// The same with its points.
    #[must_use]
    pub fn run(&self, bank: &str, settings: &str) -> Option<&Run> {
        self.banks.get(bank)?.runs.get(settings)
    }

    /// Games that were played to their end, the latest first.
    #[must_use]
    pub fn history(&self) -> &[PlayedGame] {
        &self.history
    }

    /// How many questions have been answered.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.banks.values().map(|bank| bank.questions.len()).sum()
    }

    fn known(&self, bank: &str, question: &str) -> Option<&Known> {
        self.banks.get(bank)?.questions.get(question)
    }
}

impl BankLedger {
    fn merge(&mut self, other: &Self) {
        for (id, theirs) in &other.questions {
            let known = self.questions.entry(id.clone()).or_default();
            for (day, game) in &theirs.right {
                // Whichever copy merges, the same one stays.
                known
                    .right
                    .entry(*day)
                    .and_modify(|mine| *mine = mine.clone().min(game.clone()))
                    .or_insert(game.clone());
            }
            known.last = known.last.take().max_by_rank(theirs.last.clone());
        }
        for (id, theirs) in &other.rounds {
            self.rounds.entry(id.clone()).and_modify(|mine| *mine = (*mine).max(*theirs)).or_insert(*theirs);
        }
        self.best = self.best.max(other.best);
        for (key, theirs) in &other.runs {
            match self.runs.get(key) {
                Some(mine) if mine.rank() >= theirs.rank() => {}
                _ => {
                    self.runs.insert(key.clone(), theirs.clone());
                }
            }
        }
    }
}

impl Last {
    /// The newest counts; the rest only decides between answers of one instant, the same way in every copy. Of one and the same
    /// answer, what this copy knows stays: only it can have heard how sure the player was.
    fn rank(&self) -> (u64, Reverse<Credit>, &str) {
        (self.at, Reverse(self.credit), &self.game)
    }
}

trait MaxByRank {
    fn max_by_rank(self, other: Self) -> Self;
}

impl MaxByRank for Option<Last> {
    fn max_by_rank(self, other: Self) -> Self {
        if other.as_ref().map(Last::rank) > self.as_ref().map(Last::rank) { other } else { self }
    }
}

impl Run {
    /// More points are better, then more right; of equals the older one stays.
    fn rank(&self) -> (u32, u32, Reverse<u64>, &[Credit]) {
        (self.points, self.credit, Reverse(self.at), &self.credits)
    }
}

impl Best {
    fn rank(self) -> (u32, Reverse<u32>, u32) {
        (self.credit, Reverse(self.counted), self.points)
    }
}

impl Ord for Best {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Best {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
