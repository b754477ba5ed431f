//! What the player has prepared and not yet sent: ticks, digits, an order, pairs, letters. Plain data; it outlives a pause.

use bevy::prelude::Resource;

use crate::quiz::{Ask, QuestionView, Sureness};
use crate::rules::Answer;

/// The draft of the open question.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// In which match.
    pub game: String,
    /// Which question it belongs to.
    pub question: u32,
    /// What is prepared.
    pub state: Prepared,
    /// How sure the player says to be.
    pub sure: Option<Sureness>,
}

/// What is prepared, by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Prepared {
    /// Kinds whose first press is the answer.
    #[default]
    Nothing,
    /// `MultiChoice`: what is ticked, by shown index.
    Ticks(Vec<bool>),
    /// `Number`.
    Number(Number),
    /// `Order`.
    Order(Ordering),
    /// `Match`.
    Pairs(Pairs),
    /// `Text`: what is typed.
    Text(String),
}

/// Why the draft cannot be sent.
#[derive(Debug, Clone, PartialEq)]
pub enum NotYet {
    /// No box is ticked.
    NoTick,
    /// No number within the range is given.
    NoNumber,
    /// Between two steps.
    OffStep,
    /// So many left sides have no partner.
    PairsLeft(usize),
    /// Nothing but spaces.
    NoText,
}

impl Draft {
    /// An empty draft for a question of this match.
    #[must_use]
    pub fn of(game: &str, question: &QuestionView) -> Self {
        let state = match &question.ask {
            Ask::Choice { .. } | Ask::TrueFalse => Prepared::Nothing,
            Ask::MultiChoice { options } => Prepared::Ticks(vec![false; options.len()]),
            Ask::Number { min, max, step, .. } => {
                Prepared::Number(Number { value: None, min: *min, max: *max, step: *step })
            }
            Ask::Order { items, .. } => Prepared::Order(Ordering::new(items.len())),
            Ask::Match { left, .. } => Prepared::Pairs(Pairs::new(left.len())),
            Ask::Text { .. } => Prepared::Text(String::new()),
        };
        Self { game: game.to_owned(), question: question.number, state, sure: None }
    }

    /// The draft as an answer.
    ///
    /// # Errors
    /// Why it is none yet.
    pub fn answer(&self) -> Result<Answer, NotYet> {
        match &self.state {
            Prepared::Nothing => Err(NotYet::NoTick),
            Prepared::Ticks(ticks) => {
                let ticked: Vec<u8> = (0..=u8::MAX).zip(ticks).filter(|(_, on)| **on).map(|(index, _)| index).collect();
                if ticked.is_empty() { Err(NotYet::NoTick) } else { Ok(Answer::MultiChoice(ticked)) }
            }
            Prepared::Number(number) => number.answer().map(Answer::Number),
            Prepared::Order(order) => Ok(Answer::Order(order.shown.clone())),
            Prepared::Pairs(pairs) => match pairs.left_over() {
                0 => Ok(Answer::Match(pairs.partner.clone())),
                left => Err(NotYet::PairsLeft(left)),
            },
            Prepared::Text(typed) if typed.trim().is_empty() => Err(NotYet::NoText),
            Prepared::Text(typed) => Ok(Answer::Text(typed.trim().to_owned())),
        }
    }
}

/// A number being given. It starts empty, so that it hints at nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// What is given; `None` while nothing, or nothing within the range, is typed.
    pub value: Option<f64>,
    /// Lowest.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Distance between values.
    pub step: f64,
}

impl Number {
    /// The value.
    ///
    /// # Errors
    /// Why what is typed cannot be sent.
    pub fn answer(&self) -> Result<f64, NotYet> {
        let value = self.value.ok_or(NotYet::NoNumber)?;
        let steps = (value - self.min) / self.step;
        if (steps - steps.round()).abs() > 1e-6 { Err(NotYet::OffStep) } else { Ok(value) }
    }
}

/// Items in the player's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordering {
    /// Shown indices, top to bottom.
    pub shown: Vec<u8>,
    /// The place of the item that the keyboard has picked up.
    pub held: Option<usize>,
}

impl Ordering {
    fn new(items: usize) -> Self {
        Self { shown: (0..=u8::MAX).take(items).collect(), held: None }
    }

    /// Moves the item at `place` up or down by one. Where it stands then.
    pub fn shift(&mut self, place: usize, up: bool) -> usize {
        let to = if up { place.saturating_sub(1) } else { (place + 1).min(self.shown.len().saturating_sub(1)) };
        if place < self.shown.len() {
            self.shown.swap(place, to);
            if self.held == Some(place) {
                self.held = Some(to);
            }
        }
        to
    }

    /// Picks an item up, or drops it.
    pub fn hold(&mut self, place: usize) {
        self.held = if self.held == Some(place) { None } else { Some(place) };
    }
}

/// Pairs being matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// For each left side, its partner.
    pub partner: Vec<Option<u8>>,
    /// The left side that waits for a partner.
    pub picked_left: Option<usize>,
    /// The right side that waits for a partner.
    pub picked_right: Option<usize>,
}

impl Pairs {
    fn new(left: usize) -> Self {
        Self { partner: vec![None; left], picked_left: None, picked_right: None }
    }

    /// How many left sides have no partner.
    #[must_use]
    pub fn left_over(&self) -> usize {
        self.partner.iter().filter(|partner| partner.is_none()).count()
    }

    /// Which left side a right one belongs to.
    #[must_use]
    pub fn owner(&self, right: usize) -> Option<usize> {
        self.partner.iter().position(|partner| partner.is_some_and(|index| usize::from(index) == right))
    }

    /// Presses a left side: picks it, lets it go, separates its pair, or joins it with a picked right side.
    pub fn press_left(&mut self, left: usize) {
        if self.partner.get(left).copied().flatten().is_some() {
            self.partner[left] = None;
            return;
        }
        match self.picked_right.take() {
            Some(right) => self.join(left, right),
            None if self.picked_left == Some(left) => self.picked_left = None,
            None => self.picked_left = Some(left),
        }
    }

    /// Presses a right side: the same the other way round.
    pub fn press_right(&mut self, right: usize) {
        if let Some(owner) = self.owner(right) {
            self.partner[owner] = None;
            return;
        }
        match self.picked_left.take() {
            Some(left) => self.join(left, right),
            None if self.picked_right == Some(right) => self.picked_right = None,
            None => self.picked_right = Some(right),
        }
    }

    fn join(&mut self, left: usize, right: usize) {
        if let (Some(partner), Ok(index)) = (self.partner.get_mut(left), u8::try_from(right)) {
            *partner = Some(index);
        }
    }
}
