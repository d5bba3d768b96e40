//! For whom the quote is.
//!
//! Owns finding the customer among the mentions of a message, and asking when it is not one for sure.

use crate::chat::bodies::{body, corrected, is_generic};
use crate::chat::catalogue::{CustomerFacts, LookupError};
use crate::chat::customer_terms::name_terms;
use crate::chat::grammar::Verb;
use crate::chat::interpret::Reading;
use crate::chat::mention::Mention;
use crate::chat::openings::{is_opening, office};
use crate::chat::question::{CHOICE_LIMIT, Choice, Slot};
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::token::{whole, word};
use crate::chat::whom::{self, Named};
use crate::chat::wording::{clipped, customer_choice};
use crate::document::Change;

/// Whoever the first words may mean.
struct Maybe {
    /// Which of the mentions that are left says so.
    at: usize,
    customers: Vec<CustomerFacts>,
    said: String,
    /// Whether the words say nothing else.
    alone: bool,
    /// The words after the name.
    rest: Vec<usize>,
}

impl Reading<'_> {
    /// Find the customer among the mentions; the others, and the words left over, come back.
    pub fn customers(&mut self, mut mentions: Vec<Mention>) -> Result<Vec<Mention>, LookupError> {
        self.count_first(&mut mentions)?;
        self.state_first(&mut mentions);
        let mut left = Vec::new();
        let mut named: Vec<(Taken<CustomerFacts>, String)> = Vec::new();
        let mut by_statement = false;
        // What was taken for a customer's name without being said to be one.
        let mut guessed: Option<(usize, Mention)> = None;
        let mut unknown: Vec<(Mention, String)> = Vec::new();
        // Whoever may be meant by the first words, unless somebody is named for sure.
        let mut maybe: Option<Maybe> = None;
        // “Okay, Troy again”: what says nothing stands before nothing.
        let little = |mention: &Mention| {
            mention.count.is_none()
                && mention.verb.is_none()
                && mention.words.iter().all(|&at| says_little(word(self.tokens, at)))
        };
        let begin = mentions.iter().take_while(|mention| little(mention)).count();
        for (place, mention) in mentions.into_iter().enumerate() {
            let stated = mention.for_whom || mention.subject || mention.verb == Some(Verb::Customer);
            let first = place == begin
                && mention.verb.is_none()
                && mention.count.is_none()
                && self.sheet.customer.is_none();
            // “Actually make it Eagle County.”
            let points = mention
                .words
                .first()
                .is_some_and(|&at| matches!(word(self.tokens, at), "it" | "that" | "this"));
            let makes = mention.verb == Some(Verb::Change) && points && mention.price.is_none();
            let corrects = (mention.correction && mention.verb.is_none() || makes) && mention.count.is_none();
            // “Other Portland, CT”.
            let other =
                place == 0 && mention.words.first().is_some_and(|&at| word(self.tokens, at) == "other");
            // “They aren't ours. It's Windsor CSD in New York.”
            let says_it = self.sheet.customer.is_none()
                && mention.count.is_none()
                && mention.words.first().is_some_and(|&at| matches!(word(self.tokens, at), "it's" | "its"));
            let likely = says_it || other || stated || first || corrects || mention.verb == Some(Verb::Quote);
            let places: Vec<usize> = mention
                .words
                .iter()
                .copied()
                .skip_while(|&at| {
                    makes && matches!(word(self.tokens, at), "it" | "that")
                        || is_opening(word(self.tokens, at)) && (at > 0 || word(self.tokens, at) != "w")
                })
                .filter(|&at| self.tokens[at].is_word())
                .collect();
            if !likely
                || places.is_empty()
                || mention.negated
                || places.iter().all(|&at| says_little(word(self.tokens, at)))
            {
                left.push(mention);
                continue;
            }
            let words: Vec<&str> = places.iter().map(|&at| self.tokens[at].text.as_str()).collect();
            let place = words.strip_suffix(&["one"]).unwrap_or(&words);
            if corrects && states::leading(place) == place.len() && self.moved_state(place)? {
                continue;
            }
            let mut named_here = whom::customer_for(self.catalogue, &words)?;
            let at =
                words.iter().position(|word| matches!(word.to_lowercase().as_str(), "at" | "from" | "with"));
            if let Some(at) =
                at.filter(|at| (stated || first) && (1..=3).contains(at) && at + 1 < words.len())
            {
                // “Mr. Tsosie at Zuni”.
                let there = whom::customer_for(self.catalogue, &words[at + 1..])?;
                if named_here.found == Found::None && there.found != Found::None {
                    named_here = Named { used: there.used + at + 1, ..there };
                }
            }
            let by_name = matches!(&named_here.found, Found::One(taken) if taken.exact)
                && named_here.used == words.len()
                && self.sheet.customer.is_none()
                && mention.count.is_none();
            if !stated
                && !by_name
                && !self.is_rather_customer(&named_here.found, &words[..named_here.used], corrects)?
            {
                named_here.found = Found::None;
            }
            // “Spoke w/ Linda @ Show Low, she wants”.
            if stated
                && matches!(named_here.found, Found::None | Found::Several(_, true))
                && let Some((_, there)) =
                    whom::spotted(self.catalogue, std::slice::from_ref(&words))?.into_iter().next()
                && matches!(there.found, Found::One(_))
            {
                named_here = Named { used: there.from + there.used, from: 0, ..there };
            }
            if let Found::Several(..) = named_here.found
                && let Some((found, used)) = self.placed(&words, named_here.used)?
            {
                named_here = Named { found, used, ..named_here };
            }
            // “The usual for Rochester”, where it is for one of those called so.
            if let (Found::Several(several, _), Some(now)) = (&named_here.found, &self.sheet.customer)
                && !mention.correction
                && !other
                && let Some(known) = several.iter().find(|known| known.id == *now)
            {
                named_here.found = Found::sure(known.clone(), "it is for them already");
            }
            // “Delivery to the central warehouse”.
            let place = words.get(named_here.used).map(|word| word.to_lowercase()).unwrap_or_default();
            if matches!(place.as_str(), "warehouse" | "kitchen" | "dock" | "office" | "commissary")
                && mention.for_whom
            {
                left.push(mention);
                continue;
            }
            let said = words[..named_here.used].join(" ");
            match named_here.found {
                // “Old Saybrook” is not the Old Bethpage that is known.
                Found::One(taken)
                    if !taken.exact
                        && named_here.used == 1
                        && (stated || mention.verb == Some(Verb::Quote))
                        && self.is_named_otherwise(&words[1..])? =>
                {
                    self.ask_customer(&[taken.it], &words[..2].join(" "), true, false);
                    // What follows the name is still to be read.
                    named_here.used += 1;
                }
                Found::One(taken) => {
                    let elsewhere = states::leading(&words[named_here.used..]);
                    if elsewhere > 0 {
                        self.ask_customer(&[taken.it], &words.join(" "), true, false);
                        named_here.used += elsewhere;
                    } else if named.iter().all(|(known, _)| known.it.id != taken.it.id) {
                        // Whoever it is said to be for goes before whoever could be meant.
                        let stated = stated || mention.verb == Some(Verb::Quote);
                        // “Elk Grove and Twin Rivers both need it.”
                        let both = mention.subject
                            && mention.joined
                            && self.tokens.iter().any(|token| token.norm == "both");
                        if (mention.correction || stated && !by_statement) && !both {
                            named.clear();
                            // “Gloves for Bartlesville” is no quote for Glover.
                            if let Some((at, words)) = guessed.take().filter(|_| !mention.correction) {
                                left.insert(at, words);
                            }
                        }
                        if by_statement && !stated {
                            left.push(mention);
                            continue;
                        }
                        by_statement |= stated;
                        let whole = named_here.used == words.len();
                        let guess = !stated && whole && !by_name && mention.verb.is_none();
                        guessed = guess.then(|| (left.len(), mention.clone()));
                        named.push((taken, said));
                    }
                }
                Found::Several(customers, true)
                    if !stated && maybe.is_none() && self.sheet.customer.is_none() =>
                {
                    let elsewhere = states::leading(&words[named_here.used..]);
                    let used = named_here.used + elsewhere;
                    let rest = places[used..].to_vec();
                    maybe = Some(Maybe { at: left.len(), customers, said, alone: elsewhere == 0, rest });
                    left.push(mention);
                    continue;
                }
                Found::Several(customers, unsure) => {
                    let elsewhere = states::leading(&words[named_here.used..]);
                    self.ask_customer(&customers, &said, unsure || elsewhere > 0, elsewhere == 0);
                    named_here.used += elsewhere;
                }
                // “Asking for 300 cases of nuggets”.
                Found::None if mention.for_whom && self.counts(left.last(), &words)? => {
                    // “120 for the pizza”.
                    left.iter_mut().last().into_iter().for_each(|count| count.words.extend(&mention.words));
                    continue;
                }
                Found::None if mention.for_whom && mention.count.is_some() => {
                    left.push(Mention { for_whom: false, ..mention });
                    continue;
                }
                // “Quote Maryvale for peach cobbler, 12 cases”.
                Found::None if mention.for_whom && self.is_item(&words)? => {
                    left.push(Mention { for_whom: false, ..mention });
                    continue;
                }
                Found::None if stated && !self.only_to(&mention) => {
                    unknown.push((mention.clone(), words.join(" ")));
                    continue;
                }
                Found::None => {
                    left.push(mention);
                    continue;
                }
            }
            // “Cheese for the Thompson quote: string cheese 40 …”: a title.
            if mention.for_whom && self.heads_list(&places[..named_here.used]) {
                let title = |last: &Mention| {
                    last.count.is_none() && last.price.is_none() && last.verb.is_none() && !last.joined
                };
                if left.len() == 1 && left.last().is_some_and(title) {
                    left.clear();
                }
            }
            named_here.used += office(&words[named_here.used..]);
            if let [(taken, _)] = &named[..] {
                named_here.used += own(&words[named_here.used..], &taken.it);
            }
            let rest: Vec<usize> = places[named_here.used..].to_vec();
            if !rest.is_empty() || mention.count.is_some() || mention.price.is_some() {
                let verb = mention.verb.filter(|verb| *verb != Verb::Customer).or(Some(Verb::Quote));
                left.push(Mention { verb, words: rest, for_whom: false, correction: false, ..mention });
            }
        }
        let asked = self.sheet.out.questions.iter().any(|question| question.slot == Slot::Customer);
        if named.is_empty() && !asked && self.sheet.customer.is_none() {
            named.extend(self.spot(&mut left)?);
        }
        if named.is_empty() && maybe.is_none() {
            named.extend(self.sender()?);
        }
        let asked = asked || self.sheet.out.questions.iter().any(|question| question.slot == Slot::Customer);
        if let Some(maybe) = maybe.filter(|_| named.is_empty() && !asked) {
            let Maybe { at, customers, said, alone, rest } = maybe;
            self.ask_customer(&customers, &said, true, alone);
            let mention = left.remove(at);
            if !rest.is_empty() || mention.count.is_some() || mention.price.is_some() {
                let verb = mention.verb.or(Some(Verb::Quote));
                left.insert(at, Mention { verb, words: rest, correction: false, ..mention });
            }
        }
        let asked = asked || self.sheet.out.questions.iter().any(|question| question.slot == Slot::Customer);
        if named.is_empty() && !asked {
            unknown.iter().for_each(|(mention, said)| self.unknown_customer(mention, said));
        }
        if named.is_empty() {
            self.told_by_town(&mut left);
        }
        if let [(taken, _)] = &named[..] {
            left.iter_mut().for_each(|mention| self.without_city(mention, &taken.it));
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
                self.ask_customer(&customers, &said.join(" / "), false, false);
            }
        }
        Ok(left)
    }

    /// Whether a colon stands soon after these words.
    fn heads_list(&self, places: &[usize]) -> bool {
        let Some(last) = places.last() else { return false };
        let mut after = (last + 1..last + 4).map(|at| word(self.tokens, at));
        after.by_ref().find(|word| !matches!(*word, "quote" | "bid" | "order" | "schools")) == Some(":")
    }

    /// “Idaho, Jefferson”: a state that stands before the name it is of.
    fn state_first(&self, mentions: &mut Vec<Mention>) {
        let [state, name, ..] = &mut mentions[..] else { return };
        let words: Vec<&str> = state.said(self.tokens);
        let plain = |mention: &Mention| {
            mention.count.is_none() && mention.price.is_none() && mention.verb.is_none() && !mention.negated
        };
        let whole = !words.is_empty() && states::leading(&words) == words.len() && words[0].len() > 3;
        if whole && plain(state) && plain(name) && name.joined && !name.words.is_empty() {
            name.words.append(&mut state.words);
            name.joined = false;
            mentions.remove(0);
        }
    }

    /// Whether a capital goes on with a name, and no item is called so.
    fn is_named_otherwise(&self, rest: &[&str]) -> Result<bool, LookupError> {
        let Some(next) = rest.first() else { return Ok(false) };
        let capital = next.starts_with(char::is_uppercase) && next.chars().skip(1).all(char::is_lowercase);
        let goes_on =
            capital && next.len() > 3 && !is_generic(&next.to_lowercase()) && states::leading(rest) == 0;
        Ok(goes_on && resolve::item(self.catalogue, next)? == Found::None)
    }

    /// Whoever sent what was pasted, where the message names nobody.
    fn sender(&self) -> Result<Option<(Taken<CustomerFacts>, String)>, LookupError> {
        let asked = self.sheet.out.questions.iter().any(|question| question.slot == Slot::Customer);
        let words: Vec<&str> = self.senders.iter().map(String::as_str).collect();
        if asked || words.is_empty() || self.sheet.customer.is_some() {
            return Ok(None);
        }
        let named = whom::spotted(self.catalogue, std::slice::from_ref(&words))?;
        Ok(named.into_iter().find_map(|(_, Named { found, from, used })| match found {
            Found::One(taken) if taken.exact => Some((taken, words[from..from + used].join(" "))),
            _ => None,
        }))
    }

    /// “Wash twp, long valley”: the town tells namesakes apart.
    fn told_by_town(&mut self, left: &mut Vec<Mention>) {
        let told = left.iter().position(|mention| self.is_town_asked(mention).is_some());
        let Some(mention) = told.map(|place| left.remove(place)) else { return };
        if let Some(change) = self.is_town_asked(&mention) {
            self.sheet.out.questions.retain(|question| question.slot != Slot::Customer);
            let said = mention.said(self.tokens).join(" ");
            self.sheet.understood(said, "the customer there", "of those called so");
            self.sheet.make(change);
        }
    }

    /// The customer in the town that a mention names and nothing else, of those that are asked about.
    fn is_town_asked(&self, mention: &Mention) -> Option<Change> {
        let question = self.sheet.out.questions.iter().find(|question| question.slot == Slot::Customer)?;
        let plain = mention.count.is_none()
            && mention.price.is_none()
            && matches!(mention.verb, None | Some(Verb::Add | Verb::Quote))
            && !mention.negated;
        // “It's the kansas one”, “the one in Indiana”.
        let around = |word: &&str| {
            let word = word.to_lowercase();
            !matches!(
                word.as_str(),
                "the"
                    | "one"
                    | "it's"
                    | "its"
                    | "that's"
                    | "thats"
                    | "is"
                    | "in"
                    | "from"
                    | "signature"
                    | "sig"
                    | "says"
                    | "said"
                    | "school"
                    | "schools"
            )
        };
        let said: Vec<&str> = mention.said(self.tokens).into_iter().filter(around).collect();
        let state = states::leading(&said) == said.len();
        let said = said.join(" ").to_lowercase();
        let is_there = |part: &str| {
            let part = part.trim().to_lowercase();
            part == said
                || state && states::full_name(&part).is_some_and(|name| name.eq_ignore_ascii_case(&said))
        };
        let there = |choice: &&Choice| choice.detail.split(',').any(is_there);
        let mut there = question.choices.iter().filter(|_| plain && !said.is_empty()).filter(there);
        let (only, None) = (there.next()?, there.next()) else { return None };
        only.changes.first().cloned()
    }

    /// Whether the words name one item in full.
    fn is_item(&self, words: &[&str]) -> Result<bool, LookupError> {
        let found = resolve::item(self.catalogue, &words.join(" "))?;
        Ok(matches!(found, Found::One(taken) if taken.unread.is_empty() && taken.exact && taken.head))
    }

    /// Whether the mention before is a count alone, and the words name an item.
    fn counts(&self, before: Option<&Mention>, words: &[&str]) -> Result<bool, LookupError> {
        let Some(before) = before else { return Ok(false) };
        let number = |&at: &usize| whole(word(self.tokens, at)).is_some();
        let bare = matches!(&before.words[..], [only] if number(only)) && before.count.is_none();
        let counted = before.words.is_empty() && before.count.is_some();
        let item = || resolve::item(self.catalogue, &words.join(" "));
        Ok((bare || counted)
            && before.price.is_none()
            && !matches!(item()?, Found::None | Found::Several(_, true)))
    }

    /// “Lake Charles folks (Calcasieu), rotini 40”: the town of a customer who is named too is no item.
    fn without_city(&self, mention: &mut Mention, customer: &CustomerFacts) {
        let city = customer.city.as_deref().unwrap_or_default().to_lowercase();
        let city: Vec<&str> = city.split(' ').collect();
        let said = mention.words.iter().map(|&at| word(self.tokens, at));
        // “Sweetwater 2”, “50J”: its name goes on to its number.
        let own = mention.words.iter().take_while(|&&at| is_own(word(self.tokens, at), customer)).count();
        let numbered = own.checked_sub(1).is_some_and(|last| {
            let number = word(self.tokens, mention.words[last]);
            is_number_of(number) && (last > 0 || whole(number).is_none())
        });
        if numbered {
            mention.words.drain(..own);
            return;
        }
        // A town of one word may be a fruit.
        if city.len() > 1
            && mention.words.len() > city.len()
            && said.take(city.len()).eq(city.iter().copied())
        {
            mention.words.drain(..city.len());
        }
    }

    /// Whether only “to” says that it is a customer, which stands before much else.
    fn only_to(&self, mention: &Mention) -> bool {
        let before = mention.words.first().and_then(|at| at.checked_sub(1));
        mention.for_whom && before.is_some_and(|at| word(self.tokens, at) == "to")
    }

    fn unknown_customer(&mut self, mention: &Mention, said: &str) {
        let said = clipped(said);
        if mention.subject || mention.verb == Some(Verb::Customer) || self.sheet.customer.is_none() {
            self.sheet.answer(format!("No customer is called “{said}”"));
        } else {
            self.sheet.puzzled(&format!("for {said}"));
        }
    }

    /// `named` when the words name one customer and say no more.
    pub fn ask_customer(&mut self, customers: &[CustomerFacts], said: &str, unsure: bool, named: bool) {
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
        if named {
            self.sheet.ask_meaning(Slot::Customer, said, prompt, choices);
        } else {
            self.sheet.ask(Slot::Customer, prompt, choices);
        }
    }
}

/// How many words go on with the name of a customer: its kind, or its number.
pub fn own(words: &[&str], customer: &CustomerFacts) -> usize {
    let goes_on = |word: &&&str| {
        let term = word.to_lowercase();
        let term = corrected(&term).to_owned();
        is_own(&term, customer) && (is_generic(&term) || is_number_of(&term))
    };
    words.iter().take_while(goes_on).count()
}

/// Whether a word is of a customer's name.
fn is_own(word: &str, customer: &CustomerFacts) -> bool {
    let name = name_terms(&customer.name);
    let long = [word.to_owned()];
    let long = body(&long);
    name.iter().any(|term| term == word)
        || !long.is_empty() && long.iter().all(|part| name.iter().any(|term| term == part))
        || customer.name.split(' ').any(|part| part.eq_ignore_ascii_case(word))
}

/// Whether a word can be a district's number: `2`, `50J`.
fn is_number_of(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
