//! From what a draft says to a quote: prices found, programs applied, sums made.
//!
//! Owns how a price rule finds its price and which program covers a line. Must not guess: a line without a
//! price stays without one, and says so.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::{Days, NaiveDate};
use domain::program::ProgramError;
use domain::{
    Company, Customer, CustomerProgram, Flag, FlagKind, Item, ItemCode, LineId, Money, Price, PriceSource,
    Program, ProgramTerms, Quote, QuoteCustomer, QuoteId, QuoteLine, QuoteTotals, SchoolYear,
};
use drafting::document::{Base, DraftLine, DraftView, PriceRule};
use store::{Reader, customer_programs, customers, pricing_master, spec_items};

use crate::error::{Code, DeskError};

/// A draft's line with everything that could be found for it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub line: DraftLine,
    pub item: Option<Rc<Item>>,
    pub list: Option<Rc<Price>>,
    pub last_year: Option<Rc<Price>>,
    /// The latest year, up to the quoted one, in which the customer had a price for it.
    pub last_priced: Option<SchoolYear>,
    pub price: Option<Money>,
    pub source: PriceSource,
}

/// Everything a quote is composed of.
pub(crate) struct Ingredients<'f> {
    pub customer: Customer,
    pub school_year: SchoolYear,
    pub programs: Vec<CustomerProgram>,
    pub lines: &'f [Found],
}

/// What is fixed once, outside the draft.
pub(crate) struct Heading<'a> {
    pub id: &'a QuoteId,
    pub revision_of: Option<&'a QuoteId>,
    pub issued_on: NaiveDate,
    pub prepared_by: &'a str,
    pub company: &'a Company,
}

/// Find the price of every line of a draft; works on half-finished drafts.
pub(crate) fn find_lines(db: &Reader<'_>, view: &DraftView) -> Result<Vec<Found>, DeskError> {
    let codes: Vec<&ItemCode> = view.lines.iter().map(|line| &line.item_code).collect();
    let items = spec_items::of_codes(db, &codes)?;
    let items: HashMap<ItemCode, Rc<Item>> =
        items.into_iter().map(|item| (item.item_code.clone(), Rc::new(item))).collect();
    let (mut lists, mut last_years, mut older) = (HashMap::new(), HashMap::new(), HashMap::new());
    if let (Some(customer), Some(year)) = (&view.customer_id, view.school_year) {
        for price in pricing_master::of_items(db, customer, year, &codes)? {
            let of_year = if price.school_year == year { &mut lists } else { &mut last_years };
            of_year.insert(price.item_code.clone(), Rc::new(price));
        }
        let without = |code: &&ItemCode| !lists.contains_key(*code) && !last_years.contains_key(*code);
        let codes: Vec<&ItemCode> = codes.into_iter().filter(without).collect();
        if !codes.is_empty() {
            older = pricing_master::latest_years(db, customer, year, &codes)?;
        }
    }
    let mut found = Vec::with_capacity(view.lines.len());
    for line in &view.lines {
        let item = items.get(&line.item_code).cloned();
        let list = lists.get(&line.item_code).cloned();
        let last_year = last_years.get(&line.item_code).cloned();
        let near = list.as_ref().or(last_year.as_ref()).map(|price: &Rc<Price>| price.school_year);
        let last_priced = near.or_else(|| older.get(&line.item_code).copied());
        let (price, source) = priced(line.price, list.as_deref(), last_year.as_deref())?;
        found.push(Found { line: line.clone(), item, list, last_year, last_priced, price, source });
    }
    Ok(found)
}

/// Find what there is now of every line of a quote, at the price it is quoted at.
pub(crate) fn find_quoted(db: &Reader<'_>, quote: &Quote) -> Result<Vec<Found>, DeskError> {
    let line = |line: &QuoteLine| DraftLine {
        id: line.line_id.clone(),
        item_code: line.item_code.clone(),
        quantity: Some(line.quantity),
        price: PriceRule::Given(line.case_price),
        note: line.note.clone(),
    };
    let view = DraftView {
        customer_id: Some(quote.customer.id.clone()),
        school_year: Some(quote.school_year),
        lines: quote.lines.iter().map(line).collect(),
        ..DraftView::default()
    };
    find_lines(db, &view)
}

/// The price of a line, and nothing else of it.
pub(crate) fn price_of(
    db: &Reader<'_>,
    view: &DraftView,
    line: &DraftLine,
) -> Result<Option<Money>, DeskError> {
    let asked = |base, wanted: bool| if wanted { listed(db, view, line, base) } else { Ok(None) };
    let from = |base| matches!(line.price, PriceRule::Moved { from, .. } if from == base);
    let list = asked(Base::List, line.price == PriceRule::List || from(Base::List))?;
    let last_year = asked(Base::LastYear, line.price == PriceRule::LastYear || from(Base::LastYear))?;
    Ok(priced(line.price, list.as_ref(), last_year.as_ref())?.0)
}

/// What the price lists say of a line's item.
fn listed(
    db: &Reader<'_>,
    view: &DraftView,
    line: &DraftLine,
    base: Base,
) -> Result<Option<Price>, DeskError> {
    let (Some(customer), Some(year)) = (&view.customer_id, view.school_year) else { return Ok(None) };
    let year = match base {
        Base::List => Some(year),
        Base::LastYear => year.previous(),
    };
    Ok(match year {
        Some(year) => pricing_master::get(db, customer, &line.item_code, year)?,
        None => None,
    })
}

/// Gather a draft that is to become a quote; `lines` are those of the view, found.
///
/// # Errors
/// `draft_incomplete` or `draft_conflict`, with what is missing.
pub(crate) fn gather<'f>(
    db: &Reader<'_>,
    view: &DraftView,
    lines: &'f [Found],
) -> Result<Ingredients<'f>, DeskError> {
    if let Some(conflict) = view.conflicts.first() {
        return Err(DeskError::new(
            Code::DraftConflict,
            format!("two people set {:?} differently, and one value must be chosen", conflict.field),
            "Set the value again; that settles it.",
        ));
    }
    let missing =
        |what: &str, hint: &str| DeskError::new(Code::DraftIncomplete, what.to_owned(), hint.to_owned());
    let customer_id = view.customer_id.as_ref().ok_or_else(|| {
        missing("the draft does not say for which customer it is", "Say it: “for Cedar Falls, IA”.")
    })?;
    let school_year = view.school_year.ok_or_else(|| {
        missing("the draft does not say for which school year it is", "Say it: “for 2026-2027”.")
    })?;
    if view.lines.is_empty() {
        return Err(missing("the draft has no lines", "Add one: “120 cases of 10412”."));
    }
    let customer = customers::get(db, customer_id)?
        .ok_or_else(|| DeskError::not_found("customer", customer_id, "Import it, or choose another."))?;
    let programs = customer_programs::in_force(db, customer_id, school_year)?;
    let mut incomplete = Vec::new();
    for found in lines {
        let code = &found.line.item_code;
        if found.item.is_none() {
            incomplete.push(format!("{code} is not in the catalogue"));
        }
        if found.line.quantity.is_none() {
            incomplete.push(format!("{code} has no number of cases"));
        }
        if found.price.is_none() {
            incomplete
                .push(format!("{code} has no price for {school_year} ({})", found.line.price.in_words()));
        }
    }
    if !incomplete.is_empty() {
        return Err(missing(
            &incomplete.join("; "),
            "Give what is missing, for example “120 cases of 10412 at 41.75”, or drop the line.",
        ));
    }
    let mut priced: HashMap<&ItemCode, Option<Money>> = HashMap::new();
    for found in lines {
        let first = *priced.entry(&found.line.item_code).or_insert(found.price);
        if first != found.price {
            return Err(missing(
                &format!(
                    "{} is on two lines with two prices, and a price list holds one",
                    found.line.item_code
                ),
                "Give both lines one price, or drop one.",
            ));
        }
    }
    Ok(Ingredients { customer, school_year, programs, lines })
}

/// Compose the quote, with what there is to worry about in composing it.
pub(crate) fn compose(
    view: &DraftView,
    ingredients: &Ingredients<'_>,
    heading: &Heading<'_>,
) -> Result<(Quote, Vec<Flag>), DeskError> {
    let mut flags = Vec::new();
    let mut lines = Vec::with_capacity(ingredients.lines.len());
    for (line_no, found) in (1_u32..).zip(ingredients.lines) {
        lines.push(compose_line(line_no, found, &ingredients.programs, &mut flags)?);
    }
    let valid_until = match view.valid_until {
        Some(day) => day,
        None => heading
            .issued_on
            .checked_add_days(Days::new(u64::from(heading.company.validity_days)))
            .unwrap_or(heading.issued_on),
    };
    if valid_until < heading.issued_on {
        return Err(DeskError::new(
            Code::DraftIncomplete,
            format!("the quote could be accepted until {valid_until}, which is over"),
            "Say until when it is valid: “good for 30 days”.",
        ));
    }
    let (price_from, price_to) = price_term(ingredients);
    let totals = QuoteTotals::of(&lines)?;
    let quote = Quote {
        id: heading.id.clone(),
        revision_of: heading.revision_of.cloned(),
        customer: QuoteCustomer::from(&ingredients.customer),
        school_year: ingredients.school_year,
        issued_on: heading.issued_on,
        valid_until,
        price_from,
        price_to,
        lines,
        notes: view.notes.clone(),
        include_pdf: view.include_pdf,
        prepared_by: heading.prepared_by.to_owned(),
        totals,
    };
    Ok((quote, flags))
}

pub(crate) fn compose_line(
    line_no: u32,
    found: &Found,
    programs: &[CustomerProgram],
    flags: &mut Vec<Flag>,
) -> Result<QuoteLine, DeskError> {
    let incomplete = || {
        DeskError::new(
            Code::DraftIncomplete,
            format!("line {line_no} is not complete"),
            "Give its cases and price.",
        )
    };
    let item = found.item.as_ref().ok_or_else(incomplete)?;
    let quantity = found.line.quantity.ok_or_else(incomplete)?;
    let case_price = found.price.ok_or_else(incomplete)?;
    let mut flag = |kind, message: String| flags.push(Flag { kind, line_no: Some(line_no), message });

    let foods: Vec<_> = item.donated_food().into_iter().collect();
    let (program, terms) = match item.df_code.as_deref() {
        Some(df_code) if !foods.is_empty() => covering(programs, df_code, &mut flag),
        _ => (Program::Commercial, ProgramTerms::default()),
    };
    let applied = match program.price(case_price, &foods, &terms) {
        Ok(applied) => applied,
        Err(error @ ProgramError::ValueExceedsPrice { .. }) => {
            flag(FlagKind::DonatedFoodExceedsPrice, format!("{error}; the line is quoted commercially"));
            Program::Commercial.price(case_price, &foods, &terms).map_err(out_of_range)?
        }
        Err(error) => return Err(out_of_range(error)),
    };
    let donated = (applied.program != Program::Commercial).then_some(item);
    Ok(QuoteLine {
        line_no,
        line_id: found.line.id.clone(),
        item_code: item.item_code.clone(),
        description: item.description.clone(),
        brand: item.brand.clone(),
        pack: item.pack.clone(),
        net_weight_lb: item.net_weight_lb,
        servings_per_case: item.servings_per_case,
        serving_size: item.serving_size.clone(),
        cn_number: item.cn_number.clone(),
        netsuite_id: item.netsuite_id.clone(),
        quantity,
        case_price,
        price_source: found.source,
        last_year_price: found.last_year.as_ref().map(|price| price.case_price),
        cost_basis: cost_of(found),
        program: applied.program,
        df_code: donated.and_then(|item| item.df_code.clone()),
        df_lb_per_case: donated.and_then(|item| item.df_lb_per_case),
        df_value: applied.df_value,
        fee: applied.fee,
        net_price: applied.net_price,
        refund: applied.refund,
        extended: applied.net_price.extended(quantity)?,
        note: found.line.note.clone(),
    })
}

/// The cost the quoted year's list knows, else the year before's: a held price has a held cost until a new
/// one is known.
pub(crate) fn cost_of(found: &Found) -> Option<Money> {
    let cost = |price: &Option<Rc<Price>>| price.as_ref().and_then(|price| price.cost_basis);
    cost(&found.list).or_else(|| cost(&found.last_year))
}

fn priced(
    rule: PriceRule,
    list: Option<&Price>,
    last_year: Option<&Price>,
) -> Result<(Option<Money>, PriceSource), DeskError> {
    let of = |price: Option<&Price>, source| match price {
        Some(price) => (Some(price.case_price), source),
        None => (None, PriceSource::Missing),
    };
    Ok(match rule {
        PriceRule::List => of(list, PriceSource::Current),
        PriceRule::LastYear => of(last_year, PriceSource::LastYear),
        PriceRule::Given(amount) => (Some(amount), PriceSource::Given),
        PriceRule::Moved { by, from } => {
            let base = match from {
                Base::List => list,
                Base::LastYear => last_year,
            };
            match base {
                Some(price) => (Some(price.case_price.moved_by(by)?), PriceSource::Moved),
                None => (None, PriceSource::Missing),
            }
        }
    })
}

/// The program that covers a USDA material: one that names it before one that covers everything.
fn covering(
    programs: &[CustomerProgram],
    df_code: &str,
    flag: &mut impl FnMut(FlagKind, String),
) -> (Program, ProgramTerms) {
    let named: Vec<_> =
        programs.iter().filter(|program| program.df_code.as_deref() == Some(df_code)).collect();
    let general: Vec<_> = programs.iter().filter(|program| program.df_code.is_none()).collect();
    let candidates = if named.is_empty() { general } else { named };
    let Some(first) = candidates.first() else {
        return (Program::Commercial, ProgramTerms::default());
    };
    if candidates.iter().any(|other| (other.program, &other.terms) != (first.program, &first.terms)) {
        let all: Vec<&str> = candidates.iter().map(|program| program.program.as_str()).collect();
        flag(
            FlagKind::SeveralPrograms,
            format!(
                "several programs cover material {df_code} ({}); {} was applied",
                all.join(", "),
                first.program
            ),
        );
    }
    (first.program, first.terms.clone())
}

/// The term the list prices share, or the school year.
fn price_term(ingredients: &Ingredients<'_>) -> (NaiveDate, NaiveDate) {
    let year = ingredients.school_year;
    let mut terms = ingredients.lines.iter().map(|found| {
        let list = found.list.as_ref()?;
        Some((list.effective_from?, list.effective_to?))
    });
    match terms.next().flatten() {
        Some(term) if terms.all(|other| other == Some(term)) => term,
        _ => (year.first_day(), year.last_day()),
    }
}

fn out_of_range(error: ProgramError) -> DeskError {
    DeskError::bad_input(error, "Check the item's donated food facts and its price.")
}

/// A quote from plain inputs, without a draft: every item once, at the list price.
pub(crate) fn plain_view(
    customer: &domain::CustomerId,
    year: SchoolYear,
    items: &[ItemCode],
    include_pdf: bool,
    mut line_id: impl FnMut() -> Result<LineId, DeskError>,
) -> Result<DraftView, DeskError> {
    let mut view = DraftView {
        customer_id: Some(customer.clone()),
        school_year: Some(year),
        include_pdf,
        ..DraftView::default()
    };
    for item in items {
        view.lines.push(DraftLine {
            id: line_id()?,
            item_code: item.clone(),
            quantity: Some(1),
            price: PriceRule::List,
            note: None,
        });
    }
    Ok(view)
}
