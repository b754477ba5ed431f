//! A browser's end of a real socket, and a real host on loopback.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use roundtable::classroom::hosting::{Hosting, Plan, open};
use roundtable::classroom::protocol::{ToClient, ToServer};
use roundtable::classroom::room::Manner;
use roundtable::classroom::server::Limits;
use roundtable::quiz::Settings;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::{Request, generate_key};

/// Far more than anything takes, also on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}

pub fn host(bank: &str, settings: Settings, limits: Limits) -> (Hosting, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let plan = Plan { bank: crate::quiz::read(bank), bank_text: bank.to_owned(), settings, manner: Manner::default() };
    (open(None, plan, listener, limits, |_| {}).unwrap(), at)
}

pub struct Browser {
    socket: WebSocketStream<TcpStream>,
}

/// What came.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Frame(ToClient),
    /// The socket is closed, with this code if one was given.
    Closed(Option<u16>),
}

impl Browser {
    pub async fn open(at: SocketAddr) -> Self {
        let stream = TcpStream::connect(at).await.unwrap();
        Self::over(stream, at).await
    }

    /// With a small window, so that little waits in the system for somebody who does not read.
    pub async fn narrow(at: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Self::over(socket.connect(at).await.unwrap(), at).await
    }

    async fn over(stream: TcpStream, at: SocketAddr) -> Self {
        let request = Request::builder()
            .uri(format!("ws://{at}/ws"))
            .header("Host", at.to_string())
            .header("Origin", format!("http://{at}"))
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", generate_key())
            .body(())
            .unwrap();
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        Self { socket }
    }

    pub async fn say(&mut self, message: &ToServer) {
        let _ = self.text(serde_json::to_string(message).unwrap()).await;
    }

    pub async fn text(&mut self, text: String) -> Result<(), ()> {
        self.socket.send(Message::text(text)).await.map_err(|_| ())
    }

    pub async fn hear(&mut self) -> Heard {
        // Pings are no reason to wait on.
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            match tokio::time::timeout_at(until, self.socket.next()).await.expect("something is heard") {
                Some(Ok(Message::Text(text))) => return Heard::Frame(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => return Heard::Closed(frame.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Closed(None),
            }
        }
    }

    /// Reads on until something is what it should be.
    pub async fn until<T>(&mut self, wanted: impl Fn(&ToClient) -> Option<T>) -> Option<T> {
        loop {
            match self.hear().await {
                Heard::Frame(frame) => {
                    if let Some(found) = wanted(&frame) {
                        return Some(found);
                    }
                }
                Heard::Closed(_) => return None,
            }
        }
    }

    /// Reads to the end: every reason for closing, and the code.
    pub async fn end(&mut self) -> (Vec<ToClient>, Option<u16>) {
        let mut frames = Vec::new();
        loop {
            match self.hear().await {
                Heard::Frame(frame) => frames.push(frame),
                Heard::Closed(code) => return (frames, code),
            }
        }
    }

    pub async fn join(at: SocketAddr, code: &str) -> (Self, String) {
        let mut browser = Self::open(at).await;
        browser.say(&ToServer::Join { code: code.to_owned(), pick: None, name: None }).await;
        let token = browser.until(super::harness::token).await.expect("a welcome");
        (browser, token)
    }

    pub async fn back(at: SocketAddr, token: &str) -> Self {
        let mut browser = Self::open(at).await;
        browser.say(&ToServer::Back { token: token.to_owned() }).await;
        browser
    }
}
