//! Typed answers: what counts as the same.

use super::*;

#[test]
fn what_people_type_folds_to_what_they_mean() {
    let alike: &[&[&str]] = &[
        &["Saint-Denis", "saint denis", "SAINT – DENIS", "Saint\u{2011}Denis", " saint\u{a0}denis."],
        &["O’Brien", "OBrien", "O'Brien", "o`brien", "O´Brien", "OʼBrien", "Ｏ＇Ｂｒｉｅｎ"],
        &["Hawaiʻi", "Hawai'i", "hawaii"],
        &["Müller", "Mu\u{308}ller", "muller", "MÜLLER"],
        &["Straße", "STRASSE", "STRAẞE", "strasse"],
        &["Łódź", "lodz"],
        &["Tromsø", "tromso"],
        &["Đà Nẵng", "Da Nang"],
        &["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
        &["Diyarbakır", "diyarbakir", "DİYARBAKIR"],
        &["Ærø", "aero"],
        &["Œuvre", "oeuvre"],
        &["Þingvellir", "thingvellir"],
        &["Ｔｏｋｙｏ", "tokyo"],
        &["ﬁnale", "finale"],
        &["Σίσυφος", "ΣΙΣΥΦΟΣ", "σισυφοσ"],
        &["Ёлка", "елка"],
        &["U.S.A.", "USA", "usa"],
        &["J.R.R. Tolkien", "JRR Tolkien"],
        &["St. Gallen", "St Gallen"],
        &["TCP/IP", "TCP IP"],
        &["paral·lel", "parallel"],
        &["well…now", "well now"],
        &["“Titanic”", "titanic", "«Titanic»"],
        &["50 %", "50%"],
        &["R & B", "R&B"],
        &["− 5", "5"],
        &["−5 °C", "-5°C", "–5 ° c"],
        &["1914–1918", "1914-1918", "1914 1918", "1914 -1918"],
        &["½", "1/2", "1⁄2"],
        &["٤٢", "42", "４２"],
        &["ガ", "ｶﾞ", "カ\u{3099}"],
        &["soft\u{ad}hyphen", "softhyphen"],
        &["a\u{200b}b\u{feff}", "ab"],
        &["?", " ? "],
        &["", " \t", "\u{200b}", "\u{301}"],
    ];
    for group in alike {
        for text in *group {
            assert_eq!(fold(text), fold(group[0]), "{text:?} and {:?}", group[0]);
        }
    }
}

#[test]
fn what_means_something_else_folds_apart() {
    let apart = [
        ("5", "-5"),
        ("3.5", "35"),
        (".5", "5"),
        ("1/2", "12"),
        ("10:30", "1030"),
        ("5", "5%"),
        ("€5", "$5"),
        ("C", "C#"),
        ("C", "C++"),
        ("=", "≠"),
        ("ハリ", "パリ"),
        ("バリ", "パリ"),
        ("की", "का"),
        ("Saint", "Saint-Denis"),
        ("?", "!"),
        ("?", ""),
    ];
    for (a, b) in apart {
        assert_ne!(fold(a), fold(b), "{a:?} and {b:?}");
    }
}

#[test]
fn folded_text_reads_as_written_down_here() {
    // Fixed, since journals are re-graded: another result is another version of the rules.
    let table = [
        ("  Crème   Brûlée! ", "creme brulee"),
        ("Saint-Denis", "saint denis"),
        ("O’Brien", "obrien"),
        ("−5 °C", "-5°c"),
        ("3.5", "3.5"),
        ("1,000", "1,000"),
        ("No. 5", "no 5"),
        ("No.5", "no 5"),
        ("50 % of €3", "50%of€3"),
        ("…", "..."),
        ("?!", "?!"),
    ];
    for (text, folded) in table {
        assert_eq!(fold(text), folded);
    }
}

#[test]
fn every_character_folds_twice_as_once() {
    for c in (0..0x2_0000).filter_map(char::from_u32) {
        let once = fold(&format!("a{c}a"));
        assert_eq!(fold(&once), once, "{c:?}");
    }
}

fn tricky() -> impl Strategy<Value = String> {
    let signs = "[ .,:/'’´\\-–−0-9aß%≠°\u{301}\u{328}\u{338}\u{93c}\u{94d}\u{3099}\u{200d}\u{ad}ıİŁ?…½ﬁ٣\u{345}ᾳ가\u{1100}\u{1161}]{0,12}";
    prop_oneof![signs.prop_map(String::from), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn folding_twice_changes_nothing(text in tricky()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn case_never_matters(text in "[a-zA-Zéàüßłø' -]{0,20}") {
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
    }

    #[test]
    fn spaces_round_words_never_matter(text in tricky()) {
        prop_assert_eq!(fold(&format!("\t{text}  ")), fold(&text));
    }
}
