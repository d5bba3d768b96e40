//! A quote from the first word to the verified run, as a script drives it.

mod support;
use serde_json::Value;
use support::{Profile, has, text};

const MESSAGE: &str = "120 cases of 10412 for Marshalltown, 2026-2027, with pdf";

#[test]
fn a_chat_answers_with_the_draft_and_its_open_questions() {
    let profile = Profile::stocked();
    let asked = profile.json(&["chat", "120 cases of 10412 for Cedar Falls, 2026-2027, with pdf"]);
    has(
        &asked,
        &["draft_id", "customer", "school_year", "lines", "include_pdf", "valid_until", "questions", "ready"],
    );
    assert_eq!((&asked["ready"], &asked["customer"]), (&Value::Bool(false), &Value::Null));
    let question = &asked["questions"][0];
    assert_eq!(question["slot"], "customer");
    assert!(!text(question, "prompt").is_empty());
    assert_eq!(question["choices"].as_array().unwrap().len(), 2);
    let draft = text(&asked, "draft_id");
    let refusal = profile.refused(&["draft", "submit", &draft], 1);
    assert_eq!(refusal.code, "draft_incomplete");
    assert!(refusal.message.contains("Which “Cedar Falls”"), "{refusal:?}");

    let answer = profile.json(&["chat", "the Iowa one", "--draft", &draft]);
    assert_eq!(text(&answer, "draft_id"), draft);
    assert_eq!(text(&answer["customer"], "id"), "C1");
    assert_eq!(
        (&answer["school_year"], &answer["include_pdf"]),
        (&Value::from("2026-2027"), &Value::Bool(true))
    );
    let line = &answer["lines"][0];
    assert_eq!((text(line, "item_code"), line["quantity"].as_u64()), ("10412".to_owned(), Some(120)));
    assert_eq!(
        (text(line, "case_price"), text(line, "price_source")),
        ("39.1250".to_owned(), "current".to_owned())
    );
    assert_eq!((&answer["ready"], answer["questions"].as_array().unwrap().len()), (&Value::Bool(true), 0));
}

#[test]
fn a_draft_that_is_not_complete_says_what_is_missing_and_is_not_submitted() {
    let profile = Profile::stocked();
    let answer = profile.json(&["chat", "10412 for Marshalltown, 2026-2027"]);
    assert_eq!(answer["ready"], false);
    let draft = text(&answer, "draft_id");
    let before = profile.dump();
    assert_eq!(profile.refused(&["draft", "submit", &draft], 1).code, "draft_incomplete");
    assert_eq!(profile.dump(), before);
    let answer = profile.json(&["chat", "80 cases", "--draft", &draft]);
    assert_eq!(answer["ready"], true, "{answer}");
    assert_eq!(answer["lines"][0]["quantity"], 80);
}

#[test]
fn two_drafts_of_one_script_are_two_drafts() {
    let profile = Profile::stocked();
    let (one, other) = (profile.json(&["chat", MESSAGE]), profile.json(&["chat", MESSAGE]));
    assert_ne!(one["draft_id"], other["draft_id"]);
    assert_eq!(profile.count("drafts"), 2);
}

#[test]
fn every_command_answers_in_words_and_in_json() {
    let profile = Profile::stocked();
    let (draft, quote, gate) = profile.at_gate(MESSAGE);
    let shown = profile.json(&["action", "show", &gate]);
    has(&shown, &["action_id", "action_type", "status", "payload", "payload_hash", "drafted_by"]);
    assert_eq!(shown["action_type"], "workflow_customer_quote");
    assert!(profile.words(&["action", "show", &gate]).contains("What will happen"));
    assert_eq!(profile.count("quotes"), 0, "nothing is written before the gate is approved");
    let released = profile.json(&["action", "approve", &gate, "--note", "fine"]);
    has(&released, &["decision", "run_id", "run_status", "next_action", "self_decided"]);
    let (run, email) = (text(&released, "run_id"), text(&released, "next_action"));
    assert_eq!(profile.refused(&["action", "approve", &gate], 1).code, "not_pending");
    assert_eq!(profile.refused(&["action", "reject", &gate, "--reason", "late"], 1).code, "not_pending");
    assert_eq!(profile.refused(&["action", "edit", &email, "--to", "nobody"], 2).code, "bad_input");
    let edited =
        text(&profile.json(&["action", "edit", &email, "--subject", "Your fall quote"]), "action_id");
    assert_eq!(profile.refused(&["action", "approve", &email], 1).code, "not_pending");
    assert!(profile.words(&["action", "approve", &edited]).contains("approved"));

    let shown = profile.json(&["run", "show", &run]);
    has(
        &shown,
        &[
            "run_id",
            "contract",
            "status",
            "checks",
            "timeline",
            "steps",
            "outbox",
            "verification",
            "narrative",
        ],
    );
    assert_eq!(
        (text(&shown, "status"), text(&shown, "event")),
        ("completed".into(), "workflow.completed".into())
    );
    assert_eq!(shown["steps"].as_array().unwrap().len(), 5);
    assert_eq!(profile.json(&["run", "resume", &run])["status"], "completed");
    let verified = profile.json(&["verify"]);
    has(&verified, &["expired", "resumed", "results"]);
    let status = |check: &str| {
        let results = verified["results"].as_array().unwrap();
        let found =
            results.iter().find(|result| result["check"] == check && result["run_id"] == run.as_str());
        text(found.unwrap(), "status")
    };
    assert_eq!(status("quote_persisted"), "passed");
    assert_eq!((status("pdf_stored"), status("email_sent")), ("pending".into(), "pending".into()));

    let shown = profile.json(&["quote", "show", &quote]);
    has(&shown, &["quote_id", "customer_id", "lifecycle_status", "total", "quote", "pdf_sha256", "run_id"]);
    assert_eq!(text(&shown, "total"), "5010.0000");
    let written = profile.json(&["quote", "pdf", &quote, "--out", &profile.path("q.pdf")]);
    assert_eq!((&written["sha256"], &written["stored"]), (&shown["pdf_sha256"], &Value::Bool(true)));
    has(&profile.json(&["quote", "diff", &quote, &quote]), &["from", "to", "fields", "lines", "total_moved"]);

    let sync = profile.json(&["sync", "status"]);
    assert!(sync["waiting"].as_u64().unwrap() > 5);
    let audit = profile.json(&["audit", "verify"]);
    assert_eq!((audit["decisions"].as_u64(), audit["self_approved"].as_u64()), (Some(3), Some(3)));
    let doctor = profile.json(&["doctor"]);
    assert_eq!(doctor["ok"], true, "{doctor}");
    assert_eq!(profile.json(&["contract", "list"]).as_array().unwrap().len(), 2);
    let contract = profile.json(&["contract", "show", "customer_quote"]);
    let touchpoints = contract["touchpoints"].as_array().unwrap();
    assert_eq!(touchpoints.len(), 10);
    assert!(touchpoints.iter().all(|touchpoint| touchpoint["status"] == "REAL"), "{contract}");
    for args in [
        &["draft", "list"][..],
        &["draft", "show", &draft],
        &["action", "list"],
        &["action", "list", "--status", "approved"],
        &["run", "list"],
        &["run", "show", &run],
        &["quote", "list"],
        &["quote", "list", "--customer", "C3"],
        &["quote", "show", &quote],
        &["quote", "diff", &quote, &quote],
        &["sync", "status"],
        &["audit", "verify"],
        &["doctor"],
        &["contract", "list"],
        &["contract", "show", "customer_quote"],
        &["db", "query", "SELECT id FROM customers"],
    ] {
        profile.words(args);
        let answer = profile.json(args);
        assert!(
            answer.is_object() || answer.as_array().is_some_and(|rows| !rows.is_empty()),
            "{args:?}: {answer}"
        );
    }
    let refusal = profile.refused(&["draft", "submit", &draft], 1);
    assert_eq!(refusal.code, "wrong_state");
}

#[test]
fn what_a_customer_said_is_written_down_once() {
    let profile = Profile::stocked();
    let (_, _, gate) = profile.at_gate(MESSAGE);
    profile.json(&["action", "approve", &gate]);
    let quote = text(&profile.json(&["quote", "list"])[0], "quote_id");
    assert_eq!(profile.refused(&["quote", "decline", &quote], 2).code, "bad_usage");
    let refusal = profile.refused(&["quote", "decline", &quote, "--reason", "dear"], 2);
    assert!(refusal.code == "bad_input" && refusal.message.contains("program_change"), "{refusal:?}");
    let declined = profile.json(&["quote", "decline", &quote, "--reason", "price", "--note", "next year"]);
    assert_eq!(
        (text(&declined, "lifecycle_status"), text(&declined["outcome"], "reason")),
        ("declined".to_owned(), "price".to_owned())
    );
    assert_eq!(profile.refused(&["quote", "accept", &quote], 1).code, "wrong_state");
    profile.words(&["quote", "show", &quote]);
}

#[test]
fn a_script_takes_back_releases_revises_and_quotes_again() {
    let profile = Profile::stocked();
    let draft = text(&profile.json(&["chat", MESSAGE]), "draft_id");
    let more = profile.json(&["chat", "make it 130 cases", "--draft", &draft]);
    assert_eq!(more["lines"][0]["quantity"], 130);
    assert_eq!(profile.json(&["draft", "undo", &draft])["lines"][0]["quantity"], 120);
    assert_eq!(profile.json(&["draft", "redo", &draft])["lines"][0]["quantity"], 130);
    assert_eq!(profile.refused(&["draft", "redo", &draft], 1).code, "wrong_state");

    let submitted = profile.json(&["draft", "submit", &draft]);
    let (action, quote) = (text(&submitted, "action_id"), text(&submitted, "quote_id"));
    let released = profile.json(&["action", "approve", &action, "--release"]);
    assert_eq!(
        (&released["released"], text(&released, "run_status")),
        (&Value::Bool(true), "completed".into())
    );

    let revision = profile.json(&["quote", "revise", &quote]);
    assert_eq!(text(&revision, "revision_of"), quote);
    let again = profile.json(&["quote", "duplicate", &quote]);
    assert_eq!((text(&again, "school_year"), &again["revision_of"]), ("2027-2028".into(), &Value::Null));
    assert_eq!(profile.json(&["quote", "duplicate", &quote, "--year", "2026-2027"])["ready"], true);
    assert_eq!(profile.refused(&["quote", "duplicate", &quote, "--year", "soon"], 2).code, "bad_input");
}

#[test]
fn a_rejection_gives_the_draft_back_and_releases_nothing() {
    let profile = Profile::stocked();
    let (draft, _, gate) = profile.at_gate(MESSAGE);
    assert_eq!(profile.refused(&["action", "reject", &gate, "--reason", " "], 2).code, "bad_input");
    profile.json(&["action", "reject", &gate, "--reason", "too low"]);
    assert_eq!((profile.count("quotes"), profile.count("artifacts")), (0, 0));
    assert_eq!(profile.json(&["draft", "show", &draft])["status"], "open");
}

#[test]
fn a_contract_run_by_hand_names_what_its_input_lacks() {
    let profile = Profile::stocked();
    let input = profile.file("in.json", "{\"school_year\": \"2026-2028\"}");
    assert_eq!(
        profile.refused(&["contract", "run", "customer_quote", "--input", &input], 2).code,
        "bad_input"
    );
    let input = profile.file("in.json", "{");
    assert_eq!(
        profile.refused(&["contract", "run", "customer_quote", "--input", &input], 2).code,
        "bad_input"
    );
}

#[test]
fn the_same_script_gives_the_same_bytes() {
    let script = || {
        let profile = Profile::stocked();
        let mut said = vec![profile.document(&["chat", MESSAGE])];
        let draft = text(&serde_json::from_str(&said[0]).unwrap(), "draft_id");
        said.push(profile.document(&["draft", "submit", &draft]));
        let submitted: Value = serde_json::from_str(&said[1]).unwrap();
        said.push(profile.document(&["action", "approve", &text(&submitted, "action_id")]));
        let approved: Value = serde_json::from_str(&said[2]).unwrap();
        said.push(profile.document(&["action", "approve", &text(&approved, "next_action")]));
        said.push(profile.document(&["run", "show", &text(&approved, "run_id")]));
        let pdf = profile.path("q.pdf");
        profile.json(&["quote", "pdf", &text(&submitted, "quote_id"), "--out", &pdf]);
        (said, std::fs::read(pdf).unwrap())
    };
    let (one, other) = (script(), script());
    assert_eq!(one.0, other.0);
    assert_eq!(one.1, other.1);
}

#[test]
fn the_demonstration_tells_what_the_run_tells() {
    let profile = Profile::none();
    let told = profile.json(&["demo"]);
    has(&told, &["draft_id", "quote_id", "run_id", "pdf", "pdf_sha256", "lines"]);
    let lines: Vec<(String, String)> = told["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(line, "part"), text(line, "text")))
        .collect();
    let of = |part: &str| {
        lines.iter().filter(|(is, _)| is == part).map(|(_, text)| text.as_str()).collect::<Vec<_>>()
    };
    let run = profile.json(&["run", "show", &text(&told, "run_id")]);
    assert_eq!(of("narrative"), [run["narrative"].as_str().unwrap()]);
    assert_eq!(of("timeline").len(), run["timeline"].as_array().unwrap().len());
    for (line, moment) in of("timeline").iter().zip(run["timeline"].as_array().unwrap()) {
        assert!(line.ends_with(moment["text"].as_str().unwrap()), "{line}");
    }
    for (line, step) in of("effect").iter().zip(run["steps"].as_array().unwrap()) {
        assert!(line.starts_with(step["step"].as_str().unwrap()), "{line}");
        assert!(line.contains(&format!("at attempt {}", step["attempts"])), "{line}");
    }
    for (line, check) in of("verify").iter().zip(run["verification"].as_array().unwrap()) {
        assert!(line.starts_with(&format!("{}: {}", text(check, "check"), text(check, "status"))), "{line}");
    }
    let quote = profile.json(&["quote", "show", &text(&told, "quote_id")]);
    assert_eq!(of("draft").len() - 1, quote["quote"]["lines"].as_array().unwrap().len());
    assert_eq!(quote["pdf_sha256"], told["pdf_sha256"]);
    let waiting = profile.json(&["sync", "status"])["waiting"].as_u64().unwrap();
    assert!(of("outbox")[0].starts_with(&format!("{waiting} operations")), "{:?}", of("outbox"));
    assert!(std::fs::read(text(&told, "pdf")).unwrap().starts_with(b"%PDF"));

    let words = Profile::none().words(&["demo"]);
    for (part, text) in lines.iter().filter(|(part, _)| part != "pdf") {
        assert!(words.contains(&format!("{part:<11} {text}")), "{part}: {text}");
    }
}

#[test]
fn the_history_of_a_draft_is_told_and_two_points_of_it_are_compared() {
    let profile = Profile::stocked();
    let draft = text(&profile.json(&["chat", MESSAGE]), "draft_id");
    profile.json(&["chat", "make it 80 cases", "--draft", &draft]);
    let history = profile.json(&["draft", "history", &draft]);
    let entries = history["entries"].as_array().unwrap();
    assert_eq!((history["total"].as_u64(), entries.len()), (Some(2), 2));
    has(&entries[0], &["number", "version", "by", "at", "device", "is_here", "words", "heads"]);
    assert_eq!(entries[0]["words"][0], "10412: 120 cases → 80 cases");
    let first = text(&entries[1], "version");
    for from in ["1", &first, &first[..6]] {
        let found = profile.json(&["draft", "compare", &draft, from, "now"]);
        assert_eq!(found["lines"][0]["fate"], "changed", "{from}");
        assert_eq!(found["lines"][0]["fields"][0]["after"], "80 cases", "{from}");
    }
    assert_eq!(profile.refused(&["draft", "compare", &draft, "7", "now"], 2).code, "bad_input");
}
