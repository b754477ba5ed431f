//! Question files from elsewhere, and the dialogs that every file goes through.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use bevy::window::{FileDragAndDrop, PrimaryWindow};
use roundtable::game::app::Options;
use roundtable::game::dialogs::{Chooser, FileAnswer, FileKind, PickFile, SaveFile};
use roundtable::game::library::{Library, OpenFiles};
use roundtable::game::progress::FirstRun;
use roundtable::game::screens::Screen;
use roundtable::game::screens::findings::report;
use roundtable::game::text;
use roundtable::platform::{Outcome, Picked};

use super::harness::Game;

/// What the dialogs said.
#[derive(Resource, Default)]
struct Answers(Vec<(&'static str, Outcome)>);

fn game(data: &Path) -> Game {
    let mut game = Game::with(Options { data_dir: data.to_owned(), ..Options::default() });
    game.app.init_resource::<Answers>().add_observer(|answer: On<FileAnswer>, mut all: ResMut<Answers>| {
        all.0.push((answer.tag, answer.outcome.clone()));
    });
    game
}

/// What the player will do in the next dialog.
fn will(game: &mut Game, picked: Picked) {
    match &mut *game.app.world_mut().resource_mut::<Chooser>() {
        Chooser::Scripted(script) => script.push_back(picked),
        Chooser::Native => panic!("a test would open a real dialog"),
    }
}

#[track_caller]
fn until(game: &mut Game, what: &str, mut holds: impl FnMut(&mut Game) -> bool) {
    let start = Instant::now();
    while !holds(game) {
        assert!(start.elapsed() < Duration::from_secs(20), "Not yet: {what}.\n{}", game.tree());
        std::thread::sleep(Duration::from_millis(2));
        game.frame();
    }
    game.settle();
}

#[track_caller]
fn answer(game: &mut Game) -> (&'static str, Outcome) {
    until(game, "an answer", |game| !game.app.world().resource::<Answers>().0.is_empty());
    game.app.world_mut().resource_mut::<Answers>().0.remove(0)
}

fn save(game: &mut Game, name: &str) {
    let event =
        SaveFile { kind: FileKind::Text, suggested_name: name.to_owned(), bytes: b"20 of 20".to_vec(), tag: "result" };
    game.app.world_mut().trigger(event);
}

#[test]
fn a_file_is_saved_where_the_player_says_and_the_player_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut game = game(folder.path());
    let place = folder.path().join("mine");
    will(&mut game, Picked::Paths(vec![place.clone()]));
    save(&mut game, "result.txt");
    // The ending that some dialogs leave out.
    let written = place.with_extension("txt");
    assert_eq!(answer(&mut game), ("result", Outcome::Saved(written.clone())));
    assert_eq!(std::fs::read(&written).expect("the file"), b"20 of 20");
    game.expect_text("Saved as").expect_text("mine.txt");
}

#[test]
fn what_cannot_be_saved_is_told_and_a_cancelled_dialog_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut game = game(folder.path());
    will(&mut game, Picked::Paths(vec![folder.path().join("no/such/folder/mine.txt")]));
    save(&mut game, "result.txt");
    assert!(matches!(answer(&mut game), ("result", Outcome::NotSaved(_))));
    game.expect_text("could not be saved");
    game.button("OK").press();
    will(&mut game, Picked::Nothing);
    save(&mut game, "result.txt");
    assert_eq!(answer(&mut game), ("result", Outcome::Cancelled));
    game.expect_no_text("saved");
}

#[test]
fn a_file_is_read_and_one_dialog_is_open_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("saved.json");
    std::fs::write(&path, b"{}").expect("a file");
    let mut game = game(folder.path());
    will(&mut game, Picked::Paths(vec![path.clone()]));
    game.app.world_mut().trigger(PickFile { kind: FileKind::Progress, tag: "import" });
    game.app.world_mut().trigger(PickFile { kind: FileKind::Progress, tag: "too soon" });
    game.app.world_mut().flush();
    assert_eq!(answer(&mut game), ("too soon", Outcome::Cancelled));
    let (tag, Outcome::Opened(files)) = answer(&mut game) else { panic!("not opened") };
    assert_eq!((tag, files.len()), ("import", 1));
    assert_eq!((files[0].name.as_str(), files[0].path.as_deref()), ("saved.json", Some(path.as_path())));
    assert_eq!(files[0].content.as_deref().ok(), Some(&b"{}"[..]));
}

#[test]
fn without_a_dialog_the_player_hears_what_to_do_instead() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut game = game(folder.path());
    will(&mut game, Picked::NoDialog);
    game.app.world_mut().trigger(PickFile { kind: FileKind::Questions, tag: "questions" });
    assert_eq!(answer(&mut game), ("questions", Outcome::NoDialog));
    let banks: PathBuf = folder.path().join("banks");
    game.expect_text("No file dialog is available here.").expect_text(&banks.display().to_string());
}

const GOOD: &str = r#"Bank(format: 1, id: "good", title: "Two capitals", as_of: "2024", licence: "CC0-1.0", documents: {"atlas": Document(title: "Atlas")}, rounds: [
    Round(id: "r", title: "Capitals", questions: [
        Choice(id: "italy", stem: "Which city is the capital of Italy?", key: "Rome", distractors: ["Milan", "Turin"], explanation: "Since 1871, when it took over from Florence.", source: Source(document: "atlas", section: "Italy"), tags: ["europe"]),
        Choice(id: "spain", stem: "Which city is the capital of Spain?", key: "Madrid", distractors: ["Seville", "Toledo"], explanation: "Since 1561, with a short break in Valladolid.", source: Source(document: "atlas", section: "Spain"), tags: ["europe"]),
    ]),
])"#;

/// Two questions that plead for help, and one that is fine but for advice.
const BROKEN: &str = r#"Bank(format: 1, id: "broken", title: "Three capitals", rounds: [
    Round(id: "r", title: "Capitals", questions: [
        Choice(id: "italy", stem: "Which city is the capital of Italy?", key: "Rome", distractors: ["Milan", "Rome"], explanation: "So it is, since 1871."),
        Choice(id: "spain", stem: "Which city is the capital of Spain?", answer: "Madrid", distractors: ["Seville", "Toledo"]),
        Choice(id: "france", stem: "Which city is the capital of France?", key: "Paris", distractors: ["Lyon", "Nice"]),
    ]),
])"#;

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).expect("a file");
    path
}

fn screen(game: &Game) -> Screen {
    *game.app.world().resource::<State<Screen>>().get()
}

fn drag(game: &mut Game, event: impl Fn(Entity) -> FileDragAndDrop) {
    let world = game.app.world_mut();
    let window = world.query_filtered::<Entity, With<PrimaryWindow>>().single(world).expect("a window");
    world.write_message(event(window));
}

fn hover(game: &mut Game, path: &Path) {
    drag(game, |window| FileDragAndDrop::HoveredFile { window, path_buf: path.to_owned() });
    game.settle();
}

fn drop_on(game: &mut Game, paths: &[PathBuf]) {
    for path in paths {
        drag(game, |window| FileDragAndDrop::DroppedFile { window, path_buf: path.clone() });
    }
    game.settle();
}

#[track_caller]
fn until_text(game: &mut Game, wanted: &str) {
    until(game, wanted, |game| game.texts().iter().any(|text| text.contains(wanted)));
}

/// Every other screen holds as well: the list of findings must, whatever is in the file.
#[track_caller]
fn holds(game: &mut Game, what: &str) {
    let faults = game.layout_faults();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
    assert!(game.focused_name().is_some(), "{what}: nothing has the focus");
}

#[test]
fn a_file_opened_from_the_title_is_checked_and_plays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "capitals.ron", GOOD);
    let mut game = game(folder.path());
    will(&mut game, Picked::Paths(vec![path]));
    game.tab_to(text::OPEN_FILE).key(Key::Enter);
    until_text(&mut game, text::READY_TO_PLAY);
    game.expect_text("capitals.ron").expect_text("2 questions in 1 round.").expect_text("Nothing to change.");
    game.find(Role::Heading, "Two capitals");
    assert_eq!(game.focused_name().as_deref(), Some(text::PLAY));
    game.key(Key::Enter);
    assert_eq!(screen(&game), Screen::Setup);
    game.expect_text("Two capitals");
}

#[test]
fn everything_wrong_is_shown_with_its_place_and_its_question_and_a_mended_file_plays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "capitals.ron", BROKEN);
    let mut game = game(folder.path());
    game.button(text::QUESTION_FILES).press();
    will(&mut game, Picked::Paths(vec![path]));
    game.button(text::OPEN_FILE).press();
    until_text(&mut game, text::CANNOT_BE_PLAYED);
    game.expect_text("Three capitals").expect_text("3 questions in 1 round.").expect_text("3 mistakes to mend");
    // Errors first, each with its place, its question and what to do; advice for the rest of the file as well.
    game.expect_text("Line 3, column 110").expect_text("Question “italy”: “Which city is the capital of Italy?”");
    game.expect_text("“Rome” is both right and wrong.").expect_text("Question “spain”");
    game.expect_text("Did you mean “key”?").expect_text("Question “france”").expect_text("no explanation");
    game.expect_text(text::OTHERS_WORK);
    assert!(game.all(Role::Button, text::PLAY).is_empty());
    assert_eq!(game.focused_name().as_deref(), Some(text::CHECK_AGAIN));
    write(folder.path(), "capitals.ron", GOOD);
    game.key(Key::Enter);
    until_text(&mut game, text::READY_TO_PLAY);
    game.expect_no_text(text::CANNOT_BE_PLAYED).key(Key::Escape);
    assert_eq!(screen(&game), Screen::Banks, "back to where it was opened");
    game.expect_text("Two capitals").expect_no_text("Three capitals");
}

#[test]
fn the_copied_list_has_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "capitals.ron", BROKEN);
    let mut game = game(folder.path());
    drop_on(&mut game, &[path]);
    until_text(&mut game, text::CANNOT_BE_PLAYED);
    let library = game.app.world().resource::<Library>();
    let list = report(&library.entries[..1]);
    assert!(list.starts_with("capitals.ron: Three capitals\nCannot be played yet. 3 mistakes to mend"), "{list}");
    for finding in &library.entries[0].report.findings {
        assert!(list.contains(&text::sentence(&finding.what)), "{list}");
    }
    assert!(
        list.contains("- Line 3, column 110, Question “italy”: “Which city is the capital of Italy?”: “Rome”"),
        "{list}"
    );
}

#[test]
fn a_file_over_the_window_may_be_dropped_and_several_at_once_are_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = write(folder.path(), "good.ron", GOOD);
    let broken = write(folder.path(), "broken.ron", BROKEN);
    let mut game = game(folder.path());
    hover(&mut game, &good);
    game.expect_text(text::DROP_HERE);
    assert_eq!(game.focused_name().as_deref(), Some(text::PLAY), "the screen beneath is as it was");
    drag(&mut game, |window| FileDragAndDrop::HoveredFileCanceled { window });
    game.settle().expect_no_text(text::DROP_HERE);
    hover(&mut game, &good);
    drop_on(&mut game, &[broken, good]);
    game.expect_no_text(text::DROP_HERE);
    until_text(&mut game, text::READY_TO_PLAY);
    game.expect_text(text::CANNOT_BE_PLAYED).expect_text("Three capitals");
    game.button(&text::play_file("Two capitals")).press();
    game.expect_text("Two capitals");
    assert_eq!(screen(&game), Screen::Setup);
}

#[test]
fn a_file_dropped_during_a_game_waits_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "capitals.ron", GOOD);
    let mut game = game(folder.path());
    game.button(text::PLAY).press();
    game.tab_to(text::START).key(Key::Enter);
    assert_eq!(screen(&game), Screen::Intro);
    hover(&mut game, &path);
    game.expect_text(text::DROP_WHILE_PLAYING);
    drop_on(&mut game, &[path]);
    until_text(&mut game, "“Two capitals” is ready to play.");
    assert_eq!(screen(&game), Screen::Intro);
    assert_eq!(game.app.world().resource::<Library>().entries[0].report.title, "Two capitals");
}

#[test]
fn whatever_the_file_is_the_words_say_what_to_do_and_the_screen_holds() {
    let utf16: Vec<u8> = "\u{feff}Bank(".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let many: Vec<String> = (0..4000).map(|n| format!("Choice(id: \"q{n}\", stem: \"?\", key: \"a\"),")).collect();
    let many = many.join("\n");
    let many = format!(
        "Bank(format: 1, id: \"many\", title: \"Many\", rounds: [Round(id: \"r\", title: \"R\", questions: [\n{many}])])"
    );
    let long = format!("{}.ron", "a-very-long-name-without-a-space".repeat(4));
    let latin = b"Bank(format: 1, id: \"x\", title: \"Caf\xe9\")";
    let files: [(&str, &[u8], &str); 9] = [
        ("empty.ron", b"", "empty"),
        ("picture.ron", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        ("word.ron", b"PK\x03\x04\x14\0\x06\0\xff\xfe", "Word document"),
        ("notepad.ron", &utf16, "UTF-8"),
        ("latin.ron", latin, "UTF-8"),
        ("huge.ron", &vec![b' '; 17 * 1024 * 1024], "larger than 16 megabytes"),
        ("many.ron", many.as_bytes(), "And "),
        (&long, b"Bank(", "Line 1"),
        ("broken.ron", BROKEN.as_bytes(), "Line 3"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (width, height, scale) in [(1280, 720, 1.), (360, 640, 1.), (1280, 720, 2.), (360, 640, 2.)] {
        let mut game = Game::sized(width, height);
        game.text_scale(scale);
        for (name, content, words) in files {
            let path = write(folder.path(), name, content);
            drop_on(&mut game, &[path]);
            until_text(&mut game, words);
            game.expect_text(text::CANNOT_BE_PLAYED);
            holds(&mut game, &format!("{name} at {width}×{height}, {scale}"));
            let nodes = game.texts().len();
            assert!(nodes < 400, "{name}: {nodes} texts");
        }
        let paths = [folder.path().to_owned(), folder.path().join("no-such.ron")];
        drop_on(&mut game, &paths[1..]);
        until_text(&mut game, text::FILE_MISSING);
        drop_on(&mut game, &paths[..1]);
        until_text(&mut game, "Three capitals");
        holds(&mut game, &format!("all at once at {width}×{height}, {scale}"));
    }
}

#[test]
fn a_file_is_kept_in_the_folder_and_never_over_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "capitals.ron.txt", GOOD);
    let data = folder.path().join("data");
    let mut game = game(&data);
    drop_on(&mut game, std::slice::from_ref(&path));
    until_text(&mut game, text::READY_TO_PLAY);
    game.button(text::KEEP_FILE).press();
    until_text(&mut game, "Kept as");
    let kept = data.join("banks/capitals.ron");
    assert_eq!(std::fs::read_to_string(&kept).expect("the file"), GOOD);
    assert!(game.all(Role::Button, text::KEEP_FILE).is_empty(), "{}", game.tree());
    game.button(text::DISMISS).press();
    drop_on(&mut game, &[path]);
    until_text(&mut game, text::READY_TO_PLAY);
    std::fs::write(&kept, "mine").expect("a file");
    game.button(text::KEEP_FILE).press();
    until_text(&mut game, "was not copied");
    assert_eq!(std::fs::read_to_string(&kept).expect("the file"), "mine");
}

#[test]
fn a_file_named_on_the_command_line_that_cannot_be_played_is_shown_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let banks = vec![write(folder.path(), "broken.ron", BROKEN), write(folder.path(), "good.ron", GOOD)];
    let mut game = Game::with(Options { data_dir: folder.path().join("data"), banks, ..Options::default() });
    until_text(&mut game, text::CANNOT_BE_PLAYED);
    game.expect_text(text::READY_TO_PLAY).key(Key::Escape);
    assert_eq!(screen(&game), Screen::Title);
    game.expect_text("Two capitals");
}

#[test]
fn a_file_opened_before_the_others_are_read_plays_whatever_the_command_line_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = write(folder.path(), "asked.ron", GOOD);
    let opened = write(folder.path(), "opened.ron", GOOD.replace("Two capitals", "Opened since"));
    let options = Options { data_dir: folder.path().join("data"), banks: vec![asked], ..Options::default() };
    let mut game = Game::built(options, |app| {
        app.insert_resource(FirstRun(false));
        // Its thread begins before that of the start.
        app.world_mut().trigger(OpenFiles::At(vec![opened.clone()]));
    });
    until_text(&mut game, text::READY_TO_PLAY);
    until(&mut game, "all files", |game| !game.app.world().resource::<Library>().loading);
    game.key(Key::Escape);
    assert_eq!(screen(&game), Screen::Title);
    game.expect_text("Opened since");
}
