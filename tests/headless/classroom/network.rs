//! Nothing leaves the local network (number 43): while a class is played, every socket that the host's process has is its own listener or ends
//! at a browser that came to it. Read from Linux's own tables, which name every socket; a packet capture would need rights that tests lack.

#![cfg(target_os = "linux")]

use std::collections::HashSet;
use std::path::Path;

use roundtable::classroom::protocol::{Order, ToServer};
use roundtable::classroom::token::Bearer;

use super::browser::{Browser, run};
use super::harness::token;
use super::killed::start;
use super::load::{next, waits};

/// The process's sockets: table, local and remote address as Linux writes them.
fn sockets(process: u32) -> Vec<(String, String, String)> {
    let own: HashSet<String> = std::fs::read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .flatten()
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .filter_map(|target| Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let mut found = Vec::new();
    let mut named = HashSet::new();
    for table in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "packet"] {
        let Ok(text) = std::fs::read_to_string(format!("/proc/{process}/net/{table}")) else { continue };
        for line in text.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let inode = if table == "packet" { words.last() } else { words.get(9) };
            if let Some(inode) = inode.filter(|inode| own.contains(**inode)) {
                named.insert((*inode).to_owned());
                found.push((table.to_owned(), words[1].to_owned(), words[2].to_owned()));
            }
        }
    }
    found
}

#[track_caller]
fn check(process: u32, port: u16) -> usize {
    let found = sockets(process);
    let own = format!(":{port:04X}");
    for (table, local, remote) in &found {
        assert!(table.starts_with("tcp"), "a socket that is none of a class: {table} {local} {remote}");
        let listens = remote.ends_with(":0000");
        // 127.0.0.1, written backwards.
        assert!(local.ends_with(&own), "a connection that the host has opened: {local} {remote}");
        assert!(listens || remote.contains("0100007F:"), "a connection to elsewhere: {local} {remote}");
    }
    found.len()
}

#[test]
fn a_class_has_no_socket_but_those_that_came_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let bank = folder.path().join("bank.ron");
    std::fs::write(&bank, crate::quiz::BANK).unwrap();
    let host = start(&folder.path().join("data"), Path::new(&bank), false);
    let (process, port) = (host.process.id(), host.at.port());
    let mut most = check(process, port);
    run(async {
        let mut teacher = Browser::back(host.at, &host.secret.token(Bearer::Host)).await;
        teacher.until(token).await.expect("the host's place");
        let mut phones: Vec<Browser> = Vec::new();
        for _ in 0..5 {
            phones.push(Browser::join(host.at, &host.code).await.0);
            most = most.max(check(process, port));
        }
        for _ in 0..3 {
            let question = next(&mut teacher, &mut phones).await;
            assert_eq!(waits(&mut phones, question).await.len(), 5);
            most = most.max(check(process, port));
        }
        teacher.say(&ToServer::Order { order: Order::End }).await;
        most = most.max(check(process, port));
    });
    assert!(most >= 7, "the check sees the sockets that are there: {most}");
}
