//! Whether there is a screen to draw on, asked without the window library: it allows one attempt a process, which belongs to the engine.

/// Whether a display answers.
///
/// # Errors
/// The beginning of a sentence that says what does not answer.
#[cfg(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios"))))]
pub fn display() -> Result<(), String> {
    sockets::display()
}

/// Whether a display answers: elsewhere there always is one.
///
/// # Errors
/// Never here.
#[cfg(not(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios")))))]
pub fn display() -> Result<(), String> {
    Ok(())
}

/// X11 and Wayland: the same choice between them as the window library makes, then a connection by hand.
#[cfg(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios"))))]
mod sockets {
    use std::env;
    use std::net::TcpStream;
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    pub(super) fn display() -> Result<(), String> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        if set("WAYLAND_SOCKET").is_some() {
            return Ok(());
        }
        if let Some(name) = set("WAYLAND_DISPLAY") {
            let base = set("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
            return UnixStream::connect(base.join(&name)).map(drop).map_err(|_| {
                format!("The Wayland display {} (from WAYLAND_DISPLAY) did not answer", name.to_string_lossy())
            });
        }
        match set("DISPLAY") {
            None => Err("No display was found".into()),
            Some(name) => {
                let name = name.to_string_lossy();
                if x11(&name) { Ok(()) } else { Err(format!("The X display {name} (from DISPLAY) did not answer")) }
            }
        }
    }

    /// `host:number.screen`; no host means a socket on this machine.
    fn x11(name: &str) -> bool {
        let Some((host, number)) = name.rsplit_once(':') else {
            return false;
        };
        let Ok(number) = number.split('.').next().unwrap_or(number).parse::<u16>() else {
            return false;
        };
        let host = host.trim_start_matches("unix/");
        let path = format!("/tmp/.X11-unix/X{number}");
        if host.starts_with('/') {
            return UnixStream::connect(name).is_ok() || UnixStream::connect(host).is_ok();
        }
        if host.is_empty() || host == "unix" {
            return UnixStream::connect(&path).is_ok() || in_abstract(&path);
        }
        TcpStream::connect((host, number.saturating_add(6000))).is_ok()
    }

    #[cfg(target_os = "linux")]
    fn in_abstract(path: &str) -> bool {
        use std::os::linux::net::SocketAddrExt;
        use std::os::unix::net::SocketAddr;
        SocketAddr::from_abstract_name(path).is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
    }

    #[cfg(not(target_os = "linux"))]
    fn in_abstract(_: &str) -> bool {
        false
    }
}
