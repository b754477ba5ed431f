//! Which answers fit, and what the key is.

use super::*;

proptest! {
    #[test]
    fn the_key_fits_and_earns_everything((question, dealt) in dealt_question()) {
        let key = Key::of(&question, &dealt);
        prop_assert_eq!(key.answer.fits(&question, &dealt), Ok(()));
        prop_assert_eq!(grade(&question, &key, &key.answer), Credit::FULL);
        prop_assert_eq!(Grader::new(&question, &key).grade(&key.answer), Credit::FULL);
    }

    #[test]
    fn the_key_means_the_same_whatever_is_shown_where((question, dealt) in dealt_question()) {
        let shown = |i: u8| usize::from(dealt.order[usize::from(i)]);
        match (&question.body, Key::of(&question, &dealt).answer) {
            (Body::Choice { .. }, Answer::Choice(i)) => prop_assert_eq!(shown(i), 0),
            (Body::MultiChoice { keys, .. }, Answer::MultiChoice(list)) => {
                prop_assert_eq!(list.len(), keys.len());
                prop_assert!(list.iter().all(|&i| shown(i) < keys.len()));
            }
            (Body::Order { items, .. }, Answer::Order(list)) => {
                prop_assert_eq!(list.into_iter().map(shown).collect::<Vec<_>>(), (0..items.len()).collect::<Vec<_>>());
            }
            (Body::Match { .. }, Answer::Match(list)) => {
                for (left, partner) in list.iter().enumerate() {
                    prop_assert_eq!(dealt.right[usize::from(partner.unwrap())], dealt.order[left]);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn an_answer_fits_exactly_when_the_documentation_says_so((question, dealt) in dealt_question(), answer in any_answer()) {
        prop_assert_eq!(answer.fits(&question, &dealt).is_ok(), should_fit(&question, &dealt, &answer));
    }

    #[test]
    fn answers_that_the_screen_can_give_fit((question, dealt, answer) in dealt_with_answer()) {
        prop_assert_eq!(answer.fits(&question, &dealt), Ok(()));
    }

    #[test]
    fn grading_anything_at_all_stays_in_bounds((question, dealt) in dealt_question(), answer in any_answer(), other in any_answer()) {
        let key = Key::of(&question, &dealt);
        let credit = grade(&question, &key, &answer);
        prop_assert!(credit <= Credit::FULL);
        // Nor does a key that makes no sense crash it.
        let nonsense = Key { answer: other, accept: Vec::new() };
        prop_assert!(grade(&question, &nonsense, &answer) <= Credit::FULL);
    }

    #[test]
    fn only_the_key_earns_everything((question, dealt, answer) in dealt_with_answer()) {
        let key = Key::of(&question, &dealt);
        let credit = grade(&question, &key, &answer);
        prop_assert!(credit <= Credit::FULL);
        prop_assert_eq!(credit == Credit::FULL, is_key(&question, &key, &answer), "{:?} earned {:?}", answer, credit);
        prop_assert_eq!(Grader::new(&question, &key).grade(&answer), credit);
    }

    #[test]
    fn a_corrected_key_grades_like_an_original_one((question, dealt, corrected) in dealt_with_answer(), answer in any_answer()) {
        let key = Key { answer: corrected, accept: Vec::new() };
        prop_assert_eq!(grade(&question, &key, &key.answer), Credit::FULL);
        if answer.fits(&question, &dealt).is_ok() && !is_key(&question, &key, &answer) {
            let folds_alike = matches!((&key.answer, &answer), (Answer::Text(a), Answer::Text(b)) if fold(a) == fold(b));
            prop_assert!(folds_alike || grade(&question, &key, &answer) < Credit::FULL);
        }
    }

    #[test]
    fn shown_places_do_not_change_what_an_answer_earns(pairs in 2..=8_usize, seeds in (any_seed(), any_seed()), picks in vec(any::<prop::sample::Index>(), 8)) {
        // The same pairs joined in two deals: left i with the right side picks[i], first come first served.
        let question = question("q", matching(pairs, 2));
        let join = |dealt: &Dealt| {
            let mut free: Vec<u8> = (0..count(pairs + 2)).collect();
            let partners: Vec<u8> = picks.iter().take(pairs).map(|pick| free.swap_remove(pick.index(free.len()))).collect();
            let shown = |canonical: u8| dealt.right.iter().position(|&r| r == canonical).map(count);
            Answer::Match(dealt.order.iter().map(|&left| shown(partners[usize::from(left)])).collect())
        };
        let credits = [seeds.0, seeds.1].map(|seed| {
            let dealt = deal(&question, seed);
            grade(&question, &Key::of(&question, &dealt), &join(&dealt))
        });
        prop_assert_eq!(credits[0], credits[1]);
    }
}

#[test]
fn malformed_answers_are_refused_with_their_reason() {
    let refused = |body: Body, answer: Answer| {
        let (question, dealt, _) = straight(body);
        answer.fits(&question, &dealt).unwrap_err()
    };
    let scale = || number(5.0, 0.0, 10.0, 0.5, 1.0);
    assert_eq!(refused(choice(4), Answer::Choice(4)), Malformed::Index);
    assert_eq!(refused(choice(4), Answer::TrueFalse(true)), Malformed::Kind);
    assert_eq!(refused(multi(2, 2), Answer::MultiChoice(vec![0, 4])), Malformed::Index);
    assert_eq!(refused(multi(2, 2), Answer::MultiChoice(vec![1, 0])), Malformed::Index);
    assert_eq!(refused(multi(2, 2), Answer::MultiChoice(vec![1, 1])), Malformed::Index);
    assert_eq!(refused(order(3), Answer::Order(vec![0, 1])), Malformed::Length);
    assert_eq!(refused(order(3), Answer::Order(vec![0, 1, 2, 3])), Malformed::Length);
    assert_eq!(refused(order(3), Answer::Order(vec![0, 1, 1])), Malformed::Index);
    assert_eq!(refused(order(3), Answer::Order(vec![0, 1, 3])), Malformed::Index);
    assert_eq!(refused(matching(2, 1), Answer::Match(vec![None])), Malformed::Length);
    assert_eq!(refused(matching(2, 1), Answer::Match(vec![Some(1), Some(1)])), Malformed::Index);
    assert_eq!(refused(matching(2, 1), Answer::Match(vec![None, Some(3)])), Malformed::Index);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.5, 10.5, 0.25, 5.001, 1e300, -1e300] {
        assert_eq!(refused(scale(), Answer::Number(value)), Malformed::Number, "{value}");
    }
    for typed in ["", "  ", "\u{200b}", "\u{301}", &"a".repeat(201)] {
        assert_eq!(refused(text("Lyon", &[]), Answer::Text(typed.into())), Malformed::Text, "{typed}");
    }
}

#[test]
fn decimals_typed_or_counted_up_lie_on_the_scale() {
    let (question, dealt, key) = straight(number(0.3, -1.0, 1.0, 0.1, 0.2));
    for value in [0.3, 0.1 + 0.2, -1.0 + 13.0 * 0.1, 1.0, -1.0, -0.0] {
        assert_eq!(Answer::Number(value).fits(&question, &dealt), Ok(()), "{value}");
    }
    assert_eq!(grade(&question, &key, &Answer::Number(0.1 + 0.2)), Credit::FULL);
    // Exactly the tolerance away, and the highest value, but for the last bit.
    assert!(grade(&question, &key, &Answer::Number(0.5)) > Credit::NONE);
    assert!(grade(&question, &key, &Answer::Number(0.1)) > Credit::NONE);
    assert_eq!(grade(&question, &key, &Answer::Number(0.6)), Credit::NONE);
    assert_eq!(earned(number(0.7, 0.0, 1.0, 0.1, 0.1), &Answer::Number(0.8)), 500);
    assert_eq!(earned(number(0.3, 0.0, 0.3, 0.1, 0.0), &Answer::Number(3.0 * 0.1)), 1000);
}
