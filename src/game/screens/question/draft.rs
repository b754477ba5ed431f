//! What the player has prepared and not yet sent: ticks, digits, an order, pairs, letters. Plain data; it outlives a pause.

use bevy::prelude::Resource;

use crate::quiz::{Ask, QuestionView, number};
use crate::rules::Answer;

/// The most characters that anything typed may have, whatever the question says.
const MOST_TYPED: usize = 200;
/// The most characters of a typed number.
const MOST_DIGITS: usize = 15;

/// The draft of the open question.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Which question it belongs to.
    pub question: u32,
    /// What is prepared.
    pub state: Prepared,
}

/// What is prepared, by kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Prepared {
    /// Kinds whose first press is the answer.
    #[default]
    Nothing,
    /// `MultiChoice`: what is ticked, by shown index.
    Ticks(Vec<bool>),
    /// `Number`: what is typed.
    Number(Typed),
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
    /// No digit is typed.
    NoNumber,
    /// What is typed is no number.
    NotANumber,
    /// Outside the range.
    OutOfRange,
    /// Between two steps.
    OffStep,
    /// So many left sides have no partner.
    PairsLeft(usize),
    /// Nothing but spaces.
    NoText,
}

impl Draft {
    /// An empty draft for a question.
    #[must_use]
    pub fn of(question: &QuestionView) -> Self {
        let state = match &question.ask {
            Ask::Choice { .. } | Ask::TrueFalse => Prepared::Nothing,
            Ask::MultiChoice { options } => Prepared::Ticks(vec![false; options.len()]),
            Ask::Number { min, max, step, .. } => Prepared::Number(Typed::new(*min, *max, *step)),
            Ask::Order { items, .. } => Prepared::Order(Ordering::new(items.len())),
            Ask::Match { left, .. } => Prepared::Pairs(Pairs::new(left.len())),
            Ask::Text { .. } => Prepared::Text(String::new()),
        };
        Self { question: question.number, state }
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
            Prepared::Number(typed) => typed.value().map(Answer::Number),
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

/// A number being typed. It starts empty, so that it hints at nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The characters.
    pub text: String,
    min: f64,
    max: f64,
    step: f64,
}

impl Typed {
    fn new(min: f64, max: f64, step: f64) -> Self {
        Self { text: String::new(), min, max, step }
    }

    /// Whether a decimal point makes sense.
    #[must_use]
    pub fn decimals(&self) -> usize {
        decimals(self.step).max(decimals(self.min))
    }

    /// Whether a minus sign makes sense.
    #[must_use]
    pub fn signed(&self) -> bool {
        self.min < 0.
    }

    /// Takes one typed character; what makes no number is left out. A comma is a decimal point, too.
    pub fn push(&mut self, character: char) {
        let character = match character {
            ',' => '.',
            '−' => '-',
            other => other,
        };
        let fits = match character {
            '0'..='9' => true,
            '.' => self.decimals() > 0 && !self.text.contains('.'),
            '-' => self.signed() && self.text.is_empty(),
            _ => false,
        };
        if fits && self.text.len() < MOST_DIGITS {
            self.text.push(character);
        }
    }

    /// Takes the last character back.
    pub fn delete(&mut self) {
        self.text.pop();
    }

    /// One step up or down. From nothing, − begins at the top and + at the bottom: neither says where the key is.
    pub fn step(&mut self, up: bool) {
        let next = match self.text.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                let steps = (value - self.min) / self.step;
                // Between two steps, one press goes to the neighbouring one.
                let whole = if up { (steps + 1e-6).floor() + 1. } else { (steps - 1e-6).ceil() - 1. };
                (self.min + whole * self.step).clamp(self.min, self.max)
            }
            _ if up => self.min,
            _ => self.max,
        };
        self.text = plain(next, self.decimals());
    }

    /// The value.
    ///
    /// # Errors
    /// Why what is typed cannot be sent.
    pub fn value(&self) -> Result<f64, NotYet> {
        if self.text.is_empty() {
            return Err(NotYet::NoNumber);
        }
        let value = self.text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(NotYet::NotANumber)?;
        if value < self.min || value > self.max {
            return Err(NotYet::OutOfRange);
        }
        let steps = (value - self.min) / self.step;
        if (steps - steps.round()).abs() > 1e-6 { Err(NotYet::OffStep) } else { Ok(value) }
    }

    /// Lowest and highest as shown.
    #[must_use]
    pub fn range(&self) -> (String, String) {
        (number(self.min), number(self.max))
    }

    /// The step as shown.
    #[must_use]
    pub fn step_shown(&self) -> String {
        number(self.step)
    }
}

/// How many decimals it takes to write a step.
fn decimals(value: f64) -> usize {
    (0..9)
        .find(|places| {
            let scaled = value * 10_f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .and_then(|places| usize::try_from(places).ok())
        .unwrap_or(9)
}

/// A number as it is typed: no thousands separator, no trailing zeros.
fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
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

/// Takes a typed character into a text answer, if it fits.
pub fn type_into(text: &mut String, character: char, max_chars: u16) {
    let most = usize::from(max_chars).min(MOST_TYPED);
    if !character.is_control() && text.chars().count() < most && !(text.is_empty() && character.is_whitespace()) {
        text.push(character);
    }
}
