//! Folding typed answers, so that accents, case and punctuation do not decide.
//!
//! Uses Unicode tables (NFKD, full case folding) and nothing of ours. Unicode promises that both stay as they are for every character
//! already assigned, so an update of the tables changes no old match.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The form in which typed answers are compared. Idempotent.
///
/// - Compatibility forms become plain (NFKD), case goes (full case folding, not the Turkish one), accents go. Letters that do not
///   decompose become what people type for them: ł l, ø o, đ ð d, ħ h, ŧ t, ı i, æ ae, œ oe, þ th, ß ss. Marks that make another letter
///   stay (the voicing of kana, Indic vowels, the stroke of ≠).
/// - Apostrophes and full stops inside words go (`O’Brien`, `U.S.A.`); hyphens and other punctuation part words; spaces collapse.
/// - What carries meaning stays: digits with the sign, point, comma, colon or slash among them (`−5`, `3.5`, `1/2`), and symbols such
///   as `%`, `€`, `#`, `+` and `°`, with the spaces round a symbol dropped (`50 %` is `50%`).
/// - A text of nothing but punctuation keeps it, so that `?` can be an answer. Only blank text folds to nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let (plain, mut loose) = letters(text);
    let mut folded = settle(&plain, &mut loose);
    // Where something vanished, its neighbours may now read otherwise. Every pass that changes something drops characters, blanks
    // punctuation or sorts marks, so this ends.
    while loose {
        let (letters, mut again) = letters(&folded);
        let next = settle(&letters, &mut again);
        loose = again && next != folded;
        folded = next;
    }
    if folded.is_empty() { collapse(&plain) } else { folded }
}

/// Plain letters: compatibility forms, accents and case gone, punctuation still there; and whether a character without a shape went,
/// which may have kept marks out of their order.
fn letters(text: &str) -> (Vec<char>, bool) {
    let mut out = Vec::with_capacity(text.len());
    let mut loose = false;
    let mut rest = text;
    // ASCII needs no tables, and no mark moves across it.
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(ascii);
        out.extend(run.chars().filter(|&c| !is_invisible(c)).map(|c| c.to_ascii_lowercase()));
        let other = after.bytes().position(|byte| byte.is_ascii()).unwrap_or(after.len());
        let (run, after) = after.split_at(other);
        loose |= other_letters(run, &mut out);
        rest = after;
    }
    (out, loose)
}

/// [`letters`] for a run without ASCII.
fn other_letters(text: &str, out: &mut Vec<char>) -> bool {
    let mut loose = false;
    // An accent that stands alone decomposes into a space and a mark; people type it as an apostrophe.
    let apostrophe = |c| if matches!(c, '´' | '\u{1fbd}' | '\u{1fbf}' | '\u{1ffd}' | '\u{1ffe}') { '\'' } else { c };
    let shaped = text.chars().map(apostrophe).nfkd().filter(|&c| {
        let gone = is_invisible(c) || is_enclosing(c);
        loose |= gone;
        !gone && !is_accent(c)
    });
    for c in shaped.default_case_fold() {
        match c {
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ŧ' => out.push('t'),
            'ı' => out.push('i'),
            'ȷ' => out.push('j'),
            'æ' => out.extend(['a', 'e']),
            'œ' => out.extend(['o', 'e']),
            'þ' => out.extend(['t', 'h']),
            _ => out.push(ascii_digit(c)),
        }
    }
    loose
}

/// Marks that leave the letter what it is for somebody who types without them. Combining classes below 10 are strokes through symbols,
/// nuktas, kana voicing and viramas, and class 0 holds the vowel signs of Indic scripts: without those it is another word.
fn is_accent(c: char) -> bool {
    canonical_combining_class(c) >= 10
}

/// Circles, key caps and the like round a character.
fn is_enclosing(c: char) -> bool {
    matches!(c, '\u{488}'..='\u{489}' | '\u{20dd}'..='\u{20e4}')
}

/// Characters without a shape of their own: joiners, direction marks, variation selectors, soft hyphens, the Arabic stretcher and
/// control characters (white space aside).
fn is_invisible(c: char) -> bool {
    const SINGLE: &str = "\u{ad}\u{34f}\u{61c}\u{640}\u{feff}";
    if c.is_ascii() {
        return c.is_ascii_control() && !c.is_whitespace();
    }
    let bidi_and_joiners = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let selectors = matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}');
    bidi_and_joiners || selectors || SINGLE.contains(c) || (c.is_control() && !c.is_whitespace())
}

/// Arabic, Persian and Devanagari digits as the ASCII ones; NFKD has already done the full-width ones.
fn ascii_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// What a character does to the words around it.
enum Sign {
    /// Belongs to a word or number.
    Letter,
    /// Means something by itself; spaces round it do not.
    Symbol,
    /// Goes without a trace.
    Nothing,
    /// Parts words.
    Gap,
    /// A hyphen, a dash or a minus.
    Dash,
    /// A full stop or a decimal point.
    Point,
    /// Comma, colon or slash: part of a number between digits, else a gap.
    Inner,
}

/// Apostrophes and what is typed or printed for them, and the dot inside Catalan words.
const NOTHING: &str = "'`·\u{2c8}\u{2ca}\u{2cb}\u{55a}\u{5f3}\u{2018}\u{2019}\u{201b}\u{2027}\u{2032}\u{2035}\u{a78c}";

/// With the currencies (20A0 to 20CF), arrows and operators (2190 to 22FF).
const SYMBOLS: &str = "#$%&*+<=>@\\^|~¢£¤¥§°±×÷‰‱";

/// With white space and the general (2010 to 205E) and ideographic punctuation.
const GAPS: &str = "!\"();?[]_{}¡¿«»¶\u{55b}\u{55c}\u{55d}\u{55e}\u{55f}\u{589}\
    \u{5be}\u{5f4}\u{60c}\u{61b}\u{61f}\u{964}\u{965}\u{30a0}\u{30fb}";

fn sign(c: char) -> Sign {
    match c {
        'a'..='z' | '0'..='9' => Sign::Letter,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Sign::Dash,
        '.' => Sign::Point,
        ',' | ':' | '/' | '\u{2044}' => Sign::Inner,
        '\u{2b9}'..='\u{2bf}' => Sign::Nothing,
        _ if NOTHING.contains(c) => Sign::Nothing,
        '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{22ff}' => Sign::Symbol,
        _ if SYMBOLS.contains(c) => Sign::Symbol,
        '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' => {
            Sign::Gap
        }
        _ if c.is_whitespace() || GAPS.contains(c) => Sign::Gap,
        _ => Sign::Letter,
    }
}

/// Words and numbers with single spaces between them, from plain letters. Sets `loose` where a second look may see something else.
fn settle(plain: &[char], loose: &mut bool) -> String {
    let digit = |i: usize| plain.get(i).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(plain.len());
    // What was put out last, whether that was a symbol, and whether there was a gap since.
    let (mut last, mut after_symbol, mut gap) = (None, false, false);
    for (i, &c) in plain.iter().enumerate() {
        let inner = i > 0 && digit(i - 1) && digit(i + 1);
        let kind = sign(c);
        *loose |= !matches!(kind, Sign::Letter | Sign::Symbol | Sign::Gap);
        let kept = match kind {
            Sign::Letter | Sign::Symbol => Some(c),
            Sign::Nothing => continue,
            Sign::Gap => None,
            Sign::Dash => {
                let number = digit(i + 1) || (plain.get(i + 1) == Some(&'.') && digit(i + 2));
                // A minus, unless it ties a word or a number to the one before.
                let tied = last.is_some_and(|last: char| last.is_ascii_digit() || (!gap && !after_symbol));
                (number && !tied).then_some('-')
            }
            Sign::Point => {
                let row = plain.get(i + 1) == Some(&'.') || (i > 0 && plain[i - 1] == '.');
                let leads = gap || after_symbol || last.is_none_or(|last| last == '-');
                if inner || (!row && leads && digit(i + 1)) {
                    Some('.')
                } else if row || digit(i + 1) {
                    None
                } else {
                    continue;
                }
            }
            Sign::Inner => inner.then_some(if c == '\u{2044}' { '/' } else { c }),
        };
        let Some(kept) = kept else {
            gap = true;
            continue;
        };
        let symbol = matches!(kind, Sign::Symbol);
        if gap && last.is_some() && !symbol && !after_symbol {
            out.push(' ');
        }
        out.push(kept);
        (last, after_symbol, gap) = (Some(kept), symbol, false);
    }
    out
}

/// The text itself with single spaces.
fn collapse(plain: &[char]) -> String {
    let text: String = plain.iter().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
