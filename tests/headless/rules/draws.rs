//! What a seed deals.

use super::*;

/// What players see of a draw: ids in order, and texts in order.
fn shown(bank: &Bank, draw: &Draw) -> Vec<(String, Vec<(String, Vec<String>)>)> {
    let texts = |question: &Question, dealt: &Dealt| -> Vec<String> {
        let pick = |list: Vec<&String>, order: &[u8]| -> Vec<String> {
            order.iter().map(|&i| list[usize::from(i)].clone()).collect()
        };
        match &question.body {
            Body::Choice { key, distractors, .. } => {
                pick(std::iter::once(key).chain(distractors).collect(), &dealt.order)
            }
            Body::MultiChoice { keys, distractors, .. } => pick(keys.iter().chain(distractors).collect(), &dealt.order),
            Body::Order { items, .. } => pick(items.iter().collect(), &dealt.order),
            Body::Match { pairs, distractors } => {
                let mut all = pick(pairs.iter().map(|(left, _)| left).collect(), &dealt.order);
                all.extend(pick(pairs.iter().map(|(_, right)| right).chain(distractors).collect(), &dealt.right));
                all
            }
            _ => Vec::new(),
        }
    };
    draw.rounds
        .iter()
        .map(|drawn| {
            let round = &bank.rounds[drawn.round];
            let questions = drawn.questions.iter().map(|dealt| {
                let question = &round.questions[dealt.question];
                (question.id.clone(), texts(question, dealt))
            });
            (round.id.clone(), questions.collect())
        })
        .collect()
}

pub fn small_bank() -> Bank {
    let named = |prefix: &str, bodies: Vec<Body>| -> Vec<Question> {
        bodies.into_iter().enumerate().map(|(i, body)| question(&format!("{prefix}-{i}"), body)).collect()
    };
    let truth = Body::TrueFalse { key: true };
    bank(&[
        ("first", named("a", vec![choice(4), multi(2, 3), truth.clone(), number(1.0, 0.0, 9.0, 1.0, 0.0), order(5)])),
        ("second", named("b", vec![matching(3, 2), text("word", &[]), choice(6), order(3), truth.clone()])),
        ("third", named("c", vec![truth.clone(), choice(2), truth])),
    ])
}

/// The same bank with everything that must not show turned over: the file's order, and what is right.
pub fn turned(bank: &Bank) -> Bank {
    let mut bank = bank.clone();
    for round in &mut bank.rounds {
        round.questions.reverse();
        for question in &mut round.questions {
            match &mut question.body {
                Body::Choice { key, distractors, .. } => {
                    std::mem::swap(key, &mut distractors[0]);
                    distractors.reverse();
                }
                Body::MultiChoice { keys, distractors, .. } => std::mem::swap(keys, distractors),
                Body::TrueFalse { key } => *key = !*key,
                Body::Number { key, tolerance, .. } => (*key, *tolerance) = (7.0, 2.0),
                Body::Order { items, .. } => items.reverse(),
                Body::Match { pairs, distractors } => {
                    let (mut lefts, mut rights): (Vec<_>, Vec<_>) = pairs.drain(..).unzip();
                    lefts.reverse();
                    rights.append(distractors);
                    rights.rotate_left(2);
                    *distractors = rights.split_off(lefts.len());
                    *pairs = lefts.into_iter().zip(rights).collect();
                }
                Body::Text { key, .. } => *key = "quite another and longer word".into(),
            }
        }
    }
    bank
}

proptest! {
    #[test]
    fn the_same_seed_deals_the_same(seed in any_seed(), other in any_seed()) {
        let bank = small_bank();
        prop_assert_eq!(draw(&bank, &[], None, seed), draw(&bank, &[], None, seed));
        prop_assert_ne!(draw(&bank, &[], None, seed), draw(&bank, &[], None, other));
    }

    #[test]
    fn everything_is_dealt_exactly_once(seed in any_seed()) {
        let bank = small_bank();
        let drawn = draw(&bank, &[], None, seed);
        prop_assert_eq!(drawn.rounds.iter().map(|round| round.round).collect::<Vec<_>>(), [0, 1, 2]);
        for round in &drawn.rounds {
            let mut questions: Vec<usize> = round.questions.iter().map(|dealt| dealt.question).collect();
            questions.sort_unstable();
            prop_assert_eq!(questions, (0..bank.rounds[round.round].questions.len()).collect::<Vec<_>>());
            for dealt in &round.questions {
                for order in [&dealt.order, &dealt.right] {
                    let mut order = order.clone();
                    order.sort_unstable();
                    prop_assert_eq!(&order, &(0..count(order.len())).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn nothing_shown_follows_from_the_key_or_the_file(seed in any_seed()) {
        let bank = small_bank();
        let turned = turned(&bank);
        prop_assert_eq!(shown(&bank, &draw(&bank, &[], None, seed)), shown(&turned, &draw(&turned, &[], None, seed)));
    }

    #[test]
    fn fewer_questions_are_the_first_of_more(seed in any_seed(), few in 1..7_u16, more in 0..7_u16) {
        let bank = small_bank();
        let (fewer, all) = (draw(&bank, &[], Some(few), seed), draw(&bank, &[], Some(few + more), seed));
        for (fewer, all) in fewer.rounds.iter().zip(&all.rounds) {
            prop_assert_eq!(fewer.questions.len(), bank.rounds[fewer.round].questions.len().min(few.into()));
            prop_assert_eq!(&fewer.questions[..], &all.questions[..fewer.questions.len()]);
        }
    }

    #[test]
    fn a_round_is_dealt_alike_whatever_else_is_played(seed in any_seed()) {
        let bank = small_bank();
        let all = draw(&bank, &[], None, seed);
        let some = draw(&bank, &strings(&["third", "first"]), None, seed);
        prop_assert_eq!(&some.rounds, &[all.rounds[2].clone(), all.rounds[0].clone()]);
    }
}

#[test]
fn rounds_asked_for_come_once_and_unknown_ones_not_at_all() {
    let bank = small_bank();
    let rounds = |ids: &[&str]| -> Vec<usize> {
        draw(&bank, &strings(ids), Some(1), seed(3)).rounds.iter().map(|round| round.round).collect()
    };
    assert_eq!(rounds(&["second", "nowhere", "first", "second"]), [1, 0]);
    assert_eq!(rounds(&[]), [0, 1, 2]);
    assert_eq!(rounds(&["nowhere"]), [0, 1, 2]);
    assert!(
        draw(&bank, &[], Some(0), seed(3)).rounds.iter().all(|round| round.questions.len() == 1),
        "a round is never empty"
    );
}

/// Pearson's statistic of counts that should be equal.
fn chi_square(counts: &[u32]) -> f64 {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / f64::from(count(counts.len()));
    counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum()
}

#[test]
fn the_key_stands_in_every_place_equally_often() {
    // Critical values at p = 0.001 for 1 to 5 degrees of freedom.
    for (options, critical) in (2..=6).zip([10.83, 13.82, 16.27, 18.47, 20.52]) {
        let question = question("q", choice(options));
        let mut places = vec![0; options];
        for code in 0..10_000 {
            let dealt = deal(&question, seed(code));
            places[dealt.order.iter().position(|&i| i == 0).unwrap()] += 1;
        }
        let statistic = chi_square(&places);
        assert!(statistic < critical, "{options} options: {places:?}, chi-square {statistic}");
    }
}

#[test]
fn every_order_of_three_items_comes_up_equally_often() {
    let question = question("q", order(3));
    let mut orders: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    for code in 0..10_000 {
        *orders.entry(deal(&question, seed(code)).order).or_default() += 1;
    }
    let counts: Vec<u32> = orders.values().copied().collect();
    assert_eq!(counts.len(), 6);
    assert!(chi_square(&counts) < 20.52, "{orders:?}");
}

/// A draw as one line: round, then its questions with the canonical indices in shown order.
fn line(draw: &Draw) -> String {
    let digits = |list: &[u8]| list.iter().map(ToString::to_string).collect::<String>();
    let round = |round: &roundtable::rules::DrawnRound| {
        let deals = round.questions.iter().map(|dealt| {
            let right = if dealt.right.is_empty() { String::new() } else { format!("|{}", digits(&dealt.right)) };
            format!(" {}:{}{right}", dealt.question, digits(&dealt.order))
        });
        format!("{}{}", round.round, deals.collect::<String>())
    };
    draw.rounds.iter().map(round).collect::<Vec<_>>().join("; ")
}

#[test]
fn known_codes_deal_what_they_always_dealt() {
    // Another machine, release or crate that deals otherwise breaks every journal and shared code: then `DRAW` needs a new version.
    let bank = small_bank();
    let dealt = |code: &str| line(&draw(&bank, &[], None, GameCode::parse(code).unwrap().seed()));
    assert_eq!(dealt("K7-QMP"), "0 4:04231 0:0123 2: 1:40231 3:; 1 3:012 1: 4: 2:452130 0:021|41032; 2 0: 1:01 2:");
    assert_eq!(dealt("00-000"), "0 3: 1:31420 4:20413 0:2013 2:; 1 3:120 4: 0:120|02134 1: 2:250134; 2 1:01 0: 2:");
    assert_eq!(dealt("ZZ-ZZZ"), "0 4:32014 0:3102 3: 1:42310 2:; 1 0:102|23104 3:120 4: 2:201534 1:; 2 0: 2: 1:10");
}

#[test]
fn chosen_questions_are_drawn_alone_in_the_order_of_the_whole_draw() {
    let bank = small_bank();
    let seed = GameCode::from_bits(77).seed();
    let all = draw(&bank, &[], None, seed);
    let ids = |draw: &Draw| -> Vec<String> {
        let rounds = draw.rounds.iter().flat_map(|round| round.questions.iter().map(move |dealt| (round.round, dealt)));
        rounds.map(|(round, dealt)| bank.rounds[round].questions[dealt.question].id.clone()).collect()
    };
    let every = ids(&all);
    let chosen: Vec<String> = every.iter().step_by(2).cloned().chain(["unknown".to_owned()]).collect();
    let only = roundtable::rules::draw_only(&bank, &chosen, seed);
    assert_eq!(ids(&only), every.iter().step_by(2).cloned().collect::<Vec<_>>());
    for round in &only.rounds {
        let whole = all.rounds.iter().find(|other| other.round == round.round).unwrap();
        assert!(round.questions.iter().all(|dealt| whole.questions.contains(dealt)), "the options stand as they did");
    }
    assert_eq!(roundtable::rules::draw_only(&bank, &["unknown".to_owned()], seed), all);
}

#[test]
fn questions_in_an_order_of_their_own_are_one_round_and_dealt_as_ever() {
    let bank = small_bank();
    let seed = GameCode::from_bits(77).seed();
    let all = draw(&bank, &[], None, seed);
    let id = |dealt: &Dealt| bank.rounds[dealt.round].questions[dealt.question].id.clone();
    let every: Vec<_> = all.rounds.iter().flat_map(|round| &round.questions).collect();
    // Every other one from the end, across the rounds; one twice, one that nobody knows.
    let mut asked: Vec<String> = every.iter().rev().step_by(2).map(|dealt| id(dealt)).collect();
    let wanted = asked.clone();
    asked.insert(1, asked[0].clone());
    asked.push("unknown".to_owned());
    let drawn = roundtable::rules::draw_in_order(&bank, &asked, seed);
    assert_eq!(drawn.rounds.len(), 1);
    assert_eq!(drawn.rounds[0].questions.iter().map(id).collect::<Vec<_>>(), wanted);
    assert!(drawn.rounds[0].questions.iter().all(|dealt| every.contains(&dealt)), "the options stand as they did");
    assert_eq!(roundtable::rules::draw_in_order(&bank, &["unknown".to_owned()], seed), all);
}
