//! Pixels, shapes and type on the processor.

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageFormat;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use swash::FontRef;
use swash::scale::{Render, ScaleContext, Source};
use swash::shape::ShapeContext;
use swash::text::Script;
use swash::zeno::{Format, Vector};

use crate::game::fonts;

/// An opaque picture in sRGB.
pub struct Canvas {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    shaping: ShapeContext,
    scaling: ScaleContext,
}

/// A line of type.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// In pixels.
    pub size: f32,
    /// Regular or bold.
    pub bold: bool,
    /// Its colour.
    pub color: Srgba,
}

/// Where a line of type stands against its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Its left edge is there.
    Left,
    /// Its middle is there.
    Middle,
    /// Its right edge is there.
    Right,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "a picture of a few thousand pixels each way"
)]
impl Canvas {
    /// A picture of this size; each pixel has the colour that `ground` says for its place (0 to 1 each way).
    pub fn new(width: u32, height: u32, ground: impl Fn(Vec2) -> Srgba) -> Self {
        let size = Vec2::new(width as f32, height as f32);
        let mut rgba = Vec::with_capacity((width * height * 4) as usize);
        for y in 0..height {
            for x in 0..width {
                rgba.extend(ground((Vec2::new(x as f32, y as f32) + 0.5) / size).to_u8_array_no_alpha());
                rgba.push(255);
            }
        }
        Self { width, height, rgba, shaping: ShapeContext::new(), scaling: ScaleContext::new() }
    }

    /// The colour of a pixel.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * self.width + x) * 4) as usize;
        self.rgba.get(at..at + 3).map_or([0; 3], |pixel| [pixel[0], pixel[1], pixel[2]])
    }

    fn blend(&mut self, x: i32, y: i32, color: Srgba, cover: u8) {
        if x < 0 || y < 0 || x >= self.width as i32 || y >= self.height as i32 || cover == 0 {
            return;
        }
        let at = ((y as u32 * self.width + x as u32) * 4) as usize;
        let cover = u32::from(cover);
        for (old, new) in self.rgba[at..at + 3].iter_mut().zip(color.to_u8_array_no_alpha()) {
            *old = ((u32::from(*old) * (255 - cover) + u32::from(new) * cover + 127) / 255) as u8;
        }
    }

    /// Fills a shape within these bounds, with 16 samples a pixel.
    pub fn fill(&mut self, bounds: Rect, color: Srgba, covers: impl Fn(Vec2) -> bool) {
        for y in bounds.min.y.floor() as i32..bounds.max.y.ceil() as i32 {
            for x in bounds.min.x.floor() as i32..bounds.max.x.ceil() as i32 {
                let hits = (0..16)
                    .filter(|sample| {
                        let offset = Vec2::new((sample % 4) as f32 + 0.5, (sample / 4) as f32 + 0.5) / 4.;
                        covers(Vec2::new(x as f32, y as f32) + offset)
                    })
                    .count();
                self.blend(x, y, color, (hits * 255 / 16) as u8);
            }
        }
    }

    /// A bar with round ends.
    pub fn pill(&mut self, bounds: Rect, color: Srgba) {
        let radius = (bounds.height() / 2.).min(bounds.width() / 2.);
        let (from, to) = (bounds.min.x + radius, bounds.max.x - radius);
        let middle = bounds.center().y;
        self.fill(bounds, color, |point| {
            let near = Vec2::new(point.x.clamp(from, to.max(from)), middle);
            (point - near).length() <= radius
        });
    }

    /// Writes a line of type with its baseline at `at`.
    pub fn write(&mut self, words: &str, at: Vec2, align: Align, kind: Type) {
        let Some(font) = font(kind.bold) else { return };
        let (glyphs, width) = self.shape(font, words, kind.size);
        let left = match align {
            Align::Left => at.x,
            Align::Middle => at.x - width / 2.,
            Align::Right => at.x - width,
        };
        let mut scaler = self.scaling.builder(font).size(kind.size).build();
        let mut images = Vec::with_capacity(glyphs.len());
        for (glyph, x) in glyphs {
            let x = left + x;
            let rendered = Render::new(&[Source::Outline])
                .format(Format::Alpha)
                .offset(Vector::new(x.fract(), 0.))
                .render(&mut scaler, glyph);
            images.extend(rendered.map(|image| (x.floor() as i32, image)));
        }
        for (x, image) in images {
            let (left, top) = (x + image.placement.left, at.y.round() as i32 - image.placement.top);
            let width = image.placement.width.max(1) as usize;
            for (index, cover) in image.data.iter().enumerate() {
                self.blend(left + (index % width) as i32, top + (index / width) as i32, kind.color, *cover);
            }
        }
    }

    /// The same, cut with "…" where it is wider than `most`.
    pub fn write_within(&mut self, words: &str, at: Vec2, most: f32, kind: Type) {
        let mut shown = words.to_owned();
        let mut left: Vec<char> = words.chars().collect();
        while self.width(&shown, kind) > most && left.pop().is_some() {
            shown = format!("{}…", left.iter().collect::<String>().trim_end());
        }
        self.write(&shown, at, Align::Left, kind);
    }

    /// How wide a line of type is.
    pub fn width(&mut self, words: &str, kind: Type) -> f32 {
        font(kind.bold).map_or(0., |font| self.shape(font, words, kind.size).1)
    }

    fn shape(&mut self, font: FontRef, words: &str, size: f32) -> (Vec<(u16, f32)>, f32) {
        let mut shaper = self.shaping.builder(font).script(Script::Latin).size(size).build();
        shaper.add_str(words);
        let mut glyphs = Vec::new();
        let mut at = 0.;
        shaper.shape_with(|cluster| {
            for glyph in cluster.glyphs {
                glyphs.push((glyph.id, at + glyph.x));
                at += glyph.advance;
            }
        });
        (glyphs, at)
    }

    /// The picture for the engine and the clipboard.
    #[must_use]
    pub fn into_image(self) -> Image {
        Image::new(
            Extent3d { width: self.width, height: self.height, depth_or_array_layers: 1 },
            TextureDimension::D2,
            self.rgba,
            TextureFormat::Rgba8UnormSrgb,
            RenderAssetUsages::default(),
        )
    }
}

fn font(bold: bool) -> Option<FontRef<'static>> {
    FontRef::from_index(if bold { fonts::BOLD_BYTES } else { fonts::REGULAR_BYTES }, 0)
}

/// A picture as a PNG file.
///
/// # Errors
/// What the encoder says.
pub fn png(image: Image) -> Result<Vec<u8>, String> {
    let picture = image.try_into_dynamic().map_err(|error| error.to_string())?;
    let format = ImageFormat::Png.as_image_crate_format().ok_or_else(String::new)?;
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).map_err(|error| error.to_string())?;
    Ok(file.into_inner())
}
