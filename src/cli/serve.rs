//! `roundtable serve`: serves the web build from this computer, as a good host would: right types, packed twins, and what may be cached.
//!
//! May use the file system and sockets. The class host is another server, in a room of its own.

use std::fmt;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::{HeaderValue, Response, header};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// What the page may load: itself, and question files from anywhere that a link names (`?bank=`). Compiling WASM has a word of its own. The
/// page narrows this further for itself; `frame-ancestors` is left out, because embedding it is allowed.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
     connect-src 'self' https: http:; object-src 'none'; base-uri 'none'; form-action 'none'",
);

/// Serve the game's web build from this computer, to try it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that `.ci/web` makes.
    #[arg(value_name = "FOLDER", default_value = "dist")]
    folder: PathBuf,
    /// The address to listen at: 127.0.0.1 is this computer alone, 0.0.0.0 its whole network.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// The port to listen at; 0 takes any free one.
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
}

/// Serves until Ctrl+C. The result is the exit status: 0, or 2 if there was nothing to serve or nowhere to serve it.
pub fn run(args: &Args, out: &mut impl Write, err: &mut impl Write) -> u8 {
    match serve(args, out) {
        Ok(()) => 0,
        Err(why) => {
            // If the terminal is gone there is nobody to tell.
            let _ = writeln!(err, "{why}");
            2
        }
    }
}

enum Refusal {
    NoGame(PathBuf),
    Taken(SocketAddr),
    NoSocket(SocketAddr, io::Error),
    Stopped(io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGame(folder) => write!(
                f,
                "There is no web game in {}: it holds no index.html. Build it with `bash .ci/web`, or name the folder that holds it.",
                folder.display()
            ),
            Self::Taken(address) => write!(
                f,
                "Another program already uses port {} of {}. Try `--port {}`, or `--port 0` for any free one.",
                address.port(),
                address.ip(),
                address.port().checked_add(1).unwrap_or(8000)
            ),
            Self::NoSocket(address, error) => {
                write!(f, "Nothing can listen at {address}: {error}. Try `--bind 127.0.0.1`, and a port from 1024 on.")
            }
            Self::Stopped(error) => write!(f, "The server has stopped: {error}."),
        }
    }
}

fn serve(args: &Args, out: &mut impl Write) -> Result<(), Refusal> {
    if !args.folder.join("index.html").is_file() {
        return Err(Refusal::NoGame(args.folder.clone()));
    }
    let wanted = SocketAddr::new(args.bind, args.port);
    let listener = TcpListener::bind(wanted).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Refusal::Taken(wanted),
        _ => Refusal::NoSocket(wanted, error),
    })?;
    listener.set_nonblocking(true).map_err(Refusal::Stopped)?;
    let address = listener.local_addr().map_err(Refusal::Stopped)?;
    say(address, out).map_err(Refusal::Stopped)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Refusal::Stopped)?;
    runtime
        .block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let ended = async {
                // Where nobody can press Ctrl+C, the process is ended from outside.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                served = async { axum::serve(listener, router(&args.folder)).await } => served,
                () = ended => Ok(()),
            }
        })
        .map_err(Refusal::Stopped)
}

/// Flushed, for a script may be waiting for the address.
fn say(address: SocketAddr, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Roundtable is at http://{address}/ until you press Ctrl+C.")?;
    if !address.ip().is_loopback() {
        writeln!(
            out,
            "Other devices can play, but not keep the game for offline: browsers allow that only on this computer, or over https."
        )?;
    }
    out.flush()
}

fn router(folder: &Path) -> Router {
    let fixed = |name, value| SetResponseHeaderLayer::overriding(name, value);
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(fixed(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(axum::middleware::from_fn(cached))
}

/// What is named after its content never changes; everything else is asked for again.
async fn cached(request: axum::extract::Request, next: axum::middleware::Next) -> Response<axum::body::Body> {
    let hashed = hashed(request.uri().path());
    let mut response = next.run(request).await;
    let kept = if !response.status().is_success() && response.status() != axum::http::StatusCode::NOT_MODIFIED {
        "no-store"
    } else if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

/// Whether a file's name ends in a hash of its content, such as `game-0123456789abcdef.wasm`.
fn hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}
