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
    let refused = |diagnostics| Checked {
        bank: None,
        title: String::new(),
        rounds: 0,
        questions: 0,
        found: [1, 0, 0],
        diagnostics,
    };
    if bytes.len() > MAX_BYTES {
        return refused(vec![too_large(bytes.len())]);
    }
    let all = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return refused(vec![not_text(bytes, error.valid_up_to())]),
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
        return refused(findings.locate(text, skipped));
    }
    let built = root.as_ref().and_then(|root| build::build(root, &mut findings));
    if let Some(built) = &built {
        coherence::check(built, &mut findings);
        lint::check(built, &mut findings, advise);
    }
    let questions = built.as_ref().map_or(0, |built| built.count);
    let rounds = built.as_ref().map_or(0, |built| built.bank.rounds.len());
    let title = built.as_ref().map(|built| built.bank.title.clone()).unwrap_or_default();
    let bank = built.map(|built| built.bank).filter(|_| !findings.has_errors());
    let found = findings.counts();
    let mut diagnostics = findings.locate(text, skipped);
    if let Some(root) = root.filter(|_| diagnostics.iter().any(|finding| finding.question.is_some())) {
        let stems = build::stems(&root);
        for finding in &mut diagnostics {
            let stem = finding.question.as_deref().and_then(|id| stems.get(&syntax::shorten(id)));
            finding.stem = stem.map(|stem| syntax::shorten(stem));
        }
    }
    Checked { bank, title, rounds, questions, found, diagnostics }
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
        stem: None,
        what: format!("this file has {} MiB, and a question file may have {}", len.div_ceil(MIB), MAX_BYTES / MIB),
        todo: "Split it into several question files.".into(),
    }
}

fn not_text(bytes: &[u8], valid: usize) -> Diagnostic {
    let (before, rest) = bytes.split_at(valid);
    let line = before.split(|&b| b == b'\n').count();
    let in_line = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    let column = 1 + String::from_utf8_lossy(in_line).chars().count();
    let (what, todo) = match rest {
        _ if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => (
            "this file was saved as “Unicode” (UTF-16), and a question file must be UTF-8".into(),
            "Save it again with the encoding UTF-8: in Windows’ Notepad, File, Save as, Encoding.",
        ),
        _ if let Some(kind) = other_kind(bytes) => (
            format!("this is {kind}, not a question file"),
            "Open a text file whose name ends in “.ron”; in a word processor, save as plain text (UTF-8).",
        ),
        [byte @ 0x80..=0xff, ..] => (
            format!(
                "a letter here is stored in an older way than UTF-8 (as {byte:#04x}), and nobody can tell which it is"
            ),
            "Save the file again with the encoding UTF-8: in Windows’ Notepad, File, Save as, Encoding.",
        ),
        _ => ("this file is not text".into(), "Open a text file whose name ends in “.ron”."),
    };
    Diagnostic {
        level: Level::Error,
        rule: "not-text",
        at: Some(Position { line, column, start: valid, end: (valid + 1).min(bytes.len()) }),
        question: None,
        stem: None,
        what,
        todo: todo.into(),
    }
}

/// What else a file is that people open by mistake, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "a Word document or a zip archive"),
        (b"\xd0\xcf\x11\xe0", "an older Word or Excel document"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x7fELF", "a program"),
        (b"MZ", "a program"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}
