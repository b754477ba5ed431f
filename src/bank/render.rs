//! Findings as text for people and as JSON for tools.
//!
//! Pure: text in, text out; who prints it decides about files and colours.

use annotate_snippets::{AnnotationKind, Level as Style, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Level, Position};

/// Longer lines are not shown: a file written by a program may be one line of a megabyte.
const LONGEST_LINE: usize = 2_000;

/// Every finding in the layout of `rustc`: what is wrong, the place underlined, and what to do.
///
/// `file` is the name to show, `source` the whole file (its positions are those of the diagnostics).
#[must_use]
pub fn text(file: &str, source: &str, diagnostics: &[Diagnostic]) -> String {
    let renderer = Renderer::plain();
    diagnostics.iter().map(|diagnostic| one(&renderer, file, source, diagnostic) + "\n\n").collect()
}

fn one(renderer: &Renderer, file: &str, source: &str, diagnostic: &Diagnostic) -> String {
    let style = match diagnostic.level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Note => Style::NOTE,
    };
    let title = style.primary_title(diagnostic.what.as_str()).id(diagnostic.rule);
    let question = diagnostic.question.as_deref().map(|id| Style::NOTE.with_name("question").message(id));
    let help = Style::HELP.message(diagnostic.todo.as_str());
    let shown = diagnostic.at.and_then(|at| shown(source, at).map(|line| (at, line)));
    let group = if let Some((at, (start, end))) = shown {
        // A file that is not text is shown with signs in place of its bad bytes, and they are longer.
        let span = at.start - start..source.ceil_char_boundary(at.end).clamp(at.start, end) - start;
        let snippet = Snippet::source(&source[start..end])
            .line_start(at.line)
            .path(file)
            .annotation(AnnotationKind::Primary.span(span));
        title.element(snippet).elements(question).element(help)
    } else {
        let place = diagnostic.at.map_or_else(|| file.to_string(), |at| format!("{file}:{}:{}", at.line, at.column));
        title.element(Style::NOTE.with_name("in").message(place)).elements(question).element(help)
    };
    renderer.render(&[group])
}

/// The line that a position starts in, as byte offsets, unless it is too long to show.
///
/// One line is enough: of a list that spans many, the start says where to look.
fn shown(source: &str, at: Position) -> Option<(usize, usize)> {
    let start = source.get(..at.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = source.get(start..)?.split('\n').next()?.trim_end_matches('\r');
    // A position may stand on the line's end, which is not part of it.
    let end = (start + line.len()).max(at.start);
    (end - start <= LONGEST_LINE).then_some((start, end))
}

/// One line of JSON for each finding, with the fields `file`, `level`, `rule`, `line`, `column`, `question`, `what` and `todo`.
///
/// `line`, `column` and `question` are null where there is none.
#[must_use]
pub fn json(file: &str, diagnostics: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let row = Row {
            file,
            level: diagnostic.level,
            rule: diagnostic.rule,
            line: diagnostic.at.map(|at| at.line),
            column: diagnostic.at.map(|at| at.column),
            question: diagnostic.question.as_deref(),
            what: &diagnostic.what,
            todo: &diagnostic.todo,
        };
        // Strings and numbers always have a JSON form.
        lines.push_str(&serde_json::to_string(&row).unwrap_or_default());
        lines.push('\n');
    }
    lines
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    level: Level,
    rule: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    question: Option<&'a str>,
    what: &'a str,
    todo: &'a str,
}
