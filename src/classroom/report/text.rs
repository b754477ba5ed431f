//! The report for a terminal: what to do first, then the class, the questions, the students. Nothing that a terminal obeys gets through.

use std::fmt::Write as _;

use super::cell::{counted, figure, hundredths, percent, plain, questions, share, time};
use super::html::about;
use super::model::Report;

/// The summary, as lines that end with a line feed.
#[must_use]
pub fn summary(report: &Report) -> String {
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &Report, out: &mut String) -> std::fmt::Result {
    let totals = &report.totals;
    writeln!(out, "{}{}", plain(&report.title), report.day.as_ref().map_or(String::new(), |day| format!(", {day}")))?;
    let asked = totals.counted + totals.uncounted;
    write!(out, "{}, {} of {} asked", counted(report.size(), "student"), counted(asked, "question"), report.drawn)?;
    if totals.uncounted > 0 {
        write!(out, ", {} of them not counted", totals.uncounted)?;
    }
    writeln!(out, "{}", if report.finished { "" } else { "; the match is not over" })?;
    if let Some(mean) = totals.mean {
        write!(out, "Mean share right {}", share(mean))?;
        if let Some(alpha) = totals.alpha {
            write!(out, ", Cronbach's alpha {}", hundredths(alpha))?;
        }
        writeln!(out)?;
    }
    if let Some(fairness) = report.fairness {
        let correlation = fairness.correlation.map_or_else(|| "not known".to_owned(), hundredths);
        let (median, longest) = (fairness.median_ms, fairness.longest_ms);
        writeln!(
            out,
            "Fairness: time on the way and points {correlation}; on the way {median} ms, at most {longest} ms"
        )?;
    }
    for advice in &report.advice {
        writeln!(out, "{}", plain(&advice.sentence))?;
    }
    let to_do = report.to_do();
    if !to_do.is_empty() {
        writeln!(out, "\nWhat to do")?;
    }
    for line in to_do {
        writeln!(out, "  Question {}: {}", line.number, plain(&line.stem))?;
        for advice in line.to_do() {
            writeln!(out, "    - {}", plain(&advice.sentence))?;
        }
    }
    if !report.questions.is_empty() {
        writeln!(out, "\nQuestions (95 % intervals in brackets)")?;
        writeln!(out, "  {:>3}  {:<14}  {:<18}  {:>9}  ", "No.", "Share right", "Discrimination", "Answered")?;
    }
    for line in &report.questions {
        let item = line.item.as_ref();
        let facility = item.and_then(|item| item.facility).map_or_else(|| "not counted".to_owned(), share);
        let discrimination = item.and_then(|item| item.discrimination).map_or_else(|| "–".to_owned(), figure);
        let answered = format!("{} of {}", line.answered, line.had);
        let stem: String = plain(&line.stem).chars().take(48).collect();
        writeln!(out, "  {:>3}  {facility:<14}  {discrimination:<18}  {answered:>9}  {stem}", line.number)?;
    }
    if !report.students.is_empty() {
        writeln!(out, "\nStudents")?;
        writeln!(out, "  {:>3}  {:<24}  {:>7}  {:>12}  {:>5}  {:>12}", "", "Name", "Points", "Right", "Share", "Time")?;
    }
    for student in &report.students {
        let right = format!("{} of {}", questions(student.credit), student.had);
        let share = student.share().map_or_else(|| "–".to_owned(), percent);
        let (name, points, time) = (plain(&student.name), student.points, time(student.time_ms));
        let place = if student.place == 0 { "–".to_owned() } else { student.place.to_string() };
        write!(out, "  {place:>3}  {name:<24}  {points:>7}  {right:>12}  {share:>5}  {time:>12}")?;
        let about = about(student);
        writeln!(out, "{}{about}", if about.is_empty() { "" } else { "  " })?;
    }
    Ok(())
}
