//! Habits: the items a customer orders year after year.
//!
//! Owns which items and about how many cases. Must not know prices or quotes.

use domain::ItemCode;

use crate::draw::Draws;
use crate::items::Listed;

/// An item a customer usually orders.
pub(crate) struct Usual {
    pub(crate) item_code: ItemCode,
    /// Cases a year, a multiple of five.
    pub(crate) cases: u32,
}

const BREAKFAST_ITEMS: usize = 4;
const OTHER_ITEMS: usize = 7;

/// A customer's habit among the items it has had a price for: breakfast staples first, then others.
pub(crate) fn of(draws: &mut Draws, items: &[Listed], had: impl Fn(&ItemCode) -> bool) -> Vec<Usual> {
    let size = draws.between(2, 8);
    let breakfast = |listed: &Listed| listed.item.category.as_deref() == Some("Breakfast");
    let had: Vec<&Listed> = items.iter().filter(|listed| had(&listed.item.item_code)).collect();
    let mornings = had.iter().copied().filter(|listed| breakfast(listed) && listed.staple).collect();
    let others = had.iter().copied().filter(|listed| !breakfast(listed)).collect();
    let mut chosen = some(draws, mornings, BREAKFAST_ITEMS);
    chosen.extend(some(draws, others, OTHER_ITEMS));
    chosen
        .into_iter()
        .map(|listed| Usual {
            item_code: listed.item.item_code.clone(),
            cases: 5 * draws.between(1, 4) * size,
        })
        .collect()
}

/// Up to `count` of the items, each at most once.
fn some<'a>(draws: &mut Draws, mut items: Vec<&'a Listed>, count: usize) -> Vec<&'a Listed> {
    (0..count.min(items.len())).map(|_| items.swap_remove(draws.place(items.len()))).collect()
}
