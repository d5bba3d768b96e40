//! A small catalogue in memory, and a draft that follows a conversation.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate};
use domain::{CustomerId, IdSource, LineId, SchoolYear};
use fieldquote_drafting::chat::{
    Bought, Catalogue, CustomerFacts, Item, ItemFacts, LookupError, Question, Recall, Slot, Understanding,
    understand,
};
use fieldquote_drafting::document::{Actor, Change, Draft, DraftView};
use fieldquote_drafting::lists::{Customers, Items};

/// Ids that count up.
#[derive(Default)]
pub struct Ids(Mutex<u32>);

impl IdSource for Ids {
    fn ulid(&self) -> String {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        format!("01J0LINE{:018}", *count)
    }

    fn below_or_equal(&self, _: u64) -> u64 {
        0
    }
}

pub struct Market {
    customers: Customers,
    items: Items,
}

fn texts(joined: &str) -> Vec<String> {
    joined.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl Default for Market {
    fn default() -> Self {
        let customers = [
            ("C100", "Cedar Falls Community School District", "Cedar Falls", "IA", "CFCSD"),
            ("C200", "Cedar Falls School District", "Cedar Falls", "WI", ""),
            ("C300", "Waterloo Community School District", "Waterloo", "IA", "Loo"),
            ("C400", "Springfield Public Schools", "Springfield", "MA", ""),
            ("C401", "Springfield ISD", "Springfield", "TX", ""),
            ("C500", "West Springfield Public Schools", "West Springfield", "MA", ""),
            ("C600", "Iowa City Community School District", "Iowa City", "IA", ""),
            ("C700", "Lee's Summit R-7 School District", "Lee's Summit", "MO", "LSR7"),
        ]
        .map(|(id, name, city, state, aliases)| CustomerFacts {
            id: id.parse().unwrap(),
            netsuite_id: None,
            name: name.to_owned(),
            city: Some(city.to_owned()),
            state: Some(state.to_owned()),
            aliases: texts(aliases),
            read: Default::default(),
        });
        let items = [
            ("10412", "Pizza, cheese, whole grain, 4x6", "96/4.5 oz", "Pizza", "ranch pizza"),
            ("10420", "Pizza, turkey pepperoni, WG, 16 inch", "9 ct", "Pizza", ""),
            ("10500", "Waffle, maple, 51% WG, IW", "72/2.4 oz", "Breakfast", ""),
            ("10501", "Waffle, blueberry, whole grain", "96 ct", "Breakfast", ""),
            ("10502", "Waffle, blueberry, whole grain", "48 ct", "Breakfast", ""),
            ("20100", "Chicken patty, breaded, CN", "4/5 lb", "Poultry", ""),
            ("20110", "Chicken nugget, breaded, CN", "6/5 lb", "Poultry", ""),
            ("30100", "Macaroni and cheese, reduced fat", "6/5 lb", "Entree", "mac and cheese"),
            ("30200", "Milk, chocolate, 1%", "50/8 oz", "Dairy", ""),
            ("50100", "Muffin, banana, IW", "120 ct", "Breakfast", ""),
            ("60100", "Beans, pinto, low sodium", "6/#10", "Vegetable", ""),
            ("70100", "Syrup, pancake", "4/1 gal", "Condiment", ""),
            ("BB-200", "Burrito, bean & cheese", "96/4 oz", "Entree", ""),
        ]
        .map(|(code, description, pack, category, aliases)| ItemFacts {
            code: code.parse().unwrap(),
            description: description.to_owned(),
            pack: Some(pack.to_owned()),
            brand: Some("Prairie".to_owned()),
            category: Some(category.to_owned()),
            aliases: texts(aliases),
            read: Default::default(),
        });
        Market {
            customers: Customers::of(customers.map(Arc::new).to_vec()),
            items: Items::of(items.map(Arc::new).to_vec()),
        }
    }
}

impl Catalogue for Market {
    fn customer(&self, id: &str) -> Result<Option<CustomerFacts>, LookupError> {
        Ok(self.customers.of_id(id).cloned())
    }

    fn customers_named(&self, text: &str) -> Result<Vec<CustomerFacts>, LookupError> {
        Ok(self.customers.named(text).into_iter().cloned().collect())
    }

    fn recall_customers(&self, query: &Recall) -> Result<Vec<Arc<CustomerFacts>>, LookupError> {
        Ok(self.customers.recall(query))
    }

    fn items(&self, codes: &[&str]) -> Result<Vec<Item>, LookupError> {
        let codes = codes.iter().filter_map(|code| code.to_uppercase().parse().ok());
        Ok(codes.filter_map(|code| self.items.of_code(&code).cloned()).collect())
    }

    fn items_named(&self, text: &str) -> Result<Vec<Item>, LookupError> {
        Ok(self.items.named(text).into_iter().cloned().collect())
    }

    fn recall_items(&self, query: &Recall) -> Result<Vec<Item>, LookupError> {
        Ok(self.items.recall(query))
    }

    fn years(&self, customer: &CustomerId) -> Result<Vec<SchoolYear>, LookupError> {
        let years: &[&str] = if customer.as_str() == "C100" { &["2026-2027", "2025-2026"] } else { &[] };
        Ok(years.iter().map(|year| year.parse().unwrap()).collect())
    }

    fn bought(&self, _: &CustomerId, year: SchoolYear) -> Result<Vec<Bought>, LookupError> {
        let codes: &[(&str, Option<u32>)] = match year.start_year() {
            2025 => &[("10412", Some(200)), ("10500", Some(40))],
            _ => &[("60100", Some(7))],
        };
        let bought = |(code, last_quantity): &(&str, Option<u32>)| Bought {
            item: self.items.of_code(&code.parse().unwrap()).unwrap().clone(),
            last_quantity: *last_quantity,
        };
        Ok(codes.iter().map(bought).collect())
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One draft and the messages about it.
pub struct Conversation {
    pub market: Market,
    pub ids: Ids,
    pub draft: Draft,
    pub pending: Vec<Question>,
    /// The line spoken of last.
    pub spoken: Option<LineId>,
    /// The lines that came together with the last message.
    pub together: Vec<LineId>,
    pub today: NaiveDate,
}

impl Conversation {
    /// A new draft on a day in spring.
    pub fn new() -> Self {
        Conversation {
            market: Market::default(),
            ids: Ids::default(),
            draft: Draft::create("D1".parse().unwrap(), "ann", Actor::of(&"7KPXD6".parse().unwrap(), [7; 6]))
                .unwrap(),
            pending: Vec::new(),
            spoken: None,
            together: Vec::new(),
            today: day("2026-03-10"),
        }
    }

    /// A draft for Cedar Falls, Iowa, 2026-2027.
    pub fn begun() -> Self {
        let mut conversation = Self::new();
        let customer_id = "C100".parse().unwrap();
        let school_year = "2026-2027".parse().unwrap();
        conversation.apply(&[Change::SetCustomer { customer_id }, Change::SetSchoolYear { school_year }]);
        conversation
    }

    pub fn view(&self) -> DraftView {
        let mut view = self.draft.view().unwrap();
        view.last_touched = self.spoken.clone().or(view.last_touched);
        view.together = self.together.clone();
        view
    }

    pub fn apply(&mut self, changes: &[Change]) {
        self.spoken = None;
        self.draft.apply(changes, DateTime::from_timestamp(1_780_000_000, 0).unwrap()).unwrap();
    }

    /// Say something, and let the draft follow.
    pub fn say(&mut self, message: &str) -> Understanding {
        let view = self.view();
        let said = understand(message, &view, &self.pending, self.today, &self.market, &self.ids).unwrap();
        self.apply(&said.changes);
        self.spoken = said.spoken_of.clone();
        self.together = said.together.clone();
        // Questions are stored between messages.
        let stored = serde_json::to_string(&said.questions).unwrap();
        self.pending = serde_json::from_str(&stored).unwrap();
        said
    }

    /// The draft in short: `C100 2026-2027 pdf | 10412 x120 last_year`.
    pub fn short(&self) -> String {
        let view = self.view();
        let mut head = vec![
            view.customer_id.map_or("-".to_owned(), |id| id.to_string()),
            view.school_year.map_or("-".to_owned(), |year| year.to_string()),
        ];
        head.extend(view.include_pdf.then(|| "pdf".to_owned()));
        head.extend(view.valid_until.map(|day| format!("until {day}")));
        head.extend(view.notes.iter().map(|note| format!("“{note}”")));
        let mut parts = vec![head.join(" ")];
        parts.extend(view.lines.iter().map(|line| {
            let quantity = line.quantity.map_or("?".to_owned(), |count| count.to_string());
            format!("{} x{quantity} {}", line.item_code, line.price)
        }));
        parts.join(" | ")
    }
}

/// The questions in short: `customer[2] item[3]`.
pub fn asked(said: &Understanding) -> String {
    let short = |question: &Question| {
        let slot = match question.slot {
            Slot::Customer => "customer",
            Slot::SchoolYear => "year",
            Slot::Item => "item",
            Slot::Line => "line",
            Slot::Quantity => "quantity",
            Slot::Price => "price",
            Slot::ListPrice => "list_price",
        };
        format!("{slot}[{}]", question.choices.len())
    };
    said.questions.iter().map(short).collect::<Vec<_>>().join(" ")
}
