//! OAuth 2.0 client credentials with a signed assertion, and the bearer tokens it gives.
//!
//! Owns every check of an assertion and of a bearer. Must not take a token for longer than it said.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Clock;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::netsuite::{NetSuiteSetup, World};
use crate::standins::serve::Cut;

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// An assertion may be good for at most this long after it was made, in seconds.
const LONGEST_ASSERTION: i64 = 60 * 60;
/// How far two clocks may be apart, in seconds.
const SKEW: i64 = 60;

/// Who may ask for tokens, and the tokens given.
pub(super) struct Tokens {
    client_id: String,
    certificate_id: String,
    algorithm: Algorithm,
    verifier: DecodingKey,
    audience: String,
    life: Duration,
    clock: Arc<dyn Clock>,
    given: Mutex<Given>,
}

#[derive(Default)]
struct Given {
    /// Unix second each token ends at.
    good: BTreeMap<String, i64>,
    given: u32,
    asked: u32,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    grant_type: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Value,
    scope: Value,
    iat: i64,
    exp: i64,
}

/// Why no token is given: the OAuth error code and a sentence.
struct Refusal(StatusCode, &'static str, String);

impl Tokens {
    pub(super) fn new(setup: NetSuiteSetup, audience: String) -> Self {
        Tokens {
            client_id: setup.client_id,
            certificate_id: setup.certificate_id,
            algorithm: setup.keys.algorithm(),
            verifier: setup.keys.verifier(),
            audience,
            life: setup.token_life,
            clock: setup.clock,
            given: Mutex::default(),
        }
    }

    /// Tokens given, and how often one was asked for.
    pub(super) fn counted(&self) -> (u32, u32) {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        (given.given, given.asked)
    }

    pub(super) fn expire(&self) {
        self.given.lock().unwrap_or_else(PoisonError::into_inner).good.clear();
    }

    /// Whether the request carries a token that is still good.
    pub(super) fn admits(&self, headers: &HeaderMap) -> bool {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) else { return false };
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.good.get(token).is_some_and(|end| self.clock.now().timestamp() < *end)
    }

    fn check(&self, asked: &Asked) -> Result<(), Refusal> {
        let request = |why: &str| Refusal(StatusCode::BAD_REQUEST, "invalid_request", why.to_owned());
        let client = |why: String| Refusal(StatusCode::UNAUTHORIZED, "invalid_client", why);
        let grant = |why: String| Refusal(StatusCode::BAD_REQUEST, "invalid_grant", why);
        match asked.grant_type.as_deref() {
            Some("client_credentials") => {}
            Some(_) => {
                let why = "only client_credentials is served".to_owned();
                return Err(Refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type", why));
            }
            None => return Err(request("grant_type is missing")),
        }
        if asked.client_assertion_type.as_deref() != Some(ASSERTION) {
            return Err(request("client_assertion_type must be jwt-bearer"));
        }
        let assertion =
            asked.client_assertion.as_deref().ok_or_else(|| request("client_assertion is missing"))?;
        let header = decode_header(assertion).map_err(|error| grant(error.to_string()))?;
        if header.kid.as_deref() != Some(&self.certificate_id) {
            return Err(client("kid is not the id of a certificate of this integration".to_owned()));
        }
        let mut validation = Validation::new(self.algorithm);
        // Times and audience are checked below, by the clock that was handed in.
        validation.validate_exp = false;
        validation.validate_aud = false;
        let claims = decode::<Claims>(assertion, &self.verifier, &validation)
            .map_err(|error| grant(error.to_string()))?
            .claims;
        if claims.iss != self.client_id {
            return Err(client("iss is not this integration's client id".to_owned()));
        }
        if !any(&claims.aud, |aud| aud == self.audience) {
            return Err(grant(format!("aud must be {}", self.audience)));
        }
        if !any(&claims.scope, |scope| scope.split(' ').any(|word| word == "rest_webservices")) {
            return Err(grant("scope must hold rest_webservices".to_owned()));
        }
        let now = self.clock.now().timestamp();
        if claims.exp - claims.iat > LONGEST_ASSERTION {
            return Err(grant("exp is more than 60 minutes after iat".to_owned()));
        }
        if claims.exp + SKEW < now || claims.iat - SKEW > now {
            return Err(grant("the assertion is expired or not yet good".to_owned()));
        }
        Ok(())
    }

    fn give(&self) -> Option<String> {
        let mut drawn = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut drawn).ok()?;
        let token = hex::encode(drawn);
        let life = i64::try_from(self.life.as_secs()).unwrap_or(i64::MAX);
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.good.insert(token.clone(), self.clock.now().timestamp().saturating_add(life));
        given.given += 1;
        Some(token)
    }
}

/// One text or a list of them.
fn any(claim: &Value, holds: impl Fn(&str) -> bool) -> bool {
    match claim {
        Value::String(text) => holds(text),
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).any(holds),
        _ => false,
    }
}

pub(super) async fn give(
    State(world): State<Arc<World>>,
    Extension(cut): Extension<Cut>,
    Form(asked): Form<Asked>,
) -> Response {
    world.tokens.given.lock().unwrap_or_else(PoisonError::into_inner).asked += 1;
    let fault = world.token_faults.take("POST");
    if let Some(fault) = fault
        && let Some(answer) =
            fault.strike(&cut, |status, _| failure(status, "server_error", "on order")).await
    {
        return answer;
    }
    if let Err(Refusal(status, code, why)) = world.tokens.check(&asked) {
        return failure(status, code, &why);
    }
    match world.tokens.give() {
        Some(token) => Json(json!({
            "access_token": token, "expires_in": world.tokens.life.as_secs().to_string(), "token_type": "Bearer",
        }))
        .into_response(),
        None => failure(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "no randomness"),
    }
}

fn failure(status: StatusCode, code: &str, why: &str) -> Response {
    (status, Json(json!({ "error": code, "error_description": why }))).into_response()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use chrono::{DateTime, Utc};
    use jsonwebtoken::{EncodingKey, Header, encode};

    use super::*;
    use crate::standins::keys::{KeyKind, Keys};

    const NOW: i64 = 1_795_428_000;
    const AUDIENCE: &str = "http://standin/token";

    struct Still;
    impl Clock for Still {
        fn now(&self) -> DateTime<Utc> {
            DateTime::from_timestamp(NOW, 0).unwrap()
        }
    }

    fn signer(keys: &Keys) -> EncodingKey {
        let inside: String = keys.private_pem().lines().filter(|line| !line.starts_with('-')).collect();
        EncodingKey::from_ec_der(&STANDARD.decode(inside).unwrap())
    }

    /// What a request with these claims in place of good ones is answered.
    fn answer(changed: Value, kid: &str, signed_by_another: bool) -> Option<&'static str> {
        let keys = Keys::draw(KeyKind::Es256).unwrap();
        let key =
            if signed_by_another { signer(&Keys::draw(KeyKind::Es256).unwrap()) } else { signer(&keys) };
        let mut claims = json!({ "iss": "local-client", "aud": AUDIENCE, "scope": ["rest_webservices"],
            "iat": NOW, "exp": NOW + 300 });
        for (name, value) in changed.as_object().unwrap() {
            claims[name.as_str()] = value.clone();
        }
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::ES256) };
        let asked = Asked {
            grant_type: Some("client_credentials".to_owned()),
            client_assertion_type: Some(ASSERTION.to_owned()),
            client_assertion: Some(encode(&header, &claims, &key).unwrap()),
        };
        let tokens = Tokens::new(NetSuiteSetup::new(keys, Arc::new(Still)), AUDIENCE.to_owned());
        tokens.check(&asked).err().map(|refusal| refusal.1)
    }

    #[test]
    fn an_assertion_is_taken_only_when_everything_in_it_is_right() {
        let known = "local-certificate";
        assert_eq!(answer(json!({}), known, false), None);
        assert_eq!(answer(json!({ "scope": "restlets rest_webservices" }), known, false), None);
        assert_eq!(answer(json!({}), "another", false), Some("invalid_client"));
        assert_eq!(answer(json!({ "iss": "another" }), known, false), Some("invalid_client"));
        assert_eq!(answer(json!({}), known, true), Some("invalid_grant"));
        for wrong in [
            json!({ "aud": "http://elsewhere/token" }),
            json!({ "scope": ["restlets"] }),
            json!({ "exp": NOW + 3601 }),
            json!({ "iat": NOW - 400, "exp": NOW - 61 }),
            json!({ "iat": NOW + 61, "exp": NOW + 300 }),
        ] {
            assert_eq!(answer(wrong.clone(), known, false), Some("invalid_grant"), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_good_until_it_is_expired() {
        let setup = NetSuiteSetup::new(Keys::draw(KeyKind::Es256).unwrap(), Arc::new(Still));
        let tokens = Tokens::new(setup, AUDIENCE.to_owned());
        let token = tokens.give().unwrap();
        let mut headers = HeaderMap::new();
        assert!(!tokens.admits(&headers));
        headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        assert!(tokens.admits(&headers));
        tokens.expire();
        assert!(!tokens.admits(&headers));
    }
}
