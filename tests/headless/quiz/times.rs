//! Time-outs, pauses, speed scoring, going on by itself: all by hand, without a sleep.

use roundtable::quiz::*;
use roundtable::rules::{Extra, Pace, Scoring};

use super::*;

fn limit(game: &Game) -> u64 {
    game.view(Seat::Player(0)).timer.expect("a timer").limit_ms
}

#[test]
fn a_question_times_out_and_says_so() {
    let mut game = Game::solo();
    game.ask();
    let limit = limit(&game);
    assert_eq!(game.quiz.next_deadline(), Some(Stamp(limit)));
    game.pass(limit - 1);
    assert_eq!(game.stage(), Stage::Asking);
    game.pass(1);
    assert_eq!(game.stage(), Stage::Feedback);
    assert_eq!(game.you(0).points, 0);
}

#[test]
fn an_answer_at_the_buzzer_counts_and_one_after_it_is_too_late() {
    for (late, expected) in [(0, Ok(())), (1, Err(Refused::TooLate))] {
        let mut game = Game::solo();
        game.ask();
        let key = game.key().answer;
        game.now = limit(&game) + late;
        assert_eq!(game.answer(0, key).map(|_| ()), expected);
    }
}

#[test]
fn without_a_timer_nothing_ever_ends_by_itself() {
    let mut game = Game::of(BANK, Settings { pace: Pace::None, ..settings() }, 1);
    game.ask();
    assert_eq!(game.quiz.next_deadline(), None);
    game.pass(u64::MAX / 2);
    assert_eq!(game.stage(), Stage::Asking);
}

#[test]
fn extra_time_stretches_the_limit() {
    let mut plain = Game::solo();
    plain.ask();
    let mut stretched = Game::of(BANK, Settings { extra: Extra(100), ..settings() }, 1);
    stretched.ask();
    assert_eq!(limit(&stretched), 10 * limit(&plain));
}

#[test]
fn a_pause_stops_the_clock_hides_the_question_and_refuses_answers() {
    let mut game = Game::solo();
    game.ask();
    let key = game.key().answer;
    let whole = limit(&game);
    game.pass(2000);
    game.ok(Command::Pause { reason: PauseReason::Player });
    assert_eq!(game.submit(Command::Pause { reason: PauseReason::Sleep }), Err(Refused::Paused));
    game.pass(3_600_000);
    let view = game.view(Seat::Player(0));
    assert_eq!((view.stage, view.paused), (Stage::Asking, Some(PauseReason::Player)));
    assert!(view.shown.question.is_none(), "stem and options are hidden");
    assert_eq!(view.timer.map(|timer| (timer.left_ms, timer.ends)), Some((whole - 2000, None)));
    assert_eq!(game.answer(0, key.clone()), Err(Refused::Paused));
    assert_eq!(game.submit(Command::Next), Err(Refused::Paused));
    game.ok(Command::Resume);
    assert_eq!(game.submit(Command::Resume), Err(Refused::NotPaused));
    game.pass(whole - 2001);
    assert_eq!(game.stage(), Stage::Asking, "the time in the pause was given back");
    assert!(game.answer(0, key).is_ok());
}

#[test]
fn no_pause_in_the_lobby_or_at_the_end() {
    let mut game = Game::solo();
    assert_eq!(game.submit(Command::Pause { reason: PauseReason::Player }), Err(Refused::WrongStage));
    game.ok(Command::Abandon);
    assert_eq!(game.submit(Command::Pause { reason: PauseReason::Player }), Err(Refused::WrongStage));
}

#[test]
fn speed_pays_and_a_pause_costs_nothing() {
    let speed = Settings { scoring: Scoring::Speed, ..settings() };
    let earn = |wait: u64, pause: u64| {
        let mut game = Game::of(BANK, speed.clone(), 1);
        game.ask();
        let key = game.key().answer;
        game.pass(wait);
        if pause > 0 {
            game.ok(Command::Pause { reason: PauseReason::Teacher });
            game.pass(pause);
            game.ok(Command::Resume);
        }
        game.answer(0, key).expect("in time");
        game.you(0).points
    };
    assert_eq!(earn(499, 0), 1000);
    assert!(earn(5000, 0) < 1000);
    assert_eq!(earn(5000, 0), earn(5000, 60_000));
}

#[test]
fn feedback_and_standings_go_on_by_themselves_if_so_agreed() {
    let mut game = Game::of(BANK, Settings { next_after_ms: Some(4000), ..settings() }, 1);
    game.ok(Command::Next);
    assert_eq!(game.stage(), Stage::RoundIntro);
    game.pass(4000);
    assert_eq!(game.stage(), Stage::Asking);
    game.ok(Command::Reveal);
    game.pass(3999);
    assert_eq!(game.stage(), Stage::Feedback);
    game.pass(1);
    assert_eq!(game.stage(), Stage::Asking);
}

#[test]
fn stamps_that_come_out_of_order_never_turn_time_back() {
    let mut game = Game::solo();
    game.ask();
    game.pass(5000);
    game.ok(Command::Pause { reason: PauseReason::Player });
    assert!(game.quiz.submit(Command::Resume, Stamp(10)).is_ok());
    assert_eq!(game.quiz.last_stamp(), Stamp(5000));
}

#[test]
fn a_clock_that_jumps_far_ahead_closes_the_question_at_its_deadline() {
    let mut game = Game::solo();
    game.ask();
    let limit = limit(&game);
    game.pass(limit * 1000);
    assert_eq!(game.quiz.last_stamp(), Stamp(limit));
}
