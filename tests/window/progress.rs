//! What lasts from one run to the next: settings, seats, missed questions, bests; the first run; progress as a file.

use std::collections::VecDeque;
use std::path::PathBuf;

use accesskit::Role;
use bevy::a11y::AccessibilityNode;
use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowMode};
use roundtable::game::app::Options;
use roundtable::game::dialogs::Chooser;
use roundtable::game::focus::SingleKeys;
use roundtable::game::kept::Files;
use roundtable::game::layout::TextScale;
use roundtable::game::preferences::Preferences;
use roundtable::game::progress::{Calendar, FirstRun, Progress, SeatState};
use roundtable::game::text;
use roundtable::game::theme::{Theme, ThemeName};
use roundtable::platform::Picked;

use crate::games::{Place, until};
use crate::harness::Game;

const BANK: &str = r#"Bank(format: 1, id: "memory", title: "Memory quiz", rounds: [
    Round(id: "first", title: "First round", questions: [
        Choice(id: "a", stem: "Which of the first?", key: "Right one", distractors: ["Wrong one", "Other one"], explanation: "So it is."),
        TrueFalse(id: "b", stem: "Is it so?", key: true, explanation: "It is."),
    ]),
    Round(id: "second", title: "Second round", questions: [
        TrueFalse(id: "c", stem: "And this?", key: false, explanation: "It is not."),
    ]),
])"#;

fn bank(place: &Place) -> PathBuf {
    let path = place.data().with_file_name("memory.ron");
    std::fs::write(&path, BANK).expect("a file");
    path
}

/// A run of the program on this day.
fn run(place: &Place, day: i32) -> Game {
    sized(place, day, (1280, 720))
}

fn sized(place: &Place, day: i32, size: (u32, u32)) -> Game {
    let options = Options { data_dir: place.data(), banks: vec![bank(place)], size: Some(size), ..Options::default() };
    let mut game = Game::built(options, |app| {
        app.insert_resource(FirstRun(false)).insert_resource(Calendar::Fixed(day));
    });
    until(&mut game, "Memory quiz");
    game
}

/// Leaves the program as a player does.
fn quit(mut game: Game) {
    game.app.world_mut().write_message(AppExit::Success);
    game.frame();
}

fn start_all(game: &mut Game) {
    game.tab_to("Play").key(Key::Enter).tab_to("Start").key(Key::Enter);
}

/// Answers what is asked, right or wrong, up to the results.
fn play_through(game: &mut Game, right: impl Fn(&str) -> bool) {
    for _ in 0..40 {
        let shown = game.texts().join("\n");
        if shown.contains("out of ") {
            return;
        }
        let asked = ["Which of the first?", "Is it so?", "And this?"].into_iter().find(|stem| shown.contains(stem));
        let told = shown.contains("+0 points") || shown.contains("+1,000 points");
        match asked {
            Some(stem) if !told => {
                let right = right(stem);
                match stem {
                    "Which of the first?" => {
                        game.tab_to(if right { "Right one" } else { "Wrong one" }).key(Key::Enter);
                    }
                    "Is it so?" => {
                        game.type_text(if right { "t" } else { "f" });
                    }
                    _ => {
                        game.type_text(if right { "f" } else { "t" });
                    }
                }
                until(game, if right { "+1,000 points" } else { "+0 points" });
            }
            _ => {
                game.key(Key::Enter);
            }
        }
    }
    panic!("No results.\n{}", game.tree());
}

fn seat(game: &Game, question: &str) -> SeatState {
    game.app.world().resource::<Progress>().seat("memory", question)
}

/// Presses a value of a setting.
#[track_caller]
fn choose(game: &mut Game, setting: &str, value: &str) {
    let group = game.find(Role::RadioGroup, setting).entity;
    let values = game.all(Role::RadioButton, value);
    let inside = |pill: &Entity| game.app.world().get::<ChildOf>(*pill).map(ChildOf::parent) == Some(group);
    let pill = values.into_iter().find(inside).unwrap_or_else(|| panic!("No “{value}” in “{setting}”."));
    game.assist(pill, accesskit::Action::Click, None);
}

#[test]
fn settings_take_effect_at_once_and_last() {
    let place = Place::new();
    let mut game = run(&place, 1);
    game.tab_to("Settings").key(Key::Enter);
    game.expect_text("Changes are saved automatically.");
    for (setting, value) in [
        ("Theme", "Paper"),
        ("Text size", "150 %"),
        ("Motion", "Reduced"),
        ("Extra time", "×2"),
        ("Sound", "25 %"),
        ("Show keys", "Always"),
        ("Answer with A–F and 1–6", "Off"),
        ("Full screen", "On"),
    ] {
        choose(&mut game, setting, value);
    }
    let check = |game: &mut Game| {
        let world = game.app.world_mut();
        assert_eq!(world.resource::<Theme>().0, ThemeName::Paper);
        assert!((world.resource::<TextScale>().0 - 1.5).abs() < 0.01);
        assert_eq!(*world.resource::<SingleKeys>(), SingleKeys(false));
        let preferences = world.resource::<Preferences>();
        assert_eq!((preferences.volume, preferences.extra.0), (25, 20));
        let mut windows = world.query_filtered::<&Window, With<PrimaryWindow>>();
        let mode = windows.single(world).expect("a window").mode;
        assert!(matches!(mode, WindowMode::BorderlessFullscreen(_)), "{mode:?}");
    };
    check(&mut game);
    // The set-up starts with the extra time that is set here.
    game.key(Key::Escape).tab_to("Play").key(Key::Enter);
    assert_eq!(game.find(Role::RadioButton, "×2").node().toggled(), Some(accesskit::Toggled::True));
    quit(game);
    let mut game = run(&place, 1);
    check(&mut game);
}

#[test]
fn settings_are_reached_from_a_pause_and_lead_back_to_it() {
    let place = Place::new();
    let mut game = run(&place, 1);
    start_all(&mut game);
    game.key(Key::Enter).key(Key::Escape);
    game.expect_text("Paused").tab_to("Settings").key(Key::Enter);
    choose(&mut game, "Theme", "High contrast");
    game.key(Key::Escape);
    game.expect_text("Paused");
    assert_eq!(game.focused_name().as_deref(), Some("Resume"));
    game.key(Key::Enter).expect_text("Question 1 of 3");
    assert_eq!(game.app.world().resource::<Theme>().0, ThemeName::HighContrast);
}

#[test]
fn two_running_copies_change_different_settings_and_neither_is_lost() {
    let place = Place::new();
    let (mut one, mut other) = (run(&place, 1), run(&place, 1));
    one.app.world_mut().resource_mut::<Preferences>().theme = ThemeName::Paper;
    one.settle().app.world().resource::<Files>().flush();
    other.app.world_mut().resource_mut::<Preferences>().volume = 0;
    other.settle().app.world().resource::<Files>().flush();
    one.app.world_mut().resource_mut::<Preferences>().single_keys = false;
    one.settle();
    quit(one);
    quit(other);
    let game = run(&place, 1);
    let kept = game.app.world().resource::<Preferences>();
    assert_eq!((kept.theme, kept.volume, kept.single_keys), (ThemeName::Paper, 0, false));
}

#[test]
fn a_seat_fills_for_good_on_the_second_day() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    play_through(&mut game, |stem| stem != "And this?");
    game.key(Key::Escape).expect_text("2 right once").expect_text("1 still free").expect_text("of 3 seats taken");
    // Twice on one day is one day.
    start_all(&mut game);
    play_through(&mut game, |_| true);
    assert_eq!((seat(&game, "a"), seat(&game, "c")), (SeatState::Once, SeatState::Once));
    quit(game);

    let mut game = run(&place, 101);
    game.expect_text("3 right once");
    game.find(Role::Meter, "Your table: 0 of 3 seats taken, 3 right once");
    start_all(&mut game);
    play_through(&mut game, |stem| stem != "Is it so?");
    game.key(Key::Escape);
    game.find(Role::Meter, "Your table: 2 of 3 seats taken, 1 right once");
    assert_eq!((seat(&game, "a"), seat(&game, "b")), (SeatState::Taken, SeatState::Once));
    // The set-up knows the best of each round, and the table the games.
    game.tab_to("Play").key(Key::Enter);
    game.expect_text("2 questions\nbest 2 of 2").expect_text("1 question\nbest 1 of 1").key(Key::Escape);
    game.tab_to("Your table").key(Key::Enter);
    game.expect_text("1 of 2 seats · best 2 of 2");
    game.expect_text("Games played").expect_text("2 of 3 · 2,000 points").expect_text("3 of 3 · 3,000 points");
    game.expect_text("12 April 1970").expect_text("Is it so?");
}

#[test]
fn a_killed_game_has_counted_what_was_answered_and_counts_it_once() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    game.key(Key::Enter);
    let first = if game.texts().iter().any(|text| text.contains("Is it so?")) { "b" } else { "a" };
    if first == "b" {
        game.type_text("t");
    } else {
        game.tab_to("Right one").key(Key::Enter);
    }
    until(&mut game, "+1,000 points");
    game.app.world().resource::<Files>().flush();
    // Nothing is said good-bye to: what is on disk now is what a kill leaves.
    crate::games::kill(game, &place);
    let mut game = run(&place, 101);
    assert_eq!(seat(&game, first), SeatState::Once);
    game.tab_to("Continue").key(Key::Enter).key(Key::Enter).expect_text("+1,000 points");
    assert_eq!(seat(&game, first), SeatState::Once, "the same answer, seen on another day");
}

#[test]
fn missed_questions_are_practised_until_they_are_right() {
    let place = Place::new();
    let mut game = run(&place, 100);
    game.expect_no_text("Practise my mistakes");
    start_all(&mut game);
    play_through(&mut game, |stem| stem == "Is it so?");
    assert_eq!(game.focused_name().as_deref(), Some("Practise these"));
    game.key(Key::Escape);
    game.button("Practise my mistakes, 2 to practise").press();
    game.expect_text("Round 1 of 2").expect_text("No timer");
    play_through(&mut game, |stem| stem == "And this?");
    game.expect_text("out of 2").key(Key::Enter);
    // "Practise these" again: one is left.
    game.expect_text("1 question: choose one");
    game.key(Key::Enter).key(Key::Escape).tab_to("Leave").key(Key::Enter);
    game.expect_text("1 to practise");
    game.tab_to("Continue").key(Key::Enter).key(Key::Enter);
    play_through(&mut game, |_| true);
    game.expect_text("Every question right").key(Key::Escape);
    game.expect_no_text("Practise my mistakes");
    assert_eq!(seat(&game, "a"), SeatState::Once);
    // A practice is no best run of anything.
    let progress = game.app.world().resource::<Progress>();
    assert_eq!(progress.history().len(), 3);
    assert_eq!(progress.best("memory").map(|best| best.counted), Some(3));
}

#[test]
fn practising_keeps_a_game_that_was_left() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    play_through(&mut game, |stem| stem != "And this?");
    game.key(Key::Escape);
    start_all(&mut game);
    game.key(Key::Enter).key(Key::Escape).tab_to("Leave").key(Key::Enter);
    game.expect_text("Question 1 of 3").button("Practise my mistakes, 1 to practise").press();
    // Left as well, the practice comes first, and the title says that the game is there.
    game.key(Key::Enter).key(Key::Escape).tab_to("Leave").key(Key::Enter);
    game.expect_text("Question 1 of 1").expect_text("An earlier game waits, too: Memory quiz, question 1 of 3.");
    game.tab_to("Continue").key(Key::Enter).key(Key::Enter);
    play_through(&mut game, |_| true);
    game.key(Key::Escape).expect_text("Question 1 of 3").expect_no_text("An earlier game waits");
    assert_eq!(game.focused_name().as_deref(), Some("Continue"));
}

#[test]
fn a_better_run_knows_the_one_before_it() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    play_through(&mut game, |stem| stem == "Is it so?");
    let outcome = |game: &Game| game.app.world().resource::<Progress>().outcome().cloned().expect("a game");
    assert!(outcome(&game).is_best && outcome(&game).former.is_none());
    game.key(Key::Escape);
    start_all(&mut game);
    play_through(&mut game, |_| true);
    assert_eq!(outcome(&game).ahead_by(), Some(2000));
    game.key(Key::Escape);
    start_all(&mut game);
    play_through(&mut game, |_| false);
    assert!(!outcome(&game).is_best);
    assert_eq!(outcome(&game).former.map(|run| run.points), Some(3000));
}

fn script(game: &mut Game, picked: Vec<Picked>) {
    game.app.insert_resource(Chooser::Scripted(VecDeque::from(picked)));
}

#[test]
fn progress_goes_out_to_a_file_and_into_another_place() {
    let (here, there) = (Place::new(), Place::new());
    let file = here.data().with_file_name("out.json");
    let mut game = run(&here, 100);
    start_all(&mut game);
    play_through(&mut game, |stem| stem != "And this?");
    game.key(Key::Escape).tab_to("Settings").key(Key::Enter);
    script(&mut game, vec![Picked::Paths(vec![file.clone()])]);
    game.tab_to("Export to a file").key(Key::Enter);
    until(&mut game, "out.json");
    assert!(file.is_file());
    quit(game);

    let mut game = run(&there, 101);
    start_all(&mut game);
    play_through(&mut game, |_| true);
    game.key(Key::Escape).tab_to("Settings").key(Key::Enter);
    let foreign = there.data().with_file_name("foreign.json");
    std::fs::write(&foreign, "{}").expect("a file");
    script(&mut game, vec![Picked::Paths(vec![foreign]), Picked::Paths(vec![file.clone()]), Picked::Paths(vec![file])]);
    game.tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "foreign.json was not taken in. This file holds no Roundtable progress.");
    game.tab_to("OK").key(Key::Enter).tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Taken in: 1 game and 0 questions that were not here before.");
    assert_eq!((seat(&game, "a"), seat(&game, "c")), (SeatState::Taken, SeatState::Once));
    game.tab_to("OK").key(Key::Enter).tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Nothing in this file is new");
    quit(game);
    assert_eq!(seat(&run(&there, 101), "a"), SeatState::Taken, "what came in is kept");
}

#[test]
fn settings_go_out_with_the_progress_and_take_effect_where_they_come_in() {
    let (here, there) = (Place::new(), Place::new());
    let file = here.data().with_file_name("out.json");
    let mut game = run(&here, 100);
    game.tab_to("Settings").key(Key::Enter);
    for (setting, value) in [("Theme", "Paper"), ("Extra time", "×2"), ("Show keys", "Never"), ("Full screen", "On")] {
        choose(&mut game, setting, value);
    }
    script(&mut game, vec![Picked::Paths(vec![file.clone()])]);
    // Nobody has played here: the settings alone are worth a file.
    game.tab_to("Export to a file").key(Key::Enter);
    until(&mut game, "out.json");
    quit(game);

    let mut game = run(&there, 100);
    game.tab_to("Settings").key(Key::Enter);
    choose(&mut game, "Sound", "25 %");
    script(&mut game, vec![Picked::Paths(vec![file.clone()]), Picked::Paths(vec![file])]);
    game.tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Taken in: your settings.");
    game.tab_to("OK").key(Key::Enter);
    assert_eq!(game.app.world().resource::<Theme>().0, ThemeName::Paper);
    let shown = |game: &mut Game, setting: &str, value: &str| {
        let group = game.find(Role::RadioGroup, setting).entity;
        let pills = game.all(Role::RadioButton, value);
        let world = game.app.world();
        let pill = pills.into_iter().find(|pill| world.get::<ChildOf>(*pill).map(ChildOf::parent) == Some(group));
        let node = world.get::<AccessibilityNode>(pill.expect("a value")).expect("a node");
        node.toggled() == Some(accesskit::Toggled::True)
    };
    for (setting, value) in [("Theme", "Paper"), ("Extra time", "×2"), ("Show keys", "Never"), ("Sound", "75 %")] {
        assert!(shown(&mut game, setting, value), "“{setting}” shows “{value}”");
    }
    assert!(shown(&mut game, "Full screen", "Off"), "the window is this computer’s own");
    game.tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Nothing in this file is new");
    quit(game);
    let game = run(&there, 100);
    let kept = game.app.world().resource::<Preferences>();
    assert_eq!((kept.theme, kept.extra.0, kept.full_screen), (ThemeName::Paper, 20, false), "and stays");
}

#[test]
fn an_older_export_without_settings_leaves_them_as_they_are() {
    let place = Place::new();
    let mut game = run(&place, 100);
    game.tab_to("Settings").key(Key::Enter);
    choose(&mut game, "Theme", "Paper");
    let played = r#"{"game":"g","at":1,"day":1,"bank":"b","title":"B","credit":0,"counted":1,"points":0}"#;
    let older = |settings: &str| {
        let text = format!(r#"{{"roundtable":"progress","format":1,"content":{{"history":[{played}]}}{settings}}}"#);
        place.write(&format!("{}.json", settings.len()), text.as_bytes())
    };
    let files = [older(""), older(r#","settings":"all of them""#)];
    script(&mut game, files.into_iter().map(|file| Picked::Paths(vec![file])).collect());
    game.tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Taken in: 1 game and 0 questions that were not here before.");
    game.tab_to("OK").key(Key::Enter).tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Nothing in this file is new");
    assert_eq!(game.app.world().resource::<Theme>().0, ThemeName::Paper);
}

#[test]
fn a_file_from_a_clock_that_was_ahead_neither_fills_a_seat_nor_leads_the_history() {
    let place = Place::new();
    let mut game = run(&place, 20_000);
    let text = r#"{"roundtable":"progress","format":1,"content":{
        "banks":{"memory":{"questions":{"a":{"right":{"90000":"f","90001":"g"},
            "last":{"at":9000000000000,"day":90001,"credit":1000,"answered":true,"game":"g"}}}}},
        "history":[{"game":"g","at":9000000000000,"day":90001,"bank":"memory","title":"Ahead","credit":0,"counted":1,"points":0}]}}"#;
    let file = place.write("ahead.json", text.as_bytes());
    script(&mut game, vec![Picked::Paths(vec![file])]);
    game.tab_to("Settings").key(Key::Enter).tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Taken in: 1 game and 1 question");
    game.tab_to("OK").key(Key::Enter).key(Key::Escape);
    assert_eq!(seat(&game, "a"), SeatState::Once, "two days that have not come are no two days");
    start_all(&mut game);
    play_through(&mut game, |_| true);
    assert_eq!(seat(&game, "a"), SeatState::Taken);
    let history = game.app.world().resource::<Progress>().history();
    let titles: Vec<&str> = history.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(titles, ["Memory quiz", "Ahead"]);
    assert!(history.iter().all(|line| line.day <= 20_000), "{history:#?}");
}

#[test]
fn what_could_not_be_read_again_is_not_taken_in() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    play_through(&mut game, |_| true);
    game.key(Key::Escape).tab_to("Settings").key(Key::Enter);
    let played: Vec<String> = (0..400)
        .map(|id| {
            let title = "x".repeat(42_000);
            format!(
                r#"{{"game":"{id}","at":1,"day":1,"bank":"b","title":"{title}","credit":0,"counted":1,"points":0}}"#
            )
        })
        .collect();
    let huge = format!(r#"{{"roundtable":"progress","format":1,"content":{{"history":[{}]}}}}"#, played.join(","));
    let file = place.write("huge.json", huge.as_bytes());
    script(&mut game, vec![Picked::Paths(vec![file])]);
    game.tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "huge.json was not taken in.");
    quit(game);
    let mut game = run(&place, 101);
    assert_eq!(seat(&game, "a"), SeatState::Once);
    game.expect_no_text("could not be read");
}

#[test]
fn after_an_import_the_focus_is_back_where_it_was() {
    let place = Place::new();
    let mut game = run(&place, 100);
    let played = r#"{"game":"g","at":1,"day":1,"bank":"b","title":"B","credit":0,"counted":1,"points":0}"#;
    let text = format!(r#"{{"roundtable":"progress","format":1,"content":{{"history":[{played}]}}}}"#);
    let file = place.write("in.json", text.as_bytes());
    script(&mut game, vec![Picked::Paths(vec![file])]);
    game.tab_to("Settings").key(Key::Enter).tab_to("Import from a file").key(Key::Enter);
    until(&mut game, "Taken in: 1 game");
    game.tab_to("OK").key(Key::Enter);
    assert_eq!(game.focused_name().as_deref(), Some("Import from a file"));
}

#[test]
fn a_damaged_file_is_set_aside_and_told_and_a_newer_one_stays() {
    let place = Place::new();
    std::fs::create_dir_all(place.data()).expect("a folder");
    let progress = place.data().join("progress.json");
    let newer = r#"{"roundtable":"preferences","format":9,"content":{"theme":"Neon"}}"#;
    std::fs::write(&progress, "{\"roundtable\":\"progress\",\"format\":1,\"conte").expect("a file");
    std::fs::write(place.data().join("preferences.json"), newer).expect("a file");
    let mut game = run(&place, 100);
    game.expect_text("preferences.json was made by a newer version of Roundtable.").tab_to("OK").key(Key::Enter);
    until(&mut game, "It is kept at");
    game.tab_to("OK").key(Key::Enter);
    assert_eq!(place.files("set-aside").len(), 1);
    game.app.world_mut().resource_mut::<Preferences>().volume = 0;
    start_all(&mut game);
    play_through(&mut game, |_| true);
    quit(game);
    assert_eq!(std::fs::read_to_string(place.data().join("preferences.json")).expect("a file"), newer);
    assert_eq!(seat(&run(&place, 101), "a"), SeatState::Once, "a new file has begun");
}

#[test]
fn the_first_question_is_two_presses_away_and_nothing_is_required() {
    let place = Place::new();
    let options = || Options { data_dir: place.data(), ..Options::default() };
    let mut game = Game::as_it_is(options());
    until(&mut game, "Nato explained");
    game.expect_text("Text size").expect_text("Motion").expect_text("Sound");
    assert_eq!(game.focused_name().as_deref(), Some("Play"));
    game.key(Key::Enter).key(Key::Enter);
    game.expect_text("Question 1 of ");
    game.chord(&[], Key::Escape).tab_to("Leave").key(Key::Enter);
    quit(game);
    // From then on Play leads to the set-up, and the title is its usual self.
    let mut game = Game::as_it_is(options());
    until(&mut game, "Nato explained");
    game.expect_no_text("Text size").tab_to("Start afresh").key(Key::Enter).expect_text("Choose your rounds");
}

#[test]
fn the_table_says_what_will_appear_before_there_is_anything() {
    let place = Place::new();
    let mut game = run(&place, 100);
    game.tab_to("Your table").key(Key::Enter);
    game.expect_text("Your table is set").expect_text("two different days");
    assert_eq!(game.focused_name().as_deref(), Some("Play"));
    game.chord(&[KeyCode::ControlLeft], Key::Enter).expect_text("Choose your rounds");
}

#[test]
fn the_new_screens_hold_at_every_size() {
    let place = Place::new();
    let mut game = run(&place, 100);
    start_all(&mut game);
    play_through(&mut game, |stem| stem == "Is it so?");
    quit(game);
    for size in [(1280, 720), (360, 640), (3840, 2160)] {
        for scale in [100, 200] {
            let mut game = sized(&place, 101, size);
            game.app.world_mut().resource_mut::<Preferences>().text_percent = scale;
            game.settle();
            let mut faults: Vec<String> = game.layout_faults();
            for screen in ["Your table", "Settings"] {
                game.tab_to(screen).key(Key::Enter).settle();
                faults.extend(game.layout_faults());
                game.key(Key::Escape);
            }
            game.tab_to("Play").key(Key::Enter).settle();
            faults.extend(game.layout_faults());
            assert!(faults.is_empty(), "{size:?} at {scale} %: {faults:#?}");
        }
    }
    for size in [(1280, 720), (360, 640)] {
        let fresh = Place::new();
        let mut game = Game::as_it_is(Options { data_dir: fresh.data(), size: Some(size), ..Options::default() });
        until(&mut game, text::NAME);
        let faults = game.layout_faults();
        assert!(faults.is_empty(), "first run, {size:?}: {faults:#?}");
    }
}
