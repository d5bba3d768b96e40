//! A quote's snapshot: read back it is the same quote, and no change of it keeps the approved hash.

use fieldquote_domain::{Canonical, Program, ProgramTerms, Quote, Sha256};
use serde_json::{Value, json};

use crate::amounts::dollars;
use crate::quoted_lines::{line, quote};

fn approved() -> Quote {
    let terms = ProgramTerms { distributor_fee: Some(dollars("3.00")), service_fee: None };
    quote(vec![
        line(1, Program::Noi, dollars("40.00"), 120, &terms),
        line(2, Program::Commercial, dollars("21.3375"), 7, &terms),
    ])
}

fn hash(quote: &Quote) -> Sha256 {
    Canonical::of(quote).unwrap().hash()
}

/// Where every value that is no list and no object lies.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{place}"), found);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                leaves(item, &format!("{path}/{key}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value that the same field takes.
fn another(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_u64()? + 1),
        Value::String(text) => match text.strip_suffix(|c: char| c.is_ascii_digit()) {
            Some(rest) => json!(format!("{rest}{}", if text.ends_with('1') { '2' } else { '1' })),
            None => json!(format!("{text}x")),
        },
        _ => return None,
    })
}

#[test]
fn a_snapshot_reads_back_as_the_quote_it_was() {
    let snapshot = Canonical::of(&approved()).unwrap();
    let stored = Canonical::stored(snapshot.as_str().to_owned());
    assert_eq!(stored.read::<Quote>().unwrap(), approved());
    assert_eq!(stored.hash(), snapshot.hash());
}

#[test]
fn every_amount_in_a_snapshot_is_text_of_four_decimals() {
    let snapshot = serde_json::to_value(approved()).unwrap();
    assert_eq!(snapshot["lines"][0]["case_price"], "40.0000");
    assert_eq!(snapshot["lines"][0]["net_price"], "25.8300");
    assert_eq!(snapshot["lines"][1]["extended"], "149.3600"); // 7 × 21.3375 = 149.3625
    assert_eq!(snapshot["totals"]["total"], "3248.9600");
}

#[test]
fn a_change_of_any_field_is_another_hash() {
    let snapshot = serde_json::to_value(approved()).unwrap();
    let mut places = Vec::new();
    leaves(&snapshot, "", &mut places);
    let mut changed = 0;
    for place in &places {
        let mut other = snapshot.clone();
        let field = other.pointer_mut(place).unwrap();
        let Some(value) = another(field) else { continue };
        *field = value;
        // A word outside its set or a date that does not exist is refused: no way past the hash either.
        if let Ok(tampered) = serde_json::from_value::<Quote>(other) {
            assert_ne!(hash(&tampered), hash(&approved()), "{place}");
            changed += 1;
        }
    }
    assert!(changed > 50, "only {changed} of {} fields could be changed", places.len());
}

#[test]
fn a_line_moved_added_or_left_out_is_another_hash() {
    let original = approved();
    let mut moved = original.clone();
    moved.lines.swap(0, 1);
    let mut shorter = original.clone();
    shorter.lines.pop();
    let mut longer = original.clone();
    longer.lines.push(original.lines[0].clone());
    for other in [moved, shorter, longer] {
        assert_ne!(hash(&other), hash(&original));
    }
}
