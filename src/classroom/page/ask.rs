//! The seven kinds as real form controls. The script reads them by `name`, `value` and the form's `data-kind`.

use maud::{Markup, html};

use super::words::grouped;
use crate::bank::Kind;
use crate::quiz::{Ask, QuestionView, number};

/// How to answer, in a sentence.
pub(super) const fn how(ask: &Ask) -> &'static str {
    match ask {
        Ask::Choice { .. } => "Choose one.",
        Ask::MultiChoice { .. } => "Choose all that apply.",
        Ask::TrueFalse => "True or false?",
        Ask::Number { .. } => "Write a number.",
        Ask::Order { .. } => "Put them in order.",
        Ask::Match { .. } => "Match the pairs.",
        Ask::Text { .. } => "Write your answer.",
    }
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "Choice",
        Kind::MultiChoice => "MultiChoice",
        Kind::TrueFalse => "TrueFalse",
        Kind::Number => "Number",
        Kind::Order => "Order",
        Kind::Match => "Match",
        Kind::Text => "Text",
    }
}

/// The letter of an option, as on the big screen.
pub(super) fn letter(index: usize) -> char {
    u8::try_from(index).ok().and_then(|index| b'A'.checked_add(index)).map_or('?', char::from)
}

/// The form of an open question.
pub(super) fn form(question: &QuestionView) -> Markup {
    let ask = &question.ask;
    html! {
        form id="answer" data-kind=(word(ask.kind())) novalidate autocomplete="off" {
            fieldset aria-labelledby="stem" {
                @match ask {
                    Ask::Choice { options } => { (buttons(options.iter().enumerate().map(|(i, text)| (i.to_string(), text.as_str())))) }
                    Ask::TrueFalse => { (buttons([("true".to_owned(), "True"), ("false".to_owned(), "False")].into_iter())) }
                    Ask::MultiChoice { options } => { (ticks(options)) }
                    Ask::Number { unit, min, max, step } => { (scale(unit, *min, *max, *step)) }
                    Ask::Order { items, from, to } => { (order(items, from, to)) }
                    Ask::Match { left, right } => { (pairs(left, right)) }
                    Ask::Text { max_chars } => { (text(*max_chars)) }
                }
            }
            @if !matches!(ask, Ask::Choice { .. } | Ask::TrueFalse) {
                p id="wrong" class="wrong" {}
                button id="submit" class="main" { "Submit answer" }
            }
        }
    }
}

fn buttons<'a>(options: impl Iterator<Item = (String, &'a str)>) -> Markup {
    html! {
        div class="tiles" {
            @for (index, (value, text)) in options.enumerate() {
                button class={ "tile t" (index) } name="option" value=(value) { (face(index)) span class="text" { (text) } }
            }
        }
    }
}

/// Letter and shape of a tile.
fn face(index: usize) -> Markup {
    html! { span class="shape" {} span class="letter" { (letter(index)) } }
}

fn ticks(options: &[String]) -> Markup {
    html! {
        p class="soft" { "Choose all that apply. A wrong tick takes away as much as a right one earns." }
        div class="tiles" {
            @for (index, option) in options.iter().enumerate() {
                label class={ "tile t" (index) } {
                    input type="checkbox" name="option" value=(index);
                    span class="tick" {}
                    (face(index)) span class="text" { (option) }
                }
            }
        }
        p id="count" class="soft" { "None chosen" }
    }
}

/// Phones leave the minus sign out of their keys for decimals.
fn scale(unit: &str, min: f64, max: f64, step: f64) -> Markup {
    let steps = if (step - 1.0).abs() < f64::EPSILON { String::new() } else { format!(" Steps of {}.", number(step)) };
    html! {
        label for="number" { "Your answer" @if !unit.is_empty() { ", in " (unit) } }
        div class="line" {
            input id="number" name="number" type="text" inputmode=(if min < 0.0 { "text" } else { "decimal" }) aria-describedby="range wrong"
                data-min=(min) data-max=(max) data-step=(step);
            @if !unit.is_empty() { span class="unit" aria-hidden="true" { (unit) } }
        }
        p id="range" class="soft" { "From " (number(min)) " to " (number(max)) "." (steps) }
    }
}

fn order(items: &[String], from: &str, to: &str) -> Markup {
    html! {
        p class="soft" { "Move them with the arrows." }
        @if !from.is_empty() { p class="end" { "Top: " (from) } }
        ol class="rows" id="order" {
            @for (index, item) in items.iter().enumerate() {
                li data-item=(index) {
                    span class="text" { (item) }
                    button type="button" data-move="-1" aria-label={ "Move up: " (item) } { "↑" }
                    button type="button" data-move="1" aria-label={ "Move down: " (item) } { "↓" }
                }
            }
        }
        @if !to.is_empty() { p class="end" { "Bottom: " (to) } }
    }
}

fn pairs(left: &[String], right: &[String]) -> Markup {
    html! {
        div id="pairs" {
            @for (index, item) in left.iter().enumerate() {
                p class="pair" {
                    label for={ "pair" (index) } { (item) }
                    select id={ "pair" (index) } name="pair" {
                        option value="" { "Choose…" }
                        @for (value, partner) in right.iter().enumerate() { option value=(value) { (partner) } }
                    }
                }
            }
        }
    }
}

fn text(max_chars: u16) -> Markup {
    html! {
        label for="text" { "Your answer" }
        input id="text" name="text" type="text" maxlength=(max_chars) autocapitalize="off" autocorrect="off" spellcheck="false" aria-describedby="rule wrong";
        p id="rule" class="soft" { "Capitals and accents don’t matter. At most " (grouped(u64::from(max_chars))) " characters." }
    }
}

/// What there is to answer with, to read and to talk about.
pub(super) fn options(ask: &Ask) -> Markup {
    html! {
        @match ask {
            Ask::Choice { options } | Ask::MultiChoice { options } => { (listed(options)) }
            Ask::TrueFalse => { ul class="options" { li class="t0" data-option="true" { (face(0)) span class="text" { "True" } (yours()) } li class="t1" data-option="false" { (face(1)) span class="text" { "False" } (yours()) } } }
            Ask::Number { unit, min, max, .. } => { p class="soft" { "A number from " (number(*min)) " to " (number(*max)) @if !unit.is_empty() { " (" (unit) ")" } "." } }
            Ask::Order { items, from, to } => {
                @if !from.is_empty() || !to.is_empty() { p class="soft" { "From " (from) " to " (to) "." } }
                ul class="rows" { @for item in items { li { span class="text" { (item) } } } }
            }
            Ask::Match { left, right } => {
                div class="two" {
                    ul class="rows" { @for item in left { li { span class="text" { (item) } } } }
                    ul class="rows" { @for item in right { li { span class="text" { (item) } } } }
                }
            }
            Ask::Text { .. } => { p class="soft" { "A word or a name, typed." } }
        }
    }
}

fn listed(options: &[String]) -> Markup {
    html! {
        ul class="options" {
            @for (index, option) in options.iter().enumerate() {
                li class={ "t" (index) } data-option=(index) { (face(index)) span class="text" { (option) } (yours()) }
            }
        }
    }
}

/// The script shows it at what this player chose.
pub(super) fn yours() -> Markup {
    html! { span class="yours" hidden { "Your answer" } }
}
