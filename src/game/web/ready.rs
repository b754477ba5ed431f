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
/// Whatever is still waited for then, the first screen does not need: a start page for ever would be worse than a gap in a picture.
const ANYWAY: u8 = 12;

pub(super) fn plugin(app: &mut App) {
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.add_systems(Render, tell.after(RenderSystems::Render));
    }
}

/// In the renderer: whole is a frame that draws with something, and waits for nothing.
fn tell(pipelines: Option<Res<PipelineCache>>, mut whole: Local<u8>, mut drawn: Local<u8>, mut told: Local<bool>) {
    let Some(pipelines) = pipelines.filter(|_| !*told) else { return };
    if pipelines.pipelines().next().is_none() {
        return;
    }
    *drawn += 1;
    if pipelines.waiting_pipelines().next().is_none() {
        *whole += 1;
    }
    if *whole >= WHOLE || *drawn >= ANYWAY {
        *told = true;
        // A page of another kind has nothing to hide.
        let _ = ready();
    }
}
