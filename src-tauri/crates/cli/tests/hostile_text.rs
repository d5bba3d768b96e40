//! Text that means harm comes back as it was, and does none on its way.

mod support;
use std::process::Command;

use support::{Profile, TABLES, text};

const HOSTILE: [&str; 16] = [
    "=cmd|' /C calc'!A0",
    "+1",
    "@x",
    "-2+3",
    "-5",
    "'=already",
    "''@twice",
    "'plain",
    "He said \"no, thanks\", then left",
    "two\nlines",
    "<script>alert(1)</script> & <b>",
    "מחוז בתי הספר \u{202e}gnirts",
    "🍕 École Ñandú",
    "'; DROP TABLE customers; --",
    "semi;colon\ttab",
    "\\u0000 %s {0} ${x}",
];

fn csv(columns: &[&str], rows: &[Vec<String>]) -> String {
    let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let row = |cells: &Vec<String>| cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    columns.join(",") + "\n" + &rows.iter().map(row).collect::<String>()
}

#[test]
fn an_export_imports_as_what_it_was() {
    let one = Profile::stocked();
    let long = "x".repeat(10_000);
    // A person types the formula; the apostrophe is what an export puts before it.
    let typed = |text: &str| {
        if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']) {
            format!("'{text}")
        } else {
            text.to_owned()
        }
    };
    let texts: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
    let rows = texts.iter().enumerate();
    let customers: Vec<_> = rows
        .clone()
        .map(|(n, text)| vec![format!("H{n}"), typed(text), "active".to_owned(), typed(text), typed(text)])
        .collect();
    let file = one.file("c.csv", csv(&["id", "name", "entitystatus", "city", "aliases"], &customers));
    one.json(&["import", "customers", &file]);
    let items: Vec<_> = rows.map(|(n, text)| vec![format!("H{n}"), typed(text), typed(text)]).collect();
    let file = one.file("i.csv", csv(&["item_code", "description", "pack"], &items));
    one.json(&["import", "spec_items", &file]);

    let names = one.json(&["db", "query", "SELECT id, name FROM customers WHERE id LIKE 'H%'"]);
    for row in names.as_array().unwrap() {
        let n: usize = text(row, "id")[1..].parse().unwrap();
        assert_eq!(row["name"], texts[n]);
    }
    let other = Profile::empty();
    for table in TABLES {
        let file = one.path(&format!("{table}.csv"));
        let exported = one.json(&["export", table, &file]);
        let imported = other.json(&["import", table, &file]);
        assert_eq!(exported["rows"], imported["rows"], "{table}");
        let again = other.path(&format!("{table}.csv"));
        other.json(&["export", table, &again]);
        assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&again).unwrap(), "{table}");
        let rows = |profile: &Profile| {
            profile.json(&["db", "query", &format!("SELECT * FROM {table} ORDER BY 1, 2, 3")])
        };
        assert_eq!(rows(&one), rows(&other), "{table}");
    }
}

#[test]
fn no_cell_of_an_export_begins_like_a_formula() {
    let profile = Profile::empty();
    let rows: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, text)| vec![format!("H{n}"), format!("'{text}"), "hold".to_owned()])
        .collect();
    let file = profile.file("c.csv", csv(&["id", "name", "entitystatus"], &rows));
    profile.json(&["import", "customers", &file]);
    let out = profile.path("out.csv");
    profile.json(&["export", "customers", &out]);
    let written = std::fs::read_to_string(out).unwrap();
    for start in ["=", "+", "@", "-2"] {
        assert!(
            !written.contains(&format!(",{start}")) && !written.contains(&format!(",\"{start}")),
            "{start}: {written}"
        );
    }
}

#[test]
fn an_export_never_replaces_a_file() {
    let profile = Profile::stocked();
    let out = profile.file("out.csv", "mine");
    assert_eq!(profile.refused(&["export", "customers", &out], 2).code, "bad_input");
    assert_eq!(std::fs::read_to_string(out).unwrap(), "mine");
}

#[test]
fn hostile_names_go_all_the_way_to_the_email_and_inject_nothing() {
    let profile = Profile::empty();
    let name = "=HYPERLINK(\"x\") <script>alert(1)</script>\n'); DROP TABLE quotes; -- מחוז 🍕";
    let quoted = name.replace('"', "\"\"");
    let customers = profile.file(
        "c.csv",
        format!("id,name,entitystatus,contact_name,contact_email\nH1,\"'{quoted}\",active,\"Ann\nBcc: x@y.example\",ann@b.example\n"),
    );
    let items = profile.file("i.csv", format!("item_code,description\n20999,\"'{quoted}\"\n"));
    let prices = profile.file(
        "p.csv",
        "customer_id,item_code,school_year,case_price,cost_basis\nH1,20999,2026-2027,10.5,7.77\n",
    );
    profile.json(&["import", "customers", &customers]);
    profile.json(&["import", "spec_items", &items]);
    profile.json(&["import", "pricing_master", &prices]);
    let (_, quote, gate) = profile.at_gate("12 cases of 20999 for H1, 2026-2027, with pdf");
    let released = profile.json(&["action", "approve", &gate]);
    assert_eq!(released["run_status"], "completed", "{released}");
    let out = profile.path("quote.pdf");
    profile.json(&["quote", "pdf", &quote, "--out", &out]);
    let read = Command::new("pdftotext").args(["-layout", &out, "-"]).output().unwrap();
    assert!(read.status.success());
    let page = String::from_utf8(read.stdout).unwrap();
    assert!(page.contains("126.00") && page.contains("<script>alert(1)</script>"), "{page}");
    assert!(!page.contains("7.77"), "a cost is on the page: {page}");
    let bytes = std::fs::read(&out).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("/JavaScript"));
    let email = profile.json(&["action", "show", &text(&released, "next_action")]);
    assert_eq!(email["payload"]["email"]["to"], "ann@b.example");
    assert!(!text(&email["payload"]["email"], "subject").contains('\n'), "{email}");
    assert!(!email["payload"]["email"].to_string().contains("7.77"));
    assert_eq!(profile.count("quotes"), 1);
    assert_eq!(profile.json(&["quote", "show", &quote])["customer_name"], name);
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let profile = Profile::empty();
    let file =
        profile.file("c.csv", "id,name,entitystatus\nH1,\"Clear\u{1b}[2J\u{9b}31m\u{7} Creek\",active\n");
    profile.json(&["import", "customers", &file]);
    let said =
        profile.words(&["db", "query", "SELECT name FROM customers"]) + &profile.words(&["chat", "for H1"]);
    assert!(said.contains("Creek") && !said.contains(['\u{1b}', '\u{9b}', '\u{7}']), "{said:?}");
}
