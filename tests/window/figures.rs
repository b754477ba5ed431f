//! What the window's figures rest on (Linux).

use std::process::Command;
use std::time::{Duration, Instant};

use roundtable::platform::cost::{CostMeter, rasteriser};

fn threads(names: &[&str]) -> Vec<(u32, String)> {
    (100..).zip(names.iter().map(|name| (*name).to_owned())).collect()
}

#[test]
fn the_rasterisers_threads_are_told_from_our_own() {
    let drawn = ["roundtable", "Compute Task Po", "roundtable", "llvmpipe-0", "llvmpipe-1", "roundtable", "alarm"];
    assert_eq!(rasteriser(&threads(&drawn)), [102, 103, 104], "its workers, and the nameless one that feeds them");
    assert!(rasteriser(&threads(&["roundtable", "Compute Task Po", "roundtable"])).is_empty(), "a graphics card");
    assert_eq!(
        rasteriser(&threads(&["roundtable", "llvmpipe-0"])),
        [101],
        "never the first thread: that is the game's"
    );
}

#[test]
fn work_costs_and_sleep_does_not() {
    let meter = CostMeter::default();
    let before = meter.read();
    let start = Instant::now();
    let mut sum = 0_u64;
    while meter.read().since(before).own < Duration::from_millis(20) {
        sum = std::hint::black_box(sum + 1);
        assert!(start.elapsed() < Duration::from_mins(1), "twenty milliseconds of work are never counted");
    }
    assert_eq!(meter.read().since(before).rasteriser, Duration::ZERO);
}

#[test]
fn without_a_display_there_are_no_figures_and_a_sentence_says_so() {
    let told = Command::new(env!("CARGO_BIN_EXE_roundtable"))
        .args(["bench", "--window", "--still", "1"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program runs");
    let sentence = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains("No display was found") && sentence.contains("there are no figures"), "{sentence}");
    assert!(told.stdout.is_empty());
}
