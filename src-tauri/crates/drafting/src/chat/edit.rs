//! Changes to lines that are there: drop, put back, change, correct.
//!
//! Owns what each does with the lines it names. A line that is not told apart from others is asked about.

use domain::LineId;

use crate::chat::catalogue::{Item, LookupError};
use crate::chat::grammar::{CountSaid, Verb, whole_cases};
use crate::chat::lines::{self, Lines};
use crate::chat::mention::Mention;
use crate::chat::parts::Parts;
use crate::chat::propose::Proposing;
use crate::chat::question::{CHOICE_LIMIT, Question, Slot};
use crate::chat::resolve::{self, Found};
use crate::chat::score::PERFECT;
use crate::chat::sheet::Sheet;
use crate::chat::shorthand::terms;
use crate::chat::small_words::says_little;
use crate::chat::swap::is_parting;
use crate::chat::thing;
use crate::chat::token::whole;
use crate::chat::wording::{clipped, item_choice, which};
use crate::document::{Change, DraftLine, PriceRule};

/// The most lines, the last first, that are looked through for one like what is said: each costs a recall.
const LOOKED_THROUGH: usize = 20;

impl Proposing<'_, '_> {
    /// Take lines off.
    pub fn drop(&mut self, mention: &Mention, said: &str) -> Result<(), LookupError> {
        let words = self.words(mention);
        let away = |word: &&str| matches!(word.to_lowercase().as_str(), "back" | "off" | "out" | "please");
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !away(word)).collect();
        let points =
            words.iter().all(|word| matches!(word.to_lowercase().as_str(), "that" | "it" | "those" | "them"));
        let asked = self.sheet.out.questions.last().is_some_and(|question| question.slot == Slot::Item);
        if points && asked && self.sheet.raised_at == self.sheet.out.understood.len() {
            // “And applesauce... no, skip that”: what was just asked about.
            self.sheet.out.questions.pop();
            self.sheet.raised_at = usize::MAX;
            self.sheet.understood(said, "left out", "it was only asked about");
            return Ok(());
        }
        match lines::meant(self.catalogue, &self.sheet.lines, self.sheet.focus.as_ref(), &words)? {
            Lines::These(ids) if !ids.is_empty() => {
                for line_id in ids {
                    let gone = self.sheet.line(&line_id).cloned();
                    let label = gone.as_ref().map_or_else(String::new, |line| line.item_code.to_string());
                    self.sheet.understood(said, format!("take {label} off"), "it is a line of the draft");
                    self.sheet.make(Change::RemoveLine { line_id });
                    self.takes_its_place(gone)?;
                }
            }
            // “Scratch the cups.”
            Lines::OneOf(ids)
                if words.last().is_some_and(|word| is_many(word))
                    && !words.iter().any(|word| word.eq_ignore_ascii_case("one")) =>
            {
                for line_id in ids {
                    let label =
                        self.sheet.line(&line_id).map_or_else(String::new, |line| line.item_code.to_string());
                    self.sheet.understood(said, format!("take {label} off"), "each of them is called so");
                    self.sheet.make(Change::RemoveLine { line_id });
                }
            }
            Lines::OneOf(ids) => {
                let of = |id: &LineId| vec![Change::RemoveLine { line_id: id.clone() }];
                self.ask_line(said, &ids, of)?;
            }
            _ => {
                // “Salsa?? No, forget salsa.”
                let gone = terms(
                    &words
                        .iter()
                        .copied()
                        .filter(|word| !says_little(&word.to_lowercase()))
                        .collect::<Vec<_>>()
                        .join(" "),
                );
                let asked = |question: &Question| {
                    question.slot == Slot::Item
                        && question
                            .asked
                            .as_deref()
                            .is_some_and(|asked| !gone.is_empty() && terms(asked) == gone)
                };
                let before = self.sheet.out.questions.len();
                self.sheet.out.questions.retain(|question| !asked(question));
                if self.sheet.out.questions.len() < before {
                    self.sheet.understood(said, "left out", "it was only asked about");
                } else {
                    self.sheet.answer(format!("No line of the draft is “{}”", clipped(said)));
                }
            }
        }
        Ok(())
    }

    /// “Turkey taco meat, no beef”: what this message added without a count has that of the one taken off for it.
    fn takes_its_place(&mut self, gone: Option<DraftLine>) -> Result<(), LookupError> {
        let Some(gone) = gone.filter(|gone| !self.sheet.added.contains(&gone.id)) else { return Ok(()) };
        let new = self.sheet.added.last().and_then(|id| self.sheet.line(id)).cloned();
        let (Some(new), Some(quantity)) = (new.filter(|new| new.quantity.is_none()), gone.quantity) else {
            return Ok(());
        };
        let facts = lines::facts(self.catalogue, &[gone.clone(), new.clone()])?;
        if let [one, other] = &facts[..]
            && thing::is_alike(one, other)
        {
            self.sheet.make(Change::SetQuantity { line_id: new.id.clone(), quantity });
            if new.price == PriceRule::List && gone.price != PriceRule::List {
                self.sheet.make(Change::SetPrice { line_id: new.id, price: gone.price });
            }
        }
        Ok(())
    }

    /// Put removed lines back.
    pub fn restore(&mut self, mention: &Mention, said: &str) -> Result<(), LookupError> {
        let words = self.words(mention);
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !is_return(word)).collect();
        let last = self.sheet.removed.last().map(|line| line.id.clone());
        match lines::meant(self.catalogue, &self.sheet.removed, last.as_ref(), &words)? {
            Lines::These(ids) if !ids.is_empty() => {
                for line_id in ids {
                    self.sheet.understood(said, "put it back", "it had been taken off");
                    self.sheet.make(Change::RestoreLine { line_id });
                }
            }
            Lines::OneOf(ids) => {
                let removed = self.sheet.removed.clone();
                let facts = lines::facts(self.catalogue, &removed)?;
                let choices = ids.iter().take(CHOICE_LIMIT).filter_map(|id| {
                    let line = removed.iter().find(|line| line.id == *id)?;
                    let item = facts.iter().find(|item| item.code == line.item_code)?;
                    Some(item_choice(item, vec![Change::RestoreLine { line_id: id.clone() }]))
                });
                let choices = choices.collect();
                self.sheet.ask(Slot::Line, which("line", said, ids.len(), false), choices);
            }
            _ => self.sheet.answer(format!("No line like “{}” was taken off", clipped(said))),
        }
        Ok(())
    }

    /// Change the count or the price of lines.
    pub fn change(&mut self, mention: &Mention, said: &str) -> Result<(), LookupError> {
        let parts = self.take_apart(mention)?;
        let same = parts.count == Some(CountSaid::Same);
        let parted = self.words(mention).iter().any(|word| is_parting(&word.to_lowercase()));
        let uncounted = parts.count.is_none() || same && parted;
        if uncounted && mention.price.is_none() && parts.price.is_none() {
            // “Change omelets to the egg patty”, “make them the baked ones”.
            return if parted {
                self.replace(mention, said)
            } else if parts.text.is_empty() {
                self.sheet.puzzled(said);
                Ok(())
            } else if let Some((line, make)) = self.line_remade(mention)? {
                self.swap(&line, &make, said)
            } else if self.points_elsewhere(mention, &parts.text)? {
                self.sheet.puzzled(said);
                Ok(())
            } else {
                self.correct(mention, said)
            };
        }
        let words = self.words(mention);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some((lines, count)) = self.lines_counted(&words) {
            let parts = Parts { count: Some(whole_cases(count, false)), ..Parts::default() };
            return self.set(mention, &parts, Lines::These(lines), said);
        }
        if parts.text.is_empty() {
            words.retain(|word| {
                matches!(
                    word.to_lowercase().as_str(),
                    "that" | "it" | "this" | "them" | "all" | "each" | "both"
                )
            });
        } else {
            words = parts.text.split(' ').collect();
        }
        let target = match self.those(mention).filter(|_| parts.text.is_empty()) {
            Some(those) => those,
            None => lines::meant(self.catalogue, &self.sheet.lines, self.sheet.focus.as_ref(), &words)?,
        };
        // “Call it 110”: the one line that waits for its count.
        let mut open = self.sheet.lines.iter().filter(|line| line.quantity.is_none());
        let waits = open.next().filter(|_| open.next().is_none()).map(|line| line.id.clone());
        let it = parts.text.is_empty() && matches!(words[..], ["it"]);
        let target = match waits {
            Some(line) if it && parts.count.is_some() => Lines::These(vec![line]),
            _ => target,
        };
        // “Make the tso 45 n 20 teriyaki”: what is no line yet is added.
        let more = mention.joined && parts.count.is_some() && target == Lines::None;
        if more
            && !parts.text.is_empty()
            && let Some(CountSaid::Cases { count, more }) = parts.count
            && let found @ Found::Several(..) = self.named(&parts.text)?
            && let Some(taken) = self.shared_head(&parts.text, &found, &[], true)?
        {
            // “Make it 40 cheese, 20 beef.”
            return self.put(mention, &taken.it, Some((count, more)), said, &taken.why);
        }
        if more && !parts.text.is_empty() {
            let added = Mention { verb: Some(Verb::Add), ..mention.clone() };
            return self.item(&added, &[]).map(|_| ());
        }
        self.set(mention, &parts, target, said)
    }

    /// “Make those 25”: the lines that came together with the message before.
    pub fn those(&self, mention: &Mention) -> Option<Lines> {
        // “22 of those” is of the one that is spoken of.
        let of = |at: usize| at.checked_sub(1).is_some_and(|before| self.tokens[before].norm == "of");
        let those = mention
            .words
            .iter()
            .any(|&at| matches!(self.tokens[at].norm.as_str(), "those" | "these") && !of(at));
        // “Foam trays 300 too, those at list”: what this message added.
        if those && !self.sheet.added.is_empty() && mention.price.is_some() {
            return Some(Lines::These(self.sheet.added.clone()));
        }
        let together = self.sheet.together.iter().filter(|line| self.sheet.line(line).is_some());
        let together: Vec<LineId> = together.cloned().collect();
        (those && together.len() > 1).then_some(Lines::These(together))
    }

    /// “Make the cheese the wickford”: the line the first words mean, and what the others make of it.
    fn line_remade(&self, mention: &Mention) -> Result<Option<(DraftLine, String)>, LookupError> {
        let words = self.words(mention);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let the = words.iter().rposition(|word| word.eq_ignore_ascii_case("the")).filter(|the| *the > 0);
        let Some(the) = the.filter(|the| the + 1 < words.len()) else { return self.line_made(&words) };
        let told = |word: &&&str| !says_little(&word.to_lowercase()) && !word.eq_ignore_ascii_case("instead");
        let make = words[the + 1..].iter().filter(told);
        let make = make.copied().collect::<Vec<_>>().join(" ");
        let lines = lines::meant(self.catalogue, &self.sheet.lines, None, &words[..the])?;
        let Lines::These(ids) = lines else { return Ok(None) };
        let [id] = &ids[..] else { return Ok(None) };
        let Some(line) = self.sheet.line(id).cloned() else { return Ok(None) };
        let facts = lines::facts(self.catalogue, std::slice::from_ref(&line))?;
        let Some(old) = facts.first() else { return Ok(None) };
        let found = resolve::item_instead(self.catalogue, old, &make)?;
        Ok((!make.is_empty() && found != Found::None).then_some((line, make)))
    }

    /// “Make the american white”: the first words are a line, and the last what it is to be.
    fn line_made(&self, words: &[&str]) -> Result<Option<(DraftLine, String)>, LookupError> {
        let [the, rest @ ..] = words else { return Ok(None) };
        if !the.eq_ignore_ascii_case("the") {
            return Ok(None);
        }
        for parting in (1..rest.len()).rev() {
            let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &rest[..parting])?
            else {
                continue;
            };
            let [id] = &ids[..] else { continue };
            let Some(line) = self.sheet.line(id).cloned() else { continue };
            let facts = lines::facts(self.catalogue, std::slice::from_ref(&line))?;
            let Some(old) = facts.first() else { continue };
            let make = rest[parting..].join(" ");
            let fits = resolve::fit_item(&terms(&make), old).unread.is_empty();
            if let Found::One(taken) = resolve::item_instead(self.catalogue, old, &make)?
                && !fits
                && thing::is_same_thing(old, &taken.it)
            {
                return Ok(Some((line, make)));
            }
        }
        Ok(None)
    }

    /// “Make the empanadas”: what is to be made of them is not said, and the line spoken of is something else.
    fn points_elsewhere(&self, mention: &Mention, text: &str) -> Result<bool, LookupError> {
        let the = mention.words.first().is_some_and(|&at| self.tokens[at].norm == "the");
        let spoken = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus));
        let Some(line) = spoken.filter(|_| the) else { return Ok(false) };
        let facts = lines::facts(self.catalogue, std::slice::from_ref(line))?;
        let Some(old) = facts.first() else { return Ok(false) };
        Ok(match self.named(text)? {
            Found::One(taken) => taken.head && !thing::is_same_thing(old, &taken.it),
            Found::Several(items, false) => {
                thing::is_thing(text, &items) && !items.iter().any(|item| thing::is_same_thing(old, item))
            }
            _ => false,
        })
    }

    /// “Change the 60 to 75”, “cut both of the 120s to 100”: the lines that have the first count.
    fn lines_counted(&self, words: &[&str]) -> Option<(Vec<LineId>, u64)> {
        let to = words.iter().position(|word| word.eq_ignore_ascii_case("to"))?;
        let count = whole(words.get(to.checked_sub(1)?)?.trim_end_matches('s'))?;
        let little = words[..to - 1].iter().all(|word| says_little(&word.to_lowercase()));
        let count = u32::try_from(count).ok().filter(|_| little && to > 0)?;
        let lines = self.sheet.lines.iter().filter(|line| line.quantity == Some(count));
        let lines: Vec<LineId> = lines.map(|line| line.id.clone()).collect();
        let many = words.iter().any(|word| matches!(word.to_lowercase().as_str(), "both" | "all"));
        let new = whole(words.get(to + 1)?)?;
        (lines.len() == 1 || many && !lines.is_empty()).then_some((lines, new))
    }

    /// Set the count and the price that were said on the lines that were meant.
    pub fn set(
        &mut self,
        mention: &Mention,
        parts: &Parts,
        target: Lines,
        said: &str,
    ) -> Result<(), LookupError> {
        if let Some(CountSaid::Refused(why) | CountSaid::Open(why)) = &parts.count {
            self.sheet.answer(format!("I did not change “{}”: {why}", clipped(said)));
            if let Lines::These(ids) = &target
                && let [id] = &ids[..]
            {
                self.sheet.focus = Some(id.clone());
            }
            return Ok(());
        }
        let typed = parts.price.as_ref().and_then(|text| text.parse().ok()).map(PriceRule::Given);
        let rule = typed.or_else(|| self.said_rule(mention));
        let same_as = match parts.count {
            Some(CountSaid::SameAs(from, to)) => self.line_named(from, to).and_then(|line| line.quantity),
            _ => None,
        };
        let total = |sheet: &Sheet<'_>, id: &LineId| {
            let before = sheet.line(id).and_then(|line| line.quantity);
            match parts.count.as_ref()? {
                CountSaid::Cases { count, more: true } => Some(before.unwrap_or(0).saturating_add(*count)),
                CountSaid::Cases { count, more: false } => Some(*count),
                // Fewer than none is refused, and said, where the count is set.
                CountSaid::Fewer(count) => Some(before.unwrap_or(0).saturating_sub(*count)),
                CountSaid::Times(times) => before.map(|before| before.saturating_mul(*times)),
                CountSaid::Half => before.filter(|before| before % 2 == 0).map(|before| before / 2),
                CountSaid::Same => {
                    let other = sheet.focus.as_ref().filter(|focus| *focus != id);
                    let other = other.and_then(|other| sheet.line(other)).and_then(|line| line.quantity);
                    let waits = sheet.line(id).is_some_and(|line| line.quantity.is_none());
                    let before = sheet.lines.iter().take_while(|line| waits && line.id != *id);
                    other.or_else(|| before.filter_map(|line| line.quantity).last())
                }
                CountSaid::SameAs(..) => same_as,
                CountSaid::Open(_) | CountSaid::Refused(_) => None,
            }
        };
        match target {
            Lines::None => self.sheet.answer(format!("No line of the draft is “{}”", clipped(said))),
            Lines::These(ids) => {
                for id in &ids {
                    if let Some(count) = total(self.sheet, id) {
                        self.set_count(id, count, said);
                    }
                }
                match (typed, mention.price.as_ref()) {
                    (Some(rule), _) => self.set_rule(rule, &ids, said),
                    (None, said_price) => self.set_price(said_price, &ids, said),
                }
            }
            Lines::OneOf(ids) => {
                let changes = |sheet: &Sheet<'_>, id: &LineId| {
                    let quantity = total(sheet, id)
                        .map(|quantity| Change::SetQuantity { line_id: id.clone(), quantity });
                    let price = rule.map(|price| Change::SetPrice { line_id: id.clone(), price });
                    quantity.into_iter().chain(price).collect::<Vec<_>>()
                };
                let all: Vec<Vec<Change>> = ids.iter().map(|id| changes(self.sheet, id)).collect();
                if all.iter().all(Vec::is_empty) {
                    self.sheet.answer("Say which line that price is for");
                    return Ok(());
                }
                let place = |id: &LineId| ids.iter().position(|known| known == id);
                self.ask_line(said, &ids, |id| place(id).map(|at| all[at].clone()).unwrap_or_default())?;
            }
        }
        Ok(())
    }

    fn ask_line(
        &mut self,
        said: &str,
        ids: &[LineId],
        changes: impl Fn(&LineId) -> Vec<Change>,
    ) -> Result<(), LookupError> {
        let facts = lines::facts(self.catalogue, &self.sheet.lines)?;
        let choices = ids.iter().take(CHOICE_LIMIT).filter_map(|id| {
            let line = self.sheet.line(id)?;
            let item = facts.iter().find(|item| item.code == line.item_code)?;
            Some(item_choice(item, changes(id)))
        });
        let choices = choices.collect();
        self.sheet.ask(Slot::Line, which("line", said, ids.len(), false), choices);
        Ok(())
    }

    /// “No, the 96 count”: another item in the place of the last.
    pub fn correct(&mut self, mention: &Mention, said: &str) -> Result<(), LookupError> {
        let parts = self.take_apart(mention)?;
        // “Make the last one sliced.”
        if let Some((place, make)) = parts.text.split_once(' ')
            && lines::ordinal(place).is_some()
            && parts.count.is_none()
            && let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &[place])?
            && let [id] = &ids[..]
            && let Some(line) = self.sheet.line(id).cloned()
        {
            return self.swap(&line, make, said);
        }
        let Some(line) = self.sheet.focus.as_ref().and_then(|focus| self.sheet.line(focus)).cloned() else {
            return self.item(mention, &[]).map(|_| ());
        };
        // “No, the 128”: with “the” before it a number names one like the last.
        let the = mention
            .words
            .windows(2)
            .any(|pair| self.tokens[pair[0]].norm == "the" && whole(&self.tokens[pair[1]].norm).is_some());
        if the
            && parts.text.is_empty()
            && mention.count.is_none()
            && let Some(CountSaid::Cases { count, more: false }) = parts.count
            && let Some(old) = lines::facts(self.catalogue, std::slice::from_ref(&line))?.first()
            && let Found::One(_) = resolve::item_instead(self.catalogue, old, &count.to_string())?
        {
            return self.swap(&line, &count.to_string(), said);
        }
        if parts.text.is_empty() {
            return self.only_numbers(mention, &parts, said);
        }
        // “No, just the taco meat”: that is there.
        let spoken = lines::facts(self.catalogue, std::slice::from_ref(&line))?;
        let is_it = |item: &Item| resolve::fit_item(&terms(&parts.text), item).coverage == PERFECT;
        let nothing_more = parts.count.is_none() && parts.price.is_none() && mention.price.is_none();
        let just = mention.words.iter().any(|&at| matches!(self.tokens[at].norm.as_str(), "just" | "only"));
        if nothing_more && just && spoken.first().is_some_and(is_it) {
            self.sheet.understood(said, format!("{} as it is", line.item_code), "it is already a line");
            return Ok(());
        }
        // “No, back to 26-27.”
        if parts.text == "back" {
            self.sheet.puzzled(said);
            return Ok(());
        }
        // “No chocolate milk this time”: a line of the draft that is not wanted.
        let first = mention.words.first().and_then(|at| at.checked_sub(1));
        let refused = first.is_some_and(|at| self.tokens[at].norm == "no");
        if refused && parts.count.is_none() && parts.price.is_none() && mention.price.is_none() {
            let words: Vec<&str> = parts.text.split(' ').collect();
            if let Lines::These(_) = lines::meant(self.catalogue, &self.sheet.lines, None, &words)? {
                return self.drop(mention, said);
            }
        }
        // “I mean no straight cut fries.”
        if let Some(rest) = parts.text.strip_prefix("no ")
            && nothing_more
            && let words = rest.split(' ').collect::<Vec<_>>()
            && let Lines::These(ids) = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?
        {
            for line_id in ids {
                self.sheet.understood(said, "take it off", "it is a line of the draft");
                self.sheet.make(Change::RemoveLine { line_id });
            }
            return Ok(());
        }
        // “Correction on the soup”: what follows is of that line.
        let names = self.words(mention).first().is_some_and(|word| {
            matches!(word.to_lowercase().as_str(), "on" | "with" | "about" | "regarding")
        });
        if names && parts.count.is_none() && parts.price.is_none() && mention.price.is_none() {
            let words: Vec<&str> = parts.text.split(' ').collect();
            let meant = lines::meant(self.catalogue, &self.sheet.lines, None, &words)?;
            if let Lines::These(ids) = &meant
                && let [id] = &ids[..]
            {
                self.sheet.focus = Some(id.clone());
                return Ok(());
            }
        }
        // “Do the cinnamon waffles instead”: of what was taken off, when it is like that and not like what is spoken of.
        if self.ends_instead(mention) && self.is_like_removed(&line, &parts.text)? {
            return self.item(mention, &[]).map(|_| ());
        }
        // “Sorry, the salsa”: another line is meant.
        if parts.count.is_none()
            && parts.price.is_none()
            && mention.price.is_none()
            && let Some(other) = self.other_line(mention, &line, &parts.text)?
        {
            self.sheet.focus = Some(other);
            return Ok(());
        }
        // “Sorry, 112 cases of beans”: those that are there.
        if mention.count.is_some()
            && let Lines::These(ids) = lines::meant(
                self.catalogue,
                &self.sheet.lines,
                None,
                &parts.text.split(' ').collect::<Vec<_>>(),
            )?
            && let [id] = &ids[..]
            && !matches!(self.named(&parts.text)?, Found::One(_))
        {
            return self.set(mention, &parts, Lines::These(vec![id.clone()]), said);
        }
        // “No wait, 63 on the blueberry.”
        if let Some(spoken) = self.line_spoken_of(mention, &parts)? {
            return self.set(mention, &parts, Lines::These(vec![spoken]), said);
        }
        // “No, the 96 count” describes; “no wait, 24 sweet potato fries” counts.
        let described = match &parts.bare {
            Some(number) => {
                let text = format!("{number} {}", parts.text);
                let found = self.named(&text)?;
                let unsure = matches!(&found, Found::None | Found::Several(_, true))
                    || matches!(&found, Found::One(taken) if !taken.unread.is_empty());
                let plain = self.named(&parts.text)?;
                let counted = matches!(plain, Found::One(ref taken) if taken.unread.is_empty());
                (!(unsure && counted)).then_some(text)
            }
            None => None,
        };
        let text = described.clone().unwrap_or(parts.text);
        let line = match self.line_with_such(&line, &text)? {
            Some(other) if nothing_more || described.is_some() => other,
            _ => line,
        };
        let count = match (&parts.count, &described) {
            (Some(CountSaid::Cases { count, .. }), None) => Some(*count),
            _ => line.quantity,
        };
        let line =
            DraftLine { quantity: count, price: self.said_rule(mention).unwrap_or(line.price), ..line };
        self.swap(&line, &text, said)
    }

    /// “No, the 120 count”, where of the line spoken of there is no such: the one line of which there is.
    fn line_with_such(&self, spoken: &DraftLine, text: &str) -> Result<Option<DraftLine>, LookupError> {
        if self.has_such(spoken, text)? {
            return Ok(None);
        }
        let mut found = Vec::new();
        for line in self.sheet.lines.iter().rev().take(LOOKED_THROUGH) {
            if line.id != spoken.id && self.has_such(line, text)? {
                found.push(line.clone());
            }
        }
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// Whether there is one item like that of a line that has these words.
    fn has_such(&self, line: &DraftLine, text: &str) -> Result<bool, LookupError> {
        let facts = lines::facts(self.catalogue, std::slice::from_ref(line))?;
        let Some(old) = facts.first() else { return Ok(false) };
        Ok(match resolve::item_instead(self.catalogue, old, text)? {
            Found::One(taken) => thing::is_same_thing(old, &taken.it),
            _ => false,
        })
    }

    /// The one line that “the salsa” is, where the line spoken of is another thing.
    fn other_line(
        &self,
        mention: &Mention,
        line: &DraftLine,
        text: &str,
    ) -> Result<Option<LineId>, LookupError> {
        if !self.points_elsewhere(mention, text)? {
            return Ok(None);
        }
        let others: Vec<DraftLine> =
            self.sheet.lines.iter().filter(|other| other.id != line.id).cloned().collect();
        let words: Vec<&str> = text.split(' ').collect();
        Ok(match lines::meant(self.catalogue, &others, None, &words)? {
            Lines::These(mut ids) if ids.len() == 1 => ids.pop(),
            _ => None,
        })
    }

    /// Whether the words name an item like the line taken off last, and unlike this one.
    fn is_like_removed(&self, line: &DraftLine, text: &str) -> Result<bool, LookupError> {
        let Some(removed) = self.sheet.removed.last() else { return Ok(false) };
        let (Some(removed), Some(kept)) = (
            lines::facts(self.catalogue, std::slice::from_ref(removed))?.pop(),
            lines::facts(self.catalogue, std::slice::from_ref(line))?.pop(),
        ) else {
            return Ok(false);
        };
        Ok(match self.named(text)? {
            Found::One(taken) => {
                thing::is_same_thing(&removed, &taken.it) && !thing::is_same_thing(&kept, &taken.it)
            }
            _ => false,
        })
    }
}

/// Whether a word names more than one.
fn is_many(word: &str) -> bool {
    let word = word.to_lowercase();
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// “Back in.”
fn is_return(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "back" | "in" | "on")
}
