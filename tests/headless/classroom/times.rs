//! Time: deadlines, links of different length, extra time, and what goes on by itself (numbers 20, 24, 25, 26).

use roundtable::classroom::protocol::{Order, ToServer, Why};
use roundtable::classroom::room::{Event, MOST_LAG_MS, Manner};
use roundtable::classroom::token::Bearer;
use roundtable::quiz::{PauseReason, Settings, Stage};
use roundtable::rules::Scoring;

use super::harness::*;

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
