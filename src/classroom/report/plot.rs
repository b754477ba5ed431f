//! Small pictures for the printed page: bars with their intervals, and how the class is spread. Inline SVG without a script or a style of
//! its own; the page's classes colour it. Each has a title and a description in words.

use maud::{Markup, html};

use super::cell::{counted, percent};
use super::model::{OptionLine, QuestionLine, Report};
use crate::rules::analyse::Estimate;

/// Width of the part of a plot that stands for 0 to 100 %.
const WIDTH: f64 = 280.0;
/// Height of a bar's row.
const ROW: f64 = 22.0;
/// Left of the bars.
const LABEL: f64 = 34.0;
/// Right of the bars, for the figure.
const FIGURE: f64 = 54.0;

/// A length with one decimal: enough for a picture, and the same everywhere.
fn px(length: f64) -> String {
    format!("{length:.1}")
}

/// A row's offset.
fn down(row: usize) -> f64 {
    ROW * f64::from(u32::try_from(row).unwrap_or(u32::MAX))
}

/// One bar with its interval as a line, and its figure.
fn bar(row: usize, label: &str, share: Option<Estimate>, class: &str) -> Markup {
    let top = down(row);
    let text_y = px(top + 16.0);
    html! {
        text x=(px(LABEL - 6.0)) y=(text_y) text-anchor="end" { (label) }
        rect .rail x=(px(LABEL)) y=(px(top + 4.0)) width=(px(WIDTH)) height="14" {}
        @if let Some(share) = share {
            rect class=(class) x=(px(LABEL)) y=(px(top + 4.0)) width=(px(share.value * WIDTH)) height="14" {}
            @if let Some((low, high)) = share.interval {
                @for class in ["halo", "interval"] {
                    line class=(class) x1=(px(LABEL + low * WIDTH)) x2=(px(LABEL + high * WIDTH)) y1=(px(top + 11.0)) y2=(px(top + 11.0)) {}
                }
            }
            text x=(px(LABEL + WIDTH + 8.0)) y=(text_y) { (percent(share.value)) }
        }
    }
}

fn view_box(rows: usize) -> String {
    format!("0 0 {} {}", px(LABEL + WIDTH + FIGURE), px(down(rows)))
}

/// How hard each question was: a bar a question.
pub(super) fn facilities(report: &Report) -> Markup {
    let lines: Vec<&QuestionLine> = report.questions.iter().filter(|line| line.item.is_some()).collect();
    let facility = |line: &QuestionLine| line.item.as_ref().and_then(|item| item.facility);
    let told: Vec<String> = lines
        .iter()
        .filter_map(|line| Some(format!("question {} {}", line.number, percent(facility(line)?.value))))
        .collect();
    html! {
        svg role="img" aria-labelledby="facility-title facility-told" viewBox=(view_box(lines.len())) {
            title #facility-title { "Share right by question" }
            desc #facility-told { (told.join(", ")) "." }
            @for (row, line) in lines.iter().enumerate() {
                (bar(row, &line.number.to_string(), facility(line), "bar"))
            }
        }
    }
}

/// Who chose what: a bar an option, the right ones filled and ticked, the others hollow.
pub(super) fn options(line: &QuestionLine) -> Markup {
    let told: Vec<String> = line.options.iter().map(told).collect();
    let (title, desc) = (format!("options-{}-title", line.number), format!("options-{}-told", line.number));
    html! {
        svg role="img" aria-labelledby={ (title) " " (desc) } viewBox=(view_box(line.options.len())) {
            title id=(title) { "Answers to question " (line.number) }
            desc id=(desc) { (told.join("; ")) "." }
            @for (row, option) in line.options.iter().enumerate() {
                @let (mark, class) = if option.used.key { ("✓", "bar") } else { ("", "bar wrong") };
                (bar(row, &format!("{mark} {}", letter(row)), option.used.share, class))
            }
        }
    }
}

/// A, B, C …
pub(super) fn letter(option: usize) -> char {
    char::from(b'A' + u8::try_from(option % 26).unwrap_or(0))
}

fn told(option: &OptionLine) -> String {
    let share = option.used.share.map_or_else(|| "nobody".to_owned(), |share| percent(share.value));
    format!("{} {share}{}", option.text, if option.used.key { ", right" } else { "" })
}

/// How the class is spread: how many students in each tenth of the share right.
pub(super) fn spread(report: &Report) -> Markup {
    let mut tenths = [0_u32; 10];
    for student in report.present() {
        if student.had > 0 {
            // In whole thousandths, so that exactly 30 % is always in the fourth tenth; all right is in the last one.
            let tenth = student.credit / (student.had * 100);
            tenths[usize::try_from(tenth.min(9)).unwrap_or(9)] += 1;
        }
    }
    let most = tenths.iter().copied().max().unwrap_or(0).max(1);
    let told: Vec<String> = tenths
        .iter()
        .enumerate()
        .filter(|(_, students)| **students > 0)
        .map(|(tenth, students)| format!("{} with {}–{} %", counted(*students, "student"), tenth * 10, tenth * 10 + 10))
        .collect();
    let step = WIDTH / 10.0;
    html! {
        svg role="img" aria-labelledby="spread-title spread-told" viewBox={ "0 0 " (px(WIDTH + 40.0)) " 150" } {
            title #spread-title { "Students by share right" }
            desc #spread-told { (told.join(", ")) "." }
            line .axis x1="20" x2=(px(WIDTH + 20.0)) y1="126" y2="126" {}
            @for (tenth, students) in tenths.iter().enumerate() {
                @let left = 20.0 + step * f64::from(u32::try_from(tenth).unwrap_or(0));
                @let height = 100.0 * f64::from(*students) / f64::from(most);
                @if *students > 0 {
                    rect .bar x=(px(left + 3.0)) y=(px(126.0 - height)) width=(px(step - 6.0)) height=(px(height)) {}
                    text x=(px(left + step / 2.0)) y=(px(121.0 - height)) text-anchor="middle" { (students) }
                }
                text x=(px(left)) y="144" text-anchor="middle" { (tenth * 10) }
            }
            text x=(px(WIDTH + 20.0)) y="144" text-anchor="middle" { "100" }
        }
    }
}
