//! Rules about the options of one question: what they give away, and what makes them hard to tell apart.

use super::{Level, Linter, Options};
use crate::bank::{
    syntax::shorten,
    words::{fold_option, is_one_of, number, plain, words},
};

/// The key may be this much longer than the mean distractor, as a factor and in characters, before it stands out.
const LONG_KEY: (f64, f64) = (1.5, 15.0);
/// Share of three-letter pieces in common from which two options are hard to tell apart.
const ALIKE: f64 = 0.9;
/// Words in an option beyond which it takes too long to read.
const MOST_WORDS: usize = 20;
/// Words of the stem that the key may repeat more than any distractor.
const ECHO: usize = 1;

const ALL_ABOVE: [&str; 4] = ["all of the above", "all the above", "any of the above", "both of the above"];
const ALL_THESE: [&str; 5] = ["all of these", "all of them", "all of those", "all three", "all four"];
const NONE_ABOVE: [&str; 6] =
    ["none of the above", "none of these", "none of them", "none of those", "neither of the above", "neither of these"];
const ABSOLUTE: [&str; 3] = ["always", "never", "only"];

/// Options that refer to the place of others make no sense once play has shuffled them.
pub(super) fn positions(linter: &mut Linter<'_>) {
    let Some(options) = linter.options().filter(|_| linter.english) else { return };
    for (index, option) in options.all().enumerate() {
        // Every such phrase is short; most options are not.
        if option.len() > 40 || !option.contains(' ') {
            continue;
        }
        let folded = plain(option);
        if ALL_ABOVE.contains(&folded.as_str()) {
            let what = format!("`{}` speaks of places, and play shuffles the options", shorten(option));
            let todo = "Make it a question with several right answers (`MultiChoice`), or name the options.";
            linter.say(Level::Error, "all-of-the-above", linter.option(&options, index), what, todo);
        } else if names_letters(&folded) && !options.all().any(|other| other.trim().chars().count() == 1) {
            let what = format!("`{}` speaks of letters, and play shuffles the options", shorten(option));
            let todo = "Make it a question with several right answers (`MultiChoice`), or name the options.";
            linter.say(Level::Error, "order-dependent-option", linter.option(&options, index), what, todo);
        }
    }
}

/// `both a and b`, `a and c only`, `options b and d`, `neither a nor b`
fn names_letters(folded: &str) -> bool {
    let marked = ["both ", "options ", "answers ", "neither "].iter().any(|start| folded.starts_with(start))
        || folded.ends_with(" only")
        || folded.ends_with(" are correct");
    let mut letters = 0;
    let rest_is_glue = folded.split(' ').all(|word| {
        let letter = word.len() == 1 && matches!(word.as_bytes()[0], b'a'..=b'f');
        letters += usize::from(letter);
        letter
            || ["both", "options", "answers", "and", "or", "neither", "nor", "only", "are", "correct"].contains(&word)
    });
    marked && rest_is_glue && letters >= 2
}

pub(super) fn advise(linter: &mut Linter<'_>) {
    let Some(options) = linter.options() else { return };
    let folded: Vec<String> = options.all().map(fold_option).collect();
    count(linter, &options);
    long_key(linter, &options);
    alike(linter, &options, &folded);
    long_options(linter, &options);
    parallel(linter, &options);
    ranges(linter, &options);
    if linter.english {
        catch_all(linter, &options);
        absolutes(linter, &options);
        echo(linter, &options);
    }
}

fn count(linter: &mut Linter<'_>, options: &Options<'_>) {
    let (count, most) = (options.all().count(), if options.single { 5 } else { 6 });
    if count > most {
        let what = format!("{count} options are more than players can weigh");
        let todo = "Keep the most tempting wrong answers; two or three are enough.";
        linter.warn("many-options", linter.anchor.field("distractors"), what, todo);
    }
}

fn long_key(linter: &mut Linter<'_>, options: &Options<'_>) {
    let mean = |texts: &[String]| {
        let total: usize = texts.iter().map(|text| text.chars().count()).sum();
        f64::from(u32::try_from(total).unwrap_or(u32::MAX)) / f64::from(u32::try_from(texts.len().max(1)).unwrap_or(1))
    };
    let (key, distractor) = (mean(options.keys), mean(options.distractors));
    if key > distractor * LONG_KEY.0 && key > distractor + LONG_KEY.1 {
        let what = format!(
            "the right answer stands out by its length ({key:.0} characters; the wrong ones have {distractor:.0})"
        );
        let todo = "Shorten it, or give the wrong answers as much detail.";
        linter.warn("long-key", linter.option(options, 0), what, todo);
    }
}

fn alike(linter: &mut Linter<'_>, options: &Options<'_>, folded: &[String]) {
    let texts: Vec<&str> = options.all().collect();
    let numbers: Vec<_> = texts.iter().map(|text| number(text)).collect();
    for later in 1..folded.len() {
        for earlier in 0..later {
            let equal = numbers[later].zip(numbers[earlier]).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
            let only_case = folded[later].eq_ignore_ascii_case(&folded[earlier]);
            if folded[later] != folded[earlier] && (equal || only_case || similar(&folded[later], &folded[earlier])) {
                let what = format!("`{}` and `{}` are nearly the same", shorten(texts[earlier]), shorten(texts[later]));
                let todo = "Make the difference plain, or replace one of them.";
                linter.warn("near-duplicate-option", linter.option(options, later), what, todo);
            }
        }
    }
}

/// Whether two options share nearly all their pieces, and all their numbers.
fn similar(a: &str, b: &str) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    // Texts whose lengths differ more cannot reach the threshold; with fewer than ten letters one letter is a tenth.
    if short < 10 || short * 100 < long * 88 {
        return false;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    digits(a) == digits(b) && trigram_likeness(a, b) >= ALIKE
}

fn trigram_likeness(a: &str, b: &str) -> f64 {
    let pieces = |text: &str| {
        let mut pieces: Vec<[u8; 3]> = text.as_bytes().windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        pieces.sort_unstable();
        pieces.dedup();
        pieces
    };
    let (a, b) = (pieces(a), pieces(b));
    let shared = a.iter().filter(|piece| b.binary_search(piece).is_ok()).count();
    let all = a.len() + b.len() - shared;
    let wide = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    wide(shared) / wide(all.max(1))
}

fn long_options(linter: &mut Linter<'_>, options: &Options<'_>) {
    for (index, option) in options.all().enumerate() {
        // A word has at least one letter and one blank.
        if option.len() > 2 * MOST_WORDS && words(option).count() > MOST_WORDS {
            let what = format!("this option has {} words", words(option).count());
            let todo = "Shorten it, or move what all options share into the question.";
            linter.warn("long-option", linter.option(options, index), what, todo);
        }
    }
}

/// An option that differs in form from all others draws the eye.
fn parallel(linter: &mut Linter<'_>, options: &Options<'_>) {
    let count = options.all().count();
    let numeric = options.all().filter(|option| number(option).is_some()).count();
    if numeric > 0 && numeric < count {
        let what = "some options are numbers and some are words".into();
        linter.note(
            "options-not-parallel",
            linter.anchor.field("distractors"),
            what,
            "Give all options the same form.",
        );
    }
    let stopped = options.all().filter(|option| option.ends_with('.')).count();
    if stopped > 0 && stopped < count {
        let what = "some options end with a full stop and some do not".into();
        linter.note(
            "options-not-parallel",
            linter.anchor.field("distractors"),
            what,
            "Give all options the same ending.",
        );
    }
    let capital = |option: &String| option.chars().next().filter(|c| c.is_alphabetic()).map(char::is_uppercase);
    let first = options.keys.first().and_then(capital);
    let same_keys = options.keys.iter().all(|key| capital(key) == first);
    let others = options.distractors.iter().all(|other| capital(other).is_some_and(|other| Some(other) != first));
    if first.is_some() && same_keys && others && options.distractors.len() > 1 {
        let what = "only the right answer starts with a letter of this case".into();
        linter.note("options-not-parallel", linter.option(options, 0), what, "Start all options in the same way.");
    }
}

fn ranges(linter: &mut Linter<'_>, options: &Options<'_>) {
    let ranges: Vec<_> = options.all().map(range).collect();
    for later in 1..ranges.len() {
        for earlier in 0..later {
            if let (Some(a), Some(b)) = (ranges[later], ranges[earlier])
                && a.0 <= b.1
                && b.0 <= a.1
            {
                let what = "this range overlaps with another option's".into();
                let todo = "Let each range start where the one before has ended, such as 0–9 and 10–19.";
                linter.warn("overlapping-ranges", linter.option(options, later), what, todo);
                break;
            }
        }
    }
}

/// `10–20`, `10 to 20 members`; not years, whose spans overlap with good reason.
fn range(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let low = number(&text[..text.len() - after.len()])?;
    let after = after.trim_start();
    let rest = ["–", "—", "-", "to "].iter().find_map(|sign| after.strip_prefix(sign))?.trim_start();
    let end = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let high = number(&rest[..rest.len() - end.len()])?;
    let years = (1000.0..3000.0).contains(&low) && (1000.0..3000.0).contains(&high);
    (low < high && !years).then_some((low, high))
}

fn catch_all(linter: &mut Linter<'_>, options: &Options<'_>) {
    for (index, option) in options.all().enumerate().filter(|(_, option)| option.len() <= 30) {
        let folded = plain(option);
        if ALL_THESE.contains(&folded.as_str()) {
            let what = format!("`{}` is right as soon as two others are", shorten(option));
            let todo = "Make it a question with several right answers (`MultiChoice`).";
            linter.warn("all-of-these", linter.option(options, index), what, todo);
        } else if NONE_ABOVE.contains(&folded.as_str()) {
            let what = format!("`{}` shows what players can rule out, not what they know", shorten(option));
            linter.note(
                "none-of-these",
                linter.option(options, index),
                what,
                "Replace it with a tempting wrong answer.",
            );
        }
    }
}

fn absolutes(linter: &mut Linter<'_>, options: &Options<'_>) {
    let absolute = |text: &String| words(text).any(|word| is_one_of(word, &ABSOLUTE));
    if options.keys.iter().any(absolute) {
        return;
    }
    let guilty = options.distractors.iter().filter(|text| absolute(text)).count();
    // One among many gives little away.
    if guilty * 2 >= options.distractors.len() && guilty > 0 {
        let first = options.distractors.iter().position(absolute).unwrap_or_default();
        let what = "only wrong answers say `always`, `never` or `only`, which players learn to rule out".into();
        let todo = "Reword them, or let the right answer be as firm.";
        linter.warn("absolute-distractors", linter.anchor.item("distractors", first), what, todo);
    }
}

/// Words of the question that return in the right answer alone.
fn echo(linter: &mut Linter<'_>, options: &Options<'_>) {
    if !options.single {
        return;
    }
    let stem: Vec<&str> = words(&linter.question.stem).filter(|word| is_content(word)).collect();
    let repeats = |option: &str| {
        let mut seen: Vec<&str> = Vec::new();
        for word in words(option).filter(|word| is_one_of(word, &stem)) {
            if !is_one_of(word, &seen) {
                seen.push(word);
            }
        }
        seen.len()
    };
    let best = options.distractors.iter().map(|option| repeats(option)).max().unwrap_or_default();
    let key = options.keys.first().map_or(0, |key| repeats(key));
    if key > best + ECHO {
        let what = "the right answer repeats words of the question, and no wrong answer does so as much".into();
        let todo = "Use other words in the answer, or let a wrong answer echo the question, too.";
        linter.warn("key-echoes-stem", linter.option(options, 0), what, todo);
    }
}

fn is_content(word: &str) -> bool {
    const GLUE: [&str; 40] = [
        "which",
        "what",
        "when",
        "where",
        "whose",
        "whom",
        "that",
        "this",
        "these",
        "those",
        "with",
        "from",
        "into",
        "have",
        "does",
        "were",
        "will",
        "would",
        "could",
        "should",
        "their",
        "there",
        "they",
        "them",
        "then",
        "than",
        "about",
        "after",
        "before",
        "between",
        "during",
        "following",
        "most",
        "many",
        "much",
        "some",
        "been",
        "being",
        "over",
        "under",
    ];
    word.len() >= 4 && !is_one_of(word, &GLUE)
}
