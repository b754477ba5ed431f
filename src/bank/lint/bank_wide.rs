//! Rules about the bank as a whole: habits that show only in many questions, and what the bank says of itself.

use std::collections::HashSet;

use super::is_english;
use crate::bank::{
    Body, Level,
    build::Built,
    locate::{Finding, Findings, Span},
    words::words,
};

/// Choices below which a habit of long keys is chance.
const FEWEST_CHOICES: usize = 20;
/// One-sided 1 % of the normal distribution.
const CHANCE: f64 = 2.326;
/// How much oftener than by chance the key must be the longest option.
const EXCESS: f64 = 1.5;
/// True/false questions below which their balance is chance.
const FEWEST_STATEMENTS: usize = 10;
/// Flesch-Kincaid grade: years of school, on average, for the stems of a bank.
const HARDEST: f64 = 12.0;

pub(super) fn advise(built: &Built<'_>, findings: &mut Findings) {
    let mut linter = Whole { built, findings };
    linter.header();
    linter.documents();
    linter.longest_keys();
    linter.statements();
    if is_english(built) {
        linter.reading_level();
    }
}

struct Whole<'w> {
    built: &'w Built<'w>,
    findings: &'w mut Findings,
}

/// Counts are far below the point where `f64` stops being exact.
fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Whole<'_> {
    fn say(&mut self, level: Level, rule: &'static str, span: Span, what: String, todo: &str) {
        self.findings.push(Finding { level, rule, span, question: None, what, todo: todo.into() });
    }

    fn header(&mut self) {
        let (bank, anchor) = (&self.built.bank, self.built.anchor);
        let undated = bank.questions().filter(|(_, question)| question.as_of.is_none()).count();
        if undated > 0 {
            let what =
                format!("nothing says at what date the answers are true ({undated} of {} questions)", self.built.count);
            let todo = "Add `as_of: \"YYYY-MM\"` at the top of the file, or to the questions.";
            self.say(Level::Warning, "missing-as-of", anchor.field("as_of"), what, todo);
        }
        if bank.licence.trim().is_empty() {
            let what = "the file does not say who may use it".into();
            let todo = "If others may have it, add `licence: \"…\"`, such as \"CC-BY-4.0\".";
            self.say(Level::Note, "missing-licence", anchor.field("licence"), what, todo);
        }
    }

    fn documents(&mut self) {
        let (bank, anchor) = (&self.built.bank, self.built.anchor);
        let cited: HashSet<&str> =
            bank.questions().filter_map(|(_, question)| Some(question.source.as_ref()?.document.as_str())).collect();
        for (id, document) in &bank.documents {
            if !cited.contains(id.as_str()) {
                let what = format!("no question names the document `{id}`");
                self.say(Level::Note, "unused-document", anchor.entry("documents", id), what, "Cite it or remove it.");
            }
            if !document.link.is_empty() && !is_link(&document.link) {
                let what = format!("the link of `{id}` is not a web address");
                let todo = "Write it in full, such as \"https://example.org/page\", or leave it empty.";
                self.say(Level::Warning, "bad-link", anchor.entry("documents", id), what, todo);
            }
        }
    }

    /// Players who know nothing take the longest option; it must not pay.
    fn longest_keys(&mut self) {
        let (mut count, mut longest, mut expected, mut variance) = (0, 0, 0.0, 0.0);
        for (_, question) in self.built.bank.questions() {
            let Body::Choice { key, distractors, .. } = &question.body else { continue };
            let chance = 1.0 / real(distractors.len() + 1);
            let length = key.chars().count();
            count += 1;
            longest += usize::from(distractors.iter().all(|other| other.chars().count() < length));
            expected += chance;
            variance += chance * (1.0 - chance);
        }
        let surprise = (real(longest) - 0.5 - expected) / variance.sqrt().max(f64::EPSILON);
        if count >= FEWEST_CHOICES && surprise > CHANCE && real(longest) > EXCESS * expected {
            let what = format!(
                "the right answer is the longest option in {longest} of {count} questions; chance would make it {expected:.0}"
            );
            let todo = "Give wrong answers as much detail as right ones, or players will pick the longest.";
            self.say(Level::Warning, "longest-option-is-key", self.built.anchor.field("title"), what, todo);
        }
    }

    fn statements(&mut self) {
        let keys: Vec<bool> = self
            .built
            .bank
            .questions()
            .filter_map(|(_, question)| match question.body {
                Body::TrueFalse { key } => Some(key),
                _ => None,
            })
            .collect();
        let (all, span) = (self.built.questions.len(), self.built.anchor.field("title"));
        if keys.len() * 4 > all && keys.len() >= FEWEST_STATEMENTS / 2 {
            let what =
                format!("{} of {all} questions are true or false, which half of the guesses get right", keys.len());
            self.say(
                Level::Note,
                "many-true-false",
                span,
                what,
                "Turn some of them into questions with options or numbers.",
            );
        }
        let right = keys.iter().filter(|&&key| key).count();
        if keys.len() >= FEWEST_STATEMENTS && !(keys.len() * 2..=keys.len() * 3).contains(&(right * 5)) {
            let what = format!("{right} of {} statements are true", keys.len());
            self.say(
                Level::Note,
                "unbalanced-true-false",
                span,
                what,
                "Make about half of them true, or guessing pays.",
            );
        }
    }

    /// Single stems are too short for the formula, so it is taken over all of them.
    fn reading_level(&mut self) {
        let (mut sentences, mut count, mut syllables) = (0, 0, 0);
        for (_, question) in self.built.bank.questions() {
            sentences += 1;
            for word in words(&question.stem) {
                count += 1;
                syllables += syllables_in(word);
            }
        }
        if sentences == 0 || count == 0 {
            return;
        }
        let grade = 0.39 * real(count) / real(sentences) + 11.8 * real(syllables) / real(count) - 15.59;
        if sentences >= FEWEST_CHOICES && grade > HARDEST {
            let what = format!("these questions read like texts for {grade:.0} years of school");
            let span = self.built.anchor.field("title");
            self.say(
                Level::Note,
                "hard-to-read",
                span,
                what,
                "Use shorter sentences and everyday words where you can.",
            );
        }
    }
}

/// Groups of vowels, without a silent `e` at the end: right often enough for an average.
fn syllables_in(word: &str) -> usize {
    let vowel = |b: u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let bytes = word.as_bytes();
    let starts = bytes.iter().enumerate().filter(|&(i, &b)| vowel(b) && (i == 0 || !vowel(bytes[i - 1]))).count();
    let silent = bytes.len() > 2 && bytes.ends_with(b"e") && !vowel(bytes[bytes.len() - 2]) && !bytes.ends_with(b"le");
    starts.saturating_sub(usize::from(silent)).max(1)
}

fn is_link(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !rest.contains(char::is_whitespace)
    })
}
