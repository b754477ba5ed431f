//! A class hosted from the window: what the big screen shows and hides, and what the teacher's controls do.

pub mod hall;

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowCloseRequested};
use roundtable::bank::Kind;
use roundtable::classroom::protocol::Order;
use roundtable::game::screens::class::crowd;
use roundtable::game::screens::class::podium::height;
use roundtable::game::text as common;
use roundtable::game::text::class as text;
use roundtable::game::theme::Token;
use roundtable::quiz::{Settings, ShowStandings, Stage};

use self::hall::{Hall, places, settings};
use crate::fits::{self, every};
use crate::games::bank;
use crate::golden;
use crate::harness::Game;
use crate::reader::Reader;
use crate::screens::{BANK, Timed};

const NAMES: [&str; 3] = ["Swift Otter", "Calm Heron", "Bold Lynx"];

fn class_of(game: &mut Game, names: &[&str], bank: &str, settings: Settings) -> Hall {
    let mut hall = Hall::open(game, bank, settings);
    for name in names {
        hall.join(game, name);
    }
    hall
}

fn seats(game: &mut Game, name: &str) -> (usize, usize) {
    let world = game.app.world_mut();
    let ring = world
        .query::<&roundtable::game::widgets::Ring>()
        .iter(world)
        .find(|ring| ring.name == name)
        .unwrap_or_else(|| panic!("no ring “{name}”"))
        .clone();
    (ring.seats.iter().filter(|seat| **seat == Token::Gold).count(), ring.seats.len())
}

#[test]
fn the_lobby_tells_the_way_in_and_its_seats_fill() {
    let mut game = Game::start();
    let mut hall = Hall::open(&mut game, BANK, settings());
    game.expect_text("http://192.168.1.20:8080").expect_text("472 918").expect_text("or http://10.0.0.5:8080 (eth0)");
    game.expect_text(text::STAYS_HERE);
    assert!(game.find(Role::Button, &text::start(0)).node().is_disabled(), "nobody to begin with");
    assert_eq!(seats(&mut game, &text::at_the_table(0)), (0, 32));
    game.find(Role::Image, text::QR_NAME);
    for name in NAMES {
        hall.join(&mut game, name);
    }
    assert_eq!(seats(&mut game, &text::at_the_table(3)), (3, 32));
    for name in NAMES {
        game.button(name);
    }
    assert!(!game.find(Role::Button, &text::start(3)).node().is_disabled());
    for number in 4..=33 {
        hall.join(&mut game, &format!("Student {number}"));
    }
    assert_eq!(seats(&mut game, &text::at_the_table(33)), (33, 40), "more seats are brought");
    game.button(&text::more_people(27));
    // The room is locked and unlocked by the same control.
    game.button(text::LOCK).press();
    hall.step(&mut game);
    game.expect_text(text::LOCKED).button(text::UNLOCK).press();
    hall.step(&mut game);
    game.expect_no_text(text::LOCKED);
    assert_eq!(hall.asked, [Order::Lock, Order::Unlock]);
}

#[test]
fn without_a_network_and_without_students_it_says_what_to_try() {
    let mut game = Game::start();
    let mut hall = Hall::at(&mut game, BANK, settings(), places(&[]));
    game.expect_text(text::NO_NETWORK).expect_text(text::NO_NETWORK_TODO).button(text::LOOK_AGAIN);
    game.expect_no_text(text::STILL_NOBODY);
    hall.pass(&mut game, 59_000);
    game.expect_no_text(text::STILL_NOBODY);
    hall.pass(&mut game, 1_000);
    game.expect_text(text::STILL_NOBODY).button(text::HELP).press();
    game.expect_text("firewall").expect_text("same network");
    game.key(Key::Escape);
    hall.join(&mut game, "Swift Otter");
    game.expect_no_text(text::STILL_NOBODY);
}

#[test]
fn a_name_opens_renaming_more_time_and_sending_away() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES, BANK, settings());
    game.button("Calm Heron").press();
    game.find(Role::TextInput, text::NAME);
    game.tab_to(text::NAME).key(Key::End).type_text("s").key(Key::Enter);
    hall.step(&mut game);
    game.button("Calm Herons").press();
    let twice = game.find(Role::RadioButton, "×2").entity;
    game.assist(twice, accesskit::Action::Click, None);
    hall.step(&mut game);
    assert_eq!(hall.asked.last(), Some(&Order::Extra { player: 1, tenths: 20 }));
    game.button(text::SEND_AWAY).press();
    hall.step(&mut game);
    assert_eq!(hall.asked.len(), 2, "it asks again");
    game.button(&text::really_send_away("Calm Herons")).press();
    hall.step(&mut game);
    assert!(game.all(Role::Button, "Calm Herons").is_empty(), "{}", game.tree());
    game.button(&text::start(2));
    // A name that somebody has is refused in words.
    game.button("Bold Lynx").press();
    game.tab_to(text::NAME)
        .chord(&[KeyCode::ControlLeft], Key::Character("a".into()))
        .type_text("swift otter")
        .key(Key::Enter);
    hall.step(&mut game);
    game.expect_text("Somebody has this name already");
}

#[test]
fn the_question_shows_how_many_have_answered_and_never_who() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES, &bank(&[Kind::Choice]), settings());
    game.key(Key::Enter);
    hall.step(&mut game);
    game.expect_text(common::START_ROUND).key(Key::Enter);
    hall.step(&mut game);
    assert_eq!(hall.stage(), Stage::Asking);
    game.expect_text("Choose the right one.").expect_text("Right one").expect_text("seconds left");
    assert_eq!(seats(&mut game, &text::answered(0, 3)), (0, 3));
    hall.answer(&mut game, 0, true);
    hall.answer(&mut game, 1, false);
    assert_eq!(seats(&mut game, &text::answered(2, 3)), (2, 3));
    for name in NAMES {
        game.expect_no_text(name);
    }
    game.expect_no_text(common::RIGHT_ANSWER);
    game.button(text::REVEAL).press();
    hall.step(&mut game);
    game.expect_text("1 · 50 %").expect_text(common::RIGHT_ANSWER).expect_text("1 of 2 right. 1 gave no answer.");
    for name in NAMES {
        game.expect_no_text(name);
    }
}

#[test]
fn time_runs_out_on_the_bar_and_in_words() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES[..1], &bank(&[Kind::Choice]), settings());
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    game.expect_text(&common::seconds_left(20));
    // The room says nothing meanwhile: the window counts by itself.
    let now = roundtable::platform::Times {
        monotonic: hall.now.monotonic + std::time::Duration::from_secs(16),
        wall: hall.now.wall + std::time::Duration::from_secs(16),
    };
    game.app.insert_resource(roundtable::game::session::Clock::Manual(now));
    game.settle();
    game.expect_text(&common::seconds_left(4));
    hall.pass(&mut game, 30_000);
    assert_eq!(hall.stage(), Stage::Feedback);
    game.expect_text("1 gave no answer.").expect_no_text("seconds left");
}

#[test]
fn pause_hides_the_question_and_skip_and_undo_count_and_uncount_it() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES, &bank(&[Kind::TrueFalse, Kind::Choice]), settings());
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    game.expect_text("Two is more than one.");
    game.key(Key::Character("p".into()));
    hall.step(&mut game);
    game.expect_no_text("Two is more than one.").expect_text(common::PAUSED).expect_text(&text::connected(3, 3));
    hall.leaves(&mut game, 2);
    game.expect_text(&text::connected(2, 3));
    game.key(Key::Enter);
    hall.step(&mut game);
    game.expect_text("Two is more than one.").key(Key::Character("s".into()));
    hall.step(&mut game);
    game.expect_text(text::UNCOUNTED).button(text::UNDO).press();
    hall.step(&mut game);
    game.expect_no_text(text::UNCOUNTED);
    assert_eq!(hall.asked[2..], [Order::Pause, Order::Resume, Order::Skip, Order::Undo]);
}

#[test]
fn where_the_class_talks_first_a_split_vote_is_offered_again_and_the_gain_is_shown() {
    let mut game = Game::start();
    let hold = Settings { hold: true, ..settings() };
    let mut hall = class_of(&mut game, &["Ann", "Ben", "Cid", "Dan"], &bank(&[Kind::Choice]), hold);
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    hall.answer(&mut game, 0, true);
    hall.answer(&mut game, 1, true);
    hall.answer(&mut game, 2, false);
    game.expect_no_text(text::REVEAL).button(text::CLOSE_VOTE).press();
    hall.step(&mut game);
    game.expect_text(text::TALK_NOW).expect_text(text::WORTH_TALKING).expect_no_text(common::RIGHT_ANSWER);
    // How many are right is the host's alone.
    game.expect_no_text("2 of 3").expect_no_text("%");
    assert_eq!(game.focused_name().as_deref(), Some(text::REVOTE));
    game.key(Key::Enter);
    hall.step(&mut game);
    assert_eq!(seats(&mut game, &text::answered(0, 4)), (0, 4));
    for who in 0..4 {
        hall.answer(&mut game, who, true);
    }
    // Everybody has: it closes by itself. Nothing speaks for another vote now.
    game.expect_text(text::TALK_NOW).expect_no_text(text::WORTH_TALKING);
    assert_eq!(game.focused_name().as_deref(), Some(text::REVEAL));
    game.key(Key::Enter);
    hall.step(&mut game);
    game.expect_text(&text::gain((2, 3), (4, 4)));
}

#[test]
fn a_wrong_key_is_mended_and_every_score_follows() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES[..2], &bank(&[Kind::Choice]), settings());
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    hall.answer(&mut game, 0, true);
    hall.answer(&mut game, 1, false);
    game.expect_text("1 of 2 right").button(text::MEND).press();
    game.button("Wrong one").press();
    hall.step(&mut game);
    assert!(matches!(hall.asked.last(), Some(Order::Correct { question: 1, .. })), "{:?}", hall.asked);
    game.button(text::MEND).press();
    game.button(text::VOID).press();
    hall.step(&mut game);
    game.expect_text(text::UNCOUNTED).button(text::UNDO).press();
    hall.step(&mut game);
    game.expect_no_text(text::UNCOUNTED).button(text::UNDO).press();
    hall.step(&mut game);
    assert_eq!(hall.asked[3..], [Order::Void { question: 1 }, Order::Undo, Order::Undo]);
}

#[test]
fn the_remote_has_the_screen_to_itself_and_is_revoked() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES, BANK, settings());
    game.button(text::REMOTE).press();
    game.expect_text(text::REMOTE_BEFORE);
    hall.step(&mut game);
    assert!(hall.asked.is_empty(), "nothing is made before it is asked for");
    assert!(game.all(Role::Image, text::REMOTE_QR).is_empty());
    game.button(text::SHOW_REMOTE).press();
    hall.step(&mut game);
    assert_eq!(hall.asked, [Order::NewRemote]);
    let mut reader = Reader::over(game);
    let dump = reader.settle().dump();
    assert!(dump.contains(text::REMOTE_QR) && dump.contains(text::PAIR_NOW), "{dump}");
    assert!(!dump.contains("472 918") && !dump.contains("Swift Otter"), "the rest is hidden: {dump}");
    reader.press(Role::Button, text::REVOKE);
    hall.step(&mut reader.game);
    assert_eq!(hall.asked.last(), Some(&Order::RevokeRemote));
    assert!(!reader.settle().dump().contains(text::REMOTE_QR));
}

#[test]
fn standings_and_podium_are_true_to_the_scores_and_ties_stand_level() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &["Ann", "Ben", "Cid"], &bank(&[Kind::Choice]), settings());
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    hall.answer(&mut game, 0, true);
    hall.answer(&mut game, 1, true);
    hall.answer(&mut game, 2, false);
    game.key(Key::Enter);
    hall.step(&mut game);
    game.expect_text(text::STANDINGS).expect_text("Ann").expect_text("1 of 1 right");
    game.key(Key::Enter);
    hall.step(&mut game);
    assert_eq!(hall.stage(), Stage::Finished);
    game.expect_text(&text::winners(&["Ann", "Ben"]));
    for (points, best, share) in [(1000, 1000, 1.), (500, 1000, 0.5), (0, 1000, 0.), (0, 0, 0.)] {
        assert!((height(points, best) - share * height(1000, 1000)).abs() < 0.01);
    }
    assert_eq!(game.focused_name().as_deref(), Some(text::REMATCH));
    game.key(Key::Enter);
    hall.step(&mut game);
    hall.step(&mut game);
    assert_eq!((hall.stage(), hall.asked.last()), (Stage::Lobby, Some(&Order::Rematch)));
    game.button(&text::start(3));
    for _ in 0..3 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    hall.step(&mut game);
    game.button(text::LEAVE).press();
    game.button(text::END).press();
    game.button(text::END_REALLY).press();
    hall.step(&mut game);
    hall.step(&mut game);
    game.key(Key::Escape);
    game.expect_text(common::TAGLINE);
}

#[test]
fn without_standings_nobody_is_ranked() {
    let mut game = Game::start();
    let off = Settings { standings: ShowStandings::Off, ..settings() };
    let mut hall = class_of(&mut game, &["Ann", "Ben"], &bank(&[Kind::Choice]), off);
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    hall.answer(&mut game, 0, true);
    hall.answer(&mut game, 1, false);
    for _ in 0..2 {
        if hall.stage() != Stage::Finished {
            game.key(Key::Enter);
            hall.step(&mut game);
        }
        game.expect_no_text("Ann");
    }
    game.expect_text(text::WELL_PLAYED);
}

#[test]
fn leaving_and_closing_the_window_ask_first() {
    let mut game = Game::start();
    let mut hall = class_of(&mut game, &NAMES, BANK, settings());
    game.key(Key::Escape).expect_text(text::LEAVE_HEADING).expect_no_text(text::END);
    assert_eq!(game.focused_name().as_deref(), Some(text::STAY));
    game.key(Key::Enter).expect_no_text(text::LEAVE_HEADING);
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    let world = game.app.world_mut();
    let window = world.query_filtered::<Entity, With<PrimaryWindow>>().single(world).unwrap();
    world.write_message(WindowCloseRequested { window });
    game.settle();
    game.expect_text(text::LEAVE_HEADING).button(text::QUIT_KEEP);
    assert!(game.app.world().get_entity(window).is_ok(), "it is still there");
    // Ending asks once more.
    game.button(text::END).press();
    hall.step(&mut game);
    assert_ne!(hall.stage(), Stage::Finished);
    game.button(text::END_REALLY).press();
    hall.step(&mut game);
    assert_eq!(hall.stage(), Stage::Finished);
    game.expect_text(text::ENDED_EARLY);
}

#[test]
fn whoever_wants_to_close_twice_closes() {
    let mut game = Game::start();
    let _hall = class_of(&mut game, &NAMES, BANK, settings());
    let world = game.app.world_mut();
    let window = world.query_filtered::<Entity, With<PrimaryWindow>>().single(world).unwrap();
    world.write_message(WindowCloseRequested { window });
    game.settle();
    game.app.world_mut().write_message(WindowCloseRequested { window });
    game.frame().frame();
    assert!(game.app.world().get_entity(window).is_err(), "the window is gone");
}

#[test]
fn a_thousand_seats_are_shares_and_one_who_is_missing_is_seen() {
    let gold = |ring: &roundtable::game::widgets::Ring| ring.seats.iter().filter(|s| **s == Token::Gold).count();
    assert_eq!(gold(&crowd::answered(1, 1000, 100.)), 1);
    assert_eq!(gold(&crowd::answered(999, 1000, 100.)), 63);
    assert_eq!(gold(&crowd::answered(1000, 1000, 100.)), 64);
    assert_eq!(crowd::seats_at_the_table(1000, 100.).seats.len(), 64);
}

#[test]
fn a_still_class_asks_for_no_frame() {
    let mut game = Game::start();
    let by_hand = Settings { pace: roundtable::rules::Pace::None, ..settings() };
    let mut hall = class_of(&mut game, &NAMES, &bank(&[Kind::Choice]), by_hand);
    game.advance(3.);
    assert!(!game.asked_for_a_frame(), "the lobby");
    for _ in 0..2 {
        game.key(Key::Enter);
        hall.step(&mut game);
    }
    game.advance(3.);
    assert!(!game.asked_for_a_frame(), "an open question without a timer");
}

/// Every face and dialog, one after the other.
fn walk(game: &mut Game, bank: &str, questions: usize, mut at: impl FnMut(&mut Game, &str)) {
    let hold = Settings { hold: true, ..settings() };
    let mut hall = Hall::open(game, bank, hold);
    at(game, "class-lobby-empty");
    for name in NAMES {
        hall.join(game, name);
    }
    at(game, "class-lobby");
    for (opens, name) in [(text::HELP, "class-help"), (text::REMOTE, "class-remote-before")] {
        game.button(opens).press();
        at(game, name);
        game.key(Key::Escape);
    }
    game.button("Calm Heron").press();
    at(game, "class-person");
    game.key(Key::Escape).key(Key::Escape);
    at(game, "class-leave");
    game.key(Key::Escape).tab_to(&text::start(3)).key(Key::Enter);
    hall.step(game);
    at(game, "class-intro");
    game.key(Key::Enter);
    hall.step(game);
    for number in 1..=questions {
        let kind = hall.room.game().view(roundtable::quiz::Seat::Projector, hall.room.game().last_stamp());
        let kind = kind.shown.question.as_ref().map(|question| question.ask.kind()).expect("an open question");
        let kind = format!("{kind:?}").to_lowercase();
        hall.answer(game, 0, true);
        at(game, &format!("class-{kind}-asked"));
        if number == 1 {
            game.button(text::PAUSE).press();
            hall.step(game);
            at(game, "class-paused");
            game.key(Key::Enter);
            hall.step(game);
            game.button(&text::people(3)).press();
            at(game, "class-people");
            game.key(Key::Escape);
        }
        hall.answer(game, 1, false);
        game.button(text::CLOSE_VOTE).press();
        hall.step(game);
        if number == 1 {
            at(game, "class-held");
        }
        game.button(text::REVEAL).press();
        hall.step(game);
        at(game, &format!("class-{kind}-told"));
        if matches!(kind.as_str(), "choice" | "multichoice" | "number" | "text") {
            game.button(text::MEND).press();
            at(game, &format!("class-{kind}-mend"));
            game.key(Key::Escape);
        }
        game.chord(&[KeyCode::ControlLeft], Key::Enter);
        hall.step(game);
        if hall.stage() == Stage::Standings {
            if number == questions {
                at(game, "class-standings");
            }
            game.key(Key::Enter);
            hall.step(game);
        }
        if hall.stage() == Stage::RoundIntro {
            game.key(Key::Enter);
            hall.step(game);
        }
    }
    assert_eq!(hall.stage(), Stage::Finished);
    at(game, "class-podium");
    game.button(text::REPORT).press();
    at(game, "class-report");
    game.key(Key::Escape);
    game.button(text::EARLIER).press();
    at(game, "class-earlier");
}

#[test]
fn the_tree_of_every_face_is_the_golden_one() {
    let mut game = Game::start();
    let mut faults = Vec::new();
    walk(&mut game, &bank(&Kind::ALL), 7, |game, name| {
        game.settle();
        golden::keep_game(&mut faults, game, name);
    });
    assert!(faults.is_empty(), "Write them anew with ROUNDTABLE_GOLDEN=write.\n{}", faults.join("\n"));
}

fn fits_everywhere(game: &mut Game, bank: &str, sizes: &[((u16, u16), f32)], whole_words: bool) {
    let mut faults = Vec::new();
    walk(game, bank, 7, |game, name| {
        faults.extend(fits::faults_of(game, sizes, whole_words).into_iter().map(|fault| format!("{name}: {fault}")));
    });
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_face_holds_in_every_size() {
    let mut game = Game::start();
    let sizes = [every(&fits::SHAPES, &[1., 2.]), every(&fits::BETWEEN, &[1.5])].concat();
    fits_everywhere(&mut game, BANK, &sizes, true);
}

#[test]
fn long_texts_hold_on_every_face() {
    let mut game = Game::start();
    fits_everywhere(&mut game, &fits::long_bank(), &every(&fits::LONG, &[1., 2.]), false);
}

#[test]
fn a_lesson_is_chosen_and_the_room_opens_closes_and_goes_on() {
    let sizes = [every(&fits::SHAPES, &[1., 2.]), every(&fits::BETWEEN, &[1.5])].concat();
    let mut timed = Timed::with(BANK, (1280, 720));
    let mut faults = Vec::new();
    let mut look = |timed: &mut Timed, name: &str| {
        let found = fits::faults_of(&mut timed.game, &sizes, true);
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    };
    timed.game.tab_to(text::HOST_A_CLASS).key(Key::Enter).expect_text(text::SET_UP);
    look(&mut timed, "set-up");
    timed.game.tab_to(text::PREPARE).key(Key::Enter).expect_text("So it is.").expect_text(&text::key_line("Rome"));
    assert!(timed.game.find(Role::Button, text::LESSON_SAVE).node().is_disabled(), "nothing is ticked");
    timed.game.find(Role::CheckBox, "Is it?").press();
    timed.game.find(Role::CheckBox, "Type.").press();
    timed.game.expect_text("2 questions ticked");
    look(&mut timed, "lesson");
    timed.game.tab_to(text::LESSON_NAME).type_text("Two things").key(Key::Enter);
    timed.game.find(Role::RadioButton, "Two things");
    timed.game.expect_text(&common::questions(2)).expect_no_text(common::PER_ROUND);
    timed.game.find(Role::CheckBox, text::OWN_NAMES).press();
    timed.game.tab_to(text::OPEN_ROOM).key(Key::Enter);
    // From here on a real room with a real server, on threads of their own.
    timed.until(text::AT_THE_TABLE);
    timed.game.expect_text("2 questions · Two things").expect_text(text::STAYS_HERE);
    timed.game.key(Key::Escape).button(text::LEAVE_KEEP).press();
    timed.until(text::GO_ON_HEADING);
    timed.game.tab_to(text::GO_ON).key(Key::Enter);
    timed.until(text::AT_THE_TABLE);
    timed.game.key(Key::Escape).button(text::LEAVE_KEEP).press();
    timed.until(text::GO_ON_HEADING);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
