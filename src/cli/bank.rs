//! `roundtable bank`: checks question files without opening a window.
//!
//! May use `bank`, and the file system: this is a door, and `bank` itself knows no files.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use crate::bank::{self, Checked, Level, render};

/// Nothing to complain about.
pub const CLEAN: u8 = 0;
/// There are findings that fail the check.
pub const FINDINGS: u8 = 1;
/// The check could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// Work with question files.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Check question files: errors, and advice on wording, sources and options.
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct Check {
    /// Question files, or folders of them; without any, the banks inside the program.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Let warnings fail the check, too.
    #[arg(long)]
    deny_warnings: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people: each place shown and underlined.
    Text,
    /// For tools: one JSON object a line.
    Json,
}

/// Runs the command. Findings go to `out`, what kept it from running to `err`; the result is the exit status
/// ([`CLEAN`], [`FINDINGS`] or [`COULD_NOT_RUN`]).
pub fn run(args: Args, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let Command::Check(check) = args.command;
    // Whoever reads may have gone (`| head`): no reason to panic, but no clean result either.
    check_all(&check, out, err).unwrap_or(COULD_NOT_RUN)
}

fn check_all(check: &Check, out: &mut impl Write, err: &mut impl Write) -> io::Result<u8> {
    let mut totals = Totals::default();
    let mut unread = false;
    if check.paths.is_empty() {
        for (name, source) in bank::shipped() {
            totals.add(&report(name, source.as_bytes(), check.format, out)?);
        }
    }
    for path in &check.paths {
        match files(path) {
            Ok(files) => {
                for file in files {
                    match read(&file) {
                        Ok(bytes) => totals.add(&report(&file.display().to_string(), &bytes, check.format, out)?),
                        Err(error) => unread |= complain(&file, &error, err)?,
                    }
                }
            }
            Err(error) => unread |= complain(path, &error, err)?,
        }
    }
    if totals.files > 0 {
        match check.format {
            Format::Text => writeln!(out, "{}", totals.sentence())?,
            // Every line of the output is an object; the summary is for whoever watches.
            Format::Json => writeln!(err, "{}", totals.sentence())?,
        }
    }
    Ok(if unread {
        COULD_NOT_RUN
    } else if totals.errors > 0 || (check.deny_warnings && totals.warnings > 0) {
        FINDINGS
    } else {
        CLEAN
    })
}

fn complain(path: &Path, error: &io::Error, err: &mut impl Write) -> io::Result<bool> {
    writeln!(err, "Cannot check {}: {error}.", path.display())?;
    Ok(true)
}

/// The question files that a path means: itself, or those in the folder, by name.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "ron") && file.is_file() {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the folder holds no .ron file"));
    }
    files.sort();
    Ok(files)
}

/// One byte more than a bank may have shows that there are too many; the rest is not read.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(bank::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn report(name: &str, bytes: &[u8], format: Format, out: &mut impl Write) -> io::Result<Checked> {
    let checked = bank::check(bytes);
    let report = match format {
        Format::Text => render::text(name, &String::from_utf8_lossy(bytes), &checked.diagnostics),
        Format::Json => render::json(name, &checked.diagnostics),
    };
    out.write_all(report.as_bytes())?;
    Ok(checked)
}

#[derive(Default)]
struct Totals {
    files: usize,
    questions: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Totals {
    fn add(&mut self, checked: &Checked) {
        let count = |level| checked.diagnostics.iter().filter(|d| d.level == level).count();
        self.files += 1;
        self.questions += checked.questions;
        self.errors += count(Level::Error);
        self.warnings += count(Level::Warning);
        self.notes += count(Level::Note);
    }

    fn sentence(&self) -> String {
        let found = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let found: Vec<_> =
            found.into_iter().filter(|(count, _)| *count > 0).map(|(n, noun)| counted(n, noun)).collect();
        let found = if found.is_empty() { "nothing to complain about".into() } else { found.join(", ") };
        format!("{}, {}: {found}", counted(self.files, "file"), counted(self.questions, "question"))
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
