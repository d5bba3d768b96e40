-- Proposed actions, the signed decisions about them, and the receipt of every operation.

CREATE TABLE proposed_actions (
  id            TEXT PRIMARY KEY NOT NULL,
  action_type   TEXT NOT NULL,
  action_key    TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'voided')),
  summary       TEXT NOT NULL,
  risk_level    INTEGER NOT NULL,
  customer_id   TEXT,
  quote_id      TEXT,
  draft_id      TEXT,
  run_id        TEXT,
  payload       TEXT NOT NULL CHECK (json_valid(payload)),
  payload_hash  TEXT NOT NULL,
  drafted_by    TEXT NOT NULL,
  created_at    TEXT NOT NULL,
  expires_at    TEXT NOT NULL,
  decided_by    TEXT,
  decided_at    TEXT,
  decision_note TEXT,
  void_reason   TEXT,
  replaced_by   TEXT,
  updated_at    TEXT NOT NULL
) STRICT;
-- One pending action for a key: the same thing is never asked twice at once.
CREATE UNIQUE INDEX proposed_actions_pending_key ON proposed_actions (action_key) WHERE status = 'pending';
CREATE INDEX proposed_actions_by_key ON proposed_actions (action_key);
CREATE INDEX proposed_actions_by_expiry ON proposed_actions (expires_at) WHERE status = 'pending';
CREATE INDEX proposed_actions_by_run ON proposed_actions (run_id);
CREATE VIEW proposed_actions_feed AS
SELECT t.id, json_array(t.id) AS feed_key, coalesce('c:' || t.customer_id, 'n:' || t.drafted_by) AS feed_scope,
  json_object(
    'id', t.id, 'action_type', t.action_type, 'action_key', t.action_key, 'status', t.status,
    'summary', t.summary, 'risk_level', t.risk_level, 'customer_id', t.customer_id, 'quote_id', t.quote_id,
    'draft_id', t.draft_id, 'run_id', t.run_id, 'payload', t.payload, 'payload_hash', t.payload_hash,
    'drafted_by', t.drafted_by, 'created_at', t.created_at, 'expires_at', t.expires_at,
    'decided_by', t.decided_by, 'decided_at', t.decided_at, 'decision_note', t.decision_note,
    'void_reason', t.void_reason, 'replaced_by', t.replaced_by, 'updated_at', t.updated_at) AS feed_row
FROM proposed_actions t;
CREATE TRIGGER proposed_actions_fed_insert AFTER INSERT ON proposed_actions BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'proposed_actions', feed_key, feed_scope, 0, feed_row FROM proposed_actions_feed WHERE id = new.id;
END;
CREATE TRIGGER proposed_actions_fed_update AFTER UPDATE ON proposed_actions BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'proposed_actions', feed_key, feed_scope, 0, feed_row FROM proposed_actions_feed WHERE id = new.id;
END;
CREATE TRIGGER proposed_actions_fed_delete AFTER DELETE ON proposed_actions BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('proposed_actions', json_array(old.id));
END;
CREATE TRIGGER proposed_actions_key_stands BEFORE UPDATE ON proposed_actions WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
CREATE TRIGGER proposed_actions_known AFTER INSERT ON proposed_actions WHEN new.run_id IS NOT NULL BEGIN
  INSERT INTO feed_moves (from_scope, to_scope)
  VALUES ('r:' || new.run_id, coalesce('c:' || new.customer_id, 'n:' || new.drafted_by));
END;

-- Every decision that was signed as it must be, also one that came second. Only the one that stands is fed.
CREATE TABLE decisions (
  public_key  TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  action_id   TEXT NOT NULL,
  record      TEXT NOT NULL CHECK (json_valid(record)),
  prev_hash   TEXT NOT NULL,
  hash        TEXT NOT NULL,
  signature   TEXT NOT NULL,
  device_id   TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('stands', 'overruled')),
  received_at TEXT NOT NULL,
  PRIMARY KEY (public_key, seq)
) STRICT;
CREATE UNIQUE INDEX decisions_that_stand ON decisions (action_id) WHERE outcome = 'stands';
CREATE VIEW decisions_feed AS
SELECT t.public_key, t.seq, t.action_id, json_array(t.action_id) AS feed_key,
  coalesce((SELECT coalesce('c:' || a.customer_id, 'n:' || a.drafted_by)
            FROM proposed_actions a WHERE a.id = t.action_id), '-') AS feed_scope,
  json_object(
    'action_id', t.action_id, 'record', t.record, 'seq', t.seq, 'prev_hash', t.prev_hash, 'hash', t.hash,
    'signature', t.signature, 'public_key', t.public_key) AS feed_row
FROM decisions t
WHERE t.outcome = 'stands';
CREATE TRIGGER decisions_fed_insert AFTER INSERT ON decisions BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'decisions', feed_key, feed_scope, 0, feed_row FROM decisions_feed
  WHERE public_key = new.public_key AND seq = new.seq;
END;
-- What was signed and what came of it is never written again.
CREATE TRIGGER decisions_stand_update BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'a decision is never changed');
END;
CREATE TRIGGER decisions_stand_delete BEFORE DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'a decision is never deleted');
END;

-- What was answered to each operation: the same operation again gets the same answer.
CREATE TABLE receipts (
  op_id        TEXT PRIMARY KEY NOT NULL,
  payload_hash TEXT NOT NULL,
  kind         TEXT NOT NULL,
  aggregate    TEXT NOT NULL,
  device_id    TEXT NOT NULL,
  user_id      TEXT NOT NULL,
  outcome      TEXT NOT NULL CHECK (outcome IN ('applied', 'conflict')),
  result       TEXT CHECK (json_valid(result)),
  applied_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
