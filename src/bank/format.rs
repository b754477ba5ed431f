//! The reader: bytes in, a bank or findings out.
//!
//! The steps stand in files of their own: `syntax` (text to tree), `build` (tree to model), `coherence` (what contradicts itself),
//! `lint` (what a careful author would change), `locate` (where it stands).

use super::{
    Bank, Checked, Diagnostic, FORMAT, Level, MAX_BYTES, Position, build, coherence, lint,
    locate::{Finding, Findings, Span},
    syntax,
};

/// How far into a broken file the format is looked for.
const HEADER: usize = 2_000;

pub(super) fn check(bytes: &[u8]) -> Checked {
    run(bytes, true)
}

pub(super) fn read(bytes: &[u8]) -> Result<Bank, Vec<Diagnostic>> {
    let checked = run(bytes, false);
    checked.bank.ok_or(checked.diagnostics)
}

fn run(bytes: &[u8], advise: bool) -> Checked {
    let refused = |diagnostic| Checked { bank: None, questions: 0, diagnostics: vec![diagnostic] };
    if bytes.len() > MAX_BYTES {
        return refused(too_large(bytes.len()));
    }
    let all = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return refused(not_text(bytes, error.valid_up_to())),
    };
    // Some editors on Windows put a byte order mark first; it means nothing here.
    let text = all.strip_prefix('\u{feff}').unwrap_or(all);
    let skipped = all.len() - text.len();

    let mut findings = Findings::default();
    let root = syntax::parse(text, &mut findings);
    let stated = root.as_ref().and_then(build::format_of);
    // A file that cannot be read may be one that is not for us.
    let format = stated.or_else(|| if findings.has_errors() { format_in(text) } else { None });
    if let Some(newer) = format.filter(|&format| format > f64::from(FORMAT)) {
        let mut findings = Findings::default();
        findings.push(newer_format(text, newer));
        return Checked { bank: None, questions: 0, diagnostics: findings.locate(text, skipped) };
    }
    let built = root.as_ref().and_then(|root| build::build(root, &mut findings));
    if let Some(built) = &built {
        coherence::check(built, &mut findings);
        lint::check(built, &mut findings, advise);
    }
    let questions = built.as_ref().map_or(0, |built| built.count);
    let bank = built.map(|built| built.bank).filter(|_| !findings.has_errors());
    Checked { bank, questions, diagnostics: findings.locate(text, skipped) }
}

/// The format that a file states which cannot be read: a newer one may not look like ours at all.
fn format_in(text: &str) -> Option<f64> {
    let mut rest = text;
    while let Some(at) = rest.find("format").filter(|at| text.len() - rest.len() + at < HEADER) {
        rest = &rest[at + "format".len()..];
        let value = rest.trim_start().strip_prefix([':', '=']).unwrap_or_default().trim_start();
        let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Ok(format) = value[..digits].parse::<u32>() {
            return Some(f64::from(format));
        }
    }
    None
}

fn newer_format(text: &str, format: f64) -> Finding {
    let start = text.find("format").unwrap_or_default();
    Finding {
        level: Level::Error,
        rule: "newer-format",
        span: Span::new(start, start + "format".len()),
        question: None,
        what: format!(
            "This file needs a newer version of Roundtable (format {format}; this one reads format {FORMAT})"
        ),
        todo: "Update Roundtable, or ask for the file in the older format.".into(),
    }
}

fn too_large(len: usize) -> Diagnostic {
    const MIB: usize = 1024 * 1024;
    Diagnostic {
        level: Level::Error,
        rule: "too-large",
        at: None,
        question: None,
        what: format!("this file has {} MiB, and a question bank may have {}", len.div_ceil(MIB), MAX_BYTES / MIB),
        todo: "Split it into several banks.".into(),
    }
}

fn not_text(bytes: &[u8], valid: usize) -> Diagnostic {
    let (before, rest) = bytes.split_at(valid);
    let line = before.split(|&b| b == b'\n').count();
    let in_line = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    let column = 1 + String::from_utf8_lossy(in_line).chars().count();
    let what = match rest {
        [] => "this file is not text".into(),
        [byte, ..] => format!("this file is not UTF-8 text: the byte {byte:#04x} cannot stand here"),
    };
    Diagnostic {
        level: Level::Error,
        rule: "not-text",
        at: Some(Position { line, column, start: valid, end: (valid + 1).min(bytes.len()) }),
        question: None,
        what,
        todo: "Save it again as a plain text file with the encoding UTF-8.".into(),
    }
}
