//! Every word that the window shows, in English; another language is another folder like this one. A large subject has a file of its own.
//!
//! Plain, friendly, exact, in sentence case. Numbers and names come in as arguments, whole sentences go out.

#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
pub mod class;
pub mod teams;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::bank::{Kind, Level};
use crate::game::device::{Device, Using};
use crate::game::dialogs::FileKind;
use crate::game::plot::{Plot, Stands};
use crate::game::preferences::{KeyHints, Motion};
use crate::game::progress::Outcome;
use crate::game::share::{self, Report};
use crate::game::theme::ThemeName;
use crate::platform::{FetchError, FileError};
use crate::quiz::{PauseReason, number};
use crate::rules::{Extra, Pace, Scoring};

/// Whether the game is a page: then there are no folders to name.
const IN_BROWSER: bool = cfg!(target_family = "wasm");

fn name_of(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()
}

/// The language of all this, for those who have it read out.
pub const LANGUAGE: &str = "en";
/// The name of the game.
pub const NAME: &str = "Roundtable";
/// Over the name.
pub const TAGLINE: &str = "A quiz that says why";
/// The one player of a solo match.
pub const YOU: &str = "You";

// ── Buttons that many screens share ──

/// Starts a match.
pub const PLAY: &str = "Play";
/// One screen back.
pub const BACK: &str = "Back";
/// To the title.
pub const MENU: &str = "Menu";
/// Leaves the program.
pub const QUIT: &str = "Quit";
/// Dismisses a notice.
pub const DISMISS: &str = "OK";
/// The list of question files.
pub const QUESTION_FILES: &str = "Question files";

/// The display answered a moment ago, and did not let the window open: the beginning of a sentence.
pub const DISPLAY_GONE: &str = "The display is not ready (it may just be starting: try again in a moment)";

/// The group of a notice, for those who cannot see that it lies over the rest.
pub const NOTICE: &str = "Notice";

// ── Title ──

/// Goes on with a saved match.
pub const CONTINUE: &str = "Continue";
/// Heading over a saved match.
pub const CONTINUE_HEADING: &str = "Continue where you left off";
/// Begins another match although one is saved.
pub const START_AFRESH: &str = "Start afresh";

/// What can be played: "Nato explained: 53 questions in 5 rounds."
#[must_use]
pub fn bank_in_short(title: &str, questions: usize, rounds: usize) -> String {
    format!("{title}: {} in {}.", counted(questions, "question", "questions"), counted(rounds, "round", "rounds"))
}

/// "Question 7 of 20 · 5,400 points · 3 minutes ago"
#[must_use]
pub fn saved_game(question: (u32, u32), points: u32, age: Duration) -> String {
    let place =
        if question.0 == 0 { "Not begun yet".to_owned() } else { format!("Question {} of {}", question.0, question.1) };
    format!("{place} · {} · {}", self::points(points), ago(age))
}

/// A game that was left before the one that is offered.
#[must_use]
pub fn waits(bank: &str, question: (u32, u32)) -> String {
    let place = match question {
        (0, _) => "not begun yet".to_owned(),
        (question, questions) => format!("question {question} of {questions}"),
    };
    format!("An earlier game waits, too: {bank}, {place}. It is offered again after this one.")
}

/// What starting afresh costs.
#[must_use]
pub fn gives_up(bank: &str, question: (u32, u32), points: u32) -> String {
    let place = match question {
        (0, _) => "not begun yet".to_owned(),
        (question, questions) => format!("question {question} of {questions}, {}", self::points(points)),
    };
    format!("Starting a new game gives up the one you left: {bank}, {place}.")
}

/// In the ring of a match: how many have been asked.
#[must_use]
pub fn out_of_questions(questions: u32) -> String {
    format!("of {} asked", counted(questions, "question", "questions"))
}

/// "just now", "3 minutes ago", "2 days ago"
#[must_use]
pub fn ago(age: Duration) -> String {
    let minutes = age.as_secs() / 60;
    let (count, one, many) = match minutes {
        0 => return "just now".to_owned(),
        1..60 => (minutes, "minute", "minutes"),
        60..1440 => (minutes / 60, "hour", "hours"),
        _ => (minutes / 1440, "day", "days"),
    };
    format!("{} ago", counted(count, one, many))
}

/// Plays what was missed.
pub const PRACTISE: &str = "Practise my mistakes";
/// Over what is offered before the first game.
pub const MAKE_IT_YOURS: &str = "If you like, set it up first";

/// No file can be played at all.
pub const NOTHING_TO_PLAY: &str = "No question file can be played. Look at the question files to see why.";

// ── Question files ──

/// What the screen is for.
pub const FILES_HINT: &str = if IN_BROWSER {
    "Choose what to play. Open a file of your own to check it, play it and keep it in this browser."
} else {
    "Choose what to play. Your own files go into the question files folder:"
};
/// There is no folder.
pub const FILES_NO_FOLDER: &str = "Choose what to play. Name your own files on the command line to add them.";
/// Files are still being read.
pub const FILES_LOADING: &str = "Looking for more question files…";
/// Beneath the list, when one is bad.
pub const OTHERS_WORK: &str = "The other question files still work.";
/// Inside the program.
pub const ORIGIN_INSIDE: &str = "comes with Roundtable";
/// In the folder.
pub const ORIGIN_FOLDER: &str = "from your folder";
/// From the command line.
pub const ORIGIN_ASKED: &str = "opened for this session";
/// The list's own heading for bad files.
pub const FILES_BAD: &str = "These files cannot be played";

/// "line 12, column 5 of my-quiz.ron"
#[must_use]
pub fn place_in_file(file: &str, at: Option<(usize, usize)>) -> String {
    at.map_or_else(|| file.to_owned(), |(line, column)| format!("{file}, line {line}, column {column}"))
}

/// "and 3 more errors"
#[must_use]
pub fn more_errors(more: usize) -> String {
    format!(
        "There {} in this file.",
        if more == 1 { "is 1 more error".to_owned() } else { format!("are {more} more errors") }
    )
}

/// "See what to change in my-quiz.ron (3)"
#[must_use]
pub fn see_findings(file: &str, findings: usize) -> String {
    format!("See what to change in {file} ({findings})")
}

/// A file that is not there.
pub const FILE_MISSING: &str = "There is no file at this place.";
/// What to do about it.
pub const FILE_MISSING_TODO: &str = "Check the spelling of the name and the folder.";
/// A folder where a file was expected.
pub const FILE_IS_FOLDER: &str = "This is a folder, not a question file.";
/// What to do about it.
pub const FILE_IS_FOLDER_TODO: &str = "Open a file whose name ends in “.ron”.";
/// More at once than anybody means.
pub const FILES_TOO_MANY: &str = "These were too many files at once.";
/// What to do about it.
pub const FILES_TOO_MANY_TODO: &str = "Open them in smaller groups.";
/// Not allowed.
pub const FILE_DENIED: &str = "The system does not let you read this file.";
/// What to do about it.
pub const FILE_DENIED_TODO: &str = "Ask for the right to read it, or copy it to your own folder.";
/// What to do about a file that is too large.
pub const FILE_TOO_BIG_TODO: &str = "Split it into several question files.";
/// What to do about a file that did not come from an address.
#[must_use]
pub fn fetch_todo(error: FetchError) -> &'static str {
    match error {
        FetchError::NoAddress => "Ask whoever made the link for the address of the file itself, beginning with https.",
        FetchError::NotThere => "Ask whoever made the link whether the file has moved.",
        FetchError::Refused(_) | FetchError::NoAnswer | FetchError::Silent => {
            "Load the page again in a while, or ask whoever made the link for the file itself."
        }
        FetchError::NotForUs => {
            "Download the file yourself and open it here, or ask whoever keeps it to allow other sites to read it (CORS)."
        }
        FetchError::Offline => "Go online and load the page again.",
    }
}

/// What to do about anything else.
pub const FILE_CHECK: &str = "Try again, or copy the file to another place first.";

/// A file over the limit.
#[must_use]
pub fn file_too_big(megabytes: u64) -> String {
    format!("This file is larger than {megabytes} megabytes.")
}

// ── Findings in an opened file ──

/// The screen's name.
pub const FINDINGS: &str = "What was found";
/// On the title and over the list.
pub const OPEN_FILE: &str = "Open a question file…";
/// On the findings.
pub const OPEN_ANOTHER: &str = "Open another file…";
/// Reading and checking.
pub const CHECKING: &str = "Checking the file…";
/// It has no errors.
pub const READY_TO_PLAY: &str = "Ready to play";
/// It has.
pub const CANNOT_BE_PLAYED: &str = "Cannot be played yet";
/// Reads the file afresh.
pub const CHECK_AGAIN: &str = "Check again";
/// Copies the list of findings.
pub const COPY_FINDINGS: &str = "Copy this list";
/// It was copied.
pub const COPIED: &str = "Copied";
/// Copies the file into the player's folder.
pub const KEEP_FILE: &str = "Keep it in my question files";
/// While a file hovers over the window.
pub const DROP_HERE: &str = "Drop it here to open it";
/// What happens then.
pub const DROP_CHECKS: &str = "The question file is checked, and you see what was found.";
/// What happens during a game.
pub const DROP_WHILE_PLAYING: &str = "Your game goes on; the file waits in the question files.";

/// "12 questions in 3 rounds."
#[must_use]
pub fn size_of_file(questions: usize, rounds: usize) -> String {
    let questions = counted(questions, "question", "questions");
    if rounds == 0 {
        format!("{questions}.")
    } else {
        format!("{questions} in {}.", counted(rounds, "round", "rounds"))
    }
}

/// "2 mistakes to mend, 3 suggestions and 1 remark.", or that there is nothing.
#[must_use]
pub fn findings([errors, warnings, notes]: [usize; 3]) -> String {
    let parts: Vec<String> = [
        (errors, "mistake to mend", "mistakes to mend"),
        (warnings, "suggestion", "suggestions"),
        (notes, "remark", "remarks"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect();
    match &parts[..] {
        [] => "Nothing to change.".to_owned(),
        [only] => format!("{only}."),
        [first @ .., last] => format!("{} and {last}.", first.join(", ")),
    }
}

/// Over the findings of a level.
#[must_use]
pub fn findings_heading(level: Level, count: usize) -> String {
    match level {
        Level::Error => format!("To mend before it can be played ({count})"),
        Level::Warning => format!("Suggestions ({count}): it plays without them"),
        Level::Note => format!("Worth a look ({count})"),
    }
}

/// "Line 12, column 5"
#[must_use]
pub fn place(at: Option<(usize, usize)>) -> Option<String> {
    at.map(|(line, column)| format!("Line {line}, column {column}"))
}

/// "Question “founding”: “When was Nato founded?”"
#[must_use]
pub fn about_question(id: &str, stem: Option<&str>) -> String {
    match stem.filter(|stem| !stem.trim().is_empty()) {
        Some(stem) => format!("Question “{id}”: “{stem}”"),
        None => format!("Question “{id}”"),
    }
}

/// What does not fit on the screen.
#[must_use]
pub fn more_findings(more: usize) -> String {
    format!("And {more} more. The copied list is longer; mend these first and check again.")
}

/// Files that do not fit on the screen.
#[must_use]
pub fn more_files(more: usize) -> String {
    format!("And {} more: see the question files.", counted(more, "file", "files"))
}

/// Plays one of several opened files.
#[must_use]
pub fn play_file(title: &str) -> String {
    format!("{PLAY}: {title}")
}

/// At the head of a copied list.
#[must_use]
pub fn report_head(file: &str, title: &str) -> String {
    if title.is_empty() { file.to_owned() } else { format!("{file}: {title}") }
}

/// A file was opened while something else was on screen.
#[must_use]
pub fn opened_meanwhile(name: &str, plays: bool) -> String {
    if plays {
        format!("“{name}” is ready to play. You find it in the question files.")
    } else {
        format!("“{name}” cannot be played yet. The question files show what to mend.")
    }
}

/// It could not even be tried.
#[must_use]
pub fn not_opened(why: &str) -> String {
    format!("The file could not be opened; try again. {}", sentence(why))
}

/// The list is not on the clipboard.
#[must_use]
pub fn not_copied(why: &str) -> String {
    format!("The list could not be copied. {}", sentence(why))
}

/// The file lies in the folder.
#[must_use]
pub fn kept(to: &Path) -> String {
    if IN_BROWSER {
        return format!("Kept in this browser as {}.", name_of(to));
    }
    format!("Kept as {}.", to.display())
}

/// Why it does not: in a browser a place says nothing.
#[must_use]
pub fn why_not_kept(error: &FileError) -> String {
    if IN_BROWSER { error.trouble.to_string() } else { error.to_string() }
}

/// It does not.
#[must_use]
pub fn not_kept(why: &str) -> String {
    format!("The file was not copied to your question files. {}", sentence(why))
}

// ── File dialogs ──

/// What a kind of file is called in a dialog's list.
#[must_use]
pub const fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Questions => QUESTION_FILES,
        FileKind::Progress => "Roundtable progress",
        FileKind::Text => "Text",
        FileKind::Picture => "Pictures",
        FileKind::Page => "Pages to print",
        FileKind::Workbook => "Workbooks",
        FileKind::Table => "Tables",
    }
}

/// Over a dialog that opens a file.
#[must_use]
pub const fn open_dialog(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Questions => "Open a question file",
        FileKind::Progress => "Import progress and settings",
        _ => "Open a file",
    }
}

/// Over a dialog that saves a file.
pub const SAVE_DIALOG: &str = "Save as";

/// It lies where the player said.
#[must_use]
pub fn saved_as(path: &Path) -> String {
    if IN_BROWSER {
        return format!("Saved as {}: look among your downloads.", name_of(path));
    }
    format!("Saved as {}.", path.display())
}

/// There was nobody to ask.
#[must_use]
pub fn saved_without_asking(path: &Path) -> String {
    format!("No file dialog is available here, so it was saved as {}.", path.display())
}

/// It does not.
#[must_use]
pub fn not_saved_file(why: &str) -> String {
    format!("It could not be saved; try another place. {why}")
}

/// The system has no file dialogs. `folder` is that of the question files.
#[must_use]
pub fn no_dialog(folder: Option<&Path>) -> String {
    let otherwise = match folder {
        Some(folder) => format!("Put the file into {} or name it on the command line.", folder.display()),
        None => "Name the file on the command line.".to_owned(),
    };
    format!("No file dialog is available here. {otherwise}")
}

// ── Your table ──

/// The screen's heading, and the button that leads to it.
pub const YOUR_TABLE: &str = "Your table";
/// Nothing has been played.
pub const TABLE_EMPTY: &str = "Your table is set";
/// What will appear here.
pub const TABLE_EMPTY_LINES: [&str; 3] = [
    "Every question has a seat. A seat fills for good when you answer its question right on two different days.",
    "Here you will see how many are taken, your best in each round, and the games you played.",
    "Questions you missed wait here too, so that you can practise them.",
];
/// In the ring, while it is empty, on two lines.
pub const HOW_A_SEAT_FILLS: [&str; 2] = ["Right on two days", "fills a seat for good"];
/// Over the games.
pub const GAMES_PLAYED: &str = "Games played";

/// "of 80 seats taken"
#[must_use]
pub fn seats_taken_of(all: usize) -> String {
    format!("of {} taken", counted(all, "seat", "seats"))
}

/// "9 right once"
#[must_use]
pub fn right_once(once: usize) -> String {
    format!("{once} right once")
}

/// "59 still free"
#[must_use]
pub fn still_free(empty: usize) -> String {
    format!("{empty} still free")
}

/// The ring in words.
#[must_use]
pub fn table_in_words(taken: usize, once: usize, all: usize) -> String {
    format!("Your table: {taken} of {} taken, {}", counted(all, "seat", "seats"), right_once(once))
}

/// "3 of 10 seats · best 9 of 10"
#[must_use]
pub fn round_at_table(taken: usize, all: usize, best: Option<(u32, u32)>) -> String {
    format!("{taken} of {} · {}", counted(all, "seat", "seats"), best_so_far(best))
}

/// "best 9 of 10", or "not played yet"
#[must_use]
pub fn best_so_far(best: Option<(u32, u32)>) -> String {
    best.map_or_else(|| "not played yet".to_owned(), |(credit, counted)| format!("best {}", of(credit, counted)))
}

/// "7 to practise"
#[must_use]
pub fn to_practise(count: usize) -> String {
    format!("{count} to practise")
}

/// "Missed when last asked: 7"
#[must_use]
pub fn to_practise_heading(count: usize) -> String {
    format!("{} to practise", counted(count, "question", "questions"))
}

/// "Nato explained", or "Nato explained, practice"
#[must_use]
pub fn played(title: &str, practice: bool) -> String {
    if practice { format!("{title}, practice") } else { title.to_owned() }
}

/// "15½ of 20 · 14,180 points"
#[must_use]
pub fn came_of_it(credit: u32, counted: u32, points: u32) -> String {
    format!("{} · {}", of(credit, counted), self::points(points))
}

/// "24 November 2026 · Game code K7-QMP"
#[must_use]
pub fn played_when(day: i32, code: Option<&str>) -> String {
    code.map_or_else(|| date(day), |code| format!("{} · {GAME_CODE} {code}", date(day)))
}

// ── Settings ──

/// The screen's heading, and the button that leads to it.
pub const SETTINGS: &str = "Settings";
/// What happens to a change.
pub const SAVED_BY_ITSELF: &str = "Changes are saved automatically.";
/// The colours.
pub const THEME: &str = "Theme";
/// The size of text.
pub const TEXT_SIZE: &str = "Text size";
/// Whether things move.
pub const MOTION: &str = "Motion";
/// Whether they do.
#[must_use]
pub const fn motion(motion: Motion) -> &'static str {
    match motion {
        Motion::Full => "Full",
        Motion::Reduced => "Reduced",
    }
}

/// Whether single keys answer.
pub const SINGLE_KEYS: &str = "Answer with A–F and 1–6";
/// Whether the window fills the screen.
pub const FULL_SCREEN: &str = "Full screen";
/// How loud it is.
pub const SOUND: &str = "Sound";
/// When key caps are drawn.
pub const SHOW_KEYS: &str = "Show keys";
/// When that is.
#[must_use]
pub const fn key_hints(hints: KeyHints) -> &'static str {
    match hints {
        KeyHints::WhenUsed => "When used",
        KeyHints::Always => "Always",
        KeyHints::Never => "Never",
    }
}

/// Of what is on or off.
#[must_use]
pub const fn on_off(on: bool) -> &'static str {
    if on { "On" } else { "Off" }
}

/// "75 %", "Off"
#[must_use]
pub fn loudness(volume: u8) -> String {
    if volume == 0 { on_off(false).to_owned() } else { percent(volume.into()) }
}

/// "125 %"
#[must_use]
pub fn percent(percent: u16) -> String {
    format!("{percent} %")
}

/// A theme's name.
#[must_use]
pub const fn theme(theme: ThemeName) -> &'static str {
    match theme {
        ThemeName::Dusk => "Dusk",
        ThemeName::Paper => "Paper",
        ThemeName::HighContrast => "High contrast",
    }
}

// ── Progress as a file ──

/// Over the two buttons.
pub const PROGRESS_FILE: &str = "Your progress and settings as a file";
/// What they are for.
pub const PROGRESS_FILE_ABOUT: &str =
    "Take your seats, bests, missed questions and settings to another computer. Progress that is already there stays.";
/// Writes the file.
pub const EXPORT: &str = "Export to a file";
/// Reads such a file.
pub const IMPORT: &str = "Import from a file";

/// "progress.json was not taken in. …"
#[must_use]
pub fn not_imported(file: &str, why: &str) -> String {
    format!("{file} was not taken in. {why}")
}

/// Not one of ours.
pub const IMPORT_FOREIGN: &str = "This file holds no Roundtable progress. Choose one that “Export to a file” has made.";
/// One of ours, cut short or altered.
pub const IMPORT_DAMAGED: &str = "This progress file is damaged. Nothing was taken from it.";
/// From a newer version.
pub const IMPORT_NEWER: &str = "This progress file comes from a newer version of Roundtable. Update this one first.";
/// More than there is room for.
pub const IMPORT_TOO_LARGE: &str =
    "With this file there would be more than Roundtable can keep. Nothing was taken from it.";
/// Everything in it was known.
pub const IMPORT_NOTHING_NEW: &str = "Nothing in this file is new: you have it all already.";

/// Everything in it was known but the settings.
pub const IMPORTED_SETTINGS: &str = "Taken in: your settings. The progress in this file was here already.";

/// "Taken in: 3 games and 12 questions that were not here before, and your settings."
#[must_use]
pub fn imported(games: usize, questions: usize, settings: bool) -> String {
    let what = if games == 0 && questions == 0 {
        "newer results for games and questions that were here already".to_owned()
    } else {
        let (games, questions) = (counted(games, "game", "games"), counted(questions, "question", "questions"));
        format!("{games} and {questions} that were not here before")
    };
    let beside = if settings { ", and your settings" } else { "" };
    format!("Taken in: {what}{beside}.")
}

// ── Set-up ──

/// The screen's heading.
pub const CHOOSE_ROUNDS: &str = "Choose your rounds";
/// How long a question lasts.
pub const PACE: &str = "Pace";
/// More time on top of the pace.
pub const EXTRA_TIME: &str = "Extra time";
/// What a right answer is worth.
pub const SCORING: &str = "Scoring";
/// How many of a round are asked.
pub const PER_ROUND: &str = "Questions per round";
/// No cap.
pub const ALL: &str = "All";
/// The code's label.
pub const GAME_CODE: &str = "Game code";
/// What the code does.
pub const SAME_CODE_SAME: &str = "Same code, same questions.";
/// Draws another code.
pub const NEW_CODE: &str = "New code";
/// Starts the match.
pub const START: &str = "Start";
/// Why it cannot start.
pub const NO_ROUND: &str = "Choose a round";
/// Why it cannot start.
pub const CODE_WRONG: &str = "Check the game code";
/// "5", or "All"
#[must_use]
pub fn per_round(most: Option<u16>) -> String {
    most.map_or_else(|| ALL.to_owned(), |most| most.to_string())
}

/// A pace's name.
#[must_use]
pub const fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::None => "No timer",
        Pace::Relaxed => "Relaxed",
        Pace::Standard => "Standard",
    }
}

/// A name for extra time: "None", "×1.5".
#[must_use]
pub fn extra(extra: Extra) -> String {
    match (extra.0 / 10, extra.0 % 10) {
        (1, 0) => "None".to_owned(),
        (whole, 0) => format!("×{whole}"),
        (whole, tenths) => format!("×{whole}.{tenths}"),
    }
}

/// A scoring's name.
#[must_use]
pub const fn scoring(scoring: Scoring) -> &'static str {
    match scoring {
        Scoring::Accuracy => "Accuracy",
        Scoring::Speed => "Faster is worth more",
    }
}

/// "20 questions, about 8 minutes."
#[must_use]
pub fn length_of_match(questions: usize, minutes: u64) -> String {
    format!("{}, about {}.", counted(questions, "question", "questions"), counted(minutes, "minute", "minutes"))
}

/// "10 questions"
#[must_use]
pub fn questions(count: usize) -> String {
    counted(count, "question", "questions")
}

/// "50 questions · as of 2024-10"
#[must_use]
pub fn bank_pill(title: &str, count: usize) -> String {
    format!("{title} · {}", questions(count))
}

// ── Round intro ──

/// "Round 2 of 4"
#[must_use]
pub fn round_of(round: u32, rounds: u32) -> String {
    format!("Round {round} of {rounds}")
}

/// What is said aloud: "Round 2 of 4. Membership. Who is in it."
#[must_use]
pub fn said_round(round: u32, rounds: u32, title: &str, about: &str) -> String {
    let about = if about.is_empty() { String::new() } else { format!(" {}", sentence(about)) };
    format!("{}. {}{about}", round_of(round, rounds), sentence(title))
}

/// Goes on from the intro.
pub const START_ROUND: &str = "Start the round";

/// "10 questions: choose one, put in order."
#[must_use]
pub fn round_kinds(questions: u32, kinds: &[Kind]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| self::kind(*kind)).collect();
    format!("{}: {}.", counted(questions, "question", "questions"), kinds.join(", "))
}

/// What a kind asks the player to do.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "choose one",
        Kind::MultiChoice => "choose all that apply",
        Kind::TrueFalse => "true or false",
        Kind::Number => "give a number",
        Kind::Order => "put in order",
        Kind::Match => "match the pairs",
        Kind::Text => "type the answer",
    }
}

/// How long each question lasts.
#[must_use]
pub fn round_seconds(seconds: Option<(u64, u64)>) -> String {
    match seconds {
        None => "No timer: take the time you need.".to_owned(),
        Some((low, high)) if low == high => format!("{} for each question.", counted(low, "second", "seconds")),
        Some((low, high)) => format!("{low} to {high} seconds for each question."),
    }
}

// ── Question ──

/// The screen's name for those who cannot see it.
pub const QUESTION: &str = "Question";
/// The group of what can be chosen, and of what could have been.
pub const ANSWERS: &str = "Answers";
/// The list of what is put in order.
pub const ITEMS: &str = "Items in your order";
/// The group of what pairs begin with.
pub const LEFT_SIDE: &str = "Left side";
/// The group of what pairs end with.
pub const RIGHT_SIDE: &str = "Right side";

/// What is said when a question appears: "Question 7 of 20. When did Finland become a member? Choose one. 20 seconds."
#[must_use]
pub fn asked(place: &str, stem: &str, kind: Kind, seconds: Option<u64>) -> String {
    let kind = sentence(self::kind(kind));
    let time = seconds.map(|seconds| format!(" {}.", counted(seconds, "second", "seconds"))).unwrap_or_default();
    format!("{place}. {stem} {kind}{time}")
}

/// What is said when the clock stops, or stands in the way: "Paused. You stopped the clock."
#[must_use]
pub fn stopped(reason: PauseReason) -> String {
    format!("{PAUSED}. {}", paused_by(reason))
}

/// Half of the time is gone: "Half of the time is left: 10 seconds left"
#[must_use]
pub fn half_left(seconds: u64) -> String {
    format!("Half of the time is gone: {}", seconds_left(seconds))
}

/// "Round 2 of 4 · Membership"
#[must_use]
pub fn round_pill(round: u32, rounds: u32, title: &str) -> String {
    format!("Round {round} of {rounds} · {title}")
}

/// "Question 7 of 20"
#[must_use]
pub fn question_of(question: u32, questions: u32) -> String {
    format!("Question {question} of {questions}")
}

/// The same in a narrow window: "Membership · 7 of 20"
#[must_use]
pub fn place_in_match(round: &str, question: u32, questions: u32) -> String {
    format!("{round} · {question} of {questions}")
}

/// "Streak 3"
#[must_use]
pub fn streak(streak: u32) -> String {
    format!("Streak {streak}")
}

/// The name of the points for those who cannot see where they stand.
#[must_use]
pub fn points(points: u32) -> String {
    if points == 1 { "1 point".to_owned() } else { format!("{} points", grouped(points)) }
}

/// Stops the clock.
pub const PAUSE: &str = "Pause";
/// Sends an answer that was prepared.
pub const SUBMIT: &str = "Submit answer";
/// It has gone to the journal.
pub const RECEIVED: &str = "Answer received";
/// It is on its way.
pub const SENDING: &str = "Saving your answer…";

/// The last five seconds in words.
#[must_use]
pub fn seconds_left(seconds: u64) -> String {
    format!("{} left", counted(seconds, "second", "seconds"))
}

/// How to answer with tiles.
#[must_use]
pub fn hint_tiles(options: usize, using: Using) -> String {
    let last = char::from(b'A' + u8::try_from(options.clamp(1, 26) - 1).unwrap_or(0));
    hint_press(&format!("A–{last}"), using)
}

/// How to answer true or false.
#[must_use]
pub fn hint_true_false(_: usize, using: Using) -> String {
    hint_press("T or F", using)
}

/// How to press one of a few, of which each has one of these keys.
fn hint_press(keys: &str, using: Using) -> String {
    let how = match (using.device, using.single_keys) {
        (None, true) => format!("Press {keys}, use the arrows, or tap."),
        (None, false) => "Use the arrows and Enter, or tap.".to_owned(),
        (Some(Device::Keyboard), true) => format!("Press {keys}, or use the arrows and Enter."),
        (Some(Device::Keyboard), false) => "Use the arrows, then Enter.".to_owned(),
        (Some(Device::Mouse), _) => "Click your answer.".to_owned(),
        (Some(Device::Touch), _) => "Tap your answer.".to_owned(),
        (Some(Device::Pad), _) => "Choose with the stick or the cross; the lower button answers.".to_owned(),
    };
    format!("{how} Your first answer counts.")
}
/// The key that presses True.
pub const TRUE_KEY: char = 'T';
/// The key that presses False.
pub const FALSE_KEY: char = 'F';
/// True.
pub const TRUE: &str = "True";
/// False.
pub const FALSE: &str = "False";

/// Over check boxes.
pub const CHOOSE_ALL: &str = "Choose all that apply";
/// What a wrong tick costs.
pub const WRONG_TICK: &str = "A wrong tick takes away as much as a right one earns.";
/// The same, where the others say how to answer.
#[must_use]
pub fn hint_ticks(_: usize, _: Using) -> String {
    WRONG_TICK.to_owned()
}
/// Nothing is ticked.
pub const TICK_ONE: &str = "Choose at least one";

/// "2 chosen"
#[must_use]
pub fn chosen(count: usize) -> String {
    format!("{count} chosen")
}

/// How to give a number.
#[must_use]
pub fn hint_number(_: usize, using: Using) -> String {
    let how = match using.device {
        None | Some(Device::Keyboard) => "Type a number, or use − and +.",
        Some(Device::Mouse | Device::Touch) => "Use − and +, the slider, or the keypad.",
        Some(Device::Pad) => "The lower button on the field opens the keypad; Start submits.",
    };
    format!("{how} Closer answers earn more.")
}
/// The number field's label.
pub const NUMBER_FIELD: &str = "Your answer";
/// Nothing typed.
pub const NUMBER_EMPTY: &str = "Type a number";

/// "In steps of 5 from 0"
#[must_use]
pub fn number_step(step: &str, from: &str) -> String {
    format!("In steps of {step} from {from}")
}

/// How to put in order.
#[must_use]
pub fn hint_order(_: usize, using: Using) -> String {
    match using.device {
        None => "Drag a row, or move it with its two buttons. On the keyboard, Space picks it up, the arrows move it, Space drops it.",
        Some(Device::Keyboard) => "Space picks a row up, the arrows move it, Space drops it.",
        Some(Device::Mouse) => "Drag a row, or move it with its two buttons.",
        Some(Device::Touch) => "Drag a row by its number, or move it with its two buttons.",
        Some(Device::Pad) => "The lower button picks a row up, the cross moves it, the lower button drops it. Start submits.",
    }
    .to_owned()
}

/// What stands at the top.
#[must_use]
pub fn first(from: &str) -> String {
    format!("At the top: {from}")
}

/// What stands at the bottom.
#[must_use]
pub fn last(to: &str) -> String {
    format!("At the bottom: {to}")
}

/// An item that was put where it belongs.
pub const RIGHT_PLACE: &str = "Right place";

/// An item that was put elsewhere.
#[must_use]
pub fn you_put_it(place: usize) -> String {
    format!("You put it at {place}")
}

/// "1. Sweden takes its seat"
#[must_use]
pub fn row_name(place: usize, item: &str, held: bool) -> String {
    if held { format!("{place}. {item}, picked up") } else { format!("{place}. {item}") }
}

/// Where an item stands after a move: "Sweden takes its seat, 2 of 5"
#[must_use]
pub fn stands_at(item: &str, place: usize, places: usize) -> String {
    format!("{item}, {place} of {places}")
}

/// It is in the hand: "Sweden takes its seat, picked up, 2 of 5"
#[must_use]
pub fn picked_up(item: &str, place: usize, places: usize) -> String {
    format!("{item}, picked up, {place} of {places}")
}

/// It is out of the hand: "Sweden takes its seat, dropped, 2 of 5"
#[must_use]
pub fn dropped(item: &str, place: usize, places: usize) -> String {
    format!("{item}, dropped, {place} of {places}")
}

/// "Move up: Sweden takes its seat"
#[must_use]
pub fn move_up(item: &str) -> String {
    format!("Move up: {item}")
}

/// "Move down: Sweden takes its seat"
#[must_use]
pub fn move_down(item: &str) -> String {
    format!("Move down: {item}")
}

/// How to match pairs.
#[must_use]
pub fn hint_match(_: usize, _: Using) -> String {
    "Pick one on the left, then its partner. Select a pair again to separate it.".to_owned()
}

/// "2 pairs left"
#[must_use]
pub fn pairs_left(left: usize) -> String {
    format!("{} left", counted(left, "pair", "pairs"))
}

/// A pair was taken apart.
pub const SEPARATED: &str = "Pair separated";
/// A pair that belongs together.
pub const RIGHT_PAIR: &str = "Right pair";

/// "paired with Ukraine could join one day"
#[must_use]
pub fn paired_with(partner: &str) -> String {
    format!("paired with {partner}")
}

/// "Nato, in 2008: Ukraine could join one day"
#[must_use]
pub fn pair(left: &str, right: &str) -> String {
    format!("{left}: {right}")
}

/// The partner that was chosen instead.
#[must_use]
pub fn you_chose(partner: &str) -> String {
    format!("You chose: {partner}")
}

/// A left side that has a partner.
#[must_use]
pub fn paired(left: &str, right: &str) -> String {
    format!("{left}, paired with {right}")
}

/// How to send a typed answer.
#[must_use]
pub fn hint_typed(_: usize, using: Using) -> String {
    match using.device {
        None => "Type your answer, or open the keyboard on the screen. Enter submits it.",
        Some(Device::Keyboard) => "Type your answer. Enter submits it.",
        Some(Device::Mouse) => "Type your answer, or open the keyboard on the screen.",
        Some(Device::Touch) => "Tap the field to open the keyboard.",
        Some(Device::Pad) => "The lower button on the field opens the keyboard; Start submits your answer.",
    }
    .to_owned()
}

/// What does not matter, and how long it may be.
#[must_use]
pub fn hint_text(max_chars: u16) -> String {
    format!("Capitals and accents don’t matter. At most {max_chars} characters.")
}

/// The text field's label.
pub const TEXT_FIELD: &str = "Your answer";
/// Nothing typed.
pub const TEXT_EMPTY: &str = "Type an answer";

// ── Pause ──

/// The screen's heading.
pub const PAUSED: &str = "Paused";
/// The clock goes on.
pub const RESUME: &str = "Resume";
/// Back to the title, keeping the match.
pub const LEAVE: &str = "Leave";
/// What leaving does.
pub const LEAVE_KEEPS: &str = "Leaving keeps this game: you can continue it later.";

/// Who or what stopped the clock.
#[must_use]
pub const fn paused_by(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::Player => "You stopped the clock.",
        PauseReason::Sleep => "The computer slept or the window was hidden, so the clock stopped.",
        PauseReason::Teacher => "The teacher stopped the clock.",
        PauseReason::Restarted => "Welcome back. The clock stopped when the game was closed; nothing is lost.",
    }
}

/// What is left of the question's time.
#[must_use]
pub fn time_left(ms: u64) -> String {
    format!("{} left for this question.", counted(ms.div_ceil(1000), "second", "seconds"))
}

// ── Feedback ──

/// All of it right.
pub const RIGHT: &str = "Right";
/// Some of it.
pub const PARTLY_RIGHT: &str = "Partly right";
/// None of it.
pub const NOT_THIS_TIME: &str = "Not this time";
/// No answer came.
pub const TIME_IS_UP: &str = "Time is up";
/// It counts for nobody.
pub const NOT_COUNTED: &str = "This question does not count";

/// "+700 points, streak of 3 ended"
#[must_use]
pub fn earned(earned: u32, streak: u32, streak_ended: u32) -> String {
    let mut line = format!("+{}", points(earned));
    if streak > 1 {
        let _ = write!(line, " · {streak} right in a row");
    }
    if streak_ended > 1 {
        let _ = write!(line, " · your streak of {streak_ended} ended");
    }
    line
}

/// "+0 points · saved to practise later": what was missed is offered at the title.
#[must_use]
pub fn kept_to_practise(earned: &str) -> String {
    format!("{earned} · saved to practise later")
}

/// The share earned, for partly right answers: "61% of it"
#[must_use]
pub fn share(credit: u16) -> String {
    format!("{}% right", (u32::from(credit) / 10).clamp(1, 99))
}

/// A key that no option shows.
#[must_use]
pub fn right_answer(key: &str) -> String {
    format!("Right answer: {key}")
}

/// What the player answered.
#[must_use]
pub fn your_answer(answer: &str) -> String {
    format!("Your answer: {answer}")
}

/// No answer was given.
pub const NO_ANSWER: &str = "No answer";
/// Over the right answer.
pub const RIGHT_ANSWER: &str = "Right answer";
/// Over the player's answer.
pub const YOUR_ANSWER: &str = "Your answer";
/// Over the source.
pub const SOURCE: &str = "Where this comes from";

/// Other answers that count.
#[must_use]
pub fn also_accepted(accept: &[String]) -> String {
    format!("Also accepted: {}.", accept.join(", "))
}

/// How far off a number may be and still earn something.
#[must_use]
pub fn tolerance(tolerance: &str, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    format!("Up to {tolerance}{unit} off still earns something.")
}

/// "BBC News explainer, section “Which countries are members?”"
#[must_use]
pub fn source(document: &str, section: &str) -> String {
    if section.is_empty() { document.to_owned() } else { format!("{document}, section “{section}”") }
}

/// "As of October 2024."
#[must_use]
pub fn as_of(date: &str) -> String {
    let mut parts = date.split('-');
    let year = parts.next().unwrap_or(date);
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (month, parts.next().map(|day| day.trim_start_matches('0'))) {
        (Some(month), Some(day)) => format!("As of {day} {month} {year}."),
        (Some(month), None) => format!("As of {month} {year}."),
        (None, _) => format!("As of {date}."),
    }
}

/// Over a timeline, or a scale.
#[must_use]
pub const fn plot_heading(timeline: bool) -> &'static str {
    if timeline { "On the timeline" } else { "On the scale" }
}

/// The picture in words: "Timeline from 1940 to 2000. Right answer: 1949. Your answer: 1955. Also there: 1960."
#[must_use]
pub fn plot(plot: &Plot) -> String {
    let named = |wanted: &[Stands]| -> Vec<&str> {
        plot.marks.iter().filter(|mark| wanted.contains(&mark.stands)).map(|mark| mark.label.as_str()).collect()
    };
    let mut words = if plot.timeline { "Timeline".to_owned() } else { "Scale".to_owned() };
    if let [from, .., to] = &plot.marks[..] {
        let _ = write!(words, " from {} to {}", from.label, to.label);
    }
    words.push('.');
    for (what, stands) in [
        ("Right answer, and yours", &[Stands::RightYours][..]),
        ("Right answer", &[Stands::Right]),
        ("Your answer", &[Stands::Wrong]),
        ("Your answer, near enough", &[Stands::Near]),
        ("Also there", &[Stands::Other]),
    ] {
        let named = named(stands);
        if !named.is_empty() {
            let _ = write!(words, " {what}: {}.", named.join(", "));
        }
    }
    if let Some((from, to)) = plot.band {
        let _ = write!(words, " From {} to {} earns something.", number(from), number(to));
    }
    words
}

/// Before the answer: the player is sure of it.
pub const SURE_BEFORE: &str = "I’m sure";
/// Before the answer: it is a guess.
pub const GUESSED_BEFORE: &str = "I’m guessing";
/// In feedback: the player was sure.
pub const SURE_AFTER: &str = "I was sure";
/// In feedback: it was a guess.
pub const GUESSED_AFTER: &str = "I guessed";
/// The key that says so.
pub const SURE_KEY: char = 'S';
/// The key that says so.
pub const GUESSED_KEY: char = 'G';

/// Goes on from feedback.
pub const NEXT_QUESTION: &str = "Next question";
/// Goes on from the last question of a round.
pub const END_ROUND: &str = "Finish the round";
/// Goes on from the very last question.
pub const SEE_RESULTS: &str = "See your results";

// ── Standings ──

/// The screen's heading.
pub const STANDINGS: &str = "So far";
/// Goes on.
pub const NEXT_ROUND: &str = "Next round";

/// "2 of 4 rounds played"
#[must_use]
pub fn rounds_done(round: u32, rounds: u32) -> String {
    format!("{round} of {rounds} rounds played")
}

/// "4½ of 6 right"
#[must_use]
pub fn right_of(credit: u32, counted: u32) -> String {
    format!("{} of {counted} right", thousandths(credit))
}

/// What is said aloud: "So far: 4½ of 6 right, 5,400 points."
#[must_use]
pub fn said_so_far(credit: u32, counted: u32, points: u32) -> String {
    format!("{STANDINGS}: {}, {}.", right_of(credit, counted), self::points(points))
}

// ── Results ──

/// What is said aloud: "Your result: 15½ of 20 right, 12,300 points."
#[must_use]
pub fn said_result(credit: u32, counted: u32, points: u32) -> String {
    format!("{RESULTS}: {}, {}.", right_of(credit, counted), self::points(points))
}

/// "out of 20"
#[must_use]
pub fn out_of(counted: u32) -> String {
    format!("out of {counted}")
}

/// "5 of 5"
#[must_use]
pub fn of(credit: u32, counted: u32) -> String {
    format!("{} of {counted}", thousandths(credit))
}

/// "Membership · Question 7"
#[must_use]
pub fn review_place(round: &str, number: u32) -> String {
    format!("{round} · Question {number}")
}

/// Over the rounds.
pub const BY_ROUND: &str = "By round";
/// Over the missed questions.
pub const TO_REVIEW: &str = "Questions to review";
/// There are none.
pub const NOTHING_TO_REVIEW: &str = "Every question right: nothing to review.";
/// The match was ended early.
pub const ABANDONED: &str = "You ended this game early.";
/// Practises what was missed.
pub const PRACTISE_THESE: &str = "Practise these";
/// The same questions.
pub const AGAIN_SAME: &str = "Play again, same code";
/// Other questions.
pub const AGAIN_NEW: &str = "Play again, new code";
/// Over the difficulties.
pub const BY_DIFFICULTY: &str = "By difficulty";

/// A difficulty's name.
#[must_use]
pub const fn difficulty(difficulty: u8) -> &'static str {
    match difficulty {
        0 | 1 => "Easy",
        2 => "Medium",
        _ => "Hard",
    }
}

/// What a game means beside the best one with the same settings: "Your best so far, by 1,240"
#[must_use]
pub fn beside_best(outcome: &Outcome) -> Option<String> {
    let best = "Your best so far";
    match (&outcome.former, outcome.ahead_by()) {
        (None, _) if outcome.is_best => Some("Your first result: the one to beat".to_owned()),
        (None, _) => None,
        (Some(_), Some(0)) => Some(best.to_owned()),
        (Some(_), Some(by)) => Some(format!("{best}, by {}", grouped(by))),
        (Some(former), None) if former.points > outcome.points => {
            Some(format!("{} behind your best so far", points(former.points - outcome.points)))
        }
        (Some(_), None) => Some("Level with your best so far".to_owned()),
    }
}

/// A question that was missed, and the player had been sure.
pub const YOU_WERE_SURE: &str = "You were sure of this one.";

/// How the player stands beside the best run: "2 behind your best run"
#[must_use]
pub fn race(ahead: i64) -> String {
    let by = thousandths(u32::try_from(ahead.unsigned_abs()).unwrap_or(u32::MAX));
    match ahead {
        0 => "Level with your best run".to_owned(),
        1.. => format!("{by} ahead of your best run"),
        _ => format!("{by} behind your best run"),
    }
}

/// The race's ring in words.
#[must_use]
pub fn race_so_far(mine: u32, best: u32) -> String {
    format!("{} right so far. Your best run had {}.", thousandths(mine), thousandths(best))
}

// ── Sharing a result ──

/// Puts the link on the clipboard.
pub const COPY_LINK: &str = "Copy link";
/// It is on the clipboard.
pub const LINK_COPIED: &str = "Link copied.";
/// Opens the system's own dialog for passing something on.
pub const SHARE_SHEET: &str = "Share…";
/// What the link is for.
pub const LINK_HINT: &str =
    "The link opens the same questions, with your score to beat. So does the code, with a phone's camera.";
/// What it is for, where there is no link.
pub const CODE_HINT: &str = "The same code in the same question file gives the same questions.";

/// "Beat my 15½"
#[must_use]
pub fn beat_my(credit: u32) -> String {
    format!("Beat my {}", thousandths(credit))
}

/// What is read out for the picture.
#[must_use]
pub fn qr_name(credit: u32) -> String {
    format!("QR code of the link: {}", beat_my(credit))
}

/// On the set-up that a link has opened.
#[must_use]
pub fn to_beat(goal: u32, questions: usize) -> String {
    format!("Score to beat: {} of {questions}", thousandths(goal))
}

/// At the end, beside the score of a link.
#[must_use]
pub fn beside_goal(credit: u32, goal: u32) -> String {
    let goal_told = thousandths(goal);
    match credit.cmp(&goal) {
        std::cmp::Ordering::Greater => format!("Beaten! The score to beat was {goal_told}."),
        std::cmp::Ordering::Equal => format!("Level with the score to beat, {goal_told}."),
        std::cmp::Ordering::Less => format!("Not beaten this time: the score to beat is {goal_told}."),
    }
}

/// A link's game code is none.
#[must_use]
pub fn link_code_wrong(code: &str, why: &str) -> String {
    format!("The link's game code “{code}” cannot be used, so there is a new one. {why}")
}

/// A link's number of questions is none.
#[must_use]
pub fn link_each_wrong(each: &str) -> String {
    format!("The link asks for “{each}” questions a round. That is no number from 1 up, so choose one here.")
}

/// A link's score is none.
#[must_use]
pub fn link_beat_wrong(beat: &str) -> String {
    format!("The link's score to beat, “{beat}”, is no score, so there is none.")
}

/// Nobody's link.
pub const LINK_TOO_LONG: &str = "The link is too long to be one of this game's. Nothing of it was read.";

/// A link names rounds that are not there.
#[must_use]
pub fn link_unknown_rounds(bank: &str, rounds: &[String]) -> String {
    let named: Vec<String> = rounds.iter().map(|id| format!("“{id}”")).collect();
    let word = if rounds.len() == 1 { "a round" } else { "rounds" };
    format!("The link names {word} that {bank} does not have: {}.", named.join(", "))
}

/// A link is for a question file that is not there.
#[must_use]
pub fn link_other_file(id: &str) -> String {
    format!("The link is for the question file “{id}”, which is not here. Open that file, then open the link again.")
}

/// Opens the dialog.
pub const SHARE: &str = "Share result";
/// The dialog's heading.
pub const SHARE_HEADING: &str = "Share your result";
/// Puts the words on the clipboard.
pub const COPY_TEXT: &str = "Copy as text";
/// Puts the picture on the clipboard.
pub const COPY_PICTURE: &str = "Copy as picture";
/// Writes the words to a file.
pub const SAVE_TEXT: &str = "Save as text…";
/// Writes the picture to a file.
pub const SAVE_PICTURE: &str = "Save as picture…";
/// Closes a dialog.
pub const CLOSE: &str = "Close";
/// It is on the clipboard.
pub const TEXT_COPIED: &str = "Copied as text.";
/// It is on the clipboard.
pub const PICTURE_COPIED: &str = "Copied as a picture.";

/// It is not.
#[must_use]
pub fn result_not_copied(why: &str) -> String {
    format!("It could not be copied; save it to a file instead. {}", sentence(why))
}

/// "Game code K7-QMP"
#[must_use]
pub fn game_code_short(code: &str) -> String {
    format!("{GAME_CODE} {code}")
}

/// "and 2 more rounds"
#[must_use]
pub fn more_rounds(more: usize) -> String {
    format!("and {}", counted(more, "more round", "more rounds"))
}

/// The result as a few lines, a row of seats for each round.
#[must_use]
pub fn shared_result(report: &Report) -> String {
    let mut lines = format!("{NAME}: {}\n", report.bank);
    let _ = writeln!(lines, "{} · {}", right_of(report.credit, report.counted), points(report.points));
    for round in &report.rounds {
        let _ = writeln!(lines, "{} {}, {}", share::row(round), round.title, of(round.credit, round.counted));
    }
    let code = report.code.as_ref().map(|code| format!("{} · ", game_code_short(code))).unwrap_or_default();
    let _ = writeln!(lines, "{code}{}", report.date);
    if let Some(link) = &report.link {
        let _ = writeln!(lines, "{}: {link}", beat_my(report.credit));
    }
    lines
}

/// The heading for those who cannot see the ring.
pub const RESULTS: &str = "Your result";

// ── Telling ──

/// Nothing can be written.
#[must_use]
pub fn not_saved(why: &str) -> String {
    format!("This game cannot be saved, but you can play on. {why}{}", otherwise())
}

/// In a browser storage is not the player's to mend, but a file is theirs.
const fn otherwise() -> &'static str {
    if IN_BROWSER { " “Export to a file” in the settings saves your progress." } else { "" }
}

/// Nothing was found in the browser's storage, because it cannot be read.
#[must_use]
pub fn nothing_kept(why: &str) -> String {
    format!("Games, progress and settings cannot be kept here, but you can play. {why}{}", otherwise())
}

/// The browser has wiped its storage while the page was open.
#[must_use]
pub fn kept_again(why: &str) -> String {
    format!("{why} What this page still knew is kept again.{}", otherwise())
}

/// There is no data directory.
pub const NO_PLACE: &str = "No place to save was found: choose one with --data-dir.";

/// The open matches cannot be listed.
#[must_use]
pub fn saved_games_unreadable(why: &str) -> String {
    format!("Earlier games cannot be looked for. {why}")
}

/// A journal stays where it is.
#[must_use]
pub fn saved_game_not_opened(why: &str) -> String {
    format!("A game you left cannot be opened now; it stays where it is. {why}")
}

/// A journal was set aside.
#[must_use]
pub fn saved_game_set_aside(why: &str, path: &Path) -> String {
    if IN_BROWSER {
        return format!("{why} It is kept, and out of the way.");
    }
    format!("{why} It is kept at {}.", path.display())
}

/// Progress and settings cannot be written.
#[must_use]
pub fn not_kept_now(why: &str) -> String {
    format!("Progress and settings cannot be kept just now, but you can play on. {why}{}", otherwise())
}

/// A file from a newer version.
#[must_use]
pub fn kept_file_newer(file: &str) -> String {
    format!(
        "{file} was made by a newer version of Roundtable. It stays as it is, and what you do now is not added to it."
    )
}

/// A file that could not be read at all.
#[must_use]
pub fn kept_file_not_read(file: &str, why: &str) -> String {
    format!("{file} could not be read. {why}")
}

/// A damaged file was moved.
#[must_use]
pub fn kept_file_set_aside(path: &Path) -> String {
    if IN_BROWSER {
        return "What was kept of your progress or settings was damaged. It is out of the way, and a new one begins."
            .to_owned();
    }
    format!(
        "A file with your progress or settings was damaged. It is kept at {}, and a new one begins.",
        path.display()
    )
}

// ── Figures ──

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as people write it, from its number since 1 January 1970: "24 November 2026".
#[must_use]
pub fn date(day: i32) -> String {
    // The era of 400 years, the day in it, the year of it, all counted from 1 March so that the leap day comes last.
    let from_march = i64::from(day) + 719_468;
    let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let name = usize::try_from((month + 2) % 12).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{day} {name} {}", year + era * 400 + i64::from(month >= 10))
}

/// "1 minute", "3 minutes"
fn counted<N: PartialEq + From<u8> + std::fmt::Display>(count: N, one: &str, many: &str) -> String {
    let noun = if count == N::from(1) { one } else { many };
    format!("{count} {noun}")
}

/// "5,400"
#[must_use]
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Thousandths as people write them: "15½", "3¼", "0.6". Never rounded up to a whole that was not earned.
#[must_use]
pub fn thousandths(credit: u32) -> String {
    let (whole, part) = (credit / 1000, credit % 1000);
    let fraction = match part {
        0 => return whole.to_string(),
        250 => "¼",
        500 => "½",
        750 => "¾",
        _ => {
            let tenths = ((part + 50) / 100).clamp(1, 9);
            return format!("{whole}.{tenths}");
        }
    };
    if whole == 0 { fraction.to_owned() } else { format!("{whole}{fraction}") }
}

/// A finding as a sentence of its own, with quotation marks as people write them.
#[must_use]
pub fn sentence(finding: &str) -> String {
    let mut open = false;
    let quoted = finding.chars().map(|letter| match letter {
        '`' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        other => other,
    });
    let finding: String = quoted.collect();
    let mut letters = finding.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if finding.trim_end_matches('”').ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

// ── Words of the widgets ──

/// On what is chosen.
pub const SELECTED: &str = "Selected";
/// Read out for an option that was chosen and is right.
pub const YOUR_RIGHT_ANSWER: &str = "Your answer, right";
/// Where a list goes on.
pub const MORE_BELOW: &str = "More below";
/// A slider that stands nowhere yet.
pub const NO_VALUE: &str = "No value yet";
/// A step down.
pub const LESS: &str = "Less";
/// A step up.
pub const MORE: &str = "More";
/// Shows the digits.
pub const KEYPAD: &str = "Keypad";
/// Shows the letters.
pub const KEYBOARD: &str = "Keyboard";
/// The group of the keys.
pub const ON_SCREEN_KEYBOARD: &str = "On-screen keyboard";
/// The space bar.
pub const SPACE: &str = "Space";
/// The backspace key.
pub const DELETE_LAST: &str = "Delete the last character";
/// Empties the field.
pub const CLEAR: &str = "Clear";
/// A key's cap.
pub const KEY_ENTER: &str = "Enter";
/// Two keys' cap.
pub const KEY_CTRL_ENTER: &str = "Ctrl+Enter";
/// A key's cap.
pub const KEY_ESC: &str = "Esc";

/// What a key of the on-screen keyboard is called when it is read out.
#[must_use]
pub fn key_name(key: char) -> String {
    match key {
        '.' => "Point".to_owned(),
        ',' => "Comma".to_owned(),
        '-' => "Minus".to_owned(),
        '\'' => "Apostrophe".to_owned(),
        _ => key.to_string(),
    }
}
