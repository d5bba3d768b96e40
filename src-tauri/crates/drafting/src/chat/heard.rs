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
    /// Whether they say that it is a public one.
    pub public: bool,
}

impl Heard {
    fn of(text: &str, kinds: &Kinds) -> Self {
        let terms = name_terms(text);
        let kinds: Vec<Rc<Kind>> = terms.iter().map(|term| kinds.of(term)).collect();
        let nearly_generic = kinds.iter().map(|kind| kind.nearly_generic).collect();
        let corrected: Vec<String> = kinds.iter().map(|kind| kind.corrected.clone()).collect();
        let body = body(&corrected).into_iter().map(str::to_owned).collect();
        let public = corrected.iter().any(|term| term == "public");
        Heard { raw: text.to_lowercase(), terms, nearly_generic, body, public }
    }
}

/// What a term says of the kind of body.
struct Kind {
    nearly_generic: bool,
    corrected: String,
}

/// What each term says of the kind of body, weighed once.
#[derive(Default)]
struct Kinds(RefCell<HashMap<String, Rc<Kind>>>);

impl Kinds {
    fn of(&self, term: &str) -> Rc<Kind> {
        if let Some(known) = self.0.borrow().get(term) {
            return Rc::clone(known);
        }
        let (nearly_generic, corrected) = (is_nearly_generic(term), corrected(term).to_owned());
        let new = Rc::new(Kind { nearly_generic, corrected });
        self.0.borrow_mut().insert(term.to_owned(), Rc::clone(&new));
        new
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
    /// What kind of body each term says.
    kinds: Kinds,
    /// What is heard in some of them, by which they are.
    heard: RefCell<HashMap<u64, Rc<Heard>>>,
}

impl<'w> Said<'w> {
    /// Read them.
    pub fn of(words: &'w [&'w str]) -> Self {
        let lettered = |word: &&str| word.chars().all(char::is_uppercase) || states::is_no_word(word);
        let kinds = Kinds::default();
        Said {
            words,
            beginnings: words.iter().map(|word| Heard::of(word, &kinds)).collect(),
            states: words.iter().map(|word| states::written_short(word)).collect(),
            lettered: words.iter().map(lettered).collect(),
            kinds,
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
        let new = Rc::new(Heard::of(&words.join(" "), &self.kinds));
        self.heard.borrow_mut().insert(kept, Rc::clone(&new));
        new
    }
}
