//! How things are put to the rep.
//!
//! Owns the words for items, customers, counts and choices. Must not decide anything.

use crate::chat::catalogue::{CustomerFacts, ItemFacts};
use crate::chat::question::{CHOICE_LIMIT, Choice};
use crate::document::Change;

/// A choice; its number is given at the end, when all are known.
pub fn choice(
    label: impl Into<String>,
    detail: impl Into<String>,
    words: &[&str],
    changes: Vec<Change>,
) -> Choice {
    let words = words.iter().map(|&word| word.to_owned()).collect();
    Choice { number: 0, label: label.into(), detail: detail.into(), words, changes }
}

/// Words to repeat back, cut where nobody would read on.
pub fn clipped(said: &str) -> String {
    let short: String = said.chars().filter(|c| !c.is_control()).take(80).collect();
    if said.chars().count() > 80 { short + "…" } else { short }
}

/// `120 cases `, or nothing when not said.
pub fn cases(quantity: Option<u32>) -> String {
    match quantity {
        Some(1) => "1 case ".to_owned(),
        Some(count) => format!("{count} cases "),
        None => String::new(),
    }
}

/// With a capital first.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An item as it is read back.
pub fn describe(item: &ItemFacts) -> String {
    format!("{} {}", item.code, item.description)
}

/// The question which of several is meant.
pub fn which(kind: &str, said: &str, many: usize, unsure: bool) -> String {
    let said = clipped(said);
    let more = if many > CHOICE_LIMIT {
        format!(" ({} more fit; say more of it)", many - CHOICE_LIMIT)
    } else {
        String::new()
    };
    if unsure {
        return format!("Nothing is quite “{said}”. Did you mean one of these?{more}");
    }
    format!("Which {kind} is “{said}”?{more}")
}

/// An item as a choice.
pub fn item_choice(item: &ItemFacts, changes: Vec<Change>) -> Choice {
    let facts = [Some(item.code.to_string()), item.pack.clone(), item.brand.clone(), item.category.clone()];
    let detail: Vec<String> = facts.into_iter().flatten().collect();
    let words: Vec<&str> = item.aliases.iter().map(String::as_str).chain([item.code.as_str()]).collect();
    choice(&item.description, detail.join(", "), &words, changes)
}

/// A customer as a choice.
pub fn customer_choice(customer: &CustomerFacts) -> Choice {
    let place: Vec<&str> =
        [customer.city.as_deref(), customer.state.as_deref()].into_iter().flatten().collect();
    let set: Vec<Change> = vec![Change::SetCustomer { customer_id: customer.id.clone() }];
    let mut words: Vec<&str> = customer.aliases.iter().map(String::as_str).collect();
    words.push(customer.id.as_str());
    words.extend(customer.state.as_deref());
    choice(&customer.name, format!("{}, {}", place.join(", "), customer.id), &words, set)
}
