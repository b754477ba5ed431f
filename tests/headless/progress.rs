//! What is remembered of everything played: seats, bests, the history; feeding twice, merging, strangers' files.

#![allow(clippy::unwrap_used, reason = "a failing helper is a failing test")]

use proptest::prelude::*;
use roundtable::bank;
use roundtable::game::kept::{Label, Unreadable, decode, encode};
use roundtable::game::preferences::Preferences;
use roundtable::game::progress::model::{Answered, Finished};
use roundtable::game::progress::{FILE, Ledger, PlayedGame, SeatState, Seats, settings_key, transfer};
use roundtable::quiz::{Settings, Sureness};
use roundtable::rules::{Credit, Extra, GameCode, Pace};

fn answer<'a>(question: &'a str, game: &'a str, day: i32, credit: u16) -> Answered<'a> {
    Answered {
        bank: "b",
        question,
        game,
        at: u64::from(day.unsigned_abs()) * 86_400,
        day,
        credit: Credit(credit),
        answered: true,
        sure: None,
    }
}

fn game(id: &str, at: u64, points: u32) -> Finished<'static> {
    Finished {
        line: PlayedGame {
            game: id.to_owned(),
            at,
            day: 1,
            bank: "b".to_owned(),
            title: "B".to_owned(),
            credit: points,
            counted: 5,
            points,
            code: None,
            settings: "key".to_owned(),
        },
        rounds: vec![("r", points, 5)],
        credits: vec![Credit::FULL; 5],
        whole: true,
    }
}

#[test]
fn a_seat_fills_for_good_on_the_second_day() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.seat("b", "q"), SeatState::Empty);
    ledger.answered(&answer("q", "g1", 10, 999));
    assert_eq!(ledger.seat("b", "q"), SeatState::Empty, "nearly right is not right");
    ledger.answered(&answer("q", "g2", 10, 1000));
    ledger.answered(&answer("q", "g3", 10, 1000));
    assert_eq!(ledger.seat("b", "q"), SeatState::Once, "twice on one day is one day");
    ledger.answered(&answer("q", "g4", 12, 1000));
    assert_eq!(ledger.seat("b", "q"), SeatState::Taken);
    ledger.answered(&answer("q", "g5", 13, 0));
    assert_eq!(ledger.seat("b", "q"), SeatState::Taken, "for good");
    assert_eq!(ledger.missed("b"), ["q"]);
    assert_eq!(ledger.seats("b", ["q", "other"].into_iter()), Seats { taken: 1, once: 0, empty: 1 });
}

#[test]
fn an_answer_counts_once_however_often_and_on_whatever_day_it_is_fed() {
    let mut ledger = Ledger::default();
    assert!(ledger.answered(&answer("q", "g", 10, 1000)));
    let once = ledger.clone();
    // Killed at its feedback and continued the next day.
    assert!(!ledger.answered(&answer("q", "g", 11, 1000)));
    assert_eq!(ledger, once);
    assert!(ledger.answered(&Answered { sure: Some(Sureness::Sure), ..answer("q", "g", 11, 1000) }));
    assert_eq!(ledger.last("b", "q").unwrap().sure, Some(Sureness::Sure));
    assert_eq!(ledger.seat("b", "q"), SeatState::Once);
    // The same with another game in between.
    ledger.answered(&answer("q", "h", 10, 0));
    ledger.answered(&answer("q", "g", 11, 1000));
    assert_eq!(ledger.seat("b", "q"), SeatState::Once);
}

#[test]
fn a_game_that_has_not_begun_has_no_question_to_give_up() {
    let told = roundtable::game::text::gives_up("A quiz", (0, 20), 0);
    assert_eq!(told, "Starting a new game gives up the one you left: A quiz, not begun yet.");
}

#[test]
fn practised_right_is_missed_no_more() {
    let mut ledger = Ledger::default();
    ledger.answered(&answer("q", "g", 10, 300));
    assert_eq!(ledger.missed("b"), ["q"]);
    ledger.answered(&answer("q", "h", 10, 1000));
    assert!(ledger.missed("b").is_empty());
}

#[test]
fn the_best_run_is_the_one_with_most_points_and_the_former_is_told() {
    let mut ledger = Ledger::default();
    let first = ledger.finished(game("one", 1, 3000)).unwrap();
    assert!(first.is_best && first.former.is_none() && first.ahead_by().is_none());
    let worse = ledger.finished(game("two", 2, 2000)).unwrap();
    assert!(!worse.is_best && worse.former.as_ref().unwrap().points == 3000);
    let equal = ledger.finished(game("three", 3, 3000)).unwrap();
    assert!(!equal.is_best);
    let better = ledger.finished(game("four", 4, 4240)).unwrap();
    assert_eq!(better.ahead_by(), Some(1240));
    assert!(ledger.finished(game("four", 5, 9999)).is_none(), "fed twice");
    assert_eq!(ledger.run("b", "key").unwrap().points, 4240);
    assert_eq!(ledger.best_run("b", "key").unwrap().len(), 5);
    assert_eq!(ledger.best_of_round("b", "r").unwrap().credit, 4240);
    assert_eq!(ledger.best("b").unwrap().points, 4240);
    assert_eq!(
        ledger.history().iter().map(|line| line.game.as_str()).collect::<Vec<_>>(),
        ["four", "three", "two", "one"]
    );
    // A practice and a game that was given up are in the history and nowhere else.
    let mut practice = game("five", 6, 5000);
    practice.line.settings.clear();
    assert!(!ledger.finished(practice).unwrap().is_best);
    assert!(!ledger.finished(Finished { whole: false, ..game("six", 7, 5000) }).unwrap().is_best);
    assert_eq!(ledger.run("b", "key").unwrap().points, 4240);
}

#[test]
fn the_history_is_bounded() {
    let mut ledger = Ledger::default();
    for number in 0..600 {
        ledger.finished(game(&format!("{number}"), number, 1));
    }
    assert_eq!(ledger.history().len(), 500);
    assert_eq!(ledger.history()[0].game, "599");
}

#[test]
fn only_games_with_the_same_rounds_length_time_and_scoring_compare() {
    let bank = bank::read(super::quiz::BANK.as_bytes()).unwrap();
    let solo = || Settings::solo(GameCode::from_bits(1).seed());
    let key = |settings: Settings| settings_key(&settings, &bank);
    let all = key(solo());
    assert_eq!(all, key(Settings { rounds: vec!["two".into(), "one".into()], ..solo() }), "whatever the order");
    assert_eq!(all, key(solo().with_code(GameCode::from_bits(9))), "whatever the code");
    let others = [
        key(Settings { rounds: vec!["one".into()], ..solo() }),
        key(Settings { per_round: Some(2), ..solo() }),
        key(Settings { pace: Pace::Standard, ..solo() }),
        key(Settings { extra: Extra(20), ..solo() }),
        key(Settings { pace: Pace::None, ..solo() }),
    ];
    for other in &others {
        assert_ne!(*other, all);
    }
    assert_eq!(key(Settings { pace: Pace::None, extra: Extra(50), ..solo() }), others[4], "no timer, no extra time");
    assert_eq!(key(Settings { only: vec!["legs".into()], ..solo() }), "");
}

#[test]
fn files_are_told_apart() {
    let mut ledger = Ledger::default();
    ledger.answered(&answer("q", "g", 10, 1000));
    ledger.finished(game("g", 5, 700));
    let bytes = encode(FILE, &ledger);
    assert_eq!(decode::<Ledger>(FILE, &bytes).unwrap(), ledger);
    let text = String::from_utf8(bytes).unwrap();
    let read = |text: &str| decode::<Ledger>(FILE, text.as_bytes()).unwrap_err();
    assert_eq!(read("{}"), Unreadable::Foreign);
    assert_eq!(read(&text[..text.len() / 2]), Unreadable::Foreign);
    assert_eq!(read(&text.replace("\"progress\"", "\"preferences\"")), Unreadable::Foreign);
    assert_eq!(read(&text.replace("\"format\": 1", "\"format\": 2")), Unreadable::Newer);
    assert_eq!(read(&text.replace("\"history\": [", "\"history\": [7,")), Unreadable::Damaged);
}

#[test]
fn a_strangers_file_is_brought_within_bounds() {
    let text = r#"{"roundtable":"progress","format":1,"content":{"banks":{"b":{"questions":{"q":
        {"last":{"at":1,"day":2147483647,"credit":65535,"answered":true,"game":"g"}}}}},
        "history":[{"game":"g","at":18446744073709551615,"day":-2147483648,"bank":"b","title":"t","credit":4294967295,"counted":0,"points":4294967295},
        {"game":"g","at":1,"day":1,"bank":"b","title":"t","credit":1,"counted":1,"points":1}]}}"#;
    let mut ledger: Ledger = decode(FILE, text.as_bytes()).unwrap();
    ledger.sanitise();
    assert_eq!(ledger.last("b", "q").unwrap().credit, Credit::FULL);
    assert_eq!(ledger.history().len(), 1);
}

#[test]
fn an_answer_from_a_clock_that_was_ahead_does_not_outlast_the_next() {
    for at in [4_000_000_000_000, u64::MAX] {
        let mut kept = Ledger::default();
        kept.answered(&Answered { at, ..answer("q", "ahead", 40_000, 0) });
        kept.sanitise();
        let mut mine = kept.clone();
        mine.answered(&answer("q", "now", 20_000, 1000));
        mine.merge(&kept);
        assert_eq!(mine.last("b", "q").unwrap().game, "now");
        assert!(mine.missed("b").is_empty());
    }
}

const NOW: u64 = 1_764_000_000_000;
const TODAY: i32 = 20_416;

#[test]
fn days_that_have_not_come_are_one_day_that_nobody_knows() {
    let mut theirs = Ledger::default();
    for (game, day) in [("past", TODAY - 1), ("ahead", TODAY + 400), ("further", TODAY + 401)] {
        theirs.answered(&answer("both", game, day, 1000));
    }
    for (game, day) in [("ahead", TODAY + 400), ("further", TODAY + 401), ("furthest", i32::MAX)] {
        theirs.answered(&answer("future", game, day, 1000));
    }
    // East of here it is tomorrow already.
    theirs.answered(&answer("east", "tomorrow", TODAY + 1, 1000));
    theirs.answered(&answer("east", "today", TODAY, 1000));
    let seats = |ledger: &Ledger| ["both", "future", "east"].map(|question| ledger.seat("b", question));
    // Taken in on this day and on others: nothing comes of it that was not there the first time.
    let mut mine = Ledger::default();
    for later in 0..3_u8 {
        let mut taken = theirs.clone();
        taken.as_of(NOW + u64::from(later) * 86_400_000, TODAY + i32::from(later));
        mine.merge(&taken);
        assert_eq!(seats(&mine), [SeatState::Taken, SeatState::Once, SeatState::Taken], "{later} days later");
    }
    // It can be filled like any other.
    mine.answered(&answer("future", "now", TODAY, 1000));
    assert_eq!(mine.seat("b", "future"), SeatState::Taken);
}

#[test]
fn an_answer_from_the_future_gives_way_to_one_that_is_dated_rightly() {
    for at in [NOW + 4 * 86_400_000, u64::MAX] {
        let mut theirs = Ledger::default();
        for question in ["known", "new"] {
            theirs.answered(&Answered { at, ..answer(question, "ahead", TODAY + 4, 0) });
        }
        theirs.sanitise();
        theirs.as_of(NOW, TODAY);
        let mut mine = Ledger::default();
        mine.answered(&Answered { at: NOW - 1, ..answer("known", "mine", TODAY, 1000) });
        mine.merge(&theirs);
        assert_eq!(mine.missed("b"), ["new"], "what is not known here comes in");
        mine.answered(&Answered { at: NOW, ..answer("new", "mine", TODAY, 1000) });
        mine.merge(&theirs);
        assert!(mine.missed("b").is_empty(), "taken in once more, it does not undo the practice");
    }
}

#[test]
fn games_from_the_future_stand_in_the_history_as_of_now() {
    let mut theirs = Ledger::default();
    theirs.finished(game("rightly", NOW - 10, 1));
    theirs.finished(game("ahead", NOW + 4 * 86_400_000, 1));
    theirs.finished(game("further", u64::MAX, 1));
    theirs.sanitise();
    theirs.as_of(NOW, TODAY);
    let mut mine = Ledger::default();
    mine.finished(game("before", NOW - 5, 1));
    mine.merge(&theirs);
    mine.finished(game("after", NOW + 5, 1));
    let order: Vec<&str> = mine.history().iter().map(|line| line.game.as_str()).collect();
    assert_eq!(order, ["after", "further", "ahead", "before", "rightly"]);
    assert!(mine.history().iter().all(|line| line.at <= NOW + 5 && line.day <= TODAY), "{:#?}", mine.history());
}

#[test]
fn a_game_that_ends_after_another_is_the_newer_one_even_if_the_clock_was_ahead() {
    let mut ledger = Ledger::default();
    ledger.finished(game("ahead", NOW + 4 * 86_400_000, 1));
    ledger.finished(game("now", NOW, 1));
    assert_eq!(ledger.history()[0].game, "now");
}

#[test]
fn an_export_carries_the_settings_but_not_what_belongs_to_one_screen() {
    let here =
        Preferences { text_percent: 150, volume: 25, single_keys: false, full_screen: true, ..Preferences::default() };
    let bytes = transfer::export(&Ledger::default(), &here);
    assert_eq!(decode::<Ledger>(FILE, &bytes), Ok(Ledger::default()), "a version without settings reads the progress");
    assert!(!String::from_utf8(bytes).unwrap().contains("full_screen"));
    let fields = here.portable();
    let there = Preferences { volume: 100, ..Preferences::default() };
    assert_eq!(there.with_portable(&fields), Preferences { full_screen: false, ..here.clone() });
    // Whatever a file says, the window stays as it is.
    assert_eq!(there.with_portable(&here.fields()), Preferences { full_screen: false, ..here });
    let strange = serde_json::from_str(r#"{"volume":33,"theme":"Neon","text_percent":200}"#).unwrap();
    assert_eq!(there.with_portable(&strange), Preferences { text_percent: 200, ..there });
}

/// What a copy of the program may remember; no two copies hold the same match.
fn ledgers(copy: u32) -> impl Strategy<Value = Ledger> {
    let answers = prop::collection::vec((0..4_u8, 0..4_u8, 0..3_i32, prop::bool::ANY), 0..12);
    let games = prop::collection::vec((0..6_u8, 0..4_u64, 0..3_u32), 0..6);
    (answers, games).prop_map(move |(answers, games)| {
        let mut ledger = Ledger::default();
        for (question, game, day, right) in answers {
            let (question, game) = (format!("q{question}"), format!("{copy}-{game}"));
            ledger.answered(&answer(&question, &game, day, if right { 1000 } else { 0 }));
        }
        for (id, at, points) in games {
            ledger.finished(game(&format!("{copy}-{id}"), at, points * 100));
        }
        ledger
    })
}

proptest! {
    #[test]
    fn merging_is_a_union_whoever_begins(a in ledgers(0), b in ledgers(1), c in ledgers(2)) {
        let both = |one: &Ledger, other: &Ledger| {
            let mut all = one.clone();
            all.merge(other);
            all
        };
        prop_assert_eq!(both(&a, &a), a.clone());
        prop_assert_eq!(both(&both(&a, &b), &b), both(&a, &b));
        prop_assert_eq!(both(&a, &b), both(&b, &a));
        prop_assert_eq!(both(&both(&a, &b), &c), both(&a, &both(&b, &c)));
        let all = both(&a, &b);
        for question in ["q0", "q1", "q2", "q3"] {
            let seat = |ledger: &Ledger| ledger.seats("b", [question].into_iter());
            prop_assert!(seat(&all).taken >= seat(&a).taken.max(seat(&b).taken));
        }
    }
}

#[test]
fn preferences_survive_values_that_this_version_does_not_know() {
    let fields = |text: &str| serde_json::from_str(text).unwrap();
    let read = Preferences::from_fields(&fields(
        r#"{"theme":"Neon","text_percent":150,"volume":33,"extra":7,"single_keys":false,"from_the_future":[1]}"#,
    ));
    let expected = Preferences { text_percent: 150, single_keys: false, ..Preferences::default() };
    assert_eq!(read, expected);
    assert_eq!(Preferences::from_fields(&expected.fields()), expected);
    assert_eq!(Preferences::from_fields(&fields("{}")), Preferences::default());
}

#[test]
fn a_label_is_part_of_the_file() {
    let label = Label { what: "preferences", format: 3, file: "x" };
    let bytes = encode(label, &7);
    assert_eq!(decode::<u8>(label, &bytes), Ok(7));
    assert_eq!(decode::<u8>(Label { format: 4, ..label }, &bytes), Ok(7), "an older format is read");
}
