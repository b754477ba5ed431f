//! "Delete this class" leaves no byte of a student's name, and takes nothing else.

use std::path::{Path, PathBuf};

use roundtable::classroom::lesson::{Lesson, kept};
use roundtable::classroom::report::{delete_class, save_beside};
use roundtable::platform::{Claim, DataDir, FileShelf, JournalWriter, MatchStore, Shelf, Trouble};

use super::*;

const NAMES: [&str; 3] = ["Zebulon Quartermaine", "Ωmega Żółć", "=Xanthippe"];
const OTHERS: [&str; 2] = ["Bartholomew", "Clementine"];

pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all_files(&path)) } else { found.push(path) }
    }
    found
}

/// The files that hold a name: in their bytes (UTF-8 or UTF-16), in a workbook's cells, or in their own name.
pub fn holding(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| {
        let mut bytes = std::fs::read(path).unwrap();
        bytes.extend_from_slice(path.as_os_str().as_encoded_bytes());
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            bytes.extend_from_slice(ask_oracle("cells", path).to_string().as_bytes());
        }
        names.iter().any(|name| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.windows(name.len()).any(|part| part == name.as_bytes())
                || bytes.windows(wide.len()).any(|part| part == wide)
        })
    };
    all_files(folder).into_iter().filter(holds).collect()
}

/// A class that was played, written as the host writes it; where its journal lies.
fn played(store: &MatchStore, names: &[&str]) -> PathBuf {
    let mut class = Class::of(nato(), Settings { per_round: Some(1), ..settings(17) }, names);
    class.play();
    let path = store.new_path();
    let writer = JournalWriter::create(&path, |_| {}).unwrap();
    writer.append(class.quiz.last_record(), class.journal);
    writer.flush(std::time::Duration::from_secs(20)).unwrap();
    drop(writer);
    path
}

#[test]
fn a_deleted_class_leaves_no_byte_of_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::choose(Some(folder.path()), None, None).unwrap();
    let store = MatchStore::new(&data).unwrap();
    let mut shelf = FileShelf::new(&data);

    // The class: finished, with its reports; a copy of the journal that was set aside, one that stayed open, and what a power cut left.
    let open = played(&store, &NAMES);
    let journal = std::fs::read(&open).unwrap();
    let finished = store.finished(&open).unwrap();
    save_beside(&finished, &Report::read(&journal).unwrap()).unwrap();
    std::fs::write(&open, &journal).unwrap();
    let aside = store.set_aside(&open, "damaged at entry 7").unwrap();
    std::fs::write(&open, &journal).unwrap();
    let hidden = format!(".{}-students.csv.x7Ab2c", finished.file_stem().unwrap().to_str().unwrap());
    std::fs::write(finished.with_file_name(hidden), NAMES[0]).unwrap();
    // Another class, with its reports, and the lessons.
    let other = store.finished(&played(&store, &OTHERS)).unwrap();
    save_beside(&other, &Report::read(&std::fs::read(&other).unwrap()).unwrap()).unwrap();
    let mut lessons = kept::load(&shelf).unwrap();
    for name in ["Founding", "Figures"] {
        let questions = vec!["founding-year".to_owned()];
        lessons.keep(Lesson { name: name.to_owned(), bank: "nato-explained".to_owned(), questions });
    }
    std::fs::write(data.root().join(kept::FILE), kept::encode(&lessons)).unwrap();

    let before = holding(folder.path(), &NAMES);
    assert_eq!(before.len(), 7, "three journals, three reports with names, a scrap: {before:#?}");
    assert!(before.contains(&aside));
    let others_before = holding(folder.path(), &OTHERS);

    let removed = delete_class(&store, &finished, Some((&mut shelf, "founding"))).unwrap();

    assert_eq!(removed.len(), 9, "with the two reports that name nobody: {removed:#?}");
    assert_eq!(holding(folder.path(), &NAMES), Vec::<PathBuf>::new());
    assert_eq!(holding(folder.path(), &OTHERS), others_before, "another class is not touched");
    let names: Vec<String> = kept::load(&shelf).unwrap().all().iter().map(|lesson| lesson.name.clone()).collect();
    assert_eq!(names, ["Figures"]);
    assert!(Report::read(&std::fs::read(&other).unwrap()).is_ok());
    assert_eq!(delete_class(&store, &finished, None).unwrap_err().trouble, Trouble::Missing, "twice is once too often");
}

#[test]
fn a_class_that_runs_is_not_deleted_by_half() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::choose(Some(folder.path()), None, None).unwrap();
    let store = MatchStore::new(&data).unwrap();
    let open = played(&store, &NAMES);
    let finished = store.finished(&open).unwrap();
    std::fs::copy(&finished, &open).unwrap();
    let claim = Claim::open(&open).unwrap();
    assert_eq!(delete_class(&store, &finished, None).unwrap_err().trouble, Trouble::InUse);
    assert!(open.exists() && finished.exists());
    drop(claim);
    assert_eq!(delete_class(&store, &open, None).unwrap().len(), 2);
    assert!(!open.exists() && !finished.exists());
}

#[test]
fn a_journal_of_another_name_goes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::choose(Some(folder.path()), None, None).unwrap();
    let store = MatchStore::new(&data).unwrap();
    let at = |name: &str| folder.path().join("matches").join(name);
    for name in [
        "class.journal",
        "class-2.journal",
        "class.csv",
        "1732-0000000.journal",
        "1732-0000000a.journal",
        "1732-0000000ab.journal",
    ] {
        std::fs::write(at(name), "x").unwrap();
    }
    assert_eq!(delete_class(&store, &at("class.journal"), None).unwrap(), [at("class.journal")]);
    assert_eq!(delete_class(&store, &at("1732-0000000a.journal"), None).unwrap(), [at("1732-0000000a.journal")]);
    assert_eq!(all_files(folder.path()).len(), 4);
}

#[test]
fn a_lesson_that_cannot_be_forgotten_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::choose(Some(folder.path()), None, None).unwrap();
    let store = MatchStore::new(&data).unwrap();
    let open = played(&store, &NAMES);
    // A folder where the file should be.
    std::fs::create_dir(data.root().join(kept::FILE)).unwrap();
    let mut shelf = FileShelf::new(&data);
    assert!(shelf.read(kept::FILE).is_err());
    assert!(delete_class(&store, &open, Some((&mut shelf, "Founding"))).is_err());
    assert!(!open.exists(), "the class is gone all the same");
}

#[test]
fn a_report_tells_the_day_that_the_journals_name_tells() {
    let mut class = Class::nato(2, Some(1), 4);
    class.play();
    // Noon in Greenwich: this day, or the next in the far east.
    let report = class.report().dated(Path::new("matches/1795521600-0000000a.journal"));
    let day = report.day.clone().unwrap();
    assert!(["2026-11-24", "2026-11-25"].contains(&day.as_str()), "{day}");
    assert!(roundtable::classroom::report::html::page(&report).contains(&day));
    assert!(roundtable::classroom::report::text::summary(&report).starts_with(&format!("Nato explained, {day}\n")));
    assert_eq!(class.report().dated(Path::new("class.journal")).day, None);
}
