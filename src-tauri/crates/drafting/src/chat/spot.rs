//! A customer where none is expected, and which of several of one name.
//!
//! Owns finding a name amid other words, telling it from an item's, and telling namesakes apart by their state.

use crate::chat::bodies;
use crate::chat::catalogue::{CustomerFacts, Item, LookupError};
use crate::chat::customers::own;
use crate::chat::grammar::Verb;
use crate::chat::interpret::Reading;
use crate::chat::mention::Mention;
use crate::chat::openings::office;
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::score;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::states;
use crate::chat::token::{whole, word};
use crate::chat::whom;
use crate::document::Change;

impl Reading<'_> {
    /// “Quote Cornbelt Foods 400 tots 350 waffle fries 200 sweet potato fries”: where the first words are a customer's
    /// name, the counts come first, and each is of what follows it.
    pub fn count_first(&self, mentions: &mut [Mention]) -> Result<(), LookupError> {
        let number = |mention: &Mention| {
            let last = mention.words.last().filter(|_| mention.words.len() > 1 && mention.count.is_none())?;
            whole(word(self.tokens, *last)).map(|_| *last)
        };
        let end = mentions.iter().take_while(|mention| number(mention).is_some()).count();
        let (Some(first), Some(last)) = (mentions.first(), mentions.get(end)) else { return Ok(()) };
        let opens = matches!(first.verb, None | Some(Verb::Quote)) && self.sheet.customer.is_none();
        let bare = last.count.is_none() && !last.words.is_empty() && last.joined;
        if end == 0 || !opens || !bare || !mentions[1..=end].iter().all(|mention| mention.joined) {
            return Ok(());
        }
        let words: Vec<&str> = first.words.iter().map(|&at| self.tokens[at].text.as_str()).collect();
        let name = &words[..words.len() - 1];
        let named = whom::customer(self.catalogue, name)?;
        let is_item = || {
            Ok(matches!(
                resolve::item(self.catalogue, &name.join(" "))?,
                Found::One(_) | Found::Several(_, false)
            ))
        };
        if !matches!(&named.found, Found::One(_)) || named.used < name.len() || is_item()? {
            return Ok(());
        }
        for at in (0..end).rev() {
            if let Some(count) = mentions[at].words.pop() {
                mentions[at + 1].words.insert(0, count);
            }
        }
        Ok(())
    }

    /// A customer named where none is expected: “15 cs wings -- clinton ok, 26-27”.
    pub fn spot(
        &mut self,
        left: &mut Vec<Mention>,
    ) -> Result<Option<(Taken<CustomerFacts>, String)>, LookupError> {
        let texts: Vec<Vec<&str>> = left.iter().map(|mention| self.spotted_words(mention)).collect();
        let mut spotted = None;
        for (place, named) in whom::spotted(self.catalogue, &texts)? {
            // “Could you please price for us” is no town of Price.
            let name = &texts[place][named.from..named.from + named.used];
            let spoken = |word: &&str| says_little(word) && word.chars().all(char::is_lowercase);
            if name.iter().all(spoken) {
                continue;
            }
            let words: Vec<&str> =
                texts[place].iter().copied().filter(|word| whole(word).is_none()).collect();
            let is_item = match resolve::item(self.catalogue, &words.join(" "))? {
                // “Chico” is no slip for Chick'n.
                Found::One(taken) => {
                    let named = matches!(&named.found, Found::One(customer) if customer.exact);
                    taken.unread.is_empty() && (taken.exact || !named)
                }
                Found::Several(items, unsure) => {
                    let query = terms(&words.join(" "));
                    let written = |item: &Item| {
                        query.iter().all(|said| item.terms().all.iter().any(|term| **term == **said))
                    };
                    let named = matches!(&named.found, Found::One(customer) if customer.exact);
                    !unsure && (!named || items.iter().any(written))
                }
                Found::None => false,
            };
            if !is_item {
                spotted = Some((place, named));
                break;
            }
        }
        let Some((place, named)) = spotted else { return Ok(None) };
        let end = named.from + named.used;
        // “75 central Kitsap”: its kind may stand before it.
        let before = match &named.found {
            Found::One(taken) => {
                let words: Vec<&str> = texts[place][..named.from].iter().rev().copied().collect();
                own(&words, &taken.it)
            }
            _ => 0,
        };
        let used = named.from - before..end + office(&texts[place][end..]);
        let said = texts[place][used.clone()].join(" ");
        let mention = &mut left[place];
        let at: Vec<usize> = mention.words.iter().copied().filter(|&at| self.tokens[at].is_word()).collect();
        let gone: Vec<usize> = at[used].to_vec();
        mention.words.retain(|at| !gone.contains(at));
        let names = |&at: &usize| self.tokens[at].is_word() && !says_little(word(self.tokens, at));
        let bare = mention.verb.is_none() && !mention.words.iter().any(names);
        if bare && mention.count.is_none() && mention.price.is_none() {
            left.remove(place);
        } else if bare && place > 0 {
            // “Green beans 30 cs duluth”: what was said beside the name belongs to what stands before it.
            let (count, price) = (mention.count.clone(), mention.price.clone());
            let before = &mut left[place - 1];
            if before.count.is_none() && before.price.is_none() && !before.words.is_empty() {
                (before.count, before.price) = (count, price);
                left.remove(place);
            }
        }
        match named.found {
            Found::One(taken) => Ok(Some((taken, said))),
            Found::Several(customers, unsure) => {
                self.ask_customer(&customers, &said, unsure, true);
                Ok(None)
            }
            Found::None => Ok(None),
        }
    }

    pub fn spotted_words(&self, mention: &Mention) -> Vec<&str> {
        let tokens = self.tokens;
        let may =
            !mention.negated && !matches!(mention.verb, Some(Verb::Drop | Verb::Change | Verb::Replace));
        let words = mention.words.iter().filter(|&&at| may && tokens[at].is_word());
        words.map(|&at| tokens[at].text.as_str()).collect()
    }

    /// Whether words that may name a customer or an item name a customer.
    pub fn is_rather_customer(
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
            // “Winner” said in full is no slip for “dinner”.
            (Found::One(customer), Found::One(item)) if customer.exact && !item.exact => true,
            (Found::Several(_, false), Found::One(item)) if !item.exact && !corrects => true,
            (Found::One(..) | Found::Several(_, false), Found::One(taken)) => {
                !taken.unread.is_empty() && !corrects
            }
            (_, Found::Several(_, false)) => !matches!(found, Found::Several(_, true)) && !corrects,
            _ => true,
        })
    }

    /// “Troy again, the Pennsylvania one”: of those called so, the one there; and how many words say so.
    pub fn placed(
        &self,
        words: &[&str],
        used: usize,
    ) -> Result<Option<(Found<CustomerFacts>, usize)>, LookupError> {
        let between = |word: &&&str| {
            matches!(
                word.to_lowercase().as_str(),
                "again" | "the" | "in" | "that's" | "thats" | "out" | "over"
            )
        };
        // “Laramie one wants”: its number, written out.
        const NUMBERS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        let written = words.get(used).map(|word| word.to_lowercase()).unwrap_or_default();
        if let Some(number) = NUMBERS.iter().position(|known| *known == written) {
            let number = (number + 1).to_string();
            let name = [&words[..used], &[number.as_str()]].concat();
            let named = whom::customer(self.catalogue, &name)?;
            let sure = matches!(named.found, Found::One(_)) && named.used == name.len();
            return Ok(sure.then_some((named.found, used + 1)));
        }
        let skipped = words[used..].iter().take_while(between).count();
        let state = states::leading(&words[used + skipped..]);
        if skipped == 0 || state == 0 {
            return Ok(None);
        }
        let end = used + skipped + state;
        let name = [&words[..used], &words[used + skipped..end]].concat();
        let found = whom::customer(self.catalogue, &name)?.found;
        let one = words.get(end).is_some_and(|word| word.eq_ignore_ascii_case("one"));
        Ok(matches!(found, Found::One(_)).then_some((found, end + usize::from(one))))
    }

    /// “No, the Iowa one”: a customer of the same name in that state.
    pub fn moved_state(&mut self, words: &[&str]) -> Result<bool, LookupError> {
        let Some(now) = self.sheet.customer.clone() else { return Ok(false) };
        let Some(customer) = self.catalogue.customer(now.as_str())? else { return Ok(false) };
        let name: Vec<&str> =
            customer.name.split(' ').filter(|word| !bodies::is_generic(&word.to_lowercase())).collect();
        let asked = terms(&words.join(" "));
        let Found::Several(others, _) = whom::customer(self.catalogue, &name)?.found else {
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
}
