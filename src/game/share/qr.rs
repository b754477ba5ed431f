//! A link as a QR code: dark on light with its quiet margin, whatever the theme, since cameras look for that.

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use qrcodegen::{QrCode, QrCodeEcc};

/// The margin that the standard asks for, in modules.
const QUIET: i32 = 4;
/// Pixels a module: sharp also where the picture is drawn larger.
const MODULE: i32 = 4;

/// The picture; `None` if the words are too many for one.
#[must_use]
pub fn draw(words: &str) -> Option<Image> {
    let code = QrCode::encode_text(words, QrCodeEcc::Medium).ok()?;
    let side = (code.size() + 2 * QUIET) * MODULE;
    let at = |pixel: i32| pixel / MODULE - QUIET;
    // Beyond the code every module is light.
    let pixels = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let rgba =
        pixels.flat_map(|(x, y)| if code.get_module(at(x), at(y)) { [0, 0, 0, 255] } else { [255; 4] }).collect();
    let (width, height) = (side.unsigned_abs(), side.unsigned_abs());
    let extent = Extent3d { width, height, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    let mut image = Image::new(extent, TextureDimension::D2, rgba, format, RenderAssetUsages::default());
    image.sampler = ImageSampler::nearest();
    Some(image)
}
