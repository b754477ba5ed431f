//! Files, storage, clocks: a native and a web twin behind one face.
//!
//! Deals in bytes, paths and times, never in what they mean: it uses nothing of ours. In a browser paths name what the page keeps
//! (`assets/web/store.js`, reached through `page`). Every failure is a value with a plain sentence (`Display`), for the game must go on without its disk.
//!
//! - [`DataDir`]: where the player's files live
//! - [`read_bounded`], [`list_banks`]: reading what a stranger wrote
//! - [`write_atomic`]: the old file or the new one, never half of each
//! - [`MatchStore`], [`began`], [`Claim`]: the journals that are kept, and which running copy holds which
//! - [`JournalWriter`]: lines in, `durable(n)` out, from a thread of its own (to a `Sink`) or from the page
//! - [`Shelf`], [`Keeper`]: small files kept between runs, changed off the frame, shared by several running copies
//! - [`Alarm`]: rings at a set instant
//! - [`append_note`], [`age_of`], [`display()`]: a note after a fault, a file's age, whether there is a screen
//! - `ask`, `native`, `OpenedFile` (with the feature `game`): the system's file dialogs
//! - `cost` (Linux, with the window): what the processor has spent on this process
//! - [`MatchClock`], [`SleepWatch`], [`unix_seconds`], [`local_day`], [`local_date`]: time, and the player's own calendar day
//! - [`sound`]: short sounds out of the machine

mod alarm;
mod atomic;
mod claim;
mod clock;
#[cfg(all(target_os = "linux", feature = "game"))]
pub mod cost;
#[cfg(feature = "game")]
mod dialog;
mod dirs;
mod disk;
mod display;
mod folder;
mod keeper;
mod note;
#[cfg(target_family = "wasm")]
mod page;
mod read;
mod shelf;
#[cfg(not(target_family = "wasm"))]
mod sink;
pub mod sound;
mod store;
mod trouble;
mod writer;

pub use alarm::Alarm;
pub use atomic::write_new_then;
#[cfg(not(target_family = "wasm"))]
pub use atomic::{write_atomic, write_new};
pub use claim::Claim;
pub use clock::{MatchClock, SleepWatch, Times, local_date, local_day, unix_seconds};
#[cfg(feature = "game")]
pub use dialog::{Ask, Filter, OpenedFile, Outcome, Pending, Pick, Picked, open_file};
#[cfg(all(feature = "game", target_family = "wasm"))]
pub use dialog::{PageFiles, ask_page, on_files};
#[cfg(all(feature = "game", not(target_family = "wasm")))]
pub use dialog::{ask, native};
pub use dirs::{DATA_DIR_VARIABLE, DataDir, DirError};
pub use display::display;
pub use keeper::{Decide, Keeper, Kept};
pub use note::age_of;
#[cfg(not(target_family = "wasm"))]
pub use note::append_note;
#[cfg(target_family = "wasm")]
pub use page::{on_storage_trouble, storage_trouble};
pub use read::{FetchError, ReadError, list_banks, read_bounded};
pub use shelf::{Change, FileShelf, MOST_KEPT_BYTES, Shelf};
#[cfg(not(target_family = "wasm"))]
pub use sink::{FileSink, Sink};
#[cfg(not(target_family = "wasm"))]
pub use store::write_beside;
pub use store::{MatchStore, began};
pub use trouble::{FileError, Trouble};
pub use writer::{JournalWriter, Pace, WriteError};
