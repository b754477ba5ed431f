//! The journal: every accepted command and every change made by the clock, in order, as lines of text; and replay.
//!
//! A line is the CRC-32 of the JSON that follows it, as eight hex digits, a space, the JSON and a line feed. The first line is the header:
//! it embeds the bank, so that an edited bank cannot change an old match. Every later line is one record, numbered from 1.

use std::fmt::Write as _;
use std::sync::Arc;

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::world::Input;
use super::{Command, Match, PauseReason, Play, Seat, Settings, Stage, Stamp};
use crate::bank::{self, Bank};
use crate::rules::{DRAW, RULES};

/// The newest version of the journal's own format that this program reads: 1 is everything but teams; 2 adds teams, with
/// [`Command::Buzz`], [`Command::Adjust`] and verdicts that can be taken back. A new journal names the oldest version that has all of it.
pub const JOURNAL: u32 = 2;

/// A change made by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tick {
    /// The question's time is up.
    TimeUp,
    /// Everybody who may answer has, durably.
    AllAnswered,
    /// A stage went on by itself.
    WentOn,
    /// Whoever had buzzed did not answer in time.
    BuzzUp {
        /// Who.
        player: u32,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// Somebody asked for it.
    Command(Command),
    /// Time passed.
    Clock(Tick),
}

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// From 1, without gaps.
    pub n: u64,
    /// When, on the match's clock.
    pub at: Stamp,
    /// What.
    pub event: Event,
    /// Answers only: milliseconds since the question was asked, pauses left out. Speed scoring counts with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_ms: Option<u64>,
    /// Answers only: milliseconds that the way to this computer took, already taken off `elapsed_ms`. Measured here, never told by
    /// whoever answers.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lag_ms: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(ms: &u32) -> bool {
    *ms == 0
}

/// The first line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Up to [`JOURNAL`]; first, so that a newer one is known as such.
    pub journal: u32,
    /// [`RULES`] at the time.
    pub rules: u32,
    /// [`DRAW`] at the time.
    pub draw: u32,
    /// What was agreed, the seed among it.
    pub settings: Settings,
    /// SHA-256 of the bank's text, in hex.
    pub bank_sha256: String,
    /// The bank's text, whole.
    pub bank: String,
}

impl Header {
    /// The header of a new match.
    #[must_use]
    pub fn new(bank_text: &str, settings: &Settings) -> Self {
        Self {
            journal: if settings.play == Play::Together { 1 } else { JOURNAL },
            rules: RULES,
            draw: DRAW,
            settings: settings.clone(),
            bank_sha256: sha256_hex(bank_text.as_bytes()),
            bank: bank_text.to_owned(),
        }
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Records in memory, and the lines that nobody has taken yet.
#[derive(Resource)]
pub(super) struct Journal {
    records: Vec<Record>,
    /// UTF-8 throughout; bytes, because the writer of JSON wants them.
    lines: Vec<u8>,
}

impl Journal {
    pub fn begin(header: &Header) -> Self {
        let mut journal = Self { records: Vec::new(), lines: Vec::new() };
        write_line(&mut journal.lines, header);
        journal
    }

    /// A journal that goes on: what was replayed is on disk already.
    pub fn resumed() -> Self {
        Self { records: Vec::new(), lines: Vec::new() }
    }

    pub fn push(&mut self, event: Event, at: Stamp, elapsed_ms: Option<u64>, lag_ms: u32) -> u64 {
        let record = Record { n: self.records.len() as u64 + 1, at, event, elapsed_ms, lag_ms };
        write_line(&mut self.lines, &record);
        self.records.push(record);
        self.records.len() as u64
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    pub fn take_lines(&mut self) -> Option<(u64, String)> {
        let lines = String::from_utf8(std::mem::take(&mut self.lines)).ok()?;
        (!lines.is_empty()).then_some((self.records.len() as u64, lines))
    }
}

fn write_line(lines: &mut Vec<u8>, what: &impl Serialize) {
    let start = lines.len();
    lines.extend_from_slice(b"00000000 ");
    // Strings, numbers and enums into memory: nothing here can fail.
    let _ = serde_json::to_writer(&mut *lines, what);
    let sum = crc32fast::hash(&lines[start + 9..]);
    for (digit, byte) in lines[start..start + 8].iter_mut().enumerate() {
        *byte = b"0123456789abcdef"[(sum >> (28 - 4 * digit) & 15) as usize];
    }
    lines.push(b'\n');
}

/// The JSON of a whole, undamaged line (without its line feed).
fn read_line(line: &[u8]) -> Option<&[u8]> {
    let (sum, json) = line.split_at_checked(9)?;
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?.strip_suffix(' ')?, 16).ok()?;
    (crc32fast::hash(json) == sum).then_some(json)
}

/// A match rebuilt from its journal.
pub struct Replayed {
    /// Paused with [`PauseReason::Restarted`] if it was in a stage that can be paused and was not paused already.
    pub game: Match,
    /// The embedded bank's text, so that it can be played again whatever became of the file.
    pub bank_text: Arc<str>,
    /// Bytes of the journal that hold whole records: cut the file here before appending.
    pub whole_bytes: usize,
    /// Whether something after that was torn.
    pub torn: bool,
}

/// Why a journal cannot be replayed. The file should be kept aside and the player told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a journal, or its header is damaged.
    NotAJournal,
    /// Written by a newer version.
    Newer,
    /// A record in the middle is damaged, or contradicts the ones before it.
    Damaged {
        /// Its number.
        record: u64,
    },
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAJournal => f.write_str("The saved game cannot be read: its beginning is missing or damaged."),
            Self::Newer => f.write_str("The saved game was made by a newer version of Roundtable."),
            Self::Damaged { record } => write!(f, "The saved game is damaged at entry {record}."),
        }
    }
}

/// Rebuilds a match to the point.
///
/// # Errors
/// See [`Unreadable`]. A torn *last* line is no error and costs only itself.
pub fn replay(bytes: &[u8]) -> Result<Replayed, Unreadable> {
    let mut replayed = replay_as_is(bytes)?;
    let at = replayed.game.last_stamp();
    // Refused in the lobby, at the end, and where a pause stands already.
    let _ = replayed.game.submit(Command::Pause { reason: PauseReason::Restarted }, at);
    Ok(replayed)
}

/// Rebuilds a match without adding anything: for reports, oracles and tests.
///
/// # Errors
/// As [`replay`].
pub fn replay_as_is(bytes: &[u8]) -> Result<Replayed, Unreadable> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Unreadable::NotAJournal)?;
    let (bank, header) = read_header(&bytes[..end])?;
    let mut game = Match::with_journal(Arc::new(bank), header.settings, Journal::resumed());
    let mut whole_bytes = end + 1;
    let mut next = 1;
    while whole_bytes < bytes.len() {
        let rest = &bytes[whole_bytes..];
        let length = rest.iter().position(|byte| *byte == b'\n');
        let record = length.and_then(|length| serde_json::from_slice::<Record>(read_line(&rest[..length])?).ok());
        let (Some(length), Some(record)) = (length, record) else {
            let last = length.is_none_or(|length| length + 1 == rest.len());
            if last {
                break;
            }
            return Err(Unreadable::Damaged { record: next });
        };
        apply_record(&mut game, &record).map_err(|()| Unreadable::Damaged { record: next })?;
        whole_bytes += length + 1;
        next += 1;
    }
    game.forget_lines();
    game.durable(next - 1);
    Ok(Replayed { game, bank_text: header.bank.into(), whole_bytes, torn: whole_bytes < bytes.len() })
}

fn read_header(line: &[u8]) -> Result<(Bank, Header), Unreadable> {
    #[derive(Deserialize)]
    struct Versions {
        journal: u32,
        #[serde(default)]
        rules: u32,
        #[serde(default)]
        draw: u32,
    }
    let json = read_line(line).ok_or(Unreadable::NotAJournal)?;
    let versions: Versions = serde_json::from_slice(json).map_err(|_| Unreadable::NotAJournal)?;
    if versions.journal > JOURNAL || versions.rules > RULES || versions.draw > DRAW {
        return Err(Unreadable::Newer);
    }
    let header: Header = serde_json::from_slice(json).map_err(|_| Unreadable::NotAJournal)?;
    if sha256_hex(header.bank.as_bytes()) != header.bank_sha256 {
        return Err(Unreadable::NotAJournal);
    }
    let bank = bank::read(header.bank.as_bytes()).map_err(|_| Unreadable::NotAJournal)?;
    Ok((bank, header))
}

/// Applies one record; it must be accepted, have the next number and come out as it was written.
fn apply_record(game: &mut Match, record: &Record) -> Result<(), ()> {
    let input = match &record.event {
        Event::Command(command) => Input::Command(command.clone(), record.lag_ms),
        Event::Clock(tick) => Input::Clock(*tick),
    };
    game.input(input, record.at).map_err(|_| ())?;
    if game.journal().records().last() == Some(record) { Ok(()) } else { Err(()) }
}

/// What "Continue where you left off" tells of a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The bank's title.
    pub bank: String,
    /// The question last asked, and questions in all.
    pub question: (u32, u32),
    /// The first player's points.
    pub points: u32,
    /// How many teams play; 0 where players play for themselves.
    pub teams: u32,
    /// Whether it is over.
    pub finished: bool,
}

/// Summarises a match.
#[must_use]
pub fn summary(game: &Match) -> Summary {
    let view = game.view(Seat::Player(0), game.last_stamp());
    Summary {
        bank: view.shown.bank.clone(),
        question: (view.shown.progress.question, view.shown.progress.questions),
        points: view.you.map_or(0, |you| you.points),
        teams: if game.settings().play == Play::Together { 0 } else { game.seats() },
        finished: view.stage == Stage::Finished,
    }
}
