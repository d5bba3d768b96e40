//! Adding what the customer usually buys.
//!
//! Owns which year and which items that is. Must guess neither the customer nor the year: until both are known, the wish
//! waits with the question.

use crate::chat::catalogue::{ItemFacts, LookupError};
use crate::chat::interpret::Reading;
use crate::chat::question::{Deferred, Slot};
use crate::chat::resolve;
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::wording::describe;
use crate::document::Change;
use crate::document::change::check_quantity;

impl Reading<'_> {
    /// Add what the customer usually buys, once it is known who it is.
    pub fn add_usual(&mut self) -> Result<(), LookupError> {
        let asking = |slot| self.sheet.out.questions.iter().any(|question| question.slot == slot);
        let asking = asking(Slot::Customer) || asking(Slot::SchoolYear);
        for question in &mut self.open {
            self.deferred.append(&mut question.deferred);
        }
        let (Some(customer), Some(quoted)) = (self.sheet.customer.clone(), self.sheet.year) else {
            return Ok(());
        };
        if asking {
            return Ok(());
        }
        for Deferred::Usual { category, price, said } in std::mem::take(&mut self.deferred) {
            let years = self.catalogue.years(&customer)?;
            let before = years.iter().find(|year| **year < quoted);
            let Some(year) = before.or(years.first()).copied() else {
                self.sheet.answer(format!(
                    "No earlier prices are known for this customer, so “{said}” adds nothing"
                ));
                continue;
            };
            let mut bought = self.catalogue.bought(&customer, year)?;
            if let Some(category) = &category {
                let all = terms(category);
                // “In juice n breakfast”, where no one category is called so.
                let parts = category.split([' ']).collect::<Vec<_>>();
                let each = parts.split(|word| matches!(*word, "&" | "and" | "n"));
                let each: Vec<Vec<String>> = each.map(|part| terms(&part.join(" "))).collect();
                let is_of = |asked: &[String], item: &ItemFacts| {
                    let known = terms(item.category.as_deref().unwrap_or_default());
                    let named = score::fit(asked, &known).coverage;
                    named.max(resolve::fit_item(asked, item).coverage) >= resolve::TAKEN
                };
                let one = bought.iter().any(|bought| is_of(&all, &bought.item));
                bought.retain(|bought| {
                    is_of(&all, &bought.item) || !one && each.iter().any(|asked| is_of(asked, &bought.item))
                });
            }
            let quoted_before = bought.iter().any(|bought| bought.last_quantity.is_some());
            let why = match quoted_before {
                true => "what they were last quoted, with those cases".to_owned(),
                false => format!("what the customer had prices for in {year}"),
            };
            let mut added = 0;
            let mut names = Vec::new();
            for bought in bought {
                if self.sheet.lines.iter().any(|line| line.item_code == bought.item.code) {
                    continue;
                }
                let Some(line_id) = self.sheet.line_id() else { continue };
                let quantity = bought.last_quantity.filter(|count| check_quantity(*count).is_ok());
                names.push(describe(&bought.item));
                self.sheet.make(Change::AddLine {
                    line_id,
                    item_code: bought.item.code.clone(),
                    quantity,
                    price,
                });
                added += 1;
            }
            if added == 0 {
                self.sheet.answer(format!("“{said}” adds nothing: nothing else like it is known of {year}"));
            } else {
                let meant = format!("{added} items, {}: {}", price.in_words(), names.join("; "));
                self.sheet.understood(said, meant, why);
            }
        }
        Ok(())
    }
}
