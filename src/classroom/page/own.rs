//! What concerns one player alone: the verdict, the place, what to look at again.

use maud::{Markup, html};

use super::{kind, words};
use crate::classroom::protocol::{Mine, PageKind};
use crate::quiz::{Given, QuestionView, Verdict, View, You};
use crate::rules::{Answer, Credit};

/// How many questions to review are told: a phone gets a few kilobytes, not a book.
const REVIEWS: usize = 10;

/// A player's own part of the page; `view` is that player's.
#[must_use]
pub fn mine(view: &View) -> Mine {
    let kind = kind(view);
    let question = view.shown.question.as_deref();
    let number = question.map(|question| question.number);
    let Some(you) = &view.you else {
        return Mine { question: None, answered: false, say: String::new(), html: String::new() };
    };
    let answered = kind == PageKind::Asking && you.answer.as_ref().is_some_and(|given| given.received);
    let (say, html) = match kind {
        PageKind::Feedback => feedback(view, you, question),
        PageKind::Standings => (place_said(you), html! { (late(you)) (place(you)) }),
        PageKind::Finished => (place_said(you), html! { (late(you)) (place(you)) (result(you)) }),
        PageKind::Asking | PageKind::Held | PageKind::Paused => {
            let given = you.answer.as_ref().zip(question);
            let say = if you.joined > 0 && given.is_none() { joined(you) } else { String::new() };
            (say, html! { (late(you)) @if let Some((given, question)) = given { (chosen(question, given)) } })
        }
        PageKind::Lobby | PageKind::Intro => (String::new(), late(you)),
    };
    Mine { question: number, answered, say, html: html.into_string() }
}

fn joined(you: &You) -> String {
    format!("You joined at question {}.", you.joined)
}

fn late(you: &You) -> Markup {
    html! { @if you.joined > 0 { p class="soft" { (joined(you)) " What was asked before does not count for you." } } }
}

/// What was chosen, in words, and for the script: which options, how sure.
fn chosen(question: &QuestionView, given: &Given) -> Markup {
    let options = match &given.answer {
        Answer::Choice(index) => index.to_string(),
        Answer::MultiChoice(ticked) => ticked.iter().map(u8::to_string).collect::<Vec<_>>().join(" "),
        Answer::TrueFalse(holds) => holds.to_string(),
        _ => String::new(),
    };
    let sure = given.sure.map(|sure| format!("{sure:?}"));
    html! { p data-chosen=(options) data-sure=[sure] { "Your answer: " b { (words::given(&question.ask, &given.answer)) } } }
}

fn feedback(view: &View, you: &You, question: Option<&QuestionView>) -> (String, Markup) {
    let (look, word) = match &you.verdict {
        None => ("none", if view.shown.uncounted { "Not counted" } else { "Not counted for you" }),
        Some(_) if you.answer.is_none() => ("none", "No answer"),
        Some(Verdict { credit, .. }) if *credit == Credit::FULL => ("right", "Right"),
        Some(Verdict { credit, .. }) if *credit > Credit::NONE => ("partly", "Partly right"),
        Some(_) => ("not", "Not this time"),
    };
    let points = you.verdict.as_ref().map_or(0, |verdict| verdict.points);
    let earned = words::many(u64::from(points), "point", "points");
    let say = if points > 0 { format!("{word}. {earned}.") } else { format!("{word}.") };
    let note = you.verdict.as_ref().and_then(|verdict| verdict.note.as_deref());
    let html = html! {
        div class={ "verdict " (look) } {
            span class="icon" aria-hidden="true" {}
            div { h2 { (word) } @if points > 0 { p class="soft" { "+" (words::grouped(u64::from(points))) @if you.streak > 1 { " · " (you.streak) " in a row" } } } }
        }
        @if let Some((given, question)) = you.answer.as_ref().zip(question) { (chosen(question, given)) }
        @if let Some(note) = note { p class="note" { (note) } }
        (place(you))
    };
    (say, html)
}

fn place_said(you: &You) -> String {
    if you.place == 0 {
        String::new()
    } else {
        format!("You have {}.", words::many(u64::from(you.points), "point", "points"))
    }
}

/// The place, which can be hidden: what is nobody's business is not even on the own screen.
fn place(you: &You) -> Markup {
    html! {
        @if you.place > 0 {
            div class="panel place" {
                p {
                    span class="soft" { "Your place" }
                    b class="where" { (words::ordinal(you.place)) }
                    b class="hidden-where" { "hidden" }
                    button type="button" id="hide" class="quiet" { "Hide my place" }
                }
                p { span class="soft" { "Points" } b { (words::grouped(u64::from(you.points))) } }
            }
        }
    }
}

fn result(you: &You) -> Markup {
    let counted: u32 = you.rounds.iter().map(|round| round.counted).sum();
    let missed = you.review.len();
    html! {
        p class="big" { (words::credit(you.credit)) " of " (counted) " right" }
        @if you.rounds.len() > 1 {
            ul class="rows" {
                @for round in you.rounds.iter() {
                    li { span class="text" { (round.title) } b { (words::credit(round.credit)) " of " (round.counted) } }
                }
            }
        }
        @if missed > 0 {
            h2 { "Questions to review" }
            @for review in you.review.iter().take(REVIEWS) {
                details {
                    summary { (review.stem) }
                    p { "Right answer: " b { (review.key_text) } }
                    @if let Some(yours) = &review.yours { p class="soft" { "Your answer: " (yours) } }
                    @if let Some(note) = &review.note { p { (note) } }
                    p { (review.explanation) }
                }
            }
            @if missed > REVIEWS { p class="soft" { "and " (missed - REVIEWS) " more" } }
        }
    }
}
