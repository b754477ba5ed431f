//! Answers, times, drops and restarts, with time and disk in hand (numbers 11, 20 to 26, 28 to 30, 32).

use proptest::prelude::*;
use roundtable::classroom::protocol::{Order, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::room::{Event, MOST_LAG_MS, Manner};
use roundtable::classroom::token::Bearer;
use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::{PauseReason, Seat, Settings, Stage, Stamp};
use roundtable::rules::{Answer, Scoring};

use super::harness::*;

fn speed() -> Settings {
    Settings { scoring: Scoring::Speed, grace_ms: MOST_LAG_MS, ..settings() }
}

fn points(class: &Class, player: u32) -> u32 {
    class.room.game().you(player).expect("a player").points
}

#[test]
fn a_phone_is_welcomed_once_its_seat_is_on_disk_and_thanked_once_its_answer_is() {
    let mut class = Class::new();
    class.fast = false;
    let phone = class.connect();
    class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
    assert_eq!(phone.read(), [], "nothing is on disk");
    class.save();
    let told = phone.read();
    assert!(matches!(told[0], ToClient::Welcome { seat: Some(0), .. }), "{told:?}");
    assert_eq!(kinds(&told), [PageKind::Lobby]);
    class.fast = true;
    class.ask();
    class.fast = false;
    phone.read();
    let key = class.key().answer;
    class.answer(&phone, key);
    class.pass(50);
    assert_eq!(phone.received(), [0; 0]);
    class.save();
    let told = phone.read();
    assert_eq!(told.iter().filter_map(received).collect::<Vec<_>>(), [1]);
    assert_eq!(kinds(&told), [PageKind::Feedback], "everybody has answered");
    let mine = mine(&told).expect("a verdict");
    assert!(mine.html.contains("Right"), "{mine:?}");
}

#[test]
fn a_player_is_sent_few_messages_and_they_grow_with_players_alone() {
    let count = |players: usize| {
        let mut class = Class::new();
        let phones: Vec<Phone> = (0..players).map(|_| class.join().0).collect();
        class.ask();
        let lobby: usize = phones.iter().map(|phone| phone.raw().len()).sum();
        let mut most = 0;
        let mut all = lobby;
        for _ in 0..4 {
            class.ask();
            let key = class.key().answer;
            for phone in &phones {
                class.answer(phone, key.clone());
                class.pass(5);
            }
            class.order(Order::Next);
            for phone in &phones {
                let frames = phone.raw().len();
                most = most.max(frames);
                all += frames;
            }
        }
        (most, all)
    };
    let (few, small) = count(10);
    let (many, large) = count(80);
    assert!(few <= 10 && many <= 10, "{few} {many}");
    assert!(large <= small * 9, "{small} for 10, {large} for 80");
}

#[test]
fn everybody_shares_the_bytes_of_a_page() {
    let mut class = Class::new();
    let phones: Vec<Phone> = (0..5).map(|_| class.join().0).collect();
    for phone in &phones {
        phone.raw();
    }
    class.ask();
    let frames: Vec<_> = phones
        .iter()
        .map(|phone| {
            let mut last = None;
            while let roundtable::classroom::outbox::Next::Frame(frame) = phone.out.next() {
                last = Some(frame);
            }
            last.expect("a page")
        })
        .collect();
    assert!(frames.windows(2).all(|pair| pair[0].as_ptr() == pair[1].as_ptr()), "one encoding for all");
}

#[test]
fn a_late_answer_is_refused_with_its_reason_and_never_counted() {
    let mut class = Class::of(crate::quiz::BANK, speed(), Manner::default());
    let (phone, _) = class.join();
    let (other, _) = class.join();
    class.ask();
    let key = class.key().answer;
    phone.read();
    class.pass(20_000);
    class.answer(&other, key.clone());
    class.pass(1);
    class.answer(&phone, key.clone());
    assert_eq!(phone.why(), Some(Why::TooLate), "within the grace, with no lag to show for it");
    class.pass(200);
    assert_eq!(class.room.game().stage(), Stage::Feedback);
    phone.read();
    class.answer(&phone, key);
    assert_eq!(phone.why(), Some(Why::TooLate));
    assert_eq!((points(&class, 0), points(&class, 1)), (0, 500));
}

#[test]
fn a_hundred_copies_from_each_of_two_hundred_make_two_hundred_answers_and_every_copy_is_thanked() {
    let mut class = Class::new();
    class.fast = false;
    let phones: Vec<Phone> = {
        class.fast = true;
        (0..200).map(|_| class.join().0).collect()
    };
    let (slow, _) = class.join();
    class.ask();
    for phone in &phones {
        phone.read();
    }
    class.fast = false;
    let key = class.key().answer;
    for copy in 0..100 {
        for phone in &phones {
            class.room.take(
                Event::Said {
                    conn: phone.conn,
                    message: ToServer::Answer { question: 1, answer: key.clone(), sure: None },
                },
                class.now,
            );
        }
        if copy % 10 == 0 {
            class.pass(1);
            class.save();
        }
    }
    class.settle();
    class.save();
    for phone in &phones {
        let told = phone.read();
        assert_eq!(told.iter().filter_map(received).filter(|question| *question == 1).count(), 100);
        assert_eq!(why(&told), None);
    }
    let view = class.room.game().view(Seat::Projector, Stamp(0));
    assert_eq!((view.shown.answered, view.shown.expected), (200, 201));
    let answers = class.disk.lock().unwrap().lines.matches("\"Answer\"").count();
    assert_eq!(answers, 200);
    // A second answer that differs is no copy.
    class.answer(&phones[0], Answer::Choice(u8::from(key == Answer::Choice(0))));
    assert_eq!(phones[0].why(), Some(Why::AlreadyAnswered));
    drop(slow);
}

#[test]
fn an_answer_to_another_question_changes_nothing() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    class.join();
    let say = |class: &mut Class, question: u32| {
        phone.read();
        let before = class.disk.lock().unwrap().lines.len();
        class.say(&phone, ToServer::Answer { question, answer: Answer::Choice(0), sure: None });
        assert_eq!(class.disk.lock().unwrap().lines.len(), before);
        phone.why()
    };
    assert_eq!(say(&mut class, 1), Some(Why::NotNow));
    class.ask();
    for question in [0, 2, 7, 8, u32::MAX] {
        assert_eq!(say(&mut class, question), Some(Why::WrongQuestion), "{question}");
    }
    class.order(Order::Reveal);
    class.ask();
    assert_eq!(say(&mut class, 1), Some(Why::TooLate));
    class.order(Order::Pause);
    assert_eq!(say(&mut class, 2), Some(Why::Paused));
    class.order(Order::Resume);
    phone.read();
    class.say(&phone, ToServer::Answer { question: 2, answer: Answer::Choice(9), sure: None });
    assert_eq!(phone.why(), Some(Why::BadAnswer));
}

#[test]
fn no_clock_but_the_hosts_monotonic_one_decides() {
    let played = |wall: i64| {
        let mut class = Class::of(crate::quiz::BANK, speed(), Manner::default());
        let (phone, _) = class.join();
        class.join();
        class.ask();
        class.pass(2000);
        let hour = std::time::Duration::from_hours(1);
        match wall {
            1 => class.now.wall += hour,
            -1 => class.now.wall -= hour,
            _ => {}
        }
        class.settle();
        // An hour forward looks like a sleep; the class is paused, and loses nothing by it.
        assert_eq!(class.room.game().moment().paused, (wall == 1).then_some(PauseReason::Sleep));
        class.order(Order::Resume);
        let key = class.key().answer;
        class.pass(3000);
        class.answer(&phone, key);
        let deadline = class.room.game().next_deadline();
        class.order(Order::Reveal);
        (points(&class, 0), deadline)
    };
    assert_eq!(played(0), played(1));
    assert_eq!(played(0), played(-1));
    assert_eq!(played(0).0, 1000 * (40_000 - 5_000) / 40_000);
}

/// Points of a player who reacts alike on links of different length, and of one who makes theirs look long.
fn reaction(scoring: Scoring, rtt: u64, forged: u64, receipt: Option<u64>) -> u32 {
    let grace_ms = if scoring == Scoring::Speed { MOST_LAG_MS } else { 0 };
    let mut class = Class::of(crate::quiz::BANK, Settings { scoring, grace_ms, ..settings() }, Manner::default());
    let (phone, _) = class.join();
    class.join();
    for _ in 0..3 {
        let ms = u32::try_from(rtt + forged).unwrap();
        class.take(Event::RoundTrip { conn: phone.conn, ms });
    }
    class.ask();
    if let Some(after) = receipt {
        class.pass(after);
        class.say(&phone, ToServer::Shown { question: 1 });
    }
    class.pass(4000 + rtt - receipt.unwrap_or(0));
    let key = class.key().answer;
    class.answer(&phone, key);
    class.order(Order::Reveal);
    points(&class, 0)
}

#[test]
fn the_same_reaction_earns_the_same_on_any_link() {
    let near = reaction(Scoring::Speed, 5, 0, Some(5));
    for rtt in [5, 50, 100, 200] {
        for receipt in [None, Some(rtt)] {
            let points = reaction(Scoring::Speed, rtt, 0, receipt);
            assert!(points.abs_diff(near) <= 10, "{points} at {rtt} ms, {near} nearby");
        }
    }
}

#[test]
fn a_liar_gains_at_most_the_cap_and_nothing_where_only_right_or_wrong_counts() {
    let honest = reaction(Scoring::Speed, 5, 0, Some(5));
    for (forged, receipt) in [(100, None), (1000, None), (60_000, None), (1000, Some(1000)), (1000, Some(3000))] {
        let gained = reaction(Scoring::Speed, 5, forged, receipt).saturating_sub(honest);
        // 100 ms of 20 s, at half a point a thousandth.
        assert!(gained <= 3, "{gained} points by {forged} ms");
    }
    assert!(
        reaction(Scoring::Speed, 5, 1000, Some(5)) <= honest,
        "a receipt that came soon speaks against a slow link"
    );
    assert_eq!(reaction(Scoring::Accuracy, 5, 1000, None), reaction(Scoring::Accuracy, 5, 0, None));
}

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

#[test]
fn a_third_of_the_class_drops_and_nobody_loses_anything() {
    let mut class = Class::new();
    let mut phones: Vec<(Phone, String)> = (0..60).map(|_| class.join()).collect();
    let mut dropped = Vec::new();
    for round in 0..4_usize {
        class.ask();
        for (index, (phone, _)) in phones.iter().enumerate() {
            if index % 3 == round % 3 {
                class.close(phone);
                dropped.push(index);
            }
        }
        let key = class.key().answer;
        for (index, (phone, _)) in phones.iter().enumerate() {
            if index % 3 != round % 3 {
                class.answer(phone, key.clone());
            }
        }
        class.pass(9_000);
        for index in std::mem::take(&mut dropped) {
            phones[index].0 = class.back(&phones[index].1);
        }
        // Those who came back in time answer now.
        for (index, (phone, _)) in phones.iter().enumerate() {
            if index % 3 == round % 3 {
                class.answer(phone, key.clone());
                assert!(phone.received().len() == 1, "{index}");
            }
        }
    }
    class.order(Order::Next);
    let lines = class.disk.lock().unwrap().lines.clone();
    let oracle = replay_as_is(lines.as_bytes()).unwrap().game;
    assert_eq!(class.room.game().seats(), 60, "nobody needed a new name");
    for player in 0..60 {
        assert_eq!(oracle.you(player).unwrap().points, points(&class, player));
        assert_eq!(points(&class, player), 4000, "player {player}");
    }
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
fn a_kick_holds_and_a_locked_room_takes_nobody() {
    let mut class = Class::new();
    let (phone, token) = class.join();
    let (_, other) = class.join();
    class.order(Order::Kick { player: 0 });
    assert_eq!(phone.why(), Some(Why::Kicked));
    class.say(&phone, ToServer::Shown { question: 1 });
    for _ in 0..3 {
        let again = class.back(&token);
        let told = again.read();
        assert!(matches!(told.as_slice(), [ToClient::Closing { why: Why::Kicked, back: false, .. }]), "{told:?}");
    }
    let mut restarted = class.restarted();
    assert_eq!(restarted.back(&token).why(), Some(Why::Kicked), "nor after a restart");
    class.order(Order::Lock);
    let newcomer = class.connect();
    class.say(&newcomer, ToServer::Knock { code: CODE.to_owned() });
    assert_eq!(newcomer.why(), Some(Why::Locked));
    let newcomer = class.connect();
    class.say(&newcomer, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
    assert_eq!(newcomer.why(), Some(Why::Locked));
    assert_eq!(class.back(&other).why(), None, "who has a seat comes back");
}

#[test]
fn extra_time_is_on_one_phone_alone() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    let (other, _) = class.join();
    let screen = class.back(&secret().token(Bearer::Projector));
    class.order(Order::Extra { player: 0, tenths: 30 });
    for phone in [&phone, &other, &screen] {
        phone.raw();
    }
    class.ask();
    let limit = |phone: &Phone| page(&phone.read()).unwrap().limit_ms;
    assert_eq!((limit(&phone), limit(&other), limit(&screen)), (Some(60_000), Some(20_000), Some(20_000)));
    let key = class.key().answer;
    class.pass(20_001);
    class.answer(&other, key.clone());
    assert_eq!(other.why(), Some(Why::TooLate));
    class.answer(&phone, key);
    assert_eq!(phone.received(), [1]);
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

#[test]
fn an_idle_room_sleeps_until_its_next_deadline() {
    let mut class = Class::new();
    assert_eq!(class.room.idle_for(class.now), None, "an empty lobby waits for somebody");
    class.join();
    class.pass(1000);
    assert_eq!(class.room.idle_for(class.now), None);
    class.ask();
    class.pass(1000);
    assert_eq!(class.room.idle_for(class.now), Some(std::time::Duration::from_secs(19)));
    class.order(Order::Pause);
    class.pass(1000);
    assert_eq!(class.room.idle_for(class.now), None);
}

#[test]
fn by_itself_a_class_starts_goes_on_and_comes_back() {
    let manner = Manner { auto: true, ..Manner::default() };
    let mut class = Class::of(crate::quiz::BANK, Settings { next_after_ms: Some(3000), ..settings() }, manner);
    class.pass(500_000);
    assert_eq!(class.room.game().stage(), Stage::Lobby, "nobody is here");
    class.join();
    class.pass(59_000);
    assert_eq!(class.room.game().stage(), Stage::Lobby);
    class.pass(1000);
    assert_eq!(class.room.game().stage(), Stage::RoundIntro);
    for _ in 0..200 {
        class.pass(3000);
    }
    assert_eq!(class.room.game().stage(), Stage::Finished);
}

#[test]
fn those_who_watch_see_seats_fill_and_answers_counted_a_few_times_a_second() {
    let mut class = Class::new();
    let screen = class.back(&secret().token(Bearer::Projector));
    let phones: Vec<Phone> = (0..40).map(|_| class.join().0).collect();
    class.ask();
    screen.raw();
    let key = class.key().answer;
    for phone in &phones[..39] {
        class.answer(phone, key.clone());
        class.pass(20);
        assert!(
            phone.read().iter().all(|frame| !matches!(frame, ToClient::Tally { .. })),
            "no player is told of others"
        );
    }
    class.pass(200);
    let tallies: Vec<u32> = screen
        .read()
        .iter()
        .filter_map(|frame| match frame {
            ToClient::Tally { question: 1, answered, expected: 40 } => Some(*answered),
            _ => None,
        })
        .collect();
    assert_eq!(tallies.last(), Some(&39));
    assert!((3..=8).contains(&tallies.len()), "{} in 0.8 s", tallies.len());
}

#[derive(Debug, Clone)]
enum Deed {
    Connect,
    Close(usize),
    Say(usize, ToServer),
    Order(Order),
    Trip(usize, u32),
    Wait(u64),
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    let token = prop_oneof![
        (0..6_u32).prop_map(|seat| secret().token(Bearer::Player(seat))),
        Just(secret().token(Bearer::Host)),
        Just(secret().token(Bearer::Projector)),
        (0..3_u32).prop_map(|link| secret().token(Bearer::Remote(link))),
        ".{0,40}",
    ];
    let answer = prop_oneof![
        any::<u8>().prop_map(Answer::Choice),
        prop::collection::vec(0..6_u8, 0..4).prop_map(Answer::MultiChoice),
        any::<bool>().prop_map(Answer::TrueFalse),
        any::<f64>().prop_map(Answer::Number),
        Just(Answer::Order(vec![0, 1, 2, 3])),
        ".{0,9}".prop_map(Answer::Text),
    ];
    let order = prop_oneof![
        6 => Just(Order::Next),
        1 => Just(Order::Reveal),
        1 => Just(Order::Close),
        1 => Just(Order::Skip),
        1 => Just(Order::Pause),
        2 => Just(Order::Resume),
        1 => Just(Order::Lock),
        2 => Just(Order::Unlock),
        1 => (0..6_u32).prop_map(|player| Order::Kick { player }),
        1 => (0..6_u32, "\\PC{0,12}").prop_map(|(player, name)| Order::Rename { player, name }),
        1 => (0..6_u32, any::<u8>()).prop_map(|(player, tenths)| Order::Extra { player, tenths }),
        1 => Just(Order::Revote),
        1 => (0..8_u32).prop_map(|question| Order::Void { question }),
        1 => Just(Order::Undo),
        1 => Just(Order::NewRemote),
        1 => Just(Order::RevokeRemote),
    ];
    let code = prop_oneof![4 => Just(CODE.to_owned()), 1 => "[0-9]{0,7}"];
    let message = prop_oneof![
        1 => code.clone().prop_map(|code| ToServer::Knock { code }),
        3 => (code, prop::option::of(0..4_u8), prop::option::of("\\PC{0,9}")).prop_map(|(code, pick, name)| ToServer::Join { code, pick, name }),
        2 => token.prop_map(|token| ToServer::Back { token }),
        4 => (0..8_u32, answer).prop_map(|(question, answer)| ToServer::Answer { question, answer, sure: None }),
        1 => (0..8_u32).prop_map(|question| ToServer::Shown { question }),
        1 => order.clone().prop_map(|order| ToServer::Order { order }),
    ];
    prop_oneof![
        2 => Just(Deed::Connect),
        1 => (0..8_usize).prop_map(Deed::Close),
        8 => (0..8_usize, message).prop_map(|(phone, message)| Deed::Say(phone, message)),
        4 => order.prop_map(Deed::Order),
        1 => (0..8_usize, any::<u32>()).prop_map(|(phone, ms)| Deed::Trip(phone, ms)),
        2 => (0..30_000_u64).prop_map(Deed::Wait),
        1 => Just(Deed::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Number 16: any deeds in any order leave a room that holds together.
    #[test]
    fn whatever_anybody_does_the_room_holds_together(
        deeds in prop::collection::vec(deed(), 1..150),
        hold in any::<bool>(),
        own_names in any::<bool>(),
    ) {
        let mut class = Class::of(crate::quiz::BANK, Settings { hold, ..speed() }, Manner { own_names, ..Manner::default() });
        let mut phones: Vec<Phone> = Vec::new();
        for deed in deeds {
            match deed {
                Deed::Connect => phones.push(class.connect()),
                Deed::Close(index) if index < phones.len() => {
                    let phone = phones.swap_remove(index);
                    class.close(&phone);
                }
                Deed::Say(index, message) if index < phones.len() => {
                    let phone = phones[index].clone();
                    class.say(&phone, message);
                }
                Deed::Order(order) => class.order(order),
                Deed::Trip(index, ms) if index < phones.len() => class.take(Event::RoundTrip { conn: phones[index].conn, ms }),
                Deed::Wait(ms) => class.pass(ms),
                Deed::Restart => {
                    class = class.restarted();
                    phones.clear();
                }
                _ => {}
            }
            for phone in &phones {
                for frame in phone.raw() {
                    prop_assert!(serde_json::from_str::<ToClient>(&frame).is_ok(), "{frame}");
                }
            }
        }
        let lines = class.disk.lock().unwrap().lines.clone();
        let again = replay_as_is(lines.as_bytes()).expect("its own journal");
        let at = class.room.game().last_stamp();
        prop_assert_eq!(again.game.view(Seat::Projector, at), class.room.game().view(Seat::Projector, at));
    }
}
