//! Teams at one screen: who buzzes first, who it passes on to, verdicts taken back, points by hand.

use proptest::prelude::*;
use roundtable::quiz::journal::{Unreadable, replay, replay_as_is};
use roundtable::quiz::*;
use roundtable::rules::{Answer, Credit, Extra, Scoring, first_of};

use super::*;

fn buzz() -> Settings {
    Settings { play: Play::Buzz, scoring: Scoring::Speed, ..settings() }
}

fn press(game: &mut Game, players: &[u32]) -> Reply {
    game.submit(Command::Buzz { players: players.to_vec() })
}

fn shown(game: &Game) -> BuzzView {
    game.view(Seat::Projector).shown.buzz.clone().expect("a buzz-in match says who holds the buzz")
}

fn points(game: &Game) -> Vec<u32> {
    (0..game.quiz.seats()).map(|player| game.you(player).points).collect()
}

/// Asks until a question of this kind is open.
fn ask_for(game: &mut Game, kind: bank::Kind) -> (Answer, Answer) {
    loop {
        let question = game.ask();
        let key = game.key().answer;
        if question.ask.kind() == kind {
            return (key.clone(), wrong(&question.ask, &key));
        }
        game.ok(Command::Skip);
    }
}

fn replays(game: &Game) {
    let again = replay_as_is(game.written.as_bytes()).expect("its own journal").game;
    for seat in [Seat::Projector, Seat::Host, Seat::Player(0), Seat::Player(1), Seat::Player(2)] {
        assert_eq!(again.view(seat, Stamp(game.now)), game.view(seat), "{seat:?}");
    }
}

#[test]
fn the_first_press_answers_and_nobody_else() {
    let mut game = Game::of(BANK, buzz(), 3);
    assert_eq!(press(&mut game, &[1]), Err(Refused::WrongStage));
    game.ask();
    let key = game.key().answer;
    assert_eq!(game.answer(1, key.clone()), Err(Refused::BuzzFirst));
    assert_eq!(press(&mut game, &[]), Err(Refused::NobodyHere));
    assert_eq!(press(&mut game, &[7]), Err(Refused::NoSuchPlayer));
    assert!(!game.you(1).may_answer);
    assert_eq!(press(&mut game, &[1]), Ok(Accepted::Buzzed(1)));
    assert_eq!((shown(&game).holder, shown(&game).open, shown(&game).together), (Some(1), vec![0, 2], vec![]));
    assert!(game.you(1).may_answer && !game.you(0).may_answer);
    assert_eq!(press(&mut game, &[0]), Err(Refused::SomebodyAnswers));
    assert_eq!(game.answer(0, key.clone()), Err(Refused::SomebodyAnswers));
    game.answer(1, key).unwrap();
    assert_eq!(game.stage(), Stage::Feedback, "a right answer ends the question");
    assert_eq!((shown(&game).taken, points(&game)), (Some(1), vec![0, 1000, 0]));
    assert_eq!(game.you(0).so_far.as_slice(), [None], "who did not try has nothing to answer for");
    replays(&game);
}

#[test]
fn a_wrong_answer_passes_on_until_everybody_has_had_a_try() {
    let mut game = Game::of(BANK, buzz(), 3);
    let question = game.ask();
    let key = game.key().answer;
    let other = wrong(&question.ask, &key);
    press(&mut game, &[2]).unwrap();
    game.answer(2, other.clone()).unwrap();
    assert_eq!(game.stage(), Stage::Asking);
    assert_eq!(shown(&game).out, [OutView { player: 2, tried: Some(other.clone()) }]);
    assert_eq!((shown(&game).holder, shown(&game).open), (None, vec![0, 1]));
    assert!(game.view(Seat::Projector).shown.reveal.is_none(), "the right answer is not told");
    assert_eq!(press(&mut game, &[2]), Err(Refused::LockedOut));
    assert_eq!(press(&mut game, &[0, 2]), Ok(Accepted::Buzzed(0)), "whoever is locked out is passed over");
    game.answer(0, other.clone()).unwrap();
    press(&mut game, &[1]).unwrap();
    game.answer(1, other).unwrap();
    assert_eq!((game.stage(), points(&game)), (Stage::Feedback, vec![0, 0, 0]));
    game.ask();
    assert_eq!(shown(&game).open, [0, 1, 2], "all may try the next question");
    replays(&game);
}

#[test]
fn seconds_to_answer_run_for_the_holder_while_the_questions_own_stand() {
    let mut game = Game::of(BANK, buzz(), 2);
    ask_for(&mut game, bank::Kind::Choice);
    let timer = |game: &Game| game.view(Seat::Projector).timer.expect("a timer");
    assert_eq!(timer(&game).limit_ms, 20_000);
    game.pass(15_000);
    press(&mut game, &[0]).unwrap();
    assert_eq!((timer(&game).limit_ms, timer(&game).left_ms), (10_000, 10_000), "half, at least ten seconds");
    game.pass(4000);
    game.ok(Command::Pause { reason: PauseReason::Teacher });
    game.pass(60_000);
    assert_eq!((timer(&game).left_ms, timer(&game).ends), (6000, None));
    game.ok(Command::Resume);
    game.pass(5999);
    assert_eq!(shown(&game).holder, Some(0));
    game.pass(1);
    assert_eq!(shown(&game).out, [OutView { player: 0, tried: None }], "no answer in time passes on");
    assert_eq!((timer(&game).limit_ms, timer(&game).left_ms), (20_000, 5000), "the question goes on where it stood");
    game.pass(5000);
    assert_eq!(game.stage(), Stage::Feedback);
    assert_eq!(game.you(0).so_far.last(), Some(&Some(Credit::NONE)));
    assert_eq!(game.you(1).so_far.last(), Some(&None));
    replays(&game);
}

#[test]
fn an_answer_in_the_last_millisecond_counts_and_one_later_does_not() {
    for (late, counts) in [(0, true), (1, false)] {
        let mut game = Game::of(BANK, Settings { extra: Extra(20), ..buzz() }, 2);
        let (key, _) = ask_for(&mut game, bank::Kind::Choice);
        press(&mut game, &[0]).unwrap();
        game.now += 20_000 + late;
        assert_eq!(game.answer(0, key).is_ok(), counts);
        assert_eq!(points(&game), [u32::from(counts) * 1000, 0]);
    }
}

#[test]
fn without_a_timer_nobody_is_hurried() {
    let mut game = Game::of(BANK, Settings { pace: Pace::None, ..buzz() }, 2);
    game.ask();
    press(&mut game, &[0]).unwrap();
    assert_eq!((game.quiz.next_deadline(), game.view(Seat::Projector).timer), (None, None));
}

#[test]
fn only_all_of_an_answer_takes_a_question_but_a_near_number_does() {
    let mut game = Game::of(BANK, buzz(), 2);
    let (Answer::Order(mut order), _) = ask_for(&mut game, bank::Kind::Order) else { panic!("an order") };
    order.swap(0, 1);
    press(&mut game, &[0]).unwrap();
    game.answer(0, Answer::Order(order)).unwrap();
    assert_eq!(game.stage(), Stage::Asking, "nearly right is not right");
    let mut game = Game::of(BANK, buzz(), 2);
    ask_for(&mut game, bank::Kind::Number);
    press(&mut game, &[1]).unwrap();
    game.answer(1, Answer::Number(9.0)).unwrap();
    assert_eq!((game.stage(), points(&game)), (Stage::Feedback, vec![0, 750]));
    replays(&game);
}

#[test]
fn a_verdict_taken_back_gives_the_team_its_try_again() {
    let mut game = Game::of(BANK, buzz(), 3);
    let question = game.ask();
    let key = game.key().answer;
    assert_eq!(game.submit(Command::Undo), Err(Refused::NothingToUndo));
    press(&mut game, &[0]).unwrap();
    game.pass(3000);
    game.answer(0, wrong(&question.ask, &key)).unwrap();
    press(&mut game, &[1]).unwrap();
    let undo = |game: &Game| game.view(Seat::Projector).shown.undo;
    assert_eq!(undo(&game), Some(Undoable::Verdict { player: 0, question: 1 }));
    game.ok(Command::Undo);
    assert_eq!((shown(&game).holder, shown(&game).out, undo(&game)), (Some(0), vec![], None));
    assert_eq!(game.view(Seat::Projector).timer.unwrap().left_ms, game.view(Seat::Projector).timer.unwrap().limit_ms);
    replays(&game);
    game.answer(0, key).unwrap();
    assert_eq!(points(&game), [1000, 0, 0]);
    game.ok(Command::Undo);
    assert_eq!(points(&game), [0, 0, 0]);
    assert_eq!((game.stage(), game.you(0).answer), (Stage::Feedback, None), "the right answer has been told");
    replays(&game);
}

#[test]
fn seconds_that_ran_out_can_be_given_back() {
    let mut game = Game::of(BANK, buzz(), 2);
    ask_for(&mut game, bank::Kind::Choice);
    press(&mut game, &[1]).unwrap();
    game.pass(10_000);
    assert_eq!(shown(&game).holder, None);
    game.ok(Command::Undo);
    assert_eq!((shown(&game).holder, game.view(Seat::Projector).timer.unwrap().left_ms), (Some(1), 10_000));
    replays(&game);
}

#[test]
fn in_turns_a_verdict_taken_back_earns_nothing() {
    let mut game = Game::of(BANK, Settings { play: Play::Turns, ..settings() }, 2);
    game.ask();
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    assert_eq!(points(&game), [1000, 0]);
    game.ok(Command::Undo);
    assert_eq!((points(&game), game.view(Seat::Projector).shown.undo), (vec![0, 0], None));
    replays(&game);
}

#[test]
fn points_by_hand_are_journalled_bounded_and_taken_back() {
    let mut game = Game::of(BANK, buzz(), 2);
    let adjust = |player, points| Command::Adjust { player, points };
    assert_eq!(game.submit(adjust(0, 100)), Err(Refused::WrongStage));
    game.ask();
    for bad in [0, -1, MAX_ADJUST + 1, i32::MIN, i32::MAX] {
        assert_eq!(game.submit(adjust(0, bad)), Err(Refused::BadPoints), "{bad}");
    }
    assert_eq!(game.submit(adjust(5, 100)), Err(Refused::NoSuchPlayer));
    game.ok(adjust(0, 500));
    game.ok(adjust(1, 700));
    assert_eq!((points(&game), game.you(1).place), (vec![500, 700], 1), "at once, in the middle of a question");
    game.ok(adjust(1, -700));
    game.ok(Command::Undo);
    assert_eq!(points(&game), [500, 700]);
    while game.stage() != Stage::Finished {
        game.ok(if game.stage() == Stage::Asking { Command::Skip } else { Command::Next });
    }
    game.ok(adjust(0, 200));
    let rows: Vec<_> = game.view(Seat::Projector).shown.standings.iter().map(|row| (row.place, row.points)).collect();
    assert_eq!(rows, [(1, 700), (1, 700)], "also at the end, and equal points share a place");
    replays(&game);
    let mut class = Game::of(BANK, settings(), 1);
    class.ask();
    assert_eq!(class.submit(adjust(0, 100)), Err(Refused::NotThisPlay), "points of one's own are earned");
    assert_eq!(press(&mut class, &[0]), Err(Refused::NotThisPlay));
}

#[test]
fn points_by_hand_outlive_a_question_taken_out_of_the_score() {
    let mut game = Game::of(BANK, buzz(), 2);
    game.ask();
    let key = game.key().answer;
    press(&mut game, &[0]).unwrap();
    game.answer(0, key).unwrap();
    game.ok(Command::Adjust { player: 0, points: -600 });
    game.ok(Command::Void { question: 1 });
    assert_eq!(points(&game), [0, 0], "never below nothing");
    game.ok(Command::Undo);
    assert_eq!(points(&game), [400, 0]);
    replays(&game);
}

#[test]
fn a_buzz_survives_the_process() {
    let mut game = Game::of(BANK, buzz(), 2);
    let (key, other) = ask_for(&mut game, bank::Kind::Choice);
    press(&mut game, &[0]).unwrap();
    game.answer(0, other).unwrap();
    game.pass(1000);
    press(&mut game, &[1]).unwrap();
    let again = replay(game.written.as_bytes()).expect("readable");
    let now = again.game.last_stamp().0;
    let mut next = Game { quiz: again.game, bank: game.bank, now, written: game.written };
    next.save();
    assert_eq!(next.view(Seat::Projector).paused, Some(PauseReason::Restarted));
    assert_eq!((shown(&next).holder, shown(&next).out), (Some(1), vec![OutView { player: 0, tried: None }]));
    next.pass(3_600_000);
    next.ok(Command::Resume);
    assert_eq!(next.view(Seat::Projector).timer.unwrap().left_ms, 10_000);
    next.answer(1, key).unwrap();
    assert_eq!(points(&next), [0, 1000]);
}

#[test]
fn whoever_holds_the_buzz_and_is_sent_away_lets_it_go() {
    let mut game = Game::of(BANK, buzz(), 3);
    game.ask();
    press(&mut game, &[0]).unwrap();
    game.ok(Command::Kick { player: 0 });
    assert_eq!((shown(&game).holder, shown(&game).open), (None, vec![1, 2]));
    replays(&game);
}

#[test]
fn a_tie_is_drawn_from_the_seed_the_question_and_the_press() {
    let mut game = Game::of(BANK, buzz(), 4);
    game.ask();
    let Ok(Accepted::Buzzed(first)) = press(&mut game, &[3, 1, 1]) else { panic!("somebody comes first") };
    assert_eq!(Some(first), first_of(&[1, 3], 1, 0, seed()), "neither the order nor a name said twice decides");
    assert_eq!(shown(&game).together, [1, 3]);
    assert!(game.written.contains(r#"{"Buzz":{"players":[1,3]}}"#), "the journal tells the tie");
    replays(&game);
}

/// Over many questions and presses each team of a tie comes first equally often: for every size of tie a chi-squared test, with the
/// seeds fixed, so that it says the same each time. 26.1 is the 1-in-2,000 bound for seven degrees of freedom, wider than for fewer.
#[test]
fn each_team_wins_ties_equally_often() {
    for size in 2..=8_u32 {
        let players: Vec<u32> = (0..size).collect();
        let mut wins = vec![0_u32; size as usize];
        let mut ties = 0_u32;
        for code in 0..200 {
            for question in 1..=10 {
                for press in 0..4 {
                    let first = first_of(&players, question, press, GameCode::from_bits(code).seed()).unwrap();
                    wins[first as usize] += 1;
                    ties += 1;
                }
            }
        }
        let expected = f64::from(ties) / f64::from(size);
        let chi2: f64 = wins.iter().map(|wins| (f64::from(*wins) - expected).powi(2) / expected).sum();
        assert!(chi2 < 26.1, "{size} teams: {wins:?}");
    }
}

proptest! {
    #[test]
    fn who_else_is_named_and_in_which_order_has_no_say(
        mut players in prop::collection::vec(0..8_u32, 1..8), question in 1..50_u32, press in 0..9_u32, bits in any::<u32>()
    ) {
        let seed = GameCode::from_bits(bits).seed();
        let first = first_of(&players, question, press, seed).unwrap();
        players.reverse();
        prop_assert_eq!(first_of(&players, question, press, seed), Some(first));
        players.retain(|player| *player == first || player % 2 == 0);
        prop_assert_eq!(first_of(&players, question, press, seed), Some(first));
    }
}

#[test]
fn a_journal_of_teams_says_that_an_older_program_cannot_read_it() {
    let mut team = Game::of(BANK, buzz(), 2);
    team.ask();
    assert!(team.written.contains("\"journal\":2"));
    assert!(Game::solo().written.contains("\"journal\":1"), "one that an older program can read still says so");
    let (header, rest) = team.written.split_once('\n').unwrap();
    let json = header[9..].replacen("\"journal\":2", "\"journal\":3", 1);
    let text = format!("{:08x} {json}\n{rest}", crc32fast::hash(json.as_bytes()));
    assert_eq!(replay(text.as_bytes()).err(), Some(Unreadable::Newer));
}

#[test]
fn a_team_match_gives_the_same_scores_for_ever() {
    let mut game = Game::of(BANK, buzz(), 3);
    for number in 0..7_u32 {
        let question = game.ask();
        let key = game.key().answer;
        game.pass(900);
        let Ok(Accepted::Buzzed(first)) = press(&mut game, &[0, 1, 2]) else { panic!("somebody comes first") };
        game.pass(1100);
        game.answer(first, if number % 2 == 0 { key.clone() } else { wrong(&question.ask, &key) }).unwrap();
        if number % 2 == 1 {
            press(&mut game, &[(first + 1) % 3]).unwrap();
            game.answer((first + 1) % 3, key).unwrap();
        }
        if number == 3 {
            game.ok(Command::Undo);
            game.ok(Command::Adjust { player: first, points: 250 });
        }
    }
    game.ok(Command::Next);
    golden::golden("teams.txt", &game.written);
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headless/quiz/golden/teams.txt")).unwrap();
    let again = replay_as_is(&old).expect("readable for ever").game;
    let table: Vec<_> = again
        .view(Seat::Projector, Stamp(0))
        .shown
        .standings
        .iter()
        .map(|row| format!("{} {} {} {}\n", row.place, row.name, row.points, row.counted))
        .collect();
    golden::golden("teams-standings.txt", &table.concat());
}
