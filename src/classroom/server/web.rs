//! Requests: pages, their files, and the way to a socket. Nothing here knows the match.
//!
//! A browser may only come under the address that it has reached (or a name that the host gave), and a page of another origin not at
//! all: a web site that a student has open elsewhere can neither read the class nor answer for them.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::get;

use super::{Counted, Ends, Shared, socket};
use crate::classroom::page;
use crate::classroom::protocol::{MAX_FRAME, Role};
use crate::classroom::token::RoomCode;

/// Bytes read from a socket at once; the library's own default is thirty times as much for every student.
const READ_BUFFER: usize = 2 * 1024;
/// Bytes that are gathered before they are written, so that a page and what goes with it are one write.
const WRITE_BUFFER: usize = 8 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(|| async { document(Role::Player, None) }))
        .route("/r/{code}", get(room))
        .route("/screen", get(|| async { document(Role::Projector, None) }))
        .route("/remote", get(|| async { document(Role::Remote, None) }))
        .route("/ws", get(upgrade))
        .fallback(file)
        .layer(from_fn_with_state(Arc::clone(&shared), guard))
        .with_state(shared)
}

/// The code is in the address, so that a QR code can hold it. Whether it is right is not told here: that would be a second door to try
/// codes at.
async fn room(Path(code): Path<String>) -> Response {
    let code = RoomCode::parse(&code).map(|code| code.to_string());
    document(Role::Player, code.as_deref())
}

fn document(role: Role, code: Option<&str>) -> Response {
    let html = page::document(role, code);
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], html).into_response()
}

async fn file(request: Request) -> Response {
    let accepts = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let gzip = accepts.is_some_and(|accepts| accepts.split(',').any(|way| way.trim().eq_ignore_ascii_case("gzip")));
    match page::file(request.uri().path(), gzip) {
        Some((kind, bytes)) if matches!(*request.method(), Method::GET | Method::HEAD) => {
            let common =
                [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache"), (header::VARY, "accept-encoding")];
            let packed = gzip.then_some([(header::CONTENT_ENCODING, "gzip")]);
            let bytes = if request.method() == Method::HEAD { &[] } else { bytes };
            (common, packed.map(AppendHeaders), bytes).into_response()
        }
        _ => plain(StatusCode::NOT_FOUND, "There is no such page."),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

async fn upgrade(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let ends = request.extensions().get::<Ends>().copied();
    let counted = request.extensions().get::<Arc<Counted>>().cloned();
    let (mut parts, _) = request.into_parts();
    let upgrade =
        <WebSocketUpgrade as axum::extract::FromRequestParts<Arc<Shared>>>::from_request_parts(&mut parts, &shared)
            .await;
    let (Ok(upgrade), Some(ends)) = (upgrade, ends) else {
        return plain(StatusCode::BAD_REQUEST, "This address is for the class's pages.");
    };
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(MAX_FRAME)
        .max_frame_size(MAX_FRAME)
        .on_upgrade(move |socket| async move {
            socket::serve(socket, &shared, ends.peer.ip()).await;
            drop(counted);
        })
}

/// Lets in what may come in, and adds the headers that every answer has.
async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let ends = request.extensions().get::<Ends>().copied();
    let host = ends.and_then(|ends| good_host(request.headers(), ends, &shared.names));
    let socket = request.uri().path() == "/ws";
    let origin = one(request.headers(), &header::ORIGIN);
    let good_origin = match (&host, origin) {
        (Some(host), Ok(Some(origin))) => origin.strip_prefix("http://") == Some(host.as_str()),
        // A page is opened without one; a socket never is.
        (Some(_), Ok(None)) => !socket,
        _ => false,
    };
    let mut response = if good_origin && request.headers().get_all(header::HOST).iter().count() == 1 {
        next.run(request).await
    } else {
        plain(StatusCode::FORBIDDEN, "Open the class at the address on the big screen.")
    };
    let headers = response.headers_mut();
    // Older Safari does not count a socket to one's own host as 'self'.
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        host.as_deref().unwrap_or("invalid")
    );
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

/// A header that comes at most once.
fn one<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        (Some(_), Some(_)) => Err(()),
    }
}

/// The host that a request names, if it is where the connection really goes.
///
/// A site that points its own name at this computer (DNS rebinding) has that name here, and gets nothing.
fn good_host(headers: &HeaderMap, ends: Ends, names: &[String]) -> Option<String> {
    let host = one(headers, &header::HOST).ok()??;
    is_good_host(host, ends.local.ip(), ends.local.port(), names).then(|| host.to_ascii_lowercase())
}

fn is_good_host(host: &str, ip: IpAddr, port: u16, names: &[String]) -> bool {
    let ip = ip.to_canonical();
    let literal = match ip {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => format!("[{six}]"),
    };
    let is = |name: &str| {
        host.eq_ignore_ascii_case(&format!("{name}:{port}")) || (port == 80 && host.eq_ignore_ascii_case(name))
    };
    is(&literal) || (ip.is_loopback() && is("localhost")) || names.iter().any(|name| is(name))
}
