//! The stand-ins answer as the services do, over the wire.

#![allow(clippy::unwrap_used)] // What a test sets up may fail the test.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Clock;
use serde_json::{Value, json};
use testkit::mail;
use testkit::netsuite;
use testkit::standins::faults::{Fault, Trouble};
use testkit::standins::keys::{KeyKind, Keys};
use testkit::standins::{Mail, MailSetup, NetSuite, NetSuiteSetup};

struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

fn netsuite() -> NetSuite {
    let keys = Keys::draw(KeyKind::Es256).unwrap();
    NetSuite::start(NetSuiteSetup::new(keys, Arc::new(Still))).unwrap()
}

/// One request on a connection of its own; what came back, or nothing when it was cut.
fn ask(url: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: standin\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    // A connection that was cut may end in an error as well as in silence.
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).unwrap_or(Value::Null)))
}

fn send(mail: &Mail, key: &str, subject: &str) -> Option<(u16, Value)> {
    let body = json!({ "from": "a@b.example", "to": "c@d.example", "subject": subject, "text": "Hello" });
    let headers = [("Authorization", "Bearer re_local"), ("Idempotency-Key", key)];
    ask(mail.url(), "POST", "/emails", &headers, &body.to_string())
}

#[test]
fn a_record_request_without_a_good_token_is_turned_away() {
    let netsuite = netsuite();
    for headers in [&[][..], &[("Authorization", "Bearer nobody")][..]] {
        let (status, body) =
            ask(netsuite.url(), "GET", "/services/rest/record/v1/estimate/eid:Q-1", headers, "").unwrap();
        assert_eq!(status, 401);
        assert_eq!(body["o:errorDetails"][0]["o:errorCode"], "INVALID_LOGIN");
    }
}

#[test]
fn a_token_is_asked_for_with_an_assertion_and_nothing_else() {
    let netsuite = netsuite();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let asked = |body: &str| ask(netsuite.url(), "POST", netsuite::TOKEN_PATH, &form, body).unwrap();
    assert_eq!(asked("grant_type=password").1["error"], "unsupported_grant_type");
    assert_eq!(asked("grant_type=client_credentials").1["error"], "invalid_request");
    assert_eq!(netsuite.seen().requests.token, 2);
    assert_eq!(netsuite.seen().tokens, 0);
}

#[test]
fn the_same_key_and_message_is_one_message_and_another_message_is_refused() {
    let mail = Mail::start(MailSetup::default()).unwrap();
    let (_, first) = send(&mail, "op-1", "One").unwrap();
    let (status, again) = send(&mail, "op-1", "One").unwrap();
    assert_eq!((status, &again["id"]), (200, &first["id"]));
    let (status, other) = send(&mail, "op-1", "Another").unwrap();
    assert_eq!((status, other["name"].as_str()), (409, Some("invalid_idempotent_request")));
    assert_eq!(mail.seen().messages.len(), 1);
}

#[test]
fn the_same_key_while_the_first_is_under_way_is_refused() {
    let mail = Mail::start(MailSetup::default()).unwrap();
    let slow = Fault::new(Trouble::Slow { milliseconds: 1000 });
    mail.control(mail::Control { faults: vec![slow], ..Default::default() });
    std::thread::scope(|scope| {
        let first = scope.spawn(|| send(&mail, "op-1", "One"));
        while mail.seen().requests == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        let (status, body) = send(&mail, "op-1", "One").unwrap();
        assert_eq!((status, body["name"].as_str()), (409, Some("concurrent_idempotent_requests")));
        assert_eq!(first.join().unwrap().unwrap().0, 200);
    });
    assert_eq!(mail.seen().messages.len(), 1);
}

#[test]
fn a_connection_cut_after_the_message_was_taken_gives_no_answer_and_keeps_the_message() {
    let mail = Mail::start(MailSetup::default()).unwrap();
    let cut = Fault::new(Trouble::Drop).after_commit();
    mail.control(mail::Control { faults: vec![cut], ..Default::default() });
    assert_eq!(send(&mail, "op-1", "One"), None);
    assert_eq!(mail.seen().messages.len(), 1);
    assert_eq!(send(&mail, "op-1", "One").unwrap().0, 200);
    assert_eq!(mail.seen().messages.len(), 1);
}

#[test]
fn a_message_cut_before_it_was_taken_can_be_sent_again() {
    let mail = Mail::start(MailSetup::default()).unwrap();
    mail.control(mail::Control { faults: vec![Fault::new(Trouble::Drop)], ..Default::default() });
    assert_eq!(send(&mail, "op-1", "One"), None);
    assert!(mail.seen().messages.is_empty());
    assert_eq!(send(&mail, "op-1", "One").unwrap().0, 200);
}

#[test]
fn a_key_nobody_was_given_and_a_message_to_nowhere_are_refused() {
    let mail = Mail::start(MailSetup::default()).unwrap();
    let asked = |key: &str| ask(mail.url(), "POST", "/emails", &[("Authorization", key)], "{}").unwrap();
    assert_eq!(asked("Bearer wrong").0, 403);
    let (status, body) = asked("Bearer re_local");
    assert_eq!((status, body["statusCode"].as_u64()), (422, Some(422)));
    assert_eq!(mail.seen().refusals, ["403 invalid_api_key", "422 validation_error"]);
}
