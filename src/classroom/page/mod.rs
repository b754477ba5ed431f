//! Pages for browsers: HTML from views, and nothing that a view does not hold. May use `quiz` and `rules`.
//!
//! [`page`] makes what everybody sees and is rendered once for all; [`mine`] makes one player's own part. Every string is escaped.

use maud::{DOCTYPE, html};

use super::protocol::{Mine, Page, PageKind, Role, Why};
use crate::quiz::{Ask, Stage, View, words};

/// Files that the pages ask for: path, type, bytes.
pub const FILES: &[(&str, &str, &[u8])] = &[
    ("/class.js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/class/class.js")),
    ("/class.css", "text/css; charset=utf-8", include_bytes!("../../../assets/class/class.css")),
];

/// The document that a browser loads: a place for pages, and the script that fills it. `code` is in the link that was opened, if any.
#[must_use]
pub fn document(role: Role, code: Option<&str>) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Roundtable" }
                link rel="stylesheet" href="/class.css";
                script src="/class.js" defer {}
            }
            body data-role=(role_word(role)) data-code=(code.unwrap_or_default()) {
                main id="page" {
                    @if role == Role::Player {
                        form id="door" {
                            label for="code" { "Room code" }
                            input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="7" value=(code.unwrap_or_default());
                            button { "Join" }
                        }
                    }
                }
                p id="say" role="status" aria-live="polite" {}
                noscript { "This page needs JavaScript, which your browser has switched off." }
            }
        }
    }
    .into_string()
}

const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Player => "player",
        Role::Projector => "projector",
        Role::Remote => "remote",
        Role::Host => "host",
    }
}

/// What the page of a view shows.
#[must_use]
pub fn kind(view: &View) -> PageKind {
    match view.stage {
        _ if view.paused.is_some() => PageKind::Paused,
        Stage::Lobby => PageKind::Lobby,
        Stage::RoundIntro => PageKind::Intro,
        Stage::Asking if view.shown.held => PageKind::Held,
        Stage::Asking => PageKind::Asking,
        Stage::Feedback => PageKind::Feedback,
        Stage::Standings => PageKind::Standings,
        Stage::Finished => PageKind::Finished,
    }
}

/// The page of a role: the same bytes for everybody who has it. `view` is the projector's, or the host's for remote and host, so that
/// nothing of one player can get into it.
#[must_use]
pub fn page(role: Role, view: &View) -> Page {
    let kind = kind(view);
    let shown = &view.shown;
    let say = match kind {
        PageKind::Lobby => "You are in. Wait for your teacher to start.".to_owned(),
        PageKind::Intro => shown.intro.as_ref().map_or_else(String::new, |intro| intro.title.clone()),
        PageKind::Asking => shown.question.as_ref().map_or_else(String::new, |question| question.stem.clone()),
        PageKind::Held => "Talk to your neighbour.".to_owned(),
        PageKind::Feedback => shown.reveal.as_ref().map_or_else(String::new, |reveal| reveal.key_text.clone()),
        PageKind::Standings => "Standings.".to_owned(),
        PageKind::Finished => "The class is over.".to_owned(),
        PageKind::Paused => "Paused.".to_owned(),
    };
    let html = html! {
        h1 { (say) }
        @if let (Some(question), true) = (&shown.question, kind == PageKind::Feedback) { p { (question.stem) } }
        @if let (Some(question), PageKind::Asking, Role::Player) = (&shown.question, kind, role) {
            form id="answer" data-kind=(format!("{:?}", question.ask.kind())) {
                @match &question.ask {
                    Ask::Choice { options } | Ask::MultiChoice { options } => {
                        @for (index, option) in options.iter().enumerate() { button name="option" value=(index) { (option) } }
                    }
                    Ask::TrueFalse => { button name="option" value="true" { "True" } button name="option" value="false" { "False" } }
                    _ => { p { "Answer on the big screen." } }
                }
            }
        }
        @if let Some(reveal) = &shown.reveal { p { (reveal.explanation) } }
        @if role != Role::Remote && !shown.standings.is_empty() {
            ol { @for row in shown.standings.iter().take(10) { li value=(row.place) { (row.name) " " (row.points) } } }
        }
        div id="mine" {}
    }
    .into_string();
    let (left_ms, limit_ms) = view.timer.map_or((None, None), |timer| (Some(timer.left_ms), Some(timer.limit_ms)));
    Page { kind, question: shown.question.as_ref().map(|question| question.number), left_ms, limit_ms, say, html }
}

/// A player's own part of the page; `view` is that player's.
#[must_use]
pub fn mine(view: &View) -> Mine {
    let kind = kind(view);
    let question = view.shown.question.as_ref();
    let Some(you) = &view.you else {
        return Mine { question: None, answered: false, say: String::new(), html: String::new() };
    };
    let given = you.answer.as_ref().zip(question).map(|(given, question)| words(&question.ask, &given.answer));
    let answered = kind == PageKind::Asking && you.answer.as_ref().is_some_and(|given| given.received);
    let say = match &you.verdict {
        Some(verdict) if verdict.credit.0 == 1000 => format!("Right. {} points.", verdict.points),
        Some(verdict) if verdict.credit.0 > 0 => format!("Partly right. {} points.", verdict.points),
        Some(_) => "Not this time.".to_owned(),
        None => String::new(),
    };
    let html = html! {
        p { (you.name) }
        @if let Some(given) = given { p { "You chose " (given) "." } }
        @if !say.is_empty() { p { (say) } }
    }
    .into_string();
    Mine { question: question.map(|question| question.number), answered, say, html }
}

/// A reason in a sentence, with the next step.
#[must_use]
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Malformed => "The page sent something that the class does not understand. Reload the page.",
        Why::NotSeated => "Join first.",
        Why::AlreadySeated => "You are in already.",
        Why::NotAllowed => "This is for the teacher.",
        Why::WrongCode => "No class has this code. Look at the big screen and try again.",
        Why::SlowDown => "There were too many wrong codes. Wait a minute, then try again.",
        Why::Locked => "The class is locked. Ask your teacher to let you in.",
        Why::Full => "Every seat is taken. Ask your teacher.",
        Why::Begun => "The class has begun, and nobody can join any more. Ask your teacher.",
        Why::NameTaken => "Somebody has this name. Choose another one.",
        Why::BadName => "This name cannot be used. Choose another one.",
        Why::NoOwnNames => "Choose one of the names on offer.",
        Why::UnknownToken => "This seat is not in the class any more. Join again with the code.",
        Why::Kicked => "Your teacher has taken you out of the class.",
        Why::TooLate => "Too late: the question had closed.",
        Why::WrongQuestion => "This question is not open.",
        Why::AlreadyAnswered => "You have answered already; your first answer counts.",
        Why::NotYourTurn => "It is somebody else's turn.",
        Why::Paused => "The class is paused.",
        Why::BadAnswer => "This answer does not fit the question.",
        Why::NotNow => "Not possible now.",
        Why::NoSuchPlayer => "Nobody sits there.",
        Why::Nothing => "There is nothing to change.",
        Why::TooLong => "The page sent too much.",
        Why::Flood => "The page sent too many messages. Reload it.",
        Why::Silent => "The connection was silent for too long.",
        Why::SlowReader => "The connection is too slow.",
        Why::Elsewhere => "You have opened the class on another page.",
        Why::Ended => "The class is over.",
        Why::Stopping => "The class stops for a moment.",
        Why::Busy => "There are too many connections. Try again in a minute.",
    }
}
