//! From a journal, or a match in memory, to a report.

use std::collections::BTreeMap;

use super::model::{
    CommonAnswer, Fairness, Mark, OptionLine, QuestionLine, Report, RoundLine, RoundResult, StudentLine, Totals,
};
use super::{Advice, advice};
use crate::quiz::journal::{Unreadable, replay_as_is};
use crate::quiz::{
    Ask, Fate, History, Match, PastAnswer, PastOutcome, PastPlayer, PastQuestion, Stage, Sureness, words,
};
use crate::rules::analyse::{Chosen, Marks, alpha, correlation, item, options, share};
use crate::rules::{Answer, Credit, Revote, Scoring, fold};

impl Report {
    /// Reads a journal. A torn last line costs only itself.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(journal: &[u8]) -> Result<Self, Unreadable> {
        Ok(Self::of(&replay_as_is(journal)?.game))
    }

    /// The report of a match as far as it went.
    #[must_use]
    pub fn of(game: &Match) -> Self {
        let mut past = game.history();
        let everybody = past.players.clone();
        // Whoever was sent away counts in no figure.
        past.players.retain(|player| !player.gone);
        let marks = marks(&past);
        let rounds_reached = past.questions.last().map_or(0, |question| question.round + 1);
        let rounds: Vec<RoundLine> = past.rounds[..rounds_reached]
            .iter()
            .enumerate()
            .map(|(round, line)| {
                let counted = counted(&past).filter(|(_, question)| question.round == round).count();
                RoundLine { title: line.title.clone(), counted: small(counted) }
            })
            .collect();
        let mut students: Vec<StudentLine> =
            everybody.iter().map(|player| student(player, &past, rounds_reached)).collect();
        students.sort_by_key(|student| (student.gone, student.place, student.player));
        let questions: Vec<QuestionLine> =
            (0..past.questions.len()).map(|index| question(index, &past, &marks)).collect();
        let totals = totals(&past, &marks);
        let bank = game.bank();
        let mut report = Self {
            title: bank.title.clone(),
            day: None,
            bank: bank.id.clone(),
            language: bank.language.clone(),
            drawn: past.drawn,
            finished: game.stage() == Stage::Finished,
            speed: game.settings().scoring == Scoring::Speed,
            rounds,
            students,
            questions,
            totals,
            fairness: fairness(&past),
            advice: Vec::new(),
        };
        let about: Vec<Vec<Advice>> = report.questions.iter().map(advice::about_question).collect();
        for (question, advice) in report.questions.iter_mut().zip(about) {
            question.advice = advice;
        }
        report.advice = advice::about_class(&report);
        report
    }
}

impl Report {
    /// The share of the seats that the class filled together, in thousandths, rounded down, as [`crate::quiz::Ring::filled`] has it; `None`
    /// without a question that counted.
    #[must_use]
    pub fn filled(&self) -> Option<u16> {
        let credit: u64 = self.present().map(|student| u64::from(student.credit)).sum();
        let seats: u64 = self.present().map(|student| u64::from(student.had)).sum();
        credit.checked_div(seats).and_then(|filled| u16::try_from(filled).ok())
    }

    /// The ids of the questions that count, the hardest first (by share right), for a rematch; equal ones in the order in which they were
    /// asked.
    #[must_use]
    pub fn hardest_first(&self) -> Vec<String> {
        let facility = |line: &&QuestionLine| Some(line.item.as_ref()?.facility?.value);
        let mut lines: Vec<(f64, &QuestionLine)> =
            self.questions.iter().filter_map(|line| Some((facility(&line)?, line))).collect();
        lines.sort_by(|one, other| one.0.total_cmp(&other.0));
        lines.into_iter().map(|(_, line)| line.id.clone()).collect()
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The questions that count, with their index among all.
fn counted(past: &History) -> impl Iterator<Item = (usize, &PastQuestion)> {
    past.questions.iter().enumerate().filter(|(_, question)| question.fate == Fate::Counted)
}

/// A row a player, a column a question that counts.
fn marks(past: &History) -> Marks {
    let rows = past.players.iter().map(|player| {
        counted(past).map(|(index, _)| player.outcomes[index].as_ref().map(|outcome| outcome.credit)).collect()
    });
    Marks::new(counted(past).count(), rows.collect())
}

fn student(player: &PastPlayer, past: &History, rounds: usize) -> StudentLine {
    let mut line = StudentLine {
        place: player.place,
        player: player.player,
        name: player.name.clone(),
        points: player.points,
        credit: 0,
        right: 0,
        had: 0,
        answered: 0,
        from: player.from,
        gone: player.gone,
        time_ms: 0,
        rounds: vec![RoundResult::default(); rounds],
        marks: Vec::with_capacity(past.questions.len()),
    };
    for (question, outcome) in past.questions.iter().zip(&player.outcomes) {
        let Some(outcome) = outcome else {
            line.marks.push(Mark::NotHad);
            continue;
        };
        if question.fate != Fate::Counted {
            line.marks.push(Mark::Uncounted);
            continue;
        }
        line.had += 1;
        line.credit += u32::from(outcome.credit.0);
        line.right += u32::from(outcome.credit == Credit::FULL);
        line.rounds[question.round].had += 1;
        line.rounds[question.round].credit += u32::from(outcome.credit.0);
        if let Some(answer) = &outcome.answer {
            line.answered += 1;
            line.time_ms += answer.elapsed_ms;
            line.marks.push(Mark::Earned(outcome.credit));
        } else {
            line.marks.push(Mark::Unanswered);
        }
    }
    line
}

fn question(index: usize, past: &History, marks: &Marks) -> QuestionLine {
    let asked = &past.questions[index];
    let column = counted(past).position(|(other, _)| other == index);
    let had: Vec<(usize, &PastOutcome)> = past
        .players
        .iter()
        .enumerate()
        .filter_map(|(player, line)| Some((player, line.outcomes[index].as_ref()?)))
        .collect();
    let answers: Vec<(usize, &PastOutcome, &PastAnswer)> =
        had.iter().filter_map(|(player, outcome)| Some((*player, *outcome, outcome.answer.as_ref()?))).collect();
    let mut times: Vec<u64> = answers.iter().map(|(_, _, answer)| answer.elapsed_ms).collect();
    times.sort_unstable();
    let tally = |of: &dyn Fn(&PastOutcome) -> bool| small(had.iter().filter(|(_, outcome)| of(outcome)).count());
    let sure_and_wrong = tally(&|outcome| {
        let sure = outcome.answer.as_ref().is_some_and(|answer| answer.sure == Some(Sureness::Sure));
        sure && asked.fate == Fate::Counted && outcome.credit < Credit::FULL
    });
    let shown = &asked.shown;
    QuestionLine {
        number: shown.number,
        round: asked.round,
        id: asked.reveal.id.clone(),
        stem: shown.stem.clone(),
        kind: shown.ask.kind(),
        key: asked.reveal.key_text.clone(),
        explanation: asked.reveal.explanation.clone(),
        fate: asked.fate,
        corrected: asked.corrected,
        had: small(had.len()),
        answered: small(answers.len()),
        right: tally(&|outcome| outcome.credit == Credit::FULL),
        partly: tally(&|outcome| outcome.credit > Credit::NONE && outcome.credit < Credit::FULL),
        sure_and_wrong,
        median_ms: middle(&times),
        item: column.map(|column| item(marks, column)),
        revote: (asked.revoted && column.is_some()).then(|| revote(&had)),
        options: option_lines(asked, &answers, marks, column),
        common: common(asked, &answers),
        advice: Vec::new(),
    }
}

/// Who was right in the first vote and who in the last.
fn revote(had: &[(usize, &PastOutcome)]) -> Revote {
    Revote::of(had.iter().map(|(_, outcome)| {
        let first = outcome.first.as_ref().map(|(_, credit)| *credit == Credit::FULL);
        (first, outcome.answer.as_ref().map(|_| outcome.credit == Credit::FULL))
    }))
}

/// The middle one of sorted times; of an even number the lower of the two.
fn middle<T: Copy>(sorted: &[T]) -> Option<T> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

fn option_lines(
    asked: &PastQuestion,
    answers: &[(usize, &PastOutcome, &PastAnswer)],
    marks: &Marks,
    column: Option<usize>,
) -> Vec<OptionLine> {
    let texts: Vec<String> = match &asked.shown.ask {
        Ask::Choice { options } | Ask::MultiChoice { options } => options.clone(),
        Ask::TrueFalse => vec!["True".to_owned(), "False".to_owned()],
        Ask::Number { .. } | Ask::Order { .. } | Ask::Match { .. } | Ask::Text { .. } => return Vec::new(),
    };
    let keys = chosen(&asked.reveal.key.answer);
    let keys: Vec<bool> = (0..texts.len()).map(|option| keys.contains(&option)).collect();
    let answers: Vec<Chosen> = answers
        .iter()
        .map(|(player, _, answer)| Chosen { options: chosen(&answer.answer), rest: marks.score(*player, column) })
        .collect();
    let used = options(&keys, &answers);
    texts.into_iter().zip(used).map(|(text, used)| OptionLine { text, used }).collect()
}

/// The options of an answer, as indices of what was shown; true comes before false.
fn chosen(answer: &Answer) -> Vec<usize> {
    match answer {
        Answer::Choice(index) => vec![usize::from(*index)],
        Answer::MultiChoice(ticked) => ticked.iter().map(|index| usize::from(*index)).collect(),
        Answer::TrueFalse(holds) => vec![usize::from(!holds)],
        Answer::Number(_) | Answer::Order(_) | Answer::Match(_) | Answer::Text(_) => Vec::new(),
    }
}

/// The commonest answers of a kind without options, the commonest first; equal ones in the order in which they came up.
fn common(asked: &PastQuestion, answers: &[(usize, &PastOutcome, &PastAnswer)]) -> Vec<CommonAnswer> {
    if matches!(asked.shown.ask, Ask::Choice { .. } | Ask::MultiChoice { .. } | Ask::TrueFalse) {
        return Vec::new();
    }
    let mut lines: Vec<CommonAnswer> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (_, outcome, given) in answers {
        let text = words(&asked.shown.ask, &given.answer);
        let same = if matches!(given.answer, Answer::Text(_)) { fold(&text) } else { text.clone() };
        let line = *known.entry(same).or_insert_with(|| {
            lines.push(CommonAnswer { text, gave: 0, credit: outcome.credit });
            lines.len() - 1
        });
        lines[line].gave += 1;
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.gave));
    lines.truncate(CommonAnswer::MOST);
    lines
}

fn totals(past: &History, marks: &Marks) -> Totals {
    let counted = counted(past).count();
    let scores: Vec<f64> = (0..past.players.len()).filter_map(|player| marks.score(player, None)).collect();
    let mean = share(&scores);
    let deviation = mean.filter(|_| scores.len() > 1).map(|mean| {
        let squares: f64 = scores.iter().map(|score| (score - mean.value).powi(2)).sum();
        (squares / f64::from(small(scores.len() - 1))).sqrt()
    });
    Totals {
        counted: small(counted),
        uncounted: small(past.questions.len() - counted),
        mean,
        deviation,
        alpha: alpha(marks),
    }
}

fn fairness(past: &History) -> Option<Fairness> {
    let mut all: Vec<u32> = Vec::new();
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for player in &past.players {
        let mut mine: Vec<u32> = Vec::new();
        let mut counted = 0;
        for (question, outcome) in past.questions.iter().zip(&player.outcomes) {
            let Some(outcome) = outcome else { continue };
            counted += u32::from(question.fate == Fate::Counted);
            mine.extend(outcome.answer.as_ref().map(|answer| answer.lag_ms));
        }
        if !mine.is_empty() && counted > 0 {
            let sum: f64 = mine.iter().map(|lag| f64::from(*lag)).sum();
            pairs.push((sum / f64::from(small(mine.len())), f64::from(player.points) / f64::from(counted)));
        }
        all.append(&mut mine);
    }
    // At one keyboard nothing is on its way.
    all.retain(|lag| *lag > 0);
    all.sort_unstable();
    Some(Fairness {
        answers: small(all.len()),
        median_ms: middle(&all)?,
        longest_ms: *all.last()?,
        correlation: correlation(&pairs),
    })
}
