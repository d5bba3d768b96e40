-- What a device needs beside its queue to exchange rows with the central.

-- When to try again is known only to the process that sends: a lock it holds tells that it lives.
ALTER TABLE outbox DROP COLUMN next_attempt_at;
ALTER TABLE outbox DROP COLUMN lease_until;
-- The operation that must be with the central before this one may go.
ALTER TABLE outbox ADD COLUMN after_op TEXT;

-- What is not settled is little beside what is. These two hold all that choosing the next operations
-- reads, so a long queue is walked without touching a payload.
DROP INDEX outbox_by_aggregate;
CREATE INDEX outbox_unsettled ON outbox (seq, op_id, aggregate, state, created_by, after_op)
  WHERE state IN ('waiting', 'parked');
CREATE INDEX outbox_unsettled_by_aggregate ON outbox (aggregate, seq, state, created_by, after_op)
  WHERE state IN ('waiting', 'parked');
CREATE INDEX outbox_waiting_decisions ON outbox (seq, aggregate, state, created_by, after_op)
  WHERE kind = 'decision' AND state = 'waiting';

-- The rows an operation announces, until the central has it. `key` is a canonical JSON array.
CREATE TABLE outbox_rows (
  op_id TEXT NOT NULL REFERENCES outbox (op_id),
  tbl   TEXT NOT NULL,
  key   TEXT NOT NULL CHECK (json_valid(key)),
  PRIMARY KEY (op_id, tbl, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_rows_by_row ON outbox_rows (tbl, key);

-- Rows to be asked of the central again: what it said of them could not be written when it came.
CREATE TABLE refetch (
  tbl   TEXT NOT NULL,
  key   TEXT NOT NULL CHECK (json_valid(key)),
  since TEXT NOT NULL,
  PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX refetch_by_time ON refetch (since);

-- Files the central has and this device does not have yet.
CREATE TABLE wanted_files (
  object_key TEXT PRIMARY KEY NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  since      TEXT NOT NULL
) STRICT;

-- Decisions of other devices: a device checks the whole history without a connection.
CREATE TABLE received_decisions (
  action_id  TEXT PRIMARY KEY NOT NULL,
  record     TEXT NOT NULL CHECK (json_valid(record)),
  seq        INTEGER NOT NULL,
  prev_hash  TEXT NOT NULL,
  hash       TEXT NOT NULL,
  signature  TEXT NOT NULL,
  public_key TEXT NOT NULL
) STRICT;
CREATE INDEX received_decisions_by_signer ON received_decisions (public_key, seq);

-- Rows that came while the feed is read from its beginning: what did not come is gone.
CREATE TABLE feed_seen (
  tbl TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE alerts ADD COLUMN quote_id TEXT;
ALTER TABLE alerts ADD COLUMN customer_id TEXT;

-- A customer who moves to another territory takes along what is kept by customer or by quote.
CREATE INDEX proposed_pricing_by_customer ON proposed_pricing (customer_id);
CREATE INDEX price_history_by_customer ON price_history (customer_id);
CREATE INDEX proposed_actions_by_customer ON proposed_actions (customer_id);
CREATE INDEX workflow_runs_by_customer ON workflow_runs (customer_id);

-- A decision that was thrown away, or that did not stand, stays on record; the action may be decided once more.
CREATE TABLE decisions_in_order (
  seq        INTEGER PRIMARY KEY NOT NULL,
  action_id  TEXT NOT NULL REFERENCES proposed_actions (id),
  record     TEXT NOT NULL CHECK (json_valid(record)),
  prev_hash  TEXT NOT NULL,
  hash       TEXT NOT NULL,
  signature  TEXT NOT NULL,
  public_key TEXT NOT NULL
) STRICT;
INSERT INTO decisions_in_order SELECT seq, action_id, record, prev_hash, hash, signature, public_key FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_in_order RENAME TO decisions;
CREATE INDEX decisions_by_action ON decisions (action_id, seq);
