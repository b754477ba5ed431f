//! What a class needs of a match: late comers, kicks, names, time for one, lag, talk and a second vote, tables that stay hidden.

use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::*;
use roundtable::rules::{Extra, Scoring};

use super::*;

fn class() -> Settings {
    Settings { late_join: true, scoring: Scoring::Speed, ..settings() }
}

fn join(game: &mut Game, name: &str) -> Reply {
    game.submit(Command::Join { name: name.to_owned() })
}

/// The journal gives the same match again.
fn replays(game: &Game) {
    let again = replay_as_is(game.written.as_bytes()).expect("its own journal").game;
    for seat in [Seat::Projector, Seat::Host, Seat::Player(0), Seat::Player(1)] {
        assert_eq!(again.view(seat, Stamp(game.now)), game.view(seat), "{seat:?}");
    }
}

#[test]
fn a_late_comer_is_asked_what_is_left_and_the_table_says_how_much_that_was() {
    let mut game = Game::of(BANK, class(), 1);
    game.ask();
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    game.ask();
    assert_eq!(join(&mut game, "Late"), Ok(Accepted::Joined(1)));
    assert_eq!(join(&mut game, "Later"), Ok(Accepted::Joined(2)));
    let key = game.key().answer;
    game.answer(1, key).unwrap();
    game.ok(Command::Reveal);
    // The open question counts for the one who answered it.
    assert_eq!(game.you(1).so_far.as_slice(), [None, Some(roundtable::rules::Credit::FULL)]);
    assert_eq!(game.you(2).so_far.as_slice(), [None, None]);
    game.ask();
    game.ok(Command::Reveal);
    game.ask();
    game.ok(Command::Reveal);
    game.ok(Command::Next);
    let counted: Vec<(String, u32)> =
        game.view(Seat::Projector).shown.standings.iter().map(|row| (row.name.clone(), row.counted)).collect();
    let counted_of = |name: &str| counted.iter().find(|(who, _)| who == name).map(|(_, counted)| *counted);
    assert_eq!([counted_of("Player 0"), counted_of("Late"), counted_of("Later")], [Some(4), Some(3), Some(2)]);
    replays(&game);
}

#[test]
fn without_the_setting_nobody_joins_late_and_a_locked_class_takes_nobody() {
    let mut game = Game::of(BANK, settings(), 1);
    game.ok(Command::Next);
    assert_eq!(join(&mut game, "Late"), Err(Refused::WrongStage));
    let mut game = Game::of(BANK, class(), 1);
    game.ok(Command::Lock);
    assert_eq!(game.submit(Command::Lock), Err(Refused::AlreadySo));
    assert_eq!(join(&mut game, "Late"), Err(Refused::Locked));
    game.ok(Command::Unlock);
    assert_eq!(join(&mut game, "Late"), Ok(Accepted::Joined(1)));
}

#[test]
fn a_kick_holds() {
    let mut game = Game::of(BANK, class(), 3);
    game.ask();
    let key = game.key().answer;
    game.answer(0, key.clone()).unwrap();
    game.answer(1, key.clone()).unwrap();
    game.ok(Command::Kick { player: 2 });
    game.pass(0);
    assert_eq!(game.stage(), Stage::Feedback, "nobody waits for the one who has gone");
    assert_eq!(game.submit(Command::Kick { player: 2 }), Err(Refused::Gone));
    assert_eq!(game.answer(2, key), Err(Refused::Gone));
    assert_eq!(join(&mut game, "player 2"), Err(Refused::NameTaken));
    let view = game.view(Seat::Player(2));
    assert_eq!((view.you, view.shown.players.len()), (None, 2));
    assert!(game.quiz.is_gone(2) && !game.quiz.is_seated(2) && !game.quiz.is_gone(3));
    for _ in 0..3 {
        game.ask();
        game.ok(Command::Reveal);
    }
    game.ok(Command::Next);
    assert_eq!(game.view(Seat::Projector).shown.standings.len(), 2);
    replays(&game);
}

#[test]
fn an_answer_of_one_who_goes_is_not_waited_for_nor_counted_twice() {
    let mut game = Game::of(BANK, class(), 2);
    game.ask();
    let key = game.key().answer;
    game.answer(0, key.clone()).unwrap();
    game.ok(Command::Kick { player: 0 });
    game.pass(0);
    assert_eq!(game.stage(), Stage::Asking, "the other one has not answered");
    game.answer(1, key).unwrap();
    assert_eq!(game.stage(), Stage::Feedback);
    let tally = game.view(Seat::Projector).shown.tally.clone().unwrap();
    assert_eq!((tally.answers, tally.right, tally.none), (1, 1, 0));
}

#[test]
fn a_new_name_keeps_the_rules_of_names() {
    let mut game = Game::of(BANK, class(), 2);
    let rename = |name: &str| Command::Rename { player: 0, name: name.to_owned() };
    assert_eq!(game.submit(rename("PLAYER 1")), Err(Refused::NameTaken));
    assert_eq!(game.submit(rename("\u{7}")), Err(Refused::BadName));
    game.ok(rename("  PLAYER 0 "));
    assert_eq!(game.you(0).name, "PLAYER 0");
    game.ok(rename("Ada"));
    assert_eq!(join(&mut game, "player 0"), Ok(Accepted::Joined(2)), "the old name is free");
    replays(&game);
}

#[test]
fn extra_time_is_one_players_own_and_their_points_count_by_it() {
    let mut game = Game::of(BANK, class(), 2);
    game.ok(Command::Extra { player: 1, extra: Extra(20) });
    assert_eq!(game.submit(Command::Extra { player: 1, extra: Extra(101) }), Err(Refused::AlreadySo));
    game.ask();
    let key = game.key().answer;
    let limit = game.view(Seat::Projector).timer.unwrap().limit_ms;
    assert_eq!(game.view(Seat::Player(0)).timer.unwrap().limit_ms, limit);
    assert_eq!(game.view(Seat::Player(1)).timer.unwrap().limit_ms, 2 * limit);
    game.pass(limit + 1);
    assert_eq!(game.stage(), Stage::Asking, "one still has time");
    assert_eq!(game.view(Seat::Projector).timer.unwrap().left_ms, 0);
    assert_eq!(game.answer(0, key.clone()), Err(Refused::TooLate));
    game.pass(limit - 2);
    game.answer(1, key).unwrap();
    game.pass(0);
    assert_eq!(game.stage(), Stage::Feedback, "nobody is left who may answer");
    assert_eq!(game.you(1).points, 500, "at the end of one's own time it is half, as for everybody");
    replays(&game);
}

#[test]
fn lag_is_taken_off_up_to_the_grace_and_nothing_beyond_is_believed() {
    let played = |grace_ms: u32, lag: u32, at: u64| {
        let mut game = Game::of(BANK, Settings { grace_ms, ..class() }, 2);
        game.ask();
        let key = game.key().answer;
        let command = Command::Answer { player: 0, question: 1, answer: key, sure: None };
        let reply = game.quiz.submit_lagging(command, Stamp(at), lag);
        game.save();
        let _ = game.submit(Command::Reveal);
        replays(&game);
        reply.map(|_| game.you(0).points)
    };
    assert_eq!(played(100, 0, 2000), Ok(950));
    assert_eq!(played(100, 100, 2100), Ok(950), "the same reaction, the same points");
    assert_eq!(played(100, 5000, 2100), Ok(950), "a liar gains no more than that");
    assert_eq!(played(0, 100, 2000), Ok(950), "without grace there is no lag");
    assert_eq!(played(100, 0, 20_000), Ok(500));
    assert_eq!(played(100, 0, 20_001), Err(Refused::TooLate));
    assert_eq!(played(100, 50, 20_050), Ok(500));
    assert_eq!(played(100, 50, 20_051), Err(Refused::TooLate));
    assert_eq!(played(100, 100, 20_101), Err(Refused::TooLate));
}

#[test]
fn a_question_waits_for_the_grace_before_it_closes() {
    let mut game = Game::of(BANK, Settings { grace_ms: 100, ..class() }, 1);
    game.ask();
    assert_eq!(game.quiz.next_deadline(), Some(Stamp(20_100)));
    assert_eq!(game.view(Seat::Projector).timer.unwrap().ends, Some(20_000));
    game.pass(20_099);
    assert_eq!(game.stage(), Stage::Asking);
    game.pass(1);
    assert_eq!(game.stage(), Stage::Feedback);
}

#[test]
fn a_held_question_can_be_voted_on_again_and_the_second_vote_counts() {
    let mut game = Game::of(BANK, Settings { hold: true, ..class() }, 3);
    game.ask();
    let key = game.key().answer;
    let other = wrong(&game.view(Seat::Projector).shown.question.clone().unwrap().ask, &key);
    game.answer(0, key.clone()).unwrap();
    game.answer(1, other.clone()).unwrap();
    game.answer(2, key.clone()).unwrap();
    let view = game.view(Seat::Projector);
    assert!(view.stage == Stage::Asking && view.shown.held && view.timer.is_none() && view.shown.reveal.is_none());
    assert_eq!((view.held, view.shown.tally.clone()), (None, None), "only the host learns how it went");
    assert_eq!(game.view(Seat::Host).held.unwrap().right, 2);
    assert_eq!(game.quiz.next_deadline(), None);
    assert_eq!(game.answer(1, key.clone()), Err(Refused::TooLate));
    assert_eq!(game.submit(Command::Next), Err(Refused::WrongStage));
    assert_eq!(game.submit(Command::Revote { question: 2 }), Err(Refused::WrongQuestion));
    game.pass(60_000);
    game.ok(Command::Revote { question: 1 });
    assert_eq!(game.view(Seat::Projector).timer.unwrap().left_ms, 20_000);
    game.answer(0, other).unwrap();
    game.answer(1, key).unwrap();
    game.ok(Command::Close);
    game.ok(Command::Reveal);
    let tally = game.view(Seat::Projector).shown.tally.clone().unwrap();
    assert_eq!((tally.right, tally.answers, tally.none, tally.before), (1, 2, 1, Some((2, 3))));
    assert_eq!([0, 1, 2].map(|player| game.you(player).points), [0, 1000, 0]);
    assert_eq!(game.you(2).so_far.len(), 1);
    game.ask();
    assert_eq!(game.view(Seat::Projector).shown.progress.question, 2);
    replays(&game);
}

#[test]
fn a_tally_counts_every_option_and_knows_no_name() {
    let mut game = Game::of(BANK, class(), 3);
    for _ in 0..7 {
        let question = game.ask();
        let key = game.key().answer;
        game.answer(0, key.clone()).unwrap();
        game.answer(1, wrong(&question.ask, &key)).unwrap();
        game.ok(Command::Reveal);
        let tally = game.view(Seat::Projector).shown.tally.clone().unwrap();
        assert_eq!((tally.answers, tally.none, tally.right), (2, 1, 1), "{question:?}");
        assert!(tally.rows.iter().any(|row| row.right && row.count >= 1), "{tally:?}");
        assert!(!format!("{tally:?}").contains("Player"));
    }
}

#[test]
fn a_table_can_be_shown_at_the_end_or_never() {
    for (standings, at_the_end) in [(ShowStandings::End, true), (ShowStandings::Off, false)] {
        let mut game = Game::of(BANK, Settings { standings, ..class() }, 2);
        while game.stage() != Stage::Finished {
            assert_ne!(game.stage(), Stage::Standings);
            let view = game.view(Seat::Player(0));
            assert!(view.shown.standings.is_empty() && view.you.unwrap().place == 0);
            game.ok(if game.stage() == Stage::Asking { Command::Reveal } else { Command::Next });
        }
        let view = game.view(Seat::Player(0));
        assert_eq!((!view.shown.standings.is_empty(), view.you.unwrap().place > 0), (at_the_end, at_the_end));
        assert_eq!(view.shown.progress.question, 7);
        replays(&game);
    }
}

#[test]
fn whoever_came_in_a_first_vote_had_the_question_only_if_they_vote_again() {
    for again in [false, true] {
        let mut game = Game::of(BANK, Settings { hold: true, ..class() }, 2);
        game.ask();
        let key = game.key().answer;
        game.ok(Command::Join { name: "Late".to_owned() });
        assert!(game.answer(2, key.clone()).is_ok());
        game.ok(Command::Close);
        game.ok(Command::Revote { question: 1 });
        if again {
            assert!(game.answer(2, key).is_ok());
        }
        game.ok(Command::Reveal);
        game.ok(Command::Abandon);
        let row = game.view(Seat::Projector).shown.standings.iter().find(|row| row.player == 2).cloned().unwrap();
        assert_eq!((row.counted, row.credit), if again { (1, 1000) } else { (0, 0) });
    }
}
