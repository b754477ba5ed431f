//! RON text to a tree that remembers where everything stands.
//!
//! Why not the `ron` crate, which a test holds this reader to: it stops at the first error, its values carry no positions
//! (so no lint could point at a line), and its messages are for programmers. This reads the part of RON that a question
//! file uses, refuses the rest, and after a slip carries on with the next question, so that an author sees every slip at once.
//!
//! Uses only the neighbours that hold spans and findings. Depth and size are bounded; nothing here recurses without a limit.

mod lexer;
mod slips;
mod tree;

use std::borrow::Cow;

pub(super) use tree::{Field, Name, Node, Value};

use super::locate::{Findings, Span};

/// Brackets inside brackets. A question file needs seven.
const MAX_DEPTH: usize = 32;

/// Brackets round a question's fields: the bank's, its rounds', the round's, its questions'.
const QUESTION: usize = 4;

/// Slips after which the reader gives up: each may cost a look at the whole file.
const MAX_SLIPS: usize = 50;

/// Values in a file, about twice what the largest bank needs.
const MAX_NODES: usize = 1_500_000;

/// Reads a whole file. What could be read comes back even if something could not: the findings say what.
pub(super) fn parse<'a>(text: &'a str, findings: &mut Findings) -> Option<Node<'a>> {
    let mut parser = Parser {
        text,
        pos: 0,
        nodes: 0,
        slips: 0,
        question: None,
        unwinding: false,
        last_text: Span::default(),
        findings,
    };
    parser.document().ok()
}

/// A finding has been recorded; the value that was being read is lost.
struct Stop;

type Read<T> = Result<T, Stop>;

struct Parser<'a, 'f> {
    text: &'a str,
    pos: usize,
    nodes: usize,
    slips: usize,
    /// The id of the question being read, once it is known.
    question: Option<Cow<'a, str>>,
    /// Set after a slip whose remedy is further out: every bracket returns what it has.
    unwinding: bool,
    /// The last text read: a quotation mark too few or too many shows only after it.
    last_text: Span,
    findings: &'f mut Findings,
}

impl<'a> Parser<'a, '_> {
    fn document(&mut self) -> Read<Node<'a>> {
        self.skip_space()?;
        while self.rest().starts_with('#') {
            self.attribute()?;
            self.skip_space()?;
        }
        if self.rest().is_empty() {
            let what = "this file is empty".into();
            return self.fail("empty-file", self.here(), what, "A question file starts with `Bank(`.");
        }
        let root = self.value(0)?;
        self.skip_space()?;
        if self.pos < self.text.len() && !self.unwinding {
            let what = "there is something after the end of the questions".to_string();
            let todo =
                "The last bracket `)` ends the file: check that no bracket closes too early, and remove what follows.";
            let _: Read<()> = self.fail("syntax", self.next_char_span(), what, todo);
        }
        Ok(root)
    }

    /// `#![enable(implicit_some)]` and the like change nothing here: what they allow is always allowed.
    fn attribute(&mut self) -> Read<()> {
        let start = self.pos;
        let line = self.rest().lines().next().unwrap_or_default();
        match line.find(']') {
            Some(end) if line.starts_with("#![") => {
                self.pos += end + 1;
                Ok(())
            }
            _ => {
                let what = "this line is not understood".into();
                self.fail("syntax", Span::new(start, start + line.len()), what, "Start a remark with `//`.")
            }
        }
    }

    fn value(&mut self, depth: usize) -> Read<Node<'a>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.pos = self.text.len();
            let what = "the file holds more than any question file needs".into();
            return self.fail("too-large", self.here(), what, "Split it into several question files.");
        }
        if depth > MAX_DEPTH {
            let (span, what) = (self.next_char_span(), "brackets are nested too deep here".into());
            self.pos = self.text.len();
            return self.fail(
                "too-deep",
                span,
                what,
                "A question file never needs more than seven levels of brackets.",
            );
        }
        let start = self.pos;
        let Some(byte) = self.peek() else {
            let what = "the file ends where a value should stand".into();
            return self.fail("syntax", self.here(), what, "Check that the file was saved completely.");
        };
        let value = match byte {
            b'"' => Value::Text(self.text()?),
            b'r' if self.rest().starts_with("r\"") || self.rest().starts_with("r#") => Value::Text(self.raw_text()?),
            b'(' => self.bracket(Name { text: "", span: Span::new(start, start + 1) }, depth)?,
            b'[' => Value::List(self.list(depth)?),
            b'{' => Value::Map(self.map(depth)?),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Value::Number(self.number()?),
            _ => {
                let word = self.word();
                if word.is_empty() {
                    return self.no_value();
                }
                self.word_value(word, start, depth)?
            }
        };
        Ok(Node { span: Span::new(start, self.pos), value })
    }

    /// What a bare word starts: `true`, `None`, `inf`, or `Name(…)`.
    fn word_value(&mut self, word: &'a str, start: usize, depth: usize) -> Read<Value<'a>> {
        let after_word = self.pos;
        match word {
            "true" => return Ok(Value::Bool(true)),
            "false" => return Ok(Value::Bool(false)),
            "inf" => return Ok(Value::Number(f64::INFINITY)),
            "NaN" => return Ok(Value::Number(f64::NAN)),
            _ => {}
        }
        let name = Name { text: word, span: Span::new(start, after_word) };
        self.skip_space()?;
        if self.peek() == Some(b'(') {
            return self.bracket(name, depth);
        }
        self.pos = after_word;
        Ok(Value::Word(word))
    }

    /// From `(` to `)`.
    fn bracket(&mut self, name: Name<'a>, depth: usize) -> Read<Value<'a>> {
        let open = self.pos;
        self.pos += 1;
        self.skip_space()?;
        let before = self.pos;
        let named = !self.word().is_empty() && {
            self.skip_space()?;
            self.peek() == Some(b':')
        };
        self.pos = before;
        if named || self.peek() == Some(b')') { self.fields(name, open, depth) } else { self.tuple(name, open, depth) }
    }

    fn fields(&mut self, name: Name<'a>, open: usize, depth: usize) -> Read<Value<'a>> {
        // No capacity ahead: a million brackets of one field each must not take a gigabyte.
        let mut fields = Vec::new();
        loop {
            match self.field(open, depth) {
                Ok(Some(field)) => fields.push(field),
                Ok(None) => break,
                // What the bank says of itself is worth keeping: above all its format.
                Err(Stop) if depth == 0 => {
                    self.unwinding = true;
                    self.pos = self.text.len();
                    break;
                }
                Err(Stop) => return Err(Stop),
            }
            if self.unwinding || !self.comma(open, b')')? {
                break;
            }
        }
        Ok(Value::Struct(name, fields))
    }

    fn field(&mut self, open: usize, depth: usize) -> Read<Option<Field<'a>>> {
        self.skip_space()?;
        let start = self.pos;
        let field = self.word();
        if field.is_empty() {
            return match self.peek() {
                Some(b')') => {
                    self.pos += 1;
                    Ok(None)
                }
                None => self.unclosed(open),
                Some(b'"') if self.last_text.end as usize > open => self.broken_text(),
                Some(b'"') => {
                    let what = "a text stands where a name such as `stem` should".into();
                    self.fail(
                        "syntax",
                        self.next_char_span(),
                        what,
                        "Write `stem: \"…\"`, without quotation marks round the name.",
                    )
                }
                Some(b']' | b'}') => self.wrong_closer(open),
                _ => {
                    let what = format!("`{}` stands where a name such as `stem` should", self.next_char());
                    self.fail(
                        "syntax",
                        self.next_char_span(),
                        what,
                        "Write a name, a colon and a value, such as `stem: \"…\"`, with a comma after each.",
                    )
                }
            };
        }
        let span = Span::new(start, self.pos);
        self.skip_space()?;
        if self.peek() != Some(b':') {
            if self.peek() == Some(b'(') && field.starts_with(char::is_uppercase) {
                // The next question starts inside this one. Back to its line, so that it is looked at, too.
                self.pos = self.text[..start].rfind('\n').unwrap_or(start).max(open);
                return self.unclosed(open);
            }
            if self.peek() == Some(b'=') {
                let what = format!("`{field}` is followed by `=`");
                return self.fail("syntax", self.next_char_span(), what, "Write `:` between a name and its value.");
            }
            if self.last_text.end as usize > open {
                // `"He said "hello" to us"`: the text ended too early.
                return self.broken_text();
            }
            let what = format!("there is no `:` after `{field}`");
            return self.fail(
                "syntax",
                span,
                what,
                "Write a name, a colon and a value, such as `stem: \"…\"`, with a comma after each.",
            );
        }
        self.pos += 1;
        self.skip_space()?;
        let value = self.value(depth + 1)?;
        if depth == QUESTION
            && field == "id"
            && let Value::Text(id) = &value.value
        {
            self.question = Some(id.clone());
        }
        Ok(Some(Field { name: field, span, value }))
    }

    fn tuple(&mut self, name: Name<'a>, open: usize, depth: usize) -> Read<Value<'a>> {
        let mut items = Vec::with_capacity(2);
        loop {
            self.skip_space()?;
            if self.closes(open, b')')? {
                break;
            }
            items.push(self.value(depth + 1)?);
            if self.unwinding || !self.comma(open, b')')? {
                break;
            }
        }
        Ok(Value::Tuple(name, items))
    }

    fn map(&mut self, depth: usize) -> Read<Vec<(Node<'a>, Node<'a>)>> {
        let open = self.pos;
        self.pos += 1;
        let mut entries = Vec::new();
        loop {
            self.skip_space()?;
            if self.closes(open, b'}')? {
                break;
            }
            let key = self.value(depth + 1)?;
            self.skip_space()?;
            if self.peek() != Some(b':') {
                let what = "there is no `:` between a name and its value".into();
                return self.fail("syntax", key.span, what, "Between `{` and `}` write `\"name\": \"value\"`.");
            }
            self.pos += 1;
            self.skip_space()?;
            let value = self.value(depth + 1)?;
            entries.push((key, value));
            if self.unwinding || !self.comma(open, b'}')? {
                break;
            }
        }
        Ok(entries)
    }

    /// From `[` to `]`. A list of questions or rounds goes on after a slip in one of them.
    fn list(&mut self, depth: usize) -> Read<Vec<Node<'a>>> {
        let open = self.pos;
        self.pos += 1;
        let mut items = Vec::with_capacity(3);
        loop {
            self.skip_space()?;
            if depth + 1 == QUESTION {
                self.question = None;
            }
            if self.closes(open, b']')? {
                break;
            }
            let start = self.pos;
            let rounds = self.rest().starts_with("Round");
            let named = self.peek().is_some_and(|b| b.is_ascii_uppercase());
            let read = self.value(depth + 1).and_then(|item| {
                items.push(item);
                if self.unwinding { Ok(true) } else { self.comma(open, b']') }
            });
            match read {
                Ok(false) => break,
                Ok(true) if !self.unwinding => {}
                Ok(true) => {
                    // Only a list of rounds resumes where a list of questions gave up.
                    if !rounds || self.pos == self.text.len() {
                        break;
                    }
                    self.unwinding = false;
                }
                Err(Stop) if named => {
                    if !self.resume(start, rounds) {
                        break;
                    }
                }
                Err(Stop) => return Err(Stop),
            }
        }
        Ok(items)
    }

    /// After a slip: goes to the next line that starts a question or a round. `false` if this list cannot go on.
    fn resume(&mut self, start: usize, rounds: bool) -> bool {
        self.slips += 1;
        let mut from = if self.slips > MAX_SLIPS { self.text.len() } else { self.pos.max(start + 1) };
        while let Some(newline) = self.text.as_bytes()[from.min(self.text.len())..].iter().position(|&b| b == b'\n') {
            from += newline + 1;
            let line = &self.text[from..];
            let code = line.trim_start_matches([' ', '\t', '\r']);
            let name = code.len() - code.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            if code.starts_with(|c: char| c.is_ascii_uppercase()) && code[name..].starts_with('(') {
                let is_round = &code[..name] == "Round";
                if is_round || !rounds {
                    self.pos = from + (line.len() - code.len());
                    self.unwinding = is_round && !rounds;
                    return !self.unwinding;
                }
            }
        }
        self.pos = self.text.len();
        self.unwinding = true;
        false
    }

    /// After a value: a comma, the closing bracket, or both. `true` if more may follow.
    fn comma(&mut self, open: usize, close: u8) -> Read<bool> {
        let end = self.pos;
        self.skip_space()?;
        match self.peek() {
            Some(b',') => {
                self.pos += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.pos += 1;
                Ok(false)
            }
            None => self.unclosed(open),
            Some(b')' | b']' | b'}') => self.wrong_closer(open),
            Some(_) if self.last_text.end as usize == end && !self.text[end..self.pos].contains('\n') => {
                self.broken_text()
            }
            Some(_) => {
                let what = "a comma is missing after this".into();
                self.fail("missing-comma", Span::new(end.saturating_sub(1), end), what, "Put a comma here.")
            }
        }
    }

    fn closes(&mut self, open: usize, close: u8) -> Read<bool> {
        match self.peek() {
            None => self.unclosed(open),
            Some(byte) if byte == close => {
                self.pos += 1;
                Ok(true)
            }
            Some(b')' | b']' | b'}') => self.wrong_closer(open),
            Some(_) => Ok(false),
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.pos..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }
}

/// A piece of the file, short enough for a sentence.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut chars = text.chars();
    let short: String = chars.by_ref().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.next().is_some() { short + "…" } else { short }
}
