//! Reading a question bank.

use roundtable::bank::{self, Body};

/// The format's sample: every kind, every field.
pub const SAMPLE: &str = r#"Bank(
    format: 1, id: "nato-explained", title: "Nato explained", about: "A sample", language: "en", licence: "CC-BY-4.0", as_of: "2024-10",
    documents: { "bbc": (title: "BBC News explainer on Nato, October 2024", link: "") },
    rounds: [
        Round(id: "founding", title: "Founding", about: "1949, the twelve, and why", questions: [
            Choice(id: "finland-joined", stem: "When did Finland join?", key: "April 2023", distractors: ["May 2022", "March 2024"], notes: { "May 2022": "That is when it applied." },
                   explanation: "Finland joined on 4 April 2023.", source: (document: "bbc", section: "Which countries are Nato members?"), as_of: "2024-10", difficulty: 1, tags: ["join years"], seconds: 30),
            MultiChoice(id: "multi", stem: "Which two were founders?", keys: ["Iceland", "Portugal"], distractors: ["Spain"], notes: {"Spain": "It joined in 1982."}),
            TrueFalse(id: "tf", stem: "Iceland has a standing army.", key: false),
            Number(id: "number", stem: "How many members met the target?", key: 23, unit: "members", range: (0, 32), step: 1, tolerance: 5),
            Number(id: "decimal", stem: "What share is the target?", key: 2.5, unit: "%", range: (0, 10.0), step: 0.1),
            Order(id: "order", stem: "Put these in order", items: ["first","second","third"], from: "earliest", to: "latest"),
            Match(id: "match", stem: "Match them", pairs: [("left","right"),("up", "down")], distractors: ["nobody's"]),
            Text(id: "text", stem: "Who is the head?", key: "Mark Rutte", accept: ["Rutte"], notes: {"Jens Stoltenberg": "Until 2024."}),
        ]),
    ],
)
"#;

#[test]
fn every_kind_is_read() {
    let bank = bank::read(SAMPLE.as_bytes()).unwrap();
    let questions = &bank.rounds[0].questions;
    assert_eq!(questions.len(), 8);
    assert_eq!(questions.iter().map(|q| q.body.kind()).collect::<std::collections::BTreeSet<_>>().len(), 7);
    assert_eq!(questions[1].difficulty, 2);
    assert_eq!(questions[1].as_of.as_deref(), Some("2024-10"), "falls back to the bank's");
    let Body::Number { key, min, max, step, tolerance, .. } = &questions[4].body else { panic!("a number") };
    assert_eq!((*key, *min, *max, *step, *tolerance), (2.5, 0.0, 10.0, 0.1, 0.0));
}
