//! A question in the terms of what is shown: before it closes, and after.

use super::{Ask, QuestionView, Reveal, SourceView};
use crate::bank::{Bank, Body, Question};
use crate::rules::{Answer, Dealt, Key, MAX_TEXT_CHARS};

/// All that may be shown of an open question.
pub(super) fn question(number: u32, round: &str, question: &Question, dealt: &Dealt) -> QuestionView {
    QuestionView { number, round: round.to_owned(), stem: question.stem.clone(), ask: ask(&question.body, dealt) }
}

fn pick<'a>(canonical: impl Iterator<Item = &'a String>, order: &[u8]) -> Vec<String> {
    let canonical: Vec<&String> = canonical.collect();
    order.iter().filter_map(|index| canonical.get(usize::from(*index)).map(|text| (*text).clone())).collect()
}

fn ask(body: &Body, dealt: &Dealt) -> Ask {
    match body {
        Body::Choice { key, distractors, .. } => {
            Ask::Choice { options: pick(std::iter::once(key).chain(distractors), &dealt.order) }
        }
        Body::MultiChoice { keys, distractors, .. } => {
            Ask::MultiChoice { options: pick(keys.iter().chain(distractors), &dealt.order) }
        }
        Body::TrueFalse { .. } => Ask::TrueFalse,
        Body::Number { unit, min, max, step, .. } => {
            Ask::Number { unit: unit.clone(), min: *min, max: *max, step: *step }
        }
        Body::Order { items, from, to } => {
            Ask::Order { items: pick(items.iter(), &dealt.order), from: from.clone(), to: to.clone() }
        }
        Body::Match { pairs, distractors } => Ask::Match {
            left: pick(pairs.iter().map(|(left, _)| left), &dealt.order),
            right: pick(pairs.iter().map(|(_, right)| right).chain(distractors), &dealt.right),
        },
        Body::Text { .. } => Ask::Text { max_chars: MAX_TEXT_CHARS },
    }
}

/// What feedback adds.
pub(super) fn reveal(bank: &Bank, question: &Question, shown: &QuestionView, key: &Key) -> Reveal {
    let notes = match &question.body {
        Body::Choice { notes, .. } | Body::MultiChoice { notes, .. } | Body::Text { notes, .. } => {
            notes.iter().map(|(option, note)| (option.clone(), note.clone())).collect()
        }
        Body::TrueFalse { .. } | Body::Number { .. } | Body::Order { .. } | Body::Match { .. } => Vec::new(),
    };
    Reveal {
        id: question.id.clone(),
        key: key.clone(),
        key_text: words(&shown.ask, &key.answer),
        explanation: question.explanation.clone(),
        notes,
        source: source(bank, question),
        as_of: question.as_of.clone(),
        tolerance: match question.body {
            Body::Number { tolerance, .. } => Some(tolerance),
            _ => None,
        },
    }
}

/// Where to check a key.
pub(super) fn source(bank: &Bank, question: &Question) -> Option<SourceView> {
    let source = question.source.as_ref()?;
    let document = bank.documents.get(&source.document);
    Some(SourceView {
        document: document.map_or_else(|| source.document.clone(), |document| document.title.clone()),
        section: source.section.clone(),
        link: document.map(|document| document.link.clone()).unwrap_or_default(),
    })
}

/// An answer in words, as one line. Indices that are not shown are left out.
#[must_use]
pub fn words(ask: &Ask, answer: &Answer) -> String {
    let at = |list: &[String], index: u8| list.get(usize::from(index)).cloned().unwrap_or_default();
    match (ask, answer) {
        (Ask::Choice { options }, Answer::Choice(index)) => at(options, *index),
        (Ask::MultiChoice { options }, Answer::MultiChoice(ticked)) => {
            ticked.iter().map(|index| at(options, *index)).collect::<Vec<_>>().join(", ")
        }
        (_, Answer::TrueFalse(holds)) => if *holds { "True" } else { "False" }.to_owned(),
        (Ask::Number { unit, .. }, Answer::Number(value)) => format!("{} {unit}", number(*value)).trim().to_owned(),
        (Ask::Order { items, .. }, Answer::Order(order)) => {
            order.iter().map(|index| at(items, *index)).collect::<Vec<_>>().join(" → ")
        }
        (Ask::Match { left, right }, Answer::Match(partners)) => left
            .iter()
            .zip(partners)
            .filter_map(|(left, partner)| Some(format!("{left} – {}", at(right, (*partner)?))))
            .collect::<Vec<_>>()
            .join("; "),
        (_, Answer::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// A value as people write it: thousands set apart, no more decimals than it has.
#[must_use]
pub fn number(value: f64) -> String {
    let plain = format!("{value}");
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        // Years and other four-digit numbers stay whole.
        if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    decimals.map_or_else(|| format!("{sign}{grouped}"), |decimals| format!("{sign}{grouped}.{decimals}"))
}
