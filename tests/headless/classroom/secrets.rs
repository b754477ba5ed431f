//! Nothing that leaves a class before the answer is told depends on the key (numbers 1 to 4): over all kinds, roles, messages, files and
//! refusals. Roles and kinds come from the code: a new one fails here first.

use roundtable::bank::Kind;
use roundtable::classroom::page;
use roundtable::classroom::protocol::{Order, Role, ToServer};
use roundtable::classroom::room::{Conn, Event, Manner};
use roundtable::classroom::token::Bearer;
use roundtable::quiz::{Settings, Stage, Sureness};
use roundtable::rules::{Answer, GameCode, Pace, Scoring};

use super::harness::*;
use crate::quiz::secrets::{attempt, bank, twins};

/// Whom the differential covers: everybody but those who may know the key.
fn must_not_know(role: Role) -> bool {
    match role {
        Role::Player | Role::Projector => true,
        Role::Remote | Role::Host => false,
    }
}

/// Every byte that goes to players, to the big screen and to strangers until the answer is told, whatever they say.
fn learned(kind: Kind, text: &str, settings: Settings) -> Vec<String> {
    let mut class = Class::of(text, settings, Manner { own_names: true, ..Manner::default() });
    let mut phones = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| must_not_know(*role)) {
        match role {
            Role::Player => {
                for name in ["Ada", "Bo", "Cy"] {
                    let phone = class.connect();
                    class.say(&phone, ToServer::Knock { code: CODE.to_owned() });
                    // Offered names are chance of the room's own.
                    assert_eq!(phone.raw().len(), 1);
                    let name = Some(name.to_owned());
                    class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name });
                    phones.push(phone);
                }
            }
            Role::Projector => phones.push(class.back(&secret().token(Bearer::Projector))),
            Role::Remote | Role::Host => {}
        }
    }
    phones.push(class.connect());
    let mut learned = Vec::new();
    let mut look = |class: &mut Class, phones: &[Phone]| {
        for phone in phones {
            learned.extend(phone.raw());
        }
        learned.push(format!("{:?}", class.room.idle_for(class.now)));
        learned.push(format!("{:?}", class.snapshot().projector));
    };
    look(&mut class, &phones);
    class.ask();
    look(&mut class, &phones);
    class.pass(1000);
    let answers = [Answer::Choice(200), Answer::Text(String::new()), attempt(kind), attempt(kind), other_attempt(kind)];
    for (index, answer) in answers.into_iter().enumerate() {
        for question in [0, 1, 2, u32::MAX] {
            let phone = phones[index % 2].clone();
            class.say(&phone, ToServer::Answer { question, answer: answer.clone(), sure: Some(Sureness::Sure) });
            class.say(&phone, ToServer::Sure { question, sure: Sureness::Guessed });
            class.say(&phone, ToServer::Shown { question });
            class.take(Event::RoundTrip { conn: phone.conn, ms: 40 });
        }
        look(&mut class, &phones);
    }
    // Orders that they must not give, a reload, a pause.
    for phone in phones.clone() {
        class.say(&phone, ToServer::Order { order: Order::Reveal });
        class.say(&phone, ToServer::Order { order: Order::Void { question: 1 } });
    }
    let again = class.back(&secret().token(Bearer::Player(0)));
    phones.push(again);
    look(&mut class, &phones);
    class.pass(500);
    class.order(Order::Pause);
    look(&mut class, &phones);
    class.order(Order::Resume);
    class.pass(500);
    look(&mut class, &phones);
    assert_eq!(class.room.game().stage(), Stage::Asking);
    learned
}

/// Another answer that fits both twins.
fn other_attempt(kind: Kind) -> Answer {
    match kind {
        Kind::Choice => Answer::Choice(0),
        Kind::MultiChoice => Answer::MultiChoice(vec![1]),
        Kind::TrueFalse => Answer::TrueFalse(false),
        Kind::Number => Answer::Number(3.0),
        Kind::Order => Answer::Order(vec![0, 1, 2, 3]),
        Kind::Match => Answer::Match(vec![Some(1), Some(2), None]),
        Kind::Text => Answer::Text("Grace".to_owned()),
    }
}

#[test]
fn nothing_sent_before_the_answer_is_told_depends_on_the_key() {
    for kind in Kind::ALL {
        let (one, other) = twins(kind);
        let (one, other) = (bank(one, "Because."), bank(other, "For quite another and much longer reason than that."));
        for (pace, scoring, hold) in [
            (Pace::Standard, Scoring::Speed, false),
            (Pace::Standard, Scoring::Accuracy, false),
            (Pace::None, Scoring::Accuracy, true),
        ] {
            for bits in 0..8 {
                let settings =
                    || Settings { pace, scoring, hold, seed: GameCode::from_bits(bits * 7919).seed(), ..settings() };
                assert_eq!(
                    learned(kind, &one, settings()),
                    learned(kind, &other, settings()),
                    "{kind:?} leaks its key"
                );
            }
        }
    }
}

#[test]
fn a_held_question_does_not_tell_how_it_went() {
    for kind in Kind::ALL {
        let (one, other) = twins(kind);
        let told = |text: &str| {
            let mut class = Class::of(
                &bank(text, "Because."),
                Settings { hold: true, ..settings() },
                Manner { own_names: true, ..Manner::default() },
            );
            let screen = class.back(&secret().token(Bearer::Projector));
            let phone = class.connect();
            class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: Some("Ada".to_owned()) });
            class.ask();
            phone.raw();
            screen.raw();
            class.answer(&phone, attempt(kind));
            class.pass(1000);
            assert!(class.room.game().moment().held);
            let frames: Vec<String> = phone.raw().into_iter().chain(screen.raw()).collect();
            frames
        };
        assert_eq!(told(one), told(other), "{kind:?}");
    }
}

#[test]
fn the_comparison_can_fail_the_hosts_own_frames_do_differ() {
    for kind in Kind::ALL {
        let (one, other) = twins(kind);
        let snapshot = |text: &str| {
            let mut class = Class::of(&bank(text, "Because."), settings(), Manner::default());
            class.join();
            class.ask();
            format!("{:?}", class.snapshot().host)
        };
        assert_ne!(snapshot(one), snapshot(other), "{kind:?}");
    }
}

#[test]
fn no_file_that_a_browser_fetches_knows_a_question() {
    let bank = crate::quiz::read(crate::quiz::BANK);
    let documents: Vec<String> = Role::ALL.map(|role| page::document(role, Some(CODE))).into();
    let files = page::FILES.iter().map(|(_, _, bytes)| String::from_utf8_lossy(bytes).into_owned());
    for text in documents.into_iter().chain(files) {
        for question in bank.rounds.iter().flat_map(|round| &round.questions) {
            for secret in [&question.id, &question.explanation, &question.stem] {
                assert!(!text.contains(&format!("\"{secret}\"")) && !text.contains(&question.explanation), "{secret}");
            }
        }
    }
}

#[test]
fn the_seed_and_the_secret_leave_by_no_frame() {
    let mut class = Class::new();
    let host = class.host();
    let (phone, _) = class.join();
    class.ask();
    class.order(Order::Reveal);
    let told = [host.raw(), phone.raw()].concat().join("\n");
    let header = class.disk.lock().unwrap().lines.lines().next().unwrap().to_owned();
    assert!(header.contains("\"seed\""));
    assert!(!told.contains("\"seed\"") && !told.contains(&"07".repeat(32)));
    assert!(!header.contains(&String::from(secret())), "the journal can be shown to anybody who may see scores");
}

/// The place of the key over many draws: even, so that the place tells nothing.
#[test]
fn the_key_stands_in_every_place_alike() {
    let text = bank(twins(Kind::Choice).0, "Because.");
    let mut places = [0_u32; 4];
    for bits in 0..4000_u32 {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&bits.to_le_bytes());
        let settings = Settings { seed: roundtable::rules::Seed(seed), ..settings() };
        let mut class = Class::of(&text, settings, Manner::default());
        class.take(Event::Closed { conn: Conn(99) });
        class.join();
        class.ask();
        let Answer::Choice(place) = class.key().answer else { panic!("a choice") };
        places[usize::from(place)] += 1;
    }
    let expected = 1000.0;
    let chi: f64 = places.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    assert!(chi < 11.34, "chi-square {chi}, p < 0.01: {places:?}");
}
