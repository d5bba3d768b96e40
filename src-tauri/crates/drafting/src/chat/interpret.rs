//! A message from first to last.
//!
//! Owns the order of things: answers to open questions, then customer and year, since the rest depends on
//! them, then lines, the usual and prices, then what is still to be asked.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{IdSource, LineId, SchoolYear};

use crate::chat::answered::answers;
use crate::chat::catalogue::{Catalogue, LookupError};
use crate::chat::grammar::{
    self, NoteSaid, PriceMeant, PriceSaid, UsualSaid, ValiditySaid, Verb, WRITTEN_OUT, YearSaid,
};
use crate::chat::letter;
use crate::chat::lines::{self, Lines};
use crate::chat::memory::Remembering;
use crate::chat::mention::{Grouped, Mention, group};
use crate::chat::propose::Proposing;
use crate::chat::question::{Deferred, Question, Slot};
use crate::chat::resolve::Found;
use crate::chat::sheet::Sheet;
use crate::chat::slips;
use crate::chat::small_words::says_little;
use crate::chat::spelled;
use crate::chat::table;
use crate::chat::token::{Token, tokenize, word};
use crate::chat::understanding::{ChatError, MESSAGE_LIMIT, Understanding};
use crate::chat::wording::clipped;
use crate::document::change::{NOTE_LIMIT, check_price};
use crate::document::{Change, DraftView, PriceRule};

/// The most mentions of one message that are followed up.
const MENTION_LIMIT: usize = 60;

/// The most wishes for the usual of one message that are followed up.
const USUAL_LIMIT: usize = 8;

/// Something said, and where.
type Placed<T> = (T, (usize, usize));

/// Understand a message for a draft.
///
/// `pending` are the questions of the understanding before; those still open come back in the new one.
/// Nothing is changed that is asked about. Refused only when the message has more than 4,000 characters or
/// the catalogue cannot be read.
pub fn understand(
    message: &str,
    draft: &DraftView,
    pending: &[Question],
    today: NaiveDate,
    catalogue: &dyn Catalogue,
    ids: &dyn IdSource,
) -> Result<Understanding, ChatError> {
    let length = message.chars().count();
    if length > MESSAGE_LIMIT {
        return Err(ChatError::TooLong(length));
    }
    let remembering = Remembering::of(catalogue);
    let catalogue: &dyn Catalogue = &remembering;
    let mut sheet = Sheet::new(draft, ids);
    let mut open = pending.to_vec();
    let typed = table::rows(tokenize(message));
    let (senders, subject) = (letter::senders(&typed), letter::subject(&typed));
    let tokens = answers(&mut sheet, &mut open, spelled::digits(slips::written_out(letter::body(typed))));
    let pieces = grammar::read(&tokens, today);
    let grouped = group(&tokens, &pieces);
    let answered = sheet.added.clone();
    // “Typo, 120020”: the count was said with what named nothing.
    let unnamed = |question: &&Question| question.slot == Slot::Item && question.choices.is_empty();
    if let ([mention], Some(unnamed)) = (&grouped.mentions[..], pending.iter().find(unnamed))
        && mention.verb.is_none()
    {
        sheet.count_left = sheet.count_left.or(unnamed.count);
    }
    let mut reading = Reading {
        message,
        tokens: &tokens,
        today,
        senders,
        subject,
        catalogue,
        sheet,
        open,
        deferred: Vec::new(),
        message_rule: None,
        heading: None,
        answered,
        exempt: Vec::new(),
        picked: Vec::new(),
    };
    if reading.asks_us(&grouped) {
        reading.sheet.out.inquiry = reading.inquiry()?;
        if let Some([line]) = reading.sheet.out.inquiry.as_ref().map(|inquiry| &inquiry.lines[..]) {
            reading.sheet.focus = Some(line.clone());
        }
        if reading.sheet.out.inquiry.is_none() {
            reading.sheet.answer(
                "I can change the draft, and say its prices, margins and total. Say what to add, drop or change",
            );
        }
    } else {
        reading.follow(grouped)?;
    }
    reading.add_usual()?;
    Ok(reading.finish())
}

/// What is still to be asked once a draft was changed by hand: `draft` as it is after `settled`.
///
/// What waited for an answer that `settled` gives is done: the changes that come of it are in the answer.
pub fn still_open(
    draft: &DraftView,
    pending: &[Question],
    settled: &[Change],
    today: NaiveDate,
    catalogue: &dyn Catalogue,
    ids: &dyn IdSource,
) -> Result<Understanding, ChatError> {
    let mut sheet = Sheet::new(draft, ids);
    sheet.out.changes = settled.to_vec();
    let mut reading = Reading {
        message: "",
        tokens: &[],
        today,
        senders: Vec::new(),
        subject: None,
        catalogue,
        sheet,
        open: pending.to_vec(),
        deferred: Vec::new(),
        message_rule: None,
        heading: None,
        answered: Vec::new(),
        exempt: Vec::new(),
        picked: Vec::new(),
    };
    let tells = |change: &Change| matches!(change, Change::SetCustomer { .. } | Change::SetSchoolYear { .. });
    if settled.iter().any(tells) {
        reading.add_usual()?;
    }
    let mut understanding = reading.finish();
    understanding.changes.drain(..settled.len());
    Ok(understanding)
}

/// One message being read.
pub struct Reading<'a> {
    /// The message.
    pub message: &'a str,
    /// Its tokens, without what answered open questions.
    pub tokens: &'a [Token],
    /// The day it was written.
    pub today: NaiveDate,
    /// Who sent what was pasted, in words.
    pub senders: Vec<String>,
    /// Where the subject of what was pasted stands.
    subject: Option<Range<usize>>,
    /// Where to look things up.
    pub catalogue: &'a dyn Catalogue,
    /// The draft so far.
    pub sheet: Sheet<'a>,
    /// Questions still open from before.
    pub open: Vec<Question>,
    /// What waits for the customer to be known.
    pub deferred: Vec<Deferred>,
    /// The rule said of everything in this message.
    pub message_rule: Option<PriceRule>,
    /// What stands before a colon, for what follows it.
    pub heading: Option<String>,
    /// Lines that answers to open questions added.
    pub answered: Vec<LineId>,
    /// Lines of which a price said of all is not.
    pub exempt: Vec<LineId>,
    /// Open questions of which choices were named with their counts.
    pub picked: Vec<usize>,
}

impl<'a> Reading<'a> {
    /// The words of some tokens.
    pub fn said(&self, (from, to): (usize, usize)) -> String {
        let end = self.tokens.get(to.wrapping_sub(1)).map_or(0, |token| token.to);
        let start = self.tokens.get(from).map_or(end, |token| token.from);
        clipped(self.message.get(start..end).unwrap_or_default())
    }

    fn follow(&mut self, grouped: Grouped) -> Result<(), LookupError> {
        let Grouped { mut mentions, prices, years, pdf, validity, notes, programs, mut usual } = grouped;
        for (said, place) in &mut usual {
            mentions.extend(self.owner(said, *place)?);
        }
        if mentions.len() > MENTION_LIMIT {
            self.sheet.answer(format!(
                "That is more than {MENTION_LIMIT} things at once; I read the first {MENTION_LIMIT}"
            ));
            mentions.truncate(MENTION_LIMIT);
        }
        let mentions = self.unasked(mentions);
        let mentions = self.customers(mentions)?;
        let (exempt, mut mentions): (Vec<Mention>, Vec<Mention>) =
            mentions.into_iter().partition(|mention| mention.exempt);
        // “Except tortillas, those at 31.75”: its own price is said too.
        mentions.extend(exempt.iter().filter(|mention| mention.price.is_some()).cloned());
        let (years, prices) = self.year_priced(years, prices);
        self.years(years);
        if let Some((include_pdf, place)) = pdf {
            let meant = if include_pdf { "with a PDF" } else { "without a PDF" };
            self.sheet.understood(self.said(place), meant, "as said");
            self.sheet.make(Change::SetIncludePdf { include_pdf });
        }
        for (said, place) in validity {
            match said {
                ValiditySaid::Until(day) => {
                    self.sheet.understood(self.said(place), format!("valid until {day}"), "as said");
                    self.sheet.make(Change::SetValidUntil { valid_until: Some(day) });
                }
                ValiditySaid::Refused(why) => {
                    let said = self.said(place);
                    self.sheet.answer(format!("I did not take “{said}”: {why}"));
                }
            }
        }
        if let Some(place) = programs.first() {
            let said = self.said(*place);
            self.sheet.answer(format!(
                "“{said}” is not set by chat: a line's program follows from the programs the customer takes part in \
                 for that school year and from the item; they are on the customer's page"
            ));
        }
        notes.into_iter().for_each(|note| self.note(note));
        // “Hold pricing firm at 2% above last year”: what it moves by says more.
        let rules = |price: &PriceSaid| match price.meant {
            PriceMeant::Rule(rule) if !matches!(rule, PriceRule::Given(_)) => Some(rule),
            _ => None,
        };
        let firm = |pair: &[Placed<PriceSaid>]| {
            let near = pair[1].1.0.saturating_sub(pair[0].1.1) <= 1;
            let moved = matches!(rules(&pair[1].0), Some(PriceRule::Moved { .. }));
            near && moved && rules(&pair[0].0) == Some(PriceRule::LastYear)
        };
        let prices = match prices.windows(2).position(firm) {
            Some(at) => {
                prices.into_iter().enumerate().filter(|(place, _)| *place != at).map(|(_, p)| p).collect()
            }
            None => prices,
        };
        self.message_rule = prices.iter().find_map(|(price, _)| rules(price));
        self.message_rule =
            self.message_rule.or_else(|| prices.iter().find_map(|(price, _)| self.of_year(price)));
        self.message_rule = self.message_rule.filter(|rule| check_price(rule).is_ok());
        let mut usual = narrowed(usual);
        // “Beef, what they had last year”, where it was asked which: that tells why.
        let tells = |(said, (from, _)): &(UsualSaid, (usize, usize))| {
            said.category.is_none() && said.who.is_none() && word(self.tokens, *from) == "what"
        };
        if !self.answered.is_empty() && usual.iter().all(tells) {
            usual.clear();
        }
        let before = self.sheet.out.changes.len();
        // “Same as last year but drop the muffins”: the muffins are there only once the usual is.
        let usual_at = usual.first().map_or(usize::MAX, |(_, (from, _))| *from);
        let (late, early): (Vec<Mention>, Vec<Mention>) =
            mentions.into_iter().partition(|mention| mention.words.first().is_some_and(|&at| at > usual_at));
        // What waited for the customer or the year was said before all of this.
        let waited = self.sheet.added.len();
        self.add_usual()?;
        self.sheet.usual = self.sheet.added[waited..].to_vec();
        self.propose(&early)?;
        for (said, place) in usual.into_iter().take(USUAL_LIMIT) {
            let said_words = self.said(place);
            let price = self.message_rule.unwrap_or(self.sheet.default_price);
            self.deferred.push(Deferred::Usual { category: said.category, price, said: said_words });
        }
        let by_name = self.sheet.added.len();
        self.add_usual()?;
        let came = self.sheet.added[by_name..].to_vec();
        self.sheet.usual.extend(came);
        let late = self.kept_only(late)?;
        self.propose(&late)?;
        let nothing_added = self.sheet.added.is_empty() && self.deferred.is_empty();
        self.exempt(&exempt)?;
        self.priced_here(before);
        let touched = self.sheet.out.changes.len() > before;
        for (price, place) in prices {
            self.price(&price, place, nothing_added, touched)?;
        }
        Ok(())
    }

    /// “Everything +3%. Do the craisins at 41.50”: lines of which this message says a price by themselves.
    fn priced_here(&mut self, before: usize) {
        let usual = self.message_rule.unwrap_or(self.sheet.default_price);
        let own = self.sheet.out.changes[before..].iter().filter_map(|change| match change {
            Change::SetPrice { line_id, .. } => Some(line_id),
            Change::AddLine { line_id, price, .. } if *price != usual => Some(line_id),
            _ => None,
        });
        let own: Vec<LineId> = own.cloned().collect();
        self.exempt.extend(own);
    }

    /// “They'd like 26-27 pricing”: where no year is said otherwise, that is the one quoted.
    fn year_priced(
        &self,
        mut years: Vec<Placed<YearSaid>>,
        prices: Vec<Placed<PriceSaid>>,
    ) -> (Vec<Placed<YearSaid>>, Vec<Placed<PriceSaid>>) {
        let now = SchoolYear::containing(self.today).ok();
        let quoted = |price: &PriceSaid| match price.meant {
            PriceMeant::OfYear(year) if Some(year) >= now => Some(year),
            _ => None,
        };
        if self.sheet.year.is_some() || !years.is_empty() {
            return (years, prices);
        }
        let (of_year, prices): (Vec<_>, Vec<_>) =
            prices.into_iter().partition(|(price, _)| quoted(price).is_some());
        years.extend(of_year.into_iter().filter_map(|(price, place)| {
            Some((YearSaid::Is(quoted(&price)?, WRITTEN_OUT.to_owned()), place))
        }));
        (years, prices)
    }

    fn propose(&mut self, mentions: &[Mention]) -> Result<(), LookupError> {
        let mut place = 0;
        while let Some(mention) = mentions.get(place) {
            // “Subject: bread order” orders no bread.
            if self.is_subject(mention) {
                self.sheet.puzzled(&mention.said(self.tokens).join(" "));
                place += 1;
                continue;
            }
            if mention.heading && self.heading(mention)? {
                place += 1;
                continue;
            }
            // “Not bulk, the wrapped ones”: what follows is to be.
            if let Some(meant) = self.rather(mention, &mentions[place + 1..]) {
                let gone = mention.said(self.tokens);
                if let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &gone)?
                    && let [id] = &ids[..]
                {
                    self.sheet.focus = Some(id.clone());
                }
                self.proposing().propose(&meant, &[])?;
                place += 2;
                continue;
            }
            if self.drops_all_but(mention, &mentions[place + 1..])? {
                place += 2;
                continue;
            }
            if let Some((one, other)) = self.two_in_one(mention)? {
                self.proposing().propose(&one, &[])?;
                self.proposing().propose(&other, &mentions[place + 1..])?;
                place += 1;
                continue;
            }
            if self.leaves_price(mention) {
                place += 1;
                continue;
            }
            if self.picks_counted(mention)? {
                place += 1;
                continue;
            }
            if let Some(meant) = self.said_again(mention, &mentions[place + 1..])? {
                place += 1 + self.proposing().propose(&meant, &mentions[place + 2..])?;
                place += 1;
                continue;
            }
            if self.heads(mention, &mentions[place + 1..])? || self.answers_asked(mention)? {
                place += 1;
                continue;
            }
            place += 1 + self.proposing().propose(mention, &mentions[place + 1..])?;
        }
        self.sheet.answered_below();
        let done = std::mem::take(&mut self.picked);
        let mut at = 0;
        self.open.retain(|_| {
            at += 1;
            !done.contains(&(at - 1))
        });
        Ok(())
    }

    /// Whether the words are of a mail's subject and count nothing.
    fn is_subject(&self, mention: &Mention) -> bool {
        let Some(subject) = &self.subject else { return false };
        let numbered = |&at: &usize| self.tokens[at].is_number();
        mention.count.is_none()
            && !mention.words.is_empty()
            && !mention.words.iter().any(numbered)
            && mention.words.iter().all(|&at| subject.contains(&self.tokens[at].from))
    }

    /// What is meant where the first words say what is not.
    fn rather(&self, mention: &Mention, next: &[Mention]) -> Option<Mention> {
        // “She changed her mind on the rotini, wants elbows.”
        let says = |known: &[&str]| mention.words.iter().any(|&at| known.contains(&word(self.tokens, at)));
        let changed = says(&["mind"]) && says(&["on", "about"]) && says(&["changed", "change", "changing"]);
        if let Some(meant) = next.first().filter(|_| changed && !self.sheet.lines.is_empty()) {
            let plain = matches!(meant.verb, None | Some(Verb::Add)) && meant.price.is_none();
            let named = meant.words.iter().any(|&at| !says_little(word(self.tokens, at)));
            let back = meant.words.iter().any(|&at| matches!(word(self.tokens, at), "back" | "off" | "out"));
            if plain && named && !back && meant.count.is_none() && !meant.negated {
                return Some(Mention { correction: true, verb: None, ..meant.clone() });
            }
        }
        let first = mention.words.first().is_some_and(|&at| at <= 2);
        let meant = next.first().filter(|_| first && mention.negated && self.sheet.focus.is_some())?;
        let plain = meant.joined && meant.count.is_none() && !meant.words.is_empty();
        plain.then(|| Mention { negated: false, correction: true, verb: None, ..meant.clone() })
    }

    /// Take a heading for what follows it (“pizza: 30 sausage”). Whether it can be one.
    fn heading(&mut self, mention: &Mention) -> Result<bool, LookupError> {
        let parts = self.proposing().take_apart(mention)?;
        // “10412: 120” is a line; a code heads nothing.
        let text = parts.text;
        let named = !text.is_empty() && parts.codes.is_empty();
        let heads = named && self.proposing().named(&text)? != Found::None;
        if heads {
            self.heading = Some(text);
        }
        Ok(heads)
    }

    /// To make changes in the light of what this message says of all prices.
    pub fn proposing(&mut self) -> Proposing<'_, 'a> {
        Proposing {
            tokens: self.tokens,
            catalogue: self.catalogue,
            sheet: &mut self.sheet,
            rule: self.message_rule,
            heading: self.heading.clone(),
        }
    }

    fn note(&mut self, note: NoteSaid) {
        match note {
            NoteSaid::Clear => {
                self.sheet.understood("notes", "erase the notes", "as said");
                self.sheet.make(Change::ClearNotes);
            }
            NoteSaid::Add { from, to } => {
                let start = self.tokens[from].from;
                let end = self.tokens[to - 1].to;
                let text = self.message.get(start..end).unwrap_or_default().trim().to_owned();
                if text.chars().count() > NOTE_LIMIT {
                    self.sheet.answer("A note has at most 1,000 characters; I left it out");
                    return;
                }
                self.sheet.understood(clipped(&text), "a note on the quote", "it follows “note”");
                self.sheet.make(Change::AddNote { text });
            }
        }
    }
}

/// The wishes for the usual, each with what narrows it.
fn narrowed(usual: Vec<(UsualSaid, (usize, usize))>) -> Vec<(UsualSaid, (usize, usize))> {
    let mut out: Vec<(UsualSaid, (usize, usize))> = Vec::new();
    for (said, place) in usual {
        match out.last_mut() {
            Some((wish, _)) if said.narrows && wish.category.is_none() => wish.category = said.category,
            // “Their breakfast items again, same as last year” is one wish.
            Some((wish, _)) if wish.category.is_some() && said.category.is_none() && said.who.is_none() => {}
            _ => out.push((said, place)),
        }
    }
    out
}
