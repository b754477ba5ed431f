//! What a class does with what it has learned: a rematch, a goal, a second vote; and the laptop that slept.

use roundtable::classroom::hosting::{self, Plan};
use roundtable::classroom::protocol::{Order, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::report::Report;
use roundtable::classroom::room::{Manner, Offer, Talk};
use roundtable::classroom::server::Limits;
use roundtable::platform::{DataDir, MatchStore};
use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::{Goal, PauseReason, Seat, Settings, Stage};
use roundtable::rules::Revote;

use super::browser::{Browser, run};
use super::harness::*;

/// Plays to the end: of the students, in order, so many are right in each question, and the others say nothing.
fn play(class: &mut Class, phones: &[Phone], right: &[usize]) {
    let mut right = right.iter();
    while class.room.game().stage() != Stage::Finished {
        if class.room.game().stage() != Stage::Asking {
            class.order(Order::Next);
            continue;
        }
        let key = class.key().answer;
        for phone in phones.iter().take(*right.next().unwrap_or(&phones.len())) {
            class.answer(phone, key.clone());
        }
        if class.room.game().stage() == Stage::Asking {
            class.order(Order::Reveal);
        }
    }
}

fn ids(class: &Class) -> Vec<String> {
    class.room.game().history().questions.iter().map(|question| question.reveal.id.clone()).collect()
}

#[test]
fn a_rematch_asks_the_hardest_questions_first_of_the_same_people_on_the_same_seats() {
    let mut class = Class::new();
    let people: Vec<(Phone, String)> = (0..4).map(|_| class.join()).collect();
    let phones: Vec<Phone> = people.iter().map(|(phone, _)| phone.clone()).collect();
    class.order(Order::Extra { player: 1, tenths: 20 });
    class.order(Order::Kick { player: 3 });
    assert_eq!(class.snapshot().reply, None);
    class.order(Order::Rematch);
    class.pass(200);
    assert_eq!(class.snapshot().reply, Some(Why::NotNow), "not before the end");
    play(&mut class, &phones[..3], &[3, 1, 2, 0, 3, 2, 1]);
    let first = class.disk.lock().unwrap().lines.clone();
    let asked = ids(&class);
    let hardest: Vec<String> = [3, 1, 6, 2, 5, 0, 4].map(|index: usize| asked[index].clone()).to_vec();
    let names: Vec<_> = (0..4).map(|seat| class.room.game().name(seat).map(str::to_owned)).collect();
    for phone in &phones {
        phone.raw();
    }
    class.pass(2_000_000);
    class.order(Order::Rematch);
    class.pass(200);
    assert_eq!((class.room.game().stage(), class.snapshot().matches), (Stage::Lobby, 2));
    assert_eq!((0..4).map(|seat| class.room.game().name(seat).map(str::to_owned)).collect::<Vec<_>>(), names);
    assert_eq!(class.room.game().extra(1).0, 20);
    assert!(class.room.game().is_gone(3));
    for phone in &phones[..3] {
        assert_eq!(kinds(&phone.read()), [PageKind::Lobby], "everybody is told, and nobody has to do anything");
    }
    assert!(replay_as_is(first.as_bytes()).unwrap().game.stage() == Stage::Finished, "the first journal is whole");
    // A phone that was away finds its seat with the token of the first match; the one who was sent away finds none.
    let back = class.back(&people[2].1);
    assert!(matches!(&back.read()[0], ToClient::Welcome { seat: Some(2), token, .. } if *token == people[2].1));
    assert_eq!(class.back(&people[3].1).why(), Some(Why::Kicked));
    class.ask();
    let timer = class.room.game().view(Seat::Projector, class.room.game().last_stamp()).timer.unwrap();
    assert_eq!(timer.left_ms, timer.limit_ms, "its clock begins anew");
    play(&mut class, &[phones[0].clone(), phones[1].clone(), back], &[]);
    assert_eq!(ids(&class), hardest);
    let second = class.disk.lock().unwrap().lines.clone();
    let report = Report::read(second.as_bytes()).unwrap();
    assert_eq!((report.rounds.len(), report.students.len()), (1, 4));
    assert!(report.students[..3].iter().all(|student| student.right == 7), "every answer counts in the new match");
    // And once more.
    class.order(Order::Rematch);
    class.pass(200);
    assert_eq!(class.snapshot().matches, 3);
}

#[test]
fn a_rematch_leaves_out_what_did_not_count_and_what_had_a_wrong_key() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    for question in 1..=7 {
        class.ask();
        let key = class.key();
        match question {
            2 => class.order(Order::Skip),
            _ => class.answer(&phone, key.answer.clone()),
        }
        match question {
            3 => class.order(Order::Void { question }),
            4 => {
                let other = crate::quiz::wrong(
                    &class.snapshot().projector.shown.question.as_ref().expect("a question").ask,
                    &key.answer,
                );
                class.order(Order::Correct { question, key: roundtable::rules::Key { answer: other, ..key } });
                class.pass(200);
                assert_eq!(class.snapshot().reply, None);
            }
            _ => {}
        }
    }
    let asked = ids(&class);
    class.order(Order::End);
    class.order(Order::Rematch);
    class.pass(200);
    assert_eq!(class.room.game().settings().only.len(), 4);
    assert!([1, 2, 3].iter().all(|left_out: &usize| !class.room.game().settings().only.contains(&asked[*left_out])));
}

#[test]
fn a_rematch_waits_for_the_disk() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    class.ask();
    let key = class.key().answer;
    class.answer(&phone, key);
    class.fast = false;
    class.order(Order::End);
    class.order(Order::Rematch);
    assert_eq!(class.room.game().stage(), Stage::Finished, "the end is not on disk");
    class.save();
    assert_eq!(class.room.game().stage(), Stage::Lobby);
}

#[test]
fn a_goal_takes_the_place_of_ranks() {
    let mut class = Class::of(crate::quiz::BANK, Settings { goal: Some(Goal::USUAL), ..settings() }, Manner::default());
    let phones: Vec<Phone> = (0..4).map(|_| class.join().0).collect();
    let ring =
        |class: &Class| class.room.game().view(Seat::Projector, class.room.game().last_stamp()).shown.goal.unwrap();
    assert_eq!((ring(&class).filled, ring(&class).seats, ring(&class).reached), (0, 0, false));
    class.ask();
    let key = class.key().answer;
    for phone in &phones[..3] {
        class.answer(phone, key.clone());
    }
    assert_eq!(ring(&class).seats, 0, "an open question tells nothing");
    class.order(Order::Reveal);
    assert_eq!((ring(&class).filled, ring(&class).seats, ring(&class).reached), (750, 4, false));
    class.order(Order::Kick { player: 3 });
    assert_eq!(
        (ring(&class).filled, ring(&class).reached),
        (1000, true),
        "who was sent away takes the empty seat along"
    );
    while class.room.game().stage() != Stage::Standings {
        if class.room.game().stage() == Stage::Asking {
            class.order(Order::Reveal);
        } else {
            class.order(Order::Next);
        }
    }
    for seat in [Seat::Projector, Seat::Host, Seat::Player(0)] {
        let view = class.room.game().view(seat, class.room.game().last_stamp());
        assert!(view.shown.standings.is_empty() && view.you.is_none_or(|you| you.place == 0), "{seat:?} is ranked");
    }
    let report = Report::read(class.disk.lock().unwrap().lines.as_bytes()).unwrap();
    assert_eq!(report.filled(), Some(ring(&class).filled), "the report counts alike");
    assert!(Goal::Beat(800).is_reached(801) && !Goal::Beat(800).is_reached(800) && Goal::Fill(800).is_reached(800));
}

/// Ten students in a class that talks about what splits it; the first question has closed with so many right.
fn split(right: usize) -> (Class, Vec<Phone>) {
    let mut class = Class::of(
        crate::quiz::BANK,
        Settings { hold: true, ..settings() },
        Manner { talk: Talk::WhenSplit, ..Manner::default() },
    );
    let phones: Vec<Phone> = (0..10).map(|_| class.join().0).collect();
    class.ask();
    vote(&mut class, &phones, right);
    (class, phones)
}

/// The first so many are right, the others wrong.
fn vote(class: &mut Class, phones: &[Phone], right: usize) {
    let key = class.key().answer;
    let ask = class.room.game().view(Seat::Host, class.room.game().last_stamp()).shown.question.clone().unwrap();
    for (index, phone) in phones.iter().enumerate() {
        let answer = if index < right { key.clone() } else { crate::quiz::wrong(&ask.ask, &key) };
        class.answer(phone, answer);
    }
    class.pass(200);
}

#[test]
fn a_split_class_is_offered_a_talk_and_a_second_vote_and_any_other_is_told_at_once() {
    for right in 0..=10_usize {
        let (class, phones) = split(right);
        let offered = (3..=7).contains(&right);
        let wanted = offered.then_some(Offer { right: u32::try_from(right).unwrap(), answers: 10 });
        assert_eq!(class.snapshot().offer, wanted, "{right} of 10");
        assert_eq!(class.room.game().stage() == Stage::Feedback, !offered, "{right} of 10");
        let shown = kinds(&phones[0].read());
        assert_eq!(shown.last(), Some(&if offered { PageKind::Held } else { PageKind::Feedback }));
        assert_eq!(shown.contains(&PageKind::Held), offered, "what is clear is never held, not for a moment");
    }
    let (mut class, phones) = split(4);
    class.order(Order::Revote);
    assert_eq!(class.room.game().stage(), Stage::Asking);
    // Of the four who were right one is talked out of it; four of the others learn.
    let turned: Vec<Phone> = phones[1..].iter().chain(&phones[..1]).cloned().collect();
    vote(&mut class, &turned, 7);
    assert_eq!(class.room.game().stage(), Stage::Feedback, "a second vote is told at once");
    let gain = class.snapshot().gain.expect("what it changed");
    assert_eq!(gain, Revote { stayed_right: 3, learned: 4, lost: 1, stayed_wrong: 2 });
    assert_eq!((gain.right(), gain.gain()), ((4, 7), Some(0.5)));
    class.order(Order::Next);
    class.pass(200);
    assert_eq!((class.snapshot().gain, class.snapshot().offer), (None, None));
}

#[test]
fn a_question_that_the_teacher_closes_waits_however_it_went() {
    let (mut class, phones) = split(10);
    class.ask();
    let key = class.key().answer;
    class.answer(&phones[0], key);
    class.order(Order::Close);
    class.pass(200);
    assert!(class.room.game().moment().held);
    assert_eq!(class.snapshot().offer, None);
    class.order(Order::Next);
    assert_eq!(class.room.game().stage(), Stage::Feedback);
}

#[test]
fn a_laptop_that_slept_pauses_the_match_where_it_was() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    class.join();
    class.ask();
    class.pass(2000);
    // Ten minutes for the world, none for the monotonic clock; and on systems where that one goes on, too, the host's own timer wakes late.
    class.now.wall += std::time::Duration::from_mins(10);
    phone.read();
    class.settle();
    assert_eq!(class.room.game().moment().paused, Some(PauseReason::Sleep));
    assert_eq!(kinds(&phone.read()), [PageKind::Paused]);
    class.pass(60_000);
    class.order(Order::Resume);
    let timer = class.room.game().view(Seat::Projector, class.room.game().last_stamp()).timer.unwrap();
    assert_eq!(timer.left_ms, timer.limit_ms - 2000);
    let key = class.key().answer;
    class.say(&phone, ToServer::Answer { question: 1, answer: key, sure: None });
    assert_eq!(phone.received(), [1]);
}

/// A class with files, and two phones that have answered the first question.
fn on_disk(folder: &std::path::Path, settings: Settings) -> (hosting::Hosting, MatchStore) {
    let data = DataDir::choose(Some(folder), None, None).unwrap();
    let store = MatchStore::classes(&data).unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let bank = crate::quiz::BANK;
    let plan = Plan { bank: crate::quiz::read(bank), bank_text: bank.to_owned(), settings, manner: Manner::default() };
    (hosting::open(Some(store.clone()), plan, listener, Limits::default(), |_| {}).unwrap(), store)
}

/// Two join, one answers one question, and the class is ended. Their names.
fn lesson(hosting: &hosting::Hosting) -> Vec<String> {
    let at = hosting.address().unwrap();
    run(async {
        let code = hosting.code.to_string();
        let mut names = Vec::new();
        let mut phones = Vec::new();
        for _ in 0..2 {
            let mut phone = Browser::open(at).await;
            phone.say(&ToServer::Join { code: code.clone(), pick: None, name: None }).await;
            names.push(phone.until(name).await.expect("a name"));
            phones.push(phone);
        }
        answered(hosting, &mut phones[0]).await;
        names
    })
}

fn name(frame: &ToClient) -> Option<String> {
    match frame {
        ToClient::Welcome { name, .. } => name.clone(),
        _ => None,
    }
}

/// This phone answers the first question, and the class is ended.
async fn answered(hosting: &hosting::Hosting, phone: &mut Browser) {
    hosting.order(Order::Next);
    hosting.order(Order::Next);
    let question = phone.until(asking).await.expect("a question");
    for answer in super::killed::answers() {
        phone.say(&ToServer::Answer { question, answer, sure: None }).await;
    }
    phone.until(received).await.expect("thanks");
    hosting.order(Order::Reveal);
    hosting.order(Order::End);
    phone
        .until(|frame| kinds(std::slice::from_ref(frame)).contains(&PageKind::Finished).then_some(()))
        .await
        .expect("the end");
}

fn asking(frame: &ToClient) -> Option<u32> {
    match frame {
        ToClient::Page(page) if page.kind == PageKind::Asking => page.question,
        _ => None,
    }
}

#[test]
fn a_class_with_a_rematch_is_filed_with_both_reports_and_deleted_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (hosting, store) = on_disk(folder.path(), settings());
    let names = lesson(&hosting);
    let first = hosting.journal().expect("a journal");
    assert_eq!(hosting.report().expect("a report").students.len(), 2, "before it is closed, too");
    hosting.order(Order::Rematch);
    while hosting.journal().as_ref() == Some(&first) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let at = hosting.address().unwrap();
    run(async {
        let mut third = Browser::open(at).await;
        third.say(&ToServer::Join { code: hosting.code.to_string(), pick: None, name: None }).await;
        third.until(name).await.expect("a name");
        answered(&hosting, &mut third).await;
    });
    let second = hosting.journal().expect("a journal");
    assert_ne!(first, second);
    let closed = hosting.close();
    assert!(closed.over && closed.trouble.is_none(), "{closed:?}");
    assert_eq!((closed.journals.len(), closed.reports.len()), (2, 10), "{closed:?}");
    assert!(closed.journals.iter().chain(&closed.reports).all(|path| path.is_file()));
    assert!(!first.exists() && !second.exists(), "filed");
    assert!(hosting::left(&store).unwrap().is_empty());
    assert_eq!(Report::read(&std::fs::read(&closed.journals[1]).unwrap()).unwrap().students.len(), 3);
    assert!(holding(folder.path(), &names).len() >= 8, "names are in the files before");
    // From the command line, by either journal.
    let removed = roundtable::classroom::report::delete_class(&store, &closed.journals[1], None).unwrap();
    assert_eq!(removed.len(), 12, "{removed:#?}");
    assert_eq!(holding(folder.path(), &names), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_class_is_deleted_from_the_host_whole_while_it_runs_or_when_it_is_over() {
    for over in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (hosting, _) = on_disk(folder.path(), settings());
        let names = lesson(&hosting);
        if over {
            hosting.order(Order::Rematch);
        }
        assert!(!holding(folder.path(), &names).is_empty());
        let removed = hosting.delete().unwrap();
        assert!(!removed.is_empty());
        assert_eq!(holding(folder.path(), &names), Vec::<std::path::PathBuf>::new());
        let left = super::super::report::all_files(folder.path());
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_class_killed_after_its_end_is_filed_with_its_report_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (hosting, store) = on_disk(folder.path(), settings());
    lesson(&hosting);
    let journal = hosting.journal().unwrap();
    // As if power went: the files as they are once the end is on disk, without the writer.
    let bytes = loop {
        let bytes = std::fs::read_to_string(&journal).unwrap();
        if bytes.contains("\"Abandon\"") && bytes.ends_with('\n') {
            break bytes;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    hosting.delete().unwrap();
    std::fs::write(&journal, bytes).unwrap();
    assert!(hosting::left(&store).unwrap().is_empty());
    let names: Vec<String> = super::super::report::all_files(folder.path())
        .iter()
        .map(|path| path.extension().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.iter().filter(|end| *end == "csv").count(), 3, "{names:?}");
    assert!(["journal", "html", "xlsx"].iter().all(|end| names.iter().any(|name| name == end)), "{names:?}");
    assert!(hosting::last_ring(&store, "every-kind").is_some());
    assert_eq!(hosting::last_ring(&store, "another"), None);
}

/// The files in which one of these names stands, also where a workbook is packed.
fn holding(folder: &std::path::Path, names: &[String]) -> Vec<std::path::PathBuf> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    super::super::report::holding(folder, &names)
}
