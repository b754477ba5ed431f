//! What the terminal shows: how to join, and how the class stands. A line is written when something has changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::classroom::address::{Address, addresses, url};
use crate::classroom::hosting::{Closed, Hosting};
use crate::classroom::page;
use crate::classroom::room::Snapshot;
use crate::quiz::{Goal, QuestionView, Ring, Stage, View};

const KEYS: &str = "Keys: n next, p pause or go on, r reveal, s skip, c close and talk, v vote again, u undo, l lock, k kick, m another name, \
    w more time, o take a question out, y another key, t link for a remote, x revoke it, e end, a again with the hardest questions, \
    d delete this class, q leave (the class can go on later), h help";

/// The terminal.
pub struct Screen<'a, W> {
    out: &'a mut W,
    /// Whether a line can be written over.
    live: bool,
    last: Option<Snapshot>,
    said: String,
    counts: String,
    base: String,
    /// The questions that have been told, by number.
    asked: BTreeMap<u32, Arc<QuestionView>>,
    matches: u32,
}

impl<'a, W: Write> Screen<'a, W> {
    pub fn new(out: &'a mut W, live: bool) -> Self {
        Self {
            out,
            live,
            last: None,
            said: String::new(),
            counts: String::new(),
            base: String::new(),
            asked: BTreeMap::new(),
            matches: 1,
        }
    }

    /// How to join.
    pub fn opened(&mut self, title: &str, hosting: &Hosting, bound: Option<IpAddr>, room: Option<u64>, asked: u16) {
        let Some(at) = hosting.address() else { return };
        let found: Vec<Address> = match bound.filter(|ip| !ip.is_unspecified()) {
            Some(ip) => vec![Address { ip, card: String::new() }],
            None => addresses().into_iter().filter(|address| address.ip.is_ipv4() || at.is_ipv6()).collect(),
        };
        let code = hosting.code;
        self.tell(&format!("{title}: the class is open."));
        if let Some(first) = found.first() {
            self.base = url(first.ip, at.port(), "");
            let link = url(first.ip, at.port(), &format!("/r/{code}"));
            if let Some(picture) = qr(&link) {
                self.tell(&picture);
            }
            self.tell(&format!("Join at {}   Room code {}", self.base, code.spoken()));
            for other in found.iter().skip(1) {
                self.tell(&format!("   or at {} ({})", url(other.ip, at.port(), ""), other.card));
            }
            self.tell(&format!(
                "Big screen: {}",
                url(first.ip, at.port(), &format!("/screen#{}", hosting.screen_token))
            ));
            self.tell("If nobody can connect: phones and this computer must be in the same network, and its firewall must let this port in.");
        } else {
            self.base = url(IpAddr::from([127, 0, 0, 1]), at.port(), "");
            self.tell(&format!(
                "There is no network: join a Wi-Fi, or open a hotspot on this computer. From here: {} Room code {}",
                self.base,
                code.spoken()
            ));
        }
        if let Some(room) = room.filter(|room| *room < u64::from(asked)) {
            self.tell(&format!(
                "The system lets about {room} students connect at once; raise its limit of open files for more."
            ));
        }
        self.help();
    }

    pub fn help(&mut self) {
        self.tell(KEYS);
    }

    pub fn tell(&mut self, line: &str) {
        let clear = if self.live { "\r\x1b[K" } else { "" };
        // If the terminal is gone the class goes on.
        let _ = writeln!(self.out, "{clear}{line}");
        self.counts.clear();
        let _ = self.out.flush();
    }

    pub fn closed(&mut self, left: &Closed) {
        if !left.over {
            self.tell("The class is saved. `roundtable host --resume` goes on with it.");
        }
        for journal in &left.journals {
            self.tell(&format!("Kept: {}", journal.display()));
        }
        for report in left.reports.iter().filter(|path| path.extension().is_some_and(|end| end == "html")) {
            self.tell(&format!("Report, with tables beside it: {}", report.display()));
        }
        if let Some(trouble) = &left.trouble {
            self.tell(&trouble.to_string());
        }
        if let Some(journal) = left.journals.first() {
            self.tell(&format!("`roundtable report --delete {}` deletes the class.", journal.display()));
        }
    }

    pub fn deleted(&mut self, files: usize) {
        self.tell(&format!("The class is deleted: {files} files."));
    }

    /// A question that has been told.
    pub fn asked(&self, number: u32) -> Option<Arc<QuestionView>> {
        self.asked.get(&number).cloned()
    }

    /// What has been typed of a line.
    pub fn typed(&mut self, line: &str) {
        if self.live {
            let shown: String = line.chars().filter(|c| !c.is_control()).collect();
            let _ = write!(self.out, "\r\x1b[K> {shown}");
            let _ = self.out.flush();
            self.counts.clear();
        }
    }

    pub fn is_paused(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.host.paused.is_some())
    }

    pub fn is_locked(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.locked)
    }

    /// Lists everybody by number; false if nobody is there.
    pub fn list_people(&mut self) -> bool {
        let people: Vec<String> = self
            .last
            .iter()
            .flat_map(|last| last.people.iter())
            .map(|person| format!("{} {}", person.player + 1, person.name))
            .collect();
        let listed = people.join(", ");
        let nobody = people.is_empty();
        self.tell(if nobody { "Nobody has joined." } else { &listed });
        !nobody
    }

    /// What has changed.
    pub fn show(&mut self, now: Snapshot) {
        if let Some(trouble) = &now.trouble
            && self.last.as_ref().is_none_or(|last| last.trouble != now.trouble)
        {
            self.tell(&format!("Answers are not being saved: {trouble} They are kept in memory and tried again."));
        }
        if let Some(why) = now.reply
            && self.last.as_ref().is_none_or(|last| last.reply != now.reply)
        {
            self.tell(page::why(why));
        }
        if now.remote != self.last.as_ref().and_then(|last| last.remote.clone()) {
            match &now.remote {
                Some(path) => {
                    let link = format!("{}{path}", self.base);
                    let picture = qr(&link).unwrap_or_default();
                    self.tell(&format!("{picture}\nRemote, for your own phone alone: {link}"));
                }
                None => self.tell("The remote's link is worth nothing any more."),
            }
        }
        if now.matches != self.matches {
            self.matches = now.matches;
            self.asked.clear();
            self.tell("Once more, with the hardest questions first. Everybody keeps their seat.");
        }
        if let (Some(question), Some(_)) = (&now.host.shown.question, &now.host.shown.reveal) {
            self.asked.insert(question.number, Arc::clone(question));
        }
        let said = headline(&now);
        if said != self.said {
            self.tell(&said);
            self.said = said;
        }
        let counts = counts(&now);
        if self.live && counts != self.counts {
            let _ = write!(self.out, "\r\x1b[K{counts}");
            let _ = self.out.flush();
            self.counts = counts;
        }
        self.last = Some(now);
    }
}

fn counts(now: &Snapshot) -> String {
    let here = now.people.iter().filter(|person| person.here).count();
    let shown = &now.projector.shown;
    let mut line = format!("{here} of {} here", now.people.len());
    if now.host.stage == Stage::Asking {
        let _ = write!(line, ", {} of {} have answered", shown.answered, shown.expected);
    }
    line
}

fn headline(now: &Snapshot) -> String {
    let view: &View = &now.host;
    let shown = &view.shown;
    let progress = &shown.progress;
    let mut line = match view.stage {
        Stage::Lobby => "In the lobby. n starts.".to_owned(),
        Stage::RoundIntro => format!(
            "Round {} of {}: {}",
            progress.round,
            progress.rounds,
            shown.intro.as_ref().map_or("", |intro| &intro.title)
        ),
        Stage::Asking if shown.held => match &view.held {
            Some(tally) => {
                let share = (100 * tally.right).checked_div(tally.answers).unwrap_or(0);
                let advice =
                    if now.offer.is_some() { " Let them talk to a neighbour, then v: vote again." } else { "" };
                format!(
                    "Question {}: {} of {} right ({share} %).{advice} r tells the answer.",
                    progress.question, tally.right, tally.answers
                )
            }
            None => format!("Question {} is closed.", progress.question),
        },
        Stage::Asking => format!(
            "Question {} of {}: {}",
            progress.question,
            progress.questions,
            shown.question.as_ref().map_or("", |question| &question.stem)
        ),
        Stage::Feedback => match (&shown.reveal, &shown.tally) {
            (Some(reveal), Some(tally)) => {
                let before = tally.before.map_or_else(String::new, |(right, answers)| {
                    let learned = now.gain.map_or_else(String::new, |gain| {
                        format!("; {} learned it, {} lost it", gain.learned, gain.lost)
                    });
                    format!(" (before the talk {right} of {answers}{learned})")
                });
                let ring = shown.goal.map_or_else(String::new, |goal| format!(" {}", together(goal)));
                format!("Answer: {}. {} of {} right{before}.{ring}", reveal.key_text, tally.right, tally.answers)
            }
            _ => "Answer.".to_owned(),
        },
        Stage::Standings => shown.goal.map_or_else(|| "Standings.".to_owned(), together),
        Stage::Finished => {
            let ring = shown.goal.map_or_else(String::new, |goal| format!(" {}", together(goal)));
            format!("The class is over.{ring} q closes it and saves the report, a plays the hardest questions again.")
        }
    };
    if let Some(reason) = view.paused {
        use crate::quiz::PauseReason::{Player, Restarted, Sleep, Teacher};
        line.push_str(match reason {
            Player | Teacher => " Paused: p goes on.",
            Sleep => " Paused, because this computer slept: p goes on.",
            Restarted => " The class is back: p goes on with it.",
        });
    }
    if now.locked {
        line.push_str(" Locked.");
    }
    line
}

/// "Together 75 % of the seats are filled; the goal is 80 %."
fn together(ring: Ring) -> String {
    let goal = match ring.goal {
        Goal::Fill(share) => format!("the goal is {} %", share / 10),
        Goal::Beat(share) => format!("the last class filled {} %", share / 10),
    };
    let reached = if ring.reached { "Reached! " } else { "" };
    format!("{reached}Together {} % of the seats are filled; {goal}.", ring.filled / 10)
}

/// A QR code in half blocks, two modules high, with its quiet zone; dark modules are spaces on a light ground, as terminals may have
/// either.
fn qr(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let quiet = 2;
    let size = code.size();
    let dark = |x: i32, y: i32| code.get_module(x, y);
    let mut picture = String::new();
    let mut y = -quiet;
    while y < size + quiet {
        if !picture.is_empty() {
            picture.push('\n');
        }
        picture.push_str("\x1b[30;47m");
        for x in -quiet..size + quiet {
            picture.push(match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        picture.push_str("\x1b[0m");
        y += 2;
    }
    Some(picture)
}
