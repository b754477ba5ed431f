//! What `bank check` says about questions: each rule with a question that breaks it and one that does not.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use roundtable::bank::{self, Diagnostic, Level, sample_bank};

/// Fields that keep the other rules quiet.
const REST: &str = r#"explanation: "Because the atlas says so on its second sheet.", source: (document: "d", section: "1"), tags: ["t"]"#;

/// A whole bank round some questions.
fn bank_of(questions: &str) -> String {
    format!(
        "Bank(\n  format: 1, id: \"b\", title: \"B\", licence: \"CC0-1.0\", as_of: \"2024\",\n  documents: {{ \"d\": (title: \"D\") }},\n  \
         rounds: [Round(id: \"r\", title: \"R\", questions: [\n{questions}\n  ])],\n)\n"
    )
}

fn question(kind_and_fields: &str) -> String {
    format!("    {}, {REST}),", kind_and_fields.strip_suffix(')').unwrap())
}

/// Checks a text in which `⟦` marks where a finding should stand; gives the findings of `rule` and that line and column.
fn marked(rule: &str, text: &str) -> (Vec<Diagnostic>, usize, usize) {
    let at = text.find('⟦').expect("a mark");
    let (line, column) = (text[..at].split('\n').count(), text[..at].rsplit('\n').next().unwrap().chars().count() + 1);
    let found = findings(rule, &text.replace('⟦', ""));
    (found, line, column)
}

fn findings(rule: &str, text: &str) -> Vec<Diagnostic> {
    bank::check(text.as_bytes()).diagnostics.into_iter().filter(|d| d.rule == rule).collect()
}

#[track_caller]
fn breaks_in(level: Level, rule: &str, text: &str) {
    let (found, line, column) = marked(rule, text);
    let all = bank::check(text.replace('⟦', "").as_bytes()).diagnostics;
    assert_eq!(found.len(), 1, "one {rule}, all: {all:#?}");
    let at = found[0].at.unwrap();
    assert_eq!((at.line, at.column), (line, column), "{rule}: {text}");
    assert_eq!(found[0].level, level, "{rule}");
    assert!(at.start < at.end, "{rule} underlines something");
    assert!(!found[0].what.is_empty() && !found[0].todo.is_empty());
}

/// `text` is one question with a mark; its finding must name the question `q`.
#[track_caller]
fn breaks(level: Level, rule: &str, text: &str) {
    let text = bank_of(&question(text));
    breaks_in(level, rule, &text);
    assert_eq!(marked(rule, &text).0[0].question.as_deref(), Some("q"));
}

#[track_caller]
fn keeps(rule: &str, text: &str) {
    let found = findings(rule, &bank_of(&question(text)));
    assert!(found.is_empty(), "{rule} misfires on {text}: {found:#?}");
}

#[test]
fn options_that_are_the_same_to_a_player_are_refused() {
    let rule = "duplicate-option";
    breaks(
        Level::Error,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["The Hague", ⟦"the hague."])"#,
    );
    breaks(Level::Error, rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["A café", ⟦"Café"])"#);
    breaks(
        Level::Error,
        rule,
        r#"Order(id: "q", stem: "Sort.", items: ["one", "two", ⟦"One!", "three"])"#.replace("One!", "two").as_str(),
    );
    breaks(Level::Error, rule, r#"Match(id: "q", stem: "Match.", pairs: [("a", "x"), ⟦("b", "x")])"#);
    breaks(
        Level::Error,
        rule,
        r#"Match(id: "q", stem: "Match.", pairs: [("a", "x"), ("b", "y")], distractors: [⟦"y"])"#,
    );
    for fine in [
        r#"Choice(id: "q", stem: "Which language?", key: "C", distractors: ["C++", "C#"])"#,
        r#"Choice(id: "q", stem: "How many?", key: "1.5", distractors: ["15", "-15"])"#,
        r#"Choice(id: "q", stem: "Which sign?", key: "<", distractors: [">", "="])"#,
        r#"Choice(id: "q", stem: "Which sign?", key: "?", distractors: ["!", "."])"#,
        r#"Choice(id: "q", stem: "Which gas?", key: "CO", distractors: ["Co", "O2"])"#,
        r#"Choice(id: "q", stem: "Which grade?", key: "A", distractors: ["B", "An A"])"#,
    ] {
        keeps(rule, fine);
    }
}

#[test]
fn a_key_among_the_distractors_is_refused() {
    let rule = "key-among-distractors";
    breaks(Level::Error, rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"Oslo"])"#);
    breaks(Level::Error, rule, r#"MultiChoice(id: "q", stem: "Who?", keys: ["Oslo", "Bonn"], distractors: [⟦"Bonn"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome"])"#);
}

#[test]
fn notes_must_be_about_wrong_answers() {
    let rule = "note-without-option";
    breaks(
        Level::Error,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome"], notes: { ⟦"Roma": "No." })"#,
    );
    breaks(
        Level::Error,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome"], notes: { ⟦"Oslo": "No." })"#,
    );
    keeps(rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome"], notes: { "Rome": "No." })"#);
    breaks(
        Level::Error,
        "note-on-key",
        r#"Text(id: "q", stem: "Who?", key: "Oslo", accept: ["Christiania"], notes: { ⟦"christiania": "No." })"#,
    );
    keeps("note-on-key", r#"Text(id: "q", stem: "Who?", key: "Oslo", notes: { "Rome": "No." })"#);
}

#[test]
fn numbers_must_be_answerable() {
    let number = |fields: &str| format!(r#"Number(id: "q", stem: "How many?", {fields})"#);
    breaks(Level::Error, "empty-range", &number("key: 5, range: ⟦(9, 1)"));
    breaks(Level::Error, "key-out-of-range", &number("key: ⟦50, range: (0, 10)"));
    breaks(Level::Error, "key-off-step", &number("key: ⟦5, range: (0, 10), step: 2"));
    breaks(Level::Error, "bad-step", &number("key: 5, range: (0, 10), step: ⟦0"));
    breaks(Level::Error, "bad-step", &number("key: 5, range: (0, 10), step: ⟦11"));
    breaks(Level::Error, "bad-tolerance", &number("key: 5, range: (0, 10), tolerance: ⟦-1"));
    breaks(Level::Error, "bad-number", &number("key: ⟦NaN, range: (0, 10)"));
    breaks(Level::Error, "bad-number", &number("key: 5, range: (0, ⟦inf)"));
    for rule in ["key-off-step", "bad-step", "key-out-of-range"] {
        keeps(rule, &number("key: 2.3, range: (0, 10), step: 0.1"));
        keeps(rule, &number("key: 1949, range: (1940, 2000)"));
        keeps(rule, &number("key: -7, range: (-10, -1), step: 3"));
    }
}

#[test]
fn a_source_must_name_a_document_of_the_bank() {
    let text = bank_of(
        r#"Choice(id: "q", stem: "Who?", key: "A", distractors: ["B"], source: (document: ⟦"e", section: "1"))"#,
    );
    breaks_in(Level::Error, "unknown-document", &text);
    assert_eq!(marked("unknown-document", &text).0[0].todo, "Did you mean `d`?");
    keeps("unknown-document", r#"TrueFalse(id: "q", stem: "So.", key: true)"#);
}

#[test]
fn options_must_not_speak_of_places() {
    let rule = "all-of-the-above";
    breaks(
        Level::Error,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"All of the above."])"#,
    );
    breaks(
        Level::Error,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: ⟦"All of the above", distractors: ["Rome", "Oslo"])"#,
    );
    keeps(rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", "All of Italy"])"#);
    let rule = "order-dependent-option";
    breaks(Level::Error, rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"Both A and B"])"#);
    breaks(Level::Error, rule, r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"a and c only"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "Which blood groups?", key: "Both A and B", distractors: ["A", "B"])"#);
    keeps(
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "Both Oslo and Rome", distractors: ["Oslo alone", "Rome alone"])"#,
    );
}

#[test]
fn catch_all_options_are_questioned() {
    breaks(
        Level::Warning,
        "all-of-these",
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"All of these"])"#,
    );
    keeps("all-of-these", r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", "All of Italy"])"#);
    breaks(
        Level::Note,
        "none-of-these",
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", ⟦"None of the above"])"#,
    );
    keeps(
        "none-of-these",
        r#"Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", "None of the members"])"#,
    );
}

#[test]
fn nearly_equal_options_are_questioned() {
    let rule = "near-duplicate-option";
    let long = "the treaty of friendship between the northern ports and the islands";
    breaks(
        Level::Warning,
        rule,
        &format!(r#"Choice(id: "q", stem: "Who?", key: "{long}", distractors: ["Rome", ⟦"{long}s"])"#),
    );
    breaks(Level::Warning, rule, r#"Choice(id: "q", stem: "How much?", key: "0.5", distractors: ["0.3", ⟦"1/2"])"#);
    breaks(Level::Warning, rule, r#"Choice(id: "q", stem: "How much?", key: "12,000", distractors: [⟦"12000"])"#);
    keeps(rule, &format!(r#"Choice(id: "q", stem: "Who?", key: "{long} of 1949", distractors: ["{long} of 1950"])"#));
    keeps(rule, r#"Choice(id: "q", stem: "When?", key: "May 2022", distractors: ["May 2023"])"#);
}

#[test]
fn a_key_that_stands_out_by_its_length_is_questioned() {
    let rule = "long-key";
    breaks(
        Level::Warning,
        rule,
        r#"Choice(id: "q", stem: "Why?", key: ⟦"Because the harbour froze over every winter", distractors: ["By chance", "No reason"])"#,
    );
    keeps(rule, r#"Choice(id: "q", stem: "Why?", key: "The harbour froze", distractors: ["By chance", "No reason"])"#);
    keeps(
        rule,
        r#"Choice(id: "q", stem: "Why?", key: "By chance", distractors: ["Because the harbour froze over every winter"])"#,
    );
}

#[test]
fn long_questions_and_options_are_questioned() {
    let words = |n: usize| vec!["word"; n].join(" ");
    breaks(Level::Warning, "long-stem", &format!(r#"TrueFalse(id: "q", stem: ⟦"{}", key: true)"#, words(61)));
    keeps("long-stem", &format!(r#"TrueFalse(id: "q", stem: "{}", key: true)"#, words(60)));
    breaks(
        Level::Warning,
        "long-option",
        &format!(r#"Choice(id: "q", stem: "Who?", key: "x", distractors: [⟦"{}"])"#, words(21)),
    );
    keeps("long-option", &format!(r#"Choice(id: "q", stem: "Who?", key: "x", distractors: ["{}"])"#, words(20)));
}

#[test]
fn too_many_options_are_questioned() {
    breaks(
        Level::Warning,
        "many-options",
        r#"Choice(id: "q", stem: "Who?", key: "A1", distractors: ⟦["B1", "C1", "D1", "E1", "F1"])"#,
    );
    keeps("many-options", r#"Choice(id: "q", stem: "Who?", key: "A1", distractors: ["B1", "C1", "D1", "E1"])"#);
}

#[test]
fn negative_questions_must_stand_out() {
    let rule = "negative-stem";
    let choice = |stem: &str| format!(r#"Choice(id: "q", stem: ⟦"{stem}", key: "Oslo", distractors: ["Rome"])"#);
    for stem in [
        "Which of these is not a member?",
        "Who was never elected?",
        "All of these joined, except",
        "Which state hasn’t joined?",
        "Which state isn't one?",
    ] {
        breaks(Level::Warning, rule, &choice(stem));
    }
    for stem in [
        "Which of these is NOT a member?",
        "Why did it not join?",
        "Which towns, whether or not they paid, joined?",
        "Which notes?",
    ] {
        keeps(rule, &choice(stem).replace('⟦', ""));
    }
    breaks(Level::Warning, rule, r#"TrueFalse(id: "q", stem: ⟦"Iceland does not have an army.", key: true)"#);
}

#[test]
fn wrong_answers_alone_must_not_be_absolute() {
    let rule = "absolute-distractors";
    breaks(Level::Warning, rule, r#"Choice(id: "q", stem: "When?", key: "In war", distractors: [⟦"Always", "Never"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "When?", key: "Only in war", distractors: ["Always", "Never"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "When?", key: "In war", distractors: ["Never", "In peace", "In May"])"#);
}

#[test]
fn the_key_must_not_echo_the_question() {
    let rule = "key-echoes-stem";
    breaks(
        Level::Warning,
        rule,
        r#"Choice(id: "q", stem: "What does the harbour council govern?", key: ⟦"The harbour, by council vote", distractors: ["The ships", "The town"])"#,
    );
    keeps(
        rule,
        r#"Choice(id: "q", stem: "What does the harbour council govern?", key: "The harbour council", distractors: ["The town council", "Ships"])"#,
    );
}

#[test]
fn an_article_at_the_end_of_a_question_is_questioned() {
    let rule = "article-cue";
    breaks(
        Level::Warning,
        rule,
        r#"Choice(id: "q", stem: ⟦"The fruit on the coat of arms is an …", key: "apple", distractors: ["pear"])"#,
    );
    keeps(
        rule,
        r#"Choice(id: "q", stem: "The fruit on the coat of arms is a(n)", key: "apple", distractors: ["pear"])"#
            .replace("a(n)", "the")
            .as_str(),
    );
    keeps(rule, r#"Choice(id: "q", stem: "Which vitamin is vitamin A?", key: "retinol", distractors: ["biotin"])"#);
}

#[test]
fn options_should_have_one_form() {
    let rule = "options-not-parallel";
    breaks(Level::Note, rule, r#"Choice(id: "q", stem: "How many?", key: "12", distractors: ⟦["13", "a dozen"])"#);
    breaks(
        Level::Note,
        rule,
        r#"Choice(id: "q", stem: "Why?", key: "It froze.", distractors: ⟦["It burnt", "It sank."])"#,
    );
    breaks(
        Level::Note,
        rule,
        r#"Choice(id: "q", stem: "Why?", key: ⟦"it froze", distractors: ["It burnt", "It sank"])"#,
    );
    keeps(rule, r#"Choice(id: "q", stem: "Which?", key: "Nato", distractors: ["the treaty", "Rome"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "How many?", key: "12", distractors: ["13", "14"])"#);
}

#[test]
fn overlapping_ranges_are_questioned() {
    let rule = "overlapping-ranges";
    breaks(
        Level::Warning,
        rule,
        r#"Choice(id: "q", stem: "How many?", key: "0–10", distractors: [⟦"10–20", "21–30"])"#,
    );
    keeps(rule, r#"Choice(id: "q", stem: "How many?", key: "0–9", distractors: ["10 to 19", "20-29 members"])"#);
    keeps(rule, r#"Choice(id: "q", stem: "When?", key: "1914–1918", distractors: ["1915–1919"])"#);
}

#[test]
fn what_changes_needs_a_date() {
    let undated = |text: &str| bank_of(&question(text)).replace(", as_of: \"2024\"", "");
    let stem = r#"Text(id: "q", stem: ⟦"Who is the current mayor?", key: "Ann")"#;
    breaks_in(Level::Warning, "time-sensitive", &undated(stem));
    keeps("time-sensitive", &stem.replace('⟦', ""));
    let text = undated(r#"Text(id: "q", stem: "Who built it?", key: "Ann")"#);
    assert_eq!(findings("missing-as-of", &text).len(), 1);
    assert_eq!(findings("missing-as-of", &text)[0].at.unwrap().line, 1);
    assert!(findings("time-sensitive", &text).is_empty());
    keeps("missing-as-of", r#"Text(id: "q", stem: "Who built it?", key: "Ann")"#);
}

#[test]
fn wording_must_not_depend_on_colour() {
    breaks(Level::Warning, "colour-only", r#"TrueFalse(id: "q", stem: ⟦"The red one is older.", key: true)"#);
    keeps("colour-only", r#"TrueFalse(id: "q", stem: "The Red Army is older than the Green Party.", key: true)"#);
}

#[test]
fn every_question_should_say_why_and_where_from() {
    let bare = bank_of(r#"    ⟦TrueFalse(id: "q", stem: "So.", key: true),"#);
    for rule in ["missing-explanation", "missing-source", "missing-tags"] {
        breaks_in(Level::Warning, rule, &bare);
        keeps(rule, r#"TrueFalse(id: "q", stem: "So.", key: true)"#);
    }
    for thin in ["So it is.", "The answer is Constantinople."] {
        let text = format!(r#"Text(id: "q", stem: "Where?", key: "Constantinople", explanation: ⟦"{thin}"),"#);
        breaks_in(Level::Warning, "thin-explanation", &bank_of(&text));
    }
    keeps("thin-explanation", r#"Text(id: "q", stem: "Where?", key: "Constantinople")"#);
    let text = r#"TrueFalse(id: "q", stem: "So.", key: true, source: ⟦(document: "d")),"#;
    breaks_in(Level::Note, "source-without-section", &bank_of(text));
}

#[test]
fn odd_signs_are_found_in_every_text() {
    let stem = |text: &str| format!(r#"TrueFalse(id: "q", stem: ⟦"{text}", key: true)"#);
    for text in ["A bell\\u{7}.", "Right\u{202E}left.", "Zero\u{200B}width."] {
        breaks(Level::Error, "control-character", &stem(text));
    }
    for text in ["It is <b>bold</b>.", "Salt &amp; pepper.", "It is **bold**.", "A line<br/>break."] {
        breaks(Level::Warning, "markup", &stem(text));
    }
    breaks(Level::Warning, "mixed-scripts", &stem("The Kremlin is in M\u{43E}scow."));
    breaks(Level::Warning, "lost-character", &stem("The caf\u{FFFD} is open."));
    breaks(Level::Warning, "unbalanced-quote", &stem("She said “yes."));
    breaks(Level::Warning, "unbalanced-quote", &stem("She said \\\"yes."));
    for text in [" It is.", "It is. ", "It  is.", "It is , so.", "It is ."] {
        breaks(Level::Warning, "bad-spacing", &stem(text));
    }
    for text in [
        "2 < 3 & 5 > 4, a<b.",
        "A 5\\\" disc.",
        "“Yes,” she said.",
        "It uses .NET.",
        "ΑΒΓ is Greek.",
        "12 μm wide.",
        "2 * 3 * 4.",
    ] {
        for rule in
            ["control-character", "markup", "mixed-scripts", "lost-character", "unbalanced-quote", "bad-spacing"]
        {
            keeps(rule, &stem(text).replace('⟦', ""));
        }
    }
    let rule = "bad-spacing";
    breaks(Level::Warning, rule, r#"Choice(id: "q", stem: "Who?", key: "A b", distractors: ["C", ⟦"D  e"])"#);
    breaks(
        Level::Warning,
        rule,
        r#"Choice(id: "q", stem: "Who?", key: "A b", distractors: ["C"], notes: { ⟦"C": "No  no." })"#,
    );
    breaks(Level::Warning, rule, r#"Match(id: "q", stem: "Match.", pairs: [("a", "b"), ⟦("c", "d ")])"#);
    breaks(Level::Warning, rule, r#"Number(id: "q", stem: "How many?", key: 1, range: (0, 9), unit: ⟦"m ")"#);
    breaks(Level::Warning, rule, r#"Order(id: "q", stem: "Sort.", items: ["a1", "b1", "c1"], from: ⟦" first")"#);
}

#[test]
fn the_same_question_twice_is_refused() {
    let two = |one: &str, other: &str| bank_of(&format!("{}\n{}", question(one), question(other)));
    let first = r#"Choice(id: "p", stem: "Who was first?", key: "Ann", distractors: ["Ben"])"#;
    let same = r#"Choice(id: "q", stem: ⟦"Who was first", key: "Ann", distractors: ["Cid"])"#;
    breaks_in(Level::Error, "duplicate-stem", &two(first, same));
    let contradiction = r#"Choice(id: "q", stem: ⟦"Who was first?", key: "Ben", distractors: ["Ann"])"#;
    breaks_in(Level::Error, "contradicting-questions", &two(first, contradiction));
    let other = r#"Choice(id: "q", stem: ⟦"Who was first?", key: "Eve", distractors: ["Dan"])"#;
    breaks_in(Level::Warning, "same-stem", &two(first, other));
    let numbers = two(
        r#"Number(id: "p", stem: "How many?", key: 3, range: (0, 9))"#,
        r#"Number(id: "q", stem: ⟦"How many?", key: 4, range: (0, 9))"#,
    );
    breaks_in(Level::Error, "contradicting-questions", &numbers);
    let order = |id: &str, items: &str| format!(r#"Order(id: "{id}", stem: "Sort these.", items: [{items}])"#);
    let sorted = two(&order("p", r#""a", "b", "c""#), &order("q", r#""d", "e", "f""#));
    assert_eq!(bank::check(sorted.as_bytes()).diagnostics, [], "other items make another question");
    let resorted = two(&order("p", r#""a", "b", "c""#), &order("q", r#""b", "a", "c""#).replace("stem: ", "stem: ⟦"));
    breaks_in(Level::Error, "contradicting-questions", &resorted);
}

#[test]
fn a_question_that_comes_often_is_reported_once_for_each_copy() {
    let copies: String =
        (0..9).map(|i| question(&format!(r#"TrueFalse(id: "q{i}", stem: "It is so.", key: true)"#)) + "\n").collect();
    assert_eq!(findings("duplicate-stem", &bank_of(&copies)).len(), 8);
}

#[test]
fn nearly_the_same_question_twice_is_questioned() {
    let stem = "On which day of the year did the council of the seven northern ports first meet in the great hall of the old town";
    let one = |id: &str, stem: &str| question(&format!(r#"Text(id: "{id}", stem: {stem}, key: "In {id}")"#));
    let text = format!("{}\n{}", one("p", &format!("\"{stem}?\"")), one("q", &format!("⟦\"{stem} hall?\"")));
    breaks_in(Level::Warning, "near-duplicate-stem", &bank_of(&text));
    let other = stem.replace("council", "court").replace("seven", "nine");
    let text = format!("{}\n{}", one("p", &format!("\"{stem}?\"")), one("q", &format!("\"{other}?\"")));
    assert!(findings("near-duplicate-stem", &bank_of(&text)).is_empty());
}

#[test]
fn habits_of_a_whole_bank_are_found() {
    let many = |n: usize, make: &dyn Fn(usize) -> String| {
        bank_of(&(0..n).map(|i| question(&make(i))).collect::<Vec<_>>().join("\n"))
    };
    let choice = |key: &'static str| {
        move |i: usize| {
            format!(
                r#"Choice(id: "q{i}", stem: "Who rules town {i}?", key: "{key} {i}", distractors: ["Mayor {i}", "Bishop {i}"])"#
            )
        }
    };
    let long = many(24, &choice("The assembly of"));
    let found = findings("longest-option-is-key", &long);
    assert_eq!((found.len(), found[0].level, found[0].at.unwrap().line), (1, Level::Warning, 2));
    assert!(findings("longest-option-is-key", &many(24, &choice("King"))).is_empty());
    let statement = |i: usize| format!(r#"TrueFalse(id: "q{i}", stem: "Town {i} has a wall.", key: {})"#, i > 1);
    let statements = many(12, &statement);
    for rule in ["many-true-false", "unbalanced-true-false"] {
        assert_eq!(findings(rule, &statements).len(), 1, "{rule}");
        assert_eq!(findings(rule, &statements)[0].level, Level::Note);
        assert!(findings(rule, &sample_bank(700)).is_empty());
    }
    let hard = |i: usize| {
        format!(
            r#"TrueFalse(id: "q{i}", stem: "Institutionalised multilateral organisations necessitate considerable interdepartmental coordination {i}.", key: true)"#
        )
    };
    assert_eq!(findings("hard-to-read", &many(20, &hard)).len(), 1);
    assert!(findings("hard-to-read", &sample_bank(100)).is_empty());
}

#[test]
fn what_a_bank_says_of_itself_is_checked() {
    let good = bank_of(&question(r#"TrueFalse(id: "q", stem: "So.", key: true)"#));
    assert_eq!(bank::check(good.as_bytes()).diagnostics, []);
    let extra = good.replace("documents: {", "documents: { ⟦\"e\": (title: \"E\"),");
    breaks_in(Level::Note, "unused-document", &extra);
    let link = good.replace("\"d\": (title: \"D\")", "⟦\"d\": (title: \"D\", link: \"www.example.org\")");
    breaks_in(Level::Warning, "bad-link", &link);
    assert!(findings("bad-link", &link.replace('⟦', "").replace("www.", "https://www.")).is_empty());
    assert_eq!(findings("missing-licence", &good.replace("CC0-1.0", "")).len(), 1);
}

#[test]
fn rules_about_english_leave_other_languages_alone() {
    let text = bank_of(&question(
        r#"Choice(id: "q", stem: "Which is not so ?", key: "A b", distractors: ["All of the above", "Never"])"#,
    ));
    assert!(bank::check(text.as_bytes()).diagnostics.len() >= 3);
    let french = text.replace("format: 1,", "format: 1, language: \"fr\",");
    assert_eq!(bank::check(french.as_bytes()).diagnostics, []);
    assert!(bank::check(text.replace("format: 1,", "format: 1, language: \"en-GB\",").as_bytes()).bank.is_none());
}

#[test]
fn reading_without_advice_keeps_the_errors() {
    let text = bank_of(r#"    Choice(id: "q", stem: "Who?", key: "Oslo", distractors: ["Rome", "Both A and B"]),"#);
    let errors = bank::read(text.as_bytes()).unwrap_err();
    assert_eq!(errors.iter().map(|d| d.rule).collect::<Vec<_>>(), ["order-dependent-option"]);
    assert!(bank::read(text.replace("Both A and B", "Bonn").as_bytes()).is_ok());
}

#[test]
fn the_sample_bank_is_clean_at_any_size() {
    for questions in [1, 7, 30, 700, 2_500] {
        let checked = bank::check(sample_bank(questions).as_bytes());
        assert_eq!(checked.diagnostics.first(), None, "{questions}");
        assert_eq!(checked.questions, questions);
        assert_eq!(checked.bank.unwrap().questions().count(), questions);
    }
    assert!(bank::check(sample_bank(0).as_bytes()).bank.is_none());
}
