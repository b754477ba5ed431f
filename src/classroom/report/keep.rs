//! The report's files beside a finished journal, and the end of them all: "delete this class".

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Report, csv, html, xlsx};
use crate::classroom::lesson::kept::forget_now;
use crate::platform::{FileError, MatchStore, Shelf, began, local_date, write_atomic};

impl Report {
    /// The same with the day on which the match began, if the journal's name tells it.
    #[must_use]
    pub fn dated(self, journal: &Path) -> Self {
        Self { day: began(journal).and_then(local_date), ..self }
    }
}

/// Why the report was not saved.
#[derive(Debug)]
pub enum NotSaved {
    /// The disk says no.
    File(FileError),
    /// It does not fit a workbook.
    Workbook(String),
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "The report cannot be saved: {error}"),
            Self::Workbook(why) => write!(f, "The report's workbook cannot be made: {why}"),
        }
    }
}

impl std::error::Error for NotSaved {}

/// Saves a report in all its forms beside its journal: `….html`, `….xlsx`, `…-students.csv` and so on. [`delete_class`] finds them there.
/// What was written.
///
/// # Errors
/// See [`NotSaved`]; files written before that stay.
pub fn save_beside(journal: &Path, report: &Report) -> Result<Vec<PathBuf>, NotSaved> {
    let workbook = xlsx::workbook(report).map_err(|error| NotSaved::Workbook(error.to_string()))?;
    let stem = journal.file_stem().unwrap_or_default();
    let files = [
        (".html", html::page(report).into_bytes()),
        (".xlsx", workbook),
        ("-students.csv", csv::students(report)),
        ("-questions.csv", csv::questions(report)),
        ("-options.csv", csv::options(report)),
    ];
    let mut written = Vec::new();
    for (end, bytes) in files {
        let mut name = stem.to_owned();
        name.push(end);
        let path = journal.with_file_name(name);
        write_atomic(&path, &bytes).map_err(NotSaved::File)?;
        written.push(path);
    }
    Ok(written)
}

/// "Delete this class": removes every trace of a match: its journal, wherever it lies and under whatever name it was set aside, and the
/// reports beside it; with `lesson`, also the saved choice of questions that it played. What was removed.
///
/// Whatever else a class writes must begin with the journal's name, or this does not find it. Files that a teacher saved elsewhere are
/// the teacher's own. The bytes may stay on the disk, unnamed, until the system writes over them: no program can promise more.
///
/// # Errors
/// [`Trouble::InUse`](crate::platform::Trouble::InUse) if the match is still running (nothing is removed then),
/// [`Trouble::Missing`](crate::platform::Trouble::Missing) if there is no trace of it, or the first file that could not be removed, after
/// all the others were.
pub fn delete_class(
    store: &MatchStore,
    journal: &Path,
    lesson: Option<(&mut dyn Shelf, &str)>,
) -> Result<Vec<PathBuf>, FileError> {
    let removed = store.erase(journal)?;
    if let Some((shelf, name)) = lesson {
        forget_now(shelf, name)?;
    }
    Ok(removed)
}
