//! Places, reading, clocks and the store of matches.

#![allow(clippy::unwrap_used, reason = "a failing helper is a failing test")]

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use roundtable::platform::{
    Claim, DataDir, DirError, JournalWriter, MatchClock, MatchStore, ReadError, SleepWatch, Times, Trouble, list_banks,
    read_bounded, write_atomic, write_beside,
};
use tempfile::TempDir;

fn names(paths: &[PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect()
}

fn store_in(dir: &TempDir) -> (DataDir, MatchStore) {
    let data = DataDir::choose(Some(dir.path()), None, None).unwrap();
    let store = MatchStore::new(&data).unwrap();
    (data, store)
}

#[test]
fn the_data_directory_follows_the_flag_then_the_variable_then_the_system() {
    let root = std::path::absolute("/").unwrap();
    let at = |name: &str| root.join(name);
    let choose = |flag: Option<&str>, variable: Option<&str>, system: Option<&str>| {
        let flag = flag.map(at);
        DataDir::choose(flag.as_deref(), variable.map(|v| at(v).into_os_string()), system.map(at))
            .map(|dir| dir.root().to_owned())
    };
    assert_eq!(choose(Some("a"), Some("b"), Some("c")), Ok(at("a")));
    assert_eq!(choose(None, Some("b"), Some("c")), Ok(at("b")));
    assert_eq!(choose(None, None, Some("c")), Ok(at("c")));
    assert_eq!(choose(None, None, None), Err(DirError::NoHome));
    assert_eq!(DataDir::choose(Some(Path::new("")), Some(OsString::new()), None), Err(DirError::NoHome));
    assert!(DataDir::choose(Some(Path::new("here")), None, None).unwrap().root().is_absolute());
}

#[test]
fn folders_come_into_being_when_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("deep/er");
    let data = DataDir::choose(Some(&root), None, None).unwrap();
    assert!(!root.exists());
    assert_eq!(data.banks().unwrap(), root.join("banks"));
    assert_eq!(data.matches().unwrap(), root.join("matches"));
    assert_eq!(data.set_aside().unwrap(), root.join("set-aside"));
    assert!(root.join("banks").is_dir() && root.join("matches").is_dir() && root.join("set-aside").is_dir());
    data.try_writing().unwrap();
    assert_eq!(fs::read_dir(root.join("matches")).unwrap().count(), 0);
}

#[test]
fn an_impossible_place_is_an_error_with_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    for root in [file.clone(), file.join("under")] {
        let data = DataDir::choose(Some(&root), None, None).unwrap();
        let error = data.try_writing().unwrap_err();
        assert!(error.to_string().ends_with('.'), "{error}");
        assert!(MatchStore::new(&data).is_err());
    }
    let data = DataDir::choose(Some(dir.path()), None, None).unwrap();
    fs::write(dir.path().join("banks"), "").unwrap();
    let DirError::At(error) = data.banks().unwrap_err() else { panic!("another error") };
    assert_eq!(error.trouble, Trouble::NotAFolder);
}

/// Root may write anywhere, so this says something only for an ordinary user.
#[cfg(unix)]
#[test]
fn a_read_only_place_is_an_error_with_a_sentence() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let (data, store) = store_in(&dir);
    let matches = data.matches().unwrap();
    fs::set_permissions(&matches, fs::Permissions::from_mode(0o500)).unwrap();
    if let Err(error) = data.try_writing() {
        assert!(matches!(&error, DirError::At(at) if at.trouble == Trouble::Denied), "{error}");
        assert_eq!(Claim::create(&store.new_path()).unwrap_err().trouble, Trouble::Denied);
    }
    fs::set_permissions(&matches, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn reading_is_bounded() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("five");
    fs::write(&file, "12345").unwrap();
    let table = [
        (file.clone(), 6, Ok(b"12345".to_vec())),
        (file.clone(), 5, Ok(b"12345".to_vec())),
        (file.clone(), u64::MAX, Ok(b"12345".to_vec())),
        (file.clone(), 4, Err(ReadError::TooBig { max_bytes: 4 })),
        (file.clone(), 0, Err(ReadError::TooBig { max_bytes: 0 })),
        (dir.path().join("none"), 9, Err(ReadError::Missing)),
        (dir.path().to_owned(), 9, Err(ReadError::IsFolder)),
    ];
    for (path, max, expected) in table {
        assert_eq!(read_bounded(&path, max), expected, "{} up to {max}", path.display());
    }
    #[cfg(unix)]
    assert_eq!(read_bounded(Path::new("/dev/zero"), 100), Err(ReadError::TooBig { max_bytes: 100 }));
}

#[test]
fn banks_are_listed_by_name_without_what_is_none() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["b.ron", "a.ron", "C.RON", "notes.txt", ".hidden.ron", "._a.ron", "ron"] {
        fs::write(dir.path().join(name), "").unwrap();
    }
    fs::create_dir(dir.path().join("folder.ron")).unwrap();
    assert_eq!(names(&list_banks(dir.path()).unwrap()), ["C.RON", "a.ron", "b.ron"]);
    assert_eq!(list_banks(&dir.path().join("none")), Ok(Vec::new()));
    assert!(list_banks(&dir.path().join("a.ron")).is_err());
}

#[test]
fn saving_whole_replaces_and_leaves_no_litter() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("settings");
    write_atomic(&file, b"one").unwrap();
    write_atomic(&file, b"two").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"two");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    assert_eq!(write_atomic(&dir.path().join("none/settings"), b"").unwrap_err().trouble, Trouble::Missing);
}

fn times(monotonic_ms: u64, wall_ms: u64) -> Times {
    Times { monotonic: Duration::from_millis(monotonic_ms), wall: Duration::from_millis(wall_ms) }
}

#[test]
fn a_match_goes_on_at_its_own_time() {
    let clock = MatchClock::starting_from(90_000, times(1_000, 7));
    for (monotonic, expected) in [(1_000, 90_000), (1_001, 90_001), (61_000, 150_000), (0, 90_000)] {
        assert_eq!(clock.at(times(monotonic, 0)), expected, "at {monotonic}");
    }
    assert_eq!(MatchClock::starting_from(u64::MAX, times(0, 0)).at(times(5, 0)), u64::MAX);
    let clock = MatchClock::starting_at(500);
    let first = clock.now_ms();
    assert!(first >= 500 && clock.now_ms() >= first);
}

#[test]
fn sleep_is_told_from_waiting() {
    // What each clock gains between two looks, the promise, and what the watch says, all in milliseconds.
    let table = [
        ("a frame", 16, 16, None, None),
        ("a long wait awake", 600_000, 600_000, None, None),
        ("just short of it", 1_000, 4_000, None, None),
        ("a nap", 1_000, 4_001, None, Some(3_001)),
        ("a night", 1_000, 28_801_000, None, Some(28_800_000)),
        ("the clock set back", 1_000, -3_600_000, None, None),
        ("a night where both clocks go on", 28_801_000, 28_801_000, Some(1_000), Some(28_800_000)),
        ("a busy moment", 4_000, 4_000, Some(1_000), None),
    ];
    for (what, monotonic, wall, promise, expected) in table {
        let start = times(50_000, 10_000_000);
        let mut watch = SleepWatch::new(start);
        if let Some(ms) = promise {
            watch = watch.looking_every(Duration::from_millis(ms));
        }
        let then = times(50_000 + monotonic, 10_000_000_u64.saturating_add_signed(wall));
        assert_eq!(watch.look(then), expected.map(Duration::from_millis), "{what}");
        assert_eq!(watch.look(then), None, "{what}: once");
    }
}

#[test]
fn open_matches_come_last_played_first_without_the_held_and_the_empty() {
    let dir = tempfile::tempdir().unwrap();
    let (data, store) = store_in(&dir);
    let matches = data.matches().unwrap();
    for (name, age) in [("1-a.journal", 10), ("2-b.journal", 30), ("3-c.journal", 20), ("4-held.journal", 5)] {
        let path = matches.join(name);
        fs::write(&path, "line\n").unwrap();
        let played = SystemTime::now() - Duration::from_secs(age);
        File::options().write(true).open(&path).unwrap().set_modified(played).unwrap();
    }
    fs::write(matches.join("5-empty.journal"), "").unwrap();
    fs::write(matches.join("other.txt"), "x").unwrap();
    let held = Claim::open(&matches.join("4-held.journal")).unwrap();
    assert_eq!(names(&store.open_matches().unwrap()), ["1-a.journal", "3-c.journal", "2-b.journal"]);
    drop(held);
    assert_eq!(store.open_matches().unwrap().len(), 4);
}

#[test]
fn new_matches_have_names_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store) = store_in(&dir);
    let (a, b) = (store.new_path(), store.new_path());
    assert_ne!(a, b);
    Claim::create(&a).unwrap();
    assert_eq!(Claim::create(&a).unwrap_err().trouble, Trouble::Exists);
    Claim::create(&b).unwrap();
}

#[test]
fn setting_aside_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let (data, store) = store_in(&dir);
    let path = data.matches().unwrap().join("7-x.journal");
    let mut moved = Vec::new();
    for content in ["first", "second", "third"] {
        fs::write(&path, content).unwrap();
        moved.push(store.set_aside(&path, "Damaged: record 3/../..").unwrap());
        assert!(!path.exists());
    }
    assert_eq!(
        names(&moved),
        ["7-x-damaged-record-3.journal", "7-x-damaged-record-3-2.journal", "7-x-damaged-record-3-3.journal"]
    );
    for (path, content) in moved.iter().zip(["first", "second", "third"]) {
        assert_eq!(path.parent().unwrap(), data.set_aside().unwrap());
        assert_eq!(fs::read_to_string(path).unwrap(), content);
    }
    assert_eq!(store.set_aside(&path, "gone").unwrap_err().trouble, Trouble::Missing);
}

#[test]
fn finished_matches_are_kept_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let (_, store) = store_in(&dir);
    let path = store.new_path();
    let writer = JournalWriter::create(&path, |_| {}).unwrap();
    writer.append(1, "one\n".to_owned());
    writer.flush(Duration::from_mins(1)).unwrap();
    assert_eq!(store.finished(&path).unwrap_err().trouble, Trouble::InUse);
    drop(writer);
    let kept = store.finished(&path).unwrap();
    assert_eq!(fs::read_to_string(&kept).unwrap(), "one\n");
    assert_eq!(store.finished_matches().unwrap(), [kept]);
    assert_eq!(store.open_matches().unwrap(), Vec::<PathBuf>::new());
}

#[test]
fn what_is_saved_without_asking_takes_nobodys_name_and_leaves_nothing_if_it_fails() {
    let dir = tempfile::tempdir().unwrap();
    let first = write_beside(dir.path(), "result.txt", b"one").unwrap();
    let second = write_beside(dir.path(), "result.txt", b"two").unwrap();
    assert_eq!(names(&[first.clone(), second]), ["result.txt", "result-2.txt"]);
    assert_eq!(fs::read(first).unwrap(), b"one");
    // The name is just short enough; the file that is written beside it and then renamed has a longer one.
    let long = "n".repeat(250);
    if File::create_new(dir.path().join(&long)).is_ok() {
        fs::remove_file(dir.path().join(&long)).unwrap();
        write_beside(dir.path(), &long, b"three").unwrap_err();
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no empty file");
}
