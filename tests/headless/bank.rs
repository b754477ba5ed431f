//! Reading a question bank.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

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

/// `rule: what is underlined` of every error, after a look at the line and the column.
fn errors(text: &str) -> Vec<String> {
    let found = bank::read(text.as_bytes()).unwrap_err();
    let one = |d: &bank::Diagnostic| {
        assert_eq!(d.level, bank::Level::Error);
        let at = d.at.unwrap();
        let before = &text[..at.start];
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!((at.line, at.column), (before.split('\n').count(), column), "{d:?}");
        format!("{}: {}", d.rule, text[at.start..at.end].chars().take(16).collect::<String>())
    };
    found.iter().map(one).collect()
}

/// The advice of the first error.
fn todo(text: &str) -> String {
    bank::read(text.as_bytes()).unwrap_err()[0].todo.clone()
}

#[test]
fn what_the_file_leaves_out_has_defaults() {
    let text = r#"(format: 1, id: "b", title: "B", rounds: [(id: "r", title: "R", questions: [TrueFalse(id: "q", stem: "So.", key: true)])])"#;
    let bank = bank::read(text.as_bytes()).unwrap();
    assert_eq!((bank.language.as_str(), bank.about.as_str(), bank.licence.as_str()), ("en", "", ""));
    let question = &bank.rounds[0].questions[0];
    assert_eq!(
        (question.source.as_ref(), question.as_of.as_ref(), question.difficulty, question.seconds),
        (None, None, 2, None)
    );
    let number = text.replace(
        "TrueFalse(id: \"q\", stem: \"So.\", key: true)",
        "Number(id: \"q\", stem: \"?\", key: 1, range: (0, 9))",
    );
    let bank = bank::read(number.as_bytes()).unwrap();
    assert!(matches!(bank.rounds[0].questions[0].body, Body::Number { step: 1.0, tolerance: 0.0, .. }));
}

#[test]
fn everything_of_ron_that_a_question_file_needs_is_read() {
    let stem = |stem: &str| {
        let text = SAMPLE.replace("\"Iceland has a standing army.\"", stem);
        bank::read(text.as_bytes())
            .map(|bank| bank.rounds[0].questions[2].stem.clone())
            .map_err(|e| format!("{e:?}"))
            .unwrap()
    };
    assert_eq!(stem(r#"r"A \raw text""#), r"A \raw text");
    assert_eq!(stem(r##"r#"She said "so"."#"##), r#"She said "so"."#);
    assert_eq!(stem(r#""A \"quote\", a \\ and \u{e9}\x41\n""#), "A \"quote\", a \\ and éA\n");
    assert_eq!(stem("\"one \\\n     line\""), "one line");
    assert_eq!(stem("/* a /* nested */ remark */ \"So.\" // and more\n"), "So.");
    assert_eq!(stem("Some(\"So.\")"), "So.");
    let windows = format!("\u{feff}#![enable(implicit_some)]\n{SAMPLE}").replace('\n', "\r\n");
    assert!(bank::read(windows.as_bytes()).is_ok());
}

#[test]
fn all_errors_are_reported_each_at_its_place() {
    let text = SAMPLE
        .replace("difficulty: 1", "difficulty: 9")
        .replace("key: false", "key: \"false\"")
        .replace("key: 23", "key: 99")
        .replace("items: [", "itms: [");
    let expected = [
        "bad-number: 9",
        "wrong-shape: \"false\"",
        "key-out-of-range: 99",
        "missing-field: Order",
        "unknown-field: itms",
    ];
    assert_eq!(errors(&text), expected);
    let questions: Vec<_> = bank::read(text.as_bytes()).unwrap_err().into_iter().filter_map(|d| d.question).collect();
    assert_eq!(questions, ["finland-joined", "tf", "number", "order", "order"]);
}

#[test]
fn after_a_syntax_error_the_other_questions_are_still_checked() {
    // A missing comma, a quotation mark too few, one too many, a bracket too few.
    for (from, to, first) in [
        ("army.\",", "army.\"", "missing-comma: \"Iceland has a s"),
        ("a standing army", "a \"standing\" army", "missing-comma: \"Iceland has a \""),
        ("\"Iceland has", "Iceland has", "missing-comma: d"),
        ("\"Iceland has", "“Iceland has", "syntax: “"),
        ("key: false)", "key: false", "unclosed: ("),
        ("key: false)", "key: false]", "syntax: ]"),
        ("key: false)", "key: )", "syntax: )"),
        ("stem: \"Iceland", "stem = \"Iceland", "syntax: ="),
    ] {
        let text = SAMPLE.replace(from, to).replace("key: 2.5", "key: 99");
        let found = errors(&text);
        assert_eq!(found[0], first, "{to}");
        assert_eq!(found.last().unwrap(), "key-out-of-range: 99", "{to}");
        assert_eq!(found.len(), 2, "{to}: {found:?}");
    }
}

#[test]
fn a_missing_closing_quote_is_reported_where_the_text_starts() {
    let text = SAMPLE.replace("army.\"", "army.");
    assert_eq!(errors(&text)[0], "unclosed: \"");
    let text = "Bank(\n  format: 1,\n  id: \"b,\n  title: \"B\",\n)";
    assert_eq!(errors(text), ["unclosed: \""]);
}

#[test]
fn a_round_that_breaks_off_does_not_hide_the_next() {
    let text = r#"Bank(format: 1, id: "b", title: "B", rounds: [
        Round(id: "one", title: "One", questions: [
            TrueFalse(id: "p", stem: "So.", key: maybe
        ]),
        Round(id: "two", title: "Two", questions: [
            TrueFalse(id: "p", stem: "So.", key: 7),
        ]),
    ])"#;
    assert_eq!(errors(text), ["syntax: ]", "wrong-shape: 7"]);
}

#[test]
fn a_misspelt_field_or_kind_is_recognised() {
    let kinds = ["Choice", "MultiChoice", "TrueFalse", "Number", "Order", "Match", "Text"];
    for kind in kinds {
        let wrong = format!("{}{}", &kind[..kind.len() - 1], "x");
        assert_eq!(
            todo(&SAMPLE.replace(&format!(" {kind}(id"), &format!(" {wrong}(id"))),
            format!("Did you mean `{kind}`?")
        );
        let lower = kind.to_lowercase();
        assert_eq!(
            todo(&SAMPLE.replace(&format!(" {kind}(id"), &format!(" {lower}(id"))),
            format!("Did you mean `{kind}`?")
        );
    }
    let fields = [
        "format",
        "title",
        "about",
        "language",
        "licence",
        "documents",
        "rounds",
        "questions",
        "stem",
        "key",
        "keys",
        "distractors",
        "notes",
        "explanation",
        "source",
        "as_of",
        "difficulty",
        "tags",
        "seconds",
        "unit",
        "range",
        "step",
        "tolerance",
        "items",
        "from",
        "to",
        "pairs",
        "accept",
        "link",
        "document",
        "section",
        "id",
    ];
    for field in fields {
        let wrong = if field.len() < 4 { format!("{field}x") } else { field.replacen(&field[1..3], &field[2..3], 1) };
        let text = SAMPLE
            .replace(&format!(" {field}:"), &format!(" {wrong}:"))
            .replace(&format!("({field}:"), &format!("({wrong}:"));
        let found = bank::read(text.as_bytes()).unwrap_err();
        let unknown: Vec<_> = found.iter().filter(|d| d.rule == "unknown-field").collect();
        assert!(!unknown.is_empty(), "{field}");
        assert!(unknown.iter().all(|d| d.todo == format!("Did you mean `{field}`?")), "{field}: {unknown:#?}");
    }
    for (theirs, ours) in [("question", "stem"), ("answer", "key"), ("options", "distractors"), ("license", "licence")]
    {
        let text = SAMPLE.replacen(&format!("{ours}:"), &format!("{theirs}:"), 1);
        assert!(
            bank::read(text.as_bytes()).unwrap_err().iter().any(|d| d.todo == format!("Did you mean `{ours}`?")),
            "{theirs}"
        );
    }
}

#[test]
fn bad_values_are_named() {
    for (from, to, error) in [
        ("format: 1", "format: \"1\"", "wrong-format: \"1\""),
        ("format: 1", "format: 0", "wrong-format: 0"),
        ("id: \"multi\"", "id: \"Multi\"", "bad-id: \"Multi\""),
        ("id: \"multi\"", "id: \"\"", "bad-id: \"\""),
        ("id: \"multi\"", "id: \"tf\"", "duplicate-id: \"tf\""),
        ("id: \"multi\", ", "", "missing-field: MultiChoice"),
        ("as_of: \"2024-10\", diff", "as_of: \"2024-13\", diff", "bad-date: \"2024-13\""),
        ("as_of: \"2024-10\", diff", "as_of: \"2023-02-29\", diff", "bad-date: \"2023-02-29\""),
        ("as_of: \"2024-10\", diff", "as_of: \"October\", diff", "bad-date: \"October\""),
        ("language: \"en\"", "language: \"My own\"", "bad-language: \"My own\""),
        ("seconds: 30", "seconds: 3", "bad-number: 3"),
        ("seconds: 30", "seconds: 30.5", "bad-number: 30.5"),
        ("seconds: 30", "seconds: \"30\"", "bad-number: \"30\""),
        ("range: (0, 32)", "range: [0, 32]", "wrong-shape: [0, 32]"),
        ("range: (0, 32)", "range: (0, 16, 32)", "wrong-shape: (0, 16, 32)"),
        ("step: 1,", "step: 1a,", "syntax: 1a"),
        ("key: 23", "key: 1e999", "bad-number: 1e999"),
        ("distractors: [\"Spain\"]", "distractors: []", "wrong-count: []"),
        ("distractors: [\"Spain\"]", "distractors: \"Spain\"", "wrong-shape: \"Spain\""),
        ("distractors: [\"Spain\"]", "distractors: [\" \"]", "empty-text: \" \""),
        ("[\"first\",\"second\",\"third\"]", "[\"one\",\"two\"]", "wrong-count: [\"one\",\"two\"]"),
        ("(\"up\", \"down\")", "(\"up\")", "wrong-shape: (\"up\")"),
        ("stem: \"Match them\"", "stem: \"\"", "empty-text: \"\""),
        ("stem: \"Match them\"", "stem: \"Match them\", stem: \"\"", "duplicate-field: stem"),
        ("Round(id", "Rond(id", "wrong-name: Rond"),
        ("(document: \"bbc\", section", "(document: 7, section", "wrong-shape: 7"),
    ] {
        assert!(SAMPLE.contains(from), "{from}");
        let found = errors(&SAMPLE.replacen(from, to, 1));
        assert!(found.iter().any(|found| found == error), "{to}: {found:?}");
    }
}

#[test]
fn limits_hold() {
    let long = SAMPLE.replace("Match them", &"x".repeat(2_001));
    assert_eq!(errors(&long), ["too-long: \"xxxxxxxxxxxxxxx"]);
    assert!(bank::read(SAMPLE.replace("Match them", &"é".repeat(2_000)).as_bytes()).is_ok());
    let rounds = |n: usize| {
        let rounds = (0..n).map(|i| {
            format!(r#"(id: "r{i}", title: "R", questions: [TrueFalse(id: "q{i}", stem: "No {i}.", key: true)])"#)
        });
        format!(r#"(format: 1, id: "b", title: "B", rounds: [{}])"#, rounds.collect::<Vec<_>>().join(","))
    };
    assert!(bank::read(rounds(64).as_bytes()).is_ok());
    assert_eq!(errors(&rounds(65)), ["wrong-count: [(id: \"r0\", titl"]);
    assert_eq!(errors(&rounds(0)), ["wrong-count: []"]);
    assert!(bank::read(bank::sample_bank(20_000).as_bytes()).is_ok());
    assert_eq!(errors(&bank::sample_bank(20_001))[0], "too-large: Bank");
    let options = |n: usize| (0..n).map(|i| format!("\"o{i}\"")).collect::<Vec<_>>().join(",");
    let many = SAMPLE.replace("keys: [\"Iceland\", \"Portugal\"]", &format!("keys: [{}]", options(8)));
    assert!(errors(&many)[0].starts_with("wrong-count: ["));
}

#[test]
fn a_newer_format_is_refused_with_a_sentence_even_if_it_cannot_be_read() {
    let sentence = "This file needs a newer version of Roundtable (format 2; this one reads format 1)";
    let newer = SAMPLE.replace("format: 1", "format: 2");
    for text in [
        newer.clone(),
        newer.replace("rounds: [", "rounds: <<"),
        newer.replace("Choice", "Drawing"),
        "Bank {\n  format = 2\n}".into(),
        "Bank(title: 'x', format: 2)".into(),
    ] {
        let found = bank::read(text.as_bytes()).unwrap_err();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].rule, found[0].what.as_str()), ("newer-format", sentence));
        assert_eq!(&text[found[0].at.unwrap().start..found[0].at.unwrap().end], "format");
    }
}

#[test]
fn positions_count_characters_in_lines_and_bytes_in_the_file() {
    let text = format!(
        "\u{feff}{}",
        SAMPLE.replace("are Nato members?", "äre Nätö members?").replace("difficulty: 1", "difficulty: 9")
    );
    let found = bank::read(text.as_bytes()).unwrap_err();
    let at = found[0].at.unwrap();
    assert_eq!((at.line, at.column), (7, 171));
    assert_eq!(&text[at.start..at.end], "9");
}
