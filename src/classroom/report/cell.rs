//! Texts and numbers for a table, whoever shows it.

use crate::rules::analyse::Estimate;

/// What a spreadsheet may take for the start of a formula, also in the wide forms that some of them accept.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet may take this for a formula, also once it has dropped blanks before it.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(STARTS) || text.trim_start().starts_with(STARTS)
}

/// The text as a cell that starts no formula: with an apostrophe in front, where need be, and without control characters.
pub(super) fn safe(text: &str) -> String {
    let clean = plain(text);
    // Looked at before cleaning, too: a reader may drop what cleaning replaces.
    if is_formula(text) || is_formula(&clean) { format!("'{clean}") } else { clean }
}

/// The text without control characters, which a terminal would obey and a workbook refuses, and without those that turn the direction of
/// what follows.
pub(super) fn plain(text: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let refused = |c: char| c.is_control() || turns(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if refused(c) { '\u{fffd}' } else { c }).collect()
}

/// "32 %"
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", rounded(share * 100.0))
}

/// Without a minus in front of nothing.
fn rounded(value: f64) -> f64 {
    let value = value.round();
    if value == 0.0 { 0.0 } else { value }
}

/// A share and its interval: "32 % (18–51)".
pub(super) fn share(estimate: Estimate) -> String {
    let value = percent(estimate.value);
    let Some((low, high)) = estimate.interval else { return value };
    format!("{value} ({:.0}–{:.0})", rounded(low * 100.0), rounded(high * 100.0))
}

/// A figure such as a discrimination and its interval: "32 (−4 to 60)".
pub(super) fn figure(estimate: Estimate) -> String {
    let whole = |value: f64| minus(&format!("{:.0}", rounded(value)));
    with_interval(estimate, whole)
}

/// A figure about as large as 1 and its interval: "0.32 (−0.04 to 0.60)".
pub(super) fn hundredths(estimate: Estimate) -> String {
    with_interval(estimate, |value| minus(&format!("{:.2}", rounded(value * 100.0) / 100.0)))
}

fn with_interval(estimate: Estimate, show: impl Fn(f64) -> String) -> String {
    let value = show(estimate.value);
    let Some((low, high)) = estimate.interval else { return value };
    format!("{value} ({} to {})", show(low), show(high))
}

/// With the sign that people print.
fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// Thousandths of a question, as questions: "7", "7.5", "7.33".
pub(super) fn questions(credit: u32) -> String {
    let hundredths = (credit + 5) / 10;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}"),
        (_, 0) => format!("{whole}.{}", rest / 10),
        _ => format!("{whole}.{rest:02}"),
    }
}

/// Milliseconds as "12.3 s" or "4 min 05 s".
pub(super) fn time(ms: u64) -> String {
    let seconds = ms / 1000;
    if seconds < 60 {
        return format!("{seconds}.{} s", ms % 1000 / 100);
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

/// Milliseconds as seconds.
pub(super) fn seconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

/// Thousandths as a fraction.
pub(super) fn portion(credit: u32) -> f64 {
    f64::from(credit) / 1000.0
}

/// "1 student", "3 students"
pub(super) fn counted(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
