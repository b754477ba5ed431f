//! A journal held by this running copy alone, so that two copies cannot destroy each other's match. Uses std alone; its web half the page.
//!
//! Claim first, then read, then write on: between reading and opening, another copy could have added records, and cutting the "torn
//! tail" would cut those.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
pub use native::Claim;
#[cfg(not(target_family = "wasm"))]
pub(super) use native::is_held;
#[cfg(target_family = "wasm")]
pub use web::Claim;
#[cfg(target_family = "wasm")]
pub(super) use web::is_held;
