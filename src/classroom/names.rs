//! Names: made up from two words, or chosen by a student and then clean, short, unlike any other, and not rude. Uses Unicode's tables.

mod words;

use std::collections::HashSet;

use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use self::words::{ANIMALS, GOOD_WORDS, MANNERS, RUDE_PARTS, RUDE_WORDS};
use super::protocol::Why;
use crate::rules::fold;

/// The most letters, as people count them.
pub const MOST_GRAPHEMES: usize = 24;
/// The most marks over or under one letter.
const MOST_MARKS: usize = 2;

/// A name as it will be shown.
///
/// # Errors
/// [`Why::BadName`] if it is empty, longer than [`MOST_GRAPHEMES`], holds characters that cannot be seen or that turn the writing
/// round, piles up marks, or is rude.
pub fn clean(typed: &str) -> Result<String, Why> {
    // A frame is short, but normal forms can grow: count first.
    if typed.len() > 4096 {
        return Err(Why::BadName);
    }
    let name: String = typed.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let good = !name.is_empty()
        && name.graphemes(true).count() <= MOST_GRAPHEMES
        && !name.chars().any(is_unseen)
        && name.chars().any(char::is_alphanumeric)
        && !piles_up_marks(&name)
        && !is_rude(&name);
    if good { Ok(name) } else { Err(Why::BadName) }
}

/// Control and format characters, private and unassigned ones, and spaces that have no width.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}

fn piles_up_marks(name: &str) -> bool {
    // Decomposed, so that a letter with an accent of its own counts that one too.
    let mut marks = 0;
    name.nfd().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    }) || name.nfd().next().is_some_and(is_combining_mark)
}

/// What two names share that look alike: accents and case gone, letters of other scripts and digits as the Latin letters they look like,
/// without spaces and signs.
#[must_use]
pub fn likeness(name: &str) -> String {
    fold(name).chars().map(lookalike).filter(|c| c.is_alphanumeric()).collect()
}

/// After folding: the small Cyrillic and Greek letters that are drawn as Latin ones, and digits drawn as letters.
const fn lookalike(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' => 'e',
        'ɡ' => 'g',
        'н' | 'һ' | 'η' => 'h',
        'і' | 'ι' | 'l' | '1' | '|' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'п' | 'ν' => 'n',
        'о' | 'ο' | 'σ' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | '5' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ζ' => 'z',
        c => c,
    }
}

/// Whether a name holds a word that no class should read out. Knows English best: with generated names none is needed.
#[must_use]
pub fn is_rude(name: &str) -> bool {
    // A number is a number; among letters a digit may stand for one.
    let typed = |word: &str| {
        let mixed = word.chars().any(char::is_alphabetic);
        word.chars().map(|c| if mixed { typed_for(c) } else { c }).collect::<String>()
    };
    let lower = name.to_lowercase();
    let plain = if lower.contains(char::is_alphabetic) {
        lower.split_whitespace().map(typed).collect::<Vec<_>>().join(" ")
    } else {
        lower.chars().map(typed_for).collect()
    };
    let folded = fold(&plain);
    let letters = |text: &str| text.chars().map(lookalike_for_words).filter(|c| c.is_alphabetic()).collect::<String>();
    let words: Vec<String> = folded
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(letters)
        .filter(|word| !GOOD_WORDS.contains(&word.as_str()))
        .collect();
    // Letters that were spread out to hide a word.
    let spread = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    let together = words.concat();
    let whole = |word: &str| {
        RUDE_WORDS.iter().any(|rude| word == *rude || word.strip_suffix('s') == Some(rude) || stretched(word, rude))
    };
    words.iter().any(|word| whole(word))
        || (spread && whole(&together))
        || RUDE_PARTS
            .iter()
            .any(|rude| words.iter().any(|word| holds(word, rude)) || (spread && holds(&together, rude)))
}

/// Whether a word holds another, however long its letters were held down.
fn holds(word: &str, rude: &str) -> bool {
    word.contains(rude) || (single(rude).len() >= 4 && single(word).contains(&single(rude)))
}

/// Whether a word is another one with a letter held down: `cummm`, not `Ana` for `anna`.
fn stretched(word: &str, rude: &str) -> bool {
    word.len() > rude.len() + 1 && single(rude).len() >= 3 && single(word) == single(rude)
}

/// Signs typed for letters.
const fn typed_for(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '3' | '€' => 'e',
        '1' | '!' | '|' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '7' | '+' => 't',
        '*' => 'u',
        c => c,
    }
}

/// As [`lookalike`], with `l` kept: words need it.
const fn lookalike_for_words(c: char) -> char {
    if c == 'l' { 'l' } else { lookalike(c) }
}

/// Runs of one letter as one.
fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Makes up names, none twice.
#[derive(Debug)]
pub struct Namer {
    chance: ChaCha8Rng,
    /// The [`likeness`] of every name in use.
    taken: HashSet<String>,
}

impl Namer {
    /// With chance of its own.
    #[must_use]
    pub fn new(chance: ChaCha8Rng) -> Self {
        Self { chance, taken: HashSet::new() }
    }

    /// A name that nobody has, such as "Calm Heron".
    pub fn make(&mut self) -> String {
        for _ in 0..50 {
            let name = self.two_words();
            if !self.is_taken(&name) {
                return name;
            }
        }
        // More players than pairs of words: a number tells them apart.
        loop {
            let name = format!("{} {}", self.two_words(), self.chance.random_range(2..100_000_u32));
            if name.len() <= MOST_GRAPHEMES && !self.is_taken(&name) {
                return name;
            }
        }
    }

    fn two_words(&mut self) -> String {
        let manner = MANNERS[self.chance.random_range(0..MANNERS.len())];
        let animal = ANIMALS[self.chance.random_range(0..ANIMALS.len())];
        format!("{manner} {animal}")
    }

    /// Whether somebody has a name that looks like this one.
    #[must_use]
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&likeness(name))
    }

    /// Somebody has this name now.
    pub fn take(&mut self, name: &str) {
        self.taken.insert(likeness(name));
    }

    /// Nobody has it any more.
    pub fn free(&mut self, name: &str) {
        self.taken.remove(&likeness(name));
    }
}
