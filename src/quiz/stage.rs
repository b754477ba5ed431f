//! The stages of a match.

use bevy_state::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a match stands. `Lobby ► RoundIntro ► Asking ► Feedback ► (Asking | Standings) ► RoundIntro … ► Finished`.
///
/// A pause is no stage: it is a resource, valid in any stage but `Lobby` and `Finished`.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Stage {
    /// Players join; nothing has been asked.
    #[default]
    Lobby,
    /// A round is announced.
    RoundIntro,
    /// A question is open.
    Asking,
    /// The question is closed: verdict, key, explanation, source.
    Feedback,
    /// The table between rounds.
    Standings,
    /// Over, whether played to the end or abandoned.
    Finished,
}
