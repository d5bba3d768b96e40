//! A message as it was handed in.
//!
//! Owns the validation of one and what is remembered of it. Must not keep attachments, only their hashes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// An attachment that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// The name it is shown under.
    pub filename: String,
    /// Bytes.
    pub size: usize,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
}

/// A message that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The provider's id.
    pub id: String,
    /// Sender.
    pub from: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<Value>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: Option<String>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// The idempotency key it came under.
    pub idempotency_key: Option<String>,
}

impl Message {
    /// Read and validate one; the error is the provider's sentence.
    pub(super) fn read(body: &Value, id: String, idempotency_key: Option<String>) -> Result<Message, String> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let missing = |name: &str| format!("Missing `{name}` field.");
        let from = text("from").ok_or_else(|| missing("from"))?;
        let to: Vec<String> = match body.get("to") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        if to.is_empty() || to.len() > 50 {
            return Err(missing("to"));
        }
        for address in to.iter().map(String::as_str).chain([from]) {
            if !is_address(address) {
                return Err(format!(
                    "Invalid address `{address}`. The email address needs to follow the `email@example.com` or \
                     `Name <email@example.com>` format."
                ));
            }
        }
        if text("text").is_none() && text("html").is_none() {
            return Err("Missing `html` or `text` field.".to_owned());
        }
        let attachments = match body.get("attachments") {
            None => Vec::new(),
            Some(Value::Array(many)) => many.iter().map(Attachment::read).collect::<Result<_, _>>()?,
            Some(_) => return Err("`attachments` must be a list.".to_owned()),
        };
        Ok(Message {
            id,
            from: from.to_owned(),
            to,
            reply_to: body.get("reply_to").cloned(),
            subject: text("subject").ok_or_else(|| missing("subject"))?.to_owned(),
            text: text("text").map(str::to_owned),
            attachments,
            idempotency_key,
        })
    }
}

impl Attachment {
    fn read(value: &Value) -> Result<Attachment, String> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let filename = text("filename").ok_or("Attachment must have a `filename`.")?.to_owned();
        let content = text("content").ok_or("Attachment must have either a `content` or `path`.")?;
        let bytes = STANDARD.decode(content).map_err(|_| "Attachment `content` must be base64.")?;
        Ok(Attachment { filename, size: bytes.len(), sha256: hex::encode(Sha256::digest(&bytes)) })
    }
}

/// `email@example.com` or `Name <email@example.com>`.
fn is_address(text: &str) -> bool {
    let bare = match text.split_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or_default(),
        None => text,
    };
    let two_halves = bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    two_halves && !bare.chars().any(char::is_whitespace)
}
