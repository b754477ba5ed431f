//! `roundtable serve`: the real program, asked over a real socket.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const GAME: &str = "game-0123456789abcdef.wasm";

/// The program, ended with the test.
struct Server(Child, String);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_roundtable"))
}

fn game() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("index.html", "the page"),
        ("sw.js", "the worker"),
        ("manifest.webmanifest", "{}"),
        (GAME, "as it is"),
        ("game-0123456789abcdef.wasm.br", "as brotli"),
        ("game-0123456789abcdef.wasm.gz", "as gzip"),
        ("boot-fedcba9876543210.js", "the script"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn serve(folder: &Path) -> Server {
    let mut child = program().arg("serve").arg(folder).args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    Server(child, address)
}

/// The answer's head, in lower case, and its body.
fn ask(server: &Server, path: &str, accepts: &str) -> (String, String) {
    let mut stream = TcpStream::connect(&server.1).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: here\r\nAccept-Encoding: {accepts}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

#[test]
fn the_packed_twin_that_the_browser_reads_is_sent_with_the_type_of_the_original() {
    let folder = game();
    let server = serve(folder.path());
    for (accepts, encoding, body) in
        [("gzip, deflate, br", Some("br"), "as brotli"), ("gzip", Some("gzip"), "as gzip"), ("", None, "as it is")]
    {
        let (head, sent) = ask(&server, &format!("/{GAME}"), accepts);
        assert!(head.starts_with("http/1.1 200") && head.contains("content-type: application/wasm"), "{head}");
        assert_eq!(sent, body);
        let named = head.lines().find_map(|line| line.strip_prefix("content-encoding: "));
        assert_eq!(named, encoding, "{head}");
        assert!(head.contains("vary: accept-encoding"), "{head}");
    }
}

#[test]
fn what_is_named_after_its_content_is_kept_and_the_rest_asked_for_again() {
    let folder = game();
    let server = serve(folder.path());
    for (path, kind, kept) in [
        ("/", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/sw.js", "text/javascript", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/boot-fedcba9876543210.js", "text/javascript", "public, max-age=31536000, immutable"),
    ] {
        let (head, _) = ask(&server, path, "br");
        assert!(head.contains(&format!("content-type: {kind}")), "{path}: {head}");
        assert!(head.contains(&format!("cache-control: {kept}")), "{path}: {head}");
        assert!(head.contains("content-security-policy: ") && head.contains("'wasm-unsafe-eval'"), "{path}: {head}");
        assert!(head.contains("x-content-type-options: nosniff"), "{path}: {head}");
    }
    let (head, _) = ask(&server, "/gone-0123456789abcdef.js", "br");
    assert!(head.starts_with("http/1.1 404") && head.contains("cache-control: no-store"), "{head}");
    let (head, body) = ask(&server, "/../Cargo.toml", "br");
    assert!(head.starts_with("http/1.1 404") && body.is_empty(), "{head}");
}

#[test]
fn a_taken_port_is_said_with_one_to_try() {
    let folder = game();
    let server = serve(folder.path());
    let port = server.1.rsplit_once(':').unwrap().1;
    let output = program().arg("serve").arg(folder.path()).args(["--port", port]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains(&format!("already uses port {port} of 127.0.0.1")) && said.contains("`--port 0`"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_folder_without_the_game_is_said_with_how_to_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = program().arg("serve").arg(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("holds no index.html") && said.contains("bash .ci/web"), "{said}");
}
