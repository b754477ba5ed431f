//! Links to a game: what they say, read and written.

use roundtable::bank::{self, Bank};
use roundtable::game::links::{Each, Wishes, Wrong};
use roundtable::quiz::Settings;
use roundtable::rules::{CodeError, GameCode};

const FIRST: &str = "nato-explained";

fn code(text: &str) -> GameCode {
    GameCode::parse(text).expect("a game code")
}

fn shipped() -> Bank {
    bank::read(bank::shipped()[0].1.as_bytes()).expect("a good bank")
}

#[test]
fn a_link_is_read_whatever_its_order_its_escapes_and_the_names_of_others() {
    let wishes =
        Wishes::read("?utm=x&beat=15.5&seed=k7qmp&rounds=founding%2C+ukraine,,founding&each=5&flag&seed=00000");
    assert_eq!(wishes.code, Some(code("K7-QMP")), "the first of two counts");
    assert_eq!(wishes.rounds, ["founding", "ukraine"]);
    assert_eq!((wishes.each, wishes.beat), (Some(Each::Most(5)), Some(15_500)));
    assert_eq!((wishes.bank, wishes.of, wishes.wrong), (None, None, Vec::new()));
    assert_eq!(
        Wishes::read("bank=https%3A%2F%2Fa.example%2Fb.ron%3Fx%3D1").bank.as_deref(),
        Some("https://a.example/b.ron?x=1")
    );
    assert!(Wishes::read("").is_empty() && Wishes::read("?").is_empty() && Wishes::read("seed=&x=1").is_empty());
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_still_holds() {
    let wishes = Wishes::read("seed=K7-QMU&each=0&beat=many&rounds=a");
    assert_eq!(
        wishes.wrong,
        [
            Wrong::Code("K7-QMU".to_owned(), CodeError::Character('U')),
            Wrong::Each("0".to_owned()),
            Wrong::Beat("many".to_owned()),
        ]
    );
    assert_eq!(wishes.rounds, ["a"]);
    for bad in ["-1", "1.2345", "1e3", ".5", "9999999", "½"] {
        assert_eq!(Wishes::read(&format!("beat={bad}")).wrong.len(), 1, "{bad}");
    }
    assert_eq!(Wishes::read("beat=7,25").beat, Some(7250));
    assert_eq!(Wishes::read(&"x".repeat(10_000)).wrong, [Wrong::TooLong]);
    // Broken escapes and foreign letters stop nothing.
    assert_eq!(Wishes::read("of=%zz%ff&seed=K7-QMP").code, Some(code("K7-QMP")));
}

#[test]
fn what_is_written_is_read_back() {
    let wishes = Wishes {
        bank: Some("https://example.org/a b.ron?x=1&y=ü".to_owned()),
        of: Some("alliance-beyond".to_owned()),
        code: Some(code("K7-QMP")),
        rounds: vec!["founding".to_owned(), "what-next".to_owned()],
        each: Some(Each::All),
        beat: Some(15_333),
        wrong: Vec::new(),
    };
    assert_eq!(Wishes::read(&wishes.query()), wishes);
    let short = Wishes { code: wishes.code, each: Some(Each::Most(5)), beat: Some(15_500), ..Wishes::default() };
    assert_eq!(short.query(), "seed=K7-QMP&each=5&beat=15.5");
    assert_eq!(Wishes { beat: Some(20_000), ..Wishes::default() }.query(), "beat=20");
}

#[test]
fn a_link_knows_the_match_that_it_speaks_of() {
    let bank = shipped();
    let all: Vec<String> = bank.rounds.iter().map(|round| round.id.clone()).collect();
    let settings = Settings { per_round: Some(5), rounds: all.clone(), ..Settings::solo(code("K7-QMP").seed()) }
        .with_code(code("K7-QMP"));
    let link = Wishes::of_match(&settings, &bank, FIRST).expect("a link");
    assert_eq!(link.query(), "seed=K7-QMP&each=5", "all rounds of the first file need no words");
    let goal = Wishes { beat: Some(9500), ..link };
    assert!(goal.is_of(&settings, &bank, FIRST));
    assert!(Wishes { rounds: all.clone(), ..goal.clone() }.is_of(&settings, &bank, FIRST), "all, by name");
    let fewer = Settings { rounds: all[1..].to_vec(), ..settings.clone() };
    assert!(!goal.is_of(&fewer, &bank, FIRST), "other rounds");
    assert_eq!(Wishes::of_match(&fewer, &bank, FIRST).expect("a link").rounds, all[1..]);
    assert!(!goal.is_of(&Settings { per_round: None, ..settings.clone() }, &bank, FIRST), "more questions");
    assert!(!goal.is_of(&settings.clone().with_code(code("00000")), &bank, FIRST), "another code");
    assert!(!goal.is_of(&settings, &Bank { id: "other".to_owned(), ..bank.clone() }, FIRST), "another file");
    let only = Settings { only: vec!["x".to_owned()], ..settings.clone() };
    assert_eq!(Wishes::of_match(&only, &bank, FIRST), None, "practice has no link");
    assert_eq!(Wishes::of_match(&Settings { code: None, ..settings }, &bank, FIRST), None);
}
