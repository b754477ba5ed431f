//! The same game code and the same answers make the same journal in the window and in a browser. The journal stands in `golden/twin.jsonl`,
//! without its stamps and without the bank's text (whose hash stays); `tests/web` plays the same match in a page, answers as it says, and
//! compares. `ROUNDTABLE_GOLDEN=write cargo test --test window twin` writes it anew.

use std::path::Path;

use accesskit::Role;
use bevy::input::keyboard::Key;
use roundtable::bank::{self, Kind};
use roundtable::game::app::Options;
use roundtable::game::links::Wishes;
use roundtable::game::text;
use roundtable::quiz::Stage;
use roundtable::rules::Pace;

use crate::games::{Place, until};
use crate::harness::Game;
use crate::nato::{answer, kind, on, stage};

/// Two questions of each round; all seven kinds are among them.
pub const LINK: &str = "?seed=Z6-HSS&each=2";
/// The journal's lines, without what differs from one afternoon to the next.
fn timeless(journal: &str) -> String {
    let mut lines = String::new();
    for line in journal.lines() {
        let (_, json) = line.split_once(' ').expect("a checksum before each line");
        let mut value: serde_json::Value = serde_json::from_str(json).expect("a line of JSON");
        let fields = value.as_object_mut().expect("an object");
        for name in ["at", "elapsed_ms", "bank"] {
            fields.remove(name);
        }
        lines.push_str(&value.to_string());
        lines.push('\n');
    }
    lines
}

#[test]
fn a_match_by_link_makes_the_journal_that_a_browser_makes() {
    let (_, text) = bank::shipped()[0];
    let bank = bank::read(text.as_bytes()).expect("the shipped bank is sound");
    let place = Place::new();
    let mut game = Game::with(Options { data_dir: place.data(), wishes: Wishes::read(LINK), ..Options::default() });
    until(&mut game, text::CHOOSE_ROUNDS);
    // A browser on a busy machine must not be late.
    game.find(Role::RadioButton, text::pace(Pace::None)).click();
    game.tab_to(text::START).key(Key::Enter);
    let mut kinds = Vec::new();
    loop {
        on(&mut game);
        if stage(&game) == Stage::Finished {
            break;
        }
        let kind = kind(&game, &bank);
        kinds.push(kind);
        if kind == Kind::TrueFalse {
            // One sort of question is answered without thinking.
            game.key(Key::Character("t".into()));
            until(&mut game, "Where this comes from");
        } else {
            answer(&mut game, &bank);
        }
    }
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    kinds.dedup();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    until(&mut game, text::BY_ROUND);
    drop(game);
    let [journal] = &place.files("matches/finished")[..] else {
        panic!("one finished match: {:?}", place.files("matches/finished"));
    };
    let now = timeless(&std::fs::read_to_string(journal).expect("a journal"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/golden/twin.jsonl");
    if std::env::var_os("ROUNDTABLE_GOLDEN").is_some() {
        std::fs::write(&path, &now).expect("a file");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), now);
}
