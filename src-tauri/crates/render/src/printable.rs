//! What of a quote may be printed for a customer.
//!
//! Owns the one-way door from [`domain::Quote`]: cost, margin, last year's price and internal ids have no
//! field here, so nothing behind the door can print them (mission rule 5).

use chrono::NaiveDate;
use domain::{
    CustomerType, ItemCode, Money, Pounds, PriceSource, Program, Quote, QuoteCustomer, QuoteId, QuoteLine,
    QuoteTotals, SchoolYear,
};

use crate::legible::{Tally, legible};
use crate::typeface::Faces;

/// A quote without anything a customer must not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintableQuote {
    pub(crate) id: QuoteId,
    pub(crate) revision_of: Option<QuoteId>,
    pub(crate) customer: PrintableCustomer,
    pub(crate) school_year: SchoolYear,
    pub(crate) issued_on: NaiveDate,
    pub(crate) valid_until: NaiveDate,
    pub(crate) price_from: NaiveDate,
    pub(crate) price_to: NaiveDate,
    pub(crate) lines: Vec<PrintableLine>,
    pub(crate) notes: Vec<String>,
    pub(crate) prepared_by: String,
    pub(crate) totals: QuoteTotals,
}

/// Whom the quote addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintableCustomer {
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) customer_type: CustomerType,
    pub(crate) address1: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) zip: Option<String>,
    pub(crate) contact_name: Option<String>,
    pub(crate) contact_email: Option<String>,
    pub(crate) contact_phone: Option<String>,
    pub(crate) terms: Option<String>,
    pub(crate) sales_rep: Option<String>,
}

/// One offered item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintableLine {
    pub(crate) line_no: u32,
    pub(crate) item_code: ItemCode,
    pub(crate) description: String,
    pub(crate) brand: Option<String>,
    pub(crate) pack: Option<String>,
    pub(crate) net_weight_lb: Option<Pounds>,
    pub(crate) servings_per_case: Option<u32>,
    pub(crate) serving_size: Option<String>,
    pub(crate) cn_number: Option<String>,
    pub(crate) quantity: u32,
    pub(crate) case_price: Money,
    /// Whether there is a price at all: a missing one must not read as free of charge.
    pub(crate) priced: bool,
    pub(crate) program: Program,
    pub(crate) df_code: Option<String>,
    pub(crate) df_lb_per_case: Option<Pounds>,
    pub(crate) df_value: Option<Money>,
    pub(crate) fee: Option<Money>,
    pub(crate) net_price: Money,
    pub(crate) refund: Option<Money>,
    pub(crate) extended: Money,
    pub(crate) note: Option<String>,
}

impl From<&Quote> for PrintableQuote {
    fn from(quote: &Quote) -> Self {
        PrintableQuote {
            id: quote.id.clone(),
            revision_of: quote.revision_of.clone(),
            customer: PrintableCustomer::from(&quote.customer),
            school_year: quote.school_year,
            issued_on: quote.issued_on,
            valid_until: quote.valid_until,
            price_from: quote.price_from,
            price_to: quote.price_to,
            lines: quote.lines.iter().map(PrintableLine::from).collect(),
            notes: quote.notes.clone(),
            prepared_by: quote.prepared_by.clone(),
            totals: quote.totals.clone(),
        }
    }
}

impl From<&QuoteCustomer> for PrintableCustomer {
    fn from(customer: &QuoteCustomer) -> Self {
        PrintableCustomer {
            number: customer.id.to_string(),
            name: customer.name.clone(),
            customer_type: customer.customer_type,
            address1: customer.address1.clone(),
            city: customer.city.clone(),
            state: customer.state.clone(),
            zip: customer.zip.clone(),
            contact_name: customer.contact_name.clone(),
            contact_email: customer.contact_email.clone(),
            contact_phone: customer.contact_phone.clone(),
            terms: customer.terms.clone(),
            sales_rep: customer.sales_rep.clone(),
        }
    }
}

impl From<&QuoteLine> for PrintableLine {
    fn from(line: &QuoteLine) -> Self {
        PrintableLine {
            line_no: line.line_no,
            item_code: line.item_code.clone(),
            description: line.description.clone(),
            brand: line.brand.clone(),
            pack: line.pack.clone(),
            net_weight_lb: line.net_weight_lb,
            servings_per_case: line.servings_per_case,
            serving_size: line.serving_size.clone(),
            cn_number: line.cn_number.clone(),
            quantity: line.quantity,
            case_price: line.case_price,
            priced: line.price_source != PriceSource::Missing || line.case_price.is_positive(),
            program: line.program,
            df_code: line.df_code.clone(),
            df_lb_per_case: line.df_lb_per_case,
            df_value: line.df_value,
            fee: line.fee,
            net_price: line.net_price,
            refund: line.refund,
            extended: line.extended,
            note: line.note.clone(),
        }
    }
}

impl PrintableQuote {
    /// Whether any line is priced through a USDA Foods program.
    pub(crate) fn has_program(&self) -> bool {
        self.lines.iter().any(|line| line.program != Program::Commercial)
    }

    /// The same quote with every free text as it can be printed.
    pub(crate) fn legible(&self, faces: &Faces, tally: &mut Tally) -> Self {
        let mut clean = self.clone();
        clean.prepared_by = legible(&self.prepared_by, faces, tally);
        clean.customer.name = legible(&self.customer.name, faces, tally);
        for note in &mut clean.notes {
            *note = legible(note, faces, tally);
        }
        clean.notes.retain(|note| !note.is_empty());
        let customer = &mut clean.customer;
        for field in [
            &mut customer.address1,
            &mut customer.city,
            &mut customer.state,
            &mut customer.zip,
            &mut customer.contact_name,
            &mut customer.contact_email,
            &mut customer.contact_phone,
            &mut customer.terms,
            &mut customer.sales_rep,
        ] {
            legible_or_none(field, faces, tally);
        }
        for line in &mut clean.lines {
            line.description = legible(&line.description, faces, tally);
            for field in [
                &mut line.brand,
                &mut line.pack,
                &mut line.serving_size,
                &mut line.cn_number,
                &mut line.df_code,
                &mut line.note,
            ] {
                legible_or_none(field, faces, tally);
            }
        }
        clean
    }
}

fn legible_or_none(field: &mut Option<String>, faces: &Faces, tally: &mut Tally) {
    *field = field.as_deref().map(|text| legible(text, faces, tally)).filter(|text| !text.is_empty());
}
