//! The type: every letter of the languages that it promises, in both weights, and its licence beside it.

use std::collections::HashSet;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Bold.ttf");
const LICENCE: &str = include_str!("../../assets/fonts/FiraSans-OFL.txt");

/// Small letters beyond a to z; the capitals are asked for as well.
const ALPHABETS: [(&str, &str); 38] = [
    ("Albanian", "çë"),
    ("Belarusian", "абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    ("Bulgarian", "абвгдежзийклмнопрстуфхцчшщъьюя"),
    ("Catalan", "àçéèíïóòúü·"),
    ("Croatian", "čćđšž"),
    ("Czech", "áčďéěíňóřšťúůýž"),
    ("Danish", "æøå"),
    ("Dutch", "áéëíïóöúü"),
    ("English", "abcdefghijklmnopqrstuvwxyz"),
    ("Estonian", "äõöüšž"),
    ("Faroese", "áðíóúýæø"),
    ("Finnish", "äåöšž"),
    ("French", "àâæçéèêëîïôœùûüÿ"),
    ("German", "äöüßẞ"),
    ("Greek", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
    ("Hungarian", "áéíóöőúüű"),
    ("Icelandic", "áðéíóúýþæö"),
    ("Irish", "áéíóú"),
    ("Italian", "àèéìîòù"),
    ("Latvian", "āčēģīķļņšūž"),
    ("Lithuanian", "ąčęėįšųūž"),
    ("Macedonian", "абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
    ("Maltese", "ċġħż"),
    ("Norwegian", "æøå"),
    ("Polish", "ąćęłńóśźż"),
    ("Portuguese", "áâãàçéêíóôõú"),
    ("Romanian", "ăâîșț"),
    ("Russian", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    ("Sami", "áčđŋšŧž"),
    ("Serbian", "абвгдђежзијклљмнњопрстћуфхцчџш"),
    ("Slovak", "áäčďéíĺľňóôŕšťúýž"),
    ("Slovenian", "čšž"),
    ("Spanish", "áéíñóúü"),
    ("Swedish", "åäö"),
    ("Turkish", "çğıöşü"),
    ("Ukrainian", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    ("Vietnamese’s base", "ăâđêôơư"),
    ("Welsh", "âêîôûŵŷ"),
];

/// What stands between the letters, and what the window itself says.
const MARKS: &str = "0123456789.,:;!?¿¡…-–—·•“”„‘’‚«»‹›()[]{}/\\&@#%‰§†*+−×÷±=≠≈<>≤≥°½¼¾⅓⅔²³₂€£$¥¢→←↑↓©®™№µ∞√";

/// The characters that a font has a glyph for, from its `cmap` (formats 4 and 12).
fn characters(font: &[u8]) -> HashSet<u32> {
    let u16_at = |at: usize| u32::from(u16::from_be_bytes([font[at], font[at + 1]]));
    let u32_at = |at: usize| u32::from_be_bytes([font[at], font[at + 1], font[at + 2], font[at + 3]]);
    let tables = u16_at(4) as usize;
    let cmap = (0..tables)
        .map(|table| 12 + table * 16)
        .find(|record| &font[*record..record + 4] == b"cmap")
        .map(|record| u32_at(record + 8) as usize)
        .expect("a cmap");
    let mut found = HashSet::new();
    for table in 0..u16_at(cmap + 2) as usize {
        let at = cmap + u32_at(cmap + 8 + table * 8) as usize;
        match u16_at(at) {
            4 => {
                let segments = u16_at(at + 6) as usize / 2;
                for segment in 0..segments {
                    let end = u16_at(at + 14 + segment * 2);
                    let start = u16_at(at + 16 + (segments + segment) * 2);
                    if start != 0xffff {
                        found.extend(start..=end);
                    }
                }
            }
            12 => {
                for group in 0..u32_at(at + 12) as usize {
                    let group = at + 16 + group * 12;
                    found.extend(u32_at(group)..=u32_at(group + 4));
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn both_weights_have_every_letter_of_every_language() {
    for (weight, font) in [("Regular", REGULAR), ("Bold", BOLD)] {
        let has = characters(font);
        let lacks = |letters: &str| -> String {
            let capitals: String = letters.chars().flat_map(char::to_uppercase).collect();
            letters.chars().chain(capitals.chars()).filter(|letter| !has.contains(&u32::from(*letter))).collect()
        };
        for (language, letters) in ALPHABETS.into_iter().chain([("marks", MARKS)]) {
            assert_eq!(lacks(letters), "", "{language} in {weight}");
        }
    }
}

#[test]
fn every_word_of_the_window_can_be_shown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/game/text");
    let words: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of words")
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text"))
        .collect();
    assert!(words.iter().map(String::len).sum::<usize>() > 40_000, "these are the words");
    let shipped =
        [include_str!("../../questions/nato-explained.ron"), include_str!("../../questions/alliance-beyond.ron")];
    for font in [REGULAR, BOLD] {
        let has = characters(font);
        for text in words.iter().map(String::as_str).chain(shipped) {
            // Comments and rules in the source are not shown.
            let shown = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let lacks: String =
                shown.flat_map(str::chars).filter(|c| !c.is_control() && !has.contains(&u32::from(*c))).collect();
            assert_eq!(lacks, "");
        }
    }
}

#[test]
fn the_licence_lies_beside_the_font() {
    assert!(LICENCE.contains("SIL OPEN FONT LICENSE Version 1.1"));
    assert!(LICENCE.starts_with("Copyright"));
}
