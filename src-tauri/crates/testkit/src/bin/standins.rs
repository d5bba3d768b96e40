//! The stand-ins as a program: NetSuite and a mail provider on loopback, until it is stopped.
//!
//! Owns the command line. Must not be shipped: it is for tests and for trying the central at home.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use desk::SystemClock;
use serde_json::json;
use testkit::standins::keys::{KeyKind, Keys};
use testkit::standins::{Mail, MailSetup, NetSuite, NetSuiteSetup};

/// NetSuite and a mail provider, stood in for on loopback.
#[derive(Parser)]
struct Asked {
    /// Port of NetSuite; 0 lets the system choose.
    #[arg(long, default_value_t = 0)]
    netsuite_port: u16,
    /// Port of the mail provider; 0 lets the system choose.
    #[arg(long, default_value_t = 0)]
    mail_port: u16,
    /// Where the private key (PKCS#8 PEM) that the central signs with is written.
    #[arg(long)]
    key_out: PathBuf,
    /// The key's algorithm.
    #[arg(long, value_enum, default_value_t = KeyKind::Es256)]
    key_kind: KeyKind,
    /// How long NetSuite's tokens are good, in seconds.
    #[arg(long, default_value_t = 3600)]
    token_life: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = Asked::parse();
    let mut setup = NetSuiteSetup::new(Keys::draw(asked.key_kind)?, Arc::new(SystemClock));
    setup.port = asked.netsuite_port;
    setup.token_life = Duration::from_secs(asked.token_life);
    let (client_id, certificate_id) = (setup.client_id.clone(), setup.certificate_id.clone());
    let mail_setup = MailSetup { port: asked.mail_port, ..MailSetup::default() };
    let api_key = mail_setup.api_key.clone();
    let netsuite = NetSuite::start(setup)?;
    let mail = Mail::start(mail_setup)?;
    write_private(&asked.key_out, netsuite.private_pem())?;
    let told = json!({
        "netsuite": { "url": netsuite.url(), "client_id": client_id, "certificate_id": certificate_id },
        "mail": { "url": mail.url(), "api_key": api_key },
        "key": asked.key_out,
    });
    let mut out = std::io::stdout();
    writeln!(out, "{told}")?;
    out.flush()?;
    loop {
        std::thread::park();
    }
}

#[cfg(unix)]
fn write_private(path: &std::path::Path, pem: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(pem.as_bytes())
}

#[cfg(not(unix))]
fn write_private(path: &std::path::Path, pem: &str) -> std::io::Result<()> {
    std::fs::write(path, pem)
}
