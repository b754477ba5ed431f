//! The server: HTTP and sockets on Tokio's threads, a room behind a [`Door`]. The listener comes in, so that tests choose it.
//!
//! Whoever connects and says nothing is cut off, at each step: before a request, before a word, and when pings go unanswered.

mod limits;
mod socket;
mod web;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;

pub use self::limits::{Files, raise_files};
use super::run::Door;

/// What a server will bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once, pages and sockets together.
    pub connections: usize,
    /// How long a connection may take to make a request.
    pub request: Duration,
    /// How long a socket may take to say who it is.
    pub hello: Duration,
    /// How long somebody may choose a name.
    pub choose: Duration,
    /// How often pings go out, after the first few.
    pub ping: Duration,
    /// How long they may go unanswered.
    pub silence: Duration,
    /// How long one write may take.
    pub write: Duration,
    /// Messages at once from a socket.
    pub burst: u32,
    /// Messages a second from a socket, after that.
    pub rate: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 12_000,
            request: Duration::from_secs(4),
            hello: Duration::from_secs(4),
            choose: Duration::from_mins(3),
            ping: Duration::from_secs(15),
            silence: Duration::from_secs(45),
            write: Duration::from_secs(15),
            burst: 200,
            rate: 20,
        }
    }
}

/// Connections that may wait to be taken.
const BACKLOG: i32 = 4096;
/// Bytes that the system may keep for a socket until they are read: several pages.
const SEND_BUFFER: usize = 32 * 1024;

/// What all connections share.
pub(super) struct Shared {
    pub door: Door,
    pub limits: Limits,
    /// Names under which browsers may ask for us, besides the address that they have reached.
    pub names: Vec<String>,
    next: AtomicU64,
    open: AtomicUsize,
    stop: watch::Receiver<bool>,
}

impl Shared {
    fn next_conn(&self) -> super::room::Conn {
        super::room::Conn(self.next.fetch_add(1, Ordering::Relaxed))
    }
}

/// The two ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub peer: SocketAddr,
    pub local: SocketAddr,
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
    address: SocketAddr,
}

impl Server {
    /// Serves a room on a listener. `names` are host names under which browsers may ask, besides the address that they have reached.
    ///
    /// # Errors
    /// If the system gives no thread, or the listener cannot be used.
    pub fn start(listener: TcpListener, door: Door, limits: Limits, names: Vec<String>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        // The library asks for 128: of a class that comes at once the rest would knock again after a second. Where the system allows no more,
        // that stands.
        let _ = socket2::SockRef::from(&listener).listen(BACKLOG);
        let (stop, stopped) = watch::channel(false);
        // Two are enough for thousands of sockets; the match has a thread of its own.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("class server")
            .enable_io()
            .enable_time()
            .build()?;
        let shared =
            Arc::new(Shared { door, limits, names, next: AtomicU64::new(1), open: AtomicUsize::new(0), stop: stopped });
        let thread = std::thread::Builder::new().name("class door".to_owned()).spawn(move || {
            runtime.block_on(accept(listener, shared));
            // Sockets say good-bye meanwhile.
            runtime.shutdown_timeout(Duration::from_secs(2));
        })?;
        Ok(Self { stop, thread: Some(thread), address })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let router = web::router(Arc::clone(&shared));
    let mut stop = shared.stop.clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let Ok((stream, peer)) = accepted else {
            // No descriptor is left: those that close will free one.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        if shared.open.fetch_add(1, Ordering::Relaxed) >= shared.limits.connections {
            shared.open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let open = Open(Arc::clone(&shared));
        let router = router.clone();
        tokio::spawn(async move { connection(stream, peer, router, open).await });
    }
    // What sockets have to say last.
    let until = tokio::time::Instant::now() + Duration::from_secs(1);
    while shared.open.load(Ordering::Relaxed) > 0 && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Counts a connection for as long as it lives, also as a socket.
#[derive(Clone)]
pub(super) struct Open(Arc<Shared>);

/// See [`Open`]: shared by a connection and the socket that it becomes.
pub(super) struct Counted(Open);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: axum::Router, open: Open) {
    let limits = open.0.limits;
    let counted = Arc::new(Counted(open));
    let Ok(local) = stream.local_addr() else { return };
    // One small frame at a time is all there is: waiting for more would only cost time.
    let _ = stream.set_nodelay(true);
    // Or the system would keep megabytes for a reader who does not read.
    let _ = socket2::SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER);
    let router = TowerToHyperService::new(router);
    let held = Arc::clone(&counted);
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Ends { peer, local });
        request.extensions_mut().insert(Arc::clone(&held));
        router.call(request)
    });
    // Whatever goes wrong here is the other end's business.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.request)
        .max_buf_size(8 * 1024)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
}
