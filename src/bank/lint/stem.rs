//! Rules about the wording of one question.

use super::{Linter, Options};
use crate::bank::{
    Body,
    words::{is_one_of, words},
};

/// Words in a stem beyond which reading takes longer than thinking.
const MOST_WORDS: usize = 60;

const COLOURS: [&str; 11] =
    ["red", "green", "blue", "yellow", "orange", "purple", "pink", "brown", "grey", "gray", "violet"];
const COLOURED: [&str; 10] =
    ["one", "ones", "option", "options", "answer", "answers", "button", "buttons", "tile", "tiles"];
const ASKING: [&str; 4] = ["which", "what", "who", "whom"];
const FLEETING: [&str; 20] = [
    "current",
    "currently",
    "now",
    "nowadays",
    "today",
    "today's",
    "latest",
    "newest",
    "recent",
    "recently",
    "presently",
    "tallest",
    "largest",
    "biggest",
    "richest",
    "fastest",
    "youngest",
    "oldest",
    "longest-serving",
    "incumbent",
];

pub(super) fn advise(linter: &mut Linter<'_>) {
    length(linter);
    if linter.english {
        negative(linter);
        article(linter);
        fleeting(linter);
        colour(linter);
    }
}

fn length(linter: &mut Linter<'_>) {
    let stem = &linter.question.stem;
    if stem.len() > 2 * MOST_WORDS && words(stem).count() > MOST_WORDS {
        let what = format!("this question has {} words", words(stem).count());
        linter.warn("long-stem", linter.anchor.field("stem"), what, "Move the background into the explanation.");
    }
}

/// "Which is not …?" is misread under time pressure unless the word stands out.
fn negative(linter: &mut Linter<'_>) {
    let stem = &linter.question.stem;
    let asks_for = words(stem).any(|word| is_one_of(word, &ASKING));
    let statement = matches!(linter.question.body, Body::TrueFalse { .. });
    let mut previous = "";
    for word in words(stem) {
        let contracted = word.ends_with("n't") || word.ends_with("n’t");
        let negative = contracted || is_one_of(word, &["not", "except", "never", "cannot"]);
        let emphasised = word.chars().all(|c| !c.is_lowercase());
        // "Not only", "whether or not" and the like deny nothing; "why did it not" cannot be misread that way.
        let harmless = previous.eq_ignore_ascii_case("or") || stem.contains("not only") || (!asks_for && !statement);
        if negative && !emphasised && (word.eq_ignore_ascii_case("except") || !harmless) {
            let what = format!("`{word}` is easily missed");
            let todo = "Ask for what is true, or write the word in capitals.";
            linter.warn("negative-stem", linter.anchor.field("stem"), what, todo);
            return;
        }
        previous = word;
    }
}

/// A stem that ends in "a" or "an" rules out every option that does not fit it.
fn article(linter: &mut Linter<'_>) {
    let Some(Options { .. }) = linter.options() else { return };
    let end = linter.question.stem.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = words(end).last().unwrap_or_default();
    if is_one_of(last, &["a", "an"])
        && end.len() > last.len()
        && end.ends_with(last)
        && last.chars().all(char::is_lowercase)
    {
        let what = format!("the question ends in `{last}`, which not every option fits");
        let todo = "Write `a(n)`, or move the article into the options.";
        linter.warn("article-cue", linter.anchor.field("stem"), what, todo);
    }
}

fn fleeting(linter: &mut Linter<'_>) {
    if linter.question.as_of.is_some() {
        return;
    }
    if let Some(word) = words(&linter.question.stem).find(|word| is_one_of(word, &FLEETING)) {
        let what =
            format!("`{word}` will be true of something else one day, and nothing says when it was true of this");
        let todo =
            "Add `as_of: \"YYYY-MM\"` to the question or at the top of the file, or name the date in the question.";
        linter.warn("time-sensitive", linter.anchor.field("stem"), what, todo);
    }
}

/// "The red one" means nothing to whoever cannot see red; and options have no colours of their own.
fn colour(linter: &mut Linter<'_>) {
    let mut previous = "";
    for word in words(&linter.question.stem) {
        if is_one_of(previous, &COLOURS) && is_one_of(word, &COLOURED) {
            let what = format!("`{previous} {word}` can be understood by sight only");
            linter.warn("colour-only", linter.anchor.field("stem"), what, "Say what is meant without its colour.");
            return;
        }
        previous = word;
    }
}
