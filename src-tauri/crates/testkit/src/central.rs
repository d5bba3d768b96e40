//! A real central: the Worker on its own runtime, as a process of its own on loopback.
//!
//! Owns starting it, ending it as a crash would, and starting it again over what it had kept. Must not stand in
//! for any of it: what is asked here is asked of the Worker.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use domain::Sha256;
use serde::Deserialize;
use serde_json::{Value, json};

/// What a central is started with.
#[derive(Debug, Clone, Default)]
pub struct CentralSetup {
    /// Where it keeps everything.
    pub state: PathBuf,
    /// Reference data for an empty one: NDJSON of `{table, row}`.
    pub seed: Option<PathBuf>,
    /// NetSuite's address and the file of the key it knows us by.
    pub netsuite: Option<(String, PathBuf)>,
    /// The mail provider's address and the key it knows us by.
    pub mail: Option<(String, String)>,
}

/// A central that runs. It ends with this value.
pub struct Central {
    setup: CentralSetup,
    port: u16,
    said: Said,
    child: Child,
}

/// What it says when it is ready.
#[derive(Debug, Deserialize)]
struct Said {
    url: String,
    admin_token: String,
    codes: BTreeMap<String, String>,
}

/// Device tags that no device of a test draws.
const TAGS: &[&str] = &["AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD"];

const ADMIN: &str = "test-admin-token-0123456789abcdef";

impl Central {
    /// Start one on a free port.
    pub fn start(setup: CentralSetup) -> Result<Self, Error> {
        let (child, said) = launch(&setup, 0)?;
        let port = said.url.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0);
        Ok(Central { setup, port, said, child })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.said.url
    }

    /// A fresh one-time code for a person.
    pub fn code(&self, person: &str) -> Result<String, Error> {
        let answer = self.admin("/v1/admin/codes", &json!({ "user_name": person, "hours": 24 }))?;
        answer["code"].as_str().map(str::to_owned).ok_or_else(|| Error::other(answer.to_string()))
    }

    /// The codes it printed when it started.
    pub fn codes(&self) -> &BTreeMap<String, String> {
        &self.said.codes
    }

    /// End it as a power cut would.
    pub fn kill(&mut self) -> Result<(), Error> {
        // The runtime is a child of the process that was started; they share a group.
        let group = format!("-{}", self.child.id());
        Command::new("kill").args(["-9", "--", &group]).status()?;
        self.child.wait()?;
        Ok(())
    }

    /// Start it again, over what it had kept, at the same address.
    pub fn restart(&mut self) -> Result<(), Error> {
        let (child, said) = launch(&self.setup, self.port)?;
        self.child = child;
        self.said = said;
        Ok(())
    }

    /// Ask an admin route.
    pub fn admin(&self, path: &str, body: &Value) -> Result<Value, Error> {
        self.ask("POST", path, Some(body.to_string()), &self.said.admin_token)
    }

    /// Reference data, as NDJSON.
    pub fn reference(&self, lines: String) -> Result<Value, Error> {
        self.ask("POST", "/v1/admin/reference", Some(lines), &self.said.admin_token)
    }

    /// Ask a route as somebody with a token.
    pub fn get(&self, path: &str, token: &str) -> Result<Value, Error> {
        self.ask("GET", path, None, token)
    }

    /// Let a device in that is no more than a token; gives the token.
    pub fn token_of(&self, person: &str, n: u64) -> Result<String, Error> {
        let token = Sha256::of(format!("token {n}").as_bytes()).to_string();
        let key = hex::encode(Sha256::of(format!("key {n}").as_bytes()).as_bytes());
        let body = json!({
            "code": self.code(person)?, "token_hash": Sha256::of(token.as_bytes()), "device_tag": TAGS[n as usize % TAGS.len()],
            "public_key": key, "device_name": "a token", "user_name": null,
        });
        self.ask("POST", "/v1/devices/enroll", Some(body.to_string()), "")?;
        Ok(token)
    }

    /// Read the whole feed and keep nothing; how many lines it has.
    pub fn drain_feed(&self, token: &str) -> Result<u64, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let client = reqwest::Client::new();
            let (mut cursor, mut lines) = (String::new(), 0);
            loop {
                let request = client
                    .get(format!("{}/v1/pull?cursor={cursor}", self.said.url))
                    .header("authorization", format!("Bearer {token}"));
                let mut answer =
                    request.send().await.map_err(Error::other)?.error_for_status().map_err(Error::other)?;
                let mut last = Vec::new();
                while let Some(piece) = answer.chunk().await.map_err(Error::other)? {
                    lines += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
                    last.extend_from_slice(&piece);
                    let keep = last.len().saturating_sub(4_096);
                    last.drain(..keep);
                }
                let text = String::from_utf8_lossy(&last).into_owned();
                let end: Value = serde_json::from_str(text.trim_end().lines().last().unwrap_or_default())
                    .map_err(Error::other)?;
                lines -= 1;
                if end["more"] != true {
                    return Ok(lines);
                }
                end["cursor"].as_str().unwrap_or_default().clone_into(&mut cursor);
            }
        })
    }

    fn ask(&self, method: &str, path: &str, body: Option<String>, token: &str) -> Result<Value, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let method = reqwest::Method::from_bytes(method.as_bytes()).map_err(Error::other)?;
            let kind = if path.ends_with("reference") { "application/x-ndjson" } else { "application/json" };
            let mut request = reqwest::Client::new()
                .request(method, format!("{}{path}", self.said.url))
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", kind);
            if let Some(body) = body {
                request = request.body(body);
            }
            let answer = request.send().await.map_err(Error::other)?;
            let status = answer.status();
            let text = answer.text().await.map_err(Error::other)?;
            if !status.is_success() {
                return Err(Error::other(format!("{path}: {status}: {text}")));
            }
            serde_json::from_str(&text).map_err(Error::other)
        })
    }
}

impl Drop for Central {
    fn drop(&mut self) {
        // It may have been ended already; that is what was wanted.
        drop(self.kill());
    }
}

fn launch(setup: &CentralSetup, port: u16) -> Result<(Child, Said), Error> {
    let mut command = Command::new("node");
    command
        .arg(folder().join("dev/serve.mjs"))
        .args(["--json", "--admin-token", ADMIN, "--port", &port.to_string(), "--state"])
        .arg(&setup.state);
    if let Some(seed) = &setup.seed {
        command.arg("--seed").arg(seed);
    }
    if let Some((url, key)) = &setup.netsuite {
        command.args(["--netsuite", url, "--netsuite-key"]).arg(key);
    }
    if let Some((url, key)) = &setup.mail {
        command.args(["--mail", url, "--mail-key", key]);
    }
    let log =
        std::fs::OpenOptions::new().create(true).append(true).open(setup.state.with_extension("log"))?;
    let mut child = command
        .current_dir(folder())
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| Error::other("the central says nothing"))?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    match serde_json::from_str(&line) {
        Ok(said) => Ok((child, said)),
        Err(error) => {
            drop(child.kill());
            let log = std::fs::read_to_string(setup.state.with_extension("log")).unwrap_or_default();
            Err(Error::other(format!("the central did not start: {error}: {line}{log}")))
        }
    }
}

/// The Worker's folder.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../central")
}
