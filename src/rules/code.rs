//! The game code: a seed short enough to read out loud.

use serde::{Deserialize, Serialize};

/// Everything that chance decides in a match follows from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed(pub [u8; 32]);

/// A code such as `K7-QMP`: 25 bits in Crockford's base 32 (no I, L, O, U).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GameCode(u32);

/// Why a text is no game code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Not five characters, hyphens and spaces aside.
    Length,
    /// A character that no code has.
    Character(char),
}

impl GameCode {
    /// The code of the lowest 25 bits.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & 0x01ff_ffff)
    }

    /// Reads a code; case, hyphens, spaces and look-alikes (O, I, L) do not matter.
    ///
    /// # Errors
    /// [`CodeError`] if it cannot be one.
    pub fn parse(_text: &str) -> Result<Self, CodeError> {
        unimplemented!()
    }

    /// The seed it stands for, by SHA-256 with a label of its own.
    #[must_use]
    pub fn seed(self) -> Seed {
        unimplemented!()
    }
}
