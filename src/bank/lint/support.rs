//! Rules about what stands behind a key: the explanation, the source, the tags.

use super::{Body, Linter};
use crate::bank::words::fold_sentence;

/// Characters below which an explanation explains nothing.
const SHORTEST: usize = 20;

pub(super) fn advise(linter: &mut Linter<'_>) {
    let question = linter.question;
    let explanation = question.explanation.trim();
    if explanation.is_empty() {
        let what = "this question has no explanation".into();
        let todo = "Add `explanation: \"…\"`: one or two sentences that say why the answer is right.";
        linter.warn("missing-explanation", linter.anchor.field("explanation"), what, todo);
    } else if explanation.chars().count() < SHORTEST || merely_repeats(&question.body, explanation) {
        let what = "this explanation does not say why".into();
        let todo = "Say in a sentence or two why the answer is right.";
        linter.warn("thin-explanation", linter.anchor.field("explanation"), what, todo);
    }
    match &question.source {
        None => {
            let what = "this question has no source".into();
            let todo = "Add `source: (document: \"…\", section: \"…\")`, so that others can check the answer.";
            linter.warn("missing-source", linter.anchor.field("source"), what, todo);
        }
        Some(source) if source.section.trim().is_empty() => {
            let what = "the source does not say where in the document to look".into();
            linter.note("source-without-section", linter.anchor.field("source"), what, "Add `section: \"…\"`.");
        }
        Some(_) => {}
    }
    if question.tags.is_empty() {
        let what = "this question has no tags".into();
        let todo = "Add `tags: [\"…\"]`, so that it can be chosen by subject.";
        linter.warn("missing-tags", linter.anchor.field("tags"), what, todo);
    }
}

fn merely_repeats(body: &Body, explanation: &str) -> bool {
    let (Body::Choice { key, .. } | Body::Text { key, .. }) = body else { return false };
    // Folding costs more than a look at the lengths: only an explanation as short as its key can repeat it.
    explanation.len() < key.len() + 30 && {
        let (explanation, key) = (fold_sentence(explanation), fold_sentence(key));
        let rest = explanation.strip_suffix(key.as_str());
        rest.is_some_and(|rest| {
            ["", "answer is", "correct answer is", "right answer is", "it is", "it was"].contains(&rest.trim())
        })
    }
}
