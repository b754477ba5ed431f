//! Random commands, valid and not, in random order: no panic, no broken invariant, every command answered.

use proptest::prelude::*;
use roundtable::quiz::journal::{Event, replay_as_is};
use roundtable::quiz::*;
use roundtable::rules::{Answer, Extra, Key, Scoring};

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Do(Command),
    /// A fitting answer of a player: the key, or something wrong.
    Play(u32, bool),
    Wait(u64),
    /// A stamp from the past.
    Late(Command, u64),
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        any::<u8>().prop_map(Answer::Choice),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Answer::MultiChoice),
        any::<bool>().prop_map(Answer::TrueFalse),
        any::<f64>().prop_map(Answer::Number),
        prop::collection::vec(0..6_u8, 0..6).prop_map(Answer::Order),
        prop::collection::vec(prop::option::of(0..6_u8), 0..6).prop_map(Answer::Match),
        ".{0,12}".prop_map(Answer::Text),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        8 => Just(Command::Next),
        2 => "[a-c]{0,3}".prop_map(|name| Command::Join { name }),
        4 => (0..5_u32, 0..9_u32, answer())
            .prop_map(|(player, question, answer)| Command::Answer { player, question, answer, sure: None }),
        1 => (0..5_u32, 0..9_u32).prop_map(|(player, question)| Command::Sure { player, question, sure: Sureness::Sure }),
        1 => Just(Command::Reveal),
        1 => Just(Command::Skip),
        1 => Just(Command::Pause { reason: PauseReason::Player }),
        2 => Just(Command::Resume),
        1 => (0..9_u32).prop_map(|question| Command::Void { question }),
        1 => (0..9_u32, answer())
            .prop_map(|(question, answer)| Command::Correct { question, key: Key { answer, accept: vec!["x".to_owned()] } }),
        2 => Just(Command::Undo),
        1 => prop_oneof![
            Just(Command::Lock),
            Just(Command::Unlock),
            Just(Command::Close),
            (0..5_u32, -2000..3000_i32).prop_map(|(player, points)| Command::Adjust { player, points }),
            (0..5_u32).prop_map(|player| Command::Kick { player }),
            (0..5_u32, "[a-c]{0,3}").prop_map(|(player, name)| Command::Rename { player, name }),
            (0..5_u32, any::<u8>()).prop_map(|(player, tenths)| Command::Extra { player, extra: Extra(tenths) }),
        ],
        1 => (0..9_u32).prop_map(|question| Command::Revote { question }),
        4 => prop::collection::vec(0..4_u32, 0..4).prop_map(|players| Command::Buzz { players }),
        // Seldom, or no match would get far.
        1 => (0..10_u8).prop_map(|chance| if chance == 0 { Command::Abandon } else { Command::Next }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => command().prop_map(Step::Do),
        8 => (0..4_u32, any::<bool>()).prop_map(|(player, right)| Step::Play(player, right)),
        3 => (0..40_000_u64).prop_map(Step::Wait),
        1 => (command(), 0..40_000_u64).prop_map(|(command, back)| Step::Late(command, back)),
    ]
}

fn legal(from: Stage, to: Stage) -> bool {
    use Stage::{Asking, Feedback, Finished, Lobby, RoundIntro, Standings};
    // From the last table, or abandoned anywhere.
    let over = to == Finished;
    from == to
        || over
        || matches!(
            (from, to),
            (Lobby | Standings, RoundIntro)
                | (RoundIntro, Asking)
                | (Asking, Feedback)
                | (Feedback, Asking | Standings)
        )
}

/// Where nothing waits, a command's step and the clock's own come at one stamp.
fn legal_at_once(from: Stage, to: Stage) -> bool {
    use Stage::{Asking, Feedback, Finished, Lobby, RoundIntro, Standings};
    let between = [Lobby, RoundIntro, Asking, Feedback, Standings, Finished];
    between.into_iter().any(|stage| legal(from, stage) && legal(stage, to))
}

fn check(game: &Game, before: Stage) {
    let waits = game.quiz.settings().next_after_ms != Some(0);
    let may = if waits { legal(before, game.stage()) } else { legal_at_once(before, game.stage()) };
    assert!(may, "{before:?} to {:?}", game.stage());
    for seat in [Seat::Host, Seat::Projector, Seat::Player(0), Seat::Player(1), Seat::Player(77)] {
        let view = game.view(seat);
        assert_eq!(view.stage, game.stage());
        assert!(view.shown.reveal.is_none() || view.stage == Stage::Feedback);
        assert!(seat == Seat::Host || view.host.is_none());
        if let Some(you) = view.you {
            let by_hand: u32 = game
                .quiz
                .records()
                .iter()
                .filter_map(|record| match record.event {
                    Event::Command(Command::Adjust { points, .. }) => Some(points.max(0).unsigned_abs()),
                    _ => None,
                })
                .sum();
            assert!(you.points <= 1000 * view.shown.progress.question + by_hand, "{} points", you.points);
            assert!(you.credit <= 1000 * view.shown.progress.question);
            assert!(you.place >= 1 || you.points == 0);
        }
        if let Some(buzz) = &view.shown.buzz {
            let out: Vec<u32> = buzz.out.iter().map(|out| out.player).collect();
            assert!(buzz.open.iter().all(|player| !out.contains(player) && buzz.holder != Some(*player)), "{buzz:?}");
            assert!(buzz.holder.is_none_or(|holder| !out.contains(&holder) && buzz.taken.is_none()), "{buzz:?}");
        }
        let rows = &view.shown.standings;
        assert!(rows.windows(2).all(|pair| pair[0].points >= pair[1].points && pair[0].place <= pair[1].place));
    }
}

/// Whoever was sent away has none to show.
fn points(game: &Game, players: u32) -> Vec<Option<u32>> {
    (0..players).map(|player| game.quiz.you(player).map(|you| you.points)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_commands_in_any_order_leave_a_match_that_holds_together(
        steps in prop::collection::vec(step(), 1..120),
        players in 0..4_u32,
        play in prop_oneof![Just(Play::Together), Just(Play::Turns), Just(Play::Buzz)],
        speed in any::<bool>(),
        next_after_ms in prop::option::of(0..9000_u64),
        (late_join, hold, grace_ms) in (any::<bool>(), any::<bool>(), prop_oneof![Just(0), 1..200_u32]),
    ) {
        let settings = Settings {
            play,
            scoring: if speed { Scoring::Speed } else { Scoring::Accuracy },
            extra: Extra(15),
            next_after_ms,
            late_join,
            hold,
            grace_ms,
            ..settings()
        };
        let mut game = Game::of(BANK, settings, players);
        for step in steps {
            let before = game.stage();
            match step {
                Step::Do(command) => {
                    // A question may time out first; the command itself makes at most one further step.
                    game.quiz.advance(Stamp(game.now));
                    game.save();
                    let before = game.stage();
                    let points = points(&game, players);
                    if game.submit(command).is_err() && game.stage() == before {
                        prop_assert_eq!(points, self::points(&game, players), "a refused command changes nothing");
                    }
                    check(&game, before);
                }
                Step::Play(player, right) => {
                    if let (Some(host), Some(question)) =
                        (game.view(Seat::Host).host, game.view(Seat::Host).shown.question.clone())
                    {
                        let key = host.key.answer.clone();
                        let _ = game.answer(player, if right { key } else { wrong(&question.ask, &key) });
                    }
                    check(&game, before);
                }
                Step::Wait(ms) => game.pass(ms),
                Step::Late(command, back) => {
                    let _ = game.quiz.submit(command, Stamp(game.now.saturating_sub(back)));
                    game.save();
                }
            }
        }
        // Whatever happened: the journal rebuilds it to the point.
        game.save();
        let again = replay_as_is(game.written.as_bytes()).expect("its own journal is readable");
        prop_assert!(!again.torn);
        let at = game.quiz.last_stamp();
        for seat in [Seat::Host, Seat::Projector, Seat::Player(0), Seat::Player(3)] {
            prop_assert_eq!(again.game.view(seat, at), game.quiz.view(seat, at));
        }
    }
}
