//! Rings once at a set instant, and draws nothing until then: a native and a web twin.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
pub use native::Alarm;
#[cfg(target_family = "wasm")]
pub use web::Alarm;
