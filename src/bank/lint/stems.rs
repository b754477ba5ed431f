//! Rules about pairs of questions: the same question twice, or twice with different answers.
//!
//! Comparing all pairs would take minutes for a large bank. Equal stems meet in a map; similar ones share, if they are similar
//! enough, at least one of their rarest runs of words, so only questions that share one of those are compared.

use std::collections::{BTreeSet, HashMap};

use crate::bank::{
    Body, Level, Question,
    build::{Anchor, Built},
    locate::{Finding, Findings},
    words::{fold_option, fold_sentence},
};

/// Share of three-word runs in common from which two stems are nearly the same, in hundredths.
const ALIKE: usize = 80;
/// Questions compared through one run of words: more share only runs that say nothing.
const MOST_PER_RUN: usize = 24;

type Item<'b> = (&'b Question, &'b Anchor<'b>);

/// How two questions with the same stem relate, the worst last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    Other,
    Same,
    Contradiction,
}

/// Questions that another one repeats or contradicts are errors; with `advise` those that come close are warnings.
pub(super) fn check(built: &Built<'_>, findings: &mut Findings, advise: bool) {
    equal_stems(built, |relation, earlier, (question, anchor)| {
        // "Put these in order" is no question without its items.
        let told_apart = matches!(question.body, Body::Order { .. } | Body::Match { .. });
        let id = &earlier.id;
        let (level, rule, what, todo) = match relation {
            Relation::Same => {
                (Level::Error, "duplicate-stem", format!("this is the same question as `{id}`"), "Remove one of them.")
            }
            Relation::Contradiction => {
                let what = format!("`{id}` asks the same and has another answer");
                (Level::Error, "contradicting-questions", what, "Mend the wrong one, or reword one of them.")
            }
            Relation::Other if advise && !told_apart => {
                let what = format!("this question has the very words of `{id}`");
                (Level::Warning, "same-stem", what, "Reword one, so that players can tell them apart.")
            }
            Relation::Other => return,
        };
        push(findings, level, rule, (question, anchor), what, todo);
    });
    if advise {
        similar_stems(built, findings);
    }
}

fn push(findings: &mut Findings, level: Level, rule: &'static str, item: Item<'_>, what: String, todo: &str) {
    let (question, anchor) = item;
    let (span, question) = (anchor.field("stem"), Some(question.id.clone()));
    findings.push(Finding { level, rule, span, question, what, todo: todo.into() });
}

fn items<'b>(built: &'b Built<'_>) -> impl Iterator<Item = Item<'b>> {
    built.bank.questions().map(|(_, question)| question).zip(&built.questions)
}

/// Calls `found` with each question whose stem an earlier one has, and with the one that it goes worst with.
fn equal_stems<'b>(built: &'b Built<'_>, mut found: impl FnMut(Relation, &Question, Item<'b>)) {
    let mut by_stem: HashMap<String, Vec<&Question>> = HashMap::with_capacity(built.questions.len());
    for (question, anchor) in items(built) {
        let earlier = by_stem.entry(fold_sentence(&question.stem)).or_default();
        let related = earlier.iter().take(MOST_PER_RUN).map(|other| (relation(&other.body, &question.body), *other));
        if let Some((relation, other)) = related.max_by_key(|(relation, _)| *relation) {
            found(relation, other, (question, anchor));
        }
        earlier.push(question);
    }
}

fn relation(a: &Body, b: &Body) -> Relation {
    let fold = |texts: &[String]| texts.iter().map(|text| fold_option(text)).collect::<BTreeSet<_>>();
    let one = |text: &String| BTreeSet::from([fold_option(text)]);
    let ticked = |(keys, wrong): (BTreeSet<String>, &[String]), (other, other_wrong): (BTreeSet<String>, &[String])| {
        if keys == other {
            Relation::Same
        } else if keys.is_disjoint(&fold(other_wrong)) && other.is_disjoint(&fold(wrong)) {
            Relation::Other
        } else {
            Relation::Contradiction
        }
    };
    let judge = |same: bool| if same { Relation::Same } else { Relation::Contradiction };
    match (a, b) {
        (Body::Choice { key, distractors, .. }, Body::Choice { key: other, distractors: wrong, .. }) => {
            ticked((one(key), distractors), (one(other), wrong))
        }
        (Body::MultiChoice { keys, distractors, .. }, Body::MultiChoice { keys: other, distractors: wrong, .. }) => {
            ticked((fold(keys), distractors), (fold(other), wrong))
        }
        (Body::TrueFalse { key }, Body::TrueFalse { key: other }) => judge(key == other),
        (Body::Number { key, unit, .. }, Body::Number { key: other, unit: other_unit, .. }) if unit == other_unit => {
            judge(key.to_bits() == other.to_bits())
        }
        (Body::Text { key, accept, .. }, Body::Text { key: other, accept: other_accept, .. }) => {
            let mut right = fold(accept);
            right.insert(fold_option(key));
            let mut other_right = fold(other_accept);
            other_right.insert(fold_option(other));
            judge(!right.is_disjoint(&other_right))
        }
        (Body::Order { items, .. }, Body::Order { items: other, .. }) if fold(items) == fold(other) => {
            judge(items == other)
        }
        (Body::Match { pairs, .. }, Body::Match { pairs: other, .. }) => {
            let contradicts = |(left, right): &(String, String)| other.iter().any(|(l, r)| l == left && r != right);
            if pairs.iter().any(contradicts) {
                Relation::Contradiction
            } else if pairs.len() == other.len() && pairs.iter().all(|pair| other.contains(pair)) {
                Relation::Same
            } else {
                Relation::Other
            }
        }
        _ => Relation::Other,
    }
}

fn similar_stems(built: &Built<'_>, findings: &mut Findings) {
    let all: Vec<Item<'_>> = items(built).collect();
    let runs: Vec<Vec<u64>> = all.iter().map(|(question, _)| runs(&question.stem)).collect();
    let mut counts: HashMap<u64, u32> = HashMap::with_capacity(runs.len() * 8);
    for run in runs.iter().flatten() {
        *counts.entry(*run).or_default() += 1;
    }
    let mut seen_in: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut rarest: Vec<(u32, u64)> = Vec::new();
    let mut compared: Vec<usize> = Vec::new();
    for (index, own) in runs.iter().enumerate() {
        if matches!(all[index].0.body, Body::Order { .. } | Body::Match { .. }) {
            continue;
        }
        rarest.clear();
        rarest.extend(own.iter().map(|run| (counts[run], *run)));
        rarest.sort_unstable();
        // Two sets that share four fifths share one of these, whichever way round.
        rarest.truncate(own.len() - (own.len() * ALIKE).div_ceil(100) + 1);
        compared.clear();
        for (_, run) in rarest.iter().filter(|(count, _)| *count > 1) {
            let earlier = seen_in.entry(*run).or_default();
            compared.extend_from_slice(earlier);
            if earlier.len() < MOST_PER_RUN {
                earlier.push(index);
            }
        }
        compared.sort_unstable();
        compared.dedup();
        if let Some(other) = compared.iter().find(|&&other| alike(&runs[other], own))
            && fold_sentence(&all[*other].0.stem) != fold_sentence(&all[index].0.stem)
        {
            let what = format!("this question is nearly the same as `{}`", all[*other].0.id);
            push(findings, Level::Warning, "near-duplicate-stem", all[index], what, "Reword or remove one of them.");
        }
    }
}

/// The three-word runs of a stem as hashes, sorted; a shorter stem is one run.
fn runs(stem: &str) -> Vec<u64> {
    let words: Vec<u64> =
        stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    let mix = |run: &[u64]| run.iter().fold(0_u64, |all, word| (all.rotate_left(21) ^ word).wrapping_mul(PRIME));
    let mut runs: Vec<u64> = if words.len() < 3 { vec![mix(&words)] } else { words.windows(3).map(mix).collect() };
    runs.sort_unstable();
    runs.dedup();
    runs
}

const PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a over the lower-case word; a collision costs one wrong comparison.
fn hash(word: &str) -> u64 {
    let step = |all: u64, byte: u8| (all ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Whether two sorted sets share enough of all their entries.
fn alike(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    shared * 100 >= (a.len() + b.len() - shared) * ALIKE
}
