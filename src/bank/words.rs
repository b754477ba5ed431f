//! Texts as a reader compares them: without case, accents of spelling, punctuation and articles.
//!
//! Folding keeps every sign that can be the whole difference between two answers (`C` and `C++`, `1.5` and `15`, `-5` and `5`).

use unicode_normalization::UnicodeNormalization;

/// Up to this length case may carry the meaning: `Co` and `CO`, `mW` and `MW`.
const SHORT: usize = 3;

/// The form in which two options are the same option: case is kept in short ones.
pub(super) fn fold_option(text: &str) -> String {
    let trimmed = text.trim();
    without_article(fold(trimmed, trimmed.chars().count() > SHORT))
}

/// The form in which two sentences or typed answers are the same.
pub(super) fn fold_sentence(text: &str) -> String {
    without_article(plain(text))
}

/// Lower case without punctuation, and nothing else left out.
pub(super) fn plain(text: &str) -> String {
    fold(text.trim(), true)
}

fn fold(text: &str, lower: bool) -> String {
    let folded = if text.is_ascii() {
        squeeze(text.chars(), text.len(), lower)
    } else {
        let plain: String = text.nfkc().collect();
        let plain = if lower { caseless::default_case_fold_str(&plain) } else { plain };
        squeeze(plain.chars(), plain.len(), false)
    };
    if folded.is_empty() { text.to_string() } else { folded }
}

/// Words separated by single blanks, without the punctuation of sentences.
fn squeeze(chars: impl Iterator<Item = char>, len: usize, lower: bool) -> String {
    let mut out = String::with_capacity(len);
    let mut chars = chars.peekable();
    let mut before = ' ';
    let mut gap = false;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let keep = match c {
            '.' | ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            '-' | '‐' | '‑' | '–' | '—' => !before.is_alphanumeric() && next.is_ascii_digit(),
            '!' | '?' | ';' | ':' | '"' | '\'' | '(' | ')' | '[' | ']' | '…' | '“' | '”' | '„' | '«' | '»' | '‘'
            | '’' => false,
            _ => !c.is_whitespace(),
        };
        if keep {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(if lower { c.to_ascii_lowercase() } else { c });
        } else if !matches!(c, '\'' | '’' | '.' | ',') || next.is_whitespace() {
            // An apostrophe or a point inside a word joins it: `Nato's`, `U.K.`.
            gap = true;
        }
        before = c;
    }
    out
}

fn without_article(folded: String) -> String {
    for article in ["the ", "a ", "an "] {
        let head = folded.get(..article.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(article)) && folded.len() > article.len() {
            return folded[article.len()..].to_string();
        }
    }
    folded
}

/// The words of a text, with apostrophes inside them kept.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|word| !word.is_empty())
}

/// Whether a word is in a list, whatever its case.
pub(super) fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

/// The number that an option is, if it is nothing else: `23`, `-0.5`, `1/2`, `12,000`.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return None;
    }
    if let Some((over, under)) = text.split_once('/') {
        let (over, under) = (over.trim().parse::<f64>().ok()?, under.trim().parse::<f64>().ok()?);
        return (under != 0.0).then(|| over / under);
    }
    // A comma counts as a separator of thousands only where one stands.
    let grouped = text.split(',').skip(1).all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    let plain = if grouped { text.replace(',', "") } else { return None };
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}
