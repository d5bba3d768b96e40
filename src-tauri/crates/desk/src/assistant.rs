//! The assistant: whether one may be asked, and which.
//!
//! Owns the setting, which is off until somebody turns it on, and the key, which is kept as sign-in tokens are.
//! Must not ask by itself: [`crate::chat`] does, for a message it could make nothing of.

mod ask;
mod proposed;
mod stated;

use std::sync::atomic::AtomicBool;

use ::assistant::{Brief, Candidate, Endpoint};
use serde::{Deserialize, Serialize};
use store::keys::Keeper;
use store::settings;

pub use ask::Rewritten;
pub(crate) use ask::Unread;

use crate::Desk;
use crate::error::{Code, DeskError};

const SETTING: &str = "assistant";
/// The name under which its key is kept.
const KEY: &str = "assistant_key";

/// What is kept of it beside the key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    on: bool,
    url: String,
    model: String,
}

/// How the assistant stands on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct AssistantShown {
    /// Whether it may be asked.
    pub on: bool,
    /// Its address; empty while none was ever given.
    pub url: String,
    /// The model's name there.
    pub model: String,
    /// Whether there is a key for it.
    pub has_key: bool,
    /// Where a key is kept, in words.
    pub key_kept: &'static str,
}

/// What an assistant made of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Tried {
    /// The message, which holds nothing of this profile.
    pub message: String,
    /// The sentences it made of it.
    pub sentences: Vec<String>,
}

impl Desk {
    /// How the assistant stands.
    pub fn assistant(&self) -> Result<AssistantShown, DeskError> {
        let kept = self.kept_assistant()?;
        let has_key = self.store.find_token(KEY)?.is_some();
        let key_kept = match self.store.token_keeper()? {
            Keeper::Keyring => "in the system's keyring",
            Keeper::Passphrase => "in the encrypted database, since this profile uses no keyring",
        };
        Ok(AssistantShown { on: kept.on, url: kept.url, model: kept.model, has_key, key_kept })
    }

    /// Say which assistant may be asked, and turn it on. Without a `key` the one that is kept stays as long as
    /// the address does; an empty one forgets it.
    ///
    /// # Errors
    /// `bad_input` for an address that is none or would send messages in the open, and without a model.
    pub fn set_assistant(
        &self,
        url: &str,
        model: &str,
        key: Option<&str>,
    ) -> Result<AssistantShown, DeskError> {
        let endpoint = endpoint_at(url, model, None)?;
        let before = self.kept_assistant()?;
        match key.map(str::trim) {
            Some("") => self.store.forget_token(KEY)?,
            Some(key) => self.store.keep_token(KEY, key)?,
            // A key is for one address: another must not be told it.
            None if before.url != endpoint.address() => self.store.forget_token(KEY)?,
            None => {}
        }
        let kept = Kept { on: true, url: endpoint.address().to_owned(), model: model.trim().to_owned() };
        self.keep_assistant(&kept)?;
        self.assistant()
    }

    /// Ask no assistant any more. Its address is remembered; its key is not.
    pub fn turn_assistant_off(&self) -> Result<AssistantShown, DeskError> {
        self.store.forget_token(KEY)?;
        let kept = Kept { on: false, ..self.kept_assistant()? };
        self.keep_assistant(&kept)?;
        self.assistant()
    }

    /// Send the assistant a message made up for this, and nothing of this profile.
    ///
    /// # Errors
    /// `wrong_state` while it is off; `unavailable` with why it could not help.
    pub fn try_assistant(&self, stopped: &AtomicBool) -> Result<Tried, DeskError> {
        let endpoint = self.assistant_endpoint()?.ok_or_else(|| {
            DeskError::new(
                Code::WrongState,
                "the assistant is off",
                "Turn it on first: `fieldquote assistant set`.",
            )
        })?;
        let brief = Brief {
            message: "they would love five dozen cases of that big cheese pizza, and throw in a pdf"
                .to_owned(),
            today: self.today().to_string(),
            customer: None,
            school_year: None,
            lines: Vec::new(),
            items: vec![Candidate {
                code: "P1".to_owned(),
                description: "Pizza, cheese, 16 inch".to_owned(),
                pack: Some("9 ct".to_owned()),
            }],
        };
        let sentences = self.world.assistant.rewrite(&endpoint, &brief, stopped).map_err(|trouble| {
            DeskError::new(
                Code::Unavailable,
                format!("the assistant could not help: {trouble}"),
                "Check its address, its model and its key. Chat works without it.",
            )
        })?;
        Ok(Tried { message: brief.message, sentences })
    }

    /// Whom to ask; nobody while it is off.
    fn assistant_endpoint(&self) -> Result<Option<Endpoint>, DeskError> {
        let kept = self.kept_assistant()?;
        if !kept.on {
            return Ok(None);
        }
        endpoint_at(&kept.url, &kept.model, self.store.find_token(KEY)?).map(Some)
    }

    /// A copy of the profile elsewhere asks nobody until somebody there says so.
    pub(crate) fn forget_assistant(&self) -> Result<(), DeskError> {
        if self.kept_assistant()?.on {
            self.turn_assistant_off()?;
        }
        Ok(())
    }

    fn kept_assistant(&self) -> Result<Kept, DeskError> {
        let said = self.store.read(|db| settings::get(db, SETTING))?;
        // What does not read turns nothing on.
        Ok(said.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    fn keep_assistant(&self, kept: &Kept) -> Result<(), DeskError> {
        let (text, now) = (serde_json::to_string(kept)?, self.now());
        self.store.write(|tx| Ok(settings::set(tx, SETTING, &text, &now)?))
    }
}

fn endpoint_at(url: &str, model: &str, key: Option<String>) -> Result<Endpoint, DeskError> {
    if model.trim().is_empty() {
        return Err(DeskError::bad_input("no model was named", "Say its name as the endpoint knows it."));
    }
    Endpoint::new(url, model, key).map_err(|error| {
        DeskError::bad_input(
            error,
            "Give an address like http://127.0.0.1:11434/v1 or https://models.example.com/v1.",
        )
    })
}
