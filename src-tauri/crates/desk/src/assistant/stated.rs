//! Whether a person said what an assistant wrote.
//!
//! Owns what a sentence may not bring in by itself: a price, a percentage, a customer and words the customer
//! reads must stand in the message. Must not judge anything that typing could not do either.

use domain::{Money, Percent};
use drafting::chat::Catalogue;
use drafting::document::{Change, PriceRule};

use crate::error::DeskError;

/// Words of customers' names that tell none from another.
const OF_ANY_CUSTOMER: [&str; 14] = [
    "school",
    "schools",
    "district",
    "public",
    "community",
    "unified",
    "independent",
    "consolidated",
    "county",
    "city",
    "area",
    "central",
    "board",
    "education",
];

/// Why the changes of a sentence are not made: the message does not say that.
pub(super) fn unstated(
    sentence: &str,
    changes: &[Change],
    message: &str,
    catalogue: &dyn Catalogue,
) -> Result<Option<String>, DeskError> {
    let said = Said::of(message);
    if !sentence.contains(char::is_alphabetic) {
        return Ok(Some("a number alone says nothing".to_owned()));
    }
    let percentages = percentages(sentence);
    if let Some(percent) = percentages.iter().find(|percent| !said.has_percent(**percent)) {
        return Ok(Some(format!("your message does not say {percent}%")));
    }
    for change in changes {
        match change {
            Change::AddLine { price: PriceRule::Given(amount), .. }
            | Change::SetPrice { price: PriceRule::Given(amount), .. }
            | Change::SetDefaultPrice { price: PriceRule::Given(amount) }
                if percentages.is_empty() && !said.amounts.contains(amount) =>
            {
                return Ok(Some(format!("your message does not say ${}", amount.as_price())));
            }
            Change::AddNote { text } if !said.has_words(text) => {
                return Ok(Some("a note is in your own words or not at all".to_owned()));
            }
            Change::SetNote { note: Some(text), .. } if !said.has_words(text) => {
                return Ok(Some("a note is in your own words or not at all".to_owned()));
            }
            Change::SetCustomer { customer_id } => {
                let found = catalogue
                    .customer(customer_id.as_str())
                    .map_err(|error| DeskError::bad_input(error, "Nothing was changed."))?;
                let Some(customer) = found else { continue };
                let names = std::iter::once(&customer.name).chain(&customer.aliases).chain(&customer.city);
                let mut words =
                    names.flat_map(|name| words(name)).chain([customer.id.as_str().to_lowercase()]);
                if !words.any(|word| is_telling(&word) && said.words.contains(&word)) {
                    return Ok(Some(format!("your message does not name {}", customer.name)));
                }
            }
            _ => {}
        }
    }
    Ok(None)
}

/// What a message says, as far as it must be said there.
struct Said {
    words: Vec<String>,
    amounts: Vec<Money>,
    percents: Vec<Percent>,
}

impl Said {
    fn of(message: &str) -> Self {
        let numbers: Vec<String> = numbers(message).collect();
        Said {
            words: words(message).collect(),
            amounts: numbers.iter().filter_map(|number| number.parse().ok()).collect(),
            percents: numbers.iter().filter_map(|number| number.parse().ok()).collect(),
        }
    }

    fn has_percent(&self, percent: Percent) -> bool {
        let bare = |percent: Percent| percent.decimal().abs();
        self.percents.iter().any(|said| bare(*said) == bare(percent))
    }

    /// Whether these words stand in the message, in this order and with nothing between.
    fn has_words(&self, text: &str) -> bool {
        let wanted: Vec<String> = words(text).collect();
        !wanted.is_empty() && self.words.windows(wanted.len()).any(|window| window == wanted)
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn is_telling(word: &str) -> bool {
    word.chars().count() > 2 && !OF_ANY_CUSTOMER.contains(&word)
}

/// The numbers of a text, without signs and with no commas in them.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .map(|number| number.trim_matches(['.', ',']).replace(',', ""))
        .filter(|number| !number.is_empty())
}

/// The numbers of a sentence before a `%`.
fn percentages(sentence: &str) -> Vec<Percent> {
    let before = |part: &str| {
        numbers(part.trim_end()).last().filter(|_| part.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    };
    let parts: Vec<&str> = sentence.split('%').collect();
    let with_sign = parts.len().saturating_sub(1);
    parts.into_iter().take(with_sign).filter_map(before).filter_map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_price_counts_as_said_however_it_is_written() {
        let said = Said::of("60 of the pizza at $1,034.5, up 3 percent. Note deliver BY THE dock");
        assert!(said.amounts.contains(&"1034.50".parse().unwrap()));
        assert!(!said.amounts.contains(&"1034.51".parse().unwrap()));
        assert!(said.has_percent("-3".parse().unwrap()));
        assert!(said.has_words("by the dock") && !said.has_words("at the dock") && !said.has_words(""));
        assert_eq!(percentages("raise all prices 3% and 10412 by 2.5 %").len(), 2);
    }
}
