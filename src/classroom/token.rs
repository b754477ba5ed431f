//! Room codes and tokens. Uses SHA-256 and the system's randomness.
//!
//! A room has one secret of 256 random bits; every token is 128 bits of a hash of it, so that a restarted host knows them all again and
//! nobody can work one out from others.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bearer {
    /// A player's seat.
    Player(u32),
    /// The big screen.
    Projector,
    /// A teacher's phone; the number tells links apart, of which only the newest counts.
    Remote(u32),
    /// The teacher.
    Host,
}

impl Bearer {
    fn mark(self) -> String {
        match self {
            Self::Player(seat) => format!("p{seat}"),
            Self::Projector => "s".to_owned(),
            Self::Remote(link) => format!("r{link}"),
            Self::Host => "h".to_owned(),
        }
    }

    fn parse(mark: &str) -> Option<Self> {
        let number = |digits: &str| digits.parse().ok().filter(|n: &u32| n.to_string() == digits);
        match (mark.get(..1)?, mark.get(1..)?) {
            ("p", seat) => number(seat).map(Self::Player),
            ("r", link) => number(link).map(Self::Remote),
            ("s", "") => Some(Self::Projector),
            ("h", "") => Some(Self::Host),
            _ => None,
        }
    }
}

/// A room's secret. Shows itself to nobody who prints it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A fresh one.
    ///
    /// # Errors
    /// If the system has no randomness: no class then, since every token could be guessed.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// One for tests.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A bearer's token: who, a point, 32 hex digits.
    #[must_use]
    pub fn token(&self, bearer: Bearer) -> String {
        let mark = bearer.mark();
        let hash = Sha256::new().chain_update(self.0).chain_update(b"roundtable token ").chain_update(&mark).finalize();
        format!("{mark}.{}", hex(&hash[..16]))
    }

    /// Whose token this is, if it is one of this room.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Option<Bearer> {
        let (mark, _) = token.split_once('.')?;
        let bearer = Bearer::parse(mark)?;
        bool::from(self.token(bearer).as_bytes().ct_eq(token.as_bytes())).then_some(bearer)
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl From<Secret> for String {
    fn from(secret: Secret) -> Self {
        hex(&secret.0)
    }
}

impl TryFrom<String> for Secret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err("not a secret");
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(|_| "not a secret")?;
        }
        Ok(Self(bytes))
    }
}

/// A room's code: six digits, for people to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomCode(u32);

impl RoomCode {
    /// A fresh one.
    ///
    /// # Errors
    /// If the system has no randomness.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        // The few numbers beyond the last whole million would make some codes likelier.
        const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
        loop {
            let number = getrandom::u32()?;
            if number < FAIR {
                return Ok(Self(number % 1_000_000));
            }
        }
    }

    /// Six digits, with spaces anywhere.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).take(7).collect();
        (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| digits.parse().ok().map(Self))?
    }

    /// Whether somebody typed this code. Takes the same time wherever it differs.
    #[must_use]
    pub fn is(self, typed: &str) -> bool {
        Self::parse(typed).is_some_and(|typed| typed.0.ct_eq(&self.0).into())
    }

    /// In two groups of three, for reading out.
    #[must_use]
    pub fn spoken(self) -> String {
        format!("{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl fmt::Display for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}
