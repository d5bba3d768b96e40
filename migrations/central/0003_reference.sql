-- Reference data, with the columns a device has. Rows come in any order, so no table names another.
-- Money is TEXT with four decimals.

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
) STRICT, WITHOUT ROWID;
CREATE VIEW customers_feed AS
SELECT t.id, json_array(t.id) AS feed_key, 'c:' || t.id AS feed_scope,
  json_object(
    'id', t.id, 'name', t.name, 'customer_type', t.customer_type, 'city', t.city, 'state', t.state,
    'zip', t.zip, 'address1', t.address1, 'entitystatus', t.entitystatus, 'netsuite_id', t.netsuite_id,
    'terms', t.terms, 'price_level', t.price_level, 'sales_rep', t.sales_rep,
    'contact_name', t.contact_name, 'contact_email', t.contact_email, 'contact_phone', t.contact_phone,
    'aliases', t.aliases, 'updated_at', t.updated_at) AS feed_row
FROM customers t;
CREATE TRIGGER customers_fed_insert AFTER INSERT ON customers BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customers', feed_key, feed_scope, 0, feed_row FROM customers_feed WHERE id = new.id;
END;
CREATE TRIGGER customers_fed_update AFTER UPDATE ON customers BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customers', feed_key, feed_scope, 0, feed_row FROM customers_feed WHERE id = new.id;
END;
CREATE TRIGGER customers_fed_delete AFTER DELETE ON customers BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('customers', json_array(old.id));
END;
CREATE TRIGGER customers_key_stands BEFORE UPDATE ON customers WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
CREATE TRIGGER customers_begin_territory AFTER INSERT ON customers BEGIN
  DELETE FROM territories WHERE customer_id = new.id AND sales_rep IS NOT new.sales_rep;
  INSERT INTO territories (customer_id, sales_rep)
  SELECT new.id, new.sales_rep WHERE NOT EXISTS (SELECT 1 FROM territories WHERE customer_id = new.id);
END;
CREATE TRIGGER customers_change_territory AFTER UPDATE ON customers WHEN old.sales_rep IS NOT new.sales_rep BEGIN
  DELETE FROM territories WHERE customer_id = new.id;
  INSERT INTO territories (customer_id, sales_rep) VALUES (new.id, new.sales_rep);
END;

CREATE TABLE customer_profiles (
  customer_id      TEXT PRIMARY KEY NOT NULL,
  credit_limit     TEXT,
  ar_balance       TEXT,
  last_quote_event TEXT,
  updated_at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW customer_profiles_feed AS
SELECT t.customer_id, json_array(t.customer_id) AS feed_key, 'c:' || t.customer_id AS feed_scope,
  json_object(
    'customer_id', t.customer_id, 'credit_limit', t.credit_limit, 'ar_balance', t.ar_balance,
    'last_quote_event', t.last_quote_event, 'updated_at', t.updated_at) AS feed_row
FROM customer_profiles t;
CREATE TRIGGER customer_profiles_fed_insert AFTER INSERT ON customer_profiles BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customer_profiles', feed_key, feed_scope, 0, feed_row
  FROM customer_profiles_feed WHERE customer_id = new.customer_id;
END;
CREATE TRIGGER customer_profiles_fed_update AFTER UPDATE ON customer_profiles BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customer_profiles', feed_key, feed_scope, 0, feed_row
  FROM customer_profiles_feed WHERE customer_id = new.customer_id;
END;
CREATE TRIGGER customer_profiles_fed_delete AFTER DELETE ON customer_profiles BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('customer_profiles', json_array(old.customer_id));
END;
CREATE TRIGGER customer_profiles_key_stands BEFORE UPDATE ON customer_profiles
WHEN old.customer_id IS NOT new.customer_id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE customer_programs (
  id          TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL,
  program     TEXT NOT NULL CHECK (program IN ('commercial', 'noi', 'ffs', 'rebate', 'direct_discount')),
  status      TEXT NOT NULL,
  school_year TEXT NOT NULL,
  df_code     TEXT,
  details     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  deleted_at  TEXT,
  updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW customer_programs_feed AS
SELECT t.id, json_array(t.id) AS feed_key, 'c:' || t.customer_id AS feed_scope,
  json_object(
    'id', t.id, 'customer_id', t.customer_id, 'program', t.program, 'status', t.status,
    'school_year', t.school_year, 'df_code', t.df_code, 'details', t.details, 'deleted_at', t.deleted_at,
    'updated_at', t.updated_at) AS feed_row
FROM customer_programs t;
CREATE TRIGGER customer_programs_fed_insert AFTER INSERT ON customer_programs BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customer_programs', feed_key, feed_scope, 0, feed_row FROM customer_programs_feed WHERE id = new.id;
END;
CREATE TRIGGER customer_programs_fed_update AFTER UPDATE ON customer_programs BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'customer_programs', feed_key, feed_scope, 0, feed_row FROM customer_programs_feed WHERE id = new.id;
END;
CREATE TRIGGER customer_programs_fed_delete AFTER DELETE ON customer_programs BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('customer_programs', json_array(old.id));
END;
CREATE TRIGGER customer_programs_key_stands BEFORE UPDATE ON customer_programs WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

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
) STRICT, WITHOUT ROWID;
CREATE VIEW spec_items_feed AS
SELECT t.item_code, json_array(t.item_code) AS feed_key, '*' AS feed_scope,
  json_object(
    'item_code', t.item_code, 'description', t.description, 'netsuite_id', t.netsuite_id, 'brand', t.brand,
    'category', t.category, 'catalog', t.catalog, 'pack', t.pack, 'net_weight_lb', t.net_weight_lb,
    'servings_per_case', t.servings_per_case, 'serving_size', t.serving_size, 'cn_number', t.cn_number,
    'df_code', t.df_code, 'df_lb_per_case', t.df_lb_per_case, 'df_value_per_lb', t.df_value_per_lb,
    'status', t.status, 'aliases', t.aliases, 'updated_at', t.updated_at) AS feed_row
FROM spec_items t;
CREATE TRIGGER spec_items_fed_insert AFTER INSERT ON spec_items BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'spec_items', feed_key, feed_scope, 0, feed_row FROM spec_items_feed WHERE item_code = new.item_code;
END;
CREATE TRIGGER spec_items_fed_update AFTER UPDATE ON spec_items BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'spec_items', feed_key, feed_scope, 0, feed_row FROM spec_items_feed WHERE item_code = new.item_code;
END;
CREATE TRIGGER spec_items_fed_delete AFTER DELETE ON spec_items BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('spec_items', json_array(old.item_code));
END;
CREATE TRIGGER spec_items_key_stands BEFORE UPDATE ON spec_items WHEN old.item_code IS NOT new.item_code BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- The price in force for a customer, an item and a school year. What it replaced is in price_history.
CREATE TABLE pricing_master (
  customer_id    TEXT NOT NULL,
  item_code      TEXT NOT NULL,
  school_year    TEXT NOT NULL,
  case_price     TEXT NOT NULL,
  cost_basis     TEXT,
  margin_pct     TEXT,
  effective_from TEXT,
  effective_to   TEXT,
  updated_at     TEXT NOT NULL,
  PRIMARY KEY (customer_id, item_code, school_year)
) STRICT, WITHOUT ROWID;
CREATE VIEW pricing_master_feed AS
SELECT t.customer_id, t.item_code, t.school_year, json_array(t.customer_id, t.item_code, t.school_year) AS feed_key,
  'c:' || t.customer_id AS feed_scope,
  json_object(
    'customer_id', t.customer_id, 'item_code', t.item_code, 'school_year', t.school_year,
    'case_price', t.case_price, 'cost_basis', t.cost_basis, 'margin_pct', t.margin_pct,
    'effective_from', t.effective_from, 'effective_to', t.effective_to, 'updated_at', t.updated_at) AS feed_row
FROM pricing_master t;
CREATE TRIGGER pricing_master_fed_insert AFTER INSERT ON pricing_master BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'pricing_master', feed_key, feed_scope, 0, feed_row
  FROM pricing_master_feed
  WHERE customer_id = new.customer_id AND item_code = new.item_code AND school_year = new.school_year;
END;
CREATE TRIGGER pricing_master_fed_update AFTER UPDATE ON pricing_master BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'pricing_master', feed_key, feed_scope, 0, feed_row
  FROM pricing_master_feed
  WHERE customer_id = new.customer_id AND item_code = new.item_code AND school_year = new.school_year;
END;
CREATE TRIGGER pricing_master_fed_delete AFTER DELETE ON pricing_master BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('pricing_master', json_array(old.customer_id, old.item_code, old.school_year));
END;
CREATE TRIGGER pricing_master_key_stands BEFORE UPDATE ON pricing_master
WHEN (old.customer_id, old.item_code, old.school_year) IS NOT (new.customer_id, new.item_code, new.school_year)
BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- The letterhead: one row, id 'company'.
CREATE TABLE company (
  id         TEXT PRIMARY KEY NOT NULL CHECK (id = 'company'),
  text       TEXT NOT NULL CHECK (json_valid(text)),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW company_feed AS
SELECT t.id, json_array(t.id) AS feed_key, '*' AS feed_scope,
  json_object(
    'id', t.id, 'text', t.text, 'updated_at', t.updated_at) AS feed_row
FROM company t;
CREATE TRIGGER company_fed_insert AFTER INSERT ON company BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'company', feed_key, feed_scope, 0, feed_row FROM company_feed WHERE id = new.id;
END;
CREATE TRIGGER company_fed_update AFTER UPDATE ON company BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'company', feed_key, feed_scope, 0, feed_row FROM company_feed WHERE id = new.id;
END;
CREATE TRIGGER company_fed_delete AFTER DELETE ON company BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('company', json_array(old.id));
END;
CREATE TRIGGER company_key_stands BEFORE UPDATE ON company WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
