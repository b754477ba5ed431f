//! The same game code gives the same questions, order and options on every machine and in every release, and a journal written once
//! gives the same scores for ever. The files beside this one were written by it with `ROUNDTABLE_BLESS=1`; a change to them is a new
//! version of the draw or the rules, never an accident.

use std::fmt::Write as _;
use std::path::PathBuf;

use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::*;
use roundtable::rules::GameCode;

use super::*;

#[track_caller]
pub fn golden(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/headless/quiz/golden").join(name);
    if std::env::var_os("ROUNDTABLE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{} has changed", path.display());
}

#[test]
fn a_game_code_means_the_same_match_everywhere() {
    let mut text = String::new();
    for code in ["00-000", "K7-QMP", "ZZ-ZZZ"] {
        let seed = GameCode::parse(code).unwrap().seed();
        let mut game = Game::of(BANK, Settings { seed, ..settings() }, 1);
        writeln!(text, "# {code}").unwrap();
        for _ in 0..7 {
            let question = game.ask();
            writeln!(text, "{} {:?}", question.stem, question.ask).unwrap();
            game.ok(Command::Skip);
        }
    }
    golden("matches.txt", &text);
}

#[test]
fn an_old_journal_gives_the_same_scores_for_ever() {
    let mut game = Game::of(BANK, Settings { scoring: roundtable::rules::Scoring::Speed, ..settings() }, 3);
    for number in 0..7 {
        let question = game.ask();
        let key = game.key().answer;
        for player in 0..3 {
            game.pass(700 * u64::from(player + 1) + 13 * number);
            let right = (number + u64::from(player)) % 3 != 0;
            game.answer(player, if right { key.clone() } else { wrong(&question.ask, &key) }).unwrap();
        }
    }
    game.ok(Command::Next);
    golden("journal.txt", &game.written);
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headless/quiz/golden/journal.txt")).unwrap();
    let again = replay_as_is(&old).expect("readable for ever").game;
    let mut table = String::new();
    for row in &again.view(Seat::Projector, Stamp(0)).shown.standings {
        writeln!(table, "{} {} {} {}", row.place, row.name, row.points, row.credit).unwrap();
    }
    golden("standings.txt", &table);
}
