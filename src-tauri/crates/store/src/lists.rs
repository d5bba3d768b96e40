//! The lists of customers and items as somebody holds them in memory.
//!
//! Owns reading one whole, and the mark that says which state of it that was. Must not hold one: a list is as old
//! as the transaction it was read in.

use domain::{CustomerId, ItemCode};

use crate::access::Reader;
use crate::error::StoreError;
use crate::row::{aliases, parsed};

/// Which state of a list it is. Two transactions that see the same mark see the same list; whoever changes a
/// list, in whatever process, changes its mark in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(i64);

/// A customer by all that it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerCalled {
    /// Its key.
    pub id: CustomerId,
    /// Its id in NetSuite.
    pub netsuite_id: Option<String>,
    /// Its full name.
    pub name: String,
    /// Nicknames.
    pub aliases: Vec<String>,
    /// Its city.
    pub city: Option<String>,
    /// Two letters.
    pub state: Option<String>,
}

/// An item by all that it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCalled {
    /// Its key.
    pub code: ItemCode,
    /// What it is, as printed.
    pub description: String,
    /// Words reps use for it.
    pub aliases: Vec<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// The case pack, as printed.
    pub pack: Option<String>,
}

/// The mark of the customers.
pub fn customers_mark(db: &Reader<'_>) -> Result<Mark, StoreError> {
    mark(db, "customers")
}

/// The mark of the items.
pub fn items_mark(db: &Reader<'_>) -> Result<Mark, StoreError> {
    mark(db, "spec_items")
}

fn mark(db: &Reader<'_>, list: &str) -> Result<Mark, StoreError> {
    let found = db.one("SELECT mark FROM list_marks WHERE list = ?1", [list], |row| row.get(0))?;
    found.map(Mark).ok_or(StoreError::Sqlite(rusqlite::Error::QueryReturnedNoRows))
}

/// Every customer as `made` makes it, the one that came first before the others.
pub fn customers<T>(
    db: &Reader<'_>,
    mut made: impl FnMut(CustomerCalled) -> T,
) -> Result<Vec<T>, StoreError> {
    db.all("SELECT id, netsuite_id, name, aliases, city, state FROM customers ORDER BY rowid", [], |row| {
        Ok(made(CustomerCalled {
            id: parsed(row, 0)?,
            netsuite_id: row.get(1)?,
            name: row.get(2)?,
            aliases: aliases(row, 3)?,
            city: row.get(4)?,
            state: row.get(5)?,
        }))
    })
}

/// Every item as `made` makes it, the one that came first before the others.
pub fn items<T>(db: &Reader<'_>, mut made: impl FnMut(ItemCalled) -> T) -> Result<Vec<T>, StoreError> {
    db.all(
        "SELECT item_code, description, aliases, brand, category, pack FROM spec_items ORDER BY rowid",
        [],
        |row| {
            Ok(made(ItemCalled {
                code: parsed(row, 0)?,
                description: row.get(1)?,
                aliases: aliases(row, 2)?,
                brand: row.get(3)?,
                category: row.get(4)?,
                pack: row.get(5)?,
            }))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{customer, item};
    use crate::keys::RawKey;
    use crate::scratch::{self, NOW};
    use crate::{Store, StoreError, customers as customer_rows, spec_items};

    fn marks(store: &Store) -> (Mark, Mark) {
        store.read(|db| Ok::<_, StoreError>((customers_mark(db)?, items_mark(db)?))).unwrap()
    }

    #[test]
    fn a_list_has_another_mark_once_it_is_another() {
        let (_folder, store) = scratch::store();
        let mut seen = vec![marks(&store)];
        let mut one = customer("C1", "Cedar Falls");
        let mut pizza = item("10412", "Pizza");
        let mut changed = |what: &str, customers: bool, items: bool, change: &dyn Fn(&crate::WriteTx<'_>)| {
            store
                .write(|tx| {
                    change(tx);
                    Ok::<_, StoreError>(())
                })
                .unwrap();
            let (before, now) = (seen[seen.len() - 1], marks(&store));
            assert_eq!((before.0 != now.0, before.1 != now.1), (customers, items), "{what}");
            seen.push(now);
        };
        changed("a new customer", true, false, &|tx| customer_rows::upsert(tx, &one, NOW).unwrap());
        changed("the same again", false, false, &|tx| customer_rows::upsert(tx, &one, NOW).unwrap());
        one.aliases = vec!["cfsd".to_owned()];
        changed("a nickname", true, false, &|tx| customer_rows::upsert(tx, &one, NOW).unwrap());
        one.zip = Some("50613".to_owned());
        changed("nothing it is called", false, false, &|tx| customer_rows::upsert(tx, &one, NOW).unwrap());
        changed("a new item", false, true, &|tx| spec_items::upsert(tx, &pizza, NOW).unwrap());
        pizza.pack = Some("96 ct".to_owned());
        changed("another pack", false, true, &|tx| spec_items::upsert(tx, &pizza, NOW).unwrap());
        changed("gone", true, true, &|tx| {
            tx.execute("DELETE FROM customers", []).unwrap();
            tx.execute("DELETE FROM spec_items", []).unwrap();
        });
    }

    #[test]
    fn a_mark_that_was_undone_never_comes_back() {
        let (_folder, store) = scratch::store();
        let before = marks(&store);
        let mut undone = None;
        let failed: Result<(), StoreError> = store.write(|tx| {
            customer_rows::upsert(tx, &customer("C1", "One"), NOW)?;
            undone = Some(customers_mark(tx)?);
            Err(StoreError::Busy)
        });
        failed.unwrap_err();
        assert_eq!(marks(&store), before);
        store.write(|tx| customer_rows::upsert(tx, &customer("C1", "Two"), NOW)).unwrap();
        let now = marks(&store).0;
        assert!(now != before.0 && Some(now) != undone);
    }

    #[test]
    fn another_program_sees_the_mark_with_the_change() {
        let folder = tempfile::tempdir().unwrap();
        let key = RawKey::generate().unwrap();
        let open = || Store::scratch(folder.path(), &key, NOW, None).unwrap();
        let (one, two) = (open(), open());
        let before = marks(&two);
        one.write(|tx| customer_rows::upsert(tx, &customer("C1", "One"), NOW)).unwrap();
        assert_ne!(marks(&two).0, before.0);
        assert_eq!(marks(&two), marks(&one));
    }

    #[test]
    fn a_list_is_read_whole_in_the_order_it_came() {
        let (_folder, store) = scratch::store();
        store
            .write(|tx| {
                customer_rows::upsert(tx, &customer("C2", "Second"), NOW)?;
                customer_rows::upsert(tx, &customer("C1", "First"), NOW)?;
                spec_items::upsert(tx, &item("10412", "Pizza"), NOW)
            })
            .unwrap();
        let (people, things) =
            store.read(|db| Ok::<_, StoreError>((customers(db, |one| one)?, items(db, |one| one)?))).unwrap();
        assert_eq!(people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Second", "First"]);
        assert_eq!(things[0].description, "Pizza");
    }
}
