//! A stand-in for a language model behind OpenAI's chat endpoint: `POST /v1/chat/completions`.
//!
//! Owns what it was asked, byte for byte, and saying what it was told to. Must not understand anything.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};

use crate::standins::serve::{Bound, Server};

/// What it says next.
#[derive(Debug, Clone)]
pub enum Says {
    /// These sentences, as it was asked to.
    Sentences(Vec<&'static str>),
    /// This text as its message.
    Text(String),
    /// This status and body.
    Raw(u16, String),
    /// Nothing for so long, then no sentences.
    Late(Duration),
}

/// One thing it was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The whole body.
    pub text: String,
    /// The same as JSON.
    pub body: Value,
    /// What let the asker in.
    pub authorization: Option<String>,
}

#[derive(Default)]
struct Known {
    asked: Vec<Asked>,
    says: VecDeque<Says>,
}

/// The running stand-in. It says what it was told, in order, and no sentences after that.
pub struct Model {
    server: Server,
    known: Arc<Mutex<Known>>,
}

fn locked(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Model {
    /// Start it on loopback.
    ///
    /// # Errors
    /// Loopback is not there.
    pub fn saying(says: impl IntoIterator<Item = Says>) -> io::Result<Model> {
        let known = Arc::new(Mutex::new(Known { asked: Vec::new(), says: says.into_iter().collect() }));
        let router =
            Router::new().route("/v1/chat/completions", post(complete)).with_state(Arc::clone(&known));
        Ok(Model { server: Bound::to(0)?.serve(router)?, known })
    }

    /// The address a client is given.
    pub fn url(&self) -> String {
        format!("{}/v1", self.server.url())
    }

    /// Everything it was asked.
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.known).asked.clone()
    }
}

async fn complete(State(known): State<Arc<Mutex<Known>>>, headers: HeaderMap, body: Bytes) -> Response {
    let text = String::from_utf8_lossy(&body).into_owned();
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let says = {
        let mut known = locked(&known);
        known.asked.push(Asked {
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
            authorization: authorization.map(str::to_owned),
        });
        known.says.pop_front().unwrap_or(Says::Sentences(Vec::new()))
    };
    match says {
        Says::Sentences(sentences) => message(&json!({ "sentences": sentences }).to_string()),
        Says::Text(text) => message(&text),
        Says::Raw(status, body) => {
            (StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT), body).into_response()
        }
        Says::Late(length) => {
            tokio::time::sleep(length).await;
            message(&json!({ "sentences": [] }).to_string())
        }
    }
}

fn message(content: &str) -> Response {
    let said = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "stand-in",
        "choices": [{ "index": 0, "finish_reason": "stop",
            "message": { "role": "assistant", "content": content } }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    });
    ([(header::CONTENT_TYPE, "application/json")], said.to_string()).into_response()
}
