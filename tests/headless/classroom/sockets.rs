//! Real sockets: who is let in, who is cut off, and that nobody else notices (numbers 8, 12 to 15, 19, 31).

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use roundtable::classroom::outbox::{MOST_BYTES, Next, Outbox};
use roundtable::classroom::protocol::{Order, Page, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::server::Limits;
use roundtable::rules::Answer;

use super::browser::{Browser, host, run};
use super::harness::{received, settings, token};

/// The first line and the rest of an answer to a request with these header lines.
fn ask(at: SocketAddr, path: &str, lines: &[String]) -> (String, String) {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\n{}Connection: close\r\n\r\n", lines.concat());
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (status, rest) = answer.split_once("\r\n").unwrap_or((&answer, ""));
    (status.to_owned(), rest.to_owned())
}

fn handshake(at: SocketAddr, hosts: &[&str], origins: &[&str]) -> String {
    let mut lines: Vec<String> = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
    lines.extend(origins.iter().map(|origin| format!("Origin: {origin}\r\n")));
    let request = format!(
        "GET /ws HTTP/1.1\r\n{}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        lines.concat()
    );
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut start = [0; 12];
    match stream.read_exact(&mut start) {
        Ok(()) => String::from_utf8_lossy(&start[9..]).into_owned(),
        Err(_) => "closed".to_owned(),
    }
}

#[test]
fn a_page_of_another_origin_or_under_another_name_gets_no_socket() {
    let (hosting, at) = host(crate::quiz::BANK, settings(), Limits::default());
    let (own, port) = (at.to_string(), at.port());
    let good = format!("http://{own}");
    assert_eq!(handshake(at, &[&own], &[&good]), "101", "the page itself");
    let local = format!("localhost:{port}");
    assert_eq!(handshake(at, &[&local], &[&format!("http://{local}")]), "101");
    let origins = [
        "null".to_owned(),
        String::new(),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1:{}", port ^ 1),
        format!("https://{own}"),
        format!("ws://{own}"),
        format!("http://{own}.evil.example"),
        format!("http://evil.example#{own}"),
        format!("http://evil.example/{own}"),
        format!("http://{own}@evil.example"),
        format!("http://evil.{own}"),
        format!("http://x{own}"),
        format!("http://{own}0"),
        format!("http://{own}/"),
        format!("http://{own} "),
        format!("HTTP://{own}x"),
        format!("http://2130706433:{port}"),
        format!("http://0x7f.1:{port}"),
        format!("http://127.1:{port}"),
        format!("http://[::1]:{port}"),
        format!("http://[::ffff:127.0.0.1]:{port}"),
        format!("http://localhost:{port}"),
        format!("http://ⓛocalhost:{port}"),
        format!("http://xn--ocalhost-3ib:{port}"),
        "file://".to_owned(),
        "chrome-extension://abc".to_owned(),
    ];
    for origin in &origins {
        // A space at the end is no part of a header's value.
        let expected = if origin.trim_end() == good { "101" } else { "403" };
        assert_eq!(handshake(at, &[&own], &[origin]), expected, "Origin {origin:?}");
    }
    assert_eq!(handshake(at, &[&own], &[]), "403", "no origin");
    assert_ne!(handshake(at, &[&own], &[&good, "http://evil.example"]), "101", "two origins");
    for wrong in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{}", port ^ 1),
        format!("127.0.0.1.evil.example:{port}"),
        format!("127.1:{port}"),
        format!("[::1]:{port}"),
        format!("localhost.:{port}"),
        format!("user@127.0.0.1:{port}"),
        format!("10.0.0.1:{port}"),
        String::new(),
    ] {
        let status = handshake(at, &[&wrong], &[&format!("http://{wrong}")]);
        assert!(status == "403" || status == "400", "Host {wrong:?}: {status}");
        let (status, _) = ask(at, "/", &[format!("Host: {wrong}\r\n")]);
        assert!(status.contains("403") || status.contains("400"), "a page for Host {wrong:?}: {status}");
    }
    assert_ne!(handshake(at, &[&own, "evil.example"], &[&good]), "101", "two hosts");
    assert_ne!(handshake(at, &[], &[&good]), "101", "no host");
    hosting.close();
}

#[test]
fn every_answer_forbids_scripts_of_others_and_inline_ones() {
    let (hosting, at) = host(crate::quiz::BANK, settings(), Limits::default());
    for path in
        ["/", "/r/123456", "/r/%3Cscript%3E", "/screen", "/remote", "/class.js", "/nothing", "/ws", "/../Cargo.toml"]
    {
        let (status, rest) = ask(at, path, &[format!("Host: {at}\r\n")]);
        let head = rest.to_lowercase();
        let policy =
            head.lines().find(|line| line.starts_with("content-security-policy:")).unwrap_or_default().to_owned();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
            "{path}: {status} {policy}"
        );
        assert!(!policy.contains("unsafe") && !policy.contains("http://") && !policy.contains("https://"), "{policy}");
        assert!(head.contains("x-content-type-options: nosniff"));
        let (_, body) = rest.split_once("\r\n\r\n").unwrap_or_default();
        if status.contains("200") && body.starts_with("<!DOCTYPE") {
            assert!(!body.contains("<script>") && !body.contains(" on") && !body.contains("style="), "{path}: {body}");
            // No address but our own is ever asked for anything.
            assert!(!body.contains("//"), "{body}");
        }
    }
    hosting.close();
}

#[test]
fn whatever_a_bank_says_is_shown_as_text() {
    let payloads = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\\\"><svg onload=alert(1)>",
        "</main><iframe src=javascript:alert(1)>",
        "&lt;script&gt;",
        "javascript:alert(1)",
    ];
    for payload in payloads {
        let bank = format!(
            r#"Bank(format: 1, id: "x", title: "{payload}", rounds: [Round(id: "r", title: "{payload}", about: "{payload}", questions: [
                Choice(id: "q", stem: "{payload}", key: "{payload} yes", distractors: ["{payload} no"], notes: {{"{payload} no": "{payload}"}}, explanation: "{payload}")])])"#
        );
        let manner = roundtable::classroom::room::Manner { own_names: true, ..Default::default() };
        let mut class = super::harness::Class::of(&bank, settings(), manner);
        let screen = class.back(&super::harness::secret().token(roundtable::classroom::token::Bearer::Projector));
        let host = class.host();
        let (phone, _) = class.join();
        let named = class.connect();
        let name: String = payload.chars().take(24).collect();
        let join = ToServer::Join { code: super::harness::CODE.to_owned(), pick: None, name: Some(name.clone()) };
        class.say(&named, join);
        assert!(named.read().iter().any(|frame| token(frame).is_some()), "a name is data: {name}");
        for _ in 0..8 {
            class.order(Order::Next);
            class.order(Order::Reveal);
            for frame in [screen.read(), host.read(), phone.read(), named.read()].concat() {
                let html = match frame {
                    ToClient::Page(page) => page.html,
                    ToClient::Mine(mine) => mine.html,
                    _ => continue,
                };
                for dangerous in ["<script", "<img", "<svg onload", "<iframe", "href=\"javascript"] {
                    assert!(!html.contains(dangerous), "{dangerous} in {html}");
                }
            }
        }
    }
}

#[test]
fn a_frame_that_is_too_long_closes_its_socket_with_1009() {
    let (hosting, at) = host(crate::quiz::BANK, settings(), Limits::default());
    run(async {
        for length in [4097, 70_000, 1_000_000] {
            let (mut browser, _) = Browser::join(at, &hosting.code.to_string()).await;
            let _ = browser.text("x".repeat(length)).await;
            let (frames, code) = browser.end().await;
            // Who is still writing when the socket closes may find it reset before reading why.
            let reset = length > 8192 && code.is_none();
            assert!(reset || code == Some(1009), "{length}: {code:?} {frames:?}");
        }
        let (mut browser, _) = Browser::join(at, &hosting.code.to_string()).await;
        browser.text("x".repeat(4096)).await.unwrap();
        let refused = browser.until(|frame| match frame {
            ToClient::Refused { why, .. } => Some(*why),
            _ => None,
        });
        assert_eq!(refused.await, Some(Why::Malformed), "as long as may be is read");
    });
    hosting.close();
}

#[test]
fn a_flood_is_cut_off_and_the_others_play_on() {
    let (hosting, at) = host(crate::quiz::BANK, settings(), Limits::default());
    run(async {
        let code = hosting.code.to_string();
        let (mut flood, _) = Browser::join(at, &code).await;
        let (mut player, _) = Browser::join(at, &code).await;
        hosting.order(Order::Next);
        hosting.order(Order::Next);
        player.until(|frame| matches!(frame, ToClient::Page(Page { kind: PageKind::Asking, .. })).then_some(())).await;
        for _ in 0..1000 {
            if flood.text(r#"{"t":"shown","question":1}"#.to_owned()).await.is_err() {
                break;
            }
        }
        player.say(&ToServer::Answer { question: 1, answer: Answer::Choice(0), sure: None }).await;
        assert_eq!(player.until(received).await, Some(1));
        let (frames, _) = flood.end().await;
        assert!(
            frames.iter().any(|frame| matches!(frame, ToClient::Closing { why: Why::Flood, .. }))
                || frames.len() < 1000,
            "{frames:?}"
        );
    });
    hosting.close();
}

#[test]
fn those_who_say_nothing_are_cut_off_and_stop_nobody() {
    let short = Duration::from_millis(1500);
    let (hosting, at) =
        host(crate::quiz::BANK, settings(), Limits { hello: short, request: short, ..Limits::default() });
    run(async {
        let mut silent = Vec::new();
        let mut mute: Vec<TcpStream> = Vec::new();
        for _ in 0..150 {
            silent.push(Browser::open(at).await);
            mute.push(TcpStream::connect(at).unwrap());
        }
        let (_player, _) = Browser::join(at, &hosting.code.to_string()).await;
        for browser in &mut silent {
            let (frames, _) = browser.end().await;
            assert!(matches!(frames.as_slice(), [ToClient::Closing { why: Why::Silent, .. }]), "{frames:?}");
        }
        let started = Instant::now();
        for mut stream in mute {
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
        }
        assert!(started.elapsed() < Duration::from_secs(15), "connections without a request stay open");
    });
    hosting.close();
}

#[test]
fn a_queue_that_nobody_reads_is_cut_at_its_limit() {
    let out = Outbox::default();
    let line = ToClient::Received { question: 1, say: "x".repeat(1000) };
    for _ in 0..MOST_BYTES / 1100 {
        out.say(&line);
        assert!(!out.is_cut());
    }
    for _ in 0..20 {
        out.say(&line);
    }
    assert!(out.is_cut());
    assert!(matches!(out.next(), Next::Close(Why::SlowReader, _)));
}

#[test]
fn a_slow_reader_is_cut_off_and_the_others_are_sent_everything() {
    // A question as long as may be, shown again and again.
    let stem = "Why is this so long? ".repeat(60);
    let bank = format!(
        r#"Bank(format: 1, id: "x", title: "Long", rounds: [Round(id: "r", title: "R", questions: [
            Choice(id: "q", stem: "{stem}", key: "Yes", distractors: ["No"], explanation: "It is.")])])"#
    );
    let (hosting, at) = host(&bank, settings(), Limits { write: Duration::from_mins(2), ..Limits::default() });
    run(async {
        let code = hosting.code.to_string();
        let mut slow = Browser::narrow(at).await;
        slow.say(&ToServer::Join { code: code.clone(), pick: None, name: None }).await;
        slow.until(token).await.expect("a welcome");
        let (mut player, _) = Browser::join(at, &code).await;
        hosting.order(Order::Next);
        hosting.order(Order::Next);
        let asking =
            |frame: &ToClient| matches!(frame, ToClient::Page(Page { kind: PageKind::Asking, .. })).then_some(());
        let paused =
            |frame: &ToClient| matches!(frame, ToClient::Page(Page { kind: PageKind::Paused, .. })).then_some(());
        player.until(asking).await.unwrap();
        for _ in 0..400 {
            hosting.order(Order::Pause);
            player.until(paused).await.expect("the other one is sent everything");
            hosting.order(Order::Resume);
            player.until(asking).await.expect("the other one is sent everything");
        }
        let (frames, _) = slow.end().await;
        assert!(frames.len() < 800, "{} frames were kept for somebody who does not read", frames.len());
    });
    hosting.close();
}

#[test]
fn two_hundred_join_at_once() {
    let (hosting, at) = host(crate::quiz::BANK, settings(), Limits::default());
    run(async {
        let code = hosting.code.to_string();
        let joins: Vec<_> = (0..200)
            .map(|_| {
                let code = code.clone();
                tokio::spawn(async move { Browser::join(at, &code).await })
            })
            .collect();
        let started = Instant::now();
        let mut tokens = std::collections::HashSet::new();
        let mut browsers = Vec::new();
        for join in joins {
            let (browser, token) = join.await.unwrap();
            assert!(tokens.insert(token));
            browsers.push(browser);
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    });
    hosting.close();
}
