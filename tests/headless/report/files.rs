//! The report's files: no cell starts a formula, no name becomes markup or a command, the same journal gives the same bytes.

use roundtable::classroom::report::{Report, Topic, csv, html, text, xlsx};
use roundtable::cli;
use roundtable::quiz::*;
use roundtable::rules::Answer;

use super::*;

/// Names that want to be more than names; each at most 24 characters, and none with control characters, which no match takes.
const HOSTILE: [&str; 12] = [
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "=HYPERLINK(\"http://x\")",
    "'=1+1",
    "\u{ff1d}1+1",
    "<script>alert(1)</script",
    "\"><img src=x onerror=x",
    "Ada, \"the\" first; =1",
    "\u{202e}drow\u{202c} 1",
    "&amp; </td><td>",
];

/// A question file that wants to be more than one.
const BANK: &str = r#"Bank(
    format: 1, id: "hostile", title: "=cmd|' /C calc'!A0 <b>", as_of: "2024",
    documents: { "atlas": (title: "An atlas") },
    rounds: [
        Round(id: "one", title: "+one <i>", questions: [
            Choice(id: "sum", stem: "=SUM(A1) is what in a sheet? <script>alert(1)</script>", key: "=1+1", distractors: ["@SUM(1)", "-2"],
                explanation: "A formula begins with an equals sign </script>.", source: (document: "atlas", section: "one")),
            Text(id: "typed", stem: "What do you type?", key: "nothing at all", accept: [],
                explanation: "Nothing at all is right here today.", source: (document: "atlas", section: "one")),
        ]),
    ],
)"#;

fn hostile() -> Class {
    let mut class = Class::of(BANK, settings(5), &HOSTILE);
    while let Some(question) = class.ask() {
        for player in 0..HOSTILE.len() {
            class.now += 40;
            let answer = match question.ask {
                Ask::Choice { .. } => Answer::Choice(u8::try_from(player % 3).unwrap()),
                _ => Answer::Text(["=1+1", "\t=1+1", "<script>x</script>", "@x\u{1b}[2J"][player % 4].to_owned()),
            };
            class.answer(player, answer);
        }
    }
    class
}

/// Reads a table as a spreadsheet would, without the byte order mark.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("spreadsheets need the mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn no_cell_of_a_plain_table_starts_a_formula() {
    let report = hostile().report();
    for table in [csv::students(&report), csv::questions(&report), csv::options(&report)] {
        let rows = rows(&table);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "every row is as long as the head");
        for cell in rows.iter().flatten() {
            let starts = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']);
            // A negative number is a number, and nothing else that starts so is.
            assert!(!starts || cell.parse::<f64>().is_ok(), "{cell:?} starts a formula");
            assert!(!cell.contains(char::is_control), "{cell:?}");
        }
    }
    // Every name is there all the same, as it was or behind an apostrophe.
    let table = rows(&csv::students(&report));
    for name in HOSTILE.iter().filter(|name| !name.contains('\u{202e}')) {
        assert!(table.iter().any(|row| row[1] == *name || row[1] == format!("'{name}")), "{name}: {table:?}");
    }
}

#[test]
fn no_cell_of_a_workbook_is_or_becomes_a_formula() {
    let report = hostile().report();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.xlsx");
    std::fs::write(&file, xlsx::workbook(&report).unwrap()).unwrap();
    let sheets = ask_oracle("cells", &file);
    let sheets = sheets.as_object().unwrap();
    let mut names: Vec<&String> = sheets.keys().collect();
    names.sort();
    assert_eq!(names, ["Options", "Questions", "Students", "Summary"]);
    let mut texts = 0;
    for cell in sheets.values().flat_map(|cells| cells.as_array().unwrap()) {
        assert_ne!(cell["kind"], "f", "{cell}");
        if cell["kind"] == "s" {
            texts += 1;
            let text = cell["text"].as_str().unwrap();
            let starts = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}']);
            assert!(!starts || cell["quoted"] == true, "{cell} would become a formula when it is edited");
        }
    }
    assert!(texts > 100);
    let students = sheets["Students"].as_array().unwrap();
    for name in HOSTILE.iter().filter(|name| !name.contains('\u{202e}')) {
        assert!(students.iter().any(|cell| cell["text"] == *name), "{name}");
    }
}

#[test]
fn nothing_in_the_page_is_markup_that_somebody_wrote() {
    let report = hostile().report();
    let page = html::page(&report);
    for wrong in [
        "<script",
        "<img",
        "<b>",
        "<i>",
        "onerror=x>",
        "</td><td>;",
        "javascript:",
        "http://",
        "https://",
        "url(",
        "@import",
    ] {
        let found = page.replace("http://x&quot;", "").contains(wrong);
        assert!(!found, "{wrong} in the page");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script"), "the names are there as text");
    assert!(!page.contains('\u{202e}'), "nothing turns the direction of the page");
    assert!(page.contains("Content-Security-Policy"));
}

#[test]
fn every_table_and_picture_of_the_page_can_be_read_without_seeing_it() {
    let mut class = Class::nato(30, Some(6), 11);
    class.play();
    let page = html::page(&class.report());
    let count = |what: &str| page.matches(what).count();
    assert!(count("<table>") > 10);
    assert_eq!(count("<table>"), count("<caption>"), "every table has its caption");
    for head in page.split("<th").skip(1).filter(|rest| !rest.starts_with("ead")) {
        let tag = head.split('>').next().unwrap();
        assert!(
            tag.contains("scope=\"col\"") || tag.contains("scope=\"row\""),
            "<th{tag}> says not what it is the head of"
        );
    }
    assert!(count("<svg") > 10);
    assert_eq!(count("<svg"), count("role=\"img\""));
    assert_eq!(count("<svg"), count("<title id="), "every picture has a name");
    assert_eq!(count("<svg"), count("<desc id="), "and its words");
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "no id comes twice");
    for wanted in page.split("aria-labelledby=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap().split(' ')) {
        assert!(ids.binary_search(&wanted).is_ok(), "{wanted} names something");
    }
}

#[test]
fn the_same_journal_gives_the_same_files() {
    let mut class = Class::nato(12, Some(3), 21);
    class.play();
    let (one, other) = (class.report(), class.report());
    assert_eq!(csv::students(&one), csv::students(&other));
    assert_eq!(html::page(&one), html::page(&other));
    let first = xlsx::workbook(&one).unwrap();
    // A second later, or a time of making would not show.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(first, xlsx::workbook(&other).unwrap());
}

#[test]
fn a_terminal_obeys_nothing_in_the_summary() {
    let summary = text::summary(&hostile().report());
    assert!(!summary.chars().any(|c| c.is_control() && c != '\n'), "{summary:?}");
    assert!(summary.contains("@SUM(A1:A9)"));
}

/// A class of which so many choose the first wrong option of every Choice question, and the rest the key.
fn fooled(players: usize, wrong: usize) -> Report {
    let names: Vec<String> = (0..players).map(|player| format!("Student {player}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut class = Class::of(nato(), Settings { only: vec!["why-set-up".to_owned()], ..settings(8) }, &names);
    class.ask();
    let Answer::Choice(key) = class.host().host.unwrap().key.answer else { panic!("a Choice question") };
    for player in 0..players {
        class.answer(player, Answer::Choice(if player < wrong { u8::from(key == 0) } else { key }));
    }
    class.report()
}

fn said(report: &Report) -> Vec<(Topic, String)> {
    // How sure they were is chance here.
    let advice = report.questions[0].advice.iter().filter(|advice| advice.topic != Topic::SureAndWrong);
    advice.map(|advice| (advice.topic, advice.sentence.clone())).collect()
}

#[test]
fn the_sentences_say_what_the_numbers_mean() {
    let found = said(&fooled(30, 12));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Topic::Fooled);
    assert!(found[0].1.starts_with("This wrong option fooled 40 %: “"), "{found:?}");
    let found = said(&fooled(30, 18));
    assert_eq!(found.iter().map(|said| said.0).collect::<Vec<_>>(), [Topic::TeachAgain, Topic::Fooled], "{found:?}");
    assert_eq!(found[0].1, "Teach this again: 12 of 30 had it right.");
    assert_eq!(said(&fooled(30, 0)), [(Topic::Known, "The class knows this.".to_owned())]);
    let found = said(&fooled(12, 10));
    assert_eq!(found[0].0, Topic::CheckKey, "{found:?}");
    assert!(found[0].1.starts_with("Check this key: 10 of 12 chose “"), "{found:?}");
    assert!(fooled(12, 10).advice.iter().any(|advice| advice.topic == Topic::Weak));
    assert!(fooled(30, 10).advice.iter().all(|advice| advice.topic != Topic::Weak));
}

#[test]
fn a_key_that_the_best_contradict_is_to_be_checked() {
    let only: Vec<String> = ["why-set-up", "founding-year", "founder-count"].map(str::to_owned).to_vec();
    let names: Vec<String> = (0..24).map(|player| format!("Student {player}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut class = Class::of(nato(), Settings { only, ..settings(8) }, &names);
    while let Some(question) = class.ask() {
        let key = class.host().host.unwrap().key.answer.clone();
        for player in 0..24 {
            let answer = match (&key, &question.ask) {
                // The good ones agree on another option.
                (Answer::Choice(key), _) => Answer::Choice(if player < 12 { u8::from(*key == 0) } else { *key }),
                (_, Ask::Number { max, .. }) if player >= 12 => Answer::Number(*max),
                _ => key.clone(),
            };
            class.answer(player, answer);
        }
    }
    let report = class.report();
    let line = report.questions.iter().find(|line| line.id == "why-set-up").unwrap();
    assert_eq!(line.advice[0].topic, Topic::CheckKey, "{:?}", line.advice);
    assert!(line.item.as_ref().unwrap().negative);
    assert!(line.options.iter().any(|option| option.used.suspicious));
}

fn run(arguments: &[&std::ffi::OsStr]) -> (u8, String, String) {
    use clap::Parser;
    #[derive(Parser)]
    struct Door {
        #[command(flatten)]
        args: cli::report::Args,
    }
    let door = Door::try_parse_from(std::iter::once(std::ffi::OsStr::new("report")).chain(arguments.iter().copied()));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::report::run(&door.unwrap_or_else(|error| panic!("{error}")).args, None, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_command_prints_a_summary_or_writes_files() {
    let mut class = Class::nato(6, Some(1), 4);
    class.play();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let journal = at("class.journal");
    std::fs::write(&journal, &class.journal).unwrap();
    let (status, out, err) = run(&[journal.as_ref()]);
    assert_eq!((status, err.as_str()), (cli::report::DONE, ""));
    assert!(out.starts_with("Nato explained\n6 students, 5 questions of 5 asked\n"), "{out}");
    assert!(out.contains("Student 3"));

    let (csv_file, xlsx_file, html_file) = (at("r.csv"), at("r.xlsx"), at("r.html"));
    let (status, out, _) = run(&[
        journal.as_ref(),
        "--csv".as_ref(),
        csv_file.as_ref(),
        "--xlsx".as_ref(),
        xlsx_file.as_ref(),
        "--html".as_ref(),
        html_file.as_ref(),
    ]);
    assert_eq!((status, out.matches("Written: ").count()), (cli::report::DONE, 5));
    let report = class.report();
    assert_eq!(std::fs::read(&csv_file).unwrap(), csv::students(&report));
    assert_eq!(std::fs::read(at("r-questions.csv")).unwrap(), csv::questions(&report));
    assert_eq!(std::fs::read(at("r-options.csv")).unwrap(), csv::options(&report));
    assert_eq!(std::fs::read(&xlsx_file).unwrap(), xlsx::workbook(&report).unwrap());
    assert_eq!(std::fs::read_to_string(&html_file).unwrap(), html::page(&report));
}

#[test]
fn the_command_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("other.journal"), "something else\n").unwrap();
    let mut class = Class::nato(2, Some(1), 4);
    class.play();
    std::fs::write(at("class.journal"), &class.journal).unwrap();
    let nowhere = at("no/such/folder.html");
    for (arguments, wanted) in [
        (vec![at("missing.journal")], "There is nothing at this place"),
        (vec![at("other.journal")], "its beginning is missing or damaged"),
        (vec![folder.path().to_owned()], "folder"),
        (vec![at("class.journal"), "--html".into(), nowhere], "Cannot write the report"),
    ] {
        let arguments: Vec<&std::ffi::OsStr> = arguments.iter().map(AsRef::as_ref).collect();
        let (status, out, err) = run(&arguments);
        assert_eq!((status, out.as_str()), (cli::report::COULD_NOT_RUN, ""), "{err}");
        assert!(err.contains(wanted) && err.ends_with(".\n"), "{err}");
    }
}

#[test]
fn the_hardest_questions_come_first_for_a_rematch() {
    let mut class = Class::nato(9, Some(2), 31);
    class.play();
    let report = class.report();
    let order = report.hardest_first();
    assert_eq!(order.len(), 10);
    let facility = |id: &String| {
        let line = report.questions.iter().find(|line| line.id == *id).unwrap();
        line.item.as_ref().unwrap().facility.unwrap().value
    };
    assert!(order.windows(2).all(|pair| facility(&pair[0]) <= facility(&pair[1])));
}
