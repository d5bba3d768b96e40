//! Where the shipped contracts touch the world, and what is real there.
use fieldquote_workflow::Contract;
use fieldquote_workflow::contract::Effect;
use fieldquote_workflow::touchpoints::{Handlers, Touchpoint, declared_logs, touchpoints};

/// Everything is registered but this.
struct AllBut(&'static str);

impl Handlers for AllBut {
    fn duty(&self, name: &str) -> bool {
        name != self.0
    }

    fn effect(&self, effect: &Effect) -> bool {
        effect.kind() != self.0
    }
}

fn quote() -> Contract {
    Contract::pinned(include_str!("../../../../contracts/customer_quote.json")).unwrap()
}

fn stubs(missing: &'static str) -> Vec<String> {
    let all = touchpoints(&quote(), &AllBut(missing));
    assert_eq!(all.len(), 10);
    all.into_iter()
        .filter(|touchpoint| touchpoint.status == "STUB")
        .map(|touchpoint| touchpoint.source)
        .collect()
}

#[test]
fn the_quote_contract_has_these_ten_touchpoints_and_all_are_real() {
    let rows: Vec<[String; 5]> = touchpoints(&quote(), &AllBut(""))
        .into_iter()
        .map(|Touchpoint { system, resource, action, status, source }| {
            [system, resource, action, status.to_owned(), source]
        })
        .collect();
    let written = "quotes, quote_lines, proposed_pricing, price_history, pricing_master";
    let expected = [
        ["D1", "workflow_run_log", "INSERT (run summary)", "REAL", "runner automatic"],
        ["D1", "reflexion_log", "INSERT (tags=customer_quote)", "REAL", "runner automatic"],
        ["Event", "workflow.completed (or workflow.failed)", "fire", "REAL", "runner automatic"],
        [
            "D1",
            "workflow_verify_results",
            "INSERT pending × 3, swept to passed or failed",
            "REAL",
            "runner verify staging",
        ],
        [
            "D1",
            "proposed_actions",
            "INSERT (HITL gate envelope) workflow_customer_quote",
            "REAL",
            "runner HITL gate",
        ],
        ["D1", written, "write", "REAL", "fan-out #1 (write_quote)"],
        [
            "Worker HTTP",
            "POST /api/quote/pdf",
            "invoke, R2 quotes/{quote.id}.pdf",
            "REAL",
            "fan-out #2 (render_pdf)",
        ],
        [
            "D1",
            "proposed_actions",
            "INSERT (email draft via send_quote_to_customer)",
            "REAL",
            "fan-out #3 (send_email)",
        ],
        ["NetSuite (via NS_PUSH_QUEUE)", "estimate", "push", "REAL", "fan-out #4 (ns_push)"],
        ["D1", "customer_profiles", "write", "REAL", "fan-out #5 (ar_forecast_touch)"],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn what_nobody_carries_out_is_a_stub_and_nothing_else_is() {
    for (missing, source) in [
        ("log_run", "runner automatic"),
        ("reflexion", "runner automatic"),
        ("event", "runner automatic"),
        ("verify", "runner verify staging"),
        ("gate", "runner HITL gate"),
        ("http_call", "fan-out #2 (render_pdf)"),
        ("hitl_email_draft", "fan-out #3 (send_email)"),
        ("ns_push", "fan-out #4 (ns_push)"),
    ] {
        assert_eq!(stubs(missing), [source], "{missing}");
    }
    assert_eq!(stubs("d1_write"), ["fan-out #1 (write_quote)", "fan-out #5 (ar_forecast_touch)"]);
}

#[test]
fn a_contract_without_a_gate_and_verification_does_not_claim_them() {
    let send = Contract::pinned(include_str!("../../../../contracts/send_quote_to_customer.json")).unwrap();
    let sources: Vec<String> =
        touchpoints(&send, &AllBut("")).into_iter().map(|touchpoint| touchpoint.source).collect();
    assert_eq!(
        sources,
        ["runner automatic", "runner automatic", "runner automatic", "fan-out #1 (queue_email)"]
    );
}

#[test]
fn what_the_contract_declares_to_record_is_listed() {
    assert_eq!(declared_logs(&quote()), ["log_run: INSERT workflow_runs", "reflexion: INSERT reflexion_log"]);
}
