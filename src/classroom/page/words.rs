//! Sentences of the pages.

use crate::classroom::protocol::Why;
use crate::quiz::{Ask, Goal, Progress, SourceView, words};
use crate::rules::Answer;

/// `1 question`, `2 questions`.
pub(super) fn many(count: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { more })
}

/// Thousands set apart: `1,000`.
pub(super) fn grouped(count: u64) -> String {
    let plain = count.to_string();
    let mut text = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1st`, `22nd`, `113th`.
pub(super) fn ordinal(place: u32) -> String {
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// Where the match is: `Question 3 of 20.`
pub(super) fn place(progress: &Progress) -> String {
    if progress.question == 0 {
        String::new()
    } else {
        format!("Question {} of {}.", progress.question, progress.questions)
    }
}

/// Whole questions and halves; other shares with one decimal: `15½`.
pub(super) fn credit(thousandths: u32) -> String {
    let whole = thousandths / 1000;
    match thousandths % 1000 {
        0 => whole.to_string(),
        500 if whole == 0 => "½".to_owned(),
        500 => format!("{whole}½"),
        _ => format!("{:.1}", f64::from(thousandths) / 1000.0),
    }
}

/// A share of a whole as `42 %`; nothing of nothing is `0 %`.
pub(super) fn percent(part: u32, whole: u32) -> String {
    format!("{} %", (u64::from(part) * 200 + u64::from(whole)).checked_div(u64::from(whole) * 2).unwrap_or(0))
}

/// A share of a whole in thousandths.
pub(super) fn share(part: u32, whole: u32) -> u64 {
    (u64::from(part) * 1000).checked_div(u64::from(whole)).unwrap_or(0).min(1000)
}

/// An answer in words, ready for "You chose …".
pub(super) fn given(ask: &Ask, answer: &Answer) -> String {
    let text = words(ask, answer);
    if text.is_empty() { "nothing".to_owned() } else { text }
}

/// What everybody plays for together.
pub(super) fn goal(goal: Goal) -> String {
    match goal {
        Goal::Fill(share) => format!("Fill {} of the seats together.", tenths(share)),
        Goal::Beat(last) => format!("Fill more than {} of the seats together: that was the last lesson.", tenths(last)),
    }
}

/// Thousandths as a percentage, with a decimal where there is one to tell.
pub(super) fn tenths(share: u16) -> String {
    if share.is_multiple_of(10) { format!("{} %", share / 10) } else { format!("{}.{} %", share / 10, share % 10) }
}

/// Where to check a key, as one line.
pub(super) fn source(source: &SourceView, as_of: Option<&str>) -> String {
    let mut line = source.document.clone();
    if !source.section.is_empty() {
        line = format!("{line}, {}", source.section);
    }
    match as_of {
        Some(date) => format!("{line} (as of {date})"),
        None => line,
    }
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
        Why::Locked => "The class is locked. Ask your teacher to unlock it, then try again.",
        Why::Full => "Every seat is taken. Ask your teacher.",
        Why::Begun => "The class has begun, and nobody can join any more. Ask your teacher.",
        Why::NameTaken => "Somebody has this name. Choose another one.",
        Why::BadName => "This name cannot be used. Choose another one.",
        Why::NoOwnNames => "Choose one of the names on offer.",
        Why::UnknownToken => "This seat is not in the class any more. Join again with the code.",
        Why::Kicked => "Your teacher has taken you out of the class. Talk to your teacher if that was a mistake.",
        Why::TooLate => "Too late: the question had closed.",
        Why::WrongQuestion => "This question is not open.",
        Why::AlreadyAnswered => "You have answered already; your first answer counts.",
        Why::NotYourTurn => "It is somebody else’s turn.",
        Why::Paused => "The class is paused.",
        Why::BadAnswer => "This answer does not fit the question.",
        Why::NotNow => "Not possible now.",
        Why::NoSuchPlayer => "Nobody sits there.",
        Why::Nothing => "There is nothing to change.",
        Why::TooLong => "The page sent too much.",
        Why::Flood => "The page sent too many messages. Reload it.",
        Why::Silent => "The connection was silent for too long.",
        Why::SlowReader => "The connection is too slow.",
        Why::Elsewhere => "You have opened the class in another window. Go on there, or take your seat back here.",
        Why::Ended => "The class is over.",
        Why::Stopping => "The class is coming back in a moment. Keep this page open.",
        Why::Busy => "There are too many connections. Try again in a minute.",
    }
}
