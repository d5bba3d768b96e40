//! What else tells an item where its own words do not: a size that was taken for a price, what stands beside it, what it
//! is said not to be, what heads it.
//!
//! Owns these in their order. Must not change the draft, or take one of several that they leave.

use crate::chat::catalogue::{Item, LookupError};
use crate::chat::mention::Mention;
use crate::chat::propose::Proposing;
use crate::chat::resolve::{self, Found, Taken};
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::thing;
use crate::chat::token::word;
use crate::chat::whole::Whole;

/// “6.75 apple juice boxes”, “water 16.9” hold so much: the amount is the size, not the price.
pub fn sized(whole: &mut Whole, amount: Option<&str>) {
    let Some(amount) = amount else { return };
    match &whole.found {
        Found::One(taken) if resolve::is_sized(&taken.it, amount) => whole.mention.price = None,
        Found::Several(items, _) => {
            let mut sized = items.iter().filter(|item| resolve::is_sized(item, amount));
            if let (Some(only), None) = (sized.next().cloned(), sized.next()) {
                whole.found = Found::sure(only, "the one of that size");
                whole.mention.price = None;
            }
        }
        _ => {}
    }
}

impl Proposing<'_, '_> {
    /// “Strawberry, and cinnamon 40”, “30 of the cherry”: one word that is not the thing itself may be a flavour of what
    /// was said before.
    pub fn beside(&self, mention: &Mention, whole: &mut Whole, next: &[Mention]) -> Result<(), LookupError> {
        let one = !whole.text.contains(' ');
        let flavour =
            |taken: &Taken<Item>| one && (!taken.head || thing::is_variety(&whole.text.to_lowercase()));
        let told = matches!(&whole.found, Found::One(taken) if taken.unread.is_empty() && !flavour(taken));
        let of_the =
            |pair: &[usize]| word(self.tokens, pair[0]) == "of" && word(self.tokens, pair[1]) == "the";
        let the = one && mention.words.windows(2).any(of_the);
        let ones = the || mention.words.iter().any(|&at| matches!(word(self.tokens, at), "ones" | "one"));
        // Of two that have all of several words the one like the line before may not be meant.
        let telling = terms(&whole.text).iter().filter(|term| !thing::is_descriptor(term)).count();
        let tied = telling > 1 && matches!(&whole.found, Found::Several(_, false));
        if (told || tied) && !ones || whole.count.is_none() || whole.text.is_empty() {
            return Ok(());
        }
        let first = mention.words.first().is_some_and(|&at| at <= 2);
        let next = &next[whole.taken..];
        if let Some(taken) = self.shared_head(&whole.text, &whole.found, next, ones || first)? {
            whole.found = Found::One(taken);
        }
        Ok(())
    }

    /// “Compostable trays not foam”: of several, those that are not what it is said not to be.
    pub fn left_over(&self, mention: &Mention, whole: &mut Whole) {
        let Found::Several(items, false) = &mut whole.found else { return };
        if mention.without.is_empty() {
            return;
        }
        let gone: Vec<&str> = mention
            .without
            .iter()
            .map(|&at| word(self.tokens, at))
            .filter(|word| !thing::is_plain(word) && !says_little(word))
            .collect();
        let gone = terms(&gone.join(" "));
        let is_gone = |item: &Item| resolve::fit_item(&gone, item).coverage >= resolve::TAKEN;
        if !items.iter().all(is_gone) {
            items.retain(|item| !is_gone(item));
        }
        if let [only] = &items[..] {
            whole.found = Found::sure(only.clone(), "the one that is left");
        }
    }

    /// “Pizza: 30 sausage”: what heads it is said of it too.
    pub fn headed(&self, whole: &mut Whole) -> Result<(), LookupError> {
        let Some(heading) = &self.heading else { return Ok(()) };
        // “Juice cups: apple 60” are no apples.
        let alone = matches!(&whole.found, Found::One(_)) && whole.text.contains(' ');
        if alone || whole.text.is_empty() {
            return Ok(());
        }
        match self.named(&format!("{} {heading}", whole.text))? {
            Found::One(taken) if taken.unread.is_empty() => {
                let why = format!("“{heading}” stands before it");
                whole.found = Found::One(Taken { why, ..taken });
            }
            several @ Found::Several(_, false) if !matches!(whole.found, Found::One(_)) => {
                whole.found = several
            }
            _ => {}
        }
        Ok(())
    }
}
