//! What the numbers mean, in plain sentences that a teacher can act on.
//!
//! Sentences that count heads are said of any class. Those that rest on a correlation are said from [`WEAK_BELOW`] answers on.

use super::cell::percent;
use super::model::{OptionLine, QuestionLine, Report};
use crate::bank::Kind;
use crate::quiz::Fate;
use crate::rules::Credit;
use crate::rules::analyse::WEAK_BELOW;

/// A sentence, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What kind of sentence.
    pub topic: Topic,
    /// The sentence.
    pub sentence: String,
}

/// The kinds of sentence, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The key may be wrong.
    CheckKey,
    /// Most of the class did not have it.
    TeachAgain,
    /// One wrong answer drew many.
    Fooled,
    /// Some were sure and wrong.
    SureAndWrong,
    /// Many gave no answer.
    Unanswered,
    /// It does not count, or its key was corrected.
    Changed,
    /// What talking and voting again changed.
    VotedAgain,
    /// It does not tell those who know from those who do not.
    SaysLittle,
    /// Nobody needs it again.
    Known,
    /// There are too few students for more.
    Weak,
    /// How well the questions hold together.
    Whole,
    /// Wrong options that nobody takes.
    Idle,
}

impl Topic {
    /// Whether a teacher has something to do about it.
    #[must_use]
    pub const fn urgent(self) -> bool {
        matches!(self, Self::CheckKey | Self::TeachAgain | Self::Fooled | Self::SureAndWrong | Self::Unanswered)
    }
}

impl QuestionLine {
    /// What a teacher has to do about it, the most urgent first.
    pub fn to_do(&self) -> impl Iterator<Item = &Advice> {
        self.advice.iter().filter(|advice| advice.topic.urgent())
    }
}

impl Report {
    /// The questions with something to do about them, the most urgent first.
    #[must_use]
    pub fn to_do(&self) -> Vec<&QuestionLine> {
        let mut lines: Vec<&QuestionLine> =
            self.questions.iter().filter(|line| line.to_do().next().is_some()).collect();
        lines.sort_by_key(|line| line.to_do().next().map(|advice| advice.topic));
        lines
    }
}

/// Less than this share right: most of the class did not have it.
const TEACH_AGAIN_BELOW: f64 = 0.5;
/// From this share on a wrong answer is worth a sentence.
const FOOLED_FROM: f64 = 0.3;
/// One person is no trend.
const FOOLED_AT_LEAST: u32 = 2;
/// From this share right nobody needs it again.
const KNOWN_FROM: f64 = 0.95;
/// From this share without an answer, time may have been short.
const UNANSWERED_FROM: f64 = 0.25;
/// From this share of all who had it, sure and wrong is worth a word.
const SURE_FROM: f64 = 0.2;
/// So many answers, three quarters of them the same wrong one, and the key is to be checked even in a small class.
const NEARLY_ALL_OF: usize = 8;

fn advice(topic: Topic, sentence: impl Into<String>) -> Advice {
    Advice { topic, sentence: sentence.into() }
}

fn part(some: u32, of: u32) -> f64 {
    if of == 0 { 0.0 } else { f64::from(some) / f64::from(of) }
}

/// What there is to say about one question, the most urgent first.
pub(super) fn about_question(line: &QuestionLine) -> Vec<Advice> {
    let mut said = Vec::new();
    match line.fate {
        Fate::Counted => {}
        Fate::Skipped => said.push(advice(Topic::Changed, "Skipped: it counts for nobody.")),
        Fate::Voided => said.push(advice(Topic::Changed, "Taken out of the score: it counts for nobody.")),
    }
    if line.corrected {
        let key = &line.key;
        said.push(advice(Topic::Changed, format!("The key was corrected to “{key}”; every score follows it.")));
    }
    if line.had == 0 || line.fate == Fate::Skipped {
        return said;
    }
    let check = check_key(line);
    let checked = check.is_some();
    said.extend(check.map(|sentence| advice(Topic::CheckKey, sentence)));
    let item = line.item.as_ref();
    let facility = item.and_then(|item| item.facility).map(|facility| facility.value);
    if facility.is_some_and(|facility| facility < TEACH_AGAIN_BELOW) {
        let partly = if line.partly > 0 { format!(", {} partly", line.partly) } else { String::new() };
        said.push(advice(
            Topic::TeachAgain,
            format!("Teach this again: {} of {} had it right{partly}.", line.right, line.had),
        ));
    }
    if facility.is_some_and(|facility| facility >= KNOWN_FROM) {
        said.push(advice(Topic::Known, "The class knows this."));
    }
    said.extend(fooled(line).into_iter().map(|sentence| advice(Topic::Fooled, sentence)));
    if line.sure_and_wrong >= 2 && part(line.sure_and_wrong, line.had) >= SURE_FROM {
        let sentence = format!("{} were sure and not right: worth talking about.", line.sure_and_wrong);
        said.push(advice(Topic::SureAndWrong, sentence));
    }
    let silent = line.had - line.answered;
    if silent >= 2 && part(silent, line.had) >= UNANSWERED_FROM {
        let sentence = format!("{silent} of {} gave no answer: was there time enough?", line.had);
        said.push(advice(Topic::Unanswered, sentence));
    }
    if let Some(revote) = line.revote {
        let (before, after) = revote.right();
        let gain = revote.gain().map_or_else(String::new, |gain| {
            if gain < 0.0 {
                ": talking led them astray".to_owned()
            } else {
                format!(", {} of what could be won", percent(gain))
            }
        });
        let both = revote.both();
        said.push(advice(
            Topic::VotedAgain,
            format!("Voted again: {before} of {both} right before, {after} after{gain}."),
        ));
    }
    let dubious = item.is_some_and(|item| item.dubious() && item.efficiency.is_some_and(|found| !found.weak()));
    if dubious && !checked && facility.is_some_and(|facility| facility < KNOWN_FROM) {
        let sentence = "Those who know the rest did hardly better here: it says little about who knows the subject.";
        said.push(advice(Topic::SaysLittle, sentence));
    }
    said.sort_by_key(|advice| advice.topic);
    said
}

/// A wrong option that the best prefer, or that nearly everybody took.
fn check_key(line: &QuestionLine) -> Option<String> {
    let wrong = || line.options.iter().filter(|option| !option.used.key);
    let enough = line.answered as usize >= WEAK_BELOW;
    let best_take = |option: &&OptionLine| {
        let [top, ..] = option.used.thirds;
        let surely = option.used.rest.and_then(|rest| rest.interval).is_some_and(|(low, _)| low > 0.0);
        enough && option.used.suspicious && (surely || 2 * top.chose > top.of)
    };
    if let Some(option) = wrong().filter(best_take).max_by_key(|option| option.used.all.chose) {
        let ([top, ..], text) = (option.used.thirds, &option.text);
        let of = top.of;
        return Some(format!("Check this key: of the {of} who did best elsewhere, {} chose “{text}”.", top.chose));
    }
    let all_take = |option: &&OptionLine| {
        let all = option.used.all;
        line.kind != Kind::TrueFalse && all.of >= NEARLY_ALL_OF && 4 * all.chose >= 3 * all.of
    };
    if let Some(option) = wrong().find(all_take) {
        let (all, text) = (option.used.all, &option.text);
        return Some(format!("Check this key: {} of {} chose “{text}”.", all.chose, all.of));
    }
    let discrimination = line.item.as_ref().and_then(|item| item.discrimination).filter(|_| enough);
    let against = discrimination.and_then(|found| found.interval).is_some_and(|(_, high)| high < 0.0);
    against.then(|| "Check this key: those who did well elsewhere did worse here.".to_owned())
}

/// Wrong answers that drew many. Of true and false, the share right says it already.
fn fooled(line: &QuestionLine) -> Vec<String> {
    if line.kind == Kind::TrueFalse {
        return Vec::new();
    }
    let many = |gave: u32| gave >= FOOLED_AT_LEAST && part(gave, line.answered) >= FOOLED_FROM;
    let sentence = |what: &str, gave: u32, text: &str| {
        format!("This wrong {what} fooled {}: “{text}”.", percent(part(gave, line.answered)))
    };
    let options = line.options.iter().filter(|option| !option.used.key).filter_map(|option| {
        let gave = u32::try_from(option.used.all.chose).unwrap_or(u32::MAX);
        many(gave).then(|| sentence("option", gave, &option.text))
    });
    let common = line.common.iter().filter(|answer| answer.credit == Credit::NONE && many(answer.gave));
    options.chain(common.map(|answer| sentence("answer", answer.gave, &answer.text))).collect()
}

/// What there is to say about the whole.
pub(super) fn about_class(report: &Report) -> Vec<Advice> {
    let mut said = Vec::new();
    if (report.size() as usize) < WEAK_BELOW {
        said.push(advice(
            Topic::Weak,
            format!(
                "Fewer than {WEAK_BELOW} students: every figure is weak (see its interval), and sentences that need more are left out."
            ),
        ));
    }
    if let Some(alpha) = report.totals.alpha.filter(|alpha| !alpha.weak()) {
        let sentence = if alpha.value >= 0.8 {
            "The questions measure one thing well: the order of the students is worth something."
        } else if alpha.value >= 0.6 {
            "The questions measure one thing tolerably: between neighbours in the table there is little difference."
        } else {
            "The questions measure different things, or are too few: do not grade by the total."
        };
        said.push(advice(Topic::Whole, sentence));
    }
    let wrong = || {
        report
            .questions
            .iter()
            .filter(|line| line.answered as usize >= WEAK_BELOW && line.kind != Kind::TrueFalse)
            .flat_map(|line| line.options.iter().filter(|option| !option.used.key))
    };
    let idle = wrong().filter(|option| option.used.non_functional).count();
    if idle > 0 {
        let all = wrong().count();
        said.push(advice(
            Topic::Idle,
            format!("{idle} of {all} wrong options were chosen by hardly anybody (under 5 %): they do no work."),
        ));
    }
    said.sort_by_key(|advice| advice.topic);
    said
}
