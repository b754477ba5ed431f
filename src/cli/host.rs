//! `roundtable host`: a class without a window. QR code and address in the terminal, keys to lead it.

mod keys;
mod prompt;
mod screen;

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};

use self::keys::Key;
use self::prompt::{Line, Prompt};
use self::screen::Screen;
use super::banks::{self, Found};
use super::lesson;
use crate::bank::Bank;
use crate::classroom::hosting::{self, Hosting, Left, Plan};
use crate::classroom::protocol::Order;
use crate::classroom::room::{MOST_LAG_MS, Manner, Snapshot, Talk};
use crate::classroom::server::{Limits, raise_files};
use crate::platform::{DataDir, MatchStore};
use crate::quiz::{Goal, Settings, ShowStandings};
use crate::rules::{Pace, Scoring, Seed};

/// With `--auto`: how long an answer or a table is shown.
const AUTO_NEXT_MS: u64 = 12_000;

/// Host a class: students join with a browser, over the local network.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Args {
    /// The question file; or the name of one inside the program, such as `nato-explained`.
    #[arg(value_name = "BANK")]
    bank: Option<String>,
    /// Play the questions of this lesson alone (`roundtable lesson` makes one).
    #[arg(long, value_name = "NAME", conflicts_with = "per_round")]
    lesson: Option<String>,
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
    /// Which questions wait before they are told, so that the class can talk to its neighbours and vote again. (`--talk` alone is
    /// `--talk=always`.)
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_value_t = TalkArg::Split, default_missing_value = "always")]
    talk: TalkArg,
    /// What everybody does together, instead of being ranked: `fill` (80 % of the seats, by right answers), a percentage, or `beat` (more
    /// than the last class with these questions).
    #[arg(long, value_name = "GOAL", value_parser = goal)]
    goal: Option<GoalArg>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum TalkArg {
    /// Those that 30 to 70 % have right.
    Split,
    /// Every one.
    Always,
    /// None.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GoalArg {
    Fill(u16),
    Beat,
}

/// `fill`, `beat`, `75`, `75%`.
fn goal(text: &str) -> Result<GoalArg, String> {
    match text {
        "fill" => Ok(GoalArg::Fill(800)),
        "beat" => Ok(GoalArg::Beat),
        text => text
            .trim_end_matches('%')
            .trim_end()
            .parse::<u16>()
            .ok()
            .filter(|percent| (1..=100).contains(percent))
            .map(|percent| GoalArg::Fill(percent * 10))
            .ok_or_else(|| "write fill, beat, or a percentage from 1 to 100".to_owned()),
    }
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
    let data = DataDir::resolve(data_dir);
    let store = match data.clone().and_then(|dir| MatchStore::classes(&dir)) {
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
            let ((bank, bank_text), settings) = chosen_questions(args, data.ok().as_ref())?;
            let settings = Settings { goal: goal_of(args, store.as_ref(), &bank)?, ..settings };
            let title = bank.title.clone();
            let listener = hosting::listen(args.bind).map_err(|error| error.to_string())?;
            let plan = Plan { settings, manner: manner(args), bank, bank_text };
            (hosting::open(store, plan, listener, Limits::default(), watch).map_err(|error| error.to_string())?, title)
        }
    };
    let mut screen = Screen::new(out, std::io::stdout().is_terminal());
    screen.opened(&title, &hosting, args.bind.map(|at| at.ip()), files.players(), args.players);
    let end = lead(&hosting, &queue, &mut screen);
    let told = match end {
        End::Close => {
            screen.closed(&hosting.close());
            Ok(())
        }
        End::Delete => hosting.delete().map(|gone| screen.deleted(gone.len())).map_err(|error| error.to_string()),
    };
    drop(typed);
    told
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
    if args.resume || args.auto || args.bank.is_none() && args.lesson.is_none() || !std::io::stdin().is_terminal() {
        return Some(left);
    }
    let _ = writeln!(out, "Press c to continue it, n to begin a new one (the old one is kept).");
    let _ = out.flush();
    for input in queue {
        match input {
            Input::Closed => return Some(left),
            Input::Key(Key::Quit) => return None,
            Input::Key(key) => match key.letter() {
                Some('c') => return Some(left),
                Some('n') => return None,
                _ => {}
            },
            Input::Shown(_) => {}
        }
    }
    Some(left)
}

/// The question file, and what is agreed: a lesson's questions alone, if one is named.
fn chosen_questions(args: &Args, data: Option<&DataDir>) -> Result<(Found, Settings), String> {
    let settings = settings(args)?;
    let Some(name) = &args.lesson else {
        let name = args.bank.as_deref().ok_or("Name a question file, such as `roundtable host nato-explained`.")?;
        return Ok((banks::named(name)?, settings));
    };
    let data = data.ok_or("There is no data directory, so no lesson is kept.")?;
    let (lesson, found) = lesson::find(name, args.bank.as_deref(), data)?;
    let settings = lesson.settings(&found.0, settings).map_err(|error| error.to_string())?;
    Ok((found, settings))
}

fn goal_of(args: &Args, store: Option<&MatchStore>, bank: &Bank) -> Result<Option<Goal>, String> {
    Ok(match args.goal {
        None => None,
        Some(GoalArg::Fill(share)) => Some(Goal::Fill(share)),
        Some(GoalArg::Beat) => {
            let last = store.and_then(|store| hosting::last_ring(store, &bank.id));
            let last = last
                .ok_or("No class with these questions has been finished, so there is no ring to beat: --goal fill")?;
            Some(Goal::Beat(last))
        }
    })
}

fn manner(args: &Args) -> Manner {
    let talk = if args.talk == TalkArg::Split { Talk::WhenSplit } else { Talk::Always };
    Manner { own_names: args.own_names, auto: args.auto, talk }
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
        hold: args.talk != TalkArg::Never && !args.auto,
        ..Settings::solo(Seed(seed))
    })
}

/// How the host leaves.
enum End {
    Close,
    Delete,
}

/// Keys to orders, pictures to lines, until the class is closed.
fn lead(hosting: &Hosting, queue: &Receiver<Input>, screen: &mut Screen<'_, impl Write>) -> End {
    let mut prompt: Option<Prompt> = None;
    let mut ending = false;
    for input in queue {
        let key = match input {
            Input::Shown(snapshot) => {
                screen.show(*snapshot);
                continue;
            }
            Input::Closed => continue,
            Input::Key(key) => key,
        };
        if let Some(mut open) = prompt.take() {
            match key {
                Key::Byte(byte) => {
                    screen.typed(&open.take(byte));
                    prompt = Some(open);
                }
                Key::Enter => match open.done(|question| screen.asked(question)) {
                    Line::Order(order) => hosting.order(order),
                    Line::Then(next, sentence) => {
                        screen.tell(&sentence);
                        prompt = Some(next);
                    }
                    Line::Delete => return End::Delete,
                    Line::Nothing(why) => screen.tell(why),
                },
                Key::Escape | Key::Quit => screen.tell("Nothing is changed."),
            }
            continue;
        }
        let ended = std::mem::take(&mut ending);
        let mut ask = |(open, sentence): (Prompt, &str), list: bool, screen: &mut Screen<'_, _>| {
            if list && !screen.list_people() {
                return;
            }
            screen.tell(sentence);
            prompt = Some(open);
        };
        match key.letter() {
            None if key == Key::Quit => return End::Close,
            Some('q') => return End::Close,
            Some('n' | ' ') => hosting.order(Order::Next),
            Some('p') => hosting.order(if screen.is_paused() { Order::Resume } else { Order::Pause }),
            Some('r') => hosting.order(Order::Reveal),
            Some('c') => hosting.order(Order::Close),
            Some('v') => hosting.order(Order::Revote),
            Some('s') => hosting.order(Order::Skip),
            Some('u') => hosting.order(Order::Undo),
            Some('l') => hosting.order(if screen.is_locked() { Order::Unlock } else { Order::Lock }),
            Some('t') => hosting.order(Order::NewRemote),
            Some('x') => hosting.order(Order::RevokeRemote),
            Some('a') => hosting.order(Order::Rematch),
            Some('k') => ask(Prompt::kick(), true, screen),
            Some('m') => ask(Prompt::rename(), true, screen),
            Some('w') => ask(Prompt::extra(), true, screen),
            Some('o') => ask(Prompt::void(), false, screen),
            Some('y') => ask(Prompt::key(), false, screen),
            Some('d') => ask(Prompt::delete(), false, screen),
            Some('e') if ended => hosting.order(Order::End),
            Some('e') => {
                screen.tell("Press e again to end the class here.");
                ending = true;
            }
            Some('h' | '?') => screen.help(),
            _ => {}
        }
    }
    End::Close
}
