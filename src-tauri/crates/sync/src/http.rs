//! The central's client over HTTP.
//!
//! Owns what is asked where, and telling the central's answers from those of whatever lies between: every
//! answer of the central carries a header of its own, and one without it is a captive portal, a proxy or a
//! firewall, which counts as being offline. Must not retry, and must not log a token or a body.

use std::error::Error;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::Sha256;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::central::{Refusal, Trouble, class_of};
use crate::wire::{
    Enrolled, Enrolment, ErrorBody, OpAnswer, OpSent, Push, Pushed, RowName, RowNow, Rows, TokenRenewed,
    TokenRequest,
};

/// The header on every answer of the central.
const CENTRAL: &str = "FieldQuote-Central";
/// Which feed a cursor belongs to.
const FEED: &str = "FieldQuote-Feed";
const DEVICE_VERSION: &str = "FieldQuote-Device-Version";
const OPERATION: &str = "FieldQuote-Op";

const CONNECT: Duration = Duration::from_secs(10);
/// Without a byte for this long a connection is dead, however open it looks.
const SILENCE: Duration = Duration::from_secs(30);
/// A request with its answer, streams aside.
const WHOLE: Duration = Duration::from_secs(90);
/// No wait asked for is honoured beyond this.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);
/// The most of an error's body that is read.
const LONGEST_ERROR: usize = 64 * 1024;

/// A connection to the central. Clones share it.
#[derive(Clone)]
pub struct HttpCentral {
    client: Client,
    base: String,
    token: Option<String>,
}

impl HttpCentral {
    /// A client for the central at `base` (`https://…`, or `http://` on this machine).
    ///
    /// # Errors
    /// The address is none, or would send a token in the open over a network.
    pub fn new(base: &str) -> Result<Self, Refusal> {
        let base = address(base)?;
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .tcp_keepalive(Duration::from_secs(15))
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent(concat!("FieldQuote/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Refusal {
                code: "no_client".to_owned(),
                message: format!("no connection can be made: {error}"),
                hint: "Check the system's certificates.".to_owned(),
            })?;
        Ok(HttpCentral { client, base, token: None })
    }

    /// The same with a token.
    pub fn with_token(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }

    /// The address, as it is kept.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Let a device in.
    pub async fn enroll(&self, enrolment: &Enrolment<'_>) -> Result<Enrolled, Trouble> {
        self.post("/v1/devices/enroll", enrolment).await
    }

    /// Put a fresh token in the place of an expired one.
    pub async fn renew(&self, request: &TokenRequest) -> Result<TokenRenewed, Trouble> {
        self.post("/v1/devices/token", request).await
    }

    /// Send operations; one answer each.
    pub async fn push(&self, ops: &[OpSent]) -> Result<Vec<OpAnswer>, Trouble> {
        Ok(self.post::<_, Pushed>("/v1/push", &Push { ops }).await?.results)
    }

    /// Send an operation with its file.
    pub async fn upload(&self, op: &OpSent, bytes: Vec<u8>) -> Result<OpAnswer, Trouble> {
        let named = URL_SAFE_NO_PAD.encode(serde_json::to_vec(op).map_err(unsendable)?);
        let request = self
            .request(Method::POST, "/api/quote/pdf")
            .timeout(WHOLE)
            .header(CONTENT_TYPE, "application/pdf")
            .header(OPERATION, named)
            .body(bytes);
        json(answered(request).await?).await
    }

    /// The change feed from a cursor on: the answer's body, to be read as it comes.
    pub async fn pull(&self, cursor: Option<&str>) -> Result<FeedAnswer, Trouble> {
        let mut path = "/v1/pull".to_owned();
        if let Some(cursor) = cursor {
            path = format!("{path}?cursor={cursor}");
        }
        let response = answered(self.request(Method::GET, &path)).await?;
        let feed = text(response.headers(), FEED)
            .ok_or_else(|| cut_off("the central did not say which feed it is"))?
            .to_owned();
        Ok(FeedAnswer { feed, body: Body(response) })
    }

    /// Rows as they are now.
    pub async fn rows(&self, rows: Vec<RowName>) -> Result<Vec<RowNow>, Trouble> {
        Ok(self.post::<_, Rows<RowNow>>("/v1/rows", &Rows { rows }).await?.rows)
    }

    /// The file at `quotes/{id}.pdf`, or none when it is not there for us.
    pub async fn file(&self, object: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let name = object.strip_prefix("quotes/").and_then(|name| name.strip_suffix(".pdf"));
        let Some(quote) = name else { return Ok(None) };
        let path = format!("/api/quote/pdf/{quote}");
        let response = raw(self.request(Method::GET, &path).timeout(WHOLE)).await?;
        if response.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let bytes = good(response).await?.bytes().await.map_err(transport)?;
        Ok(Some(bytes.to_vec()))
    }

    /// The line on which the central says that there is news.
    pub async fn live(&self, cursor: Option<&str>) -> Result<Body, Trouble> {
        let cursor = cursor.unwrap_or_default();
        Ok(Body(answered(self.request(Method::GET, &format!("/v1/live?cursor={cursor}"))).await?))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header(DEVICE_VERSION, env!("CARGO_PKG_VERSION"));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        request
    }

    async fn post<T: Serialize, A: DeserializeOwned>(&self, path: &str, body: &T) -> Result<A, Trouble> {
        let body = serde_json::to_vec(body).map_err(unsendable)?;
        let request = self
            .request(Method::POST, path)
            .timeout(WHOLE)
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        json(answered(request).await?).await
    }
}

/// The beginning of an answer with the feed.
pub struct FeedAnswer {
    /// What a cursor in this feed begins with.
    pub feed: String,
    /// The lines.
    pub body: Body,
}

/// A body that is read as it comes.
pub struct Body(Response);

impl Body {
    /// The next piece; none at the end.
    pub async fn piece(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.0.chunk().await.map_err(transport)?.map(|bytes| bytes.to_vec()))
    }
}

/// A good answer of the central.
async fn answered(request: RequestBuilder) -> Result<Response, Trouble> {
    good(raw(request).await?).await
}

/// An answer of the central, good or not.
async fn raw(request: RequestBuilder) -> Result<Response, Trouble> {
    let response = request.send().await.map_err(transport)?;
    if response.headers().contains_key(CENTRAL) {
        return Ok(response);
    }
    Err(Trouble::Offline(format!(
        "something between answered in the central's place (status {}): sign in to the network, or check the address",
        response.status().as_u16()
    )))
}

async fn good(response: Response) -> Result<Response, Trouble> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let after = retry_after(response.headers());
    let mut response = response;
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        body.extend_from_slice(&piece);
        if body.len() > LONGEST_ERROR {
            break;
        }
    }
    let said = serde_json::from_slice::<ErrorBody>(&body).ok().map(|body| body.error);
    Err(class_of(status.as_u16(), said, after))
}

async fn json<A: DeserializeOwned>(response: Response) -> Result<A, Trouble> {
    let bytes = response.bytes().await.map_err(transport)?;
    serde_json::from_slice(&bytes).map_err(|error| cut_off(&format!("its answer does not read: {error}")))
}

/// The wait the central asks for, in seconds or as a date by the central's own clock: the device's may be
/// a day off.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let said = text(headers, RETRY_AFTER.as_str())?.trim();
    let wait = match said.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let (until, now) = (date(said)?, date(text(headers, DATE.as_str())?)?);
            (until - now).to_std().unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

fn date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|date| date.with_timezone(&Utc))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// The connection failed: the deepest cause is the one that tells a person something.
fn transport(error: reqwest::Error) -> Trouble {
    if error.is_timeout() {
        return Trouble::Offline("no answer in time".to_owned());
    }
    let mut cause: &dyn Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Trouble::Offline(cause.to_string())
}

fn cut_off(message: &str) -> Trouble {
    Trouble::Later { message: message.to_owned(), after: None }
}

fn unsendable(error: serde_json::Error) -> Trouble {
    Trouble::Refused(Refusal {
        code: "unsendable".to_owned(),
        message: format!("it cannot be written as JSON: {error}"),
        hint: "Run `fieldquote doctor`.".to_owned(),
    })
}

/// The address in the form it is kept, if a token may be sent there.
fn address(text: &str) -> Result<String, Refusal> {
    let bad = |message: &str| Refusal {
        code: "bad_address".to_owned(),
        message: format!("“{text}” {message}"),
        hint: "Give the central's address, such as https://quotes.example.com.".to_owned(),
    };
    let url =
        reqwest::Url::parse(text.trim()).map_err(|error| bad(&format!("is not an address: {error}")))?;
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => {}
        "http" if is_here => {}
        _ => return Err(bad("is not an https address; without it anybody on the way could read along")),
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
        return Err(bad("has a user, a password or a query in it"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The hash under which the central knows a token.
pub fn token_hash(token: &str) -> Sha256 {
    Sha256::of(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_token_goes_only_where_nobody_reads_along() {
        assert_eq!(address("https://quotes.example.com/").unwrap(), "https://quotes.example.com");
        assert_eq!(address("http://127.0.0.1:8787").unwrap(), "http://127.0.0.1:8787");
        for bad in ["http://quotes.example.com", "quotes.example.com", "ftp://x", "https://u:p@x.example", ""]
        {
            assert_eq!(address(bad).unwrap_err().code, "bad_address", "{bad}");
        }
    }

    #[test]
    fn a_wait_asked_for_as_a_date_is_by_the_central_s_clock() {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Mon, 23 Nov 2026 10:00:00 GMT"));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("Mon, 23 Nov 2026 10:00:30 GMT"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("120"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(120)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999"));
        assert_eq!(retry_after(&headers), Some(LONGEST_WAIT));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
    }
}
