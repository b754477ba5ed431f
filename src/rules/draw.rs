//! Which questions, in which order, with which order of options: all from the seed.
//!
//! Uses the bank alone. What is shown must not hint at the key, so nothing here may depend on the order in the file: not on where the key
//! stands, nor on the right order of an `Order` question. Every list is first sorted by a hash that is keyed with the seed, and then
//! shuffled with a stream of its own. The shuffle is ours, on the raw output of [`ChaCha8Rng`], since a crate's may change with a release.

use std::collections::HashSet;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use super::Seed;
use crate::bank::{Bank, Body, Question, Round};

/// A drawn match: rounds in play order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// At least one.
    pub rounds: Vec<DrawnRound>,
}

/// A round as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRound {
    /// Index into [`Bank::rounds`]; where questions of several are mixed, the first one's.
    pub round: usize,
    /// Whether questions of several rounds may stand in it, as [`draw_in_order`] puts them.
    pub mixed: bool,
    /// In play order; at least one.
    pub questions: Vec<Dealt>,
}

/// A question with the order in which its parts are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealt {
    /// Index into [`Bank::rounds`].
    pub round: usize,
    /// Index into [`crate::bank::Round::questions`].
    pub question: usize,
    /// Shown position → index in the canonical list. The canonical lists are: `Choice` key then distractors; `MultiChoice` keys then
    /// distractors; `Order` items; `Match` left sides; else empty.
    pub order: Vec<u8>,
    /// `Match` only: shown position → index among the right sides, pairs first, then distractors.
    pub right: Vec<u8>,
}

/// Neither label starts the other.
const SORT: &str = "roundtable draw 1 sort";
const SHUFFLE: &str = "roundtable draw 1 shuffle";
const BUZZ: &str = "roundtable draw 1 buzz";

/// Draws a match.
///
/// `rounds` are round ids in the order of play; unknown ones and repetitions are ignored and none at all means every round of the bank in
/// file order. `per_round` caps the questions of each round (`None`: all; at least one is drawn). A round's draw depends on the seed, the
/// round's and the questions' ids and the options' texts, not on which other rounds are played, nor on which option is the key: options
/// are sorted by a hash keyed with the seed, then shuffled. A smaller `per_round` draws a prefix of a larger one.
///
/// Any order can come up, the right one of an `Order` question too (one deal in six with three items): an order that is never the right
/// one would give something away about the key.
#[must_use]
pub fn draw(bank: &Bank, rounds: &[String], per_round: Option<u16>, seed: Seed) -> Draw {
    let mut chosen: Vec<usize> = Vec::new();
    for id in rounds {
        if let Some(round) = bank.rounds.iter().position(|round| round.id == *id)
            && !chosen.contains(&round)
        {
            chosen.push(round);
        }
    }
    if chosen.is_empty() {
        chosen.extend(0..bank.rounds.len());
    }
    let rounds = chosen.into_iter().map(|round| draw_round(round, &bank.rounds[round], per_round, seed)).collect();
    Draw { rounds }
}

/// Draws chosen questions and no others, in the rounds that have them. Each round's order is the one that [`draw`] gives it, without the
/// rest. Unknown ids are ignored; where none is left, every question of the bank is drawn.
#[must_use]
pub fn draw_only(bank: &Bank, only: &[String], seed: Seed) -> Draw {
    let only: HashSet<&str> = only.iter().map(String::as_str).collect();
    let all = draw(bank, &[], None, seed);
    let mut chosen = all.clone();
    for round in &mut chosen.rounds {
        let questions = &bank.rounds[round.round].questions;
        round.questions.retain(|dealt| only.contains(questions[dealt.question].id.as_str()));
    }
    chosen.rounds.retain(|round| !round.questions.is_empty());
    if chosen.rounds.is_empty() { all } else { chosen }
}

/// Who comes first of those who pressed at the same moment; `None` of nobody.
///
/// `question` is its number in the match and `press` counts the presses that were taken on it, from 0, so that the second tie on a question
/// is drawn anew. Each player's lot is a hash keyed with the seed, and the smallest wins: of any group each is as likely as any other, in
/// whatever order they are named, and whoever else was named has no say in who of two comes first.
#[must_use]
pub fn first_of(players: &[u32], question: u32, press: u32, seed: Seed) -> Option<u32> {
    let lot = |player: &u32| hash(BUZZ, seed, &[&question.to_string(), &press.to_string(), &player.to_string()]);
    players.iter().copied().min_by_key(lot)
}

/// Draws chosen questions in just the order of their ids, as one round, whichever rounds they come from: for a rematch that begins with the
/// hardest. Each is dealt as [`draw`] deals it. Unknown ids and repetitions are ignored; where none is left, every question of the bank is
/// drawn.
#[must_use]
pub fn draw_in_order(bank: &Bank, ids: &[String], seed: Seed) -> Draw {
    let mut questions: Vec<Dealt> = Vec::new();
    for id in ids {
        let found = bank.rounds.iter().enumerate().find_map(|(round, from)| {
            let question = from.questions.iter().position(|question| question.id == *id)?;
            Some(deal((round, question), &from.questions[question], seed))
        });
        questions.extend(found.filter(|found| {
            !questions.iter().any(|other| (other.round, other.question) == (found.round, found.question))
        }));
    }
    match questions.first().map(|first| first.round) {
        Some(round) => Draw { rounds: vec![DrawnRound { round, mixed: true, questions }] },
        None => draw(bank, &[], None, seed),
    }
}

fn draw_round(index: usize, round: &Round, per_round: Option<u16>, seed: Seed) -> DrawnRound {
    let most = per_round.map_or(usize::MAX, |most| usize::from(most.max(1)));
    let ids = round.questions.iter().map(|question| question.id.as_str());
    // All are shuffled before the cut: that makes fewer a prefix of more.
    let questions = shuffled("questions", &round.id, ids, seed);
    let questions = questions
        .into_iter()
        .take(most)
        .map(|question| deal((index, question), &round.questions[question], seed))
        .collect();
    DrawnRound { round: index, mixed: false, questions }
}

fn deal((round, index): (usize, usize), question: &Question, seed: Seed) -> Dealt {
    let shown = |part: &str, texts: &mut dyn Iterator<Item = &String>| -> Vec<u8> {
        let texts = texts.map(String::as_str).take(256);
        shuffled(part, &question.id, texts, seed).into_iter().filter_map(|i| u8::try_from(i).ok()).collect()
    };
    let (order, right) = match &question.body {
        Body::Choice { key, distractors, .. } => {
            (shown("options", &mut std::iter::once(key).chain(distractors)), Vec::new())
        }
        Body::MultiChoice { keys, distractors, .. } => {
            (shown("options", &mut keys.iter().chain(distractors)), Vec::new())
        }
        Body::Order { items, .. } => (shown("items", &mut items.iter()), Vec::new()),
        Body::Match { pairs, distractors } => (
            shown("left", &mut pairs.iter().map(|(left, _)| left)),
            shown("right", &mut pairs.iter().map(|(_, right)| right).chain(distractors)),
        ),
        Body::TrueFalse { .. } | Body::Number { .. } | Body::Text { .. } => (Vec::new(), Vec::new()),
    };
    Dealt { round, question: index, order, right }
}

/// The indices of `texts` in an order that follows from the seed, the part, its owner's id and the set of texts, whatever their order.
fn shuffled<'a>(part: &str, owner: &str, texts: impl Iterator<Item = &'a str>, seed: Seed) -> Vec<usize> {
    let hashed = texts.enumerate().map(|(i, text)| (hash(SORT, seed, &[part, owner, text]), i));
    // The index in the pair decides only between equal texts, which nobody can tell apart.
    let mut sorted: Vec<([u8; 32], usize)> = hashed.collect();
    sorted.sort_unstable();
    let mut indices: Vec<usize> = sorted.into_iter().map(|(_, i)| i).collect();
    let mut stream = ChaCha8Rng::from_seed(hash(SHUFFLE, seed, &[part, owner]));
    // Fisher and Yates, from the end (Durstenfeld's form).
    for last in (1..indices.len()).rev() {
        let other = below(&mut stream, last + 1);
        indices.swap(last, other);
    }
    indices
}

/// SHA-256 of the label, the seed, and the parts with their lengths in front, so that no two lists of parts run together.
fn hash(label: &str, seed: Seed, parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new_with_prefix(label).chain_update(seed.0);
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// A number below `bound` (1 or more), each as likely as any other: draws that would favour the small ones are thrown away.
fn below(stream: &mut ChaCha8Rng, bound: usize) -> usize {
    // `u64` whatever the machine's word is.
    let bound = bound as u64;
    let excess = (u64::MAX % bound + 1) % bound;
    loop {
        let drawn = stream.next_u64();
        if drawn <= u64::MAX - excess {
            // Smaller than `bound`, which was a `usize`.
            return usize::try_from(drawn % bound).unwrap_or(0);
        }
    }
}
