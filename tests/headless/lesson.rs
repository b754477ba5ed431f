//! Lessons: chosen question by question, kept by name, played as chosen.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use roundtable::bank::{self, Bank, Kind};
use roundtable::classroom::lesson::kept::{self, FILE, Unreadable};
use roundtable::classroom::lesson::{BadLesson, Lesson, Lessons, Preparing};
use roundtable::platform::{DataDir, FileShelf, Keeper, Pace};
use roundtable::quiz::{Command, Match, Seat, Settings, Stamp};
use roundtable::rules::{GameCode, Pace as GamePace};

fn nato() -> (Arc<Bank>, &'static str) {
    let (_, text) = bank::shipped().into_iter().find(|(name, _)| name.contains("nato-explained")).unwrap();
    (Arc::new(bank::read(text.as_bytes()).unwrap()), text)
}

fn solo() -> Settings {
    Settings::solo(GameCode::from_bits(7).seed())
}

#[test]
fn questions_are_ticked_with_their_keys_in_view() {
    let (bank, _) = nato();
    let mut preparing = Preparing::new(Arc::clone(&bank));
    let rows = preparing.rows();
    assert_eq!(rows.len(), 80);
    assert!(rows.iter().all(|row| !row.key.is_empty() && !row.explanation.is_empty() && !row.ticked));
    assert_eq!(rows.iter().map(|row| row.kind).collect::<BTreeSet<Kind>>().len(), 7);
    let year = rows.iter().find(|row| row.id == "founding-year").unwrap();
    assert_eq!((year.key.as_str(), year.round), ("1949", 0));
    let choice = rows.iter().find(|row| row.id == "why-set-up").unwrap();
    assert_eq!((choice.key.as_str(), choice.distractors.len()), ("To stop the Soviet Union expanding in Europe", 3));

    preparing.set("founding-year", true);
    preparing.set("no-such-question", true);
    assert_eq!((preparing.count(), preparing.most_ms(GamePace::Standard)), (1, Some(30_000)));
    assert_eq!(preparing.most_ms(GamePace::None), None);
    preparing.set_round(0, true);
    let in_round = bank.rounds[0].questions.len();
    assert_eq!(preparing.count(), in_round);
    assert_eq!(preparing.rows().iter().filter(|row| row.ticked).count(), in_round);
    preparing.set_round(0, false);
    preparing.set_round(99, true);
    assert_eq!(preparing.count(), 0);
    assert_eq!(preparing.lesson("Nothing"), Err(BadLesson::Empty));
}

#[test]
fn a_lesson_is_played_with_its_questions_and_no_others() {
    let (bank, text) = nato();
    let mut preparing = Preparing::new(Arc::clone(&bank));
    for id in ["founder-count", "why-set-up"] {
        preparing.set(id, true);
    }
    let last = bank.rounds[4].questions[0].id.clone();
    preparing.set(&last, true);
    let lesson = preparing.lesson("  First hour ").unwrap();
    assert_eq!((lesson.name.as_str(), lesson.bank.as_str()), ("First hour", "nato-explained"));
    assert_eq!(lesson.questions, ["why-set-up", "founder-count", &last], "in the file's order");
    let settings = lesson.settings(&bank, solo()).unwrap();
    let mut game = Match::new(Arc::clone(&bank), text, settings);
    game.submit(Command::Join { name: "Ada".to_owned() }, Stamp(0)).unwrap();
    assert_eq!(game.view(Seat::Projector, Stamp(0)).shown.progress.questions, 3);
    assert_eq!(Preparing::from_lesson(bank, &lesson).lesson("First hour"), Ok(lesson));
}

#[test]
fn a_lesson_notices_when_its_questions_have_gone() {
    let (bank, _) = nato();
    let lesson = Lesson {
        name: "Old".to_owned(),
        bank: bank.id.clone(),
        questions: vec!["founding-year".to_owned(), "gone-since".to_owned()],
    };
    assert_eq!(lesson.missing(&bank), ["gone-since"]);
    assert_eq!(lesson.settings(&bank, solo()).unwrap().only, ["founding-year"]);
    let gone = Lesson { questions: vec!["gone-since".to_owned()], ..lesson.clone() };
    assert_eq!(gone.settings(&bank, solo()), Err(BadLesson::Empty), "never every question instead");
    let other = Lesson { bank: "another".to_owned(), ..lesson };
    assert_eq!(other.settings(&bank, solo()), Err(BadLesson::OtherBank));
    let chosen = BTreeSet::from(["founding-year".to_owned()]);
    for name in ["", "   ", "two\nlines", &"x".repeat(61)] {
        assert_eq!(Lesson::new(name, &bank, &chosen), Err(BadLesson::Name), "{name:?}");
    }
}

fn lesson(name: &str, question: &str) -> Lesson {
    Lesson { name: name.to_owned(), bank: "nato-explained".to_owned(), questions: vec![question.to_owned()] }
}

#[test]
fn lessons_are_kept_by_name_whatever_its_case() {
    let mut lessons = Lessons::default();
    lessons.keep(lesson("Week 2", "a"));
    lessons.keep(lesson("another", "b"));
    lessons.keep(lesson("WEEK 2", "c"));
    let names: Vec<&str> = lessons.all().iter().map(|lesson| lesson.name.as_str()).collect();
    assert_eq!(names, ["another", "WEEK 2"]);
    assert_eq!(lessons.get(" week 2 ").unwrap().questions, ["c"]);
    assert!(lessons.forget("Week 2") && !lessons.forget("Week 2"));
    assert_eq!(kept::decode(&kept::encode(&lessons)), Ok(lessons));
}

#[test]
fn lessons_outlive_the_program_and_a_damaged_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::choose(Some(folder.path()), None, None).unwrap();
    let shelf = FileShelf::new(&data);
    assert_eq!(kept::load(&shelf), Ok(Lessons::default()));
    let patience = Duration::from_secs(20);
    let keeper = || Keeper::new(FileShelf::new(&data), Pace::default(), |_| {}).unwrap();
    let (one, other) = (keeper(), keeper());
    kept::keep(&one, lesson("One", "a"));
    assert!(one.flush(patience));
    // Another running copy adds to what the first has kept.
    kept::keep(&other, lesson("Two", "b"));
    kept::keep(&other, lesson("Three", "c"));
    kept::forget(&other, "three");
    assert!(other.flush(patience));
    let names = |lessons: &Lessons| lessons.all().iter().map(|lesson| lesson.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&kept::load(&shelf).unwrap()), ["One", "Two"]);

    let file = folder.path().join(FILE);
    let newer = br#"{"roundtable":"lessons","format":9,"content":{"shape":"unknown"}}"#;
    std::fs::write(&file, newer).unwrap();
    assert_eq!(kept::load(&shelf), Err(Unreadable::Newer));
    kept::keep(&one, lesson("One", "a"));
    assert!(one.flush(patience));
    assert_eq!(std::fs::read(&file).unwrap(), newer, "nothing is written over what a newer version made");

    for damaged in
        [&b"{\"roundtable\":\"lessons\""[..], b"", b"\xff\xfe", br#"{"roundtable":"progress","format":1,"content":{}}"#]
    {
        std::fs::write(&file, damaged).unwrap();
        assert_eq!(kept::load(&shelf), Err(Unreadable::Damaged));
        kept::keep(&one, lesson("One", "a"));
        assert!(one.flush(patience));
        assert_eq!(names(&kept::load(&shelf).unwrap()), ["One"]);
    }
    assert_eq!(
        std::fs::read_dir(folder.path().join("set-aside")).unwrap().count(),
        4,
        "what was damaged is kept for repair"
    );
}
