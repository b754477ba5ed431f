//! The teams of the match on screen: their points, whose turn it is, who buzzed, who is out. Made from the view, so it knows no more.

use super::Teams;
use crate::game::session::{CurrentView, Running, Session};
use crate::quiz::{Play, Stage, StandingRow, View};

/// What a team does at the question on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Waits: another team's turn, or no question is open.
    Waits,
    /// May buzz, now or when the answer passes on.
    In,
    /// Answers: it is its turn, or it buzzed first.
    Answers,
    /// Has had a try.
    Out,
    /// Took the question, or has answered it.
    Took,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The player's number.
    pub player: u32,
    /// Its name.
    pub name: String,
    /// Which of the eight colours and shapes.
    pub slot: usize,
    /// Points so far.
    pub points: u32,
    /// Place, from 1.
    pub place: u32,
    /// What it does.
    pub part: Part,
    /// Its key, where teams buzz.
    pub key: Option<char>,
}

/// All of them, in the order of joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineup {
    /// How they play.
    pub play: Play,
    /// A line a team.
    pub lines: Vec<Line>,
    /// Who pressed at the same moment as the one who answers, that one among them.
    pub together: Vec<u32>,
    /// Whether a question is open.
    pub asking: bool,
}

impl Lineup {
    /// Of the match on screen; `None` where no teams play.
    #[must_use]
    pub fn of(view: &CurrentView, session: &Session, teams: &Teams) -> Option<Self> {
        Self::new(view.get()?, session.running.as_ref()?, teams)
    }

    fn new(view: &View, running: &Running, teams: &Teams) -> Option<Self> {
        let shown = &view.shown;
        if shown.play == Play::Together {
            return None;
        }
        let looks = &running.settings().looks;
        let lines = shown.players.iter().enumerate().map(|(index, player)| {
            let row: Option<&StandingRow> = shown.standings.iter().find(|row| row.player == player.player);
            let set_up = teams.playing().iter().find(|team| team.name == player.name).or(teams.playing().get(index));
            Line {
                player: player.player,
                name: player.name.clone(),
                slot: looks.get(index).map_or(index, |slot| usize::from(*slot)),
                points: row.map_or(0, |row| row.points),
                place: row.map_or(0, |row| row.place),
                part: part(view, player.player),
                key: set_up.map(|team| team.key).filter(|_| shown.play == Play::Buzz),
            }
        });
        Some(Self {
            play: shown.play,
            lines: lines.collect(),
            together: shown.buzz.as_ref().map(|buzz| buzz.together.clone()).unwrap_or_default(),
            asking: view.stage == Stage::Asking,
        })
    }

    /// Who answers, or has answered.
    #[must_use]
    pub fn answering(&self) -> Option<&Line> {
        self.lines.iter().find(|line| matches!(line.part, Part::Answers | Part::Took))
    }

    /// The names of the teams that do this, in the order of joining.
    #[must_use]
    pub fn names(&self, part: Part) -> Vec<&str> {
        self.lines.iter().filter(|line| line.part == part).map(|line| line.name.as_str()).collect()
    }

    /// A team's name.
    #[must_use]
    pub fn name(&self, player: u32) -> &str {
        self.lines.iter().find(|line| line.player == player).map_or("", |line| &line.name)
    }

    /// Best first; equal points in the order of joining.
    #[must_use]
    pub fn ranked(&self) -> Vec<&Line> {
        let mut ranked: Vec<&Line> = self.lines.iter().collect();
        ranked.sort_by_key(|line| (line.place, line.player));
        ranked
    }
}

fn part(view: &View, player: u32) -> Part {
    let shown = &view.shown;
    match &shown.buzz {
        Some(buzz) if buzz.taken == Some(player) => Part::Took,
        Some(buzz) if buzz.holder == Some(player) => Part::Answers,
        Some(buzz) if buzz.out.iter().any(|out| out.player == player) => Part::Out,
        Some(_) if view.stage == Stage::Asking => Part::In,
        None if shown.turn == Some(player) => {
            if view.stage == Stage::Asking {
                Part::Answers
            } else {
                Part::Took
            }
        }
        Some(_) | None => Part::Waits,
    }
}
