//! Names that are made up, names that are brought, and names that are not read out (numbers 17 and 18).

use std::collections::HashSet;

use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use roundtable::classroom::names::{MOST_GRAPHEMES, Namer, clean, is_rude, likeness};
use roundtable::classroom::protocol::{Order, ToClient, ToServer, Why};
use roundtable::classroom::room::Manner;
use unicode_segmentation::UnicodeSegmentation;

use super::harness::*;

#[test]
fn a_name_is_cleaned_or_refused() {
    for (typed, name) in [
        ("Ada", "Ada"),
        ("  Ada \t Lovelace ", "Ada Lovelace"),
        ("Ａｄａ", "Ada"),
        ("Zoë", "Zoë"),
        ("Zoe\u{308}", "Zoë"),
        ("李小龍", "李小龍"),
        ("محمد", "محمد"),
        ("Владимир", "Владимир"),
        ("Nguyễn", "Nguyễn"),
        ("O'Neill-Smith", "O'Neill-Smith"),
        ("सरस्वती", "सरस्वती"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ("=1+1", "=1+1"),
    ] {
        assert_eq!(clean(typed), Ok(name.to_owned()), "{typed}");
    }
    for typed in [
        "",
        "   ",
        "\u{200b}",
        "A\u{200b}da",
        "A\u{202e}da",
        "A\u{2066}da",
        "Ada\u{7}",
        "Ada\u{0}",
        "A\u{ad}da",
        "\u{3164}\u{3164}",
        "\u{2800}",
        "A\u{fe0f}",
        "Ada\u{e000}",
        "\u{301}Ada",
        "A\u{301}\u{302}\u{303}",
        "Z\u{335}\u{336}\u{337}\u{338}algo",
        "!!!",
        &"x".repeat(MOST_GRAPHEMES + 1),
        &"ﷺ".repeat(3),
        &"x".repeat(100_000),
    ] {
        assert_eq!(clean(typed), Err(Why::BadName), "{typed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_a_name_keeps_its_rules(typed in prop_oneof![any::<String>(), "\\PC{0,30}", "[\u{200b}-\u{2070}a-z\u{300}-\u{310}]{0,30}"]) {
        if let Ok(name) = clean(&typed) {
            prop_assert!((1..=MOST_GRAPHEMES).contains(&name.graphemes(true).count()));
            let unseen = |c: char| {
                c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            prop_assert!(!name.chars().any(unseen));
            prop_assert_eq!(clean(&name), Ok(name.clone()), "cleaning is done once");
            prop_assert_eq!(name.trim(), name.as_str());
        }
    }
}

#[test]
fn names_that_look_alike_are_the_same_name() {
    for (one, other) in [
        ("Ada", "ADA"),
        ("Ada", "Аdа"),
        ("Ada", "Ádà"),
        ("Ada Lovelace", "AdaLovelace"),
        ("Bill", "Bi11"),
        ("Otto", "0tt0"),
        ("Peter", "Рeтеr"),
        ("Nora", "Νοra"),
    ] {
        assert_eq!(likeness(one), likeness(other), "{one} {other}");
    }
    for (one, other) in [("Ada", "Eda"), ("Anna", "Ana"), ("李", "王"), ("Иван", "Юлия")] {
        assert_ne!(likeness(one), likeness(other), "{one} {other}");
    }
}

/// Words that no class should read out, as they are typed to get past a list.
const RUDE: &str = "fuck Fuck FUCKER fuuuck f.u.c.k f*ck fu(k fucking motherfucker shit Sh1t sh!t shithead bullshit bitch B1tch bitches \
    cunt c.u.n.t nigger n1gger niggers nigga faggot f4ggot wanker whore wh0re slut sluts rapist porn p0rn pussy penis pen1s vagina dildo \
    blowjob jizz Hitler h1tler nazi Nazis n4zi asshole a$$hole arsehole bastard bollocks twat retard r3tard spastic tranny pedo paedo \
    turd piss cocksucker dickhead hentai hooker prostitute orgasm Scheiße Arschloch Hurensohn Wichser Fotze merde putain salope puta \
    mierda cabron cazzo stronzo kurwa suka ass a55 tits boobs cum anal cock sex sexy poo stupid idiot loser fuсk shіt";

/// First and family names that hold such letters, and others.
const NAMES: &str = "Dick Hancock Babcock Hitchcock Cassandra Cass Bass Grass Nassim Hassan Assad Cassidy Sussex Essex Lipschitz \
    Cummings Cumming Scunthorpe Penistone Titus Titania Matisse Fanny Willy Randy Gaylord Gay Wang Wong Dong Dung Phuc Phuoc Bich Ngoc \
    Shiva Shital Fukuda Fukui Fuchs Kunta Kuntz Niger Nigel Nigella Anan Analise Annalise Sexton Middlesex Saxon Peacock Woodcock Alcock \
    Cocker Butt Butler Buttle Rapunzel Draper Harper Grape Drapeau Rapaport Slutsky Spike Spicer Chandra Chinka Klein Hoare Whoriskey \
    Pissarro Porntip Pornchai Somporn Assisi Cassius Hassel Massey Nasser Cockburn Dickens Dickinson Dickson Kum Kumar Kumari Cumberbatch Hellen Hella Helle \
    Ada Bo Cy Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Margaret Sandra Ashley Kimberly Emily \
    Donna Michelle Carol Amanda Melissa Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Angela Shirley Brenda Emma Anna Pamela Nicole \
    James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Donald Steven Andrew Paul Joshua \
    Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin \
    Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson \
    Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green \
    Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer \
    Koch Bauer Richter Kleina Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Rossi Russo Ferrari Esposito Bianchi Romano \
    Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo Lombardi Moretti Dubois Durand Leroy Moreau Simon Laurent Lefebvre Michel \
    Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Novák Svoboda Dvořák Horvat Kovač Ivanov Petrov Sidorov Popov \
    Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Ali Fatima Mohammed Ahmed Omar Ibrahim Yusuf Aisha Khadija Zainab Layla Noor Hana Yuki Sakura \
    Haruto Sota Yuto Wei Fang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Lin Guo He Gao Luo Priya Ananya Diya Aarav Vihaan Arjun Sai";

#[test]
fn the_block_list_finds_what_it_should_and_leaves_names_alone() {
    let rude: Vec<&str> = RUDE.split_whitespace().collect();
    let missed: Vec<&&str> = rude.iter().filter(|word| !is_rude(word)).collect();
    assert!(missed.len() * 20 <= rude.len(), "{} of {} missed: {missed:?}", missed.len(), rude.len());
    let names: Vec<&str> = NAMES.split_whitespace().collect();
    let hit: Vec<&&str> = names.iter().filter(|name| is_rude(name)).collect();
    assert!(hit.len() * 100 <= names.len(), "{} of {} hit: {hit:?}", hit.len(), names.len());
}

#[test]
fn made_up_names_are_clean_different_and_never_run_out() {
    let mut namer = Namer::new(ChaCha8Rng::seed_from_u64(1));
    let mut seen = HashSet::new();
    for _ in 0..20_000 {
        let name = namer.make();
        assert_eq!(clean(&name), Ok(name.clone()));
        namer.take(&name);
        assert!(seen.insert(likeness(&name)), "{name}");
    }
}

#[test]
fn three_names_are_offered_and_one_is_picked() {
    let mut class = Class::new();
    let phone = class.connect();
    let knock = ToServer::Knock { code: CODE.to_owned() };
    class.say(&phone, knock.clone());
    let told = phone.read();
    let [ToClient::Names { offers, own: false }] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((offers.len(), offers.iter().collect::<HashSet<_>>().len()), (3, 3));
    class.say(&phone, knock);
    assert_eq!(phone.read(), told, "asking again is no fourth spin");
    class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: Some("Ada".to_owned()) });
    assert_eq!(phone.why(), Some(Why::NoOwnNames));
    class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: Some(2), name: None });
    let name = phone.read().into_iter().find_map(|frame| match frame {
        ToClient::Welcome { name, .. } => name,
        _ => None,
    });
    assert_eq!(name.as_ref(), Some(&offers[2]));
    class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
    assert_eq!(phone.why(), Some(Why::AlreadySeated));
}

#[test]
fn the_host_renames_and_the_phone_learns_its_name() {
    let mut class = Class::of(crate::quiz::BANK, settings(), Manner { own_names: true, ..Manner::default() });
    let host = class.host();
    let (phone, _) = class.join();
    class.join();
    let rename = |player: u32, name: &str| ToServer::Order { order: Order::Rename { player, name: name.to_owned() } };
    for (name, reason) in [("", Why::BadName), ("shit", Why::BadName), ("A\u{202e}", Why::BadName)] {
        class.say(&host, rename(0, name));
        assert_eq!(host.why(), Some(reason), "{name}");
    }
    class.say(&host, rename(1, "Ada"));
    class.say(&host, rename(0, "АDA"));
    assert_eq!(host.why(), Some(Why::NameTaken));
    class.say(&host, rename(9, "Bo"));
    assert_eq!(host.why(), Some(Why::NoSuchPlayer));
    phone.read();
    class.say(&host, rename(0, "Bo"));
    assert!(
        phone.read().iter().any(|frame| matches!(frame, ToClient::Welcome { name: Some(name), .. } if name == "Bo"))
    );
    class.say(&host, rename(0, "BO"));
    assert_eq!(class.room.game().name(0), Some("BO"), "in other letters the own name is free");
}
