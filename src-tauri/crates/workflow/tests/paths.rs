//! Paths, templates and inputs.
use crate::common::{context_of, offer, small, small_with};
use fieldquote_workflow::Context;
use fieldquote_workflow::context::{InputError, check_inputs, inputs_from_trigger};
use fieldquote_workflow::template::{self, Part, TemplateError};
use serde_json::{Value, json};

#[test]
fn a_path_names_an_input_an_object_a_read_the_trigger_or_the_run() {
    let contract = small();
    let context = context_of(&contract, &offer());
    for (path, value) in [
        ("input.customer_id", json!("C1")),
        ("customer_id", json!("C1")),
        ("codes", json!(["10412", "10413"])),
        ("offer.customer.name", json!("Cedar Falls")),
        ("offer.customer.contact", Value::Null),
        ("customer.status", json!("active")),
        ("prices.id", json!(["P1", "P2"])),
        ("line.quantity", json!([3, 5])),
        ("trigger.draft_id", json!("D-1")),
        ("run.id", json!("RUN-1")),
        ("run.started_by", json!("Ana")),
        ("run.contract", json!("small")),
        ("nothing", Value::Null),
        ("nothing.at.all", Value::Null),
        ("customer.status.deeper", Value::Null),
    ] {
        assert_eq!(context.get(path), value, "{path}");
    }
    assert_eq!(context.get("line.margin_pct"), json!(["20", null]), "a missing cost is unknown");
}

#[test]
fn a_zero_price_has_no_margin() {
    let contract = small();
    let mut quote = offer();
    quote["lines"][0]["case_price"] = json!("0.0000");
    assert_eq!(context_of(&contract, &quote).get("line.margin_pct"), json!([null, null]));
}

#[test]
fn a_read_of_one_row_that_finds_none_is_null() {
    let contract = small();
    let mut context = context_of(&contract, &offer());
    context.put_read("customer", Vec::new());
    assert_eq!((context.get("customer"), context.get("customer.id")), (Value::Null, Value::Null));
    context.put_read("prices", Vec::new());
    assert_eq!(context.get("prices"), json!([]));
    assert_eq!(context.reads(), json!({ "customer": null, "prices": [] }));
}

#[test]
fn the_inputs_of_a_triggered_run_are_found_in_its_payload() {
    let contract = small();
    let found = inputs_from_trigger(&contract, &json!({ "offer": offer() }));
    assert_eq!(found, json!({ "customer_id": "C1", "codes": ["10412", "10413"], "print": true }));
    assert_eq!(inputs_from_trigger(&contract, &Value::Null), json!({}));
}

#[test]
fn an_input_that_does_not_fit_is_named_with_what_it_must_be() {
    let contract = small();
    let fine =
        json!({ "customer_id": "C1", "codes": ["A"], "year": "2026-2027", "print": false, "cases": 3 });
    assert_eq!(check_inputs(&contract, &fine), Ok(()));
    assert_eq!(
        check_inputs(&contract, &json!({ "customer_id": "C1", "codes": ["A"], "year": null })),
        Ok(())
    );
    let changed = |name: &str, value: Value| {
        let mut given = fine.clone();
        given[name] = value;
        check_inputs(&contract, &given).map_err(|error| error.to_string())
    };
    for (name, value, message) in [
        ("customer_id", Value::Null, "input customer_id is required"),
        ("customer_id", json!("  "), "input customer_id must be a text"),
        ("customer_id", json!(7), "input customer_id must be a text"),
        ("codes", json!("A"), "input codes must be a list of texts"),
        ("codes", json!(["A", 7]), "input codes must be a list of texts"),
        ("codes", json!([]), "input codes must be a list of at least one text"),
        ("print", json!("yes"), "input print must be true or false"),
        ("cases", json!("3"), "input cases must be a whole number"),
        (
            "colour",
            json!("red"),
            "there is no input colour; the contract takes customer_id, codes, year, print, cases",
        ),
    ] {
        assert_eq!(changed(name, value.clone()), Err(message.to_owned()), "{name}: {value}");
    }
    let year = changed("year", json!("2026-2028")).unwrap_err();
    assert!(year.starts_with("input year must be ") && year.contains("2026-2028"), "{year}");
    assert_eq!(check_inputs(&contract, &json!(["C1"])), Err(InputError::NotAnObject));
    assert_eq!(check_inputs(&contract, &json!({})), Err(InputError::Missing("customer_id".to_owned())));
    assert_eq!(check_inputs(&contract, &Value::Null), Err(InputError::Missing("customer_id".to_owned())));
}

#[test]
fn an_optional_list_may_be_empty() {
    let contract = small_with(|json| {
        json["inputs"].as_array_mut().unwrap().push(json!({ "name": "tags", "type": "text[]" }));
    });
    let given = json!({ "customer_id": "C1", "codes": ["A"], "tags": [] });
    assert_eq!(check_inputs(&contract, &given), Ok(()));
}

#[test]
fn a_template_is_text_with_values_in_it() {
    let contract = small();
    let context = context_of(&contract, &offer());
    for (text, filled) in [
        ("", ""),
        ("offers/{offer.id}.pdf", "offers/O-1.pdf"),
        ("{offer.id}{run.id}", "O-1RUN-1"),
        ("Hello {offer.customer.contact|there}!", "Hello there!"),
        ("Hello {offer.customer.contact}!", "Hello !"),
        ("Hello {offer.customer.name|there}!", "Hello Cedar Falls!"),
        ("{offer.cases} cases, print: {offer.print}", "7 cases, print: true"),
        ("a } stays", "a } stays"),
        ("{offer.customer.contact|a|b}", "a|b"),
    ] {
        assert_eq!(template::fill(text, &context).unwrap(), filled, "{text}");
    }
    assert_eq!(
        template::parts("é{a|b}c").unwrap(),
        [Part::Text("é"), Part::Path { path: "a", otherwise: Some("b") }, Part::Text("c")]
    );
}

#[test]
fn a_brace_that_is_empty_or_open_is_refused_with_its_place() {
    for (text, at) in [("{", 1), ("ab{}", 3), ("ab{|x}", 3), ("é {offer.id", 3), ("{offer.id} {", 12)] {
        assert_eq!(template::parts(text), Err(TemplateError { at }), "{text}");
    }
    let error = TemplateError { at: 3 };
    assert_eq!(error.to_string(), "the brace at character 3 is empty or is not closed");
}

#[test]
fn a_filled_value_is_not_filled_again() {
    let contract = small();
    let mut quote = offer();
    quote["customer"]["contact"] = json!("{run.id}");
    let context: Context<'_> = context_of(&contract, &quote);
    assert_eq!(template::fill("{offer.customer.contact}", &context).unwrap(), "{run.id}");
}
