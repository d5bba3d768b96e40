//! Prices and moves of prices.
//!
//! Owns their forms: a lead (“hold”, “at”, “up”), a core (an amount, a percentage, last year's, the list)
//! and a tail (“a case”, “over last year”). A per cent without a direction beside an item (`51% WG`)
//! describes it. A price that is not for a case is never converted.

use domain::{Money, Percent, SchoolYear};

use crate::chat::grammar::quantity::is_measure;
use crate::chat::token::{Token, has_decimals, whole, word};
use crate::document::{Base, PriceRule};

/// A price as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceSaid {
    /// What it means.
    pub meant: PriceMeant,
    /// Whether it was said of all prices rather than of one.
    pub wide: bool,
    /// Whether it was said of every line there is, too.
    pub all: bool,
}

/// What a price means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PriceMeant {
    /// A rule.
    Rule(PriceRule),
    /// “Same price”: that of the line spoken of before.
    Same,
    /// “Same price as the cool ranch”: that of the line these tokens name.
    SameAs(usize, usize),
    /// “Current prices”: the list's or last year's, to be asked.
    Current,
    /// The prices of a named school year.
    OfYear(SchoolYear),
    /// A percentage without a direction, to be asked.
    Undirected(Percent, Base),
    /// An amount that is not for a case, and for what it is.
    PerUnit(Money, String),
    /// Nothing more: it belongs to what was said before.
    Told,
    /// No price, and why.
    Refused(String),
}

#[derive(Default)]
struct Lead {
    /// Up is true, down is false.
    rises: Option<bool>,
    holds: bool,
    at: bool,
    price: bool,
    plural: bool,
    all: bool,
    same: bool,
    uses: bool,
}

/// A price at a place.
pub fn read(tokens: &[Token], at: usize) -> Option<(PriceSaid, usize)> {
    // “Same on the patties”, “same for the pepperoni”: the price of what was spoken of before.
    let begins = at == 0 || matches!(word(tokens, at - 1), "," | "." | ";" | "\n" | "!" | "and");
    if begins
        && word(tokens, at) == "same"
        && matches!(word(tokens, at + 1), "on" | "for")
        && matches!(word(tokens, at + 2), "the" | "those" | "that")
    {
        return Some((PriceSaid { meant: PriceMeant::Same, wide: false, all: false }, 2));
    }
    // “Mini waffles 150 same”, “patties 250 same deal”.
    let counted =
        at > 0 && (whole(word(tokens, at - 1)).is_some() || matches!(word(tokens, at - 1), "cases" | "cs"));
    if counted && word(tokens, at) == "same" {
        let deal = usize::from(matches!(word(tokens, at + 1), "deal" | "price" | "thing"));
        if matches!(word(tokens, at + 1 + deal), "" | "," | "." | "\n" | "and" | ";" | "!") {
            return Some((PriceSaid { meant: PriceMeant::Same, wide: false, all: false }, 1 + deal));
        }
    }
    // “… the buns over last year”: it was read with its percentage.
    if is_way(word(tokens, at))
        && let Some((.., end)) = base(tokens, at + 1)
        && (at.saturating_sub(6)..at).any(|place| {
            percentage(tokens, place)
                .is_some_and(|(_, after)| after + 3 <= at && directed_later(tokens, after).is_some())
        })
    {
        return Some((PriceSaid { meant: PriceMeant::Told, wide: false, all: false }, end - at));
    }
    let mut place = at;
    let mut lead = Lead::default();
    while place < at + 8 && lead.take(tokens, place) {
        place += 1;
    }
    let (meant, end) = core(tokens, place, &lead)?;
    let (end, everywhere) = everywhere(tokens, end);
    let said = &tokens[at..end];
    let plural = lead.plural || said.iter().any(|token| matches!(token.norm.as_str(), "prices" | "pricing"));
    let all = lead.all || everywhere;
    Some((PriceSaid { meant, wide: plural || all, all }, end - at))
}

impl Lead {
    fn take(&mut self, tokens: &[Token], at: usize) -> bool {
        match word(tokens, at) {
            "flat" | "held" | "hold" | "holding" | "keep" | "keeping" | "honor" | "match" => {
                self.holds = true
            }
            "at" | "@" => self.at = true,
            // “60 x 37.20”
            "x" | "×"
                if at > 0 && whole(word(tokens, at - 1)).is_some() && has_decimals(word(tokens, at + 1)) =>
            {
                self.at = true
            }
            "price" | "priced" | "cost" => self.price = true,
            "prices" | "pricing" => (self.price, self.plural) = (true, true),
            "whole" | "entire" => (self.all, self.plural) = (true, true),
            "thing" if self.all => {}
            // “Tomato soup at like 43.10.”
            "like" | "about" | "around" | "roughly" if self.at || self.price => {}
            "all" | "both" | "everything" | "lines" => self.all = true,
            // “Everything else list”: what has a price of its own keeps it.
            "else" if self.all => (self.uses, self.plural) = (true, true),
            // “Hold that price.”
            "that" if self.holds && word(tokens, at + 1).starts_with("price") => {}
            "same" => self.same = true,
            "up" | "plus" | "+" | "increase" | "raise" | "bump" | "higher" => self.rises = Some(true),
            "down" | "minus" | "less" | "decrease" | "reduce" | "lower" | "cut" | "drop" | "off"
            | "discount" => {
                self.rises = Some(false);
            }
            // A dash is a sign only when it touches what follows.
            "-" if tokens.get(at + 1).is_some_and(|next| next.from == tokens[at].to) => {
                self.rises = Some(false)
            }
            "use" | "using" | "just" | "back" | "straight" => self.uses = true,
            "with" | "w/" | "w" | "on" | "the" | "their" | "our" | "a" | "an" | "it" | "them" | "to"
            | "of" | "for" | "is" | "are" | "by" | "as" | "from" | ":" | "=" | "every" | "each" | "line"
            | "go" => {}
            _ => return false,
        }
        true
    }
}

fn core(tokens: &[Token], at: usize, lead: &Lead) -> Option<(PriceMeant, usize)> {
    if let Some(found) = percent(tokens, at, lead).or_else(|| amount(tokens, at, lead)) {
        return Some(found);
    }
    // “The price they paid last year”.
    let what = usize::from(word(tokens, at) == "what" && (lead.at || lead.holds || lead.price || lead.uses));
    let paid = match (word(tokens, at + what), word(tokens, at + what + 1)) {
        ("they" | "he" | "she" | "we", "paid" | "had" | "got" | "pay")
            if lead.price || lead.holds || what == 1 =>
        {
            2 + what
        }
        _ => 0,
    };
    let at = at + paid;
    if let Some((base, named, end)) = base(tokens, at) {
        let (meant, after) = moved(tokens, end, base);
        let moves = after > end;
        let before = start_of(tokens, at).checked_sub(1).map_or("", |last| word(tokens, last));
        let alone = (matches!(before, "," | "/" | "|" | "-" | "be" | "cs" | "cases")
            || base == Base::List && whole(before).is_some())
            && matches!(word(tokens, after), "" | "," | "/" | "|" | "\n" | "." | ";");
        // “Boss says list on the string cheese.”
        let on = base == Base::List
            && word(tokens, after) == "on"
            && matches!(word(tokens, after + 1), "the" | "that" | "those" | "it" | "them");
        let said = on || named || lead.price || lead.holds || lead.at || lead.uses || moves || alone;
        return said.then_some((meant, after));
    }
    let priced = matches!(word(tokens, at + 1), "price" | "prices" | "pricing");
    if matches!(word(tokens, at), "current" | "today's" | "existing" | "present") && priced {
        return Some((PriceMeant::Current, at + 2));
    }
    let asked = lead.at || lead.uses || lead.holds || lead.price || word(tokens, at + 1) != "price";
    if let Ok(year) = word(tokens, at).parse::<SchoolYear>()
        && priced
        && asked
    {
        return Some((PriceMeant::OfYear(year), at + 2));
    }
    // “Hold the prices”, “same pricing”: nothing more is said, so those of last year.
    if lead.same && lead.price && !lead.plural && !lead.holds && lead.rises.is_none() {
        let as_other = matches!(word(tokens, at), "as" | "like");
        let others = ["the", "that", "other", "first", "last", "one", "ones", "before"];
        let mut end = at + usize::from(as_other);
        while as_other && end < at + 5 && others.contains(&word(tokens, end)) {
            end += 1;
        }
        // “Same price as the cool ranch”.
        let names = |place: usize| {
            word(tokens, place).starts_with(char::is_alphanumeric)
                && !matches!(word(tokens, place), "and" | "but" | "for" | "please" | "pls" | "then" | "now")
        };
        let named = (end..end + 4).take_while(|&place| names(place)).count();
        let as_the = at > 1 && (word(tokens, at - 1), word(tokens, at - 2)) == ("the", "as");
        if as_the && named > 0 {
            return Some((PriceMeant::SameAs(end, end + named), end + named));
        }
        return Some((PriceMeant::Same, end));
    }
    // “Make both flat”.
    let ends = matches!(word(tokens, at), "" | "," | "." | "\n" | "!" | ";" | "please" | "pls");
    let flat = lead.all && ends && at > 0 && word(tokens, at - 1) == "flat";
    if flat && lead.rises.is_none() {
        return Some((PriceMeant::Rule(PriceRule::LastYear), at));
    }
    let kept = (lead.holds || lead.same) && lead.price && lead.rises.is_none();
    kept.then_some((PriceMeant::Rule(PriceRule::LastYear), at))
}

/// Where what leads to a place begins.
fn start_of(tokens: &[Token], at: usize) -> usize {
    (0..at).rev().take_while(|&place| matches!(word(tokens, place), "the" | "at" | "@")).last().unwrap_or(at)
}

/// “Last year's prices”, “list price”: the base, whether the word price was there, and where it ends.
fn base(tokens: &[Token], at: usize) -> Option<(Base, bool, usize)> {
    let mut place = at + usize::from(matches!(word(tokens, at), "the" | "their"));
    let base = match word(tokens, place) {
        "list" | "book" => Base::List,
        "price" if word(tokens, place + 1) == "list" => {
            return Some((Base::List, true, place + 2));
        }
        "last" | "prior" | "previous" => {
            place += usize::from(word(tokens, place + 1) == "school");
            if !matches!(word(tokens, place + 1), "year" | "year's" | "years" | "yr" | "yr's" | "yrs") {
                return None;
            }
            place += 1;
            Base::LastYear
        }
        _ => return None,
    };
    place += 1;
    // “List is fine.”
    if base == Base::List
        && word(tokens, place) == "is"
        && matches!(word(tokens, place + 1), "fine" | "ok" | "okay" | "good")
    {
        return Some((base, true, place + 2));
    }
    let named = matches!(word(tokens, place), "price" | "prices" | "pricing");
    place += usize::from(named);
    let held = matches!(word(tokens, place), "held" | "flat");
    Some((base, named || held, place + usize::from(held)))
}

/// A base, and the move after it: “last year's prices plus 3%”.
fn moved(tokens: &[Token], end: usize, base: Base) -> (PriceMeant, usize) {
    let mut place = end;
    let mut lead = Lead::default();
    while place < end + 4 && lead.take(tokens, place) {
        place += 1;
    }
    if let Some(rises) = lead.rises
        && let Some((by, after)) = percentage(tokens, place)
    {
        return (directed(by, rises, base), after);
    }
    let rule = if base == Base::List { PriceRule::List } else { PriceRule::LastYear };
    (PriceMeant::Rule(rule), end)
}

/// `3%`, `2.5 percent`: the percentage and where it ends.
fn percentage(tokens: &[Token], at: usize) -> Option<(Result<Percent, String>, usize)> {
    let text = word(tokens, at);
    let signed = matches!(word(tokens, at + 1), "%" | "percent" | "pct");
    // “Up 3 over list”.
    let led = at > 0 && matches!(word(tokens, at - 1), "up" | "down" | "plus" | "minus" | "+");
    let of = matches!(word(tokens, at + 1), "over" | "off" | "above" | "under" | "below")
        && matches!(word(tokens, at + 2), "list" | "last");
    if whole(text).is_none() && !has_decimals(text) || !(signed || led && of) {
        return None;
    }
    let by = text.parse::<Percent>().map_err(|_| format!("“{text}%” is not a percentage that can be used"));
    Some((by, at + 1 + usize::from(signed)))
}

fn directed(by: Result<Percent, String>, rises: bool, from: Base) -> PriceMeant {
    let by = by.and_then(|by| {
        let amount = if rises { by.decimal() } else { -by.decimal() };
        Percent::from_decimal(amount).map_err(|error| error.to_string())
    });
    match by {
        Ok(by) if by <= Percent::whole(-100) => {
            PriceMeant::Refused(format!("a price cannot fall by {}%", -by.decimal()))
        }
        Ok(by) => PriceMeant::Rule(PriceRule::Moved { by, from }),
        Err(why) => PriceMeant::Refused(why),
    }
}

fn percent(tokens: &[Token], at: usize, lead: &Lead) -> Option<(PriceMeant, usize)> {
    let (by, mut place) = percentage(tokens, at)?;
    let before = at.checked_sub(1).map_or("", |last| word(tokens, last));
    let slot = matches!(before, "it" | "that" | "them" | "all" | "everything" | "to");
    let mut rises = lead.rises;
    // “Put 3% on that over last year”.
    let pronoun = matches!(word(tokens, place + 1), "that" | "it" | "them" | "those" | "all" | "everything");
    let over = matches!(word(tokens, place + 2), "over" | "above");
    if matches!(word(tokens, place), "on" | "onto" | "to") && pronoun && over {
        place += 2;
    }
    match word(tokens, place) {
        "up" | "higher" | "more" | "increase" | "over" | "above" | "hike" | "increases" => {
            rises = rises.or(Some(true));
            place += 1;
        }
        "down" | "lower" | "less" | "decrease" | "off" | "under" | "below" | "discount" | "reduction" => {
            rises = rises.or(Some(false));
            place += 1;
        }
        _ => {}
    }
    let mut end = place;
    while end < place + 2
        && matches!(
            word(tokens, end),
            "over" | "on" | "above" | "from" | "off" | "below" | "than" | "of" | "to" | "vs"
        )
    {
        end += 1;
    }
    // “3% on the buns over last year”: which way it goes, and from what, is said after what it is of.
    let after = rises.is_none().then(|| directed_later(tokens, place)).flatten();
    if let Some((way, from)) = after {
        return Some((directed(by, way, from), place));
    }
    let (from, place) = match base(tokens, end) {
        Some((base, _, after)) => (base, after),
        // A move is over what the customer paid unless the list is named.
        None => (Base::LastYear, place),
    };
    match rises {
        Some(rises) => Some((directed(by, rises, from), place)),
        None if lead.at || lead.price || slot => Some(match by {
            Ok(by) => (PriceMeant::Undirected(by, from), place),
            Err(why) => (PriceMeant::Refused(why), place),
        }),
        None => None,
    }
}

/// “… on the buns over last year”: the way and the base that stand after what a percentage is of.
fn directed_later(tokens: &[Token], at: usize) -> Option<(bool, Base)> {
    if word(tokens, at) != "on" || !matches!(word(tokens, at + 1), "the" | "those") {
        return None;
    }
    let way = (at + 3..at + 6).find(|&place| is_way(word(tokens, place)))?;
    let plain = |place: usize| word(tokens, place).starts_with(char::is_alphabetic);
    let (base, ..) = base(tokens, way + 1).filter(|_| (at + 2..way).all(plain))?;
    Some((matches!(word(tokens, way), "over" | "above"), base))
}

/// Words that say which way a price moves from another.
pub fn is_way(word: &str) -> bool {
    matches!(word, "over" | "above" | "off" | "under" | "below")
}

fn amount(tokens: &[Token], at: usize, lead: &Lead) -> Option<(PriceMeant, usize)> {
    // “62 cents a serving.”
    if matches!(word(tokens, at + 1), "cents" | "cent" | "¢")
        && let (Some(unit), end) = per(tokens, at + 2)
        && let Some(Ok(amount)) =
            whole(word(tokens, at)).map(|cents| i64::try_from(cents).map(Money::from_cents))
        && let Ok(amount) = amount
    {
        return Some((PriceMeant::PerUnit(amount, unit), end));
    }
    // “Per serving price 0.46”.
    if let (Some(unit), end) = per(tokens, at)
        && (matches!(word(tokens, end), "price" | "cost")
            || lead.price && matches!(word(tokens, end), "is" | ":" | "="))
    {
        let end = end - usize::from(!matches!(word(tokens, end), "price" | "cost"));
        let amount = end + 1 + usize::from(matches!(word(tokens, end + 1), "is" | ":" | "=" | "of"));
        let amount = amount + usize::from(word(tokens, amount) == "$");
        let money = word(tokens, amount).parse::<Money>().ok().filter(|_| has_decimals(word(tokens, amount)));
        return money.map(|money| (PriceMeant::PerUnit(money, unit), amount + 1));
    }
    let mut place = at;
    let dollar = word(tokens, place) == "$";
    place += usize::from(dollar);
    let inner_minus = dollar && word(tokens, place) == "-";
    place += usize::from(inner_minus);
    let (text, glued) =
        word(tokens, place).split_once('/').map_or((word(tokens, place), None), |(a, b)| (a, Some(b)));
    let decimals = has_decimals(text);
    if !decimals && whole(text).is_none() {
        return None;
    }
    if glued.is_some_and(|unit| unit.starts_with(|c: char| c.is_ascii_digit() || c == '#')) {
        return None;
    }
    place += 1;
    let (unit, end) = match glued {
        Some(unit) => (Some(unit.to_owned()), place),
        None => per(tokens, place),
    };
    // `at 2.15 lb`
    let (unit, end) = match word(tokens, end) {
        "lb" | "#" if unit.is_none() && lead.at && decimals => (Some("lb".to_owned()), end + 1),
        _ => (unit, end),
    };
    // “31.50 case”: no count has cents.
    let cents = text.split_once('.').is_some_and(|(_, cents)| cents.len() == 2);
    let (unit, end) = match word(tokens, end) {
        "case" if unit.is_none() && cents => (Some("case".to_owned()), end + 1),
        _ => (unit, end),
    };
    // “Buns, 50 each”: a whole number of each thing counts cases.
    if unit.as_deref() == Some("each") && !dollar && !decimals && !lead.at && !lead.price {
        return None;
    }
    // “72 even per case”.
    let even = usize::from(unit.is_none() && word(tokens, end) == "even");
    let (unit, end) = if even == 1 { per(tokens, end + 1) } else { (unit, end) };
    let currency = matches!(word(tokens, end), "dollars" | "bucks" | "usd" | "flat");
    let (unit, end) =
        if currency && unit.is_none() { per(tokens, end + 1) } else { (unit, end + usize::from(currency)) };
    let before = at.checked_sub(1).map_or("", |last| word(tokens, last));
    let led = lead.at || (lead.price && before != "of") || matches!(before, "for" | "to");
    let money =
        dollar || currency || unit.is_some() || (led && !matches!(before, "for" | "to")) || lead.price && led;
    // “Pls price 24 gf pizzas”: nothing says that this whole number is money.
    let counts = !dollar && !decimals && unit.is_none() && !currency && !lead.at && {
        let next = word(tokens, end);
        next.starts_with(char::is_alphabetic)
            && !matches!(next, "on" | "for" | "please" | "pls" | "instead" | "now" | "and")
    };
    let described = counts
        || !dollar && (is_measure(word(tokens, end)) || matches!(word(tokens, end), "case" | "cases" | "cs"));
    if described || !(money || decimals && led) {
        return None;
    }
    let signed = inner_minus || before == "-";
    if lead.rises.is_some() && !signed && !matches!(before, "to" | "at" | "@") {
        // “Up $2” moves by an amount, which no rule can hold.
        return Some((
            PriceMeant::Refused("a price moves by a percentage; say the new price instead".to_owned()),
            end,
        ));
    }
    let meant = match text.parse::<Money>() {
        _ if signed => PriceMeant::Refused("a price cannot be negative".to_owned()),
        Ok(amount) if !amount.is_positive() => {
            PriceMeant::Refused("a price must be more than zero".to_owned())
        }
        Ok(amount) => match unit.as_deref() {
            None | Some("case" | "cases" | "cs" | "cse") => PriceMeant::Rule(PriceRule::Given(amount)),
            Some(unit) => PriceMeant::PerUnit(amount, unit.to_owned()),
        },
        Err(error) => PriceMeant::Refused(error.to_string()),
    };
    Some((meant, end))
}

/// `per case`, `a lb`, `/serving`, `each`: the unit and where it ends.
fn per(tokens: &[Token], at: usize) -> (Option<String>, usize) {
    const UNITS: [&str; 20] = [
        "case", "cases", "cs", "cse", "lb", "lbs", "pound", "pounds", "serving", "servings", "srv", "svg",
        "oz", "ounce", "piece", "unit", "gallon", "meal", "portion", "pallet",
    ];
    if matches!(word(tokens, at), "each" | "ea" | "apiece") {
        return (Some("each".to_owned()), at + 1);
    }
    let named = matches!(word(tokens, at), "per" | "a" | "an" | "/" | "the");
    match word(tokens, at + 1) {
        unit if named && UNITS.contains(&unit) => (Some(unit.to_owned()), at + 2),
        _ => (None, at),
    }
}

/// “Across the board”, “on everything”.
fn everywhere(tokens: &[Token], at: usize) -> (usize, bool) {
    match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("across", "the", "board") => (at + 3, true),
        ("all" | "everything", "" | "." | "," | "!" | "\n", _) => (at + 1, true),
        ("all", "of", "it" | "them" | "those") => (at + 3, true),
        ("on" | "for" | "to", "everything", _) => (at + 2, true),
        ("on" | "for" | "to", "all", "lines" | "items") => (at + 3, true),
        ("on" | "for" | "to", "all", "the") => (at + 4.min(tokens.len() - at), true),
        ("on" | "for" | "to", "all", "of") => (at + 4.min(tokens.len() - at), true),
        ("on" | "for" | "to", "all" | "both", _) => (at + 2, true),
        ("on" | "for" | "to", "every", "line" | "item") => (at + 3, true),
        _ => (at, false),
    }
}
