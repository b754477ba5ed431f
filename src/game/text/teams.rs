//! What the window says where teams play on one screen.

use bevy::input::gamepad::GamepadButton;

use super::{ago, counted, grouped, points};
use crate::game::teams::{Lineup, NotThat, PadButton, Part, Team};
use crate::quiz::{Play, Undoable, number};

/// On the title, and the set-up's heading.
pub const TEAMS: &str = "Teams";
/// Before they have names of their own.
pub const NAMES: [&str; 8] = [
    "Bold Lynxes",
    "Calm Herons",
    "Swift Otters",
    "Keen Wrens",
    "Quiet Foxes",
    "Brave Owls",
    "Merry Seals",
    "Wise Ravens",
];
/// The colours and shapes, by name.
pub const LOOKS: [&str; 8] = [
    "Blue triangle",
    "Orange diamond",
    "Green circle",
    "Purple square",
    "Teal star",
    "Olive hourglass",
    "Pink cross",
    "Grey heart",
];

// ── Keys that the teacher has ──

/// Tells the answer now.
pub const REVEAL_KEY: char = 'R';
/// Skips the question.
pub const SKIP_KEY: char = 'S';
/// Takes back the last verdict.
pub const UNDO_KEY: char = 'U';
/// Opens "Change a score".
pub const ADJUST_KEY: char = 'J';
/// All of them.
pub const TEACHERS: [char; 4] = [REVEAL_KEY, SKIP_KEY, UNDO_KEY, ADJUST_KEY];
/// "True" has this one, whatever else is on screen.
pub const TRUE: char = super::TRUE_KEY;

// ── Set-up ──

/// How many.
pub const HOW_MANY: &str = "How many teams";
/// How they play.
pub const MODE: &str = "How you play";

/// A mode's name.
#[must_use]
pub const fn mode(play: Play) -> &'static str {
    match play {
        Play::Turns => "In turns",
        Play::Together | Play::Buzz => "Buzz in",
    }
}

/// What a mode means.
#[must_use]
pub const fn about_mode(play: Play) -> &'static str {
    match play {
        Play::Turns => "Each question is for one team, one after the other. Points as you choose on the next page.",
        Play::Together | Play::Buzz => {
            "The first team to press its key or button answers. Not right, or no answer in time: it passes on to the \
             others, and that team is out until the next question. A right answer is worth 1,000 points, whenever it \
             comes; a wrong one costs nothing. A number within the tolerance counts as right and earns its share."
        }
    }
}

/// Below the list.
pub const TRY_KEYS: &str = "Press your key or gamepad button now: your team lights up.";
/// Goes on to the rounds.
pub const CHOOSE_ROUNDS: &str = "Next: choose rounds";

/// A team in the list: name, look, key and button, read out.
#[must_use]
pub fn team_row(team: &Team, buzz: bool) -> String {
    let look = LOOKS[team.slot % LOOKS.len()];
    match (buzz, team.pad) {
        (false, _) => format!("{}, {look}", team.name),
        (true, None) => format!("{}, {look}, key {}", team.name, team.key),
        (true, Some(pad)) => format!("{}, {look}, key {}, {}", team.name, team.key, pad_button(pad)),
    }
}

/// What is pressed right now.
#[must_use]
pub fn works(name: &str, key: char, pad: Option<PadButton>) -> String {
    match pad {
        Some(pad) => format!("{name}: {} works.", pad_button(pad)),
        None => format!("{name}: key {key} works."),
    }
}

/// On the page of rounds: "4 teams, buzz in".
#[must_use]
pub fn pill(count: usize, play: Play) -> String {
    format!("{count} teams, {}", mode(play).to_lowercase())
}

// ── A team's own page ──

/// Its heading.
#[must_use]
pub fn team_heading(index: usize) -> String {
    format!("Team {}", index + 1)
}

/// The field's label.
pub const NAME: &str = "Name";
/// Beside it.
pub const NAME_HELP: &str = "Up to 16 characters.";
/// Over the eight.
pub const LOOK: &str = "Colour and shape";
/// Over the key.
pub const KEY: &str = "Key";
/// Over the gamepad's button.
pub const PAD: &str = "Gamepad button";
/// Waits for a key.
pub const CHOOSE_KEY: &str = "Choose a key";
/// Waits for a button.
pub const CHOOSE_PAD: &str = "Choose a button";
/// Has none any more.
pub const NO_PAD: &str = "Remove";
/// While it waits.
pub const PRESS_KEY: &str = "Press your key now. Esc keeps the old one.";
/// While it waits.
pub const PRESS_PAD: &str = "Press a button on your gamepad now. Esc on the keyboard keeps the old one.";
/// Beside a key that waits for nothing.
pub const PRESS_TO_TRY: &str = "Press it now to try it.";
/// Without one.
pub const PAD_NONE: &str = "None";
/// Back to the list.
pub const DONE: &str = "Done";

/// "Key Q"
#[must_use]
pub fn key(key: char) -> String {
    format!("Key {key}")
}

/// "Gamepad 1, lower button"
#[must_use]
pub fn pad_button(pad: PadButton) -> String {
    let button = match pad.button() {
        Some(GamepadButton::South) => "lower button",
        Some(GamepadButton::East) => "right button",
        Some(GamepadButton::West) => "left button",
        Some(GamepadButton::North) => "upper button",
        Some(GamepadButton::LeftTrigger) => "left shoulder",
        Some(GamepadButton::RightTrigger) => "right shoulder",
        Some(GamepadButton::LeftTrigger2) => "left trigger",
        Some(GamepadButton::RightTrigger2) => "right trigger",
        Some(GamepadButton::DPadUp) => "cross up",
        Some(GamepadButton::DPadDown) => "cross down",
        Some(GamepadButton::DPadLeft) => "cross left",
        Some(GamepadButton::DPadRight) => "cross right",
        Some(GamepadButton::Select) => "Select",
        _ => "a button that this version does not know",
    };
    format!("gamepad {}, {button}", u32::from(pad.pad) + 1)
}

/// The same at the beginning of a line.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Why a choice is refused.
#[must_use]
pub fn not_that(why: &NotThat) -> String {
    match why {
        NotThat::Taken(other) => format!("{other} have that already. Choose another one."),
        NotThat::Used(key) => {
            let use_of = match *key {
                REVEAL_KEY => "shows the answer",
                SKIP_KEY => "skips the question",
                UNDO_KEY => "takes back the last verdict",
                ADJUST_KEY => "changes a score",
                _ => "answers questions",
            };
            format!("{key} {use_of}. Choose another key.")
        }
        NotThat::NoKey => "Choose a letter, a digit or a sign.".to_owned(),
        NotThat::NoName => "A name has 1 to 16 characters.".to_owned(),
        NotThat::NoButton => "That button cannot be a team’s. Choose another one.".to_owned(),
    }
}

/// It has what it chose.
#[must_use]
pub fn chosen(team: &Team, pad: bool) -> String {
    match team.pad {
        Some(button) if pad => format!("{} have {} now.", team.name, pad_button(button)),
        _ => format!("{} have key {} now.", team.name, team.key),
    }
}

// ── In the match ──

/// The row of teams.
pub const LINEUP: &str = "The teams";

/// A team in it, read out.
#[must_use]
pub fn line(name: &str, scored: u32, part: Part) -> String {
    let does = match part {
        Part::Answers => ", answers",
        Part::Out => ", out for this question",
        Part::Took => ", answered",
        Part::Waits | Part::In => "",
    };
    format!("{name}, {}{does}", points(scored))
}

/// The same as a button.
#[must_use]
pub fn buzz_for(name: &str, scored: u32) -> String {
    format!("Buzz for {name}, {}", points(scored))
}

/// "A, B and C"
#[must_use]
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whose turn, who buzzed, who may still: over an open question.
#[must_use]
pub fn status(lineup: &Lineup) -> String {
    match (lineup.play, lineup.answering()) {
        (Play::Turns, Some(line)) => format!("{} answer", line.name),
        (_, Some(line)) if lineup.together.len() > 1 => {
            let names: Vec<&str> = lineup.together.iter().map(|player| lineup.name(*player)).collect();
            format!("{} pressed together. Drawn: {}", list(&names), line.name)
        }
        (_, Some(line)) => format!("{} were first", line.name),
        (_, None) if lineup.names(Part::Out).is_empty() => "Who knows? Press your key".to_owned(),
        (_, None) => format!("It passes on: {}", list(&lineup.names(Part::In))),
    }
}

/// Where the question goes if the answer is not right.
#[must_use]
pub fn passes_to(lineup: &Lineup) -> String {
    match lineup.names(Part::In)[..] {
        [] => "Nobody else is left: not right ends the question.".to_owned(),
        ref names if names.len() > 2 => format!("Not right passes it on to the other {}.", names.len()),
        ref names => format!("Not right passes it on to {}.", list(names)),
    }
}

/// Said aloud when somebody has buzzed.
#[must_use]
pub fn said_first(lineup: &Lineup, seconds: Option<u64>) -> String {
    match seconds {
        Some(seconds) => format!("{}. {} to answer.", status(lineup), counted_seconds(seconds)),
        None => format!("{}.", status(lineup)),
    }
}

fn counted_seconds(seconds: u64) -> String {
    counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second", "seconds")
}

/// Said aloud when an answer was not right and others may try.
#[must_use]
pub fn said_passes(lineup: &Lineup) -> String {
    format!("Not this time. {}.", status(lineup))
}

/// Beside the verdict.
#[must_use]
pub fn told(lineup: &Lineup, earned: u32) -> String {
    match lineup.answering() {
        Some(line) if earned > 0 => format!("{}: +{}", line.name, points(earned)),
        Some(line) => line.name.clone(),
        None => "Nobody took it".to_owned(),
    }
}

/// In place of a field, before anybody has buzzed.
pub const TYPED_AFTER: &str = "Whoever is first types the answer.";

/// In place of a field for a number.
#[must_use]
pub fn number_after(unit: &str, min: f64, max: f64) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    format!("Whoever is first gives a number: {} to {}{unit}.", number(min), number(max))
}

/// Tells the answer now.
pub const REVEAL: &str = "Show answer";
/// Skips the question.
pub const SKIP: &str = "Skip";
/// Takes back the last verdict.
pub const UNDO: &str = "Undo";
/// Why it cannot.
pub const NOTHING_TO_UNDO: &str = "Nothing to undo";
/// Opens the panel.
pub const ADJUST: &str = "Change a score";

/// What "Undo" would take back.
#[must_use]
pub fn undo(what: Undoable, lineup: &Lineup) -> String {
    match what {
        Undoable::Verdict { player, .. } => format!("Undo: {}", lineup.name(player)),
        Undoable::Adjusted { points, .. } => format!("Undo: {}", signed(points)),
        Undoable::Uncounted { .. } => "Undo: skipped".to_owned(),
        Undoable::Corrected { .. } => "Undo: new key".to_owned(),
    }
}

/// "+500", "−500"
#[must_use]
pub fn signed(points: i32) -> String {
    let sign = if points < 0 { "−" } else { "+" };
    format!("{sign}{}", grouped(points.unsigned_abs()))
}

// ── Change a score ──

/// Over the choice.
pub const WHICH_TEAM: &str = "Which team";
/// Over the steps.
pub const HOW_MUCH: &str = "How many points";
/// Less.
pub const LESS: &str = "100 points less";
/// More.
pub const MORE: &str = "100 points more";
/// Does it.
pub const APPLY: &str = "Apply";
/// Does not.
pub const CANCEL: &str = "Cancel";
/// Why it cannot.
pub const NO_CHANGE: &str = "No change yet";

/// "Calm Herons: 1,200 points, then 1,700"
#[must_use]
pub fn adjusted(name: &str, now: u32, then: u32) -> String {
    format!("{name}: {}, then {}", points(now), grouped(then))
}

/// Said aloud once it is done.
#[must_use]
pub fn said_adjusted(name: &str, points: i32) -> String {
    format!("{name}: {} points.", signed(points))
}

// ── Standings and podium ──

/// Between rounds.
#[must_use]
pub fn said_standings(lineup: &Lineup) -> String {
    let rows: Vec<String> =
        lineup.ranked().iter().map(|line| podium_row(line.place, &line.name, line.points)).collect();
    format!("{}.", rows.join(". "))
}

/// Who came where.
pub const PODIUM: &str = "Podium";

/// One of them, read out.
#[must_use]
pub fn podium_row(place: u32, name: &str, scored: u32) -> String {
    format!("{} place: {name}, {}", ordinal(place), points(scored))
}

/// Who won.
#[must_use]
pub fn winners(lineup: &Lineup) -> String {
    let first: Vec<&str> =
        lineup.ranked().into_iter().filter(|line| line.place <= 1).map(|line| line.name.as_str()).collect();
    match first[..] {
        [winner] => format!("{winner} win. Well played, everyone!"),
        ref all if all.len() == lineup.lines.len() => "All teams share the first place. Well played!".to_owned(),
        ref several => format!("{} share the first place.", list(several)),
    }
}

/// Over it: "Nato explained · 20 questions"
#[must_use]
pub fn played(bank: &str, questions: u32) -> String {
    format!("{bank} · {}", super::questions(questions as usize))
}

/// Another match for the same teams.
pub const AGAIN_NEW: &str = "Play again";
/// The same questions.
pub const AGAIN_SAME: &str = "Same questions";

/// "Question 7 of 20 · 4 teams · 3 minutes ago"
#[must_use]
pub fn saved_game(question: (u32, u32), teams: u32, age: std::time::Duration) -> String {
    let place =
        if question.0 == 0 { "Not begun yet".to_owned() } else { format!("Question {} of {}", question.0, question.1) };
    format!("{place} · {teams} teams · {}", ago(age))
}

/// What starting afresh costs.
#[must_use]
pub fn gives_up(bank: &str, question: (u32, u32)) -> String {
    let place = match question {
        (0, _) => "not begun yet".to_owned(),
        (question, questions) => format!("question {question} of {questions}"),
    };
    format!("Starting a new game gives up the teams’ game that was left: {bank}, {place}.")
}

/// "1st", "22nd".
#[must_use]
pub fn ordinal(place: u32) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}
