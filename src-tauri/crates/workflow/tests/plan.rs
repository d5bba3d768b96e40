//! The plan: exactly what an approver is shown.
use crate::common::{Printer, context_of, offer, small, small_with};
use domain::Sha256;
use fieldquote_workflow::plan::{Document, Documents, PlannedWrite, plan, plan_writes};
use fieldquote_workflow::{Planned, PlannedStep};
use serde_json::{Value, json};

fn planned(offer: &Value) -> Vec<PlannedStep> {
    let contract = small();
    plan(&context_of(&contract, offer), &Printer).unwrap()
}

fn writes(step: &PlannedStep) -> &[PlannedWrite] {
    match &step.does {
        Planned::Write { writes } => writes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_step_is_planned_in_order() {
    let plan = planned(&offer());
    let steps: Vec<(&str, &str)> = plan.iter().map(|step| (step.id.as_str(), step.kind.as_str())).collect();
    assert_eq!(
        steps,
        [
            ("write", "d1_write"),
            ("render", "http_call"),
            ("mail", "hitl_email_draft"),
            ("push", "ns_push"),
            ("touch", "d1_write"),
        ]
    );
}

#[test]
fn a_write_has_its_values_and_an_object_goes_in_as_its_canonical_text() {
    let plan = planned(&offer());
    let head = &writes(&plan[0])[0];
    let canonical = domain::Canonical::of(&offer()).unwrap();
    assert_eq!(head.rows, [vec![json!("O-1"), Value::Null, json!(canonical.as_str()), json!("RUN-1")]]);
    assert_eq!((head.label.as_str(), head.table.as_str(), head.sql.as_str()), ("head", "offers", "S"));
}

#[test]
fn for_each_gives_a_row_an_element_of_an_object_a_read_or_an_input() {
    let plan = planned(&offer());
    let codes = json!(["10412", "10413"]);
    assert_eq!(
        writes(&plan[0])[1].rows,
        [
            vec![json!("O-1"), json!(1), json!("20"), codes.clone()],
            vec![json!("O-1"), json!(2), Value::Null, codes],
        ]
    );
    assert_eq!(writes(&plan[0])[2].rows, [[json!("P1"), json!("9.5000")], [json!("P2"), json!("10.0000")]]);
    assert_eq!(writes(&plan[0])[3].rows, [[json!("O-1"), json!("10412")], [json!("O-1"), json!("10413")]]);

    let mut none = offer();
    none["lines"] = json!([]);
    assert!(writes(&planned(&none)[0])[1].rows.is_empty());
}

#[test]
fn what_undoes_a_step_is_planned_alike() {
    let contract = small();
    let undo = plan_writes(contract.compensation("write"), &context_of(&contract, &offer()));
    assert_eq!((undo[0].label.as_str(), &undo[0].rows), ("take back", &vec![vec![json!("O-1")]]));
    assert!(contract.compensation("push").is_empty());
}

#[test]
fn a_document_is_made_stored_and_attached() {
    let plan = planned(&offer());
    let Planned::Document { object, sha256, size, pages, path, .. } = &plan[1].does else {
        panic!("{:?}", plan[1])
    };
    assert_eq!(
        (object.as_str(), *size, *pages, path.as_str()),
        ("offers/O-1.pdf", 1_234, 2, "/api/quote/pdf")
    );
    assert_eq!(*sha256, Sha256::of(b"quote_pdf"));
    let Planned::EmailDraft { action_type, email } = &plan[2].does else { panic!("{:?}", plan[2]) };
    assert_eq!(action_type.as_str(), "send_offer");
    assert_eq!(
        *email,
        json!({
            "quote_id": "O-1", "customer_id": "C1", "to": "", "subject": "Offer O-1", "body": "Hello there",
            "attachment": { "object": "offers/O-1.pdf", "sha256": sha256, "size": 1_234 },
        })
    );
}

#[test]
fn a_step_whose_condition_does_not_hold_or_is_not_known_is_skipped_and_attaches_nothing() {
    for print in [json!(false), Value::Null] {
        let mut quiet = offer();
        quiet["print"] = print;
        let plan = planned(&quiet);
        assert_eq!(plan[1].does, Planned::Skip { reason: "only when input.print = true".to_owned() });
        let Planned::EmailDraft { email, .. } = &plan[2].does else { panic!("{:?}", plan[2]) };
        assert_eq!(email["attachment"], Value::Null);
    }
}

#[test]
fn no_cost_leaves_the_house_with_a_push() {
    let plan = planned(&offer());
    let Planned::Push { payload, queue, record } = &plan[3].does else { panic!("{:?}", plan[3]) };
    assert_eq!((queue.as_str(), record.as_str()), ("NS_PUSH_QUEUE", "estimate"));
    assert_eq!(payload["external_id"], "O-1");
    assert_eq!(payload["quote"]["lines"][0]["case_price"], "40.0000");
    let sent = payload.to_string();
    assert!(!sent.contains("cost") && !sent.contains("margin") && !sent.contains("32.0000"), "{sent}");
}

#[test]
fn the_same_inputs_give_the_same_plan_and_it_survives_the_journal() {
    let plan = planned(&offer());
    assert_eq!(plan, planned(&offer()));
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Vec<PlannedStep>>(&text).unwrap(), plan);
}

struct Jammed;

impl Documents for Jammed {
    fn render(&self, name: &str, _: &Value) -> Result<Document, String> {
        Err(format!("no paper for {name}"))
    }
}

#[test]
fn a_document_that_cannot_be_made_names_its_step() {
    let contract = small();
    let error = plan(&context_of(&contract, &offer()), &Jammed).unwrap_err();
    assert_eq!(error.to_string(), "step render: no paper for quote_pdf");
    // A document nobody wants is not tried.
    let mut quiet = offer();
    quiet["print"] = json!(false);
    assert!(plan(&context_of(&contract, &quiet), &Jammed).is_ok());
}

#[test]
fn an_email_is_sent_as_it_was_approved() {
    let contract = small_with(|json| {
        json["steps"][2] =
            json!({ "id": "mail", "kind": "email_send", "queue": "MAIL_QUEUE", "message": "offer" });
        json["verify"].as_array_mut().unwrap().pop();
    });
    let plan = plan(&context_of(&contract, &offer()), &Printer).unwrap();
    assert_eq!(plan[2].does, Planned::Send { queue: "MAIL_QUEUE".to_owned(), message: offer() });
}
