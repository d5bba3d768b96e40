//! The items.
//!
//! Owns what of an item it is recalled by. Must not know which of them is meant.

use domain::ItemCode;

use super::exact::{Exact, is_called};
use super::index::{Index, Making, Row};
use super::recall::recalled;
use crate::chat::item_terms::Known;
use crate::chat::shorthand::{LISTED_BONY, bare};
use crate::chat::{Item, Recall};

/// Every item, and where to look for them.
#[derive(Debug, Default)]
pub struct Items {
    all: Vec<Item>,
    index: Index,
    codes: Exact,
    names: Exact,
}

impl Items {
    /// Of these. Where nothing else tells rows apart, the first goes first.
    pub fn of(all: Vec<Item>) -> Self {
        let (mut making, mut known) = (Making::for_rows(all.len()), Known::default());
        for item in &all {
            known.read(item);
            // In their common form too: “CKN PTY” is asked for as chicken patties; and as lists shorten words.
            let read = &item.terms().all;
            let bones: Vec<String> = read.iter().filter_map(|term| bare(term, LISTED_BONY)).collect();
            let read = read.iter().map(|term| &**term).chain(bones.iter().map(String::as_str));
            let names = std::iter::once(&item.description).chain(&item.aliases).map(String::as_str);
            let others = [&item.brand, &item.category, &item.pack].into_iter().flatten().map(String::as_str);
            making.row(names, others.chain([item.code.as_str()]).chain(read));
        }
        let numbered = || (0..).zip(&all);
        let codes = Exact::of(numbered().map(|(row, item)| (item.code.as_str(), row)));
        let names = Exact::of(numbered().flat_map(|(row, item)| {
            std::iter::once(&item.description).chain(&item.aliases).map(move |name| (name.as_str(), row))
        }));
        Items { index: making.done(), codes, names, all }
    }

    fn at(&self, row: Row) -> Option<&Item> {
        self.all.get(row as usize)
    }

    /// The item of this code.
    pub fn of_code(&self, code: &ItemCode) -> Option<&Item> {
        self.codes.maybe(code.as_str()).filter_map(|row| self.at(row)).find(|item| item.code == *code)
    }

    /// Those with exactly this description or alias, the case of its letters aside, by code.
    pub fn named(&self, text: &str) -> Vec<&Item> {
        let text = text.trim();
        let mut found: Vec<&Item> = self.names.maybe(text).filter_map(|row| self.at(row)).collect();
        found.retain(|item| is_called(text, &item.description, &item.aliases));
        found.sort_by(|a, b| a.code.cmp(&b.code));
        found
    }

    /// Those a text may mean. Those that have all of its words, in a form it may be written in, come first.
    pub fn recall(&self, asked: &Recall) -> Vec<Item> {
        let rows = recalled(&self.index, asked).into_iter();
        rows.filter_map(|row| self.at(row).cloned()).collect()
    }
}
