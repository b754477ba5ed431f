//! The tree of every screen, as assistive technology gets it: what a blind player has of it.
//!
//! The trees stand in `golden/`, a file a screen; `ROUNDTABLE_GOLDEN=write cargo test --test window golden` writes them anew. Read what
//! changed before you keep it.

use std::path::Path;

use accesskit::Role;
use roundtable::bank::Kind;
use roundtable::game::text;

use crate::access::{Timed, answer};
use crate::reader::Reader;

/// Compares the tree with the one that is kept.
#[track_caller]
fn keep(faults: &mut Vec<String>, timed: &Timed, name: &str) {
    let data = timed.place.data().display().to_string();
    let data = data.strip_suffix("/data").unwrap_or(&data);
    keep_tree(faults, &timed.reader, data, name);
}

/// The same of a game that nobody reads yet.
#[cfg(feature = "classroom")]
#[track_caller]
pub fn keep_game(faults: &mut Vec<String>, game: &mut crate::harness::Game, name: &str) {
    // A reader owns its game for as long as it reads.
    let idle = crate::harness::Game::start();
    let reader = Reader::over(std::mem::replace(game, idle));
    keep_tree(faults, &reader, "<no folder>", name);
    *game = reader.game;
}

fn keep_tree(faults: &mut Vec<String>, reader: &Reader, data: &str, name: &str) {
    let now = reader.dump().replace(data, "<folder>");
    for (before, after) in reader.places().windows(2).map(|pair| (&pair[0], &pair[1])) {
        // In reading order: nothing that stands wholly below and not to the left comes first.
        // What scrolls may lie beneath what does not.
        let above = before.3 == after.3
            && after.2.y1 <= before.2.y0 + 1.
            && after.2.x0 <= before.2.x1
            && after.2.x1 >= before.2.x0;
        if above && !after.2.is_empty() && !before.2.is_empty() {
            faults.push(format!("{name}: “{}” is read before “{}”, which stands above it", before.1, after.1));
        }
    }
    faults.extend(crate::mirror::faults(reader).into_iter().map(|what| format!("{name}, on a page: {what}")));
    faults.extend(reader.nameless().into_iter().map(|what| format!("{name}: {what} has no name")));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/golden").join(format!("{name}.txt"));
    if std::env::var_os("ROUNDTABLE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, now).expect("a file");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept != now {
        faults.push(format!("{name}: the tree is another one.\n--- kept\n{kept}--- now\n{now}"));
    }
}

#[test]
fn the_tree_of_every_screen_is_the_golden_one() {
    let mut timed = Timed::start(&Kind::ALL, (1280, 720));
    let mut faults = Vec::new();
    let keep = &mut |timed: &Timed, name: &str| keep(&mut faults, timed, name);
    keep(&timed, "title");
    timed.reader.press(Role::Button, text::QUESTION_FILES);
    keep(&timed, "question-files");
    timed.reader.press(Role::Button, text::BACK);
    timed.reader.press(Role::Button, text::SETTINGS);
    keep(&timed, "settings");
    timed.reader.press(Role::Button, text::BACK);
    timed.reader.press(Role::Button, text::YOUR_TABLE);
    keep(&timed, "table-empty");
    timed.reader.press(Role::Button, text::BACK);
    timed.begin();
    keep(&timed, "setup");
    timed.reader.press(Role::Button, text::START);
    keep(&timed, "intro");
    for round in 1..=7 {
        timed.reader.press(Role::Button, text::START_ROUND);
        let kind = format!("{:?}", Kind::ALL[round - 1]).to_lowercase();
        keep(&timed, &format!("{kind}-asked"));
        match Kind::ALL[round - 1] {
            Kind::Choice => {
                timed.reader.press(Role::Button, text::PAUSE);
                keep(&timed, "pause");
                timed.reader.press(Role::Button, text::LEAVE);
                keep(&timed, "title-with-a-game-left");
                timed.reader.press(Role::Button, text::CONTINUE).press(Role::Button, text::RESUME);
            }
            Kind::MultiChoice => {
                timed.reader.press(Role::CheckBox, "Good apple");
                keep(&timed, "multichoice-ticked");
                timed.reader.press(Role::CheckBox, "Good apple");
            }
            Kind::Number => {
                timed.reader.press(Role::Button, text::KEYPAD);
                keep(&timed, "number-keypad");
                timed.reader.press(Role::Button, text::KEYPAD);
            }
            Kind::Order => {
                timed.reader.press(Role::Button, "1. Second thing");
                keep(&timed, "order-picked-up");
                timed.reader.press(Role::Button, "1. Second thing, picked up");
            }
            Kind::Match => {
                timed.reader.press(Role::Button, "Red");
                keep(&timed, "match-picked");
                timed.reader.press(Role::Button, "Tomato");
                keep(&timed, "match-paired");
                timed.reader.press(Role::Button, "Red");
            }
            Kind::Text => {
                timed.reader.press(Role::Button, text::KEYBOARD);
                keep(&timed, "text-keyboard");
                timed.reader.press(Role::Button, text::KEYBOARD);
            }
            Kind::TrueFalse => {}
        }
        answer(&mut timed.reader, round % 2 == 1);
        timed.reader.until(if round < 7 { text::END_ROUND } else { text::SEE_RESULTS });
        keep(&timed, &format!("{kind}-told"));
        if round < 7 {
            timed.reader.press(Role::Button, text::END_ROUND);
            if round == 1 {
                keep(&timed, "standings");
            }
            timed.reader.press(Role::Button, text::NEXT_ROUND);
        }
    }
    timed.reader.press(Role::Button, text::SEE_RESULTS);
    keep(&timed, "results");
    timed.reader.press(Role::Button, text::MENU);
    keep(&timed, "title-with-mistakes");
    assert!(
        faults.is_empty(),
        "Write them anew with ROUNDTABLE_GOLDEN=write, and look at them.\n{}",
        faults.join("\n")
    );
}

#[test]
fn the_tree_with_a_notice_over_it_is_the_golden_one() {
    use roundtable::game::session::Notices;
    let mut timed = Timed::start(&[Kind::TrueFalse], (1280, 720));
    timed.reader.heard.clear();
    timed.reader.game.app.world_mut().resource_mut::<Notices>().0.push("Something to know.".into());
    timed.reader.settle();
    assert_eq!(timed.reader.heard, ["polite: Something to know."], "it is said, and the focus stays");
    let mut faults = Vec::new();
    keep(&mut faults, &timed, "notice");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    timed.reader.press(Role::Button, text::DISMISS);
    assert!(!timed.reader.has(Role::Label, "Something to know."), "{}", timed.reader.dump());
}

#[test]
fn the_tree_of_a_file_that_cannot_be_played_is_the_golden_one() {
    let mut timed =
        Timed::with(&[Kind::TrueFalse], &[("broken.ron", "Bank(format: 1, id: \"x\", title: \"X\", rounds: [")]);
    let mut faults = Vec::new();
    // Named at the start, what was found in it comes first.
    timed.reader.until("broken.ron");
    keep(&mut faults, &timed, "findings");
    timed.reader.press(Role::Button, text::BACK);
    if timed.reader.has(Role::Button, text::QUESTION_FILES) {
        timed.reader.press(Role::Button, text::QUESTION_FILES);
    }
    timed.reader.until("broken.ron");
    keep(&mut faults, &timed, "question-files-with-a-broken-one");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_tree_of_every_screen_of_teams_is_the_golden_one() {
    use roundtable::game::teams::Teams;
    use roundtable::game::text::teams as words;
    let mut timed = Timed::start(&[Kind::Choice, Kind::Text], (1280, 720));
    timed.reader.game.app.world_mut().resource_mut::<Teams>().set_count(3);
    let mut faults = Vec::new();
    let keep = &mut |timed: &Timed, name: &str| keep(&mut faults, timed, name);
    timed.reader.press(Role::Button, words::TEAMS);
    keep(&timed, "teams-setup");
    timed.reader.press(Role::Button, "Bold Lynxes, Blue triangle, key Q");
    keep(&timed, "teams-team");
    timed.reader.press(Role::Button, words::DONE).press(Role::Button, words::CHOOSE_ROUNDS);
    timed.fix_code();
    keep(&timed, "teams-rounds");
    timed.reader.press(Role::Button, text::START).press(Role::Button, text::START_ROUND);
    keep(&timed, "teams-choice-open");
    timed.reader.press(Role::Button, &words::buzz_for("Calm Herons", 0));
    keep(&timed, "teams-choice-buzzed");
    timed.reader.press(Role::Button, "Wrong one");
    keep(&timed, "teams-choice-passed-on");
    timed.reader.press(Role::Button, words::ADJUST);
    keep(&timed, "teams-adjust");
    timed.reader.press(Role::Button, words::CANCEL);
    timed.reader.press(Role::Button, &words::buzz_for("Bold Lynxes", 0)).press(Role::Button, "Right one");
    timed.reader.until(text::END_ROUND);
    keep(&timed, "teams-choice-told");
    timed.reader.press(Role::Button, text::END_ROUND);
    keep(&timed, "teams-standings");
    timed.reader.press(Role::Button, text::NEXT_ROUND).press(Role::Button, text::START_ROUND);
    keep(&timed, "teams-text-open");
    timed.reader.press(Role::Button, words::REVEAL).press(Role::Button, text::SEE_RESULTS);
    keep(&timed, "teams-podium");
    assert!(
        faults.is_empty(),
        "Write them anew with ROUNDTABLE_GOLDEN=write, and look at them.\n{}",
        faults.join("\n")
    );
}
