//! The teacher's own phone. Its buttons stay in the document, so that none of them moves under a thumb; a page says which of them do
//! something now. No answer stands by a name here either.

use maud::{Markup, html};

use super::{Facts, pause, told, words};
use crate::classroom::protocol::PageKind;
use crate::quiz::{Tally, View};
use crate::rules::offer_revote;

/// So many names go to a phone at most; the computer has them all.
const ROLL: usize = 400;

/// Everything that can be pressed, in the document.
pub(super) fn controls() -> Markup {
    html! {
        p id="count" class="count" {}
        p id="done" class="wrong" {}
        div class="keys" {
            button id="next" class="main" data-order="next" aria-disabled="true" { "Next" }
            button data-order="reveal" aria-disabled="true" { "Show the answer" }
            button data-order="close" hidden { "Close, let them talk" }
            button data-order="revote" hidden { "Vote again" }
            button id="pause" data-order="pause" aria-disabled="true" { "Pause" }
            button data-order="skip" aria-disabled="true" { "Skip" }
            button id="lock" data-order="lock" { "Lock the room" }
            button id="kick" type="button" { "Take out…" }
            button id="end" type="button" { "End the class…" }
        }
        dialog id="who" aria-labelledby="who-title" {
            h2 id="who-title" { "Who is to leave?" }
            ul id="people" class="people" {}
            p id="nobody" { "Nobody has joined." }
            button type="button" class="cancel" { "Nobody" }
        }
        dialog id="sure" aria-labelledby="sure-title" {
            h2 id="sure-title" {}
            p id="sure-say" {}
            button type="button" class="cancel main" { "Cancel" }
            button type="button" id="yes" {}
        }
    }
}

pub(super) fn page(kind: PageKind, view: &View, facts: &Facts) -> Markup {
    let shown = &view.shown;
    let progress = &shown.progress;
    let (can, next) = orders(kind, facts);
    html! {
        div id="can" hidden data-can=(can) data-next=(next) data-paused=[view.paused.map(|_| "")] {}
        ul id="roll" hidden { @for player in shown.players.iter().take(ROLL) { li data-player=(player.player) { (player.name) } } }
        p class="top" { span { "Room " (facts.code) } span { (words::place(progress).trim_end_matches('.')) } }
        @match (kind, &shown.question) {
            (PageKind::Lobby, _) => { h1 tabindex="-1" { "Lobby" } p { b { (shown.bank) } ", " (words::many(u64::from(progress.questions), "question", "questions")) } }
            (PageKind::Intro, _) => { h1 tabindex="-1" { "Round " (progress.round) ": " (shown.intro.as_ref().map_or("", |intro| &intro.title)) } }
            (PageKind::Held, Some(question)) => { h1 tabindex="-1" { (question.stem) } (talk(view.held.as_deref())) (key(view)) }
            (PageKind::Asking, Some(question)) => { h1 tabindex="-1" { (question.stem) } (key(view)) }
            (PageKind::Feedback, Some(question)) => {
                h1 tabindex="-1" { (question.stem) }
                @if shown.uncounted { p class="note" { "This question counts for nobody." } }
                @if let Some(reveal) = &shown.reveal { (told::answer(question, reveal, shown.tally.as_deref(), false)) }
            }
            (PageKind::Standings, _) => { h1 tabindex="-1" { "Standings" } }
            (PageKind::Finished, _) => { h1 tabindex="-1" { "The class is over" } p { "The report is saved at the teacher’s computer." } }
            _ => { h1 tabindex="-1" { "Paused" } p { (if view.paused == Some(crate::quiz::PauseReason::Teacher) { "You have paused the class." } else { pause(view.paused) }) } }
        }
    }
}

/// Which orders do something now, and what Next is called.
const fn orders(kind: PageKind, facts: &Facts) -> (&'static str, &'static str) {
    match kind {
        PageKind::Lobby => ("next lock end", "Start"),
        PageKind::Intro => ("next pause lock end", "First question"),
        PageKind::Asking if facts.talk => ("reveal close pause skip lock end", "Next"),
        PageKind::Asking => ("reveal pause skip lock end", "Next"),
        PageKind::Held => ("next revote pause skip lock end", "Show the answer"),
        PageKind::Feedback | PageKind::Standings => ("next pause lock end", "Next"),
        PageKind::Finished => ("", "Next"),
        PageKind::Paused => ("pause lock end", "Next"),
    }
}

/// Closed by default: students see this phone too.
fn key(view: &View) -> Markup {
    html! {
        @if let Some(reveal) = &view.host {
            details { summary { "What is right?" } p { b { (reveal.key_text) } } p { (reveal.explanation) } }
        }
    }
}

fn talk(tally: Option<&Tally>) -> Markup {
    html! {
        @if let Some(tally) = tally {
            p class="big" { (tally.right) " of " (tally.answers) " right (" (words::percent(tally.right, tally.answers)) ")" }
            p { @if offer_revote(tally.right, tally.answers) { "Let them talk to a neighbour, then vote again." } @else { "Few would learn from a talk: show the answer." } }
        }
    }
}
