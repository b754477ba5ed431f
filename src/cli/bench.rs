//! `roundtable bench`: prints the figures that the README quotes, with the size of the machine beside them.
//!
//! May use `bank`, `rules` and `quiz`. Everything runs on one thread and in memory; nothing is written to disk. The window's figures and a
//! class's are another matter: `bench/window.rs`, `bench/class.rs`.

#[cfg(feature = "classroom")]
mod class;
mod window;

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bank::{self, Bank, Kind, sample_bank};
use crate::quiz::journal::replay_as_is;
use crate::quiz::{Ask, Command, Match, Seat, Settings, Stage, Stamp};
use crate::rules::{Answer, GameCode, Pace};

/// Questions in the bank that is loaded and linted.
const QUESTIONS: usize = 10_000;
/// Answers to one question.
const ANSWERS: u32 = 5_000;
/// Players and questions of the match that is replayed.
const REPLAYED: (u32, u16) = (200, 50);
/// Repetitions; the median is printed.
const RUNS: usize = 9;

/// Prints the figures that the README quotes.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[cfg(feature = "classroom")]
    #[command(subcommand)]
    what: Option<What>,
    /// Fail (exit 1) when a figure is more than this many times its goal.
    #[arg(long, value_name = "TIMES")]
    fail_over: Option<f64>,
    /// Measure the window instead (on Linux): it opens, plays alone for some minutes, and closes.
    #[arg(long)]
    window: bool,
    /// How many seconds the window stands still on the title, and again on a pause.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "window", value_parser = clap::value_parser!(u64).range(1..=3600))]
    still: u64,
}

/// Figures that need more than this process.
#[cfg(feature = "classroom")]
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Play whole classes with many students against the host.
    Class(class::Args),
    /// Play students, for the command above.
    #[command(hide = true)]
    ClassClients(class::Clients),
}

/// One line of the report.
struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    /// The most that it should be, in the same unit.
    goal: Option<f64>,
}

/// Measures and prints. The result is the exit status: 0, 1 if `--fail-over` says so, 2 if nothing could be measured or printed.
pub fn run(args: &Args, out: &mut impl Write, err: &mut impl Write) -> u8 {
    #[cfg(feature = "classroom")]
    if let Some(what) = &args.what {
        return match class(what, out) {
            Ok(status) => status,
            Err(why) => {
                let _ = writeln!(err, "{why}");
                2
            }
        };
    }
    let figures = if args.window {
        match window::measure(Duration::from_secs(args.still)) {
            Ok(figures) => figures,
            Err(why) => {
                // If the terminal is gone there is nobody to tell.
                let _ = writeln!(err, "{why}");
                return 2;
            }
        }
    } else {
        measure()
    };
    match print(&figures, out) {
        Ok(()) => u8::from(args.fail_over.is_some_and(|times| {
            figures.iter().any(|figure| figure.goal.is_some_and(|goal| figure.value > goal * times))
        })),
        Err(_) => 2,
    }
}

#[cfg(feature = "classroom")]
fn class(what: &What, out: &mut impl Write) -> Result<u8, String> {
    match what {
        What::Class(args) => {
            let figures = class::measure(args)?;
            print(&figures, out).map_err(|error| error.to_string())?;
            Ok(u8::from(args.fails(&figures)))
        }
        What::ClassClients(args) => class::clients(args, out).map(|()| 0),
    }
}

fn print(figures: &[Figure], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Machine: {}", machine())?;
    writeln!(out, "Build: {}", if cfg!(debug_assertions) { "debug (use --release)" } else { "release" })?;
    for figure in figures {
        let goal = figure.goal.map_or_else(String::new, |goal| {
            format!("  (goal: under {goal} {}{})", figure.unit, if figure.value > goal { ", MISSED" } else { "" })
        });
        writeln!(out, "{:<66} {:>12.3} {}{goal}", figure.what, figure.value, figure.unit)?;
    }
    Ok(())
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = status_kib("/proc/meminfo", "MemTotal:")
        .map_or_else(String::new, |kib| format!(", {} GiB", (kib + 512 * 1024) / (1024 * 1024)));
    format!("{cores} cores{memory}, {} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// A line of a Linux status file, in KiB; `None` elsewhere.
fn status_kib(file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().find(|line| line.starts_with(name))?.split_whitespace().nth(1)?.parse().ok()
}

fn measure() -> Vec<Figure> {
    let mut figures = Vec::new();
    load(&mut figures);
    for kind in Kind::ALL {
        figures.push(Figure {
            what: format!("{ANSWERS} answers, {kind:?}: graded to journalled"),
            value: millis(median(|| answers(kind))),
            unit: "ms",
            goal: Some(15.0),
        });
    }
    replay(&mut figures);
    figures.push(Figure {
        what: "An idle advance".to_owned(),
        value: idle().as_secs_f64() * 1e9,
        unit: "ns",
        goal: None,
    });
    figures
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median of several runs, each of which measures itself.
fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

/// A large bank from bytes to findings; the peak of memory is read first, before anything else has used any.
fn load(figures: &mut Vec<Figure>) {
    let text = sample_bank(QUESTIONS);
    let once = || {
        let start = Instant::now();
        let checked = black_box(bank::check(black_box(text.as_bytes())));
        let time = start.elapsed();
        assert!(checked.bank.is_some(), "the sample bank is sound");
        time
    };
    once();
    let peak = status_kib("/proc/self/status", "VmHWM:");
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let size = text.len() as f64 / (1024.0 * 1024.0);
    figures.push(Figure {
        what: format!("{QUESTIONS} questions ({size:.1} MiB) loaded and linted"),
        value: millis(median(once)),
        unit: "ms",
        goal: Some(150.0),
    });
    if let Some(kib) = peak {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let value = kib as f64 / 1024.0;
        figures.push(Figure {
            what: "Peak memory of the whole process doing so".to_owned(),
            value,
            unit: "MiB",
            goal: Some(100.0),
        });
    }
}

fn settings(players: u32) -> Settings {
    Settings {
        pace: Pace::Standard,
        max_players: u16::try_from(players).unwrap_or(u16::MAX),
        ..Settings::solo(GameCode::from_bits(7).seed())
    }
}

/// A match in which `players` sit and the first question is open.
fn open(bank: &Arc<Bank>, text: &str, settings: Settings, players: u32) -> Match {
    let mut game = Match::new(Arc::clone(bank), text, settings);
    for player in 0..players {
        let _ = game.submit(Command::Join { name: format!("Player {player}") }, Stamp(0));
    }
    let _ = game.submit(Command::Next, Stamp(0));
    let _ = game.submit(Command::Next, Stamp(0));
    game.take_lines();
    game
}

/// Different answers for different players, right and wrong.
fn answer(ask: &Ask, key: &Answer, player: u32) -> Answer {
    #[expect(clippy::cast_possible_truncation, reason = "a remainder of a small number")]
    let turn = |options: &[String]| (player as usize % options.len()) as u8;
    match (ask, key) {
        (_, key) if player.is_multiple_of(3) => key.clone(),
        (Ask::Choice { options }, _) => Answer::Choice(turn(options)),
        (Ask::MultiChoice { options }, _) => Answer::MultiChoice(vec![turn(options)]),
        (Ask::TrueFalse, _) => Answer::TrueFalse(player.is_multiple_of(2)),
        (Ask::Number { min, max, .. }, _) => Answer::Number(if player.is_multiple_of(2) { *min } else { *max }),
        (_, Answer::Order(order)) => Answer::Order(order.iter().rev().copied().collect()),
        (_, Answer::Match(partners)) => Answer::Match(vec![None; partners.len()]),
        _ => Answer::Text(format!("Réponse numéro {player}")),
    }
}

/// From the first answer to the last seat's view: submitted, graded, scored, ranked, encoded.
fn answers(kind: Kind) -> Duration {
    let text = bank_of(kind);
    let Ok(bank) = bank::read(text.as_bytes()).map(Arc::new) else { return Duration::MAX };
    let mut game = open(&bank, &text, settings(ANSWERS), ANSWERS);
    let view = game.view(Seat::Host, Stamp(0));
    let (Some(question), Some(host)) = (&view.shown.question, &view.host) else { return Duration::MAX };
    let given: Vec<Answer> = (0..ANSWERS).map(|player| answer(&question.ask, &host.key.answer, player)).collect();
    let start = Instant::now();
    for (player, answer) in (0..).zip(given) {
        let command = Command::Answer { player, question: 1, answer, sure: None };
        let reply = game.submit(command, Stamp(1000 + u64::from(player) / 10));
        assert!(reply.is_ok(), "answer {player}: {reply:?}");
    }
    let lines = game.take_lines();
    if let Some((record, _)) = &lines {
        game.durable(*record);
    }
    game.advance(Stamp(2000));
    for player in 0..ANSWERS {
        black_box(game.view(Seat::Player(player), Stamp(2000)));
    }
    let time = start.elapsed();
    black_box(lines);
    assert_eq!(game.stage(), Stage::Feedback, "everybody has answered");
    time
}

/// A bank with one question of a kind, in the sizes of real ones.
fn bank_of(kind: Kind) -> String {
    let question = match kind {
        Kind::Choice => {
            r#"Choice(id: "q", stem: "Which of these came first?", key: "Belgium", distractors: ["Spain", "Greece", "Poland"]"#
        }
        Kind::MultiChoice => {
            r#"MultiChoice(id: "q", stem: "Which of these?", keys: ["Iceland", "Portugal", "Italy"], distractors: ["Spain", "Greece", "Poland"]"#
        }
        Kind::TrueFalse => r#"TrueFalse(id: "q", stem: "It has an army of its own.", key: false"#,
        Kind::Number => {
            r#"Number(id: "q", stem: "How many?", key: 23, unit: "members", range: (0, 32), step: 1, tolerance: 5"#
        }
        Kind::Order => {
            r#"Order(id: "q", stem: "Order!", items: ["first", "second", "third", "fourth", "fifth"], from: "earliest", to: "latest""#
        }
        Kind::Match => {
            r#"Match(id: "q", stem: "Match!", pairs: [("a", "one"), ("b", "two"), ("c", "three"), ("d", "four")], distractors: ["five"]"#
        }
        Kind::Text => {
            r#"Text(id: "q", stem: "Who?", key: "Mark Rutte", accept: ["Rutte"], notes: {"Jens Stoltenberg": "He came before."}"#
        }
    };
    format!(
        r#"Bank(format: 1, id: "bench", title: "Bench", rounds: [Round(id: "r", title: "R", questions: [{question}, explanation: "It is so.")])])"#
    )
}

/// A whole match of many players, played once and replayed.
fn replay(figures: &mut Vec<Figure>) {
    let (players, questions) = REPLAYED;
    let text = sample_bank(usize::from(questions));
    let Ok(bank) = bank::read(text.as_bytes()).map(Arc::new) else { return };
    let mut game = Match::new(Arc::clone(&bank), &text, settings(players));
    for player in 0..players {
        let _ = game.submit(Command::Join { name: format!("Player {player}") }, Stamp(0));
    }
    let mut now = 0;
    let mut answers = 0_u32;
    while game.stage() != Stage::Finished {
        now += 1000;
        let view = game.view(Seat::Host, Stamp(now));
        if let (Some(question), Some(host)) = (&view.shown.question, &view.host) {
            for player in 0..players {
                let answer = answer(&question.ask, &host.key.answer, player);
                let command = Command::Answer { player, question: question.number, answer, sure: None };
                answers += u32::from(game.submit(command, Stamp(now)).is_ok());
            }
            let _ = game.submit(Command::Reveal, Stamp(now));
        }
        let _ = game.submit(Command::Next, Stamp(now));
    }
    let journal = game.take_lines().map(|(_, lines)| lines).unwrap_or_default();
    let time = median(|| {
        let start = Instant::now();
        let replayed = black_box(replay_as_is(black_box(journal.as_bytes())));
        let time = start.elapsed();
        assert!(replayed.is_ok(), "its own journal");
        time
    });
    figures.push(Figure {
        what: format!("Replay ({players} players, {questions} questions), answers a second"),
        value: f64::from(answers) / time.as_secs_f64(),
        unit: "/s",
        goal: None,
    });
}

/// One call that finds nothing to do while a question is open.
fn idle() -> Duration {
    const CALLS: u32 = 100_000;
    let text = bank_of(Kind::Choice);
    let Ok(bank) = bank::read(text.as_bytes()).map(Arc::new) else { return Duration::MAX };
    let mut game = open(&bank, &text, settings(1), 1);
    median(|| {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(&mut game).advance(Stamp(1));
        }
        start.elapsed() / CALLS
    })
}
