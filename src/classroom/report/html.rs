//! The report as one page: to read on a screen, light or dark, and to print. Self-contained: no script, no picture or font from anywhere,
//! one style sheet within. Every picture has its words, every table its caption and its heads.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::cell::{counted, figure, hundredths, percent, plain, questions, share, time};
use super::model::{QuestionLine, Report, StudentLine};
use super::plot::{self, letter};
use super::table::fate;
use crate::quiz::Fate;
use crate::rules::analyse::{Estimate, Item, Tally};

/// The page's bytes are this string's, UTF-8.
#[must_use]
pub fn page(report: &Report) -> String {
    let title = format!("Report: {}", plain(&report.title));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Nothing is loaded, whatever a name or a question says.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    p .eyebrow { "Roundtable report" }
                    h1 lang=(report.language) { (plain(&report.title)) }
                    p .soft { (headline(report)) }
                }
                main {
                    (to_do(report))
                    (class(report))
                    (question_table(report))
                    (student_table(report))
                    @if !report.questions.is_empty() {
                        section aria-labelledby="each" {
                            h2 #each { "Question by question" }
                            @for line in &report.questions { (question(report, line)) }
                        }
                    }
                    (reading())
                }
            }
        }
    };
    page.into_string()
}

fn headline(report: &Report) -> String {
    let mut parts: Vec<String> = report.day.clone().into_iter().collect();
    parts.extend([
        counted(report.size(), "student"),
        format!("{} of {} asked", counted(report.totals.counted + report.totals.uncounted, "question"), report.drawn),
    ]);
    if report.totals.uncounted > 0 {
        parts.push(format!("{} of them not counted", report.totals.uncounted));
    }
    if !report.finished {
        parts.push("the match is not over".to_owned());
    }
    parts.join(", ")
}

/// A stem short enough for a line.
fn short(stem: &str) -> String {
    let stem = plain(stem);
    let mut short: String = stem.chars().take(80).collect();
    if short.len() < stem.len() {
        short.push('…');
    }
    short
}

fn to_do(report: &Report) -> Markup {
    let to_do = report.to_do();
    html! {
        section aria-labelledby="todo" {
            h2 #todo { "What to do" }
            @for advice in &report.advice { p .note { (plain(&advice.sentence)) } }
            @if !to_do.is_empty() {
                ul .todo {
                    @for line in to_do {
                        li {
                            a href={ "#question-" (line.number) } { "Question " (line.number) } " "
                            span .soft lang=(report.language) { (short(&line.stem)) }
                            ul {
                                @for advice in line.to_do() {
                                    li { (plain(&advice.sentence)) }
                                }
                            }
                        }
                    }
                }
            } @else if !report.questions.is_empty() {
                p { "Nothing stands out: no question needs teaching again." }
            } @else {
                p { "No question has been asked yet." }
            }
        }
    }
}

fn class(report: &Report) -> Markup {
    let totals = &report.totals;
    html! {
        section aria-labelledby="class" {
            h2 #class { "The class" }
            dl .figures {
                div { dt { "Mean share right" } dd { (shown(totals.mean, share)) } }
                div { dt { "Standard deviation" } dd { (totals.deviation.map_or_else(dash, percent)) } }
                div { dt { "Cronbach’s alpha" } dd { (shown(totals.alpha, hundredths)) } }
                div { dt { "Scoring" } dd { (if report.speed { "faster is worth more" } else { "accuracy" }) } }
                @if let Some(fairness) = report.fairness {
                    div {
                        dt { "Fairness: time on the way and points" }
                        dd {
                            (shown(fairness.correlation, hundredths)) "; on the way "
                            (fairness.median_ms) " ms, at most " (fairness.longest_ms) " ms, taken off"
                        }
                    }
                }
            }
            @if totals.mean.is_some() {
                figure {
                    (plot::spread(report))
                    figcaption { "How many students had which share right, in per cent." }
                }
            }
        }
    }
}

fn dash() -> String {
    "–".to_owned()
}

fn shown(estimate: Option<Estimate>, show: fn(Estimate) -> String) -> String {
    estimate.map_or_else(dash, show)
}

/// A table that may be wider than the page: it scrolls by itself, also with the keyboard.
fn wide(label: &str, table: Markup) -> Markup {
    html! { div .wide role="region" aria-label=(label) tabindex="0" { (table) } }
}

fn question_table(report: &Report) -> Markup {
    let table = html! {
        table {
            caption { "The questions, in the order in which they were asked. In brackets: the 95 % interval." }
            thead {
                tr {
                    th scope="col" .number { "No." } th scope="col" { "Question" } th scope="col" { "Share right" }
                    th scope="col" { "Discrimination" } th scope="col" { "Efficiency" } th scope="col" .number { "Answered" }
                    th scope="col" .number { "Time" } th scope="col" { "Remark" }
                }
            }
            tbody {
                @for line in &report.questions {
                    @let item = line.item.as_ref();
                    tr {
                        td .number { a href={ "#question-" (line.number) } { (line.number) } }
                        th scope="row" lang=(report.language) { (short(&line.stem)) }
                        td .figure { (shown(item.and_then(|item| item.facility), share)) }
                        td .figure { (shown(item.and_then(|item| item.discrimination), figure)) }
                        td .figure { (shown(item.and_then(|item| item.efficiency), figure)) }
                        td .number { (line.answered) " of " (line.had) }
                        td .number { (line.median_ms.map_or_else(dash, time)) }
                        td { (remark(line)) }
                    }
                }
            }
        }
    };
    html! {
        @if !report.questions.is_empty() {
            section aria-labelledby="questions" {
                h2 #questions { "Questions" }
                @if report.totals.counted > 0 {
                    figure {
                        (plot::facilities(report))
                        figcaption { "Share right by question; the line is the 95 % interval." }
                    }
                }
                (wide("Table of questions", table))
            }
        }
    }
}

fn remark(line: &QuestionLine) -> String {
    let mut said = Vec::new();
    match line.fate {
        Fate::Counted => {}
        Fate::Skipped => said.push("skipped"),
        Fate::Voided => said.push("taken out"),
    }
    if line.corrected {
        said.push("key corrected");
    }
    if line.revote.is_some() {
        said.push("voted again");
    }
    if line.weak() && line.item.is_some() {
        said.push("weak");
    }
    if line.item.as_ref().is_some_and(|item| item.negative) {
        said.push("negative covariance");
    } else if line.item.as_ref().is_some_and(Item::dubious) {
        said.push("doubtful");
    }
    said.join(", ")
}

fn student_table(report: &Report) -> Markup {
    let row = |student: &StudentLine| {
        html! {
            tr {
                td .number { (if student.place == 0 { dash() } else { student.place.to_string() }) }
                th scope="row" { bdi { (plain(&student.name)) } }
                td .number { (student.points) }
                td .number { (questions(student.credit)) " of " (student.had) }
                td .number { (student.share().map_or_else(dash, percent)) }
                td .number { (time(student.time_ms)) }
                @for round in &student.rounds {
                    td .number { (if round.had == 0 { dash() } else { format!("{} of {}", questions(round.credit), round.had) }) }
                }
                td { (about(student)) }
            }
        }
    };
    let table = html! {
        table {
            caption { "The students by points. Who joined late is measured by the questions they had." }
            thead {
                tr {
                    th scope="col" .number { "Place" } th scope="col" { "Name" } th scope="col" .number { "Points" }
                    th scope="col" .number { "Right" } th scope="col" .number { "Share" } th scope="col" .number { "Time" }
                    @for round in &report.rounds { th scope="col" .number lang=(report.language) { (plain(&round.title)) } }
                    th scope="col" { "Remark" }
                }
            }
            tbody { @for student in &report.students { (row(student)) } }
        }
    };
    html! {
        section aria-labelledby="students" {
            h2 #students { "Students" }
            @if report.students.is_empty() { p { "Nobody took a seat." } } @else { (wide("Table of students", table)) }
        }
    }
}

/// What is unusual about a student.
pub(super) fn about(student: &StudentLine) -> String {
    let late = (student.from > 1).then(|| format!("joined at question {}", student.from));
    let gone = student.gone.then(|| "sent away".to_owned());
    late.into_iter().chain(gone).collect::<Vec<_>>().join(", ")
}

fn question(report: &Report, line: &QuestionLine) -> Markup {
    let round = report.rounds.get(line.round).map_or("", |round| round.title.as_str());
    html! {
        article #{ "question-" (line.number) } {
            h3 { "Question " (line.number) " " span .soft { (plain(round)) } }
            p .stem lang=(report.language) { (plain(&line.stem)) }
            p { "Right: " strong lang=(report.language) { (plain(&line.key)) } }
            @if !line.explanation.is_empty() { p .soft lang=(report.language) { (plain(&line.explanation)) } }
            @if line.fate != Fate::Counted { p { "Counts: " (fate(line.fate)) } }
            @if !line.advice.is_empty() { ul { @for advice in &line.advice { li { (plain(&advice.sentence)) } } } }
            @if !line.options.is_empty() {
                figure { (plot::options(line)) figcaption { "Who chose what, of those who answered: ✓ and filled is right." } }
                (wide(&format!("Options of question {}", line.number), option_table(report, line)))
            } @else if !line.common.is_empty() {
                (wide(&format!("Answers to question {}", line.number), answer_table(report, line)))
            }
        }
    }
}

fn of(tally: Tally) -> String {
    if tally.of == 0 { dash() } else { format!("{} of {}", tally.chose, tally.of) }
}

fn option_table(report: &Report, line: &QuestionLine) -> Markup {
    html! {
        table {
            caption {
                "Options of question " (line.number)
                ". Thirds are by the score in the other questions."
                @if line.weak() { " Weak: fewer than 20 students." }
            }
            thead {
                tr {
                    th scope="col" { "Option" } th scope="col" { "Share" } th scope="col" .number { "Chosen by" }
                    th scope="col" .number { "Top third" } th scope="col" .number { "Middle" } th scope="col" .number { "Bottom third" }
                    th scope="col" { "With the rest" } th scope="col" { "Remark" }
                }
            }
            tbody {
                @for (row, option) in line.options.iter().enumerate() {
                    @let used = &option.used;
                    tr {
                        th scope="row" {
                            @if used.key { "✓ " } (letter(row)) " " span lang=(report.language) { (plain(&option.text)) }
                        }
                        td .figure { (shown(used.share, share)) }
                        td .number { (of(used.all)) }
                        @for third in used.thirds { td .number { (of(third)) } }
                        td .figure { (shown(used.rest, hundredths)) }
                        td {
                            @if used.key { "right" }
                            @if used.non_functional { "under 5 %" }
                            @if used.suspicious { "suspicious" }
                        }
                    }
                }
            }
        }
    }
}

fn answer_table(report: &Report, line: &QuestionLine) -> Markup {
    html! {
        table {
            caption { "Commonest answers to question " (line.number) }
            thead {
                tr { th scope="col" { "Answer" } th scope="col" .number { "Given by" } th scope="col" .number { "Earned" } }
            }
            tbody {
                @for answer in &line.common {
                    tr {
                        th scope="row" lang=(report.language) { (plain(&answer.text)) }
                        td .number { (answer.gave) " of " (line.answered) }
                        td .number { (percent(f64::from(answer.credit.0) / 1000.0)) }
                    }
                }
            }
        }
    }
}

fn reading() -> Markup {
    html! {
        section aria-labelledby="reading" {
            h2 #reading { "How to read this" }
            dl {
                dt { "Share right (facility)" }
                dd { "The mean mark of all who had the question; no answer earns nothing, partly right counts partly." }
                dt { "Interval" }
                dd {
                    "Where the figure would lie 95 times of 100 with other students of the same kind. Wilson’s for shares, Fisher’s for "
                    "correlations, the jackknife’s for efficiency, Bonett’s for alpha."
                }
                dt { "Weak" }
                dd { "Fewer than 20 students: look at the interval before you believe the figure." }
                dt { "Discrimination" }
                dd { "−100 to 100: whether those who did well in the other questions did well here. Efficiency: of what was possible; under 15 is doubtful." }
                dt { "Suspicious" }
                dd { "A wrong option chosen rather by those who did well elsewhere, or more so than the right one. The key may be wrong." }
                dt { "Under 5 %" }
                dd { "A wrong option that hardly anybody takes for right." }
                dt { "Cronbach’s alpha" }
                dd { "How far all questions measure the same thing; 1 at most." }
                dt { "Fairness" }
                dd { "How far the time that answers were on their way goes with the points, over students: about 0 is fair. It was measured here and taken off." }
            }
        }
    }
}

/// The page's only style. Colours are tokens; paper is white whatever the screen is.
const STYLE: &str = "
:root{color-scheme:light dark;--page:#f7f2e6;--panel:#fffdf7;--text:#16213b;--soft:#4b5670;--line:#8a8470;--bar:#1f6fd1;--rail:#e6dfcd;--gold:#8a5a00}
@media (prefers-color-scheme:dark){:root{--page:#0d1524;--panel:#131f36;--text:#f6f2e7;--soft:#b3c0d8;--line:#6683b8;--bar:#5bc0f5;--rail:#233455;--gold:#ffc24b}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1rem 4rem;background:var(--page);color:var(--text);font:1rem/1.5 'Fira Sans','Segoe UI',system-ui,sans-serif}
h1{font-size:2rem;line-height:1.15;margin:.25rem 0}h2{margin:2.5rem 0 .75rem}h3{margin:0 0 .25rem}
.eyebrow{color:var(--gold);margin:0}.soft{color:var(--soft);font-weight:400}.stem{font-size:1.15rem;font-weight:700;margin:.25rem 0}
a{color:inherit}a:focus-visible,.wide:focus-visible{outline:3px solid var(--text);outline-offset:3px}
.note{background:var(--panel);border-left:4px solid var(--gold);padding:.5rem .75rem}
.todo{padding-left:1.2rem}.todo>li{margin-bottom:.6rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem 2rem;margin:0}.figures dt{color:var(--soft)}.figures dd{margin:0;font-weight:700}
figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.9rem}
svg{display:block;width:100%;max-width:30rem;height:auto;font:14px 'Fira Sans','Segoe UI',system-ui,sans-serif}
svg text{fill:var(--text)}.bar{fill:var(--bar)}.bar.wrong{fill:none;stroke:var(--bar);stroke-width:2}.rail{fill:var(--rail)}
.interval{stroke:var(--text);stroke-width:2}.halo{stroke:var(--page);stroke-width:5}.axis{stroke:var(--line);stroke-width:1}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
tbody th{font-weight:400}td{font-variant-numeric:tabular-nums}td.number,th.number{text-align:right}td.number,td.figure{white-space:nowrap}tbody th{min-width:8rem}
article{background:var(--panel);border-radius:.75rem;padding:1rem;margin:1rem 0}
dt{font-weight:700}dd{margin:0 0 .5rem}
@media print{:root{--page:#fff;--panel:#fff;--text:#000;--soft:#333;--line:#888;--bar:#444;--rail:#ddd;--gold:#000}
body{max-width:none;padding:0;font-size:10pt}article,tr,figure{break-inside:avoid}h2,h3{break-after:avoid}
article{padding:0;border-top:1px solid #888;border-radius:0}thead{display:table-header-group}.wide{overflow:visible}
table{font-size:8pt}th,td{padding:.15rem .4rem .15rem 0}td.number,td.figure{white-space:normal}tbody th{min-width:4rem}
svg{max-width:26rem}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:15mm}}
";
