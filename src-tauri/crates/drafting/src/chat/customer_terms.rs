//! A customer's names in their common form.
//!
//! Owns what is read off a customer before anything is said of it, kept small: a list has many customers. Must not
//! compare: `whom` does.

use crate::chat::bodies::{body, is_generic, is_number, is_telling};
use crate::chat::catalogue::CustomerFacts;
use crate::chat::read::Read;
use crate::chat::shorthand::{spelled_out, terms};
use crate::chat::states;

/// Words, with a space between each two.
#[derive(Debug, Default)]
pub struct Words(Box<str>);

impl Words {
    /// Of these.
    fn of<S: AsRef<str>>(words: impl Iterator<Item = S>) -> Self {
        let mut all = String::new();
        for word in words {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(word.as_ref());
        }
        Words(all.into())
    }

    /// They, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.split_ascii_whitespace()
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Whether this is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }

    /// Whether they are these.
    pub fn are(&self, words: &[String]) -> bool {
        self.iter().eq(words.iter().map(String::as_str))
    }

    /// Whether they are these when all are written together.
    pub fn are_together(&self, words: &[String]) -> bool {
        self.iter().flat_map(str::bytes).eq(words.iter().flat_map(|word| word.bytes()))
    }
}

/// The longest nickname that is only letters.
const LETTERS: usize = 6;

/// One of a customer's names, taken apart.
#[derive(Debug)]
pub struct Name {
    /// As written, in lower case.
    pub raw: Box<str>,
    /// All of it.
    pub all: Words,
    /// What tells it from others.
    pub core: Words,
    /// Its numbers.
    pub numbers: Words,
    /// The kind of body it says.
    pub body: Words,
    /// Whether it is an alias.
    pub nickname: bool,
}

impl Name {
    /// Whether a hyphen stands before this part of it.
    pub fn is_hyphened(&self, part: &str) -> bool {
        self.raw.split('-').skip(1).any(|after| after.len() > 3 && after.starts_with(part))
    }

    fn of(text: &str, nickname: bool) -> Self {
        let raw = text.to_lowercase();
        let letters = nickname && text.len() <= LETTERS && text.chars().all(|c| c.is_ascii_uppercase());
        // “CHPS” is no shorthand for chips.
        let all = if letters { vec![raw.clone()] } else { name_terms(text) };
        let mut core: Vec<&String> =
            all.iter().filter(|term| !is_generic(term) && !is_number(term)).collect();
        if core.is_empty() {
            // “Central Unified” is called Central, “Union County” Union.
            let kind = |term: &&String| matches!(term.as_str(), "county" | "city");
            let telling: Vec<&String> = all.iter().filter(|term| is_telling(term)).collect();
            let (kinds, names): (Vec<&String>, Vec<&String>) = telling.into_iter().partition(kind);
            core = if names.is_empty() { kinds } else { names };
        }
        if core.is_empty() {
            core = all.iter().collect();
        }
        Name {
            raw: raw.into(),
            core: Words::of(core.into_iter()),
            numbers: Words::of(all.iter().filter(|term| is_number(term))),
            body: Words::of(body(&all).into_iter()),
            all: Words::of(all.iter()),
            nickname,
        }
    }
}

/// The terms of a name; “D70” is District 70.
pub fn name_terms(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // “W. Valley” is West Valley.
    let first = text.split_whitespace().next().unwrap_or_default();
    let direction = match first.trim_end_matches('.').to_lowercase().as_str() {
        "n" => Some("north"),
        "s" => Some("south"),
        "e" => Some("east"),
        "w" => Some("west"),
        _ => None,
    };
    let rest = text.trim_start().get(first.len()..).unwrap_or_default();
    let direction = direction.filter(|_| rest.chars().any(char::is_alphabetic));
    out.extend(direction.map(str::to_owned));
    for term in spelled_out(if direction.is_some() { rest } else { text }) {
        if out.last().is_some_and(|last| last == "d") && term.bytes().all(|b| b.is_ascii_digit()) {
            out.pop();
        }
        // “Hotdogs” are franks, and no Franklin.
        if term != "frank" || text.to_lowercase().contains("fr") {
            out.push(term);
        }
    }
    out
}

/// What is read off a customer.
#[derive(Debug)]
pub struct CustomerTerms {
    /// Its name, then its aliases.
    pub names: Box<[Name]>,
    /// Its city.
    pub town: Words,
    /// Its state, written out.
    pub state: Words,
}

impl CustomerFacts {
    /// Its names.
    pub(crate) fn terms(&self) -> &CustomerTerms {
        self.read.or_read(|| {
            let aliases = self.aliases.iter().map(|alias| Name::of(alias, true));
            let state = self.state.as_deref().and_then(states::full_name).map(terms).unwrap_or_default();
            CustomerTerms {
                names: std::iter::once(Name::of(&self.name, false)).chain(aliases).collect(),
                town: Words::of(self.city.iter().flat_map(|city| terms(city))),
                state: Words::of(state.iter()),
            }
        })
    }
}

/// What is read off a customer, once somebody asks.
pub type ReadCustomer = Read<CustomerTerms>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_one_text_are_the_words_they_were() {
        let words = |text: &str| Words::of(text.split(' ').filter(|word| !word.is_empty()));
        assert_eq!(words("cedar falls").iter().collect::<Vec<_>>(), ["cedar", "falls"]);
        assert_eq!((words("").count(), words("a b c").count()), (0, 3));
        assert!(words("cedar falls").has("falls") && !words("cedar falls").has("fall") && !words("").has(""));
        let said = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(words("cedar falls").are(&said("cedar falls")) && !words("cedar").are(&said("cedar falls")));
        assert!(words("wfisd").are_together(&said("wf isd")) && !words("wf").are_together(&said("wf isd")));
    }
}
