//! An item's words in their common form.
//!
//! Owns what is read off an item before anything is said of it, so that it is read once and not for every message.
//! Must not compare: `resolve` and `thing` do.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::chat::catalogue::ItemFacts;
use crate::chat::read::Read;
use crate::chat::shorthand::terms;
use crate::chat::thing::{is_container, is_descriptor, says};

/// A word in its common form. Items that share one share its letters.
pub type Term = Arc<str>;

/// What is read off an item.
#[derive(Debug)]
pub struct ItemTerms {
    /// Everything it can be recognised by, but for its category: first its description, then its aliases.
    pub all: Box<[Term]>,
    /// Where its description and each alias stand in `all`.
    names: Box<[Range<u16>]>,
    /// The words of its category.
    pub category: Arc<[Term]>,
    /// The words of its description before the first comma.
    pub first: Box<[Term]>,
    /// Whether there is no comma.
    pub whole: bool,
    /// What it is called, as things are: each alias, then what is before the first comma.
    pub called: Box<[Called]>,
    /// The words of each name that tell it from others.
    pub telling: Box<[Box<[Term]>]>,
}

/// A name without its numbers and measures.
#[derive(Debug)]
pub struct Called {
    /// The words.
    pub words: Box<[Term]>,
    /// How many of them come before what only holds the thing: “cups”.
    pub held: usize,
}

impl Called {
    fn of(name: &[Term]) -> Self {
        let words: Box<[Term]> = name.iter().filter(|term| says(term)).cloned().collect();
        let held = words.iter().rposition(|term| !is_container(term)).map_or(words.len(), |last| last + 1);
        Called { words, held }
    }
}

impl ItemTerms {
    fn of(item: &ItemFacts, known: &mut Known) -> Self {
        let mut all: Vec<Term> = Vec::new();
        let mut names = Vec::new();
        for name in std::iter::once(&item.description).chain(&item.aliases) {
            let from = all.len();
            all.extend(terms(name).into_iter().map(|term| known.term(&term)));
            names.push(place(from)..place(all.len()));
        }
        for text in item.pack.iter().chain(&item.brand) {
            all.extend(known.text(text).iter().cloned());
        }
        let code = item.code.as_str();
        // A part of a code that is only a short number would be taken for a size.
        all.extend(terms(code).iter().filter(|term| term.len() > 2).map(|term| known.term(term)));
        all.push(known.term(&code.to_lowercase()));
        let head = item.description.split(',').next().unwrap_or_default();
        let whole = head.len() == item.description.len();
        let mut made = ItemTerms {
            all: all.into(),
            names: names.into(),
            category: item.category.as_deref().map(|category| known.text(category)).unwrap_or_default(),
            first: Box::default(),
            whole,
            called: Box::default(),
            telling: Box::default(),
        };
        made.first = match whole {
            true => made.description().into(),
            false => terms(head).iter().map(|term| known.term(term)).collect(),
        };
        // “Pulled Pork in Barbecue Sauce” is pork, “Corn Dog on a Stick” a corn dog.
        let cut =
            [" in ", " with ", " w/", " on "].iter().filter_map(|link| head.to_lowercase().find(link)).min();
        let before: Vec<Term> = cut
            .and_then(|at| head.get(..at))
            .map(|before| terms(before).iter().map(|term| known.term(term)).collect())
            .unwrap_or_default();
        let before = Some(&*before).filter(|before| !before.is_empty());
        made.called = made.names().skip(1).chain([&*made.first]).chain(before).map(Called::of).collect();
        // A name may begin with its maker's.
        let brand = item.brand.as_deref().map(|brand| known.text(brand)).unwrap_or_default();
        let telling = |name: &[Term]| -> Box<[Term]> {
            let added = |at: usize| {
                &*name[at] == "water" && name.get(at + 1).is_some_and(|next| next.starts_with("add"))
            };
            let made = if brand.is_empty() || !name.starts_with(&brand) { 0 } else { brand.len() };
            let told = (made..name.len()).filter(|&at| !known.is_descriptor(&name[at]) && !added(at));
            told.map(|at| Arc::clone(&name[at])).collect()
        };
        made.telling = made.names().map(telling).collect();
        made
    }

    /// Its description, then each alias.
    pub fn names(&self) -> impl Iterator<Item = &[Term]> {
        self.names.iter().map(|name| &self.all[usize::from(name.start)..usize::from(name.end)])
    }

    /// Its description.
    pub fn description(&self) -> &[Term] {
        self.names().next().unwrap_or_default()
    }
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// What is read off an item, once somebody asks.
pub type ReadItem = Read<ItemTerms>;

impl ItemFacts {
    /// Its words.
    pub(crate) fn terms(&self) -> &ItemTerms {
        self.read.or_read(|| ItemTerms::of(self, &mut Known::default()))
    }
}

/// Words and texts met while many items are read.
#[derive(Default)]
pub(crate) struct Known {
    terms: HashMap<Term, bool>,
    texts: HashMap<String, Arc<[Term]>>,
}

impl Known {
    /// Read an item now, with what was met before.
    pub fn read(&mut self, item: &ItemFacts) {
        item.read.or_read(|| ItemTerms::of(item, self));
    }

    fn term(&mut self, term: &str) -> Term {
        if let Some((known, _)) = self.terms.get_key_value(term) {
            return Arc::clone(known);
        }
        let new = Term::from(term);
        self.terms.insert(Arc::clone(&new), is_descriptor(term));
        new
    }

    fn is_descriptor(&self, term: &str) -> bool {
        self.terms.get(term).copied().unwrap_or_else(|| is_descriptor(term))
    }

    /// The terms of a text that many items have.
    fn text(&mut self, text: &str) -> Arc<[Term]> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<[Term]> = terms(text).iter().map(|term| self.term(term)).collect();
        self.texts.insert(text.to_owned(), Arc::clone(&new));
        new
    }
}
