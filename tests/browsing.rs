//! Looking things up, and an import seen before it is done.

use std::ops::ControlFlow;

use crate::scenario::{at_gate, count, draft, released, texts};
use desk::browse::Quotes;
use desk::find::{Found, FoundKind};
use desk::import::{Table, template};
use desk::{Code, Desk};
use testkit::profile::{empty, with_sample};

fn kinds(found: &[Found]) -> Vec<FoundKind> {
    found.iter().map(|found| found.kind).collect()
}

#[test]
fn one_box_finds_what_has_the_id_first_and_then_what_is_called_so() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let (run, gate) = at_gate(desk);
    let first = |text: &str| desk.find(text).unwrap().into_iter().next().map(|found| (found.kind, found.id));
    assert_eq!(first("c10001"), Some((FoundKind::Customer, "C10001".to_owned())));
    assert_eq!(first("20817"), Some((FoundKind::Item, "20817".to_owned())));
    assert_eq!(first(gate.as_str()), Some((FoundKind::Action, gate.to_string())));
    assert_eq!(first(run.as_str()), Some((FoundKind::Run, run.to_string())));
    let quote = texts(desk, "SELECT id FROM quotes ORDER BY id LIMIT 1").remove(0);
    assert_eq!(first(&quote.to_lowercase()), Some((FoundKind::Quote, quote)));

    let name = texts(desk, "SELECT name FROM customers WHERE id = 'C10001'").remove(0);
    let found = desk.find(&name).unwrap();
    for kind in [FoundKind::Customer, FoundKind::Draft, FoundKind::Action, FoundKind::Run] {
        assert!(kinds(&found).contains(&kind), "{kind} of {name}: {found:?}");
        assert!(kinds(&found).iter().filter(|of| **of == kind).count() <= 6);
    }
    assert_eq!(desk.find("  ").unwrap(), []);
    assert_eq!(desk.find("\"'*^:()").unwrap(), [], "any text is safe to look for");
}

#[test]
fn the_overview_counts_what_waits_and_what_worries() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    let before = desk.overview().unwrap();
    assert_eq!((before.approvals_pending, before.drafts_open, before.runs_active), (0, 0, 0));
    draft(desk);
    assert_eq!(desk.overview().unwrap().drafts_open, 1);
    let (run, gate) = at_gate(desk);
    let now = desk.overview().unwrap();
    let flagged = usize::from(!desk.action(&gate).unwrap().payload["flags"].as_array().unwrap().is_empty());
    assert_eq!((now.approvals_pending, now.approvals_flagged), (1, flagged as u64));
    assert_eq!((now.runs_active, now.latest_run.map(|run| run.run_id)), (1, Some(run)));
    assert!(now.waiting > 0 && !now.connected);
    assert_eq!(now.sentence, desk.sync_status().unwrap().state);
}

#[test]
fn a_customer_s_page_an_item_s_page_and_a_price_s_history_agree_with_the_tables() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    released(desk);
    let customer = "C10001".parse().unwrap();
    let page = desk.customer(&customer).unwrap();
    let sql = "SELECT count(*) n FROM pricing_master WHERE customer_id = 'C10001'";
    assert_eq!(page.price_count, count(desk, sql) as u64);
    assert_eq!(page.quotes[0].lifecycle_status, domain::Lifecycle::Approved);
    assert_eq!(page.actions[0].action_type, "send_quote_to_customer", "what waits comes first");
    let exposure = page.exposure.expect("receivable knows it");
    let open: Vec<_> = page
        .quotes
        .iter()
        .filter(|quote| quote.lifecycle_status.is_open())
        .map(|quote| quote.total)
        .collect();
    assert_eq!(exposure.open_quotes, domain::Money::sum(open).unwrap());

    let item = "20817".parse().unwrap();
    let years = desk.item(&item).unwrap().years;
    assert!(years.is_sorted_by(|one, other| one.school_year > other.school_year));
    for year in &years {
        assert!(year.lowest <= year.average && year.average <= year.highest, "{year:?}");
    }
    let history = desk.price_history(&customer, &item).unwrap();
    assert_eq!(history.years.last().unwrap().case_price.to_string(), "34.5000");
    assert_eq!(history.quoted[0].case_price.to_string(), "34.5000", "the newest quote first");
    let listed = desk.quotes(&Quotes { text: "20817", limit: 500, ..Quotes::default() }).unwrap();
    assert!(listed.rows.iter().any(|quote| quote.quote_id == history.quoted[0].quote_id));
    assert_eq!(desk.customer(&"C99999".parse().unwrap()).unwrap_err().code, Code::NotFound);
}

const CUSTOMERS: &str = "id,name,entitystatus\nC1,One,active\nC2,Two,active\n";

fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn customers_of(desk: &Desk) -> Vec<String> {
    texts(desk, "SELECT id || name FROM customers ORDER BY id")
}

#[test]
fn a_preview_says_what_the_import_then_does_and_writes_nothing() {
    let profile = empty("Mike").unwrap();
    let desk = &profile.desk;
    desk.import_bytes(Table::Customers, "first.csv", CUSTOMERS.as_bytes(), false, &mut go_on).unwrap();
    let second = "id,name,entitystatus\nC1,One,active\nC2,Renamed,active\nC3,Three,active\nC3,Again,active\n\
                  C4,Four,asleep\nC5,\"Five\n";
    let before = customers_of(desk);
    let preview = desk.import_preview(Table::Customers, "second.csv", second.as_bytes(), &mut go_on).unwrap();
    assert_eq!(customers_of(desk), before, "a preview writes nothing");
    assert_eq!(
        (preview.total, preview.good, preview.new_rows, preview.changed_rows, preview.bad_count),
        (6, 3, 1, 1, 3)
    );
    assert_eq!(preview.header, ["id", "name", "entitystatus"]);
    assert_eq!(preview.sample[1], ["C2", "Renamed", "active"]);

    let refused =
        desk.import_bytes(Table::Customers, "second.csv", second.as_bytes(), false, &mut go_on).unwrap_err();
    assert_eq!((refused.code, customers_of(desk)), (Code::BadRow, before));
    for bad in &preview.bad {
        let told = format!("line {}, {}: {}", bad.line, bad.column, bad.message);
        assert!(refused.message.contains(&told), "{told} is not in {}", refused.message);
    }
    let imported =
        desk.import_bytes(Table::Customers, "second.csv", second.as_bytes(), true, &mut go_on).unwrap();
    assert_eq!((imported.rows, imported.skipped, imported.bad_rows), (3, 3, preview.bad));
    assert_eq!(customers_of(desk), ["C1One", "C2Renamed", "C3Three"]);
    let again = desk.import_preview(Table::Customers, "again.csv", CUSTOMERS.as_bytes(), &mut go_on).unwrap();
    assert_eq!((again.new_rows, again.changed_rows), (0, 1), "the name would change back");
    for (file, what) in [("", "empty"), ("id;name;entitystatus\n", "semicolons"), ("id,nam\n", "column")] {
        let of = |refused: desk::DeskError| (refused.code, refused.message);
        let previewed = desk.import_preview(Table::Customers, "f", file.as_bytes(), &mut go_on).unwrap_err();
        let imported =
            desk.import_bytes(Table::Customers, "f", file.as_bytes(), false, &mut go_on).unwrap_err();
        let (previewed, imported) = (of(previewed), of(imported));
        assert!(previewed.1.contains(what), "{previewed:?}");
        assert_eq!(previewed, imported);
    }
}

#[test]
fn an_import_that_is_stopped_changes_nothing() {
    let profile = empty("Mike").unwrap();
    let desk = &profile.desk;
    let mut file = String::from("id,name,entitystatus\n");
    for n in 0..6_000 {
        file.push_str(&format!("C{n},Customer {n},active\n"));
    }
    let mut told = Vec::new();
    let mut stop_at_the_second = |rows| {
        told.push(rows);
        if told.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped =
        desk.import_bytes(Table::Customers, "long.csv", file.as_bytes(), true, &mut stop_at_the_second);
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert_eq!(told, [2_000, 4_000]);
    assert_eq!(count(desk, "SELECT count(*) n FROM customers"), 0);
    let whole = desk.import_bytes(Table::Customers, "long.csv", file.as_bytes(), false, &mut go_on).unwrap();
    assert_eq!(whole.rows, 6_000);
}

#[test]
fn every_template_can_be_imported_as_it_is() {
    let profile = empty("Mike").unwrap();
    let tables = [
        Table::Customers,
        Table::CustomerProfiles,
        Table::SpecItems,
        Table::CustomerPrograms,
        Table::PricingMaster,
    ];
    assert_eq!(tables.len(), Table::ALL.len());
    for table in tables {
        let file = template(table).unwrap();
        let imported =
            profile.desk.import_bytes(table, "template.csv", file.as_bytes(), false, &mut go_on).unwrap();
        assert_eq!(imported.rows, 1, "{table}");
    }
}

#[test]
fn an_operation_of_the_queue_says_what_it_is_about_and_that_it_goes_by_itself() {
    let profile = with_sample("Mike").unwrap();
    let desk = &profile.desk;
    released(desk);
    let quote = texts(desk, "SELECT id FROM quotes WHERE run_id IS NOT NULL").remove(0);
    let by_kind = |kind: &str| {
        let sql = format!("SELECT op_id FROM outbox WHERE kind = '{kind}' ORDER BY seq DESC LIMIT 1");
        desk.sync_operation(&texts(desk, &sql).remove(0).parse().unwrap()).unwrap()
    };
    for kind in ["rows", "queue", "http_call", "decision"] {
        let shown = by_kind(kind);
        assert_eq!(shown.quote_id.map(|id| id.to_string()).as_ref(), Some(&quote), "{kind}");
        assert!(!shown.retry_helps && shown.guidance.contains("by itself"), "{}", shown.guidance);
    }
    assert!(by_kind("decision").draft_id.is_some() || by_kind("decision").action_id.is_some());
    assert!(by_kind("draft_chunk").draft_id.is_some());
    let unknown = desk.sync_operation(&"nothing".parse().unwrap()).unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
}
