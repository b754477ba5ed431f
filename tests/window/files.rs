//! Question files from elsewhere, and the dialogs that every file goes through.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bevy::prelude::*;
use roundtable::game::app::Options;
use roundtable::game::dialogs::{Chooser, FileAnswer, FileKind, PickFile, SaveFile};
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
    let path = folder.path().join("progress.json");
    std::fs::write(&path, b"{}").expect("a file");
    let mut game = game(folder.path());
    will(&mut game, Picked::Paths(vec![path.clone()]));
    game.app.world_mut().trigger(PickFile { kind: FileKind::Progress, tag: "import" });
    game.app.world_mut().trigger(PickFile { kind: FileKind::Progress, tag: "too soon" });
    game.app.world_mut().flush();
    assert_eq!(answer(&mut game), ("too soon", Outcome::Cancelled));
    let (tag, Outcome::Opened(files)) = answer(&mut game) else { panic!("not opened") };
    assert_eq!((tag, files.len()), ("import", 1));
    assert_eq!((files[0].name.as_str(), files[0].path.as_deref()), ("progress.json", Some(path.as_path())));
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
