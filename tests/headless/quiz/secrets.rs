//! Nothing that a seat is shown before feedback depends on the key. Roles and kinds come from the code: a new one fails here first.

use roundtable::bank::Kind;
use roundtable::quiz::*;
use roundtable::rules::{Answer, GameCode, Pace};

use super::*;

/// Two questions that differ in key, explanation and notes alone.
pub fn twins(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Choice => (
            r#"Choice(id: "q", stem: "Which?", key: "Oak", distractors: ["Elm", "Fir", "Ash"], notes: {"Elm": "no"}"#,
            r#"Choice(id: "q", stem: "Which?", key: "Fir", distractors: ["Ash", "Oak", "Elm"], notes: {"Oak": "quite another note"}"#,
        ),
        Kind::MultiChoice => (
            r#"MultiChoice(id: "q", stem: "Which?", keys: ["Oak", "Elm"], distractors: ["Fir", "Ash"]"#,
            r#"MultiChoice(id: "q", stem: "Which?", keys: ["Fir"], distractors: ["Elm", "Ash", "Oak"], notes: {"Ash": "why not"}"#,
        ),
        Kind::TrueFalse => {
            (r#"TrueFalse(id: "q", stem: "So?", key: true"#, r#"TrueFalse(id: "q", stem: "So?", key: false"#)
        }
        Kind::Number => (
            r#"Number(id: "q", stem: "How many?", key: 3, unit: "trees", range: (0, 100), step: 1, tolerance: 2"#,
            r#"Number(id: "q", stem: "How many?", key: 97, unit: "trees", range: (0, 100), step: 1, tolerance: 20"#,
        ),
        Kind::Order => (
            r#"Order(id: "q", stem: "Order!", items: ["Oak", "Elm", "Fir", "Ash"], from: "low", to: "high""#,
            r#"Order(id: "q", stem: "Order!", items: ["Ash", "Oak", "Fir", "Elm"], from: "low", to: "high""#,
        ),
        Kind::Match => (
            r#"Match(id: "q", stem: "Match!", pairs: [("Oak", "acorn"), ("Fir", "cone"), ("Ash", "key")], distractors: ["nut"]"#,
            r#"Match(id: "q", stem: "Match!", pairs: [("Ash", "nut"), ("Oak", "cone"), ("Fir", "acorn")], distractors: ["key"]"#,
        ),
        Kind::Text => (
            r#"Text(id: "q", stem: "Who?", key: "Ada Lovelace", accept: ["Ada"], notes: {"Babbage": "no"}"#,
            r#"Text(id: "q", stem: "Who?", key: "Grace""#,
        ),
    }
}

pub fn bank(question: &str, explanation: &str) -> String {
    format!(
        r#"Bank(format: 1, id: "twin", title: "Twin", documents: {{"d": (title: "A document")}}, rounds: [Round(id: "r", title: "R",
            questions: [{question}, explanation: "{explanation}", source: (document: "d", section: "s"), as_of: "2024", tags: ["t"])])])"#
    )
}

/// An answer that fits both twins.
pub fn attempt(kind: Kind) -> Answer {
    match kind {
        Kind::Choice => Answer::Choice(1),
        Kind::MultiChoice => Answer::MultiChoice(vec![0, 2]),
        Kind::TrueFalse => Answer::TrueFalse(true),
        Kind::Number => Answer::Number(50.0),
        Kind::Order => Answer::Order(vec![3, 1, 0, 2]),
        Kind::Match => Answer::Match(vec![Some(0), None, Some(3)]),
        Kind::Text => Answer::Text("Ada".to_owned()),
    }
}

fn seats(role: Role) -> Vec<Seat> {
    match role {
        Role::Player => vec![Seat::Player(0), Seat::Player(1), Seat::Player(99)],
        Role::Projector => vec![Seat::Projector],
        // The host may see the key.
        Role::Host => Vec::new(),
    }
}

/// Everything that anybody but the host learns on the way to feedback, as bytes.
fn learned(kind: Kind, text: &str, pace: Pace, bits: u32) -> Vec<String> {
    let mut game = Game::of(text, Settings { pace, seed: GameCode::from_bits(bits).seed(), ..settings() }, 2);
    let mut learned = Vec::new();
    let mut look = |game: &Game, replies: &[Reply]| {
        for role in Role::ALL {
            for seat in seats(role) {
                learned.push(serde_json::to_string(&game.view(seat)).unwrap());
            }
        }
        learned.push(format!("{:?} {replies:?}", game.quiz.next_deadline()));
    };
    look(&game, &[]);
    game.ok(Command::Next);
    look(&game, &[]);
    game.ok(Command::Next);
    game.pass(1000);
    look(&game, &[]);
    let replies = [game.answer(0, Answer::Choice(200)), game.answer(0, attempt(kind)), game.answer(0, attempt(kind))];
    assert!(replies[1].is_ok(), "{replies:?}");
    look(&game, &replies);
    game.ok(Command::Pause { reason: PauseReason::Teacher });
    look(&game, &[]);
    game.ok(Command::Resume);
    look(&game, &[]);
    assert_eq!(game.stage(), Stage::Asking);
    learned
}

#[test]
fn nothing_shown_before_feedback_depends_on_the_key() {
    for kind in Kind::ALL {
        let (one, other) = twins(kind);
        let (one, other) = (bank(one, "Because."), bank(other, "For quite another and much longer reason than that."));
        for pace in [Pace::Standard, Pace::None] {
            for bits in 0..60 {
                assert_eq!(
                    learned(kind, &one, pace, bits * 7919),
                    learned(kind, &other, pace, bits * 7919),
                    "{kind:?} leaks its key"
                );
            }
        }
    }
}

#[test]
fn the_comparison_can_fail_the_hosts_own_view_does_differ() {
    for kind in Kind::ALL {
        let (one, other) = twins(kind);
        let host = |question: &str| {
            let mut game = Game::of(&bank(question, "Because."), settings(), 1);
            game.ask();
            serde_json::to_string(&game.view(Seat::Host)).unwrap()
        };
        assert_ne!(host(one), host(other), "{kind:?}");
    }
}
