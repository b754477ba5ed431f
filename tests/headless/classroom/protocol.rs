//! What clients may send, byte for byte, and what is refused without being looked at further.

use roundtable::classroom::protocol::{MAX_FRAME, Mine, Order, Page, PageKind, ToClient, ToServer, Why, read, write};
use roundtable::rules::Answer;

#[test]
fn a_clients_words_are_these() {
    for (text, message) in [
        (r#"{"t":"knock","code":"123456"}"#, ToServer::Knock { code: "123456".to_owned() }),
        (r#"{"t":"join","code":"123456"}"#, ToServer::Join { code: "123456".to_owned(), pick: None, name: None }),
        (
            r#"{"t":"join","code":"123456","pick":1}"#,
            ToServer::Join { code: "123456".to_owned(), pick: Some(1), name: None },
        ),
        (r#"{"t":"back","token":"x"}"#, ToServer::Back { token: "x".to_owned() }),
        (
            r#"{"t":"answer","question":3,"answer":{"Match":[0,null]}}"#,
            ToServer::Answer { question: 3, answer: Answer::Match(vec![Some(0), None]), sure: None },
        ),
        (r#"{"t":"shown","question":3}"#, ToServer::Shown { question: 3 }),
        (r#"{"t":"order","order":"next"}"#, ToServer::Order { order: Order::Next }),
        (r#"{"t":"order","order":{"kick":{"player":2}}}"#, ToServer::Order { order: Order::Kick { player: 2 } }),
    ] {
        assert_eq!(read(text), Ok(message.clone()), "{text}");
        assert_eq!(serde_json::to_string(&message).unwrap(), text);
    }
}

#[test]
fn anything_else_is_malformed() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"t":"nothing"}"#,
        r#"{"t":"shown"}"#,
        r#"{"t":"shown","question":-1}"#,
        r#"{"t":"shown","question":1.5}"#,
        r#"{"t":"shown","question":4294967296}"#,
        r#"{"t":"shown","question":"1"}"#,
        r#"{"t":"shown","question":NaN}"#,
        r#"{"t":"shown","question":1,"more":1}"#,
        r#"{"t":"shown","question":1,"question":1}"#,
        r#"{"t":"order","order":"next","extra":1}"#,
        r#"{"t":"order","order":{"kick":{"player":2,"why":1}}}"#,
        r#"{"t":"answer","question":1,"answer":{"Choice":256}}"#,
        r#"{"t":"answer","question":1,"answer":{"Choice":0},"at":0}"#,
        "\u{0}",
    ] {
        assert_eq!(read(text), Err(Why::Malformed), "{text}");
    }
    let long = format!(r#"{{"t":"back","token":"{}"}}"#, "x".repeat(MAX_FRAME));
    assert_eq!(read(&long), Err(Why::TooLong));
    // Deep nesting is no way to the stack's end.
    assert_eq!(read(&"[".repeat(MAX_FRAME)), Err(Why::Malformed));
}

#[test]
fn the_servers_words_are_these() {
    let page = Page {
        kind: PageKind::Asking,
        question: Some(1),
        left_ms: Some(20_000),
        limit_ms: Some(20_000),
        say: "Question 1".to_owned(),
        html: "<h1>Why?</h1>".to_owned(),
    };
    assert_eq!(
        write(&ToClient::Page(page)),
        r#"{"t":"page","kind":"asking","question":1,"left_ms":20000,"limit_ms":20000,"say":"Question 1","html":"<h1>Why?</h1>"}"#
    );
    let mine = Mine { question: None, answered: false, say: String::new(), html: "<p>Calm Heron</p>".to_owned() };
    assert_eq!(
        write(&ToClient::Mine(mine)),
        r#"{"t":"mine","question":null,"answered":false,"say":"","html":"<p>Calm Heron</p>"}"#
    );
    assert_eq!(
        write(&ToClient::Closing { why: Why::Flood, back: false, say: "x".to_owned() }),
        r#"{"t":"closing","why":"flood","back":false,"say":"x"}"#
    );
}
