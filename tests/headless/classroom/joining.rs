//! Coming in, being sent little, watching, being sent away (number 11).

use roundtable::classroom::protocol::{Order, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::token::Bearer;

use super::harness::*;

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
