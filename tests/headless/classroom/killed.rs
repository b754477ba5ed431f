//! The real host, killed in mid-question and started again: every answer that was thanked for is there once, and phones find their seats
//! (number 32).

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use roundtable::classroom::protocol::{Order, Page, PageKind, ToClient, ToServer};
use roundtable::classroom::token::{Bearer, Secret};
use roundtable::quiz::journal::{Event, replay_as_is};
use roundtable::rules::Answer;

use super::browser::{Browser, run};
use super::harness::received;

/// How often it is killed; `ROUNDTABLE_KILLS` asks for more.
fn kills() -> u64 {
    std::env::var("ROUNDTABLE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

pub struct Host {
    pub process: Child,
    pub at: SocketAddr,
    pub code: String,
    pub secret: Secret,
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the program and waits until it says where it is.
pub fn start(data: &Path, bank: &Path, resume: bool) -> Host {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roundtable"));
    command.arg("host").arg("--data-dir").arg(data).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    if resume {
        command.arg("--resume");
    } else {
        command.arg(bank).args(["--bind", "127.0.0.1:0"]);
    }
    let process = command.spawn().unwrap();
    let (at, code, secret) = listening(data);
    Host { process, at, code, secret }
}

pub fn listening(data: &Path) -> (SocketAddr, String, Secret) {
    let started = Instant::now();
    loop {
        assert!(started.elapsed() < Duration::from_mins(1), "the host does not start");
        if let Some(found) = room(data).filter(|(at, _, _)| std::net::TcpStream::connect(at).is_ok()) {
            return found;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn room(data: &Path) -> Option<(SocketAddr, String, Secret)> {
    let entry = std::fs::read_dir(data.join("classes")).ok()?.flatten().find(|entry| {
        let path = entry.path();
        path.extension().is_some_and(|extension| extension == "room")
    })?;
    let room: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(entry.path()).ok()?).ok()?;
    let port = u16::try_from(room["port"].as_u64()?).ok()?;
    let code = format!("{:06}", room["code"].as_u64()?);
    Some((SocketAddr::from(([127, 0, 0, 1], port)), code, serde_json::from_value(room["secret"].clone()).ok()?))
}

fn journal(data: &Path) -> Vec<u8> {
    let mut entries = std::fs::read_dir(data.join("classes")).unwrap().flatten().map(|entry| entry.path());
    let path = entries.find(|path| path.extension().is_some_and(|extension| extension == "journal")).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn a_host_killed_in_mid_question_loses_no_answer_that_was_thanked_for() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank.ron");
    std::fs::write(&bank, questions()).unwrap();
    let data = folder.path().join("data");
    let mut host = start(&data, &bank, false);
    let mut tokens = Vec::new();
    run(async {
        for _ in 0..8 {
            tokens.push(Browser::join(host.at, &host.code).await.1);
        }
    });
    let mut thanked: HashSet<(usize, u32)> = HashSet::new();
    for kill in 0..kills() {
        let wait = Duration::from_micros(getrandom::u64().unwrap() % 20_000);
        run(async {
            let mut teacher = Browser::back(host.at, &host.secret.token(Bearer::Host)).await;
            let mut phones = Vec::new();
            for token in &tokens {
                let came = Instant::now();
                let mut phone = Browser::back(host.at, token).await;
                let again = phone.until(super::harness::token).await;
                assert_eq!(again.as_ref(), Some(token), "the same seat");
                assert!(came.elapsed() < Duration::from_secs(5));
                phones.push(phone);
            }
            for order in [Order::Resume, Order::Reveal, Order::Next, Order::Next, Order::Next] {
                // What is not possible now is refused; in the end a question is open, or the class is over.
                let open = matches!(order, Order::Next) && {
                    let page = phones[0].until(|frame| match frame {
                        ToClient::Page(page) => Some(page.kind),
                        _ => None,
                    });
                    matches!(tokio::time::timeout(Duration::from_millis(300), page).await, Ok(Some(PageKind::Asking)))
                };
                if open {
                    break;
                }
                teacher.say(&ToServer::Order { order }).await;
            }
            // Which question that is, the others know.
            let mut question = None;
            for phone in phones.iter_mut().skip(1) {
                let asking = phone.until(|frame| match frame {
                    ToClient::Page(Page { kind: PageKind::Asking, question, .. }) => *question,
                    _ => None,
                });
                if let Ok(Some(open)) = tokio::time::timeout(Duration::from_secs(2), asking).await {
                    question = Some(open);
                }
            }
            let Some(question) = question else { return };
            for answer in answers() {
                for phone in &mut phones {
                    phone.say(&ToServer::Answer { question, answer: answer.clone(), sure: None }).await;
                }
            }
            let killed = tokio::time::Instant::now() + wait;
            for (seat, phone) in phones.iter_mut().enumerate() {
                if let Ok(Some(of)) = tokio::time::timeout_at(killed, phone.until(received)).await {
                    thanked.insert((seat, of));
                }
            }
            host.process.kill().unwrap();
            // What had come before the end counts as thanked for.
            for (seat, phone) in phones.iter_mut().enumerate() {
                if let Some(of) = phone.until(received).await {
                    thanked.insert((seat, of));
                }
            }
        });
        let _ = host.process.kill();
        host.process.wait().unwrap();
        let bytes = journal(&data);
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        let game = replay_as_is(&bytes[..whole]).unwrap().game;
        for (seat, question) in &thanked {
            let found = game.records().iter().filter(|record| {
                matches!(&record.event, Event::Command(roundtable::quiz::Command::Answer { player, question: of, .. })
                    if *player as usize == *seat && of == question)
            });
            assert_eq!(found.count(), 1, "kill {kill}: seat {seat}, question {question}");
        }
        host = start(&data, &bank, true);
    }
    host.process.kill().unwrap();
    host.process.wait().unwrap();
    assert!(!thanked.is_empty(), "nobody was ever thanked");
}

/// One of each kind; where the host is killed more often than that, a choice for every time, for a class that is over is not resumed.
fn questions() -> String {
    if kills() <= 6 {
        return crate::quiz::BANK.to_owned();
    }
    let one = |number| {
        format!(
            r#"Choice(id: "q{number}", stem: "Number {number}?", key: "Yes", distractors: ["No"], explanation: "It is so.")"#
        )
    };
    let all: Vec<String> = (0..kills() + 4).map(one).collect();
    format!(
        r#"Bank(format: 1, id: "kills", title: "Kills", rounds: [Round(id: "r", title: "R", questions: [{}])])"#,
        all.join(",")
    )
}

/// One of them fits any kind.
pub fn answers() -> [Answer; 7] {
    [
        Answer::Choice(0),
        Answer::MultiChoice(vec![0]),
        Answer::TrueFalse(true),
        Answer::Number(8.0),
        Answer::Order(vec![0, 1, 2, 3]),
        Answer::Match(vec![Some(0), Some(1), Some(2)]),
        Answer::Text("Hugo".to_owned()),
    ]
}
