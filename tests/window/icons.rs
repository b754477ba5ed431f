//! The icons in `assets/icons` are what the generator draws. `ROUNDTABLE_DRAW_ICONS=1 cargo test --test window icons` draws them anew.

use std::fs;
use std::path::PathBuf;

use roundtable::game::emblem::{rgba, svg};

/// The sizes that Linux installs, `.ico` and `.icns` among them.
const SIZES: [u32; 7] = [16, 32, 48, 64, 128, 256, 512];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/icons")
}

fn png(size: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size, size);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().expect("a header").write_image_data(&rgba(size)).expect("an image");
    bytes
}

/// For Windows: a table of PNG files.
fn ico(sizes: &[u32]) -> Vec<u8> {
    let images: Vec<_> = sizes.iter().map(|size| (*size, png(*size))).collect();
    let mut file = [[0, 0], [1, 0], u16::try_from(images.len()).expect("it fits").to_le_bytes()].concat();
    let mut at = u32::try_from(6 + 16 * images.len()).expect("it fits");
    for (size, image) in &images {
        // 256 is written as 0.
        let side = u8::try_from(size % 256).expect("it fits");
        let length = u32::try_from(image.len()).expect("it fits");
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(at.to_le_bytes());
        at += length;
    }
    file.extend(images.into_iter().flat_map(|(_, image)| image));
    file
}

/// For macOS: PNG files, each behind a name for its size.
fn icns(sizes: &[(&[u8; 4], u32)]) -> Vec<u8> {
    let entries: Vec<u8> = sizes
        .iter()
        .flat_map(|(name, size)| {
            let image = png(*size);
            let length = u32::try_from(image.len() + 8).expect("it fits");
            [name.as_slice(), &length.to_be_bytes(), &image].concat()
        })
        .collect();
    let length = u32::try_from(entries.len() + 8).expect("it fits");
    [b"icns".as_slice(), &length.to_be_bytes(), &entries].concat()
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = SIZES.iter().map(|size| (format!("roundtable-{size}.png"), png(*size))).collect();
    files.push(("roundtable.svg".to_owned(), svg().into_bytes()));
    files.push(("roundtable.ico".to_owned(), ico(&[16, 32, 48, 64, 256])));
    let mac: [(&[u8; 4], u32); 6] =
        [(b"icp4", 16), (b"icp5", 32), (b"icp6", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512)];
    files.push(("roundtable.icns".to_owned(), icns(&mac)));
    files
}

/// The pictures in a file, as pixels: how tightly they are packed depends on who packs, which is no matter. Of a file without any, its bytes.
fn pictures(file: &[u8]) -> Vec<Vec<u8>> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    let begins: Vec<_> = (0..file.len()).filter(|at| file[*at..].starts_with(SIGNATURE)).collect();
    if begins.is_empty() {
        return vec![file.to_vec()];
    }
    let pixels = |at: usize| {
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file[at..])).read_info().expect("a picture");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("a whole picture");
        pixels
    };
    begins.into_iter().map(pixels).collect()
}

#[test]
fn the_icons_are_what_the_generator_draws() {
    for (name, drawn) in files() {
        let path = folder().join(&name);
        if std::env::var_os("ROUNDTABLE_DRAW_ICONS").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        assert!(
            pictures(&fs::read(&path).unwrap()) == pictures(&drawn),
            "{name} is not what the generator draws (see the head of this file)"
        );
    }
}

#[test]
fn the_icon_is_a_ring_on_a_round_ground_at_every_size() {
    for size in SIZES {
        let pixels = rgba(size);
        let at = |x: u32, y: u32| <[u8; 4]>::try_from(&pixels[((y * size + x) * 4) as usize..][..4]).unwrap();
        let (first, middle) = (0, size / 2);
        assert_eq!(at(first, first)[3], 0, "{size}: the corners are clear");
        assert_eq!(at(middle, first)[3], 255, "{size}: the edges are not");
        let ground = at(middle, middle);
        let ring = pixels.chunks(4).filter(|pixel| **pixel != ground && pixel[3] == 255).count();
        let share = ring * 100 / (size * size) as usize;
        assert!((20..60).contains(&share), "{size}: the seats are {share} % of it");
    }
}
