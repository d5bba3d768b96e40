//! The lists of customers and items, kept in memory between messages.
//!
//! Owns that what is kept is the list as the asking transaction sees it: a list is taken only under the mark it
//! was read under, and read anew under another, whoever changed it. Must not look anything up: the drafting crate
//! does.

use std::sync::{Arc, Mutex, PoisonError};

use drafting::chat::{CustomerFacts, ItemFacts};
use drafting::lists::{Customers, Items};
use store::lists::{CustomerCalled, ItemCalled, Mark};
use store::{Reader, StoreError};

use crate::Desk;
use crate::error::DeskError;

/// What is kept.
#[derive(Default)]
pub(crate) struct Lists {
    customers: Kept<Customers>,
    items: Kept<Items>,
}

/// A list, and the mark it was read under.
type Kept<T> = Mutex<Option<(Mark, Arc<T>)>>;

/// The list under this mark: the kept one, or what `read` gives, which is kept from then on. Whoever asks while
/// it is read waits for it.
fn under<T>(
    kept: &Kept<T>,
    mark: Mark,
    read: impl FnOnce() -> Result<T, StoreError>,
) -> Result<Arc<T>, StoreError> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, list)) = &*kept
        && *known == mark
    {
        return Ok(Arc::clone(list));
    }
    // The old one goes before the new one comes, so that there are never two.
    *kept = None;
    let list = Arc::new(read()?);
    *kept = Some((mark, Arc::clone(&list)));
    Ok(list)
}

impl Lists {
    /// The customers as this transaction sees them.
    pub fn customers(&self, db: &Reader<'_>) -> Result<Arc<Customers>, StoreError> {
        under(&self.customers, store::lists::customers_mark(db)?, || {
            Ok(Customers::of(store::lists::customers(db, |one| Arc::new(customer_facts(one)))?))
        })
    }

    /// The items as this transaction sees them.
    pub fn items(&self, db: &Reader<'_>) -> Result<Arc<Items>, StoreError> {
        under(&self.items, store::lists::items_mark(db)?, || {
            Ok(Items::of(store::lists::items(db, |one| Arc::new(item_facts(one)))?))
        })
    }
}

impl Desk {
    /// Read the lists the chat looks through, if they are not in memory as they are now, so that the next message
    /// need not wait for it.
    pub fn warm_lists(&self) -> Result<(), DeskError> {
        self.store.read(|db| {
            self.lists.customers(db)?;
            self.lists.items(db)?;
            Ok(())
        })
    }
}

fn customer_facts(customer: CustomerCalled) -> CustomerFacts {
    let CustomerCalled { id, netsuite_id, name, aliases, city, state } = customer;
    CustomerFacts { id, netsuite_id, name, city, state, aliases, read: Default::default() }
}

fn item_facts(item: ItemCalled) -> ItemFacts {
    let ItemCalled { code, description, aliases, brand, category, pack } = item;
    ItemFacts { code, description, pack, brand, category, aliases, read: Default::default() }
}

#[cfg(test)]
mod tests {
    use domain::{Customer, CustomerType, EntityStatus};
    use store::keys::RawKey;
    use store::{Store, customers};

    use super::*;

    const NOW: &str = "2026-11-23T09:30:00.000Z";

    fn customer(name: &str) -> Customer {
        Customer {
            id: "C1".parse().unwrap(),
            name: name.to_owned(),
            customer_type: CustomerType::District,
            city: None,
            state: None,
            zip: None,
            address1: None,
            entitystatus: EntityStatus::Active,
            netsuite_id: None,
            terms: None,
            price_level: None,
            sales_rep: None,
            contact_name: None,
            contact_email: None,
            contact_phone: None,
            aliases: Vec::new(),
        }
    }

    /// Two programs over one database, and who holds lists for the first.
    fn two() -> (tempfile::TempDir, Store, Store, Lists) {
        let folder = tempfile::tempdir().unwrap();
        let key = RawKey::generate().unwrap();
        let open = || Store::scratch(folder.path(), &key, NOW, None).unwrap();
        let (one, other) = (open(), open());
        (folder, one, other, Lists::default())
    }

    fn name(lists: &Lists, db: &Reader<'_>) -> Result<Option<String>, StoreError> {
        Ok(lists.customers(db)?.of_id("C1").map(|customer| customer.name.clone()))
    }

    fn call(store: &Store, text: &str) {
        store.write(|tx| customers::upsert(tx, &customer(text), NOW)).unwrap();
    }

    #[test]
    fn a_list_is_read_once_until_it_is_another() {
        let (_folder, store, _, lists) = two();
        call(&store, "One");
        let list = || store.read(|db| lists.customers(db)).unwrap();
        let first = list();
        assert!(Arc::ptr_eq(&first, &list()));
        call(&store, "One");
        assert!(Arc::ptr_eq(&first, &list()), "nothing is otherwise");
        call(&store, "Two");
        assert!(!Arc::ptr_eq(&first, &list()));
    }

    #[test]
    fn what_another_program_changed_is_seen_by_the_next_message() {
        let (_folder, store, other, lists) = two();
        call(&store, "One");
        let known = || store.read(|db| name(&lists, db)).unwrap();
        assert_eq!(known().as_deref(), Some("One"));
        call(&other, "Two");
        assert_eq!(known().as_deref(), Some("Two"));
    }

    #[test]
    fn a_transaction_sees_its_own_list_and_no_other() {
        let (_folder, store, other, lists) = two();
        call(&store, "One");
        let undone: Result<(), StoreError> = store.write(|tx| {
            customers::upsert(tx, &customer("Undone"), NOW)?;
            assert_eq!(name(&lists, tx)?.as_deref(), Some("Undone"));
            Err(StoreError::Busy)
        });
        undone.unwrap_err();
        store
            .read(|db| {
                assert_eq!(name(&lists, db)?.as_deref(), Some("One"), "what was undone was never there");
                call(&other, "Two");
                let later = other.read(|db| name(&lists, db))?;
                assert_eq!(later.as_deref(), Some("Two"));
                assert_eq!(name(&lists, db)?.as_deref(), Some("One"), "a transaction sees one state");
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
