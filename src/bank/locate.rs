//! From byte offsets to lines and columns.
//!
//! The reader notes only where things start and end. Lines and columns are counted here, once, and only if there is
//! something to report: a good file pays nothing for them. Uses the diagnostic and nothing else.

use super::{Diagnostic, Level, Position};

/// Findings kept of each level: past this many nobody reads on, and a hostile file must not fill the memory.
const KEPT: usize = 500;

/// Byte offsets in the text, the end exclusive. `u32` because a file has at most 16 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Offsets past `u32` cannot come up below the size limit; they saturate rather than wrap.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The first offset, as an index.
    pub const fn start(self) -> usize {
        self.start as usize
    }
}

/// A diagnostic that does not know its line yet.
#[derive(Debug)]
pub(super) struct Finding {
    pub level: Level,
    pub rule: &'static str,
    pub span: Span,
    pub question: Option<String>,
    pub what: String,
    pub todo: String,
}

/// Every finding of a file, bounded.
#[derive(Debug, Default)]
pub(super) struct Findings {
    kept: [Vec<Finding>; 3],
    hidden: [usize; 3],
}

impl Findings {
    /// Adds one, or counts it if there are too many of its level already.
    pub fn push(&mut self, finding: Finding) {
        let level = finding.level as usize;
        if self.kept[level].len() < KEPT {
            self.kept[level].push(finding);
        } else {
            self.hidden[level] += 1;
        }
    }

    /// Whether the bank can be played.
    pub fn has_errors(&self) -> bool {
        !self.kept[Level::Error as usize].is_empty()
    }

    /// Whether another error would only be counted, so that nobody needs to work out its wording.
    pub fn are_full(&self) -> bool {
        self.kept[Level::Error as usize].len() == KEPT
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.counts()[Level::Error as usize]
    }

    /// How many there are of each level, kept or only counted.
    pub fn counts(&self) -> [usize; 3] {
        std::array::from_fn(|level| self.kept[level].len() + self.hidden[level])
    }

    /// Puts a line and a column to each finding. `text` is the file without its byte order mark, which was `skipped` bytes long.
    pub fn locate(self, text: &str, skipped: usize) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (level, (kept, hidden)) in
            [Level::Error, Level::Warning, Level::Note].into_iter().zip(self.kept.into_iter().zip(self.hidden))
        {
            findings.extend(kept);
            if hidden > 0 {
                let end = text.len();
                findings.push(Finding {
                    level,
                    rule: "too-many-findings",
                    span: Span::new(end, end),
                    question: None,
                    what: format!("{hidden} more like these are not listed"),
                    todo: "Mend the ones above and check the file again.".into(),
                });
            }
        }
        // In file order the lines can be counted in one pass, however long they are.
        findings.sort_by_key(|f| f.span.start);
        let mut counter = Counter::new(text);
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|f| Diagnostic {
                at: Some(counter.position(f.span, skipped)),
                level: f.level,
                rule: f.rule,
                question: f.question,
                stem: None,
                what: f.what,
                todo: f.todo,
            })
            .collect();
        diagnostics.sort_by_key(|d| d.level);
        diagnostics
    }
}

/// Walks forward through the text, counting.
struct Counter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Counter<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// The position of a span that does not start before the one asked for last.
    fn position(&mut self, span: Span, skipped: usize) -> Position {
        let start = span.start().min(self.text.len());
        if let Some(between) = self.text.get(self.at..start) {
            if let Some(newline) = between.rfind('\n') {
                self.line += between.bytes().filter(|&b| b == b'\n').count();
                self.column = 1 + between[newline + 1..].chars().count();
            } else {
                self.column += between.chars().count();
            }
            self.at = start;
        }
        let end = (span.end as usize).clamp(start, self.text.len());
        Position { line: self.line, column: self.column, start: start + skipped, end: end + skipped }
    }
}

/// The line that an offset is in, counted from 1: for sentences that mention a second place.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&b| b == b'\n').count()
}
