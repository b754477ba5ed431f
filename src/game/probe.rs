//! Looks whether a window can open at all, before the engine is built: the engine would panic where we can say a sentence.

use std::fmt;

use bevy::render::renderer::initialize_renderer;
use bevy::render::settings::WgpuSettings;

use super::panic;

/// Why the window cannot open, or has closed by itself. Displays as one plain sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// No screen to draw on.
    Display(String),
    /// Nothing to draw with.
    Graphics,
    /// The graphics device was lost, and could not be had again.
    Lost,
    /// The window has stopped because of a mistake of ours; the panic hook has said so.
    Stopped,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Display(why) => {
                write!(f, "{why}, so the window cannot open. `roundtable bank check` works without one.")
            }
            Self::Graphics => write!(
                f,
                "No graphics driver was found that can draw the window (Vulkan or OpenGL is needed; on Debian and Ubuntu the \
                 package `mesa-vulkan-drivers` draws even without a graphics card). `roundtable bank check` works without one."
            ),
            Self::Lost => write!(
                f,
                "The graphics driver stopped working, so the window has closed. Answers that were received are saved."
            ),
            Self::Stopped => write!(f, "The window has closed. Start Roundtable again to go on."),
        }
    }
}

impl std::error::Error for Unavailable {}

/// Both probes.
///
/// # Errors
///
/// What is missing.
pub fn probe() -> Result<(), Unavailable> {
    display()?;
    graphics()
}

/// A device can be had: asks for one just as the engine will.
fn graphics() -> Result<(), Unavailable> {
    let settings = WgpuSettings::default();
    let Some(backends) = settings.backends else {
        return Err(Unavailable::Graphics);
    };
    let found = panic::quietly(|| {
        bevy::tasks::block_on(initialize_renderer(backends, None, &settings));
    });
    found.ok_or(Unavailable::Graphics)
}

#[cfg(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios"))))]
fn display() -> Result<(), Unavailable> {
    sockets::display().map_err(Unavailable::Display)
}

#[cfg(not(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios")))))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
fn display() -> Result<(), Unavailable> {
    Ok(())
}

/// X11 and Wayland: the same choice between them as the window library makes, then a connection by hand.
/// (The library itself allows one attempt a process, which belongs to the engine.)
#[cfg(all(unix, not(any(target_os = "macos", target_os = "android", target_os = "ios"))))]
mod sockets {
    use std::env;
    use std::net::TcpStream;
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    pub fn display() -> Result<(), String> {
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
