//! A large bank out of thin air, for benchmarks and tests. Deterministic: the same count gives the same bytes.
//!
//! Its questions are about places that do not exist, and every kind comes up equally often. `bank::check` finds nothing in it.

use std::fmt::Write;

/// Questions in a round.
const PER_ROUND: usize = 500;

const SYLLABLES: [&str; 16] =
    ["ba", "ko", "mir", "ren", "tal", "vo", "shu", "dri", "gal", "zen", "pem", "lor", "nis", "fa", "sto", "wex"];

/// The text of a bank with `questions` questions, 1 to 20,000, for benches and tests.
///
/// Asked for 0 or more than 20,000 it gives a text that `bank::check` rightly refuses.
#[must_use]
pub fn sample_bank(questions: usize) -> String {
    let mut text = String::with_capacity(1_000 + questions * 900);
    text.push_str(
        "Bank(\n    format: 1,\n    id: \"sample\",\n    title: \"A sample\",\n    about: \"Made for measuring\",\n    \
         language: \"en\",\n    licence: \"CC0-1.0\",\n    as_of: \"2024-10\",\n    \
         documents: { \"atlas\": (title: \"Atlas of places that do not exist\", link: \"https://example.org/atlas\") },\n    \
         rounds: [\n",
    );
    for round in 0..questions.div_ceil(PER_ROUND) {
        let first = round * PER_ROUND;
        let last = questions.min(first + PER_ROUND);
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            text,
            "        Round(id: \"round-{round}\", title: \"Round {}\", about: \"\", questions: [",
            round + 1
        );
        for index in first..last {
            question(&mut text, index);
        }
        text.push_str("        ]),\n");
    }
    text.push_str("    ],\n)\n");
    text
}

/// The name of a place: unlike those of other numbers, and of one of three lengths.
fn name(number: usize) -> String {
    // Odd, so that no two numbers below 65,536 meet; large, so that neighbours do not look alike.
    let mixed = (number.wrapping_mul(40_503) ^ 0x2a5) & 0xffff;
    let mut name: String = (0..4).map(|digit| SYLLABLES[(mixed >> (digit * 4)) & 0xf]).collect();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

fn question(text: &mut String, index: usize) {
    let place = name(index);
    // Away from the places that other questions are about.
    let other = |n: usize| name(20_000 + (index * 5 + n) % 45_000);
    let (one, two, three, four) = (other(0), other(1), other(2), other(3));
    let (kind, stem, body) = match index % 7 {
        0 => (
            "Choice",
            format!("Which town did the ferry from {place} reach first in the winter of the long frost near {one}?"),
            format!(
                "key: \"{two}\", distractors: [\"{three}\", \"{four}\", \"{one} Bridge\"], \
                 notes: {{ \"{three}\": \"The ferry passed {three} at night and did not stop.\" }}"
            ),
        ),
        1 => (
            "MultiChoice",
            format!("Tick the two villages that sent grain to {place} when {one} was under water."),
            format!(
                "keys: [\"{two}\", \"{three}\"], distractors: [\"{four}\", \"{}\"], \
                 notes: {{ \"{four}\": \"{four} had no grain to send in that year.\" }}",
                other(4)
            ),
        ),
        2 => (
            "TrueFalse",
            format!("The lighthouse of {place} was built before the harbour at {one}."),
            format!("key: {}", (index / 7).is_multiple_of(2)),
        ),
        3 => (
            "Number",
            format!("How many bridges cross the river between {place} and {one}?"),
            format!("key: {}, unit: \"bridges\", range: (0, 60), step: 1, tolerance: 3", index % 60),
        ),
        4 => (
            "Order",
            format!("Put these stops of the night train to {place} in order, the first stop first."),
            format!("items: [\"{one}\", \"{two}\", \"{three}\", \"{four}\"], from: \"first\", to: \"last\""),
        ),
        5 => (
            "Match",
            format!("Match each guild of {place} with the square where it met."),
            format!(
                "pairs: [(\"Weavers\", \"{one}\"), (\"Bakers\", \"{two}\"), (\"Smiths\", \"{three}\")], distractors: [\"{four}\"]"
            ),
        ),
        _ => (
            "Text",
            format!("Name the island that faces {place} across the strait of {one}."),
            format!(
                "key: \"{two}\", accept: [\"{two} Island\", \"Isle of {two}\"], \
                 notes: {{ \"{three}\": \"{three} lies on the other shore.\" }}"
            ),
        ),
    };
    let _ = write!(
        text,
        "            {kind}(\n                id: \"{kind_id}-{index}\",\n                stem: \"{stem}\",\n                {body},\n                \
         explanation: \"The atlas shows {place} and {one} on the same sheet. The legend beside it settles the question.\",\n                \
         source: (document: \"atlas\", section: \"Sheet {sheet}\"),\n                as_of: \"2024-10\",\n                \
         difficulty: {difficulty},\n                tags: [\"places\", \"sheet {sheet}\"],\n                seconds: 30,\n            ),\n",
        kind_id = kind.to_lowercase(),
        sheet = index / 10,
        difficulty = 1 + index % 3,
    );
}
