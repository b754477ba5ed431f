//! Keys from the terminal: one by one where it can do that, else as they come with Enter. Pipes work as well.

use std::io::Read;
use std::sync::mpsc::Sender;

use super::Input;

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A byte of what is typed: a letter, a digit, a sign, or a part of one.
    Byte(u8),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Ctrl+C, Ctrl+D.
    Quit,
}

impl Key {
    /// The letter in lower case, where it is one, or the digit or sign.
    pub fn letter(self) -> Option<char> {
        match self {
            Self::Byte(byte) => Some(char::from(byte).to_ascii_lowercase()),
            Self::Enter | Self::Escape | Self::Quit => None,
        }
    }
}

/// Reads keys on a thread of its own, which ends with the program. The terminal is as it was once the result is dropped.
pub fn start(inputs: Sender<Input>) -> Raw {
    let raw = Raw::new();
    // Without a thread there are no keys; the class runs all the same.
    let _ = std::thread::Builder::new().name("keys".to_owned()).spawn(move || {
        let mut stdin = std::io::stdin().lock();
        let mut byte = [0];
        while let Ok(1) = stdin.read(&mut byte) {
            let key = match byte[0] {
                3 | 4 => Key::Quit,
                b'\n' | b'\r' => Key::Enter,
                27 => Key::Escape,
                byte => Key::Byte(byte),
            };
            if inputs.send(Input::Key(key)).is_err() {
                return;
            }
        }
        let _ = inputs.send(Input::Closed);
    });
    raw
}

/// A terminal that gives single keys.
#[cfg(unix)]
pub struct Raw(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Raw {
    fn new() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let stdin = std::io::stdin();
        let Ok(before) = tcgetattr(&stdin) else { return Self(None) };
        let mut single = before.clone();
        // Ctrl+C comes as a key, so that the terminal is put back.
        single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG);
        let set = tcsetattr(&stdin, OptionalActions::Now, &single).is_ok();
        Self(set.then_some(before))
    }
}

#[cfg(unix)]
impl Drop for Raw {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = rustix::termios::tcsetattr(std::io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

/// Elsewhere keys come with Enter.
#[cfg(not(unix))]
pub struct Raw;

#[cfg(not(unix))]
impl Raw {
    fn new() -> Self {
        Self
    }
}
