//! Looking for a match that was left or killed, so that the title can offer to go on with it. Knows no Bevy.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::running::Loaded;
use crate::bank::Bank;
use crate::game::text;
use crate::platform::{Claim, MatchStore, age_of};
use crate::quiz::journal::{self, Summary, Unreadable};
use crate::quiz::{Match, Settings};

/// A journal larger than this is none of ours: the largest bank, and a million answers.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// A match that can go on, held by this window alone.
pub struct Saved {
    /// What the title tells of it.
    pub summary: Summary,
    /// How long ago it was last played.
    pub age: Duration,
    /// The game that was left before this one (a practice is an errand on the way), and is offered once this one is over.
    pub waits: Option<Summary>,
    pub(super) loaded: Loaded,
    pub(super) game: Match,
    pub(super) claim: Claim,
    pub(super) path: PathBuf,
    pub(super) whole_bytes: u64,
}

impl Saved {
    /// What is played, and how.
    #[must_use]
    pub fn plays(&self) -> (&Settings, &Bank) {
        (self.game.settings(), self.game.bank())
    }
}

/// What was found among the open matches.
#[derive(Default)]
pub struct Found {
    /// The one played last.
    pub saved: Option<Saved>,
    /// What the player should know, a sentence each.
    pub told: Vec<String>,
}

/// Reads the open matches, the last played first, until one can go on. What cannot be read is set aside, what is over is filed.
pub fn look(store: &MatchStore) -> Found {
    let mut found = Found::default();
    let paths = match store.open_matches() {
        Ok(paths) => paths,
        Err(error) => {
            found.told.push(text::saved_games_unreadable(&error.to_string()));
            return found;
        }
    };
    for path in paths {
        match open(&path) {
            Ok(saved) if saved.summary.finished => {
                drop(saved);
                // Left where it is, it is filed the next time.
                let _ = store.finished(&path);
            }
            Ok(saved) if found.saved.is_none() => found.saved = Some(saved),
            Ok(other) => {
                if let Some(saved) = &mut found.saved {
                    saved.waits = Some(other.summary);
                }
                break;
            }
            // Nobody needs that one now; it is told of when its turn comes.
            Err(_) if found.saved.is_some() => {}
            Err(Trouble::Kept(why)) => found.told.push(text::saved_game_not_opened(&why)),
            Err(Trouble::Unreadable(why)) => {
                let mark = if why == Unreadable::Newer { "newer" } else { "unreadable" };
                let now = store.set_aside(&path, mark).unwrap_or_else(|_| path.clone());
                found.told.push(text::saved_game_set_aside(&why.to_string(), &now));
            }
        }
    }
    found
}

/// Why a journal does not go on.
enum Trouble {
    /// It may be fine: the disk is not. It stays where it is.
    Kept(String),
    /// It is no journal of ours any more.
    Unreadable(Unreadable),
}

fn open(path: &Path) -> Result<Saved, Trouble> {
    let kept = |error: &dyn std::fmt::Display| Trouble::Kept(error.to_string());
    let age = age_of(path);
    // Claimed before it is read, so that no other window writes to it in between.
    let claim = Claim::open(path).map_err(|e| kept(&e))?;
    let bytes = claim.read(MOST_BYTES).map_err(|e| kept(&e))?;
    let replayed = journal::replay(&bytes).map_err(Trouble::Unreadable)?;
    let loaded = Loaded { bank: Arc::clone(replayed.game.bank()), text: replayed.bank_text };
    Ok(Saved {
        summary: journal::summary(&replayed.game),
        age,
        waits: None,
        loaded,
        game: replayed.game,
        claim,
        path: path.to_owned(),
        whole_bytes: replayed.whole_bytes as u64,
    })
}
