//! The document that a browser loads: what stays while pages come and go, and how one gets in.

use maud::{DOCTYPE, Markup, html};

use super::remote;
use crate::classroom::protocol::Role;

const fn word(role: Role) -> &'static str {
    match role {
        Role::Player => "player",
        Role::Projector => "screen",
        Role::Remote => "remote",
        Role::Host => "host",
    }
}

/// The document that a browser loads: a place for pages, and the scripts that fill it. `code` is in the link that was opened, if any.
#[must_use]
pub fn document(role: Role, code: Option<&str>) -> String {
    let leads = role != Role::Player;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(if role == Role::Projector { "dark" } else { "light dark" });
                title { (title(role)) }
                // Or every browser would ask for one that is not there.
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/class.css";
                @if leads { link rel="stylesheet" href="/lead.css"; }
                script type="module" src=(if leads { "/lead.js" } else { "/student.js" }) {}
                link rel="modulepreload" href="/link.js";
            }
            body class=(word(role)) data-code=[code] {
                p id="net" hidden {}
                // Above what changes, or it would push them about under a thumb.
                @if role == Role::Remote || role == Role::Host { (remote::controls()) }
                main id="page" {
                    @if leads { h1 tabindex="-1" { "Connecting…" } } @else { (join(code)) }
                }
                p id="say" class="unseen" role="status" {}
                noscript { "This page needs JavaScript, which your browser has switched off." }
            }
        }
    }
    .into_string()
}

const fn title(role: Role) -> &'static str {
    match role {
        Role::Player => "Roundtable",
        Role::Projector => "Roundtable: big screen",
        Role::Remote | Role::Host => "Roundtable: remote",
    }
}

/// Code first, then a name. Both forms are there from the beginning; the script shows one.
fn join(code: Option<&str>) -> Markup {
    html! {
        form id="door" novalidate {
            h1 tabindex="-1" { "Join the class" }
            label for="code" { "Room code" }
            input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="9" required
                aria-describedby="code-help code-wrong" value=(code.unwrap_or_default());
            p id="code-help" class="soft" { "Six digits, as shown by the big screen." }
            p id="code-wrong" class="wrong" {}
            button class="main" { "Join" }
        }
        form id="names" novalidate hidden {
            h1 tabindex="-1" { "Your name in this class" }
            p id="offer" class="offer" {}
            button id="spin" type="button" { "Spin again" }
            div id="own" hidden {
                label for="name" { "Or a name of your own" }
                input id="name" name="name" autocomplete="off" autocapitalize="words" spellcheck="false" aria-describedby="name-help name-wrong";
                p id="name-help" class="soft" { "At most 24 letters. Everybody in the class sees it." }
            }
            p id="name-wrong" class="wrong" {}
            button id="enter" class="main" { "Join" }
        }
        section id="stop" hidden {
            h1 tabindex="-1" {}
            p id="step" {}
            button type="button" id="again" class="main" { "Try again" }
        }
    }
}
