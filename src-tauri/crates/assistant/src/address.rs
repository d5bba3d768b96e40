//! Where an assistant is.
//!
//! Owns which addresses are taken. Must not take one that sends a message in the open over a network.

use std::fmt;

use reqwest::Url;

/// An assistant to ask.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address, to which `/chat/completions` is added.
    base: String,
    /// Whether it is on this machine.
    pub(crate) is_here: bool,
    /// The model's name, as the endpoint knows it.
    pub(crate) model: String,
    /// What lets us in, if anything is needed.
    pub(crate) key: Option<String>,
}

/// Why an address is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{address}” {why}")]
pub struct BadAddress {
    /// As it was typed.
    pub address: String,
    /// What is wrong with it.
    pub why: String,
}

impl Endpoint {
    /// The model at this address: `https://…`, or `http://` on this machine.
    ///
    /// # Errors
    /// The address is none, holds a password, or would send messages in the open over a network.
    pub fn new(address: &str, model: &str, key: Option<String>) -> Result<Self, BadAddress> {
        let bad = |why: String| BadAddress { address: address.trim().to_owned(), why };
        let url = Url::parse(address.trim()).map_err(|error| bad(format!("is not an address: {error}")))?;
        let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        match url.scheme() {
            "https" => {}
            "http" if is_here => {}
            _ => return Err(bad("is not an https address, nor http on this machine".to_owned())),
        }
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        if !bare || url.fragment().is_some() {
            return Err(bad("has a user, a password or a query in it".to_owned()));
        }
        let base = url.as_str().trim_end_matches('/').trim_end_matches("/chat/completions").to_owned();
        Ok(Endpoint { base, is_here, model: model.trim().to_owned(), key: key.filter(|key| !key.is_empty()) })
    }

    /// The address, as it is kept.
    pub fn address(&self) -> &str {
        &self.base
    }

    /// Where messages are sent.
    pub(crate) fn completions(&self) -> String {
        format!("{}/chat/completions", self.base)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.model, self.base)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_message_goes_only_where_nobody_reads_along() {
        let kept = |address: &str| Endpoint::new(address, "m", None).map(|taken| taken.completions());
        assert_eq!(kept("http://127.0.0.1:11434/v1/").unwrap(), "http://127.0.0.1:11434/v1/chat/completions");
        assert_eq!(
            kept("https://api.example.com/v1").unwrap(),
            "https://api.example.com/v1/chat/completions"
        );
        assert_eq!(
            kept("https://api.example.com/v1/chat/completions").unwrap(),
            "https://api.example.com/v1/chat/completions"
        );
        for bad in [
            "http://models.example.com/v1",
            "http://127.0.0.1.example.com/v1",
            "ftp://localhost/",
            "localhost:11434",
            "https://user:pass@x.example/v1",
            "https://x.example/v1?key=abc",
            "",
        ] {
            assert!(kept(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_is_in_no_log() {
        let endpoint = Endpoint::new("https://x.example/v1", "m", Some("sk-secret".to_owned())).unwrap();
        assert!(!format!("{endpoint:?}").contains("secret"));
    }
}
