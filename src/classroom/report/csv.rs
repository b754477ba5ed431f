//! The report as plain tables (CSV, RFC 4180): one for the students, one for the questions, one for the options.
//!
//! Shares are fractions (0.325) and times seconds, with a point, as other programs read them. No text starts a formula. The byte order mark
//! in front tells spreadsheets that names are UTF-8.

use super::cell::safe;
use super::model::Report;
use super::table::{self, Cell, Table};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A row a student, best first; then a column a round and a column a question.
#[must_use]
pub fn students(report: &Report) -> Vec<u8> {
    write(table::students(report))
}

/// A row a question, in play order, with the figures, their intervals and the sentences.
#[must_use]
pub fn questions(report: &Report) -> Vec<u8> {
    write(table::questions(report))
}

/// A row an option, as they were shown; for kinds without options, a row for each of the commonest answers.
#[must_use]
pub fn options(report: &Report) -> Vec<u8> {
    write(table::options(report))
}

fn write(table: Table) -> Vec<u8> {
    let mut writer = ::csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    // Into memory, every row as long as the head: nothing here can fail.
    let _ = writer.write_record(table.head.iter().map(|head| safe(head)));
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(field));
    }
    writer.into_inner().unwrap_or_default()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => safe(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) | Cell::Share(number) => decimal(*number),
    }
}

/// At most four decimals.
fn decimal(number: f64) -> String {
    let text = format!("{number:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
