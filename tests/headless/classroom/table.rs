//! Who may ask for what: every message of every role, against a table written out by hand (numbers 5 and 10).

use roundtable::classroom::access::may;
use roundtable::classroom::protocol::{Order, Role, ToClient, ToServer, Why};
use roundtable::quiz::Sureness;
use roundtable::rules::{Answer, Key};

use super::harness::*;

/// Everything that can be said, and who may: nobody yet, player, projector, remote, host. A new message must be put here: the compiler
/// names [`place`].
pub fn table() -> Vec<(ToServer, [bool; 5])> {
    const ENTER: [bool; 5] = [true, false, false, false, false];
    const PLAY: [bool; 5] = [false, true, false, false, false];
    const LEAD: [bool; 5] = [false, false, false, true, true];
    const HOST: [bool; 5] = [false, false, false, false, true];
    let order = |order| ToServer::Order { order };
    vec![
        (ToServer::Knock { code: CODE.to_owned() }, ENTER),
        (ToServer::Join { code: CODE.to_owned(), pick: None, name: None }, ENTER),
        (ToServer::Back { token: String::new() }, ENTER),
        (ToServer::Answer { question: 1, answer: Answer::Choice(0), sure: None }, PLAY),
        (ToServer::Sure { question: 1, sure: Sureness::Sure }, PLAY),
        (ToServer::Shown { question: 1 }, PLAY),
        (order(Order::Next), LEAD),
        (order(Order::Reveal), LEAD),
        (order(Order::Close), LEAD),
        (order(Order::Skip), LEAD),
        (order(Order::Pause), LEAD),
        (order(Order::Resume), LEAD),
        (order(Order::Lock), LEAD),
        (order(Order::Unlock), LEAD),
        (order(Order::Kick { player: 0 }), LEAD),
        (order(Order::End), LEAD),
        (order(Order::Rename { player: 0, name: "Ada".to_owned() }), HOST),
        (order(Order::Extra { player: 0, tenths: 20 }), HOST),
        (order(Order::Revote), LEAD),
        (order(Order::Void { question: 1 }), HOST),
        (order(Order::Correct { question: 1, key: Key { answer: Answer::Choice(0), accept: Vec::new() } }), HOST),
        (order(Order::Undo), HOST),
        (order(Order::NewRemote), HOST),
        (order(Order::RevokeRemote), HOST),
        (order(Order::Rematch), HOST),
    ]
}

/// The place of a message in the table.
fn place(message: &ToServer) -> usize {
    match message {
        ToServer::Knock { .. } => 0,
        ToServer::Join { .. } => 1,
        ToServer::Back { .. } => 2,
        ToServer::Answer { .. } => 3,
        ToServer::Sure { .. } => 4,
        ToServer::Shown { .. } => 5,
        ToServer::Order { order } => match order {
            Order::Next => 6,
            Order::Reveal => 7,
            Order::Close => 8,
            Order::Skip => 9,
            Order::Pause => 10,
            Order::Resume => 11,
            Order::Lock => 12,
            Order::Unlock => 13,
            Order::Kick { .. } => 14,
            Order::End => 15,
            Order::Rename { .. } => 16,
            Order::Extra { .. } => 17,
            Order::Revote => 18,
            Order::Void { .. } => 19,
            Order::Correct { .. } => 20,
            Order::Undo => 21,
            Order::NewRemote => 22,
            Order::RevokeRemote => 23,
            Order::Rematch => 24,
        },
    }
}

fn roles() -> [Option<Role>; 5] {
    let [player, projector, remote, host] = Role::ALL.map(Some);
    [None, player, projector, remote, host]
}

#[test]
fn the_table_names_every_message_once() {
    let places: Vec<usize> = table().iter().map(|(message, _)| place(message)).collect();
    assert_eq!(places, (0..table().len()).collect::<Vec<_>>());
}

#[test]
fn every_role_may_say_what_the_table_says() {
    for (message, allowed) in table() {
        for (role, allowed) in roles().into_iter().zip(allowed) {
            assert_eq!(may(role, &message), allowed, "{role:?} {message:?}");
        }
    }
}

/// A class in mid-question, with somebody of each role.
fn class() -> (Class, Vec<(Option<Role>, Phone)>) {
    let mut class = Class::new();
    let host = class.host();
    class.order(Order::NewRemote);
    class.pass(200);
    let link = class.snapshot().remote.expect("a link");
    let remote = class.back(link.split_once('#').expect("a token after #").1);
    let projector = class.back(&secret().token(roundtable::classroom::token::Bearer::Projector));
    let (player, _) = class.join();
    class.join();
    class.ask();
    let stranger = class.connect();
    let phones = vec![
        (None, stranger),
        (Some(Role::Player), player),
        (Some(Role::Projector), projector),
        (Some(Role::Remote), remote),
        (Some(Role::Host), host),
    ];
    for (_, phone) in &phones {
        phone.read();
    }
    (class, phones)
}

#[test]
fn what_is_not_allowed_is_refused_and_changes_nothing() {
    for (message, _) in table() {
        let (mut class, phones) = class();
        let before = class.disk.lock().unwrap().lines.clone();
        for (role, phone) in phones {
            if may(role, &message) {
                continue;
            }
            class.say(&phone, message.clone());
            let told = phone.read();
            assert!(
                matches!(
                    told.as_slice(),
                    [ToClient::Refused { why: Why::NotAllowed | Why::NotSeated | Why::AlreadySeated, .. }]
                ),
                "{role:?} {message:?}: {told:?}"
            );
            assert_eq!(class.disk.lock().unwrap().lines, before, "{role:?} {message:?}");
        }
    }
}

#[test]
fn what_is_allowed_is_looked_at() {
    for (message, _) in table() {
        let (mut class, phones) = class();
        for (role, phone) in phones {
            if may(role, &message) {
                class.say(&phone, message.clone());
                let told = phone.read();
                assert!(
                    !matches!(why(&told), Some(Why::NotAllowed | Why::NotSeated | Why::AlreadySeated)),
                    "{role:?} {message:?}: {told:?}"
                );
            }
        }
    }
}

#[test]
fn nobody_leads_a_class_with_its_code_alone() {
    let (mut class, _) = class();
    let right = secret().token(roundtable::classroom::token::Bearer::Host);
    let before = class.disk.lock().unwrap().lines.clone();
    for guess in 0..10_000_u32 {
        let phone = class.connect();
        let token = match guess % 5 {
            0 => CODE.to_owned(),
            1 => format!("h.{guess:032x}"),
            2 => format!("{}{:x}", &right[..right.len() - 1], guess % 16),
            3 => format!("r1.{guess:032x}"),
            _ => format!("h.{CODE}"),
        };
        if token == right {
            continue;
        }
        class.say(&phone, ToServer::Back { token });
        class.say(&phone, ToServer::Order { order: Order::End });
        let told = phone.read();
        assert!(told.iter().all(|frame| matches!(frame, ToClient::Closing { why: Why::UnknownToken, .. })), "{told:?}");
        class.close(&phone);
    }
    assert_eq!(class.disk.lock().unwrap().lines, before);
}

#[test]
fn a_host_that_comes_back_leads_at_once_and_so_does_a_second_one() {
    let (mut class, phones) = class();
    let host = &phones[4].1;
    class.close(host);
    for _ in 0..2 {
        let again = class.host();
        class.say(&again, ToServer::Order { order: Order::Pause });
        assert!(again.read().contains(&ToClient::Done));
        class.say(&again, ToServer::Order { order: Order::Resume });
    }
}

#[test]
fn a_revoked_remote_leads_no_more_and_the_next_link_is_another() {
    let (mut class, phones) = class();
    let (remote, host) = (&phones[3].1, &phones[4].1);
    let first = class.snapshot().remote.unwrap();
    class.say(remote, ToServer::Order { order: Order::Pause });
    assert!(remote.read().contains(&ToClient::Done));
    class.say(host, ToServer::Order { order: Order::RevokeRemote });
    assert_eq!(remote.why(), Some(Why::UnknownToken));
    class.say(remote, ToServer::Order { order: Order::Resume });
    assert_eq!(class.room.game().moment().paused, Some(roundtable::quiz::PauseReason::Teacher));
    let old = first.split_once('#').unwrap().1;
    assert_eq!(class.back(old).why(), Some(Why::UnknownToken));
    class.say(host, ToServer::Order { order: Order::NewRemote });
    class.pass(1000);
    let second = class.snapshot().remote.unwrap();
    assert_ne!(first, second);
    assert_eq!(class.back(old).why(), Some(Why::UnknownToken));
    assert_eq!(class.back(second.split_once('#').unwrap().1).why(), None);
}
