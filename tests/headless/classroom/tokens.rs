//! Codes, tokens, and how often one may be wrong (numbers 7 and 9).

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use roundtable::classroom::gate::Gate;
use roundtable::classroom::protocol::{ToServer, Why};
use roundtable::classroom::token::{Bearer, RoomCode, Secret};

use super::harness::*;

#[test]
fn a_token_is_its_bearers_alone_and_has_128_bits() {
    let secret = secret();
    let other = Secret::fresh().unwrap();
    let bearers: Vec<Bearer> = (0..100)
        .map(Bearer::Player)
        .chain((0..100).map(Bearer::Remote))
        .chain([Bearer::Host, Bearer::Projector, Bearer::Player(u32::MAX)])
        .collect();
    let mut seen = HashSet::new();
    for bearer in &bearers {
        let token = secret.token(*bearer);
        let (_, digits) = token.split_once('.').unwrap();
        assert!(digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()), "{token}");
        assert!(seen.insert(digits.to_owned()), "{token} came before");
        assert_eq!(secret.bearer(&token), Some(*bearer));
        assert_eq!(other.bearer(&token), None, "another room's");
    }
    assert_eq!(format!("{secret:?}"), "Secret", "no log prints it");
}

#[test]
fn nothing_near_a_token_is_one() {
    let secret = secret();
    let token = secret.token(Bearer::Player(7));
    let digits = token.split_once('.').unwrap().1;
    for wrong in [
        String::new(),
        ".".to_owned(),
        digits.to_owned(),
        format!("p8.{digits}"),
        format!("h.{digits}"),
        format!("p07.{digits}"),
        format!("p+7.{digits}"),
        format!("p7.{digits}0"),
        format!("p7.{}", &digits[..31]),
        format!("p7.{}", digits.to_uppercase()),
        format!(" {token}"),
        format!("{token}\u{0}"),
        format!("ä7.{digits}"),
        format!("p-1.{digits}"),
        format!("p4294967296.{digits}"),
    ] {
        assert_eq!(secret.bearer(&wrong), None, "{wrong}");
    }
}

#[test]
fn a_secret_survives_its_file() {
    let secret = Secret::fresh().unwrap();
    let text = serde_json::to_string(&secret).unwrap();
    assert_eq!(serde_json::from_str::<Secret>(&text).unwrap(), secret);
    for broken in ["\"\"", "\"zz\"", "\"+f\"", "7"] {
        assert!(serde_json::from_str::<Secret>(broken).is_err());
    }
}

#[test]
fn a_code_is_six_digits_however_they_are_spaced() {
    let code = RoomCode::parse("012 345").unwrap();
    assert_eq!((code.to_string(), code.spoken()), ("012345".to_owned(), "012 345".to_owned()));
    assert!(code.is("012345") && code.is(" 01 23 45 ") && !code.is("012346") && !code.is("12345"));
    for wrong in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-12345", "+12345"] {
        assert_eq!(RoomCode::parse(wrong), None, "{wrong}");
    }
    let codes: HashSet<String> = (0..1000).map(|_| RoomCode::fresh().unwrap().to_string()).collect();
    assert!(codes.len() > 990, "codes repeat");
}

#[test]
fn ten_wrong_codes_a_minute_and_no_more() {
    let mut gate = Gate::default();
    let from = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    let mut tried = 0;
    // As fast as can be, for ten minutes.
    for ms in (0..600_000).step_by(100) {
        let now = Duration::from_millis(ms);
        if gate.may_try(from, now) {
            tried += 1;
            gate.was_wrong(from, now);
        }
    }
    assert!((90..=110).contains(&tried), "{tried} tries in ten minutes");
    // On average half of a million codes must be tried.
    assert!(500_000 / (tried / 10) / 60 > 100, "hours");
    let same_house = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, last));
    let mut gate = Gate::default();
    for last in 0..10 {
        gate.was_wrong(same_house(last), Duration::ZERO);
    }
    assert!(!gate.may_try(same_house(99), Duration::ZERO));
    assert!(gate.may_try(from, Duration::ZERO));
}

#[test]
fn right_codes_are_never_counted_and_other_addresses_do_not_suffer() {
    let mut class = Class::new();
    let school = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    let attacker = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));
    for _ in 0..200 {
        let phone = class.connect_from(school);
        class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
        assert_eq!(phone.why(), None);
    }
    for wrong in 0..10 {
        let phone = class.connect_from(attacker);
        class.say(&phone, ToServer::Knock { code: format!("99999{wrong}") });
        assert_eq!(phone.why(), Some(Why::WrongCode));
    }
    // Not even the right one: or every eleventh guess would be free.
    let phone = class.connect_from(attacker);
    class.say(&phone, ToServer::Knock { code: CODE.to_owned() });
    assert_eq!(phone.why(), Some(Why::SlowDown));
    let phone = class.connect_from(school);
    class.say(&phone, ToServer::Knock { code: CODE.to_owned() });
    assert_eq!(phone.why(), None);
    class.pass(60_000);
    let phone = class.connect_from(attacker);
    class.say(&phone, ToServer::Knock { code: CODE.to_owned() });
    assert_eq!(phone.why(), None);
}

#[test]
fn a_name_and_the_code_never_resume_somebody_elses_seat() {
    let mut class = Class::of(
        crate::quiz::BANK,
        settings(),
        roundtable::classroom::room::Manner { own_names: true, ..Default::default() },
    );
    let ada = class.connect();
    let join = |name: &str| ToServer::Join { code: CODE.to_owned(), pick: None, name: Some(name.to_owned()) };
    class.say(&ada, join("Ada"));
    ada.read();
    for name in ["Ada", "ADA", "Ádá", "А\u{64}a", " Ada "] {
        let other = class.connect();
        class.say(&other, join(name));
        assert_eq!(other.why(), Some(Why::NameTaken), "{name}");
    }
    assert_eq!(class.room.game().seats(), 1);
}
