//! A stand-in for NetSuite: OAuth 2.0 client credentials and the `estimate` record over REST.
//!
//! Owns its behaviour as the central sees it: token checks, upsert by external id, sublists that grow unless
//! replaced, totals computed by the server, limits and faults. Must not be lenient where the real one is not.

mod estimate;
mod record;
mod seen;
mod token;

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::Clock;
use serde::Deserialize;

use self::estimate::Ledger;
pub use self::estimate::{Estimate, Line};
pub use self::seen::Seen;
use self::token::Tokens;
use crate::standins::faults::{Fault, Faults};
use crate::standins::keys::Keys;
use crate::standins::serve::{Bound, Server};

/// Where tokens are asked for, beneath the url.
pub const TOKEN_PATH: &str = "/services/rest/auth/oauth2/v1/token";

/// How a stand-in is set up.
pub struct NetSuiteSetup {
    /// TCP port on loopback; 0 lets the system choose.
    pub port: u16,
    /// The integration's client id, `iss` of every assertion.
    pub client_id: String,
    /// The uploaded certificate's id, `kid` of every assertion.
    pub certificate_id: String,
    /// The pair whose public half was uploaded.
    pub keys: Keys,
    /// How long a token is good.
    pub token_life: Duration,
    /// Record requests served at the same time; more are refused.
    pub concurrency: u32,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl NetSuiteSetup {
    /// A port of the system's choice, tokens good for an hour, five requests at the same time (the account's
    /// base allowance).
    pub fn new(keys: Keys, clock: Arc<dyn Clock>) -> Self {
        NetSuiteSetup {
            port: 0,
            client_id: "local-client".to_owned(),
            certificate_id: "local-certificate".to_owned(),
            keys,
            token_life: Duration::from_secs(3600),
            concurrency: 5,
            clock,
        }
    }
}

/// What the control endpoint `/_control` takes. Everything is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Control {
    /// Forget the faults on order first.
    pub clear: bool,
    /// Faults to befall record requests.
    pub faults: Vec<Fault>,
    /// Faults to befall token requests.
    pub token_faults: Vec<Fault>,
    /// Every token given so far is expired now.
    pub expire_tokens: bool,
    /// Internal ids of entities and items that are not in the account.
    pub unknown: Vec<String>,
    /// Record requests served at the same time.
    pub concurrency: Option<u32>,
}

struct World {
    tokens: Tokens,
    ledger: Mutex<Ledger>,
    faults: Faults,
    token_faults: Faults,
}

impl World {
    fn ledger<T>(&self, with: impl FnOnce(&mut Ledger) -> T) -> T {
        with(&mut self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn control(&self, control: Control) {
        if control.clear {
            self.faults.clear();
            self.token_faults.clear();
        }
        self.faults.order(control.faults);
        self.token_faults.order(control.token_faults);
        if control.expire_tokens {
            self.tokens.expire();
        }
        self.ledger(|ledger| {
            ledger.unknown.extend(control.unknown);
            ledger.concurrency = control.concurrency.unwrap_or(ledger.concurrency);
        });
    }

    fn seen(&self) -> Seen {
        let mut seen = self.ledger(Ledger::seen);
        (seen.tokens, seen.requests.token) = self.tokens.counted();
        seen
    }
}

/// A running stand-in.
pub struct NetSuite {
    server: Server,
    world: Arc<World>,
    private_pem: String,
}

impl NetSuite {
    /// Start one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(setup: NetSuiteSetup) -> io::Result<NetSuite> {
        let bound = Bound::to(setup.port)?;
        let private_pem = setup.keys.private_pem().to_owned();
        let ledger = Mutex::new(Ledger::new(setup.concurrency));
        let tokens = Tokens::new(setup, format!("{}{TOKEN_PATH}", bound.url()));
        let world =
            Arc::new(World { tokens, ledger, faults: Faults::default(), token_faults: Faults::default() });
        let router = Router::new()
            .route(TOKEN_PATH, post(token::give))
            .route("/services/rest/record/v1/estimate", post(record::create))
            .route("/services/rest/record/v1/estimate/{key}", get(record::read).put(record::upsert))
            .route("/_control", post(control))
            .route("/_seen", get(seen))
            .with_state(Arc::clone(&world));
        Ok(NetSuite { server: bound.serve(router)?, world, private_pem })
    }

    /// `http://127.0.0.1:PORT`, what stands for `https://<account>.suitetalk.api.netsuite.com`.
    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The private key a client signs with, PKCS#8 PEM.
    pub fn private_pem(&self) -> &str {
        &self.private_pem
    }

    /// Everything that happened.
    pub fn seen(&self) -> Seen {
        self.world.seen()
    }

    /// What the control endpoint does.
    pub fn control(&self, control: Control) {
        self.world.control(control);
    }
}

async fn control(State(world): State<Arc<World>>, Json(control): Json<Control>) -> impl IntoResponse {
    world.control(control);
    Json(serde_json::json!({ "ok": true }))
}

async fn seen(State(world): State<Arc<World>>) -> Json<Seen> {
    Json(world.seen())
}
