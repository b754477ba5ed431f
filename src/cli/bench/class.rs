//! `roundtable bench class`: real sockets from processes of their own, over loopback, against the host without a window.
//!
//! May use `classroom`. The parent leads the class with the host's own token, which it reads from the host's data folder; two processes play
//! the students and print times of the system's clock, which all share.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::{Request, generate_key};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::{Figure, status_kib};
use crate::classroom::protocol::{Order, Page, PageKind, ToClient, ToServer};
use crate::classroom::server::raise_files;
use crate::classroom::token::{Bearer, Secret};
use crate::rules::Answer;

/// Processes that play the students.
const PROCESSES: usize = 2;
/// Questions of a class.
const QUESTIONS: usize = 3;
/// Joins are started within this time.
const JOIN_WITHIN: Duration = Duration::from_millis(100);
/// Answers are sent within this time.
const ANSWER_WITHIN: Duration = Duration::from_millis(50);
/// How often a question comes in a class that is played for minutes.
const SOAK_QUESTION: Duration = Duration::from_secs(2);
/// Longer than this nothing takes.
const PATIENCE: Duration = Duration::from_mins(2);

/// Play whole classes with many students against the host, and print how long it took.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many students.
    #[arg(long, value_name = "STUDENTS", default_value_t = 1000, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    players: u16,
    /// Fail (exit 1) when a figure is more than this many times its goal.
    #[arg(long, value_name = "TIMES", default_value_t = 1.0)]
    fail_over: f64,
    /// How many whole classes are played; medians are printed.
    #[arg(long, value_name = "CLASSES", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=99))]
    runs: u16,
    /// Play one class for so many minutes instead, rematch after rematch, a question every two seconds, and look at the host's memory.
    #[arg(long, value_name = "MINUTES")]
    soak: Option<u32>,
    /// Leave a host alone in its lobby for so many seconds instead, and tell what it needs.
    #[arg(long, value_name = "SECONDS", conflicts_with = "soak")]
    idle: Option<u32>,
}

/// Plays students for [`Args`], told by lines on standard input what to do next.
#[derive(Debug, clap::Args)]
pub struct Clients {
    #[arg(long)]
    at: SocketAddr,
    #[arg(long)]
    code: String,
    #[arg(long)]
    players: usize,
}

impl Args {
    /// Whether a figure is beyond what is allowed.
    pub fn fails(&self, figures: &[Figure]) -> bool {
        figures.iter().any(|figure| figure.goal.is_some_and(|goal| figure.value > goal * self.fail_over))
    }
}

/// What one class came to.
struct Played {
    joined_ms: f64,
    /// The processor's time: the host's and the students', for the joins.
    joined_cpu_ms: Option<(f64, f64)>,
    asked_ms: f64,
    answered_p99_ms: f64,
    peak_mib: Option<f64>,
    messages: u32,
    lost: u32,
}

/// Measures.
///
/// # Errors
/// A sentence, if a process cannot be started or does not answer.
pub fn measure(args: &Args) -> Result<Vec<Figure>, String> {
    let _ = raise_files();
    if let Some(minutes) = args.soak {
        return soak(args.players, minutes);
    }
    if let Some(seconds) = args.idle {
        return idle(seconds);
    }
    let mut played = Vec::new();
    for _ in 0..args.runs {
        played.push(play(args.players)?);
    }
    let players = args.players;
    // The goals were set for a thousand.
    let goal = |value: f64| (players <= 1000).then_some(value);
    let mut figures = vec![
        Figure {
            what: format!("{players} students, first connection to last durable join"),
            value: median(&played, |p| p.joined_ms),
            unit: "ms",
            goal: goal(600.0),
        },
        Figure {
            what: "A question, first to last byte received".to_owned(),
            value: median(&played, |p| p.asked_ms),
            unit: "ms",
            goal: goal(30.0),
        },
        Figure {
            what: format!("{players} answers journalled and acknowledged, p99"),
            value: median(&played, |p| p.answered_p99_ms),
            unit: "ms",
            goal: goal(100.0),
        },
        Figure {
            what: "Messages to a student in a question, the most".to_owned(),
            value: f64::from(played.iter().map(|p| p.messages).max().unwrap_or(0)),
            unit: "",
            goal: Some(10.0),
        },
        Figure {
            what: "Answers that were not acknowledged".to_owned(),
            value: f64::from(played.iter().map(|p| p.lost).sum::<u32>()),
            unit: "",
            goal: Some(0.0),
        },
    ];
    if played.iter().all(|p| p.joined_cpu_ms.is_some()) {
        let cpu = |which: fn((f64, f64)) -> f64| median(&played, |p| p.joined_cpu_ms.map_or(0.0, which));
        let what = "The processor's time for the joins: the host's".to_owned();
        figures.push(Figure { what, value: cpu(|both| both.0), unit: "ms", goal: None });
        let what = "The processor's time for the joins: the students'".to_owned();
        figures.push(Figure { what, value: cpu(|both| both.1), unit: "ms", goal: None });
    }
    if played.iter().all(|p| p.peak_mib.is_some()) {
        let value = median(&played, |p| p.peak_mib.unwrap_or(0.0));
        figures.push(Figure { what: "Peak memory of the host".to_owned(), value, unit: "MiB", goal: goal(50.0) });
    }
    Ok(figures)
}

fn median(played: &[Played], of: impl Fn(&Played) -> f64) -> f64 {
    let mut values: Vec<f64> = played.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A bank of choices, in the sizes of real ones.
fn questions() -> String {
    let question = |number: usize| {
        format!(
            r#"Choice(id: "q{number}", stem: "Which of these was not among the twelve founders of the year {number}?", key: "Spain",
                distractors: ["Iceland", "Portugal", "Luxembourg"], explanation: "It joined later, when the others had long been there.")"#
        )
    };
    let all: Vec<String> = (1..=QUESTIONS).map(question).collect();
    format!(
        r#"Bank(format: 1, id: "bench", title: "Bench", rounds: [Round(id: "r", title: "R", questions: [{}])])"#,
        all.join(",")
    )
}

/// A process that ends with this program, and the folder that goes with it.
struct Host {
    process: Child,
    folder: PathBuf,
}

impl Host {
    fn start(program: &Path, players: u16) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("roundtable-bench-{}-{}", std::process::id(), micros()));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let bank = folder.join("bank.ron");
        std::fs::write(&bank, questions()).map_err(|error| error.to_string())?;
        let process = Command::new(program)
            .arg("host")
            .arg(&bank)
            .arg("--data-dir")
            .arg(&folder)
            .args(["--bind", "127.0.0.1:0", "--pace", "hand", "--players", &players.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        Ok(Self { process, folder })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A class whose students wait to be told what to do.
struct Class {
    host: Host,
    runtime: tokio::runtime::Runtime,
    teacher: Socket,
    children: Vec<Students>,
}

/// What became of one question.
#[derive(Default)]
struct Answered {
    /// The most messages that a student was sent since the question before.
    messages: u32,
    /// Answers that nobody thanked for.
    lost: u32,
    /// How long the others waited for thanks, in millionths of a second.
    waits: Vec<u64>,
}

impl Class {
    fn begin(players: u16) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let host = Host::start(&program, players)?;
        let (at, code, secret) = wait_for(|| room(&host.folder)).ok_or("The host does not start.")?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let mut teacher = runtime.block_on(connect(at)).ok_or("The host takes no connection.")?;
        runtime.block_on(say(&mut teacher, &ToServer::Back { token: secret.token(Bearer::Host) }));
        let mut children = Vec::new();
        for index in 0..PROCESSES {
            let share = usize::from(players) / PROCESSES + usize::from(index < usize::from(players) % PROCESSES);
            children.push(Students::start(&program, at, &code, share)?);
        }
        Ok(Self { host, runtime, teacher, children })
    }

    /// Everybody joins: from the first connection to the last welcome, in milliseconds.
    fn join(&mut self) -> Result<f64, String> {
        for child in &mut self.children {
            child.tell("join");
        }
        self.spans()
    }

    fn spans(&mut self) -> Result<f64, String> {
        let spans: Vec<(u64, u64)> = self.children.iter_mut().map(Students::span).collect::<Result<_, _>>()?;
        Ok(whole(&spans))
    }

    fn order(&mut self, order: Order) {
        self.runtime.block_on(say(&mut self.teacher, &ToServer::Order { order }));
    }

    /// Opens the question of this number: from the first to the last who has it, in milliseconds.
    fn ask(&mut self, question: usize) -> Result<f64, String> {
        for _ in 0..3 {
            self.order(Order::Next);
            if self.runtime.block_on(is_open(&mut self.teacher, question)) {
                break;
            }
        }
        self.spans()
    }

    fn answer(&mut self) -> Result<Answered, String> {
        for child in &mut self.children {
            child.tell("answer");
        }
        let mut all = Answered::default();
        for child in &mut self.children {
            let line = child.line()?;
            let mut numbers = line.split_whitespace().filter_map(|word| word.parse::<u64>().ok());
            let small = |number: Option<u64>| u32::try_from(number.unwrap_or(0)).unwrap_or(u32::MAX);
            all.messages = all.messages.max(small(numbers.next()));
            all.lost += small(numbers.next());
            all.waits.extend(numbers);
        }
        Ok(all)
    }

    /// The processor's time so far, the host's and the students', in milliseconds.
    fn cpu_ms(&self) -> Option<(f64, f64)> {
        let students = self.children.iter().map(|child| cpu_ms(child.process.id())).sum::<Option<f64>>()?;
        Some((cpu_ms(self.host.process.id())?, students))
    }
}

/// The processor's time of all threads of a process that live, in milliseconds; `None` but on Linux.
fn cpu_ms(process: u32) -> Option<f64> {
    let mut nanos = 0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task")).ok()?.flatten() {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        nanos += text.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(millis(nanos / 1000))
}

fn play(players: u16) -> Result<Played, String> {
    let mut class = Class::begin(players)?;
    let before = class.cpu_ms();
    let joined_ms = class.join()?;
    let after = class.cpu_ms();
    let joined_cpu_ms = before.zip(after).map(|(before, after)| (after.0 - before.0, after.1 - before.1));
    let mut asked = Vec::new();
    let mut all = Answered::default();
    for question in 1..=QUESTIONS {
        asked.push(class.ask(question)?);
        let one = class.answer()?;
        all.messages = all.messages.max(one.messages);
        all.lost += one.lost;
        all.waits.extend(one.waits);
    }
    let peak_mib = memory_mib(class.host.process.id(), "VmHWM:");
    all.waits.sort_unstable();
    asked.sort_by(f64::total_cmp);
    let p99 = all.waits.get((all.waits.len() * 99).div_ceil(100).saturating_sub(1)).copied().unwrap_or(u64::MAX);
    Ok(Played {
        joined_ms,
        joined_cpu_ms,
        asked_ms: asked[asked.len() / 2],
        answered_p99_ms: millis(p99),
        peak_mib,
        messages: all.messages,
        lost: all.lost,
    })
}

fn memory_mib(process: u32, line: &str) -> Option<f64> {
    status_kib(&format!("/proc/{process}/status"), line).map(|kib| {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let kib = kib as f64;
        kib / 1024.0
    })
}

/// A class for minutes, rematch after rematch: whether the host's memory stays as it is.
fn soak(players: u16, minutes: u32) -> Result<Vec<Figure>, String> {
    let mut class = Class::begin(players)?;
    class.join()?;
    let until = Instant::now() + Duration::from_mins(u64::from(minutes));
    let mut memory = Vec::new();
    let (mut questions, mut lost) = (0_u32, 0);
    while Instant::now() < until {
        for question in 1..=QUESTIONS {
            let begun = Instant::now();
            class.ask(question)?;
            lost += class.answer()?.lost;
            questions += 1;
            memory.push(memory_mib(class.host.process.id(), "VmRSS:").ok_or("Only Linux tells a process's memory.")?);
            std::thread::sleep(SOAK_QUESTION.saturating_sub(begun.elapsed()));
        }
        // The table, the end, and once more.
        for order in [Order::Next, Order::Next, Order::Rematch] {
            class.order(order);
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    // What the first tenth needed it keeps; after that nothing should be added.
    let later = &memory[memory.len() / 10..];
    let third = (later.len() / 3).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let figure = |what: &str, value, unit, goal| Figure { what: what.to_owned(), value, unit, goal };
    Ok(vec![
        figure("Minutes of play", f64::from(minutes), "min", None),
        figure("Students", f64::from(players), "", None),
        figure("Questions", f64::from(questions), "", None),
        figure("Answers that were not acknowledged", f64::from(lost), "", Some(0.0)),
        figure("Memory of the host, the first third after the warm-up", mean(&later[..third]), "MiB", None),
        figure("Memory of the host, the last third", mean(&later[later.len() - third..]), "MiB", None),
        figure("Growth between them", mean(&later[later.len() - third..]) - mean(&later[..third]), "MiB", Some(1.0)),
    ])
}

/// A host that nobody asks for anything.
fn idle(seconds: u32) -> Result<Vec<Figure>, String> {
    let class = Class::begin(2)?;
    std::thread::sleep(Duration::from_secs(1));
    let cpu = || cpu_ms(class.host.process.id()).ok_or("Only Linux tells a process's time.");
    let before = cpu()?;
    std::thread::sleep(Duration::from_secs(u64::from(seconds)));
    let share = (cpu()? - before) / 10.0 / f64::from(seconds);
    let memory = memory_mib(class.host.process.id(), "VmRSS:").unwrap_or(0.0);
    Ok(vec![
        Figure { what: "An idle host, of one core".to_owned(), value: share, unit: "%", goal: Some(1.0) },
        Figure { what: "Its memory".to_owned(), value: memory, unit: "MiB", goal: None },
    ])
}

#[expect(clippy::cast_precision_loss, reason = "minutes at most, in millionths of a second")]
fn millis(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

/// From the first beginning to the last end.
fn whole(spans: &[(u64, u64)]) -> f64 {
    let first = spans.iter().map(|span| span.0).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.1).max().unwrap_or(0);
    millis(last.saturating_sub(first))
}

fn micros() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_micros()).unwrap_or(u64::MAX)
}

fn wait_for<T>(look: impl Fn() -> Option<T>) -> Option<T> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return Some(found);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    None
}

/// Where the host is, its code and its secret, once it listens.
fn room(folder: &Path) -> Option<(SocketAddr, String, Secret)> {
    let entries = std::fs::read_dir(folder.join("classes")).ok()?.flatten();
    let path = entries.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|end| end == "room"))?;
    let room: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    let at = SocketAddr::from(([127, 0, 0, 1], u16::try_from(room["port"].as_u64()?).ok()?));
    std::net::TcpStream::connect(at).ok()?;
    Some((at, format!("{:06}", room["code"].as_u64()?), serde_json::from_value(room["secret"].clone()).ok()?))
}

/// A process that plays students.
struct Students {
    process: Child,
    orders: ChildStdin,
    lines: BufReader<ChildStdout>,
}

impl Students {
    fn start(program: &Path, at: SocketAddr, code: &str, players: usize) -> Result<Self, String> {
        let mut process = Command::new(program)
            .args([
                "bench",
                "class-clients",
                "--at",
                &at.to_string(),
                "--code",
                code,
                "--players",
                &players.to_string(),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let (Some(orders), Some(lines)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("A process has no pipes.".to_owned());
        };
        let mut students = Self { process, orders, lines: BufReader::new(lines) };
        students.line()?;
        Ok(students)
    }

    fn tell(&mut self, order: &str) {
        let _ = writeln!(self.orders, "{order}");
        let _ = self.orders.flush();
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(1..) => Ok(line),
            _ => Err("A process that plays students has ended early.".to_owned()),
        }
    }

    fn span(&mut self) -> Result<(u64, u64), String> {
        let line = self.line()?;
        let (first, last) = line.trim().split_once(' ').ok_or("no times")?;
        Ok((first.parse().map_err(|_| "no time")?, last.parse().map_err(|_| "no time")?))
    }
}

impl Drop for Students {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

type Socket = WebSocketStream<TcpStream>;

async fn connect(at: SocketAddr) -> Option<Socket> {
    let stream = TcpStream::connect(at).await.ok()?;
    let _ = stream.set_nodelay(true);
    let request = Request::builder()
        .uri(format!("ws://{at}/ws"))
        .header("Host", at.to_string())
        .header("Origin", format!("http://{at}"))
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", generate_key())
        .body(())
        .ok()?;
    let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
    tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await.ok().map(|(socket, _)| socket)
}

async fn say(socket: &mut Socket, message: &ToServer) {
    let text = serde_json::to_string(message).unwrap_or_default();
    let _ = socket.send(Message::text(text)).await;
}

async fn hear(socket: &mut Socket) -> Option<ToClient> {
    loop {
        match tokio::time::timeout(PATIENCE, socket.next()).await.ok()?? {
            Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Reads until the order is answered; whether this question is open then.
async fn is_open(teacher: &mut Socket, wanted: usize) -> bool {
    let mut open = false;
    let until = tokio::time::Instant::now() + Duration::from_millis(500);
    while let Ok(Some(told)) = tokio::time::timeout_at(until, hear(teacher)).await {
        if let ToClient::Page(Page { kind: PageKind::Asking, question: Some(question), .. }) = told {
            open |= question as usize == wanted;
        }
        if open {
            break;
        }
    }
    open
}

/// What the students do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Wait,
    Join,
    /// Answer, for the so many-th time.
    Answer(u32),
}

/// What one student reports.
enum Told {
    Joined(u64, u64),
    Asked(u64),
    /// How long the thanks took, and how many messages came since the last.
    Answered(Option<u64>, u32),
}

/// Plays students until standard input ends.
///
/// # Errors
/// A sentence, if there is no runtime to be had.
pub fn clients(args: &Clients, out: &mut impl Write) -> Result<(), String> {
    let _ = raise_files();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let (phase, phases) = watch::channel(Phase::Wait);
    let (told, mut reports) = tokio::sync::mpsc::unbounded_channel();
    for index in 0..args.players {
        let (at, code, phases, told) = (args.at, args.code.clone(), phases.clone(), told.clone());
        let place = f64::from(u32::try_from(index).unwrap_or(0)) / f64::from(u32::try_from(args.players).unwrap_or(1));
        runtime.spawn(async move { student(at, code, place, phases, told).await });
    }
    let said = |out: &mut dyn Write, line: String| {
        let _ = writeln!(out, "{line}");
        let _ = out.flush();
    };
    said(out, "ready".to_owned());
    let mut answers = 0;
    for order in std::io::stdin().lock().lines() {
        let Ok(order) = order else { break };
        runtime.block_on(async {
            if order == "join" {
                let _ = phase.send(Phase::Join);
                let (mut first, mut last) = (u64::MAX, 0);
                for _ in 0..args.players {
                    if let Some(Told::Joined(from, to)) = reports.recv().await {
                        (first, last) = (first.min(from), last.max(to));
                    }
                }
                said(out, format!("{first} {last}"));
            } else {
                answers += 1;
                let _ = phase.send(Phase::Answer(answers));
                let (mut waits, mut lost, mut messages) = (Vec::new(), 0, 0);
                for _ in 0..args.players {
                    if let Some(Told::Answered(wait, count)) = reports.recv().await {
                        messages = messages.max(count);
                        match wait {
                            Some(wait) => waits.push(wait.to_string()),
                            None => lost += 1,
                        }
                    }
                }
                said(out, format!("{messages} {lost} {}", waits.join(" ")));
            }
            // The next question comes to everybody.
            let (mut first, mut last) = (u64::MAX, 0);
            for _ in 0..args.players {
                match reports.recv().await {
                    Some(Told::Asked(at)) => (first, last) = (first.min(at), last.max(at)),
                    Some(_) => {}
                    None => return,
                }
            }
            said(out, format!("{first} {last}"));
        });
    }
    Ok(())
}

async fn student(
    at: SocketAddr,
    code: String,
    place: f64,
    mut phases: watch::Receiver<Phase>,
    told: tokio::sync::mpsc::UnboundedSender<Told>,
) {
    let _ = phases.wait_for(|phase| *phase == Phase::Join).await;
    tokio::time::sleep(JOIN_WITHIN.mul_f64(place)).await;
    let started = micros();
    let Some(mut socket) = connect(at).await else { return };
    say(&mut socket, &ToServer::Join { code, pick: None, name: None }).await;
    while let Some(frame) = hear(&mut socket).await {
        if matches!(frame, ToClient::Welcome { .. }) {
            break;
        }
    }
    let _ = told.send(Told::Joined(started, micros()));
    let (mut count, mut round) = (0, 0);
    let mut waiting: Option<(u32, Instant)> = None;
    let mut open: Option<u32> = None;
    loop {
        tokio::select! {
            frame = hear(&mut socket) => {
                let Some(frame) = frame else { break };
                count += 1;
                match frame {
                    ToClient::Page(Page { kind: PageKind::Asking, question: Some(question), .. }) if open != Some(question) => {
                        let _ = told.send(Told::Asked(micros()));
                        open = Some(question);
                    }
                    ToClient::Received { question, .. } if waiting.is_some_and(|(of, _)| of == question) => {
                        let wait = waiting.take().map(|(_, since)| u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX));
                        let _ = told.send(Told::Answered(wait, std::mem::take(&mut count)));
                    }
                    ToClient::Refused { .. } if waiting.take().is_some() => {
                        let _ = told.send(Told::Answered(None, std::mem::take(&mut count)));
                    }
                    _ => {}
                }
            }
            next = next_answer(&mut phases, round) => {
                let Some(of) = next else { break };
                round = of;
                let Some(question) = open else { continue };
                tokio::time::sleep(ANSWER_WITHIN.mul_f64(place)).await;
                waiting = Some((question, Instant::now()));
                say(&mut socket, &ToServer::Answer { question, answer: Answer::Choice(0), sure: None }).await;
            }
        }
    }
}

/// Waits until students are to answer once more.
async fn next_answer(phases: &mut watch::Receiver<Phase>, round: u32) -> Option<u32> {
    let phase = phases.wait_for(|phase| matches!(phase, Phase::Answer(of) if *of > round)).await.ok()?;
    match *phase {
        Phase::Answer(of) => Some(of),
        Phase::Wait | Phase::Join => None,
    }
}
