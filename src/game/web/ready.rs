//! Tells the page that the first picture is out, so that its start page goes.

use bevy::prelude::*;
use bevy::render::render_resource::PipelineCache;
use bevy::render::{Render, RenderApp, RenderSystems};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = ["window", "roundtable"])]
extern "C" {
    #[wasm_bindgen(catch)]
    fn ready() -> Result<(), JsValue>;
}

/// The frame that compiles what it draws with is not yet whole.
const WHOLE: u8 = 2;

pub(super) fn plugin(app: &mut App) {
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.add_systems(Render, tell.after(RenderSystems::Render));
    }
}

/// In the renderer: whole is a frame that draws with something, and waits for nothing.
fn tell(pipelines: Option<Res<PipelineCache>>, mut whole: Local<u8>) {
    let Some(pipelines) = pipelines.filter(|_| *whole < WHOLE) else { return };
    if pipelines.pipelines().next().is_some() && pipelines.waiting_pipelines().next().is_none() {
        *whole += 1;
        if *whole == WHOLE {
            // A page of another kind has nothing to hide.
            let _ = ready();
        }
    }
}
