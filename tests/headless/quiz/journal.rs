//! The journal: replay to the point, torn tails, damage, newer versions.

use roundtable::quiz::journal::{Unreadable, replay, replay_as_is, summary};
use roundtable::quiz::*;
use roundtable::rules::Scoring;

use super::*;

const SMALL: &str = r#"Bank(format: 1, id: "s", title: "S", rounds: [Round(id: "r", title: "R", questions: [
    TrueFalse(id: "a", stem: "Water is wet.", key: true, explanation: "It makes things wet."),
    Number(id: "b", stem: "How many tenths?", key: 0.3, range: (0, 1), step: 0.1, tolerance: 0.2, explanation: "Three of ten."),
])])"#;

/// A match with every command in it, played to the end.
fn eventful() -> Game {
    let mut game = Game::of(SMALL, Settings { scoring: Scoring::Speed, ..settings() }, 2);
    let question = game.ask();
    let key = game.key();
    game.pass(1234);
    game.answer(0, key.answer.clone()).unwrap();
    game.pass(100);
    game.ok(Command::Pause { reason: PauseReason::Player });
    game.pass(5000);
    game.ok(Command::Resume);
    game.answer(1, wrong(&question.ask, &key.answer)).unwrap();
    game.ok(Command::Sure { player: 1, question: 1, sure: Sureness::Guessed });
    game.ask();
    game.pass(60_000);
    game.ok(Command::Void { question: 1 });
    game.ok(Command::Undo);
    game.ok(Command::Correct {
        question: 1,
        key: Key { answer: wrong(&question.ask, &key.answer), accept: Vec::new() },
    });
    game.ok(Command::Next);
    game.ok(Command::Next);
    assert_eq!(game.stage(), Stage::Finished);
    game
}

fn whole_lines(bytes: &[u8]) -> usize {
    bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")).count()
}

#[test]
fn a_journal_rebuilds_the_match_to_the_point() {
    let game = eventful();
    let again = replay_as_is(game.written.as_bytes()).expect("readable");
    assert_eq!(again.whole_bytes, game.written.len());
    for seat in [Seat::Player(0), Seat::Player(1), Seat::Projector, Seat::Host] {
        assert_eq!(again.game.view(seat, Stamp(game.now)), game.view(seat));
    }
    assert!(game.you(1).points > 0 && game.you(0).points == 0, "the corrected key turned the table");
}

#[test]
fn every_truncation_keeps_every_whole_line_and_loses_only_the_torn_one() {
    let written = eventful().written.into_bytes();
    let header = written.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for length in 0..=written.len() {
        match replay_as_is(&written[..length]) {
            Ok(again) => {
                assert!(length >= header);
                assert_eq!(whole_lines(&written[..again.whole_bytes]), whole_lines(&written[..length]));
                assert_eq!(again.torn, again.whole_bytes < length);
            }
            Err(error) => assert!(length < header && error == Unreadable::NotAJournal, "{error:?} at {length}"),
        }
    }
}

#[test]
fn a_killed_game_goes_on_paused_with_nothing_lost() {
    let mut game = Game::of(BANK, settings(), 1);
    let question = game.ask();
    let key = game.key().answer;
    game.pass(4000);
    game.answer(0, key).unwrap();
    game.ask();
    game.pass(2000);
    let left = game.view(Seat::Player(0)).timer.unwrap().left_ms + 2000;
    // The process dies here: all that is left is the file, with half a line at its end.
    let torn = format!("{}deadbeef {{\"n\":", game.written);
    let again = replay(torn.as_bytes()).expect("readable");
    assert!(again.torn && again.whole_bytes == game.written.len());
    let told = summary(&again.game);
    assert_eq!((told.bank.as_str(), told.question, told.points, told.finished), ("Every kind", (2, 7), 1000, false));
    let mut next = Game { quiz: again.game, bank: game.bank, now: 0, written: game.written };
    next.now = next.quiz.last_stamp().0;
    let view = next.view(Seat::Player(0));
    assert_eq!((view.stage, view.paused), (Stage::Asking, Some(PauseReason::Restarted)));
    next.save();
    next.pass(86_400_000);
    next.ok(Command::Resume);
    assert_eq!(next.view(Seat::Player(0)).timer.unwrap().left_ms, left, "the clock stood at the last thing written");
    assert_ne!(next.view(Seat::Player(0)).shown.question.as_ref().unwrap().stem, question.stem);
    let key = next.key().answer;
    next.answer(0, key).unwrap();
    assert_eq!(next.you(0).points, 2000);
    let whole = replay_as_is(next.written.as_bytes()).expect("one journal over both lives");
    assert_eq!(whole.game.view(Seat::Player(0), Stamp(next.now)), next.view(Seat::Player(0)));
}

#[test]
fn any_flipped_byte_is_noticed_and_never_a_panic() {
    let written = eventful().written.into_bytes();
    let truth = replay_as_is(&written).unwrap().game.view(Seat::Projector, Stamp(0));
    let last_line = written[..written.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for index in 0..written.len() {
        let mut bytes = written.clone();
        bytes[index] ^= 1;
        match replay_as_is(&bytes) {
            Err(Unreadable::NotAJournal | Unreadable::Damaged { .. }) => {}
            Err(Unreadable::Newer) => panic!("a checksum comes before a version, byte {index}"),
            // The line feed before the last line: two lines become one, and that one is torn.
            Ok(again) => assert!(
                index + 1 >= last_line && again.torn || again.game.view(Seat::Projector, Stamp(0)) == truth,
                "byte {index} went unnoticed"
            ),
        }
    }
}

#[test]
fn a_newer_journal_is_told_from_a_damaged_one() {
    let written = eventful().written;
    for (what, newer) in
        [("\"journal\":1", "\"journal\":3"), ("\"rules\":1", "\"rules\":9"), ("\"draw\":1", "\"draw\":2")]
    {
        let (header, rest) = written.split_once('\n').unwrap();
        let json = header[9..].replacen(what, newer, 1);
        let text = format!("{:08x} {json}\n{rest}", crc32fast::hash(json.as_bytes()));
        assert_eq!(replay(text.as_bytes()).err(), Some(Unreadable::Newer));
    }
}

#[test]
fn what_is_no_journal_is_refused() {
    for bytes in [&b""[..], b"\n", b"hello\n", b"00000000 {}\n", &[0xff; 64]] {
        assert_eq!(replay(bytes).err(), Some(Unreadable::NotAJournal));
    }
}

#[test]
fn a_record_that_contradicts_the_ones_before_it_is_damage() {
    let written = eventful().written;
    let lines: Vec<&str> = written.split_inclusive('\n').collect();
    let swapped: String = [lines[0], lines[2], lines[1]].concat() + &lines[3..].concat();
    assert_eq!(replay(swapped.as_bytes()).err(), Some(Unreadable::Damaged { record: 1 }));
    let missing: String = [lines[0], lines[1]].concat() + &lines[3..].concat();
    assert_eq!(replay(missing.as_bytes()).err(), Some(Unreadable::Damaged { record: 2 }));
}
