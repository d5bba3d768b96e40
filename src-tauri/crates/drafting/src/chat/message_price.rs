//! Prices said of the whole message, or of all lines.
//!
//! Owns which lines such a price reaches: new lines follow it from the start, lines that were there only
//! when it is said of all.

use domain::LineId;

use crate::chat::catalogue::LookupError;
use crate::chat::grammar::{PriceMeant, PriceSaid};
use crate::chat::interpret::Reading;
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::pricing::why_of;
use crate::chat::question::{Deferred, Slot};
use crate::chat::token::{Token, word};
use crate::chat::wording::clipped;
use crate::document::{Change, PriceRule};

impl Reading<'_> {
    /// The rule that a named year's prices are, when the quoted year is known.
    pub fn of_year(&self, price: &PriceSaid) -> Option<PriceRule> {
        let PriceMeant::OfYear(year) = price.meant else { return None };
        let quoted = self.sheet.year?;
        if quoted == year {
            return Some(PriceRule::List);
        }
        (quoted.previous() == Some(year)).then_some(PriceRule::LastYear)
    }

    /// A price said of the whole message, or of all lines.
    pub fn price(
        &mut self,
        price: &PriceSaid,
        place: (usize, usize),
        nothing_added: bool,
        touched: bool,
    ) -> Result<(), LookupError> {
        let said = self.said(place);
        let rule = match price.meant {
            PriceMeant::Rule(rule) => Some(rule),
            _ => self.of_year(price),
        };
        if let Some(rule) = rule
            && price.wide
            && !matches!(rule, PriceRule::Given(_))
            && rule != self.sheet.default_price
        {
            let why = why_of(rule);
            self.sheet.understood(said.clone(), format!("{} for all lines", rule.in_words()), why);
            // Said of all, it is of the lines there are; before there is any, of those to come.
            if self.sheet.lines.is_empty() {
                self.sheet.make(Change::SetDefaultPrice { price: rule });
            }
            self.reprice_open(rule);
        }
        let given = matches!(rule, Some(PriceRule::Given(_)));
        if let Some(rule) = rule
            && !price.wide
            && self.sheet.added.is_empty()
            && self.reprice_asked(rule)
        {
            self.sheet.understood(said, format!("{} for it", rule.in_words()), why_of(rule));
            return Ok(());
        }
        let exempt = self.exempt.clone();
        // A price somebody typed stands unless all lines are named.
        let stands =
            |kept: PriceRule| price.wide && !price.all && !given && matches!(kept, PriceRule::Given(_));
        let lines = self.sheet.lines.iter().filter(|line| !stands(line.price) && !exempt.contains(&line.id));
        let every: Vec<_> = lines.map(|line| line.id.clone()).collect();
        let target = if price.all || price.wide && nothing_added {
            every
        } else if rule.is_some() && !given && !nothing_added {
            // New lines were made with this rule already, but for those that were picked before it was read.
            self.answered.clone()
        } else if !self.sheet.added.is_empty()
            && rule.is_none()
            && !matches!(price.meant, PriceMeant::PerUnit(..))
        {
            // Said once for the message, it is of all its lines.
            self.sheet.added.clone()
        } else if given && !self.sheet.usual.is_empty() && self.sheet.usual == self.sheet.added {
            // “The usual pizza order at 41.85.”
            self.sheet.added.clone()
        } else if !self.sheet.added.is_empty() {
            let last = self.sheet.added.last().cloned();
            last.into_iter().collect()
        } else if let Some(asked) = self.lines_asked().filter(|_| given) {
            // “31.50 case”, where it was asked what a pound comes to.
            asked
        } else if every.len() == 1 || touched || self.sheet.pointed || given && self.points(place) {
            self.sheet
                .focus
                .clone()
                .filter(|focus| self.sheet.line(focus).is_some())
                .or(every.first().cloned())
                .into_iter()
                .collect()
        } else if let Some(moved) = rule.and_then(|rule| self.moved_before(rule)) {
            moved
        } else if rule.is_some() && !given && !every.is_empty() && said.contains("year") {
            every
        } else if matches!(price.meant, PriceMeant::Undirected(..)) && !every.is_empty() {
            // “At 4%”, said of nothing else: which way is asked, of all.
            every
        } else if every.is_empty() {
            if !price.wide {
                self.sheet.answer(format!("There is no line yet for “{said}”; say which item"));
            }
            Vec::new()
        } else {
            let mention = Mention { price: Some(price.clone()), ..Mention::default() };
            self.proposing().propose(&mention, &[])?;
            return Ok(());
        };
        if target.is_empty() && rule.is_some() {
            return Ok(());
        }
        let held =
            PriceSaid { meant: rule.map_or_else(|| price.meant.clone(), PriceMeant::Rule), ..price.clone() };
        self.proposing().set_price(Some(&held), &target, &said);
        Ok(())
    }

    /// The lines of the one price that is asked about.
    fn lines_asked(&self) -> Option<Vec<LineId>> {
        let mut asked = self.open.iter().filter(|question| question.slot == Slot::Price);
        let (question, None) = (asked.next()?, asked.next()) else { return None };
        let of = |change: &Change| match change {
            Change::SetPrice { line_id, .. } => Some(line_id.clone()),
            _ => None,
        };
        let lines: Vec<LineId> = question.choices.first()?.changes.iter().filter_map(of).collect();
        (!lines.is_empty() && lines.iter().all(|line| self.sheet.line(line).is_some())).then_some(lines)
    }

    /// “Make it 22.10 a case”: of the line that is spoken of.
    fn points(&self, (from, to): (usize, usize)) -> bool {
        let spoken = self.sheet.focus.as_ref().is_some_and(|focus| self.sheet.line(focus).is_some());
        let it = |token: &Token| matches!(token.norm.as_str(), "it" | "that" | "this");
        spoken && self.tokens[from..to].iter().any(it)
    }

    /// “Nvm, 3% over last year”: where some prices are moved and others are not, the moved ones.
    fn moved_before(&self, rule: PriceRule) -> Option<Vec<LineId>> {
        let corrects = matches!(
            word(self.tokens, 0),
            "nvm" | "never" | "nevermind" | "no" | "actually" | "wait" | "sorry" | "scratch" | "oops"
        );
        let moves = |rule: PriceRule| matches!(rule, PriceRule::Moved { .. });
        let moved = self.sheet.lines.iter().filter(|line| moves(line.price));
        let moved: Vec<LineId> = moved.map(|line| line.id.clone()).collect();
        (corrects && moves(rule) && !moved.is_empty()).then_some(moved)
    }

    /// “Except the wings”: lines that a price said of all leaves alone.
    pub fn exempt(&mut self, mentions: &[Mention]) -> Result<(), LookupError> {
        for mention in mentions {
            let words: Vec<&str> = mention.said(self.tokens);
            let meant = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?;
            match meant {
                Lines::These(ids) => self.exempt.extend(ids),
                _ => self.sheet.answer(format!("No line of the draft is “{}”", clipped(&words.join(" ")))),
            }
        }
        Ok(())
    }

    /// The one item that is asked about in this message is to have this price. Whether there is one.
    fn reprice_asked(&mut self, rule: PriceRule) -> bool {
        let mut asked: Vec<_> =
            self.sheet.out.questions.iter_mut().filter(|question| question.slot == Slot::Item).collect();
        let [question] = &mut asked[..] else { return false };
        let mut found = false;
        for change in question.choices.iter_mut().flat_map(|choice| &mut choice.changes) {
            if let Change::AddLine { price, .. } = change {
                (*price, found) = (rule, true);
            }
        }
        found
    }

    /// Lines that still wait for an answer follow a price said of all.
    fn reprice_open(&mut self, rule: PriceRule) {
        let waiting = self.open.iter_mut().chain(&mut self.sheet.out.questions);
        for change in
            waiting.flat_map(|question| &mut question.choices).flat_map(|choice| &mut choice.changes)
        {
            if let Change::AddLine { price, .. } = change
                && !matches!(price, PriceRule::Given(_))
            {
                *price = rule;
            }
        }
        for Deferred::Usual { price, .. } in &mut self.deferred {
            *price = rule;
        }
    }
}
