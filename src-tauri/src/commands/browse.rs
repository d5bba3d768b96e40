//! Looking things up: customers, the catalogue, prices, and anything by the palette.

use desk::browse::{CustomerListed, CustomerPage, ItemPage, ItemPriced, PriceHistory, PriceListed, Rows};
use desk::find::Found;
use desk::overview::Overview;
use domain::{CustomerId, Item, ItemCode, SchoolYear};

use super::commands;

commands! {
    /// How everything stands, for the frame.
    overview {} -> Overview = |host, _| host.desk()?.overview();
    /// Anything that answers a text: customers, items, quotes, actions, drafts, runs.
    find { text: String } -> Vec<Found> = |host, asked| host.desk()?.find(&asked.text);
    /// Customers, a window of them.
    customers { text: String, offset: u32, limit: u32 } -> Rows<CustomerListed> = |host, asked| {
        host.desk()?.customers(&asked.text, asked.offset, asked.limit)
    };
    /// One customer's page.
    customer { customer_id: CustomerId } -> CustomerPage = |host, asked| host.desk()?.customer(&asked.customer_id);
    /// One customer's prices over three years, a window of them.
    customer_prices { customer_id: CustomerId, text: String, offset: u32, limit: u32 } -> Rows<ItemPriced> =
        |host, asked| host.desk()?.customer_prices(&asked.customer_id, &asked.text, asked.offset, asked.limit);
    /// Items, a window of them.
    items { text: String, category: Option<String>, offset: u32, limit: u32 } -> Rows<Item> = |host, asked| {
        host.desk()?.items(&asked.text, asked.category.as_deref(), asked.offset, asked.limit)
    };
    /// The categories items are in.
    item_categories {} -> Vec<String> = |host, _| host.desk()?.item_categories();
    /// One item's page.
    item { item_code: ItemCode } -> ItemPage = |host, asked| host.desk()?.item(&asked.item_code);
    /// Prices of all customers, a window of them.
    prices { text: String, school_year: Option<SchoolYear>, offset: u32, limit: u32 } -> Rows<PriceListed> =
        |host, asked| host.desk()?.prices(&asked.text, asked.school_year, asked.offset, asked.limit);
    /// What a customer paid for an item over the years, and what was quoted.
    price_history { customer_id: CustomerId, item_code: ItemCode } -> PriceHistory = |host, asked| {
        host.desk()?.price_history(&asked.customer_id, &asked.item_code)
    };
}
