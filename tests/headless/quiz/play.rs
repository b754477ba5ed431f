//! Rounds, questions, turns, skip, void, corrected key, undo, standings, the end.

use roundtable::quiz::*;
use roundtable::rules::{Answer, Credit, Key, Malformed};

use super::*;

#[test]
fn a_student_plays_every_kind_and_gets_every_point() {
    let mut game = Game::solo();
    let mut kinds = Vec::new();
    for number in 1..=7 {
        let question = game.ask();
        assert_eq!(question.number, number);
        kinds.push(question.ask.kind());
        let key = game.key();
        game.now += 3000;
        assert!(game.answer(0, key.answer).is_ok());
        assert_eq!(game.stage(), Stage::Feedback, "the only player has answered");
        let you = game.you(0);
        assert_eq!(you.verdict.expect("a verdict").credit, Credit::FULL);
        assert_eq!((you.points, you.streak), (number * 1000, number));
    }
    kinds.sort_unstable();
    assert_eq!(kinds, bank::Kind::ALL);
    game.ok(Command::Next);
    assert_eq!(game.stage(), Stage::Standings);
    game.ok(Command::Next);
    assert_eq!(game.stage(), Stage::Finished);
    let you = game.you(0);
    assert!(you.review.is_empty() && !game.view(Seat::Player(0)).shown.abandoned);
    assert_eq!(you.rounds.iter().map(|round| round.credit).collect::<Vec<_>>(), [4000, 3000]);
}

#[test]
fn what_was_missed_comes_back_with_both_answers_and_the_reason() {
    let mut game = Game::solo();
    for _ in 0..7 {
        let question = game.ask();
        let key = game.key();
        game.answer(0, wrong(&question.ask, &key.answer)).expect("taken");
        let view = game.view(Seat::Player(0));
        assert!(!view.shown.reveal.as_ref().expect("told at once").explanation.is_empty());
    }
    game.ok(Command::Next);
    game.ok(Command::Next);
    let review = game.you(0).review;
    assert_eq!(review.len(), 7);
    let capital = review.iter().find(|review| review.id == "capital").expect("reviewed");
    assert_eq!(capital.key_text, "Paris");
    assert!(capital.yours.is_some() && capital.source.is_some() && capital.explanation.contains("centuries"));
}

#[test]
fn feedback_says_why_the_chosen_option_is_wrong() {
    let mut game = Game::solo();
    loop {
        let question = game.ask();
        let Ask::Choice { options } = &question.ask else {
            game.ok(Command::Skip);
            continue;
        };
        let lyon = options.iter().position(|option| option == "Lyon").expect("an option");
        game.answer(0, Answer::Choice(u8::try_from(lyon).unwrap())).unwrap();
        assert_eq!(game.you(0).verdict.unwrap().note.as_deref(), Some("Lyon is the third largest city."));
        break;
    }
}

#[test]
fn nobody_starts_an_empty_match() {
    let mut game = Game::of(BANK, settings(), 0);
    assert_eq!(game.submit(Command::Next), Err(Refused::NobodyHere));
    for name in ["", "   ", "abc\u{7}", &"x".repeat(25)] {
        assert_eq!(game.submit(Command::Join { name: name.to_owned() }), Err(Refused::BadName));
    }
    game.ok(Command::Join { name: "Ada".to_owned() });
    assert_eq!(game.submit(Command::Join { name: " ADA ".to_owned() }), Err(Refused::NameTaken));
}

#[test]
fn seats_run_out() {
    let mut game = Game::of(BANK, Settings { max_players: 1, ..settings() }, 1);
    assert_eq!(game.submit(Command::Join { name: "Late".to_owned() }), Err(Refused::Full));
}

#[test]
fn an_answer_that_does_not_count_is_refused_with_its_reason() {
    let mut game = Game::of(BANK, settings(), 2);
    assert_eq!(game.answer(0, Answer::TrueFalse(true)), Err(Refused::WrongStage));
    let question = game.ask();
    let key = game.key().answer;
    let answer = |player, question, answer| Command::Answer { player, question, answer, sure: None };
    assert_eq!(game.submit(answer(9, 1, key.clone())), Err(Refused::NoSuchPlayer));
    assert_eq!(game.submit(answer(0, 2, key.clone())), Err(Refused::WrongQuestion));
    assert_eq!(game.submit(answer(0, 0, key.clone())), Err(Refused::WrongQuestion));
    let misfit =
        if matches!(question.ask, Ask::Text { .. }) { Answer::TrueFalse(true) } else { Answer::Text("x".into()) };
    assert_eq!(game.submit(answer(0, 1, misfit)), Err(Refused::Malformed(Malformed::Kind)));
    assert!(game.submit(answer(0, 1, key.clone())).is_ok());
    let other = wrong(&question.ask, &key);
    assert_eq!(game.submit(answer(0, 1, other)), Err(Refused::AlreadyAnswered), "the first answer stands");
    game.ok(Command::Reveal);
    assert_eq!(game.submit(answer(1, 1, key)), Err(Refused::TooLate));
}

#[test]
fn players_take_turns_in_the_order_of_joining() {
    let mut game = Game::of(BANK, Settings { play: Play::Turns, ..settings() }, 3);
    for number in 0..7 {
        game.ask();
        let key = game.key().answer;
        let turn = number % 3;
        assert_eq!(game.view(Seat::Projector).shown.turn, Some(turn));
        assert_eq!(game.answer((turn + 1) % 3, key.clone()), Err(Refused::NotYourTurn));
        assert!(!game.you((turn + 1) % 3).may_answer && game.you(turn).may_answer);
        assert!(game.answer(turn, key).is_ok());
        assert_eq!(game.stage(), Stage::Feedback);
    }
    game.ok(Command::Next);
    let rows: Vec<_> =
        game.view(Seat::Projector).shown.standings.iter().map(|r| (r.player, r.points, r.counted)).collect();
    assert_eq!(rows, [(0, 3000, 3), (1, 2000, 2), (2, 2000, 2)], "only one's own questions count");
}

#[test]
fn two_hundred_answer_at_once_and_ties_share_a_place() {
    let mut game = Game::of(BANK, settings(), 200);
    let question = game.ask();
    let key = game.key().answer;
    for player in 0..200 {
        let answer = if player % 2 == 0 { key.clone() } else { wrong(&question.ask, &key) };
        assert!(game.answer(player, answer).is_ok());
        assert_eq!(game.stage() == Stage::Asking, player < 199, "open until the last has answered");
    }
    for player in 0..200 {
        let you = game.you(player);
        assert_eq!((you.points > 0, you.place), (player % 2 == 0, if player % 2 == 0 { 1 } else { 101 }));
    }
}

#[test]
fn a_skipped_question_counts_for_nobody_and_undo_brings_it_back() {
    let mut game = Game::of(BANK, settings(), 2);
    game.ask();
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    game.ok(Command::Skip);
    assert!(game.view(Seat::Player(0)).shown.uncounted);
    assert_eq!((game.you(0).points, game.you(0).verdict), (0, None));
    game.ok(Command::Undo);
    assert_eq!(game.you(0).points, 1000);
    assert_eq!(game.you(1).verdict.expect("counts as unanswered").credit, Credit::NONE);
    assert_eq!(game.submit(Command::Undo), Err(Refused::NothingToUndo));
}

#[test]
fn a_voided_question_leaves_the_score_and_undo_brings_it_back() {
    let mut game = Game::solo();
    game.ask();
    assert_eq!(game.submit(Command::Void { question: 1 }), Err(Refused::WrongQuestion), "still open");
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    game.ask();
    game.ok(Command::Void { question: 1 });
    assert_eq!(game.you(0).points, 0);
    assert_eq!(game.submit(Command::Void { question: 1 }), Err(Refused::AlreadyVoid));
    game.ok(Command::Undo);
    assert_eq!(game.you(0).points, 1000);
}

#[test]
fn a_corrected_key_marks_every_answer_again() {
    let mut game = Game::solo();
    let question = game.ask();
    let key = game.key().answer;
    let other = wrong(&question.ask, &key);
    game.answer(0, other.clone()).unwrap();
    let before = game.you(0).points;
    let corrected = Key { answer: other, accept: Vec::new() };
    assert_eq!(game.submit(Command::Correct { question: 2, key: corrected.clone() }), Err(Refused::WrongQuestion));
    game.ok(Command::Correct { question: 1, key: corrected.clone() });
    assert_eq!(game.you(0).points, 1000);
    assert_eq!(game.view(Seat::Player(0)).shown.reveal.as_ref().unwrap().key, corrected, "the new key is shown");
    game.ok(Command::Undo);
    assert_eq!(game.you(0).points, before);
}

#[test]
fn an_abandoned_match_is_scored_as_far_as_it_went() {
    let mut game = Game::solo();
    game.ask();
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    game.ask();
    game.ok(Command::Abandon);
    let view = game.view(Seat::Player(0));
    assert_eq!((view.stage, view.shown.abandoned), (Stage::Finished, true));
    assert_eq!(view.you.unwrap().points, 1000);
    assert_eq!(game.submit(Command::Abandon), Err(Refused::WrongStage));
    assert_eq!(game.submit(Command::Next), Err(Refused::WrongStage));
}

#[test]
fn how_sure_one_was_is_kept_with_the_answer() {
    let mut game = Game::solo();
    game.ask();
    let key = game.key().answer;
    game.answer(0, key).unwrap();
    game.ok(Command::Sure { player: 0, question: 1, sure: Sureness::Guessed });
    assert_eq!(game.you(0).answer.unwrap().sure, Some(Sureness::Guessed));
    assert_eq!(
        game.submit(Command::Sure { player: 0, question: 2, sure: Sureness::Sure }),
        Err(Refused::WrongQuestion)
    );
}

#[test]
fn an_answer_is_received_only_once_it_is_durable() {
    let bank = read(BANK);
    let mut game = Match::new(bank, BANK, settings());
    let at = Stamp(0);
    game.submit(Command::Join { name: "Ada".into() }, at).unwrap();
    game.submit(Command::Next, at).unwrap();
    game.submit(Command::Next, at).unwrap();
    let key = game.view(Seat::Host, at).host.unwrap().key.answer.clone();
    let Ok(Accepted::Answered { record }) =
        game.submit(Command::Answer { player: 0, question: 1, answer: key, sure: None }, Stamp(10))
    else {
        panic!("not answered")
    };
    game.advance(Stamp(20));
    let view = game.view(Seat::Player(0), Stamp(20));
    assert_eq!(
        (view.stage, view.shown.answered),
        (Stage::Asking, 0),
        "nothing closes, nothing counts before it is on disk"
    );
    assert!(!view.you.unwrap().answer.unwrap().received);
    game.durable(record);
    assert!(game.view(Seat::Player(0), Stamp(20)).you.unwrap().answer.unwrap().received);
    assert!(game.next_deadline().is_some_and(|at| at <= Stamp(20)), "somebody must call advance now");
    game.advance(Stamp(20));
    assert_eq!(game.stage(), Stage::Feedback);
}

#[test]
fn what_has_closed_is_told_and_what_is_open_is_not() {
    let mut game = Game::solo();
    let questions = game.view(Seat::Projector).shown.progress.questions;
    for number in 1..=questions {
        let shown = game.ask();
        // While a question is open, nothing more is known than when it began, answered or not.
        let before = game.you(0);
        assert_eq!(before.so_far.len(), number as usize - 1);
        assert!(before.levels.is_empty() && before.rounds.is_empty() && before.review.is_empty());
        let key = game.key();
        let right = number % 2 == 1;
        let answer = if right { key.answer.clone() } else { wrong(&shown.ask, &key.answer) };
        let sure = Some(Sureness::Guessed);
        game.ok(Command::Answer { player: 0, question: number, answer, sure });
        game.ok(Command::Sure { player: 0, question: number, sure: Sureness::Sure });
        let after = game.you(0);
        assert_eq!(after.so_far.len(), number as usize);
        assert_eq!(after.so_far.last().copied().flatten() == Some(Credit::FULL), right, "{shown:?}");
    }
    while game.stage() != Stage::Finished {
        game.ok(Command::Next);
    }
    let you = game.you(0);
    assert_eq!(you.levels.iter().map(|level| level.counted).sum::<u32>(), questions);
    assert_eq!(you.levels.iter().map(|level| level.credit).sum::<u32>(), you.credit);
    assert!(you.levels.windows(2).all(|pair| pair[0].difficulty < pair[1].difficulty));
    assert_eq!(you.review.len(), questions as usize / 2);
    assert!(you.review.iter().all(|missed| missed.sure == Some(Sureness::Sure)), "the last word counts");
}
