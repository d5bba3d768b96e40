//! For whom the quote is.
//!
//! Owns finding the customer among the mentions of a message, and asking when it is not one for sure.

use crate::chat::catalogue::{CustomerFacts, LookupError};
use crate::chat::grammar::Verb;
use crate::chat::interpret::Reading;
use crate::chat::mention::Mention;
use crate::chat::question::{CHOICE_LIMIT, Slot};
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::states;
use crate::chat::token::word;
use crate::chat::wording::{clipped, customer_choice};
use crate::document::Change;

impl Reading<'_> {
    /// Find the customer among the mentions; the others, and the words left over, come back.
    pub fn customers(&mut self, mentions: Vec<Mention>) -> Result<Vec<Mention>, LookupError> {
        let mut left = Vec::new();
        let mut named: Vec<(Taken<CustomerFacts>, String)> = Vec::new();
        for (place, mention) in mentions.into_iter().enumerate() {
            let stated = mention.for_whom || mention.subject || mention.verb == Some(Verb::Customer);
            let first = place == 0
                && mention.verb.is_none()
                && mention.count.is_none()
                && self.sheet.customer.is_none();
            let corrects = mention.correction && mention.verb.is_none() && mention.count.is_none();
            let maybe = stated || first || corrects || mention.verb == Some(Verb::Quote);
            let places: Vec<usize> = mention
                .words
                .iter()
                .copied()
                .skip_while(|&at| {
                    matches!(
                        word(self.tokens, at),
                        "a" | "an"
                            | "me"
                            | "up"
                            | "the"
                            | "please"
                            | "new"
                            | "it's"
                            | "its"
                            | ":"
                            | "out"
                            | "send"
                            | "get"
                            | "give"
                            | "do"
                            | "start"
                            | "create"
                            | "prepare"
                            | "build"
                            | "write"
                            | "hi"
                            | "hey"
                            | "hello"
                            | "can"
                            | "you"
                            | "could"
                    )
                })
                .filter(|&at| self.tokens[at].is_word())
                .collect();
            if !maybe
                || places.is_empty()
                || mention.negated
                || places.iter().all(|&at| word(self.tokens, at) == "them")
            {
                left.push(mention);
                continue;
            }
            let words: Vec<&str> = places.iter().map(|&at| self.tokens[at].text.as_str()).collect();
            let place = words.strip_suffix(&["one"]).unwrap_or(&words);
            if corrects && states::leading(place) == place.len() && self.moved_state(place)? {
                continue;
            }
            let mut named_here = resolve::customer(self.catalogue, &words)?;
            if !stated && !self.is_rather_customer(&named_here.found, &words[..named_here.used], corrects)? {
                named_here.found = Found::None;
            }
            let said = words[..named_here.used].join(" ");
            match named_here.found {
                Found::One(taken) => {
                    let elsewhere = states::leading(&words[named_here.used..]);
                    if elsewhere > 0 {
                        self.ask_customer(&[taken.it], &words.join(" "), true);
                        named_here.used += elsewhere;
                    } else if named.iter().all(|(known, _)| known.it.id != taken.it.id) {
                        named.push((taken, said));
                    }
                }
                Found::Several(customers, unsure) => {
                    let elsewhere = states::leading(&words[named_here.used..]);
                    self.ask_customer(&customers, &said, unsure || elsewhere > 0);
                    named_here.used += elsewhere;
                }
                Found::None if stated => {
                    self.unknown_customer(&mention, &words);
                    continue;
                }
                Found::None => {
                    left.push(mention);
                    continue;
                }
            }
            let rest: Vec<usize> = places[named_here.used..].to_vec();
            if !rest.is_empty() || mention.count.is_some() || mention.price.is_some() {
                let verb = mention.verb.filter(|verb| *verb != Verb::Customer).or(Some(Verb::Quote));
                left.push(Mention { verb, words: rest, for_whom: false, correction: false, ..mention });
            }
        }
        match &named[..] {
            [] => {}
            [(Taken { it: customer, why, close, .. }, said)] => {
                let read_back = self.sheet.out.understood.len();
                self.sheet.understood(
                    said.clone(),
                    format!("{} ({})", customer.name, customer.id),
                    why.clone(),
                );
                self.sheet.instead(read_back, close.iter().map(customer_choice).collect());
                self.sheet.out.questions.retain(|question| question.slot != Slot::Customer);
                self.sheet.make(Change::SetCustomer { customer_id: customer.id.clone() });
            }
            several => {
                let customers: Vec<CustomerFacts> =
                    several.iter().map(|(taken, _)| taken.it.clone()).collect();
                let said: Vec<&str> = several.iter().map(|(_, said)| said.as_str()).collect();
                self.ask_customer(&customers, &said.join(" / "), false);
            }
        }
        Ok(left)
    }

    /// Whether words that may name a customer or an item name a customer.
    fn is_rather_customer(
        &self,
        found: &Found<CustomerFacts>,
        words: &[&str],
        corrects: bool,
    ) -> Result<bool, LookupError> {
        let sure = match found {
            Found::One(..) | Found::Several(_, false) => true,
            Found::Several(_, true) => self.sheet.customer.is_none() && !corrects,
            Found::None => false,
        };
        if !sure {
            return Ok(false);
        }
        let as_item = resolve::item(self.catalogue, &words.join(" "))?;
        Ok(match (found, as_item) {
            (Found::One(..) | Found::Several(_, false), Found::One(taken)) => {
                !taken.unread.is_empty() && !corrects
            }
            (_, Found::Several(_, false)) => !matches!(found, Found::Several(_, true)) && !corrects,
            _ => true,
        })
    }

    /// “No, the Iowa one”: a customer of the same name in that state.
    fn moved_state(&mut self, words: &[&str]) -> Result<bool, LookupError> {
        let Some(now) = self.sheet.customer.clone() else { return Ok(false) };
        let Some(customer) = self.catalogue.customer(now.as_str())? else { return Ok(false) };
        let name: Vec<&str> =
            customer.name.split(' ').filter(|word| !resolve::is_generic(&word.to_lowercase())).collect();
        let asked = terms(&words.join(" "));
        let Found::Several(others, _) = resolve::customer(self.catalogue, &name)?.found else {
            return Ok(false);
        };
        let mut there = others.into_iter().filter(|other| {
            let state = other.state.as_deref().unwrap_or_default();
            let known: Vec<String> = terms(state)
                .into_iter()
                .chain(states::full_name(state).map(terms).unwrap_or_default())
                .collect();
            score::fit(&asked, &known).coverage == score::PERFECT
        });
        let (Some(other), None) = (there.next(), there.next()) else { return Ok(false) };
        self.sheet.understood(
            words.join(" "),
            format!("{} ({})", other.name, other.id),
            "the one of that name there",
        );
        self.sheet.make(Change::SetCustomer { customer_id: other.id });
        Ok(true)
    }

    fn unknown_customer(&mut self, mention: &Mention, words: &[&str]) {
        let said = clipped(&words.join(" "));
        if mention.subject || mention.verb == Some(Verb::Customer) || self.sheet.customer.is_none() {
            self.sheet.answer(format!("No customer is called “{said}”"));
        } else {
            self.sheet.puzzled(&format!("for {said}"));
        }
    }

    fn ask_customer(&mut self, customers: &[CustomerFacts], said: &str, unsure: bool) {
        let more = if customers.len() > CHOICE_LIMIT {
            format!(" ({} more fit; say the city or the state)", customers.len() - CHOICE_LIMIT)
        } else {
            String::new()
        };
        let prompt = if unsure {
            format!("No customer is quite “{}”. Did you mean one of these?{more}", clipped(said))
        } else {
            format!("Which “{}” is it?{more}", clipped(said))
        };
        let choices = customers.iter().take(CHOICE_LIMIT).map(customer_choice).collect();
        self.sheet.out.questions.retain(|question| question.slot != Slot::Customer);
        self.sheet.ask(Slot::Customer, prompt, choices);
    }
}
