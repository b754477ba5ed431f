//! What an answer earns.

use super::*;

#[test]
fn wrong_ticks_cost_what_right_ones_earn() {
    let ticks = |list: &[u8]| earned(multi(3, 3), &Answer::MultiChoice(list.to_vec()));
    assert_eq!(ticks(&[0, 1, 2]), 1000);
    assert_eq!(ticks(&[0, 1]), 667);
    assert_eq!(ticks(&[0]), 333);
    assert_eq!(ticks(&[0, 1, 2, 3]), 667);
    assert_eq!(ticks(&[0, 1, 3]), 333);
    assert_eq!(ticks(&[0, 3, 4]), 0);
    assert_eq!(ticks(&[0, 1, 2, 3, 4, 5]), 0);
    assert_eq!(ticks(&[]), 0);
}

#[test]
fn pairs_left_open_cost_nothing_and_wrong_ones_do() {
    let joined = |list: &[Option<u8>]| earned(matching(4, 1), &Answer::Match(list.to_vec()));
    assert_eq!(joined(&[Some(0), Some(1), Some(2), Some(3)]), 1000);
    assert_eq!(joined(&[Some(0), Some(1), None, None]), 500);
    assert_eq!(joined(&[Some(0), Some(1), Some(2), Some(4)]), 500);
    assert_eq!(joined(&[Some(0), Some(1), Some(3), Some(2)]), 0);
    assert_eq!(joined(&[None; 4]), 0);
}

#[test]
fn an_order_earns_its_share_of_pairs_in_order() {
    let sorted = |list: &[u8]| earned(order(4), &Answer::Order(list.to_vec()));
    assert_eq!(sorted(&[0, 1, 2, 3]), 1000);
    assert_eq!(sorted(&[1, 0, 2, 3]), 833);
    assert_eq!(sorted(&[3, 0, 1, 2]), 500);
    assert_eq!(sorted(&[3, 2, 1, 0]), 0);
}

#[test]
fn a_number_earns_less_the_farther_it_is_off() {
    let off = |distance: f64| earned(number(50.0, 0.0, 100.0, 1.0, 3.0), &Answer::Number(50.0 + distance));
    assert_eq!([0.0, 1.0, 2.0, 3.0, 4.0].map(off), [1000, 750, 500, 250, 0]);
    assert_eq!([-1.0, -2.0, -3.0, -4.0].map(off), [750, 500, 250, 0]);
    let strict = number(50.0, 0.0, 100.0, 1.0, 0.0);
    assert_eq!(earned(strict, &Answer::Number(51.0)), 0);
    // So near that rounding would make it everything, and so far that it would make it nothing.
    let wide = || number(0.0, 0.0, 1e6, 1.0, 1e5);
    assert_eq!(earned(wide(), &Answer::Number(1.0)), 999);
    assert_eq!(earned(wide(), &Answer::Number(1e5)), 1);
}

#[test]
fn typed_answers_count_when_they_fold_to_the_key_or_an_accepted_one() {
    let typed = |answer: &str| earned(text("Saint-Denis", &["St Denis", "Διόνυσος"]), &Answer::Text(answer.into()));
    for right in ["Saint-Denis", "saint denis", " SAINT  DENIS ", "St. Denis", "ΔΙΟΝΥΣΟΣ"] {
        assert_eq!(typed(right), 1000, "{right}");
    }
    for wrong in ["Denis", "Saint", "Saint-Deni", "?"] {
        assert_eq!(typed(wrong), 0, "{wrong}");
    }
}

#[test]
fn an_answer_of_another_kind_earns_nothing() {
    let (question, _, key) = straight(choice(3));
    assert_eq!(grade(&question, &key, &Answer::TrueFalse(true)), Credit::NONE);
}
