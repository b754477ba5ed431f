//! Game codes.

use super::*;

proptest! {
    #[test]
    fn a_code_survives_being_written_down(bits in 0..1_u32 << 25) {
        let code = GameCode::from_bits(bits);
        let written = code.to_string();
        prop_assert_eq!(code.bits(), bits);
        prop_assert_eq!(written.len(), 6);
        prop_assert_eq!(&written[2..3], "-");
        for copy in [written.clone(), written.to_lowercase(), written.replace('-', ""), written.replace('-', " – "), written.replace('0', "o").replace('1', "l")] {
            prop_assert_eq!(GameCode::parse(&copy), Ok(code), "{}", copy);
        }
    }

    #[test]
    fn reading_a_code_never_panics(text in any::<String>()) {
        if let Err(error) = GameCode::parse(&text) {
            prop_assert!(error.to_string().ends_with('.'));
        }
    }
}

#[test]
fn what_is_no_code_is_refused_with_a_sentence() {
    assert_eq!(GameCode::parse(""), Err(CodeError::Length));
    assert_eq!(GameCode::parse("K7-QM"), Err(CodeError::Length));
    assert_eq!(GameCode::parse(&"K".repeat(100)), Err(CodeError::Length));
    assert_eq!(GameCode::parse("K7-QMU"), Err(CodeError::Character('U')));
    assert_eq!(GameCode::parse("K7_QMP"), Err(CodeError::Character('_')));
    assert_eq!(CodeError::Length.to_string(), "A game code has five letters and digits, such as K7-QMP.");
}

#[test]
fn a_code_always_stands_for_the_same_seed() {
    // printf 'roundtable game code 1K7-QMP' | sha256sum
    let seed = "K7-QMP".parse::<GameCode>().unwrap().seed();
    let hex = seed.0.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!(hex, "3886bc05de326e4fe8257d646b0d7d8095bf20ece1597cd81c9692cd32ea50e6");
    assert_eq!(GameCode::from_bits(0).to_string(), "00-000");
    assert_eq!(GameCode::from_bits(u32::MAX).to_string(), "ZZ-ZZZ");
}
