//! The big screen: what everybody may see, large. Never a name beside an answer. Rings and bars are CSS; the script hands it their
//! numbers (`data-share`, `data-seats`), for the pages' policy lets no style stand in HTML.

use maud::{Markup, PreEscaped, html};
use qrcodegen::{QrCode, QrCodeEcc};

use super::{Facts, ask, pause, told, words};
use crate::classroom::protocol::PageKind;
use crate::quiz::{Ask, PauseReason, QuestionView, Ring, StandingRow, View, number};
use crate::rules::Scoring;

/// So many names stand in the lobby's ring; the rest is a number.
const NAMES: usize = 9;
/// Columns of the podium.
const COLUMNS: usize = 8;
/// Rows of the table.
const TABLE: usize = 10;

pub(super) fn page(kind: PageKind, view: &View, facts: &Facts) -> Markup {
    let shown = &view.shown;
    html! {
        @if kind != PageKind::Lobby && kind != PageKind::Finished {
            p class="top" { span class="pill" { "Room " b { (facts.code) } } span { (words::place(&shown.progress).trim_end_matches('.')) } }
        }
        @match (kind, &shown.question) {
            (PageKind::Lobby, _) => { (lobby(view, facts)) }
            (PageKind::Intro, _) => {
                @if let Some(intro) = &shown.intro {
                    div class="middle" {
                        p class="gold" { "Round " (shown.progress.round) " of " (shown.progress.rounds) }
                        h1 { (intro.title) }
                        @if !intro.about.is_empty() { p { (intro.about) } }
                        p class="soft" { (words::many(u64::from(intro.questions), "question", "questions")) @if let Some((least, most)) = intro.seconds { ", " (super::student::seconds(least, most)) } }
                        p class="soft" { (super::student::kinds(&intro.kinds)) }
                    }
                }
            }
            (PageKind::Asking, Some(question)) => { (asking(view, question)) }
            (PageKind::Held, Some(question)) => {
                div class="head" { h1 { (question.stem) } p class="talk" { "Talk to your neighbour" } }
                (choices(&question.ask))
            }
            (PageKind::Feedback, Some(question)) => {
                h1 { (question.stem) }
                @if shown.uncounted { p class="note" { "This question counts for nobody." } }
                @if let Some(reveal) = &shown.reveal {
                    div class="split" {
                        div { (told::answer(question, reveal, shown.tally.as_deref(), true)) }
                        div { (told::reason(reveal)) @if let Some(note) = told::popular_mistake(reveal, shown.tally.as_deref()) { (note) } }
                    }
                }
            }
            (PageKind::Standings, _) => {
                @if let Some(goal) = &shown.goal { (together(goal)) } @else { h1 { "Standings" } (table(&shown.standings, 0)) }
            }
            (PageKind::Finished, _) => { (finished(view)) }
            _ => {
                div class="middle" {
                    h1 { @if view.paused == Some(PauseReason::Restarted) { "The class is coming back" } @else { "Paused" } }
                    p { (pause(view.paused)) }
                    @if let Some(timer) = view.timer { p class="soft" { (words::many(timer.left_ms.div_ceil(1000), "second is", "seconds are")) " left." } }
                }
            }
        }
    }
}

/// A ring of seats, so many of them taken.
fn ring(seats: usize, share: u64, inside: &Markup) -> Markup {
    html! { div class="ring" data-seats=(seats.clamp(8, 60)) data-share=(share) { div { (inside) } } }
}

/// How far everybody has come together, as the ring of the class.
fn together(goal: &Ring) -> Markup {
    html! {
        div class="together" {
            div { h1 { @if goal.reached { "Reached, together!" } @else { "Together" } } p { (words::goal(goal.goal)) } }
            (ring(60, u64::from(goal.filled), &html! { b class="huge" { (words::tenths(goal.filled)) } p class="soft" { "of the seats are filled" } }))
        }
    }
}

fn lobby(view: &View, facts: &Facts) -> Markup {
    let players = &view.shown.players;
    let seats = players.len().next_multiple_of(8).max(32);
    let names: Vec<&str> = players.iter().take(NAMES).map(|player| player.name.as_str()).collect();
    let taken = u32::try_from(players.len()).unwrap_or(u32::MAX);
    html! {
        div class="lobby" {
            div {
                p class="gold" { "On your phone or laptop, scan or open" }
                h1 class="address" { (facts.places.first().map_or("this computer has no network", String::as_str)) }
                @if facts.places.len() > 1 { p class="soft" { "or " (facts.places[1..].join(", ")) } }
                div class="code" {
                    @if !facts.link.is_empty() { div class="qr" { (qr(&facts.link)) } }
                    p { span class="soft" { "and enter" } br; b { (facts.code) } }
                }
                div class="panel" {
                    p { b { (view.shown.bank) } " · " (words::many(u64::from(view.shown.progress.questions), "question", "questions")) " · "
                        (match facts.scoring { Scoring::Accuracy => "only right answers count", Scoring::Speed => "faster is worth more" }) }
                    p class="soft" { "Answers are saved at this computer; nothing goes to the internet." }
                    @if let Some(goal) = &view.shown.goal { p { (words::goal(goal.goal)) } }
                    @if facts.locked { p class="note" { "The room is locked: nobody new can join." } }
                }
            }
            (ring(seats, words::share(taken, u32::try_from(seats).unwrap_or(u32::MAX)), &html! {
                b class="huge" { (taken) }
                p class="soft" { "at the table" }
                p class="names" { (names.join(" · ")) @if players.len() > NAMES { " …" } }
            }))
        }
    }
}

/// A QR code with its quiet zone, as one path.
fn qr(link: &str) -> Markup {
    use std::fmt::Write as _;
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Medium) else { return html! {} };
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
    }
    let size = code.size() + 8;
    html! {
        svg viewBox={ "-4 -4 " (size) " " (size) } role="img" aria-label="QR code with the address" shape-rendering="crispEdges" {
            (PreEscaped(format!("<path d=\"{path}\"/>")))
        }
    }
}

fn asking(view: &View, question: &QuestionView) -> Markup {
    let shown = &view.shown;
    html! {
        div class="head" {
            h1 { (question.stem) }
            (ring(shown.expected as usize, words::share(shown.answered, shown.expected), &html! {
                b class="huge" id="answered" { (shown.answered) }
                p class="soft" { "of " span id="expected" { (shown.expected) } " answered" }
            }))
        }
        (choices(&question.ask))
        div id="clock" hidden { div class="bar" { div id="time" {} } span id="left" {} }
    }
}

/// What there is to answer with, as tiles in two columns.
fn choices(question: &Ask) -> Markup {
    html! {
        p class="soft how" { (ask::how(question))
            @if let Ask::Number { unit, min, max, .. } = question { " From " (number(*min)) " to " (number(*max)) " " (unit) "." }
        }
        @match question {
            Ask::Number { .. } | Ask::Text { .. } => {}
            _ => { (ask::options(question)) }
        }
    }
}

fn table(rows: &[StandingRow], skip: usize) -> Markup {
    html! {
        @if rows.len() > skip {
            ol class="table" {
                @for row in rows.iter().skip(skip).take(TABLE - skip) {
                    li { b { (row.place) } span class="text" { (row.name) } span class="points" { (words::grouped(u64::from(row.points))) } }
                }
            }
        }
    }
}

/// Columns as high as the scores; the first stands in the middle.
fn finished(view: &View) -> Markup {
    let rows = &view.shown.standings;
    if let Some(goal) = &view.shown.goal {
        return html! { p class="gold" { (view.shown.bank) @if view.shown.abandoned { " · ended early" } } (together(goal)) };
    }
    let best = rows.first().map_or(0, |row| row.points);
    let winners: Vec<&StandingRow> = rows.iter().filter(|row| row.place == 1 && row.points > 0).collect();
    let mut columns: Vec<(usize, &StandingRow)> = Vec::new();
    for (index, row) in rows.iter().take(if rows.len() > COLUMNS { 3 } else { COLUMNS }).enumerate() {
        if index % 2 == 1 { columns.insert(0, (index, row)) } else { columns.push((index, row)) }
    }
    html! {
        p class="gold" { (view.shown.bank) @if view.shown.abandoned { " · ended early" } }
        h1 {
            @match winners.as_slice() {
                [] => { "Well played, everyone!" }
                [one] => { (one.name) " wins. Well played, everyone!" }
                [one, other] => { (one.name) " and " (other.name) " win. Well played, everyone!" }
                more => { (more.len()) " share the first place. Well played, everyone!" }
            }
        }
        @if !rows.is_empty() {
            div class={ "final" @if rows.len() > COLUMNS { " long" } } {
                ol class="podium" {
                    @for (index, row) in &columns {
                        li class={ "t" (index) } data-share=(words::share(row.points, best.max(1))) {
                            span class="who" { (row.name) }
                            div { span class="shape" {} b { (row.place) } span { (words::grouped(u64::from(row.points))) } }
                        }
                    }
                }
                @if rows.len() > COLUMNS { (table(rows, 3)) }
            }
        }
    }
}
