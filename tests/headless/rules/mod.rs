//! Rules: what an answer earns, and what a seed deals.

pub mod analyse;
mod answers;

mod codes;
mod credit;
mod draws;
mod folding;
mod points;

pub use std::collections::BTreeMap;

pub use proptest::collection::vec;
pub use proptest::prelude::*;
pub use proptest::sample::subsequence;
pub use roundtable::bank::{Bank, Body, Question, Round};
pub use roundtable::rules::{
    Answer, CodeError, Credit, Dealt, Draw, Extra, GameCode, Grader, Key, Malformed, Pace, Scoring, Seed, draw, fold,
    grade, limit_ms, points, streak,
};

pub fn question(id: &str, body: Body) -> Question {
    Question {
        id: id.into(),
        stem: format!("What about {id}?"),
        body,
        explanation: "Because.".into(),
        source: None,
        as_of: None,
        difficulty: 1,
        tags: Vec::new(),
        seconds: None,
    }
}

pub fn bank(rounds: &[(&str, Vec<Question>)]) -> Bank {
    Bank {
        id: "test".into(),
        title: "Test".into(),
        about: String::new(),
        language: "en".into(),
        licence: String::new(),
        documents: BTreeMap::new(),
        rounds: rounds
            .iter()
            .map(|(id, questions)| Round {
                id: (*id).into(),
                title: (*id).into(),
                about: String::new(),
                questions: questions.clone(),
            })
            .collect(),
    }
}

pub fn texts(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{prefix}{i}")).collect()
}

pub fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

pub fn choice(n: usize) -> Body {
    Body::Choice { key: "key".into(), distractors: texts("wrong ", n - 1), notes: BTreeMap::new() }
}

pub fn multi(keys: usize, distractors: usize) -> Body {
    Body::MultiChoice { keys: texts("right ", keys), distractors: texts("wrong ", distractors), notes: BTreeMap::new() }
}

pub fn number(key: f64, min: f64, max: f64, step: f64, tolerance: f64) -> Body {
    Body::Number { key, unit: String::new(), min, max, step, tolerance }
}

pub fn order(n: usize) -> Body {
    Body::Order { items: texts("item ", n), from: "first".into(), to: "last".into() }
}

pub fn matching(pairs: usize, distractors: usize) -> Body {
    Body::Match {
        pairs: texts("left ", pairs).into_iter().zip(texts("right ", pairs)).collect(),
        distractors: texts("nobody's ", distractors),
    }
}

pub fn text(key: &str, accept: &[&str]) -> Body {
    Body::Text { key: key.into(), accept: strings(accept), notes: BTreeMap::new() }
}

pub fn seed(code: u32) -> Seed {
    GameCode::from_bits(code).seed()
}

/// Deals a single question.
pub fn deal(question: &Question, seed: Seed) -> Dealt {
    draw(&bank(&[("round", vec![question.clone()])]), &[], None, seed).rounds[0].questions[0].clone()
}

/// A question dealt in file order, so that a test can write answers down.
pub fn straight(body: Body) -> (Question, Dealt, Key) {
    let question = question("q", body);
    let mut dealt = deal(&question, seed(1));
    dealt.order.sort_unstable();
    dealt.right.sort_unstable();
    let key = Key::of(&question, &dealt);
    (question, dealt, key)
}

pub fn earned(body: Body, answer: &Answer) -> u16 {
    let (question, dealt, key) = straight(body);
    assert_eq!(answer.fits(&question, &dealt), Ok(()), "{answer:?}");
    let credit = grade(&question, &key, answer);
    assert_eq!(Grader::new(&question, &key).grade(answer), credit, "a grader grades as the function does");
    credit.0
}

pub fn any_seed() -> impl Strategy<Value = Seed> {
    any::<[u8; 32]>().prop_map(Seed)
}

pub fn any_body() -> impl Strategy<Value = Body> {
    prop_oneof![
        (2..=6_usize).prop_map(choice),
        (1..=6_usize, 1..=2_usize).prop_map(|(keys, distractors)| multi(keys, distractors)),
        any::<bool>().prop_map(|key| Body::TrueFalse { key }),
        (-50..50_i32, 1..200_i32, 0..200_i32, prop::sample::select(vec![0.1, 0.25, 1.0, 5.0, 0.01]), 0..20_i32)
            .prop_map(|(min, steps, at, step, tolerance)| {
                let min = f64::from(min) * step;
                let to = |n: i32| f64::from(n).mul_add(step, min);
                number(to(at % (steps + 1)), min, to(steps), step, f64::from(tolerance) * step)
            }),
        (3..=8_usize).prop_map(order),
        (2..=8_usize, 0..=3_usize).prop_map(|(pairs, distractors)| matching(pairs, distractors)),
        ("[a-c]{1,3}", vec("[a-c]{1,3}", 0..3)).prop_map(|(key, accept)| Body::Text {
            key,
            accept,
            notes: BTreeMap::new()
        }),
    ]
}

pub fn count(n: usize) -> u8 {
    u8::try_from(n).expect("a test's lists are short")
}

/// Any answer that fits.
pub fn fitting(question: &Question, dealt: &Dealt) -> BoxedStrategy<Answer> {
    let shown: Vec<u8> = (0..count(dealt.order.len())).collect();
    match question.body {
        Body::Choice { .. } => (0..count(shown.len())).prop_map(Answer::Choice).boxed(),
        Body::MultiChoice { .. } => subsequence(shown.clone(), 0..=shown.len()).prop_map(Answer::MultiChoice).boxed(),
        Body::TrueFalse { .. } => any::<bool>().prop_map(Answer::TrueFalse).boxed(),
        Body::Number { min, max, step, .. } => {
            #[expect(clippy::cast_possible_truncation, reason = "a few hundred steps")]
            let steps = ((max - min) / step).round() as i32;
            (0..=steps).prop_map(move |n| Answer::Number(f64::from(n).mul_add(step, min))).boxed()
        }
        Body::Order { .. } => Just(shown).prop_shuffle().prop_map(Answer::Order).boxed(),
        Body::Match { .. } => {
            let partners: Vec<u8> = (0..count(dealt.right.len())).collect();
            (Just(partners).prop_shuffle(), vec(prop::bool::weighted(0.8), shown.len()))
                .prop_map(|(partners, given)| {
                    Answer::Match(given.iter().zip(partners).map(|(given, partner)| given.then_some(partner)).collect())
                })
                .boxed()
        }
        Body::Text { .. } => "[a-c]{1,3}".prop_map(Answer::Text).boxed(),
    }
}

/// Anything that can come over a wire.
pub fn any_answer() -> impl Strategy<Value = Answer> {
    let near = prop_oneof![4 => 0..9_u8, 1 => any::<u8>()];
    prop_oneof![
        near.clone().prop_map(Answer::Choice),
        vec(near.clone(), 0..10).prop_map(Answer::MultiChoice),
        vec(any::<u8>(), 0..600).prop_map(Answer::MultiChoice),
        any::<bool>().prop_map(Answer::TrueFalse),
        prop::num::f64::ANY.prop_map(Answer::Number),
        (-100..100_i32).prop_map(|n| Answer::Number(f64::from(n) / 10.0)),
        vec(near.clone(), 0..10).prop_map(Answer::Order),
        vec(any::<u8>(), 0..600).prop_map(Answer::Order),
        vec(prop::option::of(near), 0..10).prop_map(Answer::Match),
        vec(prop::option::of(any::<u8>()), 0..600).prop_map(Answer::Match),
        prop_oneof![any::<String>(), ".{150,250}", "[\\s\u{200b}\u{301}]{0,4}"].prop_map(Answer::Text),
    ]
}

pub fn dealt_question() -> impl Strategy<Value = (Question, Dealt)> {
    (any_body(), any_seed()).prop_map(|(body, seed)| {
        let question = question("q", body);
        let dealt = deal(&question, seed);
        (question, dealt)
    })
}

pub fn dealt_with_answer() -> impl Strategy<Value = (Question, Dealt, Answer)> {
    dealt_question().prop_flat_map(|(question, dealt)| {
        let answer = fitting(&question, &dealt);
        (Just(question), Just(dealt), answer)
    })
}

/// What the documentation of [`Answer`] says, as plainly as it can be written.
pub fn should_fit(question: &Question, dealt: &Dealt, answer: &Answer) -> bool {
    let shown = dealt.order.len();
    let distinct = |list: &[u8], below: usize| {
        list.iter().all(|&i| usize::from(i) < below)
            && list.iter().enumerate().all(|(at, i)| list.iter().position(|j| j == i) == Some(at))
    };
    match (&question.body, answer) {
        (Body::Choice { .. }, Answer::Choice(i)) => usize::from(*i) < shown,
        (Body::MultiChoice { .. }, Answer::MultiChoice(list)) => distinct(list, shown) && list.is_sorted(),
        (Body::TrueFalse { .. }, Answer::TrueFalse(_)) => true,
        (Body::Number { min, max, step, .. }, Answer::Number(value)) => {
            // Step by step, as a player would go.
            value.is_finite()
                && (0..1000)
                    .map(|n| f64::from(n).mul_add(*step, *min))
                    .take_while(|at| *at <= max + step / 2.0)
                    .any(|at| (at - value).abs() < step * 0.4e-6)
        }
        (Body::Order { .. }, Answer::Order(list)) => list.len() == shown && distinct(list, shown),
        (Body::Match { .. }, Answer::Match(list)) => {
            let given: Vec<u8> = list.iter().copied().flatten().collect();
            list.len() == shown && distinct(&given, dealt.right.len())
        }
        (Body::Text { .. }, Answer::Text(typed)) => typed.chars().count() <= 200 && !fold(typed).is_empty(),
        _ => false,
    }
}

/// What the documentation of [`grade`] says about who gets everything.
pub fn is_key(question: &Question, key: &Key, answer: &Answer) -> bool {
    match (&question.body, &key.answer, answer) {
        (Body::Number { step, .. }, Answer::Number(key), Answer::Number(value)) => (key - value).abs() < step / 2.0,
        (_, Answer::Text(own), Answer::Text(typed)) => own == typed || key.accept.contains(typed),
        (_, key, answer) => key == answer,
    }
}
