-- A customer by its id or its NetSuite id, whatever the case of its letters: a message asks for both with every word.
CREATE INDEX customers_any_id ON customers (id COLLATE NOCASE);
CREATE INDEX customers_any_netsuite_id ON customers (netsuite_id COLLATE NOCASE);
