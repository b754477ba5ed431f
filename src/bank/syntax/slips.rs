//! What can be wrong with the writing of a file, in words that need no knowledge of RON.

use super::{Parser, Read, Stop, shorten};
use crate::bank::{
    Level,
    locate::{Finding, Span, line_of},
};

impl Parser<'_, '_> {
    pub(super) fn next_char(&self) -> String {
        self.rest().chars().next().map_or_else(String::new, |c| c.escape_debug().to_string())
    }

    pub(super) fn here(&self) -> Span {
        Span::new(self.pos, self.pos)
    }

    pub(super) fn next_char_span(&self) -> Span {
        Span::new(self.pos, self.pos + self.rest().chars().next().map_or(0, char::len_utf8))
    }

    pub(super) fn fail<T>(&mut self, rule: &'static str, span: Span, what: String, todo: &str) -> Read<T> {
        let question = self.question.as_deref().map(shorten);
        self.findings.push(Finding { level: Level::Error, rule, span, question, what, todo: todo.into() });
        Err(Stop)
    }

    pub(super) fn no_value<T>(&mut self) -> Read<T> {
        let found = self.next_char();
        let span = self.next_char_span();
        match found.as_str() {
            "“" | "”" | "„" | "«" | "‘" | "’" | "\\'" | "`" => {
                let what = format!("a text must stand between straight quotation marks, and this is {found}");
                self.fail("syntax", span, what, "Replace it with \" at both ends of the text.")
            }
            "," | ")" | "]" | "}" => {
                let what = format!("a value is missing before `{found}`");
                self.fail("syntax", span, what, "Write the value, or remove the name or the comma.")
            }
            _ => {
                let what = format!("`{found}` cannot start a value");
                self.fail("syntax", span, what, "A value is a \"text\", a number, true, false, or a list in [ ].")
            }
        }
    }

    pub(super) fn unclosed<T>(&mut self, open: usize) -> Read<T> {
        let (what, todo) = match self.text.as_bytes().get(open) {
            Some(b'[') => ("this `[` is never closed", "Put a `]` after the last entry of the list."),
            Some(b'{') => ("this `{` is never closed", "Put a `}` after the last entry."),
            _ => (
                "this `(` is never closed",
                "Put a `)` after the last part, and check that the file was saved completely.",
            ),
        };
        self.fail("unclosed", Span::new(open, open + 1), what.into(), todo)
    }

    pub(super) fn wrong_closer<T>(&mut self, open: usize) -> Read<T> {
        let opened = self.text[open..].chars().next().unwrap_or('(');
        let wanted = match opened {
            '[' => ']',
            '{' => '}',
            _ => ')',
        };
        let line = line_of(self.text, open);
        let what = format!("`{}` stands here, but the `{opened}` of line {line} is still open", self.next_char());
        let todo = format!("Put a `{wanted}` before it, or remove it.");
        self.fail("syntax", self.next_char_span(), what, &todo)
    }

    pub(super) fn unended_text<T>(&mut self, start: usize) -> Read<T> {
        // If the text before this one spans lines, it is likelier that *its* end is missing.
        let last = self.last_text;
        let before = self.text.get(last.start()..last.end as usize).unwrap_or_default();
        let start = if before.contains('\n') { last.start() } else { start };
        let what = "this text never ends".into();
        self.fail(
            "unclosed",
            Span::new(start, start + 1),
            what,
            "Put a \" at its end; inside a text write \\\" instead.",
        )
    }

    /// Something follows a text that should not: it ended too early, or swallowed what came after it.
    pub(super) fn broken_text<T>(&mut self) -> Read<T> {
        let last = self.last_text;
        let text = self.text.get(last.start()..last.end as usize).unwrap_or_default();
        if text.contains('\n') {
            let what = "this text runs over several lines and into the next one".into();
            let todo = "Its closing \" is probably missing; or a comma is missing after it.";
            return self.fail("unclosed", Span::new(last.start(), last.start() + 1), what, todo);
        }
        let what = "this text ends here, but more follows".into();
        let todo = "Put a comma after it; or, if a quotation mark belongs to the text, write it as \\\".";
        self.fail("missing-comma", last, what, todo)
    }
}
