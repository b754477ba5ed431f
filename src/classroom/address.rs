//! Where phones can reach this computer: its addresses, the likeliest first. Uses `if-addrs`.

use std::net::{IpAddr, SocketAddr};

/// An address of this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub ip: IpAddr,
    /// The system's name for the network card.
    pub card: String,
}

/// Every address that another device could use, the likeliest first. Empty: no network.
#[must_use]
pub fn addresses() -> Vec<Address> {
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    sorted(all.into_iter().map(|card| Address { ip: card.ip(), card: card.name }).collect())
}

/// Orders addresses by how likely a phone reaches them, and drops those that none can.
#[must_use]
pub fn sorted(mut all: Vec<Address>) -> Vec<Address> {
    all.retain(|address| !address.ip.is_loopback() && !is_link_local(address.ip));
    all.sort_by_key(|address| (rank(address), address.card.clone(), address.ip));
    all
}

fn is_link_local(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.is_unicast_link_local(),
    }
}

/// Real cards before made-up ones, home and school ranges before others, short addresses before long ones.
fn rank(address: &Address) -> (bool, bool, bool) {
    const MADE_UP: [&str; 14] = [
        "docker",
        "br-",
        "veth",
        "virbr",
        "vmnet",
        "vboxnet",
        "vethernet",
        "tun",
        "tap",
        "wg",
        "utun",
        "zt",
        "tailscale",
        "podman",
    ];
    let card = address.card.to_lowercase();
    let made_up = MADE_UP.iter().any(|start| card.starts_with(start)) || card.contains("virtual");
    let private = matches!(address.ip, IpAddr::V4(four) if four.is_private());
    (made_up, address.ip.is_ipv6(), !private)
}

/// Where phones can reach what listens at `at`, as a browser wants it, the likeliest first. Without a network: this computer alone.
#[must_use]
pub fn places(at: SocketAddr) -> Vec<String> {
    let found = if at.ip().is_unspecified() {
        addresses().into_iter().map(|address| address.ip).filter(|ip| ip.is_ipv4() || at.is_ipv6()).collect()
    } else {
        vec![at.ip()]
    };
    found.into_iter().map(|ip| url(ip, at.port(), "")).collect()
}

/// The address as a browser wants it, without the port where it is the usual one.
#[must_use]
pub fn url(ip: IpAddr, port: u16, path: &str) -> String {
    let host = match ip {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => format!("[{six}]"),
    };
    if port == 80 { format!("http://{host}{path}") } else { format!("http://{host}:{port}{path}") }
}
