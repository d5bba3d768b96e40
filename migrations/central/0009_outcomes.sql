-- What a customer said to a quote, and which quote a draft is to take the place of.

-- One a quote: the first that came. Where the quote stands, `quotes` says.
CREATE TABLE quote_outcomes (
  quote_id   TEXT PRIMARY KEY NOT NULL,
  outcome    TEXT NOT NULL CHECK (outcome IN ('accepted', 'declined')),
  reason     TEXT CHECK (reason IN ('price', 'competitor', 'program_change', 'not_needed', 'other')),
  competitor TEXT,
  note       TEXT,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CHECK (outcome = 'accepted' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE VIEW quote_outcomes_feed AS
SELECT t.quote_id, json_array(t.quote_id) AS feed_key,
  coalesce(
    (SELECT 'c:' || q.customer_id FROM quotes q WHERE q.id = t.quote_id),
    'q:' || t.quote_id) AS feed_scope,
  json_object(
    'quote_id', t.quote_id, 'outcome', t.outcome, 'reason', t.reason, 'competitor', t.competitor, 'note', t.note,
    'decided_by', t.decided_by, 'decided_at', t.decided_at, 'updated_at', t.updated_at) AS feed_row
FROM quote_outcomes t;
CREATE TRIGGER quote_outcomes_fed_insert AFTER INSERT ON quote_outcomes BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quote_outcomes', feed_key, feed_scope, 0, feed_row FROM quote_outcomes_feed WHERE quote_id = new.quote_id;
END;
CREATE TRIGGER quote_outcomes_fed_update AFTER UPDATE ON quote_outcomes BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'quote_outcomes', feed_key, feed_scope, 0, feed_row FROM quote_outcomes_feed WHERE quote_id = new.quote_id;
END;
CREATE TRIGGER quote_outcomes_fed_delete AFTER DELETE ON quote_outcomes BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('quote_outcomes', json_array(old.quote_id));
END;
CREATE TRIGGER quote_outcomes_key_stands BEFORE UPDATE ON quote_outcomes WHEN old.quote_id IS NOT new.quote_id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- A piece of a draft says which quote its draft is to take the place of, as it says whose the draft is.
ALTER TABLE drafts ADD COLUMN revision_of TEXT;
ALTER TABLE draft_chunks ADD COLUMN revision_of TEXT;
DROP VIEW draft_chunks_feed;
CREATE VIEW draft_chunks_feed AS
SELECT t.draft_id, t.sha256, json_array(t.draft_id, t.sha256) AS feed_key,
  coalesce('c:' || t.customer_id, 'n:' || t.drafted_by) AS feed_scope,
  json_object(
    'draft_id', t.draft_id, 'sha256', t.sha256, 'kind', t.kind, 'heads', t.heads, 'bytes', t.bytes,
    'drafted_by', t.drafted_by, 'customer_id', t.customer_id, 'school_year', t.school_year,
    'created_at', t.created_at, 'revision_of', t.revision_of) AS feed_row
FROM draft_chunks t;
