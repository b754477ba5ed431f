//! `roundtable host`: a class without a window. QR code and address in the terminal, keys to lead it.

mod keys;
mod screen;

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use self::keys::Key;
use self::screen::Screen;
use crate::bank::{self, Bank};
use crate::classroom::hosting::{self, Hosting, Left, Plan};
use crate::classroom::protocol::Order;
use crate::classroom::room::{MOST_LAG_MS, Manner, Snapshot};
use crate::classroom::server::{Limits, raise_files};
use crate::platform::{DataDir, MatchStore, read_bounded};
use crate::quiz::{Settings, ShowStandings};
use crate::rules::{Pace, Scoring, Seed};

/// The largest bank.
const MOST_BANK_BYTES: u64 = 16 * 1024 * 1024;
/// With `--auto`: how long an answer or a table is shown.
const AUTO_NEXT_MS: u64 = 12_000;

/// Host a class: students join with a browser, over the local network.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Args {
    /// The question file; or the name of one inside the program, such as `nato-explained`.
    #[arg(value_name = "BANK")]
    bank: Option<String>,
    /// Where to listen: an address, a port, or both, such as 192.168.1.20:8080. Without it: every address, port 8080 or the next free one.
    #[arg(long, value_name = "ADDR", value_parser = place)]
    bind: Option<SocketAddr>,
    /// Go on by itself, from one minute after the first student has joined.
    #[arg(long)]
    auto: bool,
    /// Go on with the class that was running last.
    #[arg(long, conflicts_with = "new")]
    resume: bool,
    /// Begin a new class whatever was running.
    #[arg(long)]
    new: bool,
    /// Let faster answers be worth more.
    #[arg(long)]
    speed: bool,
    /// How long a question lasts.
    #[arg(long, value_enum, default_value_t = PaceArg::Standard)]
    pace: PaceArg,
    /// When the table is shown.
    #[arg(long, value_enum, default_value_t = TableArg::Rounds)]
    standings: TableArg,
    /// After each question, talk before the answer is told; the class can vote again.
    #[arg(long)]
    talk: bool,
    /// Let students bring names of their own.
    #[arg(long)]
    own_names: bool,
    /// Nobody may join after the start.
    #[arg(long)]
    no_late_join: bool,
    /// At most this many questions a round.
    #[arg(long, value_name = "QUESTIONS")]
    per_round: Option<u16>,
    /// At most this many students.
    #[arg(long, value_name = "STUDENTS", default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    players: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum PaceArg {
    /// No timer: you close each question by hand.
    Hand,
    /// Twice the standard time.
    Relaxed,
    /// Each question's own seconds.
    Standard,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TableArg {
    /// Between rounds, and at the end.
    Rounds,
    /// At the end.
    End,
    /// Never.
    Off,
}

/// `8080`, `:8080`, `192.168.1.20`, `[::1]:8080`.
fn place(text: &str) -> Result<SocketAddr, String> {
    let everywhere = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let port = |text: &str| text.parse::<u16>().ok().map(|port| SocketAddr::new(everywhere, port));
    text.parse::<SocketAddr>()
        .ok()
        .or_else(|| text.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, hosting::PORT)))
        .or_else(|| port(text.strip_prefix(':').unwrap_or(text)))
        .ok_or_else(|| "write an address of this computer, a port, or both, such as 192.168.1.20:8080".to_owned())
}

/// Hosts until the class is closed. The result is the exit status: 0, or 2 if no class could be opened.
pub fn run(args: &Args, data_dir: Option<&Path>, out: &mut impl Write, err: &mut impl Write) -> u8 {
    match host(args, data_dir, out) {
        Ok(()) => 0,
        Err(why) => {
            // If the terminal is gone there is nobody to tell.
            let _ = writeln!(err, "{why}");
            2
        }
    }
}

/// What comes to the terminal's loop.
enum Input {
    Key(Key),
    Shown(Box<Snapshot>),
    /// Nobody types any more.
    Closed,
}

fn host(args: &Args, data_dir: Option<&Path>, out: &mut impl Write) -> Result<(), String> {
    let files = raise_files();
    let store = DataDir::resolve(data_dir).and_then(|dir| MatchStore::classes(&dir));
    let store = match store {
        Ok(store) => Some(store),
        Err(error) => {
            let _ = writeln!(out, "This class is not saved: {error}");
            None
        }
    };
    let (inputs, queue) = mpsc::channel();
    let shown = inputs.clone();
    let watch = move |snapshot| {
        let _ = shown.send(Input::Shown(Box::new(snapshot)));
    };
    let left = found(args, store.as_ref(), out)?;
    let typed = keys::start(inputs);
    let chosen = choose(args, left, &queue, out);
    let (hosting, title) = match (chosen, store) {
        (Some(left), Some(store)) => {
            // Phones come back by themselves only to where they were.
            let known = left.port.map(|port| SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port));
            let listener = match known.filter(|_| args.bind.is_none()) {
                Some(known) => hosting::listen(Some(known)).or_else(|_| hosting::listen(None)),
                None => hosting::listen(args.bind),
            };
            let listener = listener.map_err(|error| error.to_string())?;
            let hosting = hosting::resume(store, &left.path, listener, Limits::default(), watch);
            (hosting.map_err(|error| error.to_string())?, left.summary.bank)
        }
        (_, store) => {
            let (bank, bank_text) = bank_of(args)?;
            let title = bank.title.clone();
            let listener = hosting::listen(args.bind).map_err(|error| error.to_string())?;
            let plan = Plan { settings: settings(args)?, manner: manner(args), bank, bank_text };
            (hosting::open(store, plan, listener, Limits::default(), watch).map_err(|error| error.to_string())?, title)
        }
    };
    let mut screen = Screen::new(out, std::io::stdout().is_terminal());
    screen.opened(&title, &hosting, args.bind.map(|at| at.ip()), files.players(), args.players);
    lead(&hosting, &queue, &mut screen);
    hosting.close();
    screen.closed();
    drop(typed);
    Ok(())
}

/// A class that was left running, if one may go on here.
fn found(args: &Args, store: Option<&MatchStore>, out: &mut impl Write) -> Result<Option<Left>, String> {
    if args.new {
        return Ok(None);
    }
    let left = store.map(hosting::left).transpose().map_err(|error| error.to_string())?.unwrap_or_default();
    let left = left.into_iter().next();
    if left.is_none() && args.resume {
        return Err("No class was left running. Name a question file to begin one.".to_owned());
    }
    if let Some(left) = &left {
        let (question, questions) = left.summary.question;
        let _ = writeln!(
            out,
            "A class was left running: {}, question {question} of {questions}, {} students.",
            left.summary.bank, left.players
        );
    }
    Ok(left)
}

/// Whether to go on with it: as asked on the command line, or by a key; where nobody can press one it goes on.
fn choose(args: &Args, left: Option<Left>, queue: &Receiver<Input>, out: &mut impl Write) -> Option<Left> {
    let left = left?;
    if args.resume || args.auto || args.bank.is_none() || !std::io::stdin().is_terminal() {
        return Some(left);
    }
    let _ = writeln!(out, "Press c to continue it, n to begin a new one (the old one is kept).");
    let _ = out.flush();
    for input in queue {
        match input {
            Input::Key(Key::Letter('c')) | Input::Closed => return Some(left),
            Input::Key(Key::Letter('n') | Key::Quit) => return None,
            _ => {}
        }
    }
    Some(left)
}

fn bank_of(args: &Args) -> Result<(Arc<Bank>, String), String> {
    let name = args.bank.as_deref().ok_or("Name a question file, such as `roundtable host nato-explained`.")?;
    let inside = bank::shipped().into_iter().find(|(file, _)| file.strip_suffix(".ron") == Some(name));
    let text = match inside {
        Some((_, text)) if !Path::new(name).exists() => text.to_owned(),
        _ => {
            let path = PathBuf::from(name);
            let bytes = read_bounded(&path, MOST_BANK_BYTES).map_err(|error| format!("{name}: {error}"))?;
            String::from_utf8(bytes).map_err(|_| format!("{name}: This file is not a question file."))?
        }
    };
    match bank::read(text.as_bytes()) {
        Ok(bank) => Ok((Arc::new(bank), text)),
        Err(_) => Err(format!("{name} has errors: `roundtable bank check {name}` shows them.")),
    }
}

fn manner(args: &Args) -> Manner {
    Manner { own_names: args.own_names, auto: args.auto, ..Manner::default() }
}

fn settings(args: &Args) -> Result<Settings, String> {
    let mut seed = [0; 32];
    // All of it, not a short code: whoever has the question file could try out every code.
    getrandom::fill(&mut seed).map_err(|error| error.to_string())?;
    Ok(Settings {
        per_round: args.per_round,
        pace: match args.pace {
            PaceArg::Hand => Pace::None,
            PaceArg::Relaxed => Pace::Relaxed,
            PaceArg::Standard => Pace::Standard,
        },
        scoring: if args.speed { Scoring::Speed } else { Scoring::Accuracy },
        grace_ms: if args.speed { MOST_LAG_MS } else { 0 },
        next_after_ms: args.auto.then_some(AUTO_NEXT_MS),
        max_players: args.players,
        late_join: !args.no_late_join,
        standings: match args.standings {
            TableArg::Rounds => ShowStandings::Rounds,
            TableArg::End => ShowStandings::End,
            TableArg::Off => ShowStandings::Off,
        },
        // Talking is ended by hand.
        hold: args.talk && !args.auto,
        ..Settings::solo(Seed(seed))
    })
}

/// Keys to orders, pictures to lines, until the class is closed.
fn lead(hosting: &Hosting, queue: &Receiver<Input>, screen: &mut Screen<'_, impl Write>) {
    let mut kicking: Option<String> = None;
    let mut ending = false;
    for input in queue {
        match input {
            Input::Shown(snapshot) => screen.show(*snapshot),
            Input::Closed => {}
            Input::Key(key) => {
                if let Some(digits) = &mut kicking {
                    match key {
                        Key::Letter(digit) if digit.is_ascii_digit() => digits.push(digit),
                        Key::Enter => {
                            if let Ok(player) = digits.parse::<u32>() {
                                hosting.order(Order::Kick { player: player.saturating_sub(1) });
                            }
                            kicking = None;
                        }
                        _ => kicking = None,
                    }
                    continue;
                }
                let ended = std::mem::take(&mut ending);
                match key {
                    Key::Quit | Key::Letter('q') => return,
                    Key::Letter('n' | ' ') => hosting.order(Order::Next),
                    Key::Letter('p') => hosting.order(if screen.is_paused() { Order::Resume } else { Order::Pause }),
                    Key::Letter('r') => hosting.order(Order::Reveal),
                    Key::Letter('c') => hosting.order(Order::Close),
                    Key::Letter('v') => hosting.order(Order::Revote),
                    Key::Letter('s') => hosting.order(Order::Skip),
                    Key::Letter('u') => hosting.order(Order::Undo),
                    Key::Letter('l') => hosting.order(if screen.is_locked() { Order::Unlock } else { Order::Lock }),
                    Key::Letter('t') => hosting.order(Order::NewRemote),
                    Key::Letter('x') => hosting.order(Order::RevokeRemote),
                    Key::Letter('k') => {
                        screen.ask_whom();
                        kicking = Some(String::new());
                    }
                    Key::Letter('e') if ended => hosting.order(Order::End),
                    Key::Letter('e') => {
                        screen.tell("Press e again to end the class here.");
                        ending = true;
                    }
                    Key::Letter('h' | '?') => screen.help(),
                    Key::Letter(_) | Key::Enter => {}
                }
            }
        }
    }
}
