//! From a chat message to the outbox, on one device, with no network.

use crate::scenario::{at_gate, count, draft, released, texts};
use testkit::profile::with_sample;
use workflow::RunStatus;

#[test]
fn one_message_two_approvals_and_all_five_effects_are_there_once() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let before = count(desk, "SELECT count(*) AS n FROM quotes");
    let (run, decided) = released(desk);
    assert_eq!(decided.run_status, Some(RunStatus::Completed));

    assert_eq!(count(desk, "SELECT count(*) AS n FROM quotes") - before, 1);
    let quote = texts(desk, "SELECT id FROM quotes WHERE run_id IS NOT NULL").remove(0);
    assert_eq!(count(desk, &format!("SELECT count(*) AS n FROM quote_lines WHERE quote_id = '{quote}'")), 2);
    assert_eq!(
        texts(
            desk,
            &format!("SELECT status FROM proposed_pricing WHERE quote_id = '{quote}' ORDER BY item_code")
        ),
        ["promoted", "promoted"]
    );
    assert_eq!(
        texts(
            desk,
            "SELECT case_price FROM pricing_master
             WHERE customer_id = 'C10001' AND item_code = '20817' AND school_year = '2026-2027'"
        ),
        ["34.5000"],
        "the quoted price is the price in force"
    );
    assert_eq!(
        count(desk, &format!("SELECT count(*) AS n FROM price_history WHERE replaced_by_quote = '{quote}'")),
        2,
        "what it replaced is kept"
    );
    assert_eq!(texts(desk, "SELECT object_key FROM artifacts"), [format!("quotes/{quote}.pdf")]);
    assert_eq!(
        texts(desk, "SELECT action_type FROM proposed_actions WHERE status = 'pending'"),
        ["send_quote_to_customer"],
        "the email waits for its own decision"
    );
    assert_eq!(
        texts(desk, "SELECT last_quote_event FROM customer_profiles WHERE customer_id = 'C10001'"),
        ["2026-11-23T09:30:00.000Z"]
    );
    assert_eq!(
        texts(
            desk,
            &format!(
                "SELECT step_id FROM outbox WHERE run_id = '{run}' AND step_id IS NOT NULL ORDER BY seq"
            )
        ),
        ["write_quote", "render_pdf", "ns_push", "ar_forecast_touch"],
        "each remote effect is one durable operation; the email's is the action it staged"
    );
}

#[test]
fn a_finished_run_leaves_its_four_log_rows_one_event_and_three_pending_verifications() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, _) = released(desk);
    for table in ["workflow_runs", "workflow_run_log"] {
        assert_eq!(texts(desk, &format!("SELECT status FROM {table} WHERE run_id = '{run}'")), ["completed"]);
    }
    assert_eq!(
        texts(desk, &format!("SELECT tags FROM reflexion_log WHERE run_id = '{run}' ORDER BY tags")),
        ["customer_quote", "quote,customer:C10001,school_year:2026-2027"]
    );
    let narrative =
        texts(desk, &format!("SELECT narrative FROM reflexion_log WHERE run_id = '{run}'")).remove(0);
    for told in ["4 of 4 checks held", "Mike approved", "(“go”)", "1 price moved", "20817"] {
        assert!(narrative.contains(told), "{narrative}");
    }
    assert_eq!(
        texts(desk, &format!("SELECT event FROM workflow_events WHERE run_id = '{run}'")),
        ["workflow.completed"]
    );
    assert_eq!(
        texts(desk, &format!("SELECT status FROM workflow_verify_results WHERE run_id = '{run}'")),
        ["pending", "pending", "pending"]
    );
}

#[test]
fn nothing_happens_before_its_approval() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let tables = [
        "quotes",
        "quote_lines",
        "proposed_pricing",
        "price_history",
        "artifacts",
        "blobs",
        "workflow_events",
    ];
    let counts = || tables.map(|table| count(desk, &format!("SELECT count(*) AS n FROM {table}")));
    let prices = || texts(desk, "SELECT max(updated_at) AS at FROM pricing_master");
    let (before, prices_before) = (counts(), prices());
    profile.clock.pass(std::time::Duration::from_secs(60));
    let submitted = desk.submit(&draft(desk)).unwrap();
    assert_eq!((counts(), prices()), (before, prices_before.clone()), "submitting has no effect");
    desk.approve(&submitted.action_id, None).unwrap();
    assert_eq!((counts(), prices()), (before, prices_before), "neither has passing the first gate");
    assert_eq!(
        texts(desk, "SELECT kind FROM outbox WHERE step_id IS NOT NULL"),
        Vec::<String>::new(),
        "and nothing of a step waits to be sent"
    );
}

#[test]
fn the_gate_shows_every_row_file_email_and_push_it_releases() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (_, gate) = at_gate(desk);
    let shown = desk.action(&gate).unwrap().payload;
    let releases = shown["releases"].as_array().unwrap();
    let ids: Vec<&str> = releases.iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["write_quote", "render_pdf", "send_email", "ns_push", "ar_forecast_touch"]);
    let writes = releases[0]["writes"].as_array().unwrap();
    assert_eq!(writes[1]["rows"].as_array().unwrap().len(), 2, "both lines, value by value");
    let promised = releases[1]["sha256"].as_str().unwrap().to_owned();
    assert!(releases[2]["email"]["to"].as_str().unwrap().contains('@'));
    assert_eq!(releases[2]["email"]["attachment"]["sha256"], promised.as_str());
    assert!(
        releases[3]["payload"]["quote"]["lines"][0].get("cost_basis").is_none(),
        "no cost leaves the house"
    );

    desk.approve(&gate, None).unwrap();
    assert_eq!(
        texts(desk, "SELECT sha256 FROM blobs"),
        [promised],
        "the stored PDF is the one that was shown"
    );
}

#[test]
fn a_quote_without_a_pdf_skips_its_step_and_its_verification() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let answer = desk.chat("C10001, 2026-2027, 12 cases of 10412", None).unwrap();
    let submitted = desk.submit(&answer.draft.draft_id).unwrap();
    let gate = desk.approve(&submitted.action_id, None).unwrap().next_action.unwrap();
    let run = desk.approve(&gate, None).unwrap().run_id.unwrap();
    desk.sweep().unwrap();
    let shown = desk.run(&run).unwrap();
    let skipped = shown.steps.iter().find(|step| step.step == "render_pdf").unwrap();
    assert_eq!(skipped.state["state"], "skipped");
    let verified = shown.verification.iter().find(|result| result.check == "pdf_stored").unwrap();
    assert_eq!(verified.status, "skipped");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM artifacts"), 0);
}

#[test]
fn a_customer_on_hold_blocks_the_run_and_gives_the_draft_back() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let answer = desk.chat("C10012, 2026-2027, 12 cases of 10412", None).unwrap();
    let submitted = desk.submit(&answer.draft.draft_id).unwrap();
    assert!(
        submitted.flags.iter().any(|flag| flag.kind.as_str() == "customer_on_hold"),
        "{:?}",
        submitted.flags
    );
    let decided = desk.approve(&submitted.action_id, None).unwrap();
    assert_eq!(decided.run_status, Some(RunStatus::Blocked));
    let run = decided.run_id.unwrap();
    assert_eq!(
        texts(desk, &format!("SELECT event FROM workflow_events WHERE run_id = '{run}'")),
        ["workflow.failed"]
    );
    assert_eq!(desk.draft(&answer.draft.draft_id).unwrap().status.as_str(), "open");
    assert_eq!(count(desk, "SELECT count(*) AS n FROM quotes WHERE run_id IS NOT NULL"), 0);
}

#[test]
fn the_same_quote_is_the_same_bytes_on_two_devices() {
    let hashes: Vec<String> = (0..2)
        .map(|_| {
            let profile = with_sample("Mike").unwrap();
            released(&profile.desk);
            texts(&profile.desk, "SELECT sha256 FROM blobs").remove(0)
        })
        .collect();
    assert_eq!(hashes[0], hashes[1]);
}

#[test]
fn a_quote_of_two_thousand_lines_goes_all_the_way() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let draft = desk.chat("C10001, 2026-2027, with pdf, 1 case of 10412", None).unwrap().draft.draft_id;
    let add = |n: u32| drafting::document::Change::AddLine {
        line_id: format!("L{n}").parse().unwrap(),
        item_code: "10412".parse().unwrap(),
        quantity: Some(n),
        price: drafting::document::PriceRule::List,
    };
    desk.edit_draft(&draft, &(2..=2_000).map(add).collect::<Vec<_>>()).unwrap();
    let submitted = desk.submit(&draft).unwrap();
    let gate = desk.approve(&submitted.action_id, None).unwrap().next_action.unwrap();
    assert_eq!(desk.approve(&gate, None).unwrap().run_status, Some(RunStatus::Completed));
    let lines = "SELECT count(*) AS n FROM quote_lines WHERE quote_id IN (SELECT id FROM quotes WHERE run_id IS NOT NULL)";
    assert_eq!(count(desk, lines), 2_000);
    assert!(
        count(desk, "SELECT max(length(payload)) AS n FROM outbox WHERE kind = 'rows'") < 2_000_000,
        "no operation is larger than the central takes"
    );
}
