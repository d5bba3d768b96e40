//! The profile: whether there is one, making it, unlocking it.

use desk::environment;
use desk::error::Code;
use desk::preferences::Preferences;
use desk::profile::Made;
use desk::{Desk, Opening, Setup};
use domain::Company;
use serde::Serialize;
use store::keys::{KeySource, Passphrase};
use ts_rs::TS;

use super::{Done, Refused, commands};
use crate::host::Host;

domain::vocabulary! {
    /// Whether the window has a profile to work at.
    pub enum ProfileState: "a profile's state" {
        /// There is none here yet.
        None = "none",
        /// There is one, and it is not open.
        Locked = "locked",
        /// It is open.
        Open = "open",
    }
}

/// What the window must know before anything else.
#[derive(Debug, Serialize, TS)]
pub struct AppState {
    /// Whether there is a profile.
    pub profile: ProfileState,
    /// Why it is not open.
    pub because: Option<Refused>,
    /// Its folder.
    pub home: String,
    /// Who works at it.
    pub user: Option<String>,
    /// `rep`, `approver` or `admin`, where a central is connected.
    pub role: Option<String>,
    /// Whether this person may decide on what waits.
    pub can_decide: bool,
    /// Whether it holds a fictional market.
    pub sample: bool,
    /// Whether a central is connected.
    pub connected: bool,
    /// Of the program.
    pub version: String,
    /// A path the window was started at; told once.
    pub start_at: Option<String>,
}

fn state(host: &Host) -> Result<AppState, desk::DeskError> {
    let mut state = AppState {
        profile: ProfileState::None,
        because: None,
        home: host.home().display().to_string(),
        user: None,
        role: None,
        can_decide: false,
        sample: false,
        connected: false,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        start_at: None,
    };
    match host.desk() {
        Ok(desk) => {
            let account = desk.account()?;
            state.profile = ProfileState::Open;
            state.user = Some(desk.user().to_owned());
            state.can_decide = desk.decides()?;
            state.sample = desk.is_sample()?;
            state.connected = account.is_some();
            state.role = account.map(|account| account.role);
            state.start_at = host.take_start();
        }
        Err(error) if error.code == Code::NoProfile => {}
        Err(error) => {
            state.profile = ProfileState::Locked;
            state.because = Some(error.into());
        }
    }
    Ok(state)
}

fn given(passphrase: Option<String>) -> Result<KeySource, desk::DeskError> {
    let mut keys = environment::keys()?;
    if let Some(text) = passphrase.filter(|text| !text.is_empty()) {
        keys.passphrase = Some(Passphrase::new(text));
    }
    Ok(keys)
}

commands! {
    /// What the window must know before anything else.
    app_state {} -> AppState = |host, _| state(host);
    /// Make a profile: with a fictional market to try things on, or empty. Without a passphrase its key is kept in
    /// the system's keyring.
    profile_create { user: String, sample: bool, passphrase: Option<String> } -> Made = |host, asked| {
        let user = asked.user.trim();
        if user.is_empty() || user.chars().count() > 80 {
            return Err(desk::DeskError::bad_input("a name has 1 to 80 characters", "Type who works here."));
        }
        let keys = given(asked.passphrase)?;
        let opening = Opening { home: host.home(), keys: &keys, user: Some(user), commit_hook: None };
        let world = environment::world()?;
        let (desk, made) = if asked.sample {
            let (desk, made, _) = Desk::create_sample(&opening, world, user)?;
            (desk, made)
        } else {
            Desk::create(&opening, world, &Setup { user, company: Company::unset() })?
        };
        host.keep(desk, keys);
        Ok(made)
    };
    /// Open the profile that is there.
    profile_unlock { passphrase: Option<String>, recovery_key: Option<String> } -> AppState = |host, asked| {
        let mut keys = given(asked.passphrase)?;
        if let Some(text) = asked.recovery_key.filter(|text| !text.trim().is_empty()) {
            keys.recovery_key = Some(text.trim().parse().map_err(|error| {
                desk::DeskError::bad_input(error, "Type it as it was shown when the profile was made.")
            })?);
        }
        host.open(keys)?;
        state(host)
    };
    /// How somebody likes the window.
    preferences {} -> Preferences = |host, _| match host.desk() {
        Ok(desk) => desk.preferences(),
        // Before there is a profile the window is as the system is.
        Err(_) => Ok(Preferences::default()),
    };
    /// Remember how somebody likes the window.
    preferences_set { preferences: Preferences } -> Done = |host, asked| {
        host.desk()?.set_preferences(asked.preferences)?;
        Ok(Done {})
    };
}
