//! The item analysis against another implementation: `analyse.jsonl` is written by `python3 tests/report/oracle.py vectors`, which sums in
//! fractions and solves the equations that the closed forms here come from.

use roundtable::rules::analyse::{self, Chosen, Estimate, Marks, OptionUse, Tally, Third, WEAK_BELOW};
use roundtable::rules::{Revote, offer_revote};
use serde_json::Value;

use super::*;

const RIGHT: Option<Credit> = Some(Credit::FULL);
const WRONG: Option<Credit> = Some(Credit::NONE);

const VECTORS: &str = include_str!("analyse.jsonl");

fn near(found: f64, wanted: &Value, what: &str) {
    let wanted = wanted.as_f64().unwrap_or_else(|| panic!("{what}: the oracle has no number"));
    // Shares of thousandths, in figures up to 100.
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{what}: {found}, the oracle says {wanted}");
}

pub fn same_estimate(found: Option<Estimate>, wanted: &Value, what: &str) {
    let Some(found) = found else { return assert!(wanted.is_null(), "{what}: nothing, the oracle says {wanted}") };
    assert!(!wanted.is_null(), "{what}: {found:?}, the oracle has nothing");
    near(found.value, &wanted["value"], what);
    assert_eq!(Some(found.n as u64), wanted["n"].as_u64(), "{what}: how many students");
    match (found.interval, &wanted["interval"]) {
        (None, Value::Null) => {}
        (Some((low, high)), ends) => {
            near(low, &ends[0], &format!("{what}, from"));
            near(high, &ends[1], &format!("{what}, to"));
            assert!(
                low <= found.value + 1e-9 && found.value - 1e-9 <= high || what.contains("alpha"),
                "{what}: {found:?}"
            );
        }
        (None, ends) => panic!("{what}: no interval, the oracle says {ends}"),
    }
}

pub fn same_item(found: &analyse::Item, wanted: &Value, what: &str) {
    assert_eq!(Some(found.had as u64), wanted["had"].as_u64(), "{what}: had");
    same_estimate(found.facility, &wanted["facility"], &format!("{what}: facility"));
    same_estimate(found.deviation, &wanted["deviation"], &format!("{what}: deviation"));
    same_estimate(found.discrimination, &wanted["discrimination"], &format!("{what}: discrimination"));
    same_estimate(found.efficiency, &wanted["efficiency"], &format!("{what}: efficiency"));
    assert_eq!(Some(found.negative), wanted["negative"].as_bool(), "{what}: negative");
}

pub fn same_option(found: &OptionUse, wanted: &Value, what: &str) {
    let same_tally = |found: Tally, wanted: &Value, of: &str| {
        assert_eq!(serde_json::json!([found.chose, found.of]), *wanted, "{what}: {of}");
    };
    assert_eq!(Some(found.key), wanted["key"].as_bool(), "{what}: key");
    same_tally(found.all, &wanted["all"], "all");
    for (third, name) in ["top", "middle", "bottom"].iter().enumerate() {
        same_tally(found.thirds[third], &wanted["thirds"][third], name);
    }
    same_estimate(found.share, &wanted["share"], &format!("{what}: share"));
    same_estimate(found.rest, &wanted["rest"], &format!("{what}: rest score"));
    assert_eq!(Some(found.non_functional), wanted["non_functional"].as_bool(), "{what}: non-functional");
    assert_eq!(Some(found.suspicious), wanted["suspicious"].as_bool(), "{what}: suspicious");
}

#[test]
fn item_analysis_agrees_with_the_oracle() {
    let mut seen = [0_usize; 6];
    for (number, line) in VECTORS.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let rows: Vec<Vec<Option<Credit>>> = case["marks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                row.as_array()
                    .unwrap()
                    .iter()
                    .map(|mark| mark.as_u64().map(|mark| Credit(u16::try_from(mark).unwrap())))
                    .collect()
            })
            .collect();
        let questions = usize::try_from(case["questions"].as_u64().unwrap()).unwrap();
        let marks = Marks::new(questions, rows);
        for question in 0..questions {
            let item = analyse::item(&marks, question);
            same_item(&item, &case["items"][question], &format!("case {number}, question {question}"));
            seen[0] += usize::from(item.negative);
            seen[1] += usize::from(item.dubious());
            seen[2] += usize::from(item.discrimination.is_none());
        }
        same_estimate(analyse::alpha(&marks), &case["alpha"], &format!("case {number}: alpha"));
        let keys: Vec<bool> = case["keys"].as_array().unwrap().iter().map(|key| key.as_bool().unwrap()).collect();
        let answers: Vec<Chosen> = case["answers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|answer| Chosen {
                options: serde_json::from_value(answer["options"].clone()).unwrap(),
                rest: answer["rest"].as_f64().map(|rest| rest / 1000.0),
            })
            .collect();
        for (option, found) in analyse::options(&keys, &answers).iter().enumerate() {
            same_option(found, &case["options"][option], &format!("case {number}, option {option}"));
            seen[3] += usize::from(found.suspicious);
            seen[4] += usize::from(found.non_functional);
            seen[5] += 1;
        }
    }
    assert!(seen.iter().all(|seen| *seen > 5), "the vectors show every case: {seen:?}");
}

#[test]
fn figures_of_a_small_class_written_down_by_hand() {
    // Three students, two questions; the rest score of one question is the mark of the other.
    let marks = Marks::new(2, vec![vec![RIGHT, RIGHT], vec![RIGHT, WRONG], vec![WRONG, WRONG]]);
    let first = analyse::item(&marks, 0);
    let discrimination = first.discrimination.unwrap();
    assert!((discrimination.value - 50.0).abs() < 1e-9, "{discrimination:?}");
    assert_eq!(discrimination.interval, None, "three students are too few for an interval");
    // Sorted against sorted: (0, 0), (1, 0), (1, 1), which is what they have.
    assert!((first.efficiency.unwrap().value - 100.0).abs() < 1e-9);
    assert!((first.facility.unwrap().value - 2.0 / 3.0).abs() < 1e-12);
    // 2 × (1 − (1/3 + 1/3) ÷ 1)
    assert!((analyse::alpha(&marks).unwrap().value - 2.0 / 3.0).abs() < 1e-12);
    // Wilson (1927) for 0 of 10: up to z² ÷ (n + z²).
    let none = analyse::share(&[0.0; 10]).unwrap();
    let (low, high) = none.interval.unwrap();
    assert!(low.abs() < 1e-12 && (high - 0.277_53).abs() < 1e-4, "{none:?}");
}

#[test]
fn figures_under_twenty_students_are_weak() {
    assert!(analyse::share(&[1.0; WEAK_BELOW - 1]).unwrap().weak());
    assert!(!analyse::share(&[1.0; WEAK_BELOW]).unwrap().weak());
}

#[test]
fn who_joined_first_decides_nothing() {
    let rows: Vec<Vec<Option<Credit>>> = (0..24_u8)
        .map(|student| {
            (0..4_u8).map(|question| if (student * 7 + question * 3) % 5 > question { RIGHT } else { WRONG }).collect()
        })
        .collect();
    let mut turned = rows.clone();
    turned.reverse();
    let (marks, turned) = (Marks::new(4, rows), Marks::new(4, turned));
    for question in 0..4 {
        let (one, other) = (analyse::item(&marks, question), analyse::item(&turned, question));
        let value = |item: &analyse::Item| item.discrimination.map_or(0.0, |found| found.value);
        assert!((value(&one) - value(&other)).abs() < 1e-9);
    }
    let rest = [0.5; 9];
    assert!(analyse::thirds(&rest).iter().all(|third| *third == Third::Middle), "equal scores are in one third");
}

#[test]
fn a_late_joiner_is_not_taken_for_a_weak_student() {
    // The last one joined at the third question and has been right ever since.
    let mut rows: Vec<Vec<Option<Credit>>> = (0..8_u8)
        .map(|student| (0..4_u8).map(|question| if student > 2 * question { RIGHT } else { WRONG }).collect())
        .collect();
    rows.push(vec![None, None, RIGHT, RIGHT]);
    let marks = Marks::new(4, rows);
    assert_eq!(marks.score(8, None), Some(1.0));
    assert_eq!(analyse::item(&marks, 0).had, 8);
    assert_eq!(analyse::item(&marks, 2).had, 9);
    assert_eq!(analyse::alpha(&marks).unwrap().n, 8, "alpha is of those who had every question");
}

#[test]
fn voting_again_is_offered_when_some_know_and_many_do_not() {
    for (right, answered, offered) in [
        (0, 0, false),
        (1, 1, false),
        (1, 2, true),
        (2, 10, false),
        (3, 10, true),
        (7, 10, true),
        (8, 10, false),
        (10, 10, false),
    ] {
        assert_eq!(offer_revote(right, answered), offered, "{right} of {answered}");
    }
}

#[test]
fn the_gain_is_what_was_won_of_what_could_be_won() {
    let votes = [
        (Some(true), Some(true)),
        (Some(false), Some(true)),
        (Some(false), Some(true)),
        (Some(true), Some(false)),
        (Some(false), Some(false)),
        (None, Some(true)),
        (Some(false), None),
    ];
    let revote = Revote::of(votes);
    assert_eq!(revote, Revote { stayed_right: 1, learned: 2, lost: 1, stayed_wrong: 1 });
    assert_eq!((revote.both(), revote.right()), (5, (2, 3)));
    assert_eq!(revote.gain(), Some(1.0 / 3.0));
    assert_eq!(Revote { stayed_right: 3, lost: 1, ..Revote::default() }.gain(), None, "nothing was left to win");
    assert_eq!(Revote { stayed_right: 1, lost: 1, stayed_wrong: 2, ..Revote::default() }.gain(), Some(-0.5));
}
