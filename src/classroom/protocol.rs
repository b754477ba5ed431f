//! What goes over a socket: small JSON texts, one a frame, each at most [`MAX_FRAME`] from a client.
//!
//! A client says what it wants; the server answers with finished pages and a few words around them. No message holds a time that
//! anybody believes: the server measures round trips itself with WebSocket pings, which browsers answer without a script.
//!
//! How a phone gets in: [`ToServer::Knock`] → [`ToClient::Names`] → [`ToServer::Join`] → [`ToClient::Welcome`] (keep its token) →
//! [`ToClient::Page`] and [`ToClient::Mine`]. How it comes back: [`ToServer::Back`] with the token → the same from `Welcome` on.

use serde::{Deserialize, Serialize};

use crate::quiz::Sureness;
use crate::rules::{Answer, Key};

/// The most bytes in a frame from a client; a longer one closes the socket with code 1009.
pub const MAX_FRAME: usize = 4096;

/// Who is at the other end of a socket. A socket that has not said who it is has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A student.
    Player,
    /// The big screen.
    Projector,
    /// The teacher's own phone.
    Remote,
    /// The teacher.
    Host,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Player, Self::Projector, Self::Remote, Self::Host];
}

/// From a client. Tagged by `t`; unknown fields are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
pub enum ToServer {
    /// Somebody stands at the door and asks for names to choose from.
    Knock {
        /// The room code, six digits.
        code: String,
    },
    /// Takes a new seat. Without `pick` and `name` the first offered name, or a fresh one, is taken.
    Join {
        /// The room code, six digits.
        code: String,
        /// Which of the offered names, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pick: Option<u8>,
        /// A name of one's own, if the host allows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Comes back to a seat, or takes the place that a token is for.
    Back {
        /// From [`ToClient::Welcome`], or out of a link that the host gave.
        token: String,
    },
    /// Answers the open question.
    Answer {
        /// Its number, as in [`ToClient::Page`].
        question: u32,
        /// In the terms of what is shown, such as `{"Choice":2}`.
        answer: Answer,
        /// How sure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sure: Option<Sureness>,
    },
    /// Says afterwards how sure one was.
    Sure {
        /// Its number.
        question: u32,
        /// How sure.
        sure: Sureness,
    },
    /// The question is on the phone's screen.
    Shown {
        /// Its number.
        question: u32,
    },
    /// A teacher's order.
    Order {
        /// Which.
        order: Order,
    },
}

/// What a teacher can ask for, from the terminal, the window or a remote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Order {
    /// Goes on: starts, opens the next question, ends the standings.
    Next,
    /// Closes the open question (or ends the talk about it) and shows the answer.
    Reveal,
    /// Closes the open question without telling yet: "talk to your neighbour".
    Close,
    /// Closes the open question and counts it for nobody.
    Skip,
    /// Stops the clock.
    Pause,
    /// Lets it go on.
    Resume,
    /// Lets nobody new in.
    Lock,
    /// Lets people in again.
    Unlock,
    /// Sends a player away, for good.
    Kick {
        /// The player's number.
        player: u32,
    },
    /// Ends the match where it is.
    End,
    /// Gives a player another name.
    Rename {
        /// The player's number.
        player: u32,
        /// The new name.
        name: String,
    },
    /// Gives one player more time, which nobody else sees.
    Extra {
        /// The player's number.
        player: u32,
        /// Tenths: 10 (none) to 100 (ten times).
        tenths: u8,
    },
    /// After "talk to your neighbour": the same question once more.
    Revote,
    /// Takes a closed question out of the score.
    Void {
        /// Its number.
        question: u32,
    },
    /// Gives a closed question another key.
    Correct {
        /// Its number.
        question: u32,
        /// In the terms of what was shown.
        key: Key,
    },
    /// Takes back the last skip, void or correction.
    Undo,
    /// After the end: a new match in the same room, on the same seats, with the hardest questions first.
    Rematch,
    /// Makes a new link for a remote; the old one is worth nothing from then on.
    NewRemote,
    /// Makes the link for a remote worth nothing, and closes it.
    RevokeRemote,
}

/// To a client. Tagged by `t`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum ToClient {
    /// Names to choose from.
    Names {
        /// In the order in which they are offered: three.
        offers: Vec<String>,
        /// Whether a name of one's own is allowed.
        own: bool,
    },
    /// The seat is yours; it is on disk.
    Welcome {
        /// What you are here.
        role: Role,
        /// A player's number.
        seat: Option<u32>,
        /// A player's name, which may differ from the one asked for.
        name: Option<String>,
        /// Say this in [`ToServer::Back`] after a reload or a drop. Keep it for yourself.
        token: String,
    },
    /// The page that everybody of this role sees now: put `html` in place of the last one.
    Page(Page),
    /// What concerns this player alone: put `html` into the element `mine` of the page. Comes after the page it belongs to.
    Mine(Mine),
    /// Your answer to this question is on disk.
    Received {
        /// Its number.
        question: u32,
        /// For the live region: "Answer received."
        say: String,
    },
    /// What you sent changed nothing.
    Refused {
        /// Why.
        why: Why,
        /// The question that it was about, if it was about one.
        question: Option<u32>,
        /// The same in a sentence, with the next step.
        say: String,
    },
    /// How many have answered, a few times a second: to the big screen, remote and host.
    Tally {
        /// The question.
        question: u32,
        /// How many have.
        answered: u32,
        /// How many may.
        expected: u32,
    },
    /// How many sit and how many of them are connected: to remote and host.
    People {
        /// Seats taken.
        seated: u32,
        /// Of them, with an open socket.
        here: u32,
        /// Whether the room is locked.
        locked: bool,
    },
    /// A link that the host asked for; empty once it is revoked.
    Remote {
        /// The path with its token after `#`, such as `/remote#r1.…`.
        path: String,
    },
    /// Done, for an order.
    Done,
    /// The server closes the socket. Come back if `back` says so.
    Closing {
        /// Why.
        why: Why,
        /// Whether to try again by oneself.
        back: bool,
        /// The same in a sentence.
        say: String,
    },
}

/// A page for everybody of a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Which state it shows, for styles and for the script.
    pub kind: PageKind,
    /// The number of the question on it: name it in answers.
    pub question: Option<u32>,
    /// Milliseconds left when this was sent, if a clock runs.
    pub left_ms: Option<u64>,
    /// The whole limit in milliseconds, if there is one (yours, if you have extra time).
    pub limit_ms: Option<u64>,
    /// One sentence for the live region.
    pub say: String,
    /// A fragment.
    pub html: String,
}

/// A player's own line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mine {
    /// The question it is about, if any.
    pub question: Option<u32>,
    /// Whether the question on the page has this player's answer already, and it is on disk.
    pub answered: bool,
    /// One sentence for the live region; may be empty.
    pub say: String,
    /// A fragment.
    pub html: String,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Waiting for the start.
    Lobby,
    /// A round is announced.
    Intro,
    /// A question is open.
    Asking,
    /// Closed, and not told yet: talk to your neighbour.
    Held,
    /// What was right, and why.
    Feedback,
    /// The table between rounds.
    Standings,
    /// Over.
    Finished,
    /// The clock stands.
    Paused,
}

/// Why something was refused or a socket is closed: each reason its own code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Not a message of ours, or not one that fits.
    Malformed,
    /// Say who you are first.
    NotSeated,
    /// Already seated on this socket.
    AlreadySeated,
    /// Not for you.
    NotAllowed,
    /// No room has this code.
    WrongCode,
    /// Too many wrong codes from this address: wait a minute.
    SlowDown,
    /// Nobody new is let in.
    Locked,
    /// Every seat is taken.
    Full,
    /// Too late to join: the class has begun.
    Begun,
    /// Somebody has this name.
    NameTaken,
    /// This name cannot be used.
    BadName,
    /// Names of one's own are off.
    NoOwnNames,
    /// No seat has this token.
    UnknownToken,
    /// The host sent you away.
    Kicked,
    /// The question had closed.
    TooLate,
    /// The question is not open yet, or never was there.
    WrongQuestion,
    /// You have answered already; the first answer stands.
    AlreadyAnswered,
    /// It is another player's turn.
    NotYourTurn,
    /// The clock stands.
    Paused,
    /// The answer does not fit the question.
    BadAnswer,
    /// Not possible now.
    NotNow,
    /// Nobody sits there.
    NoSuchPlayer,
    /// There is nothing to take back, or it is so already.
    Nothing,
    /// The frame was too long.
    TooLong,
    /// Too many messages.
    Flood,
    /// Nothing was heard for too long.
    Silent,
    /// You did not read what was sent.
    SlowReader,
    /// The same seat was taken up on another page.
    Elsewhere,
    /// The host has ended the class.
    Ended,
    /// The host's program stops; it may come back.
    Stopping,
    /// There are too many connections.
    Busy,
}

/// Reads a client's frame.
///
/// # Errors
/// [`Why::TooLong`] or [`Why::Malformed`]; nothing of the frame is repeated.
pub fn read(frame: &str) -> Result<ToServer, Why> {
    if frame.len() > MAX_FRAME {
        return Err(Why::TooLong);
    }
    serde_json::from_str(frame).map_err(|_| Why::Malformed)
}

/// A server's frame as text.
#[must_use]
pub fn write(message: &ToClient) -> String {
    // Strings, numbers and enums into memory: nothing here can fail.
    serde_json::to_string(message).unwrap_or_default()
}
