//! Adding what the customer usually buys.
//!
//! Owns which year and which items that is. Must guess neither the customer nor the year: until both are known, the wish
//! waits with the question.

use crate::chat::catalogue::{ItemFacts, LookupError};
use crate::chat::grammar::UsualSaid;
use crate::chat::interpret::Reading;
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::question::{Deferred, Slot};
use crate::chat::resolve::{self, Found};
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::token::word;
use crate::chat::whom;
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

    /// “Natronas order from last year”: whose it is, where that was taken for what is in it.
    pub fn owner(
        &self,
        said: &mut UsualSaid,
        (from, to): (usize, usize),
    ) -> Result<Option<Mention>, LookupError> {
        let Some(category) = said.category.clone() else { return Ok(None) };
        if said.who.is_some() || self.sheet.customer.is_some() {
            return Ok(None);
        }
        let named: Vec<&str> = category.split(' ').collect();
        let who = whom::customer(self.catalogue, &named)?;
        let sure = matches!(&who.found, Found::One(_)) && who.used == named.len();
        let words: Vec<usize> =
            (from..to).filter(|&at| named.contains(&self.tokens[at].norm.as_str())).collect();
        if !sure || words.len() != named.len() {
            return Ok(None);
        }
        said.category = None;
        Ok(Some(Mention { for_whom: true, words, ..Mention::default() }))
    }

    /// “Their usual, pizza and nuggets only”: of the usual only what is named is kept. The mentions that are left.
    pub fn kept_only(&mut self, mut late: Vec<Mention>) -> Result<Vec<Mention>, LookupError> {
        let ends = |mention: &Mention| {
            mention.words.len() > 1 && mention.words.last().is_some_and(|&at| word(self.tokens, at) == "only")
        };
        let Some(last) = late.iter().position(ends).filter(|_| !self.sheet.usual.is_empty()) else {
            return Ok(late);
        };
        let first =
            (0..=last).rev().take_while(|&at| at == last || late[at + 1].joined).last().unwrap_or(last);
        let plain = |mention: &Mention| mention.count.is_none() && mention.price.is_none();
        if !late[first..=last].iter().all(plain) {
            return Ok(late);
        }
        let usual: Vec<_> =
            self.sheet.lines.iter().filter(|line| self.sheet.usual.contains(&line.id)).cloned().collect();
        let mut kept = Vec::new();
        for mention in &late[first..=last] {
            let words: Vec<&str> = mention
                .said(self.tokens)
                .into_iter()
                .filter(|word| !word.eq_ignore_ascii_case("only"))
                .collect();
            match lines::meant(self.catalogue, &usual, None, &words)? {
                Lines::These(ids) | Lines::OneOf(ids) => kept.extend(ids),
                Lines::None => return Ok(late),
            }
        }
        for line in usual.into_iter().filter(|line| !kept.contains(&line.id)) {
            self.sheet.make(Change::RemoveLine { line_id: line.id });
        }
        self.sheet.usual.retain(|id| kept.contains(id));
        late.drain(first..=last);
        Ok(late)
    }
}
