//! What stands behind the `?` of a link to a game: which questions, by which game code, and a score to beat.
//!
//! Pure: text in, wishes out, and back. A link is a stranger's: what cannot be read is listed, and the rest still holds. Nothing in it is more
//! than the player could choose by hand.
//!
//! | name | says | example |
//! |---|---|---|
//! | `bank` | where a question file lies | `https://example.org/rivers.ron` |
//! | `of` | the id of the question file, if it is not the first inside the program | `alliance-beyond` |
//! | `seed` | the game code | `K7-QMP` |
//! | `rounds` | round ids, in the order of play; without it, all | `founding,ukraine` |
//! | `each` | questions a round, or `all` | `5` |
//! | `beat` | questions right, the score to beat | `15.5` |

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::bank::Bank;
use crate::quiz::Settings;
use crate::rules::{CodeError, GameCode};

/// What may stand in a link as it is. (A comma, too: it has no meaning of its own in what comes after the `?`.)
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',').remove(b':').remove(b'/');

/// Longer than any link of ours, in bytes: the longest address that browsers promise to keep.
const LONGEST: usize = 8192;
/// The most rounds that are listened to.
const MOST_ROUNDS: usize = 100;

/// How many questions a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Each {
    /// All of them.
    All,
    /// At most so many.
    Most(u16),
}

impl Each {
    /// As the settings of a match say it.
    #[must_use]
    pub const fn per_round(self) -> Option<u16> {
        match self {
            Self::All => None,
            Self::Most(most) => Some(most),
        }
    }
}

/// What a link wishes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// Where a question file lies.
    pub bank: Option<String>,
    /// The id of the question file.
    pub of: Option<String>,
    /// The game code.
    pub code: Option<GameCode>,
    /// Round ids in the order of play; none means every round.
    pub rounds: Vec<String>,
    /// Questions a round.
    pub each: Option<Each>,
    /// The score to beat, in thousandths of a question.
    pub beat: Option<u32>,
    /// What could not be read.
    pub wrong: Vec<Wrong>,
}

/// What could not be read, as it stands in the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The game code, and why it is none.
    Code(String, CodeError),
    /// Questions a round.
    Each(String),
    /// The score to beat.
    Beat(String),
    /// More than a link of ours can be.
    TooLong,
}

impl Wishes {
    /// Reads what stands behind the `?`, with or without it. Names that are none of ours are a page's own business. Of two of a name the first
    /// counts.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let mut wishes = Self::default();
        if query.len() > LONGEST {
            wishes.wrong.push(Wrong::TooLong);
            return wishes;
        }
        let mut heard: Vec<String> = Vec::new();
        for pair in query.strip_prefix('?').unwrap_or(query).split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name), decode(value));
            let value = value.trim();
            if value.is_empty() || heard.contains(&name) {
                continue;
            }
            match name.as_str() {
                "bank" => wishes.bank = Some(value.to_owned()),
                "of" => wishes.of = Some(value.to_owned()),
                "seed" => match GameCode::parse(value) {
                    Ok(code) => wishes.code = Some(code),
                    Err(why) => wishes.wrong.push(Wrong::Code(value.to_owned(), why)),
                },
                "rounds" => {
                    for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()).take(MOST_ROUNDS) {
                        // A round is played once.
                        if !wishes.rounds.iter().any(|other| other == id) {
                            wishes.rounds.push(id.to_owned());
                        }
                    }
                }
                "each" => match (value, value.parse()) {
                    ("all", _) => wishes.each = Some(Each::All),
                    (_, Ok(most @ 1..)) => wishes.each = Some(Each::Most(most)),
                    _ => wishes.wrong.push(Wrong::Each(value.to_owned())),
                },
                "beat" => match thousandths(value) {
                    Some(credit) => wishes.beat = Some(credit),
                    None => wishes.wrong.push(Wrong::Beat(value.to_owned())),
                },
                _ => continue,
            }
            heard.push(name);
        }
        wishes
    }

    /// What stands behind the `?`, without it.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut say = |name: &str, value: &str| {
            let between = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{between}{name}={}", utf8_percent_encode(value, ESCAPED));
        };
        if let Some(bank) = &self.bank {
            say("bank", bank);
        }
        if let Some(of) = &self.of {
            say("of", of);
        }
        if let Some(code) = self.code {
            say("seed", &code.to_string());
        }
        if !self.rounds.is_empty() {
            say("rounds", &self.rounds.join(","));
        }
        match self.each {
            None => {}
            Some(Each::All) => say("each", "all"),
            Some(Each::Most(most)) => say("each", &most.to_string()),
        }
        if let Some(beat) = self.beat {
            say("beat", &decimal(beat));
        }
        query
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whoever plays this match again plays the same questions. `None` if no link can say so: no game code, or questions chosen one by one.
    #[must_use]
    pub fn of_match(settings: &Settings, bank: &Bank, first: &str) -> Option<Self> {
        let code = settings.code.filter(|_| settings.only.is_empty())?;
        let all = bank.rounds.iter().map(|round| &round.id).eq(&settings.rounds);
        Some(Self {
            of: (bank.id != first).then(|| bank.id.clone()),
            code: Some(code),
            rounds: if all { Vec::new() } else { settings.rounds.clone() },
            each: Some(settings.per_round.map_or(Each::All, Each::Most)),
            ..Self::default()
        })
    }

    /// Whether a match plays the questions of this link, so that its score can be set beside the one to beat. `first` is the question file that is
    /// meant where none is named.
    #[must_use]
    pub fn is_of(&self, settings: &Settings, bank: &Bank, first: &str) -> bool {
        let plain = |wishes: &Self| Self { bank: None, beat: None, wrong: Vec::new(), ..wishes.clone() };
        let mut mine = plain(self);
        if self.bank.is_some() {
            // A file from elsewhere, whatever it calls itself.
            mine.of = (bank.id != first).then(|| bank.id.clone());
        }
        // In the order of the file, as they are played; rounds that it does not have were never on offer.
        let known = bank.rounds.iter().map(|round| round.id.clone()).filter(|id| mine.rounds.contains(id));
        mine.rounds = known.collect();
        if mine.rounds.len() == bank.rounds.len() {
            mine.rounds.clear();
        }
        Self::of_match(settings, bank, first).is_some_and(|its| plain(&its) == mine)
    }
}

fn decode(part: &str) -> String {
    percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// "15.5" is 15500. Whoever types it may use a comma.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 6) || !digits(part, 3) {
        return None;
    }
    format!("{whole}{part:0<3}").parse().ok()
}

fn decimal(thousandths: u32) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
