//! One match being played in this window: the engine, its clock and its journal, moved by commands and by time. Knows no Bevy.

use std::sync::Arc;

use super::journal::Journal;
use crate::bank::Bank;
use crate::platform::{MatchClock, Times};
use crate::quiz::{Command, Match, PauseReason, Play, Reply, Seat, Settings, Stage, Stamp, View};

/// A question file that was read: what the match needs of it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The questions.
    pub bank: Arc<Bank>,
    /// The file's text: the journal embeds it.
    pub text: Arc<str>,
}

/// The one player of a solo match.
const PLAYER: u32 = 0;

/// What a lobby is asked for.
fn begin(names: &[String]) -> Vec<Command> {
    names.iter().map(|name| Command::Join { name: name.clone() }).chain([Command::Next]).collect()
}

/// A match in play.
pub struct Running {
    game: Match,
    clock: MatchClock,
    journal: Journal,
    id: String,
}

impl Running {
    /// A new match for these players, announced up to its first round.
    pub fn start(loaded: &Loaded, settings: Settings, journal: Journal, names: &[String], now: Times) -> Self {
        let game = Match::new(Arc::clone(&loaded.bank), &loaded.text, settings);
        let mut running = Self { game, clock: MatchClock::starting_from(0, now), id: journal.id(), journal };
        for command in begin(names) {
            // A fresh lobby takes all of it; were it ever to refuse, the lobby would stay on screen and say so.
            let _ = running.submit(command, now);
        }
        running
    }

    /// A match read back from its journal, paused as after a restart.
    pub fn resume(game: Match, journal: Journal, names: &[String], now: Times) -> Self {
        let clock = MatchClock::starting_from(game.last_stamp().0, now);
        let mut running = Self { game, clock, id: journal.id(), journal };
        let commands = match running.view(now).paused {
            // Killed between the first records: the lobby is nothing that a player alone should see.
            None if running.game.stage() == Stage::Lobby => begin(names),
            // Paused before it was closed: what matters now is that it was closed.
            Some(reason) if reason != PauseReason::Restarted => {
                vec![Command::Resume, Command::Pause { reason: PauseReason::Restarted }]
            }
            _ => Vec::new(),
        };
        for command in commands {
            // A seat that was taken before the restart refuses to be taken again, which is as good.
            let _ = running.submit(command, now);
        }
        running.drive(now);
        running
    }

    /// The match's clock at a moment.
    pub fn stamp(&self, now: Times) -> Stamp {
        Stamp(self.clock.at(now))
    }

    /// Applies a command that arrived at `now`.
    ///
    /// # Errors
    /// Why it was refused; nothing has changed then.
    pub fn submit(&mut self, command: Command, now: Times) -> Reply {
        let reply = self.game.submit(command, self.stamp(now));
        self.drive(now);
        reply
    }

    /// Applies a command as of an earlier moment, `since`; time goes on from `now`.
    ///
    /// # Errors
    /// As [`Running::submit`].
    pub fn submit_at(&mut self, command: Command, since: Stamp, now: Times) -> Reply {
        let reply = self.game.submit(command, since);
        self.drive(now);
        reply
    }

    /// Lets time and the disk take effect: deadlines that have passed, lines to write, records that became durable. Whether anything
    /// may have changed.
    pub fn drive(&mut self, now: Times) -> bool {
        let stamp = self.stamp(now);
        let mut changed = false;
        if self.game.next_deadline().is_some_and(|deadline| deadline <= stamp) {
            self.game.advance(stamp);
            changed = true;
        }
        loop {
            if let Some((last, lines)) = self.game.take_lines() {
                self.journal.append(last, lines);
                changed = true;
            }
            let Some(record) = self.journal.newly_durable() else { return changed };
            self.game.durable(record);
            self.game.advance(stamp);
            changed = true;
        }
    }

    /// When [`Running::drive`] must be called again if nothing else happens, in milliseconds from now.
    pub fn due_in_ms(&self, now: Times) -> Option<u64> {
        self.game.next_deadline().map(|deadline| deadline.0.saturating_sub(self.stamp(now).0))
    }

    /// What the player may know; where teams play, what the team may know that answers, or everybody.
    pub fn view(&self, now: Times) -> View {
        let seat = match (self.settings().play, self.game.answering()) {
            (Play::Together, _) => Seat::Player(PLAYER),
            (_, Some(team)) => Seat::Player(team),
            (_, None) => Seat::Projector,
        };
        self.game.view(seat, self.stamp(now))
    }

    /// Who plays, in the order of joining.
    pub fn names(&self) -> Vec<String> {
        (0..self.game.seats()).filter_map(|player| self.game.name(player).map(str::to_owned)).collect()
    }

    /// Whether the match is over.
    pub fn finished(&self) -> bool {
        self.game.stage() == Stage::Finished
    }

    /// What was agreed before the first question.
    pub fn settings(&self) -> &Settings {
        self.game.settings()
    }

    /// The questions.
    pub fn bank(&self) -> &Bank {
        self.game.bank()
    }

    /// What this match is known by, also when it goes on after a restart.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The journal, for what there is to tell about it.
    pub fn journal(&mut self) -> &mut Journal {
        &mut self.journal
    }

    /// Ends the match in this window; its journal.
    pub fn into_journal(self) -> Journal {
        self.journal
    }
}
