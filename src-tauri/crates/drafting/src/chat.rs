//! What a rep's message means for a draft.
//!
//! Owns the whole path: tokens → what the grammar recognises → which customer or item is meant → changes,
//! questions and answers. Must not change the draft itself, look anything up but through [`Catalogue`], or
//! pick silently between two meanings: a tie is a question, and what was not read is said.

mod answered;
mod asking;
pub mod bodies;
mod catalogue;
mod customer_terms;
mod customers;
mod edit;
mod finish;
mod grammar;
mod heard;
pub mod inquiry;
mod interpret;
pub(crate) mod item_terms;
mod letter;
mod lines;
mod memory;
mod mention;
mod message_price;
mod neighbours;
mod numbers;
mod openings;
mod other_names;
mod parts;
mod pricing;
mod propose;
mod put;
pub mod question;
mod read;
mod reply;
mod resolve;
pub(crate) mod score;
mod sheet;
pub(crate) mod shorthand;
mod slips;
mod small_words;
mod spelled;
mod spot;
mod states;
mod swap;
mod table;
mod tell;
mod there;
mod thing;
pub(crate) mod token;
pub mod understanding;
mod usual;
mod whole;
mod whom;
pub mod wish;
mod wording;
mod years;

pub use catalogue::{Bought, Catalogue, CustomerFacts, Item, ItemFacts, LookupError, Recall};
pub use inquiry::{Figure, Inquiry};
pub use interpret::{still_open, understand};
pub use memory::Memory;
pub use question::{Choice, Deferred, Question, Slot};
pub use understanding::{ChatError, Chosen, MESSAGE_LIMIT, Meaning, Understanding, Understood};
pub use wish::{Wish, wish};
