//! The smallest pieces: texts, numbers, names, and the space between them.

use std::borrow::Cow;

use super::{Parser, Read, shorten};
use crate::bank::locate::Span;

impl<'a> Parser<'a, '_> {
    pub(super) fn text(&mut self) -> Read<Cow<'a, str>> {
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
    pub(super) fn escape(&mut self) -> Read<Option<char>> {
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
            let what = "a single backslash means something special, and not with what follows this one".into();
            self.pos = end;
            return self.fail("syntax", Span::new(start, end), what, "For a backslash in a text write two: `\\\\`.");
        }
        self.pos += 1 + len;
        Ok(escaped)
    }

    pub(super) fn raw_text(&mut self) -> Read<Cow<'a, str>> {
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
    pub(super) fn number(&mut self) -> Read<f64> {
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
    pub(super) fn word(&mut self) -> &'a str {
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

    pub(super) fn skip_space(&mut self) -> Read<()> {
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

    pub(super) fn block_comment(&mut self) -> Read<()> {
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
}

fn hex(digits: Option<&str>) -> Option<char> {
    let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

/// Space that RON allows beyond blanks, tabs and line ends.
const fn is_rare_space(c: char) -> bool {
    matches!(c, '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}
