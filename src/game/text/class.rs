//! What the window says where a class is hosted. On the big screen everybody reads it.

use std::path::Path;

use super::{counted, grouped, thousandths};
use crate::classroom::hosting::{MORE_PORTS, PORT, Trouble};
use crate::classroom::lesson::BadLesson;
use crate::classroom::protocol::Why;
use crate::classroom::room::Talk;
use crate::quiz::{Goal, ShowStandings, Stage, StandingRow};
use crate::rules::{Extra, Pace, Scoring};

// ── Title ──

/// On the title.
pub const HOST_A_CLASS: &str = "Host a class";
/// Goes on with a class that was left running.
pub const GO_ON: &str = "Go on with the class";
/// Over what it is about.
pub const GO_ON_HEADING: &str = "A class is waiting";

/// "Nato explained · question 7 of 20 · 24 students"
#[must_use]
pub fn left_class(bank: &str, question: (u32, u32), players: u32) -> String {
    let place = match question {
        (0, _) => "in the lobby".to_owned(),
        (question, questions) => format!("question {question} of {questions}"),
    };
    format!("{bank} · {place} · {}", students(players))
}

/// "24 students"
#[must_use]
pub fn students(count: u32) -> String {
    counted(count, "student", "students")
}

// ── Set-up ──

/// What the screen is for.
pub const SET_UP: &str = "Set up the class";
/// Over the question files.
pub const FILE: &str = "Question file";
/// Over the lessons.
pub const LESSON: &str = "What is played";
/// Not a saved lesson.
pub const WHOLE_ROUNDS: &str = "Rounds";
/// Opens the ticking of single questions.
pub const PREPARE: &str = "Choose single questions…";
/// Over the values.
pub const STANDINGS: &str = "Standings";
/// Over the switches.
pub const WAYS: &str = "In class";
/// Opens the doors.
pub const OPEN_ROOM: &str = "Open the room";
/// Over the values: whether the class talks before the answer is told, and votes again.
pub const TALK: &str = "Talk to a neighbour, vote again";
/// Over the values.
pub const GOAL: &str = "Play for";
/// Everybody for themselves.
pub const GOAL_NO: &str = "Points";
/// A shared goal.
pub const GOAL_FILL: &str = "80 % together";
/// A shared goal.
pub const GOAL_BEAT: &str = "Beat the last lesson";

/// Which questions are talked about.
#[must_use]
pub const fn talk(talk: Option<Talk>) -> &'static str {
    match talk {
        None => "Never",
        Some(Talk::WhenSplit) => "When split",
        Some(Talk::Always) => "Always",
    }
}

/// A switch.
pub const OWN_NAMES: &str = "Names of their own";
/// What it does.
pub const OWN_NAMES_ABOUT: &str = "Otherwise everybody gets a friendly one, such as Swift Otter";
/// A switch.
pub const LATE: &str = "Late comers welcome";
/// What it does.
pub const LATE_ABOUT: &str = "What was asked before counts for nothing";

/// How long a question lasts.
#[must_use]
pub const fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::None => "By hand",
        Pace::Relaxed => "Timer, relaxed",
        Pace::Standard => "Timer",
    }
}

/// When the table is shown.
#[must_use]
pub const fn show_standings(show: ShowStandings) -> &'static str {
    match show {
        ShowStandings::Rounds => "Between rounds",
        ShowStandings::End => "At the end",
        ShowStandings::Off => "Off",
    }
}

// ── Lobby ──

/// The screen's name.
pub const LOBBY: &str = "Class lobby";
/// Over the address.
pub const SCAN_OR_OPEN: &str = "On your phone or laptop, scan or open";
/// Over the code.
pub const AND_ENTER: &str = "and enter";
/// Beneath the count.
pub const AT_THE_TABLE: &str = "at the table";
/// What the QR code is, for those who do not see it.
pub const QR_NAME: &str = "QR code with the same address";
/// The group of names.
pub const STUDENTS: &str = "Students";
/// Where answers go.
pub const STAYS_HERE: &str = "Answers are saved on this computer; nothing goes to the internet.";
/// Where they go if they cannot be saved.
pub const NOT_SAVED: &str = "This class is not saved: it ends with the program.";
/// Nobody yet.
pub const NOBODY_YET: &str = "Nobody has joined yet.";
/// Without a network.
pub const NO_NETWORK: &str = "No network";
/// What to do then.
pub const NO_NETWORK_TODO: &str = "Join a Wi-Fi, or open a hotspot on this computer or on a phone, and look again. Only this computer can reach \
    the class now.";
/// Does so.
pub const LOOK_AGAIN: &str = "Look again";
/// Shuts the door.
pub const LOCK: &str = "Lock the room";
/// Opens it.
pub const UNLOCK: &str = "Unlock the room";
/// It is shut.
pub const LOCKED: &str = "The room is locked: nobody new can join.";
/// Opens what helps.
pub const HELP: &str = "Nobody can connect?";
/// Over what helps.
pub const HELP_HEADING: &str = "If phones cannot connect";
/// Nobody has come for a while.
pub const STILL_NOBODY: &str = "Nobody has joined so far. “Nobody can connect?” says what to try.";
/// Opens the remote's dialog.
pub const REMOTE: &str = "Remote…";
/// Nobody to begin with.
pub const START_NOBODY: &str = "Waiting for students";

/// "Start (24 students)"
#[must_use]
pub fn start(players: u32) -> String {
    format!("Start ({})", students(players))
}

/// Another way in, with its network card: "or `10.0.0.5:8080` (eth0)"
#[must_use]
pub fn or_at(address: &str, card: &str) -> String {
    if card.is_empty() { format!("or {address}") } else { format!("or {address} ({card})") }
}

/// "20 questions · accuracy scoring"
#[must_use]
pub fn what_is_played(questions: u32, scoring: Option<Scoring>, lesson: Option<&str>) -> String {
    let mut words = counted(questions, "question", "questions");
    if let Some(lesson) = lesson {
        words = format!("{words} · {lesson}");
    }
    match scoring {
        Some(Scoring::Accuracy) => format!("{words} · right is right, fast or slow"),
        Some(Scoring::Speed) => format!("{words} · faster is worth more"),
        None => words,
    }
}

/// "24 at the table", for those who do not see the ring.
#[must_use]
pub fn at_the_table(players: u32) -> String {
    format!("{players} {AT_THE_TABLE}")
}

/// Said when somebody has come.
#[must_use]
pub fn joined(names: &[&str], players: u32) -> String {
    match names {
        [] => at_the_table(players),
        [one] => format!("{one} has joined. {}.", at_the_table(players)),
        [one, two] => format!("{one} and {two} have joined. {}.", at_the_table(players)),
        [one, ..] => format!("{one} and {} more have joined. {}.", names.len() - 1, at_the_table(players)),
    }
}

/// Said when the lobby appears.
#[must_use]
pub fn said_lobby(address: Option<&str>, code: &str) -> String {
    match address {
        Some(address) => format!("The room is open at {address}. Room code {code}."),
        None => format!("The room is open, but there is no network. Room code {code}."),
    }
}

/// "and 21 more"
#[must_use]
pub fn more_people(more: usize) -> String {
    format!("and {more} more")
}

/// Another port than usual.
#[must_use]
pub fn other_port(wanted: u16, port: u16, resumed: bool) -> String {
    if resumed {
        format!(
            "Port {wanted}, which the phones know, is taken by another program. They must open the address above, \
             with {port} in it; their seats are kept."
        )
    } else {
        format!("Port {wanted} is taken by another program, so this class is at {port}.")
    }
}

/// What to try, one thing a line.
#[must_use]
pub fn what_to_try(port: u16, others: &[String]) -> Vec<String> {
    let mut lines = vec![
        "Phones and this computer must be in the same network. A guest network often keeps its devices apart: use another one, or open a \
         hotspot on this computer or on a phone."
            .to_owned(),
        format!("This computer’s firewall must let Roundtable, port {port}, in."),
        "A phone that has left the Wi-Fi for mobile data must come back to it.".to_owned(),
        "Type the address with http:// in front, not https.".to_owned(),
    ];
    match others {
        [] => {}
        [one] => lines.push(format!("Try this computer’s other address: {one}")),
        more => lines.push(format!("Try this computer’s other addresses: {}", more.join(", "))),
    }
    lines
}

/// Why the class did not open, and what to try.
#[must_use]
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::PortTaken(_) => format!(
            "The ports {PORT} to {} are all taken by other programs, or by other classes on this computer. Close one of them and open the room again.",
            PORT + MORE_PORTS
        ),
        Trouble::PortDenied(at) => {
            format!("The system keeps port {} for itself. Close other programs and open the room again.", at.port())
        }
        other => other.to_string(),
    }
}

/// Nothing is kept.
#[must_use]
pub fn class_unsaved(why: &str) -> String {
    format!("{NOT_SAVED} {why}")
}

/// A class that waits cannot go on.
#[must_use]
pub fn not_resumed(why: &str) -> String {
    format!("The class cannot go on now: {why}")
}

/// The disk fails in the middle.
#[must_use]
pub fn not_saved(why: &str) -> String {
    format!("Answers cannot be saved now: {why} They are kept in memory and tried again.")
}

/// What became of an order, where there is something to say.
#[must_use]
pub const fn refused(why: Why, stage: Stage) -> Option<&'static str> {
    match why {
        Why::Nothing if matches!(stage, Stage::Finished) => Some("There is no question to play again."),
        Why::NotNow if matches!(stage, Stage::Finished) => Some("A rematch cannot begin now. Try again in a moment."),
        Why::NameTaken => Some("Somebody has this name already. Choose another one."),
        Why::BadName => Some("This name cannot be used. Choose another one, of at most 24 letters."),
        Why::NoSuchPlayer | Why::Kicked => Some("This student is not in the class any more."),
        Why::BadAnswer => Some("This answer does not fit the question."),
        // What was asked for has happened by itself meanwhile, and the screen shows it.
        _ => None,
    }
}

// ── People ──

/// Opens the list.
pub const PEOPLE: &str = "Students";
/// Over the list.
pub const PEOPLE_HINT: &str = "Choose a name to change it, to give more time, or to send somebody away.";
/// Not connected.
pub const AWAY: &str = "not connected";
/// A page on.
pub const NEXT_PAGE: &str = "Further names";
/// A page back.
pub const EARLIER_PAGE: &str = "Earlier names";
/// The field.
pub const NAME: &str = "Name";
/// Its rule.
pub const NAME_HINT: &str = "At most 24 letters; everybody sees it.";
/// Takes the new name.
pub const RENAME: &str = "Change the name";
/// Opens the choice of extra time.
pub const MORE_TIME: &str = "More time";
/// What it does.
pub const MORE_TIME_HINT: &str =
    "Nobody is told. This choice is on the big screen, though: turn it away first, or use the remote.";
/// Sends a student away.
pub const SEND_AWAY: &str = "Send away";

/// "Students (24)"
#[must_use]
pub fn people(count: usize) -> String {
    format!("{PEOPLE} ({count})")
}

/// Asks again.
#[must_use]
pub fn really_send_away(name: &str) -> String {
    format!("Really send {name} away?")
}

/// What it means.
pub const SEND_AWAY_HINT: &str =
    "For good: the seat and its answers count no more, and the same phone cannot come back to it.";

/// "Swift Otter" or "Swift Otter, not connected"
#[must_use]
pub fn person(name: &str, here: bool) -> String {
    if here { name.to_owned() } else { format!("{name}, {AWAY}") }
}

/// "As everybody", "×1.5"
#[must_use]
pub fn extra(extra: Extra) -> String {
    match extra.0 {
        10 => "As everybody".to_owned(),
        tenths if tenths.is_multiple_of(10) => format!("×{}", tenths / 10),
        tenths => format!("×{}.{}", tenths / 10, tenths % 10),
    }
}

// ── Remote ──

/// Over the dialog.
pub const REMOTE_HEADING: &str = "A remote on your own phone";
/// Before the code is shown.
pub const REMOTE_BEFORE: &str =
    "Whoever scans the next code leads this class. Turn the projector off, or cover it, before you show it.";
/// A remote is there.
pub const REMOTE_THERE: &str = "A link was made already. A new one makes it worth nothing.";
/// Shows it.
pub const SHOW_REMOTE: &str = "Show the code";
/// While it is shown.
pub const PAIR_NOW: &str = "Pair now: scan this with your own phone, then close it before you turn the projector on.";
/// What the picture is.
pub const REMOTE_QR: &str = "QR code of the remote, for your own phone alone";
/// Makes the link worth nothing.
pub const REVOKE: &str = "Revoke the remote";
/// It was.
pub const REVOKED: &str = "The remote’s link is worth nothing any more.";
/// Without a network.
pub const REMOTE_NO_NETWORK: &str = "There is no network, so no phone can be paired.";

// ── In class ──

/// "Room 472 918"
#[must_use]
pub fn room(code: &str) -> String {
    format!("Room {code}")
}

/// "of 24 answered"
#[must_use]
pub fn of_answered(expected: u32) -> String {
    format!("of {expected} answered")
}

/// "17 of 24 have answered"
#[must_use]
pub fn answered(answered: u32, expected: u32) -> String {
    format!("{answered} of {expected} have answered")
}

/// The main action while a question is open.
pub const REVEAL: &str = "Show the answer";
/// The same where the class talks first.
pub const CLOSE_VOTE: &str = "Close the vote";
/// Counts it for nobody.
pub const SKIP: &str = "Skip";
/// Stops the clock.
pub const PAUSE: &str = "Pause";
/// Leaves the class.
pub const LEAVE: &str = "Leave";
/// Once more.
pub const REVOTE: &str = "Vote again";
/// While the question is closed and not told.
pub const TALK_NOW: &str = "Talk to your neighbour";
/// What for.
pub const TALK_WHY: &str = "Why is your answer right? Convince each other.";
/// Some know it, some do not.
pub const WORTH_TALKING: &str = "This is a good one to talk about: let them vote again afterwards.";
/// The vote is closed.
pub const VOTE_CLOSED: &str = "The vote is closed.";
/// Each key as it is written on its control.
pub const KEY_SKIP: char = 'S';
/// See above.
pub const KEY_PAUSE: char = 'P';
/// See above.
pub const KEY_REVEAL: char = 'R';
/// See above.
pub const KEY_LOCK: char = 'L';
/// See above.
pub const KEY_REVOTE: char = 'V';
/// See above.
pub const KEY_PEOPLE: char = 'N';
/// See above.
pub const KEY_UNDO: char = 'U';
/// Lets the clock go on.
pub const RESUME: &str = "Go on";
/// After the program had ended.
pub const CLASS_IS_BACK: &str = "The class is back. Phones come back by themselves; go on when they are here.";

/// "12 of 24 connected"
#[must_use]
pub fn connected(here: usize, all: usize) -> String {
    format!("{here} of {all} connected")
}

/// "A number from 2 to 32: countries"
#[must_use]
pub fn number_between(min: &str, max: &str, unit: &str) -> String {
    if unit.is_empty() { format!("A number from {min} to {max}") } else { format!("From {min} to {max} {unit}") }
}

/// Typed words are asked for.
pub const TYPE_IT: &str = "Type your answer on your phone.";

/// Where phones find back.
#[must_use]
pub fn back_at(address: &str, code: &str) -> String {
    format!("{address} · {}", room(code))
}

/// The bar's name.
pub const TIME_LEFT: &str = "Time left";

// ── How it was answered ──

/// The list's name.
pub const ANSWERS: &str = "How the class answered";

/// "12 · 50 %"
#[must_use]
pub fn count_and_share(count: u32, of: u32) -> String {
    let share = (u64::from(count) * 100 + u64::from(of) / 2).checked_div(u64::from(of)).unwrap_or(0);
    format!("{count} · {share} %")
}

/// "3 gave no answer."
#[must_use]
pub fn gave_none(none: u32) -> String {
    match none {
        0 => "Everybody answered.".to_owned(),
        1 => "1 gave no answer.".to_owned(),
        none => format!("{none} gave no answer."),
    }
}

/// "18 of 24 right"
#[must_use]
pub fn right_in_class(right: u32, answers: u32) -> String {
    if answers == 0 { "Nobody answered".to_owned() } else { format!("{right} of {answers} right") }
}

/// "and 5 other answers"
#[must_use]
pub fn more_answers(more: u32) -> String {
    format!("and {}", counted(more, "other answer", "other answers"))
}

/// After the talk: "Before the talk 9 of 24, now 18 of 24."
#[must_use]
pub fn gain(before: (u32, u32), now: (u32, u32)) -> String {
    format!("Right before the talk: {} of {}. Now: {} of {}.", before.0, before.1, now.0, now.1)
}

/// It counts for nobody.
pub const UNCOUNTED: &str = "This question counts for nobody";
/// Opens what can be mended.
pub const MEND: &str = "Mend…";
/// Over it.
pub const MEND_HEADING: &str = "Mend this question";
/// What it does.
pub const MEND_HINT: &str = "Every score is worked out again. “Undo” takes it back.";
/// Takes it out.
pub const VOID: &str = "Let it count for nobody";
/// Over the options.
pub const OTHER_KEY: &str = "Or the right answer is:";
/// Takes the ticked ones.
pub const THESE_ARE_RIGHT: &str = "These are right";
/// The typed answer.
pub const RIGHT_ANSWER_FIELD: &str = "Right answer";
/// Takes it.
pub const SET_KEY: &str = "Make this the right answer";
/// A kind whose key is not changed here.
pub const NO_OTHER_KEY: &str = "For this kind of question no other answer can be made right here.";
/// Takes back the last skip or mending.
pub const UNDO: &str = "Undo";
/// Earlier questions.
pub const EARLIER: &str = "Earlier questions…";
/// Over them.
pub const EARLIER_HEADING: &str = "Questions so far";

/// "3. Which of these was not among the founders?"
#[must_use]
pub fn earlier_question(number: u32, stem: &str) -> String {
    format!("{number}. {stem}")
}

// ── Standings and podium ──

/// The heading where no table is shown.
#[must_use]
pub fn round_done(round: u32, rounds: u32) -> String {
    if round >= rounds { "All rounds are played".to_owned() } else { format!("Round {round} of {rounds} is done") }
}

/// "and 14 more students"
#[must_use]
pub fn more_rows(more: usize) -> String {
    format!("and {}", counted(more, "more student", "more students"))
}

/// "and 16 more students, 3 of them level with the last step"
#[must_use]
pub fn more_on_podium(more: usize, level: usize) -> String {
    match level {
        0 => more_rows(more),
        level => format!("{}, {level} of them level with the last step", more_rows(more)),
    }
}

/// "1. Swift Otter, 5,400 points"
#[must_use]
pub fn standing(row: &StandingRow) -> String {
    format!("{}. {}, {}", row.place, row.name, super::points(row.points))
}

/// "4½ of 6"
#[must_use]
pub fn right_of(row: &StandingRow) -> String {
    format!("{} of {} right", thousandths(row.credit), row.counted)
}

/// "14,900"
#[must_use]
pub fn score(points: u32) -> String {
    grouped(points)
}

/// The screen's name.
pub const PODIUM: &str = "Podium";
/// Without a table.
pub const WELL_PLAYED: &str = "Well played, everyone!";

/// "Bold Lynx wins. Well played, everyone!"
#[must_use]
pub fn winners(names: &[&str]) -> String {
    match names {
        [] => WELL_PLAYED.to_owned(),
        [one] => format!("{one} wins. {WELL_PLAYED}"),
        [one, two] => format!("{one} and {two} win. {WELL_PLAYED}"),
        more => format!("{} share the first place. {WELL_PLAYED}", more.len()),
    }
}

/// "Nato explained · 20 questions"
#[must_use]
pub fn podium_line(bank: &str, questions: u32) -> String {
    format!("{bank} · {}", counted(questions, "question", "questions"))
}

/// It was ended early.
pub const ENDED_EARLY: &str = "The class was ended early.";
/// Ends here.
pub const FINISH: &str = "See the podium";
/// After the last round without a table.
pub const FINISH_PLAIN: &str = "Finish the class";
/// Opens the report's dialog.
pub const REPORT: &str = "Save the report…";
/// Over it.
pub const REPORT_HEADING: &str = "Save the report";
/// What it is.
pub const REPORT_HINT: &str =
    "Scores, each question’s figures and what to teach again. It names every student: keep it to yourself.";
/// One page to print.
pub const REPORT_PAGE: &str = "As a page to print…";
/// A workbook.
pub const REPORT_WORKBOOK: &str = "As a workbook (XLSX)…";
/// A table.
pub const REPORT_TABLE: &str = "Students as a table (CSV)…";
/// Without a journal.
pub const REPORT_NONE: &str = "This class was not saved, so there is no report.";
/// The file's name, without its ending.
#[must_use]
pub fn report_file(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("report-{}", plain.trim_matches('-'))
}

/// It cannot be made.
#[must_use]
pub fn no_report(why: &str) -> String {
    format!("The report cannot be made: {why}")
}

/// Plays the same questions again.
pub const REMATCH: &str = "Play again, hardest first";
/// A shared goal, between rounds.
pub const TOGETHER: &str = "Together";
/// In the ring.
pub const SEATS_FILLED: &str = "of the seats filled";
/// It is.
pub const GOAL_REACHED: &str = "The goal is reached!";
/// It is not.
pub const GOAL_NOT_YET: &str = "Not there yet";

/// "64 % of the seats are filled."
#[must_use]
pub fn filled(thousandths: u16) -> String {
    format!("{} of the seats are filled.", percent(thousandths / 10))
}

/// "64 %"
#[must_use]
pub fn percent(percent: u16) -> String {
    format!("{percent} %")
}

/// What is played for.
#[must_use]
pub fn goal(goal: Goal) -> String {
    match goal {
        Goal::Fill(share) => format!("The goal: fill {} of the seats together.", percent(share / 10)),
        Goal::Beat(share) => format!("The goal: fill more than the last lesson’s {}.", percent(share / 10)),
    }
}

/// Where the report was saved by itself.
#[must_use]
pub fn report_lies_in(folder: &Path) -> String {
    format!("The report is saved in {}.", folder.display())
}

/// Removes every trace.
pub const DELETE: &str = "Delete this class…";
/// Asks again.
pub const DELETE_REALLY: &str = "Really delete it, with every answer? Press again";
/// Done.
pub const DELETED: &str = "The class is deleted: nothing of it is left on this computer.";

// ── Leaving ──

/// Over the question.
pub const LEAVE_HEADING: &str = "Leave the class?";
/// What it means.
pub const LEAVE_HINT: &str = "It is kept on this computer. “Go on with the class” on the title opens it again, and phones come back by themselves.";
/// Without a journal.
pub const LEAVE_UNSAVED: &str = "It is not saved: once you leave, it is gone.";
/// Does not.
pub const STAY: &str = "Stay";
/// Leaves and keeps.
pub const LEAVE_KEEP: &str = "Leave, go on later";
/// Closes the window.
pub const QUIT_KEEP: &str = "Close the window, go on later";
/// Ends it.
pub const END: &str = "End the class…";
/// Asks again.
pub const END_REALLY: &str = "Really end it here? Press again";

// ── Lessons ──

/// What the screen is for.
pub const LESSON_HEADING: &str = "Choose the questions";
/// What to know.
pub const LESSON_HINT: &str = "Right answers and reasons are in view: not for the big screen.";
/// The field.
pub const LESSON_NAME: &str = "Name of the lesson";
/// Its rule.
pub const LESSON_NAME_HINT: &str = "You find it again when you set up a class.";
/// Keeps it.
pub const LESSON_SAVE: &str = "Save the lesson";
/// Forgets it.
pub const LESSON_FORGET: &str = "Forget this lesson";
/// Nothing is ticked.
pub const LESSON_EMPTY: &str = "Tick a question";
/// Every question of a round.
#[must_use]
pub fn whole_round(round: &str) -> String {
    format!("All of {round}")
}

/// "5 questions ticked, at most 4 minutes"
#[must_use]
pub fn ticked(count: usize, most_ms: Option<u64>) -> String {
    let questions = counted(count, "question ticked", "questions ticked");
    match most_ms {
        Some(ms) if count > 0 => {
            format!("{questions}, open at most {}", counted(ms.div_ceil(60_000), "minute", "minutes"))
        }
        _ => questions,
    }
}

/// "“Founding” is saved with 5 questions."
#[must_use]
pub fn lesson_saved(name: &str, count: usize) -> String {
    format!("“{name}” is saved with {}.", counted(count, "question", "questions"))
}

/// Questions that the file no longer has.
#[must_use]
pub fn lesson_lacks(count: usize) -> String {
    format!("{} of this lesson is no longer in the file.", counted(count, "question", "questions"))
}

/// Why there is no lesson.
#[must_use]
pub fn bad_lesson(why: BadLesson) -> String {
    why.to_string()
}

/// "Right: Iceland"
#[must_use]
pub fn key_line(key: &str) -> String {
    format!("Right: {key}")
}

/// "Wrong: Spain, Portugal"
#[must_use]
pub fn distractors(options: &[String]) -> String {
    format!("Wrong: {}", options.join(", "))
}
