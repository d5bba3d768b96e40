//! The record service: `estimate` over HTTP.
//!
//! Owns methods, status codes, headers and the limit on requests at the same time. Must not keep records.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::netsuite::World;
use crate::netsuite::estimate::{Fault, Ledger, Manner};
use crate::standins::faults;
use crate::standins::serve::Cut;

#[derive(Deserialize)]
pub(super) struct Asked {
    replace: Option<String>,
    #[serde(rename = "expandSubResources")]
    expand: Option<String>,
}

/// A request being served; the place it takes is free again when it is dropped, however it ended.
struct Place {
    world: Arc<World>,
    method: &'static str,
    writes: Option<String>,
}

impl Place {
    fn new(world: &Arc<World>, method: &'static str) -> Place {
        world.ledger(|ledger| {
            ledger.at_once += 1;
            let count = match method {
                "GET" => &mut ledger.requests.get,
                "POST" => &mut ledger.requests.post,
                _ => &mut ledger.requests.put,
            };
            *count += 1;
        });
        Place { world: Arc::clone(world), method, writes: None }
    }

    fn writing(&mut self, external_id: &str) {
        self.world.ledger(|ledger| ledger.begin_write(external_id));
        self.writes = Some(external_id.to_owned());
    }

    /// Faults on order, the bearer and the limit. None: carry on.
    async fn refusal(&self, headers: &HeaderMap, cut: &Cut) -> Result<Option<faults::Fault>, Response> {
        let fault = self.world.faults.take(self.method);
        if let Some(fault) = fault.as_ref().filter(|fault| !fault.after_commit)
            && let Some(answer) = self.strike(fault, cut).await
        {
            return Err(answer);
        }
        if !self.world.tokens.admits(headers) {
            let detail = "Invalid login attempt. For more details, see the Login Audit Trail.";
            return Err(self.problem(StatusCode::UNAUTHORIZED, "INVALID_LOGIN", "", detail));
        }
        if self.world.ledger(|ledger| ledger.at_once > ledger.concurrency) {
            return Err(self.busy(None));
        }
        Ok(fault.filter(|fault| fault.after_commit))
    }

    async fn strike(&self, fault: &faults::Fault, cut: &Cut) -> Option<Response> {
        fault
            .strike(cut, |status, retry_after| match status {
                StatusCode::TOO_MANY_REQUESTS => self.busy(retry_after),
                _ => self.problem(status, "UNEXPECTED_ERROR", "", "An unexpected error occurred."),
            })
            .await
    }

    fn busy(&self, retry_after: Option<&str>) -> Response {
        let detail = "Concurrent request limit exceeded. Request blocked.";
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut answer = self.problem(status, "CONCURRENCY_LIMIT_EXCEEDED", "", detail);
        if let Some(value) = retry_after.and_then(|text| text.parse().ok()) {
            answer.headers_mut().insert(header::RETRY_AFTER, value);
        }
        answer
    }

    fn problem(&self, status: StatusCode, code: &str, path: &str, detail: &str) -> Response {
        let refusal = format!("{} {} {code}", self.method, status.as_u16());
        self.world.ledger(|ledger| ledger.refusals.push(refusal));
        let mut said = json!({ "detail": detail, "o:errorCode": code });
        if !path.is_empty() {
            said["o:errorPath"] = json!(path);
        }
        let body = json!({
            "type": "https://www.rfc-editor.org/rfc/rfc9110.html#section-15",
            "title": status.canonical_reason(),
            "status": status.as_u16(),
            "o:errorDetails": [said],
        });
        (
            status,
            [(header::CONTENT_TYPE, "application/vnd.oracle.resource+json; type=error")],
            body.to_string(),
        )
            .into_response()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.world.ledger(|ledger| {
            ledger.at_once = ledger.at_once.saturating_sub(1);
            if let Some(external) = &self.writes {
                ledger.end_write(external);
            }
        });
    }
}

pub(super) async fn create(
    State(world): State<Arc<World>>,
    Extension(cut): Extension<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let place = Place::new(&world, "POST");
    write(&place, &headers, &cut, &body, true, |ledger, body, manner| ledger.create(body, manner)).await
}

pub(super) async fn upsert(
    State(world): State<Arc<World>>,
    Extension(cut): Extension<Cut>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut place = Place::new(&world, "PUT");
    let Some(external) = key.strip_prefix("eid:").filter(|external| !external.is_empty()) else {
        let detail = "An upsert needs an external id: eid:ID.";
        return place.problem(StatusCode::BAD_REQUEST, "INVALID_URL", "", detail);
    };
    place.writing(external);
    let replaces = asked.replace.is_some_and(|lists| lists.split(',').any(|list| list == "item"));
    write(&place, &headers, &cut, &body, replaces, |ledger, body, manner| {
        ledger.upsert(external, body, manner)
    })
    .await
}

async fn write(
    place: &Place,
    headers: &HeaderMap,
    cut: &Cut,
    body: &[u8],
    replace_lines: bool,
    carry_out: impl FnOnce(&mut Ledger, &Value, Manner) -> Result<u64, Fault>,
) -> Response {
    let after = match place.refusal(headers, cut).await {
        Ok(after) => after,
        Err(answer) => return answer,
    };
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return place.problem(StatusCode::BAD_REQUEST, "INVALID_CONTENT", "", "The body is not JSON.");
    };
    let named = headers.get("X-NetSuite-PropertyNameValidation").and_then(|value| value.to_str().ok());
    let strict_names = named.is_some_and(|value| value.eq_ignore_ascii_case("error"));
    let written =
        place.world.ledger(|ledger| carry_out(ledger, &body, Manner { replace_lines, strict_names }));
    let id = match written {
        Ok(id) => id,
        Err(Fault { code, path, detail }) => {
            return place.problem(StatusCode::BAD_REQUEST, code, &path, &detail);
        }
    };
    if let Some(fault) = after
        && let Some(answer) = place.strike(&fault, cut).await
    {
        return answer;
    }
    let location = format!("/services/rest/record/v1/estimate/{id}");
    (StatusCode::NO_CONTENT, [(header::LOCATION, location)]).into_response()
}

pub(super) async fn read(
    State(world): State<Arc<World>>,
    Extension(cut): Extension<Cut>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let place = Place::new(&world, "GET");
    if let Err(answer) = place.refusal(&headers, &cut).await {
        return answer;
    }
    let with_lines = asked.expand.as_deref() == Some("true");
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let url = format!("http://{host}");
    match world.ledger(|ledger| ledger.find(&key).map(|estimate| estimate.shown(&url, with_lines))) {
        Some(shown) => Json(shown).into_response(),
        None => {
            let detail = "The record instance does not exist. Provide a valid record instance ID.";
            place.problem(StatusCode::NOT_FOUND, "NONEXISTENT_ID", "", detail)
        }
    }
}
