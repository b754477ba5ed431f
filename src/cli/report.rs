//! `roundtable report`: what a class's answers say, from the journal of a match.
//!
//! Uses `classroom::report` for everything that is said, and `platform` for the files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::classroom::report::{Report, csv, delete_class, html, text, xlsx};
use crate::platform::{DataDir, DirError, MatchStore, read_bounded, write_atomic};

/// The report was made.
pub const DONE: u8 = 0;
/// It could not be made.
pub const COULD_NOT_RUN: u8 = 2;

/// Far beyond a lesson: thousands of students and hundreds of questions stay under it.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// Say what a class knows, and what the questions were worth.
///
/// Without an option the summary is printed here. Students come by name: keep the files as you keep a mark book.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The journal of a match; without it, the match that was finished last.
    #[arg(value_name = "FILE.journal")]
    journal: Option<PathBuf>,
    /// Write the students as plain text for spreadsheets; the questions and their options go into files beside it.
    #[arg(long, value_name = "OUT.csv")]
    csv: Option<PathBuf>,
    /// Write a workbook with a sheet for the students, the questions and their options.
    #[arg(long, value_name = "OUT.xlsx")]
    xlsx: Option<PathBuf>,
    /// Write one page to read and to print.
    #[arg(long, value_name = "OUT.html")]
    html: Option<PathBuf>,
    /// Delete the class of this journal instead: the journals of all its matches, and the reports that were saved beside them.
    #[arg(long, requires = "journal", conflicts_with_all = ["csv", "xlsx", "html"])]
    delete: bool,
}

/// Runs the command. The summary, or what was written, goes to `out`; what kept it from running to `err`. The result is the exit status
/// ([`DONE`] or [`COULD_NOT_RUN`]).
pub fn run(args: &Args, data_dir: Option<&Path>, out: &mut impl Write, err: &mut impl Write) -> u8 {
    match make(args, data_dir, out) {
        Ok(()) => DONE,
        Err(sentence) => {
            let _ = writeln!(err, "{sentence}");
            COULD_NOT_RUN
        }
    }
}

fn make(args: &Args, data_dir: Option<&Path>, out: &mut impl Write) -> Result<(), String> {
    if let (true, Some(journal)) = (args.delete, &args.journal) {
        return delete(journal, data_dir, out);
    }
    let journal = match &args.journal {
        Some(path) => path.clone(),
        None => last_finished(data_dir)?,
    };
    let cannot = |why: &dyn std::fmt::Display| format!("Cannot make a report of {}: {why}", journal.display());
    let bytes = read_bounded(&journal, MOST_BYTES).map_err(|error| cannot(&error))?;
    let report = Report::read(&bytes).map_err(|error| cannot(&error))?.dated(&journal);
    let mut written = false;
    let mut write = |path: &Path, bytes: &[u8]| {
        write_atomic(path, bytes).map_err(|error| format!("Cannot write the report: {error}"))?;
        written = true;
        say(out, &format!("Written: {}\n", path.display()))
    };
    if let Some(path) = &args.csv {
        write(path, &csv::students(&report))?;
        write(&beside(path, "questions"), &csv::questions(&report))?;
        write(&beside(path, "options"), &csv::options(&report))?;
    }
    if let Some(path) = &args.xlsx {
        let workbook = xlsx::workbook(&report).map_err(|error| format!("Cannot make the workbook: {error}"))?;
        write(path, &workbook)?;
    }
    if let Some(path) = &args.html {
        write(path, html::page(&report).as_bytes())?;
    }
    if written { Ok(()) } else { say(out, &text::summary(&report)) }
}

fn delete(journal: &Path, data_dir: Option<&Path>, out: &mut impl Write) -> Result<(), String> {
    let data = DataDir::resolve(data_dir).map_err(|error| error.to_string())?;
    let mut stores = [MatchStore::classes(&data), MatchStore::new(&data)].into_iter().flatten();
    // Whose journal it is, its place says; a copy elsewhere belongs to the class of its name.
    let store = stores.next().ok_or("There is no data directory.")?;
    let own =
        journal.parent().is_some_and(|folder| folder.ends_with("matches") || folder.ends_with("matches/finished"));
    let store = stores.next().filter(|_| own).unwrap_or(store);
    let gone = delete_class(&store, journal, None).map_err(|error| format!("Not deleted: {error}"))?;
    gone.iter().try_for_each(|path| say(out, &format!("Deleted: {}\n", path.display())))
}

/// Whoever reads may have gone (`| head`): no reason to panic, but not done either.
fn say(out: &mut impl Write, text: &str) -> Result<(), String> {
    out.write_all(text.as_bytes()).map_err(|error: io::Error| format!("Cannot print the report: {error}"))
}

/// "class.csv" and "questions" make "class-questions.csv".
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{what}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

fn last_finished(data_dir: Option<&Path>) -> Result<PathBuf, String> {
    let data = DataDir::resolve(data_dir).map_err(|error| error.to_string())?;
    // A class before a game that somebody played alone.
    let last = |store: Result<MatchStore, DirError>| {
        let finished = store.map_err(|error| error.to_string())?.finished_matches();
        Ok::<_, String>(finished.map_err(|error| error.to_string())?.into_iter().next())
    };
    last(MatchStore::classes(&data))?
        .or(last(MatchStore::new(&data))?)
        .ok_or_else(|| format!("No match has been finished in {}: name the journal of one.", data.root().display()))
}
