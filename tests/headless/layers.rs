//! The walls of the house: who may use whom, as `lib.rs` draws it. Read from the source, so that a broken rule fails here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms of ours that it may use, and the outside crates that it must not.
const WALLS: [(&str, &[&str], &[&str]); 7] = [
    ("bank", &[], &["bevy", "bevy_app", "bevy_ecs", "bevy_state", "std::fs", "std::net", "std::thread", "std::time"]),
    (
        "rules",
        &["bank"],
        &["bevy", "bevy_app", "bevy_ecs", "bevy_state", "std::fs", "std::net", "std::thread", "std::time"],
    ),
    ("quiz", &["bank", "rules"], &["bevy", "std::fs", "std::net", "std::thread", "std::time"]),
    ("platform", &[], &["bevy", "bevy_app", "bevy_ecs", "bevy_state"]),
    ("classroom", &["bank", "rules", "quiz", "platform"], &["bevy", "bevy_app", "bevy_ecs", "bevy_state", "std::fs"]),
    ("game", &["bank", "rules", "quiz", "platform", "classroom"], &["std::fs", "std::net"]),
    ("cli", &["bank", "rules", "quiz", "platform", "classroom"], &["bevy"]),
];

/// The doors of the command line that use the window's code: one opens it, one makes its sounds.
const DOORS_TO_THE_GAME: [&str; 2] = ["cli/play.rs", "cli/sounds.rs"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without comments and texts, so that a word in a sentence is no import.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

/// The rooms that a file names by `crate::room` (also within braces).
fn used(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for letter in list.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => word.clear(),
                    letter if depth == 0 && (letter.is_alphanumeric() || letter == '_') => word.push(letter),
                    ':' if depth == 0 && !word.is_empty() => {
                        rooms.insert(std::mem::take(&mut word));
                    }
                    _ => {}
                }
                if depth == 0 && !word.is_empty() {
                    rooms.insert(word.clone());
                }
            }
        } else {
            rooms.insert(rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect());
        }
    }
    rooms
}

fn broken(root: &Path) -> Vec<String> {
    let rooms: BTreeSet<&str> = WALLS.iter().map(|(room, _, _)| *room).collect();
    let mut broken = Vec::new();
    for (room, may, must_not) in WALLS {
        for file in sources(&root.join(room)) {
            let name = file.strip_prefix(root).unwrap().display().to_string();
            let code = code(&fs::read_to_string(&file).unwrap());
            for other in used(&code) {
                let door = other == "game" && DOORS_TO_THE_GAME.contains(&name.as_str());
                let allowed = other == room || may.contains(&other.as_str()) || door;
                if rooms.contains(other.as_str()) && !allowed {
                    broken.push(format!("{name} uses crate::{other}"));
                }
            }
            for outside in must_not {
                let named = code.match_indices(outside).any(|(at, _)| {
                    let before = code[..at].chars().next_back().unwrap_or(' ');
                    let after = code[at + outside.len()..].chars().next().unwrap_or(' ');
                    !before.is_alphanumeric() && before != '_' && before != ':' && (after == ':' || after == ';')
                });
                if named {
                    broken.push(format!("{name} uses {outside}"));
                }
            }
        }
    }
    broken
}

#[test]
fn every_room_uses_only_what_it_may() {
    let broken = broken(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_room_has_its_walls() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(WALLS.iter().any(|(room, _, _)| *room == name), "src/{name} has no line in WALLS");
        }
    }
}

#[test]
fn a_broken_wall_is_found() {
    for (code, room) in [
        ("use crate::quiz::View;", "quiz"),
        ("use crate::{bank::Bank, quiz::View};", "quiz"),
        ("let x = crate::platform::unix_seconds();", "platform"),
    ] {
        assert!(used(code).contains(room), "{code}");
    }
    assert!(used(&code("// crate::game is elsewhere")).is_empty());
}

#[test]
fn a_match_can_be_handed_to_another_thread() {
    fn sendable<T: Send>() {}
    sendable::<roundtable::quiz::Match>();
}
