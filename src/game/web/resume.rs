//! The browser may take the graphics away; the page is then loaded again (`assets/web/boot.js`), and whoever was in mid-match is to be in
//! mid-match again: at the same question, paused as after any restart. The page hears whether a match is on the screen, and says it afterwards.

use bevy::prelude::*;
use wasm_bindgen::prelude::*;

use crate::game::session::{ContinueGame, CurrentView};
use crate::quiz::Stage;

#[wasm_bindgen(js_namespace = ["window", "roundtable"])]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = resume)]
    static RESUME: Option<bool>;
    #[wasm_bindgen(catch)]
    fn playing(is: bool) -> Result<(), JsValue>;
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostStartup, go_on).add_systems(Update, tell.run_if(resource_changed::<CurrentView>));
}

fn go_on(mut commands: Commands) {
    if RESUME.with(|resume| *resume) == Some(true) {
        // Nothing comes of it where nothing was saved.
        commands.trigger(ContinueGame);
    }
}

fn tell(view: Res<CurrentView>, mut told: Local<bool>) {
    // What is over has nothing to go on with.
    let is = view.get().is_some_and(|view| view.stage != Stage::Finished);
    if *told != is {
        *told = is;
        // A page of another kind does not load itself again.
        let _ = playing(is);
    }
}
