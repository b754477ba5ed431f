//! RON text to a tree that remembers where everything stands.
//!
//! Why not the `ron` crate, which a test holds this reader to: it stops at the first error, its values carry no positions
//! (so no lint could point at a line), and its messages are for programmers. This reads the part of RON that a question
//! file uses, refuses the rest, and after a slip carries on with the next question, so that an author sees every slip at once.
//!
//! Uses only the neighbours that hold spans and findings. Depth and size are bounded; nothing here recurses without a limit.

use std::borrow::Cow;

use super::{
    Level,
    locate::{Finding, Findings, Span, line_of},
};

/// Brackets inside brackets. A question file needs seven.
const MAX_DEPTH: usize = 32;

/// Brackets round a question's fields: the bank's, its rounds', the round's, its questions'.
const QUESTION: usize = 4;

/// Slips after which the reader gives up: each may cost a look at the whole file.
const MAX_SLIPS: usize = 50;

/// Values in a file, about three times what the largest bank needs.
const MAX_NODES: usize = 2_000_000;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub span: Span,
    pub value: Value<'a>,
}

/// The values of RON that a question file can hold.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Bool(bool),
    /// A bare word such as `None`.
    Word(&'a str),
    /// `[a, b]`
    List(Vec<Node<'a>>),
    /// `{ a: b }`
    Map(Vec<(Node<'a>, Node<'a>)>),
    /// `(a, b)` or `Name(a, b)`
    Tuple(Name<'a>, Vec<Node<'a>>),
    /// `(a: 1)` or `Name(a: 1)`
    Struct(Name<'a>, Vec<Field<'a>>),
}

/// The name before a bracket (empty if there is none) and where it stands (at the bracket if there is none).
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// `name: value`
#[derive(Debug)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub span: Span,
    pub value: Node<'a>,
}

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
            let what = "there is something after the end of the question bank".to_string();
            let todo =
                "The last bracket `)` ends the bank: check that no bracket closes too early, and remove what follows.";
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
            let what = "the file holds more values than any question bank needs".into();
            return self.fail("too-large", self.here(), what, "Split it into several banks.");
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
        let mut fields = Vec::with_capacity(if depth == QUESTION { 12 } else { 3 });
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
                    let what = "a text stands where a field's name should".into();
                    self.fail(
                        "syntax",
                        self.next_char_span(),
                        what,
                        "Write `name: \"text\"`, without quotation marks round the name.",
                    )
                }
                Some(b']' | b'}') => self.wrong_closer(open),
                _ => {
                    let what = format!("`{}` stands where a field's name should", self.next_char());
                    self.fail(
                        "syntax",
                        self.next_char_span(),
                        what,
                        "Fields look like `name: value`, with a comma between them.",
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
            if self.last_text.end as usize > open {
                // `"He said "hello" to us"`: the text ended too early.
                return self.broken_text();
            }
            let what = format!("there is no `:` after `{field}`");
            return self.fail("syntax", span, what, "Fields look like `name: value`, with a comma between them.");
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

    fn text(&mut self) -> Read<Cow<'a, str>> {
        let start = self.pos;
        self.pos += 1;
        let body = self.pos;
        let mut owned: Option<String> = None;
        let mut piece = body;
        loop {
            let Some(at) = self.rest().bytes().position(|b| b == b'"' || b == b'\\') else {
                self.pos = body;
                return self.unended_text(start);
            };
            self.pos += at;
            if self.peek() == Some(b'"') {
                break;
            }
            let text = owned.get_or_insert_default();
            text.push_str(&self.text[piece..self.pos]);
            let escaped = self.escape()?;
            owned.get_or_insert_default().extend(escaped);
            piece = self.pos;
        }
        let last = &self.text[piece..self.pos];
        self.pos += 1;
        self.last_text = Span::new(start, self.pos);
        Ok(match owned {
            None => Cow::Borrowed(last),
            Some(text) => Cow::Owned(text + last),
        })
    }

    /// After a backslash: the character it stands for, or none for a line that is carried on.
    fn escape(&mut self) -> Read<Option<char>> {
        let start = self.pos;
        let rest = &self.text[start + 1..];
        let mut chars = rest.chars();
        let (escaped, len) = match chars.next() {
            Some('n') => (Some('\n'), 1),
            Some('t') => (Some('\t'), 1),
            Some('r') => (Some('\r'), 1),
            Some('0') => (Some('\0'), 1),
            Some(c @ ('"' | '\\' | '\'')) => (Some(c), 1),
            Some('\n' | '\r') if rest.starts_with('\n') || rest.starts_with("\r\n") => {
                let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
                self.pos += 1 + rest.len() - next.len();
                return Ok(None);
            }
            Some('x') => (hex(rest.get(1..3)).filter(char::is_ascii), 3),
            Some('u') if rest.starts_with("u{") => {
                let digits = rest.find('}').unwrap_or(2).clamp(2, 8);
                let closed = rest.as_bytes().get(digits) == Some(&b'}');
                (hex(rest.get(2..digits)).filter(|_| closed), digits + 1)
            }
            _ => (None, 0),
        };
        if escaped.is_none() {
            let end = start + 1 + rest.chars().next().map_or(0, char::len_utf8);
            let what = "this backslash stands before something that it cannot change".into();
            self.pos = end;
            return self.fail("syntax", Span::new(start, end), what, "For a backslash in a text write two: `\\\\`.");
        }
        self.pos += 1 + len;
        Ok(escaped)
    }

    fn raw_text(&mut self) -> Read<Cow<'a, str>> {
        let start = self.pos;
        let hashes = self.rest()[1..].bytes().take_while(|&b| b == b'#').count();
        let body = start + 1 + hashes;
        if self.text.as_bytes().get(body) != Some(&b'"') {
            let what = "`r#` should be followed by a text in quotation marks".into();
            return self.fail("syntax", Span::new(start, body), what, "Write `r#\"text\"#`, or a plain `\"text\"`.");
        }
        let end = format!("\"{}", &self.text[start + 1..body]);
        let Some(len) = self.text[body + 1..].find(&end) else {
            self.pos = body + 1;
            return self.unended_text(start);
        };
        self.pos = body + 1 + len + end.len();
        self.last_text = Span::new(start, self.pos);
        Ok(Cow::Borrowed(&self.text[body + 1..body + 1 + len]))
    }

    /// Decimal numbers, as RON writes them; other notations have no place in a question file.
    fn number(&mut self) -> Read<f64> {
        let start = self.pos;
        let len = self.rest().bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+-._".contains(b)).count();
        let token = &self.rest()[..len];
        self.pos += len;
        let digits = token.trim_start_matches(['+', '-']);
        let decimal = digits.bytes().all(|b| b.is_ascii_digit() || b"eE.+-_".contains(&b))
            && !digits.starts_with('_')
            && !digits.contains("._");
        let number = if decimal && token.contains('_') { token.replace('_', "").parse() } else { token.parse() };
        match number {
            Ok(number) if decimal => Ok(number),
            _ => {
                let what = format!("`{}` is not a number", shorten(token));
                self.fail(
                    "syntax",
                    Span::new(start, self.pos),
                    what,
                    "Write digits with a point for decimals, such as 23 or 2.5.",
                )
            }
        }
    }

    /// A name: letters, digits and underscores, not starting with a digit. Empty if none stands here.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        // Nearly every name is ASCII; only another letter right after it needs the slow way.
        let mut len = rest.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'_')).unwrap_or(rest.len());
        if rest.as_bytes().get(len).is_some_and(|b| !b.is_ascii()) {
            len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        }
        if rest.starts_with(char::is_numeric) {
            return "";
        }
        self.pos += len;
        &rest[..len]
    }

    fn skip_space(&mut self) -> Read<()> {
        loop {
            // Almost all space is ASCII, and this runs between all values.
            let bytes = self.text.as_bytes();
            while bytes.get(self.pos).is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
                self.pos += 1;
            }
            let rest = self.rest();
            if rest.starts_with("//") {
                self.pos += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.block_comment()?;
            } else {
                match rest.chars().next() {
                    Some(c) if is_rare_space(c) => self.pos += c.len_utf8(),
                    _ => return Ok(()),
                }
            }
        }
    }

    fn block_comment(&mut self) -> Read<()> {
        let start = self.pos;
        let bytes = self.text.as_bytes();
        let mut open = 0_usize;
        while self.pos < bytes.len() {
            let pair = &bytes[self.pos..bytes.len().min(self.pos + 2)];
            match pair {
                b"/*" => open += 1,
                b"*/" => open -= 1,
                _ => {
                    self.pos += 1;
                    continue;
                }
            }
            self.pos += 2;
            if open == 0 {
                return Ok(());
            }
        }
        let what = "this remark never ends".into();
        self.fail("syntax", Span::new(start, start + 2), what, "End a remark that starts with `/*` with `*/`.")
    }

    fn rest(&self) -> &'a str {
        &self.text[self.pos..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    fn next_char(&self) -> String {
        self.rest().chars().next().map_or_else(String::new, |c| c.escape_debug().to_string())
    }

    fn here(&self) -> Span {
        Span::new(self.pos, self.pos)
    }

    fn next_char_span(&self) -> Span {
        Span::new(self.pos, self.pos + self.rest().chars().next().map_or(0, char::len_utf8))
    }

    fn fail<T>(&mut self, rule: &'static str, span: Span, what: String, todo: &str) -> Read<T> {
        let question = self.question.as_deref().map(shorten);
        self.findings.push(Finding { level: Level::Error, rule, span, question, what, todo: todo.into() });
        Err(Stop)
    }

    fn no_value<T>(&mut self) -> Read<T> {
        let found = self.next_char();
        let span = self.next_char_span();
        match found.as_str() {
            "“" | "”" | "„" | "«" | "‘" | "’" | "\\'" | "`" => {
                let what = format!("a text must stand between straight quotation marks, and this is {found}");
                self.fail("syntax", span, what, "Replace it with \" at both ends of the text.")
            }
            "," | ")" | "]" | "}" => {
                let what = format!("a value is missing before `{found}`");
                self.fail("syntax", span, what, "Write the value, or remove the field or the comma.")
            }
            _ => {
                let what = format!("`{found}` cannot start a value");
                self.fail("syntax", span, what, "A value is a \"text\", a number, true, false, or a list in [ ].")
            }
        }
    }

    fn unclosed<T>(&mut self, open: usize) -> Read<T> {
        let (what, todo) = match self.text.as_bytes().get(open) {
            Some(b'[') => ("this `[` is never closed", "Put a `]` after the last entry of the list."),
            Some(b'{') => ("this `{` is never closed", "Put a `}` after the last entry."),
            _ => (
                "this `(` is never closed",
                "Put a `)` after the last field, and check that the file was saved completely.",
            ),
        };
        self.fail("unclosed", Span::new(open, open + 1), what.into(), todo)
    }

    fn wrong_closer<T>(&mut self, open: usize) -> Read<T> {
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

    fn unended_text<T>(&mut self, start: usize) -> Read<T> {
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
    fn broken_text<T>(&mut self) -> Read<T> {
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

fn hex(digits: Option<&str>) -> Option<char> {
    let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// Space that RON allows beyond blanks, tabs and line ends.
const fn is_rare_space(c: char) -> bool {
    matches!(c, '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// A piece of the file, short enough for a sentence.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut chars = text.chars();
    let short: String = chars.by_ref().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.next().is_some() { short + "…" } else { short }
}
