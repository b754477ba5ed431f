//! The report's numbers from the journal against those that `tests/report/oracle.py` finds in the same file by its own code: it checks the
//! lines, reads the question file, draws, grades, scores and analyses by itself.

use std::collections::BTreeSet;

use roundtable::classroom::report::{Mark, Report};
use roundtable::quiz::*;
use roundtable::rules::{Answer, Key};
use serde_json::{Value, json};

use super::super::rules::analyse::{same_estimate, same_item, same_option};
use super::*;

/// Compares everything that the oracle computes.
#[track_caller]
pub fn same_report(journal: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.journal");
    std::fs::write(&file, journal).unwrap();
    let wanted = ask_oracle("report", &file);
    let report = Report::read(journal).unwrap();
    assert_eq!(json!(report.title), wanted["title"]);
    assert_eq!(json!([report.drawn, report.finished]), json!([wanted["drawn"], wanted["finished"]]));
    same_estimate(report.totals.mean, &wanted["mean"], "the mean");
    same_estimate(report.totals.alpha, &wanted["alpha"], "alpha");
    match (report.totals.deviation, wanted["deviation"].as_f64()) {
        (Some(found), Some(wanted)) => assert!((found - wanted).abs() < 1e-9, "deviation {found}, {wanted}"),
        (found, wanted) => assert_eq!(found, wanted),
    }
    match report.fairness {
        Some(fairness) => {
            let found = json!([fairness.answers, fairness.median_ms, fairness.longest_ms]);
            assert_eq!(found, json!(wanted["fairness"].as_array().unwrap()[..3]), "fairness");
            same_estimate(fairness.correlation, &wanted["fairness"][3], "fairness");
        }
        None => assert!(wanted["fairness"].is_null(), "fairness"),
    }
    assert_eq!(report.students.len(), wanted["students"].as_array().unwrap().len());
    for (student, wanted) in report.students.iter().zip(wanted["students"].as_array().unwrap()) {
        let rounds: Vec<[u32; 2]> = student.rounds.iter().map(|round| [round.credit, round.had]).collect();
        let marks: Vec<Value> = student
            .marks
            .iter()
            .map(|mark| match mark {
                Mark::NotHad => json!("not had"),
                Mark::Uncounted => json!("uncounted"),
                Mark::Unanswered => json!("unanswered"),
                Mark::Earned(credit) => json!(credit.0),
            })
            .collect();
        let found = json!({
            "place": student.place, "player": student.player, "name": student.name, "points": student.points,
            "credit": student.credit, "right": student.right, "had": student.had, "answered": student.answered,
            "from": student.from, "gone": student.gone, "time_ms": student.time_ms, "rounds": rounds, "marks": marks,
        });
        assert_eq!(found, *wanted, "student {}", student.player);
    }
    assert_eq!(report.questions.len(), wanted["questions"].as_array().unwrap().len());
    for (line, wanted) in report.questions.iter().zip(wanted["questions"].as_array().unwrap()) {
        let what = format!("question {} ({})", line.number, line.id);
        for (name, found) in [
            ("number", json!(line.number)),
            ("round", json!(line.round)),
            ("id", json!(line.id)),
            ("kind", json!(format!("{:?}", line.kind))),
            ("fate", json!(format!("{:?}", line.fate).to_lowercase())),
            ("corrected", json!(line.corrected)),
            ("had", json!(line.had)),
            ("answered", json!(line.answered)),
            ("right", json!(line.right)),
            ("partly", json!(line.partly)),
            ("sure_and_wrong", json!(line.sure_and_wrong)),
            ("median_ms", json!(line.median_ms)),
        ] {
            assert_eq!(found, wanted[name], "{what}: {name}");
        }
        let revote = line.revote.map(|revote| {
            let (before, after) = revote.right();
            json!([revote.both(), before, after, revote.gain()])
        });
        assert_eq!(json!(revote), wanted["revote"], "{what}: voted again");
        match &line.item {
            Some(item) => same_item(item, &wanted["item"], &what),
            None => assert!(wanted["item"].is_null(), "{what}"),
        }
        assert_eq!(line.options.len(), wanted["options"].as_array().unwrap().len(), "{what}");
        for (option, wanted) in line.options.iter().zip(wanted["options"].as_array().unwrap()) {
            assert_eq!(json!(option.text), wanted["text"], "{what}");
            same_option(&option.used, wanted, &format!("{what}, {}", option.text));
        }
        let common: Vec<Value> =
            line.common.iter().map(|answer| json!([answer.text, answer.gave, answer.credit.0])).collect();
        assert_eq!(json!(common), wanted["common"], "{what}");
    }
    report
}

#[test]
fn a_whole_lesson_of_thirty_agrees_with_the_oracle() {
    let mut class = Class::nato(30, None, 0x0012_3456);
    class.play();
    let report = same_report(class.journal.as_bytes());
    assert!(report.finished);
    assert_eq!(report.students.len(), 30);
    assert_eq!(report.questions.len(), 80);
    let kinds: BTreeSet<_> = report.questions.iter().map(|line| line.kind).collect();
    assert_eq!(kinds.len(), 7, "all seven kinds");
    assert!(report.questions.iter().any(|line| line.partly > 0));
    // What the match itself says.
    let table = class.host().shown.standings.clone();
    for (row, student) in table.iter().zip(&report.students) {
        assert_eq!(
            (row.place, row.player, row.points, row.credit),
            (student.place, student.player, student.points, student.credit)
        );
    }
}

#[test]
fn a_lesson_with_everything_that_can_happen_agrees_with_the_oracle() {
    for code in [7, 1234, 0x00ff_00ff] {
        let mut class = Class::nato(23, Some(4), code);
        let mut number = 0;
        while let Some(question) = class.ask() {
            number += 1;
            match number {
                2 => {
                    class.ok(Command::Pause { reason: PauseReason::Teacher });
                    class.now += 61_000;
                    class.ok(Command::Resume);
                    class.answer_all();
                }
                3 => class.ok(Command::Skip),
                5 => {
                    class.answer_all();
                    class.ok(Command::Void { question: number });
                }
                6 => {
                    class.answer_all();
                    class.ok(Command::Void { question: number });
                    class.ok(Command::Undo);
                }
                8 => {
                    // Nobody in time.
                    class.now += 10_000_000;
                    class.quiz.advance(Stamp(class.now));
                }
                _ => class.answer_all(),
            }
            if let Ask::Choice { .. } = question.ask {
                let key = Key { answer: Answer::Choice(1), accept: Vec::new() };
                class.ok(Command::Correct { question: number, key });
            }
            if number == 14 {
                class.ok(Command::Abandon);
            }
        }
        let report = same_report(class.journal.as_bytes());
        assert!(report.questions.iter().any(|line| line.corrected));
        assert_eq!(report.questions[2].fate, Fate::Skipped);
        assert_eq!(report.questions[4].fate, Fate::Voided);
        assert_eq!(report.questions[5].fate, Fate::Counted);
        assert_eq!((report.questions.len(), report.totals.uncounted), (14, 2));
    }
}

#[test]
fn a_class_with_late_comers_kicks_lag_and_second_votes_agrees_with_the_oracle() {
    for code in [5, 77, 0x0010_1010] {
        let mut class = Class::of(
            nato(),
            Settings {
                per_round: Some(4),
                scoring: Scoring::Speed,
                late_join: true,
                hold: true,
                grace_ms: 400,
                standings: ShowStandings::End,
                ..settings(code)
            },
            &["Ada", "Grace", "Emmy", "Sofja", "Hypatia", "Lise", "Maryam", "Rosalind"],
        );
        class.lag = 300;
        let mut number = 0;
        while class.ask().is_some() {
            number += 1;
            match number {
                1 => class.ok(Command::Extra { player: 1, extra: roundtable::rules::Extra(50) }),
                2 => class.ok(Command::Rename { player: 2, name: "Noether".to_owned() }),
                3 => {
                    // Both come while it is open; one of them answers.
                    class.join("Late");
                    class.answer_all();
                    class.join("Later");
                }
                6 => {
                    class.vote();
                    class.ok(Command::Kick { player: 0 });
                }
                // Comes in the middle of one that will not count.
                8 => class.join("Latest"),
                9 => class.ok(Command::Lock),
                _ => {}
            }
            if number % 2 == 0 {
                class.vote();
                if class.host().held.is_none() {
                    class.ok(Command::Close);
                }
                class.ok(Command::Revote { question: number });
            }
            if number != 3 {
                class.answer_all();
            }
            if number == 8 {
                class.ok(Command::Void { question: 8 });
            }
        }
        let report = same_report(class.journal.as_bytes());
        assert!(report.finished && report.fairness.is_some());
        let student = |name: &str| report.students.iter().find(|student| student.name == name).unwrap();
        assert!(student("Ada").gone && report.students.last().unwrap().gone && report.size() == 10);
        assert!((3..=4).contains(&student("Late").from) && student("Later").from == 4);
        assert_eq!(student("Later").marks[0], Mark::NotHad);
        let latest = student("Latest");
        assert!(matches!((latest.from, latest.marks[7]), (8, Mark::Uncounted) | (9, Mark::NotHad)));
        assert!(report.students.iter().any(|student| student.name == "Noether"));
        assert_eq!(report.questions.iter().filter(|line| line.revote.is_some()).count(), 9);
    }
}

#[test]
fn turns_and_chosen_questions_agree_with_the_oracle() {
    let only: Vec<String> =
        ["founding-year", "why-set-up", "founder-count", "founders-large"].map(str::to_owned).to_vec();
    let mut class = Class::of(nato(), Settings { play: Play::Turns, only, ..settings(99) }, &["Ada", "Grace"]);
    while let Some(question) = class.ask() {
        let turn = class.host().shown.turn.unwrap();
        let key = class.host().host.unwrap().key.answer.clone();
        class.now += 1500;
        class.answer(usize::try_from(turn).unwrap(), key);
        assert_eq!(class.quiz.stage(), Stage::Feedback, "{}", question.stem);
    }
    let report = same_report(class.journal.as_bytes());
    assert!(report.students.iter().all(|student| (student.had, student.right) == (2, 2)));
    assert!(report.students[0].marks.contains(&Mark::NotHad));
}

#[test]
fn a_rematch_in_the_order_of_its_questions_agrees_with_the_oracle() {
    let only: Vec<String> = ["founders-large", "founding-year", "why-set-up"].map(str::to_owned).to_vec();
    let goal = Some(Goal::Beat(500));
    let settings = Settings { only: only.clone(), in_order: true, goal, scoring: Scoring::Speed, ..settings(5) };
    let mut class = Class::of(nato(), settings, &["Ada", "Grace", "Emmy"]);
    class.play();
    let report = same_report(class.journal.as_bytes());
    assert_eq!(report.questions.iter().map(|line| line.id.clone()).collect::<Vec<_>>(), only);
    assert_eq!((report.rounds.len(), report.finished), (1, true));
}

#[test]
fn a_match_that_stopped_anywhere_has_a_report() {
    let mut class = Class::nato(5, Some(1), 3);
    same_report(class.journal.as_bytes());
    class.ask();
    class.answer_all();
    class.ask();
    let report = same_report(class.journal.as_bytes());
    assert_eq!((report.questions.len(), report.finished), (1, false), "an open question is in no report");
    // Torn in the last line.
    let whole = class.journal.len();
    assert_eq!(same_report(&class.journal.as_bytes()[..whole - 3]).questions.len(), 1);
    assert!(Report::read(b"not a journal\n").is_err());
}

#[test]
fn the_oracle_notices_what_is_not_so() {
    let mut class = Class::nato(4, Some(1), 3);
    class.play();
    let wrong = class.journal.replacen("\"elapsed_ms\":", "\"elapsed_ms\":1", 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.journal");
    std::fs::write(&file, wrong).unwrap();
    let told = run_oracle("report", &file);
    assert!(!told.status.success(), "a line that is not what its checksum says");
}
