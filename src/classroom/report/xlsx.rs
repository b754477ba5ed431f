//! The report as a workbook with a sheet each for the summary, the students, the questions and the options.
//!
//! Every text is written as a string, never as "whatever it looks like"; one that a later edit could turn into a formula carries the mark
//! that keeps it text.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::cell::{is_formula, plain};
use super::model::Report;
use super::table::{self, Cell, Table};

/// The most characters that a cell of a workbook holds.
const MOST_CHARS: usize = 32_767;

/// The workbook's bytes.
///
/// # Errors
/// What the writer of workbooks says: the report does not fit one (more than a million rows or sixteen thousand columns).
pub fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Or the workbook would hold the time of its making, and no two would be the same.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(plain(&report.title)).set_author("Roundtable");
    workbook.set_properties(&properties.set_creation_datetime(&made));
    let styles = Styles::new();
    for table in [table::summary(report), table::students(report), table::questions(report), table::options(report)] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.name)?;
        fill(sheet, &table, &styles)?;
    }
    workbook.save_to_buffer()
}

struct Styles {
    head: Format,
    text: Format,
    quoted: Format,
    number: Format,
    share: Format,
}

impl Styles {
    fn new() -> Self {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let number = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            quoted: text.clone().set_quote_prefix(),
            text,
            share: number.clone().set_num_format("0%"),
            number: number.set_num_format("0.##"),
        }
    }
}

fn fill(sheet: &mut Worksheet, table: &Table, styles: &Styles) -> Result<(), XlsxError> {
    let mut widths = vec![8_usize; table.head.len()];
    for (column, head) in (0_u16..).zip(&table.head) {
        sheet.write_string_with_format(0, column, cut(head), &styles.head)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    let style = if is_formula(text) { &styles.quoted } else { &styles.text };
                    sheet.write_string_with_format(row, column, cut(text), style)?;
                    if let Some(width) = widths.get_mut(usize::from(column)) {
                        *width = (*width).max(text.chars().count().min(48));
                    }
                }
                Cell::Count(count) => {
                    sheet.write_number(row, column, *count)?;
                }
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &styles.number)?;
                }
                Cell::Share(share) => {
                    sheet.write_number_with_format(row, column, *share, &styles.share)?;
                }
            }
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, f64::from(u32::try_from(width).unwrap_or(48)) + 2.0)?;
    }
    // The heads stay in sight, and so does the column that says whose row it is.
    sheet.set_freeze_panes(1, if table.name == "Students" { 2 } else { 1 })?;
    sheet.set_landscape();
    Ok(())
}

fn cut(text: &str) -> String {
    plain(text).chars().take(MOST_CHARS).collect()
}
