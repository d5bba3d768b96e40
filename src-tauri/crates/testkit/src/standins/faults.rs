//! Faults on order: what goes wrong next, and how often.
//!
//! Owns the queue of faults and carrying one out. Must not decide by chance: a test says what happens.

#![allow(clippy::disallowed_types)] // Reading a flattened enum is derived with a case for every number type.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use crate::standins::serve::Cut;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Trouble {
    /// 429, in the service's own words.
    TooManyRequests {
        /// The `Retry-After` header as it is sent: seconds or an HTTP date. None sends none.
        #[serde(default)]
        retry_after: Option<String>,
    },
    /// 500, in the service's own words.
    InternalError,
    /// No answer until the client gives up.
    Hang,
    /// The connection is cut without an answer.
    Drop,
    /// An answer, late.
    Slow {
        /// How late.
        milliseconds: u64,
    },
}

/// A fault on order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// How many requests it befalls.
    #[serde(default = "once")]
    pub times: u32,
    /// Only requests of this method, in capitals; any when not said.
    #[serde(default)]
    pub method: Option<String>,
    /// The request is carried out first, and only its answer suffers.
    #[serde(default)]
    pub after_commit: bool,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Befalls the next request.
    pub fn new(trouble: Trouble) -> Self {
        Fault { trouble, times: 1, method: None, after_commit: false }
    }

    /// Befalls the next `times` requests.
    pub fn times(self, times: u32) -> Self {
        Fault { times, ..self }
    }

    /// Befalls only requests of `method`.
    pub fn on(self, method: &str) -> Self {
        Fault { method: Some(method.to_owned()), ..self }
    }

    /// Befalls the answer, after the request was carried out.
    pub fn after_commit(self) -> Self {
        Fault { after_commit: true, ..self }
    }

    /// Carry it out; `words` is how the service says a status. None when the real answer follows after all.
    pub(crate) async fn strike(
        &self,
        cut: &Cut,
        words: impl Fn(StatusCode, Option<&str>) -> Response,
    ) -> Option<Response> {
        match &self.trouble {
            Trouble::TooManyRequests { retry_after } => {
                Some(words(StatusCode::TOO_MANY_REQUESTS, retry_after.as_deref()))
            }
            Trouble::InternalError => Some(words(StatusCode::INTERNAL_SERVER_ERROR, None)),
            Trouble::Hang => std::future::pending().await,
            Trouble::Drop => {
                cut.cut();
                std::future::pending().await
            }
            Trouble::Slow { milliseconds } => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
                None
            }
        }
    }
}

/// Every fault on order, first come first served.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<VecDeque<Fault>>);

impl Faults {
    pub(crate) fn order(&self, faults: Vec<Fault>) {
        let wanted = faults.into_iter().filter(|fault| fault.times > 0);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(wanted);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The fault that befalls this request, counted down.
    pub(crate) fn take(&self, method: &str) -> Option<Fault> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = queue.iter().position(|fault| fault.method.as_deref().is_none_or(|only| only == method))?;
        let fault = queue.get_mut(at)?;
        fault.times -= 1;
        let befallen = fault.clone();
        if befallen.times == 0 {
            queue.remove(at);
        }
        Some(befallen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_befalls_as_many_requests_of_its_method_as_were_ordered() {
        let faults = Faults::default();
        faults.order(vec![
            Fault::new(Trouble::InternalError).times(2).on("PUT"),
            Fault::new(Trouble::Hang).on("GET"),
        ]);
        assert_eq!(faults.take("POST"), None);
        assert!(faults.take("GET").is_some_and(|fault| fault.trouble == Trouble::Hang));
        assert!(faults.take("PUT").is_some());
        assert!(faults.take("PUT").is_some());
        assert_eq!(faults.take("PUT"), None);
        assert_eq!(faults.take("GET"), None);
    }

    #[test]
    fn a_fault_is_ordered_in_plain_json() {
        let read: Fault = serde_json::from_str(
            r#"{"fault":"too_many_requests","retry_after":"2","times":3,"method":"PUT"}"#,
        )
        .unwrap();
        let built =
            Fault::new(Trouble::TooManyRequests { retry_after: Some("2".to_owned()) }).times(3).on("PUT");
        assert_eq!(read, built);
    }
}
