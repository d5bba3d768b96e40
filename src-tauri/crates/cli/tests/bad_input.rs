//! What is wrong is named by line and column, and changes nothing.

mod support;
use support::{Profile, text};

fn refuses(profile: &Profile, table: &str, content: impl AsRef<[u8]>, code: &str, says: &[&str]) {
    let file = profile.file("given.csv", content);
    let refusal = profile.refused(&["import", table, &file], 2);
    assert_eq!(refusal.code, code, "{refusal:?}");
    for words in says {
        assert!(refusal.message.contains(words), "“{words}” is not in {refusal:?}");
    }
}

#[test]
fn a_malformed_file_imports_nothing() {
    let profile = Profile::stocked();
    let before = profile.dump();
    let customers = |content: &[u8], code, says: &[&str]| refuses(&profile, "customers", content, code, says);
    customers(b"", "bad_input", &["the file is empty"]);
    customers(b"id,name,entitystatus,size\n", "bad_input", &["line 1", "“size”"]);
    customers(b"id,name\nC9,Nine\n", "bad_input", &["line 1", "entitystatus is missing"]);
    customers(b"id,name,entitystatus,name\n", "bad_input", &["line 1", "name is there twice"]);
    customers(b"id;name;entitystatus\n", "bad_input", &["semicolons"]);
    customers(b"\xff\xfei\0d\0", "bad_input", &["UTF-16"]);
    customers(b"id,name,entitystatus\nC9,Ni\xf1o,active\n", "bad_row", &["line 2, name", "UTF-8"]);
    customers(b"id,name,entitystatus\nC8,A,active\nC9,B\n", "bad_row", &["line 3, row", "2 cells"]);
    customers(
        b"id,entitystatus,name\nC8,active,\"A\nC9,active,B\n",
        "bad_row",
        &["line 2, row", "never closed"],
    );
    assert_eq!(profile.refused(&["import", "customers", "missing.csv"], 2).code, "bad_input");
    assert_eq!(profile.refused(&["import", "prices", "missing.csv"], 2).code, "bad_input");
    assert_eq!(profile.dump(), before);
}

#[test]
fn a_wrong_value_is_named_by_line_and_column_and_imports_nothing() {
    let profile = Profile::stocked();
    let before = profile.dump();
    let row = |table, content: &str, says: &[&str]| refuses(&profile, table, content, "bad_row", says);
    row("customers", "id,name,entitystatus\nC 9,Nine,active\n", &["line 2, id"]);
    row("customers", "id,name,entitystatus\nC9,,active\n", &["line 2, name"]);
    row(
        "customers",
        "id,name,entitystatus\nC9,Nine,closed\n",
        &["line 2, entitystatus", "active, hold, inactive"],
    );
    row(
        "customers",
        "id,name,entitystatus,contact_email\nC9,N,hold,\"a@b.example\nBcc: x@y.example\"\n",
        &["contact_email"],
    );
    row("customers", "id,name,entitystatus\nC9,N,hold\nC9,M,hold\n", &["line 3, id", "twice"]);
    row(
        "customer_profiles",
        "customer_id,credit_limit\nC99,1\n",
        &["line 2, customer_id", "no customer C99"],
    );
    row("customer_profiles", "customer_id,credit_limit\nC1,-1\n", &["line 2, credit_limit"]);
    row("customer_profiles", "customer_id,last_quote_event\nC1,yesterday\n", &["line 2, last_quote_event"]);
    let program = |cells: &str| format!("id,customer_id,program,status,school_year,details\n{cells}\n");
    row("customer_programs", &program("P9,C1,loyalty,active,2026-2027,"), &["line 2, program"]);
    row("customer_programs", &program("P9,C1,noi,active,2026-2028,"), &["line 2, school_year"]);
    row("customer_programs", &program("P9,C1,noi,active,2026-2027,{"), &["line 2, details"]);
    let item = |cells: &str| {
        format!("item_code,description,servings_per_case,net_weight_lb,df_value_per_lb\n{cells}\n")
    };
    row("spec_items", &item("9 9,A,,,"), &["line 2, item_code"]);
    row("spec_items", &item("99,,,,"), &["line 2, description"]);
    for servings in ["0", "-4", "1.5", "1e3"] {
        row("spec_items", &item(&format!("99,A,{servings},,")), &["line 2, servings_per_case"]);
    }
    row("spec_items", &item("99,A,,1e3,"), &["line 2, net_weight_lb"]);
    row("spec_items", &item("99,A,,,-1"), &["line 2, df_value_per_lb"]);
    let price = |cells: &str| {
        format!(
            "customer_id,item_code,school_year,case_price,cost_basis,margin_pct,effective_from,effective_to\n{cells}\n"
        )
    };
    for amount in ["-1", "1e3", "1.23456", "NaN", "free", "0x10", "999999999999999"] {
        row("pricing_master", &price(&format!("C1,10412,2026-2027,{amount},,,,")), &["line 2, case_price"]);
    }
    row("pricing_master", &price("C1,10412,2026-2027,1,-1,,,"), &["line 2, cost_basis"]);
    row("pricing_master", &price("C1,10412,2026-2027,1,1,1e1,,"), &["line 2, margin_pct"]);
    row("pricing_master", &price("C1,10412,2026-2027,1,,,2026-02-30,"), &["line 2, effective_from"]);
    row("pricing_master", &price("C1,10412,2026-2027,1,,,2026-07-01,2026-06-30"), &["line 2, effective_to"]);
    row("pricing_master", &price("C1,10412,2026-2028,1,,,,"), &["line 2, school_year"]);
    row("pricing_master", &price("C99,10412,2026-2027,1,,,,"), &["line 2, customer_id", "no customer C99"]);
    row("pricing_master", &price("C1,99999,2026-2027,1,,,,"), &["line 2, item_code", "no item 99999"]);
    row(
        "pricing_master",
        &price("C1,10412,2026-2027,1,,,,\nC1,10412,2026-2027,2,,,,"),
        &["line 3, item_code", "twice"],
    );
    assert_eq!(profile.dump(), before);
}

#[test]
fn skipping_bad_rows_imports_the_others_and_counts_lines_through_quoted_ones() {
    let profile = Profile::empty();
    let file = profile.file(
        "given.csv",
        "\u{feff}id,name,entitystatus\r\nC1,\"One\r\nand\n\nmore\",active\r\n\r\nC2,Two,closed\r\nC3,Three,hold\r\nC4\r\n",
    );
    let refusal = profile.refused(&["import", "customers", &file], 2);
    assert!(
        refusal.message.contains("line 7, entitystatus") && refusal.hint.contains("--skip-bad"),
        "{refusal:?}"
    );
    assert_eq!(profile.count("customers"), 0);
    let imported = profile.json(&["import", "customers", &file, "--skip-bad"]);
    assert_eq!((imported["rows"].as_u64(), imported["skipped"].as_u64()), (Some(2), Some(2)));
    let named =
        |n: usize| (imported["bad_rows"][n]["line"].as_u64(), text(&imported["bad_rows"][n], "column"));
    assert_eq!((named(0), named(1)), ((Some(7), "entitystatus".to_owned()), (Some(9), "row".to_owned())));
    let words = profile.words(&["import", "customers", &file, "--skip-bad"]);
    assert!(words.contains("line 7, entitystatus") && words.contains("line 9, row"), "{words}");
    assert_eq!(
        profile.json(&["db", "query", "SELECT name FROM customers WHERE id = 'C1'"])[0]["name"],
        "One\r\nand\n\nmore"
    );
}

#[test]
fn a_file_with_only_a_header_is_no_error_and_makes_no_data_newer() {
    let profile = Profile::empty();
    let before = profile.dump();
    let file = profile.file("given.csv", "entitystatus,id,name\n");
    assert_eq!(profile.json(&["import", "customers", &file])["rows"], 0);
    assert_eq!(profile.dump(), before);
}

#[test]
fn bad_usage_is_told_as_json_with_the_missing_argument() {
    let profile = Profile::none();
    let refusal = profile.refused(&["chat"], 2);
    assert_eq!(refusal.code, "bad_usage");
    assert!(refusal.message.contains("<TEXT>"), "{refusal:?}");
    assert!(profile.refused(&["chta"], 2).hint.contains("'chat'"));
    assert_eq!(profile.refused(&[], 2).code, "bad_usage");
    assert_eq!(profile.refused(&["init", "--sampel"], 2).code, "bad_usage");
}

#[test]
fn an_argument_that_is_not_unicode_is_bad_usage() {
    use std::os::unix::ffi::OsStrExt as _;
    let garbled = std::ffi::OsStr::from_bytes(b"\xff");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_fieldquote")).arg(garbled).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[test]
fn what_is_not_there_is_not_found_and_changes_nothing() {
    let profile = Profile::stocked();
    let before = profile.dump();
    for args in [
        &["chat", "hello", "--draft", "nope"][..],
        &["draft", "show", "nope"],
        &["draft", "submit", "nope"],
        &["action", "show", "nope"],
        &["action", "approve", "nope"],
        &["action", "reject", "nope", "--reason", "no"],
        &["action", "edit", "nope", "--to", "a@b.example"],
        &["run", "show", "nope"],
        &["run", "resume", "nope"],
        &["quote", "show", "nope"],
        &["quote", "pdf", "nope", "--out", "q.pdf"],
        &["quote", "diff", "nope", "nope2"],
        &["contract", "show", "nope"],
        &["sync", "retry", "nope"],
        &["sync", "discard", "nope"],
    ] {
        assert_eq!(profile.refused(args, 2).code, "not_found", "{args:?}");
    }
    assert_eq!(profile.refused(&["chat", "  "], 2).code, "bad_input");
    assert_eq!(profile.refused(&["action", "list", "--status", "lost"], 2).code, "bad_input");
    assert_eq!(profile.dump(), before);
}

#[test]
fn an_unknown_customer_is_asked_for_and_never_guessed() {
    let profile = Profile::stocked();
    let answer = profile.json(&["chat", "5 cases of 10412 for Nowhereville, 2026-2027"]);
    assert!(answer["customer"].is_null(), "{answer}");
    assert_eq!(answer["ready"], false);
    assert_eq!(answer["questions"][0]["slot"], "customer");
    let refusal = profile.refused(&["draft", "submit", &text(&answer, "draft_id")], 1);
    assert_eq!(refusal.code, "draft_incomplete");
    assert_eq!(profile.count("customers"), 4);
}

#[test]
fn a_contract_with_a_typo_is_refused_with_its_path() {
    let profile = Profile::none();
    let sound = format!("{}/../../../contracts/customer_quote.json", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(text(&profile.json(&["contract", "check", &sound]), "name"), "customer_quote");
    let typo = std::fs::read_to_string(&sound).unwrap().replacen("\"checks\"", "\"cheks\"", 1);
    let file = profile.file("typo.json", typo);
    let refusal = profile.refused(&["contract", "check", &file], 2);
    assert_eq!(refusal.code, "bad_contract");
    assert!(refusal.message.contains("cheks") && refusal.message.contains("line "), "{refusal:?}");
    let file = profile.file("half.json", "{\"name\": ");
    assert_eq!(profile.refused(&["contract", "check", &file], 2).code, "bad_contract");
}
