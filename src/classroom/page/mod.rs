//! Pages for browsers: HTML from views, and nothing that a view does not hold. May use `quiz` and `rules`.
//!
//! [`page`] makes what everybody of a role sees and is rendered once for all; [`mine`] makes one player's own part. Every string is
//! escaped. The scripts and the style that bring them to life are in `assets/class`: `link.js` (the socket), `student.js`, `lead.js` (big
//! screen and remote), `class.css`.
//!
//! - `door`: the document, and how one gets in
//! - `ask`: the seven kinds as form controls; `told`: the same with the answer
//! - `student`, `own`: a phone's pages, and what concerns one player alone
//! - `screen`: the big screen; `remote`: the teacher's phone
//! - `words`: sentences

mod ask;
mod door;
mod own;
mod remote;
mod screen;
mod student;
mod told;
mod words;

use std::io::Write as _;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::protocol::{Page, PageKind, Role};
use crate::quiz::{PauseReason, Stage, View};
use crate::rules::Scoring;

pub use door::document;
pub use own::mine;
pub use words::why;

/// Files that the pages ask for: path, type, bytes.
pub const FILES: &[(&str, &str, &[u8])] = &[
    ("/link.js", SCRIPT, include_bytes!("../../../assets/class/link.js")),
    ("/student.js", SCRIPT, include_bytes!("../../../assets/class/student.js")),
    ("/lead.js", SCRIPT, include_bytes!("../../../assets/class/lead.js")),
    ("/class.css", STYLE, include_bytes!("../../../assets/class/class.css")),
    ("/lead.css", STYLE, include_bytes!("../../../assets/class/lead.css")),
];

/// The same files as gzip, in the same order: packed when the first browser comes.
static PACKED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| FILES.iter().map(|(_, _, bytes)| packed(bytes)).collect());

/// One of [`FILES`] by its path: its type and its bytes, packed with gzip if asked so.
#[must_use]
pub fn file(path: &str, gzip: bool) -> Option<(&'static str, &'static [u8])> {
    let index = FILES.iter().position(|(name, _, _)| *name == path)?;
    let (_, kind, plain) = FILES[index];
    Some((kind, if gzip { &PACKED[index] } else { plain }))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    // Into memory: nothing here can fail.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// What pages say of the room itself, beside the match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The code as people read it, such as `472 918`.
    pub code: String,
    /// The link that a QR code holds, such as `http://192.168.1.20:8080/r/472918`; empty if there is no way in.
    pub link: String,
    /// Addresses to type, the likeliest first.
    pub places: Vec<String>,
    /// Whether nobody new is let in.
    pub locked: bool,
    /// Whether a question can be closed without telling: "talk to your neighbour, vote again".
    pub talk: bool,
    /// Whether faster answers are worth more.
    pub scoring: Scoring,
}

/// What the page of a view shows.
#[must_use]
pub fn kind(view: &View) -> PageKind {
    match view.stage {
        _ if view.paused.is_some() => PageKind::Paused,
        Stage::Lobby => PageKind::Lobby,
        Stage::RoundIntro => PageKind::Intro,
        Stage::Asking if view.shown.held => PageKind::Held,
        Stage::Asking => PageKind::Asking,
        Stage::Feedback => PageKind::Feedback,
        Stage::Standings => PageKind::Standings,
        Stage::Finished => PageKind::Finished,
    }
}

/// The page of a role: the same bytes for everybody who has it. `view` is the projector's, or the host's for remote and host, so that
/// nothing of one player can get into it.
#[must_use]
pub fn page(role: Role, view: &View, facts: &Facts) -> Page {
    let kind = kind(view);
    let html = match role {
        Role::Player => student::page(kind, view, facts),
        Role::Projector => screen::page(kind, view, facts),
        Role::Remote | Role::Host => remote::page(kind, view, facts),
    };
    let (left_ms, limit_ms) = view.timer.map_or((None, None), |timer| (Some(timer.left_ms), Some(timer.limit_ms)));
    Page {
        kind,
        question: view.shown.question.as_ref().map(|question| question.number),
        left_ms,
        limit_ms,
        say: say(role, kind, view),
        html: html.into_string(),
    }
}

/// One sentence for the live region: what the heading, which gets the focus, does not say itself.
fn say(role: Role, kind: PageKind, view: &View) -> String {
    let shown = &view.shown;
    match kind {
        PageKind::Lobby if role == Role::Player => "You are in. Wait for your teacher to start.".to_owned(),
        PageKind::Lobby => String::new(),
        PageKind::Intro => {
            format!("Round {} of {}. {}", shown.progress.round, shown.progress.rounds, words::place(&shown.progress))
        }
        PageKind::Asking => {
            let time = view.timer.map_or_else(String::new, |timer| {
                format!(" {}.", words::many(timer.limit_ms.div_ceil(1000), "second", "seconds"))
            });
            let how = shown.question.as_ref().map_or("", |question| ask::how(&question.ask));
            format!("{} {how}{time}", words::place(&shown.progress))
        }
        PageKind::Held => "The question is closed. Talk to your neighbour about it.".to_owned(),
        PageKind::Feedback => {
            shown.reveal.as_ref().map_or_else(String::new, |reveal| format!("The answer: {}", reveal.key_text))
        }
        PageKind::Standings => "The standings.".to_owned(),
        PageKind::Finished => "The class is over.".to_owned(),
        PageKind::Paused => pause(view.paused).to_owned(),
    }
}

/// Who stopped the clock, in a sentence.
const fn pause(reason: Option<PauseReason>) -> &'static str {
    match reason {
        Some(PauseReason::Sleep) => "The teacher’s computer slept, so the clock stands.",
        Some(PauseReason::Restarted) => "Every answer is safe.",
        Some(PauseReason::Player | PauseReason::Teacher) | None => "Your teacher has paused the class.",
    }
}
