//! A question with its answer: what was right and why, and how the class answered. Without a name.

use maud::{Markup, html};

use super::ask::{letter, yours};
use super::words::{many, percent, share, source};
use crate::quiz::{Ask, QuestionView, Reveal, Tally, TallyRow};
use crate::rules::Answer;

/// The most rows of a tally: of many numbers the most frequent are shown, and the right ones.
const MOST_ROWS: usize = 6;

/// What was right, with what the class chose. `bars` draws shares, for the big screen.
pub(super) fn answer(question: &QuestionView, reveal: &Reveal, tally: Option<&Tally>, bars: bool) -> Markup {
    let rows = tally.map(|tally| tally.rows.as_slice()).unwrap_or_default();
    let answers = tally.map_or(0, |tally| tally.answers);
    html! {
        @match (&question.ask, &reveal.key.answer) {
            (Ask::Choice { .. } | Ask::MultiChoice { .. } | Ask::TrueFalse, _) => {
                ul class="options told" { @for (index, row) in rows.iter().enumerate() { (option(&question.ask, index, row, answers, bars)) } }
            }
            (Ask::Order { items, from, to }, Answer::Order(order)) => {
                (right_answer())
                @if !from.is_empty() { p class="end" { "Top: " (from) } }
                ol class="rows" { @for index in order { li { span class="text" { (items.get(usize::from(*index)).map_or("", String::as_str)) } } } }
                @if !to.is_empty() { p class="end" { "Bottom: " (to) } }
                (others(rows, answers, bars))
            }
            (Ask::Match { left, right }, Answer::Match(partners)) => {
                (right_answer())
                ul class="rows" {
                    @for (left, partner) in left.iter().zip(partners) {
                        li { span class="text" { (left) " – " b { (partner.and_then(|index| right.get(usize::from(index))).map_or("", String::as_str)) } } }
                    }
                }
                (others(rows, answers, bars))
            }
            _ => { (right_answer()) p class="key" { (reveal.key_text) } (others(rows, answers, bars)) }
        }
        @if let Some(tally) = tally.filter(|tally| tally.answers + tally.none > 0) { p class="soft" { (summary(tally)) } }
    }
}

fn right_answer() -> Markup {
    html! { h2 class="small" { span class="mark" aria-hidden="true" { "✓" } " Right answer" } }
}

/// How many were right, how many gave no answer, and what talking has changed.
fn summary(tally: &Tally) -> String {
    if tally.answers == 0 {
        return "Nobody answered.".to_owned();
    }
    let mut text = format!("{} of {} right ({}).", tally.right, tally.answers, percent(tally.right, tally.answers));
    if let Some((right, answers)) = tally.before {
        text = format!("{text} Before the talk: {right} of {answers} ({}).", percent(right, answers));
    }
    if tally.none > 0 {
        format!("{text} {}.", many(u64::from(tally.none), "gave no answer", "gave no answer"))
    } else {
        text
    }
}

fn option(ask: &Ask, index: usize, row: &TallyRow, answers: u32, bars: bool) -> Markup {
    let value = match ask {
        Ask::TrueFalse => (index == 0).to_string(),
        _ => index.to_string(),
    };
    html! {
        li class={ "t" (index) @if row.right { " right" } } data-option=(value) {
            span class="mark" aria-hidden="true" { @if row.right { "✓" } }
            span class="letter" { (letter(index)) }
            span class="text" { (row.label) @if row.right { span class="unseen" { ": right" } } (yours()) }
            (how_many(row.count, answers, bars))
        }
    }
}

fn how_many(count: u32, answers: u32, bars: bool) -> Markup {
    html! {
        @if answers > 0 {
            @if bars { span class="bar" data-share=(share(count, answers)) {} }
            span class="share" { (count) span class="soft" { " · " (percent(count, answers)) } }
        }
    }
}

/// How the class answered where there are no options: values, or all right, partly right, wrong.
fn others(rows: &[TallyRow], answers: u32, bars: bool) -> Markup {
    let mut shown: Vec<&TallyRow> = rows.iter().collect();
    let mut left_out = 0;
    if shown.len() > MOST_ROWS {
        shown.sort_by_key(|row| (!row.right, std::cmp::Reverse(row.count)));
        left_out = shown.iter().skip(MOST_ROWS).map(|row| row.count).sum();
        shown.truncate(MOST_ROWS);
    }
    html! {
        @if answers > 0 {
            h2 class="small" { "What the class answered" }
            ul class="options told plain" {
                @for row in shown {
                    li class=[row.right.then_some("right")] {
                        span class="mark" aria-hidden="true" { @if row.right { "✓" } }
                        span class="text" { (row.label) @if row.right { span class="unseen" { ": right" } } }
                        (how_many(row.count, answers, bars))
                    }
                }
                @if left_out > 0 { li { span class="mark" {} span class="text" { "Other values" } (how_many(left_out, answers, bars)) } }
            }
        }
    }
}

/// Why it is right, and where to check it.
pub(super) fn reason(reveal: &Reveal) -> Markup {
    html! {
        section class="panel" {
            h2 class="small" { "Why" }
            p { (reveal.explanation) }
            @if let Some(from) = &reveal.source { p class="soft source" { "Source: " (source(from, reveal.as_of.as_deref())) } }
        }
    }
}

/// What the bank says of the wrong option that most have chosen.
pub(super) fn popular_mistake(reveal: &Reveal, tally: Option<&Tally>) -> Option<Markup> {
    let row = tally?.rows.iter().filter(|row| !row.right && row.count > 0).max_by_key(|row| row.count)?;
    let (option, note) = reveal.notes.iter().find(|(option, _)| *option == row.label)?;
    Some(html! { section class="panel" { h2 class="small" { (option) } p { (note) } } })
}
