//! Making, trying, checking and saving profiles.
//!
//! Owns `init`, `demo`, `doctor`, `audit`, `backup` and `restore`. Must not print a key but the recovery
//! key, once, when it is made.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use desk::demo::{APPROVER, DemoLine};
use desk::{Desk, DeskError, Opening, Setup};
use domain::{Company, IdSource};
use serde_json::json;
use store::keys::{KeySource, Passphrase};

use crate::args::{Cli, CompanyCommand};
use crate::home;
use crate::output::{Failure, Outcome, table};

/// Opens the demonstration's profile: there is nothing but sample data in it.
const DEMO_PASSPHRASE: &str = "sample data";

/// `init [--sample]`
pub fn init(cli: &Cli, sample: bool) -> Result<Outcome, Failure> {
    let (folder, keys) = (home::folder(cli)?, home::keys()?);
    let world = home::world()?;
    let user = cli.person.as_deref().unwrap_or(APPROVER);
    let opening = Opening { home: &folder, keys: &keys, user: Some(user), commit_hook: None };
    let (made, loaded) = if sample {
        let (_, made, loaded) = Desk::create_sample(&opening, world, user)?;
        (made, Some(loaded))
    } else {
        (Desk::create(&opening, world, &Setup { user, company: Company::unset() })?.1, None)
    };
    let mut text = format!(
        "Made a profile for {} in {}.\n\nRecovery key, shown this once. It opens the database if the keyring or the \
         passphrase is lost:\n\n  {}\n",
        made.user, made.home, made.recovery_key
    );
    if let Some(loaded) = &loaded {
        text.push_str(&format!(
            "\nSample data: {} customers, {} items, {} prices, {} programs, {} quotes.\n\
             Try: fieldquote chat \"120 cases of 10412 for Cedar Falls, 2026-2027, with pdf\"",
            loaded.customers, loaded.items, loaded.prices, loaded.programs, loaded.quotes
        ));
    }
    Outcome::new(&json!({ "profile": made, "sample": loaded }), text)
}

/// `demo`
pub fn demo(cli: &Cli, out: Option<&Path>) -> Result<Outcome, Failure> {
    let world = home::world()?;
    let folder: PathBuf = match &cli.home {
        Some(home) => home.clone(),
        None => std::env::temp_dir().join(format!("fieldquote-demo-{}", world.ids.ulid())),
    };
    let keys = KeySource {
        passphrase: home::passphrase().or_else(|| Some(Passphrase::new(DEMO_PASSPHRASE.to_owned()))),
        recovery_key: None,
    };
    let opening = Opening { home: &folder, keys: &keys, user: Some(APPROVER), commit_hook: None };
    let (mut desk, _, _) = Desk::create_sample(&opening, world, APPROVER)?;
    let out = out.unwrap_or(&folder);
    std::fs::create_dir_all(out).map_err(|error| {
        Failure::from(DeskError::bad_input(
            format!("{}: {error}", out.display()),
            "Name another folder with --out.",
        ))
    })?;
    let quiet = cli.json;
    let mut say = |line: &DemoLine| {
        if !quiet {
            // A reader that went away (`| head`) does not stop the demonstration.
            let _closed = writeln!(std::io::stdout(), "{:<11} {}", line.part, line.text);
        }
    };
    let done = desk.demonstrate(out, &mut say)?;
    let how = if home::passphrase().is_some() {
        String::new()
    } else {
        format!(" (FIELDQUOTE_PASSPHRASE='{DEMO_PASSPHRASE}')")
    };
    let text = format!(
        "\nThe profile is kept in {}{how}.\nLook further: fieldquote --home {} run show {}",
        folder.display(),
        folder.display(),
        done.run_id
    );
    Outcome::new(&done, text)
}

/// `company show / set FILE`
pub fn company(desk: &Desk, command: &CompanyCommand) -> Result<Outcome, Failure> {
    if let CompanyCommand::Set { file } = command {
        let wrong = |error: &dyn std::fmt::Display| {
            let hint = "`fieldquote --json company show` prints the form.";
            Failure::from(DeskError::bad_input(format!("{}: {error}", file.display()), hint))
        };
        let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
        desk.set_company(&serde_json::from_str(&text).map_err(|error| wrong(&error))?)?;
    }
    let company = desk.company()?;
    let mut text = format!("{}\n", company.name);
    for line in company.address.iter().chain([&company.phone, &company.email, &company.website]) {
        text.push_str(&format!("{line}\n"));
    }
    for (n, term) in company.terms.iter().enumerate() {
        text.push_str(&format!("{}. {term}\n", n + 1));
    }
    text.push_str(&format!("Quotes stay valid for {} days.", company.validity_days));
    Outcome::new(&company, text)
}

/// `doctor`
pub fn doctor(desk: &Desk) -> Result<Outcome, Failure> {
    let diagnosis = desk.doctor()?;
    let rows = diagnosis.findings.iter().map(|finding| {
        let word = if finding.ok { "ok" } else { "PROBLEM" };
        vec![word.to_owned(), finding.check.to_owned(), finding.detail.clone()]
    });
    let text = table(&["", "check", "finding"], &[], rows.collect());
    let ok = diagnosis.ok;
    Ok(Outcome::new(&diagnosis, text)?.good(ok))
}

/// `audit verify`
pub fn audit(desk: &Desk) -> Result<Outcome, Failure> {
    let audited = desk.audit()?;
    let text = format!(
        "{} decisions: every signature and every link holds. Head {}.\n{} self-approved; the end of the chain is {}.",
        audited.decisions,
        audited.head,
        audited.self_approved,
        if audited.anchored { "anchored" } else { "not anchored" }
    );
    Outcome::new(&audited, text)
}

/// `backup FILE`
pub fn backup(desk: &Desk, file: &Path) -> Result<Outcome, Failure> {
    let made = desk.backup(file, &needed_passphrase()?)?;
    let text = format!("Wrote {} ({} bytes), encrypted with the passphrase.", made.file, made.size);
    Outcome::new(&made, text)
}

/// `restore FILE`
pub fn restore(cli: &Cli, file: &Path, replace: bool) -> Result<Outcome, Failure> {
    let folder = home::folder(cli)?;
    let world = home::world()?;
    let restored =
        desk::backup::restore(file, &needed_passphrase()?, &folder, &home::keys()?, replace, world)?;
    let text = format!(
        "Restored {} into {}. It is a device of its own now: its quote numbers carry {}.\n\nRecovery key, shown \
         this once:\n\n  {}",
        file.display(),
        restored.home,
        restored.device_tag,
        restored.recovery_key
    );
    Outcome::new(&restored, text)
}

fn needed_passphrase() -> Result<Passphrase, Failure> {
    home::passphrase().ok_or_else(|| {
        Failure::from(DeskError::bad_input(
            "a backup is encrypted with a passphrase, and none is given",
            "Set FIELDQUOTE_PASSPHRASE.",
        ))
    })
}
