//! What is asked at the terminal before an order is complete: who, which question, which key. Pure: text in, orders out.

use std::sync::Arc;

use crate::classroom::protocol::Order;
use crate::quiz::{Ask, QuestionView, number};
use crate::rules::{Answer, Key};

/// A line that is being typed, and what for.
#[derive(Debug)]
pub struct Prompt {
    what: What,
    typed: Vec<u8>,
}

#[derive(Debug)]
enum What {
    Kick,
    Rename,
    Extra,
    Void,
    WhichKey,
    Key(Arc<QuestionView>),
    Delete,
}

/// What comes of a line.
#[derive(Debug)]
pub enum Line {
    /// This.
    Order(Order),
    /// Another question, with the sentence to show.
    Then(Prompt, String),
    /// The class is to be deleted.
    Delete,
    /// Nothing; with the reason.
    Nothing(&'static str),
}

impl Prompt {
    fn new(what: What) -> Self {
        Self { what, typed: Vec::new() }
    }

    /// Who goes?
    pub fn kick() -> (Self, &'static str) {
        (Self::new(What::Kick), "Who goes? Number and Enter:")
    }

    /// Who is called otherwise?
    pub fn rename() -> (Self, &'static str) {
        (Self::new(What::Rename), "Who gets another name? Number, name and Enter, such as 3 Ada:")
    }

    /// Who has more time?
    pub fn extra() -> (Self, &'static str) {
        (
            Self::new(What::Extra),
            "Who gets more time, which nobody else sees? Number, times (1 to 10) and Enter, such as 3 1.5:",
        )
    }

    /// Which question counts for nobody?
    pub fn void() -> (Self, &'static str) {
        (Self::new(What::Void), "Which question shall not count? Number and Enter:")
    }

    /// Which question has a wrong key?
    pub fn key() -> (Self, &'static str) {
        (Self::new(What::WhichKey), "Which question has another key? Number and Enter:")
    }

    /// Really?
    pub fn delete() -> (Self, &'static str) {
        (Self::new(What::Delete), "This deletes the class with all its answers and reports. Type delete and Enter:")
    }

    /// Takes a byte. What there is to show of the line.
    pub fn take(&mut self, byte: u8) -> String {
        match byte {
            8 | 127 => while self.typed.pop().is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {},
            byte => self.typed.push(byte),
        }
        self.text()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.typed).into_owned()
    }

    /// The line is whole. `asked` finds a question that has been told.
    pub fn done(self, asked: impl Fn(u32) -> Option<Arc<QuestionView>>) -> Line {
        let text = self.text();
        let text = text.trim();
        let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let count = first.parse::<u32>().ok().filter(|count| *count > 0);
        match (self.what, count) {
            (What::Kick, Some(count)) => Line::Order(Order::Kick { player: count - 1 }),
            (What::Rename, Some(count)) if !rest.trim().is_empty() => {
                Line::Order(Order::Rename { player: count - 1, name: rest.trim().to_owned() })
            }
            (What::Extra, Some(count)) => match tenths(rest.trim()) {
                Some(tenths) => Line::Order(Order::Extra { player: count - 1, tenths }),
                None => Line::Nothing("Times are 1 to 10, such as 1.5."),
            },
            (What::Void, Some(question)) => Line::Order(Order::Void { question }),
            (What::WhichKey, Some(question)) => match asked(question) {
                Some(question) => {
                    let said = ask_key(&question);
                    Line::Then(Self::new(What::Key(question)), said)
                }
                None => Line::Nothing("This question has not been told yet."),
            },
            (What::Key(question), _) => match key(&question.ask, text) {
                Some(key) => Line::Order(Order::Correct { question: question.number, key }),
                None => Line::Nothing("This is no answer to that question."),
            },
            (What::Delete, _) if text == "delete" => Line::Delete,
            _ => Line::Nothing("Nothing is changed."),
        }
    }
}

/// "1.5" is 15.
fn tenths(times: &str) -> Option<u8> {
    let (whole, part) = times.split_once(['.', ',']).unwrap_or((times, "0"));
    let whole = whole.parse::<u8>().ok()?;
    let part = part.parse::<u8>().ok().filter(|part| *part < 10)?;
    let tenths = whole.checked_mul(10)?.checked_add(part)?;
    (10..=100).contains(&tenths).then_some(tenths)
}

/// The question, and what to type for its key.
fn ask_key(question: &QuestionView) -> String {
    let listed = |list: &[String]| {
        let lines = list.iter().zip(1..).map(|(text, index)| format!("  {index} {text}"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let how = match &question.ask {
        Ask::Choice { options } => format!("{}\nThe right one's number and Enter:", listed(options)),
        Ask::MultiChoice { options } => {
            format!("{}\nThe right ones' numbers with spaces, and Enter:", listed(options))
        }
        Ask::TrueFalse => "true or false, and Enter:".to_owned(),
        Ask::Number { unit, min, max, .. } => {
            format!("The right number ({} to {} {unit}) and Enter:", number(*min), number(*max))
        }
        Ask::Order { items, .. } => format!("{}\nTheir numbers in the right order, and Enter:", listed(items)),
        Ask::Match { left, right } => format!(
            "{}\nPartners:\n{}\nFor each in turn its partner's number (0: none), and Enter:",
            listed(left),
            listed(right)
        ),
        Ask::Text { .. } => "The right words; others that count as well after semicolons; and Enter:".to_owned(),
    };
    format!("{}\n{how}", question.stem)
}

/// A key as it is typed.
fn key(ask: &Ask, text: &str) -> Option<Key> {
    let numbers = || {
        let words = text.split([' ', ',']).filter(|word| !word.is_empty());
        words.map(|word| word.parse::<u8>().ok()).collect::<Option<Vec<u8>>>()
    };
    let shown = || numbers()?.into_iter().map(|number| number.checked_sub(1)).collect::<Option<Vec<u8>>>();
    let mut accept = Vec::new();
    let answer = match ask {
        Ask::Choice { .. } => Answer::Choice(*shown()?.first()?),
        Ask::MultiChoice { .. } => {
            let mut ticked = shown()?;
            ticked.sort_unstable();
            ticked.dedup();
            Answer::MultiChoice(ticked)
        }
        Ask::TrueFalse => match text.to_ascii_lowercase().as_str() {
            "t" | "true" => Answer::TrueFalse(true),
            "f" | "false" => Answer::TrueFalse(false),
            _ => return None,
        },
        Ask::Number { .. } => Answer::Number(text.replace(',', ".").parse().ok()?),
        Ask::Order { .. } => Answer::Order(shown()?),
        Ask::Match { .. } => Answer::Match(numbers()?.into_iter().map(|number| number.checked_sub(1)).collect()),
        Ask::Text { .. } => {
            let mut words = text.split(';').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
            let first = words.next()?;
            accept.extend(words);
            Answer::Text(first)
        }
    };
    Some(Key { answer, accept })
}
