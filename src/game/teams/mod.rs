//! Teams on one screen: who they are, what they press, and what their match shows of them.
//!
//! - [`Teams`]: the set-up, kept between runs
//! - [`presses`]: keys and pad buttons that buzz
//! - [`Lineup`]: the teams of the match on screen

mod lineup;
pub mod pads;
pub mod presses;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

pub use lineup::{Line, Lineup, Part};
pub use pads::PadButton;

use super::focus::Shortcut;
use super::kept::{self, Files, Label};
use super::text::teams as words;
use super::theme::SLOTS;
use crate::quiz::{Play, Settings};

/// The fewest teams.
pub const FEWEST: usize = 2;
/// The most: as many as there are colours and shapes.
pub const MOST: usize = SLOTS;
/// The most characters of a team's name: it stands on a plate of an eighth of the window.
pub const NAME_CHARS: usize = 16;

/// The file.
const FILE: Label = Label { what: "teams", format: 1, file: "teams.json" };
/// Keys far from each other on most keyboards, and none that the game itself uses.
const KEYS: [char; MOST] = ['Q', 'P', 'Z', 'M', 'W', 'O', 'X', 'N'];

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// 1 to [`NAME_CHARS`] characters.
    pub name: String,
    /// Which of the eight colours and shapes.
    pub slot: usize,
    /// The key that buzzes.
    pub key: char,
    /// The button of a gamepad that buzzes, too.
    #[serde(default)]
    pub pad: Option<PadButton>,
}

/// The set-up. All eight are kept; the first [`Teams::count`] play.
#[derive(Resource, Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Teams {
    all: Vec<Team>,
    count: usize,
    buzz: bool,
}

impl Default for Teams {
    fn default() -> Self {
        let team =
            |index: usize| Team { name: words::NAMES[index].to_owned(), slot: index, key: KEYS[index], pad: None };
        Self { all: (0..MOST).map(team).collect(), count: 4, buzz: true }
    }
}

/// Why a choice is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotThat {
    /// Another team has it already.
    Taken(String),
    /// The game itself uses this key.
    Used(char),
    /// No single key that can be shown.
    NoKey,
    /// No name is left, or it is too long.
    NoName,
    /// The main action of every screen.
    NoButton,
}

impl Teams {
    /// Those that play.
    #[must_use]
    pub fn playing(&self) -> &[Team] {
        &self.all[..self.count]
    }

    /// How many play.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Another number of teams. Those who join have nothing that another has.
    pub fn set_count(&mut self, count: usize) {
        self.count = count.clamp(FEWEST, MOST);
        self.mend();
    }

    /// How they play.
    #[must_use]
    pub fn play(&self) -> Play {
        if self.buzz { Play::Buzz } else { Play::Turns }
    }

    /// Plays so from now on.
    pub fn set_play(&mut self, play: Play) {
        self.buzz = play == Play::Buzz;
    }

    /// The names of those that play.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.playing().iter().map(|team| team.name.clone()).collect()
    }

    /// The match that these teams play.
    #[must_use]
    pub fn settings(&self, settings: Settings) -> Settings {
        let looks = self.playing().iter().map(|team| u8::try_from(team.slot).unwrap_or(0)).collect();
        let max_players = u16::try_from(self.count).unwrap_or(8);
        Settings { play: self.play(), max_players, looks, ..settings }
    }

    fn others(&self, team: usize) -> impl Iterator<Item = &Team> {
        self.playing().iter().enumerate().filter(move |(index, _)| *index != team).map(|(_, other)| other)
    }

    /// Gives a team another name.
    ///
    /// # Errors
    /// Why not.
    pub fn rename(&mut self, team: usize, name: &str) -> Result<(), NotThat> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control) {
            return Err(NotThat::NoName);
        }
        if let Some(other) = self.others(team).find(|other| other.name.to_lowercase() == name.to_lowercase()) {
            return Err(NotThat::Taken(other.name.clone()));
        }
        name.clone_into(&mut self.all[team].name);
        Ok(())
    }

    /// Gives a team another colour and shape.
    ///
    /// # Errors
    /// Who has it.
    pub fn wear(&mut self, team: usize, slot: usize) -> Result<(), NotThat> {
        if let Some(other) = self.others(team).find(|other| other.slot == slot) {
            return Err(NotThat::Taken(other.name.clone()));
        }
        self.all[team].slot = slot;
        Ok(())
    }

    /// Gives a team another key.
    ///
    /// # Errors
    /// Why not: another team's, or the game's own.
    pub fn bind_key(&mut self, team: usize, key: &str) -> Result<(), NotThat> {
        let key = one_key(key).ok_or(NotThat::NoKey)?;
        if is_used(key) {
            return Err(NotThat::Used(key));
        }
        if let Some(other) = self.others(team).find(|other| other.key == key) {
            return Err(NotThat::Taken(other.name.clone()));
        }
        self.all[team].key = key;
        Ok(())
    }

    /// Gives a team a gamepad's button, or takes it away.
    ///
    /// # Errors
    /// Who has it.
    pub fn bind_pad(&mut self, team: usize, pad: Option<PadButton>) -> Result<(), NotThat> {
        if pad.is_some()
            && let Some(other) = self.others(team).find(|other| other.pad == pad)
        {
            return Err(NotThat::Taken(other.name.clone()));
        }
        self.all[team].pad = pad;
        Ok(())
    }

    /// Which of those that play this key is.
    #[must_use]
    pub fn by_key(&self, typed: &str) -> Option<usize> {
        let key = one_key(typed)?;
        self.playing().iter().position(|team| team.key == key)
    }

    /// Which of those that play this button is.
    #[must_use]
    pub fn by_pad(&self, button: PadButton) -> Option<usize> {
        self.playing().iter().position(|team| team.pad == Some(button))
    }

    /// Whatever a file says, or whoever joins: no two have the same, and none has what cannot be.
    fn mend(&mut self) {
        let fallback = Self::default();
        for index in 0..MOST {
            if self.all.len() <= index {
                self.all.push(fallback.all[index].clone());
            }
            let before: Vec<Team> = self.all[..index].to_vec();
            let team = &mut self.all[index];
            let name = team.name.trim().to_owned();
            let bad = name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(char::is_control);
            let taken = |name: &str| before.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
            team.name = if bad || taken(&name) {
                fallback.all.iter().map(|team| team.name.clone()).find(|name| !taken(name)).unwrap_or(name)
            } else {
                name
            };
            if team.slot >= SLOTS || before.iter().any(|other| other.slot == team.slot) {
                team.slot = (0..SLOTS).find(|slot| before.iter().all(|other| other.slot != *slot)).unwrap_or(index);
            }
            let good = one_key(&team.key.to_string()) == Some(team.key) && !is_used(team.key);
            if !good || before.iter().any(|other| other.key == team.key) {
                team.key = KEYS.into_iter().find(|key| before.iter().all(|other| other.key != *key)).unwrap_or('Q');
            }
            if before.iter().any(|other| other.pad.is_some() && other.pad == team.pad) {
                team.pad = None;
            }
        }
        self.all.truncate(MOST);
        self.count = self.count.clamp(FEWEST, MOST);
    }
}

/// The key as its cap says it: one character that can be seen.
fn one_key(typed: &str) -> Option<char> {
    let mut upper = typed.chars().flat_map(char::to_uppercase);
    let key = upper.next().filter(|key| !key.is_whitespace() && !key.is_control())?;
    upper.next().is_none().then_some(key)
}

/// Answers are letters and digits, true and false have theirs, and the teacher has some.
fn is_used(key: char) -> bool {
    (0..SLOTS).any(|option| Shortcut::letter(option).is(key)) || words::TEACHERS.contains(&key) || key == words::TRUE
}

/// Whether the rounds that are being chosen are for teams.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ForTeams(pub bool);

pub(super) fn plugin(app: &mut App) {
    if !app.world().contains_resource::<Teams>() {
        let mut teams = kept::load::<Teams>(app, FILE).unwrap_or_default();
        teams.mend();
        app.insert_resource(teams);
    }
    app.init_resource::<ForTeams>()
        .add_systems(Last, keep.run_if(resource_exists_and_changed::<Teams>))
        .add_plugins((pads::plugin, presses::plugin));
}

fn keep(teams: Res<Teams>, files: Res<Files>) {
    // Read a moment ago: nothing to write.
    if teams.is_added() {
        return;
    }
    let teams = teams.clone();
    files.change::<Teams>(FILE, true, move |_| Some(kept::encode(FILE, &teams)));
}
