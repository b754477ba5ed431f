//! The game code: a seed short enough to read out loud.
//!
//! Uses nothing of ours. Two people who type the same code into the same bank play the same match, on any machine.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Everything that chance decides in a match follows from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub [u8; 32]);

/// A code such as `K7-QMP`: 25 bits in Crockford's base 32 (no I, L, O, U).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GameCode(u32);

/// Why a text is no game code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Not five characters, hyphens and spaces aside.
    Length,
    /// A character that no code has.
    Character(char),
}

/// Crockford's alphabet, <https://www.crockford.com/base32.html>.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters in a code, five bits each, the highest first.
const LENGTH: usize = 5;

impl GameCode {
    /// The code of the lowest 25 bits.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & 0x01ff_ffff)
    }

    /// The 25 bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Reads a code; case, hyphens, spaces and look-alikes (O, I, L) do not matter.
    ///
    /// # Errors
    /// [`CodeError`] if it cannot be one; a foreign character is named before a wrong length.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut bits = 0_u32;
        let mut length = 0_usize;
        for c in text.chars() {
            // Keyboards and word processors turn a hyphen into other dashes.
            if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}') {
                continue;
            }
            let digit = match c.to_ascii_uppercase() {
                'O' => 0,
                'I' | 'L' => 1,
                upper => {
                    (0_u32..).zip(ALPHABET).find(|&(_, &a)| char::from(a) == upper).ok_or(CodeError::Character(c))?.0
                }
            };
            length += 1;
            if length <= LENGTH {
                bits = bits << 5 | digit;
            }
        }
        if length == LENGTH { Ok(Self(bits)) } else { Err(CodeError::Length) }
    }

    /// The seed it stands for: the SHA-256 of `roundtable game code 1` and the code as it is displayed.
    ///
    /// `printf 'roundtable game code 1K7-QMP' | sha256sum` gives the same.
    #[must_use]
    pub fn seed(self) -> Seed {
        Seed(Sha256::new().chain_update("roundtable game code 1").chain_update(self.to_string()).finalize().into())
    }
}

impl fmt::Display for GameCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let characters: String =
            [20, 15, 10, 5, 0].iter().map(|shift| char::from(ALPHABET[(self.0 >> shift & 31) as usize])).collect();
        let (head, tail) = characters.split_at(2);
        // `pad`, so that a width asked for is kept.
        f.pad(&format!("{head}-{tail}"))
    }
}

impl From<GameCode> for String {
    fn from(code: GameCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for GameCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl std::str::FromStr for GameCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("A game code has five letters and digits, such as K7-QMP."),
            Self::Character(c) => {
                write!(f, "No game code has the character “{}”: only digits and letters without U.", c.escape_debug())
            }
        }
    }
}

impl std::error::Error for CodeError {}
