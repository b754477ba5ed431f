//! Reloads, drops and restarts, with time and disk in hand (numbers 28, 29, 30, 32).

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use roundtable::classroom::protocol::{Order, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::room::Manner;
use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::{PauseReason, Seat, Settings, Stage};
use roundtable::rules::Pace;

use super::harness::*;

#[test]
fn a_reload_at_any_moment_keeps_name_score_and_answer() {
    let mut class = Class::new();
    let (mut phone, token) = class.join();
    class.join();
    let reload = |class: &mut Class, phone: &mut Phone| {
        let closed_first = class.now.monotonic.as_millis().is_multiple_of(2);
        if closed_first {
            class.close(phone);
        }
        let again = class.back(&token);
        if !closed_first {
            assert_eq!(phone.why(), Some(Why::Elsewhere));
            class.close(phone);
        }
        *phone = again;
        let told = phone.read();
        assert!(matches!(&told[0], ToClient::Welcome { seat: Some(0), token: same, .. } if *same == token), "{told:?}");
        told
    };
    for question in 1..=4 {
        class.ask();
        class.pass(300);
        let told = reload(&mut class, &mut phone);
        let timer = class.room.game().view(Seat::Player(0), class.room.game().last_stamp()).timer.expect("a clock");
        assert_eq!(page(&told).unwrap().left_ms, Some(timer.limit_ms - 300));
        let key = class.key().answer;
        class.answer(&phone, key);
        assert_eq!(phone.received(), [question]);
        let told = reload(&mut class, &mut phone);
        assert!(mine(&told).is_some_and(|mine| mine.answered && mine.question == Some(question)), "{told:?}");
        class.pass(101);
        class.order(Order::Reveal);
        let told = reload(&mut class, &mut phone);
        assert_eq!(page(&told).unwrap().kind, PageKind::Feedback);
        assert!(mine(&told).unwrap().html.contains("Right"));
        assert_eq!(points(&class, 0), 1000 * question);
    }
}

#[test]
fn an_answer_on_its_way_to_disk_is_thanked_for_where_its_player_is_then() {
    let mut class = Class::new();
    let (phone, token) = class.join();
    class.join();
    class.ask();
    class.fast = false;
    let key = class.key().answer;
    class.answer(&phone, key);
    class.close(&phone);
    let again = class.back(&token);
    let told = again.read();
    assert!(mine(&told).is_some_and(|mine| !mine.answered), "not on disk yet: {told:?}");
    class.save();
    assert_eq!(again.received(), [1]);
}

/// Number 29: two hundred, of whom in every question three in ten drop out for thirty seconds at a moment of their own.
#[test]
fn three_in_ten_of_two_hundred_drop_for_half_a_minute_and_nobody_loses_anything() {
    let mut class = Class::of(crate::quiz::BANK, Settings { pace: Pace::Relaxed, ..speed() }, Manner::default());
    let mut chance = ChaCha8Rng::from_seed([9; 32]);
    let mut below = move |bound: u64| chance.next_u64() % bound;
    let mut phones: Vec<(Phone, String)> = (0..200).map(|_| class.join()).collect();
    let mut away = 0;
    while class.room.game().stage() != Stage::Finished {
        class.ask();
        if class.room.game().stage() != Stage::Asking {
            continue;
        }
        let question = class.room.game().moment().question;
        let ask =
            class.room.game().view(Seat::Projector, class.room.game().last_stamp()).shown.question.clone().unwrap();
        let key = class.key().answer;
        // By half seconds: who taps when, and who is away from when on.
        let taps: Vec<u64> = (0..200).map(|_| below(58)).collect();
        let drops: Vec<Option<u64>> = (0..200).map(|_| (below(10) < 3).then(|| below(30))).collect();
        for tick in 0..120 {
            for (index, (phone, token)) in phones.iter_mut().enumerate() {
                if drops[index] == Some(tick) {
                    class.close(phone);
                    away += 1;
                }
                if drops[index].map(|drop| drop + 60) == Some(tick) {
                    *phone = class.back(token);
                    assert!(
                        matches!(phone.read().first(), Some(ToClient::Welcome { seat: Some(seat), .. }) if *seat as usize == index)
                    );
                }
                let online = drops[index].is_none_or(|drop| !(drop..drop + 60).contains(&tick));
                if taps[index] == tick && online {
                    let answer = if index.is_multiple_of(3) { crate::quiz::wrong(&ask.ask, &key) } else { key.clone() };
                    class.say(phone, ToServer::Answer { question, answer, sure: None });
                }
            }
            class.pass(500);
        }
        if class.room.game().stage() == Stage::Asking {
            class.order(Order::Reveal);
        }
        // Whoever was still away when it closed comes back afterwards.
        for (index, (phone, token)) in phones.iter_mut().enumerate() {
            if drops[index].is_some_and(|drop| drop + 60 >= 120) {
                *phone = class.back(token);
            }
        }
    }
    assert!(away > 300, "{away}");
    assert_eq!(class.room.game().seats(), 200, "nobody needed a new name");
    // The program's own report agrees with other code in another language; and so does what every phone was told.
    let lines = class.disk.lock().unwrap().lines.clone();
    let report = super::super::report::same_report(lines.as_bytes());
    for student in &report.students {
        assert_eq!(student.points, points(&class, student.player), "player {}", student.player);
    }
    assert!(report.students.iter().any(|student| student.answered < 7) && report.students[0].points > 3000);
}

#[test]
fn a_tap_while_offline_counts_in_time_and_says_so_if_it_does_not() {
    let mut class = Class::new();
    let (phone, token) = class.join();
    class.join();
    class.ask();
    let key = class.key().answer;
    class.close(&phone);
    class.pass(19_000);
    let again = class.back(&token);
    again.read();
    class.answer(&again, key.clone());
    assert_eq!(again.received(), [1]);
    class.order(Order::Reveal);
    class.ask();
    class.close(&again);
    class.pass(40_000);
    let late = class.back(&token);
    late.read();
    class.say(&late, ToServer::Answer { question: 2, answer: key, sure: None });
    assert_eq!(late.why(), Some(Why::TooLate));
}

#[test]
fn a_host_that_was_killed_comes_back_paused_and_phones_find_their_seats() {
    let mut class = Class::of(crate::quiz::BANK, speed(), Manner::default());
    let (phone, token) = class.join();
    let (_, other) = class.join();
    class.ask();
    class.pass(2000);
    let key = class.key().answer;
    class.answer(&phone, key);
    assert_eq!(phone.received(), [1]);
    class.pass(500);
    let mut class = class.restarted();
    let host = class.host();
    assert_eq!(class.room.game().moment().paused, Some(PauseReason::Restarted));
    let back = class.back(&token);
    assert_eq!(kinds(&back.read()), [PageKind::Paused]);
    let late = class.back(&other);
    late.read();
    class.say(&host, ToServer::Order { order: Order::Resume });
    let told = back.read();
    assert_eq!(kinds(&told), [PageKind::Asking]);
    assert!(mine(&told).unwrap().answered, "the answer is there");
    let key = class.key().answer;
    class.answer(&back, key.clone());
    assert_eq!(back.received(), [1], "and a copy of it is thanked for again");
    class.answer(&late, key);
    class.pass(0);
    assert_eq!(class.room.game().stage(), Stage::Feedback);
    assert_eq!(points(&class, 0), 950);
    let answers = class.disk.lock().unwrap().lines.matches("\"Answer\"").count();
    assert_eq!(answers, 2, "each counted once");
}

#[test]
fn killed_at_any_record_every_answer_that_was_thanked_for_is_there_once() {
    let mut class = Class::new();
    let phones: Vec<(Phone, String)> = (0..4).map(|_| class.join()).collect();
    let mut thanked: Vec<(usize, u32, u32)> = Vec::new();
    while class.room.game().stage() != Stage::Finished {
        if class.room.game().stage() == Stage::Asking {
            let question = class.room.game().moment().question;
            let key = class.key().answer;
            for (player, (phone, _)) in (0..).zip(&phones) {
                class.answer(phone, key.clone());
                if phone.received().contains(&question) {
                    thanked.push((class.disk.lock().unwrap().lines.len(), player, question));
                }
            }
        } else {
            class.order(Order::Next);
        }
    }
    let lines = class.disk.lock().unwrap().lines.clone();
    assert_eq!(thanked.len(), 28);
    for cut in (lines.find('\n').unwrap() + 1..=lines.len()).step_by(7) {
        let part = &lines.as_bytes()[..cut];
        let whole = part.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        let game = replay_as_is(&part[..whole]).unwrap().game;
        for (written, player, question) in thanked.iter().filter(|(written, _, _)| *written <= whole) {
            let found = game.records().iter().filter(|record| {
                matches!(&record.event, roundtable::quiz::journal::Event::Command(roundtable::quiz::Command::Answer { player: p, question: q, .. }) if p == player && q == question)
            });
            assert_eq!(found.count(), 1, "player {player}, question {question}, written by {written}");
        }
    }
}
