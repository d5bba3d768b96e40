-- Drafts, quotes, prices they propose and replace, and what was sent and stored for them.

-- The head of a draft. The document itself is its chunks.
CREATE TABLE drafts (
  id          TEXT PRIMARY KEY NOT NULL,
  drafted_by  TEXT NOT NULL,
  customer_id TEXT,
  school_year TEXT,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_chunks (
  draft_id    TEXT NOT NULL,
  sha256      TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('snapshot', 'changes')),
  heads       TEXT NOT NULL CHECK (json_valid(heads)),
  bytes       TEXT NOT NULL,
  drafted_by  TEXT NOT NULL,
  customer_id TEXT,
  school_year TEXT,
  created_at  TEXT NOT NULL,
  PRIMARY KEY (draft_id, sha256)
) STRICT;
CREATE VIEW draft_chunks_feed AS
SELECT t.draft_id, t.sha256, json_array(t.draft_id, t.sha256) AS feed_key,
  coalesce('c:' || t.customer_id, 'n:' || t.drafted_by) AS feed_scope,
  json_object(
    'draft_id', t.draft_id, 'sha256', t.sha256, 'kind', t.kind, 'heads', t.heads, 'bytes', t.bytes,
    'drafted_by', t.drafted_by, 'customer_id', t.customer_id, 'school_year', t.school_year,
    'created_at', t.created_at) AS feed_row
FROM draft_chunks t;
CREATE TRIGGER draft_chunks_fed_insert AFTER INSERT ON draft_chunks BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'draft_chunks', feed_key, feed_scope, 0, feed_row
  FROM draft_chunks_feed WHERE draft_id = new.draft_id AND sha256 = new.sha256;
END;
CREATE TRIGGER draft_chunks_fed_update AFTER UPDATE ON draft_chunks BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'draft_chunks', feed_key, feed_scope, 0, feed_row
  FROM draft_chunks_feed WHERE draft_id = new.draft_id AND sha256 = new.sha256;
END;
CREATE TRIGGER draft_chunks_fed_delete AFTER DELETE ON draft_chunks BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('draft_chunks', json_array(old.draft_id, old.sha256));
END;
CREATE TRIGGER draft_chunks_key_stands BEFORE UPDATE ON draft_chunks
WHEN (old.draft_id, old.sha256) IS NOT (new.draft_id, new.sha256) BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE quotes (
  id               TEXT PRIMARY KEY NOT NULL,
  customer_id      TEXT NOT NULL,
  school_year      TEXT NOT NULL,
  lifecycle_status TEXT NOT NULL CHECK (lifecycle_status IN ('draft', 'proposed', 'approved', 'sent',
                     'accepted', 'declined', 'expired', 'superseded', 'cancelled')),
  generated_at     TEXT NOT NULL,
  issued_on        TEXT NOT NULL,
  valid_until      TEXT NOT NULL,
  price_from       TEXT NOT NULL,
  price_to         TEXT NOT NULL,
  revision_of      TEXT,
  draft_id         TEXT,
  run_id           TEXT,
  include_pdf      INTEGER NOT NULL CHECK (include_pdf IN (0, 1)),
  cases            INTEGER NOT NULL,
  commercial       TEXT NOT NULL,
  df_value         TEXT NOT NULL,
  total            TEXT NOT NULL,
  prepared_by      TEXT NOT NULL,
  snapshot_hash    TEXT NOT NULL,
  snapshot         TEXT NOT NULL CHECK (json_valid(snapshot)),
  updated_at       TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_by_run ON quotes (run_id);
CREATE VIEW quotes_feed AS
SELECT t.id, json_array(t.id) AS feed_key, 'c:' || t.customer_id AS feed_scope,
  json_object(
    'id', t.id, 'customer_id', t.customer_id, 'school_year', t.school_year,
    'lifecycle_status', t.lifecycle_status, 'generated_at', t.generated_at, 'issued_on', t.issued_on,
    'valid_until', t.valid_until, 'price_from', t.price_from, 'price_to', t.price_to,
    'revision_of', t.revision_of, 'draft_id', t.draft_id, 'run_id', t.run_id, 'include_pdf', t.include_pdf,
    'cases', t.cases, 'commercial', t.commercial, 'df_value', t.df_value, 'total', t.total,
    'prepared_by', t.prepared_by, 'snapshot_hash', t.snapshot_hash, 'snapshot', t.snapshot,
    'updated_at', t.updated_at) AS feed_row
FROM quotes t;
CREATE TRIGGER quotes_fed_insert AFTER INSERT ON quotes BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quotes', feed_key, feed_scope, 0, feed_row FROM quotes_feed WHERE id = new.id;
END;
CREATE TRIGGER quotes_fed_update AFTER UPDATE ON quotes BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quotes', feed_key, feed_scope, 0, feed_row FROM quotes_feed WHERE id = new.id;
END;
CREATE TRIGGER quotes_fed_delete AFTER DELETE ON quotes BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('quotes', json_array(old.id));
END;
CREATE TRIGGER quotes_key_stands BEFORE UPDATE ON quotes WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
-- What came before its quote is now known to be the customer's.
CREATE TRIGGER quotes_known AFTER INSERT ON quotes BEGIN
  INSERT INTO feed_moves (from_scope, to_scope) VALUES ('q:' || new.id, 'c:' || new.customer_id);
  INSERT INTO feed_moves (from_scope, to_scope) VALUES ('r:' || new.run_id, 'c:' || new.customer_id);
END;

CREATE TABLE quote_lines (
  quote_id          TEXT NOT NULL,
  line_no           INTEGER NOT NULL,
  item_code         TEXT NOT NULL,
  description       TEXT NOT NULL,
  pack              TEXT,
  quantity          INTEGER NOT NULL CHECK (quantity > 0),
  case_price        TEXT NOT NULL,
  cost_basis        TEXT,
  price_source      TEXT NOT NULL,
  program           TEXT NOT NULL,
  df_code           TEXT,
  df_lb_per_case    TEXT,
  df_value          TEXT,
  fee               TEXT,
  net_price         TEXT NOT NULL,
  refund            TEXT,
  extended          TEXT NOT NULL,
  note              TEXT,
  PRIMARY KEY (quote_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE VIEW quote_lines_feed AS
SELECT t.quote_id, t.line_no, json_array(t.quote_id, t.line_no) AS feed_key,
  coalesce(
    (SELECT 'c:' || q.customer_id FROM quotes q WHERE q.id = t.quote_id),
    'q:' || t.quote_id) AS feed_scope,
  json_object(
    'quote_id', t.quote_id, 'line_no', t.line_no, 'item_code', t.item_code, 'description', t.description,
    'pack', t.pack, 'quantity', t.quantity, 'case_price', t.case_price, 'cost_basis', t.cost_basis,
    'price_source', t.price_source, 'program', t.program, 'df_code', t.df_code,
    'df_lb_per_case', t.df_lb_per_case, 'df_value', t.df_value, 'fee', t.fee, 'net_price', t.net_price,
    'refund', t.refund, 'extended', t.extended, 'note', t.note) AS feed_row
FROM quote_lines t;
CREATE TRIGGER quote_lines_fed_insert AFTER INSERT ON quote_lines BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quote_lines', feed_key, feed_scope, 0, feed_row
  FROM quote_lines_feed WHERE quote_id = new.quote_id AND line_no = new.line_no;
END;
CREATE TRIGGER quote_lines_fed_update AFTER UPDATE ON quote_lines BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quote_lines', feed_key, feed_scope, 0, feed_row
  FROM quote_lines_feed WHERE quote_id = new.quote_id AND line_no = new.line_no;
END;
CREATE TRIGGER quote_lines_fed_delete AFTER DELETE ON quote_lines BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('quote_lines', json_array(old.quote_id, old.line_no));
END;
CREATE TRIGGER quote_lines_key_stands BEFORE UPDATE ON quote_lines
WHEN (old.quote_id, old.line_no) IS NOT (new.quote_id, new.line_no) BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- Prices a quote proposes; promoted into pricing_master when its run is released.
CREATE TABLE proposed_pricing (
  quote_id       TEXT NOT NULL,
  customer_id    TEXT NOT NULL,
  item_code      TEXT NOT NULL,
  school_year    TEXT NOT NULL,
  case_price     TEXT NOT NULL,
  cost_basis     TEXT,
  effective_from TEXT NOT NULL,
  effective_to   TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('proposed', 'promoted', 'withdrawn')),
  proposed_at    TEXT NOT NULL,
  promoted_at    TEXT,
  PRIMARY KEY (quote_id, item_code)
) STRICT, WITHOUT ROWID;
CREATE VIEW proposed_pricing_feed AS
SELECT t.quote_id, t.item_code, json_array(t.quote_id, t.item_code) AS feed_key,
  'c:' || t.customer_id AS feed_scope,
  json_object(
    'quote_id', t.quote_id, 'customer_id', t.customer_id, 'item_code', t.item_code,
    'school_year', t.school_year, 'case_price', t.case_price, 'cost_basis', t.cost_basis,
    'effective_from', t.effective_from, 'effective_to', t.effective_to, 'status', t.status,
    'proposed_at', t.proposed_at, 'promoted_at', t.promoted_at) AS feed_row
FROM proposed_pricing t;
CREATE TRIGGER proposed_pricing_fed_insert AFTER INSERT ON proposed_pricing BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'proposed_pricing', feed_key, feed_scope, 0, feed_row
  FROM proposed_pricing_feed WHERE quote_id = new.quote_id AND item_code = new.item_code;
END;
CREATE TRIGGER proposed_pricing_fed_update AFTER UPDATE ON proposed_pricing BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'proposed_pricing', feed_key, feed_scope, 0, feed_row
  FROM proposed_pricing_feed WHERE quote_id = new.quote_id AND item_code = new.item_code;
END;
CREATE TRIGGER proposed_pricing_fed_delete AFTER DELETE ON proposed_pricing BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('proposed_pricing', json_array(old.quote_id, old.item_code));
END;
CREATE TRIGGER proposed_pricing_key_stands BEFORE UPDATE ON proposed_pricing
WHEN (old.quote_id, old.item_code) IS NOT (new.quote_id, new.item_code) BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- What a promotion replaced, so that it can be restored and shown.
CREATE TABLE price_history (
  replaced_by_quote TEXT NOT NULL,
  customer_id       TEXT NOT NULL,
  item_code         TEXT NOT NULL,
  school_year       TEXT NOT NULL,
  case_price        TEXT NOT NULL,
  cost_basis        TEXT,
  margin_pct        TEXT,
  effective_from    TEXT,
  effective_to      TEXT,
  replaced_at       TEXT NOT NULL,
  PRIMARY KEY (replaced_by_quote, customer_id, item_code, school_year)
) STRICT, WITHOUT ROWID;
CREATE VIEW price_history_feed AS
SELECT t.replaced_by_quote, t.customer_id, t.item_code, t.school_year, json_array(t.replaced_by_quote, t.customer_id, t.item_code, t.school_year) AS feed_key,
  'c:' || t.customer_id AS feed_scope,
  json_object(
    'replaced_by_quote', t.replaced_by_quote, 'customer_id', t.customer_id, 'item_code', t.item_code,
    'school_year', t.school_year, 'case_price', t.case_price, 'cost_basis', t.cost_basis,
    'margin_pct', t.margin_pct, 'effective_from', t.effective_from, 'effective_to', t.effective_to,
    'replaced_at', t.replaced_at) AS feed_row
FROM price_history t;
CREATE TRIGGER price_history_fed_insert AFTER INSERT ON price_history BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'price_history', feed_key, feed_scope, 0, feed_row
  FROM price_history_feed
  WHERE replaced_by_quote = new.replaced_by_quote AND customer_id = new.customer_id AND item_code = new.item_code AND school_year = new.school_year;
END;
CREATE TRIGGER price_history_fed_update AFTER UPDATE ON price_history BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'price_history', feed_key, feed_scope, 0, feed_row
  FROM price_history_feed
  WHERE replaced_by_quote = new.replaced_by_quote AND customer_id = new.customer_id AND item_code = new.item_code AND school_year = new.school_year;
END;
CREATE TRIGGER price_history_fed_delete AFTER DELETE ON price_history BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('price_history', json_array(old.replaced_by_quote, old.customer_id, old.item_code, old.school_year));
END;
CREATE TRIGGER price_history_key_stands BEFORE UPDATE ON price_history
WHEN (old.replaced_by_quote, old.customer_id, old.item_code, old.school_year) IS NOT (new.replaced_by_quote, new.customer_id, new.item_code, new.school_year)
BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- What lies in R2.
CREATE TABLE files (
  object_key TEXT PRIMARY KEY NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  quote_id   TEXT NOT NULL,
  stored_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_quote ON files (quote_id);
CREATE VIEW files_feed AS
SELECT t.object_key, json_array(t.object_key) AS feed_key,
  coalesce(
    (SELECT 'c:' || q.customer_id FROM quotes q WHERE q.id = t.quote_id),
    'q:' || t.quote_id) AS feed_scope,
  json_object(
    'object_key', t.object_key, 'sha256', t.sha256, 'size', t.size, 'media_type', t.media_type,
    'quote_id', t.quote_id, 'stored_at', t.stored_at) AS feed_row
FROM files t;
CREATE TRIGGER files_fed_insert AFTER INSERT ON files BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'files', feed_key, feed_scope, 0, feed_row FROM files_feed WHERE object_key = new.object_key;
END;
CREATE TRIGGER files_fed_update AFTER UPDATE ON files BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'files', feed_key, feed_scope, 0, feed_row FROM files_feed WHERE object_key = new.object_key;
END;
CREATE TRIGGER files_fed_delete AFTER DELETE ON files BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('files', json_array(old.object_key));
END;
CREATE TRIGGER files_key_stands BEFORE UPDATE ON files WHEN old.object_key IS NOT new.object_key BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE outbound_email_log (
  id               TEXT PRIMARY KEY NOT NULL,
  related_quote_id TEXT NOT NULL,
  action_id        TEXT NOT NULL,
  recipient        TEXT NOT NULL,
  subject          TEXT NOT NULL,
  provider_id      TEXT,
  sent_at          TEXT NOT NULL
) STRICT;
CREATE INDEX outbound_email_log_by_quote ON outbound_email_log (related_quote_id, sent_at);
CREATE VIEW outbound_email_log_feed AS
SELECT t.id, json_array(t.id) AS feed_key,
  coalesce(
    (SELECT 'c:' || q.customer_id FROM quotes q WHERE q.id = t.related_quote_id),
    'q:' || t.related_quote_id) AS feed_scope,
  json_object(
    'id', t.id, 'related_quote_id', t.related_quote_id, 'action_id', t.action_id, 'recipient', t.recipient,
    'subject', t.subject, 'provider_id', t.provider_id, 'sent_at', t.sent_at) AS feed_row
FROM outbound_email_log t;
CREATE TRIGGER outbound_email_log_fed_insert AFTER INSERT ON outbound_email_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'outbound_email_log', feed_key, feed_scope, 0, feed_row FROM outbound_email_log_feed WHERE id = new.id;
END;
CREATE TRIGGER outbound_email_log_fed_update AFTER UPDATE ON outbound_email_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'outbound_email_log', feed_key, feed_scope, 0, feed_row FROM outbound_email_log_feed WHERE id = new.id;
END;
CREATE TRIGGER outbound_email_log_fed_delete AFTER DELETE ON outbound_email_log BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('outbound_email_log', json_array(old.id));
END;
CREATE TRIGGER outbound_email_log_key_stands BEFORE UPDATE ON outbound_email_log WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
