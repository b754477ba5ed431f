//! Time limits, points and streaks.

use super::draws::{small_bank, turned};
use super::*;

proptest! {
    #[test]
    fn points_never_grow_with_time(credit in 0..=1000_u16, limit in 1..2_000_000_u64, times in (any::<u64>(), 0..3_000_000_u64, 0..3_000_000_u64)) {
        let mut times = [times.0, times.1, times.2];
        times.sort_unstable();
        let at = times.map(|elapsed| points(Scoring::Speed, Credit(credit), elapsed, Some(limit)));
        prop_assert!(at.is_sorted_by(|a, b| a >= b), "{:?} at {:?}", at, times);
        prop_assert!(at.iter().all(|&points| points <= credit.into() && points >= u32::from(credit) / 2));
    }

    #[test]
    fn points_are_half_at_the_buzzer_and_after(credit in 0..=1000_u16, limit in 500..2_000_000_u64, after in 0..1_000_000_u64) {
        prop_assert_eq!(points(Scoring::Speed, Credit(credit), limit, Some(limit)), u32::from(credit) / 2);
        prop_assert_eq!(points(Scoring::Speed, Credit(credit), limit + after, Some(limit)), u32::from(credit) / 2);
        prop_assert_eq!(points(Scoring::Speed, Credit::FULL, limit, Some(limit)), 500);
    }

    #[test]
    fn points_are_full_at_once_or_without_a_limit(credit in 0..=1000_u16, early in 0..500_u64, elapsed in any::<u64>(), limit in any::<u64>()) {
        prop_assert_eq!(points(Scoring::Speed, Credit(credit), early, Some(limit)), u32::from(credit));
        prop_assert_eq!(points(Scoring::Speed, Credit(credit), elapsed, None), u32::from(credit));
    }

    #[test]
    fn accuracy_takes_no_notice_of_time(credit in 0..=1000_u16, elapsed in any::<u64>(), limit in any::<Option<u64>>()) {
        prop_assert_eq!(points(Scoring::Accuracy, Credit(credit), elapsed, limit), u32::from(credit));
    }

    #[test]
    fn the_limit_does_not_tell_the_key(
        pace in prop::sample::select(vec![Pace::Relaxed, Pace::Standard]),
        extra in prop::sample::select(Extra::CHOICES.to_vec()),
        longer in 0..240_usize,
    ) {
        let bank = small_bank();
        let turned = turned(&bank);
        let limit = |question: &Question| {
            let stem = "x".repeat(longer);
            limit_ms(&Question { stem, ..question.clone() }, pace, extra)
        };
        for (_, question) in bank.questions() {
            let (_, other) = turned.questions().find(|(_, other)| other.id == question.id).unwrap();
            prop_assert_eq!(limit(question), limit(other), "{}", question.id);
        }
    }
}

#[test]
fn speed_scoring_as_written_down_here() {
    let at = |elapsed| points(Scoring::Speed, Credit::FULL, elapsed, Some(20_000));
    assert_eq!(
        [0, 499, 500, 5_000, 10_000, 19_999, 20_000, u64::MAX].map(at),
        [1000, 1000, 987, 875, 750, 500, 500, 500]
    );
    assert_eq!(points(Scoring::Speed, Credit(333), 20_000, Some(20_000)), 166);
    assert_eq!(points(Scoring::Speed, Credit::FULL, 500, Some(0)), 500);
    assert_eq!(points(Scoring::Speed, Credit::FULL, 1000, Some(u64::MAX)), 999);
}

#[test]
fn every_kind_has_its_time() {
    let standard = |body: Body| limit_ms(&question("q", body), Pace::Standard, Extra::default()).unwrap();
    assert_eq!(standard(choice(4)), 20_000);
    assert_eq!(standard(Body::TrueFalse { key: true }), 15_000);
    assert_eq!(standard(multi(2, 2)), 30_000);
    assert_eq!(standard(number(1.0, 0.0, 9.0, 1.0, 0.0)), 30_000);
    assert_eq!(standard(text("word", &[])), 40_000);
    assert_eq!(standard(order(4)), 45_000);
    assert_eq!(standard(matching(3, 1)), 60_000);
}

#[test]
fn long_questions_get_time_to_read_and_players_more_on_request() {
    let mut question = question("q", Body::TrueFalse { key: true });
    let mut limit = |stem: usize, pace, extra| {
        question.stem = "é".repeat(stem);
        limit_ms(&question, pace, Extra(extra))
    };
    assert_eq!(limit(120, Pace::Standard, 10), Some(15_000));
    assert_eq!(limit(121, Pace::Standard, 10), Some(16_000));
    assert_eq!(limit(180, Pace::Standard, 10), Some(16_000));
    assert_eq!(limit(181, Pace::Standard, 10), Some(17_000));
    assert_eq!(limit(10, Pace::Relaxed, 10), Some(30_000));
    assert_eq!(limit(10, Pace::Standard, 15), Some(22_500));
    assert_eq!(limit(10, Pace::Relaxed, 100), Some(300_000));
    assert_eq!(limit(10, Pace::Standard, 0), Some(15_000), "less than none counts as none");
    assert_eq!(limit(10, Pace::None, 100), None);
    question.stem = "?".into();
    question.seconds = Some(90);
    assert_eq!(limit_ms(&question, Pace::Standard, Extra::default()), Some(90_000));
}

#[test]
fn a_streak_is_the_run_of_full_credit_at_the_end() {
    let run = |credits: &[u16]| streak(credits.iter().copied().map(Credit));
    assert_eq!(run(&[]), 0);
    assert_eq!(run(&[1000, 1000]), 2);
    assert_eq!(run(&[1000, 999]), 0);
    assert_eq!(run(&[1000, 0, 1000, 1000, 1000]), 3);
}
