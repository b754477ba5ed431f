//! The host's keys and the commands around a class, through the program itself: what a teacher without a window can do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use roundtable::classroom::protocol::{ToClient, ToServer};
use roundtable::classroom::report::Report;
use roundtable::quiz::Fate;

use super::browser::{Browser, run};
use super::killed::{answers, listening};

fn roundtable(data: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_roundtable"))
        .args(["--data-dir", data.to_str().unwrap()])
        .args(args)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn done(data: &Path, args: &[&str]) -> String {
    let output = roundtable(data, args);
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    said(&output)
}

/// The program as a host, with keys and lines.
struct Terminal {
    process: Child,
    keys: ChildStdin,
    lines: Arc<Mutex<String>>,
    /// What has been waited for ends here.
    seen: usize,
}

impl Terminal {
    fn start(data: &Path, args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_roundtable"))
            .args(["--data-dir", data.to_str().unwrap(), "host", "--bind", "127.0.0.1:0"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let keys = process.stdin.take().unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let lines = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&lines);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        Self { process, keys, lines, seen: 0 }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until this has been said, after what was waited for before.
    #[track_caller]
    fn wait(&mut self, wanted: &str) {
        let started = Instant::now();
        loop {
            if let Some(at) = self.lines.lock().unwrap()[self.seen..].find(wanted) {
                self.seen += at + wanted.len();
                return;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "not said: {wanted}\n{}", self.lines.lock().unwrap());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[track_caller]
    fn ends(mut self) -> String {
        assert!(self.process.wait().unwrap().success());
        std::thread::sleep(Duration::from_millis(50));
        self.lines.lock().unwrap().clone()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn welcome(frame: &ToClient) -> Option<String> {
    match frame {
        ToClient::Welcome { name, .. } => name.clone(),
        _ => None,
    }
}

fn asking(frame: &ToClient) -> Option<u32> {
    match frame {
        ToClient::Page(page) if page.kind == roundtable::classroom::protocol::PageKind::Asking => page.question,
        _ => None,
    }
}

#[test]
fn a_lesson_is_made_shown_and_changed_at_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(done(data, &["lesson", "list"]).contains("No lesson is kept"));
    let all = done(data, &["lesson", "questions", "nato-explained"]);
    assert!(
        all.contains("founding-year") && all.contains("Key: 1949") && all.contains("Why: "),
        "keys and explanations"
    );
    done(data, &["lesson", "save", "First hour", "nato-explained", "founding-year", "why-set-up"]);
    assert!(done(data, &["lesson", "list"]).contains("First hour: 2 questions of nato-explained"));
    done(data, &["lesson", "tick", "first hour", "founder-count"]);
    done(data, &["lesson", "untick", "First hour", "why-set-up"]);
    let shown = done(data, &["lesson", "show", "FIRST HOUR"]);
    assert!(
        shown.contains("[x] founding-year") && shown.contains("[x] founder-count") && !shown.contains("why-set-up")
    );
    assert!(done(data, &["lesson", "show", "First hour", "--all"]).contains("[ ] why-set-up"));
    done(data, &["lesson", "save", "Round", "nato-explained", "round:2"]);
    for (wrong, sentence) in [
        (vec!["lesson", "save", "x", "nato-explained", "no-such-id"], "The file has no question no-such-id"),
        (vec!["lesson", "save", "x", "nato-explained", "round:99"], "rounds are counted from 1"),
        (vec!["lesson", "save", "", "nato-explained", "founding-year"], "Give the lesson a name"),
        (vec!["lesson", "show", "nothing"], "There is no lesson called nothing"),
        (vec!["lesson", "untick", "First hour", "founding-year", "founder-count"], "Choose at least one question"),
        (vec!["host", "--lesson", "nothing", "--new"], "There is no lesson called nothing"),
        (vec!["host", "--goal", "beat", "--new", "nato-explained"], "there is no ring to beat"),
        (vec!["host", "--goal", "101", "nato-explained"], "a percentage from 1 to 100"),
    ] {
        let output = roundtable(data, &wrong);
        assert!(!output.status.success() && said(&output).contains(sentence), "{wrong:?}: {}", said(&output));
    }
    done(data, &["lesson", "forget", "Round"]);
    assert!(!done(data, &["lesson", "list"]).contains("Round"));
}

#[test]
fn a_teacher_leads_a_lesson_from_keys_alone_to_its_report_and_deletes_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    done(data, &["lesson", "save", "Two", "nato-explained", "why-set-up", "mutual-promise"]);
    let mut host = Terminal::start(data, &["--lesson", "Two", "--goal", "fill", "--pace", "hand", "--talk=never"]);
    host.wait("Keys:");
    let (at, code, _) = listening(data);
    let names = run(async {
        let mut phones = Vec::new();
        let mut names = Vec::new();
        for _ in 0..3 {
            let mut phone = Browser::open(at).await;
            phone.say(&ToServer::Join { code: code.clone(), pick: None, name: None }).await;
            names.push(phone.until(welcome).await.expect("a welcome"));
            phones.push(phone);
        }
        while !host.lines.lock().unwrap().contains(&names[2]) {
            host.press("m\u{1b}");
            std::thread::sleep(Duration::from_millis(50));
        }
        // A backspace takes a letter back, a whole one; Escape takes all back.
        host.press("m1 Adaé\u{7f}\nw2 1.5\nk3\u{1b}k3\n");
        let renamed = phones[0].until(|frame| welcome(frame).filter(|name| name == "Ada")).await;
        assert_eq!(renamed.as_deref(), Some("Ada"));
        names.push("Ada".to_owned());
        assert!(phones[2].end().await.0.iter().any(|frame| matches!(frame, ToClient::Closing { .. })), "sent away");
        host.press("n");
        host.wait("Round 1 of");
        host.press("n");
        for question in 1..=2_u32 {
            let open = phones[0].until(asking).await.expect("a question");
            assert_eq!(open, question);
            phones[1].until(asking).await.expect("a question");
            for answer in answers() {
                phones[0].say(&ToServer::Answer { question, answer, sure: None }).await;
            }
            phones[0].until(super::harness::received).await.expect("thanks");
            host.press("r");
            host.wait("Answer: ");
            host.press("y");
            host.wait("Which question has another key?");
            host.press(&format!("{question}\n"));
            host.wait("The right one's number");
            host.press("1\n");
            if question == 2 {
                host.press("o2\n");
            }
            host.press("n");
        }
        host.press("n");
        host.wait("a plays the hardest questions again");
        names
    });
    host.press("q");
    let told = host.ends();
    assert!(told.contains("Report, with tables beside it: "), "{told}");
    assert!(told.contains("Together "), "{told}");
    let journal = told.lines().find_map(|line| line.strip_prefix("Kept: ")).expect("the journal's place").to_owned();
    let report = Report::read(&std::fs::read(&journal).unwrap()).unwrap();
    assert!(report.finished);
    let lines = std::fs::read_to_string(&journal).unwrap();
    assert_eq!(lines.matches("\"Correct\"").count(), 2, "{told}");
    assert_eq!((lines.matches("\"Kick\"").count(), lines.matches("\"Extra\"").count()), (1, 1), "{told}");
    assert_eq!(report.questions.iter().find(|line| line.number == 2).unwrap().fate, Fate::Voided);
    assert_eq!(report.students.iter().filter(|student| student.gone).count(), 1);
    assert!(report.students.iter().any(|student| student.name == "Ada"));
    assert!(done(data, &["report", &journal]).contains("Fairness") || !report.speed);
    done(data, &["report", "--delete", &journal]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(super::super::report::holding(data, &names).is_empty());
    assert!(!roundtable(data, &["report", "--delete", &journal]).status.success());
}

#[test]
fn a_class_is_deleted_by_the_host_who_types_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut host = Terminal::start(data, &["nato-explained"]);
    host.wait("Keys:");
    listening(data);
    host.press("ddelet\n");
    host.wait("Nothing is changed.");
    host.press("ddelete\n");
    let told = host.ends();
    assert!(told.contains("The class is deleted"), "{told}");
    assert_eq!(super::super::report::all_files(data), Vec::<std::path::PathBuf>::new());
}
