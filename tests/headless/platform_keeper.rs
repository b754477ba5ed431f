//! Small files kept between runs: whole after anything, shared by running copies, tried again when the disk fails.

#![allow(clippy::unwrap_used, reason = "a failing helper is a failing test")]

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use roundtable::platform::{
    Change, DataDir, FileError, FileShelf, Keeper, Kept, MOST_KEPT_BYTES, Pace, ReadError, Shelf, Trouble, local_day,
    unix_seconds,
};

const SOON: Pace = Pace { first: Duration::from_millis(5), longest: Duration::from_millis(5) };
const PATIENCE: Duration = Duration::from_secs(20);

fn shelf(dir: &tempfile::TempDir) -> FileShelf {
    FileShelf::new(&DataDir::choose(Some(dir.path()), None, None).unwrap())
}

fn append(line: &str) -> Box<dyn FnMut(Option<&[u8]>) -> Change + Send> {
    let line = line.to_owned();
    Box::new(move |old| {
        let mut all = old.unwrap_or_default().to_vec();
        all.extend_from_slice(line.as_bytes());
        Change::Write(all)
    })
}

#[test]
fn what_is_kept_is_read_again_and_every_change_sees_the_one_before() {
    let dir = tempfile::tempdir().unwrap();
    let keeper = Keeper::new(shelf(&dir), SOON, |_| {}).unwrap();
    assert_eq!(shelf(&dir).read("a.json").unwrap(), None);
    keeper.change("a.json", append("one "));
    keeper.change("b.json", append("other"));
    keeper.change("a.json", append("two"));
    assert!(keeper.flush(PATIENCE));
    assert_eq!(shelf(&dir).read("a.json").unwrap().unwrap(), b"one two");
    assert_eq!(shelf(&dir).read("b.json").unwrap().unwrap(), b"other");
}

#[test]
fn what_could_not_be_read_again_takes_no_place() {
    let dir = tempfile::tempdir().unwrap();
    let mut shelf = shelf(&dir);
    shelf.change("a.json", &mut |_| Change::Write(b"one".to_vec())).unwrap();
    let most = usize::try_from(MOST_KEPT_BYTES).unwrap();
    shelf.change("b.json", &mut |_| Change::Write(vec![b'x'; most])).unwrap();
    assert_eq!(shelf.read("b.json").unwrap().unwrap().len(), most);
    let error = shelf.change("a.json", &mut |_| Change::Write(vec![b'x'; most + 1])).unwrap_err();
    assert_eq!(error.trouble.to_string(), format!("This file is larger than {most} bytes."));
    assert_eq!(shelf.read("a.json").unwrap().unwrap(), b"one");
}

#[test]
fn dropping_the_keeper_keeps_what_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let keeper = Keeper::new(shelf(&dir), SOON, |_| {}).unwrap();
    keeper.change("a.json", append("all of it"));
    drop(keeper);
    assert_eq!(shelf(&dir).read("a.json").unwrap().unwrap(), b"all of it");
}

#[test]
fn two_copies_lose_nothing_of_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let copies: Vec<_> = (0..2)
        .map(|copy| {
            let keeper = Keeper::new(shelf(&dir), SOON, |_| {}).unwrap();
            std::thread::spawn(move || {
                for number in 0..20 {
                    keeper.change("a.json", append(&format!("{copy}-{number};")));
                    assert!(keeper.flush(PATIENCE));
                }
            })
        })
        .collect();
    for copy in copies {
        copy.join().unwrap();
    }
    let all = String::from_utf8(shelf(&dir).read("a.json").unwrap().unwrap()).unwrap();
    for copy in 0..2 {
        for number in 0..20 {
            assert!(all.contains(&format!("{copy}-{number};")), "{all}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_moved_aside_and_said() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.json"), "rubbish").unwrap();
    let told: Arc<Mutex<Vec<Kept>>> = Arc::default();
    let words = Arc::clone(&told);
    let keeper = Keeper::new(shelf(&dir), SOON, move |kept| words.lock().unwrap().push(kept)).unwrap();
    keeper.change("a.json", Box::new(|_| Change::SetAside { why: "unreadable", bytes: b"fresh".to_vec() }));
    assert!(keeper.flush(PATIENCE));
    let moved = dir.path().join("set-aside/a-unreadable.json");
    assert_eq!(*told.lock().unwrap(), [Kept::SetAside(moved.clone())]);
    assert_eq!(fs::read(moved).unwrap(), b"rubbish");
    assert_eq!(fs::read(dir.path().join("a.json")).unwrap(), b"fresh");
}

/// A disk that is full until somebody makes room.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<(bool, HashMap<String, Vec<u8>>)>>);

impl Shelf for Disk {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.0.lock().unwrap().1.get(name).cloned())
    }

    fn change(
        &mut self,
        name: &str,
        decide: &mut dyn FnMut(Option<&[u8]>) -> Change,
    ) -> Result<Option<PathBuf>, FileError> {
        let mut disk = self.0.lock().unwrap();
        let change = decide(disk.1.get(name).map(Vec::as_slice));
        if disk.0 {
            return Err(FileError { path: name.into(), trouble: Trouble::Full });
        }
        if let Change::Write(bytes) = change {
            disk.1.insert(name.to_owned(), bytes);
        }
        Ok(None)
    }
}

#[test]
fn a_full_disk_is_told_once_and_everything_is_kept_when_there_is_room() {
    let disk = Disk::default();
    disk.0.lock().unwrap().0 = true;
    let told: Arc<Mutex<Vec<Kept>>> = Arc::default();
    let words = Arc::clone(&told);
    let keeper = Keeper::new(disk.clone(), SOON, move |kept| words.lock().unwrap().push(kept)).unwrap();
    keeper.change("a.json", append("one "));
    assert!(!keeper.flush(PATIENCE));
    keeper.change("a.json", append("two "));
    assert!(!keeper.flush(PATIENCE));
    disk.0.lock().unwrap().0 = false;
    keeper.change("a.json", append("three"));
    assert!(keeper.flush(PATIENCE));
    assert_eq!(disk.read("a.json").unwrap().unwrap(), b"one two three");
    let told = told.lock().unwrap();
    assert!(matches!(told[..], [Kept::Failed(FileError { trouble: Trouble::Full, .. })]), "{told:?}");
}

#[test]
fn a_newer_order_replaces_those_that_wait() {
    let disk = Disk::default();
    disk.0.lock().unwrap().0 = true;
    let keeper = Keeper::new(disk.clone(), SOON, |_| {}).unwrap();
    keeper.replace("a.json", append("old"));
    assert!(!keeper.flush(PATIENCE));
    keeper.replace("a.json", append("new"));
    disk.0.lock().unwrap().0 = false;
    assert!(keeper.flush(PATIENCE));
    assert_eq!(disk.read("a.json").unwrap().unwrap(), b"new");
}

#[test]
fn the_local_day_is_within_a_day_of_the_systems() {
    let utc = i64::try_from(unix_seconds() / 86_400).unwrap();
    assert!((i64::from(local_day()) - utc).abs() <= 1);
}
