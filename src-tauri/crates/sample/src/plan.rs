//! How large a market to make, and from which seed.
//!
//! Owns the sizes. Must not draw anything: the same plan is the same market.

use chrono::NaiveDate;

/// What to make. Two equal plans make equal markets, on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// The day the market is seen on: the school year it lies in is the current one.
    pub today: NaiveDate,
    /// Customers. Fewer than the hand-written stock takes its first ones; at most 20,000.
    pub customers: usize,
    /// Items. Fewer than the hand-written stock takes its staples first; at most 8,000.
    pub items: usize,
    /// School years with prices, the current one the last of them; 1 to 12. A few customers have prices
    /// for the year after as well.
    pub years: usize,
}

/// Customers written by hand in `data/customers.csv`.
pub(crate) const STOCK_CUSTOMERS: usize = 73;
/// Items written by hand in `data/items.csv`.
pub(crate) const STOCK_ITEMS: usize = 229;

const SEED: u64 = 10_412;
const YEARS: usize = 3;
const LARGE_ITEMS: usize = 600;

impl Plan {
    /// The sample profile: the whole hand-written stock, and prices for the current school year and the
    /// two before.
    pub fn standard(today: NaiveDate) -> Self {
        Plan { seed: SEED, today, customers: STOCK_CUSTOMERS, items: STOCK_ITEMS, years: YEARS }
    }

    /// A market of at least `prices` price rows, and at most a tenth more; never a smaller market
    /// than the standard one.
    pub fn large(today: NaiveDate, prices: usize) -> Self {
        let standard = Plan::standard(today);
        // How many years in a hundred of all a customer could have prices for are filled, a little less
        // than measured: the hand-written stock has more staples, which have no gaps.
        let (items, filled) = if prices <= 100_000 { (standard.items, 77) } else { (LARGE_ITEMS, 68) };
        let rows_per_customer = items * YEARS * filled / 100;
        let customers = prices.div_ceil(rows_per_customer).max(standard.customers);
        Plan { customers, items, ..standard }
    }
}
