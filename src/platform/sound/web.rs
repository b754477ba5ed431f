//! The page's loudspeaker (`assets/web/sound.js`), through `WebAudio`.

use wasm_bindgen::prelude::*;

use super::{Cue, Output};

#[wasm_bindgen(js_namespace = ["window", "roundtable", "sound"])]
extern "C" {
    #[wasm_bindgen(js_name = soundRate, catch)]
    fn sound_rate() -> Result<u32, JsValue>;
    #[wasm_bindgen(js_name = playSound, catch)]
    fn play_sound(samples: &[f32], rate: u32, gain: f32) -> Result<(), JsValue>;
}

/// Plays on the page, from the player's first gesture on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page;

impl Output for Page {
    fn play(&mut self, cue: Cue) {
        // A page without sound: nothing is heard.
        if let Ok(rate @ 1..) = sound_rate() {
            let _ = play_sound(&(cue.make)(rate), rate, cue.gain);
        }
    }
}
