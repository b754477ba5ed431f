//! `roundtable bank check`: what it prints and how it ends.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::{fs, path::Path};

use clap::Parser;
use roundtable::{
    bank::{self, render},
    cli::bank::{Args, CLEAN, COULD_NOT_RUN, FINDINGS, run},
};

use crate::bank::SAMPLE;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

/// Exit status, output, error output.
fn check(arguments: &[&str]) -> (u8, String, String) {
    let line = Line::try_parse_from(["bank", "check"].iter().chain(arguments)).expect("a command line");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(line.args, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Two warnings (no tags, no explanation), no error.
fn warned() -> String {
    SAMPLE.replace("tags: [\"join years\"]", "tags: []")
}

#[test]
fn shipped_banks_pass_with_warnings_denied() {
    let (status, out, err) = check(&["--deny-warnings"]);
    assert_eq!(status, CLEAN, "{out}{err}");
    assert!(out.lines().last().unwrap().starts_with("2 files, "), "{out}");
    for (name, text) in bank::shipped() {
        let bank = bank::read(text.as_bytes()).unwrap();
        assert!(!bank.licence.is_empty(), "{name} says who may use it");
        assert!(bank.questions().all(|(_, q)| q.source.is_some() && !q.explanation.is_empty()), "{name} says why");
    }
}

#[test]
fn warnings_fail_only_when_denied() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "a.ron", &warned());
    assert_eq!(check(&[&file]).0, CLEAN);
    let (status, out, _) = check(&[&file, "--deny-warnings"]);
    assert_eq!(status, FINDINGS);
    assert!(out.contains("warning[missing-tags]: this question has no tags"), "{out}");
    assert!(out.contains("= help: Add `tags"), "{out}");
}

#[test]
fn errors_fail_and_show_the_place_and_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "a.ron", &SAMPLE.replace("key: 23", "key: 99"));
    let (status, out, _) = check(&[&file]);
    assert_eq!(status, FINDINGS);
    assert!(
        out.starts_with("error[key-out-of-range]: the right answer 99 is outside the range from 0 to 32\n"),
        "{out}"
    );
    assert!(out.contains(&format!("{file}:10:81")), "{out}");
    assert!(out.contains("= question: number"), "{out}");
    assert!(out.contains("^^"), "{out}");
    assert!(out.trim_end().lines().last().unwrap().starts_with("1 file, 8 questions: 1 error, "), "{out}");
}

#[test]
fn a_folder_means_its_question_files_in_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "b.ron", &warned());
    write(folder.path(), "a.ron", "");
    write(folder.path(), "readme.txt", "nothing");
    let (status, out, _) = check(&[&folder.path().display().to_string()]);
    assert_eq!(status, FINDINGS);
    assert!(out.starts_with("error[empty-file]"), "{out}");
    assert!(out.contains("2 files, 8 questions: 1 error, "), "{out}");
    let empty = tempfile::tempdir().unwrap();
    let (status, out, err) = check(&[&empty.path().display().to_string()]);
    assert_eq!((status, out.as_str()), (COULD_NOT_RUN, ""));
    assert!(err.contains("the folder holds no .ron file"), "{err}");
}

#[test]
fn a_missing_file_is_one_sentence_and_the_others_are_still_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "a.ron", SAMPLE);
    let (status, out, err) = check(&["/no/such/file.ron", &file]);
    assert_eq!(status, COULD_NOT_RUN);
    assert!(err.starts_with("Cannot check /no/such/file.ron: ") && err.lines().count() == 1, "{err}");
    assert!(out.contains("1 file, 8 questions"), "{out}");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::File::create(&file).unwrap().set_len(64 * 1024 * 1024).unwrap();
    let (status, out, _) = check(&[&file.display().to_string()]);
    assert_eq!(status, FINDINGS);
    assert!(out.contains("error[too-large]"), "{out}");
}

#[test]
fn json_is_one_object_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "a.ron", &SAMPLE.replace("key: 23", "key: 99"));
    let (status, out, err) = check(&[&file, "--format", "json"]);
    assert_eq!(status, FINDINGS);
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[0]["file"], file.as_str());
    assert_eq!(rows[0]["level"], "error");
    assert_eq!(rows[0]["rule"], "key-out-of-range");
    assert_eq!((rows[0]["line"].as_u64(), rows[0]["column"].as_u64()), (Some(10), Some(81)));
    assert_eq!(rows[0]["question"], "number");
    assert!(
        rows.iter()
            .all(|row| row["what"].is_string() && row["todo"].is_string() && row.as_object().unwrap().len() == 8)
    );
    assert!(err.contains("1 file, 8 questions"), "{err}");
}

#[test]
fn a_file_with_nothing_to_complain_about_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "a.ron", &bank::sample_bank(10));
    assert_eq!(
        check(&[&file, "--deny-warnings"]),
        (CLEAN, "1 file, 10 questions: nothing to complain about\n".into(), String::new())
    );
}

#[test]
fn text_can_be_rendered_for_places_at_both_ends_of_a_file() {
    for source in [
        "",
        "Bank(",
        "Bank(\n",
        "\n\n",
        "Bank(format: 1",
        "(\r\n\t“",
        "é)",
        &"x".repeat(10_000),
        "Bank(format: 1,\n\n\n",
    ] {
        let checked = bank::check(source.as_bytes());
        assert!(!checked.diagnostics.is_empty(), "{source:?}");
        let text = render::text("a.ron", source, &checked.diagnostics);
        assert!(text.contains("a.ron:"), "{source:?}: {text}");
    }
}

#[test]
fn of_a_list_over_many_lines_the_first_is_shown() {
    let source = SAMPLE.replace(
        "distractors: [\"Spain\"]",
        "distractors: [\n  \"1\", \"2\", \"3\", \"4\",\n  \"5\", \"6\", \"7\", \"8\",\n]",
    );
    let text = render::text("a.ron", &source, &bank::read(source.as_bytes()).unwrap_err());
    let underlined = text.lines().find(|line| line.ends_with('^')).unwrap();
    assert!(underlined.ends_with(" ^") && !text.contains("\"5\""), "{text}");
}
