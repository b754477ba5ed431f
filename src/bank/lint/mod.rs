//! What a careful author would change, and the few slips of that sort that make a question unfair enough to refuse it.
//!
//! The rules follow the item-writing guidelines of Haladyna, Downing and Rodriguez (2002). Many rest on usage rather than on
//! research, so nearly all of them warn. An error needs a rule that is practically never wrong: an option that refers to the
//! place of another ("both A and B", "all of the above": play shuffles), two questions that contradict or repeat each other,
//! control characters.
//!
//! Rules that this format makes impossible or pointless:
//! - *position of the key*, *options out of numeric order*: the file keeps the key apart from the distractors, and play shuffles;
//! - *exactly one key, no empty option*: the reader refuses anything else;
//! - *pictures and sounds without a description*: a bank holds text only.
//!
//! Left to people: whether the key is right, trick questions and opinions, plausible distractors, and agreement of verb and noun
//! between stem and option (only "a" and "an" at the end of a stem can be judged reliably).
//!
//! Milder than the guideline, because of what good questions look like: overlapping ranges only warn (years and scores overlap
//! with good reason); markup, spacing, quotation marks and mixed scripts only warn; the same stem with other options only warns;
//! a multiple choice with several keys may have six options, not five.
//!
//! Rules about English words apply to banks in English only. All work is linear in the size of the bank.

mod bank_wide;
mod options;
mod script;
mod stem;
mod stems;
mod support;

use super::{
    Body, Level, Question,
    build::{Anchor, Built},
    locate::{Finding, Findings, Span},
};

/// Rules whose findings are errors, and with `advice` those that warn and note.
pub(super) fn check(built: &Built<'_>, findings: &mut Findings, advice: bool) {
    each(built, findings, |linter| {
        options::positions(linter);
        script::check(linter, advice);
    });
    script::bank_control_characters(built, findings);
    stems::check(built, findings, advice);
    if advice {
        advise(built, findings);
    }
}

fn advise(built: &Built<'_>, findings: &mut Findings) {
    each(built, findings, |linter| {
        options::advise(linter);
        stem::advise(linter);
        support::advise(linter);
    });
    // A count over half a bank says nothing about the bank.
    if !findings.has_errors() {
        bank_wide::advise(built, findings);
    }
}

/// Runs rules over one question after the other.
fn each(built: &Built<'_>, findings: &mut Findings, rules: impl Fn(&mut Linter<'_>)) {
    let english = is_english(built);
    for ((_, question), anchor) in built.bank.questions().zip(&built.questions) {
        rules(&mut Linter { question, anchor, english, findings: &mut *findings });
    }
}

/// Whether the bank's words are English.
fn is_english(built: &Built<'_>) -> bool {
    let language = built.bank.language.as_bytes();
    language.get(..2).is_some_and(|code| code.eq_ignore_ascii_case(b"en")) && language.get(2).is_none_or(|&b| b == b'-')
}

/// One question under the rules.
struct Linter<'l> {
    question: &'l Question,
    anchor: &'l Anchor<'l>,
    english: bool,
    findings: &'l mut Findings,
}

impl<'l> Linter<'l> {
    fn say(&mut self, level: Level, rule: &'static str, span: Span, what: String, todo: &str) {
        let question = Some(self.question.id.clone());
        self.findings.push(Finding { level, rule, span, question, what, todo: todo.into() });
    }

    fn warn(&mut self, rule: &'static str, span: Span, what: String, todo: &str) {
        self.say(Level::Warning, rule, span, what, todo);
    }

    fn note(&mut self, rule: &'static str, span: Span, what: String, todo: &str) {
        self.say(Level::Note, rule, span, what, todo);
    }

    /// The options of a question that shows some to tick.
    fn options(&self) -> Option<Options<'l>> {
        match &self.question.body {
            Body::Choice { key, distractors, .. } => {
                Some(Options { single: true, keys: std::slice::from_ref(key), distractors })
            }
            Body::MultiChoice { keys, distractors, .. } => Some(Options { single: false, keys, distractors }),
            _ => None,
        }
    }

    /// Where an option stands, counted through keys and distractors.
    fn option(&self, options: &Options<'_>, index: usize) -> Span {
        match index.checked_sub(options.keys.len()) {
            Some(index) => self.anchor.item("distractors", index),
            None if options.single => self.anchor.field("key"),
            None => self.anchor.item("keys", index),
        }
    }
}

/// What can be ticked.
#[derive(Clone, Copy)]
struct Options<'q> {
    single: bool,
    keys: &'q [String],
    distractors: &'q [String],
}

impl<'q> Options<'q> {
    /// Keys first.
    fn all(&self) -> impl Iterator<Item = &'q str> + Clone + use<'q> {
        self.keys.iter().chain(self.distractors).map(String::as_str)
    }
}
