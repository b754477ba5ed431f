//! A question file is data from a stranger: nothing in it may crash the program or keep it busy.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::{fmt::Write, time::Instant};

use proptest::prelude::*;
use roundtable::bank::{self, MAX_BYTES, render};

use crate::bank::SAMPLE;

/// Checks and renders; what is not a bank must say why.
fn survives(bytes: &[u8]) -> bank::Checked {
    let checked = bank::check(bytes);
    assert!(checked.bank.is_some() || !checked.diagnostics.is_empty());
    assert!(checked.diagnostics.is_sorted_by_key(|d| d.level));
    for diagnostic in &checked.diagnostics {
        if let Some(at) = diagnostic.at {
            assert!(at.line > 0 && at.column > 0 && at.start <= at.end && at.end <= bytes.len(), "{diagnostic:?}");
        }
    }
    assert_eq!(bank::read(bytes).is_ok(), checked.bank.is_some());
    let source = String::from_utf8_lossy(bytes);
    let text = render::text("a.ron", &source, &checked.diagnostics);
    assert!(!text.contains('\u{1b}') && text.is_empty() == checked.diagnostics.is_empty());
    checked
}

#[test]
fn every_truncation_is_an_error() {
    let end = SAMPLE.trim_end().len();
    for length in (0..end).filter(|&length| SAMPLE.is_char_boundary(length)) {
        assert!(survives(&SAMPLE.as_bytes()[..length]).bank.is_none(), "{length}");
    }
    assert!(survives(SAMPLE.as_bytes()).bank.is_some());
}

#[test]
fn no_flipped_byte_crashes() {
    let mut bytes = SAMPLE.as_bytes().to_vec();
    for index in 0..bytes.len() {
        for flip in [0x01, 0x20, 0x80, 0xff] {
            bytes[index] ^= flip;
            let _ = bank::check(&bytes);
            bytes[index] ^= flip;
        }
    }
    assert_eq!(bytes, SAMPLE.as_bytes());
}

/// What this reader takes for well-formed the `ron` crate does, too: any RON tool can work on a question file.
#[test]
fn what_is_read_is_ron() {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::all());
    let mut bytes = SAMPLE.as_bytes().to_vec();
    let is_ron = |text: &str| options.from_str::<serde::de::IgnoredAny>(text).is_ok();
    assert!(is_ron(SAMPLE));
    let mut read = 0;
    for index in 0..bytes.len() {
        for byte in *b"a\"(),:[]{}\\/.-9_ #\n" {
            let before = std::mem::replace(&mut bytes[index], byte);
            if bank::read(&bytes).is_ok() {
                let text = std::str::from_utf8(&bytes).unwrap();
                assert!(is_ron(text), "{byte:?} at {index}: {text}");
                read += 1;
            }
            bytes[index] = before;
        }
    }
    assert!(read > 1_000, "{read} of the changes leave a bank");
}

#[test]
fn depth_is_bounded() {
    for open in ["(", "[", "{", "a(", "(a:", "[[(", "/*", "Some("] {
        let checked = survives(open.repeat(10_000).as_bytes());
        assert!(checked.bank.is_none(), "{open}");
    }
    let deep = SAMPLE.replace("\"Match them\"", &format!("{}7{}", "[".repeat(10_000), "]".repeat(10_000)));
    let found = bank::read(deep.as_bytes()).unwrap_err();
    assert_eq!((found[0].rule, found[0].at.unwrap().line), ("too-deep", 13));
}

#[test]
fn what_is_not_text_is_refused_with_its_place() {
    let mut bytes = SAMPLE.as_bytes().to_vec();
    let place = SAMPLE.find("Iceland has").unwrap();
    bytes[place] = 0xE9;
    let found = bank::read(&bytes).unwrap_err();
    assert_eq!((found.len(), found[0].rule), (1, "not-text"));
    let at = found[0].at.unwrap();
    assert_eq!((at.line, at.column, at.start), (9, 40, place));
    assert!(found[0].what.contains("0xe9"), "{}", found[0].what);
    for bytes in [&b"\xff\xfeB\0a\0"[..], b"PK\x03\x04\xff", b"\0\0\0\0", b"\xef\xbb\xbf", b"   \n"] {
        assert!(survives(bytes).bank.is_none());
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let found = bank::read(&vec![b'['; MAX_BYTES + 1]).unwrap_err();
    assert_eq!((found[0].rule, found[0].at), ("too-large", None));
}

/// Each of these once was, or could be, a way to make a reader do quadratic work.
#[test]
fn hostile_files_are_refused_in_reasonable_time() {
    let lines = |line: &str| line.repeat(400_000 / line.len().max(1));
    let mut fields = String::from("Bank(");
    for index in 0..40_000 {
        let _ = write!(fields, "f{index}: 1, ");
    }
    let questions = |body: &str, n: usize| {
        let body: String = (0..n).map(|i| body.replace('#', &i.to_string())).collect();
        format!(
            "Bank(format: 1, id: \"b\", title: \"B\", rounds: [Round(id: \"r\", title: \"R\", questions: [{body}])])"
        )
    };
    let mut documents =
        questions("Text(id: \"q#\", stem: \"S #\", key: \"x\", source: (document: \"nearly-a-document\")),", 4_000);
    let mut listed = String::new();
    for index in 0..1_000 {
        let _ = write!(listed, "\"document-that-is-cited-{index}\": (title: \"D\"),");
    }
    documents = documents.replacen("rounds:", &format!("documents: {{ {listed} }}, rounds:"), 1);
    let same = "Which of the many towns of the plain by the river paid the toll of the bridge in the year";
    for text in [
        lines("Bank(rounds: [\nChoice(id: r#\"\n"),
        format!("Bank(rounds: [Round(questions: [{}", lines("\nChoice(id: r##\"x, ")),
        format!("Bank(rounds: [Round(questions: [{}", lines("\nChoice(]")),
        format!("Bank(rounds: [{}", lines("\nRound(id: \"")),
        lines("/*"),
        lines("\"\\"),
        lines("["),
        lines("[],"),
        lines("{\"a\":"),
        format!("[{}]", lines("[],")),
        fields,
        format!("Bank({}: 1)", "f".repeat(2_000_000)),
        format!("({}: 1)", "format".repeat(500_000)),
        documents,
        questions("Text(id: \"q\", stem: \"S\", key: \"x\"),\n", 10_000),
        questions("Text(id: \"q#\", stem: \"S\", key: \"x#\"),\n", 10_000),
        questions(&format!("Choice(id: \"q#\", stem: \"{same} #?\", key: \"x#\", distractors: [\"y\"]),"), 8_000),
        questions(&format!("TrueFalse(id: \"q#\", stem: \"{same}?\", key: true),"), 8_000),
    ] {
        let start = Instant::now();
        survives(text.as_bytes());
        assert!(start.elapsed().as_secs() < 20, "{}: {:?}", &text[..40], start.elapsed());
    }
}

/// Pieces that a damaged question file is made of.
fn piece() -> impl Strategy<Value = String> {
    let words = "Bank\\(|Round\\(|Choice\\(|Number\\(|Match\\(|Text\\(|format: 1|id: \"a\"|stem: |key: |rounds: \\[|questions: \\[|range: ";
    prop_oneof![
        words,
        "[\\(\\)\\[\\]\\{\\},:\"\\\\\n /*#r.0-9-]{1,4}",
        "\"[a-z“é]{0,5}\"",
        any::<f64>().prop_map(|number| number.to_string()),
        ".",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_not_crash(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&bytes);
    }

    #[test]
    fn random_pieces_do_not_crash(pieces in prop::collection::vec(piece(), 0..60)) {
        survives(pieces.concat().as_bytes());
    }

    #[test]
    fn a_piece_anywhere_in_a_bank_does_not_crash(piece in piece(), at in 0..SAMPLE.len()) {
        if SAMPLE.is_char_boundary(at) {
            survives(format!("{}{piece}{}", &SAMPLE[..at], &SAMPLE[at..]).as_bytes());
        }
    }
}
