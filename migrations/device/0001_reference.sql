-- Reference data: what the central sends down and a rep looks up.
-- Money is TEXT with four decimals; no float ever holds an amount.

CREATE TABLE customers (
  id            TEXT PRIMARY KEY NOT NULL,
  name          TEXT NOT NULL,
  customer_type TEXT NOT NULL CHECK (customer_type IN ('district', 'coop', 'distributor')),
  city          TEXT,
  state         TEXT,
  zip           TEXT,
  address1      TEXT,
  entitystatus  TEXT NOT NULL CHECK (entitystatus IN ('active', 'hold', 'inactive')),
  netsuite_id   TEXT,
  terms         TEXT,
  price_level   TEXT,
  sales_rep     TEXT,
  contact_name  TEXT,
  contact_email TEXT,
  contact_phone TEXT,
  aliases       TEXT NOT NULL DEFAULT '',
  updated_at    TEXT NOT NULL
) STRICT;
-- A name as it is begun to be typed, and customers in the order people list them.
CREATE INDEX customers_by_name ON customers (name COLLATE NOCASE, id);

-- Ids are said aloud and typed in any case.
CREATE INDEX customers_by_id ON customers (id COLLATE NOCASE);
CREATE INDEX customers_by_netsuite_id ON customers (netsuite_id COLLATE NOCASE);

CREATE TABLE customer_profiles (
  customer_id      TEXT PRIMARY KEY NOT NULL REFERENCES customers (id),
  credit_limit     TEXT,
  ar_balance       TEXT,
  last_quote_event TEXT,
  updated_at       TEXT NOT NULL
) STRICT;

CREATE TABLE customer_programs (
  id          TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  program     TEXT NOT NULL CHECK (program IN ('commercial', 'noi', 'ffs', 'rebate', 'direct_discount')),
  status      TEXT NOT NULL,
  school_year TEXT NOT NULL,
  df_code     TEXT,
  details     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  deleted_at  TEXT,
  updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX customer_programs_by_customer ON customer_programs (customer_id, school_year);

CREATE TABLE spec_items (
  item_code         TEXT PRIMARY KEY NOT NULL,
  description       TEXT NOT NULL,
  netsuite_id       TEXT,
  brand             TEXT,
  category          TEXT,
  catalog           TEXT,
  pack              TEXT,
  net_weight_lb     TEXT,
  servings_per_case INTEGER,
  serving_size      TEXT,
  cn_number         TEXT,
  df_code           TEXT,
  df_lb_per_case    TEXT,
  df_value_per_lb   TEXT,
  status            TEXT NOT NULL DEFAULT 'active',
  aliases           TEXT NOT NULL DEFAULT '',
  updated_at        TEXT NOT NULL
) STRICT;
CREATE INDEX spec_items_by_description ON spec_items (description COLLATE NOCASE, item_code);

-- The price in force for a customer, an item and a school year. What it replaced is in price_history.
CREATE TABLE pricing_master (
  customer_id    TEXT NOT NULL REFERENCES customers (id),
  item_code      TEXT NOT NULL REFERENCES spec_items (item_code),
  school_year    TEXT NOT NULL,
  case_price     TEXT NOT NULL,
  cost_basis     TEXT,
  margin_pct     TEXT,
  effective_from TEXT,
  effective_to   TEXT,
  updated_at     TEXT NOT NULL,
  PRIMARY KEY (customer_id, item_code, school_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX pricing_master_by_item ON pricing_master (item_code, school_year);

CREATE VIRTUAL TABLE customers_fts USING fts5 (
  name, aliases, city, state, id, netsuite_id,
  content = 'customers', content_rowid = 'rowid',
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
-- For words typed wrongly. detail = none: each three letters are asked for alone and counted by the caller,
-- so no positions are kept.
CREATE VIRTUAL TABLE customers_trigram USING fts5 (
  name, aliases,
  content = 'customers', content_rowid = 'rowid',
  tokenize = 'trigram remove_diacritics 1', detail = 'none', columnsize = 0
);
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
  INSERT INTO customers_fts (rowid, name, aliases, city, state, id, netsuite_id)
  VALUES (new.rowid, new.name, new.aliases, new.city, new.state, new.id, new.netsuite_id);
  INSERT INTO customers_trigram (rowid, name, aliases) VALUES (new.rowid, new.name, new.aliases);
END;
CREATE TRIGGER customers_search_delete AFTER DELETE ON customers BEGIN
  INSERT INTO customers_fts (customers_fts, rowid, name, aliases, city, state, id, netsuite_id)
  VALUES ('delete', old.rowid, old.name, old.aliases, old.city, old.state, old.id, old.netsuite_id);
  INSERT INTO customers_trigram (customers_trigram, rowid, name, aliases)
  VALUES ('delete', old.rowid, old.name, old.aliases);
END;
CREATE TRIGGER customers_search_update AFTER UPDATE ON customers
WHEN (old.name, old.aliases, old.city, old.state, old.id, old.netsuite_id)
  IS NOT (new.name, new.aliases, new.city, new.state, new.id, new.netsuite_id)
BEGIN
  INSERT INTO customers_fts (customers_fts, rowid, name, aliases, city, state, id, netsuite_id)
  VALUES ('delete', old.rowid, old.name, old.aliases, old.city, old.state, old.id, old.netsuite_id);
  INSERT INTO customers_fts (rowid, name, aliases, city, state, id, netsuite_id)
  VALUES (new.rowid, new.name, new.aliases, new.city, new.state, new.id, new.netsuite_id);
  INSERT INTO customers_trigram (customers_trigram, rowid, name, aliases)
  VALUES ('delete', old.rowid, old.name, old.aliases);
  INSERT INTO customers_trigram (rowid, name, aliases) VALUES (new.rowid, new.name, new.aliases);
END;

CREATE VIRTUAL TABLE items_fts USING fts5 (
  description, aliases, item_code, brand, category, pack,
  content = 'spec_items', content_rowid = 'rowid',
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
CREATE VIRTUAL TABLE items_trigram USING fts5 (
  description, aliases,
  content = 'spec_items', content_rowid = 'rowid',
  tokenize = 'trigram remove_diacritics 1', detail = 'none', columnsize = 0
);
CREATE TRIGGER items_search_insert AFTER INSERT ON spec_items BEGIN
  INSERT INTO items_fts (rowid, description, aliases, item_code, brand, category, pack)
  VALUES (new.rowid, new.description, new.aliases, new.item_code, new.brand, new.category, new.pack);
  INSERT INTO items_trigram (rowid, description, aliases) VALUES (new.rowid, new.description, new.aliases);
END;
CREATE TRIGGER items_search_delete AFTER DELETE ON spec_items BEGIN
  INSERT INTO items_fts (items_fts, rowid, description, aliases, item_code, brand, category, pack)
  VALUES ('delete', old.rowid, old.description, old.aliases, old.item_code, old.brand, old.category, old.pack);
  INSERT INTO items_trigram (items_trigram, rowid, description, aliases)
  VALUES ('delete', old.rowid, old.description, old.aliases);
END;
CREATE TRIGGER items_search_update AFTER UPDATE ON spec_items
WHEN (old.description, old.aliases, old.item_code, old.brand, old.category, old.pack)
  IS NOT (new.description, new.aliases, new.item_code, new.brand, new.category, new.pack)
BEGIN
  INSERT INTO items_fts (items_fts, rowid, description, aliases, item_code, brand, category, pack)
  VALUES ('delete', old.rowid, old.description, old.aliases, old.item_code, old.brand, old.category, old.pack);
  INSERT INTO items_fts (rowid, description, aliases, item_code, brand, category, pack)
  VALUES (new.rowid, new.description, new.aliases, new.item_code, new.brand, new.category, new.pack);
  INSERT INTO items_trigram (items_trigram, rowid, description, aliases)
  VALUES ('delete', old.rowid, old.description, old.aliases);
  INSERT INTO items_trigram (rowid, description, aliases) VALUES (new.rowid, new.description, new.aliases);
END;
