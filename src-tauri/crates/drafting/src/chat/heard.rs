//! Words a customer may be called in.
//!
//! Owns what is read off the words alone, so that it is read once and not for every customer they are compared
//! with. Must know no customer.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::chat::bodies::{body, corrected, is_nearly_generic};
use crate::chat::customer_terms::name_terms;
use crate::chat::states;

/// Some words in their common form.
pub struct Heard {
    /// As said, in lower case.
    pub raw: String,
    /// They.
    pub terms: Vec<String>,
    /// Whether each says what kind of body it is, slips forgiven.
    pub nearly_generic: Vec<bool>,
    /// What kind of body they say it is.
    pub body: Vec<String>,
}

impl Heard {
    fn of(text: &str) -> Self {
        let terms = name_terms(text);
        let nearly_generic = terms.iter().map(|term| is_nearly_generic(term)).collect();
        let corrected: Vec<String> = terms.iter().map(|term| corrected(term).to_owned()).collect();
        let body = body(&corrected).into_iter().map(str::to_owned).collect();
        Heard { raw: text.to_lowercase(), terms, nearly_generic, body }
    }
}

/// Words as they were said, no more than 64.
pub struct Said<'w> {
    /// They.
    pub words: &'w [&'w str],
    /// Each by itself.
    pub beginnings: Vec<Heard>,
    /// The state each is written short for.
    states: Vec<Option<&'static str>>,
    /// Whether each can be two letters of a state, wherever it stands.
    lettered: Vec<bool>,
    /// What is heard in some of them, by which they are.
    heard: RefCell<HashMap<u64, Rc<Heard>>>,
}

impl<'w> Said<'w> {
    /// Read them.
    pub fn of(words: &'w [&'w str]) -> Self {
        let lettered = |word: &&str| word.chars().all(char::is_uppercase) || states::is_no_word(word);
        Said {
            words,
            beginnings: words.iter().map(|word| Heard::of(word)).collect(),
            states: words.iter().map(|word| states::written_short(word)).collect(),
            lettered: words.iter().map(lettered).collect(),
            heard: RefCell::default(),
        }
    }

    /// Whether a word that is not the first only says that it is in this state; the `last` of all may be its two
    /// letters though they are a word too.
    pub fn places(&self, at: usize, state: Option<&str>, last: bool) -> bool {
        let Some(state) = state else { return false };
        let letters = (last || self.lettered[at]) && state.eq_ignore_ascii_case(self.words[at]);
        letters || self.states[at] == Some(state)
    }

    /// What is heard in those whose bits are set.
    pub fn heard(&self, kept: u64) -> Rc<Heard> {
        if let Some(known) = self.heard.borrow().get(&kept) {
            return Rc::clone(known);
        }
        let words = self.words.iter().enumerate().filter(|(at, _)| kept & (1 << at) != 0);
        let words: Vec<&str> = words.map(|(_, word)| *word).collect();
        let new = Rc::new(Heard::of(&words.join(" ")));
        self.heard.borrow_mut().insert(kept, Rc::clone(&new));
        new
    }
}
