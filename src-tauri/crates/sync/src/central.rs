//! The central as the engine sees it, and the ways it can fail to answer.
//!
//! Owns the classes of trouble: what is waited for, what asks for a sign-in, what a person must look at.
//! Must not retry: the engine does.

use std::time::Duration;

use crate::wire::ErrorSaid;

/// A refusal a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// Why there is no good answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The central was not reached, or something between answered in its place. Costs no attempt.
    #[error("offline: {0}")]
    Offline(String),
    /// It cannot now (408, 425, 429, 5xx), or its answer was cut off.
    #[error("the central cannot answer now: {message}")]
    Later {
        /// What happened.
        message: String,
        /// How long it asks to wait.
        after: Option<Duration>,
    },
    /// The token is not good any more (401); a fresh one may be had.
    #[error("the sign-in has expired")]
    Expired,
    /// Signed out for good: the device was revoked or the person is gone.
    #[error("{0}")]
    SignIn(String),
    /// This FieldQuote is too old for the central (426).
    #[error("{0}")]
    Upgrade(String),
    /// The feed begins anew (410).
    #[error("the central's feed begins anew")]
    CursorGone,
    /// Any other refusal: it will be the same next time.
    #[error("{}", .0.message)]
    Refused(Refusal),
}

/// What an answer's status means. `said` is the central's own error; an answer that does not come from the
/// central never gets here (see `http.rs`).
pub fn class_of(status: u16, said: Option<ErrorSaid>, retry_after: Option<Duration>) -> Trouble {
    let code = said.as_ref().map_or("", |said| said.code.as_str()).to_owned();
    let message = said.as_ref().map_or_else(|| format!("status {status}"), |said| said.message.clone());
    match (status, code.as_str()) {
        (401, "device_revoked" | "user_inactive" | "token_missing") => Trouble::SignIn(message),
        (401, _) => Trouble::Expired,
        (410, _) => Trouble::CursorGone,
        (426, _) => Trouble::Upgrade(message),
        (408 | 425 | 429 | 500..=599, _) => Trouble::Later { message, after: retry_after },
        _ => Trouble::Refused(Refusal {
            code: if code.is_empty() { format!("status_{status}") } else { code },
            message,
            hint: said.map(|said| said.hint).unwrap_or_default(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str) -> Option<ErrorSaid> {
        Some(ErrorSaid { code: code.to_owned(), message: "so it is".to_owned(), hint: String::new() })
    }

    #[test]
    fn what_passes_is_waited_for_and_what_does_not_is_shown() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert!(matches!(class_of(status, None, None), Trouble::Later { .. }), "{status}");
        }
        for status in [400, 403, 404, 405, 409, 412, 413, 415, 422] {
            assert!(matches!(class_of(status, said("no"), None), Trouble::Refused(_)), "{status}");
        }
    }

    #[test]
    fn an_expired_token_is_renewed_and_a_revoked_device_is_not() {
        assert_eq!(class_of(401, said("token_expired"), None), Trouble::Expired);
        assert_eq!(class_of(401, said("device_revoked"), None), Trouble::SignIn("so it is".to_owned()));
        assert_eq!(class_of(401, said("user_inactive"), None), Trouble::SignIn("so it is".to_owned()));
    }

    #[test]
    fn the_wait_the_central_asks_for_is_kept() {
        let after = Some(Duration::from_secs(7));
        assert!(
            matches!(class_of(429, None, after), Trouble::Later { after: Some(wait), .. } if wait.as_secs() == 7)
        );
    }
}
