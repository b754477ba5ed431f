//! The report as tables, before they are written as a spreadsheet's or as plain text.

use super::cell::{portion, seconds};
use super::model::{Mark, QuestionLine, Report};
use crate::quiz::Fate;
use crate::rules::analyse::Estimate;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing: does not apply.
    Empty,
    /// Somebody's words, which may be anything.
    Text(String),
    /// How many.
    Count(u32),
    /// A number with decimals.
    Number(f64),
    /// 0 to 1.
    Share(f64),
}

/// A table: its name, its column heads, its rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub name: &'static str,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn yes(holds: bool) -> Cell {
    text(if holds { "yes" } else { "no" })
}

fn heads(heads: &[&str]) -> Vec<String> {
    heads.iter().map(ToString::to_string).collect()
}

/// The heads of a figure and both ends of its interval.
fn with_ends(name: &str) -> [String; 3] {
    [name.to_owned(), format!("{name} from"), format!("{name} to")]
}

/// A figure and both ends of its interval.
fn ends(estimate: Option<Estimate>, cell: fn(f64) -> Cell) -> [Cell; 3] {
    let interval = estimate.and_then(|estimate| estimate.interval);
    [estimate.map(|estimate| estimate.value), interval.map(|ends| ends.0), interval.map(|ends| ends.1)]
        .map(|value| value.map_or(Cell::Empty, cell))
}

fn size(n: usize) -> Cell {
    Cell::Count(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What the whole comes to: a line a figure.
pub(super) fn summary(report: &Report) -> Table {
    let totals = &report.totals;
    let mut rows = vec![
        vec![text("Question file"), text(&report.title)],
        vec![text("Day"), report.day.as_deref().map_or(Cell::Empty, text)],
        vec![text("Students"), Cell::Count(report.size())],
        vec![text("Questions that count"), Cell::Count(totals.counted)],
        vec![text("Questions that do not count"), Cell::Count(totals.uncounted)],
        vec![text("Questions not asked"), size((report.drawn as usize).saturating_sub(report.questions.len()))],
        vec![text("Match is over"), yes(report.finished)],
        vec![text("Faster answers were worth more"), yes(report.speed)],
    ];
    let mut figure = |name: &str, cells: [Cell; 3]| {
        let names = with_ends(name);
        rows.extend(names.into_iter().zip(cells).map(|(name, cell)| vec![Cell::Text(name), cell]));
    };
    figure("Mean share right", ends(totals.mean, Cell::Share));
    figure("Cronbach's alpha", ends(totals.alpha, Cell::Number));
    rows.push(vec![text("Standard deviation of the share right"), totals.deviation.map_or(Cell::Empty, Cell::Share)]);
    if let Some(fairness) = report.fairness {
        rows.push(vec![text("Answers that were on their way"), Cell::Count(fairness.answers)]);
        rows.push(vec![text("Median milliseconds on the way"), Cell::Count(fairness.median_ms)]);
        rows.push(vec![text("Most milliseconds on the way"), Cell::Count(fairness.longest_ms)]);
        let cells = ends(fairness.correlation, Cell::Number);
        let names = with_ends("Correlation of time on the way and points");
        rows.extend(names.into_iter().zip(cells).map(|(name, cell)| vec![Cell::Text(name), cell]));
    }
    rows.extend(report.advice.iter().map(|advice| vec![text("Note"), text(&advice.sentence)]));
    Table { name: "Summary", head: heads(&["Figure", "Value"]), rows }
}

/// A row a student, best first; then a column a round and a column a question. Empty: did not have it, or it does not count.
pub(super) fn students(report: &Report) -> Table {
    let mut head = heads(&[
        "Place",
        "Name",
        "Points",
        "Questions right",
        "Share right",
        "Fully right",
        "Questions had",
        "Answered",
        "First question",
        "Seconds in all",
        "Sent away",
    ]);
    head.extend(report.rounds.iter().enumerate().map(|(index, round)| format!("Round {}: {}", index + 1, round.title)));
    head.extend(report.questions.iter().map(|question| format!("Question {}", question.number)));
    let rows = report.students.iter().map(|student| {
        let mut row = vec![
            if student.place == 0 { Cell::Empty } else { Cell::Count(student.place) },
            text(&student.name),
            Cell::Count(student.points),
            Cell::Number(portion(student.credit)),
            student.share().map_or(Cell::Empty, Cell::Share),
            Cell::Count(student.right),
            Cell::Count(student.had),
            Cell::Count(student.answered),
            Cell::Count(student.from),
            Cell::Number(seconds(student.time_ms)),
            yes(student.gone),
        ];
        row.extend(student.rounds.iter().map(|round| {
            if round.had == 0 { Cell::Empty } else { Cell::Share(portion(round.credit) / f64::from(round.had)) }
        }));
        row.extend(student.marks.iter().map(|mark| match mark {
            Mark::NotHad | Mark::Uncounted => Cell::Empty,
            Mark::Unanswered => Cell::Number(0.0),
            Mark::Earned(credit) => Cell::Number(portion(u32::from(credit.0))),
        }));
        row
    });
    Table { name: "Students", head, rows: rows.collect() }
}

/// How a question's fate is named.
pub(super) const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => "yes",
        Fate::Skipped => "no, skipped",
        Fate::Voided => "no, taken out",
    }
}

/// A row a question in play order: the figures, their intervals and the sentences.
pub(super) fn questions(report: &Report) -> Table {
    let mut head = heads(&[
        "Question",
        "Round",
        "Id",
        "Kind",
        "Stem",
        "Key",
        "Counts",
        "Key corrected",
        "Had",
        "Answered",
        "Fully right",
        "Partly right",
        "Sure and not right",
        "Median seconds",
        "Voted both times",
        "Right at first",
        "Right at last",
        "Normalised gain",
    ]);
    for name in ["Facility", "Standard deviation", "Discrimination", "Discriminative efficiency"] {
        head.extend(with_ends(name));
    }
    head.extend(heads(&["Negative covariance", "Weak (under 20)", "What it means"]));
    Table { name: "Questions", head, rows: report.questions.iter().map(|line| question(report, line)).collect() }
}

fn question(report: &Report, line: &QuestionLine) -> Vec<Cell> {
    let item = line.item.as_ref();
    let said: Vec<&str> = line.advice.iter().map(|advice| advice.sentence.as_str()).collect();
    let mut row = vec![
        Cell::Count(line.number),
        text(report.rounds.get(line.round).map_or("", |round| round.title.as_str())),
        text(&line.id),
        Cell::Text(format!("{:?}", line.kind)),
        text(&line.stem),
        text(&line.key),
        text(fate(line.fate)),
        yes(line.corrected),
        Cell::Count(line.had),
        Cell::Count(line.answered),
        Cell::Count(line.right),
        Cell::Count(line.partly),
        Cell::Count(line.sure_and_wrong),
        line.median_ms.map_or(Cell::Empty, |ms| Cell::Number(seconds(ms))),
    ];
    row.extend(line.revote.map_or([const { Cell::Empty }; 4], |revote| {
        let (before, after) = revote.right();
        let gain = revote.gain().map_or(Cell::Empty, Cell::Number);
        [Cell::Count(revote.both()), Cell::Count(before), Cell::Count(after), gain]
    }));
    row.extend(ends(item.and_then(|item| item.facility), Cell::Share));
    row.extend(ends(item.and_then(|item| item.deviation), Cell::Number));
    row.extend(ends(item.and_then(|item| item.discrimination), Cell::Number));
    row.extend(ends(item.and_then(|item| item.efficiency), Cell::Number));
    row.push(item.map_or(Cell::Empty, |item| yes(item.negative)));
    row.push(yes(line.weak()));
    row.push(text(&said.join(" ")));
    row
}

/// A row an option, as they were shown; for kinds without options, a row for each of the commonest answers.
pub(super) fn options(report: &Report) -> Table {
    let mut head = heads(&["Question", "Option or answer", "Right", "Chosen by", "Of"]);
    head.extend(with_ends("Share"));
    head.extend(heads(&[
        "Top third",
        "Top third of",
        "Middle third",
        "Middle third of",
        "Bottom third",
        "Bottom third of",
    ]));
    head.extend(with_ends("Correlation with the rest"));
    head.extend(heads(&["Under 5 %", "Suspicious"]));
    let mut rows = Vec::new();
    for line in &report.questions {
        for option in &line.options {
            let used = &option.used;
            let mut row = vec![
                Cell::Count(line.number),
                text(&option.text),
                yes(used.key),
                size(used.all.chose),
                size(used.all.of),
            ];
            row.extend(ends(used.share, Cell::Share));
            row.extend(used.thirds.iter().flat_map(|third| [size(third.chose), size(third.of)]));
            row.extend(ends(used.rest, Cell::Number));
            row.extend([yes(used.non_functional), yes(used.suspicious)]);
            rows.push(row);
        }
        for answer in &line.common {
            let right = match answer.credit.0 {
                1000 => "yes",
                0 => "no",
                _ => "partly",
            };
            let share = f64::from(answer.gave) / f64::from(line.answered.max(1));
            let mut row = vec![
                Cell::Count(line.number),
                text(&answer.text),
                text(right),
                Cell::Count(answer.gave),
                Cell::Count(line.answered),
                Cell::Share(share),
            ];
            row.resize(head.len(), Cell::Empty);
            rows.push(row);
        }
    }
    Table { name: "Options", head, rows }
}
