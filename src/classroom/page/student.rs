//! A phone's pages: the same for every student. What is one student's own goes into the element `mine`.

use maud::{Markup, html};

use super::{Facts, ask, pause, told, words};
use crate::bank::Kind;
use crate::classroom::protocol::PageKind;
use crate::quiz::{PauseReason, QuestionView, Ring, RoundIntro, StandingRow, View};
use crate::rules::Scoring;

/// The table ends here; one's own place is always told.
const TABLE: usize = 10;

pub(super) fn page(kind: PageKind, view: &View, facts: &Facts) -> Markup {
    let shown = &view.shown;
    html! {
        p class="top" { span data-name {} span { (words::place(&shown.progress).trim_end_matches('.')) } }
        @match (kind, &shown.question) {
            (PageKind::Lobby, _) => { (lobby(view, facts)) }
            (PageKind::Intro, _) => { @if let Some(intro) = &shown.intro { (round(view, intro)) } }
            (PageKind::Asking, Some(question)) => { (asking(question)) }
            (PageKind::Held, Some(question)) => {
                h1 id="stem" tabindex="-1" { (question.stem) }
                section class="panel talk" { h2 { "Talk to your neighbour" } p { "Which answer is right, and why? Your teacher goes on when you are ready." } }
                div id="mine" {}
                (ask::options(&question.ask))
            }
            (PageKind::Feedback, Some(question)) => {
                div id="mine" {}
                h1 id="stem" class="stem" tabindex="-1" { (question.stem) }
                @if shown.uncounted { p class="note" { "This question counts for nobody." } }
                @if let Some(reveal) = &shown.reveal {
                    (told::answer(question, reveal, shown.tally.as_deref(), false))
                    (told::reason(reveal))
                }
                (wait())
            }
            (PageKind::Standings, _) => {
                h1 tabindex="-1" { @if shown.goal.is_some() { "Together" } @else { "Standings" } }
                @if let Some(ring) = &shown.goal { (together(ring)) }
                div id="mine" {}
                (table(&shown.standings))
                (wait())
            }
            (PageKind::Finished, _) => {
                h1 tabindex="-1" { "That was the class" }
                p { (shown.bank) @if shown.abandoned { ", ended early" } }
                @if let Some(ring) = &shown.goal { (together(ring)) }
                div id="mine" {}
                (table(&shown.standings))
            }
            _ => { (paused(view)) }
        }
    }
}

/// How far everybody has come together.
fn together(ring: &Ring) -> Markup {
    html! {
        section class="panel" {
            p class="big" { (words::tenths(ring.filled)) " of the seats are filled" }
            p { (words::goal(ring.goal)) @if ring.reached { b { " Reached!" } } }
        }
    }
}

fn wait() -> Markup {
    html! { p class="soft centre" { "Wait for your teacher to continue." } }
}

fn lobby(view: &View, facts: &Facts) -> Markup {
    html! {
        h1 tabindex="-1" { "You are in" }
        div class="badge" { span class="icon seats" aria-hidden="true" {} p class="big" data-name {} }
        div id="mine" {}
        p { "Wait for your teacher to start." }
        p class="soft" {
            b { (view.shown.bank) } ", " (words::many(u64::from(view.shown.progress.questions), "question", "questions")) ". "
            @match facts.scoring {
                Scoring::Accuracy => { "Take your time: only right answers count." }
                Scoring::Speed => { "Faster is worth more." }
            }
        }
        @if let Some(ring) = &view.shown.goal { p { (words::goal(ring.goal)) } }
        p class="soft" { "You can close this page and come back: your seat is kept." }
    }
}

fn round(view: &View, intro: &RoundIntro) -> Markup {
    let progress = &view.shown.progress;
    html! {
        p class="soft" { "Round " (progress.round) " of " (progress.rounds) }
        h1 tabindex="-1" { (intro.title) }
        @if !intro.about.is_empty() { p { (intro.about) } }
        p { (words::many(u64::from(intro.questions), "question", "questions")) @if let Some((least, most)) = intro.seconds { ", " (seconds(least, most)) } "." }
        p class="soft" { (kinds(&intro.kinds)) }
        div id="mine" {}
        p class="soft" { "Your teacher opens the first question." }
    }
}

/// How long each question of a round lasts.
pub(super) fn seconds(least: u64, most: u64) -> String {
    if least == most { format!("{least} seconds each") } else { format!("{least} to {most} seconds each") }
}

/// Which kinds a round has, as a sentence.
pub(super) fn kinds(kinds: &[Kind]) -> String {
    let names: Vec<&str> = kinds
        .iter()
        .map(|kind| match kind {
            Kind::Choice => "choose one",
            Kind::MultiChoice => "choose all that apply",
            Kind::TrueFalse => "true or false",
            Kind::Number => "write a number",
            Kind::Order => "put in order",
            Kind::Match => "match pairs",
            Kind::Text => "write a word",
        })
        .collect();
    let line = names.join(", ");
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// The clock and all texts of `fate` are the script's.
fn asking(question: &QuestionView) -> Markup {
    html! {
        h1 id="stem" tabindex="-1" { (question.stem) }
        div id="mine" {}
        div id="clock" hidden aria-hidden="true" { div class="bar" { div id="time" {} } span id="left" {} }
        section id="fate" hidden {
            div class="icon" aria-hidden="true" {}
            h2 tabindex="-1" {}
            p id="fate-say" {}
            fieldset id="sure" hidden {
                legend { "How sure were you?" }
                button type="button" value="Sure" aria-pressed="false" { "Sure" }
                button type="button" value="Guessed" aria-pressed="false" { "Guessed" }
            }
        }
        (ask::form(question))
    }
}

fn paused(view: &View) -> Markup {
    let back = view.paused == Some(PauseReason::Restarted);
    html! {
        h1 tabindex="-1" { @if back { "The class is coming back" } @else { "Paused" } }
        p { (pause(view.paused)) " " @if back { "Your teacher continues in a moment." } }
        @if let Some(timer) = view.timer {
            p { (words::many(timer.left_ms.div_ceil(1000), "second is", "seconds are")) " left for the question." }
        }
        p id="status" class="soft" {}
        div id="mine" {}
    }
}

fn table(rows: &[StandingRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            table class="table" {
                caption class="unseen" { "The first " (rows.len().min(TABLE)) }
                thead class="unseen" { tr { th scope="col" { "Place" } th scope="col" { "Name" } th scope="col" { "Points" } } }
                tbody {
                    @for row in rows.iter().take(TABLE) {
                        tr data-player=(row.player) { td { (row.place) } td { (row.name) } td class="points" { (words::grouped(u64::from(row.points))) } }
                    }
                }
            }
        }
    }
}
