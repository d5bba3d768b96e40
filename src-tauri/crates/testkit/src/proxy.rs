//! A bad network between a device and the central: a proxy on loopback that does to requests what networks do.
//!
//! Owns the faults, drawn from a seed so that a failing run can be had again. It forwards bytes and knows no
//! protocol but HTTP. Must never be told to talk to anything beyond loopback.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use hyper::body::Frame;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

use crate::standins::serve::{Bound, Cut, Server};

/// What can happen to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection ends before the central hears of it.
    DropBefore,
    /// The central carries it out, and the answer is lost.
    DropAfter,
    /// The central gets it twice; the second answer comes back.
    Duplicate,
    /// It arrives late, behind others.
    Delay,
    /// The answer is cut off in the middle.
    Truncate,
    /// A status of the central's own making.
    Status(u16),
    /// A status from something between, without the central's header.
    ForeignStatus(u16),
    /// A page that says 200.
    Portal,
    /// A redirect to a page that says 200.
    Redirect,
}

/// Every fault there is.
pub const ALL: &[Fault] = &[
    Fault::DropBefore,
    Fault::DropAfter,
    Fault::Duplicate,
    Fault::Delay,
    Fault::Truncate,
    Fault::Status(401),
    Fault::Status(403),
    Fault::Status(408),
    Fault::Status(429),
    Fault::Status(500),
    Fault::Status(503),
    Fault::ForeignStatus(403),
    Fault::ForeignStatus(409),
    Fault::ForeignStatus(413),
    Fault::ForeignStatus(422),
    Fault::ForeignStatus(502),
    Fault::Portal,
    Fault::Redirect,
];

struct Shared {
    upstream: String,
    client: reqwest::Client,
    draws: Mutex<ChaCha20Rng>,
    faults: Mutex<Vec<Fault>>,
    is_healed: AtomicBool,
    /// One request in so many goes through unharmed.
    spared: u32,
    harmed: AtomicU64,
    passed: AtomicU64,
}

/// A proxy that runs. It ends with this value.
pub struct Proxy {
    server: Server,
    shared: Arc<Shared>,
}

impl Proxy {
    /// A proxy before `upstream` that does `faults`, in an order drawn from `seed`, to all but one in `spared`
    /// requests (none spared: 0).
    pub fn start(upstream: &str, faults: &[Fault], spared: u32, seed: u64) -> io::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(io::Error::other)?;
        let shared = Arc::new(Shared {
            upstream: upstream.to_owned(),
            client,
            draws: Mutex::new(ChaCha20Rng::seed_from_u64(seed)),
            faults: Mutex::new(faults.to_vec()),
            is_healed: AtomicBool::new(false),
            spared,
            harmed: AtomicU64::new(0),
            passed: AtomicU64::new(0),
        });
        let router = Router::new().fallback(pass).with_state(Arc::clone(&shared));
        Ok(Proxy { server: Bound::to(0)?.serve(router)?, shared })
    }

    /// Its address, to be given to a device in place of the central's.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// No more faults from now on.
    pub fn heal(&self) {
        self.shared.is_healed.store(true, Ordering::Relaxed);
    }

    /// These faults from now on.
    pub fn harm(&self, faults: &[Fault]) {
        *self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults.to_vec();
        self.shared.is_healed.store(false, Ordering::Relaxed);
    }

    /// Requests that were harmed, and requests that were let through.
    pub fn counts(&self) -> (u64, u64) {
        (self.shared.harmed.load(Ordering::Relaxed), self.shared.passed.load(Ordering::Relaxed))
    }
}

impl Shared {
    /// What happens to the next request; nothing, if nothing.
    fn next(&self) -> Option<Fault> {
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let mut draws = self.draws.lock().unwrap_or_else(PoisonError::into_inner);
        let is_spared = self.spared > 0 && draws.random_range(0..self.spared) == 0;
        if self.is_healed.load(Ordering::Relaxed) || is_spared || faults.is_empty() {
            self.passed.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        self.harmed.fetch_add(1, Ordering::Relaxed);
        Some(faults[draws.random_range(0..faults.len())])
    }

    fn pause(&self) -> Duration {
        let mut draws = self.draws.lock().unwrap_or_else(PoisonError::into_inner);
        Duration::from_millis(draws.random_range(20..300))
    }
}

/// A request as it was given, to be sent as often as need be.
struct Given {
    method: axum::http::Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

async fn pass(
    State(shared): State<Arc<Shared>>,
    Extension(cut): Extension<Cut>,
    request: Request,
) -> Response<Body> {
    let fault = shared.next();
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else { return cut_off(&cut).await };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let given = Given { method: parts.method, path, headers: parts.headers, body };
    match fault {
        None => forward(&shared, &given, &cut).await,
        Some(Fault::DropBefore) => cut_off(&cut).await,
        Some(Fault::DropAfter) => {
            drop(forward(&shared, &given, &cut).await);
            cut_off(&cut).await
        }
        Some(Fault::Duplicate) => {
            drop(forward(&shared, &given, &cut).await);
            forward(&shared, &given, &cut).await
        }
        Some(Fault::Delay) => {
            tokio::time::sleep(shared.pause()).await;
            forward(&shared, &given, &cut).await
        }
        Some(Fault::Truncate) => truncated(&shared, &given, &cut).await,
        Some(Fault::Status(status)) => {
            let code = match status {
                401 => "token_expired",
                403 => "not_allowed",
                429 => "too_many_requests",
                _ => "unavailable",
            };
            let said = format!(r#"{{"error":{{"code":"{code}","message":"a fault","hint":""}}}}"#);
            answer(status, &[("fieldquote-central", "fault"), ("content-type", "application/json")], said)
        }
        Some(Fault::ForeignStatus(status)) => answer(status, &[], "<html>a proxy says no</html>"),
        Some(Fault::Portal) => answer(
            200,
            &[("content-type", "text/html")],
            "<html>Welcome to the school's wireless network</html>",
        ),
        Some(Fault::Redirect) => answer(302, &[("location", "/portal")], ""),
    }
}

/// Ask the central; its whole answer.
async fn ask(shared: &Shared, given: &Given) -> Option<(StatusCode, HeaderMap, Bytes)> {
    let mut request =
        shared.client.request(given.method.clone(), format!("{}{}", shared.upstream, given.path));
    for (name, value) in &given.headers {
        if !matches!(name.as_str(), "host" | "content-length" | "connection") {
            request = request.header(name, value);
        }
    }
    let answer = request.body(given.body.clone()).send().await.ok()?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    Some((status, headers, answer.bytes().await.ok()?))
}

async fn forward(shared: &Shared, given: &Given, cut: &Cut) -> Response<Body> {
    match ask(shared, given).await {
        Some((status, headers, body)) => whole(status, &headers, Body::from(body)),
        // The central is not there: neither is an answer.
        None => cut_off(cut).await,
    }
}

/// Half of the answer comes, and then the connection ends.
async fn truncated(shared: &Shared, given: &Given, cut: &Cut) -> Response<Body> {
    match ask(shared, given).await {
        Some((status, headers, body)) if body.len() > 1 => {
            let half = Half { left: Some(body.slice(..body.len() / 2)), is_flushed: false };
            whole(status, &headers, Body::new(half))
        }
        _ => cut_off(cut).await,
    }
}

/// A body that fails after its bytes have gone out.
struct Half {
    left: Option<Bytes>,
    is_flushed: bool,
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.left.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if !self.is_flushed {
            // What was given is sent while nothing more is there.
            self.is_flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionReset))))
    }
}

fn whole(status: StatusCode, headers: &HeaderMap, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in headers {
        if !matches!(name.as_str(), "content-length" | "transfer-encoding" | "connection") {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

fn answer(status: u16, headers: &[(&'static str, &'static str)], body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// End the connection without an answer.
async fn cut_off(cut: &Cut) -> Response<Body> {
    cut.cut();
    // Never answered: the connection ends first.
    std::future::pending::<()>().await;
    Response::new(Body::empty())
}
