//! A stand-in for a mail provider that speaks as Resend does: `POST /emails`.
//!
//! Owns keys, idempotency, validation and what arrived. Must not send anything anywhere.

mod message;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::message::{Attachment, Message};
use crate::standins::faults::{Fault, Faults};
use crate::standins::serve::{Bound, Cut, Server};

/// The provider takes mail of up to 40 MB with its attachments encoded.
const LARGEST: usize = 40_000_000;
/// Longest idempotency key, in characters.
const LONGEST_KEY: usize = 256;

/// How a stand-in is set up.
pub struct MailSetup {
    /// TCP port on loopback; 0 lets the system choose.
    pub port: u16,
    /// The one API key it takes.
    pub api_key: String,
}

impl Default for MailSetup {
    fn default() -> Self {
        MailSetup { port: 0, api_key: "re_local".to_owned() }
    }
}

/// What the control endpoint `/_control` takes. Everything is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Control {
    /// Forget the faults on order first.
    pub clear: bool,
    /// Faults to befall requests.
    pub faults: Vec<Fault>,
}

/// Everything that happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// What was accepted, in order: each of these is a message somebody received.
    pub messages: Vec<Message>,
    /// How often a message was handed in, also when it was refused.
    pub requests: u32,
    /// What was answered other than 200, in order: `409 invalid_idempotent_request`.
    pub refusals: Vec<String>,
}

/// What became of an idempotency key.
struct Keyed {
    body: Value,
    /// None while the first request is under way.
    id: Option<String>,
}

struct World {
    api_key: String,
    keys: Mutex<BTreeMap<String, Keyed>>,
    seen: Mutex<Seen>,
    faults: Faults,
}

impl World {
    fn keys<T>(&self, with: impl FnOnce(&mut BTreeMap<String, Keyed>) -> T) -> T {
        with(&mut self.keys.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn seen<T>(&self, with: impl FnOnce(&mut Seen) -> T) -> T {
        with(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn control(&self, control: Control) {
        if control.clear {
            self.faults.clear();
        }
        self.faults.order(control.faults);
    }

    fn refuse(&self, status: StatusCode, name: &str, why: &str) -> Response {
        self.seen(|seen| seen.refusals.push(format!("{} {name}", status.as_u16())));
        (status, Json(json!({ "statusCode": status.as_u16(), "name": name, "message": why }))).into_response()
    }

    fn on_order(&self, status: StatusCode, retry_after: Option<&str>) -> Response {
        if status != StatusCode::TOO_MANY_REQUESTS {
            return self.refuse(status, "application_error", "An unexpected error occurred.");
        }
        let why = "Too many requests. You can only make 2 requests per second.";
        let mut answer = self.refuse(status, "rate_limit_exceeded", why);
        if let Some(value) = retry_after.and_then(|text| text.parse().ok()) {
            answer.headers_mut().insert(header::RETRY_AFTER, value);
        }
        answer
    }
}

/// A running stand-in.
pub struct Mail {
    server: Server,
    world: Arc<World>,
}

impl Mail {
    /// Start one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(setup: MailSetup) -> io::Result<Mail> {
        let world = Arc::new(World {
            api_key: setup.api_key,
            keys: Mutex::default(),
            seen: Mutex::default(),
            faults: Faults::default(),
        });
        let router = Router::new()
            .route("/emails", post(send).layer(DefaultBodyLimit::max(LARGEST)))
            .route("/_control", post(control))
            .route("/_seen", get(seen))
            .with_state(Arc::clone(&world));
        Ok(Mail { server: Bound::to(setup.port)?.serve(router)?, world })
    }

    /// `http://127.0.0.1:PORT`, what stands for `https://api.resend.com`.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// Everything that happened.
    pub fn seen(&self) -> Seen {
        self.world.seen(|seen| seen.clone())
    }

    /// What the control endpoint does.
    pub fn control(&self, control: Control) {
        self.world.control(control);
    }
}

async fn control(State(world): State<Arc<World>>, Json(control): Json<Control>) -> impl IntoResponse {
    world.control(control);
    Json(json!({ "ok": true }))
}

async fn seen(State(world): State<Arc<World>>) -> Json<Seen> {
    Json(world.seen(|seen| seen.clone()))
}

async fn send(
    State(world): State<Arc<World>>,
    Extension(cut): Extension<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    world.seen(|seen| seen.requests += 1);
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("authorization").and_then(|value| value.strip_prefix("Bearer ")) {
        None => return world.refuse(StatusCode::UNAUTHORIZED, "missing_api_key", "Missing API key."),
        Some(key) if key != world.api_key => {
            return world.refuse(StatusCode::FORBIDDEN, "invalid_api_key", "API key is invalid.");
        }
        Some(_) => {}
    }
    let key = text("idempotency-key").map(str::to_owned);
    if key.as_ref().is_some_and(|key| key.is_empty() || key.chars().count() > LONGEST_KEY) {
        let why = "The key must be between 1-256 chars.";
        return world.refuse(StatusCode::BAD_REQUEST, "invalid_idempotency_key", why);
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return world.refuse(StatusCode::UNPROCESSABLE_ENTITY, "validation_error", "The body is not JSON.");
    };
    let mut held = None;
    if let Some(key) = &key {
        match Held::take(&world, key, &body) {
            Claim::Mine(holder) => held = Some(holder),
            Claim::Done(id) => return Json(json!({ "id": id })).into_response(),
            Claim::Other => {
                let why = "Same idempotency key used with a different request payload.";
                return world.refuse(StatusCode::CONFLICT, "invalid_idempotent_request", why);
            }
            Claim::UnderWay => {
                let why = "Same idempotency key used while original request is still in progress.";
                return world.refuse(StatusCode::CONFLICT, "concurrent_idempotent_requests", why);
            }
        }
    }
    let fault = world.faults.take("POST");
    if let Some(fault) = fault.as_ref().filter(|fault| !fault.after_commit)
        && let Some(answer) = fault.strike(&cut, |status, after| world.on_order(status, after)).await
    {
        return answer;
    }
    let id = ulid::Ulid::generate().to_string();
    match Message::read(&body, id.clone(), key) {
        Ok(message) => world.seen(|seen| seen.messages.push(message)),
        Err(why) => return world.refuse(StatusCode::UNPROCESSABLE_ENTITY, "validation_error", &why),
    }
    if let Some(held) = held {
        held.done(&id);
    }
    if let Some(fault) = fault.filter(|fault| fault.after_commit)
        && let Some(answer) = fault.strike(&cut, |status, after| world.on_order(status, after)).await
    {
        return answer;
    }
    Json(json!({ "id": id })).into_response()
}

/// An idempotency key held while its first request is under way; given up when that comes to nothing.
struct Held {
    world: Arc<World>,
    key: String,
}

enum Claim {
    Mine(Held),
    Done(String),
    Other,
    UnderWay,
}

impl Held {
    fn take(world: &Arc<World>, key: &str, body: &Value) -> Claim {
        world.keys(|keys| match keys.get(key) {
            Some(keyed) if keyed.body != *body => Claim::Other,
            Some(Keyed { id: Some(id), .. }) => Claim::Done(id.clone()),
            Some(_) => Claim::UnderWay,
            None => {
                keys.insert(key.to_owned(), Keyed { body: body.clone(), id: None });
                Claim::Mine(Held { world: Arc::clone(world), key: key.to_owned() })
            }
        })
    }

    fn done(self, id: &str) {
        self.world.keys(|keys| {
            if let Some(keyed) = keys.get_mut(&self.key) {
                keyed.id = Some(id.to_owned());
            }
        });
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.world.keys(|keys| {
            if keys.get(&self.key).is_some_and(|keyed| keyed.id.is_none()) {
                keys.remove(&self.key);
            }
        });
    }
}
