//! Rules about the signs that texts are made of, in every text of a question.

use super::{Body, Level, Linter};
use crate::bank::{
    build::Built,
    locate::{Finding, Findings, Span},
    syntax::shorten,
    words::words,
};

const TAGS: [&str; 18] = [
    "b", "i", "u", "em", "strong", "br", "p", "sub", "sup", "span", "div", "a", "img", "font", "code", "li", "ul", "h1",
];

/// Calls `look` with every text of the question and where it stands.
fn texts(linter: &mut Linter<'_>, mut look: impl FnMut(&mut Linter<'_>, &str, &dyn Fn() -> Span)) {
    let (question, anchor) = (linter.question, linter.anchor);
    let mut field =
        |linter: &mut Linter<'_>, name: &'static str, text: &str| look(linter, text, &|| anchor.field(name));
    field(linter, "stem", &question.stem);
    field(linter, "explanation", &question.explanation);
    let mut lists: Vec<(&'static str, &[String])> = vec![("tags", &question.tags)];
    let mut all_notes = None;
    match &question.body {
        Body::Choice { key, distractors, notes } => {
            field(linter, "key", key);
            lists.push(("distractors", distractors));
            all_notes = Some(notes);
        }
        Body::MultiChoice { keys, distractors, notes } => {
            lists.extend([("keys", keys.as_slice()), ("distractors", distractors)]);
            all_notes = Some(notes);
        }
        Body::TrueFalse { .. } => {}
        Body::Number { unit, .. } => field(linter, "unit", unit),
        Body::Order { items, from, to } => {
            field(linter, "from", from);
            field(linter, "to", to);
            lists.push(("items", items));
        }
        Body::Match { pairs, distractors } => {
            lists.push(("distractors", distractors));
            for (index, (left, right)) in pairs.iter().enumerate() {
                look(linter, left, &|| anchor.item("pairs", index));
                look(linter, right, &|| anchor.item("pairs", index));
            }
        }
        Body::Text { key, accept, notes } => {
            field(linter, "key", key);
            lists.push(("accept", accept));
            all_notes = Some(notes);
        }
    }
    for (name, list) in lists {
        for (index, text) in list.iter().enumerate() {
            look(linter, text, &|| anchor.item(name, index));
        }
    }
    for (option, note) in all_notes.into_iter().flatten() {
        look(linter, note, &|| anchor.entry("notes", option));
    }
}

/// Signs that are never seen, or turn the writing direction so that a text reads as something else.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn hidden(text: &str) -> Option<char> {
    text.chars().find(|&c| is_hidden(c))
}

/// What a text holds that is worth a closer look. Nearly all texts hold nothing, and this runs over all of them.
#[derive(Default)]
struct Marks {
    /// A sign beyond ASCII, or a control character.
    rare: bool,
    /// A sign that markup is made of, or a straight quotation mark.
    marked: bool,
    /// A blank before another or before punctuation.
    blanks: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let mut before = 0;
        for byte in text.bytes() {
            marks.rare |= !(b' '..0x7F).contains(&byte);
            marks.marked |= matches!(byte, b'<' | b'&' | b'*' | b'"');
            marks.blanks |= before == b' ' && is_after_blank(byte);
            before = byte;
        }
        marks
    }
}

/// Whether this may not stand after a blank, at least at a word's end.
const fn is_after_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b',' | b'.' | b';' | b'?' | b'!' | b':' | b')')
}

const HIDDEN_TODO: &str = "Delete it and type the text again around it.";

/// The signs of every text of a question: hidden ones are errors, and with `advise` the rest is warned of.
pub(super) fn check(linter: &mut Linter<'_>, advise: bool) {
    texts(linter, |linter, text, span| {
        let marks = Marks::of(text);
        if marks.rare
            && let Some(sign) = hidden(text)
        {
            let what = format!("this text holds an invisible sign (U+{:04X})", u32::from(sign));
            linter.say(Level::Error, "control-character", span(), what, HIDDEN_TODO);
        }
        if advise {
            warn(linter, text, &marks, span);
        }
    });
}

fn warn(linter: &mut Linter<'_>, text: &str, marks: &Marks, span: &dyn Fn() -> Span) {
    if marks.marked
        && let Some(markup) = markup(text)
    {
        let what = format!("`{markup}` would be shown as it stands");
        linter.warn("markup", span(), what, "Remove it: texts are shown plain.");
    }
    if marks.rare
        && let Some(word) = mixed_scripts(text)
    {
        let what = format!("`{}` mixes letters of two alphabets", shorten(word));
        linter.warn("mixed-scripts", span(), what, "Type the word again with one keyboard layout.");
    }
    if marks.rare && text.contains('\u{FFFD}') {
        let what = "a letter was lost when this text was copied".into();
        linter.warn("lost-character", span(), what, "Type the letter again where the � stands.");
    }
    if (marks.rare || marks.marked) && unbalanced(text, linter.english) {
        let what = "a quotation mark in this text has no partner".into();
        linter.warn("unbalanced-quote", span(), what, "Add the other one, or remove this one.");
    }
    if let Some(what) = spacing(text, marks, linter.english) {
        linter.warn("bad-spacing", span(), what.into(), "Remove the blank.");
    }
}

/// The same for the names of the bank, its rounds and documents, which stand on screen, too.
pub(super) fn bank_control_characters(built: &Built<'_>, findings: &mut Findings) {
    let bank = &built.bank;
    let own = [("title", &bank.title), ("about", &bank.about), ("licence", &bank.licence)];
    let rounds = bank.rounds.iter().flat_map(|round| [("rounds", &round.title), ("rounds", &round.about)]);
    let documents = bank.documents.values().flat_map(|d| [("documents", &d.title), ("documents", &d.link)]);
    for (field, text) in own.into_iter().chain(rounds).chain(documents) {
        if let Some(sign) = hidden(text) {
            let what = format!("`{}` holds an invisible sign (U+{:04X})", shorten(text), u32::from(sign));
            let span = built.anchor.field(field);
            let (rule, todo) = ("control-character", HIDDEN_TODO.into());
            findings.push(Finding { level: Level::Error, rule, span, question: None, what, todo });
        }
    }
}

fn markup(text: &str) -> Option<&str> {
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let name = &tag[..tag.len() - tag.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len()];
        let closes = tag[name.len()..].starts_with(['>', ' ', '/']) && tag.contains('>');
        if closes && TAGS.contains(&name.to_ascii_lowercase().as_str()) {
            return Some(&text[at..=at + (rest.len() - tag.len()) + name.len()]);
        }
    }
    let entities = ["&amp;", "&nbsp;", "&quot;", "&lt;", "&gt;", "&#"];
    if text.contains('&')
        && let Some(entity) = entities.into_iter().find(|entity| text.contains(entity))
    {
        return Some(entity);
    }
    text.find("**").filter(|&at| text[at + 2..].contains("**")).map(|_| "**")
}

fn mixed_scripts(text: &str) -> Option<&str> {
    // Short words mix alphabets with good reason: μm, kΩ.
    words(text).filter(|word| word.chars().count() >= 4).find(|word| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        latin && word.chars().any(|c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}'))
    })
}

fn unbalanced(text: &str, english: bool) -> bool {
    let mut marks = 0;
    let mut after_digits = 0;
    let mut before = ' ';
    for c in text.chars() {
        marks += usize::from(c == '"');
        // After a digit it may be an inch or a second.
        after_digits += usize::from(c == '"' && before.is_ascii_digit());
        before = c;
    }
    if marks % 2 == 1 && after_digits == 0 {
        return true;
    }
    // Other languages pair these signs in other ways.
    english && text.matches('“').count() != text.matches('”').count()
}

fn spacing(text: &str, marks: &Marks, english: bool) -> Option<&'static str> {
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\n' | b'\r'));
    let bytes = text.as_bytes();
    if blank(bytes.first()) || blank(bytes.last()) {
        return Some("this text starts or ends with a blank");
    }
    if !marks.blanks {
        return None;
    }
    bytes.windows(2).enumerate().filter(|(_, pair)| pair[0] == b' ' && is_after_blank(pair[1])).find_map(
        |(index, pair)| {
            if matches!(pair[1], b' ' | b'\t') {
                Some("there are two blanks in a row")
            } else {
                // `.NET` and `:)` may follow a blank; other languages put blanks before some signs.
                let ends = bytes.get(index + 2).is_none_or(|&next| next == b' ');
                (english && ends).then_some("there is a blank before a punctuation mark")
            }
        },
    )
}
