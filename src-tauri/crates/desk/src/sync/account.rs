//! The account: which central, which person, which token.
//!
//! Owns signing in and out. A profile is one person's: nobody else's sign-in is taken, so nobody else ever
//! sends what waits here. Signing out throws nothing away. Must not keep a token anywhere but with
//! `store::tokens`.

use domain::DeviceTag;
use ed25519_dalek::Signer;
use serde::Serialize;
use store::keys::Keeper;
use store::outbox::OpState;
use store::{Reader, WriteTx, outbox, settings};
use sync::http::token_hash;
use sync::wire::{Enrolled, Enrolment, TokenRequest};
use sync::{HttpCentral, Trouble};

use crate::error::{Code, DeskError};
use crate::profile::{self, USER};
use crate::{Desk, seed};

pub(super) const CENTRAL_URL: &str = "central_url";
const DEVICE_ID: &str = "central_device_id";
/// Whose profile it is for good, once somebody has signed in.
const BOUND_USER: &str = "central_user";
const ROLE: &str = "central_role";
const TERRITORY: &str = "central_territory";
const TOKEN_EXPIRES: &str = "central_token_expires_at";
/// Names under which tokens are kept: the one in use, and one that the central may not know yet.
const TOKEN: &str = "token";
const NEXT_TOKEN: &str = "next_token";
/// A rep drafts; only the others decide.
const REP: &str = "rep";
/// Device tags tried before giving up: two alike are one in a billion.
const TAGS_TRIED: usize = 5;

/// Who is signed in where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Account {
    /// The central's address.
    pub url: String,
    /// This device's key there.
    pub device_id: String,
    /// Who is signed in.
    pub user: String,
    /// `rep`, `approver` or `admin`.
    pub role: String,
    /// The territory of a rep.
    pub territory: Option<String>,
    /// Until when the token is good, RFC 3339. It renews itself.
    pub token_expires_at: String,
}

/// What came of signing in.
#[derive(Debug, Serialize, ts_rs::TS)]
pub struct Connected {
    /// Who, where.
    #[serde(flatten)]
    pub account: Account,
    /// Where the token is kept, in words.
    pub token_kept: &'static str,
    /// Operations that wait to be sent.
    pub waiting: u64,
}

/// What came of signing out.
#[derive(Debug, Serialize, ts_rs::TS)]
pub struct Disconnected {
    /// Who was signed in.
    pub user: String,
    /// Operations that stay here until the same person signs in again.
    pub kept: u64,
}

impl Desk {
    /// Who is signed in where, if anybody is.
    pub fn account(&self) -> Result<Option<Account>, DeskError> {
        self.store.read(account)
    }

    /// Sign this device in with a one-time code.
    ///
    /// # Errors
    /// `not_allowed` for a code of somebody else, `sign_in_needed` for a code that is not good, `offline`.
    pub fn connect(&self, url: &str, code: &str, device_name: &str) -> Result<Connected, DeskError> {
        let central =
            HttpCentral::new(url).map_err(|refusal| DeskError::bad_input(refusal.message, refusal.hint))?;
        let bound = self.store.read(|db| {
            if settings::get(db, seed::SAMPLE)?.is_some() {
                return Err(DeskError::new(
                    Code::WrongState,
                    "this profile holds the sample market, which is nobody's real customers and prices",
                    "Make a profile of its own for the central: `fieldquote --home DIR init`.",
                ));
            }
            whose(db, &self.user)
        })?;
        // The token is drawn here and the central learns its hash only. Kept before it is sent: the same code
        // and key may ask again after a crash, with another token.
        let token = hex::encode(self.world.ids.bytes::<32>());
        let enrolled = self.enroll(&central, code, device_name, bound.as_deref(), &token)?;
        self.store.keep_token(TOKEN, &token)?;
        // One that was being renewed belongs to the sign-in before; the central may know it as used.
        self.store.forget_token(NEXT_TOKEN)?;
        let now = self.now();
        self.store.write(|tx| -> Result<(), DeskError> {
            let person = &enrolled.user;
            for (name, value) in [
                (CENTRAL_URL, central.base()),
                (DEVICE_ID, &enrolled.device_id),
                (BOUND_USER, &person.name),
                (USER, &person.name),
                (ROLE, &person.role),
                (TERRITORY, person.sales_rep.as_deref().unwrap_or_default()),
                (TOKEN_EXPIRES, &enrolled.token_expires_at),
            ] {
                settings::set(tx, name, value, &now)?;
            }
            Ok(())
        })?;
        tracing::info!(device_id = %enrolled.device_id, "signed in");
        let waiting = self.store.read(waiting)?;
        let account = self.account()?.ok_or_else(not_connected)?;
        Ok(Connected { account, token_kept: self.token_kept()?, waiting })
    }

    fn enroll(
        &self,
        central: &HttpCentral,
        code: &str,
        device_name: &str,
        user_name: Option<&str>,
        token: &str,
    ) -> Result<Enrolled, DeskError> {
        for _ in 0..TAGS_TRIED {
            let (tag, key, numbered) = self.store.read(|db| -> Result<_, DeskError> {
                let numbered = settings::get(db, profile::QUOTE_COUNTER)?.is_some();
                Ok((profile::device_tag(db)?, profile::signing_key(db)?, numbered))
            })?;
            let public_key = hex::encode(key.verifying_key().to_bytes());
            let enrolment = Enrolment {
                code: code.trim(),
                token_hash: token_hash(token),
                device_tag: tag.as_str(),
                public_key: &public_key,
                device_name,
                user_name,
            };
            match super::pass::block_on(central.enroll(&enrolment))? {
                Ok(enrolled) => return Ok(enrolled),
                Err(Trouble::Refused(refusal)) if refusal.code == "tag_taken" && !numbered => {
                    let fresh = DeviceTag::draw(self.world.ids.as_ref());
                    let now = self.now();
                    self.store.write(|tx| settings::set(tx, profile::DEVICE_TAG, fresh.as_str(), &now))?;
                }
                Err(Trouble::Refused(refusal)) if refusal.code == "other_user" => {
                    return Err(DeskError::new(
                        Code::NotAllowed,
                        refusal.message,
                        "A profile is one person's. Make another for this code: `fieldquote --home DIR init`.",
                    ));
                }
                Err(Trouble::Refused(refusal)) => {
                    let hint = if refusal.hint.is_empty() { "Ask for a new code." } else { &refusal.hint };
                    return Err(DeskError::new(Code::SignInNeeded, refusal.message.clone(), hint));
                }
                Err(trouble) => return Err(not_reached(&trouble)),
            }
        }
        Err(DeskError::new(
            Code::WrongState,
            "the central knows another device by this one's tag",
            "Make another profile for the central: `fieldquote --home DIR init`.",
        ))
    }

    /// Sign out. What waits stays, and goes when the same person signs in again.
    pub fn disconnect(&self) -> Result<Disconnected, DeskError> {
        let account = self.account()?.ok_or_else(not_connected)?;
        self.forget_tokens()?;
        let kept = self.store.write(|tx| -> Result<u64, DeskError> {
            forget_sign_in(tx)?;
            waiting(tx)
        })?;
        Ok(Disconnected { user: account.user, kept })
    }

    pub(crate) fn forget_tokens(&self) -> Result<(), DeskError> {
        self.store.forget_token(TOKEN)?;
        Ok(self.store.forget_token(NEXT_TOKEN)?)
    }

    /// Where the token is kept, in words.
    fn token_kept(&self) -> Result<&'static str, DeskError> {
        Ok(match self.store.token_keeper()? {
            Keeper::Keyring => "in the system's keyring",
            Keeper::Passphrase => "in the encrypted database, since this profile uses no keyring",
        })
    }

    /// The central to talk to, with the token.
    pub(super) fn central(&self) -> Result<HttpCentral, DeskError> {
        let account = self.account()?.ok_or_else(not_connected)?;
        let central = HttpCentral::new(&account.url)
            .map_err(|refusal| DeskError::bad_input(refusal.message, refusal.hint))?;
        let token = self.store.find_token(TOKEN)?.ok_or_else(|| {
            DeskError::new(
                Code::SignInNeeded,
                format!("{} is signed out of {}", account.user, account.url),
                "Sign in again with a new code: `fieldquote sync connect --url URL --code CODE`. What waits is kept.",
            )
        })?;
        Ok(central.with_token(token))
    }

    /// A fresh token, drawn once and kept until it is taken over, and this device's word for it.
    pub(super) fn draw_token(&self) -> Result<TokenRequest, DeskError> {
        let in_use = self.store.find_token(TOKEN)?;
        let token = match self.store.find_token(NEXT_TOKEN)? {
            // One that is in use already was taken over, and that was cut off at its end.
            Some(token) if in_use.as_ref() != Some(&token) => token,
            _ => {
                let token = hex::encode(self.world.ids.bytes::<32>());
                self.store.keep_token(NEXT_TOKEN, &token)?;
                token
            }
        };
        let (account, key) = self.store.read(|db| -> Result<_, DeskError> {
            Ok((account(db)?.ok_or_else(not_connected)?, profile::signing_key(db)?))
        })?;
        let (device_id, token_hash) = (account.device_id, token_hash(&token));
        let body =
            domain::Canonical::of(&serde_json::json!({ "device_id": device_id, "token_hash": token_hash }))?;
        let signed = key.sign(&crate::decide::pae("application/vnd.fieldquote.token+json", body.as_str()));
        Ok(TokenRequest { device_id, token_hash, signature: hex::encode(signed.to_bytes()) })
    }

    /// The central knows the fresh token.
    pub(super) fn take_token(&self, expires_at: &str) -> Result<String, DeskError> {
        let token = self.store.find_token(NEXT_TOKEN)?.ok_or_else(not_connected)?;
        self.store.keep_token(TOKEN, &token)?;
        self.store.forget_token(NEXT_TOKEN)?;
        let now = self.now();
        self.store.write(|tx| settings::set(tx, TOKEN_EXPIRES, expires_at, &now))?;
        Ok(token)
    }

    /// Refuse to change here what only the central changes: it would be this device's alone, and gone with the
    /// central's next word.
    pub(crate) fn not_the_central_s(&self, what: &str) -> Result<(), DeskError> {
        match self.account()? {
            None => Ok(()),
            Some(account) => Err(DeskError::new(
                Code::WrongState,
                format!("{what} from the central at {}, for every device", account.url),
                "Have it changed there: `fieldquote export reference FILE` on a profile of its own makes the file.",
            )),
        }
    }

    /// Whether this person may decide on what waits: anybody but somebody signed in as a rep.
    pub fn decides(&self) -> Result<bool, DeskError> {
        Ok(self.store.read(|db| settings::get(db, ROLE))?.as_deref() != Some(REP))
    }

    /// Whether the person signed in may decide: what a rep decided the central would refuse.
    pub(crate) fn may_decide(&self, db: &Reader<'_>) -> Result<(), DeskError> {
        if settings::get(db, ROLE)?.as_deref() != Some(REP) {
            return Ok(());
        }
        Err(DeskError::new(
            Code::NotAllowed,
            format!("{} is signed in as a rep, and reps do not decide", self.user),
            "It waits for an approver; it reaches them with the next sync.",
        ))
    }
}

/// Nobody is signed in any more. Whose profile it is, is not forgotten, nor how far it has read the feed.
pub(crate) fn forget_sign_in(tx: &WriteTx<'_>) -> Result<(), DeskError> {
    for name in [CENTRAL_URL, DEVICE_ID, ROLE, TERRITORY, TOKEN_EXPIRES] {
        settings::remove(tx, name)?;
    }
    Ok(())
}

/// Refuse to open a profile as somebody else than the person it belongs to.
pub(crate) fn check_person(db: &Reader<'_>, user: &str) -> Result<(), DeskError> {
    match settings::get(db, BOUND_USER)? {
        Some(bound) if bound != user => Err(DeskError::new(
            Code::NotAllowed,
            format!("this profile is {bound}'s, who signed in to a central with it; it is not for {user}"),
            "Leave out --as, or make a profile of your own: `fieldquote --home DIR init`.",
        )),
        _ => Ok(()),
    }
}

pub(super) fn account(db: &Reader<'_>) -> Result<Option<Account>, DeskError> {
    let told = |name: &str| settings::get(db, name);
    let Some(url) = told(CENTRAL_URL)? else { return Ok(None) };
    Ok(Some(Account {
        url,
        device_id: told(DEVICE_ID)?.unwrap_or_default(),
        user: told(BOUND_USER)?.unwrap_or_default(),
        role: told(ROLE)?.unwrap_or_default(),
        territory: told(TERRITORY)?.filter(|territory| !territory.is_empty()),
        token_expires_at: told(TOKEN_EXPIRES)?.unwrap_or_default(),
    }))
}

/// Whose profile it is: somebody's who signed in before or whose work waits. An untouched one is nobody's
/// yet and becomes whoever's code it is.
fn whose(db: &Reader<'_>, user: &str) -> Result<Option<String>, DeskError> {
    if let Some(bound) = settings::get(db, BOUND_USER)? {
        return Ok(Some(bound));
    }
    let has_worked = outbox::counts(db)?.iter().any(|(_, count)| *count > 0);
    Ok(has_worked.then(|| user.to_owned()))
}

fn waiting(db: &Reader<'_>) -> Result<u64, DeskError> {
    let counts = outbox::counts(db)?;
    Ok(counts.iter().filter(|(state, _)| *state == OpState::Waiting).map(|(_, count)| count).sum())
}

pub(super) fn not_connected() -> DeskError {
    DeskError::new(
        Code::SignInNeeded,
        "no central is connected",
        "Ask for a code and run `fieldquote sync connect --url URL --code CODE`.",
    )
}

/// Why the central did not answer, as an error.
pub(super) fn not_reached(trouble: &Trouble) -> DeskError {
    let (code, hint) = match trouble {
        Trouble::Offline(_) => (Code::Offline, "Nothing was lost. Try again with a connection."),
        Trouble::SignIn(_) | Trouble::Expired => (Code::SignInNeeded, "Sign in again with a new code."),
        Trouble::Upgrade(_) => (Code::SchemaMismatch, "Install the newest FieldQuote. Nothing was lost."),
        Trouble::Later { .. } | Trouble::CursorGone | Trouble::Refused(_) => {
            (Code::Unavailable, "Nothing was lost. Try again in a while.")
        }
    };
    DeskError::new(code, trouble.to_string(), hint)
}
