-- Long tables looked at a window at a time, counts that nobody waits for, and what became of a quote.

CREATE INDEX spec_items_by_category ON spec_items (category, item_code);

-- How many prices a customer has for a year: what a window over all prices is found and counted by.
CREATE TABLE price_counts (
  customer_id TEXT NOT NULL,
  school_year TEXT NOT NULL,
  prices      INTEGER NOT NULL,
  PRIMARY KEY (customer_id, school_year)
) STRICT, WITHOUT ROWID;
INSERT INTO price_counts
SELECT customer_id, school_year, count(*) FROM pricing_master GROUP BY customer_id, school_year;
CREATE TRIGGER pricing_master_count_insert AFTER INSERT ON pricing_master BEGIN
  INSERT INTO price_counts VALUES (new.customer_id, new.school_year, 1)
  ON CONFLICT (customer_id, school_year) DO UPDATE SET prices = prices + 1;
END;
CREATE TRIGGER pricing_master_count_delete AFTER DELETE ON pricing_master BEGIN
  UPDATE price_counts SET prices = prices - 1
  WHERE customer_id = old.customer_id AND school_year = old.school_year;
  DELETE FROM price_counts
  WHERE customer_id = old.customer_id AND school_year = old.school_year AND prices = 0;
END;
CREATE TRIGGER pricing_master_count_move AFTER UPDATE OF customer_id, school_year ON pricing_master
WHEN (old.customer_id, old.school_year) IS NOT (new.customer_id, new.school_year)
BEGIN
  UPDATE price_counts SET prices = prices - 1
  WHERE customer_id = old.customer_id AND school_year = old.school_year;
  DELETE FROM price_counts
  WHERE customer_id = old.customer_id AND school_year = old.school_year AND prices = 0;
  INSERT INTO price_counts VALUES (new.customer_id, new.school_year, 1)
  ON CONFLICT (customer_id, school_year) DO UPDATE SET prices = prices + 1;
END;

CREATE INDEX quotes_by_lifecycle ON quotes (lifecycle_status, generated_at);
CREATE INDEX quotes_by_year ON quotes (school_year, generated_at);
CREATE INDEX quotes_by_revised ON quotes (revision_of) WHERE revision_of IS NOT NULL;

-- What the customer said to a quote: once, and it stays.
CREATE TABLE quote_outcomes (
  quote_id   TEXT PRIMARY KEY NOT NULL REFERENCES quotes (id),
  outcome    TEXT NOT NULL CHECK (outcome IN ('accepted', 'declined')),
  reason     TEXT,
  competitor TEXT,
  note       TEXT,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

-- What is asked after every change.
CREATE INDEX proposed_actions_flagged ON proposed_actions (status)
  WHERE status = 'pending' AND json_array_length(payload, '$.flags') > 0;
CREATE INDEX drafts_in_conflict ON drafts (updated_at) WHERE json_array_length(view, '$.conflicts') > 0;
CREATE INDEX runs_by_start ON runs (started_at);
CREATE INDEX runs_not_ended ON runs (id) WHERE completed_at IS NULL;
CREATE INDEX alerts_open ON alerts (created_at, id) WHERE resolved_at IS NULL;
CREATE INDEX alerts_by_quote ON alerts (quote_id) WHERE quote_id IS NOT NULL;
