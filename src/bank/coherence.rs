//! Questions that read fine but contradict themselves: they could be asked, but not answered.
//!
//! All findings here are errors. Uses the built bank and where its fields stand.

use std::collections::{BTreeMap, HashSet};

use super::{
    Body, Level, Question,
    build::{Anchor, Built},
    locate::{Finding, Findings, Span},
    suggest,
    syntax::shorten,
    words::{fold_option, fold_sentence},
};

pub(super) fn check(built: &Built<'_>, findings: &mut Findings) {
    let documents: Vec<&str> = built.bank.documents.keys().map(String::as_str).collect();
    for ((_, question), anchor) in built.bank.questions().zip(&built.questions) {
        let mut checker = Checker { question, anchor, findings: &mut *findings };
        checker.source(&documents);
        checker.body();
    }
}

/// An option: its folded text, its text, and the field it stands in.
type Seen<'q> = (String, &'q str, &'static str);

struct Checker<'c> {
    question: &'c Question,
    anchor: &'c Anchor<'c>,
    findings: &'c mut Findings,
}

impl<'c> Checker<'c> {
    fn error(&mut self, rule: &'static str, span: Span, what: String, todo: impl Into<String>) {
        let question = Some(self.question.id.clone());
        self.findings.push(Finding { level: Level::Error, rule, span, question, what, todo: todo.into() });
    }

    fn source(&mut self, documents: &[&str]) {
        let Some(source) = &self.question.source else { return };
        if documents.binary_search(&source.document.as_str()).is_err() {
            let nearest = if self.findings.are_full() { None } else { suggest::nearest(&source.document, documents) };
            let todo = nearest.map_or_else(
                || "Add it to `documents` at the top of the file.".to_string(),
                |id| format!("Did you mean `{id}`?"),
            );
            let what = format!(
                "the source names a document `{}` that is not in the list `documents`",
                shorten(&source.document)
            );
            self.error("unknown-document", self.anchor.inner("source", "document"), what, todo);
        }
    }

    fn body(&mut self) {
        let question = self.question;
        match &question.body {
            Body::Choice { key, distractors, notes } => {
                self.options(&[("key", std::slice::from_ref(key)), ("distractors", distractors)]);
                self.notes(notes, distractors);
            }
            Body::MultiChoice { keys, distractors, notes } => {
                self.options(&[("keys", keys), ("distractors", distractors)]);
                self.notes(notes, distractors);
                let count = keys.len() + distractors.len();
                if count > 8 {
                    let what = format!("this question has {count} options, and the most is 8");
                    self.error("wrong-count", self.anchor.field("distractors"), what, "Remove some wrong answers.");
                }
            }
            Body::TrueFalse { .. } => {}
            Body::Number { key, min, max, step, tolerance, .. } => self.number(*key, (*min, *max), *step, *tolerance),
            Body::Order { items, .. } => self.options(&[("items", items)]),
            Body::Match { pairs, distractors } => self.pairs(pairs, distractors),
            Body::Text { key, accept, notes } => self.typed(key, accept, notes),
        }
    }

    /// No two options may be the same to a player.
    fn options(&mut self, lists: &[(&'static str, &'c [String])]) {
        let mut seen: Vec<Seen<'c>> = Vec::new();
        for &(field, options) in lists {
            for (index, option) in options.iter().enumerate() {
                let folded = fold_option(option);
                if let Some((_, earlier, list)) = seen.iter().find(|(other, ..)| *other == folded) {
                    let span = self.anchor.item(field, index);
                    let (rule, what, todo) = if *list == field {
                        let what = format!("`{}` and `{}` are the same to a player", shorten(earlier), shorten(option));
                        ("duplicate-option", what, "Change or remove one of them.")
                    } else {
                        let what = format!("`{}` is both right and wrong", shorten(option));
                        (
                            "key-among-distractors",
                            what,
                            "Remove it from the right answer (`key`) or from the wrong ones (`distractors`).",
                        )
                    };
                    self.error(rule, span, what, todo);
                } else {
                    seen.push((folded, option, field));
                }
            }
        }
    }

    /// A note must be about a wrong answer that the question has.
    fn notes(&mut self, notes: &BTreeMap<String, String>, distractors: &[String]) {
        for option in notes.keys().filter(|option| !distractors.contains(option)) {
            let names: Vec<&str> = distractors.iter().map(String::as_str).collect();
            let todo = suggest::nearest(option, &names).map_or_else(
                || "Write the note's answer exactly as it stands in `distractors`.".to_string(),
                |name| format!("Did you mean `{}`?", shorten(name)),
            );
            let what = format!(
                "there is a note about `{}`, which is not one of the wrong answers (`distractors`)",
                shorten(option)
            );
            self.error("note-without-option", self.anchor.entry("notes", option), what, todo);
        }
    }

    fn number(&mut self, key: f64, (min, max): (f64, f64), step: f64, tolerance: f64) {
        let anchor = self.anchor;
        if min >= max {
            let what = format!("the range from {min} to {max} holds nothing");
            self.error("empty-range", anchor.field("range"), what, "Write the lower number first.");
            return;
        }
        if step <= 0.0 || step > max - min {
            let what = format!("a step of {step} does not fit into the range from {min} to {max}");
            self.error("bad-step", anchor.field("step"), what, "Write a step above 0 that is smaller than the range.");
            return;
        }
        if !(0.0..=max - min).contains(&tolerance) {
            let what = format!("a tolerance of {tolerance} does not fit the range from {min} to {max}");
            self.error(
                "bad-tolerance",
                anchor.field("tolerance"),
                what,
                "Write 0 or a distance that is smaller than the range.",
            );
        }
        if !(min..=max).contains(&key) {
            let what = format!("the right answer {key} is outside the range from {min} to {max}");
            self.error("key-out-of-range", anchor.field("key"), what, "Widen the range or mend the answer (`key`).");
            return;
        }
        let steps = (key - min) / step;
        // Decimals such as 0.1 have no exact form, so a step is hit if it is missed by less than a millionth.
        if (steps - steps.round()).abs() > 1e-6 * steps.abs().max(1.0) {
            let what = format!("the right answer {key} cannot be reached in steps of {step} from {min}");
            self.error(
                "key-off-step",
                anchor.field("key"),
                what,
                "Change the step, the start of the range, or the answer (`key`).",
            );
        }
    }

    fn pairs(&mut self, pairs: &'c [(String, String)], distractors: &'c [String]) {
        let mut left = HashSet::new();
        let mut right = HashSet::new();
        for (index, (one, other)) in pairs.iter().enumerate() {
            for (side, seen) in [(one, &mut left), (other, &mut right)] {
                if !seen.insert(fold_option(side)) {
                    let what = format!("`{}` stands in two pairs", shorten(side));
                    self.error(
                        "duplicate-option",
                        self.anchor.item("pairs", index),
                        what,
                        "Every entry can have one partner only.",
                    );
                }
            }
        }
        for (index, extra) in distractors.iter().enumerate() {
            if !right.insert(fold_option(extra)) {
                let what = format!("`{}` should belong to nobody, but it is there already", shorten(extra));
                self.error(
                    "duplicate-option",
                    self.anchor.item("distractors", index),
                    what,
                    "Remove it here or in the pairs.",
                );
            }
        }
    }

    fn typed(&mut self, key: &str, accept: &[String], notes: &BTreeMap<String, String>) {
        let right: Vec<String> =
            std::iter::once(key).chain(accept.iter().map(String::as_str)).map(fold_sentence).collect();
        for wrong in notes.keys().filter(|wrong| right.contains(&fold_sentence(wrong))) {
            let what = format!("`{}` counts as right, but a note says why it is wrong", shorten(wrong));
            self.error(
                "note-on-key",
                self.anchor.entry("notes", wrong),
                what,
                "Remove the note, or the answer from `accept`.",
            );
        }
    }
}
