//! What is asked of the lists, and what they should recall.

use std::sync::Arc;

use proptest::prelude::*;

use super::index::{Index, Making, Row};
use super::vocabulary::each_word;
use super::{Customers, Items};
use crate::chat::{CustomerFacts, ItemFacts, Recall};

fn customer(id: &str, name: &str, alias: &str) -> Arc<CustomerFacts> {
    Arc::new(CustomerFacts {
        id: id.parse().unwrap(),
        netsuite_id: Some(format!("NS-{id}")),
        name: name.to_owned(),
        city: None,
        state: None,
        aliases: alias.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        read: Default::default(),
    })
}

fn customers() -> Customers {
    Customers::of(vec![
        customer("C1", "Cedar Falls Community School District", "cfsd|the falls"),
        customer("C2", "Cedar Rapids Community School District", "crcsd"),
        customer("C3", "Waverly-Shell Rock Schools", ""),
        customer("C4", "Peña Blanca Unified", ""),
        customer("C5", "Falls City Public Schools", "CFSD"),
    ])
}

fn items() -> Items {
    let item = |code: &str, description: &str, alias: &str| {
        Arc::new(ItemFacts {
            code: code.parse().unwrap(),
            description: description.to_owned(),
            pack: Some("96/4 oz".to_owned()),
            brand: None,
            category: Some("Entree".to_owned()),
            aliases: vec![alias.to_owned()],
            read: Default::default(),
        })
    };
    Items::of(vec![
        item("10412", "Pizza, Cheese, 16\" Whole Grain", "cheese pizza"),
        item("10413", "Pizza, Pepperoni Stuffed", "pep"),
        item("20001", "Breakfast Burrito, Egg & Cheese", "brekkie"),
    ])
}

fn asked(text: &str, forms: &[&[&str]], limit: usize) -> Recall {
    let owned = |forms: &&[&str]| forms.iter().map(|form| (*form).to_owned()).collect();
    Recall { words: Vec::new(), forms: forms.iter().map(owned).collect(), text: text.to_owned(), limit }
}

fn ids(text: &str) -> Vec<String> {
    customers().recall(&asked(text, &[], 5)).iter().map(|one| one.id.to_string()).collect()
}

fn codes(text: &str, forms: &[&[&str]]) -> Vec<String> {
    items().recall(&asked(text, forms, 5)).iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn a_message_recalls_what_its_words_name() {
    let said = "quote Cedar Falls 120 cases of 10412 and the usual breakfast items for next school year";
    assert_eq!(ids(said)[0], "C1");
    let codes = codes(said, &[]);
    assert!(codes.contains(&"10412".to_owned()) && codes.contains(&"20001".to_owned()), "{codes:?}");
}

#[test]
fn slips_of_the_finger_are_forgiven() {
    for said in ["price for ceder fals", "ceadr falls", "cedarr falls", "falls of cexar"] {
        assert_eq!(ids(said)[0], "C1", "{said}");
    }
    assert_eq!(codes("peperoni", &[])[0], "10413");
    assert_eq!(codes("burito", &[])[0], "20001");
    assert_eq!(ids("PEÑA"), ["C4"]);
}

#[test]
fn what_has_every_word_in_one_of_its_forms_comes_first() {
    let forms: [&[&str]; 2] = [&["chz", "cheese"], &["burritos", "burrito"]];
    assert_eq!(codes("chz burritos", &forms)[0], "20001");
    assert_eq!(codes("chz pizza", &[&["chz", "cheese"], &["pizza"]])[0], "10412");
    assert_eq!(items().recall(&asked("cheese", &[&["cheese"]], 1)).len(), 1, "no more than wanted");
}

#[test]
fn what_nobody_has_recalls_nothing() {
    for said in ["", "   ", "zzz", "🍕", "\"\"", "*"] {
        assert_eq!(ids(said), Vec::<String>::new(), "{said:?}");
        assert_eq!(codes(said, &[]), Vec::<String>::new(), "{said:?}");
    }
    assert!(Customers::of(Vec::new()).recall(&asked("cedar", &[], 5)).is_empty());
}

#[test]
fn a_word_that_everything_has_tells_nothing_beside_a_rarer_one() {
    let mut all: Vec<Arc<CustomerFacts>> =
        (0..2_000).map(|n| customer(&format!("A{n}"), "Lake District", "")).collect();
    all.push(customer("Z1", "Ozark District", ""));
    let customers = Customers::of(all);
    let found = customers.recall(&asked("lake ozark district", &[], 3));
    assert_eq!(found.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["Z1"]);
    assert_eq!(customers.recall(&asked("lake district", &[], 3)).len(), 3, "unless there is nothing else");
}

#[test]
fn ids_codes_and_names_are_found_in_any_case_and_only_whole() {
    let customers = customers();
    let id = |text: &str| customers.of_id(text).map(|one| one.id.to_string());
    assert_eq!((id("c3"), id("ns-c4"), id("C")), (Some("C3".to_owned()), Some("C4".to_owned()), None));
    let named = |text: &str| customers.named(text).iter().map(|one| one.id.to_string()).collect::<Vec<_>>();
    assert_eq!(named("peÑa blanca unified"), ["C4"]);
    assert_eq!(named(" cfsd "), ["C1", "C5"], "by name");
    assert_eq!(named("Cedar"), Vec::<String>::new());
    let items = items();
    assert!(items.of_code(&"10413".parse().unwrap()).is_some());
    assert!(items.of_code(&"1041".parse().unwrap()).is_none());
    assert_eq!(items.named("CHEESE PIZZA")[0].code.as_str(), "10412");
}

fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_word(text, |word| found.push(word.to_owned()));
    found
}

fn index(texts: &[String]) -> Index {
    let mut making = Making::for_rows(texts.len());
    texts.iter().for_each(|text| making.row([text.as_str()].into_iter(), [].into_iter()));
    making.done()
}

proptest! {
    #[test]
    fn the_index_answers_the_same_as_reading_every_row(
        texts in prop::collection::vec("([abé]{1,4}[ -]){0,5}", 0..30), word in "[abe]{1,4}",
    ) {
        let index = index(&texts);
        let reading = |has: &dyn Fn(&str) -> bool| -> Vec<Row> {
            let rows = (0..).zip(&texts).filter(|(_, text)| words(text).iter().any(|known| has(known)));
            rows.map(|(row, _)| row).collect()
        };
        prop_assert_eq!(index.rows_of(&word), reading(&|known| known == word));
        let mut begun = index.rows(index.vocabulary().begun(&word)).to_vec();
        begun.sort_unstable();
        begun.dedup();
        prop_assert_eq!(begun, reading(&|known| known.starts_with(&word)));
    }

    #[test]
    fn any_text_is_safe_to_recall_by(text in "\\PC{0,60}|(?s).{0,60}", limit in 0_usize..4) {
        let forms: Vec<Vec<String>> = text.split(' ').map(|word| vec![word.to_owned()]).collect();
        let asked = Recall { words: forms.concat(), forms, text, limit };
        prop_assert!(customers().recall(&asked).len() <= limit);
        prop_assert!(items().recall(&asked).len() <= limit);
    }
}
