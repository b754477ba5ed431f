//! `roundtable lesson`: single questions of a question file, chosen before class and kept by name, for `roundtable host --lesson NAME`.
//!
//! Uses `classroom::lesson` for everything that is said, and `platform` for the file. What is shown has keys and explanations in it.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::banks::{self, Found};
use crate::bank::Bank;
use crate::classroom::lesson::{Lesson, Lessons, Preparing, kept};
use crate::platform::{DataDir, FileShelf};
use crate::rules::Pace;

/// Choose single questions before class, keep the choice by name, and host it.
///
/// Keys and explanations are in view here: not for a screen that students see.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the lessons that are kept.
    List,
    /// Show a lesson's questions, with keys and explanations.
    Show {
        /// The lesson's name.
        name: String,
        /// The question file that it was made from, if that is not where Roundtable looks.
        #[arg(long, value_name = "BANK")]
        bank: Option<String>,
        /// Show the file's other questions, too, not ticked.
        #[arg(long)]
        all: bool,
    },
    /// Show every question of a question file, with keys and explanations, to choose by.
    Questions {
        /// The question file; or the name of one inside the program, such as `nato-explained`.
        bank: String,
    },
    /// Make a lesson of these questions, or make it anew.
    Save {
        /// What it is to be called.
        name: String,
        /// The question file; or the name of one inside the program.
        bank: String,
        /// Ids of questions, and whole rounds as `round:2`.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
    },
    /// Add questions to a lesson.
    Tick(Change),
    /// Take questions out of a lesson.
    Untick(Change),
    /// Forget a lesson.
    Forget {
        /// Its name.
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct Change {
    /// The lesson's name.
    name: String,
    /// Ids of questions, and whole rounds as `round:2`.
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// The question file that it was made from, if that is not where Roundtable looks.
    #[arg(long, value_name = "BANK")]
    bank: Option<String>,
}

/// Runs the command; the result is the exit status: 0, or 2 if it could not be done.
pub fn run(args: &Args, data_dir: Option<&Path>, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let done = make(args, data_dir)
        .and_then(|said| out.write_all(said.as_bytes()).map_err(|error| format!("Cannot print the lesson: {error}")));
    match done {
        Ok(()) => 0,
        Err(sentence) => {
            let _ = writeln!(err, "{sentence}");
            2
        }
    }
}

/// The lessons that are kept.
///
/// # Errors
/// A sentence, if they cannot be read.
pub fn kept(data: &DataDir) -> Result<Lessons, String> {
    kept::load(&FileShelf::new(data)).map_err(|error| error.to_string())
}

/// The lesson of this name, and its question file: the one that is named, or the one with the id that the lesson holds.
///
/// # Errors
/// A sentence that says what to do.
pub fn find(name: &str, bank: Option<&str>, data: &DataDir) -> Result<(Lesson, Found), String> {
    let lessons = kept(data)?;
    let lesson = lessons.get(name).ok_or_else(|| {
        format!("There is no lesson called {name}: `roundtable lesson list` shows those that are kept.")
    })?;
    let found = match bank {
        Some(bank) => banks::named(bank)?,
        None => banks::with_id(&lesson.bank, data)?,
    };
    Ok((lesson.clone(), found))
}

fn make(args: &Args, data_dir: Option<&Path>) -> Result<String, String> {
    let data = DataDir::resolve(data_dir).map_err(|error| error.to_string())?;
    match &args.command {
        Command::List => Ok(list(&kept(&data)?)),
        Command::Show { name, bank, all } => {
            let (lesson, (bank, _)) = find(name, bank.as_deref(), &data)?;
            Ok(show(&bank, Some(&lesson), *all))
        }
        Command::Questions { bank } => Ok(show(&banks::named(bank)?.0, None, true)),
        Command::Save { name, bank, ids } => {
            let (bank, _) = banks::named(bank)?;
            let mut preparing = Preparing::new(Arc::clone(&bank));
            tick(&mut preparing, &bank, ids, true)?;
            save(&preparing, name, &data)
        }
        Command::Tick(change) => edit(change, true, &data),
        Command::Untick(change) => edit(change, false, &data),
        Command::Forget { name } => {
            if kept(&data)?.get(name).is_none() {
                return Err(format!("There is no lesson called {name}."));
            }
            kept::forget_now(&mut FileShelf::new(&data), name).map_err(|error| error.to_string())?;
            Ok(format!("Forgotten: {name}\n"))
        }
    }
}

fn edit(change: &Change, ticked: bool, data: &DataDir) -> Result<String, String> {
    let (lesson, (bank, _)) = find(&change.name, change.bank.as_deref(), data)?;
    let mut preparing = Preparing::from_lesson(Arc::clone(&bank), &lesson);
    tick(&mut preparing, &bank, &change.ids, ticked)?;
    save(&preparing, &lesson.name, data)
}

/// All of them, or none: an id that is mistyped is told.
fn tick(preparing: &mut Preparing, bank: &Bank, ids: &[String], ticked: bool) -> Result<(), String> {
    for id in ids {
        if let Some(round) = id.strip_prefix("round:") {
            let round = round.parse::<usize>().ok().and_then(|round| round.checked_sub(1));
            let round = round.filter(|round| *round < bank.rounds.len());
            let round = round.ok_or_else(|| format!("{id}: rounds are counted from 1 to {}.", bank.rounds.len()))?;
            preparing.set_round(round, ticked);
        } else if bank.questions().any(|(_, question)| question.id == *id) {
            preparing.set(id, ticked);
        } else {
            return Err(format!("The file has no question {id}: `roundtable lesson questions` shows their ids."));
        }
    }
    Ok(())
}

fn save(preparing: &Preparing, name: &str, data: &DataDir) -> Result<String, String> {
    let lesson = preparing.lesson(name).map_err(|error| error.to_string())?;
    let said = format!(
        "Saved: {}, {}. `roundtable host --lesson \"{}\"` plays it.\n",
        lesson.name,
        size(preparing),
        lesson.name
    );
    kept::keep_now(&mut FileShelf::new(data), lesson).map_err(|error| error.to_string())?;
    Ok(said)
}

/// "3 questions, 1 min 30 s at most"
fn size(preparing: &Preparing) -> String {
    let count = preparing.count();
    let time = preparing.most_ms(Pace::Standard).unwrap_or(0) / 1000;
    format!("{count} question{}, {} min {:02} s at most", if count == 1 { "" } else { "s" }, time / 60, time % 60)
}

fn list(lessons: &Lessons) -> String {
    if lessons.all().is_empty() {
        return "No lesson is kept. `roundtable lesson questions nato-explained` shows what there is to choose from.\n"
            .to_owned();
    }
    let mut said = String::new();
    for lesson in lessons.all() {
        let count = lesson.questions.len();
        let s = if count == 1 { "" } else { "s" };
        // Writing into memory cannot fail.
        let _ = writeln!(said, "{}: {count} question{s} of {}", lesson.name, lesson.bank);
    }
    said
}

fn show(bank: &Arc<Bank>, lesson: Option<&Lesson>, all: bool) -> String {
    let preparing = lesson
        .map_or_else(|| Preparing::new(Arc::clone(bank)), |lesson| Preparing::from_lesson(Arc::clone(bank), lesson));
    let mut said = String::new();
    // Writing into memory cannot fail.
    let _ = match lesson {
        Some(lesson) => writeln!(said, "{} ({}): {}", lesson.name, bank.title, size(&preparing)),
        None => writeln!(said, "{} ({})", bank.title, bank.id),
    };
    let mut round = None;
    for row in preparing.rows().iter().filter(|row| all || row.ticked) {
        if round != Some(row.round) {
            round = Some(row.round);
            let _ = writeln!(said, "\nRound {}: {}", row.round + 1, bank.rounds[row.round].title);
        }
        let mark = match lesson {
            Some(_) if row.ticked => "[x] ",
            Some(_) => "[ ] ",
            None => "",
        };
        let _ = writeln!(
            said,
            "  {mark}{} ({:?}, {})",
            row.id,
            row.kind,
            ["easy", "medium", "hard"][usize::from(row.difficulty.clamp(1, 3)) - 1]
        );
        let _ = writeln!(said, "      {}", row.stem);
        let _ = writeln!(said, "      Key: {}", row.key);
        if !row.distractors.is_empty() {
            let _ = writeln!(said, "      Wrong: {}", row.distractors.join("; "));
        }
        if !row.explanation.is_empty() {
            let _ = writeln!(said, "      Why: {}", row.explanation);
        }
    }
    let missing = lesson.map(|lesson| lesson.missing(bank)).unwrap_or_default();
    if !missing.is_empty() {
        let _ = writeln!(said, "\nNo longer in the file: {}", missing.join(", "));
    }
    said
}
