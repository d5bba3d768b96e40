//! Asking over HTTP, as OpenAI's chat endpoint is asked.
//!
//! Owns the connection, how long is waited and stopping to wait. Must not follow a redirect, since a message and a
//! key would go somewhere nobody chose; must not ask again after a failure, and must not log a body or a key.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, Response, redirect};
use tokio::time;

use crate::address::Endpoint;
use crate::answer;
use crate::brief::Brief;
use crate::{Assistant, Trouble, instructions};

const CONNECT: Duration = Duration::from_secs(5);
/// A person waits for it.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked whether somebody stopped waiting.
const LOOK: Duration = Duration::from_millis(50);
/// The most of an answer that is read.
const LONGEST_ANSWER: usize = 256 * 1024;
/// With these an endpoint says that it does not know how to be asked for a shape.
const UNSHAPED: [u16; 3] = [400, 422, 501];

/// Asks over HTTP.
#[derive(Debug, Clone, Copy)]
pub struct OverHttp {
    /// How long an answer is waited for in all.
    pub patience: Duration,
}

impl Default for OverHttp {
    fn default() -> Self {
        OverHttp { patience: PATIENCE }
    }
}

impl Assistant for OverHttp {
    fn rewrite(
        &self,
        endpoint: &Endpoint,
        brief: &Brief,
        stopped: &AtomicBool,
    ) -> Result<Vec<String>, Trouble> {
        let unreached = |error: &dyn Error| Trouble::Unreached(error.to_string());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| unreached(&error))?;
        let client = client(endpoint).map_err(|error| unreached(&error))?;
        runtime.block_on(async {
            tokio::select! {
                answer = asked(&client, endpoint, brief) => answer,
                () = time::sleep(self.patience) => Err(Trouble::TooSlow(self.patience.as_secs())),
                () = stop(stopped) => Err(Trouble::Stopped),
            }
        })
    }
}

fn client(endpoint: &Endpoint) -> reqwest::Result<Client> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("FieldQuote/", env!("CARGO_PKG_VERSION")));
    if endpoint.is_here {
        // What stays on this machine goes through nobody else's.
        builder = builder.no_proxy();
    }
    builder.build()
}

async fn stop(stopped: &AtomicBool) {
    while !stopped.load(Ordering::Relaxed) {
        time::sleep(LOOK).await;
    }
}

async fn asked(client: &Client, endpoint: &Endpoint, brief: &Brief) -> Result<Vec<String>, Trouble> {
    match one_try(client, endpoint, brief, true).await {
        Err(Trouble::Refused { status, .. }) if UNSHAPED.contains(&status) => {
            one_try(client, endpoint, brief, false).await
        }
        other => other,
    }
}

async fn one_try(
    client: &Client,
    endpoint: &Endpoint,
    brief: &Brief,
    shaped: bool,
) -> Result<Vec<String>, Trouble> {
    let body = instructions::request(&endpoint.model, brief, shaped).to_string();
    let mut request = client
        .post(endpoint.completions())
        .header(CONTENT_TYPE, "application/json")
        .header(ACCEPT, "application/json")
        .body(body);
    if let Some(key) = &endpoint.key {
        request = request.header(AUTHORIZATION, format!("Bearer {key}"));
    }
    let response = request.send().await.map_err(transport)?;
    let status = response.status();
    tracing::debug!(%status, shaped, "the assistant answered");
    let body = whole(response).await?;
    if status.is_success() {
        return answer::sentences(&body);
    }
    Err(Trouble::Refused { status: status.as_u16(), said: answer::refusal(&body) })
}

async fn whole(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(transport)? {
        body.extend_from_slice(&piece);
        if body.len() > LONGEST_ANSWER {
            return Err(Trouble::Unreadable("it is longer than asked for".to_owned()));
        }
    }
    Ok(body)
}

/// The deepest cause is the one that tells a person something.
fn transport(error: reqwest::Error) -> Trouble {
    let mut cause: &dyn Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Trouble::Unreached(cause.to_string())
}
