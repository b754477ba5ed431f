//! Any deeds in any order, and any bytes (number 16).

use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::ChaCha8Rng;
use roundtable::classroom::protocol::{MAX_FRAME, Order, ToClient, ToServer, Why, read};
use roundtable::classroom::room::{Event, Manner};
use roundtable::classroom::token::Bearer;
use roundtable::quiz::journal::replay_as_is;
use roundtable::quiz::{Seat, Settings};
use roundtable::rules::Answer;

use super::harness::*;

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
        1 => Just(Order::End),
        2 => Just(Order::Rematch),
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

/// How many runs of the room; `ROUNDTABLE_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("ROUNDTABLE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

/// How many frames are read; number 16 wants ten million: `ROUNDTABLE_FRAMES=10000000`, in an optimised build minutes.
fn frames() -> u64 {
    std::env::var("ROUNDTABLE_FRAMES").ok().and_then(|frames| frames.parse().ok()).unwrap_or(200_000)
}

/// Number 16, two hundred thousand of ten million frames unless asked: real ones, cut, spliced and with bytes of chance.
#[test]
fn whatever_bytes_come_the_reader_refuses_or_reads_and_never_falls() {
    let real: Vec<String> =
        super::table::table().iter().map(|(message, _)| serde_json::to_string(message).unwrap()).collect();
    let spice = [
        "\\u0000",
        "1e999",
        "-1",
        "4294967296",
        "[[[[[[",
        "{\"t\":",
        "null",
        "\"\"",
        "\u{202e}",
        "é",
        "999999999999999999999",
        "true",
    ];
    let mut chance = ChaCha8Rng::from_seed([16; 32]);
    let mut below = move |bound: usize| usize::try_from(chance.next_u64() % bound as u64).unwrap();
    let (mut taken, mut longest) = (0_u64, std::time::Duration::ZERO);
    for _ in 0..frames() {
        let mut bytes = real[below(real.len())].clone().into_bytes();
        for _ in 0..below(4) {
            let place = below(bytes.len() + 1);
            match below(5) {
                0 => bytes.truncate(place),
                1 if place < bytes.len() => bytes[place] = u8::try_from(below(256)).unwrap(),
                2 => {
                    let more = spice[below(spice.len())];
                    bytes.splice(place..place, more.bytes());
                }
                3 => {
                    let other = real[below(real.len())].as_bytes();
                    bytes.truncate(place);
                    bytes.extend_from_slice(&other[below(other.len())..]);
                }
                _ => {
                    let again = bytes[place..].to_vec();
                    bytes.extend_from_slice(&again);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let begun = std::time::Instant::now();
        let message = read(&text);
        longest = longest.max(begun.elapsed());
        match message {
            Ok(message) => {
                taken += 1;
                let again = serde_json::to_string(&message).unwrap();
                assert_eq!(read(&again), Ok(message), "{text}");
            }
            Err(why) => assert_eq!(why, if text.len() > MAX_FRAME { Why::TooLong } else { Why::Malformed }, "{text}"),
        }
    }
    assert!(taken > frames() / 20, "{taken}: some are whole");
    assert!(longest < std::time::Duration::from_secs(1), "{longest:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

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
