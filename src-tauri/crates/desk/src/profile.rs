//! Profiles: making one, opening one, and what it was told once.
//!
//! Owns the settings' names and meanings: who works here, the letterhead, the device's tag and signing key.
//! Must never make a fresh profile where an old one cannot be opened.

use std::path::Path;
use std::sync::Arc;

use domain::{Company, DeviceTag, IdSource};
use ed25519_dalek::SigningKey;
use serde::Serialize;
use store::keys::{KeySource, Profile};
use store::{CommitHook, Reader, Store, WriteTx, secrets, settings};

use crate::contracts::Shelf;
use crate::drafts::Sitting;
use crate::error::{Code, DeskError};
use crate::lists::Lists;
use crate::turns::Turns;
use crate::{Desk, Surroundings};

pub(crate) const USER: &str = "user";
pub(crate) const COMPANY: &str = "company";
const PROFILE_ID: &str = "profile_id";
pub(crate) const DEVICE_TAG: &str = "device_tag";
const SIGNING_KEY: &str = "signing_key";
const REFERENCE_AS_OF: &str = "reference_as_of";
const SEEDED_OPENS: &str = "seeded_opens";
/// The counter quote numbers are taken from.
pub(crate) const QUOTE_COUNTER: &str = "quote_counter";

/// How a profile is to be opened.
pub struct Opening<'a> {
    /// Its folder.
    pub home: &'a Path,
    /// What the person gave to open it.
    pub keys: &'a KeySource,
    /// Who works at it now, if not whoever made it.
    pub user: Option<&'a str>,
    /// Told of every commit; only for tests that crash.
    pub commit_hook: Option<Arc<dyn CommitHook>>,
}

/// What a new profile is to have.
pub struct Setup<'a> {
    /// Who works at it.
    pub user: &'a str,
    /// The letterhead.
    pub company: Company,
}

/// What came of making a profile.
#[derive(Debug, Serialize, ts_rs::TS)]
pub struct Made {
    /// Its folder.
    pub home: String,
    /// Who works at it.
    pub user: String,
    /// The device's part of quote numbers.
    pub device_tag: String,
    /// Opens the database when its keeper is gone; shown this once.
    pub recovery_key: String,
}

impl Desk {
    /// Make a profile and open it.
    pub fn create(
        opening: &Opening<'_>,
        world: Surroundings,
        setup: &Setup<'_>,
    ) -> Result<(Desk, Made), DeskError> {
        let now = domain::clock::timestamp(world.clock.now());
        let profile_id = world.ids.ulid();
        let tag = DeviceTag::draw(world.ids.as_ref());
        let signing_key = SigningKey::from_bytes(&world.ids.bytes::<32>());
        let store = Store::create(&opening.as_store(&now), &profile_id)?;
        store.write(|tx| -> Result<(), DeskError> {
            settings::set(tx, USER, setup.user, &now)?;
            settings::set(tx, COMPANY, &serde_json::to_string(&setup.company)?, &now)?;
            settings::set(tx, PROFILE_ID, &profile_id, &now)?;
            settings::set(tx, DEVICE_TAG, tag.as_str(), &now)?;
            secrets::set(tx, SIGNING_KEY, &hex::encode(signing_key.to_bytes()))?;
            Ok(())
        })?;
        let made = Made {
            home: opening.home.display().to_string(),
            user: setup.user.to_owned(),
            device_tag: tag.as_str().to_owned(),
            recovery_key: store.recovery_key().printed().to_string(),
        };
        Ok((Self::over(opening, store, world)?, made))
    }

    /// Open the profile that is there.
    pub fn open(opening: &Opening<'_>, world: Surroundings) -> Result<Desk, DeskError> {
        let now = domain::clock::timestamp(world.clock.now());
        let store = Store::open(&opening.as_store(&now))?;
        Self::over(opening, store, world)
    }

    /// Make a profile that was restored a device of its own: quote numbers and signatures of the one it was
    /// copied from must not be made twice. It is told by its id, which a restore makes new, and looked at
    /// whenever the profile is opened: a crash right after a restore leaves no copy behind.
    fn become_another_device(&self) -> Result<(), DeskError> {
        // Opened by its recovery key a profile may have lost its `profile.json`; it is the same one then.
        let Ok(here) = Profile::read(&self.home) else { return Ok(()) };
        if self.store.read(|db| settings::get(db, PROFILE_ID))?.as_ref() == Some(&here.profile_id) {
            return Ok(());
        }
        let tag = DeviceTag::draw(self.world.ids.as_ref());
        let signing_key = SigningKey::from_bytes(&self.world.ids.bytes::<32>());
        let now = self.now();
        self.store.write(|tx| -> Result<(), DeskError> {
            settings::set(tx, PROFILE_ID, &here.profile_id, &now)?;
            settings::set(tx, DEVICE_TAG, tag.as_str(), &now)?;
            // Another device signs in by itself.
            crate::sync::forget_sign_in(tx)?;
            Ok(secrets::set(tx, SIGNING_KEY, &hex::encode(signing_key.to_bytes()))?)
        })?;
        self.forget_assistant()?;
        self.forget_tokens()
    }

    /// The key that opens the database when its keeper is gone.
    pub(crate) fn recovery_key(&self) -> String {
        self.store.recovery_key().printed().to_string()
    }

    fn over(opening: &Opening<'_>, store: Store, world: Surroundings) -> Result<Desk, DeskError> {
        let told = store.read(|db| settings::get(db, USER))?;
        if world.ids.is_seeded() {
            // Each command of a script is a process of its own: with the same seed it would make the same ids
            // as the one before it.
            let now = domain::clock::timestamp(world.clock.now());
            let nth = store.write(|tx| settings::next_number(tx, SEEDED_OPENS, &now))?;
            world.ids.reseed(u64::from(nth));
        }
        let user = match (opening.user, told) {
            (Some(user), _) => user.to_owned(),
            (None, Some(user)) => user,
            (None, None) => {
                return Err(DeskError::new(
                    Code::NoProfile,
                    "the profile was not finished when it was made",
                    "Nothing is in it yet: remove the folder and run `fieldquote init` again.",
                ));
            }
        };
        store.read(|db| crate::sync::check_person(db, &user))?;
        let desk = Desk {
            home: opening.home.to_owned(),
            store,
            world,
            contracts: Shelf::load()?,
            turns: Turns::default(),
            sitting: Sitting::default(),
            lists: Lists::default(),
            user,
        };
        desk.become_another_device()?;
        Ok(desk)
    }

    /// The letterhead.
    pub fn company(&self) -> Result<Company, DeskError> {
        self.store.read(company)
    }

    /// Change the letterhead. Documents that were shown with the old one must be shown again.
    pub fn set_company(&self, company: &Company) -> Result<(), DeskError> {
        let longest = company.address.iter().chain(&company.terms).map(|text| text.chars().count()).max();
        if company.name.trim().is_empty() || longest.unwrap_or(0) > 2_000 || company.validity_days == 0 {
            return Err(DeskError::bad_input(
                "a letterhead needs a name, lines of at most 2,000 characters and at least one day of validity",
                "Nothing was changed.",
            ));
        }
        self.not_the_central_s("the letterhead comes")?;
        let text = serde_json::to_string(company)?;
        self.store.write(|tx| Ok(settings::set(tx, COMPANY, &text, &self.now())?))
    }
}

impl Opening<'_> {
    fn as_store<'s>(&'s self, now: &'s str) -> store::Opening<'s> {
        store::Opening { home: self.home, keys: self.keys, now, commit_hook: self.commit_hook.clone() }
    }
}

pub(crate) fn company(db: &Reader<'_>) -> Result<Company, DeskError> {
    Ok(serde_json::from_str(&told(db, COMPANY)?)?)
}

pub(crate) fn device_tag(db: &Reader<'_>) -> Result<DeviceTag, DeskError> {
    told(db, DEVICE_TAG)?.parse().map_err(unreadable)
}

pub(crate) fn signing_key(db: &Reader<'_>) -> Result<SigningKey, DeskError> {
    let mut bytes = [0; 32];
    let key = secrets::get(db, SIGNING_KEY)?.ok_or_else(|| lost(SIGNING_KEY))?;
    hex::decode_to_slice(key, &mut bytes).map_err(unreadable)?;
    Ok(SigningKey::from_bytes(&bytes))
}

/// The newest change in the reference data, which is what a decision rests on.
pub(crate) fn reference_as_of(db: &Reader<'_>) -> Result<Option<String>, DeskError> {
    Ok(settings::get(db, REFERENCE_AS_OF)?)
}

pub(crate) fn set_reference_as_of(tx: &WriteTx<'_>, now: &str) -> Result<(), DeskError> {
    Ok(settings::set(tx, REFERENCE_AS_OF, now, now)?)
}

fn told(db: &Reader<'_>, name: &str) -> Result<String, DeskError> {
    settings::get(db, name)?.ok_or_else(|| lost(name))
}

fn lost(name: &str) -> DeskError {
    DeskError::new(Code::Storage, format!("the profile has lost its {name}"), "Restore a backup.")
}

fn unreadable(error: impl std::fmt::Display) -> DeskError {
    DeskError::new(
        Code::Storage,
        format!("a setting of the profile does not read: {error}"),
        "Restore a backup.",
    )
}
